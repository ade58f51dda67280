"""The customer card as it is shown: everything on it, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from csm.domain.card import Card, missing
from csm.domain.records import CALLBACK, COMPLAINT, CONTACT, CUSTOMER, NOTE, PROMISE, Field
from csm.storage import callbacks, customers, listing, rows, settings
from csm.storage.listing import by_field

if TYPE_CHECKING:
    from csm.services.work import Work

MOST = 10

# The open ones first, by when they are due, then the latest ended. A promise that wasn't kept ended by its time.
_CASES: Final = (
    "v.status NOT IN ('open', 'waiting'), v.closed_at DESC, v.next_due_at IS NULL, v.next_due_at,"
    " CASE WHEN v.closed_at IS NULL THEN v.id ELSE -v.id END"
)
_PROMISES: Final = (
    "v.status <> 'open', CASE v.status WHEN 'open' THEN v.due_at END, coalesce(v.kept_at, v.due_at) DESC,"
    " CASE v.status WHEN 'open' THEN v.id ELSE -v.id END"
)


def read(work: Work, customer_id: int, *, most: int = MOST) -> Card:
    """Return the card of a customer with at most `most` of each: callbacks planned and past, cases, promises, notes."""
    from csm.domain import cadence

    connection = work.database.connection
    row = rows.fetch(connection, "customer_list", customer_id) or {}
    customer = by_field(CUSTOMER, row)
    contacts = customers.contacts(connection, customer_id)
    return Card(
        customer,
        customers.own_fields(connection, customer_id),
        [by_field(CONTACT, contact) for contact in contacts],
        [by_field(CALLBACK, found) for found in callbacks.listed_of(connection, customer_id, "open", most)],
        [by_field(CALLBACK, found) for found in callbacks.listed_of(connection, customer_id, "done", most)],
        _cases(work, customer_id, most),
        _records(work, "promise_list", PROMISE, _PROMISES, customer_id, most),
        [by_field(NOTE, found) for found in customers.notes(connection, customer_id, most)],
        missing({**customer, "contacts": contacts}),
        settings.stand_ins(connection, work.today.isoformat()).get(str(customer["owner"])),
        _cadence(customer, work, cadence),
        work.now_text,
    )


def _cases(work: Work, customer_id: int, most: int) -> list[dict[str, Any]]:
    """Return the cases of a customer, overdue as of the time taken as now and not as of the view's."""
    found = _records(work, "complaint_list", COMPLAINT, _CASES, customer_id, most)
    for row in found:
        row["overdue"] = int(row["next_due_at"] is not None and row["next_due_at"] < work.now_text)
    return found


def _records(
    work: Work, view: str, fields: Sequence[Field], order: str, customer_id: int, most: int
) -> list[dict[str, Any]]:
    """Return the exact values of `fields` by name of the first records of a customer."""
    of_customer = listing.Condition("v.customer_id = ?", (customer_id,))
    columns = [listing.stored_column(field) for field in fields]
    found = listing.read(work.database.connection, listing.Page(view, columns, [of_customer], order, most))
    return [dict(zip([field.name for field in fields], row, strict=True)) for row in found]


def _cadence(customer: dict[str, Any], work: Work, cadence: Any) -> int | None:
    if customer["do_not_contact"]:
        return None
    days: int | None = cadence.days(customer["relationship"], customer["grade"], work.policy)
    return days
