"""`csm sale unpaid`: what isn't paid, how late, where it is stuck, whom to call, and what customers have with us."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from csm.cli import columns, filters, lists
from csm.cli.complaint.options import grouping
from csm.cli.customer.options import WithBranches
from csm.cli.grammar import Given
from csm.cli.output import tell_where, write_rows
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.formats import READ_BY_PEOPLE
from csm.domain.sale.bands import due_days
from csm.domain.sale.record import REFUNDS, UNPAID_GROUP, UNPAID_SALES
from csm.i18n import label, say
from csm.render.listing import Listing
from csm.render.sale.account import bands_listing
from csm.render.sale.unpaid import shaped
from csm.services.sale import accounts
from csm.services.sale.accounts import Group
from csm.services.values import read_day, read_term
from csm.storage import listing
from csm.storage.customer.selectivity import of_cards
from csm.storage.listing import Condition, Part
from csm.storage.sale import accounts as stored
from csm.storage.sale.accounts import Whose


def run(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    with_branches: WithBranches = False,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", metavar="NAME", help="Only this owner's customers; repeat it.")
    ] = None,
    region: Annotated[list[str] | None, typer.Option("--region", help="Only of this region; repeat it.")] = None,
    band: Annotated[
        list[str] | None,
        typer.Option("--band", help="Only bills not-due, 0-30, 31-60, 61-90 or 90+ days late; repeat it."),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only bills that are late.")] = False,
    on: Annotated[
        str | None, typer.Option("--on", metavar="WHEN", help="What was open at the end of this day; now unless told.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="WHAT", help="Sums by customer, owner, region or band.")
    ] = None,
    refunds: Annotated[bool, typer.Option("--refunds", help="Instead what customers have with us.")] = False,
) -> None:
    """List what isn't paid, due longest first: how late, whose signature it waits for, whom to call.

    What customers have with us stands below, less than zero: the sum of the list is the sum of their balances.
    Under a table stand the sums by how late it is; with --limit N there are none.

    \b
    Example:
      csm sale unpaid --overdue --owner alice
      csm sale unpaid --band 61-90 --band 90+
      csm sale unpaid --by customer --on 2026-10-31
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    _check_alone(refunds=refunds, by=by, band=band, overdue=overdue)
    day = read_day(on, session, past=True) if on is not None else None
    whose = _whose(session, customer, owner, region, with_branches=with_branches)
    if refunds:
        lists.show_parts(
            session, given, REFUNDS, stored.refunds(whose, day), empty=say("nothing is to be paid back"), shape=shaped
        )
        return
    as_of = day or session.today
    due = [_in_bands(session, band, as_of)] if band else []
    if overdue:
        due.append(listing.less_than("due_on", as_of.isoformat()))
    parts = stored.parts(session.today, whose, due, day)
    if by is not None:
        kind = grouping(accounts.KINDS, by)
        asked = stored.asked(parts[0], whose, due, day)
        found = accounts.groups(session.database.connection, parts, asked, kind, as_of)
        _write_groups(session, given, found, kind)
        return
    # whoever asks for a few rows doesn't wait for a sum over all of them
    few = given.limit is not None and columns.limit_of(given) is not None
    below = None if few else _sums(session, parts, as_of)
    lists.show_parts(session, given, UNPAID_SALES, parts, empty=say("nothing is unpaid"), below=below, shape=shaped)


def _check_alone(*, refunds: bool, by: str | None, band: Sequence[str] | None, overdue: bool) -> None:
    """Raise values-exclude for an option about bills together with --refunds."""
    for option, told in (("--band", band), ("--overdue", overdue), ("--by", by is not None)):
        if refunds and told:
            raise UsageFault("values-exclude", first="--refunds", second=option)


def _whose(
    session: Session,
    customer: str | None,
    owner: Sequence[str] | None,
    region: Sequence[str] | None,
    *,
    with_branches: bool,
) -> Whose:
    """Return the conditions of whose money is meant; raise what finding a customer, owner or region raises."""
    if with_branches and customer is None:
        raise UsageFault("missing-value", field="--customer")
    connection = session.database.connection
    found: list[tuple[Condition, Condition]] = []
    if customer is not None:
        theirs = filters.of_customer(session, customer, with_branches=with_branches)
        found.append((theirs, theirs))
    for column, typed in (("owner", owner), ("region", region)):
        if typed:
            known = filters.owners(session, typed) if column == "owner" else filters.known(session, column, typed)
            found.append((of_cards(connection, column, known), stored.accounts_of(column, known)))
    return Whose([sales for sales, _ in found], [theirs for _, theirs in found], few=customer is not None)


def _in_bands(session: Session, typed: Sequence[str], day: date) -> Condition:
    """Return the condition that the day of a bill lies in one of the bands as of a day."""
    spans = [due_days(read_term(UNPAID_SALES.field("band"), word), day) for word in typed]
    days = [(first and first.isoformat(), last and last.isoformat()) for first, last in spans]
    return listing.in_spans(listing.column_of(UNPAID_SALES.field("due_on")), days)


def _sums(session: Session, parts: Sequence[Part], day: date) -> Callable[[], Listing]:
    """Return what reads the sums of all that is open: a row a band, what is on account, and all together."""
    return lambda: bands_listing(*accounts.bands(session.database.connection, parts, day))


# --- by customer, owner, region or band -----------------------------------------------------------------------


def _write_groups(session: Session, given: Given, found: Sequence[Group], by: str) -> None:
    chosen, limit = columns.columns_of(UNPAID_GROUP, given), columns.limit_of(given)
    people = given.form in READ_BY_PEOPLE
    made = [_named(group, by).row() if people else group.row() for group in found]
    rows: list[Sequence[Any]] = list(columns.chosen_rows(made, UNPAID_GROUP, chosen, given, limit))
    left_out = len(made) - len(rows)
    if people and rows:
        total = accounts.together(found)._replace(name=say("total")).row()
        rows.append([total[UNPAID_GROUP.index(field)] for field in chosen])
    tell_where(session)
    write_rows(session, given, Listing(chosen, rows, "", say("nothing is unpaid"), chosen=given.columns is not None))
    if limit is not None and given.limit is None:
        columns.tell_rest(session, left_out)


def _named(group: Group, by: str) -> Group:
    """Return a group under the name that people read."""
    if group.name == accounts.ON_ACCOUNT and by == "band":
        return group._replace(name=say("on account"))
    if by == "band" and group.name is not None:
        return group._replace(name=label("band", group.name))
    return group if group.name is not None else group._replace(name="-")
