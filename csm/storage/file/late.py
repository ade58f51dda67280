"""A transaction that takes the lock late: what it reads first doesn't keep others from writing.

It reads the file as it was at one moment. The first statement that isn't a SELECT takes the lock, provided that
nobody has written since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar, cast

Kept = TypeVar("Kept")


class _Late(Generic[Kept]):
    """Stands for the connection, and calls `begin` when it is first written through."""

    def __init__(self, connection: sqlite3.Connection, begin: Callable[[], Kept]) -> None:
        self._connection = connection
        self._begin = begin
        self.kept: Kept | None = None

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        """Run a statement, with the lock where it needs one; raise Overtaken."""
        if self.kept is None and not sql.startswith(("SELECT", "WITH", "PRAGMA")):
            self.kept = self._begin()
        return self._connection.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any) -> sqlite3.Cursor:
        """Run a statement many times, with the lock; raise Overtaken."""
        if self.kept is None:
            self.kept = self._begin()
        return self._connection.executemany(sql, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@contextmanager
def late_transaction(
    connection: sqlite3.Connection, begin: Callable[[], Kept], finish: Callable[[Kept], None]
) -> Iterator[sqlite3.Connection]:
    """Yield a connection within a transaction that takes the lock with its first change (`Database.writing`).

    `begin` takes the lock and returns what `finish` needs to commit.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    connection.execute("BEGIN")
    late = _Late(connection, begin)
    try:
        yield cast("sqlite3.Connection", late)
        if late.kept is None:
            connection.execute("COMMIT")
        else:
            finish(late.kept)
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
