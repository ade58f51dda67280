"""`sale stats` (handbook 9.3), against figures worked out by hand. Today is Saturday 2026-11-21."""

from __future__ import annotations

import json
from typing import Any

import pytest

from csm.cli.session import Session
from csm.domain.complaint import clocks
from csm.services.complaint import recording as filing
from csm.storage import rows
from tests.desk import Desk, filled_once


def sell(desk: Desk, customer: int, day: str, cents: int, line: str | None, cancelled: str | None = None) -> None:
    desk.sql(
        "INSERT INTO sale (customer_id, product, line, amount_cents, sold_on, due_on, cancelled_on)"
        " VALUES (?, 'thing', ?, ?, ?, ?, ?)",
        *(customer, line, cents, day, day, cancelled),
    )


def complain(desk: Desk, customer: int, at: str, level: str, sale: int | None = None) -> int:
    """File a complaint that reached us at an instant in UTC."""
    session = Session([])
    session.path, session.as_of, session.user_given = str(desk.path), desk.now, desk.user
    try:
        with session.database.writing(session.command) as connection:
            values = {"customer_id": customer, "summary": "cold", "received_at": at, "sale_id": sale}
            complaint_id = rows.insert(connection, "complaint", values)
            file = filing.File(session, connection, complaint_id)
            file.add(
                "record", "cold", {"level": level, "severity": "general", "targets": clocks.targets(session.policy)}
            )
            file.store()
    finally:
        session.close()
    return complaint_id


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Give three customers: one that grows, a new one, and one that stopped buying and stands in no region."""
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice", "--region", "East", "--category-spend", "12000")
    desk.ok("customer", "add", "River Gym", "--owner", "bob", "--region", "West", "--key-account", "growth")
    desk.ok("customer", "add", "Old Mill", "--owner", "alice", "--category-spend", "3000")
    sell(desk, 1, "2026-11-05", 60000, "tea")
    sell(desk, 1, "2026-11-10", -10000, "tea")  # a credit note: less money, no sale
    sell(desk, 1, "2026-10-03", 25000, "tea")
    sell(desk, 1, "2026-03-01", 100000, "cups")
    sell(desk, 1, "2025-11-21", 77700, "tea")  # a day too early for the year up to 2026-11-21
    sell(desk, 2, "2026-11-20", 50000, "cups")
    sell(desk, 3, "2026-10-21", 30000, None)
    sell(desk, 3, "2026-10-22", 99900, None)  # after the same days of October
    sell(desk, 3, "2026-11-06", 500000, None, cancelled="2026-11-07")
    desk.sql("INSERT INTO payment (sale_id, amount_cents, paid_on) VALUES (1, 60000, '2026-11-06')")
    desk.sql(
        "INSERT INTO service (customer_id, kind, phase, done_on, cost_cents) VALUES"
        " (1, 'visit', 'after', '2026-11-07', 2000), (1, 'visit', 'after', '2026-10-31', 9900)"
    )
    desk.sql(
        "INSERT INTO callback (customer_id, status, due_on, planned_on, done_at, done_on, cost_cents)"
        " VALUES (1, 'done', '2026-11-08', '2026-11-08', '2026-11-08T02:00:00Z', '2026-11-08', 500)"
    )
    complain(desk, 2, "2026-11-20T02:00:00Z", "complaint", 6)
    complain(desk, 2, "2026-10-31T02:00:00Z", "complaint")
    complain(desk, 1, "2026-11-20T02:00:00Z", "grievance")
    return desk


def figures(found: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in found]


def test_by_customer_this_month_to_date(shop: Desk) -> None:
    found = shop.json("sale", "stats")
    # 500.00 each of 1,000.00 in November; 250.00 and 300.00 from 1 to 21 October.
    assert figures(found, "customer_id", "name", "sales", "amount", "share", "before", "growth", "key_account") == [
        (1, "Golden Dragon", 1, 500.0, 0.5, 250.0, 1, None),
        (2, "River Gym", 1, 500.0, 0.5, 0.0, None, "growth"),
        (3, "Old Mill", 0, 0.0, 0, 300.0, -1, None),
    ]
    # The year: 600 - 100 + 250 + 1,000 = 1,750 of 12,000; 300 + 999 = 1,299 of 3,000; the second's spend isn't known.
    assert figures(found, "wallet") == [(0.1458,), (None,), (0.433,)]
    # 20.00 for the visit and 5.00 for the callback against 500.00.
    assert figures(found, "cost", "cost_ratio") == [(25.0, 0.05), (0.0, 0), (0.0, None)]
    # 600 are paid: -100 + 250 + 1,000 + 777; of the cancelled sale nothing was.
    assert figures(found, "balance") == [(1927.0,), (500.0,), (1299.0,)]
    assert figures(found, "complaints", "complaints_per_sale") == [(0, 0), (1, 1), (0, None)]


def test_the_table_names_both_periods_and_ends_with_all(shop: Desk) -> None:
    out = shop.ok("sale", "stats", "--columns", "name,sales,amount,share,before,growth,wallet")
    # All: 1,000.00 against 550.00, +81.8 %; (1,750 + 1,299) of 15,000.
    assert out == (
        "2026-11-01 to 2026-11-21, same days: 2026-10-01 to 2026-10-21\n"
        "\n"
        "name           number of sales    amount    share  before    growth  share of wallet\n"
        "────────────────────────────────────────────────────────────────────────────────────\n"
        "Golden Dragon                1    500.00   50.0 %  250.00   100.0 %           14.6 %\n"
        "River Gym                    1    500.00   50.0 %    0.00\n"
        "Old Mill                     0      0.00    0.0 %  300.00  -100.0 %           43.3 %\n"
        "all                          2  1,000.00  100.0 %  550.00    81.8 %           20.3 %\n"
    )


def test_groups_of_customers(shop: Desk) -> None:
    assert figures(shop.json("sale", "stats", "--by", "region"), "name", "amount", "wallet", "customer_id") == [
        ("East", 500.0, 0.1458, None),
        ("West", 500.0, None, None),
        (None, 0.0, 0.433, None),
    ]
    # Alice: 500.00 against 550.00; 3,049 of 15,000.
    assert figures(shop.json("sale", "stats", "--by", "owner"), "name", "amount", "growth", "wallet", "cost") == [
        ("alice", 500.0, -0.0909, 0.2033, 25.0),
        ("bob", 500.0, None, None, 0.0),
    ]
    (row,) = shop.json("sale", "stats", "--by", "industry")
    assert (row["name"], row["amount"], row["complaints"]) == (None, 1000.0, 1)
    assert "\n-     " in shop.ok("sale", "stats", "--by", "industry")


def test_by_product_line_without_what_belongs_to_customers(shop: Desk) -> None:
    found = shop.json("sale", "stats", "--by", "line")
    names = ("name", "sales", "amount", "before", "wallet", "cost", "cost_ratio", "balance", "complaints")
    assert figures(found, *names) == [
        ("cups", 1, 500.0, 0.0, None, None, None, 1500.0, 1),
        ("tea", 1, 500.0, 250.0, None, None, None, 927.0, 0),
        (None, 0, 0.0, 300.0, None, None, None, 1299.0, 0),
    ]


def test_by_month_each_against_the_month_before(shop: Desk) -> None:
    found = shop.json("sale", "stats", "--by", "month", "--from", "2026-09-01", "--to", "2026-12-31")
    # Until today; September says nothing. 250 + 300 + 999 in October; November to date against 550.00.
    assert figures(found, "name", "sales", "amount", "before", "growth", "wallet") == [
        ("2026-10", 3, 1549.0, 0.0, None, None),
        ("2026-11", 2, 1000.0, 550.0, 0.8182, None),
    ]
    assert figures(found, "cost", "complaints", "balance") == [(99.0, 1, 1549.0), (25.0, 1, 400.0)]
    empty = shop.json("sale", "stats", "--by", "month", "--from", "2026-02-01", "--to", "2026-04-30")
    assert figures(empty, "name", "amount", "growth") == [("2026-03", 1000.0, None), ("2026-04", 0.0, -1)]


def test_all_of_it_is_the_same_however_it_is_grouped(shop: Desk) -> None:
    totals = {
        shop.ok("sale", "stats", "--by", by, "--columns", "amount,before,balance,complaints")
        .splitlines()[-1]
        .split()[0]
        for by in ("customer", "region", "industry", "owner", "line", "month")
    }
    assert totals == {"1,000.00"}
    # Months have the balance of what they sold; every other grouping has all that is open, 1,927 + 500 + 1,299.
    for by in ("customer", "region", "industry", "owner", "line"):
        last = shop.ok("sale", "stats", "--by", by, "--columns", "before,balance,complaints").splitlines()[-1]
        assert last.split() == ["550.00", "3,726.00", "1"], by


@pytest.mark.parametrize(
    ("options", "heading"),
    [
        (["--month", "2026-10"], "2026-10-01 to 2026-10-31, before: 2026-09-01 to 2026-09-30"),
        (["--quarter", "Q3"], "2026-07-01 to 2026-09-30, before: 2026-04-01 to 2026-06-30"),
        (["--year", "2026"], "2026-01-01 to 2026-11-21, same days: 2025-01-01 to 2025-11-21"),
        (["--quarter", "Q4"], "2026-10-01 to 2026-11-21, same days: 2026-07-01 to 2026-08-21"),
        (["--year", "2025"], "2025-01-01 to 2025-12-31, before: 2024-01-01 to 2024-12-31"),
        (["--from", "2026-11-10", "--to", "2026-11-12"], "2026-11-10 to 2026-11-12, before: 2026-11-07 to 2026-11-09"),
        (["--from", "2026-11-20"], "2026-11-20 to 2026-11-21, before: 2026-11-18 to 2026-11-19"),
    ],
)
def test_the_period_asked_for(shop: Desk, options: list[str], heading: str) -> None:
    assert shop.ok("sale", "stats", *options).splitlines()[0] == heading


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--month", "2026-13"], "csm: --month can't be '2026-13'\nhint: write it like 2026-10\n"),
        (["--quarter", "Q5"], "csm: --quarter can't be 'Q5'\nhint: write it like 2026-Q3\n"),
        (["--year", "26"], "csm: --year can't be '26'\nhint: write it like 2026\n"),
        (["--month", "2026-10", "--year", "2026"], "csm: --month and --year can't be used together\n"),
        (["--from", "2026-10-01", "--quarter", "Q1"], "csm: --from and --quarter can't be used together\n"),
        (["--to", "2026-10-01"], "csm: --to needs --from\nhint: write it like --from 2026-10-01 --to 2026-10-15\n"),
        (
            ["--from", "2026-10-02", "--to", "2026-10-01"],
            "csm: the end, 2026-10-01, lies before the start, 2026-10-02\n",
        ),
        (
            ["--by", "colour"],
            "csm: --by can't be 'colour'\nhint: it is one of: customer, region, industry, owner, line, month\n",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(shop: Desk, options: list[str], error: str) -> None:
    assert shop("sale", "stats", *options) == (2, "", error)


def test_limit_and_order(shop: Desk) -> None:
    out = shop.ok("sale", "stats", "--limit", "1", "--sort", "-before", "--columns", "name,before")
    assert [line.split("  ")[0] for line in out.splitlines()[4:]] == ["Old Mill", "all"]
    assert [row["name"] for row in shop.json("sale", "stats", "--limit", "1")] == ["Golden Dragon"]


def test_nothing_sold(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--category-spend", "100")
    result = desk("sale", "stats")
    assert (result.code, result.err) == (0, "no sales\n")
    for by in ("customer", "region", "line", "month"):
        assert desk.json("sale", "stats", "--by", by) == []


def test_what_it_is_grouped_by_is_typed_in_either_language(shop: Desk) -> None:
    for chinese, by in (("地区", "region"), ("负责人", "owner"), ("客户", "customer")):
        assert shop.json("sale", "stats", "--by", chinese) == shop.json("sale", "stats", "--by", by)
    assert shop.json("customer", "rfm", "--by", "客户群") == shop.json("customer", "rfm", "--by", "segment")
    assert shop.ok("service", "checks", "--by", "客户") == shop.ok("service", "checks", "--by", "customer")


def test_growth_of_a_year_that_is_not_over_is_that_of_the_same_days(desk: Desk) -> None:
    """2025: 1,000 until 21 November and 9,000 in December; 2026: 1,500 until today, 21 November."""
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice")
    desk.ok("customer", "edit", "1", "--category-spend", "3000")
    for day, cents in (("2025-11-21", 100_000), ("2025-12-01", 900_000), ("2026-11-20", 150_000)):
        sell(desk, 1, day, cents, "tea")
    for by in ("customer", "owner", "region", "industry", "line"):
        result = desk("sale", "stats", "--by", by, "--year", "2026", "-f", "json")
        [row] = json.loads(result.out)
        # (1,500 - 1,000) / 1,000, and not (1,500 - 10,000) / 10,000
        assert (row["amount"], row["before"], row["growth"]) == (1500.0, 1000.0, 0.5), by
        assert result.err == ("note: this period isn't over yet; the one before it is counted for the same days\n")
        if by == "customer":
            # the twelve months up to today, 2025-11-22 to 2026-11-21: 9,000 and 1,500 of 3,000 a year
            assert row["wallet"] == 3.5
    rows = desk.json("sale", "stats", "--by", "month", "--year", "2026")
    # each month against the one before it, the running one against the same days
    assert [(row["name"], row["amount"], row["before"]) for row in (rows[0], rows[-1])] == [
        ("2026-01", 0.0, 9000.0), ("2026-11", 1500.0, 0.0),
    ]  # fmt: skip
    text = desk.ok("sale", "stats", "--by", "month", "--year", "2026", "--columns", "name,amount,before,growth")
    assert text.splitlines()[0] == "2026-01-01 to 2026-11-21, same days: 2025-01-01 to 2025-11-21"
    assert text.splitlines()[-1].split() == ["all", "1,500.00", "1,000.00", "50.0", "%"]
    assert "对比上期同日" in desk.ok("sale", "stats", "--year", "2026", lang="zh")
    # a year that is over is compared with the whole one before
    [row] = desk.json("sale", "stats", "--by", "line", "--year", "2025")
    assert (row["amount"], row["before"]) == (10000.0, 0.0)
