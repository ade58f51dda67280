"""`csm callback list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.records import CALLBACK


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
    from csm.cli import filters, lists
    from csm.i18n import say
    from csm.storage.listing import Condition, equals

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, CALLBACK, given.fields, view="callback_list")
    if status:
        from csm.services.values import read_term

        field = next(field for field in CALLBACK if field.name == "status")
        conditions.append(equals("v.status", [read_term(field, value) for value in status]))
    elif not everything:
        conditions += [Condition("v.status = 'open'"), Condition("v.archived_on IS NULL")]
    if owner:
        conditions.append(filters.owned_by(session, owner))
    if customer is not None:
        from csm.services import references

        found = references.customer(session.database.connection, customer)
        conditions.append(Condition("v.customer_id = ?", (found.id,)))
    if sale is not None:
        from csm.services.sale import finding

        sales = finding.find(session.database.connection, sale)
        conditions.append(equals("v.sale_id", [row["id"] for row in sales]))
    order = "v.due_on, v.due_at IS NULL, v.due_at, v.id"
    subject = lists.Subject("callback_list", CALLBACK, order, say("no callbacks"), {"customer": "v.customer"})
    lists.show(session, given, subject, conditions)
