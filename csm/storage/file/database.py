"""Opening the one file: reading it, writing it in one transaction a command, making it, bringing it up to date.

No SQL of the work stands here. A file whose schema is current costs one small read; only a file that needs work
imports sqlite-utils (`csm.storage.file.schema`).
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from csm.domain.errors import FileExists, Unusable
from csm.domain.value import Value

SCHEMA = 5  # the number of migrations
APPLICATION_ID = 0x63736D31  # "csm1"
# How long a command waits for another one before it says so, and how long in all where the file has no setting.
SILENT_SECONDS = 1.0
LOCK_SECONDS = 60.0
# The rule by which search keys are made (`csm.domain.values.folding`, `csm.services.customer.pinyin`): raised whenever
# it changes.
KEY_RULE = 1
BULK_CACHE_KIB = 65536
# Why a file with a log can't be opened: no right to write, no room, no way to make the log.
UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)


class Command(Value):
    """Who does what, when: `at` is UTC text, `title` the command line as typed."""

    at: str
    user: str
    title: str


class Overtaken(Exception):
    """Another command has written since a late transaction began to read; nothing of it was done."""


def _connect(path: str, seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        "file:" + _quoted(path) + "?mode=rw", uri=True, isolation_level=None, timeout=seconds, cached_statements=256
    )
    connection.execute("PRAGMA foreign_keys = 1")
    return connection


def _quoted(path: str) -> str:
    return os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another connection holds the lock that was asked for."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


class Database:
    """The file at `path`, opened on first touch; one that is made takes `zone` as its time zone.

    `waiting` is called when a command has waited for another one for a second. `lock_seconds` is the longest wait,
    else the setting `file.lock_wait` of the file. `prepare` is called with each connection that was opened, before
    anything is asked.
    """

    def __init__(
        self,
        path: str,
        *,
        zone: Callable[[], str] | None = None,
        lock_seconds: float | None = None,
        waiting: Callable[[], None] | None = None,
        prepare: Callable[[sqlite3.Connection], None] | None = None,
    ) -> None:
        self.path = path
        self.made = False
        self.backup: str | None = None
        self._zone = zone
        self._prepare = prepare
        self._lock_seconds = lock_seconds
        self._waiting = waiting
        self._connection: sqlite3.Connection | None = None
        self._unwritable: sqlite3.OperationalError | None = None
        # The device and inode of the open file; None while it is made under another name.
        self._identity: tuple[int, int] | None = None
        self._wrote = False

    @property
    def connection(self) -> sqlite3.Connection:
        """Return the open connection; it refuses writes outside `writing`.

        Raises database-missing, not-a-file, cannot-open, not-a-csm-file, newer-schema, backup-failed.
        """
        if self._connection is None:
            self._connection = self._opened()
        return self._connection

    def exists(self) -> bool:
        """Tell whether there is a file yet."""
        return self._connection is not None or os.path.exists(self.path)

    def _opened(self) -> sqlite3.Connection:
        try:
            found = os.stat(self.path)
        except OSError as error:
            from csm.storage.file.obstacles import missing

            raise missing(self.path, error) from error
        if not stat.S_ISREG(found.st_mode):
            from csm.storage.file.obstacles import not_a_file

            raise not_a_file(self.path, found.st_mode)
        self._identity = found.st_dev, found.st_ino
        if os.path.lexists(self.path + ".csm-new"):
            from csm.storage.file.new_file import clear_if_left

            clear_if_left(self.path)
        try:
            connection = _connect(self.path, self._silent_seconds())
        except sqlite3.OperationalError as error:
            from csm.storage.file.obstacles import unreadable

            raise (unreadable(self.path) or error) from error
        try:
            connection, version = self._recognised(connection)
            if version < SCHEMA:
                from csm.storage.file import schema

                self.backup = schema.bring_up_to_date(connection, self.path, self._take_lock, self._commit)
            connection.execute("PRAGMA query_only = 1")
            connection.execute(f"PRAGMA busy_timeout = {self._milliseconds(LOCK_SECONDS)}")
            if self._prepare is not None:
                self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _recognised(self, connection: sqlite3.Connection) -> tuple[sqlite3.Connection, int]:
        try:
            (application,) = self._patiently(connection, "PRAGMA application_id").fetchone()
        except sqlite3.OperationalError as error:
            # A write-ahead log needs room and rights beside the file; the file itself can be read without, as long as
            # nothing waits in a log.
            if error.sqlite_errorcode & 0xFF not in UNWRITABLE:
                raise
            from csm.storage.file.obstacles import unread_log, unreadable

            if unread_log(self.path) is not None:
                raise
            connection.close()
            if (obstacle := unreadable(self.path)) is not None:
                raise obstacle from error
            self._unwritable = error
            connection = sqlite3.connect("file:" + _quoted(self.path) + "?immutable=1", uri=True, isolation_level=None)
            (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            raise Unusable("not-a-csm-file", path=self.path)
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if found > SCHEMA:
            raise Unusable("newer-schema", path=self.path, found=found, known=SCHEMA)
        return connection, found

    # --- waiting ----------------------------------------------------------------------------------------------------

    def _silent_seconds(self) -> float:
        return SILENT_SECONDS if self._lock_seconds is None else min(SILENT_SECONDS, self._lock_seconds)

    def _milliseconds(self, seconds: float) -> int:
        return int((seconds if self._lock_seconds is None else self._lock_seconds) * 1000)

    def _patiently(self, connection: sqlite3.Connection, statement: str) -> sqlite3.Cursor:
        """Run a statement that another command may hold up; say so after a second, give up when the time is over."""
        try:
            return connection.execute(statement)
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
        if self._waiting is not None:
            self._waiting()
        left = self._milliseconds(self._longest_wait(connection)) - int(self._silent_seconds() * 1000)
        connection.execute(f"PRAGMA busy_timeout = {max(left, 0)}")
        return connection.execute(statement)

    def _longest_wait(self, connection: sqlite3.Connection) -> float:
        try:
            connection.execute("PRAGMA busy_timeout = 0")
            found = connection.execute("SELECT value FROM setting WHERE key = 'file.lock_wait'").fetchone()
            return LOCK_SECONDS if found is None else float(found[0])
        except (sqlite3.Error, ValueError):  # the file can't be read either, or isn't a csm file
            return LOCK_SECONDS

    def _take_lock(self, connection: sqlite3.Connection) -> None:
        """Begin an immediate transaction; others that write are waited for."""
        connection.execute(f"PRAGMA busy_timeout = {int(self._silent_seconds() * 1000)}")
        self._patiently(connection, "BEGIN IMMEDIATE")

    # --- writing ----------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(
        self, command: Command, *, make: bool = False, bulk: bool = False, late: bool = False
    ) -> Iterator[sqlite3.Connection]:
        """Give the connection within one immediate transaction whose changes are kept under `command`.

        With `make` the file is made where there is none, and only once the block has ended well. With `bulk` the row
        triggers are silent, and the caller keeps the changes with `csm.storage.file.history.record_inserts`. With
        `late`
        the lock is only taken by the first statement that isn't a SELECT, and Overtaken raised where somebody else has
        written since the first one; the row triggers speak. Nothing is left behind when the block raises.

        Raises database-missing, database-locked, stray-log, file-replaced.
        """
        with ExitStack() as stack:
            if make and not self.exists():
                # Of two first writers the second has waited for the first, and finds a file like any other.
                with suppress(FileExists):
                    stack.enter_context(self._made_privately())
            connection = self.connection
            if self._unwritable is not None:
                raise self._unwritable
            connection.execute("PRAGMA query_only = 0")
            if late and self._identity is not None:
                from csm.storage.file.late import late_transaction

                begin = late_transaction(self, command)
            else:
                begin = self._transaction(command, bulk=bulk, large=bulk or late)
            with begin as open_connection:
                yield open_connection
            connection.execute("PRAGMA query_only = 1")
            connection.execute(f"PRAGMA busy_timeout = {self._milliseconds(LOCK_SECONDS)}")

    @contextmanager
    def _transaction(self, command: Command, *, bulk: bool, large: bool) -> Iterator[sqlite3.Connection]:
        connection = self.connection
        if large:
            connection.execute(f"PRAGMA cache_size = -{BULK_CACHE_KIB}")
        self._take_lock(connection)
        try:
            before = self.begin_keeping(command, bulk=bulk)
            yield connection
            self.finish(before)
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def begin_keeping(self, command: Command, *, bulk: bool) -> tuple[int | None, int | None]:
        """Within a transaction that holds the lock, keep what follows under `command`; return what `finish` takes.

        What another program has dropped of views and triggers is made again first, so that no change goes unkept.
        """
        connection = self.connection
        command_id = connection.execute(
            "INSERT INTO command (at, user, title) VALUES (:at, :user, :title)", vars(command)
        ).lastrowid
        kept = connection.execute(
            "UPDATE current_command SET command_id = ?, bulk = ?"
            " RETURNING made_for IS (SELECT schema_version FROM pragma_schema_version)",
            [command_id, bulk],
        ).fetchall()
        if kept != [(1,)]:
            from csm.storage.file.repair import mend

            mend(connection, self.path)
            connection.execute("UPDATE current_command SET command_id = ?, bulk = ?", [command_id, bulk])
        return command_id, connection.execute("SELECT max(id) FROM change").fetchone()[0]

    def finish(self, kept: tuple[int | None, int | None]) -> None:
        """Commit, provided that the file is still the one that was opened; raise file-replaced."""
        connection, (command_id, before) = self.connection, kept
        connection.execute("UPDATE current_command SET command_id = NULL, bulk = 0")
        if connection.execute("SELECT max(id) FROM change").fetchone()[0] == before:
            connection.execute("DELETE FROM command WHERE id = ?", [command_id])
        self._commit(connection)

    def _commit(self, connection: sqlite3.Connection) -> None:
        if self._was_moved():
            raise Unusable("file-replaced", path=self.path)
        connection.execute("COMMIT")
        self._wrote = True
        if self._was_moved():
            self._empty_log(connection)
            raise Unusable("file-replaced", path=self.path)

    def _was_moved(self) -> bool:
        if self._identity is None:
            return False
        try:
            found = os.stat(self.path)
        except OSError:
            return True
        return (found.st_dev, found.st_ino) != self._identity

    def _empty_log(self, connection: sqlite3.Connection) -> None:
        """Bring what waits in the log into the file that was opened.

        SQLite leaves the log of a file that was moved; whoever opens the file that has its name now would take it for
        that one's.
        """
        with suppress(sqlite3.Error):
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _made_privately(self) -> Iterator[None]:
        """Work on a new file that nobody else sees, and put it in its place when the block has ended well.

        So a first write that fails leaves nothing behind, and of two first writers at once none destroys the other's.
        Raises file-exists where another one has made it meanwhile.
        """
        from csm.storage.file.new_file import new_file

        wait = LOCK_SECONDS if self._lock_seconds is None else self._lock_seconds
        entered = False
        try:
            with new_file(self.path, zone=self._zone, wait=wait, waiting=self._waiting) as private:
                self._connection, entered = private.connection, True
                try:
                    yield
                finally:
                    self._connection = None
        except FileExists as error:
            if entered:  # where folders can't be locked
                raise Unusable("database-locked", path=self.path, detail="") from error
            raise
        self.made = True

    def close(self) -> None:
        """Close the file; the last one to close it leaves a single file behind."""
        if self._connection is not None:
            if self._wrote and self._was_moved():
                self._empty_log(self._connection)
            self._connection.close()
            self._connection = None


def has_keys(connection: sqlite3.Connection) -> bool:
    """Tell whether every search key of a file follows the rule of today."""
    found = connection.execute("SELECT rule, EXISTS (SELECT 1 FROM unkeyed) FROM search_key").fetchone()
    return bool(found == (KEY_RULE, 0))
