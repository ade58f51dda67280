"""`csm callback move`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.callback.results import print_changed, tell_free_day
from csm.cli.days import appointed
from csm.cli.session import Session
from csm.i18n import say
from csm.services import values
from csm.services.callback import writing as callbacks


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ID", help="The callback.")],
    when: Annotated[str, typer.Argument(metavar="WHEN", help="The new day, or day and time.")],
) -> None:
    """Move an open callback to another day; it keeps its time of day, and its series its place.

    \b
    Example:
      csm callback move cb12 fri
    """
    session: Session = ctx.obj
    row = callbacks.one(session.database.connection, ref)
    moved = callbacks.move(session, row, values.read_appointment(when, session))
    sentence = say("moved callback cb{id} to {day}", id=row["id"], day=appointed(session, moved))
    tell_free_day(session, moved.day)
    print_changed(ctx, sentence, row["id"])
