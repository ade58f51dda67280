"""Lists: one query over a view, with bound filters, an order that an index serves, and a limit.

With a limit the ids of the page are found first and its columns looked up afterwards, so that nothing is computed for
rows that aren't printed. Without one the rows are streamed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from csm.domain.errors import UsageFault
from csm.domain.value import Value

if TYPE_CHECKING:
    from csm.domain.records import Field


MOST_BYTES: Final = 8_000  # of a pattern, which SQLite takes up to 50,000 with every sign escaped
# Not ASCII: what LIKE compares by bytes, and what needs folding.
BEYOND_ASCII = "GLOB '*[^ -~]*'"


class Condition(Value):
    """A piece of a WHERE clause and the values bound in it."""

    sql: str
    given: tuple[object, ...] = ()


class Page(Value):
    """What a list shows: `order` is SQL made by `order_by`; `limit` None is everything."""

    view: str
    columns: Sequence[str]
    conditions: Sequence[Condition]
    order: str
    limit: int | None


def statement(page: Page) -> tuple[str, list[object]]:
    """Return the query of a page and its bound values."""
    where = " AND ".join(f"({condition.sql})" for condition in page.conditions) or "1"
    given = [value for condition in page.conditions for value in condition.given]
    chosen = ", ".join(f"v.{column}" if not column.startswith("(") else column for column in page.columns)
    if page.limit is None:
        return f"SELECT {chosen} FROM {page.view} AS v WHERE {where} ORDER BY {page.order}", given
    ids = f"SELECT v.id FROM {page.view} AS v WHERE {where} ORDER BY {page.order} LIMIT ?"
    query = f"SELECT {chosen} FROM ({ids}) AS page CROSS JOIN {page.view} AS v ON v.id = page.id ORDER BY {page.order}"
    return query, [*given, page.limit]


def read(connection: sqlite3.Connection, page: Page) -> Iterator[tuple[object, ...]]:
    """Return the rows of a page as they are read."""
    query, given = statement(page)
    return connection.execute(query, given)


def count(connection: sqlite3.Connection, page: Page) -> int:
    """Return how many rows the page would have without its limit."""
    where = " AND ".join(f"({condition.sql})" for condition in page.conditions) or "1"
    given = [value for condition in page.conditions for value in condition.given]
    (number,) = connection.execute(f"SELECT count(*) FROM {page.view} AS v WHERE {where}", given).fetchone()
    return int(number)


def stored_column(field: Field) -> str:
    """Return the column of a view in which the exact value of `field` stands."""
    return f"{field.name}_cents" if field.kind == "money" else field.name


def order_by(column: str, *, descending: bool) -> str:
    """Return an order over one column; equal values in the order of their ids, absent ones last."""
    direction = " DESC" if descending else ""
    return f"{column} IS NULL, {column}{direction}, v.id{direction}"


def equals(column: str, values: Sequence[object]) -> Condition:
    """Return the condition that a column has one of `values`; None among them is "absent"."""
    present = [value for value in values if value is not None]
    parts = []
    if present:
        parts.append(f"{column} = ?" if len(present) == 1 else f"{column} IN ({', '.join('?' * len(present))})")
    if len(present) < len(values):
        parts.append(f"{column} IS NULL")
    return Condition(" OR ".join(parts), tuple(present))


def between(column: str, low: object, high: object) -> Condition:
    """Return the condition that a column lies between two values, both included; None leaves a side open."""
    parts = [(f"{column} >= ?", low)] if low is not None else []
    if high is not None:
        parts.append((f"{column} <= ?", high))
    return Condition(
        " AND ".join(sql for sql, _ in parts) or f"{column} IS NOT NULL", tuple(value for _, value in parts)
    )


def contains(text: str) -> str:
    """Return the LIKE pattern, with escape \\, that finds `text` anywhere; raise too-long-to-find."""
    if len(text.encode()) > MOST_BYTES:
        raise UsageFault("too-long-to-find", value=text)
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def holds(column: str, word: str) -> Condition:
    """Return the condition that a text column holds `word`, compared folded.

    An ASCII cell is compared by SQLite alone; only others are folded.
    """
    from csm.domain.values.folding import forms

    plain = [contains(form) for form in (forms(word) if not word.isascii() else [word])]
    found = " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for _ in plain)
    return Condition(f"{found} OR ({column} {BEYOND_ASCII} AND holds({column}, ?))", (*plain, word))


def holds_any(columns: Sequence[str], words: str) -> list[Condition]:
    """Return one condition a word: it stands in one of the columns."""
    found = []
    for word in words.split():
        parts = [holds(column, word) for column in columns]
        given = tuple(value for part in parts for value in part.given)
        found.append(Condition(" OR ".join(part.sql for part in parts), given))
    return found


def by_field(fields: Sequence[Field], record: dict[str, object]) -> dict[str, object]:
    """Return the exact values of `fields` by name from a row of a view, amounts in cents."""
    return {field.name: record.get(stored_column(field)) for field in fields}
