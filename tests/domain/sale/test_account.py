"""Money on account: what is asked for, what is set off against what, what goes back (handbook 8); all by hand."""

from __future__ import annotations

import random

import pytest

from csm.domain.sale.account import Credit, SetOff, asked, pay_back, set_off, settle, usable
from csm.domain.sale.payment_allocation import Owed, Part

# 1,000 of June, then 500 of July; given out of order, as a query may.
BILLS = [Owed(8, "2026-07-01", 50000), Owed(7, "2026-06-30", 100000)]


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        (0, [(7, 100000), (8, 50000)]),
        (60000, [(7, 40000), (8, 50000)]),  # 1,000 - 600 of the older one, 500: together the balance of 900
        (100000, [(7, 0), (8, 50000)]),
        (100001, [(7, 0), (8, 49999)]),
        (150000, [(7, 0), (8, 0)]),  # the balance is 0
        (200000, [(7, 0), (8, 0)]),  # and -500
        (-5000, [(7, 100000), (8, 50000)]),  # nothing is asked of a bill that isn't open on it
    ],
)
def test_what_they_have_with_us_covers_the_oldest_bills(credit: int, expected: list[tuple[int, int]]) -> None:
    assert asked(BILLS, credit) == [Part(*one) for one in expected]


def test_of_one_day_the_bill_with_the_lower_id_is_covered_first() -> None:
    bills = [Owed(9, "2026-07-01", 300), Owed(3, "2026-07-01", 600)]
    assert asked(bills, 600) == [Part(3, 0), Part(9, 300)]


def test_overpaid_by_six_and_short_by_six_asks_for_nothing() -> None:
    assert asked([Owed(2, "2026-10-01", 600)], 600) == [Part(2, 0)]


def test_the_oldest_credits_go_onto_the_oldest_bills() -> None:
    # 300 since 1 July on account, 900 since 2 July of a credit note: 300 and 700 of it fill the bill of 1,000,
    # the other 200 go onto the bill of 500.
    credits = [Credit(5, "2026-07-02", 90000), Credit(None, "2026-07-01", 30000)]
    assert set_off(credits, BILLS) == [SetOff(None, 7, 30000), SetOff(5, 7, 70000), SetOff(5, 8, 20000)]


def test_credits_above_all_bills_stay() -> None:
    assert set_off([Credit(None, "2026-07-01", 999999)], BILLS) == [SetOff(None, 7, 100000), SetOff(None, 8, 50000)]


def test_of_one_day_what_stands_on_sales_goes_before_the_deposit() -> None:
    credits = [Credit(None, "2026-07-01", 100), Credit(6, "2026-07-01", 100), Credit(4, "2026-07-01", 100)]
    assert [one.source for one in set_off(credits, BILLS)] == [4, 6, None]


def test_money_goes_where_credits_leave_something_open() -> None:
    # 600 of credit, then 500 of money: 400 fill the bill of 1,000, 100 go onto the other.
    pairs, parts, rest = settle(50000, [Credit(5, "2026-07-02", 60000)], BILLS)
    assert (pairs, parts, rest) == ([SetOff(5, 7, 60000)], [Part(7, 40000), Part(8, 10000)], 0)


def test_paying_the_balance_settles_everything_and_a_cent_more_is_left() -> None:
    # 1,500 open, 600 of credit: the balance is 900.
    assert settle(90001, [Credit(5, "2026-07-02", 60000)], BILLS)[1:] == ([Part(7, 40000), Part(8, 50000)], 1)


def test_the_oldest_credit_is_paid_back_first() -> None:
    credits = [Credit(None, "2026-07-03", 5000), Credit(5, "2026-07-02", 2000)]
    assert pay_back(6000, credits) == ([(5, 2000), (None, 4000)], 0)
    assert pay_back(7001, credits) == ([(5, 2000), (None, 5000)], 1)


def test_at_random_no_cent_is_lost_or_made() -> None:
    dice = random.Random(8)
    for _ in range(300):
        bills = [Owed(n, f"2026-07-{dice.randint(1, 5):02}", dice.randint(1, 900)) for n in range(dice.randint(0, 5))]
        credits = [
            Credit(dice.choice([None, n]), f"2026-07-{dice.randint(1, 5):02}", dice.randint(1, 900))
            for n in range(10, 10 + dice.randint(0, 3))
        ]
        owed, credit, money = (
            sum(bill.cents for bill in bills),
            sum(one.cents for one in credits),
            dice.randint(0, 2000),
        )
        assert sum(part.cents for part in asked(bills, credit)) == max(0, owed - credit)
        pairs, parts, rest = settle(money, credits, bills)
        assert sum(pair.cents for pair in pairs) == min(owed, credit)
        assert sum(part.cents for part in parts) + rest == money
        assert rest == max(0, money - max(0, owed - credit))
        on_bill = {bill.sale_id: 0 for bill in bills}
        for sale_id, cents in [*[(pair.bill, pair.cents) for pair in pairs], *parts]:
            on_bill[sale_id] += cents
        assert all(on_bill[bill.sale_id] <= bill.cents for bill in bills)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-07-01", 0),
        ("2026-07-02", 100),
        ("2026-07-03", 100),  # of the 300 then, 200 go on 5 July
        ("2026-07-05", 100),
        ("2026-07-06", 500),
        ("2026-07-31", 500),
    ],
)
def test_what_came_later_or_was_used_later_cannot_be_used(day: str, expected: int) -> None:
    days = [("2026-07-02", 100), ("2026-07-03", 200), ("2026-07-05", -200), ("2026-07-06", 400)]
    assert usable(days, day) == expected
