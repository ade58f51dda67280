"""Oldest first, parts and rest, what can be paid back, and the bands of days late (handbook 8); all by hand."""

from __future__ import annotations

from datetime import date

import pytest

from csm.domain.sale.bands import BANDS, Band, band, due_days, in_bands
from csm.domain.sale.payment_allocation import Owed, Part, allocate, refundable
from csm.domain.terms import TERMS

TODAY = date(2026, 11, 21)
# Open: 300.00 of June, 500.00 and 200.00 of one day in July. Given out of order, as a query may.
OWED = [Owed(9, "2026-07-01", 50000), Owed(7, "2026-06-30", 30000), Owed(12, "2026-07-01", 20000)]


@pytest.mark.parametrize(
    ("cents", "parts", "rest"),
    [
        (1, [(7, 1)], 0),
        (30000, [(7, 30000)], 0),
        (30001, [(7, 30000), (9, 1)], 0),
        (80000, [(7, 30000), (9, 50000)], 0),  # 300 + 500
        (99999, [(7, 30000), (9, 50000), (12, 19999)], 0),
        (100000, [(7, 30000), (9, 50000), (12, 20000)], 0),  # 300 + 500 + 200: all of it
        (100001, [(7, 30000), (9, 50000), (12, 20000)], 1),
    ],
)
def test_the_oldest_is_settled_first_and_of_one_day_the_lower_id(
    cents: int, parts: list[tuple[int, int]], rest: int
) -> None:
    assert allocate(cents, OWED) == ([Part(*part) for part in parts], rest)


def test_nothing_open_leaves_all_of_it() -> None:
    assert allocate(500, []) == ([], 500)


@pytest.mark.parametrize(
    ("balance", "paid", "allow", "expected"),
    [
        (-4000, 12000, False, 4000),  # 80 sold, 120 paid
        (-4000, 12000, True, 12000),
        (0, 8000, False, 0),
        (0, 8000, True, 8000),
        (100, 7900, False, 0),
        (-5000, 0, True, 5000),  # a credit note of 50
        (-2000, -3000, True, 2000),  # of which 30 were paid back
    ],
)
def test_only_what_is_in_the_customers_favour_can_be_paid_back(
    balance: int, paid: int, allow: bool, expected: int
) -> None:
    assert refundable(balance, paid, allow=allow) == expected


@pytest.mark.parametrize(
    ("days_late", "expected"),
    [
        (-1, "not-due"),
        (0, "0-30"),
        (30, "0-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "90+"),
        (4000, "90+"),
    ],
)
def test_band(days_late: int, expected: str) -> None:
    assert band(days_late) == expected


def test_the_bands_are_those_of_the_closed_list() -> None:
    assert TERMS["band"] == BANDS


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("not-due", date(2026, 11, 22), None),
        ("0-30", date(2026, 10, 22), date(2026, 11, 21)),  # 21 November less 30 days: 10 of October's 31 remain
        ("31-60", date(2026, 9, 22), date(2026, 10, 21)),  # 60 days: 21 + 31 + 8 days of September's 30
        ("61-90", date(2026, 8, 23), date(2026, 9, 21)),  # 90 days: 21 + 31 + 30 + 8 of August's 31
        ("90+", None, date(2026, 8, 22)),
    ],
)
def test_the_days_of_a_band(name: str, first: date | None, last: date | None) -> None:
    assert due_days(name, TODAY) == (first, last)


def test_sums_stand_in_the_order_of_the_bands_and_empty_ones_are_left_out() -> None:
    days = [
        ("2026-08-22", 2, 700),  # 91 days late
        ("2026-10-22", 1, 100),  # 30 days late
        ("2026-11-21", 3, 50),  # today
        ("2026-11-22", 1, 9),
    ]
    # 0-30: 1 + 3 sales, 100 + 50 cents
    assert in_bands(days, TODAY) == [Band("not-due", 1, 9), Band("0-30", 4, 150), Band("90+", 2, 700)]
    assert in_bands([], TODAY) == []
