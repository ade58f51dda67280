"""The case file as a page for people; what programs get is `csm.render.complaint.record`.

What stands where is decided here; `time_line` says what events hold, `layout` folds, paints and makes it visible.
The page answers what we knew, when, and what we did about it, and names the four Rs (source: handbook 6.7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

from csm.domain.complaint.case import Case, kind_of
from csm.domain.complaint.page import CaseFile, Double
from csm.domain.complaint.record import COMPLAINT
from csm.domain.kinds import named
from csm.domain.time.instant import Zone
from csm.domain.time.working_hours import epoch
from csm.domain.values.money import group_cents
from csm.i18n import heading, label, say, say_n
from csm.render.cells import human
from csm.render.commands import command_line
from csm.render.complaint.time_line import time_line
from csm.render.complaint.words import (
    LATE_STATES,
    clock_name,
    ending_in_words,
    guaranteed,
    labelled,
    level_name,
    next_clock,
    person,
    place,
    sold,
    span,
    standing,
)
from csm.render.day.due import in_words
from csm.render.layout import Block, Line, Span, write_page
from csm.render.lines import callback_line, command, dotted, ruled, survey_line
from csm.render.listing import Style
from csm.render.phrases import listed, moment, pair, satisfied, titled
from csm.render.phrases import standing as promise_standing
from csm.render.text import visible

Row = Mapping[str, Any]


def write_case(file: CaseFile, style: Style, stream: TextIO) -> None:
    """Write the case file as one page; off the terminal nothing is folded or cut."""
    zone = style.zone
    top = [
        ruled(_head(file, style, stream), style, stream),
        Block(titled(heading("what to do next")), list(_next(file, zone))),
    ]
    case = [
        Block(titled(_about(file.case)), list(_facts(file, zone))),
        Block(titled(heading("clocks")), list(_clocks(file, zone))),
    ]
    line = [Block(titled(heading("time line")), list(time_line(file.events, zone)))]
    end = [
        Block(titled(heading("recorded twice")), [line for one in file.doubles for line in _double(one, zone)]),
        Block(titled(heading("four Rs")), _four_r(file)),
        Block(titled(heading("promises")), [_promise(row, file.now, zone) for row in file.promises]),
        Block(titled(heading("preventions")), [_prevention(row, zone) for row in file.preventions]),
        Block(titled(heading("callbacks")), [callback_line(row, row["note"]) for row in file.callbacks]),
        Block(titled(heading("surveys")), [survey_line(row) for row in file.surveys]),
    ]
    write_page(top, line, [*case, *end], [*case, *line, *end], style, stream)


# --- head ---------------------------------------------------------------------------------------------------------


def _head(file: CaseFile, style: Style, stream: TextIO) -> list[Line]:
    """Return what it is about, then whose and what kind of case, then who handles it."""
    row, case = file.complaint, file.case
    first = [Span(f"cp{file.id}  ", "faint"), Span(visible(row["summary"]), "strong")]
    second = [
        Span(visible(row["customer"]) + f"  cu{row['customer_id']}"),
        *_kind(case),
        Span(ending_in_words(case), "strong"),
        Span(level_name(case.escalation_level)),
    ]
    if row["overdue"]:
        second.append(Span(heading("overdue"), "late"))
    third = [
        Span(pair(heading(named(COMPLAINT, name).heading), human(named(COMPLAINT, name), style.zone)(value)))
        for name, value in (("owner", case.owner), ("department", case.department), ("route", case.route))
        if value
    ]
    return [Line("", first), *[Line("", dotted(marks, style, stream)) for marks in (second, third) if marks]]


def _about(case: Case) -> str:
    return heading("the grievance") if case.level == "grievance" else heading("the case")


def _kind(case: Case) -> list[Span]:
    """Return what kind of case it is: a complaint with its severity, or a grievance."""
    kind = in_words("case_kind", kind_of(case.level, case.severity))
    return [Span(kind)] if case.level == "grievance" else [Span(label("complaint_level", case.level)), Span(kind)]


# --- what to do next ----------------------------------------------------------------------------------------------


def _next(file: CaseFile, zone: Zone) -> Iterator[Line]:
    """Yield the next step with its time and command, or how and when the case ended."""
    case = file.case
    if not case.is_open:
        yield _ended(file, zone)
    else:
        yield _waiting(file, zone) if case.status == "waiting" else _step(file, zone)
    if case.feedback == "waiting":
        feedback = say("the dedicated manager reads the technician's feedback")
        typed = _command(file, "feedback-read")
        yield Line(heading("feedback"), [Span(feedback), *typed], "strong")


def _command(file: CaseFile, action: str) -> list[Span]:
    return command(command_line(action, file.id))


def _ended(file: CaseFile, zone: Zone) -> Line:
    case = file.case
    parts = [say("ended {when}", when=moment(case.closed_at, zone))] if case.closed_at is not None else []
    if case.satisfaction is not None:
        parts.append(satisfied(case.satisfaction))
    if file.early is not None:
        parts.append(say("settled early") if file.early else say("not settled early"))
    typed = _command(file, file.next_action)
    if case.double_of is not None:
        parts.insert(0, say("goes on at cp{id}", id=case.double_of))
        typed = command(f"csm complaint show {case.double_of}")
    return Line(ending_in_words(case), [Span(listed(parts)), *typed], "strong")


def _waiting(file: CaseFile, zone: Zone) -> Line:
    case = file.case
    spans = [Span(case.waiting_for or "")]
    if case.waiting_since is not None:
        spans.append(Span("\n" + say("since {when}", when=moment(case.waiting_since, zone))))
    if case.next_step:
        name = label("next_step", case.next_step)
        then = say("then {place}, {step}", place=place(file.step_number), step=name)
        spans.append(Span("\n" + then))
    return Line(
        label("case_status", "waiting"), [*spans, *_by(file, zone), *_command(file, file.next_action)], "strong"
    )


def _step(file: CaseFile, zone: Zone) -> Line:
    case = file.case
    key = place(file.step_number)
    typed = _command(file, file.next_action)
    if case.level == "grievance":
        key = label("complaint_level", case.level)
        name = say("settle it, or raise it to a complaint")
        typed += _command(file, "raise")
    else:
        name = label("next_step", case.next_step or "")
    spans = [Span(name, "strong")]
    if case.next_step == "approve":
        spans.append(Span("\n" + _to_decide(file)))
        if file.deciders:
            names = listed([visible(decider) for decider in file.deciders])
            spans.append(Span("\n" + say("may decide: {names}", names=names)))
        else:
            spans += [Span("\n"), Span(say("nobody on the staff list may decide this"), "late")]
    clock = next_clock(file)
    late = clock is not None and clock.state in LATE_STATES
    return Line(key, [*spans, *_by(file, zone), *typed], "late" if late else "strong")


def _to_decide(file: CaseFile) -> str:
    """Return what counts against the limit of whoever decides, and the limit of the lowest who may (handbook 6.6)."""
    decision = file.decision
    text = say("proposed {amount}", amount=group_cents(decision.proposed))
    if decision.given:
        text = say(
            "given so far {given}, proposed {proposed}, together {total}",
            given=group_cents(decision.given),
            proposed=group_cents(decision.proposed),
            total=group_cents(decision.total),
        )
    if file.limit is None:
        return say("{money}; only level {n} may decide it", money=text, n=decision.needed)
    limit = group_cents(file.limit)
    return say("{money}; level {n} may decide up to {limit}", money=text, n=decision.needed, limit=limit)


def _by(file: CaseFile, zone: Zone) -> Iterator[Span]:
    """Yield the line that says by when, by which clock, and how it stands."""
    clock = next_clock(file)
    if clock is not None:
        deadline = clock.deadline
        name = clock_name(deadline.clock, deadline.round)
        yield Span("\n" + say("by {when}, {clock}", when=moment(deadline.due, zone), clock=name) + say(", "))
        yield standing(clock, zone)


# --- the case -----------------------------------------------------------------------------------------------------


def _facts(file: CaseFile, zone: Zone) -> Iterator[Line]:
    yield from _caller(file)
    yield from _recorded(file, zone)
    yield from _handled(file.case)
    yield from _fact(heading("history"), list(_counted(file)))


def _caller(file: CaseFile) -> Iterator[Line]:
    row = file.complaint
    contact, caller = row["contact"], row.get("caller")
    if contact and file.has_left:
        contact = say("{name} (has left)", name=visible(contact))
    if caller or row.get("caller_phone"):
        yield Line(heading("called by"), _person(caller or contact, row.get("caller_phone")))
        if row["phone"]:
            yield Line(heading("phone"), _person(contact if caller else None, row["phone"]))
    elif contact:
        yield Line(heading("called by"), _person(contact, row["phone"]))
    elif row["phone"]:
        # the number is the customer's, and nobody knows who called
        yield Line(heading("phone"), _person(None, row["phone"]))


def _recorded(file: CaseFile, zone: Zone) -> Iterator[Line]:
    """Yield what was written down when the case was opened."""
    row, case = file.complaint, file.case
    channel = label("channel", row["channel"]) if row["channel"] else None
    live = say("taken live") if case.live else None
    yield from _fact(heading("channel"), [channel, live])
    yield Line(heading("received"), [Span(moment(row["received_at"], zone))])
    yield from _fact(heading("content"), _labels(row, "content", "problem"))
    yield from _fact(heading("found by"), [label("found_by", "us") if row["found_by"] == "us" else None])
    yield from _fact(heading("wants"), _labels(row, "want"))
    yield from _fact(heading("claim"), [None if row["claim"] is None else group_cents(row["claim"])])
    yield from _fact(heading("about staff"), [row["about"]])
    if file.sale is not None:
        yield Line(heading("sale"), _sale(file.sale))
        yield from _fact(heading("guarantee"), [guaranteed(file.guarantees)])
    yield from _fact(heading("details"), [row["details"]])


def _handled(case: Case) -> Iterator[Line]:
    """Yield what the steps after the first one found, proposed and did."""
    yield from _fact(
        heading("judged"), [labelled("founded", case.founded), labelled("responsibility", case.responsibility)]
    )
    yield from _fact(heading("points to settle"), [case.points])
    yield from _fact(heading("failure"), [labelled("failure", case.failure)])
    yield from _fact(heading("cause"), [labelled("cause", case.cause)])
    yield from _fact(heading("proposal"), [case.proposal])
    yield from _fact(heading("compensation"), list(_money(case)))
    recovery = labelled("recovery", case.recovery), labelled("recovery_time", case.recovery_time)
    yield from _fact(heading("recovery"), recovery)
    on_the_spot = say("settled on the spot") if case.settled_on_spot else None
    yield from _fact(heading("outcome"), [labelled("case_outcome", case.outcome), on_the_spot])
    yield from _fact(heading("summary"), [case.summary])
    yield from _fact(heading("lesson"), [case.lesson])


def _money(case: Case) -> Iterator[str]:
    """Yield what the remedies cost, and where only some of it was given, how much."""
    if case.compensation_cents is not None:
        yield group_cents(case.compensation_cents)
    if case.proposed_cents is not None and case.given_cents:
        yield say("given so far {amount}", amount=group_cents(case.given_cents))
        yield say("proposed {amount}", amount=group_cents(case.proposed_cents))


def _person(name: str | None, phone: str | None) -> list[Span]:
    return [Span(visible(name or "")), Span("  " if name else ""), Span(phone or "", "phone")]


def _sale(row: Row) -> list[Span]:
    marks: list[str | None] = [*sold(row)[1:], group_cents(row["amount_cents"])]
    marks.append(say("bill {bill}", bill=row["bill"]) if row["bill"] else None)
    marks.append(label("sale_status", "cancelled") if row["cancelled_on"] else None)
    return [Span(row["product"]), Span(f"  sa{row['id']}  ", "faint"), Span(listed(marks))]


def _fact(name: str, parts: Sequence[str | None]) -> Iterator[Line]:
    text = listed(parts)
    if text:
        yield Line(name, [Span(text)])


def _labels(row: Row, *names: str) -> list[str | None]:
    return [labelled(named(COMPLAINT, name).terms, row[name]) for name in names]


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
    """Yield a line a deadline; a miss stays visible when it has been answered since (source: handbook 6.5)."""
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


def _double(one: Double, zone: Zone) -> Iterator[Line]:
    """Yield what is read here of a case that was recorded twice: who called, what they said, what was noted since."""
    row = one.complaint
    caller = row["caller"] or row["contact"]
    phone = row["caller_phone"] or (row["phone"] if row["contact"] else None)
    spans = [Span(row["summary"]), Span(f"  cp{one.id}  ", "faint"), Span(person(one.by), "faint")]
    if caller or phone:
        spans += [Span("\n"), *_person(caller, phone)]
    if row["details"]:
        spans.append(Span("\n" + row["details"]))
    yield Line(f"{zone.local(row['received_at']):%Y-%m-%d %H:%M}", spans)
    yield from time_line(one.words, zone)


# --- what follows from it -----------------------------------------------------------------------------------------


def _four_r(file: CaseFile) -> list[Line]:
    names = (heading("regret"), heading("reform"), heading("restitution"), heading("remedy"))
    absent = Span(say("not on record"), "faint")
    return [Line(name, [Span(text) if text else absent]) for name, text in zip(names, file.four_r, strict=True)]


def _promise(row: Row, now: int, zone: Zone) -> Line:
    due = epoch(row["due_at"])
    late = row["status"] == "open" and due < now
    kept = moment(row["kept_at"], zone) if row["kept_at"] else None
    marks = [promise_standing(row), kept, say("past due") if late else None]
    if row.get("direction") == "theirs":
        marks.insert(0, label("promise_direction", "theirs"))
    if row.get("in_charge"):
        marks.append(visible(row["in_charge"]))
    looks = "late" if late or row["status"] in ("late", "broken") else "faint"
    spans = [Span(row["text"]), Span(f"  pr{row['id']}  ", "faint"), Span(listed(marks), looks)]
    if row.get("ended_text"):
        spans.append(Span("\n" + row["ended_text"]))
    return Line(f"{zone.wall(due):%Y-%m-%d %H:%M}", spans, "late" if late else "key")


def _prevention(row: Row, zone: Zone) -> Line:
    marks = [visible(row["in_charge"]) if row["in_charge"] else None]
    if row["done_at"]:
        marks.append(say("done {when}", when=moment(row["done_at"], zone)))
    spans = [Span(row["text"]), Span("  "), Span(listed(marks), "faint")]
    if row.get("done_text"):
        spans.append(Span("\n" + row["done_text"]))
    return Line(row["due_on"], spans)
