"""The screen: what is shown on a terminal is a `rich.table.Table`, printed by a console that reads nothing as markup.

The one module that imports Rich; off a terminal it isn't loaded, as Rich takes longer than all the rest of a command.
Cells come folded to the widths of their columns, and their texts made visible: Rich neither breaks nor cuts Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO

from rich.box import Box
from rich.console import Console, Group, RenderableType
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from csm.render.listing import Style
from csm.render.looks import LOOKS, style_of


class Column(NamedTuple):
    """A column of a grid: its width in cells, whether its cells end together, and its heading, folded."""

    width: int
    right: bool = False
    heading: str = ""


def console(stream: TextIO, style: Style, *, at_least: int = 0) -> Console:
    """Return the Rich console for `stream`, with room for `at_least` so many cells. It reads nothing as markup."""
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


def grid(
    columns: Sequence[Column],
    rows: Iterable[Iterable[RenderableType]],
    *,
    gap: int,
    rule: str = "",
    title: Text | None = None,
) -> Table:
    """Return a table of cells that fit their columns; with `rule`, a sign, its headings stand above a line of it."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="",
        # said to be ASCII, so that Rich leaves the sign that the stream can write
        box=Box(f"    \n    \n {rule}{rule} \n" + "    \n" * 5, ascii=True) if rule else None,
        # the box draws one blank between two columns itself
        padding=(0, gap - bool(rule), 0, 0),
        pad_edge=False,
        show_edge=False,
        show_header=bool(rule),
        header_style="",
        border_style=LOOKS["rule"],
    )
    for column in columns:
        # "crop" is never done, as everything fits; "ignore" would leave numbers at their left
        table.add_column(
            Text(column.heading, style=LOOKS["heading"]),
            width=column.width,
            justify="right" if column.right else "left",
            no_wrap=True,
            overflow="crop",
        )
    for row in rows:
        table.add_row(*row)
    return table


def cell(text: str, look: str = "") -> Text:
    """Return a folded text as a cell."""
    return Text(text, style=style_of(look))


def cell_of(lines: Sequence[Iterable[tuple[str, str]]]) -> Text:
    """Return lines of texts, each with its look, as a cell."""
    parts = [[*line, ("\n", "")] for line in lines]
    return Text.assemble(*[(text, style_of(look)) for line in parts for text, look in line][:-1])


def beside(left: Sequence[RenderableType], right: Sequence[RenderableType], widths: Sequence[int], gap: int) -> Table:
    """Return two columns, each of parts one below the other."""
    return grid([Column(width) for width in widths], [[Group(*left), Group(*right)]], gap=gap)


def show(parts: Sequence[RenderableType], style: Style, stream: TextIO) -> None:
    """Print parts one below the other, without blanks at the ends of lines: they would be copied along."""
    on = console(stream, style, at_least=max(map(_width, parts), default=0))
    options = on.options.update(no_wrap=True, overflow="ignore")
    on.print(Segments(_trimmed(on.render(Group(*parts), options))), end="", soft_wrap=True)


def _width(part: RenderableType) -> int:
    """Return how many cells wide a part is."""
    if isinstance(part, Table):
        boxed = part.padding[1] + (part.box is not None)
        return sum(column.width or 0 for column in part.columns) + boxed * (len(part.columns) - 1)
    return part.cell_len if isinstance(part, Text) else 0


def _trimmed(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Give segments without blanks at the ends of lines, and without looks of blanks between texts."""
    for line in Segment.split_lines(segments):
        while line and not line[-1].text.strip():
            line.pop()
        if line:
            line[-1] = Segment(line[-1].text.rstrip(), line[-1].style)
        yield from Segment.simplify([part if part.text.strip() else Segment(part.text) for part in line])
        yield Segment.line()
