"""Working out anew what is due when the calendar or the time zone of the file has changed (handbook 6.5).

Only deadlines that stand are moved, by the targets their case was recorded under. Most follow from start and target
alone and are moved without a look at their case; one with a wait, a promise or an imported past is worked out from
its events.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from csm.domain import clocks
from csm.domain.clocks import Hours
from csm.domain.complaint import CLOCKS
from csm.domain.instant import Zone
from csm.domain.settings import Policy
from csm.domain.value import Value
from csm.domain.working_hours import WorkingHours, epoch, utc
from csm.domain.worktime import Calendar, read_spans
from csm.services.complaints.filing import File
from csm.storage import complaints, settings
from csm.storage.complaints import Next, Standing

if TYPE_CHECKING:
    from csm.services.work import Work

EXAMPLES: Final = 10
_DAY: Final = 86_400
_DATE: Final = len("2026-11-21")
# A local day begins at a full quarter of an hour in every zone of our time.
_QUARTER: Final = 900
_ORDER: Final = {clock: place for place, clock in enumerate(CLOCKS)}

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
    involved = complaints.cases_beyond_targets(connection)
    moves = _Moves(hours.work)
    states: list[Next] = []
    later: list[list[Standing]] = []
    for complaint_id, group in groupby(complaints.standing_deadlines(connection), key=itemgetter(0)):
        standing = list(group)
        if complaint_id in involved:
            later.append(standing)
            continue
        # The clocks of a case mostly start together.
        starts = {start: epoch(start) for start in {row[1] for row in standing}}
        texts = moves.add(standing, [clocks.base(starts[row[1]], row[2], hours) for row in standing])
        if texts and (following := _next(standing, texts)) != standing[0][-5:]:
            states.append(following)
    for standing in later:
        file = File(work, connection, standing[0][0], hours)
        found = {(one.clock, one.round): one for one in file.deadlines()}
        texts = moves.add(standing, [found[row[4], row[5]].due for row in standing])
        if texts:
            clock, due, _, late, complaint_id = _next(standing, texts)
            miss = clocks.next_miss(file.case, found.values(), file.promises)
            states.append((clock, due, None if miss is None else utc(miss), late, complaint_id))
    complaints.move_deadlines(connection, moves.rows, states)
    moves.examples.sort(key=itemgetter(0))
    return Moved(moves.deadlines, moves.cases, moves.examples[:EXAMPLES], zone)


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
    always = Calendar(read_spans("24/7"), frozenset(), frozenset())
    return zone, Hours(WorkingHours(calendar, zone), WorkingHours(always, zone))


def _recompute_days(connection: sqlite3.Connection, hours: WorkingHours) -> None:
    """Bring the local days of instants that don't move in step with the zone."""
    complaints.store_promise_days(connection, _other_days(complaints.days_of_open_promises(connection), hours))
    complaints.store_proposal_days(connection, _other_days(complaints.days_of_proposals(connection), hours))


def _other_days(days: Iterable[tuple[int, str, str]], hours: WorkingHours) -> list[tuple[str, int]]:
    """Return (day, id) of those of (id, instant, day) whose day is another one now."""
    return [(now, row_id) for row_id, at, day in days if (now := hours.day(epoch(at))) != day]


class _Moves:
    """What has moved: how much, the first of it, and (due, day, id) of every row that is to be written."""

    def __init__(self, hours: WorkingHours) -> None:
        self.deadlines = 0
        self.cases = 0
        self.examples: list[Example] = []
        self.rows: list[tuple[str, str, int]] = []
        self._day = hours.day
        # Dues of many cases fall on the same days and times of day: each is put into words once.
        self._days: dict[int, str] = {}
        self._dates: dict[int, str] = {}
        self._times: dict[int, str] = {}

    def add(self, standing: Sequence[Standing], dues: Sequence[int]) -> list[str]:
        """Take in the dues of one case as they are now; return them as text, nothing where none is to be written."""
        before, written = self.deadlines, len(self.rows)
        texts = []
        for row, due in zip(standing, dues, strict=True):
            text = self._text(due)
            texts.append(text)
            day = self._days.get(due // _QUARTER)
            if day is None:
                day = self._days[due // _QUARTER] = self._day(due)
            if text != row[6]:
                self.deadlines += 1
                if self.cases < EXAMPLES:
                    self.examples.append((row[0], row[4], row[6], text))
            elif day == row[7]:
                continue
            self.rows.append((text, day, row[3]))
        self.cases += self.deadlines > before
        return texts if len(self.rows) > written else []

    def _text(self, due: int) -> str:
        date, time = divmod(due, _DAY)
        try:
            return self._dates[date] + self._times[time]
        except KeyError:
            text = utc(due)
            self._dates[date], self._times[time] = text[:_DATE], text[_DATE:]
            return text


def _next(standing: Sequence[Standing], texts: Sequence[str]) -> Next:
    """Return what the dues of a case without promises and an imported past say about the case as a whole."""
    running = []
    misses = []
    late = 0
    for (_, _, _, _, clock, number, _, _, state, missed, since, *_), due in zip(standing, texts, strict=True):
        if state == "paused":
            late = late or int(since is not None and since > due)
            continue
        running.append((due, _ORDER[clock], number, clock))
        if not missed:
            misses.append(due)
    first = min(running) if running else (None, 0, 0, None)
    return first[-1], first[0], min(misses, default=None), late, standing[0][0]
