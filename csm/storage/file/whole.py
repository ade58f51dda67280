"""Every table of a file as it stands, for moving a whole file: what tables there are, their columns, all their rows.

No table or column is named here; both are asked of the file itself, so that what a later schema adds moves too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from csm.storage.file import history

# Worked out from the rest, and yet not the same when worked out again: what took how long stays as it was then.
WORKED_OUT: Final = ("complaint_state", "complaint_deadline", "complaint_repeat")
# What triggers make of other amounts.
SUMMED: Final = (("sale", "paid_cents"), ("instalment", "paid_cents"))
_LOWEST: Final = -(2**63)


class Column(NamedTuple):
    """A column of a table: its declared type, whether it can be NULL, and whether a row needs a value for it."""

    name: str
    type: str
    nullable: bool
    needed: bool


class Orphan(NamedTuple):
    """A row, by its key, that refers by a column to a row of `parent` that there isn't."""

    table: str
    row_id: int
    column: str
    parent: str
    value: object


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the tables that hold data, all but the history, in alphabetical order."""
    return sorted({*history.recorded_tables(connection), *WORKED_OUT})


def columns(connection: sqlite3.Connection, table: str) -> list[Column]:
    """Return the columns of a table that are stored, in its order; the first is the key."""
    found = connection.execute(
        'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY pk = 0, cid',
        [table],
    )
    return [
        Column(name, kind, not filled and not key, bool(key) or (bool(filled) and default is None))
        for name, kind, filled, default, key in found
    ]


def rows(
    connection: sqlite3.Connection, table: str, view: str | None, selected: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Give what is `selected`, SQL of the table `t` and of its `view` as `v`, of every row in the order of the key."""
    key = columns(connection, table)[0].name
    source = f"{table} AS t"
    if view is not None:
        # Every row counts, also one that a view doesn't show; where it shows all, an inner join is much quicker.
        counts = connection.execute(f"SELECT (SELECT count(*) FROM {table}) = (SELECT count(*) FROM {view})").fetchone()
        source += f" {'' if counts[0] else 'LEFT '}JOIN {view} AS v ON v.id = t.id"
    return connection.execute(f"SELECT {', '.join(selected)} FROM {source} ORDER BY t.{key}")


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all that is read in the block be of one moment, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def data_in(connection: sqlite3.Connection) -> list[str]:
    """Return the tables with rows that a new file doesn't have; its own settings are its zone and its currency."""
    found = []
    for table in tables(connection):
        condition = "key NOT LIKE 'file.%'" if table == "setting" else "1"
        if connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {condition})").fetchone()[0]:
            found.append(table)
    return found


def amounts(connection: sqlite3.Connection) -> int:
    """Return how many amounts of money a file holds; what triggers sum up isn't counted again."""
    total = 0
    for table in tables(connection):
        stored = [column.name for column in columns(connection, table) if column.name.endswith("_cents")]
        counted = [name for name in stored if (table, name) not in SUMMED]
        if counted:
            sums = " + ".join(f"count(nullif({name}, 0))" for name in counted)
            total += connection.execute(f"SELECT {sums} FROM {table}").fetchone()[0]
    return total


def begin(connection: sqlite3.Connection) -> None:
    """Make room within a bulk transaction: a new file's own settings go, links may come before what they mean."""
    connection.execute("PRAGMA defer_foreign_keys = 1")
    connection.execute("UPDATE current_command SET bulk = 0")
    connection.execute("DELETE FROM setting")
    connection.execute("UPDATE current_command SET bulk = 1")


def insert(connection: sqlite3.Connection, table: str, values: Mapping[str, object]) -> None:
    """Insert a row."""
    places = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", list(values.values()))


def keep_history(connection: sqlite3.Connection, table: str) -> None:
    """Keep all rows of a table as inserted by the current command, where its changes are kept."""
    if table not in WORKED_OUT:
        history.record_inserts(connection, table, _LOWEST)


def orphan(connection: sqlite3.Connection) -> Orphan | None:
    """Return the first row that refers to one that there isn't."""
    found = connection.execute("PRAGMA foreign_key_check").fetchone()
    if found is None:
        return None
    table, row_id, parent, number = found
    (column,) = connection.execute(
        'SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?', [table, number]
    ).fetchone()
    key = columns(connection, table)[0].name
    (value,) = connection.execute(f"SELECT {column} FROM {table} WHERE {key} = ?", [row_id]).fetchone()
    return Orphan(table, row_id, column, parent, value)


def unpaid_sum(connection: sqlite3.Connection) -> tuple[int, int, int] | None:
    """Return (sale id, cents paid, sum of the payments) of the first sale where these differ."""
    found: tuple[int, int, int] | None = connection.execute(
        "SELECT id, paid_cents, total FROM (SELECT sale.id, paid_cents, coalesce(paid.total, 0) AS total FROM sale"
        " LEFT JOIN (SELECT sale_id, sum(amount_cents) AS total FROM payment GROUP BY sale_id) AS paid"
        " ON paid.sale_id = sale.id) WHERE paid_cents <> total ORDER BY id LIMIT 1"
    ).fetchone()
    return found


def states(connection: sqlite3.Connection, names: Sequence[str]) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the id of every case and what its stored state says under `names`."""
    found = connection.execute(f"SELECT complaint_id, {', '.join(names)} FROM complaint_state ORDER BY complaint_id")
    return [(row[0], dict(zip(names, row[1:], strict=True))) for row in found]
