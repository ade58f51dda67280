"""Days of the lunar calendar as they are typed and named, and which day a birthday is kept on (handbook 3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.errors import UnreadableBirthday
from csm.domain.time.lunar import (
    LunarDay,
    age_on,
    birthdays_on,
    in_chinese,
    in_english,
    is_lunar,
    kept_in,
    of,
    read,
)


@pytest.mark.parametrize(
    ("typed", "stored", "chinese", "english"),
    [
        ("农历八月十五", "--08-15", "农历八月十五", "lunar 8-15"),
        ("农历8月15日", "--08-15", "农历八月十五", "lunar 8-15"),
        ("lunar 8-15", "--08-15", "农历八月十五", "lunar 8-15"),
        ("Lunar 08-15", "--08-15", "农历八月十五", "lunar 8-15"),
        ("农历1962年八月十五", "1962-08-15", "农历1962年八月十五", "lunar 1962-08-15"),
        ("农历一九六二年八月十五", "1962-08-15", "农历1962年八月十五", "lunar 1962-08-15"),
        ("阴历二〇〇一年正月初十", "2001-01-10", "农历2001年正月初十", "lunar 2001-01-10"),
        ("lunar 1962-08-15", "1962-08-15", "农历1962年八月十五", "lunar 1962-08-15"),
        ("農曆閏六月初三", "leap --06-03", "农历闰六月初三", "lunar leap 6-3"),
        ("闰六月初三", "leap --06-03", "农历闰六月初三", "lunar leap 6-3"),
        ("lunar leap 1979-06-03", "leap 1979-06-03", "农历1979年闰六月初三", "lunar leap 1979-06-03"),
        ("leap --06-03", "leap --06-03", "农历闰六月初三", "lunar leap 6-3"),
        ("正月初一", "--01-01", "农历正月初一", "lunar 1-1"),
        ("腊月廿三", "--12-23", "农历腊月廿三", "lunar 12-23"),
        ("冬月三十", "--11-30", "农历十一月三十", "lunar 11-30"),
        ("农历十月二十", "--10-20", "农历十月二十", "lunar 10-20"),
        ("农历二月卅", "--02-30", "农历二月三十", "lunar 2-30"),
        ("旧历十二月初八", "--12-08", "农历腊月初八", "lunar 12-8"),
    ],
)
def test_a_lunar_day_is_read_stored_and_named(typed: str, stored: str, chinese: str, english: str) -> None:
    assert is_lunar(typed)
    assert read(typed).stored == stored
    assert of(stored).stored == stored
    assert (in_chinese(stored), in_english(stored)) == (chinese, english)


@pytest.mark.parametrize(
    "typed",
    [
        "农历",
        "农历八月",
        "农历十三月初一",
        "农历八月三十一",
        "lunar 8-0",
        "lunar 8.15",
        "农历八月十五日上午",
        "农历廿月初一",
    ],
)
def test_what_is_no_lunar_day_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableBirthday):
        read(typed)


@pytest.mark.parametrize("typed", ["1985-03-12", "03-12", "3月12日", "--03-12", "12月3日", "十二月三日"])
def test_days_of_the_common_calendar_are_left_alone(typed: str) -> None:
    assert not is_lunar(typed)


@pytest.mark.parametrize(
    ("stored", "leap_month", "days", "expected"),
    [
        ("--08-15", 0, 29, (8, 15, False)),
        ("--08-15", 8, 29, (8, 15, False)),  # the ordinary month comes first, also where there is a leap one
        ("leap --06-03", 6, 29, (6, 3, True)),
        ("leap --06-03", 5, 30, (6, 3, False)),  # no leap month 6: the ordinary one
        ("--12-30", 0, 30, (12, 30, False)),
        ("--12-30", 0, 29, (12, 29, False)),  # a month of 29 days: the last of it
        ("leap --06-30", 6, 29, (6, 29, True)),
    ],
)
def test_which_day_a_birthday_is_kept_on(
    stored: str, leap_month: int, days: int, expected: tuple[int, int, bool]
) -> None:
    assert kept_in(of(stored), leap_month, days) == expected


@given(
    month=st.integers(1, 12),
    day=st.integers(1, 30),
    leap=st.booleans(),
    leap_month=st.integers(0, 12),
    days=st.sampled_from([29, 30]),
)
def test_the_list_of_a_day_has_whoever_is_kept_on_it(
    month: int, day: int, leap: bool, leap_month: int, days: int
) -> None:
    """The two directions of the rule agree: a birthday is on the list of the day it is kept on, and of that alone."""
    born = LunarDay(None, month, day, leap)
    kept_month, kept_day, kept_leap = kept_in(born, leap_month, days)
    for on in range(1, days + 1):
        listed = [*birthdays_on(kept_month, on, leap=kept_leap, leap_month=leap_month, days=days)]
        assert ((f"{month:02}-{day:02}", leap) in listed) == (on == kept_day)


@pytest.mark.parametrize(
    ("stored", "year", "month", "expected"),
    [
        ("1962-08-15", 2026, 9, 64),
        ("1962-12-20", 2027, 1, 64),  # the twelfth month of lunar 2026
        ("1962-12-20", 2026, 12, 64),
        ("1962-01-01", 2027, 2, 65),
        ("1962-01-01", 2027, 1, 65),
        ("--08-15", 2026, 9, None),
        ("2026-08-15", 2026, 9, None),
    ],
)
def test_the_age_goes_by_lunar_years(stored: str, year: int, month: int, expected: int | None) -> None:
    assert age_on(stored, year, month) == expected
