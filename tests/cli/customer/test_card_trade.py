"""What a card and the morning page say of sales, payments, services and losses, through the command line.

2026-11-21 is a Saturday. Every sale here is put into the file directly, so that its days are those of the test.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001", "--owner", "alice")
    desk.ok("customer", "add", "River Gym", "--owner", "bob")
    for name, phone, place in (
        ("Li Na", "139 0000 0001", "department-manager"),
        ("Zhao Min", "139 0000 0002", "cashier"),
    ):
        desk.ok("customer", "contact", "add", "1", name, "--phone", phone, "--sign-off", place)
    return desk


def sell(desk: Desk, day: str, cents: int = 10000, paid: int = 0, **more: Any) -> int:
    """Put a sale into the file, due on its day unless told, and what was paid of it."""
    row = {"customer_id": 1, "product": "oven", "amount_cents": cents, "sold_on": day, "due_on": day, **more}
    places = ", ".join("?" * len(row))
    desk.sql(f"INSERT INTO sale ({', '.join(row)}) VALUES ({places})", *row.values())
    [(number,)] = desk.sql("SELECT max(id) FROM sale")
    if paid:
        desk.sql("INSERT INTO payment (sale_id, amount_cents, paid_on) VALUES (?, ?, ?)", number, paid, day)
    return int(number)


def lines(desk: Desk, title: str, customer: str = "1") -> list[str]:
    """Return the lines of a part of the card without their margin, a key two blanks before its text."""
    found = desk.ok("customer", "show", customer).splitlines()
    start = found.index(title) + 1
    return [re.sub(" {2,}", "  ", line.strip()) for line in found[start : found.index("", start)]]


def test_open_sales_come_first_by_when_they_are_due_then_the_latest(shop: Desk) -> None:
    sell(shop, "2026-11-01", paid=10000)
    sell(shop, "2026-09-01", due_on="2026-12-01")
    sell(shop, "2026-10-01", due_on="2026-11-01")
    sell(shop, "2026-11-02", paid=10000)
    sell(shop, "2026-11-03", customer_id=2)
    found = shop.json("customer", "show", "1")["sales"]
    assert [(row["id"], row["days_late"]) for row in found] == [(3, 20), (2, -10), (4, None), (1, None)]


def test_ten_sales_stand_on_a_card(shop: Desk) -> None:
    for day in range(10, 22):
        sell(shop, f"2026-10-{day}", paid=10000)
    late = sell(shop, "2026-01-01")
    found = [row["id"] for row in shop.json("customer", "show", "1")["sales"]]
    assert found == [late, 12, 11, 10, 9, 8, 7, 6, 5, 4]


def test_the_payment_state_counts_every_sale(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--credit-limit", "1000")
    # Days late on 2026-11-21: 30, 31, 60, 61, 90, 91 after the 22nd and 21st of October, 22nd and 21st of September,
    # 23rd and 22nd of August; today is 0, tomorrow not due.
    days = (
        "2026-10-22",
        "2026-10-21",
        "2026-09-22",
        "2026-09-21",
        "2026-08-23",
        "2026-08-22",
        "2026-11-21",
        "2026-11-22",
    )
    for place, day in enumerate(days):
        sell(shop, "2026-08-01", 100 * 2**place, due_on=day)
    for _ in range(4):
        sell(shop, "2026-08-01", 100000, paid=60000, due_on="2026-11-21")
    shop.sql(
        "INSERT INTO signature (sale_id, contact_id, name, sign_off, signed_on) VALUES (6, 1, 'Li', 'department-manager', '2026-09-01')"
    )
    # not due 128; 0-30 is 1 + 64 + 4 x 400; 31-60 is 2 + 4; 61-90 is 8 + 16; 90+ is 32
    assert lines(shop, "Payment") == [
        "balance  1,855.00, 855.00 over the credit limit of 1,000.00",
        "by days late  not due: 128.00, 0-30: 1,665.00, 31-60: 6.00, 61-90: 24.00, 90+: 32.00",
        "oldest  oven  sa6  32.00, due 2026-08-22, 91 days late",
        "waits for Zhao Min (cashier) since 2026-09-01  139 0000 0002",
    ]


def test_what_was_paid_too_much_is_a_refund(shop: Desk) -> None:
    sell(shop, "2026-11-01", 10000, paid=12550)
    sell(shop, "2026-11-02", 5000, paid=5000, cancelled_on="2026-11-03")
    assert lines(shop, "Payment") == [
        "balance  -75.50",
        "refund due  25.50  overpaid  sa1",
        "csm sale pay sa1 25.50 --refund",
        "refund due  50.00  cancelled  sa2",
        "csm sale pay sa2 50.00 --refund",
    ]


def test_what_is_late_stands_on_top_also_when_it_is_not_among_the_ten(shop: Desk) -> None:
    sell(shop, "2026-01-01", paid=10000, delivery_on="2026-01-05", quantity=2)
    for day in range(10, 22):
        sell(shop, f"2026-10-{day}", paid=10000)
    sell(shop, "2026-11-01", paid=10000, delivery_on="2026-11-22")
    # from the 5th of January to the 21st of November: 26 + 28 + 31 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 21
    assert lines(shop, "What to do next")[:2] == ["320 days late  deliver 2 x oven  sa1", "csm sale delivered sa1"]


def test_the_rhythm_goes_by_days_with_a_purchase(shop: Desk) -> None:
    assert shop.json("customer", "show", "1")["rhythm"] is None
    sell(shop, "2026-06-01", paid=10000)
    assert shop.json("customer", "show", "1")["rhythm"] == {
        "interval_days": None, "last_on": "2026-06-01", "days_ago": 173,
    }  # fmt: skip
    assert lines(shop, "Sales")[0] == "rhythm  bought once, 173 days ago"
    sell(shop, "2026-06-11", paid=10000)
    sell(shop, "2026-06-11", paid=10000)
    sell(shop, "2026-07-02", paid=10000)
    sell(shop, "2026-08-01", -500)
    sell(shop, "2026-09-01", cancelled_on="2026-09-01")
    # intervals of 10 and 21 days; 142 days from 2026-07-02, more than twice 15.5
    assert lines(shop, "Sales")[0] == (
        "rhythm  usually buys every 15.5 days, last 142 days ago, more than 2 times as long as usual"
    )
    shop.ok("config", "set", "risk.times", "10")
    assert lines(shop, "Sales")[0] == "rhythm  usually buys every 15.5 days, last 142 days ago"
    shop.now = "2026-06-20 09:00"
    assert shop.json("customer", "show", "1")["rhythm"] == {
        "interval_days": 10, "last_on": "2026-06-11", "days_ago": 9,
    }  # fmt: skip


def test_a_message_stands_on_the_card_and_on_the_owners_page_until_it_is_dealt_with(shop: Desk) -> None:
    for customer in (1, 2):
        shop.sql(
            "INSERT INTO service (customer_id, kind, phase, done_on, by, message)"
            " VALUES (?, 'visit', 'after', '2026-11-20', 'wang', 'call me back')",
            customer,
        )
    assert lines(shop, "What to do next")[:3] == [
        "message  call me back",
        "since 2026-11-20, wang, sv1",
        'csm service message done sv1 "..."',
    ]
    result = "Messages from customers: {} (csm service message done ID)"
    assert result.format("sv1 of Golden Dragon, sv2 of River Gym") in shop.ok("today")
    assert result.format("sv2 of River Gym") in shop.ok("today", "--owner", "bob")
    assert [row["service_id"] for row in shop.json("today", "--owner", "alice")["messages"]] == [1]
    shop.sql("UPDATE service SET message_done_on = '2026-11-21', message_answer = 'called'")
    assert "Messages" not in shop.ok("today")
    assert lines(shop, "Services") == ["2026-11-20  visit  sv1  wang", "message: call me back", "answered: called"]
    assert [row["message_done_on"] for row in shop.json("customer", "show", "1")["services"]] == ["2026-11-21"]


def test_when_they_were_lost_and_won_back(shop: Desk) -> None:
    for day, back in (("2025-01-01", "2025-03-01"), ("2026-10-01", None)):
        shop.sql(
            "INSERT INTO loss (customer_id, lost_on, kind, cause, won_back_on) VALUES (1, ?, 'competitor', 'price', ?)",
            day,
            back,
        )
    assert lines(shop, "Lost and won back") == [
        "2026-10-01  lost: competitor, price",
        "2025-01-01  lost: competitor, price",
        "won back on 2025-03-01",
    ]
    assert [row["won_back_on"] for row in shop.json("customer", "show", "1")["losses"]] == [None, "2025-03-01"]


def test_a_contract_is_named_within_its_lead(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--contract-end", "2026-12-20")
    assert "in 29 days  contract ends 2026-12-20 Sunday" in lines(shop, "What to do next")
    shop.ok("config", "set", "due.contract_lead", "28")
    assert "contract ends" not in shop.ok("customer", "show", "1")
    shop.now = "2026-12-21 09:00"
    assert lines(shop, "Trade") == ["contract end  2026-12-20, ended"]


def test_one_call_that_served_several_callbacks_stands_once_on_the_card(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    for purpose in ("thanks", "usage", "thanks"):
        desk.ok("callback", "add", "1", "--on", "2026-11-20", "--purpose", purpose)
    desk.ok("callback", "log", "1", "works well", "--satisfaction", "4")
    card = desk.ok("customer", "show", "1")
    assert card.count("works well") == 1
    assert "phone, thanks, usage, satisfaction 4 of 5" in card
    assert len(desk.json("customer", "show", "1")["callbacks"]) == 3
