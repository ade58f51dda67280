"""Complaints: the eight handling steps, clocks, ladder and promises."""

from __future__ import annotations

from typing import Final

from csm.cli.grammar import Verb
from csm.domain.complaint.record import COMPLAINT
from csm.domain.kinds import named

TOLD: Final = (
    *("details", "level", "severity", "content", "problem", "channel", "want", "claim", "caller", "caller_phone"),
    *("about", "found_by"),
)
SETTERS: Final = tuple(named(COMPLAINT, name) for name in TOLD)
# Level and severity aren't corrected: a grievance is raised, how serious it is takes a judgement.
CORRECTED: Final = tuple(field for field in SETTERS if field.name not in ("level", "severity"))
# Worked out for the moment, found by an option of its own, or too long to filter by.
NO_FILTERS: Final = frozenset(
    {"id", "customer", "customer_id", "summary", "details", "status", "owner", "overdue", "answer", "done"}
)
FILTERS: Final = tuple(field for field in COMPLAINT if field.name not in NO_FILTERS)
VERBS: Final = {
    "open": Verb("write", setters=SETTERS),
    "list": Verb("list", filters=FILTERS),
    "show": Verb(),
    "next": Verb(),
    **{
        verb: Verb("write")
        for verb in (
            *("judge", "assign", "analyse", "propose", "approve", "reject", "implement", "close", "settle"),
            *("respond", "note", "wait", "resume", "escalate", "reopen", "withdraw", "raise", "feedback-read"),
        )
    },
    "correct": Verb("write", setters=CORRECTED),
    "lessons": Verb("list"),
}
