"""Which contact is meant by what was typed: in the tiers in which customers are named, at one customer or at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from csm.domain.errors import NotFound
from csm.domain.values.folding import alike, holds
from csm.services.partial_references import spelling
from csm.services.references import Typed, read
from csm.services.short_references import record, refuse_other_kind
from csm.storage import partial_references
from csm.storage.listing import contains

SHOWN = 10


def contact(connection: sqlite3.Connection, customer_id: int, ref: str) -> int:
    """Return the id of the contact of a customer that `ref` means; raise no-such-record, not-unique, other-kind.

    An id, or in the tiers in which customers are named: phone, email, name or nickname; the end of a phone; a part of
    the name or its pinyin; the role. Who has left comes after who is there.
    """
    found = _person(connection, ref, ("contact.customer_id = ?", [customer_id]))
    if found is None:
        refuse_other_kind(connection, "contact", ref)
        known = partial_references.people(connection, "contact.customer_id = ?", [customer_id])
        raise NotFound(
            "no-such-record", kind="contact", ref=ref, near=[(row["id"], row["name"]) for row in known[:SHOWN]]
        )
    return int(str(found["id"]))


def any_contact(connection: sqlite3.Connection, ref: str) -> dict[str, object]:
    """Return the stored row of the contact of any customer that `ref` means; raise no-such-record, not-unique,
    other-kind.

    See `contact` for what a contact is named by.
    """
    found = _person(connection, ref, ("1", []))
    if found is None:
        return record(connection, "contact", ref)
    return record(connection, "contact", f"ct{found['id']}")


def _person(connection: sqlite3.Connection, ref: str, among: tuple[str, list[object]]) -> dict[str, object] | None:
    text = " ".join(ref.split())
    if not text:
        return None
    typed = read(text, "contact")
    for condition, given, fits in _person_tiers(connection, text, typed):
        found = partial_references.people(connection, f"({among[0]}) AND ({condition})", [*among[1], *given])
        if fits is not None and len(typed.names) > 1:
            found = [row for row in found if _fits(row, text, typed, fits)]
        there = [row for row in found if row["left_on"] is None] or found
        if len(there) == 1:
            return there[0]
        if there:
            listed = [
                (f"ct{row['id']}", row["name"], row["customer"] if among[0] == "1" else row["role"])
                for row in there[:SHOWN]
            ]
            raise NotFound("not-unique", kind="contact", ref=ref, candidates=listed)
    return None


def _fits(row: dict[str, object], text: str, typed: Typed, fits: Callable[[str, str], bool]) -> bool:
    """Tell whether a contact is what was typed by more than another way to write an umlaut."""
    if row["id"] == typed.id or (typed.email is not None and str(row["email"]).lower() == typed.email.lower()):
        return True
    return any(fits(str(row[column]), text) for column in ("name", "nickname") if row[column])


def _person_tiers(
    connection: sqlite3.Connection,
    text: str,
    typed: Typed,
) -> Iterator[tuple[str, list[object], Callable[[str, str], bool] | None]]:
    keys = ", ".join("?" * len(typed.names))
    exact = [f"contact.name_key IN ({keys})", f"contact.nickname_key IN ({keys})"]
    given: list[object] = [*typed.names, *typed.names]
    for sql, value in (
        ("contact.id = ?", typed.id),
        ("contact.id IN (SELECT contact_id FROM contact_phone WHERE digits = ?)", typed.phone),
        ("contact.email = ? COLLATE NOCASE", typed.email),
    ):
        if value is not None:
            exact.append(sql)
            given.append(value)
    yield " OR ".join(exact), given, alike if typed.phone is None else None
    if typed.last_digits is not None:
        ends: list[object] = [f"%{typed.last_digits}", f"%{typed.last_digits}#%"]
        query = "SELECT contact_id FROM contact_phone WHERE digits LIKE ? OR digits LIKE ?"
        yield f"contact.id IN ({query})", ends, None
    if typed.names[0]:
        columns = ("contact.name_key", "contact.nickname_key")
        parts = [f"{column} LIKE ? ESCAPE '\\'" for column in columns for _ in typed.names]
        wanted: list[object] = [contains(name) for _ in columns for name in typed.names]
        spelt = spelling(text)
        if spelt is not None:
            usual = partial_references.USUAL.replace("pinyin", "contact.pinyin")
            parts.append(f"{usual} LIKE ? ESCAPE '\\'")
            wanted.append(contains(spelt))
        yield " OR ".join(parts), wanted, holds
        roles = partial_references.roles(connection, typed.names[0])
        if roles:
            yield f"contact.role IN ({', '.join('?' * len(roles))})", [*roles], None
