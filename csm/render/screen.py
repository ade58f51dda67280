"""The screen: what is shown on a terminal is a `rich.table.Table`, printed by a console that reads nothing as markup.

The one module that imports Rich; off a terminal it isn't loaded, as Rich takes longer than all the rest of a command.
Cells come folded to the widths of their columns, and their texts made visible: Rich neither breaks nor cuts Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TextIO

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from csm.render.listing import Style
from csm.render.looks import LOOKS, style_of

__all__ = ["Cell", "Column", "RenderableType", "Table", "cell", "console", "grid", "markdown", "show", "side_by_side"]


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


def markdown(text: str, style: Style, stream: TextIO) -> str:
    """Return a text of markdown as lines for the terminal of `stream`."""
    from rich.markdown import Markdown

    on = console(stream, style)
    # Rich's own look of code is on black, whatever the ground of the terminal.
    with on.use_theme(Theme({"markdown.code": "bold"})), on.capture() as captured:
        on.print(Markdown(text))
    # Rich fills lines up with blanks, which would be copied along, and puts more than one empty line around a table.
    lines = "\n".join(line.rstrip() for line in captured.get().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


class _Gaps(Box):
    """A box of nothing but blanks between columns and a rule under headings; padding would take twice the time.

    It says it is ASCII, so that Rich leaves the sign of the rule, which the stream can write.
    """

    def __init__(self, gap: int, rule: str) -> None:
        super().__init__("    \n" * 8, ascii=True)
        self.head_vertical = self.mid_vertical = self.foot_vertical = " " * gap
        self.head_row_horizontal, self.head_row_cross = rule, rule * gap


def grid(
    columns: Sequence[Column],
    rows: Iterable[Iterable[RenderableType]],
    *,
    gap: int,
    rule: str = "",
    title: str = "",
) -> Table:
    """Return a table of cells that fit their columns; with `rule`, a sign, its headings stand above a line of it."""
    table = Table(
        title=Text(title, style=LOOKS["title"]) if title else None,
        title_justify="left",
        title_style="",
        box=_Gaps(gap, rule),
        padding=0,
        show_edge=False,
        show_header=bool(rule),
        header_style="",
        border_style=LOOKS["rule"],
    )
    for column in columns:
        justify: Literal["left", "right"] = "right" if column.right else "left"
        table.add_column(cell(column.heading, "heading"), width=column.width, justify=justify)
    for row in rows:
        table.add_row(*row)
    return table


class Cell:
    """Folded lines of texts, each with its look; Rich's own Text would look for places to fold them again."""

    def __init__(self, lines: Sequence[Sequence[tuple[str, str]]]) -> None:
        self.lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for line in self.lines:
            if options.justify == "right":
                yield Segment(" " * (options.max_width - sum(cell_len(text) for text, _ in line)))
            for text, look in line:
                yield Segment(text, console.get_style(style_of(look)) if look else None)
            yield Segment.line()


def cell(text: str, look: str = "") -> Cell:
    """Return a folded text as a cell."""
    return Cell([[(line, look)] for line in text.split("\n")])


def side_by_side(
    left: Sequence[RenderableType], right: Sequence[RenderableType], widths: Sequence[int], gap: int
) -> Table:
    """Return two columns, each of parts one below the other."""
    return grid([Column(width) for width in widths], [[Group(*left), Group(*right)]], gap=gap)


def show(parts: Sequence[RenderableType], style: Style, stream: TextIO) -> None:
    """Print parts one below the other, without blanks at the ends of lines: they would be copied along."""
    on = console(stream, style, at_least=max(map(_width, parts), default=0))
    options = on.options.update(no_wrap=True, overflow="ignore")
    on.print(Segments(_trimmed(on.render(Group(*parts), options))), end="", soft_wrap=True)


def _width(part: RenderableType) -> int:
    """Return how many cells wide a table is; what isn't one is never cut."""
    if not (isinstance(part, Table) and part.box):
        return 0
    return sum(column.width or 0 for column in part.columns) + len(part.box.head_vertical) * (len(part.columns) - 1)


def _trimmed(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield segments without blanks at the ends of lines, and without looks of blanks between texts."""
    for line in Segment.split_lines(segments):
        while line and not line[-1].text.strip():
            line.pop()
        if line:
            line[-1] = Segment(line[-1].text.rstrip(), line[-1].style)
        yield from Segment.simplify([part if part.text.strip() else Segment(part.text) for part in line])
        yield Segment.line()
