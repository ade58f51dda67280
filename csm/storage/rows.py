"""Inserting, updating and reading rows of one table; table and column names come from the code, values are bound.

What is read here is for printing and for comparing by the names of columns. Where code counts on columns, the module
of the noun reads the row, with its types (`csm.storage.row_types`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any


def insert(connection: sqlite3.Connection, table: str, values: Mapping[str, object]) -> int:
    """Insert one row and return its id."""
    columns = ", ".join(values)
    places = ", ".join("?" * len(values))
    cursor = connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(values.values()))
    return int(cursor.lastrowid or 0)


def insert_anew(connection: sqlite3.Connection, table: str, values: Mapping[str, object]) -> int:
    """Insert one row of a table whose rows can be removed, under an id that none of them ever had; return that id.

    An id that came back would be taken for what was removed: on paper, and by the kept changes.
    """
    return insert(connection, table, {"id": last_id_ever(connection, table) + 1, **values})


def last_id_ever(connection: sqlite3.Connection, table: str) -> int:
    """Return the highest id that a row of a table has or had, as far as changes are kept; 0 where there was none."""
    (last,) = connection.execute(
        f"SELECT max(coalesce((SELECT max(id) FROM {table}), 0),"
        " coalesce((SELECT max(row_id) FROM change WHERE table_name = ?), 0))",
        [table],
    ).fetchone()
    return int(last)


def update(connection: sqlite3.Connection, table: str, row_id: int, values: Mapping[str, object]) -> bool:
    """Set `values` in one row; return whether that changed anything, so that an idle write leaves no trace."""
    sets = ", ".join(f"{column} = ?" for column in values)
    differs = " OR ".join(f"{column} IS NOT ?" for column in values)
    given = list(values.values())
    cursor = connection.execute(f"UPDATE {table} SET {sets} WHERE id = ? AND ({differs})", [*given, row_id, *given])
    return cursor.rowcount > 0


def delete(connection: sqlite3.Connection, table: str, row_id: int) -> None:
    """Delete one row; its content stays among the kept changes."""
    connection.execute(f"DELETE FROM {table} WHERE id = ?", [row_id])


def fetch(connection: sqlite3.Connection, table: str, row_id: int) -> dict[str, Any] | None:
    """Return one row of a table or view by column, or None."""
    cursor = connection.execute(f"SELECT * FROM {table} WHERE id = ?", [row_id])
    row = cursor.fetchone()
    return None if row is None else {name: value for (name, *_), value in zip(cursor.description, row, strict=True)}


def known(connection: sqlite3.Connection, table: str, row_id: int) -> dict[str, Any]:
    """Return one row of a table or view that must be there; raise LookupError."""
    row = fetch(connection, table, row_id)
    if row is None:
        raise LookupError(f"{table} {row_id}")
    return row


def count(connection: sqlite3.Connection, table: str) -> int:
    """Return how many rows a table has."""
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def fetch_all(
    connection: sqlite3.Connection, table: str, condition: str, given: Sequence[object] | Mapping[str, object]
) -> list[dict[str, Any]]:
    """Return every row of a table or view that meets `condition`, which may end in an order."""
    cursor = connection.execute(f"SELECT * FROM {table} WHERE {condition}", given)
    names = [name for name, *_ in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
