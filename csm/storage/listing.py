"""Lists: one query over the view of a kind, with bound filters, an order that an index serves, and a limit.

Conditions and orders are made from the names of columns; only here these become SQL.

With a limit the ids of the page are found first and its columns looked up afterwards, so that nothing is computed for
rows that aren't printed. Without one the rows are streamed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from csm.domain.errors import UsageFault
from csm.domain.kinds import OWN
from csm.domain.value import Value

if TYPE_CHECKING:
    from csm.domain.kinds import Field, Kind


MOST_BYTES: Final = 8_000  # of a pattern, which SQLite takes up to 50,000 with every sign escaped
# Not ASCII: what LIKE compares by bytes, and what needs folding.
BEYOND_ASCII = "GLOB '*[^ -~]*'"


class Condition(Value):
    """A piece of a WHERE clause and the values bound in it."""

    sql: str
    given: tuple[object, ...] = ()


class Page(Value):
    """What a list shows: `columns` and `order` are SQL; `limit` None is everything."""

    view: str
    columns: Sequence[str]
    conditions: Sequence[Condition]
    order: str
    limit: int | None


class Part(Value):
    """One of the views that a list goes through: which of its rows, in which order as a kind writes it.

    made: the SQL, in brackets, of fields that the view lacks. instead: that of fields shown otherwise than sorted.
    """

    view: str
    conditions: Sequence[Condition]
    order: str
    made: Mapping[str, str] | None = None
    instead: Mapping[str, str] | None = None


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


def read_in_turn(connection: sqlite3.Connection, pages: Iterable[Page]) -> Iterator[tuple[object, ...]]:
    """Return the rows of pages of one limit, one after the other, no more of them together than the limit."""
    left: int | None = None
    for page in pages:
        left = page.limit if left is None else left
        for row in read(connection, page if left is None else page._replace(limit=left)):
            yield row
            left = None if left is None else left - 1
        if left == 0:
            return


def read_merged(
    connection: sqlite3.Connection, pages: Sequence[Page], *, descending: bool
) -> Iterator[tuple[object, ...]]:
    """Return the rows of pages as one list in the order of their last two columns, a value and an id, without these.

    Each page must be in that order, as `order_by` makes it: absent values last.
    """

    def place(row: tuple[object, ...]) -> tuple[bool, Any, Any]:
        value, identity = row[-2:]
        return (value is None) is not descending, 0 if value is None else value, identity

    rows = merge(*[read(connection, page) for page in pages], key=place, reverse=descending)
    limit = pages[0].limit
    return (row[:-2] for row in islice(rows, limit))


def count(connection: sqlite3.Connection, page: Page) -> int:
    """Return how many rows the page would have without its limit."""
    where = " AND ".join(f"({condition.sql})" for condition in page.conditions) or "1"
    given = [value for condition in page.conditions for value in condition.given]
    (number,) = connection.execute(f"SELECT count(*) FROM {page.view} AS v WHERE {where}", given).fetchone()
    return int(number)


def selected(
    kind: Kind, fields: Iterable[Field], made: Mapping[str, str] | None = None, shown: Mapping[str, str] | None = None
) -> list[str]:
    """Return the columns of a page that give `fields`.

    made: the SQL, in brackets, of fields that the view lacks. shown: that of fields shown otherwise than stored.
    """
    instead = {**(made or {}), **(shown or {})}
    return [instead.get(field.name) or _own(kind, field.name) or stored_column(field) for field in fields]


def sort_column(kind: Kind, name: str, made: Mapping[str, str] | None = None) -> str | None:
    """Return the SQL by which a field is sorted, None where the kind has no such field."""
    column = kind.sorts.get(name, name)
    if made is not None and column in made:
        return made[column]
    if column != name:
        return f"v.{column}"
    return _own(kind, name) or next((column_of(field) for field in kind.fields if field.name == name), None)


def _own(kind: Kind, name: str) -> str | None:
    return own_field_column(name.removeprefix(OWN)) if kind.own_fields and name.startswith(OWN) else None


def own_field_column(key: str) -> str:
    """Return the SQL of an own field as a column of a list."""
    quoted = key.replace("'", "''")
    return f"(SELECT value FROM customer_field AS own WHERE own.customer_id = v.id AND own.key = '{quoted}')"


def stored_column(field: Field) -> str:
    """Return the column of a view in which the exact value of `field` stands."""
    return f"{field.name}_cents" if field.kind == "money" else field.name


def column_of(field: Field) -> str:
    """Return the SQL of the exact value of `field` in a row of its view."""
    return f"v.{stored_column(field)}"


def by_field(fields: Sequence[Field], record: dict[str, object]) -> dict[str, object]:
    """Return the exact values of `fields` by name from a row of a view, amounts in cents."""
    return {field.name: record.get(stored_column(field)) for field in fields}


# --- orders ---------------------------------------------------------------------------------------------------


def order_of(order: str) -> str:
    """Return the SQL of an order of a kind, as `csm.domain.kinds.Kind` writes it."""
    return ", ".join(_ordered(word.strip()) for word in order.split(","))


def _ordered(word: str) -> str:
    column = f"v.{word.strip('-?')}"
    absent_last = f"{column} IS NULL, " if word.endswith("?") else ""
    return f"{absent_last}{column}{' DESC' if word.startswith('-') else ''}"


def order_by(column: str, *, descending: bool) -> str:
    """Return an order over one column; equal values in the order of their ids, absent ones last."""
    direction = " DESC" if descending else ""
    return f"{column} IS NULL, {column}{direction}, v.id{direction}"


# --- conditions -------------------------------------------------------------------------------------------------


def usual(kind: Kind) -> list[Condition]:
    """Return the conditions of what is shown without --all; literal values, so that partial indexes are walked."""
    return [Condition(_is_one_of(f"v.{column}", values)) for column, values in kind.open.items()]


def _is_one_of(column: str, values: Sequence[str | None]) -> str:
    present = [f"'{value}'" for value in values if value is not None]
    if not present:
        return f"{column} IS NULL"
    return f"{column} = {present[0]}" if len(present) == 1 else f"{column} IN ({', '.join(present)})"


def where(column: str, value: object) -> Condition:
    """Return the condition that a column of the view has a value; None is "absent"."""
    return one_of(column, [value])


def one_of(column: str, values: Sequence[object]) -> Condition:
    """Return the condition that a column of the view has one of `values`; None among them is "absent"."""
    return equals(f"v.{column}", values)


def present(column: str) -> Condition:
    """Return the condition that a column of the view has a value."""
    return Condition(f"v.{column} IS NOT NULL")


def less_than(column: str, value: object) -> Condition:
    """Return the condition that a column of the view is below a value."""
    return Condition(f"v.{column} < ?", (value,))


def more_than(column: str, value: object) -> Condition:
    """Return the condition that a column of the view is above a value."""
    return Condition(f"v.{column} > ?", (value,))


def not_beginning(column: str, start: str) -> Condition:
    """Return the condition that a text column of the view doesn't begin with `start`, which has no wildcards."""
    return Condition(f"v.{column} NOT LIKE ?", (f"{start}%",))


def words_in(kind: Kind, words: str | None) -> list[Condition]:
    """Return one condition a word: it stands in one of the columns in which a kind is searched."""
    columns = [f"v.{column}" for column in kind.searched]
    return [any_of([holds(column, word) for column in columns]) for word in (words or "").split()]


def equals(column: str, values: Sequence[object]) -> Condition:
    """Return the condition that a column, SQL, has one of `values`; None among them is "absent"."""
    present = [value for value in values if value is not None]
    parts = []
    if present:
        parts.append(f"{column} = ?" if len(present) == 1 else f"{column} IN ({', '.join('?' * len(present))})")
    if len(present) < len(values):
        parts.append(f"{column} IS NULL")
    return Condition(" OR ".join(parts), tuple(present))


def in_spans(column: str, spans: Iterable[tuple[object, object]]) -> Condition:
    """Return the condition that a column, SQL, lies in one of some spans, both ends included; None is an open end."""
    return any_of([_between(column, low, high) for low, high in spans])


def _between(column: str, low: object, high: object) -> Condition:
    parts = [(f"{column} >= ?", low)] if low is not None else []
    if high is not None:
        parts.append((f"{column} <= ?", high))
    return Condition(
        " AND ".join(sql for sql, _ in parts) or f"{column} IS NOT NULL", tuple(value for _, value in parts)
    )


def from_until(column: str, first: object, end: object) -> Condition:
    """Return the condition that a column, SQL, has a value from `first` on and before `end`; None leaves it open."""
    parts, bound = [f"{column} IS NOT NULL"], []
    for value, sign in ((first, ">="), (end, "<")):
        if value is not None:
            parts.append(f"{column} {sign} ?")
            bound.append(value)
    return Condition(" AND ".join(parts), tuple(bound))


def any_of(parts: Sequence[Condition]) -> Condition:
    """Return the condition that one of some conditions is met."""
    return Condition(
        " OR ".join(f"({part.sql})" for part in parts), tuple(value for part in parts for value in part.given)
    )


def all_of(parts: Sequence[Condition]) -> Condition:
    """Return the condition that all of some conditions are met."""
    return Condition(
        " AND ".join(f"({part.sql})" for part in parts), tuple(value for part in parts for value in part.given)
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
