"""`csm export promises`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files.exporting import Customer, Encoding, File, export
from csm.domain.promise.record import PROMISES


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open, kept, late, broken or released; repeat it.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that ended too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write promises, the open ones unless told.

    \b
    Example:
      csm export promises promises.csv --all --direction ours
    """
    export(ctx, PROMISES, file, encoding, everything, status=status, customer=customer)
