"""Service quality: scores, complaints, promises, and the weakest point.

A period is this month to date unless told. --explain says what each figure is.
"""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.cli.grammar import Verb
from csm.cli.periods import From, Month, Quarter, To, Year

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
    from csm.cli.quality_figures import summarise

    summarise(ctx, (from_, to, month, quarter, year), by, explain=explain)


def servqual(
    ctx: typer.Context,
    from_: From = None,
    to: To = None,
    month: Month = None,
    quarter: Quarter = None,
    year: Year = None,
    by: By = None,
    explain: Explain = False,
) -> None:
    """Show what customers expect and how they find it, in five dimensions; the one that costs most first.

    \b
    Example:
      csm quality servqual --year 2026
    """
    from csm.cli.quality_figures import show

    show(ctx, "servqual", (from_, to, month, quarter, year), by, explain=explain)


def gaps(
    ctx: typer.Context,
    from_: From = None,
    to: To = None,
    month: Month = None,
    quarter: Quarter = None,
    year: Year = None,
    by: By = None,
    explain: Explain = False,
) -> None:
    """Show the five gaps between what customers expect and what they get.

    \b
    Example:
      csm quality gaps --quarter Q3
    """
    from csm.cli.quality_figures import show

    show(ctx, "gaps", (from_, to, month, quarter, year), by, explain=explain)


def complaints(
    ctx: typer.Context,
    from_: From = None,
    to: To = None,
    month: Month = None,
    quarter: Quarter = None,
    year: Year = None,
    by: By = None,
    explain: Explain = False,
) -> None:
    """Show how many complaints came, how fast and how well they were handled, and where most of them come from.

    \b
    Example:
      csm quality complaints --month 2026-10
      csm quality complaints --year 2026 --by owner -f csv
    """
    from csm.cli.quality_figures import show

    show(ctx, "complaints", (from_, to, month, quarter, year), by, explain=explain)


def callbacks(
    ctx: typer.Context,
    from_: From = None,
    to: To = None,
    month: Month = None,
    quarter: Quarter = None,
    year: Year = None,
    by: By = None,
    explain: Explain = False,
) -> None:
    """Show whether callbacks were done on their day, who was reached, and how satisfied they were.

    \b
    Example:
      csm quality callbacks --by owner
    """
    from csm.cli.quality_figures import show

    show(ctx, "callbacks", (from_, to, month, quarter, year), by, explain=explain)


def promises(
    ctx: typer.Context,
    from_: From = None,
    to: To = None,
    month: Month = None,
    quarter: Quarter = None,
    year: Year = None,
    by: By = None,
    explain: Explain = False,
) -> None:
    """Show how many of our promises were kept on time.

    \b
    Example:
      csm quality promises --year 2026 --by month
    """
    from csm.cli.quality_figures import show

    show(ctx, "promises", (from_, to, month, quarter, year), by, explain=explain)


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
    from csm.cli.quality_figures import show

    show(ctx, "retention", (from_, to, month, quarter, year), by, explain=explain, model=model)


def heart(
    ctx: typer.Context,
    from_: From = None,
    to: To = None,
    month: Month = None,
    quarter: Quarter = None,
    year: Year = None,
    by: By = None,
    explain: Explain = False,
) -> None:
    """Show happiness, engagement, adoption, retention and task success.

    \b
    Example:
      csm quality heart --quarter 2026-Q3
    """
    from csm.cli.quality_figures import show

    show(ctx, "heart", (from_, to, month, quarter, year), by, explain=explain)


VERBS: Final = {
    "summary": Verb(summary),
    "servqual": Verb(servqual),
    "gaps": Verb(gaps),
    "complaints": Verb(complaints),
    "callbacks": Verb(callbacks),
    "promises": Verb(promises),
    "retention": Verb(retention),
    "heart": Verb(heart),
    "trend": Verb("csm.cli.quality_trend:trend"),
}
