"""`csm export pledges`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files.exporting import Encoding, File, export
from csm.domain.promise.record import PLEDGES


def run(
    ctx: typer.Context,
    file: File,
    everything: Annotated[bool, typer.Option("--all", help="Retired ones too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write pledges, those in force unless --all.

    \b
    Example:
      csm export pledges pledges.csv --all
    """
    export(ctx, PLEDGES, file, encoding, everything or "retired_on" in ctx.meta["given"].fields)
