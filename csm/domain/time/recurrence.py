"""Recurrence: intervals such as 30d, 2w, 1m, 1y, the end of each month, working days, and the dates of a series.

Every date of a series is counted from its anchor, so that it never drifts. It knows nothing of what is repeated; the
calendar is an argument.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, Protocol

from csm.domain.errors import UsageFault
from csm.domain.time.numerals import NUMBER, fold, number
from csm.domain.value import Value

# No interval is longer than a century: a date of the next round stays a date that can be written.
_LONGEST: Final = {"d": 3650, "w": 3650, "m": 1200, "y": 100}
_UNITS: Final = {"天": "d", "日": "d", "周": "w", "星期": "w", "礼拜": "w", "个月": "m", "年": "y"}
_MONTHS: Final = {"m": 1, "y": 12}
_DAYS: Final = {"d": 1, "w": 7}

MONTH_END: Final = "eom"
WORKDAY: Final = "workday"
_MONTH_ENDS: Final = ("eom", "end of month", "每月底", "每月末", "月底", "月末", "每月最后一天")
_WORKDAYS: Final = f"(?:(?:every )?workday|每?个?工作日|{NUMBER} ?(?:workdays?|个?工作日))"
_MOST_WORKDAYS: Final = 1000
# About how many days lie between two dates of a series, to compare how frequent two of them are.
_USUAL_DAYS: Final = {"d": 1, "w": 7, "m": 30, "y": 365, MONTH_END: 30, WORKDAY: 1}


class WorkingDays(Protocol):
    """What knows working days: a calendar."""

    def add_working_days(self, day: date, n: int) -> date:
        """Return the `n`th working day after `day`."""


class Interval(Value):
    """`number` times `unit`: d days, w weeks, m months, y years, eom ends of months, workday working days."""

    number: int
    unit: str

    def __str__(self) -> str:
        if self.unit == MONTH_END or (self.unit == WORKDAY and self.number == 1):
            return self.unit
        return f"{self.number}{self.unit}"

    @property
    def usual_days(self) -> int:
        """Return about how many days lie between two dates; a month counts as 30 (ours, source: handbook 5)."""
        return self.number * _USUAL_DAYS[self.unit]


def read_interval(text: str) -> Interval:
    """Read 30d, 2w, 1m, 1y, 30天, 两周, 1个月, 1年; raise unreadable-interval. source: handbook 5."""
    units = "[dwmy]|天|日|个?(?:周|星期|礼拜)|个月|年"
    match = re.fullmatch(f"{NUMBER} ?({units})", fold(text))
    if match is None:
        raise UsageFault("unreadable-interval", value=text)
    typed = match[2] if match[2] == "个月" else match[2].removeprefix("个")
    try:
        every = Interval(number(match[1]), _UNITS.get(typed, typed))
    except ValueError as error:
        raise UsageFault("unreadable-interval", value=text) from error
    if not 1 <= every.number <= _LONGEST[every.unit]:
        raise UsageFault("unreadable-interval", value=text)
    return every


def read_recurrence(text: str) -> Interval:
    """Read an interval, eom, workday, 5workday, 每月底 or 每个工作日; raise unreadable-recurrence.

    source: handbook 5.
    """
    folded = fold(text)
    if folded in _MONTH_ENDS:
        return Interval(1, MONTH_END)
    match = re.fullmatch(_WORKDAYS, folded)
    try:
        if match is None:
            return read_interval(text)
        every = Interval(number(match[1]) if match[1] else 1, WORKDAY)
    except (ValueError, UsageFault) as error:
        raise UsageFault("unreadable-recurrence", value=text) from error
    if not 1 <= every.number <= _MOST_WORKDAYS:
        raise UsageFault("unreadable-recurrence", value=text)
    return every


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later (or earlier), the month's last day where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first = date(year, month + 1, 1)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (after - first).days))


def _month_end(day: date, months: int) -> date:
    """Return the last day of the month that lies `months` later."""
    return add_months(day.replace(day=1), months + 1) - timedelta(days=1)


def occurrence(anchor: date, every: Interval, k: int) -> date:
    """Return the `k`th date of the series after its `anchor`, the 0th; 31 Jan, 28 Feb, 31 Mar. source: handbook 5.

    Working days need a calendar, see `next_in_series`.
    """
    if every.unit == MONTH_END:
        is_end = anchor == _month_end(anchor, 0)
        return _month_end(anchor, k - (not is_end)) if k else anchor
    if every.unit in _MONTHS:
        return add_months(anchor, k * every.number * _MONTHS[every.unit])
    return anchor + timedelta(days=k * every.number * _DAYS[every.unit])


def next_in_series(anchor: date, every: Interval, after: date, calendar: WorkingDays) -> date:
    """Return the first date of the series behind its `anchor` that lies after `after`.

    The caller gives the later of the planned day and the day done, so missed rounds aren't piled up.
    source: handbook 5.
    """
    if every.unit == WORKDAY:
        day = calendar.add_working_days(anchor, every.number)
        while day <= after:
            day = calendar.add_working_days(day, every.number)
        return day
    if every.unit == MONTH_END:
        k = max(1, (after.year - anchor.year) * 12 + after.month - anchor.month)
    elif every.unit in _MONTHS:
        months = (after.year - anchor.year) * 12 + after.month - anchor.month
        k = max(1, months // (every.number * _MONTHS[every.unit]))
    else:
        k = max(1, (after - anchor).days // (every.number * _DAYS[every.unit]))
    while (day := occurrence(anchor, every, k)) <= after:
        k += 1
    return day
