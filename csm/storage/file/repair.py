"""What another release has made, or another program dropped, emptied or filled with nonsense: found and made again.

Views, triggers and indexes can be made again; tables, columns and values can't, they are named. Only loaded when the
schema isn't the one that this release left, or when something has failed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Final

from csm.domain import settings
from csm.domain.errors import CsmError, StoredNonsense, Unusable
from csm.storage.file import history, schema
from csm.storage.file.stamp import UNWRITABLE, is_current

# As instants and days are written in the file; a NULL is left to the table's own rules.
FORMS: Final = {
    "instant": "strftime('%Y-%m-%dT%H:%M:%SZ', {column})",
    "day": "date({column})",
}


def refresh(
    connection: sqlite3.Connection,
    path: str,
    take_lock: Callable[[sqlite3.Connection], None],
    commit: Callable[[sqlite3.Connection], None],
) -> None:
    """Bring views, triggers and indexes to the text of this release in one transaction.

    `take_lock` begins it and `commit` ends it. Of two commands at once the second finds the work done. A file that
    can't be written, or has lost a table, stays as it is. Raises database-read-only where its views don't serve then.
    """
    try:
        take_lock(connection)
        if not is_current(connection):
            mend(connection, path)
        commit(connection)
    except Unusable:
        _roll_back(connection)  # whoever needs what is gone is told
    except sqlite3.OperationalError as error:
        _roll_back(connection)
        if error.sqlite_errorcode & 0xFF not in UNWRITABLE:
            raise
        if not _views_serve(connection):
            raise Unusable("database-read-only", path=path) from error
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _views_serve(connection: sqlite3.Connection) -> bool:
    """Tell whether the views have every column that is read from them."""
    with closing(schema.fresh()) as fresh:
        wanted = [name for (kind, name) in schema.objects(fresh) if kind == "view" and not history.is_machinery(name)]
        try:
            return all(_columns(fresh, name) <= _columns(connection, name) for name in wanted)
        except sqlite3.OperationalError:  # a view of what isn't there
            return False


def mend(connection: sqlite3.Connection, path: str) -> list[str]:
    """Make again what is missing or other than csm makes it, within the open transaction; return the names.

    Raises schema-damaged for a table or a column.
    """
    wanted, found = _wanted(connection, path), schema.objects(connection)
    made = [key for key, sql in wanted.items() if found.get(key) != sql]
    earlier = [*history.made_for_tables(connection), *(("view", name) for name in schema.RETIRED_VIEWS)]
    for kind, name in [*made, *(key for key in earlier if key not in wanted)]:
        connection.execute(f'DROP {kind} IF EXISTS "{name}"')
    # The triggers of a view went with it.
    missing = wanted.keys() - schema.objects(connection).keys()
    for key in sorted(missing, key=lambda key: (_ORDER.index(key[0]), key)):
        connection.execute(wanted[key])
    connection.execute("INSERT OR IGNORE INTO current_command (id) VALUES (1)")
    schema.stamp_made(connection)
    return [name for _, name in made]


_ORDER: Final = ("view", "trigger", "index")


def _wanted(connection: sqlite3.Connection, path: str) -> dict[tuple[str, str], str]:
    """Return the views, triggers and indexes that a file is to have; raise schema-damaged."""
    with closing(schema.fresh()) as fresh:
        _check_tables(connection, fresh, path)
        wanted = {key: sql for key, sql in schema.objects(fresh).items() if key[0] != "table"}
        recorded = history.recorded_tables(fresh)
    for table in sorted({*recorded, *history.tables_with_triggers(connection)}):
        wanted |= history.statements(connection, table)  # for the columns that it has here
    return wanted


def repair(path: str) -> list[str]:
    """Make again what is missing of the file at `path` in a transaction of its own; return the names.

    Raises schema-damaged, and what SQLite raises where the file can't be written.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        made = mend(connection, path)
        connection.execute("COMMIT")
    return made


def _check_tables(connection: sqlite3.Connection, fresh: sqlite3.Connection, path: str) -> None:
    for kind, table in schema.objects(fresh):
        if kind == "table":
            columns = _columns(connection, table)
            if not columns:
                raise Unusable("schema-damaged", path=path, name=table)
            for column in sorted(_columns(fresh, table) - columns):
                raise Unusable("schema-damaged", path=path, name=f"{table}.{column}")


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM pragma_table_xinfo(?)", [table])}


def nonsense(path: str) -> CsmError | None:
    """Return the first stored value that csm never writes, None where there is none.

    Asked when something has failed for which there is no other explanation.
    """
    if not os.path.isfile(path):
        return None
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)) as connection:
        try:
            return _first_nonsense(connection, path)
        except sqlite3.Error:
            return None


def _first_nonsense(connection: sqlite3.Connection, path: str) -> CsmError | None:
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        for column in sorted(_columns(connection, table)):
            form = FORMS.get(_holds(table, column))
            if form is None:
                continue
            found = connection.execute(
                f'SELECT rowid, {column} FROM "{table}" WHERE {column} IS NOT {form.format(column=column)} LIMIT 1'
            ).fetchone()
            if found is not None:
                return StoredNonsense(path=path, table=table, row=found[0], column=column, value=found[1])
    return _bad_setting(connection, path)


def _holds(table: str, column: str) -> str:
    if table == "_sqlite_migrations":
        return ""
    if column == "at" or column.endswith("_at") or column == "waiting_since":
        return "instant"
    return "day" if column.endswith("_on") or (table, column) == ("holiday", "date") else ""


def _bad_setting(connection: sqlite3.Connection, path: str) -> CsmError | None:
    for key, value in connection.execute("SELECT key, value FROM setting"):
        try:
            settings.find(key).check(value)
        except CsmError:
            return StoredNonsense(path=path, table="setting", row=key, column="value", value=value)
    return None
