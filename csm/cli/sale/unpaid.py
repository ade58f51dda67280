"""`csm sale unpaid`: what isn't paid, how late, where it is stuck, and whom to call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from csm.cli import columns, filters, lists
from csm.cli.grammar import Given
from csm.cli.lists import Subject
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.records import named
from csm.domain.sale.bands import due_days
from csm.domain.sale.payment import in_bands
from csm.domain.trade_records import REFUND, UNPAID, UNPAID_BAND
from csm.i18n import label, say
from csm.render.listing import Listing
from csm.render.sale.unpaid import narrowed
from csm.services import references
from csm.services.values import read_term
from csm.storage.customer.few_customers import of_cards
from csm.storage.listing import Condition, between
from csm.storage.sale import payments as stored


def run(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", metavar="NAME", help="Only this owner's customers; repeat it.")
    ] = None,
    region: Annotated[list[str] | None, typer.Option("--region", help="Only of this region; repeat it.")] = None,
    band: Annotated[
        list[str] | None, typer.Option("--band", help="Only not-due, 0-30, 31-60, 61-90 or 90+ days late; repeat it.")
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is late.")] = False,
    refunds: Annotated[bool, typer.Option("--refunds", help="Instead what we owe our customers.")] = False,
) -> None:
    """List what isn't paid, due longest first: how late, whose signature it waits for, whom to call.

    Under a table stand the sums by how late it is; with --limit N there are none.

    \b
    Example:
      csm sale unpaid --overdue --owner alice
      csm sale unpaid --band 61-90 --band 90+
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if refunds:
        for option, told in (("--band", band), ("--overdue", overdue)):
            if told:
                raise UsageFault("values-exclude", first="--refunds", second=option)
    conditions: list[Condition] = []
    if customer is not None:
        found = references.customer(session.database.connection, customer)
        conditions.append(Condition("v.customer_id = ?", (found.id,)))
    if owner:
        conditions.append(of_cards(session.database.connection, "owner", filters.owners(session, owner)))
    if region:
        regions = filters.known(session, "region", region)
        conditions.append(of_cards(session.database.connection, "region", regions))
    if refunds:
        lists.show(session, given, _refunds(), [*conditions, Condition(stored.IS_IN_FAVOUR)])
        return
    if band:
        conditions.append(_in_bands(session, band))
    if overdue:
        conditions.append(Condition("v.due_on < ?", (session.today.isoformat(),)))
    # whoever asks for a few rows doesn't wait for a sum over all of them
    few = given.limit is not None and columns.limit_of(given) is not None
    below = None if few else _sums(session, conditions)
    lists.show(session, given, _unpaid(session), conditions, below=below, shape=_narrowed)


def _unpaid(session: Session) -> Subject:
    made = stored.unpaid_columns(session.today.isoformat())
    sorts = {**made, "band": made["days_late"], "customer": "v.customer"}
    return Subject("sale_unpaid", UNPAID, "v.due_on, v.id", say("nothing is unpaid"), sorts, made=made)


def _narrowed(listing: Listing, width: int | None) -> Listing:
    return narrowed(listing, width)


def _refunds() -> Subject:
    made = {**stored.CALLED, "refund": "(-v.balance_cents)"}
    return Subject("sale_list", REFUND, "v.sold_on, v.id", say("nothing is to be paid back"), made, made=made)


def _in_bands(session: Session, typed: Sequence[str]) -> Condition:
    """Return the condition that a sale's day lies in one of the bands as of the time taken as now."""
    spans = [due_days(read_term(named(UNPAID, "band"), word), session.today) for word in typed]
    parts = [between("v.due_on", first and first.isoformat(), last and last.isoformat()) for first, last in spans]
    return Condition(
        " OR ".join(f"({part.sql})" for part in parts), tuple(value for part in parts for value in part.given)
    )


def _sums(session: Session, conditions: Sequence[Condition]) -> Callable[[], Listing]:
    """Return what gives the sums of all unpaid sales that meet `conditions`, a row a band and one for all."""

    def listing() -> Listing:
        bands = in_bands(stored.open_on_days(session.database.connection, conditions), session.today)
        total = sum(band.cents for band in bands)
        rows: list[tuple[object, ...]] = [
            (label("band", band.name), band.sales, band.cents, band.cents / total) for band in bands
        ]
        rows.append((say("total"), sum(band.sales for band in bands), total, 1.0))
        return Listing(UNPAID_BAND, rows)

    return listing
