"""Who is active at a date, and what stands in where nobody records sales (handbook 9.4)."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from sqlite3 import connect

import pytest

from csm.storage.quality.customers import active
from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def house(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice", "--region", "North", "--grade", "A")
    desk.ok("customer", "add", "Jade Garden", "--owner", "bob", "--region", "North", "--status", "won-back")
    desk.ok("customer", "add", "Lotus", "--owner", "alice", "--status", "prospect")
    desk.ok("customer", "add", "River Gym", "--owner", "bob", "--region", "South")
    desk.ok("customer", "archive", "4")
    return desk


def sell(desk: Desk, customer: int, day: str) -> None:
    desk.ok("sale", "add", str(customer), "Oven", "--amount", "100", "--on", day, "--no-plan")


def counted(desk: Desk, first: date = date(2026, 11, 1), months: int = 12, by: str | None = None) -> object:
    with closing(connect(desk.path)) as connection:
        return active(connection, first, months, by)


def test_without_any_sale_the_cards_in_use_stand_in(house: Desk) -> None:
    # Golden Dragon is active, Jade Garden won back; Lotus is a prospect, and River Gym's card was archived.
    assert counted(house) == {None: 2}
    assert counted(house, by="owner") == {"alice": 1, "bob": 1}
    assert counted(house, by="grade") == {"A": 1, None: 1}


def test_one_sale_and_only_who_bought_is_active(house: Desk) -> None:
    sell(house, 3, "2026-05-01")
    assert counted(house) == {None: 1}
    house.ok("sale", "cancel", "1", "--reason", "changed their mind")
    assert counted(house) == {None: 0}  # sales are recorded here, and nobody bought


def test_the_day_itself_is_not_counted_and_the_first_of_the_months_is(house: Desk) -> None:
    sell(house, 1, "2025-10-31")
    sell(house, 3, "2026-11-01")
    assert counted(house) == {None: 0}
    assert counted(house, first=date(2026, 11, 2)) == {None: 1}
    sell(house, 2, "2025-11-01")
    assert counted(house) == {None: 1}
    assert counted(house, months=13) == {None: 2}


def test_a_year_before_the_29th_of_february_is_the_28th(house: Desk) -> None:
    sell(house, 1, "2023-02-28")
    sell(house, 2, "2023-02-27")
    assert counted(house, first=date(2024, 2, 29)) == {None: 1}
    assert counted(house, first=date(2024, 2, 28)) == {None: 1}
    assert counted(house, first=date(2024, 2, 27)) == {None: 2}


def test_who_bought_counts_by_their_card_archived_since_or_not(house: Desk) -> None:
    for customer in (1, 2, 3):
        sell(house, customer, "2026-05-01")
        sell(house, customer, "2026-06-01")
    house.ok("customer", "restore", "4")
    sell(house, 4, "2026-05-01")
    house.ok("customer", "archive", "4")
    assert counted(house) == {None: 4}
    assert counted(house, by="owner") == {"alice": 2, "bob": 2}
    house.sql("UPDATE customer SET region = '' WHERE id = 3")  # as an import leaves it: says nothing
    assert counted(house, by="region") == {"North": 2, "South": 1, None: 1}
