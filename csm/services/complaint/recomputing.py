"""Working out anew what is due, and who decides, when settings of the file have changed (handbook 6.5, 6.6).

Only deadlines that stand are moved, by the targets their case was recorded under. Most follow from start and target
alone and are moved without a look at their case; one with a wait, a promise or an imported past is worked out from
its events.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from csm.domain.complaint import authority, clocks
from csm.domain.complaint.case import Case
from csm.domain.complaint.clocks import Hours
from csm.domain.settings import Policy
from csm.domain.time.calendar import ROUND_THE_CLOCK, Calendar, read_spans
from csm.domain.time.instant import Zone
from csm.domain.time.working_hours import WorkingHours, epoch, utc
from csm.domain.value import Value
from csm.services.complaint.recording import File, read_event
from csm.storage.complaint import rows as complaints
from csm.storage.house import settings

if TYPE_CHECKING:
    from csm.services.work import Work

EXAMPLES: Final = 10
_DAY: Final = 86_400
_DATE: Final = len("2026-11-21")
# A local day begins at a full quarter of an hour in every zone of our time.
_QUARTER: Final = 900
# Cases that came in at the same instant were mostly recorded one after the other.
_KEPT: Final = 1_000

Example = tuple[int, str, str, str]


class Moved(Value):
    """How many deadlines of how many cases moved, and the first of them: (complaint id, clock, old due, new due).

    Dues are UTC text; `zone` is that of the file as it is now.
    """

    deadlines: int
    cases: int
    examples: Sequence[Example]
    zone: Zone


def recompute(work: Work, connection: sqlite3.Connection) -> Moved:
    """Move what is due within a transaction that has changed the calendar or the time zone; say what moved.

    No miss is recorded or taken back here, and time that was waited stays at least what it was (source: handbook 6.5).
    """
    zone, hours = _as_stored(work, connection)
    _recompute_days(connection, hours.work)
    told = _Told(hours)
    complaints.lay_out_standing(connection, told.of_target)
    misses: list[tuple[str | None, int]] = []
    for complaint_id, group in groupby(complaints.standing_beyond_targets(connection), key=itemgetter(0)):
        file = File(work, connection, complaint_id, hours)
        found = {(one.clock, one.round): one for one in file.deadlines()}
        standing = [(row_id, before, told.due(found[clock, number].due)) for _, row_id, clock, number, before in group]
        complaints.say_standing(connection, [(after, complaint_id, row_id) for row_id, _, after in standing])
        if any(before != after for _, before, after in standing):
            miss = clocks.next_miss(file.case, found.values(), file.promises)
            misses.append((None if miss is None else utc(miss), complaint_id))
    deadlines, cases = complaints.moved_standing(connection)
    examples = complaints.first_moved(connection, EXAMPLES)
    complaints.move_standing(connection, misses)
    return Moved(deadlines, cases, examples, zone)


def _as_stored(work: Work, connection: sqlite3.Connection) -> tuple[Zone, Hours]:
    """Return zone and working time as they stand in the file now; `work` may know those of before."""
    policy = Policy(settings.load(connection))
    name = policy.text("file.timezone")
    zone = work.zone if work.zone.name == name else Zone(name)
    days = [(date.fromisoformat(day), kind) for day, kind, _ in settings.holidays(connection)]
    calendar = Calendar(
        read_spans(policy.text("work.spans")),
        frozenset(day for day, kind in days if kind == "holiday"),
        frozenset(day for day, kind in days if kind == "workday"),
    )
    always = Calendar(ROUND_THE_CLOCK, frozenset(), frozenset())
    return zone, Hours(WorkingHours(calendar, zone), WorkingHours(always, zone))


def _recompute_days(connection: sqlite3.Connection, hours: WorkingHours) -> None:
    """Bring the local days of instants that don't move in step with the zone."""
    complaints.store_promise_days(connection, _other_days(complaints.days_of_open_promises(connection), hours))
    complaints.store_proposal_days(connection, _other_days(complaints.days_of_proposals(connection), hours))
    complaints.store_escalation_days(connection, _other_days(complaints.days_of_escalations(connection), hours))


def _other_days(days: Iterable[tuple[int, str, str]], hours: WorkingHours) -> list[tuple[str, int]]:
    """Return (day, id) of those of (id, instant, day) whose day is another one now."""
    return [(now, row_id) for row_id, at, day in days if (now := hours.day(epoch(at))) != day]


class _Told:
    """Dues as stored texts: instant and local day in one.

    Those of many cases fall on the same days and times of day, and the clocks of a case mostly start together: each is
    worked out once.
    """

    def __init__(self, hours: Hours) -> None:
        self.of_target = lru_cache(_KEPT)(self._of_target)
        self._hours = hours
        self._days: dict[int, str] = {}
        self._dates: dict[int, str] = {}
        self._times: dict[int, str] = {}
        self._start = ""
        self._started = 0

    def _of_target(self, start: str, target: str) -> str:
        """Return when a clock is due that runs from a stored instant to its target."""
        if start != self._start:
            self._start, self._started = start, epoch(start)
        return self.due(clocks.base(self._started, target, self._hours))

    def due(self, moment: int) -> str:
        """Return an instant and its day."""
        date, time = divmod(moment, _DAY)
        try:
            return self._dates[date] + self._times[time] + self._days[moment // _QUARTER]
        except KeyError:
            text, day = utc(moment), self._hours.work.day(moment)
            self._dates[date], self._times[time], self._days[moment // _QUARTER] = text[:_DATE], text[_DATE:], day
            return text + day


def pass_on_approvals(connection: sqlite3.Connection) -> None:
    """Let every proposal that waits for approval wait for the level that may decide it by the settings stored now.

    Source: handbook 6.6.
    """
    policy = Policy(settings.load(connection))
    for complaint_id in complaints.waiting_for_approval(connection):
        case = Case.of(read_event(row) for row in complaints.events(connection, complaint_id))
        complaints.set_approval_level(connection, complaint_id, authority.decision(case, policy).needed)
