"""References that fit a customer only in part, and what is said where none or several are meant."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from csm.domain.errors import NotFound
from csm.domain.values.folding import folded, holds
from csm.services.references import Typed
from csm.services.short_references import refuse_other_kind
from csm.storage import partial_references
from csm.storage.customer import rows as customers
from csm.storage.customer.rows import Candidate
from csm.storage.references import Hit

SHOWN = 10
NAMED = frozenset({"name", "short_name", "former_name", "contact", "nickname", "part"})


def spelling(text: str) -> str | None:
    """Return `text` as the pinyin of a name would be stored, None where it can't be one."""
    spelt = folded(text.lower().replace("ü", "v")).replace(" ", "").replace("'", "")
    return spelt if spelt and spelt.isascii() else None


def tiers(connection: sqlite3.Connection, text: str, typed: Typed) -> Iterator[list[Hit]]:
    """Yield what fits in part, tier by tier; raise other-kind for the short reference of another record."""
    if typed.last_digits is not None:
        yield partial_references.by_end_of_phone(connection, typed.last_digits)
    refuse_other_kind(connection, "customer", text)
    if typed.names[0]:
        found = partial_references.by_part(connection, typed.names, spelling(text))
        yield truly(connection, found, text, holds) if len(typed.names) > 1 else found
        yield partial_references.by_role(connection, typed.names[0])


def truly(connection: sqlite3.Connection, hits: list[Hit], text: str, fits: Callable[[str, str], bool]) -> list[Hit]:
    """Return the hits without those that only another way to write an umlaut has found: bauer isn't Baur."""
    return [
        hit
        for hit in hits
        if hit.by not in NAMED or any(fits(name, text) for name in partial_references.names_of(connection, hit))
    ]


def several(connection: sqlite3.Connection, ref: str, found: Sequence[Candidate], hits: Sequence[Hit]) -> NotFound:
    """Return the error that names the customers who may be meant, each with the contact it was found by."""
    people = {hit.customer_id: hit.contact_id for hit in hits if hit.contact_id is not None}
    listed = [(card.id, card.name, _detail(connection, card, people.get(card.id))) for card in found[:SHOWN]]
    return NotFound("not-unique", kind="customer", ref=ref, candidates=listed)


def _detail(connection: sqlite3.Connection, candidate: Candidate, contact_id: int | None) -> str:
    if contact_id is None:
        return candidate.detail
    (person,) = partial_references.people(connection, "contact.id = ?", [contact_id])
    return "  ".join(part for part in (str(person["name"]), candidate.detail) if part)


def near(connection: sqlite3.Connection, text: str) -> list[tuple[int, str]]:
    """Return up to five cards that may be meant: by a rare reading, or spelt nearly like `text` and starting alike."""
    from difflib import get_close_matches

    key = folded(text)
    if not key:
        return []
    spelt = spelling(text)
    rare = partial_references.by_rare_reading(connection, spelt) if spelt is not None and len(spelt) > 1 else []
    cards = customers.by_ids(connection, list(dict.fromkeys(hit.customer_id for hit in rare))[:5])
    known = connection.execute(
        "SELECT name_key, id, name FROM customer WHERE name_key >= ? AND name_key < ? LIMIT 2000",
        [key[0], key[0] + "\uffff"],
    ).fetchall()
    alike = get_close_matches(key, {found for found, _, _ in known}, n=3, cutoff=0.7)
    spelt_alike = [(identity, name) for found, identity, name in known if found in alike]
    return list(dict.fromkeys([*((card.id, card.name) for card in cards), *spelt_alike]))[:5]
