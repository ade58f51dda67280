"""The SQL by which search keys are brought up to date: which are out of date, and what they are made from.

How a key is made is decided in `csm.domain.values.folding` and `csm.services.customer.pinyin`; here the columns are
filled.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

# The texts that keys are made from, and the columns that keep the keys, by table.
SOURCES = {
    "customer": (("name", "short_name"), ("name_key", "pinyin", "short_name_key")),
    "contact": (("name", "nickname"), ("name_key", "pinyin", "nickname_key")),
    "former_name": (("name",), ("name_key", "pinyin")),
}


def stored_rule(connection: sqlite3.Connection) -> int:
    """Return the number of the rule that the keys in the file follow; 0 for none."""
    return int(connection.execute("SELECT rule FROM search_key").fetchone()[0])


def unkeyed(connection: sqlite3.Connection, table: str) -> list[int]:
    """Return the rows of a table that another program has written since the keys were made; former names without."""
    if table == "former_name":
        return [row for (row,) in connection.execute("SELECT id FROM former_name WHERE pinyin IS NULL")]
    return [row for (row,) in connection.execute("SELECT row_id FROM unkeyed WHERE table_name = ?", [table])]


def texts(connection: sqlite3.Connection, table: str, ids: list[int] | None) -> Iterator[tuple[Any, ...]]:
    """Yield (id, the texts that keys are made from, the stored keys) of some rows of a table, of all for None."""
    sources, keys = SOURCES[table]
    query = f"SELECT id, {', '.join((*sources, *keys))} FROM {table}"
    if ids is None:
        return iter(connection.execute(f"{query} ORDER BY id").fetchall())
    return (row for each in ids for row in connection.execute(f"{query} WHERE id = ?", [each]).fetchall())


def store(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Store keys of rows of a table: (keys in the order of their columns, id)."""
    sets = ", ".join(f"{key} = ?" for key in SOURCES[table][1])
    connection.executemany(f"UPDATE {table} SET {sets} WHERE id = ?", rows)


def settle(connection: sqlite3.Connection, rule: int) -> None:
    """Note that every key in the file follows a rule."""
    connection.execute("DELETE FROM unkeyed")
    connection.execute("UPDATE search_key SET rule = ?", [rule])
