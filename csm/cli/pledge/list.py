"""`csm pledge list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.promise.record import PLEDGES
from csm.i18n import say


def run(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are discontinued.")] = False,
) -> None:
    """List pledges (default: those in force); every field is a filter.

    \b
    Example:
      csm pledge list --scope whole
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    usual = not everything and "retired_on" not in given.fields
    lists.show(session, given, PLEDGES, lists.asked(session, given, PLEDGES), empty=say("no pledges"), usual=usual)
