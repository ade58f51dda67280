"""The SQL of the texts that are stored in a column, each once: owners, regions, routes, tags, products."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from csm.storage.listing import BEYOND_ASCII, contains

# Where each kind of text stands: (table, column, condition of an index). Walked along an index, so that few texts in
# many rows are read in no time.
INDEXED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "owner": (
        ("staff", "name", ""),
        ("customer", "owner", ""),
        ("callback", "owner", "status = 'open' AND "),
        ("complaint_state", "owner", "status IN ('open', 'waiting') AND "),
        ("promise", "in_charge", "status = 'open' AND "),
        ("prevention", "in_charge", "done_at IS NULL AND "),
    ),
    "region": (("customer", "region", ""),),
    "route": (("customer", "route", ""),),
    "tag": (("customer_tag", "tag", ""),),
}
# What is gone through whole, where the indexes know no such text or there is none.
WHOLE: dict[str, tuple[tuple[str, str], ...]] = {
    "owner": (
        *(("stand_in", "owner"), ("stand_in", "deputy"), ("callback", "owner"), ("callback", "done_by")),
        *(("complaint_state", "owner"), ("promise", "in_charge"), ("prevention", "in_charge")),
    ),
    "product": (("sale", "product"),),
    "line": (("sale", "line"),),
}


def indexed(connection: sqlite3.Connection, kind: str) -> Iterator[str]:
    """Yield the texts of a kind that stand in indexes, some of them several times."""
    for table, column, condition in INDEXED.get(kind, ()):
        next_one = f"SELECT {column} FROM {table} WHERE {condition}{column} > {{}} ORDER BY {column} LIMIT 1"
        # Qualified: a table may have a column of any name.
        query = (
            f"WITH RECURSIVE known (one) AS (SELECT ({next_one.format(chr(39) * 2)})"
            f" UNION ALL SELECT ({next_one.format('known.one')}) FROM known WHERE known.one IS NOT NULL)"
            " SELECT one FROM known WHERE one IS NOT NULL"
        )
        for (text,) in connection.execute(query):
            yield text


def whole(connection: sqlite3.Connection, kind: str) -> Iterator[str]:
    """Yield the texts of a kind that take longer to find."""
    for table, column in WHOLE.get(kind, ()):
        for (text,) in connection.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"):
            yield text


def holding(connection: sqlite3.Connection, view: str, column: str, parts: Iterable[str]) -> list[str]:
    """Return the texts of a column of a view that may hold one of `parts`: all of those do that have it in ASCII."""
    patterns = [contains(part) for part in parts]
    found = " OR ".join(f"v.{column} LIKE ? ESCAPE '\\'" for _ in patterns)
    query = f"SELECT DISTINCT v.{column} FROM {view} AS v WHERE {found} OR v.{column} {BEYOND_ASCII}"
    return [text for (text,) in connection.execute(query, patterns) if text]


def own_keys(connection: sqlite3.Connection) -> list[str]:
    """Return the keys of all own fields in use, in alphabetical order."""
    return [key for (key,) in connection.execute("SELECT DISTINCT key FROM customer_field ORDER BY key")]


def own_values(connection: sqlite3.Connection, key: str) -> list[str]:
    """Return the values of an own field, each once."""
    return [value for (value,) in connection.execute("SELECT DISTINCT value FROM customer_field WHERE key = ?", [key])]
