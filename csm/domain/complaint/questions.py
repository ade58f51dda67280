"""What each step of a case asks for: names, kinds, closed lists, what must be answered and where (handbook 6.3).

Options and checks of the verbs, the prompts of `complaint next` and what the coach lists are made from this table; it
holds no sentence and no command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from csm.domain.value import Value


class Where(Value):
    """A question that arises by another answer: its name and that answer, None for any; then it may be `needed`."""

    name: str
    answer: str | None = None
    needed: bool = False


class Question(Value):
    """One thing that a step asks for, by the name of the service's parameter.

    kind: text must say something, `remark` may be empty, `reason` is a text, `argument` a text without an option; a
    `term` is one of the closed list `terms`, `either` a pair of flags named as its two values, `flag` one that is on or
    off; name is somebody of the staff, department theirs, score 1 to 5 or unknown; amount, day and moment are read so.
    needed: the step isn't done without an answer. unless: what may make it unnecessary, which the step decides: the
    case's record, the staff list, the tries made so far, the authority of whoever types.
    """

    name: str
    kind: str = "text"
    terms: str = ""
    needed: bool = True
    unless: str = ""
    where: Where | None = None


_BY: Final = Question("by", "name", needed=False)
_AT: Final = Question("at", "moment", needed=False)
_APOLOGISED: Final = Question("apologised", "flag", "yes_no", needed=False)
_RECOVERY_TIME: Final = Question("recovery_time", "term", "recovery_time", needed=False)
_SUMMARY: Final = Question("summary", unless="record")
_LESSON: Final = Question("lesson", unless="record")

# By step; `close` has three ways: with a remedy, where it was unfounded, where no remedy is possible.
QUESTIONS: Final[dict[str, tuple[Question, ...]]] = {
    "respond": (
        Question("text", "argument"),
        _AT,
        _APOLOGISED,
    ),
    "settle": (
        Question("did"),
        Question("cause", "term", "cause", needed=False),
        Question("failure", "term", "failure", needed=False),
        Question("compensation", "amount", needed=False),
        Question("recovery", "term", "recovery", needed=False),
        _RECOVERY_TIME,
        Question("outcome", "term", "case_outcome", needed=False),
    ),
    "judge": (
        Question("founded", "either", "founded"),
        Question("responsibility", "term", "responsibility"),
        Question("reason"),
        Question("severity", "term", "severity", needed=False),
        Question("explanation", needed=False, where=Where("founded", "unfounded", needed=True)),
        _BY,
    ),
    "assign": (
        Question("to", "name"),
        Question("department", "department", unless="staff-list"),
        Question("route", "term", "route"),
        Question("points", "remark", needed=False),
    ),
    "escalate": (
        Question("reason"),
        Question("reply_by"),
    ),
    "analyse": (
        Question("failure", "term", "failure"),
        Question("cause", "term", "cause"),
        Question("finding"),
    ),
    "propose": (
        Question("remedy", "argument"),
        Question("compensation", "amount"),
        Question("recovery", "term", "recovery"),
        _RECOVERY_TIME,
    ),
    "approve": (
        Question("by", "name"),
        Question("remark"),
    ),
    "implement": (
        Question("did"),
        Question("outcome", "term", "case_outcome"),
        _AT,
        Question("compensation", "amount", needed=False),
        _APOLOGISED,
    ),
    "close": (
        _SUMMARY,
        _LESSON,
        Question("satisfaction", "score", "satisfaction_answer", unless="record"),
        Question("reason", "remark", needed=False, unless="tries", where=Where("satisfaction", "unknown", needed=True)),
        Question("prevent", needed=False),
        Question("prevent_by", "name", needed=False, where=Where("prevent")),
        Question("prevent_on", "day", needed=False, where=Where("prevent", needed=True)),
        _APOLOGISED,
    ),
    "explain": (
        _SUMMARY,
        _LESSON._replace(needed=False),
    ),
    "unresolved": (
        Question("unresolved", "reason"),
        Question("by", "name", unless="authority", where=Where("unresolved")),
        _LESSON._replace(needed=False),
        _APOLOGISED,
    ),
    "resume": (),
    "reopen": (
        Question("reason"),
        _BY,
    ),
}


def questions_of(*steps: str) -> list[Question]:
    """Return what one command asks for that does one of several steps, each question where it stands first."""
    found: dict[str, Question] = {}
    for step in steps:
        for question in QUESTIONS[step]:
            found.setdefault(question.name, question)
    return list(found.values())


def is_required(question: Question, *steps: str) -> bool:
    """Tell whether an answer is needed whichever of `steps` is done and whatever is on record."""
    everywhere = all(any(other.name == question.name for other in QUESTIONS[step]) for step in steps)
    return question.needed and everywhere and not question.unless


def arises(where: Where, answers: Mapping[str, object]) -> bool:
    """Tell whether the other question was answered so that this one arises."""
    answer = answers.get(where.name)
    return answer is not None and where.answer in (None, answer)
