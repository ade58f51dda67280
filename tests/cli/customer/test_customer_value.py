"""`customer grade` and `customer rfm` (handbook 9.1), against figures worked out by hand. Today is 2026-11-21."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.desk import Desk, filled_once


def sell(
    desk: Desk, customer: int, day: str, cents: int, bill: str | None = None, cancelled: str | None = None
) -> None:
    """Write down a sale as another program would, in any order."""
    desk.sql(
        "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on, bill, cancelled_on)"
        " VALUES (?, 'tea', ?, ?, ?, ?, ?)",
        *(customer, cents, day, day, bill, cancelled),
    )


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Give five customers: 80, 15 and 5 per cent of 1,000.00, none, and a credit note only."""
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice")
    desk.ok("customer", "add", "River Gym", "--owner", "bob", "--grade", "A", "--key-account", "growth")
    desk.ok("customer", "add", "Old Mill", "--owner", "alice")
    desk.ok("customer", "add", "New Shop", "--owner", "bob", "--grade", "C")
    desk.ok("customer", "add", "Gone Quiet", "--owner", "bob", "--grade", "B")
    sell(desk, 1, "2025-11-22", 50000)  # the first day of the last 12 months
    sell(desk, 1, "2026-11-21", 30000)
    sell(desk, 1, "2025-11-21", 99900)  # the day before them
    sell(desk, 1, "2026-05-05", 77700, cancelled="2026-05-06")
    sell(desk, 2, "2026-02-02", 20000)
    sell(desk, 2, "2026-03-02", -5000)  # a credit note
    sell(desk, 3, "2026-01-01", 5000)
    sell(desk, 5, "2026-01-01", -4000)
    return desk


# --- grades ---------------------------------------------------------------------------------------------------


def test_grade_proposes_what_would_change_and_says_why(shop: Desk) -> None:
    # Sales 800, 150, 50, total 1,000: before them lie 0, 80 and 95 %, which are the borders themselves. Golden Dragon
    # is A, River Gym B, Old Mill C; without sales and below zero it is C.
    result = shop("customer", "grade")
    assert result.code == 0
    rows = [line.split("  ") for line in result.out.splitlines()[2:]]
    assert [row[-1].strip() for row in rows] == [
        "sales 150.00 of the last 12 months; 80.0 % of all sales lie before it",
        "sales 800.00 of the last 12 months; 0.0 % of all sales lie before it",
        "sales 50.00 of the last 12 months; 95.0 % of all sales lie before it",
        "sales -40.00 of the last 12 months; only sales above zero count",
    ]
    assert result.err == "4 grades would change; csm customer grade --apply changes them\n"
    found = shop.json("customer", "grade")
    assert [(row["customer"], row["grade"], row["proposed"]) for row in found] == [
        ("River Gym", "A", "B"),  # a key account comes first
        ("Golden Dragon", None, "A"),
        ("Old Mill", None, "C"),
        ("Gone Quiet", "B", "C"),
    ]
    assert [(row["sales"], row["share"], row["before"]) for row in found] == [
        (150.0, 0.15, 0.8),
        (800.0, 0.8, 0),
        (50.0, 0.05, 0.95),
        (-40.0, -0.04, None),
    ]
    everybody = shop.json("customer", "grade", "--all")
    assert [row["customer"] for row in everybody] == [
        "River Gym",
        "Golden Dragon",
        "Old Mill",
        "New Shop",
        "Gone Quiet",
    ]
    assert everybody[3]["why"] == "no sales in the last 12 months"
    assert shop.sql("SELECT count(*) FROM grading") == [(0,)]


def test_grade_goes_by_the_months_asked_for(shop: Desk) -> None:
    # The last month begins after 2026-10-21: only 300.00 of Golden Dragon.
    found = shop.json("customer", "grade", "--months", "1", "--all")
    assert [(row["customer"], row["proposed"]) for row in found if row["sales"]] == [("Golden Dragon", "A")]
    assert found[1]["why"] == "sales 300.00 of the last month; 0.0 % of all sales lie before it"
    # 24 months take in the 999.00 too: 1,799.00 of 1,999.00 lie before River Gym, 89.99 %.
    why = shop.json("customer", "grade", "--months", "24")[0]["why"]
    assert why == "sales 150.00 of the last 24 months; 89.9 % of all sales lie before it"


def test_apply_gives_the_grades_once_and_keeps_their_day(shop: Desk) -> None:
    assert shop.message("customer", "grade", "--apply") == "changed 4 grades"
    assert shop.sql("SELECT grade FROM customer ORDER BY id") == [("A",), ("B",), ("C",), ("C",), ("C",)]
    assert shop.sql(
        "SELECT customer_id, graded_on, old_grade, grade, sales_cents, months, by FROM grading ORDER BY customer_id"
    ) == [
        (1, "2026-11-21", None, "A", 80000, 12, "alice"),
        (2, "2026-11-21", "A", "B", 15000, 12, "alice"),
        (3, "2026-11-21", None, "C", 5000, 12, "alice"),
        (5, "2026-11-21", "B", "C", -4000, 12, "alice"),
    ]
    # Both tables are among the kept changes, under one command.
    assert shop.sql(
        "SELECT table_name, count(*), count(DISTINCT command_id) FROM change"
        " WHERE command_id = (SELECT max(id) FROM command) GROUP BY table_name"
    ) == [("customer", 4, 1), ("grading", 4, 1)]
    assert shop.message("customer", "grade", "--apply") == "changed 0 grades"
    assert shop.sql("SELECT count(*) FROM grading") == [(4,)]
    assert shop.message("customer", "grade") == "no grade would change"


def test_a_grade_given_by_hand_keeps_its_day_too(shop: Desk) -> None:
    shop.ok("customer", "edit", "2", "--grade", "C", "--region", "east")
    shop.ok("customer", "edit", "2", "--grade", "C")
    shop.ok("customer", "edit", "2", "--clear", "grade")
    assert shop.sql("SELECT customer_id, graded_on, old_grade, grade, sales_cents, months, by FROM grading") == [
        (2, "2026-11-21", "A", "C", None, None, "alice"),
        (2, "2026-11-21", "C", None, None, None, "alice"),
    ]
    told = [row["text"] for row in shop.json("customer", "journey", "2", "--touch", "graded")]
    assert told == ["grade C, before A", "grade taken off, before C"]


def test_programs_read_why_in_english_in_every_language(shop: Desk) -> None:
    arguments = ("customer", "grade", "--columns", "customer,why", "-f", "csv")
    assert shop.ok(*arguments, lang="zh") == shop.ok(*arguments)
    assert "最近 12 个月" in shop.ok("customer", "grade", lang="zh")


def test_the_share_that_why_tells_is_the_one_of_the_column(desk: Desk) -> None:
    # 746.8 of 1,000: 74.68 % is told as 74.7 % in both places; what lies just below 80 % isn't told as 80.0 %.
    for customer, cents in enumerate((74680, 5310, 20010), 1):
        desk.ok("customer", "add", f"C{customer}")
        sell(desk, customer, "2026-01-01", cents)
    why = [row["why"] for row in desk.json("customer", "grade")]
    # Sales 746.80, 200.10, 53.10, total 1,000.00: before them lie 0, 74.68 and 94.69 %.
    assert [words.partition("; ")[2] for words in why] == [
        "0.0 % of all sales lie before it",
        "74.7 % of all sales lie before it",
        "94.7 % of all sales lie before it",
    ]


def test_an_owner_sees_and_changes_the_own_customers_only_graded_among_all(shop: Desk) -> None:
    result = shop("customer", "grade", "--owner", "alice", "--columns", "customer,proposed", "-f", "csv")
    assert result.out == "customer,proposed\nGolden Dragon,A\nOld Mill,C\n"
    assert result.err.splitlines() == [
        "2 grades would change; csm customer grade --owner alice --apply changes them",
        "2 grades of other owners' customers would change too",
    ]
    result = shop("customer", "grade", "--owner", "alice", "--apply")
    assert result.err.splitlines() == ["changed 2 grades", "2 grades of other owners' customers would change too"]
    assert shop.sql("SELECT grade FROM customer ORDER BY id") == [("A",), ("A",), ("C",), ("C",), ("B",)]


def test_archived_cards_count_for_nothing(shop: Desk) -> None:
    shop.ok("customer", "archive", "1")
    # 150 of 200 and 50 of 200: the second begins at 75 %.
    found = shop.json("customer", "grade", "--all")
    assert [(row["customer"], row["proposed"]) for row in found if row["sales"] > 0] == [
        ("River Gym", "A"),
        ("Old Mill", "A"),
    ]


@pytest.mark.parametrize("apply", [[], ["--apply"]])
def test_where_nothing_was_sold_no_grade_changes(desk: Desk, apply: list[str]) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--grade", "A")
    result = desk("customer", "grade", *apply)
    assert result == (0, "", "nothing was sold in the last 12 months; grades stay as they are\n")
    assert desk.json("customer", "grade") == []
    assert desk.sql("SELECT grade FROM customer") == [("A",)]


def test_months_are_checked(shop: Desk) -> None:
    for months in ("0", "x", "-1", "121"):
        result = shop("customer", "grade", "--months", months)
        assert (result.code, result.out) == (2, ""), months
    assert shop("customer", "grade", "--months", "120").code == 0


# --- recency, frequency, money --------------------------------------------------------------------------------

# A part of CDNOW's log as a spreadsheet would have it; the two rows of customer 5 are equal and both count.
PURCHASES = """\
1 1997-01-01 29.33
1 1997-01-18 29.73
1 1997-08-02 14.96
1 1997-12-12 26.48
2 1997-01-04 14.96
3 1997-01-01 63.34
3 1997-01-13 11.77
4 1997-01-01 6.79
5 1997-02-02 10.00
5 1997-02-02 10.00
"""


@pytest.fixture
def cdnow(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, now="1997-12-31 09:00")
    for number in range(1, 6):
        desk.ok("customer", "add", f"Customer {number}")
    for line in PURCHASES.splitlines():
        buyer, day, amount = line.split()
        sell(desk, int(buyer), day, int(amount.replace(".", "")))
    return desk


def test_repeat_purchases_and_recency_by_hand(cdnow: Desk) -> None:
    # Days to 31 December, the 365th: 12 Dec 19, 4 Jan 361, 13 Jan 352, 1 Jan 364, 2 Feb 332.
    # Days 19 332 352 361 364: cuts 269.4, 344, 355.6, 361.6, so R is 5 for 19, 4 for 332, 3, 2, 1.
    # Orders 1 1 2 2 4: cuts 1, 1.6, 2, 2.4, so F is 1 for 1, 3 for 2, 5 for 4.
    # Money 6.79 14.96 20.00 75.11 100.50: cuts 13.326, 17.984, 42.044, 80.188, so M is 1, 2, 3, 4, 5.
    result = cdnow("customer", "rfm", "-f", "csv")
    assert result.out == (
        "id,customer,key_account,owner,days,orders,money,recency,frequency,monetary,segment,grade\n"
        "1,Customer 1,,alice,19,4,100.50,5,5,5,champions,\n"
        "3,Customer 3,,alice,352,2,75.11,3,3,4,need-attention,\n"
        "5,Customer 5,,alice,332,2,20.00,4,3,3,potential-loyalists,\n"
        "2,Customer 2,,alice,361,1,14.96,2,1,2,hibernating,\n"
        "4,Customer 4,,alice,364,1,6.79,1,1,1,hibernating,\n"
    )
    assert result.err == "only 5 customers bought; below 50, quintiles mean little\n"


def test_the_rows_of_one_bill_on_one_day_are_one_order(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    sell(desk, 1, "2026-11-01", 100, "B1")
    sell(desk, 1, "2026-11-01", 200, "B1")
    sell(desk, 1, "2026-11-02", 400, "B1")  # the number again on another day
    sell(desk, 1, "2026-11-02", 800, "B2")
    sell(desk, 1, "2026-11-02", 1600)
    sell(desk, 1, "2026-11-02", 1600)
    sell(desk, 1, "2026-11-10", -50, "B3")  # a credit note is no order, but less money
    sell(desk, 1, "2026-11-12", 9900, "B4", cancelled="2026-11-13")
    sell(desk, 1, "2026-11-25", 9900, "B5")  # after today
    (row,) = desk.json("customer", "rfm")
    # Orders: B1, B1 of the 2nd, B2 and two without a bill. Last on the 2nd, 19 days ago. 4,700 - 50 cents.
    assert (row["orders"], row["days"], row["money"]) == (5, 19, 46.5)
    (row,) = desk.json("customer", "rfm", "--months", "1")
    assert row["orders"] == 5


def test_who_never_bought_or_is_archived_is_left_out(cdnow: Desk) -> None:
    cdnow.ok("customer", "add", "Only Looking")
    cdnow.ok("customer", "add", "Sent Back")
    sell(cdnow, 7, "1997-03-03", -500)
    cdnow.ok("customer", "archive", "4")
    # Four are left: cuts of days 206.8, 336, 348, 355.6, of orders 1.6, 2, 2, 2.8, of money 17.984, 31.022, 64.088,
    # 85.266. Scores R, F, M: 1 has 5 5 5, 3 has 2 2 4, 5 has 4 2 2, 2 has 1 1 1; equal sums go by id.
    assert [row["id"] for row in cdnow.json("customer", "rfm")] == [1, 3, 5, 2]
    # After 1997-06-30 only customer 1 bought.
    assert [(row["id"], row["orders"]) for row in cdnow.json("customer", "rfm", "--months", "6")] == [(1, 2)]


def test_key_accounts_come_first_and_segments_and_owners_narrow(cdnow: Desk) -> None:
    cdnow.ok("customer", "edit", "4", "--key-account", "growth", "--owner", "bob")
    assert [row["id"] for row in cdnow.json("customer", "rfm")] == [4, 1, 3, 5, 2]
    assert [row["id"] for row in cdnow.json("customer", "rfm", "--segment", "hibernating")] == [4, 2]
    assert [row["id"] for row in cdnow.json("customer", "rfm", "--segment", "champions", "--segment", "at-risk")] == [1]
    # The scores go by all customers, whosoever's are shown.
    (row,) = cdnow.json("customer", "rfm", "--owner", "bob")
    assert (row["id"], row["recency"], row["segment"]) == (4, 1, "hibernating")
    result = cdnow("customer", "rfm", "--segment", "best")
    assert (result.code, result.out) == (2, "")


def test_segments_with_their_share_of_the_money(cdnow: Desk) -> None:
    # 100.50 + 20.00 + 75.11 + 14.96 + 6.79 = 217.36
    found = cdnow("customer", "rfm", "--by", "segment", "-f", "csv").out
    assert list(csv.reader(io.StringIO(found))) == [
        ["segment", "customers", "money", "share"],
        ["champions", "1", "100.50", "0.4624"],
        ["potential-loyalists", "1", "20.00", "0.092"],
        ["need-attention", "1", "75.11", "0.3456"],
        ["hibernating", "2", "21.75", "0.1001"],
    ]
    assert cdnow("customer", "rfm", "--by", "region").code == 2


def test_nobody_bought(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    assert desk("customer", "rfm") == (0, "", "nobody has bought anything yet\n")
    assert desk.ok("customer", "rfm", "-f", "json") == "[]\n"


def test_enough_customers_are_no_cause_for_a_warning(cdnow: Desk) -> None:
    cdnow.ok("config", "set", "rfm.few", "5")
    assert cdnow("customer", "rfm").err == ""
