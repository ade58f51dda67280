"""How often a customer usually buys (handbook 9.4)."""

from __future__ import annotations

from datetime import date

import pytest

from csm.domain.customer.card import is_overdue, median_interval

JAN_1, JAN_11, FEB_10, MAR_1 = date(2026, 1, 1), date(2026, 1, 11), date(2026, 2, 10), date(2026, 3, 1)


def test_one_purchase_has_no_rhythm() -> None:
    assert median_interval([]) is None
    assert median_interval([JAN_1]) is None


def test_two_purchases_have_the_interval_between_them() -> None:
    assert median_interval([JAN_1, JAN_11]) == 10


def test_three_purchases_have_the_mean_of_their_two_intervals() -> None:
    # 1 to 11 January: 10 days; 11 January to 10 February: 20 + 10 = 30 days; (10 + 30) / 2 = 20
    assert median_interval([JAN_1, JAN_11, FEB_10]) == 20


def test_of_three_intervals_the_middle_one_counts() -> None:
    # 10, 30, and 10 February to 1 March: 18 + 1 = 19 days; in order 10, 19, 30
    assert median_interval([JAN_1, JAN_11, FEB_10, MAR_1]) == 19


def test_half_a_day_is_kept() -> None:
    # 10 and 11 days
    assert median_interval([JAN_1, JAN_11, date(2026, 1, 22)]) == 10.5


def test_two_purchases_on_one_day_are_one() -> None:
    assert median_interval([JAN_1, JAN_1]) is None
    assert median_interval([JAN_1, JAN_11, JAN_11, FEB_10]) == 20


def test_the_order_in_which_they_come_does_not_matter() -> None:
    assert median_interval([FEB_10, JAN_1, JAN_11]) == 20


def test_a_leap_day_counts() -> None:
    assert median_interval([date(2024, 2, 28), date(2024, 3, 1)]) == 2
    assert median_interval([date(2026, 2, 28), date(2026, 3, 1)]) == 1


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 1, 31), False),  # 20 days = 2 x 10: not more
        (date(2026, 2, 1), True),  # 21 days
        (JAN_11, False),
    ],
)
def test_overdue_is_strictly_more_than_so_many_times_the_usual(today: date, expected: bool) -> None:
    assert is_overdue(JAN_11, 10, today, 2) is expected


def test_half_days_count_when_it_is_overdue() -> None:
    # 2 x 10.5 = 21 days
    assert is_overdue(JAN_1, 10.5, date(2026, 1, 22), 2) is False
    assert is_overdue(JAN_1, 10.5, date(2026, 1, 23), 2) is True
