"""`csm sale list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.records import named
from csm.domain.trade_records import SALE


def run(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Part of a product, bill, serial, note or customer's name.")
    ] = None,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    status: Annotated[list[str] | None, typer.Option("--status", help="open, paid or cancelled; repeat it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Cancelled ones too.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those not paid whose day is past.")] = False,
    undelivered: Annotated[
        bool, typer.Option("--undelivered", help="Only those promised and not delivered yet.")
    ] = False,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", metavar="NAME", help="Only of this owner's customers; repeat it.")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", help="Only of customers in this region; repeat it.")
    ] = None,
) -> None:
    """List sales, the newest first, cancelled ones only when asked for; every field is a filter.

    Those overdue or not delivered come in the order of their days, the oldest first.

    \b
    Example:
      csm sale list --overdue --owner alice
      csm sale list oven --sold 2026-11-01..2026-11-30 --all
    """
    from csm.cli import filters, lists
    from csm.cli.sale.options import text_conditions
    from csm.i18n import say
    from csm.storage.listing import Condition, equals
    from csm.storage.sale import rows as sales

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    made = {"days_late": sales.days_late(session.today)}
    conditions = filters.conditions(session, SALE, given.fields, made, view="sale_list")
    if status:
        from csm.services.values import read_term

        conditions.append(equals("v.status", [read_term(named(SALE, "status"), word) for word in status]))
    elif not everything:
        conditions.append(Condition("v.cancelled_on IS NULL"))
    order = "v.sold_on DESC, v.id DESC"
    if undelivered:
        conditions.append(Condition(sales.UNDELIVERED))
        order = "v.delivery_on, v.id"
    if overdue:
        conditions.append(Condition(f"{sales.UNPAID} AND v.due_on < ?", (session.today.isoformat(),)))
        order = "v.due_on, v.id"
    if owner:
        conditions.append(filters.owned_by(session, owner))
    if region:
        conditions.append(equals("v.region", filters.known(session, "region", region)))
    if customer is not None:
        from csm.services import references

        found = references.customer(session.database.connection, customer)
        conditions.append(Condition("v.customer_id = ?", (found.id,)))
    conditions += text_conditions(text)
    subject = lists.Subject("sale_list", SALE, order, say("no sales"), made, made=made)
    lists.show(session, given, subject, conditions)
