"""Charts as SVG made from templates of our own: pairs of scores, bars by month, a Pareto chart.

Numbers and words come ready for people; here they get their places. Colours are classes that the page around a chart
gives (`quality_page`), so that a chart is light, dark or printed with it. Lengths are units of the drawing, about a
pixel each: it is as wide as a phone and grows with the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from csm.i18n import say
from csm.render.folding import cells_wide, folded
from csm.render.phrases import in_turn
from csm.render.text import visible

WIDE: Final = 400
# The track of a pair of scores, with room for a written score at both its ends.
TRACK: Final = (44, 356)
PAIR_HIGH: Final = 48
MONTHS_WIDE: Final = 320
# Where the bars of months may stand, between what is written above and below them.
BARS: Final = (22, 104)
# The bars of a Pareto chart; names stand before them, numbers behind.
PLOT: Final = (134, 318)
ROW_HIGH: Final = 36
NAME_CELLS: Final = 20


class Pair(NamedTuple):
    """One dimension: scores as numbers and as text, and the text after its name; scores None if nobody gave any."""

    name: str
    note: str
    expectation: float | None = None
    perception: float | None = None
    text: tuple[str, str] = ("", "")


class Month(NamedTuple):
    """One month of one figure: `value` None is a gap; `few`, that it was made of less than `thin`."""

    name: str
    value: float | None
    text: str
    n: int
    thin: bool = False


class Part(NamedTuple):
    """One row of a Pareto chart; shares are 0 to 1."""

    name: str
    text: str
    cumulated_text: str
    share: float
    cumulated: float


# --- pairs of scores ------------------------------------------------------------------------------------------


def pairs(rows: Sequence[Pair], scale: int, title: str) -> str:
    """Return expectation and perception of each row on a track from 1 to `scale`, the highest score."""
    top = 24
    high = top + PAIR_HIGH * len(rows) + 16
    parts = [
        _circle(8, 8, 6, "expected"),
        _text(20, 12, say("what they expect")),
        _circle(WIDE // 2 + 8, 8, 6, "perceived"),
        _text(WIDE // 2 + 20, 12, say("how they find it")),
    ]
    for score in range(1, scale + 1):
        x = _on_track(score, scale)
        # Short lines behind each track only, so that none runs through what is written above it.
        parts += [
            _line((x, top + PAIR_HIGH * place + 20), (x, top + PAIR_HIGH * place + 42), "grid")
            for place in range(len(rows))
        ]
        parts.append(_text(x, high - 2, str(score), "faint", "middle"))
    for place, row in enumerate(rows):
        parts += _pair(row, top + PAIR_HIGH * place, scale)
    return _svg(WIDE, high, title, in_turn([_pair_text(row) for row in rows]), parts)


def _pair(row: Pair, top: int, scale: int) -> list[str]:
    parts = [_text(0, top + 14, row.name, "strong"), _text(WIDE, top + 14, row.note, "", "end")]
    if row.expectation is None or row.perception is None:
        return parts
    middle = top + 31
    e, p = (_on_track(score, scale) for score in (row.expectation, row.perception))
    # The lower score is written before its mark and the higher behind, so that close ones don't run into each other.
    before, behind = row.text if row.expectation <= row.perception else row.text[::-1]
    return [
        *parts,
        _line((e, middle), (p, middle), "short" if row.perception < row.expectation else "enough"),
        _circle(e, middle, 6, "expected"),
        _circle(p, middle, 4 if abs(e - p) < 4 else 6, "perceived"),
        _text(min(e, p) - 10, middle + 4, before, "", "end"),
        _text(max(e, p) + 10, middle + 4, behind),
    ]


def _pair_text(row: Pair) -> str:
    if row.expectation is None:
        return say("{name}: {value}", name=row.name, value=row.note)
    return say(
        "{name}: expected {expectation}, perceived {perception}, {beside}",
        name=row.name,
        expectation=row.text[0],
        perception=row.text[1],
        beside=row.note,
    )


def _on_track(score: float, scale: int) -> float:
    return TRACK[0] + (TRACK[1] - TRACK[0]) * (score - 1) / (scale - 1)


# --- months ---------------------------------------------------------------------------------------------------


def months(row: Sequence[Month], title: str, *, most: float | None = None) -> str:
    """Return a bar for each month from zero up or down; a month without a value stays empty.

    most: the value of a bar of full height, such as 1 for shares; the greatest there is by default.
    """
    values = [month.value for month in row if month.value is not None]
    low, high = min(0.0, *values, 0.0), max(0.0, *values, most or 0.0)
    span = (high - low) or 1.0
    # what is below zero needs room for its text between its end and the name of the month
    bottom = BARS[1] - (16 if low < 0 else 0)
    zero = BARS[0] + (bottom - BARS[0]) * (high if high > low else 1.0) / span
    slot = MONTHS_WIDE / max(len(row), 1)
    parts = []
    for place, month in enumerate(row):
        middle = slot * (place + 0.5)
        end = None if month.value is None else zero - (bottom - BARS[0]) * month.value / span
        parts += _bar(month, middle, slot, zero, end)
        parts.append(_text(middle, BARS[1] + 16, month.name, "small", "middle"))
        parts.append(_text(middle, BARS[1] + 30, say("n {n}", n=month.n), "small faint", "middle"))
    parts.append(_line((0, zero), (MONTHS_WIDE, zero), "axis"))
    text = in_turn([say("{name}: {value}", name=month.name, value=_month_text(month)) for month in row])
    return _svg(MONTHS_WIDE, BARS[1] + 36, title, text, parts)


def _bar(month: Month, middle: float, slot: float, zero: float, end: float | None) -> list[str]:
    """Return the bar of a month from `zero` to `end` with what it says; a stroke where there is no value."""
    if end is None:
        return [_text(middle, zero - 5, "–", "faint", "middle")]
    look = "bar few" if month.thin else "bar"
    top, tall = min(zero, end), max(abs(zero - end), 1.0)
    return [
        f'<rect class="{look}" x="{_n(middle - slot * 0.28)}" y="{_n(top)}"'
        f' width="{_n(slot * 0.56)}" height="{_n(tall)}"/>',
        _text(middle, end + 14 if (month.value or 0) < 0 else end - 5, month.text, "", "middle"),
    ]


def _month_text(month: Month) -> str:
    return say("{value} (n {n})", value=month.text, n=month.n)


# --- Pareto ---------------------------------------------------------------------------------------------------


def pareto(rows: Sequence[Part], title: str) -> str:
    """Return a bar for each part, the most frequent first, with the line of what they come to together."""
    top = 22
    high = top + ROW_HIGH * len(rows) + 18
    half = WIDE // 2
    parts = [
        '<rect class="bar" x="0" y="3" width="12" height="10"/>',
        _text(18, 12, say("share of all")),
        _line((half, 8), (half + 16, 8), "sum"),
        _circle(half + 8, 8, 3.5, "summed"),
        _text(half + 22, 12, say("together with those above")),
    ]
    for share in (0, 25, 50, 75, 100):
        x = _on_plot(share / 100)
        parts.append(_line((x, top), (x, high - 16), "grid"))
        parts.append(_text(x, high - 3, f"{share}", "small faint", "middle"))
    # The line lies over the bars of all rows.
    points = []
    for place, row in enumerate(rows):
        middle = top + ROW_HIGH * place + ROW_HIGH / 2
        lines = _name_lines(row.name)
        for number, line in enumerate(lines):
            parts.append(_text(0, middle + 4 + 13 * (number - (len(lines) - 1) / 2), line))
        parts.append(
            f'<rect class="bar" x="{PLOT[0]}" y="{_n(middle - 9)}" width="{_n(_on_plot(row.share) - PLOT[0])}"'
            ' height="18"/>'
        )
        parts.append(_text(WIDE, middle - 3, row.text, "", "end"))
        parts.append(_text(WIDE, middle + 11, row.cumulated_text, "faint", "end"))
        points.append((_on_plot(row.cumulated), middle))
    parts.append(f'<polyline class="sum" points="{" ".join(f"{_n(x)},{_n(y)}" for x, y in points)}"/>')
    parts += [_circle(x, y, 3.5, "summed") for x, y in points]
    text = in_turn(
        [say("{name}: {value}, {together}", name=row.name, value=row.text, together=row.cumulated_text) for row in rows]
    )
    return _svg(WIDE, high, title, text, parts)


def _name_lines(name: str) -> list[str]:
    """Return a name on at most two lines; one that is longer ends with a sign, and the description has it whole."""
    lines = folded(visible(name), NAME_CELLS).split("\n")
    if len(lines) <= 2:
        return lines
    second = lines[1]
    while cells_wide(second) > NAME_CELLS - 1:
        second = second[:-1]
    return [lines[0], second + "…"]


def _on_plot(share: float) -> float:
    return PLOT[0] + (PLOT[1] - PLOT[0]) * share


# --- SVG ------------------------------------------------------------------------------------------------------


def _svg(width: int, height: float, title: str, described: str, parts: Iterable[str]) -> str:
    head = (
        f'<svg class="chart" role="img" viewBox="0 0 {width} {_n(height)}" aria-label="{_safe(title)}">'
        f"<title>{_safe(title)}</title><desc>{_safe(described)}</desc>"
    )
    return "\n".join([head, *parts, "</svg>"])


def _text(x: float, y: float, text: str, look: str = "", anchor: str = "") -> str:
    shown = f' class="{look}"' if look else ""
    at = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{shown} x="{_n(x)}" y="{_n(y)}"{at}>{_safe(text)}</text>'


def _line(start: tuple[float, float], end: tuple[float, float], look: str) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<line class="{look}" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"/>'


def _circle(x: float, y: float, r: float, look: str) -> str:
    return f'<circle class="{look}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}"/>'


def _safe(text: str) -> str:
    return escape(visible(text))


def _n(value: float) -> str:
    """Return a length with at most one decimal, as short as it goes."""
    return f"{value:.1f}".removesuffix(".0")
