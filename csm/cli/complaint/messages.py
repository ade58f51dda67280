"""What is said after a command about a case: what it did, what it planned, and what comes next with its command."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import typer

from csm.cli.days import echoed, said_moment
from csm.cli.grammar import Given
from csm.cli.output import changed, tell, tell_where, write_rows
from csm.cli.session import Session, warn
from csm.domain.complaint.authority import LEADER
from csm.domain.complaint.record import COMPLAINT
from csm.domain.kinds import Field
from csm.i18n import label, say, say_n
from csm.render.commands import command_line
from csm.render.listing import Listing
from csm.render.phrases import listed, pair
from csm.render.text import visible
from csm.storage import rows

if TYPE_CHECKING:
    from csm.domain.complaint.case import Event
    from csm.domain.complaint.clocks import Promise
    from csm.services.complaint.opening import Opened
    from csm.services.complaint.recording import File
    from csm.services.complaint.steps import Done, OpenCase

# So many other cases are named in a line; the others are counted.
_NAMED: Final = 3
CAUGHT: Final = (
    Field("complaint_id", "complaint", "integer", shown=1),
    Field("customer", "customer", shown=1),
    Field("step", "step", "choice", "event", shown=1),
    Field("clock", "clock", "choice", "clock", shown=1),
    Field("due_at", "due", "instant", shown=1),
    Field("level", "level", "integer", shown=1),
)


def _record(session: Session, complaint_id: int) -> dict[str, Any]:
    from csm.services.complaint import reading

    return reading.record(session, complaint_id)


def _changed(session: Session, given: Given, sentence: str, complaint_id: int) -> None:
    fields = [field for field in COMPLAINT if field.listed]
    if given.form == "table" and given.output is None:
        from csm.storage.complaint.rows import customer_of

        changed(session, given, sentence, fields, {"customer": customer_of(session.database.connection, complaint_id)})
        return
    changed(session, given, sentence, fields, _record(session, complaint_id))


# --- opening ------------------------------------------------------------------------------------------------------


def tell_opened(session: Session, given: Given, opened: Opened, stored: Mapping[str, Any]) -> None:
    """Say what was opened; the last line is the sentence to read back (source: handbook 6.2)."""
    sentence = _opened(opened)
    if opened.customer_made:
        told = {"id": opened.id, "name": visible(opened.customer.name), "customer": opened.customer.id}
        sentence = say("opened cp{id} for {name}, whose card is new: cu{customer}", **told)
        if opened.file.case.level == "grievance":
            sentence = say("recorded grievance cp{id} of {name}, whose card is new: cu{customer}", **told)
    _changed(session, given, _with_others(sentence, opened.others), opened.id)
    _tell_consequences(session, opened, str(stored["summary"]), stored.get("want"))


def _opened(opened: Opened) -> str:
    told = {"id": opened.id, "name": visible(opened.customer.name)}
    if opened.file.case.level == "grievance":
        return say("recorded grievance cp{id} of {name}", **told)
    return say("opened cp{id} for {name}", **told)


def _with_others(sentence: str, others: Sequence[OpenCase]) -> str:
    """Return a sentence with the customer's other open cases: those about the same problem, where there are any."""
    if not others:
        return sentence
    same = [one for one in others if one.same]
    named = listed([_other(one) for one in (same or others)[:_NAMED]])
    if (more := len(same or others) - _NAMED) > 0:
        named = say_n("{cases} and {n} more", "{cases} and {n} more", more, cases=named)
    if same:
        found = say("the customer has an open case about the same problem: {cases}", cases=named)
    else:
        found = say("the customer has another open case: {cases}", cases=named)
    return say("{first}; {second}", first=sentence, second=found)


def _other(one: OpenCase) -> str:
    step = label("next_step", one.next_step or "")
    return say("cp{id} {summary} (next: {step})", id=one.id, summary=visible(one.summary), step=step)


def _tell_others(session: Session, identity: int, others: Sequence[OpenCase]) -> None:
    """Say what to do about a case that may be one of the customer's other open ones (source: handbook 6.3)."""
    if others:
        first = others[0].id
        noted = say("to note it there: {command}", command=f'csm complaint note {first} "..."')
        joined = say(
            "if it was recorded twice: {command}", command=f"csm complaint withdraw {identity} --double-of cp{first}"
        )
        tell(session, say("{first}; {second}", first=noted, second=joined))


def customer_of(session: Session, file: File) -> str:
    """Return the name of the customer whose case it is, safe to print."""
    card = rows.fetch(session.database.connection, "customer", file.customer_id) or {}
    return visible(str(card["name"]))


def tell_opened_on_callback(session: Session, opened: Opened) -> None:
    """Say which case was opened from a callback, after what was said of the callback itself."""
    record = _record(session, opened.id)
    tell(session, _with_others(_opened(opened), opened.others))
    _tell_consequences(session, opened, str(record["summary"]), record["want"])


def _tell_consequences(session: Session, opened: Opened, summary: str, want: str | None) -> None:
    name = visible(opened.customer.name)
    if opened.archived:
        from csm.cli.customer.archived import warn_archived

        warn_archived(opened.customer.name, opened.customer.id)
    for card_id, other in opened.phone_of:
        warn(say("note: the number they call from is also that of cu{id} {name}", id=card_id, name=visible(other)))
    if opened.do_not_contact:
        warn(say("note: {name} doesn't want to be contacted; no callback is planned", name=name))
    if opened.triggers:
        reasons = say(", ").join(label("trigger", reason) for reason in opened.triggers)
        warn(say("at once to level {level}: {reasons}", level=LEADER, reasons=reasons))
    for event in opened.file.caught_up:
        warn(_caught(session, event))
    _tell_others(session, opened.id, opened.others)
    tell_next(session, opened.file)
    if opened.callback is not None:
        tell(session, _planned(session, *opened.callback))
    from csm.render.complaint.talks import read_back

    record = _record(session, opened.id)
    whom = visible(str(record["contact"] or record["caller"] or opened.customer.name))
    tell(session, say("read back: {sentence}", sentence=read_back(whom, visible(summary), want)))


def _planned(session: Session, callback_id: int, day: str) -> str:
    return say(
        "satisfaction callback cb{id} planned on {day}", id=callback_id, day=echoed(session, date.fromisoformat(day))
    )


# --- steps --------------------------------------------------------------------------------------------------------


def tell_done(ctx: typer.Context, done: Done, sentence: str) -> None:
    """Say what a command did to a case, what it caught up with, planned and kept, and what comes next."""
    session: Session = ctx.obj
    _changed(session, ctx.meta["given"], _with_others(sentence, done.others), done.file.id)
    _tell_what_followed(session, done)


def tell_heard(session: Session, done: Done) -> None:
    """Say what the customer's words on a satisfaction callback did to the case."""
    identity, case = done.file.id, done.file.case
    if done.reopened:
        tell(session, say("cp{id} is open again: the customer isn't satisfied", id=identity))
    elif case.status == "closed":
        tell(session, say("closed cp{id}", id=identity))
    else:
        tell(session, say("noted on cp{id}", id=identity))
    _tell_what_followed(session, done)


def _tell_what_followed(session: Session, done: Done) -> None:
    # what a case missed that counts nowhere is on record there, and nobody's concern
    for event in done.file.caught_up if done.file.case.void is None else ():
        warn(_caught(session, event))
    if done.callback is not None:
        tell(session, _planned(session, *done.callback))
    if done.promised is not None:
        tell(session, _promised(session, done.file, done.promised))
    for promise_id in done.kept:
        late = _promise(done.file, promise_id).status == "late"
        tell(session, say("pr{id} is kept, late", id=promise_id) if late else say("pr{id} is kept", id=promise_id))
    if done.joined is not None:
        for event in done.joined.caught_up:
            warn(pair(f"cp{done.joined.id}", _caught(session, event)))
        tell_next(session, done.joined)
    _tell_others(session, done.file.id, done.others)
    if not done.pending:
        tell_next(session, done.file)


def _promise(file: File, promise_id: int) -> Promise:
    return next(promise for promise in file.promises if promise.id == promise_id)


def _promised(session: Session, file: File, promise_id: int) -> str:
    due = _promise(file, promise_id).due
    moment = _due_moment(session, due)
    if due < file.now:
        moment = say("{day}, overdue", day=moment)
    return say("promised a reply by {moment}: pr{id}", id=promise_id, moment=moment)


def _due_moment(session: Session, due: int) -> str:
    from csm.domain.time.working_hours import utc

    return said_moment(session, utc(due))


def _caught(session: Session, event: Event) -> str:
    clock = label("clock", event.data["clock"])
    if event.step == "miss":
        return say("missed: {clock} was due {moment}", clock=clock, moment=said_moment(session, event.data["due"]))
    return say("up to level {level} by policy: {clock}", level=event.level, clock=clock)


def tell_next(session: Session, file: File) -> None:
    """Say what comes next in a case, by when, and the command that does it."""
    if session.quiet:
        return
    from csm.domain.complaint.next_step import next_action

    case = file.case
    if not case.is_open:
        return
    command = command_line(next_action(case), file.id)
    if case.status == "waiting":
        tell(session, say("next, when it goes on: {command}", command=command))
        return
    grievance = case.level == "grievance"
    step = say("settle it, or raise it to a complaint") if grievance else label("next_step", str(case.next_step))
    running = [one for one in file.deadlines() if one.standing == "running"]
    if running:
        first = min(running, key=lambda one: one.due)
        due = say("{clock} by {moment}", clock=label("clock", first.clock), moment=_due_moment(session, first.due))
        tell(session, say("next: {step} ({due}): {command}", step=step, due=due, command=command))
    else:
        tell(session, say("next: {step}: {command}", step=step, command=command))


# --- the ladder by the clock ----------------------------------------------------------------------------------------


def show_caught(ctx: typer.Context, caught: Sequence[tuple[int, Sequence[Event]]]) -> None:
    """Print what `escalate --overdue` recorded: every miss and every move up, in order; nothing where nothing was."""
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    tell_where(session)
    if not caught and given.form == "table" and given.output is None:
        # cron runs this every few minutes and mails every word
        if sys.stderr.isatty():
            tell(session, say("nothing has passed its time"))
        return

    listed = []
    for complaint_id, events in caught:
        row = rows.fetch(session.database.connection, "complaint_list", complaint_id) or {}
        listed += [
            (complaint_id, row["customer"], event.step, event.data["clock"], event.data["due"], event.level)
            for event in events
        ]
    write_rows(session, given, Listing(CAUGHT, listed))
