"""The columns that people see: which fields of a list are shown, in whose words, and how wide each may be.

Shared by table, md and html. Nothing here writes, and widths are numbers: the caller passes what measures a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from csm.domain.kinds import Field
from csm.domain.value import Value
from csm.i18n import heading
from csm.render.cells import human, in_words
from csm.render.listing import Listing, Nested, Row
from csm.render.text import visible

if TYPE_CHECKING:
    from csm.domain.time.instant import Zone

GAP: Final = 2
# A column of text is never made narrower than this, and counts as no wider than COMFORT when it is decided whether
# there is room for one more: one long note must not push every other column out.
NARROWEST: Final = 8
COMFORT: Final = 32

_FOLDABLE: Final = ("text", "email", "tags")
_KEYS: Final = ("ref", "code", "key")


class Column(Value):
    """A column ready to be shown; `place` is that of its values in a row."""

    field: Field
    place: int
    heading: str
    cells: list[str]

    @property
    def right(self) -> bool:
        """Return whether the cells are numbers, aligned at their ends."""
        return self.field.kind in ("integer", "money", "quantity", "score", "share") and not in_words(self.field)


def columns_of(listing: Listing, rows: Sequence[Row], zone: Zone, *, lines: bool = False) -> list[Column]:
    """Return the columns of `listing` worth showing, with the cells of `rows`.

    Without the user's choice these are the fields that say they are shown; one of the second rank that is empty in
    every row is left out.
    """
    everything = listing.chosen or not any(field.shown for field in listing.fields)
    columns = []
    shown = [(place, field) for place, field in enumerate(listing.fields) if everything or field.shown]
    for place, field in shown:
        cells = _cells(rows, place, human(field, zone, lines=lines))
        if everything or field.shown == 1 or any(cells):
            columns.append(Column(field, place, visible(heading(field.heading)), cells))
    return columns


def _cells(rows: Sequence[Row], place: int, convert: Callable[[Any], str]) -> list[str]:
    return ["" if row[place] is None else convert(row[place]) for row in rows]


def pairs_of(fields: Sequence[Field], record: Mapping[str, Any], zone: Zone) -> list[tuple[str, str]]:
    """Return heading and text of every field of `record` that has a value; line breaks are kept."""
    pairs = []
    for field in fields:
        value = record.get(field.name)
        if value is not None and value != "" and not isinstance(value, Nested):
            pairs.append((visible(heading(field.heading)), human(field, zone, lines=True)(value)))
    return pairs


def nested_of(record: Mapping[str, Any]) -> list[Listing]:
    """Return the nested records of `record` as lists, each under the heading of its key; empty ones are left out."""
    listings = []
    for name, value in record.items():
        if isinstance(value, Nested) and value.rows:
            listings.append(Listing(value.fields, value.rows, title=heading(name.replace("_", " "))))
        elif isinstance(value, Mapping) and value and not any(isinstance(v, Mapping | list) for v in value.values()):
            pair = (Field("field", "field", shown=1), Field("value", "value", shown=1))
            rows = [(visible(str(key)), text) for key, text in value.items()]
            listings.append(Listing(pair, rows, title=heading(name.replace("_", " "))))
    return listings


# --- widths ---------------------------------------------------------------------------------------------------


class _Measured(Value):
    column: Column
    natural: int
    content: int
    word: int

    def folds(self, width: int) -> bool:
        field = self.column.field
        return (field.kind in _FOLDABLE and field.name not in _KEYS) or self.content > width // 2

    def least(self, width: int) -> int:
        """Return the fewest cells this column can do with: keys and numbers stay whole, only their heading folds."""
        if self.folds(width):
            return min(self.natural, max(NARROWEST, self.word))
        return max(self.content, self.word)

    def comfortable(self, width: int) -> int:
        return min(self.natural, COMFORT) if self.folds(width) else self.natural


def fit(
    columns: Sequence[Column], width: int | None, measure: Callable[[str], int], *, chosen: bool = False
) -> list[tuple[Column, int]]:
    """Return the columns that a table of `width` cells has room for, each with its width.

    Columns of the second rank give way from the last to the first, unless `chosen`; then headings fold, then texts.
    Nothing is ever cut: where even that is too wide, the table is wider than `width`.
    """
    measured = [_measured(column, measure) for column in columns]
    if width is None:
        return [(one.column, one.natural) for one in measured]
    for place in reversed(range(len(measured))):
        if chosen or _total([one.comfortable(width) for one in measured]) <= width:
            break
        if measured[place].column.field.shown != 1:
            del measured[place]
    return list(zip([one.column for one in measured], _squeeze(measured, width), strict=True))


def _measured(column: Column, measure: Callable[[str], int]) -> _Measured:
    content = max((_widest(cell, measure) for cell in column.cells), default=0)
    word = max(map(measure, column.heading.split()), default=0)
    return _Measured(column, max(content, measure(column.heading)), content, word)


def _widest(cell: str, measure: Callable[[str], int]) -> int:
    return max(map(measure, cell.split("\n"))) if "\n" in cell else measure(cell)


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _squeeze(measured: Sequence[_Measured], width: int) -> list[int]:
    widths = [min(one.natural, max(width, one.least(width))) for one in measured]
    leasts = [one.least(width) for one in measured]
    for place, one in enumerate(measured):
        if not one.folds(width):
            widths[place] -= min(max(0, _total(widths) - width), widths[place] - leasts[place])
    while _total(widths) > width:
        spare = [place for place in range(len(widths)) if widths[place] > leasts[place]]
        if not spare:
            break
        widths[max(spare, key=widths.__getitem__)] -= 1
    return widths
