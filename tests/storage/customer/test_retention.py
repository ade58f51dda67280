"""Retention counted in SQL is what the pure function says of the same purchase days (handbook 9.4)."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import date, timedelta
from sqlite3 import connect

import pytest

from csm.domain.sale.figures import Retention, retention
from csm.storage.quality.customers import retention as count
from tests.desk import Desk, filled_once

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
@filled_once
def house(desk: Desk) -> Desk:
    for name in ("Golden Dragon", "Jade Garden", "Lotus"):
        desk.ok("customer", "add", name)
    return desk


def sell(desk: Desk, customer: int, day: str, cents: int = 100, cancelled: str | None = None) -> None:
    desk.sql(
        "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on, cancelled_on)"
        " VALUES (?1, 'Oven', ?2, ?3, ?3, ?4)",
        customer, cents, day, cancelled,
    )  # fmt: skip


def counted(desk: Desk, first: date = FIRST, last: date = LAST, months: int = 12) -> Retention:
    with closing(connect(desk.path)) as connection:
        return count(connection, first, last, months, None)[None]


def test_without_sales_nobody_is_active(house: Desk) -> None:
    assert counted(house) == Retention(0, 0)
    assert counted(house).rate is None


def test_active_at_the_start_and_bought_again(house: Desk) -> None:
    sell(house, 1, "2025-11-01")  # the first of the 12 months
    sell(house, 1, "2026-11-30")  # the last day of the period
    sell(house, 2, "2026-10-31")
    sell(house, 3, "2025-10-31")  # a day too early
    sell(house, 3, "2026-11-01")
    assert counted(house) == Retention(2, 1)
    assert counted(house).rate == 0.5


def test_cancelled_sales_and_credit_notes_are_no_purchases(house: Desk) -> None:
    sell(house, 1, "2026-05-01", cancelled="2026-05-02")
    sell(house, 2, "2026-05-01", cents=-100)
    sell(house, 3, "2026-05-01", cents=0)
    assert counted(house) == Retention(1, 0)
    sell(house, 3, "2026-11-05", cancelled="2026-11-06")
    sell(house, 3, "2026-11-05", cents=-100)
    assert counted(house) == Retention(1, 0)
    sell(house, 3, "2026-11-05")
    assert counted(house) == Retention(1, 1)


def test_it_equals_the_pure_function_over_the_view(desk: Desk) -> None:
    for n in range(30):
        desk.ok("customer", "add", f"Customer {n}")
    chance = random.Random(7)
    for _ in range(200):
        day = date(2025, 6, 1) + timedelta(days=chance.randrange(700))
        cancelled = day.isoformat() if chance.random() < 0.1 else None
        sell(desk, chance.randint(1, 30), day.isoformat(), chance.choice([-500, 0, 100, 100]), cancelled)
    days: dict[int, list[date]] = {}
    for customer, day_text in desk.sql("SELECT customer_id, sold_on FROM purchase_day"):
        days.setdefault(customer, []).append(date.fromisoformat(day_text))
    found = set()
    for months in (1, 3, 12):
        for first in (date(2025, 12, 1), date(2026, 3, 31), date(2026, 8, 15)):
            last = first + timedelta(days=60)
            expected = retention(days.values(), first, last, months)
            assert counted(desk, first, last, months) == expected
            found.add((expected.start, expected.kept))
    assert len(found) > 5  # the periods differ, so that equality says something
