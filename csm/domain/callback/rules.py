"""The rules of a callback's life: when its series goes on and where a fruitless try puts it (handbook 5)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from csm.domain.time.recurrence import Interval, next_in_series
from csm.domain.value import Value

if TYPE_CHECKING:
    from csm.domain.time.calendar import Calendar
    from csm.domain.time.instant import Zone

FRUITLESS = frozenset({"no-answer", "postponed"})


class Appointment(Value):
    """A planned day, with the instant `at` (UTC text) where a time of day was named (source: handbook 5)."""

    day: date
    at: str | None = None

    @property
    def columns(self) -> dict[str, object]:
        """Return the columns that keep it."""
        return {"due_on": self.day.isoformat(), "due_at": self.at}

    def is_over(self, today: date, now: str) -> bool:
        """Tell whether its time has passed, or its day where it has no time; `now` is UTC text."""
        return self.day < today if self.at is None else self.at < now


def at_same_time(at: object, day: date, zone: Zone) -> Appointment:
    """Return `day` with the time of day that the instant `at` (UTC text) has in `zone`, without one for None."""
    if at is None:
        return Appointment(day)
    return Appointment(day, zone.to_utc_text(datetime.combine(day, zone.local(str(at)).time())))


def at_time(clock: object, day: date, zone: Zone) -> Appointment:
    """Return `day` at the wall time `clock` (HH:MM), without a time where it is None."""
    if clock is None:
        return Appointment(day)
    return Appointment(day, zone.to_utc_text(datetime.combine(day, time.fromisoformat(str(clock)))))


class Place(Value):
    """Where an occurrence of a series stands: its planned day, and the first day from which the series counts."""

    planned_on: date
    series_on: date


def next_place(every: Interval, place: Place, done_on: date, *, from_done: bool) -> Place:
    """Return the next occurrence after one was done or skipped.

    Counted from the planned day, so that it never drifts and the 31st stays the 31st; missed rounds aren't piled up:
    it is the first date of the series after both the planned day and the day done. With `from_done` the series counts
    from the day done (source: handbook 5).
    """
    if from_done:
        return Place(next_in_series(done_on, every, max(place.planned_on, done_on)), done_on)
    return Place(next_in_series(place.series_on, every, max(place.planned_on, done_on)), place.series_on)


def after_no_answer(due_on: date, tried_on: date, calendar: Calendar) -> date:
    """Return the day for the next try: the next working day, never before the planned one (source: handbook 5)."""
    return max(due_on, calendar.next_working_day(tried_on, strictly=True))
