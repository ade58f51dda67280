"""The file of a case while it is worked on: loaded from its events, added to, and put back with what follows.

Every change of a case goes through here, so that misses are recorded before anything else happens, and state and
deadlines are worked out anew after every event (handbook 6.5, 6.6).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from csm.domain.complaint import authority, clocks
from csm.domain.complaint.case import Case, Event
from csm.domain.complaint.clocks import Deadline, Hours, Promise
from csm.domain.complaint.facts import facts
from csm.domain.complaint.next_step import check
from csm.domain.errors import UsageFault
from csm.domain.time.calendar import ROUND_THE_CLOCK, Calendar
from csm.domain.time.working_hours import WorkingHours, epoch, utc
from csm.services.house.assigning import Roster
from csm.services.short_references import identity
from csm.storage import json_text, rows
from csm.storage.complaint import rows as complaints

if TYPE_CHECKING:
    from csm.services.work import Work


def hours(work: Work) -> Hours:
    """Return the working time of the file as its calendar is now."""
    always = Calendar(ROUND_THE_CLOCK, frozenset(), frozenset())
    return Hours(WorkingHours(work.calendar, work.zone), WorkingHours(always, work.zone))


def now(work: Work) -> int:
    """Return the time taken as now in epoch seconds."""
    return epoch(work.now_text)


def read_event(row: Sequence[Any]) -> Event:
    """Return the event of a stored row, (at, by, step, text, level, data)."""
    at, by, step, text, level, data = row
    return Event(epoch(at), by, step, text, level, json_text.read(data) if data != "{}" else {})


def promise_of(row: Mapping[str, Any]) -> Promise:
    """Return what the clocks need to know of a stored promise."""
    return Promise(
        row["id"],
        epoch(row["due_at"]),
        row["status"],
        row["clock"],
        epoch(row["created_at"]),
        epoch(row["kept_at"]) if row["kept_at"] else None,
        row["direction"] == "ours",
        row["origin"] == "reply-by",
    )


def _answered(promise: Promise, supposing: Sequence[Event]) -> Promise:
    """Return a promised reply as kept by a contact that is about to be added."""
    for event in supposing:
        if event.step != "correct" and promise.reply and promise.status == "open" and promise.made <= event.at:
            return promise._replace(status="kept", ended=event.at)
    return promise


class File:
    """One case being worked on within a transaction."""

    def __init__(
        self, work: Work, connection: sqlite3.Connection, complaint_id: int, time: Hours | None = None
    ) -> None:
        self.work = work
        self.connection = connection
        self.id = complaint_id
        self.row = rows.known(connection, "complaint", complaint_id)
        self.events = [read_event(row) for row in complaints.events(connection, complaint_id)]
        self.case = Case.of(self.events)
        self.promises = [promise_of(row) for row in complaints.promises(connection, complaint_id)]
        self.caught_up: list[Event] = []
        self.now = now(work)
        self.hours = time or hours(work)

    @property
    def customer_id(self) -> int:
        """Return the customer whose case it is."""
        return int(self.row["customer_id"])

    def deadlines(self) -> list[Deadline]:
        """Return the deadlines of the case as it is now."""
        return clocks.deadlines(self.case, self.promises, self.hours)

    def catch_up(self, supposing: Sequence[Event] = ()) -> list[Event]:
        """Record the deadlines that have passed, and where they move the case; return those events.

        `supposing` are the events about to be added: what they answer in time isn't missed, though it is told late.
        """
        supposed = Case.of([*self.events, *supposing]) if supposing else self.case
        promises = [_answered(promise, supposing) for promise in self.promises]
        found = clocks.deadlines(supposed, promises, self.hours)
        missed = clocks.misses(supposed, found, promises, self.now)
        if not missed:
            return []
        made = clocks.caught_up(self.case, missed, self.now, self.work.policy)
        for event in made:
            self._insert(event)
        self.caught_up += made
        return made

    def add(
        self,
        step: str,
        text: str | None = None,
        data: Mapping[str, Any] | None = None,
        *,
        at: int | None = None,
        by: str | None = None,
        level: int | None = None,
    ) -> Event:
        """Add an event by whoever acts, now unless told; raise before-received."""
        moment = self.now if at is None else at
        self.check_time(moment)
        given = {name: value for name, value in (data or {}).items() if value is not None}
        standing = self.case.escalation_level if level is None else level
        severity, before = self.case.severity, self._dues()
        starts = self._starts()
        event = Event(moment, by or self.work.user, step, text, standing, given)
        self.case.apply(event)
        if self.case.severity != severity:
            before = {}
        same = self._starts()
        self._hold({key: due for key, due in before.items() if starts[key] == same[key]}, given)
        self._insert(event)
        return event

    def reopen(self, text: str | None, data: Mapping[str, Any] | None = None, *, by: str | None = None) -> None:
        """Add that a case is open again; where whoever was in charge has left it goes to whoever took over."""
        self.add("reopen", text, data, by=by)
        before = self.case.owner
        owner = Roster(self.work, self.connection).usual(before)
        if before is not None and owner != before:
            self.add("handover", None, {"from": before, "to": owner})

    def _dues(self) -> dict[tuple[str, int], int]:
        return {(one.clock, one.round): one.due for one in self.deadlines()}

    def _starts(self) -> dict[tuple[str, int], int]:
        return {(run.clock, run.round): run.start for run in self.case.runs}

    def _hold(self, before: Mapping[tuple[str, int], int], data: dict[str, Any]) -> None:
        """Write down in an event when the clocks that are over were due, for no holiday that comes later moves that.

        Those are the clocks that the event met or stopped; where it changed the severity, and so the targets from the
        recording on, all of them; and those whose start it moved.
        """
        over = [run for run in self.case.runs if run.over and (run.held is None or not before)]
        if not over:
            return
        for run in over:
            run.held = None
        after = self._dues()
        for run in over:
            key = (run.clock, run.round)
            run.held = before.get(key, after[key])
            data.setdefault("dues", {})[f"{run.clock} {run.round}"] = utc(run.held)

    def check_time(self, moment: int) -> None:
        """Raise before-received for an instant before the case was received, or before it was last opened again."""
        earliest = max(self.case.received_at, self.case.reopened_at)
        if moment < earliest and self.events:
            told = (f"{self.work.zone.local(utc(one)):%Y-%m-%d %H:%M}" for one in (moment, earliest))
            raise UsageFault("before-received", value=next(told), received=next(told), case_id=self.id)

    def _insert(self, event: Event) -> None:
        self.events.append(event)
        data = json_text.written(event.data)
        complaints.add_event(
            self.connection, self.id, (utc(event.at), event.by, event.step, event.text, event.level, data)
        )

    def see_promises(self) -> None:
        """Take note of promises that were made or ended since the case was loaded."""
        self.promises = [promise_of(row) for row in complaints.promises(self.connection, self.id)]

    def store(self) -> None:
        """Write what the case adds up to, and its deadlines."""
        found = self.deadlines()
        complaints.store_deadlines(self.connection, self.id, [self._deadline(one) for one in found])
        complaints.store_state(self.connection, self.id, self._state(found))

    def _deadline(self, one: Deadline) -> tuple[object, ...]:
        return (
            one.clock, one.round, utc(one.start), one.target, utc(one.due), self.hours.work.day(one.due),
            _utc(one.met), int(one.missed), one.standing, int(one.plain),
        )  # fmt: skip

    def _state(self, found: Sequence[Deadline]) -> dict[str, object]:
        case = self.case
        since = case.waiting_since
        # What was late when the wait began stays late; what wasn't comes up again when it is over.
        late = [one for one in found if one.standing == "paused" and clocks.passed(one, self.now, since)]
        running = sorted([one for one in found if one.standing == "running"] + late, key=lambda one: one.due)
        asked = case.next_step == "approve" and case.is_open
        return {
            **{name: getattr(case, name) for name in SAME},
            "live": int(case.live),
            "settled_on_spot": int(case.settled_on_spot),
            "first_response_at": _utc(case.first_response_at),
            "implemented_at": _utc(case.implemented_at),
            "closed_at": _utc(case.closed_at),
            "waiting_since": _utc(since),
            "missed": len(case.missed),
            "approval_level": authority.decision(case, self.work.policy).needed if asked else None,
            "approval_on": self.hours.work.day(case.proposed_at) if asked and case.proposed_at else None,
            "escalate_on": self.hours.work.day(case.escalating_since) if case.escalating_since else None,
            "next_clock": running[0].clock if running else None,
            "next_due_at": utc(running[0].due) if running else None,
            "late_waiting": int(bool(late)),
            "next_miss_at": _utc(clocks.next_miss(case, found, self.promises)),
            # What counts nowhere was received at no time that figures know; `complaint` itself keeps it.
            "received_at": None if case.void else utc(case.received_at),
            "problem": self.row.get("problem"),
            **self._facts(found),
        }

    def _facts(self, found: Sequence[Deadline]) -> dict[str, object]:
        """Return the facts of the case; how long something took stays as it was then, whatever holidays came since."""
        case, now = self.case, vars(facts(self.case, found, self.hours.work))
        before = complaints.times(self.connection, self.id) if case.imported_at is None else None
        if before is None or before["received_at"] not in (None, utc(case.received_at)):
            return now
        same = {
            "response_seconds": before["first_response_at"] == _utc(case.first_response_at),
            "resolution_seconds": True,
            "total_seconds": before["implemented_at"] == _utc(case.implemented_at),
        }
        held = [name for name, kept in same.items() if kept and None not in (now[name], before[name])]
        return now | {name: before[name] for name in held}


# Columns of the state that are attributes of the case as they are.
SAME = (
    *("level", "severity", "status", "step", "next_step", "escalation_level", "owner", "department", "route"),
    *("founded", "responsibility", "failure", "cause", "compensation_cents", "recovery", "outcome", "satisfaction"),
    *("lesson", "waiting_for", "reopened", "escalated_by_hand", "escalated_by_policy", "feedback", "recovery_time"),
    *("void", "double_of"),
)


def _utc(moment: int | None) -> str | None:
    return None if moment is None else utc(moment)


def find(connection: sqlite3.Connection, ref: str) -> int:
    """Return the id of the case that `ref` says, 12 or cp12; raise no-such-record."""
    return identity(connection, "complaint", ref)


@contextmanager
def handling(work: Work, ref: str, verb: str, supposing: Sequence[Event] = ()) -> Iterator[File]:
    """Give the file of a case for `verb` in one transaction: misses recorded first, what follows stored at the end.

    Raises no-such-record, and what `csm.domain.complaint.next_step.check` raises.
    """
    with work.database.writing(work.command) as connection:
        file = File(work, connection, find(connection, ref))
        check(file.case, verb, file.id)
        for event in supposing:
            file.check_time(event.at)
        file.catch_up(supposing)
        yield file
        file.store()


def moment(work: Work, local: datetime) -> int:
    """Return a local time in epoch seconds."""
    return epoch(work.zone.to_utc_text(local))
