"""When a customer is visited again by the frequency on the card, and who of a route on one day (handbook 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from csm.domain.errors import UsageFault
from csm.domain.time.recurrence import next_in_series, read_recurrence
from csm.domain.value import Value

if TYPE_CHECKING:
    from csm.domain.time.calendar import Calendar
    from csm.domain.time.recurrence import Interval

# A visit waits for others on its route, at most a quarter of its interval and less than a week (ours).
PART: Final = 4
LONGEST_WAIT: Final = 6


def frequency(stored: str | None) -> Interval | None:
    """Return the frequency that a card has, None where it has none or another program wrote what nobody can read."""
    try:
        return None if stored is None else read_recurrence(stored)
    except UsageFault:
        return None


def wanted_day(last: date, every: Interval, today: date, calendar: Calendar) -> date:
    """Return the working day of the next visit: `every` after the last one, never before `today`."""
    return calendar.next_working_day(max(next_in_series(last, every, last, calendar), today))


def latest_day(wanted: date, every: Interval) -> date:
    """Return the last day on which a visit wanted for a day may wait for others on its route."""
    return wanted + timedelta(days=min(every.usual_days // PART, LONGEST_WAIT))


class Wanted(Value):
    """A visit to plan: whose, its route or None, and the first and last day on which it may fall."""

    customer_id: int
    route: str | None
    first: date
    last: date


def together(wanted: Sequence[Wanted]) -> dict[int, date]:
    """Return the day of each visit by customer: those of one route on as few days as possible, none before its first.

    A day is the first on which all who wait for it can be visited (ours).
    """
    days: dict[int, date] = {one.customer_id: one.first for one in wanted if one.route is None}
    routes: dict[str, list[Wanted]] = {}
    for one in wanted:
        if one.route is not None:
            routes.setdefault(one.route, []).append(one)
    for visits in routes.values():
        days |= _of_route(visits)
    return days


def _of_route(visits: Sequence[Wanted]) -> dict[int, date]:
    """Return the day of each visit of one route: who can wait the shortest says until when others go along."""
    days: dict[int, date] = {}
    left = sorted(visits, key=lambda one: (one.last, one.customer_id))
    while left:
        end = left[0].last
        group = [one for one in left if one.first <= end]
        day = max(one.first for one in group)
        days |= {one.customer_id: day for one in group}
        left = [one for one in left if one.first > end]
    return days
