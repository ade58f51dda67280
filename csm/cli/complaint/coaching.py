"""`complaint next`: the coach beside the phone; on a terminal it asks field by field and does the step.

The words of the coach are those of `csm.render.complaint.coach`; a step is done by the command that one would type, so
that it is checked, recorded and told in the same way.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from csm.cli.grammar import Given, Noun
from csm.cli.output import opened, style, tell_where, write_one
from csm.cli.session import Session, somebody_is_there, typed, warn
from csm.domain.complaint.questions import arises
from csm.i18n import label, say
from csm.i18n.terms import term
from csm.render.complaint.coach import advice_record, advise, write_advice
from csm.services.complaint import reading
from csm.storage.house import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csm.render.complaint.coach import Advice
    from csm.render.complaint.talks import Ask


def coach(ctx: typer.Context, ref: str) -> None:
    """Say what comes next in a case; where somebody sits at the terminal, ask for it and do it."""
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    file = reading.read(session, ref)
    advice = advise(file, session.zone)
    tell_where(session)
    if given.form != "table":
        fields, record = advice_record(advice)
        write_one(session, given, fields, record, advice.ref)
        return
    with opened(given) as stream:
        write_advice(advice, style(session, given, stream), stream)
        stream.flush()
    # A closed case is only opened again by somebody who says so, and a wait isn't ended by looking at it.
    asks = file.case.status == "open" and bool(advice.write_down)
    if asks and given.output is None and _somebody_is_there():
        words = _asked(session, advice, file.id)
        if words is not None:
            _do(ctx, words)


def _somebody_is_there() -> bool:
    return somebody_is_there() and sys.stdout.isatty()


def _asked(session: Session, advice: Advice, complaint_id: int) -> list[str] | None:
    """Ask for everything that the step writes down; return the command's words, None where the user stops."""
    warn("")
    warn(say("Answer to do it now; Enter leaves out what is optional, Ctrl-D stops without changing anything."))
    answers: dict[str, str] = {}
    for ask in advice.write_down:
        where = ask.question.where
        if where is not None and not arises(where, answers):
            continue
        needed = (ask.needed or (where is not None and where.needed)) and not _is_known(session, ask, answers)
        answer = _answer(ask._replace(needed=needed))
        if answer is None:
            warn(say("nothing was changed"))
            return None
        if answer:
            answers[ask.question.name] = answer
    return ["complaint", advice.verb, str(complaint_id), *_words(advice.write_down, answers)]


def _is_known(session: Session, ask: Ask, answers: dict[str, str]) -> bool:
    """Tell whether the command knows by itself what is asked: the department of who is on the staff list."""
    if ask.question.kind != "department":
        return False
    connection = session.database.connection
    return bool(settings.department(connection, settings.staff_name(connection, answers["to"])))


def _answer(ask: Ask) -> str | None:
    """Return the answer to one question, "" for one left out, None where the input ends."""
    choices = say(", ").join(label(ask.terms, choice) if ask.terms else choice for choice in ask.choices)
    question = say("{what} ({choices})", what=ask.label, choices=choices) if choices else ask.label
    while True:
        answer = typed(question)
        if answer is None:
            return None
        if not answer and not ask.needed:
            return ""
        if answer and not ask.choices:
            return answer
        found = term(ask.terms, ask.choices, answer) if answer else None
        if found is not None:
            return found
        if choices:
            warn(say("it is one of: {choices}", choices=choices))


def _words(asks: Sequence[Ask], answers: dict[str, str]) -> list[str]:
    """Return answers as words of a command line."""
    words: list[str] = []
    behind: list[str] = []  # a text that looks like an option stands behind all of them
    for ask in asks:
        answer, kind = answers.get(ask.question.name), ask.question.kind
        if answer is None:
            continue
        if kind == "argument" and answer.startswith("-"):
            behind = ["--", answer]
        elif kind == "flag":
            words += [ask.option] if answer == "yes" else []
        else:
            words.append({"either": f"--{answer}", "argument": answer}.get(kind, f"{ask.option}={answer}"))
    return words + behind


def _do(ctx: typer.Context, words: list[str]) -> None:
    """Run the command that does the step; it is kept among the changes as if it had been typed."""
    session: Session = ctx.obj
    session.argv = [*session.argv[: session.argv.index("complaint")], *words]
    noun = ctx.parent
    assert noun is not None and isinstance(noun.command, Noun)
    command = noun.command.get_command(noun, words[1])
    assert command is not None
    with command.make_context(words[1], words[2:], parent=noun) as step:
        command.invoke(step)
