"""A case as its events tell it: where it stands in the eight handling steps, and which clocks they start and stop.

`Case` is made by folding events, oldest first; nothing else changes it. What may be done next is decided by
`csm.domain.complaint.next_step`, when a clock is due by `csm.domain.complaint.clocks` (handbook 6.3, 6.5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from csm.domain.terms import TOP_LEVEL
from csm.domain.time.working_hours import epoch
from csm.domain.value import Value

STEPS: Final = ("record", "judge", "assign", "analyse", "propose", "approve", "implement", "close")
OPEN: Final = ("open", "waiting")
CLOSED: Final = ("closed", "unfounded", "unresolved", "withdrawn")
SOLVED: Final = ("full", "partial")
CLOCKS: Final = ("first-response", "technician", "proposal", "resolution")
# Marks an event of which a file told what was said or done: the state of its case was told beside it.
HISTORIC: Final = "historic"
PAUSED_CLOCKS: Final = ("proposal", "resolution")
POLICY: Final = "policy"
ESCALATE: Final = "escalate"  # what comes next where it isn't one of the eight steps
HAPPY: Final = 3  # from this satisfaction on a case closes, below it opens again (source: handbook 6.3)


def kind_of(level: str, severity: str) -> str:
    """Return what kind of case it is, a term of `case_kind`: how serious a complaint is, or that it's a grievance.

    Source: handbook 6.1.
    """
    if level != "grievance":
        return severity
    return "grievance" if severity == "general" else "serious-grievance"


class Event(Value):
    """Something that happened: `at` in epoch seconds, `level` the level of the ladder that the case stood at then."""

    at: int
    by: str
    step: str
    text: str | None
    level: int
    data: Mapping[str, Any]


class Run:
    """One run of a clock: from `start` until it is met or stopped, in epoch seconds.

    fixed: a due time that was imported and isn't worked out. held: when it was due as it was met or stopped, which no
    holiday that comes in later moves.
    """

    __slots__ = ("clock", "fixed", "held", "met", "round", "start", "stopped")

    def __init__(self, clock: str, number: int, start: int, met: int | None = None, fixed: int | None = None) -> None:
        self.clock = clock
        self.round = number
        self.start = start
        self.met = met
        self.stopped: int | None = None
        self.fixed = fixed
        self.held: int | None = None

    @property
    def over(self) -> bool:
        """Tell whether it doesn't run any more."""
        return self.met is not None or self.stopped is not None


class Pause:
    """A wait for the customer; `waited` is the working time it took, in seconds, as it was when it ended."""

    __slots__ = ("since", "until", "waited")

    def __init__(self, since: int) -> None:
        self.since = since
        self.until: int | None = None
        self.waited = 0


class Voided(Value):
    """How a case stood when it was withdrawn as one that counts nowhere, so that opening it again can undo that."""

    status: str
    next_step: str | None
    closed_at: int | None
    waiting_for: str | None
    stopped: tuple[Run, ...]


class Case:
    """What the events of one case add up to; see `apply`."""

    def __init__(self) -> None:
        self.level = "complaint"
        self.severity = "general"
        self.status = "open"
        self.step = "record"
        self.next_step: str | None = "judge"
        self.escalation_level = 0
        self.owner: str | None = None
        self.department: str | None = None
        self.route: str | None = None
        self.points: str | None = None
        self.founded: str | None = None
        self.responsibility: str | None = None
        self.failure: str | None = None
        self.cause: str | None = None
        self.proposal: str | None = None
        self.rejected = False
        self.proposed_cents: int | None = None
        self.given_cents: int | None = None
        self.proposed_by: str | None = None
        self.recovery: str | None = None
        self.recovery_time: str | None = None
        self.outcome: str | None = None
        self.first_outcome: str | None = None
        self.satisfaction: int | None = None
        self.summary: str | None = None
        self.lesson: str | None = None
        self.apologised = False
        self.live = False
        self.settled_on_spot = False
        self.to_escalate = False
        self.received_at = 0
        self.reopened_at = 0
        self.step_at = 0
        self.first_response_at: int | None = None
        self.implemented_at: int | None = None
        self.first_implemented_at: int | None = None
        self.closed_at: int | None = None
        self.proposed_at: int | None = None
        self.waiting_for: str | None = None
        self.imported_at: int | None = None
        self.reopened = 0
        self.escalated_by_hand = 0
        self.escalated_by_policy = 0
        self.missed: set[tuple[str, int]] = set()
        self.feedback: str | None = None
        # Why it counts nowhere, double or mistake, and which case it is a double of.
        self.void: str | None = None
        self.double_of: int | None = None
        self.voided: Voided | None = None
        self.targets: Mapping[str, Mapping[str, str]] = {}
        self.runs: list[Run] = []
        self.pauses: list[Pause] = []

    @classmethod
    def of(cls, events: Iterable[Event]) -> Case:
        """Return the case that `events`, in the order they were recorded, tell."""
        case = cls()
        for event in events:
            case.apply(event)
        return case

    @property
    def is_open(self) -> bool:
        """Tell whether the case is still being handled."""
        return self.status in OPEN

    @property
    def escalating_since(self) -> int | None:
        """Return since when the case is to be escalated, None where it isn't (source: handbook 6.4)."""
        if not (self.is_open and self.next_step == ESCALATE):
            return None
        return max(self.step_at, self.reopened_at, self.imported_at or 0)

    @property
    def pause(self) -> Pause | None:
        """Return the wait that hasn't ended."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].until is None else None

    @property
    def waiting_since(self) -> int | None:
        """Return since when the case waits for the customer."""
        return self.pause.since if self.status == "waiting" and self.pause else None

    @property
    def compensation_cents(self) -> int | None:
        """Return what the remedies cost: those carried out, and the one that is proposed."""
        told = [cents for cents in (self.given_cents, self.proposed_cents) if cents is not None]
        return sum(told) if told else None

    @compensation_cents.setter
    def compensation_cents(self, cents: int | None) -> None:
        self.given_cents, self.proposed_cents = cents, None

    @property
    def tried(self) -> bool:
        """Tell whether a remedy has been proposed at all."""
        return self.proposal is not None

    def run(self, clock: str) -> Run | None:
        """Return the latest run of a clock."""
        return next((run for run in reversed(self.runs) if run.clock == clock), None)

    def apply(self, event: Event) -> None:
        """Take in one event; whether it was allowed has been decided before."""
        self.escalation_level = event.level
        if event.data.get(HISTORIC):
            return
        _APPLY.get(event.step, _nothing)(self, event)
        if event.step in STEPS:
            self.step_at = event.at
        if "dues" in event.data:
            held = event.data["dues"]
            for run in self.runs:
                due = held.get(f"{run.clock} {run.round}")
                run.held = run.held if due is None else epoch(due)

    # --- clocks -----------------------------------------------------------------------------------------------------

    def _start(self, clock: str, at: int, met: int | None = None) -> None:
        number = sum(run.clock == clock for run in self.runs) + 1
        self.runs.append(Run(clock, number, at, met))

    def _restart(self, run: Run, at: int) -> None:
        """Let a clock that was never met run anew; what was missed stays a round of its own."""
        if (run.clock, run.round) in self.missed:
            run.stopped = at if run.stopped is None else run.stopped
            self._start(run.clock, at)
        else:
            run.start, run.stopped, run.held = at, None, None

    def _meet(self, clock: str, at: int) -> None:
        run = self.run(clock)
        if run is not None and not run.over:
            run.met = max(at, run.start)

    def _stop(self, at: int, clocks: Iterable[str] = CLOCKS) -> None:
        for run in self.runs:
            if run.clock in clocks and not run.over:
                run.stopped = at

    def _contact(self, at: int) -> None:
        """Note a contact with the customer: it answers first response and the technician's."""
        if self.first_response_at is None or at < self.first_response_at:
            self.first_response_at = at
            run = self.run("first-response")
            if run is not None and run.stopped is None:
                run.met = at
        self._meet("technician", at)
        for run in self.voided.stopped if self.voided is not None else ():  # answered, if the case is to count again
            if run.clock in ("first-response", "technician") and run.met is None:
                run.met = max(at, run.start)

    def _give(self, cents: int | None) -> None:
        """Note what a remedy that was carried out cost; what was given before stays given."""
        if cents is not None:
            self.given_cents = (self.given_cents or 0) + cents

    def _receive(self, at: int) -> None:
        """Let the case have been received at another time: the clocks that ran from then run from there."""
        before, self.received_at = self.received_at, at
        if self.live and self.first_response_at == before:
            self.first_response_at = at
        for run in self.runs:
            if run.round == 1 and run.start == before and run.clock != "technician":
                run.met = at if self.live and run.met == before and run.clock == "first-response" else run.met
                run.start, run.held = at, None

    def _end_pause(self, at: int, waited: int) -> None:
        if self.pause is not None:
            self.pause.waited = waited
            self.pause.until = at
        self.waiting_for = None


def _nothing(case: Case, event: Event) -> None:
    """Leave the case as it is: a note, a promise, a prevention tell, and change no state."""


def _record(case: Case, event: Event) -> None:
    data = event.data
    case.level, case.severity = data["level"], data["severity"]
    case.received_at, case.targets, case.live = event.at, data["targets"], bool(data.get("live"))
    case.owner = data.get("owner")
    case.next_step = "judge" if case.level == "complaint" else "close"
    case._start("first-response", event.at, event.at if case.live else None)
    if case.live:
        case.first_response_at = event.at
    if case.level == "complaint":
        case._start("proposal", event.at)
    case._start("resolution", event.at)


def _raise(case: Case, event: Event) -> None:
    case.level, case.next_step = "complaint", "judge"
    case._start("proposal", event.at)
    run = case.run("resolution")
    if run is not None:
        case._restart(run, event.at)


def _judge(case: Case, event: Event) -> None:
    data = event.data
    case.step, case.founded, case.responsibility = "judge", data["founded"], data["responsibility"]
    case.severity = data.get("severity") or case.severity
    if data.get("explanation"):
        case._contact(event.at)
    if case.founded == "founded":
        case.next_step = "assign"
    else:
        case.next_step = "close"
        case._stop(event.at, ("proposal",))


def _assign(case: Case, event: Event) -> None:
    data = event.data
    case.owner, case.department = data["to"], data.get("department")
    case.route, case.points = data["route"], data.get("points")
    case.to_escalate = case.route == "escalate" and event.level < TOP_LEVEL
    case.step, case.next_step = "assign", _after_assign(case)
    case._stop(event.at, ("technician",))
    if case.route == "technical":
        case._start("technician", event.at)


def _after_assign(case: Case) -> str:
    """Return what comes after step 3: on the route `escalate` that is escalating, until it is done (handbook 6.4)."""
    return ESCALATE if case.to_escalate else "analyse"


def _analyse(case: Case, event: Event) -> None:
    case.to_escalate = False
    case.step, case.next_step = "analyse", "propose"
    case.failure, case.cause = event.data.get("failure"), event.data.get("cause")


def _propose(case: Case, event: Event) -> None:
    case.step, case.next_step = "propose", "approve"
    case.proposal, case.proposed_at, case.proposed_by = event.text, event.at, event.by
    case.proposed_cents, case.recovery = event.data.get("compensation_cents"), event.data.get("recovery")
    case.recovery_time = event.data.get("recovery_time")
    case._meet("proposal", event.at)


def _approve(case: Case, event: Event) -> None:
    case.step, case.next_step, case.rejected = "approve", "implement", False


def _reject(case: Case, event: Event) -> None:
    case.step, case.next_step, case.rejected = "analyse", "propose", True
    case.proposed_cents = None


def _implement(case: Case, event: Event) -> None:
    case.step, case.outcome = "implement", event.data["outcome"]
    case._contact(event.at)
    case.apologised = case.apologised or bool(event.data.get("apologised"))
    if case.outcome != "cannot":
        case._give(event.data.get("compensation_cents", case.proposed_cents))
    case.proposed_cents = None
    if case.outcome == "not-yet":
        case.next_step = "propose"
        return
    case.next_step = "close"
    case.implemented_at = event.at
    if case.first_implemented_at is None:
        case.first_implemented_at, case.first_outcome = event.at, case.outcome
    case.settled_on_spot = bool(event.data.get("on_the_spot"))
    case._meet("resolution", event.at)
    if case.route == "technical":
        case.feedback = "waiting"


def _summary(case: Case, event: Event) -> None:
    case.summary, case.lesson = event.text, event.data.get("lesson") or case.lesson
    case.apologised = case.apologised or bool(event.data.get("apologised"))


def _feedback(case: Case, event: Event) -> None:
    case.satisfaction = event.data.get("satisfaction", case.satisfaction)
    case._contact(event.at)


def _close(case: Case, event: Event) -> None:
    data = event.data
    case.step, case.next_step, case.status = "close", None, data["status"]
    case.closed_at, case.proposed_cents = event.at, None
    case.apologised = case.apologised or bool(data.get("apologised"))
    case.summary = event.text
    case.lesson = data.get("lesson") or case.lesson
    if case.level == "grievance":
        case._give(data.get("compensation_cents"))
        case.failure, case.cause = data.get("failure"), data.get("cause")
        case.recovery, case.recovery_time = data.get("recovery"), data.get("recovery_time")
    if "satisfaction" in data:
        case.satisfaction = data["satisfaction"]
    case._contact(event.at)
    if case.status != "closed" or case.level == "grievance":
        case._meet("resolution", event.at)
    case._stop(event.at)


def _withdraw(case: Case, event: Event) -> None:
    if event.data.get("void"):
        case.void, case.double_of = event.data["void"], event.data.get("double_of")
        stopped = tuple(run for run in case.runs if not run.over)
        case.voided = Voided(case.status, case.next_step, case.closed_at, case.waiting_for, stopped)
    case.status, case.next_step, case.closed_at = "withdrawn", None, event.at
    case.proposed_cents = None
    case._end_pause(event.at, event.data.get("waited", 0))
    case._stop(event.at)


def _count_again(case: Case) -> None:
    """Put a case that counted nowhere back where it stood; its clocks have run on (source: handbook 6.3)."""
    before, case.void, case.double_of, case.voided = case.voided, None, None, None
    if before is None:
        return
    case.status, case.next_step, case.closed_at = before.status, before.next_step, before.closed_at
    for run in before.stopped:
        run.stopped = run.held = None
    if before.status == "waiting" and case.pauses:
        case.pauses[-1].until, case.pauses[-1].waited = None, 0
        case.waiting_for = before.waiting_for


def _reopen(case: Case, event: Event) -> None:
    if case.voided is not None:
        _count_again(case)
        return
    case.void = case.double_of = None
    case.step, case.next_step = _resumed_at(case)
    case.status, case.closed_at, case.reopened_at = "open", None, event.at
    case._end_pause(event.at, 0)  # the customer's answer came while it was waited for
    case.reopened += 1
    case.satisfaction = case.summary = None
    for clock in ("first-response", "proposal"):
        run = case.run(clock)
        answered = clock == "first-response" and case.first_response_at is not None  # while it was closed
        if run is not None and run.met is None and not answered:
            case._restart(run, event.at)
    case._start("resolution", event.at)


def _resumed_at(case: Case) -> tuple[str, str]:
    """Return last and next step of a case that opens again: step 4, or where it stood if it never came so far."""
    if case.level == "grievance":
        return "record", "close"
    if case.founded != "founded":
        return "record", "judge"
    if case.route is None:
        return "judge", "assign"
    return "assign", _after_assign(case)


def _wait(case: Case, event: Event) -> None:
    case.status, case.waiting_for = "waiting", event.text
    case.pauses.append(Pause(event.at))


def _resume(case: Case, event: Event) -> None:
    case.status = "open"
    case._end_pause(event.at, event.data.get("waited", 0))


def _escalate(case: Case, event: Event) -> None:
    if event.data.get("how") == "hand":
        case.escalated_by_hand += 1
    else:
        case.escalated_by_policy += 1
    case.to_escalate = False
    if case.next_step == ESCALATE:
        case.next_step = "analyse"


def _miss(case: Case, event: Event) -> None:
    case.missed.add((event.data["clock"], event.data["number"]))


def _respond(case: Case, event: Event) -> None:
    case._contact(event.at)
    case.apologised = case.apologised or bool(event.data.get("apologised"))


def _correct(case: Case, event: Event) -> None:
    received = event.data["after"].get("received_at")
    if received is not None:
        case._receive(epoch(received))


def _feedback_read(case: Case, event: Event) -> None:
    case.feedback = "read"


def _hand_over(case: Case, event: Event) -> None:
    case.owner = event.data["to"]


def _imported(case: Case, event: Event) -> None:
    """Take a historic case as it was told, in place of all that was imported of it before.

    Its clocks run from what was told too, and deadlines that had passed by then aren't looked for. Instants are epoch
    seconds throughout, `waiting_since` of a case that waits too.
    """
    data = event.data
    vars(case).update(vars(Case()))
    for name, value in data["state"].items():
        setattr(case, name, value)
    case.escalation_level, case.imported_at, case.targets = event.level, event.at, data["targets"]
    case.missed = {(clock, number) for clock, number in data.get("missed", ())}
    for run in data["runs"]:
        made = Run(run["clock"], run.get("round", 1), run["start"], run.get("met"), run.get("due"))
        made.stopped = run.get("stopped")
        made.held = made.fixed if made.over else None
        case.runs.append(made)
    if case.first_implemented_at is None:
        case.first_implemented_at, case.first_outcome = case.implemented_at, case.outcome
    if case.status == "waiting":
        case.pauses.append(Pause(data.get("waiting_since") or event.at))


_APPLY: Final[dict[str, Callable[[Case, Event], None]]] = {
    "record": _record,
    "raise": _raise,
    "judge": _judge,
    "assign": _assign,
    "analyse": _analyse,
    "propose": _propose,
    "approve": _approve,
    "reject": _reject,
    "implement": _implement,
    "summary": _summary,
    "feedback": _feedback,
    "close": _close,
    "withdraw": _withdraw,
    "reopen": _reopen,
    "wait": _wait,
    "resume": _resume,
    "escalate": _escalate,
    "miss": _miss,
    "respond": _respond,
    "correct": _correct,
    "feedback-read": _feedback_read,
    "handover": _hand_over,
    "imported": _imported,
}
