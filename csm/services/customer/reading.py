"""The customer card as it is shown: everything on it, read at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from csm.domain.callback import cadence
from csm.domain.callback.record import CALLBACK
from csm.domain.complaint.record import COMPLAINT
from csm.domain.customer.card import Card, PaymentState, Rhythm, Together, is_overdue, median_interval, missing
from csm.domain.customer.record import CONTACT, CUSTOMER, NOTE
from csm.domain.kinds import Field
from csm.domain.promise.record import PROMISE
from csm.domain.sale import account, repayment
from csm.domain.sale.bands import band
from csm.domain.sale.payment_allocation import Owed
from csm.domain.sale.record import SALE, UNPAID
from csm.domain.service.record import SERVICE
from csm.domain.value import Value
from csm.services.customer import birthdays
from csm.services.sale import plan_reading
from csm.storage import listing, rows
from csm.storage.callback import rows as callbacks
from csm.storage.customer import branches, card_trade
from csm.storage.customer import rows as customers
from csm.storage.house import settings
from csm.storage.listing import by_field
from csm.storage.service import rows as services

if TYPE_CHECKING:
    from csm.services.work import Work

MOST = 10
FEW = 5

# The open ones first, by when they are due, then the latest ended. A promise that wasn't kept ended by its time.
_CASES: Final = (
    "v.status NOT IN ('open', 'waiting'), v.closed_at DESC, v.next_due_at IS NULL, v.next_due_at,"
    " CASE WHEN v.closed_at IS NULL THEN v.id ELSE -v.id END"
)
_PROMISES: Final = (
    "v.status <> 'open', CASE v.status WHEN 'open' THEN v.due_at END, coalesce(v.kept_at, v.due_at) DESC,"
    " CASE v.status WHEN 'open' THEN v.id ELSE -v.id END"
)
# What depends on now, so that no view has it.
_BY_TIME: Final = ("overdue", "days_late")


def read(work: Work, customer_id: int, *, most: int = MOST, with_branches: bool = False) -> Card:
    """Return the card of a customer with at most `most` of each kind of record.

    with_branches: also what the card and all branches below it come to (source: handbook 3).
    """
    connection = work.database.connection
    row = rows.known(connection, "customer_list", customer_id)
    plan, instalments = _plan(work, customer_id, row["balance_cents"])
    customer = by_field(CUSTOMER, row)
    known = customers.contacts(connection, customer_id)
    contacts = [contact for contact in known if contact["left_on"] is None]
    people = [_with_lunar_day(work, by_field(CONTACT, contact)) for contact in contacts]
    owed = _read_owed(work, customer_id, plan)
    return Card(
        customer,
        customers.own_fields(connection, customer_id),
        people,
        [by_field(CALLBACK, found) for found in callbacks.listed_of(connection, customer_id, "open", most)],
        [by_field(CALLBACK, found) for found in callbacks.listed_of(connection, customer_id, "done", most)],
        _cases(work, customer_id, most),
        _records(work, "promise_list", PROMISE, _PROMISES, customer_id, most),
        [by_field(NOTE, found) for found in customers.notes(connection, customer_id, most)],
        missing({**customer, "contacts": contacts}),
        settings.stand_ins(connection, work.today.isoformat()).get(str(customer["owner"])),
        _cadence(customer, work, cadence),
        work.now_text,
        _services(work, customer_id, [services.WAITING], "v.id", most),
        _dated(work, _sales(work, customer_id, most), owed),
        _dated(work, _undelivered(work, customer_id, most), owed),
        _state(work, customer, people, owed, most),
        _services(work, customer_id, [], "v.done_on DESC, v.id DESC", FEW),
        card_trade.losses(connection, customer_id, most),
        _rhythm(work, customer_id),
        work.policy.number("due.contract_lead"),
        card_trade.surveys(connection, customer_id, most),
        callbacks.said_in_vain(connection, customer_id, most),
        [
            {**by_field(CONTACT, contact), "moved_to_customer": contact["moved_to_customer"]}
            for contact in known
            if contact["left_on"] is not None
        ],
        branches.branches(connection, customer_id),
        Together(*branches.sums(connection, customer_id, work.today.isoformat())) if with_branches else None,
        plan,
        instalments,
    )


def _with_lunar_day(work: Work, contact: dict[str, Any]) -> dict[str, Any]:
    """Return a contact with the day of this year on which a lunar birthday is kept, under `lunar_day`."""
    if contact["lunar_birthday"] is None:
        return contact
    return {**contact, "lunar_day": birthdays.day_in(contact["lunar_birthday"], work.today.year)}


def _plan(work: Work, customer_id: int, balance: int) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """Return the open repayment plan of a customer, and its open parts with what is asked of each."""
    found = plan_reading.read_open(work.database.connection, customer_id, work.today)
    if found is None:
        return None, []
    parts = [part for part in found.parts if part["balance"]]
    asked = repayment.asked([part["balance"] for part in parts], balance)
    return found.plan, [{**part, "asked": cents} for part, cents in zip(parts, asked, strict=True)]


def _cases(work: Work, customer_id: int, most: int) -> list[dict[str, Any]]:
    """Return the cases of a customer, overdue as of the time taken as now."""
    found = _records(work, "complaint_list", COMPLAINT, _CASES, customer_id, most)
    for row in found:
        row["overdue"] = int(row["next_due_at"] is not None and row["next_due_at"] < work.now_text)
    return found


def _records(
    work: Work,
    view: str,
    fields: Sequence[Field],
    order: str,
    customer_id: int,
    most: int,
    conditions: Sequence[listing.Condition] = (),
) -> list[dict[str, Any]]:
    """Return the exact values of `fields` by name of the first records of a customer that meet `conditions`."""
    of_customer = listing.Condition("v.customer_id = ?", (customer_id,))
    columns = ["(NULL)" if field.name in _BY_TIME else listing.stored_column(field) for field in fields]
    page = listing.Page(view, columns, [of_customer, *conditions], order, most)
    found = listing.read(work.database.connection, page)
    return [dict(zip([field.name for field in fields], row, strict=True)) for row in found]


def _sales(work: Work, customer_id: int, most: int) -> list[dict[str, Any]]:
    """Return the sales of a customer: the open ones by when they are due, then the latest of the others."""
    found = _records(work, "sale_list", SALE, card_trade.OPEN_ORDER, customer_id, most, [card_trade.OPEN])
    if len(found) < most:
        left, ended = most - len(found), [card_trade.ENDED]
        found += _records(work, "sale_list", SALE, card_trade.ENDED_ORDER, customer_id, left, ended)
    return found


def _undelivered(work: Work, customer_id: int, most: int) -> list[dict[str, Any]]:
    late = card_trade.undelivered(work.today.isoformat())
    return _records(work, "sale_list", SALE, "+v.delivery_on, v.id", customer_id, most, [late])


def _dated(work: Work, sales: list[dict[str, Any]], owed: _Owed) -> list[dict[str, Any]]:
    """Return sales with their days late as of the day taken as today, where anything is asked for them."""
    for row in sales:
        if owed.asked.get(row["id"]):
            row["days_late"] = (work.today - date.fromisoformat(row["due_on"])).days
    return sales


class _Owed(Value):
    """What is open with a customer: bills as (sale, day sold, day due, cents), due longest first; credits as
    (kind, sale, cents); and what is asked of each bill, in cents by sale."""

    bills: Sequence[tuple[int, str, str, int]]
    credits: Sequence[tuple[str, int | None, int]]
    asked: Mapping[int, int]


def _read_owed(work: Work, customer_id: int, plan: Mapping[str, Any] | None) -> _Owed:
    """Return what a customer hasn't paid, what they have with us, and what is asked besides an open plan."""
    connection = work.database.connection
    bills = card_trade.open_bills(connection, customer_id)
    credits = card_trade.credits_of(connection, customer_id)
    open_bills = [Owed(sale_id, sold_on, cents) for sale_id, sold_on, _, cents in bills]
    covered = sum(cents for *_, cents in credits) + (plan["balance"] if plan is not None else 0)
    return _Owed(bills, credits, dict(account.asked(open_bills, covered)))


def _state(
    work: Work, customer: Mapping[str, Any], people: Sequence[Mapping[str, Any]], owed: _Owed, most: int
) -> PaymentState:
    """Return what a customer is asked to pay, and whom the oldest bill waits for (source: handbook 8)."""
    bands: dict[str, int] = {}
    late = late_cents = 0
    oldest: dict[str, Any] | None = None
    for sale_id, _, due_on, _ in owed.bills:
        asked = owed.asked[sale_id]
        if not asked:
            continue
        days = (work.today - date.fromisoformat(due_on)).days
        bands[band(days)] = bands.get(band(days), 0) + asked
        if days > 0:
            late, late_cents = late + 1, late_cents + asked
        if oldest is None:
            row = card_trade.unpaid(work.database.connection, sale_id)
            oldest = {**by_field(UNPAID, row), "days_late": days, "band": band(days), "asked": asked}
            oldest |= _waits_for(row, customer, people)
    aged = list(reversed(bands.items()))
    return PaymentState(aged, late, late_cents, oldest, owed.credits[:most], sets_off=bool(owed.bills and owed.credits))


def _waits_for(
    row: Mapping[str, Any], customer: Mapping[str, Any], people: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return whose signature an unpaid bill waits for, by the fields of `UNPAID`."""
    signer: Mapping[str, Any] = next((one for one in people if one["id"] == row["next_contact_id"]), {})
    phone = str(signer.get("phone") or "").split(";")[0] or customer["phone"]
    return {"waits_for": signer.get("sign_off"), "contact": signer.get("name"), "phone": phone}


def _services(
    work: Work, customer_id: int, conditions: Sequence[listing.Condition], order: str, most: int
) -> list[dict[str, Any]]:
    return _records(work, "service_list", SERVICE, order, customer_id, most, conditions)


def _rhythm(work: Work, customer_id: int) -> Rhythm | None:
    """Return how often a customer buys, None where they never bought (source: handbook 9.4)."""
    bought = card_trade.purchase_days(work.database.connection, customer_id, work.today.isoformat())
    if not bought:
        return None

    days = [date.fromisoformat(day) for day in bought]
    usual, times, last = median_interval(days), work.policy.number("risk.times"), days[-1]
    overdue = usual is not None and is_overdue(last, usual, work.today, times)
    return Rhythm(usual, last, (work.today - last).days, times, overdue)


def _cadence(customer: dict[str, Any], work: Work, cadence: Any) -> int | None:
    if customer["do_not_contact"]:
        return None
    days: int | None = cadence.days(customer["relationship"], customer["grade"], work.policy)
    return days
