"""From what a user typed to the one record that is meant; never a silent guess between two.

Every command, filter, prompt and import that names a customer or a contact asks here (the command-line contract,
section 1).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from csm.domain.folding import folded, forms
from csm.domain.value import Value
from csm.services.short_references import number, record, refuse_other_kind, split
from csm.storage import customers, references
from csm.storage.customers import Candidate
from csm.storage.references import Hit

__all__ = ["any_contact", "contact", "customer", "number", "record", "split"]

SHOWN = 10
FEWEST_LAST_DIGITS = 4
# A customer found by one of these is meant itself, and not somebody who works there.
OF_CARD = frozenset({"id", "code", "like_code", "external_id", "name", "short_name", "former_name"})
CODE = "code:"


class Typed(Value):
    """A reference as typed, in the forms in which it is looked for.

    id: the number it says. codes: ways to write it, as typed first. phone: its digits, where it can be a whole phone.
    last_digits: where it can be the end of one. email: where it can be one. names: compared forms. spelt: as pinyin.
    """

    id: int | None
    codes: Sequence[str]
    phone: str | None
    last_digits: str | None
    email: str | None
    names: Sequence[str]
    spelt: str | None


def _read(text: str, kind: str) -> Typed:
    plain = text
    if not text.isascii():
        from unicodedata import normalize

        plain = normalize("NFKC", text).strip()
    codes = list(dict.fromkeys([text, plain, plain.upper(), plain.lower()]))
    phone = last_digits = None
    if sum(map(str.isdigit, plain)) >= 3:
        phone, last_digits = _phone(plain)
    email = plain if "@" in plain else None
    names = forms(text)
    spelt: str | None = folded(plain.lower().replace("ü", "v")).replace(" ", "").replace("'", "")
    if not spelt or not spelt.isascii():
        spelt = None
    return Typed(number(kind, plain), codes, phone, last_digits, email, names, spelt)


def _phone(plain: str) -> tuple[str | None, str | None]:
    from csm.domain.phone import as_typed, can_be_phone, digits

    last = as_typed(plain)
    return (
        digits(plain) if can_be_phone(plain) else None,
        last if last.isdigit() and len(last) >= FEWEST_LAST_DIGITS else None,
    )


def customer(connection: sqlite3.Connection, ref: str, *, ids: bool = True) -> Candidate:
    """Return the customer that `ref` means, with the contact where it names one of theirs.

    cu12 is always the id, code:K7 always the code or another program's id. Else what fits exactly (id, code, phone,
    email, name, short or former name, a contact's name or nickname), then the end of a phone, then a part of a name or
    of its pinyin, then a contact's role: the first of these that anything fits decides. Cards in use come before
    archived ones. Without `ids` a plain number is no id. Raises NoSuchRecord, NotUnique with the candidates, OtherKind.
    """
    text = " ".join(ref.split())
    for hits in _tiers(connection, text, ids=ids):
        if hits:
            return _settled(connection, ref, hits)
    from csm.domain.errors import NoSuchRecord

    raise NoSuchRecord(kind="customer", ref=ref, near=_near(connection, text))


def _tiers(connection: sqlite3.Connection, text: str, *, ids: bool) -> Iterator[list[Hit]]:
    if not text:
        return
    kept = folded(text[: len(CODE)])
    if kept == CODE:
        yield references.by_code(connection, _read(text[len(CODE) :].strip(), "customer").codes)
        return
    said = split(text)
    if said is not None and said[0] == "customer":
        yield references.by_id(connection, said[1])
        return
    typed = _read(text, "customer")
    found = references.exactly(
        connection,
        customer_id=typed.id if ids else None,
        codes=typed.codes,
        phone=typed.phone,
        email=typed.email,
        names=typed.names,
    )
    if any(hit.by == "code" for hit in found):
        found = [hit for hit in found if hit.by != "like_code"]
    yield _truly(connection, found, text, typed, _is_called)
    if typed.last_digits is not None:
        yield references.by_end_of_phone(connection, typed.last_digits)
    refuse_other_kind(connection, "customer", text)
    if typed.names[0]:
        found = references.by_part(connection, typed.names, typed.spelt)
        yield _truly(connection, found, text, typed, _is_called_in_part)
        yield references.by_role(connection, typed.names[0])


def _is_called(name: str, text: str) -> bool:
    from csm.domain.folding import alike

    return alike(name, text)


def _is_called_in_part(name: str, text: str) -> bool:
    from csm.domain.folding import holds

    return holds(name, text)


def _truly(
    connection: sqlite3.Connection, hits: list[Hit], text: str, typed: Typed, fits: Callable[[str, str], bool]
) -> list[Hit]:
    """Return the hits without those that only another way to write an umlaut has found: bauer isn't Baur."""
    if len(typed.names) == 1:
        return hits
    named = ("name", "short_name", "former_name", "contact", "nickname", "part")
    return [
        hit
        for hit in hits
        if hit.by not in named or any(fits(name, text) for name in references.names_of(connection, hit))
    ]


def _settled(connection: sqlite3.Connection, ref: str, hits: Sequence[Hit]) -> Candidate:
    """Return the one customer among those found; raise NotUnique."""
    found = customers.by_ids(connection, list(dict.fromkeys(hit.customer_id for hit in hits)))
    in_use = [candidate for candidate in found if not candidate.archived]
    kinds = {hit.by for hit in hits}
    # A number that is an id here and a code there is never taken for either, whatever was put away.
    doubtful = "id" in kinds and not kinds.isdisjoint({"code", "like_code", "external_id"})
    if len(found) > 1 and (doubtful or len(in_use) != 1):
        from csm.domain.errors import NotUnique

        people = {hit.customer_id: hit.contact_id for hit in hits if hit.contact_id is not None}
        listed = [
            (candidate.id, candidate.name, _detail(connection, candidate, people.get(candidate.id)))
            for candidate in (found if doubtful else in_use or found)[:SHOWN]
        ]
        raise NotUnique(kind="customer", ref=ref, candidates=listed)
    chosen = (in_use or found)[0]
    own = [hit for hit in hits if hit.customer_id == chosen.id]
    people_found = {hit.contact_id for hit in own if hit.contact_id is not None}
    if len(people_found) == 1 and not any(hit.contact_id is None and hit.by != "phone" for hit in own):
        (person,) = references.people(connection, "contact.id = ?", [*people_found])
        if person["left_on"] is None:
            return chosen._replace(contact_id=people_found.pop())
    return chosen


def _detail(connection: sqlite3.Connection, candidate: Candidate, contact_id: int | None) -> str:
    if contact_id is None:
        return candidate.detail
    (person,) = references.people(connection, "contact.id = ?", [contact_id])
    return "  ".join(part for part in (str(person["name"]), candidate.detail) if part)


def _near(connection: sqlite3.Connection, text: str) -> list[tuple[int, str]]:
    """Return up to five cards that may be meant: by a rare reading, or spelt nearly like `text` and starting alike."""
    from difflib import get_close_matches

    key = folded(text)
    if not key:
        return []
    spelt = _read(text, "customer").spelt
    rare = references.by_rare_reading(connection, spelt) if spelt is not None and len(spelt) > 1 else []
    read = customers.by_ids(connection, list(dict.fromkeys(hit.customer_id for hit in rare))[:5])
    known = connection.execute(
        "SELECT name_key, id, name FROM customer WHERE name_key >= ? AND name_key < ? LIMIT 2000",
        [key[0], key[0] + "\uffff"],
    ).fetchall()
    alike = get_close_matches(key, {found for found, _, _ in known}, n=3, cutoff=0.7)
    spelt_alike = [(identity, name) for found, identity, name in known if found in alike]
    return list(dict.fromkeys([*((card.id, card.name) for card in read), *spelt_alike]))[:5]


def contact(connection: sqlite3.Connection, customer: Candidate, ref: str) -> int:
    """Return the id of the contact of a customer that `ref` means; raise NoSuchRecord, NotUnique.

    An id, or in the tiers in which customers are named: phone, email, name or nickname; the end of a phone; a part of
    the name or its pinyin; the role. Who has left comes after who is there.
    """
    known = references.people(connection, "contact.customer_id = ?", [customer.id])
    found = _person(connection, ref, ("contact.customer_id = ?", [customer.id]))
    if found is None:
        refuse_other_kind(connection, "contact", ref)
        from csm.domain.errors import NoSuchRecord

        raise NoSuchRecord(kind="contact", ref=ref, near=[(row["id"], row["name"]) for row in known[:SHOWN]])
    return int(str(found["id"]))


def any_contact(connection: sqlite3.Connection, ref: str) -> dict[str, object]:
    """Return the stored row of the contact of any customer that `ref` means; raise NoSuchRecord, NotUnique, OtherKind.

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
    typed = _read(text, "contact")
    for condition, given, fits in _person_tiers(connection, typed):
        found = references.people(connection, f"({among[0]}) AND ({condition})", [*among[1], *given])
        if fits is not None and len(typed.names) > 1:
            found = [row for row in found if _fits(row, text, typed, fits)]
        there = [row for row in found if row["left_on"] is None] or found
        if len(there) == 1:
            return there[0]
        if there:
            from csm.domain.errors import NotUnique

            listed = [
                (f"ct{row['id']}", row["name"], row["role"] or (row["customer"] if among[0] == "1" else None))
                for row in there[:SHOWN]
            ]
            raise NotUnique(kind="contact", ref=ref, candidates=listed)
    return None


def _fits(row: dict[str, object], text: str, typed: Typed, fits: Callable[[str, str], bool]) -> bool:
    """Tell whether a contact is what was typed by more than another way to write an umlaut."""
    if row["id"] == typed.id or (typed.email is not None and str(row["email"]).lower() == typed.email.lower()):
        return True
    return any(fits(str(row[column]), text) for column in ("name", "nickname") if row[column])


def _person_tiers(
    connection: sqlite3.Connection,
    typed: Typed,
) -> Iterator[tuple[str, list[object], Callable[[str, str], bool] | None]]:
    from csm.storage.listing import contains

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
    yield " OR ".join(exact), given, _is_called if typed.phone is None else None
    if typed.last_digits is not None:
        ends: list[object] = [f"%{typed.last_digits}", f"%{typed.last_digits}#%"]
        query = "SELECT contact_id FROM contact_phone WHERE digits LIKE ? OR digits LIKE ?"
        yield f"contact.id IN ({query})", ends, None
    if typed.names[0]:
        columns = ("contact.name_key", "contact.nickname_key")
        parts = [f"{column} LIKE ? ESCAPE '\\'" for column in columns for _ in typed.names]
        wanted: list[object] = [contains(name) for _ in columns for name in typed.names]
        if typed.spelt is not None:
            usual = references.USUAL.replace("pinyin", "contact.pinyin")
            parts.append(f"{usual} LIKE ? ESCAPE '\\'")
            wanted.append(contains(typed.spelt))
        yield " OR ".join(parts), wanted, _is_called_in_part
        roles = references.roles(connection, typed.names[0])
        if roles:
            yield f"contact.role IN ({', '.join('?' * len(roles))})", [*roles], None
