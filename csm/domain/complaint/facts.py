"""What the figures of service quality ask of a case: were its clocks kept, and how long did it take.

Times are working time from the recording on, waits included (source: handbook 6.5, 10.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from csm.domain.value import Value

if TYPE_CHECKING:
    from csm.domain.complaint.case import Case
    from csm.domain.complaint.clocks import Deadline
    from csm.domain.time.working_hours import WorkingHours


class Facts(Value):
    """What is counted of a case.

    response, resolution: met, missed or running; None where the clock was stopped, or never ran. Seconds are working
    time: to the first response of a complaint that wasn't taken live, to its first resolution, and to its last.
    """

    response: str | None
    resolution: str | None
    response_seconds: int | None
    resolution_seconds: int | None
    total_seconds: int | None
    first_outcome: str | None


def facts(case: Case, found: Sequence[Deadline], hours: WorkingHours) -> Facts:
    """Return the facts of a case with these deadlines (source: handbook 6.5, 10.2)."""
    counted = case.level == "complaint"
    return Facts(
        verdict(found, "first-response"),
        verdict(found, "resolution"),
        _taken(case, case.first_response_at, hours) if counted and not case.live else None,
        _taken(case, case.first_implemented_at, hours) if counted else None,
        _taken(case, _done_with(case), hours) if counted else None,
        case.first_outcome,
    )


def _done_with(case: Case) -> int | None:
    """Return when the last remedy was carried out; None where the case was opened again and none has been since."""
    at = case.implemented_at
    return None if at is None or at < case.reopened_at else at


def _taken(case: Case, until: int | None, hours: WorkingHours) -> int | None:
    return None if until is None else hours.between(case.received_at, until)


def verdict(found: Sequence[Deadline], clock: str) -> str | None:
    """Say how a clock stands over all its rounds: missed if it ever was, else running, else met."""
    verdicts = {_verdict(one) for one in found if one.clock == clock}
    return next((verdict for verdict in ("missed", "running", "met") if verdict in verdicts), None)


def _verdict(one: Deadline) -> str | None:
    if one.missed or (one.met is not None and one.met > one.due):
        return "missed"
    if one.standing in ("running", "paused"):
        return "running"
    return None if one.met is None else "met"
