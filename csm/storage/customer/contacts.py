"""The SQL of contacts who leave, move or are removed: what names them, what goes along with them."""

from __future__ import annotations

import sqlite3
from typing import Final

# The table that names a contact: (the letters of the reference that people read, the column with its number).
_SHOWN: Final = {
    "callback": ("cb", "id"),
    "complaint": ("cp", "id"),
    "signature": ("sa", "sale_id"),
    "contact": ("ct", "id"),
}


def named_by(connection: sqlite3.Connection, contact_id: int) -> list[str]:
    """Return the short references of all records that name a contact, by kind and number.

    Which tables can, the schema says; what is a part of the contact, such as a phone, doesn't count.
    """
    found: list[str] = []
    for table, column in connection.execute(
        'SELECT s.name, f."from" FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f'
        " WHERE s.type = 'table' AND f.\"table\" = 'contact' AND f.on_delete <> 'CASCADE' ORDER BY s.name"
    ).fetchall():
        letters, number = _SHOWN.get(table, (f"{table} ", "id"))
        rows = connection.execute(f"SELECT DISTINCT {number} FROM {table} WHERE {column} = ? ORDER BY 1", [contact_id])
        found += [f"{letters}{identity}" for (identity,) in rows]
    return found


def planned_with(connection: sqlite3.Connection, customer_id: int, contact_id: int) -> list[int]:
    """Return the ids of the open callbacks with a contact of a customer, the next one first."""
    rows = connection.execute(
        "SELECT id FROM callback WHERE customer_id = ? AND status = 'open' AND contact_id = ? ORDER BY due_on, id",
        [customer_id, contact_id],
    )
    return [identity for (identity,) in rows]


def still_there(connection: sqlite3.Connection, contact_id: object) -> int | None:
    """Return the id of a contact who hasn't left, None for anybody else: what is planned next isn't with them."""
    if contact_id is None:
        return None
    row = connection.execute("SELECT id FROM contact WHERE id = ? AND left_on IS NULL", [contact_id]).fetchone()
    return None if row is None else int(row[0])


def came_from(connection: sqlite3.Connection, contact_id: int, customer_id: int) -> int | None:
    """Return the contact of a customer as whom somebody was there before moving on, however often; None for none."""
    row = connection.execute(
        "WITH RECURSIVE earlier (id) AS (SELECT :contact UNION SELECT contact.id FROM contact JOIN earlier"
        " ON contact.moved_to = earlier.id) SELECT contact.id FROM contact JOIN earlier USING (id)"
        " WHERE contact.customer_id = :customer AND contact.id <> :contact AND contact.left_on IS NOT NULL"
        " ORDER BY contact.id DESC LIMIT 1",
        {"contact": contact_id, "customer": customer_id},
    ).fetchone()
    return None if row is None else int(row[0])


def namesake(connection: sqlite3.Connection, customer_id: int, name_key: object, other_than: int) -> int | None:
    """Return the first contact with a name who is there at a customer, but for one; None for none."""
    row = connection.execute(
        "SELECT id FROM contact WHERE customer_id = ? AND +name_key = ? AND left_on IS NULL AND id <> ? ORDER BY id",
        [customer_id, name_key, other_than],
    ).fetchone()
    return None if row is None else int(row[0])


def give_phones(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Give the phones of a contact to another, as the last ones."""
    connection.execute("UPDATE contact_phone SET contact_id = ? WHERE contact_id = ?", [new, old])
