"""The SQL by which an import finds what is here already."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from csm.storage import rows

Row = dict[str, Any]


def is_empty(connection: sqlite3.Connection, table: str) -> bool:
    """Tell whether a table has no row."""
    (in_use,) = connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()
    return not in_use


def last_id(connection: sqlite3.Connection, table: str) -> int:
    """Return the highest id of a table, 0 where it is empty."""
    (last,) = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
    return int(last)


def marks(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Give (id, external id, code, phone digits, name key, email) of every card."""
    return connection.execute(
        "SELECT id, external_id, code, phone_digits, coalesce(name_key, ''), email FROM customer ORDER BY id"
    )


def card_values(connection: sqlite3.Connection, customer_id: int, columns: Sequence[str]) -> tuple[Any, ...]:
    """Return columns of a card in their order."""
    found: tuple[Any, ...] = connection.execute(
        f"SELECT {', '.join(columns)} FROM customer WHERE id = ?", [customer_id]
    ).fetchone()
    return found


def card_name_key(connection: sqlite3.Connection, customer_id: int) -> str | None:
    """Return the compared name of the card with an id, None where there is none."""
    found = connection.execute("SELECT coalesce(name_key, '') FROM customer WHERE id = ?", [customer_id]).fetchone()
    return None if found is None else str(found[0])


def customers_with_contact_phone(connection: sqlite3.Connection, digits: str) -> list[int]:
    """Return the ids of the customers of whom a contact has a phone."""
    query = "SELECT customer_id FROM contact JOIN contact_phone ON contact_id = contact.id WHERE digits = ?"
    return [customer_id for (customer_id,) in connection.execute(query, [digits])]


def phone_of_contact(connection: sqlite3.Connection, customer_id: int) -> str | None:
    """Return the first phone of a customer's contacts, None where none has one."""
    found = connection.execute(
        "SELECT number FROM contact JOIN contact_phone ON contact_id = contact.id WHERE customer_id = ?"
        " ORDER BY contact_phone.id LIMIT 1",
        [customer_id],
    ).fetchone()
    return None if found is None else str(found[0])


def contact_with_phone(connection: sqlite3.Connection, customer_id: int, digits: str) -> int | None:
    """Return the first contact of a customer with a phone, None where none has it."""
    found = connection.execute(
        "SELECT contact.id FROM contact JOIN contact_phone ON contact_id = contact.id"
        " WHERE customer_id = ? AND digits = ? ORDER BY contact.id LIMIT 1",
        [customer_id, digits],
    ).fetchone()
    return None if found is None else int(found[0])


def customers_with_phone(connection: sqlite3.Connection, digits: str) -> list[tuple[int, str]]:
    """Return (id, name) of the customers who have a phone, or of whom a contact has it."""
    return connection.execute(
        "SELECT id, name FROM customer WHERE phone_digits = :digits"
        " UNION SELECT customer.id, customer.name FROM contact_phone JOIN contact ON contact.id = contact_id"
        " JOIN customer ON customer.id = customer_id WHERE digits = :digits ORDER BY 1",
        {"digits": digits},
    ).fetchall()


def contact_numbers(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the compared phones of all contacts who haven't left."""
    query = "SELECT digits FROM contact_phone JOIN contact ON contact.id = contact_id WHERE left_on IS NULL"
    return frozenset(digits for (digits,) in connection.execute(query) if digits)


def contacts_called(connection: sqlite3.Connection, customer_id: int, name_key: str, *, up_to: int) -> list[Row]:
    """Return the contacts of a customer with a name, none with an id above `up_to`, in the order of their ids."""
    # The plus keeps SQLite from going through everybody who bears that name.
    condition = "customer_id = ? AND +name_key = ? AND id <= ? ORDER BY id"
    return rows.fetch_all(connection, "contact", condition, [customer_id, name_key, up_to])


def phones_of(connection: sqlite3.Connection, contact_id: int) -> list[tuple[str, str]]:
    """Return (number, digits) of a contact's phones in their order."""
    query = "SELECT number, digits FROM contact_phone WHERE contact_id = ? ORDER BY id"
    return connection.execute(query, [contact_id]).fetchall()


def has_note(connection: sqlite3.Connection, customer_id: int, text: str) -> bool:
    """Tell whether a card has a note with exactly this text."""
    query = "SELECT 1 FROM note WHERE customer_id = ? AND text = ?"
    return connection.execute(query, [customer_id, text]).fetchone() is not None


def callbacks_on(connection: sqlite3.Connection, customer_id: int, day: str, *, up_to: int) -> list[Row]:
    """Return the callbacks of a customer due on a day, none with an id above `up_to`, in the order of their ids."""
    # The plus keeps SQLite from going through everybody's callbacks of that day.
    condition = "customer_id = ? AND +due_on = ? AND id <= ? ORDER BY id"
    return rows.fetch_all(connection, "callback", condition, [customer_id, day, up_to])


def callback_by_external_id(connection: sqlite3.Connection, external_id: str) -> Row | None:
    """Return the first callback with an external id."""
    found = rows.fetch_all(connection, "callback", "external_id = ? ORDER BY id LIMIT 1", [external_id])
    return found[0] if found else None


def was_tried(connection: sqlite3.Connection, callback_id: int, outcome: str, note: str | None = None) -> bool:
    """Tell whether a fruitless try of a callback is on record, with exactly this note where one is given."""
    query = (
        "SELECT 1 FROM callback_try WHERE callback_id = :callback AND outcome = :outcome"
        " AND (:note IS NULL OR note = :note)"
    )
    return connection.execute(query, {"callback": callback_id, "outcome": outcome, "note": note}).fetchone() is not None


def was_due_on(connection: sqlite3.Connection, callback_id: int, day: str) -> bool:
    """Tell whether a callback was due on a day before it was moved, by the kept changes."""
    query = (
        "SELECT 1 FROM change WHERE table_name = 'callback' AND row_id = ?"
        " AND json_extract(before, '$.due_on') = ? LIMIT 1"
    )
    return connection.execute(query, [callback_id, day]).fetchone() is not None
