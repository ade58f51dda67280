"""A customer from the first sale to the win-back, played through the command line; every value worked out by hand.

Working days are Monday to Saturday. The days of this story:

    June 2026                        October 2026
    Mon Tue Wed Thu Fri Sat Sun      Mon Tue Wed Thu Fri Sat Sun
                     12  13  --                   1   2   3  --
     15  16  17  18  19  20  --       5   6   7   8   9  10  --
     22  23  24  25  26  27  --      12  13  14  15  16  17  --
     29  30                          19  20  21  22  23  24  --
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, filled_once

LI, WU, CHEN = "139 0000 0001", "139 0000 0002", "139 0000 0003"


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return the desk on Friday, 2026-06-12: a hotel that will buy for the first time, a gym and a cafe beside it."""
    desk.now = "2026-06-12 09:00"
    desk.ok("config", "set", "file.timezone", "Asia/Shanghai")
    desk.ok(
        "customer", "add", "Lotus Hotel", "--phone", "010-5550 0100", "--status", "prospect",
        "--relationship", "proactive", "--terms", "monthly+15", "--credit-limit", "10,000", "--region", "East",
        "--category-spend", "120,000", "--contact", f"Li Na;purchasing;{LI}", "--contact", f"Wu Bo;finance;{WU}",
        "--contact", f"Chen Xi;cash desk;{CHEN}",
    )  # fmt: skip
    for contact, place in (("1", "department-manager"), ("2", "finance-manager"), ("3", "cashier")):
        desk.ok("customer", "contact", "edit", contact, "--sign-off", place)
    desk.ok("customer", "add", "River Gym", "--phone", "010-5550 0200", "--region", "West", "--owner", "bob")
    desk.ok("customer", "add", "Corner Cafe", "--phone", "010-5550 0300", "--region", "East")
    return desk


def said(desk: Desk, when: str, *command: str) -> list[str]:
    """Run a command that must succeed, at `2026-06-13 10:00`; return what it says."""
    desk.now = when
    found = desk(*command)
    assert found.code == 0, found
    return found.err.splitlines()


def refused(desk: Desk, when: str, *command: str) -> str:
    """Run a command that a rule must refuse, and that must leave the file as it was; return the reason."""
    desk.now = when
    before = written(desk)
    found = desk(*command)
    assert (found.code, found.out) == (4, ""), found
    assert written(desk) == before
    return found.err.splitlines()[0]


def written(desk: Desk) -> list[tuple[Any, ...]]:
    tables = ("sale", "payment", "signature", "callback", "customer", "change", "command")
    return desk.sql(" UNION ALL ".join(f"SELECT '{name}', count(*), max(rowid) FROM {name}" for name in tables))


def due(desk: Desk, day: str, *options: str) -> list[tuple[str, int, str, int]]:
    """Return what is due on a day: kind, id, day, days late."""
    desk.now = f"{day} 09:00"
    return [(row["kind"], row["id"], row["due"][:10], row["days_late"]) for row in desk.json("due", *options)]


def guaranteed(desk: Desk, sale: str, *options: str) -> dict[str, tuple[bool, str]]:
    return {row["kind"]: (row["holds"], row["until"]) for row in desk.json("sale", "guarantee", sale, *options)}


def test_from_sale_to_loyalty(shop: Desk, tmp_path: Path) -> None:
    sold(shop)
    delivered_late(shop)
    waited_for_money(shop)
    paid_by_plan(shop)
    bought_beyond_the_limit(shop)
    complained(shop)
    counted(shop)
    lost_and_won_back(shop)
    looked_at_as_a_whole(shop)
    moved_to_another_file(shop, tmp_path)


def sold(desk: Desk) -> None:
    """Saturday: two products on a bill, one after-sale plan for both."""
    told = said(
        desk, "2026-06-13 10:00", "sale", "add", "lotus", "--item", "Oven;1;6,000", "--item", "Hood;2;1,500",
        "--delivery", "2026-06-17", "--install",
    )  # fmt: skip
    # due: the 30th of June and 15 days. Thanks: the day after is a Sunday, so Monday the 15th. Delivery check: as
    # promised. Usage: 13 + 7, a Saturday. Satisfaction: 30 days, 17 to the end of June and 13, a Monday.
    assert told == [
        "sold Lotus Hotel 2 items on bill B1: sa1, sa2, together 7,500.00, due 2026-07-15 (Wednesday),"
        " delivery 2026-06-17 (Wednesday)",
        "planned cb1: thanks, 2026-06-15 (Monday)",
        "planned cb2: delivery, 2026-06-17 (Wednesday)",
        "planned cb3: usage, 2026-06-20 (Saturday)",
        "planned cb4: satisfaction, 2026-07-13 (Monday)",
        "the visit for the installation is planned with csm sale delivered sa1",
        "Lotus Hotel is an active customer now, and was: prospect",
    ]
    assert due(desk, "2026-06-14", "--kind", "callback") == []
    assert due(desk, "2026-06-15", "--kind", "callback") == [("callback", 1, "2026-06-15", 0)]
    desk.ok("callback", "done", "cb1", "glad so far", "-s", "4")
    # Before delivery the guarantees count from the sale: day 7 is the 20th.
    assert guaranteed(desk, "sa1") == {
        "refund": (True, "2026-06-20"),
        "exchange": (True, "2027-06-13"),
        "repair": (True, "2029-06-13"),
    }
    assert guaranteed(desk, "sa1", "--on", "2026-06-20")["refund"] == (True, "2026-06-20")
    assert guaranteed(desk, "sa1", "--on", "2026-06-21")["refund"] == (False, "2026-06-20")


def delivered_late(desk: Desk) -> None:
    """Promised for Wednesday the 17th, there on Friday the 19th."""
    assert due(desk, "2026-06-16", "--kind", "delivery") == []
    assert due(desk, "2026-06-16", "--kind", "delivery", "--days", "1") == [
        ("delivery", 1, "2026-06-17", -1),
        ("delivery", 2, "2026-06-17", -1),
    ]
    assert due(desk, "2026-06-17", "--kind", "delivery", "--overdue") == []
    assert due(desk, "2026-06-19", "--overdue") == [
        ("callback", 2, "2026-06-17", 2),
        ("delivery", 1, "2026-06-17", 2),
        ("delivery", 2, "2026-06-17", 2),
    ]
    page = desk.ok("today")
    assert "deliver: Oven" in page.partition("Late (3)")[2]
    assert [row["id"] for row in desk.json("sale", "list", "--undelivered")] == [1, 2]
    # Usage counts from delivery now: 19 + 7 is Friday the 26th; one visit installs both.
    assert said(desk, "2026-06-19 11:00", "sale", "delivered", "B1") == [
        "delivered what stands on bill B1: sa1, sa2, 2026-06-19 (Friday), Lotus Hotel",
        "moved cb3: usage, 2026-06-26 (Friday)",
        "planned cb5: installation, 2026-06-19 (Friday)",
    ]
    assert due(desk, "2026-06-19", "--kind", "delivery") == []
    said(desk, "2026-06-19 15:00", "callback", "done", "cb2", "all there, two days late", "-s", "2")
    said(desk, "2026-06-19 17:00", "callback", "done", "cb5", "installed and tried", "-s", "5")

    # The driver's sheet: what wasn't met, and a message that waits on the card.
    told = said(
        desk, "2026-06-20 09:00", "service", "add", "lotus", "delivery", "--sale", "sa1", "--on", "2026-06-19",
        "--by", "bob", "--cost", "80", "--minutes", "90", "--check", "on-time=no", "--check", "goods-placed=yes",
        "--message", "send the manual for the hood",
    )  # fmt: skip
    assert told[:2] == ["noted sv1 for Lotus Hotel: delivery, 2026-06-19 (Friday)", "1 item not met: on-time"]
    assert "send the manual for the hood" in desk.ok("customer", "show", "lotus").partition("How to reach them")[0]
    [missed] = desk.json("service", "checks", "--by", "person")
    assert (missed["name"], missed["ticked"], missed["not_met"], missed["share"]) == ("bob", 2, 1, 0.5)
    said(desk, "2026-06-22 09:00", "service", "message", "done", "sv1", "mailed it")
    assert "send the manual" not in desk.ok("customer", "show", "lotus").partition("How to reach them")[0]

    # After delivery the guarantees count from the 19th: day 7 is the 26th, and holds.
    assert guaranteed(desk, "sa1", "--on", "2026-06-18")["refund"] == (True, "2026-06-20")
    for day, refund, exchange in (
        ("2026-06-26", True, True),
        ("2026-06-27", False, True),
        ("2027-06-20", False, False),
    ):
        assert guaranteed(desk, "sa1", "--on", day) == {
            "refund": (refund, "2026-06-26"),
            "exchange": (exchange, "2027-06-19"),
            "repair": (True, "2029-06-19"),
        }
    # seven days are no longer than three times the lead of 14; a year is
    assert due(desk, "2026-06-26", "--kind", "guarantee") == []
    assert due(desk, "2027-06-19", "--kind", "guarantee") == [
        ("guarantee", 1, "2027-06-19", 0),
        ("guarantee", 2, "2027-06-19", 0),
    ]
    said(desk, "2026-06-26 10:00", "callback", "done", "cb3", "in use every day", "-s", "5")
    said(desk, "2026-07-13 10:00", "callback", "done", "cb4", "would buy again", "-s", "5")


def waited_for_money(desk: Desk) -> None:
    """From the department manager's desk to the cashier's, and no further."""
    assert due(desk, "2026-07-14") == []
    assert due(desk, "2026-07-15") == [("payment", 1, "2026-07-15", 0), ("payment", 2, "2026-07-15", 0)]
    assert "payment: 6,000.00 Oven; waits for the department manager" in desk.ok("today")
    assert waiting(desk) == [("department-manager", "2026-06-13", "Li Na", LI)] * 2
    assert said(desk, "2026-07-15 16:00", "sale", "signed", "B1", "--by", "Li Na") == [
        f"Li Na (department manager) has signed sa1, sa2 (Lotus Hotel); next is Wu Bo (finance manager), {WU}"
    ]
    assert waiting(desk) == [("finance-manager", "2026-07-15", "Wu Bo", WU)] * 2
    assert said(desk, "2026-07-20 09:00", "sale", "signed", "B1", "--by", "Wu Bo", "--on", "2026-07-17") == [
        f"2026-07-17 (Friday): Wu Bo (finance manager) has signed sa1, sa2 (Lotus Hotel); next is Chen Xi (cashier), {CHEN}"
    ]
    assert waiting(desk) == [("cashier", "2026-07-17", "Chen Xi", CHEN)] * 2
    assert [(row["contact"], row["phone"]) for row in desk.json("due", "--kind", "payment")] == [("Chen Xi", CHEN)] * 2

    # Days after the 15th of July: 16 to its end, 31 of August, 30 of September.
    for day, late, band in (
        ("2026-07-14", -1, "not-due"),
        ("2026-07-15", 0, "0-30"),
        ("2026-08-14", 30, "0-30"),  # 16 + 14
        ("2026-08-15", 31, "31-60"),
        ("2026-09-13", 60, "31-60"),  # 16 + 31 + 13
        ("2026-09-14", 61, "61-90"),
        ("2026-10-13", 90, "61-90"),  # 16 + 31 + 30 + 13
        ("2026-10-14", 91, "90+"),
    ):
        desk.now = f"{day} 09:00"
        rows = desk.json("sale", "unpaid")
        assert [(row["id"], row["days_late"], row["band"]) for row in rows] == [(1, late, band), (2, late, band)]
        assert [row["id"] for row in desk.json("sale", "unpaid", "--band", band)] == [1, 2]


def waiting(desk: Desk) -> list[tuple[str, str, str, str]]:
    rows = desk.json("sale", "unpaid", "--customer", "lotus")
    return [(row["waits_for"], row["since"], row["contact"], row["phone"]) for row in rows]


def paid_by_plan(desk: Desk) -> None:
    """Supply is stopped; they promise two parts, and pay three times."""
    said(desk, "2026-08-17 09:00", "customer", "edit", "lotus", "--supply-stopped", "nothing paid since June")
    said(desk, "2026-08-17 09:10", "promise", "add", "lotus", "2,000 of it", "--by", "2026-09-01", "--theirs")
    said(desk, "2026-08-17 09:15", "promise", "add", "lotus", "the rest", "--by", "2026-09-30", "--theirs")
    assert [row["promised_on"] for row in desk.json("sale", "unpaid")] == ["2026-09-01"] * 2
    assert due(desk, "2026-09-01", "--kind", "promise") == [("promise", 1, "2026-09-01", 0)]
    assert said(desk, "2026-09-01 10:00", "sale", "pay", "sa1", "2,000", "--note", "bank transfer") == [
        "paid 2,000.00 on sa1 Oven: 4,000.00 open (Lotus Hotel)",
        "bill B1, 2 sales: 5,500.00 open",  # 7,500 - 2,000
        "they promised for 2026-09-01 (Tuesday): 2,000 of it; if this was it: csm promise keep pr1",
    ]
    desk.ok("promise", "keep", "pr1")
    # 4,500: the 4,000 of the oven, then 500 of the 1,500 of the hood.
    assert said(desk, "2026-09-30 10:00", "sale", "pay", "--customer", "lotus", "4,500") == [
        "paid 4,000.00 on sa1 Oven: paid in full (Lotus Hotel)",
        "paid 500.00 on sa2 Hood: 1,000.00 open (Lotus Hotel)",
        "Lotus Hotel still owes 1,000.00",
        "they promised for 2026-09-30 (Wednesday): the rest; if this was it: csm promise keep pr2",
    ]
    too_much = "1,000.01 is more than is open on Lotus Hotel: 1,000.00"
    pay = ("sale", "pay", "--customer", "lotus")
    assert refused(desk, "2026-09-30 10:05", *pay, "1,000.01") == f"csm: {too_much}"
    assert said(desk, "2026-09-30 10:10", *pay, "1,200", "--allow")[:3] == [
        "paid 1,000.00 on sa2 Hood: paid in full (Lotus Hotel)",
        "200.00 on account of Lotus Hotel: 200.00 there now",
        "Lotus Hotel owes nothing any more",
    ]
    desk.ok("promise", "keep", "pr2")
    assert [(row["text"], row["status"]) for row in desk.json("promise", "list", "--all", "--sort", "id")] == [
        ("2,000 of it", "kept"),
        ("the rest", "kept"),
    ]
    # no bill is open; the 200 that were too much stand on the account
    assert [(row["id"], row["kind"], row["balance"]) for row in desk.json("sale", "unpaid")] == [
        (None, "deposit", -200)
    ]
    assert due(desk, "2026-10-01") == []


def bought_beyond_the_limit(desk: Desk) -> None:
    """The other two buy in between; the hotel buys again: 10,300 - 200 in their favour are 10,100 of 10,000."""
    for when, customer, product, amount in (
        ("2026-07-20", "cafe", "Coffee", "200"),
        ("2026-08-03", "gym", "Treadmill", "3,000"),
        ("2026-10-01", "cafe", "Coffee", "300"),
        ("2026-10-05", "gym", "Weights", "750"),
    ):
        said(desk, "2026-10-05 18:00", "sale", "add", customer, product, "--amount", amount, "--on", when)
    table = ("sale", "add", "lotus", "Steam table", "--amount", "10,300")
    stopped = "csm: supply to Lotus Hotel is stopped: nothing paid since June"
    assert refused(desk, "2026-10-12 09:00", *table, "--strict") == stopped
    desk.ok("customer", "edit", "lotus", "--clear", "supply_stopped")
    beyond = "csm: Lotus Hotel would owe 10,100.00, and the credit limit is 10,000.00"
    assert refused(desk, "2026-10-12 09:05", *table, "--strict") == beyond
    # 31 October and 15 days: a Sunday, as the terms say; another product, so it has a plan of its own.
    # Thanks on Tuesday, usage 12 + 7, satisfaction 30 days: 19 to the end of October and 11.
    assert said(desk, "2026-10-12 09:10", *table) == [
        "sold Lotus Hotel sa7: Steam table, 10,300.00, due 2026-11-15 (Sunday)",
        "planned cb6: thanks, 2026-10-13 (Tuesday)",
        "planned cb7: usage, 2026-10-19 (Monday)",
        "planned cb8: satisfaction, 2026-11-11 (Wednesday)",
        "careful: Lotus Hotel owes 10,100.00 now, above the credit limit of 10,000.00",
    ]
    desk.ok("done", "cb6", "thanked them", "-s", "4")

    # The gym sends its mat back: 200 of it were paid.
    said(desk, "2026-10-15 09:00", "sale", "add", "gym", "Mat", "--amount", "500")
    said(desk, "2026-10-15 09:05", "sale", "pay", "sa8", "200")
    assert said(desk, "2026-10-15 09:10", "sale", "cancel", "sa8", "--reason", "the wrong colour") == [
        "cancelled sa8: Mat, River Gym",
        "200.00 was paid for sa8 and is with us now, as money of River Gym",
        "csm sale pay sa8 200 --refund pays it back",
        "csm sale set-off 2 sets it off against what is open",
    ]
    refund = ("sale", "pay", "sa8", "--refund")
    assert [(row["id"], row["refund"]) for row in desk.json("sale", "unpaid", "--refunds", "--owner", "bob")] == [
        (8, 200)
    ]
    assert refused(desk, "2026-10-16 09:00", *refund, "200.01") == (
        "csm: 200.01 is more than is to be paid back on sa8: 200.00"
    )
    assert said(desk, "2026-10-16 09:05", *refund, "200") == [
        "paid back 200.00 on sa8 Mat: nothing more to pay back (River Gym)"
    ]
    assert refused(desk, "2026-10-16 09:10", "sale", "delivered", "sa8") == "csm: sa8 isn't open any more: cancelled"


def complained(desk: Desk) -> None:
    """The oven's door: a complaint about the first sale, settled the same day."""
    said(
        desk, "2026-10-14 10:00", "complaint", "open", "lotus", "the door of the oven does not close", "--sale", "sa1",
        "--content", "product", "--problem", "goods-damaged", "--live",
    )  # fmt: skip
    assert [case["id"] for case in desk.json("sale", "show", "sa1")["complaints"]] == [1]
    did = ("--did", "changed the hinge", "--compensation", "50")
    said(desk, "2026-10-14 15:00", "complaint", "settle", "1", "--failure", "outcome", "--cause", "company", *did)
    close = ("complaint", "close", "1", "--summary", "hinge changed", "--lesson", "look at hinges", "-s", "4")
    assert said(desk, "2026-10-14 16:00", *close)[0] == "closed cp1 (Lotus Hotel)"
    case = desk.json("complaint", "show", "1")
    assert (case["sale_id"], case["status"], case["compensation"]) == (1, "closed", 50)


def counted(desk: Desk) -> None:
    """The end of October: figures, grades and scores.

    Lotus 6,000 + 1,500 in June, 10,300 + 60 in October; the gym 3,000 in August, 750 in October, the mat cancelled;
    the cafe 200 in July, 300 in October.
    """
    said(desk, "2026-10-22 09:00", "sale", "add", "lotus", "Tray", "--amount", "60", "--no-plan")
    desk.now = "2026-10-31 18:00"
    rows = {row["name"]: row for row in desk.json("sale", "stats", "--quarter", "2026-Q4")}
    # 10,360 + 750 + 300 = 11,410. The quarter isn't over: July stands beside October, without the 3,000 of August. Growth
    # (300 - 200) / 200, and none from zero.
    figures = {name: (row["sales"], row["amount"], row["before"], row["growth"]) for name, row in rows.items()}
    assert figures == {
        "Lotus Hotel": (2, 10360, 0, None),
        "River Gym": (1, 750, 0, None),
        "Corner Cafe": (1, 300, 200, 0.5),
    }
    assert [row["share"] for row in rows.values()] == pytest.approx([10360 / 11410, 750 / 11410, 300 / 11410], abs=5e-5)
    lotus = rows["Lotus Hotel"]
    assert lotus["wallet"] == pytest.approx(17860 / 120000, abs=5e-5)  # 12 months: 7,500 + 10,360
    assert (lotus["cost"], lotus["complaints"], lotus["complaints_per_sale"]) == (50, 1, 0.5)
    assert lotus["cost_ratio"] == pytest.approx(50 / 10360, abs=5e-5)
    assert lotus["balance"] == 10160  # -200 + 10,300 + 60
    by_region = desk.json("sale", "stats", "--quarter", "2026-Q4", "--by", "region")
    assert [(row["name"], row["amount"], row["before"]) for row in by_region] == [
        ("East", 10660, 200),
        ("West", 750, 0),
    ]
    # the second quarter has the delivery's 80 and no complaint
    june = desk.json("sale", "stats", "--quarter", "2026-Q2")[0]
    assert (june["amount"], june["cost"], june["complaints"]) == (7500, 80, 0)

    # All: 17,860 + 3,750 + 500 = 22,110. Before the gym 17,860 / 22,110 = 80.8 %, before the cafe 21,610 = 97.7 %.
    assert [
        (row["customer"], row["grade"], row["proposed"], row["sales"]) for row in desk.json("customer", "grade")
    ] == [
        ("Lotus Hotel", None, "A", 17860),
        ("River Gym", None, "B", 3750),
        ("Corner Cafe", None, "C", 500),
    ]
    assert desk.sql("SELECT count(*) FROM grading") == [(0,)]
    assert said(desk, "2026-10-31 18:05", "customer", "grade", "--apply") == ["changed 3 grades"]
    assert desk.sql("SELECT name, grade FROM customer ORDER BY id") == [
        ("Lotus Hotel", "A"),
        ("River Gym", "B"),
        ("Corner Cafe", "C"),
    ]
    assert desk.message("customer", "grade") == "no grade would change"

    # Days: 22nd, 5th and 1st of October are 9, 26 and 30 ago; cuts 15.8, 22.6, 26.8, 28.4: bins 1, 3, 5, reversed.
    # Orders: the bill of June is one, so 3, 2, 2; cuts 2, 2, 2.2, 2.6. Money: cuts 1,800, 3,100, 6,572, 12,216.
    table = list(csv.DictReader(io.StringIO(desk.ok("customer", "rfm", "-f", "csv"))))
    names = ("customer", "days", "orders", "money", "recency", "frequency", "monetary", "segment")
    assert {tuple(row[name] for name in names) for row in table} == {
        ("Lotus Hotel", "9", "3", "17860.00", "5", "5", "5", "champions"),
        ("River Gym", "26", "2", "3750.00", "3", "1", "3", "about-to-sleep"),
        ("Corner Cafe", "30", "2", "500.00", "1", "1", "1", "hibernating"),
    }


def lost_and_won_back(desk: Desk) -> None:
    """They pay, fall silent, go to a competitor, and come back in April."""
    # 10,300 + 60 are open, 200 stand on their account: with these 10,160 settle everything.
    assert said(desk, "2026-11-13 10:00", "sale", "pay", "--customer", "lotus", "10,160") == [
        "set off 200.00 of the money on account against sa7 Steam table (Lotus Hotel)",
        "paid 10,100.00 on sa7 Steam table: paid in full (Lotus Hotel)",
        "paid 60.00 on sa9 Tray: paid in full (Lotus Hotel)",
        "Lotus Hotel owes nothing any more",
    ]
    assert desk.json("customer", "show", "lotus")["balance"] == 0

    # Bought on 13 June, 12 and 22 October: 17 + 31 + 31 + 30 + 12 = 121 days and 10; the median of two is 65.5.
    # Twice that is 131 days: 9 + 30 + 31 + 31 + 28 = 129 to the end of February, so the 2nd of March is the 131st.
    overdue = ("customer", "risk", "--reason", "overdue-purchase", "--customer", "lotus")
    desk.now = "2027-03-02 09:00"
    assert desk.json("customer", "show", "lotus")["rhythm"] == {
        "interval_days": 65.5,
        "last_on": "2026-10-22",
        "days_ago": 131,
    }
    assert desk.json(*overdue) == []
    desk.now = "2027-03-03 09:00"
    [row] = desk.json(*overdue)
    assert row["why"].startswith("no purchase for 132 days, usually every 65.5")
    lost = ("customer", "lost", "lotus", "opposite delivers on Sundays", "--kind", "competitor", "--cause", "price")
    assert said(desk, "2027-03-05 09:00", *lost)[0].startswith("lost Lotus Hotel on 2027-03-05 (Friday): competitor")
    assert desk.json(*overdue) == []
    assert refused(desk, "2027-03-05 09:05", *lost).startswith("csm: Lotus Hotel ")

    said(desk, "2027-04-01 10:00", "callback", "log", "lotus", "came to the tasting", "-s", "5", "--keep")
    fridge = ("sale", "add", "lotus", "Fridge", "--amount", "900", "--no-plan")
    assert (
        said(desk, "2027-04-08 10:00", *fridge)[-1] == "note: Lotus Hotel is a lost customer: csm customer won-back 1"
    )
    assert said(desk, "2027-04-08 10:05", "customer", "won-back", "lotus", "ordered after the tasting") == [
        "won back Lotus Hotel on 2027-04-08 (Thursday), lost on 2027-03-05; 1 win-back attempt"
    ]


def looked_at_as_a_whole(desk: Desk) -> None:
    desk.now = "2027-04-10 09:00"
    journey = desk.json("customer", "journey", "lotus")
    assert [(row["on"], row["touch"], row["ref"]) for row in journey] == JOURNEY
    assert [row["satisfaction"] for row in journey if row["satisfaction"]] == [4, 2, 5, 5, 5, 4, 4, 5]
    assert [row["phase"] for row in journey[:2]] == ["during", "during"]
    assert {row["phase"] for row in journey if row["touch"] in ("callback", "promise", "complaint", "lost")} == {
        "after"
    }

    card = desk.json("customer", "show", "lotus")
    assert (card["status"], card["grade"], card["open_complaints"]) == ("won-back", "A", 0)
    assert card["balance"] == 900  # 18,760 bought; 2,000 + 4,500 + 1,200 + 10,160 = 17,860 paid
    assert [(row["id"], row["amount"], row["paid"], row["balance"], row["status"]) for row in card["sales"]] == [
        (10, 900, 0, 900, "open"),  # what is open comes first
        (9, 60, 60, 0, "paid"),
        (7, 10300, 10300, 0, "paid"),  # 10,100 and the 200 that stood on the account
        (2, 1500, 1500, 0, "paid"),
        (1, 6000, 6000, 0, "paid"),
    ]
    # The third interval, 22 October to 8 April: 9 + 30 + 31 + 31 + 28 + 31 + 8 = 168; the median of 10, 121, 168.
    assert card["rhythm"] == {"interval_days": 121, "last_on": "2027-04-08", "days_ago": 2}
    assert "usually buys every 121 days, last 2 days ago" in " ".join(desk.ok("customer", "show", "lotus").split())


JOURNEY = [
    ("2026-06-13", "sale", "sa1"),
    ("2026-06-13", "sale", "sa2"),
    ("2026-06-15", "callback", "cb1"),
    ("2026-06-19", "delivered", "sa1"),
    ("2026-06-19", "delivered", "sa2"),
    ("2026-06-19", "service", "sv1"),
    ("2026-06-19", "callback", "cb2"),
    ("2026-06-19", "callback", "cb5"),
    ("2026-06-26", "callback", "cb3"),
    ("2026-07-13", "callback", "cb4"),
    ("2026-08-17", "promise", "pr1"),
    ("2026-08-17", "promise", "pr2"),
    ("2026-09-01", "payment", "sa1"),
    ("2026-09-01", "promise", "pr1"),
    ("2026-09-30", "payment", "sa1"),
    ("2026-09-30", "payment", "sa2"),
    ("2026-09-30", "payment", "sa2"),
    ("2026-09-30", "payment", None),
    ("2026-09-30", "promise", "pr2"),
    ("2026-10-12", "sale", "sa7"),
    ("2026-10-12", "callback", "cb6"),
    ("2026-10-14", "complaint", "cp1"),
    ("2026-10-14", "complaint-closed", "cp1"),
    ("2026-10-22", "sale", "sa9"),
    ("2026-10-31", "graded", None),
    ("2026-11-13", "payment", "sa7"),
    ("2026-11-13", "payment", "sa9"),
    ("2027-03-05", "lost", None),
    ("2027-04-01", "callback", "cb10"),
    ("2027-04-08", "sale", "sa10"),
    ("2027-04-08", "won-back", None),
]
EXPORTS = {
    "customers": ("--all",),
    "contacts": ("--all", "--personal"),
    "sales": ("--all",),
    "complaints": ("--all",),
    "callbacks": ("--all",),
    "promises": ("--all",),
    "services": (),
}


def moved_to_another_file(desk: Desk, folder: Path) -> None:
    """Exported, imported into an empty file and exported again: the same to the byte, payments and steps included."""
    other = Desk(folder, now=desk.now, name="other.db")
    other.ok("config", "set", "file.timezone", "Asia/Shanghai")
    for form in ("jsonl", "csv"):
        for what, options in EXPORTS.items():
            desk.ok("export", what, folder / f"{what}.{form}", *options)
    for what in EXPORTS:
        [result] = [other.json("import", what, folder / f"{what}.jsonl")]
        assert (result["rejected"], result["read"]) == (0, result["inserted"]), what
    for form in ("jsonl", "csv"):
        for what, options in EXPORTS.items():
            other.ok("export", what, folder / f"again.{form}", *options)
            assert (folder / f"again.{form}").read_bytes() == (folder / f"{what}.{form}").read_bytes(), (what, form)
    assert other.json("customer", "show", "lotus")["balance"] == 900
    # With the sales came their payments: seven of the hotel's, the gym's and its refund. The hotel's deposit and what
    # was set off of it are of no sale; they come with the payments, which also say what was set off against what.
    for _ in range(2):
        desk.ok("export", "payments", folder / "payments.csv", "--all")
        result = other.json("import", "payments", folder / "payments.csv")
        assert (result["read"], result["rejected"]) == (11, 0)
    assert (result["unchanged"], result["inserted"]) == (11, 0), "the second time"
    payments = (
        "SELECT p.sale_id, p.customer_id, p.amount_cents, p.paid_on, p.note, p.by, p.created_at, other.amount_cents"
        " FROM payment AS p LEFT JOIN payment AS other ON other.id = p.set_off ORDER BY p.sale_id, p.paid_on, p.amount_cents"
    )
    assert len(other.sql(payments)) == 11
    assert other.sql(payments) == desk.sql(payments)
