"""Visits by the frequency on the card (handbook 3): when, and who of a route on one day."""

from __future__ import annotations

from datetime import date

import pytest

from csm.domain.callback.visits import Wanted, frequency, latest_day, together, wanted_day
from csm.domain.time.calendar import Calendar, read_spans
from csm.domain.time.recurrence import read_recurrence

CALENDAR = Calendar(read_spans("mon-sat 09:00-12:00 13:00-18:00"), frozenset(), frozenset())
TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("last", "every", "expected"),
    [
        (date(2026, 11, 20), "2w", date(2026, 12, 4)),
        (date(2026, 11, 15), "2w", date(2026, 11, 30)),  # 29 November is a Sunday
        (date(2026, 10, 1), "2w", TODAY),  # it should have been in October
        (date(2026, 10, 31), "1m", date(2026, 11, 30)),
        (date(2026, 11, 10), "eom", date(2026, 11, 30)),
        (date(2026, 11, 21), "3workday", date(2026, 11, 25)),  # Monday, Tuesday, Wednesday
    ],
)
def test_the_next_visit_is_that_long_after_the_last_one(last: date, every: str, expected: date) -> None:
    assert wanted_day(last, read_recurrence(every), TODAY, CALENDAR) == expected


@pytest.mark.parametrize(("every", "days"), [("1w", 1), ("2w", 3), ("20d", 5), ("1m", 6), ("1y", 6), ("workday", 0)])
def test_a_visit_waits_a_quarter_of_its_interval_at_most_six_days(every: str, days: int) -> None:
    assert (latest_day(TODAY, read_recurrence(every)) - TODAY).days == days


def test_what_cannot_be_read_is_no_frequency() -> None:
    assert frequency(None) is None
    assert frequency("now and then") is None
    assert str(frequency("2w")) == "2w"


def test_those_of_one_route_are_visited_on_one_day_as_far_as_possible() -> None:
    """East: windows 1-4, 3-6, 9-12 December. The first two fit on the 3rd; the third has its own day."""
    days = together(
        [
            Wanted(1, "East", date(2026, 12, 1), date(2026, 12, 4)),
            Wanted(2, "East", date(2026, 12, 3), date(2026, 12, 6)),
            Wanted(3, "East", date(2026, 12, 9), date(2026, 12, 12)),
            Wanted(4, "West", date(2026, 12, 2), date(2026, 12, 5)),
            Wanted(5, None, date(2026, 12, 1), date(2026, 12, 7)),
        ]
    )
    assert {one: day.day for one, day in days.items()} == {1: 3, 2: 3, 3: 9, 4: 2, 5: 1}
