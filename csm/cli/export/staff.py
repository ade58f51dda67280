"""`csm export staff`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.files.exporting import Encoding, File, export
from csm.domain.house.record import STAFF_MEMBERS


def run(
    ctx: typer.Context,
    file: File,
    everything: Annotated[bool, typer.Option("--all", help="Those who have left too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write staff with their level of authority.

    \b
    Example:
      csm export staff people.csv --department warehouse
    """
    export(ctx, STAFF_MEMBERS, file, encoding, everything or "retired_on" in ctx.meta["given"].fields)
