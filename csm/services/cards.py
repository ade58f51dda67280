"""The customer card as it is shown: everything on it, read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm.domain.card import Card, missing
from csm.domain.records import CALLBACK, CONTACT, CUSTOMER, NOTE
from csm.storage import callbacks, customers, rows, settings
from csm.storage.listing import by_field

if TYPE_CHECKING:
    from csm.services.work import Work

MOST = 10


def read(work: Work, customer_id: int, *, most: int = MOST) -> Card:
    """Return the card of a customer with at most `most` past callbacks and notes."""
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
        [by_field(NOTE, found) for found in customers.notes(connection, customer_id, most)],
        missing({**customer, "contacts": contacts}),
        settings.stand_ins(connection, work.today.isoformat()).get(str(customer["owner"])),
        _cadence(customer, work, cadence),
    )


def _cadence(customer: dict[str, Any], work: Work, cadence: Any) -> int | None:
    if customer["do_not_contact"]:
        return None
    days: int | None = cadence.days(customer["relationship"], customer["grade"], work.policy)
    return days
