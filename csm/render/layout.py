"""Blocks of keys and texts, as cards are made of: grids of Rich's on a terminal, whole lines elsewhere.

Knows where a text may be broken, never what it says. Every text is made visible here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final, TextIO

from csm.domain.value import Value
from csm.render.folding import cells_wide, chopped, pieces
from csm.render.listing import Style
from csm.render.table import plainly
from csm.render.text import visible

if TYPE_CHECKING:
    from csm.render.screen import RenderableType, Table

INDENT: Final = 2
GAP: Final = 2
BETWEEN: Final = 4
# From this many columns on a page has two.
WIDE: Final = 120
# A key longer than this folds, so that one long name doesn't push every text to the right.
KEY_MOST: Final = 18
TEXT_LEAST: Final = 12
# A wide character needs as much.
KEY_LEAST: Final = 2


class Span(Value):
    """A piece of text and its look; one that looks like a phone or is `whole` stays on one line where it fits one."""

    text: str
    look: str = ""
    whole: bool = False


class Line(Value):
    """A key and its text, which may have several lines; without a key the text begins at the margin.

    cells: short texts between key and text, in columns of their own, whose ends stand together.
    """

    key: str
    spans: Sequence[Span]
    look: str = "key"
    cells: Sequence[str] = ()


class Block(Value):
    """Lines under a title."""

    title: str
    lines: Sequence[Line]


Spans = list[Span]
# The lines of a cell, each as wide as its column at most.
Cell = Sequence[Spans]


def write_blocks(blocks: Sequence[Block], style: Style, stream: TextIO) -> None:
    """Write blocks one below the other; blocks without lines are left out."""
    if plainly(style):
        stream.write("\n".join(_plain_blocks([block for block in blocks if block.lines])))
        return
    from csm.render import screen

    screen.show(_parts(blocks, style.width), style, stream)


def write_page(
    top: Sequence[Block],
    left: Sequence[Block],
    right: Sequence[Block],
    in_turn: Sequence[Block],
    style: Style,
    stream: TextIO,
) -> None:
    """Write what is on top, and below it two columns, the left one taking three fifths, or the blocks in turn."""
    if style.width is None or style.width < WIDE:
        write_blocks([*top, *in_turn], style, stream)
        return
    from csm.render import screen

    write_blocks(top, style, stream)
    stream.write("\n")
    room = (style.width - BETWEEN) * 3 // 5
    widths = (room, style.width - BETWEEN - room)
    parts = [_parts(blocks, width) for blocks, width in zip((left, right), widths, strict=True)]
    screen.show([screen.side_by_side(parts[0], parts[1], widths, BETWEEN)], style, stream)


def _key_width(blocks: Sequence[Block], width: int | None) -> int:
    """Return how wide the keys of blocks are; where lines have any length, a longer one pushes its text aside."""
    longest = max((cells_wide(visible(line.key)) for block in blocks for line in block.lines), default=0)
    return min(longest, KEY_MOST if width is None else max(min(KEY_MOST, width // 3), KEY_LEAST))


def _cell_widths(block: Block) -> list[int]:
    """Return how wide the cells between the keys and texts of a block are."""
    return [max(map(cells_wide, column)) for column in zip(*(line.cells for line in block.lines), strict=True)]


# --- off the terminal -----------------------------------------------------------------------------------------


def _plain_blocks(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield each block as its lines, of any length."""
    key = _key_width(blocks, None)
    for block in blocks:
        widths = _cell_widths(block)
        lines = [visible(block.title, lines=True)] if block.title else []
        for line in block.lines:
            cells = [" " * (width - cells_wide(text)) + text for text, width in zip(line.cells, widths, strict=True)]
            text = (" " * GAP).join([*cells, "".join(visible(span.text, lines=True) for span in line.spans)])
            margin = " " * (INDENT + key + GAP) if line.key else ""
            head = " " * INDENT + visible(line.key) + " " * GAP if line.key else ""
            lines.append((head + " " * (len(margin) - cells_wide(head)) + text).replace("\n", "\n" + margin))
        yield "".join(one.rstrip() + "\n" for text in lines for one in text.split("\n"))


# --- on a terminal --------------------------------------------------------------------------------------------


def _parts(blocks: Sequence[Block], width: int | None) -> list[RenderableType]:
    """Return blocks as tables of at most `width` cells, with a blank line between two blocks; None is any width."""
    blocks = [block for block in blocks if block.lines]
    usual = _key_width(blocks, width)

    def key_of(line: Line) -> int:
        return max(usual, cells_wide(visible(line.key)) if width is None else 0) if line.key else 0

    parts: list[RenderableType] = []
    for number, block in enumerate(blocks):
        if number:
            parts.append("")
        title = _folded([Span(block.title)], width) if block.title else []
        for key, lines in groupby(block.lines, key_of):
            if key:
                parts.append(_grid(list(_keyed_rows(block, lines, key, width)), title, INDENT + key))
            else:
                parts.append(_grid([[_folded(line.spans, width)] for line in lines], title))
            title = []
    return parts


def _keyed_rows(block: Block, lines: Iterable[Line], key: int, width: int | None) -> Iterator[list[Cell]]:
    """Yield the cells of each line: its key behind a margin, what stands between, its text in the room that is left."""
    between = _cell_widths(block)
    used = INDENT + key + GAP + sum(between) + GAP * len(between)
    for line in lines:
        keys = _folded([Span(visible(line.key), line.look)], None if width is None else key)
        yield [
            [[Span(" " * INDENT), *spans] for spans in keys],
            *[[[Span(text)]] for text in line.cells],
            _folded(line.spans, None if width is None else max(width - used, TEXT_LEAST)),
        ]


def _grid(rows: Sequence[Sequence[Cell]], title: Cell, first: int = 0) -> Table:
    """Return rows of cells as a grid, its columns as wide as what stands in them, the first one at least `first`."""
    from csm.render import screen

    widths = [max(map(_widest, column)) for column in zip(*rows, strict=True)]
    widths[0] = max(widths[0], first)
    # Rich doesn't let a title be wider than what stands under it
    widths[-1] = max(widths[-1], _widest(title) - sum(widths[:-1]))
    last = len(widths) - 1
    columns = [screen.Column(width, right=0 < place < last) for place, width in enumerate(widths)]
    cells = (
        [screen.Cell([[(span.text, span.look) for span in line] for line in cell]) for cell in row] for row in rows
    )
    over = "\n".join("".join(span.text for span in line) for line in title)
    return screen.grid(columns, cells, gap=GAP, title=over)


def _widest(cell: Cell) -> int:
    return max((sum(cells_wide(span.text) for span in line) for line in cell), default=0)


# --- folding --------------------------------------------------------------------------------------------------


def _folded(spans: Sequence[Span], width: int | None) -> list[Spans]:
    """Return spans as lines of at most `width` cells, broken between words and between wide characters."""
    lines: list[Spans] = [[]]
    used = 0
    for piece, look, ends in _pieces(spans, width):
        parts = [piece]
        # blanks may stand over the edge, where they aren't seen, and begin no line of their own
        if width is not None and piece.strip() and used + cells_wide(piece.rstrip()) > width:
            if used:
                lines.append([])
                used = 0
            parts = chopped(piece, width)
        for part in parts[:-1]:
            _put(lines[-1], part, look)
            lines.append([])
        _put(lines[-1], parts[-1], look)
        used += cells_wide(parts[-1])
        if ends:
            lines.append([])
            used = 0
    for line in lines:
        if line:
            line[-1] = Span(line[-1].text.rstrip(), line[-1].look)
    return lines


def _put(line: Spans, text: str, look: str) -> None:
    if line and line[-1].look == look:
        line[-1] = Span(line[-1].text + text, look)
    else:
        line.append(Span(text, look))


def _pieces(spans: Sequence[Span], width: int | None) -> Iterator[tuple[str, str, bool]]:
    """Yield what stays together, its look, and whether the line ends after it."""
    for span in spans:
        parts = visible(span.text, lines=True).split("\n")
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            whole = span.look == "phone" or (span.whole and (width is None or cells_wide(part.rstrip()) <= width))
            for piece in [part] if whole else pieces(part):
                yield piece, span.look, False
            if not last:
                yield "", span.look, True
