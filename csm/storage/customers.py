"""The SQL of customer cards, contacts, tags, own fields and notes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from csm.domain.value import Value
from csm.storage import rows
from csm.storage.listing import Condition, contains


class Candidate(Value):
    """A card that a reference or a new card may mean; `detail` tells it from its namesakes."""

    id: int
    name: str
    detail: str
    archived: bool


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


def by_code(connection: sqlite3.Connection, code: str) -> list[Candidate]:
    """Return the cards with a code."""
    return _candidates(connection, "code = :code COLLATE NOCASE AND code = :code", {"code": code}) or _candidates(
        connection, "code = ? COLLATE NOCASE", [code]
    )


def by_phone(connection: sqlite3.Connection, digits: str) -> list[Candidate]:
    """Return the cards with a phone, their own or a contact's."""
    return _candidates(
        connection,
        "phone_digits = :digits OR id IN (SELECT customer_id FROM contact JOIN contact_phone"
        " ON contact_id = contact.id WHERE digits = :digits)",
        {"digits": digits},
    )


def by_name(connection: sqlite3.Connection, name_key: str) -> list[Candidate]:
    """Return the cards with exactly this name or short name, as compared."""
    found = _candidates(connection, "name_key = ?", [name_key])
    return found or _candidates(connection, "lower(short_name) = ?", [name_key])


def by_part(connection: sqlite3.Connection, part: str) -> list[Candidate]:
    """Return the cards whose name or its pinyin holds `part`."""
    pattern = contains(part)
    spelt = contains(part.replace("ü", "v").replace(" ", ""))
    return _candidates(
        connection,
        "name_key LIKE :part ESCAPE '\\' OR short_name LIKE :part ESCAPE '\\' OR pinyin LIKE :spelt ESCAPE '\\'",
        {"part": pattern, "spelt": spelt},
    )


def alike(
    connection: sqlite3.Connection, code: str | None, digits: str | None, name_key: str
) -> list[dict[str, object]]:
    """Return id, code, name, phone and compared forms of the cards that share code, phone or name with a new one."""
    return rows.fetch_all(
        connection,
        "customer",
        "id IN (SELECT id FROM customer WHERE code = :code COLLATE NOCASE"
        " UNION SELECT id FROM customer WHERE phone_digits = :digits"
        " UNION SELECT id FROM customer WHERE name_key = :name) ORDER BY id",
        {"code": code, "digits": digits, "name": name_key},
    )


def text_condition(text: str, digits: str) -> list[Condition]:
    """Return the conditions that every word of `text` is found somewhere on the card, its contacts or its notes."""
    found = [_word_condition(word, None) for word in text.casefold().split()]
    if len(digits) >= 3 and not any(sign.isalpha() for sign in text):
        return [_word_condition(text.casefold(), digits)]
    return found


def _word_condition(word: str, digits: str | None) -> Condition:
    columns = ("name_key", "short_name", "code", "address", "industry", "region", "email", "external_id")
    parts = [f"v.{column} LIKE ? ESCAPE '\\'" for column in columns]
    pattern, spelt = contains(word), contains(word.replace("ü", "v"))
    given: list[object] = [pattern] * len(columns)
    parts += [
        "v.pinyin LIKE ? ESCAPE '\\'",
        "v.id IN (SELECT customer_id FROM contact WHERE name_key LIKE ? ESCAPE '\\' OR pinyin LIKE ? ESCAPE '\\'"
        " OR wechat LIKE ? ESCAPE '\\' OR email LIKE ? ESCAPE '\\')",
        "v.id IN (SELECT customer_id FROM note WHERE text LIKE ? ESCAPE '\\')",
        "v.id IN (SELECT customer_id FROM customer_tag WHERE tag LIKE ? ESCAPE '\\')",
        "v.id IN (SELECT customer_id FROM customer_field WHERE value LIKE ? ESCAPE '\\')",
    ]
    given += [spelt, pattern, spelt, pattern, pattern, pattern, pattern, pattern]
    if digits is not None:
        parts += [
            "v.phone_digits LIKE ? ESCAPE '\\'",
            "v.id IN (SELECT customer_id FROM contact JOIN contact_phone ON contact_id = contact.id"
            " WHERE digits LIKE ? ESCAPE '\\')",
        ]
        given += [contains(digits)] * 2
    return Condition(" OR ".join(parts), tuple(given))


def tag_condition(tags: Sequence[str]) -> Condition:
    """Return the condition that a card has one of `tags`."""
    places = ", ".join("?" * len(tags))
    return Condition(f"v.id IN (SELECT customer_id FROM customer_tag WHERE tag IN ({places}))", tuple(tags))


def contact_phone_condition(digits: Sequence[str]) -> Condition:
    """Return the condition that a contact has one of these phones, compared by digits."""
    places = ", ".join("?" * len(digits))
    return Condition(f"v.id IN (SELECT contact_id FROM contact_phone WHERE digits IN ({places}))", tuple(digits))


def own_field_condition(key: str, value: str) -> Condition:
    """Return the condition that an own field has a value; an empty value is "absent"."""
    if not value:
        return Condition("v.id NOT IN (SELECT customer_id FROM customer_field WHERE key = ?)", (key,))
    return Condition("v.id IN (SELECT customer_id FROM customer_field WHERE key = ? AND value = ?)", (key, value))


def own_field_column(key: str) -> str:
    """Return the SQL of an own field as a column of a list."""
    quoted = key.replace("'", "''")
    return f"(SELECT value FROM customer_field AS own WHERE own.customer_id = v.id AND own.key = '{quoted}')"


def own_field_keys(connection: sqlite3.Connection) -> list[str]:
    """Return the keys of all own fields in use, in alphabetical order."""
    return [key for (key,) in connection.execute("SELECT DISTINCT key FROM customer_field ORDER BY key")]


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


def contacts(connection: sqlite3.Connection, customer_id: int) -> list[dict[str, object]]:
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
