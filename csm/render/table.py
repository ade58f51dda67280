"""Tables for people: by Rich on a terminal, as plain aligned lines elsewhere.

The one module that makes a Rich console (cards and pages take theirs here). Cells are always `Text`, never markup.
Off a terminal Rich isn't even imported: it would take 0.4 ms a row to do what needs padding only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TextIO

from csm.domain.records import Field
from csm.render.cells import DAYS_LATE
from csm.render.columns import GAP, Column, columns_of, fit, nested_of, pairs_of
from csm.render.folding import cells_wide, folded
from csm.render.listing import Listing, Row, Style
from csm.render.text import visible

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

_PAD: Final = " " * GAP
# One text of a megabyte must not pad every other row to a megabyte: a longer cell pushes the rest of its row aside.
_WIDEST: Final = 200


# --- lists ----------------------------------------------------------------------------------------------------


def table_list(listing: Listing, style: Style, stream: TextIO) -> int:
    """Write a list as a table; return the number of rows."""
    rows = list(listing.rows)
    if listing.title:
        paragraphs([listing.title, ""], style, stream, emphasis="bold")
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
    from rich.text import Text

    table = _grid(_rule_character(style, stream))
    for column, width in placed:
        table.add_column(
            Text(column.heading), width=width, justify="right" if column.right else "left", overflow="fold"
        )
    for number, row in enumerate(rows):
        texts = [
            Text(folded(column.cells[number], width), style=_warning(column, row, listing)) for column, width in placed
        ]
        table.add_row(*texts, style=listing.colour_of(row) if listing.colour_of else None)
    wide = sum(width for _, width in placed) + GAP * (len(placed) - 1)
    _show(table, console(stream, style, at_least=wide))


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
        from rich.text import Text

        longest = max(cells_wide(line) for _, text in pairs for line in text.split("\n"))
        room = longest if style.width is None else min(longest, max(style.width - key - GAP, key))
        table = _grid("-", heading=False)
        table.add_column(width=key, style="bold")
        table.add_column(width=room, overflow="fold")
        for name, text in pairs:
            table.add_row(Text(name), Text(folded(text, room)))
        _show(table, console(stream, style, at_least=key + GAP + room))
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


def _grid(rule: str, *, heading: bool = True) -> Table:
    from rich.box import Box
    from rich.table import Table

    # declared ASCII, as otherwise Rich would draw its own ASCII box, with every edge, on any stream that isn't UTF-8
    blank, head = "    \n", f" {rule * 2} \n"
    box = Box(blank * 2 + head + blank * 5, ascii=True)
    return Table(box=box, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_header=heading)


def _show(renderable: RenderableType, on: Console) -> None:
    """Print without the blanks that Rich fills every line with: they would be copied along from the terminal."""
    from rich.segment import Segment, Segments

    shown: list[Segment] = []
    for line in on.render_lines(renderable, pad=False):
        while line and not line[-1].text.strip():
            line.pop()
        if line:
            last = line.pop()
            shown += [*line, Segment(last.text.rstrip(), last.style)]
        shown.append(Segment.line())
    on.print(Segments(shown), end="")


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
