"""Opening the one file: reading it, writing it in one transaction a command, making it, bringing it up to date.

No SQL of the work stands here. A file whose schema is current costs one small read; only a file that needs work
imports sqlite-utils (`csm.storage.schema`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from csm.domain.value import Value

SCHEMA = 5  # the number of migrations
APPLICATION_ID = 0x63736D31  # "csm1"
# The rule by which search keys are made (`csm.domain.folding`, `csm.services.pinyin`): raised whenever it changes.
KEY_RULE = 1
LOCK_SECONDS = 5.0
BULK_CACHE_KIB = 65536
# Why a file with a log can't be opened: no right to write, no room, no way to make the log.
UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)


class Command(Value):
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
    """The file at `path`, opened on first touch; one that is made takes `zone` as its time zone.

    prepare: called with each connection that was opened, before anything is asked.
    """

    def __init__(
        self,
        path: str,
        *,
        zone: Callable[[], str] | None = None,
        lock_seconds: float = LOCK_SECONDS,
        prepare: Callable[[sqlite3.Connection], None] | None = None,
    ) -> None:
        self.path = path
        self.made = False
        self.backup: str | None = None
        self._zone = zone
        self._prepare = prepare
        self._lock_seconds = lock_seconds
        self._connection: sqlite3.Connection | None = None
        self._unwritable: sqlite3.OperationalError | None = None

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
            if self._prepare is not None:
                self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _recognised(self, connection: sqlite3.Connection) -> tuple[sqlite3.Connection, int]:
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
        except sqlite3.OperationalError as error:
            # A write-ahead log needs room and rights beside the file; the file itself can be read without, as long as
            # nothing waits in a log.
            if error.sqlite_errorcode & 0xFF not in UNWRITABLE or _has_log(self.path):
                raise
            connection.close()
            self._unwritable = error
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
    def writing(self, command: Command, *, make: bool = False, bulk: bool = False) -> Iterator[sqlite3.Connection]:
        """Give the connection within one immediate transaction whose changes are kept under `command`.

        With `make` the file is made where there is none, and only once the block has ended well. With `bulk` the row
        triggers are silent, and the caller keeps the changes with `csm.storage.history.record_inserts`. Nothing is
        left behind when the block raises. Raises DatabaseMissing, DatabaseLocked.
        """
        if make and not self.exists():
            with self._made_privately(), self._transaction(command, bulk=bulk) as connection:
                yield connection
            return
        connection = self.connection
        if self._unwritable is not None:
            raise self._unwritable
        connection.execute("PRAGMA query_only = 0")
        with self._transaction(command, bulk=bulk):
            yield connection
        connection.execute("PRAGMA query_only = 1")

    @contextmanager
    def _transaction(self, command: Command, *, bulk: bool) -> Iterator[sqlite3.Connection]:
        connection = self.connection
        if bulk:
            connection.execute(f"PRAGMA cache_size = -{BULK_CACHE_KIB}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            command_id = connection.execute(
                "INSERT INTO command (at, user, title) VALUES (:at, :user, :title)", vars(command)
            ).lastrowid
            connection.execute("UPDATE current_command SET command_id = ?, bulk = ?", [command_id, bulk])
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

    @contextmanager
    def _made_privately(self) -> Iterator[None]:
        """Work on a new file that nobody else sees, and put it in its place when the block has ended well.

        So a first write that fails leaves nothing behind, and of two first writers at once none destroys the other's.
        """
        from csm.domain.errors import DatabaseLocked, FileExists
        from csm.storage.new_file import new_file

        try:
            with new_file(self.path, zone=self._zone() if self._zone else None) as private:
                self._connection = private.connection
                self._connection.execute("PRAGMA query_only = 0")
                try:
                    yield
                finally:
                    self._connection = None
        except FileExists as error:
            raise DatabaseLocked(path=self.path, detail="") from error
        self.made = True

    def close(self) -> None:
        """Close the file; the last one to close it leaves a single file behind."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def has_keys(connection: sqlite3.Connection) -> bool:
    """Tell whether every search key of a file follows the rule of today."""
    found = connection.execute("SELECT rule, EXISTS (SELECT 1 FROM unkeyed) FROM search_key").fetchone()
    return bool(found == (KEY_RULE, 0))


def _has_log(path: str) -> bool:
    return os.path.exists(path + "-wal") and os.path.getsize(path + "-wal") > 0
