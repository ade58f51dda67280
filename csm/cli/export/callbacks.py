"""`csm export callbacks`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.files import exporting
from csm.cli.files.exporting import Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.callback.record import CALLBACKS
from csm.storage.callback.rows import TRIES


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open, done, skipped or cancelled; repeat it.")
    ] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", help="Only of this owner; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write callbacks, the open ones unless told; the list can be filled in and imported again.

    \b
    Example:
      csm export callbacks week.csv --due today..+7d
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, CALLBACKS, status=status, owner=owner, customer=customer)
    exporting.write(
        session,
        given,
        CALLBACKS,
        asked,
        file,
        encoding,
        everything=bool(status) or everything,
        more=CALLBACKS.nested,
        made={"tries_made": TRIES},
    )
