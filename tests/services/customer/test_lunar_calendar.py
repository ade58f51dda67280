"""The lunar calendar against days that are published (Hong Kong Observatory, the almanacs of these years)."""

from __future__ import annotations

from datetime import date

import pytest

from csm.domain.errors import UsageFault
from csm.domain.time import lunar
from csm.services.customer import lunar_calendar


@pytest.mark.parametrize(
    ("stored", "year", "expected"),
    [
        ("--01-01", 2026, "2026-02-17"),  # Spring Festival
        ("--01-01", 2027, "2027-02-06"),
        ("--01-01", 2025, "2025-01-29"),
        ("--08-15", 2026, "2026-09-25"),  # Mid-Autumn
        ("--08-15", 2025, "2025-10-06"),
        ("--05-05", 2026, "2026-06-19"),  # Dragon Boat
        ("--12-08", 2026, "2026-01-26"),  # Laba
        ("--06-01", 2025, "2025-06-25"),
        ("leap --06-01", 2025, "2025-07-25"),  # 2025 has month 6 twice
        ("leap --06-01", 2026, "2026-07-14"),  # 2026 hasn't
        ("--12-30", 2027, "2027-02-05"),  # lunar 2026 ends with the 30th of month 12
        ("--12-30", 2026, "2026-02-16"),  # lunar 2025 with the 29th
        # 2033 has month 11 twice, and its new year is late: 2033 keeps the first of month 11 on 22 November
        ("--11-01", 2033, "2033-11-22"),
        ("leap --11-01", 2033, "2033-12-22"),
    ],
)
def test_a_birthday_is_kept_on_the_published_day(stored: str, year: int, expected: str) -> None:
    assert lunar_calendar.day_in(stored, year) == date.fromisoformat(expected)


def test_a_year_may_have_a_lunar_day_twice_or_never() -> None:
    # The 25th of month 11 fell on 13 January 2026, then on 2 January 2027 and 22 December 2027; never in 2028, then on
    # 9 January 2029.
    days = [lunar_calendar.day_in("--11-25", year) for year in (2026, 2027, 2028, 2029)]
    assert [str(day) for day in days] == ["2026-01-13", "2027-01-02", "2029-01-09", "2029-01-09"]


def test_beyond_the_tables_there_is_no_day() -> None:
    assert lunar_calendar.day_in("--08-15", 2102) is None
    assert [*lunar_calendar.birthdays(date(2101, 3, 1), date(2101, 3, 9))] == []


def test_the_last_days_of_a_short_month_have_the_thirtieth_too() -> None:
    # 16 February 2026 is the 29th and last of month 12
    assert [*lunar_calendar.birthdays(date(2026, 2, 15), date(2026, 2, 17))] == [
        ("12-28", False, "2026-02-15"), ("12-28", True, "2026-02-15"),
        ("12-29", False, "2026-02-16"), ("12-29", True, "2026-02-16"),
        ("12-30", False, "2026-02-16"), ("12-30", True, "2026-02-16"),
        ("01-01", False, "2026-02-17"), ("01-01", True, "2026-02-17"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ("1899-08-15", "lunar-year-unknown"),
        ("2101-08-15", "lunar-year-unknown"),
        ("leap 1962-08-15", "no-lunar-day"),  # no month twice in 1962
        ("2024-12-30", "no-lunar-day"),  # 29 days
        ("2026-12-01", "date-in-future"),
    ],
)
def test_a_day_that_is_not_there_is_refused(stored: str, code: str) -> None:
    with pytest.raises(UsageFault) as fault:
        lunar_calendar.check(lunar.of(stored), stored, date(2026, 11, 21))
    assert fault.value.code == code
