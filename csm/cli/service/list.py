"""`csm service list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.trade_records import SERVICE


def run(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only for this customer.")] = None,
    sale: Annotated[str | None, typer.Option("--sale", metavar="ID", help="Only for this sale, or this bill.")] = None,
    not_met: Annotated[bool, typer.Option("--not-met", help="Only with items of the checklist not met.")] = False,
    messages: Annotated[bool, typer.Option("--messages", help="Only with a message that waits.")] = False,
) -> None:
    """List services rendered, the latest first; every field is a filter.

    \b
    Example:
      csm service list --kind delivery --done 2026-11-01.. --not-met
      csm service list --messages
    """
    from csm.cli import filters, lists
    from csm.i18n import say
    from csm.storage.listing import Condition, equals
    from csm.storage.service.rows import CHECKS, WAITING

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    connection = session.database.connection
    conditions = filters.conditions(session, SERVICE, given.fields, view="service_list")
    if customer is not None:
        from csm.services import references

        conditions.append(Condition("v.customer_id = ?", (references.customer(connection, customer).id,)))
    if sale is not None:
        from csm.services.sale.finding import find

        conditions.append(equals("v.sale_id", [row["id"] for row in find(connection, sale)]))
    if not_met:
        conditions.append(Condition("v.not_met > 0"))
    if messages:
        conditions.append(WAITING)
    # What was asked for is shown on a small screen too.
    first = {"message": messages, "not_met": not_met}
    fields = tuple(field._replace(shown=1) if first.get(field.name) else field for field in SERVICE)
    made = None
    if given.form in ("json", "jsonl"):
        fields = tuple(field._replace(kind="json") if field.name == "checks" else field for field in fields)
        made = {"checks": CHECKS}
    subject = lists.Subject("service_list", fields, "v.done_on DESC, v.id DESC", say("no services"), {}, made=made)
    lists.show(session, given, subject, conditions)
