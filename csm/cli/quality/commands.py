"""Service quality: scores, complaints, promises, and the weakest point.

A period is this month to date unless told. --explain says what each figure is.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.cli.grammar import Verb
from csm.cli.quality.periods import From, Month, Quarter, To, Year

By = Annotated[str | None, typer.Option("--by", metavar="WHAT", help="A group for each month, owner, region or grade.")]
Explain = Annotated[bool, typer.Option("--explain", help="Say what each figure is, instead of the figures.")]


def summary(
    ctx: typer.Context,
    from_: From = None,
    to: To = None,
    month: Month = None,
    quarter: Quarter = None,
    year: Year = None,
    by: By = None,
    explain: Explain = False,
) -> None:
    """Show the figures that matter on one page, what was learned, and the weakest point.

    \b
    Example:
      csm quality summary --month 2026-10
      csm quality summary --quarter 2026-Q3 -o quality.html
    """
    from csm.cli.quality.figures import summarise

    summarise(ctx, (from_, to, month, quarter, year), by, explain=explain)


def retention(
    ctx: typer.Context,
    from_: From = None,
    to: To = None,
    month: Month = None,
    quarter: Quarter = None,
    year: Year = None,
    by: By = None,
    model: Annotated[
        bool, typer.Option("--model", help="Also what makes customers stay, by the answers in surveys.")
    ] = False,
    explain: Explain = False,
) -> None:
    """Show how many of the customers active at the start of the period bought in it.

    \b
    Example:
      csm quality retention --quarter 2026-Q3 --model
    """
    from csm.cli.quality.figures import show

    show(ctx, "retention", (from_, to, month, quarter, year), by, explain=explain, model=model)


def _of_section(section: str, about: str, *examples: str) -> Verb:
    """Return the verb that shows a section; `about` and `examples` are its help."""

    def shown(
        ctx: typer.Context,
        from_: From = None,
        to: To = None,
        month: Month = None,
        quarter: Quarter = None,
        year: Year = None,
        by: By = None,
        explain: Explain = False,
    ) -> None:
        from csm.cli.quality.figures import show

        show(ctx, section, (from_, to, month, quarter, year), by, explain=explain)

    shown.__doc__ = "\n  ".join((f"{about}\n\n\b\nExample:", *examples))
    return Verb(shown)


VERBS: Final = {
    "summary": Verb(summary),
    "servqual": _of_section(
        "servqual",
        "Show what customers expect and how they find it, in five dimensions; the one that costs most first.",
        "csm quality servqual --year 2026",
    ),
    "gaps": _of_section(
        "gaps", "Show the five gaps between what customers expect and what they get.", "csm quality gaps --quarter Q3"
    ),
    "complaints": _of_section(
        "complaints",
        "Show how many complaints came, how fast and how well they were handled, and where most of them come from.",
        "csm quality complaints --month 2026-10",
        "csm quality complaints --year 2026 --by owner -f csv",
    ),
    "callbacks": _of_section(
        "callbacks",
        "Show whether callbacks were done on their day, who was reached, and how satisfied they were.",
        "csm quality callbacks --by owner",
    ),
    "promises": _of_section(
        "promises", "Show how many of our promises were kept on time.", "csm quality promises --year 2026 --by month"
    ),
    "retention": Verb(retention),
    "heart": _of_section(
        "heart",
        "Show happiness, engagement, adoption, retention and task success.",
        "csm quality heart --quarter 2026-Q3",
    ),
    "trend": Verb("csm.cli.quality.trend:trend"),
}
