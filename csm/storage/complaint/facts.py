"""Working out the facts of cases that were recorded before their state held any, for a file that is brought up to date.

The calendar and the time zone are those of the file as they are now.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from csm.domain.complaint.case import Case, Event
from csm.domain.complaint.clocks import Deadline
from csm.domain.complaint.facts import facts
from csm.domain.settings import Policy
from csm.domain.time.calendar import Calendar, read_spans
from csm.domain.time.instant import Zone
from csm.domain.time.working_hours import WorkingHours, epoch, utc
from csm.storage import json_text
from csm.storage.complaint.rows import see_repeats
from csm.storage.house import settings

Row = tuple[Any, ...]

# Both follow an index, so that nothing is sorted and no more than a case is held at a time.
_EVENTS: Final = "SELECT complaint_id, at, by, step, text, level, data FROM complaint_event ORDER BY complaint_id, id"
_DEADLINES: Final = (
    "SELECT complaint_id, clock, round, start_at, target, due_at, met_at, standing, missed, plain"
    " FROM complaint_deadline WHERE clock IN ('first-response', 'resolution') ORDER BY complaint_id, clock, round"
)
_COLUMNS: Final = (
    *("received_at", "response", "resolution", "response_seconds", "resolution_seconds", "total_seconds"),
    "first_outcome",
)


def fill(connection: sqlite3.Connection) -> None:
    """Write the facts of every case into its state, and which cases another came before."""
    if connection.execute("SELECT 1 FROM complaint LIMIT 1").fetchone() is None:
        return
    sets = ", ".join(f"{name} = :{name}" for name in _COLUMNS)
    problem = "(SELECT problem FROM complaint WHERE id = :id)"
    connection.executemany(
        f"UPDATE complaint_state SET {sets}, problem = {problem} WHERE complaint_id = :id", _known(connection)
    )
    see_repeats(connection)


def _known(connection: sqlite3.Connection) -> Iterator[dict[str, object]]:
    """Give what is to be written of each case."""
    hours = _hours(connection)
    deadlines = groupby(connection.execute(_DEADLINES), key=itemgetter(0))
    at, found = next(deadlines, _NONE)
    for complaint_id, rows in groupby(connection.execute(_EVENTS), key=itemgetter(0)):
        case = Case.of(
            Event(epoch(at), by, step, text, level, json_text.read(data) if data != "{}" else {})
            for _, at, by, step, text, level, data in rows
        )
        while at < complaint_id:
            at, found = next(deadlines, _NONE)
        own = [_deadline(row) for row in found] if at == complaint_id else []
        yield {**vars(facts(case, own, hours)), "received_at": utc(case.received_at), "id": complaint_id}


# Beyond the last case.
_NONE: Final[tuple[int, Iterator[Row]]] = (2**63, iter(()))


def _deadline(row: Row) -> Deadline:
    _, clock, number, start, target, due, met, standing, missed, plain = row
    ended = None if met is None else epoch(met)
    return Deadline(clock, number, epoch(start), target, epoch(due), ended, standing, bool(missed), bool(plain))


def _hours(connection: sqlite3.Connection) -> WorkingHours:
    policy = Policy(settings.load(connection))
    days = [(date.fromisoformat(day), kind) for day, kind, _ in settings.holidays(connection)]
    calendar = Calendar(
        read_spans(policy.text("work.spans")),
        frozenset(day for day, kind in days if kind == "holiday"),
        frozenset(day for day, kind in days if kind == "workday"),
    )
    return WorkingHours(calendar, Zone(policy.text("file.timezone")))
