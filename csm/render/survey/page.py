"""A survey as a page for people: whose, its dimensions with their gaps, its items, and the other answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, TextIO

from csm.domain.kinds import named
from csm.domain.survey.record import SURVEY
from csm.domain.survey.scores import CODES, DIMENSIONS, NEGATIVE, RANGES, gaps, mean_gap
from csm.i18n import heading, label, say
from csm.render.cells import number
from csm.render.day.words import said_day
from csm.render.layout import Block, Line, Span, write_blocks
from csm.render.lines import dotted, facts, signed
from csm.render.listing import Style
from csm.render.phrases import titled
from csm.render.text import visible

# What the page says below the answers, where there is something to say.
FACTS: Final = ("weights", "complaint_id", "comment", "external_id", "created_by")
REFERENCES: Final = {"complaint_id": "cp"}

Row = Mapping[str, Any]
# A line of scores: what it is of, its cells, and what is printed with them.
Scored = tuple[str, Sequence[str], str]


def write_survey(row: Row, style: Style, stream: TextIO) -> None:
    """Write one survey, `row` has the fields of SURVEY; off the terminal nothing is folded or cut."""
    blocks = [
        Block("", [*_head(row, style, stream)]),
        Block(titled(heading("dimensions")), _columns([*_dimensions(row)])),
        Block(titled(heading("items")), _columns([*_items(row)])),
        Block(titled(heading("answers")), [*_answers(row)]),
        Block(titled(heading("survey")), [*facts(SURVEY, FACTS, row, style, REFERENCES)]),
    ]
    write_blocks(blocks, style, stream)


def _head(row: Row, style: Style, stream: TextIO) -> Iterator[Line]:
    """Yield the reference with whose survey it is, then the day, who answered and how far the scores go."""
    who = [Span(f"su{row['id']}  ", "faint")]
    if row["customer"] is not None:
        who += [Span(visible(row["customer"]), "strong"), Span(f"  cu{row['customer_id']}")]
    else:
        who.append(Span(label("respondent", row["respondent"]), "strong"))
    yield Line("", who)
    parts = [said_day(date.fromisoformat(row["taken_on"]))]
    if row["respondent"] == "manager" and row["customer"] is not None:
        parts.append(label("respondent", "manager"))
    if row["subject"] is not None:
        parts.append(say("about {subject}", subject=visible(row["subject"])))
    parts.append(say("scores from 1 to {scale}", scale=row["scale"]))
    yield Line("", dotted([Span(part) for part in parts], style, stream))


# --- scores -------------------------------------------------------------------------------------------------------


def _dimensions(row: Row) -> Iterator[Scored]:
    """Yield each dimension that was scored, and below them the mean of their gaps."""
    found = gaps(row)
    for name in DIMENSIONS:
        e, p = row[f"{name}_e"], row[f"{name}_p"]
        if e is not None or p is not None:
            yield label("dimension", name), _cells(e, p, found.get(name)), ""
    mean = mean_gap(row)
    if mean is not None and len(found) > 1:
        yield heading("mean"), _cells(None, None, mean), ""


def _items(row: Row) -> Iterator[Scored]:
    """Yield each item that was scored as on the form; its gap is that after reversal."""
    for code in CODES:
        e, p = row[f"{code}_e"], row[f"{code}_p"]
        if e is not None or p is not None:
            negative = bool(row["reverse"]) and code in NEGATIVE
            gap = None if e is None or p is None else e - p if negative else p - e
            yield code, _cells(e, p, gap), say("put in the negative") if negative else ""


def _cells(e: float | None, p: float | None, gap: float | None) -> list[str]:
    scores = ["" if score is None else number(round(score, 2)) for score in (e, p)]
    return [*scores, "" if gap is None else signed(gap)]


def _columns(scored: Sequence[Scored]) -> list[Line]:
    """Return lines of scores under their headings."""
    if not scored:
        return []
    lines = [(" ", [heading("expectation"), heading("perception"), heading("gap")], ""), *scored]
    return [Line(key, [Span(text, "faint")], cells=cells) for key, cells, text in lines]


# --- the other answers ---------------------------------------------------------------------------------------------


def _answers(row: Row) -> Iterator[Line]:
    for name, (_, high) in RANGES.items():
        if row[name] is not None:
            text = say("{n} of {high}", n=row[name], high=high)
            yield Line(heading(named(SURVEY, name).heading), [Span(text)])
