"""Tables for people: by Rich on a terminal, as plain aligned lines elsewhere.

The one module that makes a Rich console (cards and pages take theirs here). Cells are texts, never markup.
Off a terminal Rich isn't even imported: it would take 0.4 ms a row to do what needs padding only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TextIO

from csm.domain.records import Field
from csm.render.cells import DAYS_LATE
from csm.render.columns import GAP, Column, columns_of, fit, nested_of, pairs_of
from csm.render.folding import cells_wide, folded
from csm.render.listing import Listing, Row, Style
from csm.render.text import visible

if TYPE_CHECKING:
    from rich.console import Console

# What stands on one line: texts, each with its Rich style or "".
Line = list[tuple[str, str]]

_PAD: Final = " " * GAP
# One text of a megabyte must not pad every other row to a megabyte: a longer cell pushes the rest of its row aside.
_WIDEST: Final = 200


# --- lists ----------------------------------------------------------------------------------------------------


def table_list(listing: Listing, style: Style, stream: TextIO) -> int:
    """Write a list as a table; return the number of rows."""
    rows = list(listing.rows)
    if listing.title:
        paragraphs([listing.title, ""], style, stream, emphasis="bold")
    if listing.lead:
        paragraphs([*listing.lead, ""], style, stream)
    if rows:
        columns = columns_of(listing, rows, style.zone, lines=listing.lines and not plainly(style))
        placed = fit(columns, style.width, cells_wide, chosen=listing.chosen)
        if plainly(style):
            _plain_table(placed, stream, _rule_character(style, stream))
        else:
            _rich_table(placed, rows, listing, style, stream)
    elif listing.empty:
        paragraphs([listing.empty], style, stream)
    if listing.footer:
        paragraphs(["", *listing.footer], style, stream)
    if rows and listing.below:
        stream.write("\n")
        table_list(listing.below(), style, stream)
    return len(rows)


def plainly(style: Style) -> bool:
    """Tell whether the output is text and nothing else, so that Rich has no part in it."""
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


def _rule_character(style: Style, stream: TextIO) -> str:
    return drawn("─", "-", style, stream)


def _plain_table(placed: Sequence[tuple[Column, int]], stream: TextIO, rule: str) -> None:
    placed = [(column, min(width, _WIDEST)) for column, width in placed]
    padded = [_padded([column.heading, *column.cells], width, column.right) for column, width in placed]
    lines = [_PAD.join(cells).rstrip() for cells in zip(*padded, strict=True)]
    lines.insert(1, rule * (sum(width for _, width in placed) + GAP * (len(placed) - 1)))
    stream.write("\n".join(lines) + "\n")


def _padded(cells: Sequence[str], width: int, right: bool) -> list[str]:
    if right:
        return [" " * (width - cells_wide(cell)) + cell for cell in cells]
    return [cell + " " * (width - cells_wide(cell)) for cell in cells]


def _rich_table(
    placed: Sequence[tuple[Column, int]], rows: Sequence[Row], listing: Listing, style: Style, stream: TextIO
) -> None:
    widths = [width for _, width in placed]
    headings = [column.heading for column, _ in placed]
    right = [column.right for column, _ in placed]
    lines = list(_lines(headings, widths, ["bold"] * len(placed), right, bottom=True))
    lines.append([(_rule_character(style, stream) * (sum(widths) + GAP * (len(widths) - 1)), "")])
    for number, row in enumerate(rows):
        whole = listing.colour_of(row) if listing.colour_of else ""
        looks = [_warning(column, row, listing) or whole for column, _ in placed]
        lines += _lines([column.cells[number] for column, _ in placed], widths, looks, right)
    _paint(lines, style, stream)


def _lines(
    texts: Sequence[str], widths: Sequence[int], looks: Sequence[str], right: Sequence[bool], *, bottom: bool = False
) -> Iterator[Line]:
    """Give the lines of one row, whose cells begin at the top or end at the `bottom`."""
    cells = [folded(text, width).split("\n") for text, width in zip(texts, widths, strict=True)]
    height = max(map(len, cells))
    for number in range(height):
        line: Line = []
        for cell, width, look, at_end in zip(cells, widths, looks, right, strict=True):
            place = number - height + len(cell) if bottom else number
            text = cell[place] if 0 <= place < len(cell) else ""
            blanks = " " * (width - cells_wide(text))
            line += [(blanks, ""), (text, look), (_PAD, "")] if at_end else [(text, look), (blanks + _PAD, "")]
        yield line


def _warning(column: Column, row: Row, listing: Listing) -> str:
    """Return the style of a cell: a day late is red, and its words say so without colour too."""
    if column.field.name != DAYS_LATE:
        return ""
    late = listing.late(row) if listing.late else (row[column.place] or 0) > 0
    return "red" if late else ""


# --- one record -----------------------------------------------------------------------------------------------


def table_record(fields: Sequence[Field], record: Mapping[str, Any], style: Style, stream: TextIO, title: str) -> None:
    """Write a record as two columns, field and value, with its nested records as tables below."""
    if title:
        paragraphs([title, ""], style, stream, emphasis="bold")
    pairs = pairs_of(fields, record, style.zone)
    key = max((cells_wide(name) for name, _ in pairs), default=0)
    if plainly(style):
        margin = "\n" + " " * (key + GAP)
        for name, text in pairs:
            head = name + " " * (key + GAP - cells_wide(name))
            stream.write((head + text.replace("\n", margin)).rstrip() + "\n")
    elif pairs:
        longest = max(cells_wide(line) for _, text in pairs for line in text.split("\n"))
        room = longest if style.width is None else min(longest, max(style.width - key - GAP, key))
        rows = (_lines(pair, (key, room), ("bold", ""), (False, False)) for pair in pairs)
        _paint([line for row in rows for line in row], style, stream)
    for listing in nested_of(record):
        stream.write("\n")
        table_list(listing, style, stream)


# --- Rich -----------------------------------------------------------------------------------------------------


def console(stream: TextIO, style: Style, *, at_least: int = 0) -> Console:
    """Return the Rich console for `stream`, with room for `at_least` so many cells. It reads nothing as markup."""
    from rich.console import Console

    # without a height Rich asks the terminal, and takes 80 columns for TERM=dumb whatever the width
    return Console(
        file=stream,
        markup=False,
        emoji=False,
        highlight=False,
        color_system="standard" if style.colour else None,
        no_color=not style.colour,
        force_terminal=style.colour,
        # one to spare: an old Windows console takes one off, and Rich would crop what doesn't fit
        width=max(style.width or 0, at_least + 1),
        height=25,
    )


def _paint(lines: Sequence[Line], style: Style, stream: TextIO) -> None:
    """Print lines without blanks at their ends: they would be copied along from the terminal.

    They are set already, which Rich's own tables would do over again, cell by cell, at four times the price.
    """
    from rich.segment import Segment, Segments

    on = console(stream, style)
    painted: list[Segment] = []
    for line in lines:
        last = max((place for place, (text, _) in enumerate(line) if text.strip()), default=-1)
        for place, (text, look) in enumerate(line[: last + 1]):
            painted.append(Segment(text.rstrip() if place == last else text, on.get_style(look) if look else None))
        painted.append(Segment.line())
    on.print(Segments(painted), end="", soft_wrap=True)


def paragraphs(texts: Sequence[str], style: Style, stream: TextIO, emphasis: str = "") -> None:
    """Write lines of text, made visible, with `emphasis` as their Rich style."""
    if plainly(style):
        stream.write("".join(visible(text) + "\n" for text in texts))
        return
    from rich.text import Text

    on = console(stream, style)
    for text in texts:
        shown = visible(text) if style.width is None else folded(visible(text), style.width)
        on.print(Text(shown, style=emphasis), soft_wrap=True)
