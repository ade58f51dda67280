"""A transaction that takes the lock late: what it reads first doesn't keep others from writing.

It reads the file as it was at one moment. The first statement that isn't a SELECT takes the lock, provided that
nobody has written since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from csm.storage.file.database import BULK_CACHE_KIB, Command, Database, Overtaken, is_busy


class _Late:
    """Stands for the connection, and takes the lock when it is first written through."""

    def __init__(self, database: Database, command: Command) -> None:
        self._database = database
        self._command = command
        self._connection = database.connection
        self.kept: tuple[int | None, int | None] | None = None

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        """Run a statement, with the lock where it needs one; raise Overtaken."""
        if self.kept is None and not sql.startswith(("SELECT", "WITH", "PRAGMA")):
            self._take_lock()
        return self._connection.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any) -> sqlite3.Cursor:
        """Run a statement many times, with the lock; raise Overtaken."""
        if self.kept is None:
            self._take_lock()
        return self._connection.executemany(sql, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def _take_lock(self) -> None:
        try:
            self.kept = self._database.begin_keeping(self._command, bulk=False)
        except sqlite3.OperationalError as error:
            if is_busy(error):
                raise Overtaken from error
            raise


@contextmanager
def late_transaction(database: Database, command: Command) -> Iterator[sqlite3.Connection]:
    """Give a connection within a transaction that takes the lock with its first change (`Database.writing`)."""
    connection = database.connection
    connection.execute(f"PRAGMA cache_size = -{BULK_CACHE_KIB}")
    connection.execute("PRAGMA busy_timeout = 0")
    connection.execute("BEGIN")
    late = _Late(database, command)
    try:
        yield cast("sqlite3.Connection", late)
        if late.kept is None:
            connection.execute("COMMIT")
        else:
            database.finish(late.kept)
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
