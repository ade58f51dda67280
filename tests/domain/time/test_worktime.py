"""The working week, its exceptions, and the next working day."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.time.calendar import Calendar, WorkWeek, read_spans, show_spans
from tests.refusals import refused_as

SPLIT = ((540, 720), (780, 1080))  # 09:00 to 12:00 and 13:00 to 18:00
FULL = ((540, 1080),)
DEFAULT: WorkWeek = dict.fromkeys(range(6), SPLIT)

# 2026-11-23 is a Monday.
MONDAY, FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "week", "shown"),
    [
        ("mon-sat 09:00-12:00 13:00-18:00", DEFAULT, "mon-sat 09:00-12:00 13:00-18:00"),
        ("Mon-Sat 13:00-18:00, 9:00-12:00", DEFAULT, "mon-sat 09:00-12:00 13:00-18:00"),
        ("周一-周六 09:00-12:00 13:00-18:00", DEFAULT, "mon-sat 09:00-12:00 13:00-18:00"),
        ("星期一至星期六 ０９：００－１２：００，１３：００～１８：００", DEFAULT, "mon-sat 09:00-12:00 13:00-18:00"),
        ("周一到周六 09:00 - 12:00、13:00 – 18:00", DEFAULT, "mon-sat 09:00-12:00 13:00-18:00"),
        ("mon-sat 09:00-12:00; mon-sat 13:00-18:00", DEFAULT, "mon-sat 09:00-12:00 13:00-18:00"),
        (
            "mon-fri 09:00-18:00; sat 10:00-14:00",
            {0: FULL, 1: FULL, 2: FULL, 3: FULL, 4: FULL, 5: ((600, 840),)},
            "mon-fri 09:00-18:00; sat 10:00-14:00",
        ),
        ("mon,wed fri 09:00-18:00", {0: FULL, 2: FULL, 4: FULL}, "mon,wed,fri 09:00-18:00"),
        ("sun-tue 09:00-18:00", {0: FULL, 1: FULL, 6: FULL}, "mon-tue,sun 09:00-18:00"),
        ("monday 09:00-12:00 12:00-18:00", {0: FULL}, "mon 09:00-18:00"),
        ("sun 18:00-24:00", {6: ((1080, 1440),)}, "sun 18:00-24:00"),
        ("24/7", dict.fromkeys(range(7), ((0, 1440),)), "24/7"),
        ("mon-sun 00:00-24:00", dict.fromkeys(range(7), ((0, 1440),)), "24/7"),
    ],
)
def test_week_is_read_and_shown(text: str, week: WorkWeek, shown: str) -> None:
    assert read_spans(text) == week
    assert show_spans(week) == shown


@pytest.mark.parametrize(
    "text",
    [
        "", ";", "mon", "09:00-18:00", "mon-sat", "mon 09:00", "mon 9-18", "mon 18:00-09:00", "mon 09:00-09:00",
        "mon 09:00-12:00 11:00-13:00", "mon 09:00-12:00; mon 11:00-13:00", "mon 09:00-24:01", "mon 09:60-10:00",
        "mon 25:00-26:00", "someday 09:00-18:00", "mon-someday 09:00-18:00", "mon 09:00-18:00;", "mon 09:00-12:00 tue",
        "mon- 09:00-18:00", "8/7", "mon09:00-18:00", "mon-tue-wed 09:00-18:00", "mon 09:00-12:00-18:00",
    ],
)  # fmt: skip
def test_other_weeks_are_refused(text: str) -> None:
    with refused_as("unreadable-spans") as refusal:
        read_spans(text)
    assert refusal.value.values == {"value": text}


@st.composite
def weeks(draw: st.DrawFn) -> WorkWeek:
    week: WorkWeek = {}
    for weekday in sorted(draw(st.sets(st.integers(0, 6), min_size=1))):
        edges = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=8)))
        week[weekday] = tuple(zip(edges[::2], edges[1::2], strict=False))
    return week


@given(week=weeks())
def test_shown_week_is_read_again(week: WorkWeek) -> None:
    assert read_spans(show_spans(week)) == week
    assert list(read_spans(show_spans(week))) == sorted(week)


NATIONAL_DAY = Calendar(
    DEFAULT,
    frozenset(date(2026, 10, day) for day in range(1, 8)),
    frozenset({date(2026, 9, 27), date(2026, 10, 10)}),  # a Sunday, a Saturday
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 9, 27), True), (date(2026, 9, 30), True), (date(2026, 10, 1), False), (date(2026, 10, 4), False),
        (date(2026, 10, 7), False), (date(2026, 10, 8), True), (date(2026, 10, 11), False),
    ],
)  # fmt: skip
def test_working_days_around_a_holiday(day: date, works: bool) -> None:
    assert NATIONAL_DAY.is_working_day(day) is works


def test_next_working_day() -> None:
    assert NATIONAL_DAY.next_working_day(date(2026, 9, 30)) == date(2026, 9, 30)
    assert NATIONAL_DAY.next_working_day(date(2026, 9, 30), strictly=True) == date(2026, 10, 8)
    assert NATIONAL_DAY.next_working_day(date(2026, 10, 1)) == date(2026, 10, 8)
    assert NATIONAL_DAY.next_working_day(date(2026, 9, 26), strictly=True) == date(2026, 9, 27)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (FRIDAY, 0, FRIDAY), (SUNDAY, 0, SUNDAY), (FRIDAY, 1, SATURDAY), (FRIDAY, 2, date(2026, 11, 30)),
        (SATURDAY, 1, date(2026, 11, 30)), (SUNDAY, 1, date(2026, 11, 30)),
        (FRIDAY, 7, date(2026, 12, 5)),  # the handbook's example: Friday, 7 days, the Saturday of the next week
        (MONDAY, -1, date(2026, 11, 21)), (SUNDAY, -1, SATURDAY),
    ],
)  # fmt: skip
def test_working_days_later(day: date, n: int, expected: date) -> None:
    assert Calendar(DEFAULT, frozenset(), frozenset()).add_working_days(day, n) == expected


def test_extra_working_day_without_hours_takes_those_of_the_first_weekday_with_some() -> None:
    week = read_spans("tue 10:00-16:00; wed-sat 09:00-12:00")
    calendar = Calendar(week, frozenset({FRIDAY}), frozenset({SUNDAY, SATURDAY, FRIDAY}))
    assert (calendar.opening(SUNDAY), calendar.closing(SUNDAY)) == (time(10), time(16))
    assert (calendar.opening(SATURDAY), calendar.closing(SATURDAY)) == (time(9), time(12))
    assert calendar.is_working_day(FRIDAY)  # in both lists: worked
    assert (calendar.opening(MONDAY), calendar.closing(MONDAY)) == (None, None)


def test_opening_and_closing() -> None:
    calendar = Calendar(DEFAULT, frozenset({MONDAY}), frozenset())
    assert (calendar.opening(FRIDAY), calendar.closing(FRIDAY)) == (time(9), time(18))
    assert (calendar.opening(MONDAY), calendar.closing(MONDAY)) == (None, None)
    always = Calendar(read_spans("24/7"), frozenset(), frozenset())
    assert (always.opening(SUNDAY), always.closing(SUNDAY)) == (time(0), time(23, 59, 59))


def test_calendar_without_a_working_day_gives_the_day_itself() -> None:
    empty = Calendar({}, frozenset(), frozenset({SUNDAY}))
    assert empty.next_working_day(MONDAY) == MONDAY
    assert empty.next_working_day(MONDAY, strictly=True) == MONDAY
    assert empty.add_working_days(MONDAY, 3) == MONDAY
    assert not empty.is_working_day(SUNDAY)


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(Calendar, weeks(), st.frozensets(DAYS, max_size=30), st.frozensets(DAYS, max_size=30))


@given(calendar=CALENDARS, day=DAYS)
def test_next_working_day_is_the_first_one(calendar: Calendar, day: date) -> None:
    found = calendar.next_working_day(day)
    assert found >= day
    assert calendar.is_working_day(found)
    assert not any(calendar.is_working_day(day + timedelta(days=step)) for step in range((found - day).days))


@given(calendar=CALENDARS, day=DAYS, n=st.integers(1, 30))
def test_n_working_days_lie_between(calendar: Calendar, day: date, n: int) -> None:
    found = calendar.add_working_days(day, n)
    days = (day + timedelta(days=step) for step in range(1, (found - day).days + 1))
    assert sum(calendar.is_working_day(each) for each in days) == n
    assert calendar.add_working_days(found, -n) <= day


@given(calendar=CALENDARS, day=DAYS)
def test_a_working_day_opens_before_it_closes(calendar: Calendar, day: date) -> None:
    opening, closing = calendar.opening(day), calendar.closing(day)
    if calendar.is_working_day(day):
        assert opening is not None
        assert closing is not None
        assert opening < closing
    else:
        assert (opening, closing) == (None, None)
