"""The Chinese lunar calendar, by the tables of borax (1900 to 2100): on which day a lunar birthday is kept.

Loaded only where a birthday of that calendar is met.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from borax.calendars.lunardate import (
    MAX_LUNAR_YEAR,
    MAX_SOLAR_DATE,
    MIN_LUNAR_YEAR,
    MIN_SOLAR_DATE,
    InvalidLunarDateError,
    LCalendars,
    LunarDate,
)

from csm.domain.errors import UsageFault
from csm.domain.time import lunar
from csm.domain.time.lunar import LunarDay, LunarText

YEARS: Final = (MIN_LUNAR_YEAR, MAX_LUNAR_YEAR)


def check(day: LunarDay, text: str, today: date) -> None:
    """Raise lunar-year-unknown, no-lunar-day or date-in-future for a birthday whose year is known, typed as `text`."""
    if day.year is None:
        return
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise UsageFault("lunar-year-unknown", value=text, first=YEARS[0], last=YEARS[1])
    try:
        on: date = LunarDate(day.year, day.month, day.day, int(day.leap)).to_solar_date()
    except InvalidLunarDateError:
        raise UsageFault("no-lunar-day", value=text, year=day.year) from None
    if on > today:
        raise UsageFault("date-in-future", value=text)


def read(text: str, today: date) -> LunarText:
    """Return a lunar birthday as it is stored; raise unreadable-birthday and what `check` raises."""
    day = lunar.read(text)
    check(day, text, today)
    return day.stored


def day_in(stored: str, year: int) -> date | None:
    """Return the day of a common year on which a stored birthday is kept, the first of two.

    A year that has none, as the birthday lies shortly before and after it, gives the first day after it. None beyond
    the tables.
    """
    day = lunar.of(stored)
    found = [_kept(day, lunar_year) for lunar_year in (year - 1, year, year + 1)]
    return next((on for on in found if on is not None and on.year >= year), None)


def _kept(day: LunarDay, year: int) -> date | None:
    """Return the day on which a birthday is kept in a lunar year, None beyond the tables."""
    if not YEARS[0] <= year <= YEARS[1]:
        return None
    leap_month = LCalendars.leap_month(year)
    is_leap = day.leap and leap_month == day.month
    month, kept, leap = lunar.kept_in(day, leap_month, LCalendars.ndays(year, day.month, int(is_leap)))
    found: date = LunarDate(year, month, kept, int(leap)).to_solar_date()
    return found


def birthdays(first: date, last: date) -> Iterator[tuple[str, bool, str]]:
    """Yield (month and day as stored, whether of a leap month, ISO text of the day) of what is kept between two days.

    Both are included; beyond the tables there is nothing.
    """
    day, last = max(first, MIN_SOLAR_DATE), min(last, MAX_SOLAR_DATE)
    while day <= last:
        on = LunarDate.from_solar(day)
        days = LCalendars.ndays(on.year, on.month, on.leap)
        leap_month = LCalendars.leap_month(on.year)
        for month_day, leap in lunar.birthdays_on(
            on.month, on.day, leap=bool(on.leap), leap_month=leap_month, days=days
        ):
            yield month_day, leap, day.isoformat()
        day += timedelta(days=1)
