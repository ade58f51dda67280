"""A case file as it is shown: the head, the clocks, the time line, the four Rs, and what comes next (handbook 6.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from csm.domain.complaint.authority import Decision
from csm.domain.complaint.case import Case, Event
from csm.domain.complaint.clocks import Deadline
from csm.domain.sale.guarantee import Guarantee
from csm.domain.value import Value

# Regret, reform, restitution and remedy as texts, None where nothing is on record.
FourR = tuple[str | None, str | None, str | None, str | None]


class Clock(Value):
    """A deadline and how it stands: `late` is working seconds late, `left` working seconds until it is due.

    state: met, met-late, running, late, waiting, late-waiting or stopped.
    """

    deadline: Deadline
    state: str
    late: int
    left: int


class Double(Value):
    """A case that was recorded twice, as it is read on the other: who called when, and what was said and written.

    complaint: exact values by name of COMPLAINT. by: who recorded it. words: its events that have a text, the recording
    aside, in the order of their times.
    """

    id: int
    complaint: dict[str, Any]
    by: str
    words: list[Event]


class CaseFile(Value):
    """Everything about one case.

    complaint: exact values by name of `csm.domain.complaint.record.COMPLAINT`. events: in the order of their times.
    clocks: every deadline, each round of its own. promises, preventions: stored rows, the oldest first.
    callbacks: exact values by name of CALLBACK of the callbacks that belong to the case.
    four_r: (regret, reform, restitution, remedy) as texts, None where nothing is on record: the apology given, what
    was put right, the compensation, the prevention (source: handbook 6.7).
    first_resolution, total_resolution: working seconds from the recording to the first and the last step 7.
    step_number: the place, 1 to 8, of the next step, None for escalating. next_action: that of
    `csm.domain.complaint.next_step`, "" for none. deciders: names of the staff who may decide what waits for approval.
    early: closed within the target of `clock.settled_early`, None where there is no such target or it isn't closed.
    sale: the stored row of the sale that it is about. surveys: rows of `survey_list` of those that followed it, in the
    order of their days. has_left: whoever complained isn't there any more. decision: what was given, what is proposed,
    and the level that may decide it; limit: up to how many cents that level may, None for any amount.
    doubles: the cases that are doubles of it, whose promises, callbacks and surveys stand among its own. guarantees:
    the three of its sale as they stand today.
    """

    id: int
    complaint: dict[str, Any]
    case: Case
    events: list[Event]
    clocks: list[Clock]
    promises: list[dict[str, Any]]
    preventions: list[dict[str, Any]]
    callbacks: list[dict[str, Any]]
    four_r: FourR
    first_resolution: int | None
    total_resolution: int | None
    step_number: int | None
    next_action: str
    deciders: list[str]
    early: bool | None
    now: int
    sale: dict[str, Any] | None = None
    surveys: Sequence[Mapping[str, Any]] = ()
    has_left: bool = False
    decision: Decision = Decision(0, 0, 0)
    limit: int | None = None
    doubles: Sequence[Double] = ()
    guarantees: Sequence[Guarantee] = ()
