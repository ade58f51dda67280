"""The SQL by which an import finds the cases and promises that are here already."""

from __future__ import annotations

import sqlite3

from csm.storage import rows
from csm.storage.files.known import Row


def case(connection: sqlite3.Connection, complaint_id: int) -> Row:
    """Return what lists show of a case."""
    return rows.known(connection, "complaint_list", complaint_id)


def prevention_rows(connection: sqlite3.Connection, complaint_id: int) -> list[Row]:
    """Return the preventions of a case in the order in which they were written down."""
    return rows.fetch_all(connection, "prevention", "complaint_id = ? ORDER BY id", [complaint_id])


def forget_deadlines(connection: sqlite3.Connection, complaint_id: int) -> None:
    """Remove the stored deadlines of a case, which are about to be worked out from another past."""
    connection.execute("DELETE FROM complaint_deadline WHERE complaint_id = ?", [complaint_id])


def customer_of(connection: sqlite3.Connection, table: str, row_id: int) -> int | None:
    """Return the customer of a row of a table, None where there is no such row."""
    found = connection.execute(f"SELECT customer_id FROM {table} WHERE id = ?", [row_id]).fetchone()
    return None if found is None else int(found[0])


def has_pledge(connection: sqlite3.Connection, pledge_id: int) -> bool:
    """Tell whether there is a pledge with an id."""
    return connection.execute("SELECT 1 FROM pledge WHERE id = ?", [pledge_id]).fetchone() is not None
