"""What is to be shown and how: the values that every format takes. Nothing here shows anything."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from csm.domain.value import Value

if TYPE_CHECKING:
    from csm.domain.kinds import Field
    from csm.domain.time.instant import Zone

Row = Sequence[Any]


class Listing(Value):
    """A list of records of one kind.

    rows: read a single time, stored values in the order of `fields`.
    title: a heading above a table, md and html; lead: lines between it and the table.
    empty: the sentence that stands there instead of a table without rows.
    footer: lines below a table, md and html; csv and json never have them.
    chosen: the user named the columns, so all of them are shown.
    colour_of: returns the Rich style of a row in a coloured table, "" for none.
    lines: cells keep their line breaks on a terminal; elsewhere a row of a table is always one line.
    late: tells whether a row is late where its cell of days late is words; a row may have values behind its fields.
    below: returns a list that stands under this one, such as its sums, where this one has rows; asked for when
        those are read, and only by table, md and html.
    """

    fields: Sequence[Field]
    rows: Iterable[Row]
    title: str = ""
    empty: str = ""
    footer: Sequence[str] = ()
    chosen: bool = False
    colour_of: Callable[[Row], str] | None = None
    lines: bool = False
    late: Callable[[Row], bool] | None = None
    below: Callable[[], Listing] | None = None
    lead: Sequence[str] = ()


def chained(listings: Sequence[Listing]) -> Listing:
    """Return the first of the lists, with the others one below the other."""
    first, *rest = listings
    return first._replace(below=lambda: chained(rest)) if rest else first


class Nested(Value):
    """Records that belong to one record, such as the contacts of a customer."""

    fields: Sequence[Field]
    rows: Sequence[Row]


def nested(fields: Sequence[Field], records: Sequence[Mapping[str, Any]], owner: Collection[str] = ()) -> Nested:
    """Return records under another; people don't need `owner` again, the fields that say whose they are."""
    seen = [field._replace(shown=0) if field.name in owner else field for field in fields]
    return Nested(seen, [[record.get(field.name) for field in fields] for record in records])


class Style(Value):
    """Where the output goes and what it may hold.

    zone: the time zone of the file, for instants.
    raw: spreadsheet formulas aren't guarded, and a terminal gets control characters as they are.
    terminal: somebody looks at it, so that control characters are made visible even in csv.
    width: columns of the terminal, or None for lines of any length.
    crlf: lines of csv and tsv end as in a file for a spreadsheet.
    ascii_only: the stream can't write more than ASCII.
    """

    zone: Zone
    raw: bool = False
    terminal: bool = False
    width: int | None = None
    colour: bool = False
    crlf: bool = False
    ascii_only: bool = False
