"""`csm export payments`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files.exporting import Customer, Encoding, File, export
from csm.domain.sale.record import PAYMENTS


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    everything: Annotated[bool, typer.Option("--all", help="Those for cancelled sales too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write payments, a row each with the sale it was for.

    \b
    Example:
      csm export payments november.csv --paid 2026-11-01..2026-11-30
    """
    export(ctx, PAYMENTS, file, encoding, everything, customer=customer)
