"""From what a user typed to the one record that is meant; never a silent guess between two."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from csm.domain.card import name_key
from csm.services.short_references import number, record, split
from csm.storage import customers, rows
from csm.storage.customers import Candidate

__all__ = ["any_contact", "contact", "customer", "number", "record", "split"]


def customer(connection: sqlite3.Connection, ref: str) -> Candidate:
    """Return the customer that `ref` means: id, code, phone, exact name, then a part of the name or of its pinyin.

    The first of these that a single card answers to decides; cards in use come before archived ones. Raises
    NoSuchRecord, and NotUnique with the candidates.
    """
    text = ref.strip()
    several: list[Candidate] = []
    for look in _tiers(connection, text):
        found = look()
        in_use = [candidate for candidate in found if not candidate.archived]
        if len(in_use) == 1 or len(found) == 1:
            return (in_use or found)[0]
        several = several or in_use or found
    from csm.domain.errors import NoSuchRecord, NotUnique

    if several:
        raise NotUnique(
            kind="customer",
            ref=ref,
            candidates=[(candidate.id, candidate.name, candidate.detail) for candidate in several[:10]],
        )
    raise NoSuchRecord(kind="customer", ref=ref, near=_near(connection, text))


def _tiers(connection: sqlite3.Connection, text: str) -> list[Callable[[], list[Candidate]]]:
    from csm.domain.phone import digits

    tiers: list[Callable[[], list[Candidate]]] = []
    if not text:
        return tiers
    found = number("customer", text)
    if found is not None:
        tiers.append(lambda: customers.by_id(connection, found))
    tiers.append(lambda: customers.by_code(connection, text))
    compared = digits(text)
    if len(compared) >= 3 and not any(sign.isalpha() for sign in text):
        tiers.append(lambda: customers.by_phone(connection, compared))
    tiers.append(lambda: customers.by_name(connection, name_key(text)))
    tiers.append(lambda: customers.by_part(connection, name_key(text)))
    return tiers


def _near(connection: sqlite3.Connection, text: str) -> list[tuple[int, str]]:
    """Return up to three cards whose name is spelt nearly like `text`, among those that start alike."""
    from difflib import get_close_matches

    key = name_key(text)
    if not key:
        return []
    known = connection.execute(
        "SELECT name_key, id, name FROM customer WHERE name_key >= ? AND name_key < ? LIMIT 2000",
        [key[0], key[0] + "\uffff"],
    ).fetchall()
    alike = get_close_matches(key, {found for found, _, _ in known}, n=3, cutoff=0.7)
    return [(identity, name) for found, identity, name in known if found in alike][:5]


def contact(connection: sqlite3.Connection, customer: Candidate, ref: str) -> int:
    """Return the id of the contact of a customer that `ref` means: id, exact name, then a part of it or its pinyin.

    Who has left comes after who is there. Raises NoSuchRecord, NotUnique.
    """
    known = rows.fetch_all(connection, "contact", "customer_id = ? ORDER BY id", [customer.id])
    found = number("contact", ref)
    key = name_key(ref)
    tiers = (
        [row for row in known if row["id"] == found],
        [row for row in known if row["name_key"] == key],
        [
            row
            for row in known
            if key and (key in str(row["name_key"]) or key.replace(" ", "") in str(row["pinyin"] or ""))
        ],
    )
    from csm.domain.errors import NoSuchRecord, NotUnique

    for tier in tiers:
        there = [row for row in tier if row["left_on"] is None] or tier
        if len(there) == 1:
            return int(str(there[0]["id"]))
        if there:
            candidates = [(row["id"], row["name"], row["role"]) for row in there]
            raise NotUnique(kind="contact", ref=ref, candidates=candidates)
    near = [(row["id"], row["name"]) for row in known if row["left_on"] is None]
    raise NoSuchRecord(kind="contact", ref=ref, near=near[:10])


def any_contact(connection: sqlite3.Connection, ref: str) -> dict[str, object]:
    """Return the stored contact of any customer that `ref` means: id, exact name, then a part of it or its pinyin.

    Somebody who is there is meant before somebody who has left. Raises NoSuchRecord, and NotUnique with the candidates.
    """
    found = number("contact", ref)
    row = rows.fetch(connection, "contact", found) if found is not None else None
    if row is not None:
        return row
    from csm.domain.errors import NoSuchRecord, NotUnique

    key = name_key(ref)
    for tier in customers.people_called(connection, key) if key else ():
        there = [one for one in tier if one["left_on"] is None] or tier
        if len(there) == 1:
            return rows.fetch(connection, "contact", int(str(there[0]["id"]))) or {}
        if there:
            candidates = [(f"ct{one['id']}", one["name"], one["customer"]) for one in there[:10]]
            raise NotUnique(kind="contact", ref=ref, candidates=candidates)
    raise NoSuchRecord(kind="contact", ref=ref)
