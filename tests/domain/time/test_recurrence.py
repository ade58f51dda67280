"""Intervals and the dates of a series."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.time.calendar import Calendar, read_spans
from csm.domain.time.recurrence import (
    Interval,
    add_months,
    next_in_series,
    occurrence,
    read_interval,
    read_recurrence,
)
from tests.refusals import refused_as

# Sundays are free, and so are 25 and 26 December 2026, a Friday and a Saturday.
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 26)})
CALENDAR = Calendar(read_spans("mon-sat 09:00-12:00 13:00-18:00"), HOLIDAYS, frozenset())

DATES = st.dates(date(1950, 1, 1), date(2100, 12, 31))
INTERVALS = st.builds(Interval, st.integers(1, 60), st.sampled_from("dwmy"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("30d", "30d"), ("2w", "2w"), ("1m", "1m"), ("1y", "1y"), ("2W", "2w"), (" 30 d ", "30d"), ("３０ｄ", "30d"),
        ("30天", "30d"), ("30日", "30d"), ("2周", "2w"), ("两周", "2w"), ("2个星期", "2w"), ("两个礼拜", "2w"),
        ("1个月", "1m"), ("十二个月", "12m"), ("兩個月", "2m"), ("1年", "1y"), ("3650d", "3650d"), ("100y", "100y"),
    ],
)  # fmt: skip
def test_interval_is_read_and_shown(text: str, shown: str) -> None:
    assert str(read_interval(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "", "d", "30", "0d", "-1d", "3651d", "101y", "99999d", "1.5m", "1月", "个月", "一二天", "1m1d", "A1", "1h",
        "2 weeks", "٣d",
    ],
)  # fmt: skip
def test_other_intervals_are_refused(text: str) -> None:
    with refused_as("unreadable-interval") as refusal:
        read_interval(text)
    assert refusal.value.values == {"value": text}


@given(every=INTERVALS)
def test_shown_interval_is_read_again(every: Interval) -> None:
    assert read_interval(str(every)) == every


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


def test_the_31st_stays_the_31st() -> None:
    monthly = Interval(1, "m")
    assert [occurrence(date(2026, 1, 31), monthly, k) for k in range(5)] == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31),
    ]  # fmt: skip


def test_a_leap_day_comes_back_every_four_years() -> None:
    yearly = Interval(1, "y")
    assert [occurrence(date(2024, 2, 29), yearly, k).isoformat() for k in (1, 3, 4)] == [
        "2025-02-28", "2027-02-28", "2028-02-29",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("anchor", "every", "after", "expected"),
    [
        (date(2026, 1, 1), Interval(30, "d"), date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 1, 1), Interval(30, "d"), date(2025, 6, 1), date(2026, 1, 31)),  # never the anchor itself
        (date(2026, 1, 1), Interval(30, "d"), date(2026, 1, 31), date(2026, 3, 2)),  # strictly after
        (date(2026, 1, 1), Interval(30, "d"), date(2026, 4, 15), date(2026, 5, 1)),  # rounds missed: only the next
        (date(2026, 1, 5), Interval(2, "w"), date(2026, 1, 20), date(2026, 2, 2)),
        (date(2026, 1, 31), Interval(1, "m"), date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 1, 31), Interval(1, "m"), date(2026, 2, 28), date(2026, 3, 31)),
        (date(2026, 1, 31), Interval(1, "m"), date(2026, 2, 27), date(2026, 2, 28)),
        (date(2026, 1, 31), Interval(3, "m"), date(2026, 5, 1), date(2026, 7, 31)),
        (date(2024, 2, 29), Interval(1, "y"), date(2026, 2, 28), date(2027, 2, 28)),
    ],
)
def test_next_in_series(anchor: date, every: Interval, after: date, expected: date) -> None:
    assert next_in_series(anchor, every, after, CALENDAR) == expected


@given(anchor=DATES, every=INTERVALS, ahead=st.integers(-400, 20_000))
def test_next_is_the_first_of_the_series_after_the_day(anchor: date, every: Interval, ahead: int) -> None:
    after = anchor + timedelta(days=ahead)
    k = 1
    while occurrence(anchor, every, k) <= after:
        k += 1
    assert next_in_series(anchor, every, after, CALENDAR) == occurrence(anchor, every, k)


@given(anchor=DATES, every=INTERVALS, k=st.integers(0, 20))
def test_series_goes_forward_and_keeps_its_day(anchor: date, every: Interval, k: int) -> None:
    here, there = occurrence(anchor, every, k), occurrence(anchor, every, k + 1)
    assert here < there
    if every.unit in "my":
        assert there.day == anchor.day or (there.day < anchor.day and (there + timedelta(days=1)).day == 1)


# --- the end of each month, and working days ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("eom", "eom"), ("EOM", "eom"), ("每月底", "eom"), ("月末", "eom"), ("每月最后一天", "eom"), ("end of month", "eom"),
        ("workday", "workday"), ("every workday", "workday"), ("每个工作日", "workday"), ("工作日", "workday"),
        ("5 workdays", "5workday"), ("5workday", "5workday"), ("五个工作日", "5workday"), ("1workday", "workday"),
        ("2w", "2w"), ("两周", "2w"),
    ],
)  # fmt: skip
def test_a_recurrence_is_read_and_shown(text: str, shown: str) -> None:
    assert str(read_recurrence(text)) == shown
    assert read_recurrence(shown) == read_recurrence(text)


@pytest.mark.parametrize("text", ["", "often", "0workday", "1001workday", "-2w", "0d", "eoy", "workdays later", "月"])
def test_other_recurrences_are_refused(text: str) -> None:
    with refused_as("unreadable-recurrence") as refusal:
        read_recurrence(text)
    assert refusal.value.values == {"value": text}


@pytest.mark.parametrize(
    ("anchor", "after", "expected"),
    [
        (date(2026, 12, 15), date(2026, 12, 15), date(2026, 12, 31)),  # the first end after the first date
        (date(2026, 12, 31), date(2026, 12, 31), date(2027, 1, 31)),
        (date(2026, 12, 31), date(2027, 2, 3), date(2027, 2, 28)),  # January's was missed
        (date(2027, 2, 28), date(2027, 2, 28), date(2027, 3, 31)),  # the last day stays the last day
        (date(2026, 12, 31), date(2026, 11, 1), date(2027, 1, 31)),  # never the anchor, nor before it
        (date(2024, 1, 31), date(2024, 2, 10), date(2024, 2, 29)),
    ],
)
def test_the_end_of_each_month(anchor: date, after: date, expected: date) -> None:
    assert next_in_series(anchor, Interval(1, "eom"), after, CALENDAR) == expected


@pytest.mark.parametrize(
    ("number", "anchor", "after", "expected"),
    [
        (1, date(2026, 12, 4), date(2026, 12, 4), date(2026, 12, 5)),  # Friday, Saturday
        (1, date(2026, 12, 5), date(2026, 12, 5), date(2026, 12, 7)),  # over the Sunday
        (1, date(2026, 12, 24), date(2026, 12, 24), date(2026, 12, 28)),  # over two holidays and a Sunday
        (1, date(2026, 12, 1), date(2026, 12, 6), date(2026, 12, 7)),
        (3, date(2026, 12, 3), date(2026, 12, 3), date(2026, 12, 7)),  # Friday, Saturday, Monday
        (3, date(2026, 12, 3), date(2026, 12, 7), date(2026, 12, 10)),
    ],
)
def test_working_days_only(number: int, anchor: date, after: date, expected: date) -> None:
    assert next_in_series(anchor, Interval(number, "workday"), after, CALENDAR) == expected


def test_how_frequent_a_series_is() -> None:
    assert [read_recurrence(text).usual_days for text in ("14d", "2w", "1m", "eom", "1y", "workday", "5workday")] == [
        14, 14, 30, 30, 365, 1, 5,
    ]  # fmt: skip
