"""From what the steps of a case ask for to the options of their verbs, and from what was typed to their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from csm.cli.complaint.options import Ref, choice, words
from csm.cli.grammar import with_parameters
from csm.domain.complaint.questions import Question, arises, is_required, questions_of
from csm.domain.errors import UsageFault
from csm.domain.terms import TERMS
from csm.render.commands import typed_as
from csm.services import values
from csm.services.complaint.steps import Settlement
from csm.storage.house import settings

if TYPE_CHECKING:
    from csm.cli.session import Session

METAVARS: Final = {
    "text": "TEXT",
    "remark": "TEXT",
    "reason": "REASON",
    "name": "NAME",
    "amount": "AMOUNT",
    "day": "WHEN",
    "moment": "WHEN",
    "score": "1..5|unknown",
}
AS_TYPED: Final = ("either", "flag", "remark", "score")
READ: Final = {"amount": "read_amount", "day": "read_day", "moment": "read_past_moment"}


def asks(*steps: str, **about: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a verb take what one of `steps` asks for; `about` is the help of each option.

    The verb is called with the answers as the service takes them. Raises missing-value, one-of-two-missing, and what
    reading them raises.
    """
    questions = questions_of(*steps)

    def made(verb: Callable[..., None]) -> Callable[..., None]:
        def run(ctx: typer.Context, ref: str, **typed: Any) -> None:
            verb(ctx, ref, **read_answers(ctx, questions, typed))

        parameters = {
            question.name: _parameter(question, about[question.name], required=is_required(question, *steps))
            for question in questions
        }
        first = {name: parameter for name, parameter in parameters.items() if parameter[1] is ...}
        with_parameters(run, verb.__doc__, {"ref": (Ref, ...), **first, **parameters})
        return run

    return made


def _parameter(question: Question, about: str, *, required: bool) -> tuple[Any, Any]:
    """Return the annotation and the default of a question for Typer."""
    kind = question.kind
    if kind == "argument":
        return Annotated[str, typer.Argument(metavar="TEXT", help=about)], ...
    if kind == "either":
        return Annotated[bool | None, typer.Option(typed_as(question), help=about)], None
    if kind == "flag":
        return Annotated[bool, typer.Option(typed_as(question), help=about)], False
    names = ["-s", typed_as(question)] if kind == "score" else [typed_as(question)]
    option = typer.Option(*names, metavar=METAVARS.get(kind), help=about)
    return (Annotated[str, option], ...) if required else (Annotated[str | None, option], None)


def read_answers(ctx: typer.Context, questions: Sequence[Question], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed as the service takes it, in the order of the questions."""
    for question in questions:
        if question.kind == "either" and typed[question.name] is None:
            first, _, second = typed_as(question).partition("/")
            raise UsageFault("one-of-two-missing", first=first, second=second)
    _check_where(questions, typed)
    answers: dict[str, Any] = {}
    for question in questions:
        answers[question.name] = _read(ctx, question, typed[question.name], answers)
    return answers


def _check_where(questions: Sequence[Question], typed: Mapping[str, Any]) -> None:
    """Raise missing-value where one of two answers that go together is missing."""
    terms = {
        question.name: TERMS[question.terms][0 if typed[question.name] else 1]
        for question in questions
        if question.kind == "either"
    }
    by_name = {question.name: question for question in questions}
    for question in questions:
        where, missing = question.where, typed[question.name] is None
        if where is None:
            continue
        if where.answer is None and not missing and typed[where.name] is None:
            raise UsageFault("missing-value", field=typed_as(by_name[where.name]))
        if missing and where.needed and not question.unless and arises(where, {**typed, **terms}):
            raise UsageFault("missing-value", field=typed_as(question))


def _read(ctx: typer.Context, question: Question, typed: Any, answers: Mapping[str, Any]) -> Any:
    """Return one answer as the service takes it; a department that isn't typed is that of the staff list."""
    session: Session = ctx.obj
    kind = question.kind
    if kind == "department":
        known = typed or settings.department(session.database.connection, answers["to"])
        if not known:
            raise UsageFault("missing-value", field=typed_as(question))
        return known
    if typed is None or kind in AS_TYPED:
        return typed
    if kind == "term":
        return choice(question.terms, typed_as(question), typed)
    if kind == "name":
        return settings.staff_name(session.database.connection, words(typed_as(question), typed))
    if kind in READ:
        return getattr(values, READ[kind])(typed, session)
    return words(typed_as(question), typed)


def settlement(answers: Mapping[str, Any]) -> Settlement:
    """Return what was done to settle a matter on the spot, from the answers to what `settle` asks for."""
    told = {name: answer for name, answer in answers.items() if answer is not None}
    return Settlement(**{("compensation_cents" if name == "compensation" else name): told[name] for name in told})
