"""Making a file and bringing an older one up to date, with a verified backup before; imports sqlite-utils."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from importlib import resources
from typing import NamedTuple

from sqlite_utils import Database as Schema

from csm.domain.errors import StoredNonsense, Unusable
from csm.storage.customer import search_keys
from csm.storage.file import history
from csm.storage.file.database import APPLICATION_ID, KEY_RULE, SCHEMA
from csm.storage.file.folders import sync_folder
from csm.storage.migrations import MIGRATIONS

# The name of a backup that isn't whole yet.
DRAFT = ".backup-draft"
HEAD = 100  # bytes of SQLite's header
BLOCK = 1 << 20

VIEW_FILES = (
    *("customers.sql", "callbacks.sql", "complaints.sql", "sales.sql", "services.sql", "surveys.sql", "quality.sql"),
    "due.sql",
)


def make(path: str, zone: str | None = None) -> None:
    """Make an empty csm file at `path`, readable by its owner only, with `zone` as its time zone."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    os.close(descriptor)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = 1")
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection)
        search_keys.settle(connection, KEY_RULE)
        if zone is not None:
            connection.execute("INSERT INTO setting (key, value) VALUES ('file.timezone', ?)", [zone])
        connection.execute("COMMIT")


def bring_up_to_date(
    connection: sqlite3.Connection,
    path: str,
    take_lock: Callable[[sqlite3.Connection], None],
    commit: Callable[[sqlite3.Connection], None],
) -> str | None:
    """Apply the missing migrations in one transaction; return the path of the backup made before, if there was data.

    `take_lock` begins that transaction and `commit` ends it. Of two commands at once the second finds the work done.
    Raises database-read-only, backup-failed where the copy isn't sound, and stored-nonsense for a value that no
    migration can keep; nothing is migrated then.
    """
    if not os.access(path, os.W_OK):
        raise Unusable("database-read-only", path=path)
    take_lock(connection)
    backup = None
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < SCHEMA:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").fetchone()
            if tables:
                backup = back_up(path, f"schema{version}")
            migrate(connection)
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise Unusable("backup-failed", path=path)
        commit(connection)
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if backup is not None and backup.made:
            os.unlink(backup.path)
        if isinstance(error, StoredNonsense):
            error.values["path"] = path
        raise
    return None if backup is None else backup.path


class Backup(NamedTuple):
    """Where a backup is, and whether this command has made it."""

    path: str
    made: bool


def back_up(path: str, reason: str) -> Backup:
    """Copy the file to a new one beside it, check the copy, and return where it is; raise backup-failed.

    The caller holds the lock of the file. The copy has another name until it is whole and checked; one that is there
    already with the same content serves.
    """
    beside = os.path.realpath(path) if os.path.islink(path) else path
    draft = beside + DRAFT
    try:
        _remove(draft)  # left by a process that was killed, as the lock is ours
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Unusable("database-read-only", path=path) from error
        raise
    os.close(descriptor)
    try:
        # A connection can't be copied while it writes, and the lock is held by one that does.
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            counts_agree = _count_rows(copy) == _count_rows(source)
        if not (sound and counts_agree):
            raise Unusable("backup-failed", path=path)
        with open(draft, "rb") as written:
            os.fsync(written.fileno())
        number = 1
        while os.path.lexists(target := f"{beside}.{reason}-{number}-backup"):
            if _same(draft, target):
                _remove(draft)
                return Backup(target, made=False)
            number += 1
        os.rename(draft, target)
    except BaseException:
        _remove(draft)
        raise
    sync_folder(os.path.dirname(os.path.abspath(target)))
    return Backup(target, made=True)


def _remove(draft: str) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.unlink(draft + ending)


def _same(one: str, other: str) -> bool:
    """Tell whether two files have the same pages, whatever SQLite counts in their heads."""
    if not os.path.isfile(other) or os.path.getsize(one) != os.path.getsize(other):
        return False
    with open(one, "rb") as first, open(other, "rb") as second:
        heads = [head[:24] + head[28:92] for head in (first.read(HEAD), second.read(HEAD))]
        if heads[0] != heads[1]:
            return False
        while block := first.read(BLOCK):
            if block != second.read(BLOCK):
                return False
    return True


def _count_rows(connection: sqlite3.Connection) -> list[int]:
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    return [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables]


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the missing migrations within the open transaction, and make views and kept triggers anew."""
    # What a migration changes is kept too, and the triggers need this one view for that.
    views = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").fetchall())
    for name in views:
        if name != history.ACTING:
            connection.execute(f'DROP VIEW "{name}"')
    MIGRATIONS.apply(Schema(connection, execute_plugins=False))
    connection.execute(f"DROP VIEW IF EXISTS {history.ACTING}")
    for statement in view_statements():
        connection.execute(statement)
    made = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    for name, statement in views.items():
        if name not in made:
            connection.execute(statement)
    history.remake_triggers(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    note_made(connection)


def note_made(connection: sqlite3.Connection) -> None:
    """Note for which state of the schema views, triggers and indexes were made: a later one is looked at anew."""
    connection.execute("UPDATE current_command SET made_for = (SELECT schema_version FROM pragma_schema_version)")


def view_statements() -> list[str]:
    """Return the statements that make the views, one each."""
    statements = []
    for name in VIEW_FILES:
        text = resources.files("csm.storage").joinpath("views", name).read_text(encoding="utf-8")
        pending = ""
        for line in text.splitlines(keepends=True):
            pending += line
            if sqlite3.complete_statement(pending):
                statements.append(pending)
                pending = ""
    return statements
