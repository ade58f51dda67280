"""Dates and times as other programs write them into files: one strict grammar, apart from what people type.

Owns dates with names of months and days of the week, the order of three numbers, and the time behind a date with all
that belongs to it: halves of the day, Chinese hours, an offset. It never guesses, and it drops nothing: whether a time
of day has a place is for the caller. It doesn't know what time it is, nor when work begins or ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final, NamedTuple

from csm.domain.errors import UnreadableDate, UsageFault
from csm.domain.time.numerals import NUMBER, fold, number
from csm.domain.time.when import FIRST_YEAR, LAST_YEAR, WEEKDAYS, hour_of_24

_LONGEST: Final = 64
_YEARS_AHEAD: Final = 20


class Written(NamedTuple):
    """What a cell says: the day, and the time of day where one is written, aware where it has an offset."""

    day: date
    clock: time | None


# --- days -------------------------------------------------------------------------------------------------------------

_MONTHS: Final = {
    name: place
    for place, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august"),
            *("sep sept september", "oct october", "nov november", "dec december"),
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH: Final = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_TH: Final = "(?:st|nd|rd|th)?"
_GAP: Final = "[-/., ]{1,2}"
_YEAR: Final = "(?P<y>[0-9]{4}|[0-9]{2})"

_Reader = Callable[["re.Match[str]", "str | None", date], "date | None"]


def _numbers(found: re.Match[str], order: str | None, today: date) -> date | None:
    return date(int(found["y"]), number(found["m"]), number(found["d"]))


def _named(found: re.Match[str], order: str | None, today: date) -> date | None:
    """Read a date with the name of its month; of two numbers the year is the last unless the order says `ymd`."""
    year, day = found["y"], found["d"]
    if order == "ymd" and len(year) == 2 and found.start("y") > found.start("d"):
        year, day = day, year
    month = _MONTHS[found["name"]] if "name" in found.re.groupindex else number(found["m"])
    return date(_full_year(year, today), month, int(day))


def _three(found: re.Match[str], order: str | None, today: date) -> date | None:
    """Read three numbers in the order told; without one only where a single order gives a date."""
    first, second, third = found["a"], found["b"], found["c"]
    if order is not None and not (order == "ymd" and len(third) == len("2026")):
        part = dict(zip(order, (first, second, third), strict=True))
        if len(part["y"]) not in (2, 4) or max(len(part["m"]), len(part["d"])) > 2:
            return None
        return date(_full_year(part["y"], today), int(part["m"]), int(part["d"]))
    if len(third) != 4 or max(len(first), len(second)) > 2:
        return None
    readings = list(dict.fromkeys((*_dates(third, second, first), *_dates(third, first, second))))
    if len(readings) > 1:
        raise UsageFault("doubtful-date", value=found[0], first=readings[0].isoformat(), second=readings[1].isoformat())
    return readings[0] if readings else None


def _dates(year: str, month: str, day: str) -> list[date]:
    """Return the date of three numbers; none where the calendar has no such day."""
    try:
        return [date(int(year), int(month), int(day))]
    except ValueError:
        return []


def _full_year(text: str, today: date) -> int:
    """Return a year of four digits; one of two lies from 79 years ago to 20 years ahead."""
    year = int(text)
    if len(text) > 2:
        return year
    latest = today.year + _YEARS_AHEAD
    return latest - (latest - year) % 100


# Every form begins the text; what is left behind it is a time of day, or nothing.
_DAYS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = tuple(
    (re.compile(form), reader)
    for form, reader in (
        (r"(?P<y>[0-9]{4})(?P<sign>[-/.])(?P<m>[0-9]{1,2})(?P=sign)(?P<d>[0-9]{1,2})(?![0-9])", _numbers),
        (r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?![0-9:])", _numbers),
        (rf"(?P<y>[0-9]{{4}}) ?年 ?(?P<m>{NUMBER}) ?月 ?(?P<d>{NUMBER}) ?[日号]", _numbers),
        (r"(?P<a>[0-9]{1,4})(?P<sign>[-/.])(?P<b>[0-9]{1,2})(?P=sign)(?P<c>[0-9]{4}|[0-9]{1,2})(?![0-9:])", _three),
        (rf"(?P<d>[0-9]{{1,2}}){_TH}(?:{_GAP})?{_MONTH}(?:{_GAP})?{_YEAR}(?![0-9:])", _named),
        (rf"(?P<d>[0-9]{{1,2}})-(?P<m>{NUMBER})月-{_YEAR}(?![0-9:])", _named),
        (rf"{_MONTH}(?:{_GAP})?(?P<d>[0-9]{{1,2}}){_TH}{_GAP}(?P<y>[0-9]{{4}})(?![0-9:])", _named),
        (rf"(?P<y>[0-9]{{4}}){_GAP}{_MONTH}{_GAP}(?P<d>[0-9]{{1,2}}){_TH}(?![0-9:])", _named),
    )
)
# The way of C's ctime, and with an offset that of some interfaces: `wed apr 22 15:53:50 +0000 2015`.
_TIME_WITHIN: Final = re.compile(rf"({_MONTH} [0-9]{{1,2}}) ([0-9:.]+(?: [+-][0-9]{{4}})?) ([0-9]{{4}})")
_WEEKDAY: Final = "(?P<weekday>" + "|".join(sorted(WEEKDAYS, key=len, reverse=True)) + ")"
_WEEKDAY_BEFORE: Final = re.compile(rf"{_WEEKDAY}(?:[.,]| |(?=[0-9]))+")
_WEEKDAY_AFTER: Final = re.compile(rf"[ ,]*[(]?{_WEEKDAY}[)]?(?:[ ,]+|(?=[0-9上下中早晚凌清傍])|$)")


def _day(text: str, order: str | None, today: date) -> tuple[date, str] | None:
    """Return the day that the folded `text` begins with, and what is left; None where it doesn't."""
    for form, reader in _DAYS:
        found = form.match(text)
        if found is None:
            continue
        try:
            day = reader(found, order, today)
        except ValueError:  # the calendar has no such day
            continue
        if day is not None:
            return day, text[found.end() :]
    return None


# --- times ------------------------------------------------------------------------------------------------------------

# Hours that a part of the day can have: from, to, and what makes them hours of 24. To which day `晚上12点` belongs
# nobody can say.
_PARTS: Final[dict[str, tuple[tuple[int, int, int], ...]]] = {
    "": ((0, 23, 0),),
    "am": ((0, 11, 0), (12, 12, -12)), "pm": ((1, 11, 12), (12, 23, 0)),
    "凌晨": ((0, 6, 0),), "清晨": ((4, 11, 0),), "早晨": ((4, 11, 0),), "早上": ((1, 11, 0),), "上午": ((0, 11, 0),),
    "中午": ((11, 12, 0), (1, 2, 12)), "下午": ((1, 11, 12), (12, 23, 0)), "傍晚": ((4, 8, 12), (16, 20, 0)),
    "晚上": ((5, 11, 12), (17, 23, 0)),
}  # fmt: skip
_PART: Final = "(?P<part>" + "|".join(name for name in _PARTS if name and not name.isascii()) + ")?"
_HALF: Final = r"(?P<half>[ap]\.?m\.?)?"
_OFFSET: Final = r"(?P<offset>z|(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-5][0-9])?|utc|gmt)?"
_CLOCKS: Final = tuple(
    re.compile(form)
    for form in (
        rf"{_PART} ?(?P<h>[0-9]{{1,2}}):(?P<m>[0-5][0-9])(?::(?P<s>[0-5][0-9])(?:[.,][0-9]{{1,9}})?)?"
        rf" ?{_HALF} ?{_OFFSET}",
        rf"(?P<part>)(?P<h>[0-9]{{1,2}})(?P<m>)(?P<s>) ?(?P<half>[ap]\.?m\.?) ?{_OFFSET}",
        rf"{_PART} ?(?P<h>{NUMBER}) ?[点时](?:钟|整|半|(?P<m>{NUMBER}) ?分?(?: ?(?P<s>{NUMBER}) ?秒)?)?"
        "(?P<half>)(?P<offset>)",
    )
)
_HALF_PAST: Final = 30


def _clock(text: str) -> time | None:
    """Return the time of day of the folded `text`, aware where it has an offset; None for anything else."""
    found = next((match for form in _CLOCKS if (match := form.fullmatch(text))), None)
    if found is None:
        return None
    part, half = found["part"] or "", (found["half"] or "").replace(".", "")
    if part and half:
        return None
    try:
        second = number(found["s"] or "0")
        minute = _HALF_PAST if text.endswith("半") else number(found["m"] or "0")
        hour = hour_of_24(number(found["h"]), _PARTS[part or half])
        return None if hour is None else time(hour, minute, second, tzinfo=_offset(found["offset"] or ""))
    except ValueError:  # no such number, time or offset
        return None


def _offset(text: str) -> timezone | None:
    if not text:
        return None
    bare = re.sub("utc|gmt|z|:", "", text)
    if not bare:
        return UTC
    hours, minutes = (bare[1:3], bare[3:]) if len(bare) > len("+800") else (bare[1:-2], bare[-2:])
    if len(bare) <= len("+08"):
        hours, minutes = bare[1:], "0"
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(ahead if bare[0] == "+" else -ahead)


# --- cells ------------------------------------------------------------------------------------------------------------


def read_written(text: str, order: str | None, now_local: datetime) -> Written:
    """Read a date, or a date with a time, from a cell of another program's file.

    `order` (dmy, mdy, ymd) says what 5/6/2026 and years of two digits mean; without it, what has two readings is
    doubtful. A day of the week has to be that of the date. Raises unreadable-date, doubtful-date.
    source: the command-line contract, section 4.
    """
    folded = fold(text)
    found = _read(folded, order, now_local.date()) if len(folded) <= _LONGEST else None
    if found is None or not FIRST_YEAR <= found.day.year <= LAST_YEAR:
        raise UnreadableDate(value=text)
    return found


def read_sheet_date(text: str, order: str | None, now_local: datetime) -> date:
    """Read a date from a cell that has no place for a time: midnight behind it is none. Raises as `read_written`."""
    day, clock = read_written(text, order, now_local)
    if clock not in (None, time()):
        raise UnreadableDate(value=text)
    return day


def _read(text: str, order: str | None, today: date) -> Written | None:
    if len(text) == len("2026-11-21") and text[4] == text[7] == "-":
        try:
            return Written(date.fromisoformat(text), None)
        except ValueError:
            return None
    before = _WEEKDAY_BEFORE.match(text)
    if before:
        text = text[before.end() :]
    if within := _TIME_WITHIN.fullmatch(text):
        text = f"{within[1]} {within[4]} {within[3]}"
    found = _day(text, order, today)
    if found is None:
        return None
    day, rest = found
    after = _WEEKDAY_AFTER.match(rest)
    if after:
        rest = " " + rest[after.end() :] if after.end() < len(rest) else ""
    if not (_is_weekday(before, day) and _is_weekday(after, day)):
        return None
    if not rest:
        return Written(day, None)
    clock = _clock(_without_gap(rest))
    return None if clock is None else Written(day, clock)


def _is_weekday(found: re.Match[str] | None, day: date) -> bool:
    """Tell whether a day of the week, where one was written, is that of the date."""
    return found is None or WEEKDAYS[found["weekday"]] == day.weekday()


def _without_gap(rest: str) -> str:
    """Return a time without what parts it from its date; only a Chinese time may follow a date directly."""
    if rest[0] in "t," or rest.startswith(" "):
        return rest[1:].lstrip()
    return rest if not rest[0].isascii() or rest[0].isdigit() else "-"
