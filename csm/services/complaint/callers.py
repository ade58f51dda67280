"""Who called about a case: a contact of the card where it is one, else the name and the number as they were told."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from csm.domain.customer.card import name_key
from csm.domain.values.phone import digits
from csm.storage.files import known

ANY_ID = 2**62


def settled(connection: sqlite3.Connection, customer_id: int, values: Mapping[str, object]) -> dict[str, object]:
    """Return the columns of a case with its caller settled: a contact's name or number names the contact.

    A number that is the card's own is not kept once more; one that is nobody's stays on the case.
    """
    found = dict(values)
    caller, phone = found.get("caller"), found.get("caller_phone")
    if caller is not None and found.get("contact_id") is None:
        called = known.contacts_called(connection, customer_id, name_key(str(caller)), up_to=ANY_ID)
        if len(called) == 1:
            found["contact_id"] = called[0]["id"]
            del found["caller"]
    if phone is None:
        return found
    form = digits(str(phone))
    contact = known.contact_with_phone(connection, customer_id, form)
    (own,) = known.card_values(connection, customer_id, ("phone_digits",))
    if contact is not None and found.get("contact_id") is None and "caller" not in found:
        found["contact_id"] = contact
    if own == form or (contact is not None and found.get("contact_id") == contact):
        del found["caller_phone"]
    return found


def others_with(connection: sqlite3.Connection, customer_id: int, phone: object) -> list[tuple[int, str]]:
    """Return (id, name) of the other customers who have a phone, or of whom a contact has it."""
    if phone is None:
        return []
    return [
        (card, name) for card, name in known.customers_with_phone(connection, digits(str(phone))) if card != customer_id
    ]
