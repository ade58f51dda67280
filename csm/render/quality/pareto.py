"""What most complaints are about, for people: a compact table each, with bars that need no colour to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TextIO

from csm.domain.kinds import Field
from csm.domain.quality.complaints import Pareto, Unmet
from csm.domain.quality.record import PARETO, UNMET
from csm.i18n import heading, label, say, say_n
from csm.render.bars import bar
from csm.render.folding import cells_wide, chopped
from csm.render.listing import Listing, Style
from csm.render.phrases import titled
from csm.render.table import Grid, drawn, plainly, write_grid
from csm.render.text import visible

# The headings of what complaints are grouped by; those whose values are terms are terms of the same name.
_HEADINGS: Final = {
    "content": "content",
    "problem": "problem",
    "cause": "cause",
    "owner": "in charge",
    "staff": "about staff",
}
_TERMS: Final = ("content", "problem", "cause")
# Rows shown of each; in a long list of names the rest is one line.
MOST_ROWS: Final = 8
_NAME: Final = 30
# Cells of the numbers next to a name, and of the bar behind them: with a blank before each and two before the bar, 79.
_CELLS: Final = (6, 8, 10)
_BAR: Final = 20

# A row as it is shown: name, the texts next to it, and the share that its bar stands for, None without one.
Line = tuple[str, Sequence[str], float | None]


def write_paretos(found: Sequence[Pareto], unmet: Sequence[Unmet], style: Style, stream: TextIO) -> None:
    """Write all of it that says anything, with a blank line before each; nothing where there is nothing."""
    for one in found:
        if any(row.name is not None for row in one.rows):
            head = [heading(text) for text in (_HEADINGS[one.by], "n", "share", "cumulated")]
            _write(head, list(_rows(one)), style, stream)
    if unmet:
        lines: list[Line] = [
            (
                visible(label("check_item", item.item)),
                (str(item.not_met), str(item.ticked), _percent(item.share)),
                item.share,
            )
            for item in unmet[:MOST_ROWS]
        ]
        lines += _rest(len(unmet) - MOST_ROWS)
        head = [heading(text) for text in ("checklist items not met", "not met", "ticked", "share")]
        _write(head, lines, style, stream)


def pareto_listings(found: Sequence[Pareto], unmet: Sequence[Unmet]) -> list[Listing]:
    """Return the same as lists without bars, whole, for pages and documents."""
    made = [
        Listing(
            (Field("name", _HEADINGS[one.by], shown=1), *PARETO[1:]),
            [(_name(one.by, row.name), row.n, row.share, row.cumulated) for row in one.rows],
            title=titled(heading(_HEADINGS[one.by])),
        )
        for one in found
        if any(row.name is not None for row in one.rows)
    ]
    if unmet:
        items = [(item.item, item.not_met, item.ticked, item.share) for item in unmet]
        made.append(Listing(UNMET, items, title=titled(heading("checklist items not met"))))
    return made


def _rows(one: Pareto) -> Iterator[Line]:
    for row in one.rows[:MOST_ROWS]:
        yield _name(one.by, row.name), (str(row.n), _percent(row.share), _percent(row.cumulated)), row.share
    yield from _rest(len(one.rows) - MOST_ROWS)


def _rest(left: int) -> list[Line]:
    return [(say_n("... and {n} more", "... and {n} more", left), (), None)] if left > 0 else []


def _name(by: str, value: str | None) -> str:
    if value is None:
        return say("not said")
    return label(by, value) if by in _TERMS else visible(value)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _write(head: Sequence[str], lines: Sequence[Line], style: Style, stream: TextIO) -> None:
    """Write a table of at most 80 columns; a name is cut where it is too long."""
    plain = drawn("█", "#", style, stream) == "#"
    rows = [
        [
            (_cut(name, style), ""),
            *[(cell, "") for cell in cells],
            *[("", "")] * (len(_CELLS) - len(cells)),
            ("" if share is None else " " + bar(share, _BAR, ascii_only=plain), "bar"),
        ]
        for name, cells, share in lines
    ]
    stream.write("\n")
    write_grid(Grid((_NAME, *_CELLS, 1 + _BAR), rows, (1, 2, 3), (*head, ""), gap=1), style, stream)


def _cut(name: str, style: Style) -> str:
    if cells_wide(name) <= _NAME:
        return name
    start = chopped(name, _NAME - len("..."))[0]
    return (start if plainly(style) else start.rstrip()) + "..."
