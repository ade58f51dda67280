"""Many new rows of one table: inserted hundreds at a time, and kept among the changes with one statement a batch.

A statement of many rows sets up the closed lists of the table's checks once instead of once a row, which is most of
the cost of an insert.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Any

from csm.storage.file import history
from csm.storage.rows import last_id_ever

ROWS_A_STATEMENT = 200
MOST_PARAMETERS = 32_000  # SQLite's own limit is 32,766
# Until so many wait, nothing is written and the lock isn't taken: about a megabyte a thousand rows.
ROWS_A_BATCH = 100_000


class Batch:
    """The rows of one table that wait to be inserted; the row triggers are silent for them alone.

    A row is its id, or None in every row of the table, and the values of the columns in their order.
    """

    def __init__(self, connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
        self._connection = connection
        self._table = table
        self.columns = ("id", *columns)
        self._recorded = history.columns_worth_keeping(connection, table, self.columns)
        self._next_id = 1
        self.rows: list[Sequence[Any]] = []
        self.see_others()

    def _last_id(self) -> int:
        (last,) = self._connection.execute(f"SELECT coalesce(max(id), 0) FROM {self._table}").fetchone()
        return int(last)

    def see_others(self) -> None:
        """Take note of rows that were inserted by other means."""
        self._next_id = max(self._next_id, last_id_ever(self._connection, self._table) + 1)

    def new_id(self) -> int:
        """Return an id that no row of the table has or had."""
        given = self._next_id
        self._next_id = given + 1
        return given

    def claim(self, row_id: int) -> None:
        """Take note that a row will have the id `row_id`."""
        self._next_id = max(self._next_id, row_id + 1)

    def flush(self) -> None:
        """Insert what waits."""
        if not self.rows:
            return
        rows, self.rows = self.rows, []
        self._connection.execute("UPDATE current_command SET bulk = 1")
        before = self._last_id() if rows[0][0] is None else 0
        _insert(self._connection, self._table, self.columns, rows)
        ids = [row[0] for row in rows] if rows[0][0] is not None else range(before + 1, self._last_id() + 1)
        history.record_rows(self._connection, self._table, ids, self._recorded)
        self._connection.execute("UPDATE current_command SET bulk = 0")


class Derived:
    """Rows that wait for a table that is worked out from others, so that its changes aren't kept."""

    def __init__(self, connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
        self._connection = connection
        self._table = table
        self.columns = tuple(columns)
        self.rows: list[Sequence[Any]] = []

    def flush(self) -> None:
        """Insert what waits."""
        rows, self.rows = self.rows, []
        if rows:
            _insert(self._connection, self._table, self.columns, rows)


def _insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    a_statement = max(1, min(ROWS_A_STATEMENT, MOST_PARAMETERS // len(columns)))
    places = f"({', '.join('?' * len(columns))})"
    head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
    for start in range(0, len(rows), a_statement):
        part = rows[start : start + a_statement]
        connection.execute(head + ", ".join([places] * len(part)), list(chain.from_iterable(part)))
