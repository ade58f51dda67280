"""`csm staff list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.grammar import Given
from csm.cli.output import tell
from csm.cli.session import Session
from csm.domain.house.record import STAFF_MEMBERS
from csm.i18n import say
from csm.render.text import visible
from csm.storage.house import settings


def run(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those who have left.")] = False,
) -> None:
    """List staff with their level of authority.

    \b
    Example:
      csm staff list --level 1
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    usual = not everything and "retired_on" not in given.fields
    lists.show(
        session, given, STAFF_MEMBERS, lists.asked(session, given, STAFF_MEMBERS), empty=say("no staff"), usual=usual
    )
    for member, left in settings.with_work_left(session.database.connection):
        told = {"name": visible(member), "n": left}
        tell(
            session,
            say(
                "{name} has left and still has work: {n}; csm customer handover '{name}' COLLEAGUE hands it over",
                **told,
            ),
        )
