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
from csm.domain.value import Value
from csm.domain.values.folding import folded, forms
from csm.services.short_references import number, record, split
from csm.storage import references, rows
from csm.storage.customer import rows as customers
from csm.storage.customer.rows import Candidate
from csm.storage.references import Hit

__all__ = ["any_contact", "contact", "customer", "number", "record", "split"]

FEWEST_DIGITS = 3
FEWEST_LAST_DIGITS = 4
CODE = "code:"
# What a phone begins with: reading one takes longer to load than a name to find.
PHONE_STARTS = frozenset("+(0123456789")


class Typed(Value):
    """A reference as typed, in the forms in which it is looked for.

    id: the number it says. codes: ways to write it, as typed first. phone: its digits, where it can be a whole phone.
    last_digits: where it can be the end of one. email: where it can be one. names: compared forms.
    """

    id: int | None
    codes: Sequence[str]
    phone: str | None
    last_digits: str | None
    email: str | None
    names: Sequence[str]


def read(text: str, kind: str) -> Typed:
    """Return what was typed for a record of `kind` in the forms in which it is looked for."""
    plain = text
    if not text.isascii():
        from unicodedata import normalize

        plain = normalize("NFKC", text).strip()
    codes = list(dict.fromkeys([text, plain, plain.upper(), plain.lower()]))
    phone = last_digits = None
    if plain[:1] in PHONE_STARTS and sum(map(str.isdigit, plain)) >= FEWEST_DIGITS:
        phone, last_digits = _phone(plain)
    return Typed(number(kind, plain), codes, phone, last_digits, plain if "@" in plain else None, forms(text))


def _phone(plain: str) -> tuple[str | None, str | None]:
    if plain.isascii() and plain.isdecimal() and plain[0] not in "08":
        return plain, plain if len(plain) >= FEWEST_LAST_DIGITS else None
    from csm.domain.values.phone import as_typed, can_be_phone, digits

    last = as_typed(plain)
    return (
        digits(plain) if can_be_phone(plain) else None,
        last if last.isdigit() and len(last) >= FEWEST_LAST_DIGITS else None,
    )


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
        from csm.domain.values.folding import alike
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
    in_use = [candidate for candidate in found if not candidate.archived]
    kinds = {hit.by for hit in hits}
    # A number that is an id here and a code there is never taken for either, whatever was put away.
    doubtful = "id" in kinds and not kinds.isdisjoint({"code", "like_code", "external_id"})
    if len(found) > 1 and (doubtful or len(in_use) != 1):
        from csm.services.partial_references import several

        raise several(connection, ref, found if doubtful else in_use or found, hits)
    chosen = (in_use or found)[0]
    own = [hit for hit in hits if hit.customer_id == chosen.id]
    people = {hit.contact_id for hit in own if hit.contact_id is not None}
    # A card found by more than its phone is meant itself, and not somebody who works there.
    if len(people) == 1 and all(hit.contact_id is not None or hit.by == "phone" for hit in own):
        contact_id = people.pop()
        person = rows.fetch(connection, "contact", contact_id)
        if person is not None and person["left_on"] is None:
            return chosen._replace(contact_id=contact_id)
    return chosen


def contact(connection: sqlite3.Connection, customer: Candidate, ref: str) -> int:
    """Return the id of the contact of a customer that `ref` means; see `csm.services.customer.people`."""
    from csm.services.customer import people

    return people.contact(connection, customer.id, ref)


def any_contact(connection: sqlite3.Connection, ref: str) -> dict[str, object]:
    """Return the stored row of the contact of any customer that `ref` means; see `csm.services.customer.people`."""
    from csm.services.customer import people

    return people.any_contact(connection, ref)
