"""The case file as a record: what json, csv, md and html get; the page for people is
`csm.render.complaint.page`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from csm.domain.callback.record import CALLBACK
from csm.domain.complaint.case import Event
from csm.domain.complaint.page import CaseFile, Clock, Double
from csm.domain.complaint.record import AUTHORITY, COMPLAINT, DEADLINE, EVENT
from csm.domain.kinds import Field
from csm.domain.promise.record import PROMISE
from csm.domain.time.working_hours import utc
from csm.i18n import heading
from csm.render.commands import command_line
from csm.render.complaint.words import FOUR_R
from csm.render.listing import Nested, nested
from csm.render.phrases import for_people, surveys

PREVENTION: Final = (
    Field("id", "id", "integer", shown=1),
    Field("text", "text", shown=1),
    Field("in_charge", "in charge", shown=1),
    Field("due_on", "due", "date", shown=1),
    Field("done_at", "done", "instant", shown=1),
    Field("done_text", "how it ended", shown=2),
)

DOUBLE: Final = (
    Field("id", "id", "integer", shown=1),
    Field("received_at", "received", "instant", shown=1),
    Field("by", "by", shown=1),
    Field("caller", "caller", shown=1),
    Field("caller_phone", "caller's phone", "phone", shown=1),
    Field("summary", "summary", shown=1),
    Field("details", "details", shown=2),
    Field("words", "words", shown=2),
)

Row = Mapping[str, Any]


def case_record(file: CaseFile, *, people: bool = False) -> tuple[tuple[Field, ...], dict[str, Any]]:
    """Return the case file for `write_record`: every field of a complaint, then what belongs to it, by kind.

    people: it is for md or html.
    """
    promises: tuple[Sequence[Field], Sequence[Row]] = (PROMISE, [_of_promise(row, file) for row in file.promises])
    events = [(utc(event.at), event.by, event.step, _in_short(event), event.level) for event in file.events]
    deadlines = [_deadline(clock) for clock in file.clocks]
    return COMPLAINT, {
        **file.complaint,
        "step_number": file.step_number,
        "next_command": command_line(file.next_action, file.id),
        "four_r": dict(zip(map(heading, FOUR_R) if people else FOUR_R, file.four_r, strict=True)),
        "events": Nested(EVENT, events),
        "deadlines": Nested(DEADLINE, deadlines),
        "promises": nested(*(for_people(*promises) if people else promises)),
        "preventions": nested(PREVENTION, file.preventions),
        "callbacks": nested(CALLBACK, file.callbacks),
        "surveys": surveys(file.surveys),
        "sale": _sale(file),
        "doubles": nested(DOUBLE, [_double(one) for one in file.doubles]),
        "authority": _authority(file, people=people),
    }


def _authority(file: CaseFile, *, people: bool) -> dict[str, Any] | Nested:
    """Return what counts against the limit of whoever decides, and who may; for programs in units of the currency."""
    decision = file.decision
    if people:
        amounts = decision.given, decision.proposed, decision.total, str(decision.needed), file.limit
        return Nested(AUTHORITY, [(*amounts, ";".join(file.deciders))])
    return {
        "given": decision.given / 100,
        "proposed": decision.proposed / 100,
        "total": decision.total / 100,
        "level": decision.needed,
        "limit": None if file.limit is None else file.limit / 100,
        "deciders": file.deciders,
    }


def _sale(file: CaseFile) -> dict[str, Any] | None:
    """Return what the case is about and what is still guaranteed of it, None where it is about no sale."""
    if file.sale is None:
        return None
    told = {name: file.sale[name] for name in ("id", "product", "line", "sold_on", "delivered_on")}
    until = {one.kind: one.until for one in file.guarantees if one.holds and one.until is not None}
    return {**told, "guaranteed_until": {kind: day.isoformat() for kind, day in until.items()}}


def _double(one: Double) -> dict[str, Any]:
    row = one.complaint
    words = "\n".join(f"{utc(event.at)} {event.by} {event.step}: {event.text}" for event in one.words)
    return {**row, "by": one.by, "caller": row["caller"] or row["contact"], "words": words or None}


def _in_short(event: Event) -> str | None:
    """Return the text of an event; for one without words what it is about, in stable English."""
    data = event.data
    if event.text is not None:
        return event.text
    if event.step == "correct":
        return "; ".join(f"{name}: {data['before'].get(name)} -> {value}" for name, value in data["after"].items())
    if "clock" in data:
        return f"promise pr{data['number']}" if data["clock"] == "promise" else str(data["clock"])
    if data.get("triggers"):
        return ", ".join(data["triggers"])
    return f"satisfaction {data['satisfaction']}" if data.get("how") == "satisfaction" else None


def _deadline(clock: Clock) -> list[Any]:
    one = clock.deadline
    values = {
        "clock": one.clock,
        "due": utc(one.due),
        "met_at": None if one.met is None else utc(one.met),
        "missed": int(one.missed),
        "round": one.round,
        "start_at": utc(one.start),
        "target": one.target,
        "standing": one.standing,
    }
    return [values[field.name] for field in DEADLINE]


def _of_promise(row: Row, file: CaseFile) -> Row:
    """Return a stored promise with what a list of promises says in addition."""
    more = {"customer": file.complaint["customer"], "compensation": row.get("compensation_cents")}
    return {**more, **row}
