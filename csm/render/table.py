"""Tables for people: `rich.table.Table`s on a terminal, plain aligned lines elsewhere.

Cells are texts, never markup. Off a terminal Rich isn't even imported (see `screen`): it would take 0.4 ms a row to do
what needs padding only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, TextIO

from csm.domain.kinds import Field
from csm.domain.value import Value
from csm.render.cells import DAYS_LATE
from csm.render.columns import GAP, Column, columns_of, fit, nested_of, pairs_of
from csm.render.folding import cells_wide, folded
from csm.render.listing import Listing, Row, Style
from csm.render.text import visible

_PAD: Final = " " * GAP
# One text of a megabyte must not pad every other row to a megabyte: a longer cell pushes the rest of its row aside.
_WIDEST: Final = 200


def plainly(style: Style) -> bool:
    """Return whether the output is text and nothing else, so that Rich has no part in it."""
    return style.width is None and not style.colour


def drawn(sign: str, instead: str, style: Style, stream: TextIO) -> str:
    """Return `sign` where `stream` can write it, else what stands for it in ASCII."""
    if style.ascii_only:
        return instead
    try:
        sign.encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return instead
    return sign


def rule_sign(style: Style, stream: TextIO) -> str:
    """Return what a line under headings is drawn with."""
    return drawn("─", "-", style, stream)


# --- lists ----------------------------------------------------------------------------------------------------


def table_list(listing: Listing, style: Style, stream: TextIO) -> int:
    """Write a list as a table; return the number of rows."""
    rows = list(listing.rows)
    if listing.title:
        paragraphs([listing.title, ""], style, stream, look="title")
    if listing.lead:
        paragraphs([*listing.lead, ""], style, stream)
    if rows:
        columns = columns_of(listing, rows, style.zone, lines=listing.lines and not plainly(style))
        placed = fit(columns, style.width, cells_wide, chosen=listing.chosen)
        if plainly(style):
            _write_plainly(placed, style, stream)
        else:
            _show_list(placed, rows, listing, style, stream)
    elif listing.empty:
        paragraphs([listing.empty], style, stream)
    if listing.footer:
        paragraphs(["", *listing.footer], style, stream)
    if rows and listing.below:
        stream.write("\n")
        table_list(listing.below(), style, stream)
    return len(rows)


def _write_plainly(placed: Sequence[tuple[Column, int]], style: Style, stream: TextIO) -> None:
    placed = [(column, min(width, _WIDEST)) for column, width in placed]
    padded = [_padded([column.heading, *column.cells], width, column.right) for column, width in placed]
    lines = [_PAD.join(cells).rstrip() for cells in zip(*padded, strict=True)]
    lines.insert(1, rule_sign(style, stream) * (sum(width for _, width in placed) + GAP * (len(placed) - 1)))
    stream.write("\n".join(lines) + "\n")


def _padded(cells: Sequence[str], width: int, right: bool) -> list[str]:
    if right:
        return [" " * (width - cells_wide(cell)) + cell for cell in cells]
    return [cell + " " * (width - cells_wide(cell)) for cell in cells]


def _show_list(
    placed: Sequence[tuple[Column, int]], rows: Sequence[Row], listing: Listing, style: Style, stream: TextIO
) -> None:
    from csm.render import screen

    columns = [screen.Column(width, column.right, folded(column.heading, width)) for column, width in placed]
    texts = zip(*[[folded(text, width) for text in column.cells] for column, width in placed], strict=True)
    looks = _looks(placed, rows, listing)
    cells = (map(screen.cell, row, row_looks) for row, row_looks in zip(texts, looks, strict=True))
    screen.show([screen.grid(columns, cells, gap=GAP, rule=rule_sign(style, stream))], style, stream)


def _looks(placed: Sequence[tuple[Column, int]], rows: Sequence[Row], listing: Listing) -> Iterator[list[str]]:
    """Yield the look of each cell of each row: late, else that of the whole row, else that of a phone."""
    columns = [column for column, _ in placed]
    for row in rows:
        whole = listing.colour_of(row) if listing.colour_of else ""
        yield [_late(column, row, listing) or whole or _usual(column) for column in columns]


def _usual(column: Column) -> str:
    return "phone" if column.field.kind == "phone" else ""


def _late(column: Column, row: Row, listing: Listing) -> str:
    """Return the look of a cell that says how late it is, in words too; "" where it isn't."""
    if column.field.name != DAYS_LATE:
        return ""
    late = listing.late(row) if listing.late else (row[column.place] or 0) > 0
    return "late" if late else ""


# --- one record -----------------------------------------------------------------------------------------------


def table_record(fields: Sequence[Field], record: Mapping[str, Any], style: Style, stream: TextIO, title: str) -> None:
    """Write a record as two columns, field and value, with its nested records as tables below."""
    if title:
        paragraphs([title, ""], style, stream, look="title")
    pairs = pairs_of(fields, record, style.zone)
    if pairs:
        _write_pairs(pairs, style, stream)
    for listing in nested_of(record):
        stream.write("\n")
        table_list(listing, style, stream)


def _write_pairs(pairs: Sequence[tuple[str, str]], style: Style, stream: TextIO) -> None:
    key = max(cells_wide(name) for name, _ in pairs)
    if plainly(style):
        margin = "\n" + " " * (key + GAP)
        for name, text in pairs:
            head = name + " " * (key + GAP - cells_wide(name))
            stream.write((head + text.replace("\n", margin)).rstrip() + "\n")
        return
    longest = max(cells_wide(line) for _, text in pairs for line in text.split("\n"))
    room = longest if style.width is None else min(longest, max(style.width - key - GAP, key))
    write_grid(Grid([key, room], [[(name, "key"), (text, "")] for name, text in pairs]), style, stream)


# --- parts of pages -------------------------------------------------------------------------------------------


class Grid(Value):
    """Rows of a page: texts made visible already and their looks, in columns of the widths passed in.

    right: the places of columns whose texts end together. gap: blanks between columns, one at least.
    headings: a line above them, on a terminal over a rule.
    """

    widths: Sequence[int]
    rows: Sequence[Sequence[tuple[str, str]]]
    right: Collection[int] = ()
    headings: Sequence[str] = ()
    gap: int = GAP


def write_grid(grid: Grid, style: Style, stream: TextIO) -> None:
    """Write a grid; off the terminal a text that is wider than its column pushes the others aside."""
    if plainly(style):
        _write_grid_plainly(grid, stream)
        return
    from csm.render import screen

    headings = grid.headings or [""] * len(grid.widths)
    widths = [max(width, cells_wide(heading)) for width, heading in zip(grid.widths, headings, strict=True)]
    columns = [
        screen.Column(width, place in grid.right, heading)
        for place, (width, heading) in enumerate(zip(widths, headings, strict=True))
    ]
    cells = (
        [screen.cell(folded(text, width), look) for (text, look), width in zip(row, widths, strict=True)]
        for row in grid.rows
    )
    rule = rule_sign(style, stream) if grid.headings else ""
    screen.show([screen.grid(columns, cells, gap=grid.gap, rule=rule)], style, stream)


def _write_grid_plainly(grid: Grid, stream: TextIO) -> None:
    rows = [[text for text, _ in row] for row in grid.rows]
    for texts in [list(grid.headings), *rows] if grid.headings else rows:
        line = ""
        for place, (text, width) in enumerate(zip(texts, grid.widths, strict=True)):
            gap, blanks = grid.gap if place else 0, width - cells_wide(text)
            # a number that is too wide takes of the blanks before it
            line += " " * (gap + blanks) + text if place in grid.right else " " * gap + text + " " * blanks
        stream.write(line.rstrip() + "\n")


def paragraphs(texts: Sequence[str], style: Style, stream: TextIO, look: str = "") -> None:
    """Write lines of text, made visible, in one look."""
    if plainly(style):
        stream.write("".join(visible(text) + "\n" for text in texts))
        return
    from csm.render import screen

    shown = [visible(text) if style.width is None else folded(visible(text), style.width) for text in texts]
    screen.show([screen.cell(text, look) for text in shown], style, stream)
