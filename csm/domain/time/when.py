"""Dates and times as people type them: one strict grammar, written as tables.

Owns the reading of WHEN, of the dates and birthdays in other programs' files, and of the numbers and full-width forms
that come with them. It never guesses: what has two readings is refused, and so is a time of day where only a day is
asked for. It doesn't know what time it is, nor when work begins or ends; both are given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Final

from csm.domain.errors import UnreadableBirthday, UnreadableDate, UsageFault
from csm.domain.time.numerals import NUMBER, fold, number

if TYPE_CHECKING:
    from csm.domain.time.instant import Zone

_Reader = Callable[["re.Match[str]", date, bool], date | None]

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
_LONGEST: Final = 48

_ENGLISH_DAYS: Final = "mon monday|tue tues tuesday|wed wednesday|thu thurs thursday|fri friday|sat saturday|sun sunday"
_CHINESE_DAYS: Final = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}

WEEKDAYS: Final[dict[str, int]] = {
    name: weekday for weekday, names in enumerate(_ENGLISH_DAYS.split("|")) for name in names.split()
} | {week + name: weekday for week in ("周", "星期", "礼拜") for name, weekday in _CHINESE_DAYS.items()}

_NOW: Final = ("now", "现在")
_DAYS: Final[dict[str, int]] = {
    "today": 0, "tomorrow": 1, "yesterday": -1,
    "今天": 0, "今日": 0, "明天": 1, "明日": 1, "昨天": -1, "昨日": -1,
    "后天": 2, "前天": -2, "大后天": 3, "大前天": -3,
    "day after tomorrow": 2, "the day after tomorrow": 2, "day before yesterday": -2, "the day before yesterday": -2,
}  # fmt: skip
_STEPS: Final = {
    "": 0, "本": 0, "这": 0, "今": 0, "下": 1, "明": 1, "上": -1, "去": -1, "下下": 2, "后": 2, "上上": -2, "前": -2,
}  # fmt: skip


def _later(day: date, count: int, unit: str) -> date:
    from csm.domain.time.recurrence import Interval, occurrence

    return occurrence(day, Interval(count, unit), 1)


def _month_end(day: date, months: int = 0) -> date:
    return _later(day.replace(day=1), months + 1, "m") - timedelta(days=1)


def _quarter_end(day: date, quarters: int = 0) -> date:
    return _month_end(day, (2 - (day.month - 1) % 3) + 3 * quarters)


def _year_end(day: date, years: int = 0) -> date:
    return date(day.year + years, 12, 31)


_SUNDAY: Final = 6
_ENDS: Final[dict[str, Callable[[date], date]]] = {
    "eow": lambda day: day + timedelta(days=_SUNDAY - day.weekday()),
    "eom": _month_end, "eoq": _quarter_end, "eoy": _year_end,
}  # fmt: skip


_FIRSTS: Final[dict[str, Callable[[date], date]]] = {
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: day.replace(month=day.month - (day.month - 1) % 3, day=1),
    "year": lambda day: day.replace(month=1, day=1),
}
_MONTHS_OF: Final = {"month": 1, "quarter": 3, "year": 12}
_CHINESE_SPANS: Final = {"周": "week", "星": "week", "礼": "week", "月": "month", "季": "quarter", "年": "year"}


def _first(day: date, span: str, steps: int) -> date:
    """Return the first day of the week, month, quarter or year so many `steps` after that of `day`."""
    start = _FIRSTS[span](day)
    return start + timedelta(weeks=steps) if span == "week" else _later(start, steps * _MONTHS_OF[span], "m")


# --- forms and their readers ------------------------------------------------------------------------------------------


def _full(found: re.Match[str], today: date, past: bool) -> date | None:
    return date(int(found["y"]), number(found["m"]), number(found["d"]))


def _yearless(month: int, day: int, today: date, past: bool) -> date | None:
    # Leap days lie up to eight years apart (1896 and 1904).
    for step in range(9):
        try:
            found = date(today.year - step if past else today.year + step, month, day)
        except ValueError:
            continue
        if (found <= today) if past else (found >= today):
            return found
    return None


def _day_of_month(day: int, today: date, past: bool) -> date | None:
    """Return the next day with this number, with `past` the last one; months that have no such day are passed over."""
    for step in range(3):
        try:
            found = _later(today.replace(day=1), -step if past else step, "m").replace(day=day)
        except ValueError:
            continue
        if (found <= today) if past else (found >= today):
            return found
    return None


_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTH_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)


def _month(name: str) -> int:
    """Return the number of the month with an English name or its first letters; raise ValueError."""
    if name in _MONTH_NAMES:
        return _MONTH_NAMES.index(name) + 1
    return _MONTHS.split().index("sep" if name == "sept" else name) + 1


def _named_month(found: re.Match[str], today: date, past: bool) -> date | None:
    month, day = _month(found["month"]), int(found["d"])
    return date(int(found["y"]), month, day) if found["y"] else _yearless(month, day, today, past)


def _numbered(found: re.Match[str], today: date, past: bool) -> date | None:
    return _day_of_month(number(found["d"]), today, past)


def _month_and_day(found: re.Match[str], today: date, past: bool) -> date | None:
    month, day = number(found["m"]), number(found["d"])
    if step := found["step"]:
        return date(today.year + _STEPS[step], month, day)
    return _yearless(month, day, today, past)


def _either(found: re.Match[str], today: date, past: bool) -> date | None:
    """Read a day and a month in whatever order gives a date; raise doubtful-date where both do."""
    year, one, two = found["y"], int(found["a"]), int(found["b"])
    readings = []
    for month, day in ((two, one), (one, two)):
        try:
            reading = date(int(year), month, day) if year else _yearless(month, day, today, past)
        except ValueError:
            continue
        if reading is not None and FIRST_YEAR <= reading.year <= LAST_YEAR and reading not in readings:
            readings.append(reading)
    if len(readings) > 1:
        raise UsageFault("doubtful-date", value=found[0], first=readings[0].isoformat(), second=readings[1].isoformat())
    return readings[0] if readings else None


def _signed(found: re.Match[str], today: date, past: bool) -> date | None:
    count = int(found["n"])
    return _later(today, -count if found["sign"] == "-" else count, found["unit"])


def _in_days(found: re.Match[str], today: date, past: bool) -> date | None:
    if found["way"] and found["ago"]:
        return None
    count = 1 if found["one"] else int(found["n"])
    return _later(today, -count if found["ago"] else count, found["unit"][0])


def _next(found: re.Match[str], today: date, past: bool) -> date | None:
    return _first(today, found["span"], 1)


def _next_weekday(found: re.Match[str], today: date, past: bool) -> date | None:
    """Read `next friday`: the next one from today, which must be that of the next week too; raise doubtful-date."""
    if (weekday := WEEKDAYS.get(found["day"])) is None:
        return None
    soonest = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    of_next_week = _first(today, "week", 1) + timedelta(days=weekday)
    if soonest != of_next_week:
        raise UsageFault("doubtful-date", value=found[0], first=soonest.isoformat(), second=of_next_week.isoformat())
    return soonest


def _edge(found: re.Match[str], today: date, past: bool) -> date | None:
    """Read `end of month`, `start of next week`."""
    span, steps = found["span"], int(bool(found["next"]))
    if found["edge"] == "end":
        return _first(today, span, steps + 1) - timedelta(days=1)
    return _first(today, span, steps)


def _chinese_first(found: re.Match[str], today: date, past: bool) -> date | None:
    return _first(today, _CHINESE_SPANS[found["unit"][0]], _STEPS[found["step"]])


def _chinese_start(found: re.Match[str], today: date, past: bool) -> date | None:
    """Read `本月初`; `月初` alone is the next one, with `past` the last one."""
    span, step = _CHINESE_SPANS[found["unit"][0]], found["step"]
    if step:
        return _first(today, span, _STEPS[step])
    start = _first(today, span, 0)
    return start if past or start == today else _first(today, span, 1)


def _from_today(found: re.Match[str], today: date, past: bool) -> date | None:
    unit = {"天": "d", "日": "d", "年": "y", "个月": "m"}.get(found["unit"], "w")
    count = number(found["n"])
    return _later(today, -count if found["way"] == "前" else count, unit)


def _in_week(found: re.Match[str], today: date, past: bool) -> date | None:
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=_STEPS[found["step"]], days=_CHINESE_DAYS[found["day"]])


def _in_month(found: re.Match[str], today: date, past: bool) -> date | None:
    return _later(today.replace(day=1), _STEPS[found["step"]], "m").replace(day=number(found["d"]))


def _end(found: re.Match[str], today: date, past: bool) -> date | None:
    reader = {"月": _month_end, "季": _quarter_end, "年": _year_end}[found["unit"][0]]
    return reader(today, _STEPS[found["step"] or ""])


_ISO: Final = r"(?P<y>[0-9]{4})(?P<sign>[-/.])(?P<m>[0-9]{1,2})(?P=sign)(?P<d>[0-9]{1,2})"
_COMPACT: Final = r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"
_YEAR_LAST: Final = r"(?P<a>[0-9]{1,2})(?P<sign>[-/.])(?P<b>[0-9]{1,2})(?P=sign)(?P<y>[0-9]{4})"
_COUNT: Final = r"(?:(?P<n>[0-9]{1,4}) ?|(?P<one>an?) )"
_UNIT: Final = r"(?P<unit>days?|weeks?|months?|years?|[dwmy])"
_SPAN: Final = r"(?P<span>week|month|quarter|year)"
_ORDINAL: Final = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_MAYBE_YEAR: Final = r"(?:(?:, ?| |-)(?P<y>[0-9]{4}))?"
_CHINESE: Final = rf"(?P<y>[0-9]{{4}}) ?年 ?(?P<m>{NUMBER}) ?月 ?(?P<d>{NUMBER}) ?[日号]"

# The characters that a text of the form can end in come first: a form that can't match is never compiled.
_ASCII_FORMS: Final[tuple[tuple[str, str, _Reader], ...]] = (
    ("dwmy", r"(?P<sign>[+-])(?P<n>[0-9]{1,4})(?P<unit>[dwmy])", _signed),
    ("0123456789", _ISO, _full),
    ("0123456789", _COMPACT, _full),
    ("0123456789", _YEAR_LAST, _either),
    ("0123456789", r"(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})(?P<y>)", _either),
    ("dwmyskhro", rf"(?P<way>in |within )?{_COUNT}{_UNIT}(?P<ago> ago)?", _in_days),
    ("kh", r"next (?P<span>week|month)", _next),
    ("nestuidyr", r"next (?P<day>[a-z]{3,9})", _next_weekday),
    ("khr", rf"(?P<edge>start|beginning|end) of (?:the |this |(?P<next>next ))?{_SPAN}", _edge),
    ("tdh", r"(?:the )?(?P<d>[0-9]{1,2})(?:st|nd|rd|th)", _numbered),
    ("0123456789stndrh", rf"(?P<month>[a-z]{{3,9}})\.? ?{_ORDINAL}{_MAYBE_YEAR}", _named_month),
    (
        "0123456789abcdefghijklmnopqrstuvwxyz.",
        rf"{_ORDINAL}(?: of)?[ -]?(?P<month>[a-z]{{3,9}})\.?{_MAYBE_YEAR}",
        _named_month,
    ),
)
_CHINESE_FORMS: Final[tuple[tuple[str, str, _Reader], ...]] = (
    ("一二三四五六日天", r"(?P<step>下下?|上上?|本|这)个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])", _in_week),
    ("日号", _CHINESE, _full),
    ("日号", rf"(?:(?P<step>[今明后去前])年 ?)?(?P<m>{NUMBER}) ?月 ?(?P<d>{NUMBER}) ?[日号]", _month_and_day),
    ("日号", rf"(?P<step>下下?|上上?|本|这)个?月(?P<d>{NUMBER})[日号]", _in_month),
    ("日号", rf"(?P<d>{NUMBER}) ?[日号]", _numbered),
    ("后前内", rf"(?P<n>{NUMBER}) ?(?P<unit>天|日|个?(?:周|星期|礼拜)|个月|年)[以之]?(?P<way>[后前内])", _from_today),
    ("周期拜月", r"(?P<step>下下?)个?(?P<unit>周|星期|礼拜|月)", _chinese_first),
    ("初", r"(?:(?P<step>下下?|上上?|本|这)个?)?(?P<unit>月|季度?)初", _chinese_start),
    ("初", r"(?:(?P<step>[今本明后去前])年?)?(?P<unit>年)初", _chinese_start),
    ("底末", r"(?:(?P<step>下下?|上上?|本|这)个?)?(?P<unit>月|季度?)[底末]", _end),
    ("底末", r"(?:(?P<step>[今本明后去前])年?)?(?P<unit>年)[底末]", _end),
)


def _day(text: str, today: date, past: bool) -> date | None:
    """Return the day that the folded `text` names by any form without a time, or None."""
    if text in _DAYS:
        return today + timedelta(days=_DAYS[text])
    if text in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS[text] - today.weekday() - 1) % 7 + 1)
    if text in _ENDS:
        return _ENDS[text](today)
    for ends, form, reader in _ASCII_FORMS if text.isascii() else _CHINESE_FORMS:
        if text[-1:] in ends and (found := re.fullmatch(form, text)):
            try:
                return reader(found, today, past)
            except (ValueError, OverflowError):  # the calendar has no such day
                return None
    return None


# --- times ------------------------------------------------------------------------------------------------------------

# Hours that a part of the day can have: from, to, and what makes them hours of 24. Midnight is nowhere here, since
# nobody can say to which day `晚上12点` belongs.
_PARTS: Final[dict[str, tuple[tuple[int, int, int], ...]]] = {
    "": ((0, 23, 0),),
    "am": ((1, 11, 0), (12, 12, -12)), "pm": ((1, 11, 12), (12, 12, 0)),
    "凌晨": ((0, 6, 0),), "清晨": ((4, 11, 0),), "早晨": ((4, 11, 0),), "早上": ((1, 11, 0),), "上午": ((0, 11, 0),),
    "中午": ((11, 12, 0), (1, 2, 12)), "下午": ((1, 11, 12), (12, 23, 0)), "傍晚": ((4, 8, 12), (16, 20, 0)),
    "晚上": ((5, 11, 12), (17, 23, 0)),
}  # fmt: skip
_PART: Final = r"(?P<part>凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上)?"
_DIGITAL: Final = (
    rf"{_PART} ?(?P<h>[0-9]{{1,2}}):(?P<m>[0-9]{{2}})(?::(?P<s>[0-9]{{2}})(?:\.[0-9]{{1,9}})?)?"
    r" ?(?P<half>am|pm|z|[+-][0-9]{2}:?[0-5][0-9])?"
)
_WHOLE_HOUR: Final = r"(?P<part>)(?P<h>[0-9]{1,2})(?P<m>)(?P<s>) ?(?P<half>am|pm)"
_SPOKEN: Final = rf"{_PART} ?(?P<h>{NUMBER}) ?[点时](?:钟|整|(?P<half>半|[一三]刻)|零?(?P<m>{NUMBER})分?)?(?P<s>)"
_QUARTERS: Final = {"一刻": 15, "半": 30, "三刻": 45}
# A morning without an hour (ours); no other part of the day has one that everybody means.
_MORNING: Final = time(9)
_MORNINGS: Final = ("早上", "早晨", "清晨", " morning")
# A day and its part in two signs: the whole words stand for them.
_SHORT: Final = {
    day + part: f"{whole}{words}"
    for day, whole in (("今", "今天"), ("明", "明天"), ("昨", "昨天"))
    for part, words in (("早", "早上"), ("晨", "早晨"), ("晚", "晚上"))
}


def _clock(text: str) -> time | None:
    """Return the time of day of the folded `text`, aware where it has an offset, or None."""
    form = _DIGITAL if ":" in text else _WHOLE_HOUR if text.isascii() else _SPOKEN
    found = re.fullmatch(form, text)
    if found is None:
        return None
    half, part = found["half"] or "", found["part"] or ""
    if half in ("am", "pm"):
        if part:
            return None
        part = half
    try:
        minute = _QUARTERS.get(half) or number(found["m"] or "0")
        hour = hour_of_24(number(found["h"]), _PARTS[part])
        return None if hour is None else time(hour, minute, int(found["s"] or 0), tzinfo=_offset(half))
    except ValueError:  # no such number or time
        return None


def hour_of_24(hour: int, spans: Iterable[tuple[int, int, int]]) -> int | None:
    """Return an hour of a part of the day as one of 24; `spans` are (from, to, what is added), None is outside."""
    return next((hour + shift for low, high, shift in spans if low <= hour <= high), None)


def _offset(text: str) -> timezone | None:
    if text == "z":
        return UTC
    if text[:1] not in ("+", "-"):
        return None
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(ahead if text[0] == "+" else -ahead)


def _day_before(text: str, cut: int) -> str | None:
    """Return what stands before the time that begins at `cut`, or None where the two run into each other."""
    head = text[:cut]
    if head[-1] == " " or (head[-1] == "t" and head[4:5] == "-"):
        return head[:-1]
    return None if head[-1].isascii() and text[cut].isascii() else head


def _split(text: str, today: date, past: bool) -> tuple[date, time | None] | None:
    if text[:2] in _SHORT:
        text = _SHORT[text[:2]] + text[2:].removeprefix("上")
    if text.endswith(_MORNINGS):
        ending = next(part for part in _MORNINGS if text.endswith(part))
        day = _day(text.removesuffix(ending).strip(), today, past)
        return None if day is None else (day, _MORNING)
    if not any(mark in text for mark in (":", "点", "时", "am", "pm")):
        day = today if text in _NOW else _day(text, today, past)
        return None if day is None else (day, None)
    return _split_before_time(text, today, past)


def _split_before_time(text: str, today: date, past: bool) -> tuple[date, time] | None:
    """Return the day and the time of a text that ends in a time; None where no cut makes it both."""
    for cut in range(len(text)):
        clock = _clock(text[cut:])
        head = _day_before(text, cut) if cut else "today"
        day = _day(head, today, past) if clock and head else None
        # An offset belongs to a date that was written out.
        if clock and day and (clock.tzinfo is None or (cut and text[:4].isdigit())):
            return day, clock
    return None


def _read(typed: str, now: datetime, past: bool) -> tuple[date, time | None]:
    """Return the day that was typed, and the time if one was."""
    text = fold(typed)
    found = _split(text, now.date(), past) if len(text) <= _LONGEST else None
    if found is None or not FIRST_YEAR <= found[0].year <= LAST_YEAR:
        raise UnreadableDate(value=typed)
    return found


def _hours(text: str) -> int | None:
    """Return the hours from now that `text` says, or None; raise ValueError for numerals that are no number."""
    if text[-1:] not in "hrs后前内":
        return None
    if found := re.fullmatch(r"([+-]?)(?:(?:in|within) )?([0-9]{1,4}) ?(?:h|hours?)", text):
        return -int(found[2]) if found[1] == "-" else int(found[2])
    if found := re.fullmatch(rf"{NUMBER} ?个?(?:小时|钟头)[以之]?([后前内])", text):
        return -number(found[1]) if found[2] == "前" else number(found[1])
    return None


def read_day(text: str, now_local: datetime, *, past: bool = False, zone: Zone | None = None) -> date:
    """Read WHEN as a calendar day; source: the command-line contract, section 1.

    A date without a year is the next one, with `past` the last one; today counts in both. An instant, which has an
    offset, is its day in `zone`, else by the offset of `now_local`. Raises unreadable-date, doubtful-date, and
    time-not-kept for any other time of day: a day has no place for it.
    """
    day, clock = _read(text, now_local, past)
    if clock is None:
        return day
    if clock.tzinfo is None:
        raise UsageFault("time-not-kept", value=text, day=day.isoformat())
    instant = datetime.combine(day, clock)
    if zone is not None:
        return zone.to_local(instant).date()
    return instant.astimezone(now_local.tzinfo).date() if now_local.tzinfo is not None else day


def read_moment(
    text: str, now_local: datetime, *, past: bool = False, default_time: time | Callable[[date], time]
) -> datetime:
    """Read WHEN as a moment: wall time of the file's zone; source: the command-line contract, section 1.

    Days are read as by `read_day`; one without a time takes `default_time`, which may depend on the day. The answer
    is naive, but aware where an offset was typed, and as `now_local` is for now and +3h: `Zone.to_utc_text` takes
    both. Raises unreadable-date, doubtful-date.
    """
    folded, now = fold(text), now_local.replace(microsecond=0)
    if folded in _NOW:
        return now
    try:
        hours = _hours(folded)
    except ValueError as error:
        raise UnreadableDate(value=text) from error
    if hours is not None:
        return now + timedelta(hours=hours)
    day, clock = _read(text, now_local, past)
    if clock is None:
        clock = default_time if isinstance(default_time, time) else default_time(day)
    return datetime.combine(day, clock)


# --- birthdays --------------------------------------------------------------------------------------------------------


def read_birthday(text: str) -> str:
    """Read a birthday as `1985-03-12`, without its year as `--03-12`; raise unreadable-birthday.

    Accepts 1985-03-12, 1985/3/12, 1985年3月12日, 03-12, 3月12日, --03-12.
    """
    folded = fold(text)
    yearless = rf"(?:--)?([0-9]{{1,2}})-([0-9]{{1,2}})|--([0-9]{{2}})([0-9]{{2}})|{NUMBER} ?月 ?{NUMBER} ?[日号]"
    try:
        for form in (_ISO, _COMPACT, _CHINESE):
            if (found := re.fullmatch(form, folded)) and FIRST_YEAR <= int(found["y"]) <= LAST_YEAR:
                return date(int(found["y"]), number(found["m"]), number(found["d"])).isoformat()
        if found := re.fullmatch(yearless, folded):
            month, day = (number(part) for part in found.groups() if part)
            return "-" + date(2000, month, day).isoformat()[4:]  # a leap year: 29 February is a birthday
    except ValueError:
        pass
    raise UnreadableBirthday(value=text)
