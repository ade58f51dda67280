"""Blocks of keys and texts, as cards are made of: folded by Rich's measure on a terminal, whole lines elsewhere.

Knows where a text may be broken, never what it says. Every text is made visible here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TextIO

from csm.domain.value import Value
from csm.render.folding import cells_wide, chopped, pieces
from csm.render.listing import Style
from csm.render.table import console, plainly
from csm.render.text import visible

if TYPE_CHECKING:
    from rich.text import Text

# Rich styles of the looks; without colour every one of them is plain text.
LOOKS: Final = {
    "title": "bold",
    "key": "cyan",
    "strong": "bold",
    "phone": "bold",
    "late": "bold red",
    "command": "green",
    "faint": "dim",
}
INDENT: Final = 2
GAP: Final = 2
BETWEEN: Final = 4
# A key longer than this folds, so that one long name doesn't push every text to the right.
KEY_MOST: Final = 18
TEXT_LEAST: Final = 12


class Span(Value):
    """A piece of text and its look; one that looks like a phone or is `whole` stays on one line where it fits one."""

    text: str
    look: str = ""
    whole: bool = False


class Line(Value):
    """A key and its text, which may have several lines; without a key the text begins at the margin."""

    key: str
    spans: Sequence[Span]
    look: str = "key"


class Block(Value):
    """Lines under a title."""

    title: str
    lines: Sequence[Line]


Spans = list[Span]


def write_blocks(blocks: Sequence[Block], style: Style, stream: TextIO) -> None:
    """Write blocks one below the other; blocks without lines are left out."""
    _write(_set(blocks, style.width), style, stream)


def write_beside(left: Sequence[Block], right: Sequence[Block], style: Style, stream: TextIO, width: int) -> None:
    """Write blocks in two columns, together `width` cells wide, the left one taking three fifths."""
    room = (width - BETWEEN) * 3 // 5
    columns = list(_set(left, room)), list(_set(right, width - BETWEEN - room))
    joined: list[Spans] = []
    for number in range(max(map(len, columns))):
        first, second = (column[number] if number < len(column) else [] for column in columns)
        pad = room + BETWEEN - sum(cells_wide(span.text) for span in first)
        joined.append([*first, Span(" " * pad), *second] if second else first)
    _write(iter(joined), style, stream)


# --- setting --------------------------------------------------------------------------------------------------


def _set(blocks: Sequence[Block], width: int | None) -> Iterator[Spans]:
    """Give the lines of blocks as they are printed, each at most `width` cells wide; None is any length."""
    blocks = [block for block in blocks if block.lines]
    longest = max((cells_wide(visible(line.key)) for block in blocks for line in block.lines), default=0)
    key = min(longest, KEY_MOST if width is None else min(KEY_MOST, width // 3))
    for number, block in enumerate(blocks):
        if number:
            yield []
        if block.title:
            yield from _folded([Span(block.title, "title")], width)
        for line in block.lines:
            yield from _set_line(line, key, width)


def _set_line(line: Line, key: int, width: int | None) -> Iterator[Spans]:
    if not line.key:
        yield from _folded(line.spans, width)
        return
    margin = INDENT + key + GAP
    keys = _folded([Span(visible(line.key), line.look)], None if width is None else key)
    texts = _folded(line.spans, None if width is None else max(width - margin, TEXT_LEAST))
    for number in range(max(len(keys), len(texts))):
        before = keys[number] if number < len(keys) else []
        pad = max(margin - INDENT - sum(cells_wide(span.text) for span in before), GAP)
        yield [Span(" " * INDENT), *before, Span(" " * pad), *(texts[number] if number < len(texts) else [])]


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
    """Give what stays together, its look, and whether the line ends after it."""
    for span in spans:
        parts = visible(span.text, lines=True).split("\n")
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            whole = span.look == "phone" or (span.whole and (width is None or cells_wide(part.rstrip()) <= width))
            for piece in [part] if whole else pieces(part):
                yield piece, span.look, False
            if not last:
                yield "", span.look, True


# --- painting -------------------------------------------------------------------------------------------------


def _write(lines: Iterator[Spans], style: Style, stream: TextIO) -> None:
    if plainly(style):
        for line in lines:
            stream.write("".join(span.text for span in line).rstrip() + "\n")
        return
    texts = [_text(line) for line in lines]
    on = console(stream, style, at_least=max((text.cell_len for text in texts), default=0))
    for text in texts:
        on.print(text, soft_wrap=True)


def _text(line: Spans) -> Text:
    from rich.text import Text

    text = Text.assemble(*[(span.text, LOOKS.get(span.look, "")) for span in line])
    text.rstrip()
    return text
