"""`survey add` on a terminal where no answer was typed: it asks for each, and Enter leaves one out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from csm.cli.errors import sentence
from csm.cli.session import typed, warn
from csm.domain.errors import UsageFault
from csm.domain.settings import read_whole
from csm.domain.survey.scores import DIMENSIONS, RANGES, SIDES, Scores, read_score
from csm.i18n import heading, label, say


def unanswered(values: Mapping[str, Any], scores: Scores) -> bool:
    """Tell whether nothing that is a score was typed."""
    told = [*scores.dimensions.values(), *scores.items.values()]
    return not any(told) and not any(name in values for name in RANGES)


def ask(scale: int) -> tuple[dict[str, int], Scores] | None:
    """Ask what they expect and perceive, CSAT and NPS; return columns and scores, None where the input ends."""
    warn(say("Enter leaves out what wasn't answered, Ctrl-D stops and records nothing."))
    told: dict[str, dict[str, float]] = {side: {} for side in SIDES}
    for side, what in (("e", heading("expectation")), ("p", heading("perception"))):
        for dimension in DIMENSIONS:
            name = say("{first}, {second}", first=label("dimension", dimension), second=what)
            score = _answer(_question(name, 1, scale), partial(read_score, scale=scale))
            if score is None:
                return None
            told[side] |= {dimension: score} if score >= 0 else {}
    values: dict[str, int] = {}
    for column, name in (("csat", heading("CSAT")), ("nps", heading("NPS"))):
        low, high = RANGES[column]
        answer = _answer(_question(name, low, high), partial(read_whole, low=low, high=high))
        if answer is None:
            return None
        values |= {column: int(answer)} if answer >= 0 else {}
    return values, Scores({side: scores for side, scores in told.items() if scores})


def _question(name: str, low: int, high: int) -> str:
    return say("{what} ({low} to {high})", what=name, low=low, high=high)


def _answer(question: str, read: Callable[[str], float]) -> float | None:
    """Return the number answered, -1 for one left out, None where the input ends; what can't be read is asked again."""
    while True:
        answer = typed(question)
        if not answer:
            return None if answer is None else -1
        try:
            return read(answer)
        except UsageFault as error:
            warn(sentence(error))
