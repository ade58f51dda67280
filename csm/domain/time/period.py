"""Periods that figures are made for, and the period before each that they are compared with.

A period has a first and a last day, both included. Which day is today is an argument.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from csm.domain.errors import FieldName, UsageFault
from csm.domain.time.numerals import fold
from csm.domain.time.recurrence import add_months
from csm.domain.time.when import FIRST_YEAR, LAST_YEAR
from csm.domain.value import Value

_MONTH: Final = r"([0-9]{4})(?:[-/.]([0-9]{1,2})|年 ?([0-9]{1,2}) ?月)"
_QUARTER: Final = r"(?:([0-9]{4})(?:-| ?年? ?))?(?:q([1-4])|第?([1-4])季度?)"
_YEAR: Final = r"([0-9]{4})年?"
_ROUND: Final = (1, 3, 12)  # months of a month, a quarter, a year


class Period(Value):
    """The days from `first` to `last`, both included."""

    first: date
    last: date


class Compared(Value):
    """A period and the one before it; `running`: it isn't over, and both are cut after the same days."""

    now: Period
    before: Period
    running: bool = False


def _months(first: date, count: int) -> Period:
    return Period(first, add_months(first, count) - timedelta(days=1))


def month_of(day: date) -> Period:
    """Return the whole month in which `day` lies."""
    return _months(day.replace(day=1), 1)


def read_month(text: str) -> Period:
    """Read 2026-10 or 2026年10月; raise unreadable-period."""
    found = re.fullmatch(_MONTH, _folded(text))
    month = int(found[2] or found[3]) if found else 0
    if found is None or not 1 <= month <= 12:
        raise _unreadable("month", text, "2026-10")
    return _months(date(_year(found[1], "month", text, "2026-10"), month, 1), 1)


def read_quarter(text: str, today: date) -> Period:
    """Read 2026-Q3, 2026Q3, 2026年第3季度, or Q3 of the year of `today`; raise unreadable-period."""
    found = re.fullmatch(_QUARTER, _folded(text))
    if found is None:
        raise _unreadable("quarter", text, "2026-Q3")
    year = _year(found[1], "quarter", text, "2026-Q3") if found[1] else today.year
    return _months(date(year, 3 * int(found[2] or found[3]) - 2, 1), 3)


def read_year(text: str) -> Period:
    """Read 2026 or 2026年; raise unreadable-period."""
    found = re.fullmatch(_YEAR, _folded(text))
    if found is None:
        raise _unreadable("year", text, "2026")
    return _months(date(_year(found[1], "year", text, "2026"), 1, 1), 12)


def _folded(text: str) -> str:
    # Reading is only needed where a period was typed.
    return fold(text)


def _year(digits: str, field: str, text: str, form: str) -> int:
    if not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        raise _unreadable(field, text, form)
    return int(digits)


def _unreadable(field: str, text: str, form: str) -> Exception:
    return UsageFault("unreadable-period", field=FieldName(field), value=text, form=form)


def before(period: Period) -> Period:
    """Return the period before: of a whole month, quarter or year the one before, else as many days before."""
    if months := _whole_months(period):
        return _months(add_months(period.first, -months), months)
    days = (period.last - period.first).days + 1
    return Period(period.first - timedelta(days=days), period.first - timedelta(days=1))


def _whole_months(period: Period) -> int:
    """Return how many months a period is, where it is a whole month, quarter or year; else 0."""
    for months in _ROUND:
        # A quarter begins in the months 1, 4, 7, 10, a year in January.
        if period.first.day == 1 and (period.first.month - 1) % months == 0 and period == _months(period.first, months):
            return months
    return 0


def compared(period: Period, today: date) -> Compared:
    """Return a period and the one before it; one that isn't over is cut after `today`, the one before likewise.

    So a year that is in its November is compared with the year before up to the same day, and not with all of it
    (source: handbook 9.3).
    """
    whole = before(period)
    if not period.first <= today < period.last:
        return Compared(period, whole)
    months = _whole_months(period)
    end = add_months(today, -months) if months else whole.first + (today - period.first)
    return Compared(Period(period.first, today), Period(whole.first, min(end, whole.last)), running=True)


def same_days_before(period: Period) -> Period:
    """Return the same days of the month before, for days of one month; they end where a shorter month does."""
    return Period(add_months(period.first, -1), add_months(period.last, -1))


def month_to_date(today: date) -> Compared:
    """Return this month up to `today`, against the same days of the month before."""
    now = Period(today.replace(day=1), today)
    return Compared(now, same_days_before(now), running=True)


def months_in(period: Period) -> float:
    """Return how many months a period is long; so many days of a month are that part of it."""
    spans = [(one.now, month_of(one.now.first)) for one in parts(period)]
    return sum(((days.last - days.first).days + 1) / whole.last.day for days, whole in spans)


def parts(period: Period) -> list[Compared]:
    """Return the months of a period, the first and the last cut where it begins and ends.

    A whole month is compared with the whole month before, a part with the same days of the month before.
    """
    found = []
    first = period.first
    while first <= period.last:
        whole = month_of(first)
        part = Period(first, min(whole.last, period.last))
        found.append(Compared(part, before(part) if part == whole else same_days_before(part)))
        first = whole.last + timedelta(days=1)
    return found
