"""Connections of the tests: counted until they are closed; a desk keeps its own from one command to the next.

Opening a file parses its whole schema, which takes longer than all the rest of most commands. What a desk keeps is a
connection that ended well, with nothing left in the log, so that the file itself has everything. It is closed as soon
as anybody else opens a file, or asks where the desk's file is, or has touched it, and at the end of the test.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

# What csm sets for a command that loads a whole file, and SQLite's own value.
CACHE_SIZE = -2000

_connect = sqlite3.connect


class Counted(sqlite3.Connection):
    """A connection that is on a list until it is closed."""

    still_open: ClassVar[dict[int, Counted]] = {}

    def __init__(self, database: Any, *given: Any, **named: Any) -> None:
        super().__init__(database, *given, **named)
        self.database = database
        self.still_open[id(self)] = self

    def close(self) -> None:
        if not _kept.keep(self):
            self.end()

    def end(self) -> None:
        """Close it for good."""
        self.still_open.pop(id(self), None)
        super().close()


class _Kept:
    """The one connection that is kept open, if any, and the path whose connection may be kept now."""

    def __init__(self) -> None:
        self.path: str | None = None
        self._connection: Counted | None = None
        self._found: tuple[int, ...] = ()

    def keep(self, connection: Counted) -> bool:
        """Keep a connection that ended as it began; return whether it did."""
        if self.path is None or connection.database != _uri(self.path) or connection.in_transaction:
            return False
        if threading.current_thread() is not threading.main_thread():
            return False
        try:
            connection.execute("PRAGMA busy_timeout = 0")  # whoever else has the file open isn't waited for
            connection.execute("PRAGMA query_only = 0")
            connection.execute("PRAGMA busy_timeout = 0")  # whoever writes is not waited for
            connection.execute(f"PRAGMA cache_size = {CACHE_SIZE}")
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            temporary = connection.execute("SELECT 1 FROM sqlite_temp_schema LIMIT 1").fetchone()
            self._found = _identity(self.path)
        except (sqlite3.Error, OSError):
            return False
        if busy or temporary:
            return False
        self._connection = connection
        return True

    def get(self, database: object) -> Counted | None:
        """Return what is kept of a file, where nobody has touched it since."""
        connection = self._connection
        fits = self.path is not None and connection is not None and database == connection.database
        return connection if fits and self._found == _identity(str(self.path)) else None

    def take(self, database: object, timeout: float) -> Counted | None:
        """Return what is kept of a file as if it were opened anew, and keep it no longer."""
        connection = self.get(database)
        if connection is None:
            self.drop()
            return None
        self._connection = None
        connection.execute(f"PRAGMA busy_timeout = {int(timeout * 1000)}")
        return connection

    def drop(self) -> None:
        """Close what is kept."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.end()


_kept = _Kept()


def _uri(path: str) -> str:
    return f"file:{os.path.abspath(path)}?mode=rw"


def _identity(path: str) -> tuple[int, ...]:
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_mode


def connect(database: Any, *given: Any, **named: Any) -> sqlite3.Connection:
    """Open a file as `sqlite3.connect` does, or go on with the connection that a desk has kept of it."""
    if not given and "cached_statements" in named:  # as csm opens its file
        kept = _kept.take(database, named.get("timeout", 5.0))
        if kept is not None:
            return kept
    _kept.drop()
    connection: sqlite3.Connection = _connect(database, *given, **{"factory": Counted, **named})
    return connection


@contextmanager
def keeping(path: str) -> Iterator[None]:
    """Keep the connection of a file that is closed meanwhile, and go on with one that was kept before."""
    before, _kept.path = _kept.path, path
    try:
        yield
    finally:
        _kept.path = before


def kept_of(path: str) -> sqlite3.Connection | None:
    """Return the connection that is kept of a file, to read with."""
    with keeping(path):
        return _kept.get(_uri(path))


def drop_kept() -> None:
    """Close the connection that is kept, so that the file stands alone."""
    _kept.drop()


def count_all() -> None:
    """Let every connection that is opened from now on be counted."""
    sqlite3.connect = connect  # type: ignore[assignment]
