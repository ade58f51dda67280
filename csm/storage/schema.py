"""Making a file and bringing an older one up to date, with a verified backup before; imports sqlite-utils."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from importlib import resources

from sqlite_utils import Database as Schema

from csm.domain.errors import BackupFailed
from csm.storage import history, search_keys
from csm.storage.database import APPLICATION_ID, KEY_RULE, SCHEMA
from csm.storage.migrations import MIGRATIONS

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
        _migrate(connection)
        search_keys.settle(connection, KEY_RULE)
        if zone is not None:
            connection.execute("INSERT INTO setting (key, value) VALUES ('file.timezone', ?)", [zone])


def bring_up_to_date(connection: sqlite3.Connection, path: str) -> str | None:
    """Apply the missing migrations in one transaction; return the path of the backup made before, if there was data.

    Raises BackupFailed where the copy isn't sound; nothing is migrated then.
    """
    backup = None
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").fetchone()
    if tables:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        backup = back_up(connection, path, f"schema{version}")
    _migrate(connection)
    return backup


def back_up(connection: sqlite3.Connection, path: str, reason: str) -> str:
    """Copy the open file to a new one beside it, check the copy, return its path; raise BackupFailed."""
    number = 1
    while os.path.exists(target := f"{path}.{reason}-{number}-backup"):
        number += 1
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    os.close(descriptor)
    try:
        with closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            counts_agree = _count_rows(copy) == _count_rows(connection)
    except BaseException:
        os.unlink(target)
        raise
    if not (sound and counts_agree):
        os.unlink(target)
        raise BackupFailed(path=path)
    return target


def _count_rows(connection: sqlite3.Connection) -> list[int]:
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    return [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables]


def _migrate(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = 0")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # What a migration changes is kept too, and the triggers need this one view for that.
        views = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()
        for (name,) in views:
            if name != history.ACTING:
                connection.execute(f'DROP VIEW "{name}"')
        MIGRATIONS.apply(Schema(connection, execute_plugins=False))
        connection.execute(f"DROP VIEW IF EXISTS {history.ACTING}")
        for statement in view_statements():
            connection.execute(statement)
        history.remake_triggers(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


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
