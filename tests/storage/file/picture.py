"""The schema as a picture: `python -m tests.storage.file.picture` writes `csm/handbook/schema.md` from a new file.

The picture is a diagram of entities in mermaid, which GitHub, GitLab and most editors draw.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import csm
from csm.storage.file import schema

PICTURE: Final = Path(csm.__file__).parent / "handbook" / "schema.md"
HEAD: Final = """# The schema of a file

Made by `python -m tests.storage.file.picture` from the tables of a new file; `_at` is an instant in UTC, `_on` a calendar day,
`_cents` an amount. A line ends in a crow's foot where a record has many of the other, in a circle where it may have none.
Views, which read these tables for lists, and the triggers that write `change` are left out.

```mermaid
erDiagram
"""
# Tables of sqlite-utils and of SQLite itself.
FOREIGN: Final = ("_sqlite", "sqlite_")
NOT_NULL, KEY = 3, 5  # places in a row of PRAGMA table_xinfo, which begins with number, name and type


def picture(connection: sqlite3.Connection) -> str:
    """Return the page for the tables of `connection`, in the order of the alphabet."""
    tables = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        if not name.startswith(FOREIGN)
    ]
    lines = [line for table in tables for line in _relations(connection, table)]
    lines += [line for table in tables for line in _entity(connection, table)]
    return HEAD + "".join(f"    {line}\n" for line in lines) + "```\n"


def _keys(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the table that each column with a foreign key refers to."""
    rows = connection.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,))
    return dict(sorted(rows.fetchall()))


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return connection.execute("SELECT * FROM pragma_table_xinfo(?)", (table,)).fetchall()


def _relations(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = {row[1]: row for row in _columns(connection, table)}
    for column, other in _keys(connection, table).items():
        parent = "||" if columns[column][NOT_NULL] or columns[column][KEY] else "|o"
        child = "o|" if columns[column][KEY] else "o{"
        yield f"{other} {parent}--{child} {table} : {column}"


def _entity(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    keys = _keys(connection, table)
    yield f"{table} {{"
    for row in _columns(connection, table):
        marks = ["PK"] * bool(row[KEY]) + ["FK"] * (row[1] in keys)
        yield f"    {row[2]} {row[1]} {', '.join(marks)}".rstrip()
    yield "}"


def drawn() -> str:
    """Return the page for a new file."""
    with TemporaryDirectory() as folder:
        path = f"{folder}/new.db"
        schema.make(path, "UTC")
        with closing(sqlite3.connect(path)) as connection:
            return picture(connection)


def main() -> None:
    """Write the page."""
    PICTURE.write_text(drawn(), encoding="utf-8")


if __name__ == "__main__":
    main()
