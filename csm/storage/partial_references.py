"""The SQL by which a reference finds customers and contacts by less than a whole: the end of a phone, a part of a name.

Apart from `csm.storage.references`, so that who is named whole costs nothing of this.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from csm.domain.values.folding import folded
from csm.storage.listing import contains
from csm.storage.references import Hit, found_by, places

ESCAPE = "'\\'"
# The part of a pinyin column in which the usual readings stand.
USUAL = "substr(pinyin, 1, instr(pinyin || ' | ', ' | '))"


def by_end_of_phone(connection: sqlite3.Connection, digits: str) -> list[Hit]:
    """Return the customers with a phone, theirs or a contact's, that ends in `digits`, whatever its extension."""
    card, contact = (f"({column} LIKE :end OR {column} LIKE :before)" for column in ("phone_digits", "digits"))
    return found_by(
        connection,
        [
            f"SELECT 'phone', id, NULL FROM customer WHERE phone_digits IS NOT NULL AND {card}",
            "SELECT 'phone', customer_id, contact.id FROM contact_phone CROSS JOIN contact ON contact.id = contact_id"
            f" WHERE {contact} AND left_on IS NULL",
        ],
        {"end": f"%{digits}", "before": f"%{digits}#%"},
    )


def by_part(connection: sqlite3.Connection, names: Sequence[str], spelt: str | None) -> list[Hit]:
    """Return the customers whose name, short or former name or a contact's holds one of `names`, or its pinyin `spelt`.

    Only usual readings count.
    """
    given: dict[str, object] = {}
    places("part", [contains(name) for name in names], given)
    parts = list(given)

    def holding(column: str) -> str:
        return f"{column} IS NOT NULL AND ({' OR '.join(f'{column} LIKE :{part} ESCAPE {ESCAPE}' for part in parts)})"

    # A query a column: an index alone holds the names, and the whole table needn't be gone through for them.
    queries = [
        f"SELECT 'part', id, NULL FROM customer WHERE {holding('name_key')}",
        f"SELECT 'part', id, NULL FROM customer WHERE {holding('short_name_key')}",
        f"SELECT 'part', customer_id, NULL FROM former_name WHERE {holding('name_key')}",
        f"SELECT 'part', customer_id, id FROM contact WHERE {holding('name_key')} AND left_on IS NULL",
        f"SELECT 'part', customer_id, id FROM contact WHERE {holding('nickname_key')} AND left_on IS NULL",
    ]
    if spelt is not None:
        given["spelt"] = contains(spelt)
        usual = f"pinyin LIKE :spelt ESCAPE {ESCAPE} AND {USUAL} LIKE :spelt ESCAPE {ESCAPE}"
        queries += [
            f"SELECT 'part', id, NULL FROM customer WHERE {usual}",
            f"SELECT 'part', customer_id, NULL FROM former_name WHERE {usual}",
            f"SELECT 'part', customer_id, id FROM contact WHERE {usual} AND left_on IS NULL",
        ]
    return found_by(connection, queries, given)


def roles(connection: sqlite3.Connection, key: str) -> list[str]:
    """Return the roles of contacts that are compared as `key`, as they are stored."""
    known = connection.execute("SELECT DISTINCT role FROM contact WHERE role IS NOT NULL")
    return [role for (role,) in known if folded(role) == key]


def by_role(connection: sqlite3.Connection, key: str) -> list[Hit]:
    """Return the customers with a contact in a role, as compared."""
    given: dict[str, object] = {}
    same = places("role", roles(connection, key), given)
    query = f"SELECT 'role', customer_id, id FROM contact WHERE role IN ({same}) AND left_on IS NULL"
    return found_by(connection, [query], given) if same else []


def by_rare_reading(connection: sqlite3.Connection, spelt: str) -> list[Hit]:
    """Return the customers whose name, or a contact's, holds `spelt` in a reading that its signs rarely have."""
    return found_by(
        connection,
        [
            "SELECT 'rare', id, NULL FROM customer WHERE pinyin LIKE :spelt ESCAPE '\\'",
            "SELECT 'rare', customer_id, NULL FROM former_name WHERE pinyin LIKE :spelt ESCAPE '\\'",
            "SELECT 'rare', customer_id, id FROM contact WHERE pinyin LIKE :spelt ESCAPE '\\' AND left_on IS NULL",
        ],
        {"spelt": contains(spelt)},
    )


def names_of(connection: sqlite3.Connection, hit: Hit) -> list[str]:
    """Return what the customer, or the contact of a hit, is called in every way."""
    if hit.contact_id is not None:
        query = "SELECT name, nickname FROM contact WHERE id = ?"
        return [name for name in connection.execute(query, [hit.contact_id]).fetchone() if name]
    query = "SELECT name, short_name FROM customer WHERE id = ?"
    former = connection.execute("SELECT name FROM former_name WHERE customer_id = ?", [hit.customer_id])
    called = [*connection.execute(query, [hit.customer_id]).fetchone(), *(name for (name,) in former)]
    return [name for name in called if name]


def people(connection: sqlite3.Connection, condition: str, given: Sequence[object]) -> list[dict[str, object]]:
    """Return contacts that meet a condition, with their phones as compared and the name of their customer."""
    cursor = connection.execute(
        "SELECT contact.*, customer.name AS customer, (SELECT group_concat(digits, ' ') FROM contact_phone"
        f" WHERE contact_id = contact.id) AS digits FROM contact JOIN customer ON customer.id = customer_id"
        f" WHERE {condition} ORDER BY left_on IS NOT NULL, contact.id",
        given,
    )
    names = [name for name, *_ in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def with_phone(connection: sqlite3.Connection, digits: str) -> list[dict[str, object]]:
    """Return the contacts who have a phone, as compared, and haven't left."""
    having = "contact.id IN (SELECT contact_id FROM contact_phone WHERE digits = ?) AND left_on IS NULL"
    return people(connection, having, [digits])
