"""`csm sale list`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli import filters, lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.sale.record import SALES
from csm.i18n import say
from csm.storage import listing
from csm.storage.sale import lists as sales


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
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    made = sales.days_late(session.today)
    asked = lists.asked(session, given, SALES, status=status, owner=owner, customer=customer, text=text, made=made)
    order = ""
    if undelivered:
        asked.append(sales.IS_UNDELIVERED)
        order = "delivery_on, id"
    if overdue:
        asked.append(sales.overdue(session.today))
        order = "due_on, id"
    if region:
        asked.append(listing.one_of("region", filters.known(session, "region", region)))
    usual = not (status or everything)
    lists.show(session, given, SALES, asked, empty=say("no sales"), usual=usual, order=order, made=made)
