"""The last months side by side for people: a sparkline a figure, and below it each month's value with its n.

Read without colour: sparklines are block signs, a month without a figure is a gap in them and "-" below. Thin data has
a star.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TextIO

from csm.domain.kinds import Field
from csm.domain.quality.figures import IN_POINTS, Figure, Measured, month_name
from csm.domain.time.period import Compared
from csm.i18n import label, say
from csm.render.bars import FULL, GAP, spark
from csm.render.folding import cells_wide
from csm.render.listing import Listing, Row, Style
from csm.render.quality.tables import named, shown_value
from csm.render.table import Grid, drawn, paragraphs, write_grid
from csm.render.text import visible

_BETWEEN: Final = 2
_INDENT: Final = "  "
_THIN: Final = "*"
# Blanks that a browser and markdown keep.
_KEPT: Final = "\N{NO-BREAK SPACE}"
# Changes smaller than this don't fill the height of a sparkline, by kind of figure.
_LEAST: Final = {"share": 0.1, "gap": 0.5, "score": 0.5, "points": 10.0}


class Series(NamedTuple):
    """A figure over the months, and the scale of each month's surveys; None where there are none."""

    figure: Figure
    measured: Sequence[Measured]
    scales: Sequence[int | None]


def sparkline(one: Series, *, ascii_only: bool) -> str:
    """Return the sparkline of a figure; what was scored on another scale than the latest is a gap in it."""
    values = [measured.value for measured in one.measured]
    if _in_points(one.figure):
        latest = next((scale for scale in reversed(one.scales) if scale is not None), None)
        values = [value if scale == latest else None for value, scale in zip(values, one.scales, strict=True)]
    return spark(values, least=_LEAST.get(one.figure.kind, 0.0), ascii_only=ascii_only)


def ascii_only(style: Style, stream: TextIO) -> bool:
    """Return whether `stream` can't write block signs."""
    return drawn(FULL, "", style, stream) == ""


def title_of(days: Sequence[Compared]) -> str:
    """Return the heading: which months, and up to which day the last one goes."""
    first, last = month_name(days[0].now), month_name(days[-1].now)
    return say("{first} to {last}, month by month; the last up to {day}", first=first, last=last, day=days[-1].now.last)


def footer_of(rows: Sequence[Series], thin: int, *, brackets: bool) -> list[str]:
    """Return what must be known to read the figures."""
    lines = [say("in brackets: n, of how many it is made") if brackets else say("n: of how many it is made")]
    if any(_n(one, row.figure, thin).endswith(_THIN) for row in rows for one in row.measured):
        lines.append(say("{sign} thin: made of fewer than {n}, so it may be chance", sign=_THIN, n=thin))
    if any(len(set(row.scales) - {None}) > 1 for row in rows if _in_points(row.figure)):
        lines.append(say("scores of another scale than the latest aren't in the sparkline"))
    return lines


def _in_points(figure: Figure) -> bool:
    """Return whether a figure is made of scores, which depend on their scale."""
    return figure.name in IN_POINTS.get(figure.section, ())


def _n(one: Measured, figure: Figure, thin: int) -> str:
    if figure.kind == "count":
        return ""
    return f"{one.n}{_THIN}" if 0 < one.n < thin else str(one.n)


# --- on a screen ----------------------------------------------------------------------------------------------


def write_trend(
    days: Sequence[Compared], rows: Sequence[Series], footer: Sequence[str], thin: int, style: Style, stream: TextIO
) -> None:
    """Write figures with the months as columns; where they don't fit side by side, in parts below each other."""
    first = max([len(_INDENT) + len(days) + len("  n"), *(cells_wide(named(row.figure)) for row in rows)])
    lines = [line for row in rows for line in _lines(row, first, thin, ascii_only=ascii_only(style, stream))]
    months = [month_name(month.now) for month in days]
    width = max(map(cells_wide, [*months, *(text for line in lines for text in line.texts)]))
    room = len(days) if style.width is None else max((style.width - first) // (width + _BETWEEN), 1)
    paragraphs([title_of(days), ""], style, stream, look="title")
    for start in range(0, len(days), room):
        part = slice(start, start + room)
        widths = [first, *[width] * len(months[part])]
        cells = [line.cells(part) for line in lines]
        write_grid(Grid(widths, cells, range(1, len(widths)), ["", *months[part]], gap=_BETWEEN), style, stream)
        stream.write("\n")
    paragraphs(footer, style, stream)


class _Line(NamedTuple):
    key: str
    key_look: str
    texts: Sequence[str]
    look: str

    def cells(self, part: slice) -> list[tuple[str, str]]:
        """Return the line with some of its months, as cells with their looks."""
        return [(self.key, self.key_look), *((text, self.look) for text in self.texts[part])]


def _lines(row: Series, first: int, thin: int, *, ascii_only: bool) -> Iterator[_Line]:
    """Yield a figure with its value in each month, and below it its sparkline with of how many each was made."""
    yield _Line(named(row.figure), "strong", [shown_value(row.figure, one) for one in row.measured], "")
    line = sparkline(row, ascii_only=ascii_only)
    mark = "" if row.figure.kind == "count" else "n"
    key = _INDENT + line + " " * (first - len(_INDENT) - len(line) - len(mark)) + mark
    yield _Line(key, "faint", [_n(one, row.figure, thin) for one in row.measured], "faint")


# --- as a table -----------------------------------------------------------------------------------------------


def trend_listing(days: Sequence[Compared], rows: Sequence[Series], footer: Sequence[str], thin: int) -> Listing:
    """Return figures as a table with a column a month, for chats, wikis and mails."""
    fields = [Field("figure", "figure", shown=1), Field("trend", "trend", "date", shown=1)]
    fields += [Field(month_name(month.now), month_name(month.now), "integer", shown=1) for month in days]
    made: list[Row] = []
    for row in rows:
        values = [_with_n(row.figure, one, thin) for one in row.measured]
        made.append((named(row.figure), sparkline(row, ascii_only=False).replace(GAP, _KEPT), *values))
    return Listing(fields, made, title_of(days), footer=footer)


def groups_listing(
    days: Sequence[Compared],
    by: str,
    groups: Mapping[str | None, Sequence[Series]],
    footer: Sequence[str],
    thin: int,
    *,
    ascii_only: bool,
    markup: bool,
) -> Listing:
    """Return a line for each figure of each group: its sparkline over the months, and the latest month's value.

    markup: for markdown and html, where blanks have to be kept.
    """
    last = month_name(days[-1].now)
    fields = (
        Field("figure", "figure", shown=1),
        Field(by, label("quality_by", by), shown=1),
        Field("trend", "trend", "date", shown=1),
        Field(last, last, "integer", shown=1),
    )
    made: list[Row] = []
    for place in range(min((len(rows) for rows in groups.values()), default=0)):
        for number, (group, rows) in enumerate(groups.items()):
            row = rows[place]
            line = sparkline(row, ascii_only=ascii_only)
            shown = line.replace(GAP, _KEPT) if markup else line
            called = "-" if group is None else visible(group)
            made.append(
                ("" if number else named(row.figure), called, shown, _with_n(row.figure, row.measured[-1], thin))
            )
    return Listing(fields, made, title_of(days), say("no figures"), footer)


def _with_n(figure: Figure, one: Measured, thin: int) -> str:
    value = shown_value(figure, one)
    return value if figure.kind == "count" or one.value is None else f"{value} ({_n(one, figure, thin)})"
