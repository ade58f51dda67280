"""Periods and the ones before them."""

from __future__ import annotations

from datetime import date

import pytest

from csm.domain.time.period import (
    Compared,
    Period,
    before,
    compared,
    month_of,
    month_to_date,
    months_in,
    parts,
    read_month,
    read_quarter,
    read_year,
    same_days_before,
)
from tests.refusals import refused_as

TODAY = date(2026, 11, 21)


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        # A whole month: the month before, however long.
        (days("2026-10-01", "2026-10-31"), days("2026-09-01", "2026-09-30")),
        (days("2026-03-01", "2026-03-31"), days("2026-02-01", "2026-02-28")),
        (days("2026-01-01", "2026-01-31"), days("2025-12-01", "2025-12-31")),
        (days("2024-02-01", "2024-02-29"), days("2024-01-01", "2024-01-31")),
        # A whole quarter and a whole year.
        (days("2026-07-01", "2026-09-30"), days("2026-04-01", "2026-06-30")),
        (days("2026-01-01", "2026-03-31"), days("2025-10-01", "2025-12-31")),
        (days("2026-01-01", "2026-12-31"), days("2025-01-01", "2025-12-31")),
        # Any other span: as many days before. 28 days of a leap February are no whole month.
        (days("2024-02-01", "2024-02-28"), days("2024-01-04", "2024-01-31")),
        (days("2026-11-10", "2026-11-12"), days("2026-11-07", "2026-11-09")),
        (days("2026-11-10", "2026-11-10"), days("2026-11-09", "2026-11-09")),
        # Three months that are no quarter, 28 + 31 + 30 = 89 days.
        (days("2026-02-01", "2026-04-30"), days("2025-11-04", "2026-01-31")),
    ],
)
def test_the_period_before(period: Period, expected: Period) -> None:
    assert before(period) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-21", days("2026-10-01", "2026-10-21")),
        ("2026-11-01", days("2026-10-01", "2026-10-01")),
        ("2026-03-31", days("2026-02-01", "2026-02-28")),
        ("2024-03-30", days("2024-02-01", "2024-02-29")),
        # The last day of a short month: still the same days, not the whole month.
        ("2026-02-28", days("2026-01-01", "2026-01-28")),
        ("2026-01-15", days("2025-12-01", "2025-12-15")),
    ],
)
def test_month_to_date_against_the_same_days(today: str, expected: Period) -> None:
    day = date.fromisoformat(today)
    assert month_to_date(day) == Compared(Period(day.replace(day=1), day), expected, running=True)


@pytest.mark.parametrize(
    ("period", "today", "now", "then"),
    [
        # a month, a quarter, a year in their November: up to the same day of the one before
        (days("2026-11-01", "2026-11-30"), "2026-11-21", "2026-11-01 2026-11-21", "2026-10-01 2026-10-21"),
        (days("2026-10-01", "2026-12-31"), "2026-11-21", "2026-10-01 2026-11-21", "2026-07-01 2026-08-21"),
        (days("2026-01-01", "2026-12-31"), "2026-11-21", "2026-01-01 2026-11-21", "2025-01-01 2025-11-21"),
        # the day before the end of March: February has no 30th
        (days("2026-03-01", "2026-03-31"), "2026-03-30", "2026-03-01 2026-03-30", "2026-02-01 2026-02-28"),
        # a leap day, a year before which there is none
        (days("2028-01-01", "2028-12-31"), "2028-02-29", "2028-01-01 2028-02-29", "2027-01-01 2027-02-28"),
        (days("2026-11-01", "2026-11-30"), "2026-11-01", "2026-11-01 2026-11-01", "2026-10-01 2026-10-01"),
        # ten days, of which six have passed: the first six of the ten before
        (days("2026-11-15", "2026-11-24"), "2026-11-20", "2026-11-15 2026-11-20", "2026-11-05 2026-11-10"),
    ],
)
def test_a_period_that_is_not_over_is_compared_with_the_same_days(
    period: Period, today: str, now: str, then: str
) -> None:
    found = compared(period, date.fromisoformat(today))
    assert found == Compared(days(*now.split()), days(*then.split()), running=True)


@pytest.mark.parametrize("today", ["2026-11-30", "2026-12-05", "2026-10-31"])
def test_a_period_that_is_over_or_ahead_is_compared_with_the_whole_one_before(today: str) -> None:
    whole = days("2026-11-01", "2026-11-30")
    assert compared(whole, date.fromisoformat(today)) == Compared(whole, days("2026-10-01", "2026-10-31"))


def test_the_same_days_of_the_month_before_end_with_a_shorter_month() -> None:
    assert same_days_before(days("2026-03-29", "2026-03-31")) == days("2026-02-28", "2026-02-28")


def test_a_period_falls_into_months() -> None:
    assert parts(days("2026-01-15", "2026-03-10")) == [
        Compared(days("2026-01-15", "2026-01-31"), days("2025-12-15", "2025-12-31")),
        Compared(days("2026-02-01", "2026-02-28"), days("2026-01-01", "2026-01-31")),
        Compared(days("2026-03-01", "2026-03-10"), days("2026-02-01", "2026-02-10")),
    ]


def test_the_month_of_a_day() -> None:
    assert month_of(date(2024, 2, 29)) == days("2024-02-01", "2024-02-29")


def test_months_quarters_and_years_are_read() -> None:
    october = days("2026-10-01", "2026-10-31")
    assert [read_month(text) for text in ("2026-10", "2026/10", "2026年10月", " 2026.10 ")] == [october] * 4
    third = days("2026-07-01", "2026-09-30")
    forms = ("2026-Q3", "2026Q3", "2026q3", "Q3", "2026年第3季度", "2026 Q3")
    assert [read_quarter(text, TODAY) for text in forms] == [third] * len(forms)
    assert read_year("2026") == read_year("2026年") == days("2026-01-01", "2026-12-31")


@pytest.mark.parametrize("text", ["", "2026-13", "2026-0", "10", "october", "2026-10-01", "1800-10", "９９９９-10"])
def test_what_is_no_month(text: str) -> None:
    with refused_as("unreadable-period"):
        read_month(text)


@pytest.mark.parametrize("text", ["", "Q5", "2026-Q0", "3", "2026", "1800-Q1"])
def test_what_is_no_quarter(text: str) -> None:
    with refused_as("unreadable-period"):
        read_quarter(text, TODAY)


@pytest.mark.parametrize("text", ["", "26", "2026-10", "1800", "this"])
def test_what_is_no_year(text: str) -> None:
    with refused_as("unreadable-period"):
        read_year(text)


def test_a_part_of_a_month_is_that_part_of_it() -> None:
    assert months_in(Period(date(2026, 11, 1), date(2026, 11, 15))) == 0.5
    assert months_in(Period(date(2026, 1, 1), date(2026, 12, 31))) == 12
    # the last of 31 days and the first of 28
    assert months_in(Period(date(2026, 1, 31), date(2026, 2, 1))) == 1 / 31 + 1 / 28
    assert months_in(Period(date(2026, 2, 1), date(2026, 1, 31))) == 0
