"""Opening the one file: reading it, writing it in one transaction a command, making it, bringing it up to date.

No SQL of the work stands here. A file whose schema is current costs one small read; only a file that needs work
imports sqlite-utils (`csm.storage.schema`).
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

SCHEMA = 1  # the number of migrations
APPLICATION_ID = 0x63736D31  # "csm1"
LOCK_SECONDS = 5.0
BULK_CACHE_KIB = 65536


class Command(NamedTuple):
    """Who does what, when: `at` is UTC text, `title` the command line as typed."""

    at: str
    user: str
    title: str


def _connect(path: str, seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        "file:" + _quoted(path) + "?mode=rw", uri=True, isolation_level=None, timeout=seconds, cached_statements=256
    )
    connection.execute("PRAGMA foreign_keys = 1")
    return connection


def _quoted(path: str) -> str:
    return os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


class Database:
    """The file at `path`, opened on first touch; one that is made takes `zone` as its time zone."""

    def __init__(
        self, path: str, *, zone: Callable[[], str] | None = None, lock_seconds: float = LOCK_SECONDS
    ) -> None:
        self.path = path
        self.made = False
        self.backup: str | None = None
        self._zone = zone
        self._lock_seconds = lock_seconds
        self._connection: sqlite3.Connection | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """Return the open connection; it refuses writes outside `writing`.

        Raises DatabaseMissing, NotACsmFile, NewerSchema, BackupFailed.
        """
        if self._connection is None:
            if not os.path.exists(self.path):
                from csm.domain.errors import DatabaseMissing

                raise DatabaseMissing(path=self.path)
            self._connection = self._opened()
        return self._connection

    def exists(self) -> bool:
        """Tell whether there is a file yet."""
        return self._connection is not None or os.path.exists(self.path)

    def _opened(self) -> sqlite3.Connection:
        if not os.path.isfile(self.path):
            from csm.domain.errors import CannotOpen

            raise CannotOpen(path=self.path, detail=os.strerror(21))
        connection = _connect(self.path, self._lock_seconds)
        try:
            connection, found = self._recognised(connection)
            if found < SCHEMA:
                from csm.storage import schema

                self.backup = schema.bring_up_to_date(connection, self.path)
            connection.execute("PRAGMA query_only = 1")
        except BaseException:
            connection.close()
            raise
        return connection

    def _recognised(self, connection: sqlite3.Connection) -> tuple[sqlite3.Connection, int]:
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
        except sqlite3.OperationalError:
            # A write-ahead log can't be opened where nothing may be written, though the file itself can be read.
            if os.access(self.path, os.W_OK) and os.access(os.path.dirname(os.path.abspath(self.path)), os.W_OK):
                raise
            connection.close()
            connection = sqlite3.connect("file:" + _quoted(self.path) + "?immutable=1", uri=True, isolation_level=None)
            (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            from csm.domain.errors import NotACsmFile

            raise NotACsmFile(path=self.path)
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if found > SCHEMA:
            from csm.domain.errors import NewerSchema

            raise NewerSchema(path=self.path, found=found, known=SCHEMA)
        return connection, found

    @contextmanager
    def writing(self, command: Command, *, bulk: bool = False) -> Iterator[sqlite3.Connection]:
        """Give the connection within one immediate transaction whose changes are kept under `command`.

        The file is made where there is none. With `bulk` the row triggers are silent, and the caller keeps the changes
        with `csm.storage.history.record_inserts`. Nothing is left behind when the block raises.
        """
        fresh = not self.exists()
        if fresh:
            from csm.storage import schema

            schema.make(self.path)
            self.made = True
        connection = self.connection
        connection.execute("PRAGMA query_only = 0")
        if bulk:
            connection.execute(f"PRAGMA cache_size = -{BULK_CACHE_KIB}")
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                command_id = connection.execute(
                    "INSERT INTO command (at, user, title) VALUES (?, ?, ?)", command
                ).lastrowid
                connection.execute("UPDATE current_command SET command_id = ?, bulk = ?", [command_id, bulk])
                if fresh and self._zone is not None:
                    connection.execute("INSERT INTO setting (key, value) VALUES ('file.timezone', ?)", [self._zone()])
                before = connection.execute("SELECT max(id) FROM change").fetchone()[0]
                yield connection
                connection.execute("UPDATE current_command SET command_id = NULL, bulk = 0")
                if connection.execute("SELECT max(id) FROM change").fetchone()[0] == before:
                    connection.execute("DELETE FROM command WHERE id = ?", [command_id])
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except BaseException:
            if fresh:
                self.close()
                _unmake(self.path)
                self.made = False
            raise
        connection.execute("PRAGMA query_only = 1")

    def close(self) -> None:
        """Close the file; the last one to close it leaves a single file behind."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _unmake(path: str) -> None:
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(path + suffix):
            os.unlink(path + suffix)
