"""Deliveries, payments, contracts and guarantees among due items (handbook 8, 12); every day counted by hand."""

from __future__ import annotations

import pytest

from tests.desk import Desk, filled_once


def sell(desk: Desk, product: str, sold: str, due: str = "2026-12-31", **more: object) -> None:
    """Put a sale over 1,200.00 to the first customer into the file."""
    values = {"customer_id": 1, "product": product, "amount_cents": 120000, "sold_on": sold, "due_on": due, **more}
    desk.sql(f"INSERT INTO sale ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", *values.values())


@pytest.fixture
@filled_once
def trade(desk: Desk) -> Desk:
    """A delivery that is late, a bill that waits for somebody, a contract that ends; no guarantee ends soon."""
    desk.ok(
        "customer", "add", "Golden Dragon", "--phone", "010-5550 0001",
        "--contact", "Li Na;buyer;139 0000 0001", "--contact", "Wu Bo;finance;139 0000 0002",
    )  # fmt: skip
    desk.ok("customer", "contact", "edit", "2", "--sign-off", "finance-manager")
    desk.ok("customer", "edit", "1", "--contract-end", "2026-12-01")
    sell(desk, "Oven", "2026-10-01", "2026-11-16", delivery_on="2026-11-20")
    sell(desk, "Tray", "2026-10-01", "2026-11-23", delivery_on="2026-11-24")
    sell(desk, "Cancelled", "2026-10-01", "2026-11-01", delivery_on="2026-11-01", cancelled_on="2026-10-02")
    return desk


def test_deliveries_payments_and_contracts_are_due_with_whom_to_call(trade: Desk) -> None:
    keys = ("kind", "ref", "what", "due", "days_late", "contact", "phone", "owner")
    assert [tuple(row[key] for key in keys) for row in trade.json("due", "--days", "3")] == [
        (
            "payment", "sa1", "payment: 1,200.00 Oven; waits for the finance manager", "2026-11-16", 5,
            "Wu Bo", "139 0000 0002", "alice",
        ),
        ("delivery", "sa1", "deliver: Oven", "2026-11-20", 1, "Li Na", "010-5550 0001", "alice"),
        (
            "payment", "sa2", "payment: 1,200.00 Tray; waits for the finance manager", "2026-11-23", -2,
            "Wu Bo", "139 0000 0002", "alice",
        ),
        ("delivery", "sa2", "deliver: Tray", "2026-11-24", -3, "Li Na", "010-5550 0001", "alice"),
        ("contract", "cu1", "contract ends", "2026-12-01", -10, "Li Na", "010-5550 0001", "alice"),
    ]  # fmt: skip


def test_sales_can_be_narrowed_and_disappear_when_they_are_settled(trade: Desk) -> None:
    def refs(*options: str) -> list[str]:
        return [row["kind"][:3] + row["ref"] for row in trade.json("due", *options)]

    assert refs() == ["paysa1", "delsa1", "concu1"]
    assert refs("--overdue") == ["paysa1", "delsa1"], "a contract is never overdue"
    assert refs("--kind", "delivery", "--days", "3") == ["delsa1", "delsa2"]
    assert refs("--kind", "payment", "--kind", "contract") == ["paysa1", "concu1"]
    trade.ok("staff", "add", "bob")
    assert refs("--owner", "bob") == []
    assert refs("--owner", "alice", "--customer", "1") == ["paysa1", "delsa1", "concu1"]
    trade.ok("sale", "pay", "sa1", "1199.99")
    assert trade.json("due", "--kind", "payment")[0]["what"].startswith("payment: 0.01 Oven;")
    trade.ok("sale", "pay", "sa1", "0.01")
    trade.sql("UPDATE sale SET delivered_on = '2026-11-21' WHERE id = 1")
    assert refs() == ["concu1"], "seven days are too short for a lead of fourteen: no guarantee is spoken of"


def test_a_sale_is_not_ticked(trade: Desk) -> None:
    assert trade("done", "sa1") == (
        4,
        "",
        "csm: sa1 is a sale; being delivered or paid has a command of its own\n"
        "hint: csm sale delivered sa1, or csm sale pay sa1 AMOUNT\n",
    )
    assert trade("done", "sa99").code == 3
    assert trade("done", "cu1").code == 4


def test_sales_stand_on_the_morning_page(trade: Desk) -> None:
    page = trade.json("today")
    assert {name: [row["kind"] for row in page[name]] for name in ("late", "today", "coming")} == {
        "late": ["payment", "delivery"],
        "today": [],
        "coming": ["payment", "delivery", "contract"],
    }
    assert "payment: 1,200.00 Oven; waits for the finance manager" in trade.ok("today")
    assert "139 0000 0002" in trade.ok("today")


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ("2026-11-30", []),  # 31 days before
        ("2026-12-01", [("2026-12-31", -30)]),
        ("2026-12-31", [("2026-12-31", 0)]),
        ("2027-01-01", []),
    ],
)
def test_a_contract_is_shown_from_thirty_days_before_to_its_day(
    desk: Desk, today: str, shown: list[tuple[str, int]]
) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("customer", "edit", "1", "--contract-end", "2026-12-31")
    desk.now = f"{today} 08:00"
    assert [(row["due"], row["days_late"]) for row in desk.json("due", "--kind", "contract")] == shown
    assert desk.json("due", "--overdue") == []


@pytest.mark.parametrize(
    ("sold", "today", "shown"),
    [
        # refund, 7 days, is no longer than three times the lead, 42: it is never spoken of
        ("2026-11-01", "2026-11-01", []),
        ("2026-11-01", "2026-11-08", []),
        # exchange, a year: from 14 days before the 1st, the 18th of October
        ("2026-11-01", "2027-10-17", []),
        ("2026-11-01", "2027-10-18", [("exchange", "2027-11-01")]),
        ("2026-11-01", "2027-11-01", [("exchange", "2027-11-01")]),
        ("2026-11-01", "2027-11-02", []),
        # repair, three years
        ("2026-11-01", "2029-10-18", [("repair", "2029-11-01")]),
        ("2026-11-01", "2029-11-02", []),
        # sold on a leap day: a year later that day doesn't exist, nor three years later
        ("2024-02-29", "2025-02-14", [("exchange", "2025-02-28")]),
        ("2024-02-29", "2025-02-28", [("exchange", "2025-02-28")]),
        ("2024-02-29", "2025-03-01", []),
        ("2024-02-29", "2027-02-28", [("repair", "2027-02-28")]),
        # sold a year before a leap day
        ("2027-02-28", "2028-02-28", [("exchange", "2028-02-28")]),
        ("2027-02-28", "2028-02-29", []),
    ],
)
def test_a_guarantee_is_shown_from_fourteen_days_before_to_its_day(
    desk: Desk, sold: str, today: str, shown: list[tuple[str, str]]
) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    sell(desk, "Oven", sold)
    desk.now = f"{today} 08:00"
    rows = desk.json("due", "--kind", "guarantee")
    assert [(row["what"], row["due"]) for row in rows] == [
        (f"guarantee ends: {kind}, Oven", due) for kind, due in shown
    ]
    assert desk.json("due", "--kind", "guarantee", "--overdue") == []


def test_a_guarantee_counts_from_delivery_and_goes_by_its_line(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001")
    desk.ok("config", "set", "guarantee.refund", "43d")  # one more than three times 14
    desk.ok("config", "set", "guarantee.refund.tea", "60d")
    desk.ok("config", "set", "guarantee.refund.books", "none")
    desk.ok("config", "set", "guarantee.refund.soap", "42d")
    sell(desk, "Oven", "2026-10-05", line="kitchen", delivered_on="2026-10-11")  # 20 days left of October, 23 more
    sell(desk, "Pan", "2026-10-05")  # six days sooner, 17 November: over
    sell(desk, "Green tea", "2026-10-02", line="Tea")  # 29 days left of October, 30 of November, 1 more
    sell(desk, "Cookbook", "2026-11-20", line="Books")
    sell(desk, "Ladle", "2026-11-20", line="kitchen", cancelled_on="2026-11-20")
    sell(desk, "Credit", "2026-11-20", amount_cents=-100)
    sell(desk, "Soap", "2026-10-12", line="soap")  # ends on 23 November, and 42 isn't longer than 42
    rows = desk.json("due", "--kind", "guarantee")
    assert [(row["ref"], row["what"], row["due"], row["days_late"], row["phone"]) for row in rows] == [
        ("sa1", "guarantee ends: refund, Oven", "2026-11-23", -2, "010-5550 0001"),
        ("sa3", "guarantee ends: refund, Green tea", "2026-12-01", -10, "010-5550 0001"),
    ]
    desk.ok("config", "set", "due.guarantee_lead", "9")
    assert [row["ref"] for row in desk.json("due", "--kind", "guarantee")] == ["sa1", "sa7"]  # 42 against 27
    assert [row["ref"] for row in desk.json("due", "--kind", "guarantee", "--days", "10")] == ["sa1", "sa7", "sa3"]


def test_a_short_guarantee_is_due_nowhere(desk: Desk) -> None:
    # refund within 7 days, day 5 of it, and a lead of 14: not in due, not on the page of the morning, not counted
    desk.ok("customer", "add", "Golden Dragon")
    sell(desk, "Oven", "2026-11-16")
    assert desk.json("due", "--kind", "guarantee", "--days", "60") == []
    assert "guarantee" not in desk.ok("today")
    assert desk("due", "--kind", "guarantee", "--exit-code").code == 0
    # with a lead of 2 days it is longer than 6, and ends in 2 days
    desk.ok("config", "set", "due.guarantee_lead", "2")
    assert [row["due"] for row in desk.json("due", "--kind", "guarantee")] == ["2026-11-23"]
    assert "guarantee ends: refund, Oven" in desk.ok("today")
    assert desk("due", "--kind", "guarantee", "--exit-code").code == 10
