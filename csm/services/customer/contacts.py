"""What becomes of a contact: left, moved to another customer, or removed where nothing names them (handbook 3).

A contact who moves is there twice from then on: at the old customer as somebody who has left, so that the talks stay
where they were held and keep the name, and at the new one with all that is personal.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from csm.domain.errors import Refused
from csm.domain.value import Value
from csm.services.customer import people
from csm.storage import rows
from csm.storage.customer import contacts
from csm.storage.customer.rows import Candidate

if TYPE_CHECKING:
    from csm.services.work import Work

Row = Mapping[str, Any]

# What belongs to the place and not to the person, is the same for both, or is worked out.
_STAYS: Final = frozenset({"id", "customer_id", "role", "sign_off", "left_on", "moved_to", "created_at"})
_SAME: Final = ("name", "name_key", "pinyin")
_BIRTHDAYS: Final = frozenset({"birthday", "lunar_birthday"})
_COMPUTED: Final = frozenset({"birthday_month_day", "lunar_month_day"})


class Left(Value):
    """Since when a contact has left, and the open callbacks that still name them, the next one first."""

    on: str
    planned: Sequence[int]


class Moved(Value):
    """A contact who moved: the id at the new customer, whether they had been there before, a namesake there.

    planned: the open callbacks at the old customer that still name them, the next one first.
    """

    id: int
    back: bool
    namesake: int | None
    planned: Sequence[int]


def remove(work: Work, row: Row) -> None:
    """Take a contact off the card where nothing names them; raise contact-named (source: handbook 3)."""
    contact_id = int(row["id"])
    with work.database.writing(work.command) as connection:
        named = contacts.named_by(connection, contact_id)
        if named:
            raise Refused("contact-named", name=row["name"], contact_id=contact_id, refs=named)
        rows.delete(connection, "contact", contact_id)
        rows.update(connection, "customer", int(row["customer_id"]), {"updated_at": work.now_text})


def leave(work: Work, row: Row, on: date) -> Left:
    """Note that a contact has left, since a day; raise contact-left (source: handbook 3)."""
    refuse_left(work.database.connection, row)
    contact_id, customer_id = int(row["id"]), int(row["customer_id"])
    with work.database.writing(work.command) as connection:
        rows.update(connection, "contact", contact_id, {"left_on": on.isoformat()})
        rows.update(connection, "customer", customer_id, {"updated_at": work.now_text})
        return Left(on.isoformat(), contacts.planned_with(connection, customer_id, contact_id))


def move(work: Work, row: Row, customer: Candidate, on: date) -> Moved:
    """Move a contact to another customer with all that is personal; raise contact-moved, contact-there.

    Who comes back to a customer is the contact that they were there before (source: handbook 3).
    """
    contact_id, old_customer = int(row["id"]), int(row["customer_id"])
    if row["moved_to"] is not None:
        refuse_left(work.database.connection, row)
    if customer.id == old_customer:
        raise Refused("contact-there", name=row["name"], contact_id=contact_id, customer=customer.name)
    personal = {name: value for name, value in row.items() if name not in _STAYS | _COMPUTED | set(_SAME)}
    with work.database.writing(work.command) as connection:
        before = contacts.came_from(connection, contact_id, customer.id)
        if before is None:
            made = {"customer_id": customer.id, **{name: row[name] for name in _SAME}, **personal}
            new = rows.insert_anew(connection, "contact", {**made, "created_at": work.now_text})
        else:
            new, there = before, {"left_on": None, "moved_to": None, **{name: row[name] for name in _SAME}}
            told = {name: value for name, value in personal.items() if value is not None}
            if not _BIRTHDAYS.isdisjoint(told):
                told = {**dict.fromkeys(_BIRTHDAYS), **told}  # of the two calendars, the one that is known now
            rows.update(connection, "contact", new, {**told, **there})
        contacts.give_phones(connection, contact_id, new)
        left = {"left_on": row["left_on"] or on.isoformat(), "moved_to": new}
        rows.update(connection, "contact", contact_id, {**dict.fromkeys(personal), **left})
        for changed in (old_customer, customer.id):
            rows.update(connection, "customer", changed, {"updated_at": work.now_text})
        namesake = contacts.namesake(connection, customer.id, row["name_key"], new)
        planned = contacts.planned_with(connection, old_customer, contact_id)
        return Moved(new, before is not None, namesake, planned)


def there(connection: sqlite3.Connection, customer: Candidate, ref: str, on: date) -> int:
    """Return the id of the contact of a customer that `ref` means, who hadn't left by a day.

    Raises no-such-record, not-unique, contact-left, contact-moved (source: handbook 3).
    """
    contact_id = people.contact(connection, customer.id, ref)
    row = rows.known(connection, "contact", contact_id)
    if row["left_on"] is not None and str(row["left_on"]) <= on.isoformat():
        refuse_left(connection, row)
    return contact_id


def refuse_left(connection: sqlite3.Connection, row: Row) -> None:
    """Raise contact-left for who has left, contact-moved where it is known where to."""
    if row["left_on"] is None:
        return
    told = {"name": row["name"], "left_on": row["left_on"], "customer_id": row["customer_id"], "contact_id": row["id"]}
    if row["moved_to"] is None:
        raise Refused("contact-left", **told)
    now = rows.known(connection, "contact_list", int(row["moved_to"]))
    raise Refused("contact-moved", **told, customer=now.get("customer"), moved_to=row["moved_to"])
