"""`csm quality retention`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.quality.figures import By, Explain, show
from csm.cli.quality.periods import From, Month, Quarter, To, Year


def run(
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
    show(ctx, "retention", (from_, to, month, quarter, year), by, explain=explain, model=model)
