"""Repayment plans: how an amount is split, which days, what is ticked and asked; worked out by hand (handbook 8)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.sale import plan_parts, repayment
from csm.domain.sale.payment_allocation import Owed
from csm.domain.sale.repayment import Bill, Covered, Part
from csm.domain.time.recurrence import read_interval
from tests.refusals import refused_as

FIRST = date(2026, 12, 1)


def split(cents: int, number: int, first: date = FIRST, every: str = "2w") -> list[tuple[str, int]]:
    return [(day.isoformat(), part) for day, part in plan_parts.split(cents, number, first, read_interval(every))]


def test_parts_are_equal_and_the_last_has_the_rest() -> None:
    # 1,000.00 / 3 = 333.33 and one cent more: the last
    assert split(100_000, 3) == [("2026-12-01", 33_333), ("2026-12-15", 33_333), ("2026-12-29", 33_334)]
    assert split(150_000, 3) == [("2026-12-01", 50_000), ("2026-12-15", 50_000), ("2026-12-29", 50_000)]
    # 0.05 / 3 = 0.01, and 0.03 are left for the last
    assert [cents for _, cents in split(5, 3)] == [1, 1, 3]
    assert split(7, 1) == [("2026-12-01", 7)]


def test_the_31st_stays_the_last_day_of_its_month() -> None:
    days = [day for day, _ in split(500, 5, date(2027, 1, 31), "1m")]
    assert days == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]
    assert [day for day, _ in split(200, 2, date(2028, 2, 29), "1y")] == ["2028-02-29", "2029-02-28"]


def test_a_part_has_at_least_a_cent() -> None:
    assert [cents for _, cents in split(3, 3)] == [1, 1, 1]
    with refused_as("parts-too-many"):
        split(2, 3)


@pytest.mark.parametrize(("number", "every"), [(120, "2y"), (120, "100y")])
def test_the_last_day_can_be_written(number: int, every: str) -> None:
    with refused_as("plan-too-long"):
        split(100_000, number, FIRST, every)


def test_typed_parts_stand_in_the_order_of_their_days() -> None:
    late, early = Part(date(2027, 1, 15), 100_000), Part(date(2026, 12, 15), 50_000)
    assert plan_parts.own(150_000, [late, early]) == [early, late]
    with refused_as("parts-differ") as refusal:
        plan_parts.own(150_001, [late, early])
    assert refusal.value.values == {"total": "1,500.00", "amount": "1,500.01"}


def test_a_plan_covers_the_oldest_bills_and_the_last_in_part() -> None:
    owed = [Owed(3, "2026-11-10", 600), Owed(7, "2026-11-01", 1_000), Owed(2, "2026-11-20", 50)]
    assert repayment.covered(1_500, owed) == [Covered(7, 1_000, 1_000), Covered(3, 500, 600)]


def test_what_the_bills_owe_less_is_paid() -> None:
    bills = [Bill(1_000, 1_000, 300), Bill(500, 600, 550)]
    assert repayment.paid(bills) == 750  # 700 of the first, 50 of the second
    assert repayment.paid([Bill(500, 600, 0)]) == 500, "the other 100 aren't in the plan"
    assert repayment.paid([Bill(500, 600, -200)]) == 500, "overpaid, or cancelled and paid"
    assert repayment.paid([Bill(500, 600, 900)]) == 0, "the bill became more"


def test_parts_are_ticked_off_oldest_first() -> None:
    amounts = [500, 500, 500]
    assert repayment.ticked(0, amounts) == [0, 0, 0]
    assert repayment.ticked(700, amounts) == [500, 200, 0]
    assert repayment.ticked(1_500, amounts) == [500, 500, 500]


def test_never_more_is_asked_than_the_balance() -> None:
    assert repayment.asked([300, 500], 800) == [300, 500]
    assert repayment.asked([300, 500], 450) == [300, 150]
    assert repayment.asked([300, 500], 200) == [200, 0]
    assert repayment.asked([300, 500], -10) == [0, 0]


@given(st.integers(1, 10**9), st.integers(1, plan_parts.MOST_PARTS))
def test_no_cent_is_lost_in_parts(cents: int, number: int) -> None:
    if cents < number:
        return
    parts = plan_parts.split(cents, number, FIRST, read_interval("1w"))
    assert sum(part.cents for part in parts) == cents
    assert len(parts) == number
    assert all(part.cents > 0 for part in parts)


@pytest.mark.parametrize(
    ("paid", "cancelled", "today", "state"),
    [
        (0, None, date(2026, 12, 1), "open"),  # its own day isn't late
        (0, None, date(2026, 12, 2), "overdue"),
        (499, None, date(2026, 12, 2), "overdue"),
        (500, None, date(2026, 12, 2), "met"),
        (200, date(2026, 11, 30), date(2026, 12, 2), "cancelled"),
    ],
)
def test_how_a_part_stands(paid: int, cancelled: date | None, today: date, state: str) -> None:
    assert repayment.part_state(FIRST, 500, paid, cancelled, today) == state


def test_how_a_plan_stands() -> None:
    assert repayment.plan_state(None, ["met", "overdue"]) == "open"
    assert repayment.plan_state(None, ["met", "met"]) == "met"
    assert repayment.plan_state(FIRST, ["met", "cancelled"]) == "ended"
