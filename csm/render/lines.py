"""The lines that pages of several nouns share: parts apart, what to type, facts, a callback, a survey, the head."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TextIO

from csm.domain.kinds import Field, named
from csm.i18n import heading, label, say
from csm.render.cells import human
from csm.render.day.due import subject
from csm.render.folding import cells_wide
from csm.render.layout import Block, Line, Span
from csm.render.listing import Style
from csm.render.phrases import listed, satisfied
from csm.render.table import drawn, rule_sign
from csm.render.text import visible

Record = Mapping[str, Any]


def apart(parts: Sequence[str | None], look: str = "") -> list[Span]:
    """Return parts as `listed` does, each a word or a name that isn't broken in two."""
    return spaced([Span(part, look) for part in parts if part])


def spaced(parts: Sequence[Span]) -> list[Span]:
    """Return spans as one text, each kept whole, commas between them."""
    last = len(parts) - 1
    return [Span(part.text + (say(", ") if place < last else ""), part.look, True) for place, part in enumerate(parts)]


def dotted(marks: Sequence[Span], style: Style, stream: TextIO) -> list[Span]:
    """Return spans as one text, dots between them."""
    dot = Span(f" {drawn('·', '-', style, stream)} ", "faint")
    return [span for mark in marks for span in (dot, mark)][1:]


def command(text: str) -> list[Span]:
    """Return what to type, on a line of its own; nothing of none."""
    return [Span("\n"), Span(text, "command")] if text else []


def ruled(head: Sequence[Line], style: Style, stream: TextIO) -> Block:
    """Return the head of a page over a line as wide as the terminal, elsewhere as the head."""
    longest = max(cells_wide("".join(span.text for span in line.spans)) for line in head)
    rule = rule_sign(style, stream) * (style.width or longest)
    return Block("", [*head, Line("", [Span(rule, "faint")])])


def facts(
    fields: tuple[Field, ...],
    names: Sequence[str],
    row: Record,
    style: Style,
    prefixes: Mapping[str, str],
    usual: Collection[object] = (None,),
) -> Iterator[Line]:
    """Yield what is on record under the names, with its heading, unless it is `usual`; prefixes: of references."""
    for name in names:
        field = named(fields, name)
        if row[name] not in usual:
            text = human(field, style.zone, lines=True)(row[name])
            yield Line(heading(field.heading), [Span(prefixes.get(name, "") + text)])


def callback_line(row: Record, note: str | None) -> Line:
    """Return a callback of a case or a sale: how it stands, and what it notes."""
    marks = [subject(row["purpose"], row["channel"]), label("callback_status", row["status"])]
    if row["satisfaction"]:
        marks.append(satisfied(row["satisfaction"]))
    spans = [Span(listed(marks)), Span(f"  cb{row['id']}", "faint")]
    return Line(row["done_on"] or row["due_on"], [*spans, *([Span("\n" + note)] if note else [])])


def survey_line(row: Record) -> Line:
    """Return what a row of `survey_list` came to: CSAT, NPS, the mean gap, and what was said."""
    parts = [Span(say("about {subject}", subject=visible(row["subject"])))] if row["subject"] else []
    for name, high in (("csat", 5), ("nps", 10)):
        if row[name] is not None:
            text = say("{n} of {high}", n=row[name], high=high)
            parts.append(Span(f"{heading(name.upper())} {text}"))
    if row["gap"] is not None:
        parts.append(Span(f"{heading('gap')} {signed(row['gap'])}"))
    spans = [*spaced(parts), Span(f"{'  ' if parts else ''}su{row['id']}", "faint")]
    if row["comment"]:
        spans.append(Span("\n" + row["comment"]))
    return Line(row["taken_on"], spans)


def signed(gap: float) -> str:
    """Return a gap with its sign and at most two decimals; 0 has none."""
    rounded = round(gap, 2)
    return f"{rounded:+g}" if rounded else "0"
