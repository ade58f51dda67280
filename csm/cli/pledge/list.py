"""`csm pledge list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.records import PLEDGE


def run(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are discontinued.")] = False,
) -> None:
    """List pledges (default: those in force); every field is a filter.

    \b
    Example:
      csm pledge list --scope whole
    """
    from csm.cli import filters, lists
    from csm.i18n import say
    from csm.storage.listing import Condition

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, PLEDGE, given.fields, view="pledge_list")
    if not everything and "retired_on" not in given.fields:
        conditions.append(Condition("v.retired_on IS NULL"))
    lists.show(session, given, lists.Subject("pledge_list", PLEDGE, "v.id", say("no pledges"), {}), conditions)
