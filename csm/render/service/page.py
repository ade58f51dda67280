"""A service rendered as a page for people: what was done, for whom, its message, and its checklist item by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, TextIO

from csm.domain.service.record import SERVICE
from csm.i18n import heading, label, say, say_n
from csm.render.day.words import said_day
from csm.render.layout import Block, Line, Span, write_blocks
from csm.render.lines import dotted, facts
from csm.render.listing import Style
from csm.render.phrases import titled
from csm.render.text import visible

# What the page says of a service below its head, where there is something to say.
FACTS: Final = (
    "by",
    "phase",
    "place",
    "technical",
    "paid",
    "cost",
    "minutes",
    "term",
    "regular",
    "sale_id",
    "note",
    "external_id",
)
REFERENCES: Final = {"sale_id": "sa"}
# What costs nothing, was done once and is short-term isn't printed.
USUAL: Final = (None, 0, "short")

Row = Mapping[str, Any]


def write_service(row: Row, checks: Sequence[tuple[str, int]], style: Style, stream: TextIO) -> None:
    """Write one service, `checks` are its items with 1 where met; off the terminal nothing is folded or cut."""
    blocks = [
        Block("", [*_head(row, style, stream)]),
        Block(titled(heading("message")), [*_message(row)]),
        Block(titled(heading("service")), [*facts(SERVICE, FACTS, row, style, REFERENCES, USUAL)]),
        Block(_checklist_title(checks), [_item(item, met) for item, met in checks]),
    ]
    write_blocks(blocks, style, stream)


def _head(row: Row, style: Style, stream: TextIO) -> Iterator[Line]:
    yield Line("", [Span(f"sv{row['id']}  ", "faint"), Span(label("service_kind", row["kind"]), "strong")])
    marks = [Span(f"{row['customer']}  cu{row['customer_id']}"), Span(said_day(date.fromisoformat(row["done_on"])))]
    yield Line("", dotted(marks, style, stream))


def _message(row: Row) -> Iterator[Line]:
    """Yield the message with how it was dealt with, or with the command that does it."""
    if row["message"] is None:
        return
    if row["message_done_on"] is None:
        waits = [Span(row["message"] + "\n"), Span(f"csm service message done {row['id']}", "command")]
        yield Line(say("waits"), waits, "late")
        return
    yield Line(say("said"), [Span(row["message"])])
    name = visible(row["message_done_by"] or "")
    yield Line(
        heading("message dealt with"),
        [Span(f"{said_day(date.fromisoformat(row['message_done_on']))}  {name}".rstrip())],
    )
    if row["message_answer"] is not None:
        yield Line(heading("answer"), [Span(row["message_answer"])])


def _checklist_title(checks: Sequence[tuple[str, int]]) -> str:
    unmet = sum(not met for _, met in checks)
    if not unmet:
        return titled(heading("checks"))
    return say_n("{title}: {n} item not met", "{title}: {n} items not met", unmet, title=titled(heading("checks")))


def _item(item: str, met: int) -> Line:
    text = label("yes_no", "yes" if met else "no")
    return Line(text, [Span(label("check_item", item))], "key" if met else "late")
