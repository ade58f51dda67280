"""The rules of a callback's life: when its series goes on and where a fruitless try puts it (handbook 5)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from csm.domain.terms import AT_THE_DOOR, SPOKEN
from csm.domain.time.recurrence import Interval, next_in_series
from csm.domain.value import Value

if TYPE_CHECKING:
    from csm.domain.time.calendar import Calendar
    from csm.domain.time.instant import Zone

# Planning says what else is planned with a customer within so many days (source: handbook 5).
NEAR: Final = 7
FRUITLESS = frozenset({"no-answer", "postponed"})


class Appointment(Value):
    """A planned day, with the instant `at` (UTC text) where a time of day was named (source: handbook 5)."""

    day: date
    at: str | None = None

    @property
    def columns(self) -> dict[str, object]:
        """Return the columns that keep it."""
        return {"due_on": self.day.isoformat(), "due_at": self.at}

    @property
    def planned(self) -> dict[str, object]:
        """Return the columns that keep it where it is planned anew, as if for the first time."""
        return {**self.columns, "planned_on": self.day.isoformat(), "agreed_on": None}

    @property
    def agreed(self) -> dict[str, object]:
        """Return the columns that keep it where it counts as late by it, whatever was planned first."""
        return {**self.columns, "agreed_on": self.day.isoformat()}

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
    """Where an occurrence of a series stands: its planned day, and the first day from which the series counts.

    The planned day is that of the series and stays, also where there is no work on it and it is due later.
    """

    planned_on: date
    series_on: date

    def due_on(self, calendar: Calendar) -> date:
        """Return the day it is due: the next working day where its own isn't one (source: handbook 5)."""
        return calendar.next_working_day(self.planned_on)


def next_place(every: Interval, place: Place, done_on: date, calendar: Calendar, *, from_done: bool) -> Place:
    """Return the next occurrence after one was done or skipped.

    Counted from the planned day, so that it never drifts and the 31st stays the 31st; missed rounds aren't piled up:
    it is the first date of the series after both the planned day, where that isn't a working day the one it was due on,
    and the day done. With `from_done` the series counts from the day done (source: handbook 5).
    """
    last = max(place.due_on(calendar), done_on)
    if from_done:
        return Place(next_in_series(done_on, every, last, calendar), done_on)
    return Place(next_in_series(place.series_on, every, last, calendar), place.series_on)


def after_no_answer(due_on: date, tried_on: date, calendar: Calendar) -> date:
    """Return the day for the next try: the next working day, never before the planned one (source: handbook 5)."""
    return max(due_on, calendar.next_working_day(tried_on, strictly=True))


def way(channel: str) -> int:
    """Return how a contact by a channel is made: 2 at the door, 1 by talking, 0 in writing (ours, source: handbook 5).

    What is at the door can do whatever a call can, and a call what is written can.
    """
    return 2 if is_visit(channel) else int(channel in SPOKEN)


def is_visit(channel: str) -> bool:
    """Tell whether somebody goes there for a contact by this channel."""
    return channel in AT_THE_DOOR


def fulfils(planned: tuple[str, str], channel: str, purpose: str | None) -> bool:
    """Tell whether a contact fulfils a callback that is due, `planned` by its channel and purpose.

    What is done at the door isn't done from afar. A contact for another purpose fulfils what can be done the same way;
    one that names no purpose, or the same, what it was planned for (source: handbook 5).
    """
    planned_channel, planned_purpose = planned
    if is_visit(planned_channel) and not is_visit(channel):
        return False
    return purpose in (None, planned_purpose) or way(channel) >= way(planned_channel)
