"""The SQL by which a reference finds customers and contacts: its exact forms, along indexes.

Ends and parts stand in `csm.storage.partial_references`; what is asked for first is decided in
`csm.services.references`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from csm.domain.value import Value

# More customers than this hold nearly any short part: whatever else is found, none of them is meant alone.
MOST = 200


class Hit(Value):
    """A customer that a reference may mean: by what (`name`, `phone`, ...), and the contact it was found by."""

    by: str
    customer_id: int
    contact_id: int | None


def found_by(connection: sqlite3.Connection, queries: Iterable[str], given: dict[str, object]) -> list[Hit]:
    """Return what several queries find, the first of them first."""
    query = " UNION ALL ".join(queries)
    return [Hit(*row) for row in connection.execute(f"{query} LIMIT {MOST}", given)]


def places(name: str, values: Sequence[object], given: dict[str, object]) -> str:
    """Return the places of a list of values, which are added to `given` under names that begin with `name`."""
    given |= {f"{name}{number}": value for number, value in enumerate(values)}
    return ", ".join(f":{name}{number}" for number in range(len(values)))


def by_id(connection: sqlite3.Connection, customer_id: int) -> list[Hit]:
    """Return the customer with an id."""
    return found_by(connection, ["SELECT 'id', id, NULL FROM customer WHERE id = :id"], {"id": customer_id})


def _coded(texts: Sequence[str], given: dict[str, object]) -> list[str]:
    given["code"] = texts[0]
    return [
        "SELECT CASE WHEN code = :code THEN 'code' ELSE 'like_code' END, id, NULL FROM customer"
        " WHERE code = :code COLLATE NOCASE",
        f"SELECT 'external_id', id, NULL FROM customer WHERE external_id IN ({places('external', texts, given)})",
    ]


def by_code(connection: sqlite3.Connection, texts: Sequence[str]) -> list[Hit]:
    """Return the customers with a code or another program's id; `texts` are the ways to write it, as typed first."""
    given: dict[str, object] = {}
    return found_by(connection, _coded(texts, given), given)


def exactly(
    connection: sqlite3.Connection,
    *,
    customer_id: int | None,
    codes: Sequence[str],
    phone: str | None,
    email: str | None,
    names: Sequence[str],
) -> list[Hit]:
    """Return the customers with an id, a code, a phone, an email or a name of theirs or of a contact's, as compared.

    Contacts who have left name nobody.
    """
    given: dict[str, object] = {"id": customer_id, "phone": phone, "email": email}
    keys = places("name", names, given)
    queries = ["SELECT 'id', id, NULL FROM customer WHERE id = :id"] if customer_id is not None else []
    queries += _coded(codes, given)
    if phone is not None:
        queries += [
            "SELECT 'phone', id, NULL FROM customer WHERE phone_digits = :phone",
            "SELECT 'phone', customer_id, contact.id FROM contact_phone CROSS JOIN contact ON contact.id = contact_id"
            " WHERE digits = :phone AND left_on IS NULL",
        ]
    if email is not None:
        queries += [
            "SELECT 'email', id, NULL FROM customer WHERE email = :email COLLATE NOCASE",
            "SELECT 'email', customer_id, id FROM contact WHERE email = :email COLLATE NOCASE AND left_on IS NULL",
        ]
    queries += [
        f"SELECT 'name', id, NULL FROM customer WHERE name_key IN ({keys})",
        f"SELECT 'short_name', id, NULL FROM customer WHERE short_name_key IN ({keys})",
        f"SELECT 'former_name', customer_id, NULL FROM former_name WHERE name_key IN ({keys})",
        f"SELECT 'contact', customer_id, id FROM contact WHERE name_key IN ({keys}) AND left_on IS NULL",
        f"SELECT 'nickname', customer_id, id FROM contact WHERE nickname_key IN ({keys}) AND left_on IS NULL",
    ]
    return found_by(connection, queries, given)
