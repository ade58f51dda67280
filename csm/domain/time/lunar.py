"""Days of the Chinese lunar calendar (农历): how they are typed, stored and named, and when such a day is kept.

Which lunar month has how many days only a calendar knows, and it is passed in. A stored day is `1962-08-15`, `--08-15`
where the year isn't known, with `leap ` before it in a leap month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from csm.domain.errors import UnreadableBirthday
from csm.domain.time.numerals import NUMBER, fold, number
from csm.domain.value import Value

LEAP: Final = "leap "
SHORT, LONG = 29, 30  # days of a lunar month

_TRADITIONAL: Final = str.maketrans("農曆閏臘陰舊廾", "农历闰腊阴旧廿")
_NAMED: Final = ("农历", "阴历", "旧历", "lunar")
# Signs that only days of this calendar have: nobody has to say that it is meant.
_OWN_SIGNS: Final = ("正月", "冬月", "腊月", "闰", "月初", "月廿", "月卅")
_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12}
_MONTH_NAMES: Final = (*"正二三四五六七八九十", "十一", "腊")
_DIGITS: Final = "一二三四五六七八九"
_YEAR: Final = r"(?:(?P<y>[0-9]{4}|[零〇一二三四五六七八九]{4}) ?年 ?)?"
_DAY: Final = rf"初[一二三四五六七八九十]|[廿卅][一二三四五六七八九]?|{NUMBER}"
_CHINESE: Final = rf"{_YEAR}(?P<leap>闰)?(?P<m>[正冬腊]|{NUMBER}) ?月 ?(?P<d>{_DAY}) ?[日号]?"
_PLAIN: Final = r"(?P<leap>leap )?(?:(?P<y>[0-9]{4})-|--)?(?P<leap2>leap )?(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"


class LunarText(str):
    """A stored lunar day, which tells it from a day of the common calendar."""

    __slots__ = ()


class LunarDay(Value):
    """A day of the lunar calendar; year is None where it isn't known, leap says that its month is a leap month."""

    year: int | None
    month: int
    day: int
    leap: bool = False

    @property
    def stored(self) -> LunarText:
        """Return how the day is stored."""
        year = f"{self.year:04}" if self.year is not None else "-"
        return LunarText(f"{LEAP if self.leap else ''}{year}-{self.month:02}-{self.day:02}")


def is_lunar(text: str) -> bool:
    """Tell whether a text that was typed says a day of the lunar calendar."""
    folded = fold(text).translate(_TRADITIONAL)
    return folded.startswith((*_NAMED, LEAP)) or any(sign in folded for sign in _OWN_SIGNS)


def read(text: str) -> LunarDay:
    """Read a lunar day as it is typed or stored; whether it exists in its year isn't asked.

    Accepts 农历八月十五, 农历1962年闰六月初三, lunar 8-15, lunar leap 1979-06-03; the name may be missing.
    Raises unreadable-birthday. source: handbook 3
    """
    folded = fold(text).translate(_TRADITIONAL)
    for name in _NAMED:
        folded = folded.removeprefix(name)
    found = re.fullmatch(_CHINESE, folded.strip()) or re.fullmatch(_PLAIN, folded.strip())
    try:
        if found is not None:
            leap = bool(found["leap"] or found.groupdict().get("leap2"))
            made = LunarDay(_year(found["y"]), _MONTHS.get(found["m"]) or number(found["m"]), _day(found["d"]), leap)
            if 1 <= made.month <= len(_MONTH_NAMES) and 1 <= made.day <= LONG:
                return made
    except ValueError:
        pass
    raise UnreadableBirthday(value=text)


def _year(text: str | None) -> int | None:
    if text is None or text.isascii():
        return int(text) if text else None
    return int("".join(str("零一二三四五六七八九".index(sign)) for sign in text.replace("〇", "零")))


def _day(text: str) -> int:
    text = text.removeprefix("初")
    if text[0] in "廿卅":
        text = {"廿": "二十", "卅": "三十"}[text[0]] + text[1:]
    return number(text)


def of(stored: str) -> LunarDay:
    """Return the day that is stored as `stored`."""
    leap, text = stored.startswith(LEAP), stored.removeprefix(LEAP)
    return LunarDay(int(text[:4]) if text[0] != "-" else None, int(text[-5:-3]), int(text[-2:]), leap)


def in_english(stored: str, *, with_year: bool = True) -> str:
    """Return the name of a stored day: lunar 8-15, lunar 1962-08-15, lunar leap 6-3."""
    day = of(stored)
    leap = LEAP if day.leap else ""
    if day.year is None or not with_year:
        return f"lunar {leap}{day.month}-{day.day}"
    return f"lunar {leap}{day.year}-{day.month:02}-{day.day:02}"


def in_chinese(stored: str, *, with_year: bool = True) -> str:
    """Return the name of a stored day in Chinese: 农历八月十五, 农历1962年闰六月初三."""
    day = of(stored)
    year = f"{day.year}年" if day.year is not None and with_year else ""
    tens, ones = divmod(day.day, 10)
    named = ("初", "十", "廿")[tens] + _DIGITS[ones - 1] if ones else ("", "初十", "二十", "三十")[tens]
    return f"农历{year}{'闰' if day.leap else ''}{_MONTH_NAMES[day.month - 1]}月{named}"


def kept_in(day: LunarDay, leap_month: int, days: int) -> tuple[int, int, bool]:
    """Return (month, day, whether it is a leap month) on which a birthday is kept in a lunar year.

    leap_month: the month that the year has twice, 0 for none. days: how many its month has there. A birthday of a leap
    month that the year hasn't is kept in the ordinary month, the 30th of a month of 29 days on the 29th (ours).
    source: handbook 3
    """
    return day.month, min(day.day, days), day.leap and leap_month == day.month


def birthdays_on(month: int, day: int, *, leap: bool, leap_month: int, days: int) -> Iterator[tuple[str, bool]]:
    """Yield (month and day as stored, whether of a leap month) of the birthdays that are kept on a lunar day.

    leap_month, days: as in `kept_in`, of which this is the other way round. source: handbook 3
    """
    last = [LONG] if day == days == SHORT else []
    for kept in (day, *last):
        yield f"{month:02}-{kept:02}", leap
        if not leap and leap_month != month:
            yield f"{month:02}-{kept:02}", True


def age_on(stored: str, year: int, month: int) -> int | None:
    """Return the age that is reached on the birthday in a month of the common calendar; None where it isn't known.

    The last months of a lunar year lie in the next common one. source: handbook 3
    """
    day = of(stored)
    if day.year is None:
        return None
    age = year - day.year - (1 if month <= 2 and day.month >= len(_MONTH_NAMES) - 2 else 0)
    return age if age > 0 else None
