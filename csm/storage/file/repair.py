"""What another program has dropped, emptied or filled with nonsense: found, and made again where that can be.

Views, triggers and indexes can be made again; tables, columns and values can't, they are named. Only loaded when the
schema isn't the one that csm left, or when something has failed.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import Final

from csm.domain.errors import CsmError, StoredNonsense, Unusable
from csm.storage.file import history, schema

# As instants and days are written in the file; a NULL is left to the table's own rules.
FORMS: Final = {
    "instant": "strftime('%Y-%m-%dT%H:%M:%SZ', {column})",
    "day": "date({column})",
}


def mend(connection: sqlite3.Connection, path: str) -> list[str]:
    """Make again what is missing or other than csm makes it, within the open transaction; return the names.

    Raises schema-damaged for a table or a column.
    """
    expected, found = _expected(), _objects(connection)
    _check_tables(connection, expected, path)
    made: list[str] = []
    views = [name for kind, name in expected if kind == "view"]
    changed = [name for name in views if found.get(("view", name)) != expected["view", name]]
    if changed:
        for name in views:
            connection.execute(f'DROP VIEW IF EXISTS "{name}"')
        for statement in schema.view_statements():
            connection.execute(statement)
        made += changed
    for (kind, name), statement in _remade(connection, expected).items():
        if found.get((kind, name)) != statement:
            connection.execute(f'DROP {kind} IF EXISTS "{name}"')
            connection.execute(statement)
            made.append(name)
    connection.execute("INSERT OR IGNORE INTO current_command (id) VALUES (1)")
    schema.note_made(connection)
    return made


def repair(path: str) -> list[str]:
    """Make again what is missing of the file at `path` in a transaction of its own; return the names.

    Raises schema-damaged, and what SQLite raises where the file can't be written.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        made = mend(connection, path)
        connection.execute("COMMIT")
    return made


def _expected() -> dict[tuple[str, str], str]:
    """Return what a file of this csm is made of: kind and name, and the statement that makes it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        fresh.execute("BEGIN")
        schema.migrate(fresh)
        columns = {
            ("column", f"{table}.{column}"): ""
            for kind, table in _objects(fresh)
            if kind == "table"
            for (column,) in fresh.execute("SELECT name FROM pragma_table_xinfo(?)", [table])
        }
        return _objects(fresh) | columns


def _objects(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {(kind, name): sql for kind, name, sql in rows}


def _check_tables(connection: sqlite3.Connection, expected: dict[tuple[str, str], str], path: str) -> None:
    for kind, name in expected:
        table, _, column = name.partition(".")
        if kind == "table" and not _columns(connection, name):
            raise Unusable("schema-damaged", path=path, name=name)
        if kind == "column" and column not in _columns(connection, table):
            raise Unusable("schema-damaged", path=path, name=name)


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM pragma_table_xinfo(?)", [table])}


def _remade(connection: sqlite3.Connection, expected: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Return the triggers and indexes that the file is to have; the kept ones for the columns its tables have now."""
    wanted = {key: sql for key, sql in expected.items() if key[0] in ("trigger", "index")}
    for table in (name for kind, name in expected if kind == "table" and name not in history.UNRECORDED):
        for name, statement in history.trigger_statements(connection, table).items():
            wanted["trigger", name] = statement
    return wanted


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
    from csm.domain import settings

    for key, value in connection.execute("SELECT key, value FROM setting"):
        try:
            settings.find(key).check(value)
        except CsmError:
            return StoredNonsense(path=path, table="setting", row=key, column="value", value=value)
    return None
