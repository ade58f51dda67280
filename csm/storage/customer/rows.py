"""The SQL of customer cards, contacts, tags, own fields and notes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from csm.domain.value import Value
from csm.domain.values.folding import forms
from csm.storage import rows

if TYPE_CHECKING:
    from csm.storage.row_types import CardRow


class Candidate(Value):
    """A card that a reference or a new card may mean; `detail` tells it from its namesakes.

    contact_id: the contact whose phone, email or name the reference was, None where it named the customer itself.
    """

    id: int
    name: str
    detail: str
    archived: bool
    contact_id: int | None = None


CANDIDATE = (
    "SELECT id, name, trim(coalesce(code || '  ', '') || coalesce(phone || '  ', '') || coalesce(region, '')),"
    " archived_on IS NOT NULL FROM customer WHERE "
)


def _candidates(
    connection: sqlite3.Connection, condition: str, given: Sequence[object] | Mapping[str, object], most: int = 11
) -> list[Candidate]:
    # Cards in use come before archived ones, so that an archived namesake is named last.
    query = f"{CANDIDATE}{condition} ORDER BY archived_on IS NOT NULL, id LIMIT {most}"
    return [Candidate(row[0], row[1], row[2], bool(row[3])) for row in connection.execute(query, given)]


def by_id(connection: sqlite3.Connection, customer_id: int) -> list[Candidate]:
    """Return the card with an id, if there is one."""
    return _candidates(connection, "id = ?", [customer_id])


def by_ids(connection: sqlite3.Connection, customer_ids: Sequence[int]) -> list[Candidate]:
    """Return the cards with some ids, those in use first."""
    return _candidates(connection, f"id IN ({', '.join('?' * len(customer_ids))})", customer_ids, -1)


def card(connection: sqlite3.Connection, customer_id: int) -> CardRow:
    """Return a card as stored, which must be there; raise LookupError."""
    return cast("CardRow", rows.known(connection, "customer", customer_id))


def alike(connection: sqlite3.Connection, code: str | None, digits: str | None, name: str) -> list[dict[str, object]]:
    """Return id, code, name, phone and compared forms of the cards that share code, phone or name with a new one."""
    keys = forms(name)
    return rows.fetch_all(
        connection,
        "customer",
        "id IN (SELECT id FROM customer WHERE code = ? COLLATE NOCASE"
        " UNION SELECT id FROM customer WHERE phone_digits = ?"
        f" UNION SELECT id FROM customer WHERE name_key IN ({', '.join('?' * len(keys))})) ORDER BY id",
        [code, digits, *keys],
    )


def set_tags(connection: sqlite3.Connection, customer_id: int, add: Sequence[str], remove: Sequence[str]) -> None:
    """Add and remove tags of a card."""
    connection.executemany(
        "INSERT OR IGNORE INTO customer_tag (customer_id, tag) VALUES (?, ?)", [(customer_id, tag) for tag in add]
    )
    connection.executemany(
        "DELETE FROM customer_tag WHERE customer_id = ? AND tag = ?", [(customer_id, tag) for tag in remove]
    )


def tags(connection: sqlite3.Connection, customer_id: int) -> list[str]:
    """Return the tags of a card in alphabetical order."""
    return [
        tag
        for (tag,) in connection.execute(
            "SELECT tag FROM customer_tag WHERE customer_id = ? ORDER BY tag", [customer_id]
        )
    ]


def own_fields(connection: sqlite3.Connection, customer_id: int) -> dict[str, str]:
    """Return the own fields of a card."""
    return dict(
        connection.execute("SELECT key, value FROM customer_field WHERE customer_id = ? ORDER BY key", [customer_id])
    )


def set_own_field(connection: sqlite3.Connection, customer_id: int, key: str, value: str) -> None:
    """Set an own field of a card; an empty value removes it."""
    if not value:
        connection.execute("DELETE FROM customer_field WHERE customer_id = ? AND key = ?", [customer_id, key])
        return
    connection.execute(
        "INSERT INTO customer_field (customer_id, key, value) VALUES (?, ?, ?)"
        " ON CONFLICT (customer_id, key) DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value",
        [customer_id, key, value],
    )


def contacts(connection: sqlite3.Connection, customer_id: int) -> list[dict[str, Any]]:
    """Return the contacts of a card, the first one first."""
    return rows.fetch_all(connection, "contact_list", "customer_id = ? ORDER BY id", [customer_id])


def set_phones(connection: sqlite3.Connection, contact_id: int, numbers: Sequence[tuple[str, str]]) -> None:
    """Give a contact these (number, digits), leaving alone what is there already."""
    known = connection.execute(
        "SELECT number FROM contact_phone WHERE contact_id = ? ORDER BY id", [contact_id]
    ).fetchall()
    if [number for (number,) in known] == [number for number, _ in numbers]:
        return
    connection.execute("DELETE FROM contact_phone WHERE contact_id = ?", [contact_id])
    connection.executemany(
        "INSERT INTO contact_phone (contact_id, number, digits) VALUES (?, ?, ?)",
        [(contact_id, number, digits) for number, digits in numbers],
    )


def notes(connection: sqlite3.Connection, customer_id: int, most: int) -> list[dict[str, object]]:
    """Return the latest notes of a card, pinned ones first."""
    return rows.fetch_all(
        connection,
        "note_list",
        "customer_id = ? ORDER BY pinned DESC, noted_at DESC, id DESC LIMIT ?",
        [customer_id, most],
    )


def count_owned(connection: sqlite3.Connection, owner: str) -> tuple[int, int, int, int]:
    """Return how much open work an owner has: cards in use, callbacks, cases, and promises with preventions."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM customer WHERE owner = :owner AND archived_on IS NULL),"
        " (SELECT count(*) FROM callback WHERE owner = :owner AND status = 'open'),"
        " (SELECT count(*) FROM complaint_state WHERE owner = :owner AND status IN ('open', 'waiting')),"
        " (SELECT count(*) FROM promise WHERE in_charge = :owner AND status = 'open')"
        " + (SELECT count(*) FROM prevention WHERE in_charge = :owner AND done_at IS NULL)",
        {"owner": owner},
    ).fetchone()
    return int(row[0]), int(row[1]), int(row[2]), int(row[3])


def give_cards(connection: sqlite3.Connection, old: str, new: str, at: str, *, archived: bool = False) -> None:
    """Give the cards of an owner to another, with `archived` those put away too."""
    in_use = "" if archived else " AND archived_on IS NULL"
    connection.execute(f"UPDATE customer SET owner = ?, updated_at = ? WHERE owner = ?{in_use}", [new, at, old])
