"""The case file as a page for people, and as a record for programs.

What stands where is decided here, and how what an event holds is said; `layout` folds, paints and makes it visible.
The page answers what we knew, when, and what we did about it, and names the four Rs (source: handbook 6.7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TextIO

from csm.domain.case_file import CaseFile, Clock
from csm.domain.complaint import POLICY, STEPS, Event
from csm.domain.instant import Zone
from csm.domain.money import group_cents
from csm.domain.records import CALLBACK, COMPLAINT, DEADLINE, EVENT, PROMISE, Field, named
from csm.domain.working_hours import epoch, utc
from csm.i18n import heading, label, marked, say, say_n
from csm.render.cells import human
from csm.render.days import weekday
from csm.render.due import subject
from csm.render.folding import cells_wide
from csm.render.layout import Block, Line, Span, write_beside, write_blocks
from csm.render.listing import Nested, Style
from csm.render.table import drawn
from csm.render.text import visible

# From this many columns on the facts stand beside the time line.
WIDE: Final = 120
LEVELS: Final = (
    marked("front line"),
    marked("dedicated manager"),
    marked("department head"),
    marked("general manager"),
)
FOUR_R: Final = ("regret", "reform", "restitution", "remedy")
LATE_STATES: Final = ("met-late", "late", "late-waiting")
PREVENTION: Final = (
    Field("id", "id", "integer", shown=1),
    Field("text", "text", shown=1),
    Field("in_charge", "in charge", shown=1),
    Field("due_on", "due", "date", shown=1),
    Field("done_at", "done", "instant", shown=1),
    Field("done_text", "how it ended", shown=2),
)
_MINUTE: Final = 60
_HOUR: Final = 3600

Row = Mapping[str, Any]


def write_case(file: CaseFile, style: Style, stream: TextIO) -> None:
    """Write the case file as one page; off the terminal nothing is folded or cut."""
    zone = style.zone
    head = _head(file, style, stream)
    longest = max(cells_wide("".join(span.text for span in line.spans)) for line in head)
    rule = drawn("─", "-", style, stream) * (style.width or longest)
    top = [
        Block("", [*head, Line("", [Span(rule, "faint")])]),
        Block(_title(heading("what to do next")), list(_next(file, zone))),
    ]
    case = [
        Block(_title(heading("the case")), list(_facts(file, zone))),
        Block(_title(heading("clocks")), list(_clocks(file, zone))),
    ]
    line = [Block(_title(heading("time line")), list(_time_line(file.events, zone)))]
    end = [
        Block(_title(heading("four Rs")), _four_r(file)),
        Block(_title(heading("promises")), [_promise(row, file.now, zone) for row in file.promises]),
        Block(_title(heading("preventions")), [_prevention(row, zone) for row in file.preventions]),
        Block(_title(heading("callbacks")), [_callback(row) for row in file.callbacks]),
    ]
    if style.width is not None and style.width >= WIDE:
        write_blocks(top, style, stream)
        stream.write("\n")
        write_beside(line, [*case, *end], style, stream, style.width)
    else:
        write_blocks([*top, *case, *line, *end], style, stream)


# --- words that the coach says too --------------------------------------------------------------------------------


def moment(at: int, zone: Zone) -> str:
    """Return an instant with its weekday, `2026-11-21 Saturday 15:30`."""
    local = zone.wall(at)
    return say("{day} {weekday} {time}", day=f"{local:%Y-%m-%d}", weekday=weekday(local.date()), time=f"{local:%H:%M}")


def span(seconds: int, *, up: bool = False) -> str:
    """Return working seconds as hours and minutes; a begun minute counts with `up`, else only whole ones."""
    minutes = (seconds + _MINUTE - 1 if up else seconds) // _MINUTE
    hours, rest = divmod(minutes, _HOUR // _MINUTE)
    if not hours:
        return say("{minutes} min", minutes=rest)
    return say("{hours} h {minutes} min", hours=hours, minutes=rest) if rest else say("{hours} h", hours=hours)


def clock_name(clock: str, number: int = 1) -> str:
    """Return the name of a clock, with its round from the second on."""
    name = label("clock", clock)
    return name if number == 1 else say("{clock} {n}", clock=name, n=number)


def level_name(level: int) -> str:
    """Return a level of the ladder by number and name (source: handbook 14)."""
    return say("level {n}, {name}", n=level, name=say(LEVELS[level]))


def next_clock(file: CaseFile) -> Clock | None:
    """Return the clock that runs out next, None where none runs."""
    running = [clock for clock in file.clocks if clock.deadline.standing == "running"]
    return min(running, key=lambda clock: clock.deadline.due, default=None)


def standing(clock: Clock, zone: Zone) -> Span:
    """Return how a clock stands, in words; lateness has a look of its own besides."""
    deadline = clock.deadline
    late, left = span(clock.late, up=True), span(clock.left)
    if clock.state in ("met", "met-late") and deadline.met is not None:
        met = moment(deadline.met, zone)
        if clock.state == "met":
            return Span(say("met {when}, in time", when=met))
        return Span(say("met {when}, {span} late", when=met, span=late), "late")
    if clock.state == "running":
        return Span(say("{span} left", span=left))
    if clock.state == "late":
        return Span(say("late by {span}", span=late), "late")
    if clock.state == "waiting":
        return Span(say("stands still while the customer is waited for, {span} left", span=left))
    if clock.state == "late-waiting":
        return Span(say("late by {span}, stands still while the customer is waited for", span=late), "late")
    return Span(say("stopped, nothing more to do"))


def _title(said: str) -> str:
    return said[:1].upper() + said[1:]


def _command(text: str) -> list[Span]:
    return [Span("\n"), Span(text, "command")] if text else []


def _listed(parts: Sequence[str | None]) -> str:
    return say(", ").join(part for part in parts if part)


def _pair(name: str, value: str) -> str:
    return say("{name}: {value}", name=name, value=value)


def _person(name: str) -> str:
    return say("by policy") if name == POLICY else visible(name)


def _satisfaction(n: int) -> str:
    return say("satisfaction {n} of 5", n=n)


# --- head ---------------------------------------------------------------------------------------------------------


def _head(file: CaseFile, style: Style, stream: TextIO) -> list[Line]:
    """Return what it is about, then whose and what kind of case, then who handles it."""
    row, case = file.complaint, file.case
    first = [Span(f"cp{file.id}  ", "faint"), Span(visible(row["summary"]), "strong")]
    second = [
        Span(visible(row["customer"]) + f"  cu{row['customer_id']}"),
        Span(label("complaint_level", case.level)),
        Span(label("severity", case.severity)),
        Span(label("case_status", case.status), "strong"),
        Span(level_name(case.escalation_level)),
    ]
    if row["overdue"]:
        second.append(Span(heading("overdue"), "late"))
    third = [
        Span(_pair(heading(named(COMPLAINT, name).heading), human(named(COMPLAINT, name), style.zone)(value)))
        for name, value in (("owner", case.owner), ("department", case.department), ("route", case.route))
        if value
    ]
    dot = Span(f" {drawn('·', '-', style, stream)} ", "faint")
    lines = [[between for mark in marks for between in (dot, mark)][1:] for marks in (second, third) if marks]
    return [Line("", first), *[Line("", spans) for spans in lines]]


# --- what to do next ----------------------------------------------------------------------------------------------


def _next(file: CaseFile, zone: Zone) -> Iterator[Line]:
    """Give the next step with its time and command, or how and when the case ended."""
    case = file.case
    if not case.is_open:
        said = [say("ended {when}", when=moment(case.closed_at, zone))] if case.closed_at is not None else []
        if case.satisfaction is not None:
            said.append(_satisfaction(case.satisfaction))
        if file.early is not None:
            said.append(say("settled early") if file.early else say("not settled early"))
        yield Line(label("case_status", case.status), [Span(_listed(said)), *_command(file.next_command)], "strong")
    elif case.status == "waiting":
        spans = [Span(case.waiting_for or "")]
        if case.waiting_since is not None:
            spans.append(Span("\n" + say("since {when}", when=moment(case.waiting_since, zone))))
        if case.next_step:
            name = label("step", case.next_step)
            spans.append(
                Span("\n" + say("then step {n} of {all}, {step}", n=file.step_number, all=len(STEPS), step=name))
            )
        yield Line(label("case_status", "waiting"), [*spans, *_by(file, zone), *_command(file.next_command)], "strong")
    else:
        yield _step(file, zone)
    if case.feedback == "waiting":
        said_feedback = say("the dedicated manager reads the technician's feedback")
        command = f"csm complaint feedback-read {file.id}"
        yield Line(heading("feedback"), [Span(said_feedback), *_command(command)], "strong")


def _step(file: CaseFile, zone: Zone) -> Line:
    case = file.case
    key = say("step {n} of {all}", n=file.step_number or len(STEPS), all=len(STEPS))
    command = _command(file.next_command)
    if case.level == "grievance":
        name = say("settle it, or raise it to a complaint")
        command += _command(f"csm complaint raise {file.id}")
    else:
        name = label("step", case.next_step or "")
    spans = [Span(name, "strong")]
    if case.next_step == "approve":
        if file.deciders:
            names = _listed([visible(decider) for decider in file.deciders])
            spans.append(Span("\n" + say("may decide: {names}", names=names)))
        else:
            spans += [Span("\n"), Span(say("nobody on the staff list may decide this"), "late")]
    clock = next_clock(file)
    late = clock is not None and clock.state in LATE_STATES
    return Line(key, [*spans, *_by(file, zone), *command], "late" if late else "strong")


def _by(file: CaseFile, zone: Zone) -> Iterator[Span]:
    """Give the line that says by when, by which clock, and how it stands."""
    clock = next_clock(file)
    if clock is not None:
        deadline = clock.deadline
        name = clock_name(deadline.clock, deadline.round)
        yield Span("\n" + say("by {when}, {clock}", when=moment(deadline.due, zone), clock=name) + say(", "))
        yield standing(clock, zone)


# --- the case -----------------------------------------------------------------------------------------------------


def _facts(file: CaseFile, zone: Zone) -> Iterator[Line]:
    row, case = file.complaint, file.case
    if row["contact"] or row["phone"]:
        spans = [
            Span(visible(row["contact"] or "")),
            Span("  " if row["contact"] else ""),
            Span(row["phone"] or "", "phone"),
        ]
        yield Line(heading("called by"), spans)
    channel = label("channel", row["channel"]) if row["channel"] else None
    live = say("taken live") if case.live else None
    yield from _fact(heading("channel"), [channel, live])
    yield Line(heading("received"), [Span(moment(epoch(row["received_at"]), zone))])
    yield from _fact(heading("content"), _labels(row, "content", "problem"))
    yield from _fact(heading("found by"), [label("found_by", "us") if row["found_by"] == "us" else None])
    yield from _fact(heading("wants"), _labels(row, "want"))
    yield from _fact(heading("claim"), [None if row["claim"] is None else group_cents(row["claim"])])
    yield from _fact(heading("about staff"), [row["about"]])
    yield from _fact(heading("details"), [row["details"]])
    yield from _fact(
        heading("judged"), [_label("founded", case.founded), _label("responsibility", case.responsibility)]
    )
    yield from _fact(heading("points to settle"), [case.points])
    yield from _fact(heading("failure"), [_label("failure", case.failure)])
    yield from _fact(heading("cause"), [_label("cause", case.cause)])
    yield from _fact(heading("proposal"), [case.proposal])
    money = None if case.compensation_cents is None else group_cents(case.compensation_cents)
    yield from _fact(heading("compensation"), [money])
    yield from _fact(heading("recovery"), [_label("recovery", case.recovery)])
    on_the_spot = say("settled on the spot") if case.settled_on_spot else None
    yield from _fact(heading("outcome"), [_label("case_outcome", case.outcome), on_the_spot])
    yield from _fact(heading("summary"), [case.summary])
    yield from _fact(heading("lesson"), [case.lesson])
    yield from _fact(heading("history"), list(_counted(file)))


def _fact(name: str, parts: Sequence[str | None]) -> Iterator[Line]:
    text = _listed(parts)
    if text:
        yield Line(name, [Span(text)])


def _labels(row: Row, *names: str) -> list[str | None]:
    return [_label(named(COMPLAINT, name).terms, row[name]) for name in names]


def _label(terms: str, value: str | None) -> str | None:
    return label(terms, value) if value else None


def _counted(file: CaseFile) -> Iterator[str]:
    case = file.case
    if case.reopened:
        yield say_n("reopened once", "reopened {n} times", case.reopened)
    if case.missed:
        yield say_n("{n} deadline missed", "{n} deadlines missed", len(case.missed))
    if case.escalated_by_hand:
        yield say_n("escalated once by hand", "escalated {n} times by hand", case.escalated_by_hand)
    if case.escalated_by_policy:
        yield say_n("escalated once by policy", "escalated {n} times by policy", case.escalated_by_policy)


def _clocks(file: CaseFile, zone: Zone) -> Iterator[Line]:
    """Give a line a deadline; a miss stays visible when it has been answered since (source: handbook 6.5)."""
    for clock in file.clocks:
        deadline = clock.deadline
        stands = standing(clock, zone)
        spans = [Span(say("due {when}", when=moment(deadline.due, zone)) + say(", ")), stands]
        if deadline.missed:
            spans[1:] = [Span(stands.text + say(", "), stands.look), Span(say("missed"), "late")]
        late = deadline.missed or clock.state in LATE_STATES
        yield Line(clock_name(deadline.clock, deadline.round), spans, "late" if late else "key")
    if file.first_resolution is not None:
        yield Line(heading("first resolution"), [Span(say("{span} of working time", span=span(file.first_resolution)))])
    if file.total_resolution is not None:
        yield Line(heading("total resolution"), [Span(say("{span} of working time", span=span(file.total_resolution)))])


# --- the time line ------------------------------------------------------------------------------------------------


def _time_line(events: Sequence[Event], zone: Zone) -> Iterator[Line]:
    """Give what happened, when, and by whom; the level where it isn't the lowest or has changed."""
    before = 0
    for event in events:
        spans = [Span(_verb(event.step), "strong"), Span("  " + _person(event.by), "faint")]
        if event.level or event.level != before:
            spans.append(
                Span(say(", ") + say("level {n}", n=event.level), "strong" if event.level != before else "faint")
            )
        before = event.level
        if event.text:
            spans.append(Span("\n" + event.text))
        told = _listed(list(_told(event, zone)))
        if told:
            spans.append(Span("\n" + told, "faint"))
        yield Line(f"{zone.wall(event.at):%Y-%m-%d %H:%M}", spans)


def _verb(step: str) -> str:
    return label("step" if step in STEPS else "event", step)


def _told(event: Event, zone: Zone) -> Iterator[str]:
    """Give what an event holds besides its text, in words."""
    data: Row = event.data
    if isinstance(data.get("state"), Mapping):
        data = {**data["state"], **data}
    for name, words in _WORDS.items():
        value = data.get(name)
        if value is not None and value is not False and value not in ("", []):
            said = words(value, zone)
            if said:
                yield said
    number = data.get("number")
    if isinstance(number, int) and number > 1 and data.get("clock") not in (None, "promise"):
        yield say("round {n}", n=number)


Words = Callable[[Any, Zone], str]


def _of(name: str) -> Words:
    """Return what says a field of a complaint: its heading and its value."""
    field = named(COMPLAINT, name)
    return lambda value, zone: _pair(heading(field.heading), human(field, zone)(value))


def _said(sentence: str) -> Words:
    """Return what says a sentence, with the value in it where it has a place for one."""
    return lambda value, zone: say(sentence, value=visible(str(value)))


def _flag(sentence: str) -> Words:
    return lambda value, zone: say(sentence)


def _time(sentence: str) -> Words:
    """Return what says a time, stored as UTC text or as a date."""

    def said(value: Any, zone: Zone) -> str:
        text = str(value)
        return say(sentence, when=moment(epoch(text), zone) if "T" in text else text)

    return said


def _explanation(value: Any, zone: Zone) -> str:
    if value is True:
        return say("explained to the customer")
    return say("explained to the customer: {value}", value=visible(str(value)))


_HOW: Final = {
    "hand": marked("by hand"),
    "trigger": marked("at once, by a trigger"),
    "clock": marked("by a missed deadline"),
    "satisfaction": marked("by the customer's satisfaction"),
}


def _how(value: Any, zone: Zone) -> str:
    sentence = _HOW.get(str(value))
    return say(sentence) if sentence else visible(str(value))


def _triggers(value: Any, zone: Zone) -> str:
    triggers = [value] if isinstance(value, str) else value
    return say("because of {value}", value=_listed([visible(label("trigger", str(one))) for one in triggers]))


# What an event may hold, in the order in which it is told. What isn't here isn't for people, such as targets.
_WORDS: Final[dict[str, Words]] = {
    "level": lambda value, zone: label("complaint_level", str(value)),
    "severity": lambda value, zone: label("severity", str(value)),
    "status": lambda value, zone: label("case_status", str(value)),
    "live": _flag(marked("taken live")),
    "from": _said(marked("handed over by {value}")),
    "to": _said(marked("given to {value}")),
    "owner": _of("owner"),
    "founded": lambda value, zone: label("founded", str(value)),
    "responsibility": lambda value, zone: label("responsibility", str(value)),
    "explanation": _explanation,
    "department": _of("department"),
    "route": _of("route"),
    "points": _said(marked("points to settle: {value}")),
    "failure": _of("failure"),
    "cause": _of("cause"),
    "compensation_cents": lambda value, zone: _pair(heading("compensation"), group_cents(int(value))),
    "recovery": _of("recovery"),
    "outcome": _of("outcome"),
    "on_the_spot": _flag(marked("settled on the spot")),
    "satisfaction": lambda value, zone: _satisfaction(value),
    "unresolved": _said(marked("unresolved because: {value}")),
    "reason": _said(marked("because: {value}")),
    "lesson": _of("lesson"),
    "apologised": _flag(marked("apologised")),
    "how": _how,
    "triggers": _triggers,
    "clock": lambda value, zone: _pair(heading("clock"), label("clock", str(value))),
    "due": _time(marked("due {when}")),
    "reply_by": _time(marked("reply by {when}")),
    "waited": lambda value, zone: say("waited {span} of working time", span=span(int(value))),
    "in_charge": _of("owner"),
    "promise_id": lambda value, zone: f"pr{value}",
    "callback_id": lambda value, zone: f"cb{value}",
}


# --- what follows from it -----------------------------------------------------------------------------------------


def _four_r(file: CaseFile) -> list[Line]:
    names = (heading("regret"), heading("reform"), heading("restitution"), heading("remedy"))
    absent = Span(say("not on record"), "faint")
    return [Line(name, [Span(text) if text else absent]) for name, text in zip(names, file.four_r, strict=True)]


def _promise(row: Row, now: int, zone: Zone) -> Line:
    due = epoch(row["due_at"])
    late = row["status"] == "open" and due < now
    kept = moment(epoch(row["kept_at"]), zone) if row["kept_at"] else None
    marks = [label("promise_status", row["status"]), kept, say("past due") if late else None]
    if row.get("direction") == "theirs":
        marks.insert(0, label("promise_direction", "theirs"))
    if row.get("in_charge"):
        marks.append(visible(row["in_charge"]))
    looks = "late" if late or row["status"] in ("late", "broken") else "faint"
    spans = [Span(row["text"]), Span(f"  pr{row['id']}  ", "faint"), Span(_listed(marks), looks)]
    if row.get("ended_text"):
        spans.append(Span("\n" + row["ended_text"]))
    return Line(f"{zone.wall(due):%Y-%m-%d %H:%M}", spans, "late" if late else "key")


def _prevention(row: Row, zone: Zone) -> Line:
    marks = [visible(row["in_charge"]) if row["in_charge"] else None]
    if row["done_at"]:
        marks.append(say("done {when}", when=moment(epoch(row["done_at"]), zone)))
    spans = [Span(row["text"]), Span("  "), Span(_listed(marks), "faint")]
    if row.get("done_text"):
        spans.append(Span("\n" + row["done_text"]))
    return Line(row["due_on"], spans)


def _callback(row: Row) -> Line:
    marks = [subject(row["purpose"], row["channel"]), label("callback_status", row["status"])]
    if row["satisfaction"]:
        marks.append(_satisfaction(row["satisfaction"]))
    spans = [Span(_listed(marks)), Span(f"  cb{row['id']}", "faint")]
    if row["note"]:
        spans.append(Span("\n" + row["note"]))
    return Line(row["done_on"] or row["due_on"], spans)


# --- for programs -------------------------------------------------------------------------------------------------


def case_record(file: CaseFile) -> tuple[tuple[Field, ...], dict[str, Any]]:
    """Return the case file for `write_record`: every field of a complaint, then what belongs to it, by kind."""
    events = [(utc(event.at), event.by, event.step, _in_short(event), event.level) for event in file.events]
    deadlines = [_deadline(clock) for clock in file.clocks]
    return COMPLAINT, {
        **file.complaint,
        "step_number": file.step_number,
        "next_command": file.next_command,
        "four_r": dict(zip(FOUR_R, file.four_r, strict=True)),
        "events": Nested(EVENT, events),
        "deadlines": Nested(DEADLINE, deadlines),
        "promises": _nested(PROMISE, [_of_promise(row, file) for row in file.promises]),
        "preventions": _nested(PREVENTION, file.preventions),
        "callbacks": _nested(CALLBACK, file.callbacks),
    }


def _in_short(event: Event) -> str | None:
    """Return the text of an event; for one without words what it is about, in stable English."""
    data = event.data
    if event.text is not None:
        return event.text
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
    """Return a stored promise with what a list of promises says besides."""
    more = {"customer": file.complaint["customer"], "compensation": row.get("compensation_cents")}
    return {**more, **row}


def _nested(fields: Sequence[Field], rows: Sequence[Row]) -> Nested:
    return Nested(fields, [[row.get(field.name) for field in fields] for row in rows])
