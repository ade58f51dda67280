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

# What the triggers go through: the view with the current command in its one row, none while a bulk load keeps its
# changes itself, and the view that writes a change; and the views of each table, which have its rows as json.
ACTING = "acting_command"
KEEP = "keep"
ROWS = "kept_{table}"

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


def tables_with_triggers(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the tables whose changes are kept as it is, another program's own among them."""
    rows = connection.execute(
        "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'kept\\_%' ESCAPE '\\'"
    )
    return [name for (name,) in rows]


def is_machinery(view: str) -> bool:
    """Tell whether a view is there for the triggers alone."""
    return view in (ACTING, KEEP) or view.startswith("kept_")


def made_for_tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return kind and name of what a file has of the views and triggers of its tables."""
    return connection.execute(
        "SELECT type, name FROM sqlite_schema WHERE name LIKE 'kept\\_%' ESCAPE '\\' AND ("
        # A view of somebody else may begin like ours.
        "type = 'trigger' OR sql LIKE 'CREATE VIEW kept\\_% AS SELECT''%'',id,json\\_object(%' ESCAPE '\\')"
    ).fetchall()


def remake_triggers(connection: sqlite3.Connection) -> None:
    """Make views and triggers of every recorded table anew, for the columns it has now."""
    for kind, name in made_for_tables(connection):
        connection.execute(f'DROP {kind} "{name}"')
    for table in recorded_tables(connection):
        for statement in statements(connection, table).values():
            connection.execute(statement)


def statements(connection: sqlite3.Connection, table: str) -> dict[tuple[str, str], str]:
    """Return what keeps the changes of a table for the columns it has now: the statements by kind and name.

    Every command parses them, so that they are short: a row is put into words once a table, in a view, and the change
    itself is written by the triggers of another view. What is overwritten is kept before, for then it is still there.
    """
    columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", [table])]
    row, rows = ",".join(f"'{name}',{name}" for name in columns), ROWS.format(table=table)
    found = {("view", rows): f"CREATE VIEW {rows} AS SELECT'{table}',id,json_object({row})AS row FROM {table}"}
    for event, moment, selected, of in (
        ("AFTER INSERT", "insert", "*", "NEW"),
        ("BEFORE UPDATE", "before", "*", "OLD"),
        ("AFTER UPDATE", "after", f"'{table}',OLD.id,row", "NEW"),
        ("BEFORE DELETE", "delete", "*", "OLD"),
    ):
        name = f"{rows}_{moment}"
        found["trigger", name] = (
            f"CREATE TRIGGER {name} {event} ON {table} BEGIN"
            f" INSERT INTO {KEEP} SELECT {selected},'{moment}'FROM {rows} WHERE id={of}.id;END"
        )
    return found


def record_inserts(connection: sqlite3.Connection, table: str, first_id: int) -> None:
    """Keep, with one statement, the rows of `table` from `first_id` on as inserted by the current command."""
    connection.execute(
        "INSERT INTO change (at, command_id, table_name, row_id, operation, after)"
        f" SELECT {AT}, {COMMAND}, '{table}', id, 'insert', row FROM {ROWS.format(table=table)}"
        " WHERE id >= ? ORDER BY id",
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
