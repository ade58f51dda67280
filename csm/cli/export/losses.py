"""`csm export losses`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files.exporting import Customer, Encoding, File, export
from csm.domain.customer.record import LOSSES


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    everything: Annotated[bool, typer.Option("--all", help="Those of archived cards too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write which customers were lost, how and why, and whether they were won back.

    \b
    Example:
      csm export losses lost.csv --lost 2026-01-01..2026-12-31
    """
    export(ctx, LOSSES, file, encoding, everything, customer=customer)
