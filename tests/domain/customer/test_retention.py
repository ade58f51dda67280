"""How many customers stay (handbook 9.4)."""

from __future__ import annotations

from datetime import date

import pytest

from csm.domain.sale.figures import active_from, retention
from tests.approx import approx

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def test_kept_are_those_active_at_the_start_who_bought_again() -> None:
    found = retention(
        [
            [date(2026, 3, 1), date(2026, 11, 15)],  # active, kept
            [date(2026, 10, 31)],  # active, not kept
            [date(2026, 1, 1), date(2026, 2, 1)],  # active, not kept
            [date(2026, 11, 15)],  # new in the period
            [date(2025, 10, 1), date(2026, 11, 2)],  # bought more than 12 months before: not active
            [],
        ],
        FIRST,
        LAST,
    )
    assert (found.start, found.kept) == (3, 1)
    assert found.rate == approx(1 / 3)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2025, 10, 31), 0),
        (date(2025, 11, 1), 1),  # the first of the 12 months
        (date(2026, 10, 31), 1),
        (date(2026, 11, 1), 0),  # the day of the start isn't counted
    ],
)
def test_active_is_who_bought_within_the_twelve_months_before(day: date, start: int) -> None:
    assert retention([[day]], FIRST, LAST).start == start


@pytest.mark.parametrize(
    ("day", "kept"),
    [(date(2026, 11, 1), 1), (date(2026, 11, 30), 1), (date(2026, 12, 1), 0)],
)
def test_the_first_and_the_last_day_belong_to_the_period(day: date, kept: int) -> None:
    assert retention([[date(2026, 5, 5), day]], FIRST, LAST).kept == kept


def test_where_nobody_was_active_there_is_no_rate() -> None:
    assert retention([], FIRST, LAST).rate is None
    assert retention([[date(2026, 11, 15)]], FIRST, LAST).rate is None


def test_nobody_kept_is_a_rate_of_zero() -> None:
    assert retention([[date(2026, 10, 1)]], FIRST, LAST).rate == 0.0


def test_a_house_can_count_fewer_months() -> None:
    assert retention([[date(2026, 4, 30)]], FIRST, LAST, months=6).start == 0
    assert retention([[date(2026, 5, 1)]], FIRST, LAST, months=6).start == 1


def test_a_shorter_month_ends_sooner() -> None:
    assert active_from(date(2024, 2, 29)) == date(2023, 2, 28)
    assert active_from(date(2026, 5, 31), months=3) == date(2026, 2, 28)
