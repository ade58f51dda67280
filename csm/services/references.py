"""From what a user typed to the one record that is meant; never a silent guess between two.

Every command, filter, prompt and import that names a customer or a contact asks here (the command-line contract,
section 1). What fits whole is looked for here; parts and ends, and what is said where several fit, stand in
`csm.services.partial_references`, contacts in `csm.services.customer.people`, so that who is named whole costs nothing
of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from csm.domain.errors import NotFound
from csm.domain.values.folding import alike, folded
from csm.services.short_references import identity, number, record, split
from csm.services.typed_references import read
from csm.storage import references, rows
from csm.storage.customer import rows as customers
from csm.storage.customer.rows import Candidate
from csm.storage.references import Hit

__all__ = ["customer", "identity", "number", "record", "split"]

CODE = "code:"


def customer(connection: sqlite3.Connection, ref: str, *, ids: bool = True) -> Candidate:
    """Return the customer that `ref` means, with the contact where it names one of theirs.

    cu12 is always the id, code:K7 always the code or another program's id. Else what fits whole (id, code, phone,
    email, name, short or former name, a contact's name or nickname), then the end of a phone, then a part of a name or
    of its pinyin, then a contact's role: the first of these that anything fits decides. Cards in use come before
    archived ones. Without `ids` a plain number is no id. Raises no-such-record, not-unique with the candidates,
    other-kind.
    """
    text = " ".join(ref.split())
    for hits in _tiers(connection, text, ids=ids):
        if hits:
            return _settled(connection, ref, hits)
    from csm.services.partial_references import near

    raise NotFound("no-such-record", kind="customer", ref=ref, near=near(connection, text))


def _tiers(connection: sqlite3.Connection, text: str, *, ids: bool) -> Iterator[list[Hit]]:
    """Yield what fits, tier by tier."""
    if not text:
        return
    if folded(text[: len(CODE)]) == CODE:
        yield _as_typed(references.by_code(connection, read(text[len(CODE) :].strip(), "customer").codes))
        return
    said = split(text)
    if said is not None and said[0] == "customer":
        yield references.by_id(connection, said[1])
        return
    typed = read(text, "customer")
    found = references.exactly(
        connection,
        customer_id=typed.id if ids else None,
        codes=typed.codes,
        phone=typed.phone,
        email=typed.email,
        names=typed.names,
    )
    found = _as_typed(found)
    if len(typed.names) > 1:
        from csm.services.partial_references import truly

        found = truly(connection, found, text, alike)
    yield found
    from csm.services.partial_references import tiers

    yield from tiers(connection, text, typed)


def _as_typed(hits: list[Hit]) -> list[Hit]:
    """Return hits without codes that differ by case, where one is just as typed."""
    return [hit for hit in hits if hit.by != "like_code"] if any(hit.by == "code" for hit in hits) else hits


def _settled(connection: sqlite3.Connection, ref: str, hits: Sequence[Hit]) -> Candidate:
    """Return the one customer among those found; raise not-unique."""
    found = customers.by_ids(connection, list(dict.fromkeys(hit.customer_id for hit in hits)))
    in_use = [candidate for candidate in found if not candidate.archived] or found
    kinds = {hit.by for hit in hits}
    # A number that is an id here and a code there is never taken for either, whatever was put away.
    meant = found if "id" in kinds and not kinds.isdisjoint({"code", "like_code", "external_id"}) else in_use
    if len(meant) > 1:
        from csm.services.partial_references import several

        raise several(connection, ref, meant, hits)
    contact_id = _person(connection, [hit for hit in hits if hit.customer_id == meant[0].id])
    return meant[0] if contact_id is None else meant[0]._replace(contact_id=contact_id)


def _person(connection: sqlite3.Connection, hits: Sequence[Hit]) -> int | None:
    """Return the one contact, still there, by whom alone a card was found.

    A card found by more than its phone is meant itself, and not somebody who works there.
    """
    people = {hit.contact_id for hit in hits if hit.contact_id is not None}
    if len(people) != 1 or any(hit.contact_id is None and hit.by != "phone" for hit in hits):
        return None
    person = rows.fetch(connection, "contact", contact_id := people.pop())
    return contact_id if person is not None and person["left_on"] is None else None
