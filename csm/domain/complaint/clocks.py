"""When the clocks of a case are due, which were missed, and what a miss does to its level (handbook 6.4 to 6.6).

Deadlines follow from the events of the case, the targets it was recorded under, the promises made on it and the
working calendar of today; nothing here stores or says anything. Instants are epoch seconds, spans working seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from csm.domain.complaint.case import CLOCKS, PAUSED_CLOCKS, POLICY, Case, Event, Run
from csm.domain.terms import TOP_LEVEL
from csm.domain.time.working_hours import Target, WorkingHours, due, read_target, utc
from csm.domain.value import Value

if TYPE_CHECKING:
    from csm.domain.settings import Policy

PROMISE: Final = "promise"
# The technician contacts the customer the same day (source: handbook 6.4).
SAME_DAY: Final = "same day"
CALENDAR_UNITS: Final = ("cd", "w")
SEVERITIES: Final = ("general", "serious", "malicious")
TARGETED: Final = ("first-response", "proposal", "resolution")


class Hours(Value):
    """The working time of a file, and the same clock running without a stop for targets in calendar days."""

    work: WorkingHours
    always: WorkingHours

    def of(self, target: Target | None) -> WorkingHours:
        """Return the time in which a target counts."""
        return self.always if target is not None and target.unit in CALENDAR_UNITS else self.work


class Promise(Value):
    """A promise on a case, of ours or of the customer's; `ended` is when it was kept. Instants in epoch seconds.

    reply: it is the time by which a reply was promised, which any response keeps.
    """

    id: int
    due: int
    status: str
    clock: str | None
    made: int
    ended: int | None = None
    ours: bool = True
    reply: bool = False


class Deadline(Value):
    """A clock of a case and when it is due.

    standing: running, paused, met or stopped. missed: a miss is on record. plain: it follows from start and target
    alone, without waits and promises.
    """

    clock: str
    round: int
    start: int
    target: str
    due: int
    met: int | None
    standing: str
    missed: bool
    plain: bool
    stopped: int | None = None


class Miss(Value):
    """A deadline that passed: `number` is the round of the clock, or the id of the promise."""

    clock: str
    number: int
    due: int


def targets(policy: Policy) -> dict[str, dict[str, str]]:
    """Return the targets that a case recorded now keeps for ever: by severity, by clock (source: handbook 6.5)."""
    return {
        severity: {clock: policy.text(f"clock.{severity}.{clock.replace('-', '_')}") for clock in TARGETED}
        for severity in SEVERITIES
    }


def base(start: int, target: str, hours: Hours) -> int:
    """Return when a clock is due that runs from `start` without waits or promises."""
    if target == SAME_DAY:
        return hours.work.closing(start)
    return due(start, _READ.get(target) or _target(target), hours.work, hours.always)


_READ: Final[dict[str, Target]] = {}


def _target(text: str) -> Target:
    found = _READ.get(text)
    if found is None:
        found = _READ[text] = read_target(text)
    return found


def deadlines(case: Case, promises: Sequence[Promise], hours: Hours) -> list[Deadline]:
    """Return the deadlines of a case in the order of `CLOCKS`, each round of its own (source: handbook 6.5)."""
    found = [_deadline(case, run, promises, hours) for run in case.runs]
    return sorted(found, key=lambda one: (CLOCKS.index(one.clock), one.round))


def _deadline(case: Case, run: Run, promises: Sequence[Promise], hours: Hours) -> Deadline:
    text = SAME_DAY if run.clock == "technician" else case.targets[case.severity][run.clock]
    if run.held is not None:
        return _made(case, run, text, run.held, plain=False)
    at = run.fixed if run.fixed is not None else base(run.start, text, hours)
    plain = _is_plain(case, run)
    if run.clock in PAUSED_CLOCKS:
        own = hours.of(None if text == SAME_DAY else _target(text))
        waited = _waited(case, run, own, kept=own is hours.work)
        if waited:
            at, plain = own.add(at, waited), False
    hurrying = [promise.due for promise in promises if _hurries(promise, run) and not _counted(promise, run, case)]
    if hurrying:
        at, plain = min(at, *hurrying), False
    return _made(case, run, text, at, plain=plain)


def _is_plain(case: Case, run: Run) -> bool:
    """Tell whether a clock follows from its start and target alone, as long as no wait or promise moves it."""
    return run.fixed is None and case.imported_at is None and all(pause.until is None for pause in case.pauses)


def _made(case: Case, run: Run, text: str, at: int, *, plain: bool) -> Deadline:
    missed = (run.clock, run.round) in case.missed
    standing = _standing(case, run)
    return Deadline(run.clock, run.round, run.start, text, at, run.met, standing, missed, plain, run.stopped)


def _waited(case: Case, run: Run, own: WorkingHours, *, kept: bool) -> int:
    """Return the time waited for the customer while a clock ran.

    With `kept` it is never less than what was on record when the wait ended, whatever holidays came in since.
    """
    total = 0
    for pause in case.pauses:
        if pause.until is None or (run.met is not None and pause.since >= run.met) or pause.until <= run.start:
            continue
        spent = own.between(max(pause.since, run.start), pause.until)
        total += max(spent, pause.waited) if kept and pause.since >= run.start else spent
    return total


def _hurries(promise: Promise, run: Run) -> bool:
    """Tell whether a promise of ours moves a clock earlier: made while it ran, not kept in time, not released."""
    ours = promise.ours and promise.clock == run.clock and promise.status not in ("kept", "released")
    return ours and promise.made >= run.start and (run.met is None or promise.made <= run.met)


def _counted(promise: Promise, run: Run, case: Case) -> bool:
    """Tell whether a clock that an import fixed already counts a promise."""
    return run.fixed is not None and case.imported_at is not None and promise.made <= case.imported_at


def _standing(case: Case, run: Run) -> str:
    if run.met is not None:
        return "met"
    if run.stopped is not None:
        return "stopped"
    return "paused" if case.status == "waiting" and run.clock in PAUSED_CLOCKS else "running"


def passed(deadline: Deadline, now: int, waiting_since: int | None) -> bool:
    """Tell whether a deadline was or is missed: answered late, or still open and past its time."""
    return _until(deadline, now, waiting_since) > deadline.due


def _until(deadline: Deadline, now: int, waiting_since: int | None) -> int:
    if deadline.met is not None:
        return deadline.met
    if deadline.stopped is not None:
        return deadline.stopped
    return waiting_since if deadline.standing == "paused" and waiting_since is not None else now


def late_by(deadline: Deadline, now: int, waiting_since: int | None, hours: Hours) -> int:
    """Return by how many working seconds a deadline is or was late; it stands still while the case waits."""
    return hours.work.between(deadline.due, _until(deadline, now, waiting_since))


# --- misses and the ladder ----------------------------------------------------------------------------------------


def misses(case: Case, found: Iterable[Deadline], promises: Iterable[Promise], now: int) -> list[Miss]:
    """Return the deadlines missed by `now` that aren't on record, in the order in which they passed.

    A promise made for a clock is that clock's deadline; any other one of ours is a deadline of its own, and what the
    customer promised is no miss of the case. What was due before a historic case was imported isn't looked for (source:
    handbook 6.5).
    """
    new = [
        Miss(one.clock, one.round, one.due)
        for one in found
        if not one.missed and passed(one, now, case.waiting_since) and not _historic(case, one.due)
    ]
    new += [
        Miss(PROMISE, promise.id, promise.due)
        for promise in promises
        if _counts(case, promise) and (promise.status == "broken" or (promise.ended or now) > promise.due)
    ]
    order = [*CLOCKS, PROMISE]
    return sorted(new, key=lambda miss: (miss.due, order.index(miss.clock), miss.number))


def _historic(case: Case, at: int) -> bool:
    return case.imported_at is not None and at <= case.imported_at


def _counts(case: Case, promise: Promise) -> bool:
    return (
        promise.ours
        and promise.clock is None
        and promise.status != "released"
        and (PROMISE, promise.id) not in case.missed
        and not _historic(case, promise.due)
    )


def next_miss(case: Case, found: Iterable[Deadline], promises: Iterable[Promise]) -> int | None:
    """Return the earliest instant after which there will be a miss to record, None where there can't be one."""
    dues = [one.due for one in found if one.standing == "running" and not one.missed and not _historic(case, one.due)]
    dues += [promise.due for promise in promises if promise.status == "open" and _counts(case, promise)]
    return min(dues, default=None)


def climb(case: Case, miss: Miss, policy: Policy) -> int | None:
    """Return the level to which a miss moves a case, None where it stays.

    An open case goes up one level for each deadline, a general one at most to its own highest; one that waits for the
    customer only for a missed first response (source: handbook 6.6).
    """
    if not case.is_open or (case.status == "waiting" and miss.clock != "first-response"):
        return None
    top = policy.number("ladder.general_top") if case.severity == "general" else TOP_LEVEL
    return case.escalation_level + 1 if case.escalation_level < top else None


def caught_up(case: Case, missed: Sequence[Miss], now: int, policy: Policy) -> list[Event]:
    """Return the events that `missed` deadlines of a case bring, in order, and apply them to it.

    First the misses, each dated when it passed, then the escalations they bring, dated `now` (source: handbook 6.6).
    """
    events = []
    told = [{"clock": miss.clock, "number": miss.number, "due": utc(miss.due)} for miss in missed]
    for miss, data in zip(missed, told, strict=True):
        events.append(Event(min(miss.due, now), POLICY, "miss", None, case.escalation_level, data))
        case.apply(events[-1])
    for miss, data in zip(missed, told, strict=True):
        level = climb(case, miss, policy)
        if level is not None:
            events.append(Event(now, POLICY, "escalate", None, level, {**data, "how": "clock"}))
            case.apply(events[-1])
    return events
