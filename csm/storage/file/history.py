"""The kept changes: who changed which row of which table, when, by which command, before and after.

Triggers write them, so that a change made with another program is kept too; it has no command. A bulk load turns the
triggers off for its own transaction and writes the same rows with one statement a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

# Tables that are the record itself, not something recorded, and those worked out from others that are.
UNRECORDED = frozenset({"command", "current_command", "change", "_sqlite_migrations", "search_key", "unkeyed"}) | {
    "complaint_state",
    "complaint_deadline",
    "complaint_repeat",
}

# The view with the current command in its one row; none while a bulk load keeps its changes itself.
ACTING = "acting_command"

COMMAND = "(SELECT command_id FROM current_command)"
AT = (
    "coalesce((SELECT at FROM command WHERE id = (SELECT command_id FROM current_command)),"
    " strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"
)


def recorded_tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the tables whose changes are kept, in alphabetical order."""
    rows = connection.execute(
        "SELECT name FROM sqlite_schema AS s WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        # Another program's own table may have no id to keep changes by.
        " AND EXISTS (SELECT 1 FROM pragma_table_info(s.name) AS c WHERE c.name = 'id') ORDER BY name"
    )
    return [name for (name,) in rows if name not in UNRECORDED]


def _row_json(connection: sqlite3.Connection, table: str, row: str) -> str:
    columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", [table])]
    return "json_object(" + ", ".join(f"'{name}', {row}.{name}" for name in columns) + ")"


def remake_triggers(connection: sqlite3.Connection) -> None:
    """Make the triggers of every recorded table anew, for the columns it has now."""
    old = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'kept\\_%' ESCAPE '\\'"
    )
    for (name,) in old.fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    for table in recorded_tables(connection):
        for statement in trigger_statements(connection, table).values():
            connection.execute(statement)


def trigger_statements(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the statements that make the triggers of a recorded table for the columns it has now, by their names."""
    before, after = _row_json(connection, table, "OLD"), _row_json(connection, table, "NEW")
    statements = {}
    for operation, row, values in (
        ("insert", "NEW", f"NULL, {after}"),
        ("update", "NEW", f"{before}, {after}"),
        ("delete", "OLD", f"{before}, NULL"),
    ):
        # Every command parses these: who acts is asked of a view, so that it is parsed once and not 80 times.
        statements[f"kept_{table}_{operation}"] = (
            f"CREATE TRIGGER kept_{table}_{operation} AFTER {operation.upper()} ON {table} BEGIN"
            " INSERT INTO change (at, command_id, table_name, row_id, operation, before, after)"
            f" SELECT at, command_id, '{table}', {row}.id, '{operation}', {values} FROM {ACTING}; END"
        )
    return statements


def record_inserts(connection: sqlite3.Connection, table: str, first_id: int) -> None:
    """Keep, with one statement, the rows of `table` from `first_id` on as inserted by the current command."""
    connection.execute(
        "INSERT INTO change (at, command_id, table_name, row_id, operation, after)"
        f" SELECT {AT}, {COMMAND}, '{table}', t.id, 'insert', {_row_json(connection, table, 't')}"
        f" FROM {table} AS t WHERE t.id >= ? ORDER BY t.id",
        [first_id],
    )


def columns_worth_keeping(connection: sqlite3.Connection, table: str, given: Sequence[str]) -> list[str]:
    """Return, in the order of `table`, the columns that can hold something when only those `given` are inserted."""
    about = connection.execute("SELECT name, dflt_value FROM pragma_table_info(?)", [table])
    return [name for name, default in about if name in given or default is not None]


def record_rows(connection: sqlite3.Connection, table: str, ids: Sequence[int], columns: Sequence[str]) -> None:
    """Keep, with one statement, these rows of `table` as inserted by the current command.

    Only `columns` are written down; the others are NULL in every one of the rows.
    """
    first, last = min(ids), max(ids)
    condition = "t.id BETWEEN ? AND ?"
    given: list[object] = [first, last]
    if last - first + 1 != len(ids):
        import json

        condition, given = "t.id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]
    row = "json_object(" + ", ".join(f"'{name}', t.{name}" for name in columns) + ")"
    connection.execute(
        "INSERT INTO change (at, command_id, table_name, row_id, operation, after)"
        f" SELECT {AT}, {COMMAND}, '{table}', t.id, 'insert', {row} FROM {table} AS t WHERE {condition} ORDER BY t.id",
        given,
    )
