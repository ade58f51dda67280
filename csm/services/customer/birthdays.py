"""Birthdays of the Chinese lunar calendar, whose tables are loaded only where there is one (handbook 3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csm.domain.time.lunar import LunarText


def _calendar() -> ModuleType:
    from csm.services.customer import lunar_calendar

    return lunar_calendar


def read(text: str, today: date) -> LunarText:
    """Return a lunar birthday as it is stored, checked where its year is known.

    Raises unreadable-birthday, lunar-year-unknown, no-lunar-day, date-in-future.
    """
    found: LunarText = _calendar().read(text, today)
    return found


def day_in(stored: str, year: int) -> date | None:
    """Return the day of a year on which a stored lunar birthday is kept; None beyond the tables of the calendar.

    source: handbook 3
    """
    found: date | None = _calendar().day_in(stored, year)
    return found


def between(first: date, last: date) -> Iterable[tuple[str, bool, str]]:
    """Yield what is kept between two days: (month and day as stored, whether of a leap month, ISO text of the day)."""
    found: Iterable[tuple[str, bool, str]] = _calendar().birthdays(first, last)
    return found
