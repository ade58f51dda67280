"""How often a customer is called back, by relationship type and grade (handbook 4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from csm.domain.errors import UsageFault
from csm.domain.time.recurrence import read_recurrence

if TYPE_CHECKING:
    from csm.domain.settings import Policy
    from csm.domain.time.calendar import Calendar

RELATIONSHIPS_WITH_CADENCE: Final = ("proactive", "partnership")


def days(relationship: str | None, grade: str | None, policy: Policy) -> int | None:
    """Return the cadence in days, or None where nothing is planned by cadence.

    Only proactive and partnership have a repeating one; a grade tightens it, the shorter of the two wins
    (source: handbook 4).
    """
    if relationship not in RELATIONSHIPS_WITH_CADENCE:
        return None
    by_type = policy.number(f"cadence.{relationship}")
    if grade is None:
        return by_type
    return min(by_type, policy.number(f"cadence.grade_{grade.lower()}"))


def table(policy: Policy) -> Mapping[tuple[str, str | None], int]:
    """Return the cadence in days of every relationship with one and every grade, None included."""
    found = {}
    for relationship in RELATIONSHIPS_WITH_CADENCE:
        for grade in ("A", "B", "C", None):
            cadence = days(relationship, grade, policy)
            if cadence is not None:
                found[relationship, grade] = cadence
    return found


def wanted_day(last_contact: date | None, made: date, cadence: int, today: date) -> date:
    """Return the day on which the next callback should fall: counted from the last contact, else from the making
    of the card, never before `today` (source: handbook 4)."""
    return max((last_contact or made) + timedelta(days=cadence), today)


def moved_day(planned: date, wanted: date) -> date:
    """Return where a callback goes that the cadence planned, when the card's cadence is another one now.

    Sooner where the new cadence wants it sooner; else it stays: nobody waits longer than was planned, and the next one
    counts by the new cadence (ours, source: handbook 4).
    """
    return min(planned, wanted)


def is_covered_by(every: str | None, cadence: int) -> bool:
    """Tell whether a series, a stored interval or None, is at least as frequent as a cadence in days, so that the
    cadence plans nothing in addition (source: handbook 5)."""
    if every is None:
        return False
    try:
        return read_recurrence(every).usual_days <= cadence
    except UsageFault:  # of another program
        return False


class Spread:
    """Finds working days with room, so many callbacks a day for each owner; `per_day` None is no limit."""

    def __init__(self, calendar: Calendar, per_day: int | None, taken: dict[tuple[str | None, date], int]) -> None:
        self._calendar = calendar
        self._per_day = per_day
        self._taken = taken
        self._first_free: dict[tuple[str | None, date], date] = {}

    def place(self, owner: str | None, wanted: date) -> date:
        """Take a place on the first working day from `wanted` on that has room for `owner`; return the day."""
        start = self._calendar.next_working_day(wanted)
        if self._per_day is None:
            return start
        day = self._first_free.get((owner, start), start)
        while self._taken.get((owner, day), 0) >= self._per_day:
            day = self._calendar.next_working_day(day, strictly=True)
        self._first_free[owner, start] = day
        self._taken[owner, day] = self._taken.get((owner, day), 0) + 1
        return day
