"""The coach for a telephone call: what comes next in a case, what to write down, what to say and what never to say.

Owns which sentence of `csm.render.complaint.talks` is right when, and fills it in (source: handbook 6.2, 6.3). It says
nothing for the customer to hear that names a time already past, and does no step itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TextIO

from csm.domain.complaint.case import Case
from csm.domain.complaint.page import CaseFile
from csm.domain.kinds import Field
from csm.domain.time.instant import Zone
from csm.domain.time.working_hours import utc
from csm.domain.value import Value
from csm.i18n import heading, label, say
from csm.render.commands import command_line
from csm.render.complaint.talks import ASKS, MOVES, TALKS, Ask, Talk, bare
from csm.render.complaint.words import guaranteed, next_clock, place, sold
from csm.render.layout import Block, Line, Span, write_blocks
from csm.render.listing import Nested, Style
from csm.render.phrases import listed, moment
from csm.render.text import visible


class Advice(Value):
    """What the coach says, in the language in use.

    step_number, step: the next step, None where none is. clock, due_at, overdue: the clock that runs out next, its time
    as UTC text. move: one of MOVES. verb: the command of `csm complaint` that is advised, `command` the line to type.
    sale: what the case is about and what is guaranteed of it until when, "" where it is about none.
    Texts hold names and summaries as they are stored, so whoever prints one makes it visible.
    """

    ref: str
    situation: str
    step_number: int | None
    step: str | None
    clock: str | None
    due_at: str | None
    overdue: bool
    write_down: tuple[Ask, ...]
    move: str
    say: str
    never: str
    hint: str
    verb: str
    command: str
    level: str = "complaint"
    sale: str = ""


FIELDS: Final = (
    Field("step_number", "step", "integer"),
    Field("step", "next step", "choice", "next_step"),
    Field("clock", "clock", "choice", "clock"),
    Field("due_at", "due", "instant"),
    Field("overdue", "overdue", "flag"),
    Field("move", "move"),
    Field("say", "say"),
    Field("never", "never say"),
    Field("hint", "hint"),
    Field("command", "command"),
)
_ASK_FIELDS: Final = (
    Field("option", "option", shown=1),
    Field("label", "what", shown=1),
    Field("choices", "choices", "tags", shown=2),
    Field("needed", "needed", "flag", shown=1),
)
# Where regret is still to be said: the remedy is carried out, or the case is about to end.
_REGRET: Final = ("implement", "close", "cannot")
_OFTEN_TOLD: Final = ("reject", "implement", "reopen", "analyse")


def advise(file: CaseFile, zone: Zone) -> Advice:
    """Return what the coach says to a case as it stands; times within its sentences are those of `zone`."""
    case, found = file.case, _situation(file)
    talk = TALKS[found]
    verb = talk.verb or file.next_action
    clock = next_clock(file)
    due = clock.deadline.due if clock is not None else None
    command = command_line(verb, file.id)
    if case.double_of is not None:
        command = f"csm complaint next {case.double_of}"
    return Advice(
        ref=f"cp{file.id}",
        situation=found,
        step_number=file.step_number,
        step=case.next_step,
        clock=clock.deadline.clock if clock is not None else None,
        due_at=None if due is None else utc(due),
        overdue=due is not None and due < file.now,
        write_down=() if case.double_of is not None else _asked(verb, file),
        move=talk.move,
        say=_spoken(talk, file, due, zone),
        never=say(talk.never),
        hint=_hint(file, found),
        verb=_typed(verb),
        command=command,
        level=case.level,
        sale=_sold(file),
    )


def _hint(file: CaseFile, found: str) -> str:
    """Return what else to know in a situation: what is waited for, who may decide, what nobody has said yet."""
    case = file.case
    if case.double_of is not None:
        return say("cp{id} is a double of cp{other}, where it goes on", id=file.id, other=case.double_of)
    hint = say(TALKS[found].hint)
    if found == "waiting" and case.waiting_for:
        hint = say("waiting for: {value}; {hint}", value=case.waiting_for, hint=hint)
    if found == "approve" and file.deciders:
        hint = say("{hint}; may decide: {names}", hint=hint, names=listed(file.deciders))
    if _lacks_apology(file) and found in _REGRET:
        hint = say("{hint}; no apology is on record yet: say that we are sorry, and note it (--apologised)", hint=hint)
    return hint


def _asked(verb: str, file: CaseFile) -> tuple[Ask, ...]:
    return tuple(
        ask._replace(label=say(ask.label), needed=_is_needed(ask, file))
        for ask in ASKS[verb]
        if ask.question.name != "apologised" or verb == "respond" or _lacks_apology(file)
    )


def _sold(file: CaseFile) -> str:
    """Return what was sold, its line, when it was sold and delivered, and what is still guaranteed of it."""
    if file.sale is None:
        return ""
    return listed([*sold(file.sale), guaranteed(file.guarantees)])


def _spoken(talk: Talk, file: CaseFile, due: int | None, zone: Zone) -> str:
    """Return the sentence for the customer; it names no time that has passed."""
    sentence = talk.without if talk.without and (due is None or due <= file.now) else talk.say
    return say(
        sentence,
        name=(None if file.has_left else file.complaint["contact"]) or file.complaint["customer"],
        summary=bare(file.complaint["summary"]),
        due=moment(due, zone) if due is not None else "",
    )


def _situation(file: CaseFile) -> str:
    """Return the key of TALKS that fits a case; an overdue first response comes before everything else."""
    case = file.case
    if not case.is_open:
        return "closed"
    if any(clock.deadline.clock == "first-response" and clock.state == "late" for clock in file.clocks):
        return "late"
    if case.status == "waiting":
        return "waiting"
    return "grievance" if case.level == "grievance" else _at_step(file)


def _at_step(file: CaseFile) -> str:
    case = file.case
    if case.next_step == "propose":
        last = next((event.step for event in reversed(file.events) if event.step in _OFTEN_TOLD), "")
        again = {"reject": "rejected", "implement": "not-yet"}
        return again.get(last) or case.responsibility or "ours"
    if case.next_step == "analyse" and case.reopened:
        return "reopened"
    return _closing(case) if case.next_step == "close" else case.next_step or "closed"


def _closing(case: Case) -> str:
    return "unfounded" if case.founded == "unfounded" else "cannot" if case.outcome == "cannot" else "close"


def _lacks_apology(file: CaseFile) -> bool:
    """Tell whether it was our fault and nobody has said that we are sorry: the first of the four Rs (handbook 6.7)."""
    return file.case.responsibility == "ours" and not file.case.apologised


def _is_needed(ask: Ask, file: CaseFile) -> bool:
    """Return whether a step isn't done without an answer: what is on record already isn't repeated.

    How satisfied the customer is can be left to the callback that asks for it.
    """
    if ask.question.unless != "record":
        return ask.needed
    name = ask.question.name
    asked = name == "satisfaction" and any(
        row["purpose"] == "satisfaction" and row["status"] == "open" for row in file.callbacks
    )
    return ask.needed and not asked and not getattr(file.case, name)


def _typed(verb: str) -> str:
    """Return the verb to type: three ways of closing are one command."""
    return "close" if verb in ("explain", "unresolved") else verb


# --- showing ------------------------------------------------------------------------------------------------------


def write_advice(advice: Advice, style: Style, stream: TextIO) -> None:
    """Write what the coach says, the sentence for the customer on top."""
    head = [Span(f"{advice.ref}  ", "faint")]
    if advice.level == "grievance" and advice.step is not None:
        head.append(Span(label("complaint_level", advice.level), "strong"))
    elif advice.step is not None:
        head.append(Span(f"{place(advice.step_number)}  {label('next_step', advice.step)}", "strong"))
    else:
        head.append(Span(say("nothing is left to do"), "strong"))
    if advice.due_at is not None and advice.clock is not None:
        due = moment(advice.due_at, style.zone)
        head.append(Span("  " + say("by {when}, {clock}", when=due, clock=label("clock", advice.clock))))
        if advice.overdue:
            head += [Span("  "), Span(say("overdue"), "late")]
    lines = [
        Line(heading("move"), [Span(say(MOVES[advice.move]))]),
        Line(heading("say"), [Span(advice.say, "strong")]),
        Line(heading("never say"), [Span(advice.never, "late")], "late"),
        Line(heading("hint"), [Span(advice.hint)]),
    ]
    if advice.sale:
        lines.append(Line(heading("sale"), [Span(advice.sale)]))
    written = [Line(ask.option.partition("/")[0], [Span(_question(ask))]) for ask in advice.write_down]
    title = heading("write down")
    blocks = [Block("", [Line("", head)]), Block("", lines), Block(title[:1].upper() + title[1:], written)]
    if advice.command:
        blocks.append(Block("", [Line(heading("command"), [Span(advice.command, "command")])]))
    write_blocks(blocks, style, stream)


def _question(ask: Ask) -> str:
    """Return what is asked, the words to choose from, and whether it may be left out."""
    text = ask.label
    if ask.choices:
        words = [label(ask.terms, choice) if ask.terms else choice for choice in ask.choices]
        text = say("{what} ({choices})", what=text, choices=say(", ").join(map(visible, words)))
    return text if ask.needed else say("{what}, optional", what=text)


def advice_record(advice: Advice) -> tuple[tuple[Field, ...], dict[str, Any]]:
    """Return what the coach says for `write_record`; what to write down follows as records of their own."""
    record = {field.name: getattr(advice, field.name) for field in FIELDS}
    asks = Nested(_ASK_FIELDS, [_row(ask) for ask in advice.write_down])
    return FIELDS, {**record, "write_down": asks, "sale": advice.sale or None}


def _row(ask: Ask) -> Sequence[Any]:
    return ask.option, ask.label, ";".join(ask.choices), int(ask.needed)
