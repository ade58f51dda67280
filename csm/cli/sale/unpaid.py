"""`csm sale unpaid`: what isn't paid, how late, where it is stuck, and whom to call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from csm.cli import columns, filters, lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.sale.bands import due_days, in_bands
from csm.domain.sale.record import REFUNDS, UNPAID_BAND, UNPAID_SALES
from csm.i18n import label, say
from csm.render.listing import Listing
from csm.render.sale.unpaid import narrowed
from csm.services.values import read_term
from csm.storage import listing
from csm.storage.customer.selectivity import of_cards
from csm.storage.listing import Condition
from csm.storage.sale import lists as sales
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
    conditions = _whose(session, customer, owner, region)
    if refunds:
        conditions.append(sales.IS_IN_FAVOUR)
        lists.show(session, given, REFUNDS, conditions, empty=say("nothing is to be paid back"), made=sales.REFUND)
        return
    if band:
        conditions.append(_in_bands(session, band))
    if overdue:
        conditions.append(listing.less_than("due_on", session.today.isoformat()))
    # whoever asks for a few rows doesn't wait for a sum over all of them
    few = given.limit is not None and columns.limit_of(given) is not None
    lists.show(
        session,
        given,
        UNPAID_SALES,
        conditions,
        empty=say("nothing is unpaid"),
        made=sales.unpaid(session.today),
        below=None if few else _sums(session, conditions),
        shape=narrowed,
    )


def _whose(
    session: Session, customer: str | None, owner: Sequence[str] | None, region: Sequence[str] | None
) -> list[Condition]:
    """Return the conditions of whose sales are meant; raise what finding a customer, owner or region raises."""
    connection = session.database.connection
    found = [filters.of_customer(session, customer)] if customer is not None else []
    if owner:
        found.append(of_cards(connection, "owner", filters.owners(session, owner)))
    if region:
        found.append(of_cards(connection, "region", filters.known(session, "region", region)))
    return found


def _in_bands(session: Session, typed: Sequence[str]) -> Condition:
    """Return the condition that a sale's day lies in one of the bands as of the time taken as now."""
    spans = [due_days(read_term(UNPAID_SALES.field("band"), word), session.today) for word in typed]
    days = [(first and first.isoformat(), last and last.isoformat()) for first, last in spans]
    return listing.in_spans(listing.column_of(UNPAID_SALES.field("due_on")), days)


def _sums(session: Session, conditions: Sequence[Condition]) -> Callable[[], Listing]:
    """Return what gives the sums of all unpaid sales that meet `conditions`, a row a band and one for all."""

    def sums() -> Listing:
        bands = in_bands(stored.open_on_days(session.database.connection, conditions), session.today)
        total = sum(band.cents for band in bands)
        rows: list[tuple[object, ...]] = [
            (label("band", band.name), band.sales, band.cents, band.cents / total) for band in bands
        ]
        rows.append((say("total"), sum(band.sales for band in bands), total, 1.0))
        return Listing(UNPAID_BAND, rows)

    return sums
