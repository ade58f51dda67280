"""`csm staff list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.records import STAFF


def run(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those who have left.")] = False,
) -> None:
    """List staff with their level of authority.

    \b
    Example:
      csm staff list --level 1
    """
    from csm.cli import filters, lists
    from csm.i18n import say
    from csm.storage.listing import Condition

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, STAFF, given.fields, view="staff_list")
    if not everything and "retired_on" not in given.fields:
        conditions.append(Condition("v.retired_on IS NULL"))
    lists.show(session, given, lists.Subject("staff_list", STAFF, "v.name, v.id", say("no staff"), {}), conditions)
