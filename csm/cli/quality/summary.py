"""`csm quality summary`."""

from __future__ import annotations

import typer

from csm.cli.quality.figures import By, Explain, summarise
from csm.cli.quality.periods import From, Month, Quarter, To, Year


def run(
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
    summarise(ctx, (from_, to, month, quarter, year), by, explain=explain)
