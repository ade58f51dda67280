"""`csm export complaints`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.files import exporting
from csm.cli.files.exporting import Customer, Encoding, File
from csm.cli.grammar import Given
from csm.cli.output import tell
from csm.cli.session import Session
from csm.domain.complaint.record import COMPLAINTS
from csm.domain.formats import OBJECTS
from csm.i18n import say
from csm.storage.complaint.reading import NESTED


def run(
    ctx: typer.Context,
    file: File,
    customer: Customer = None,
    status: Annotated[
        list[str] | None,
        typer.Option("--status", help="open, waiting, closed, unfounded, unresolved or withdrawn; repeat it."),
    ] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", help="Only this person's cases; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    encoding: Encoding = None,
) -> None:
    """Write complaints, the open ones unless told: a row a case; in json and jsonl with all that happened to them.

    \b
    Example:
      csm export complaints all.jsonl --all
      csm export complaints late.csv --problem late-delivery
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, COMPLAINTS, status=status, owner=owner, customer=customer)
    # A row of a spreadsheet has no room for what a case has several of.
    nested = COMPLAINTS.nested if exporting.form(given, file) in OBJECTS else ()
    exporting.write(
        session,
        given,
        COMPLAINTS,
        asked,
        file,
        encoding,
        everything=bool(status) or everything,
        more=nested,
        made=NESTED,
    )
    if not nested and file != "-":
        tell(session, say("a row a case, without its time line; json and jsonl hold everything that happened"))
