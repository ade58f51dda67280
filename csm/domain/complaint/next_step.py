"""What may be done in a case as it stands, and what comes next (handbook 6.3).

It refuses and names; it changes nothing. Who has the authority for a step is decided by
`csm.domain.complaint.authority`.
"""

from __future__ import annotations

from typing import Final

from csm.domain.complaint.case import STEPS, Case
from csm.domain.errors import Refused
from csm.domain.values.folding import folded

ALWAYS: Final = ("note", "respond", "correct")
SHORTENED: Final = ("judge", "assign", "analyse", "propose")  # the next steps from which `settle` can go on


def check(case: Case, verb: str, case_id: int) -> None:
    """Raise the Refused that says why `verb` isn't possible now and what is (source: handbook 6.3).

    `void` withdraws a case as one that counts nowhere, which a closed one can be too. Raises case-double, case-mistake,
    case-closed, case-waiting, not-waiting, not-closed, no-grievance, nothing-to-read, step-out-of-order.
    """
    if verb in ALWAYS:
        return
    if verb == "feedback-read":
        if case.feedback != "waiting":
            raise Refused("nothing-to-read", case_id=case_id)
        return
    if verb == "reopen":
        if case.is_open:
            raise Refused("not-closed", case_id=case_id, action=next_action(case))
        return
    if case.void is not None:
        raise void_error(case_id, case.double_of)
    if verb == "void":
        return
    if not case.is_open:
        raise Refused("case-closed", case_id=case_id, case_status=case.status)
    if verb in ("escalate", "withdraw"):
        return
    if verb == "resume":
        if case.status != "waiting":
            raise Refused("not-waiting", case_id=case_id)
        return
    if case.status == "waiting":
        raise Refused("case-waiting", case_id=case_id, waiting_for=case.waiting_for or "")
    if verb == "raise" and case.level != "grievance":
        raise Refused("no-grievance", case_id=case_id)
    if not possible(case, verb):
        raise Refused("step-out-of-order", case_id=case_id, step=next_verb(case), action=next_action(case))


def void_error(case_id: int, double_of: int | None) -> Refused:
    """Return the error that says why a case counts nowhere, and where to go on."""
    if double_of is None:
        return Refused("case-mistake", case_id=case_id)
    return Refused("case-double", case_id=case_id, double_of=double_of)


def possible(case: Case, verb: str) -> bool:
    """Tell whether a step can be done next in a case that is open and doesn't wait."""
    if verb in ("wait", "raise"):
        return True
    if verb == "settle":
        return case.level == "grievance" or case.next_step in SHORTENED
    if case.level == "grievance":
        return False
    if verb == "unresolved":
        return case.founded == "founded" and case.tried
    return verb == case.next_step or (verb in ("reject", "propose") and case.next_step == "approve")


def check_proposer(case: Case, name: str, case_id: int) -> None:
    """Raise proposed-by-another where a proposal waits for its decision that somebody else has made.

    Whoever made it can replace it, whatever the case of the letters; so can anybody where a file didn't name them.
    Source: handbook 6.3.
    """
    if case.next_step == "approve" and case.proposed_by and folded(case.proposed_by) != folded(name):
        raise Refused("proposed-by-another", name=case.proposed_by, case_id=case_id, action="reject")


def step_number(case: Case) -> int | None:
    """Return the place, 1 to 8, of the next step; None where none comes, and for escalating, which is none of them."""
    return STEPS.index(case.next_step) + 1 if case.next_step in STEPS else None


def next_verb(case: Case) -> str:
    """Return the verb of the next step; a grievance is settled."""
    return "settle" if case.level == "grievance" else str(case.next_step)


def next_action(case: Case) -> str:
    """Return what comes next in a case: a verb of complaints, or the way of closing it, explain or unresolved."""
    if not case.is_open:
        return "reopen"
    if case.status == "waiting":
        return "resume"
    verb = next_verb(case)
    if verb == "close" and case.founded == "unfounded":
        return "explain"
    return "unresolved" if verb == "close" and case.outcome == "cannot" else verb
