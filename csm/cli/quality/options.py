"""Options that several verbs of `quality` take, and the verbs that show one section."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from csm.cli.quality.periods import From, Month, Quarter, To, Year

By = Annotated[str | None, typer.Option("--by", metavar="WHAT", help="A group for each month, owner, region or grade.")]
Explain = Annotated[bool, typer.Option("--explain", help="Say what each figure is, instead of the figures.")]


def section(name: str, about: str, *examples: str) -> Callable[..., None]:
    """Return the function of a verb that shows a section; `about` and `examples` are its help."""

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

        show(ctx, name, (from_, to, month, quarter, year), by, explain=explain)

    shown.__doc__ = "\n  ".join((f"{about}\n\n\b\nExample:", *examples))
    return shown
