"""`csm callback list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.callback.record import CALLBACKS
from csm.i18n import say


def run(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open, done, skipped or cancelled; repeat it.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Closed ones too.")] = False,
    owner: Annotated[list[str] | None, typer.Option("--owner", help="Only of this owner; repeat it.")] = None,
    sale: Annotated[
        str | None, typer.Option("--sale", metavar="ID", help="Only about this sale: 12, sa12 or its bill.")
    ] = None,
) -> None:
    """List callbacks, the open ones unless told; every field is a filter.

    \b
    Example:
      csm callback list --due today..+7d --channel visit
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, CALLBACKS, status=status, owner=owner, customer=customer, sale=sale)
    lists.show(session, given, CALLBACKS, asked, empty=say("no callbacks"), usual=not (status or everything))
