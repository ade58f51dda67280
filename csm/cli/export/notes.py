"""`csm export notes`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files.exporting import Customer, Encoding, File, export
from csm.domain.customer.record import NOTES


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    everything: Annotated[bool, typer.Option("--all", help="Those on archived cards too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write the notes on customer cards, with their reminders.

    \b
    Example:
      csm export notes diary.csv --noted 2026-11-01..2026-11-30
    """
    export(ctx, NOTES, file, encoding, everything, customer=customer)
