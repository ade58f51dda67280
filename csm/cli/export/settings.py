"""`csm export settings`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.files import exporting
from csm.cli.files.exporting import Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.house.record import SETTINGS
from csm.storage import listing


def run(
    ctx: typer.Context,
    file: File,
    everything: Annotated[bool, typer.Option("--all", help="The time zone and the currency of this file too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write the settings that were set in this file; those at their default aren't among them.

    \b
    Example:
      csm export settings team.csv
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, SETTINGS)
    exporting.write(
        session,
        given,
        SETTINGS,
        asked,
        file,
        encoding,
        everything=everything,
        only=[listing.not_beginning("key", "file.")],
    )
