"""Every list is served by an index, free text aside: what SQLite says it will do, on an analysed and an empty file."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from csm.domain.sale import guarantee
from csm.domain.settings import Policy
from csm.services.customer import lunar_calendar
from csm.storage.customer import branches
from csm.storage.day import due
from csm.storage.day.due_kinds import DELIVERY, PAYMENT
from csm.storage.listing import Condition, Page, statement
from tests.desk import Desk, filled_once

TODAY = date(2026, 11, 21)
NOW = "2026-11-21T01:00:00Z"
OPEN = Condition("v.status = 'open'")
OPEN_CASE = Condition("v.status IN ('open', 'waiting')")
MINE = Condition("v.owner = ?", ("alice",))
IN_USE = Condition("v.archived_on IS NULL")


@pytest.fixture
def connection(desk: Desk) -> Iterator[sqlite3.Connection]:
    desk.ok("customer", "add", "Golden Dragon")
    with closing(sqlite3.connect(desk.path)) as opened:
        yield opened


@pytest.fixture
@filled_once
def shops(desk: Desk) -> Desk:
    """Give a file of 40 customers with 2,000 sales, one in twenty of them unpaid, one in a hundred undelivered."""
    for number in range(40):
        desk.ok("customer", "add", f"Shop {number}", "--owner", "alice" if number % 3 else "bob", "--force")
    with closing(sqlite3.connect(desk.path)) as opened:
        opened.executemany(
            "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on, delivery_on, delivered_on)"
            " VALUES (?, 'x', ?, '2026-11-15', '2026-11-20', '2026-11-20', ?)",
            [(1 + n % 40, 0 if n % 20 else 500, "2026-11-16" if n % 100 else None) for n in range(2_000)],
        )
        opened.commit()
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return desk


@pytest.fixture
def sold(shops: Desk) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(shops.path)) as opened:
        yield opened


def plan(connection: sqlite3.Connection, query: str, given: list[object]) -> list[str]:
    return [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + query, given)]


@pytest.mark.parametrize(
    ("page", "index"),
    [
        (Page("customer_list", ["id", "name"], [IN_USE], "v.name_key, v.id", 20), "customer_name"),
        (Page("customer_list", ["id", "name"], [IN_USE], "v.name_key, v.id", None), "customer_name"),
        (Page("customer_list", ["id"], [Condition("v.owner = ?", ("a",))], "v.name_key, v.id", 20), "customer_owner"),
        (Page("customer_list", ["id"], [Condition("v.region = ?", ("a",))], "v.name_key, v.id", 20), "customer_region"),
        (Page("customer_list", ["id"], [Condition("v.phone_digits = ?", ("1",))], "v.name_key, v.id", 20), "customer_"),
        (Page("callback_list", ["id", "customer"], [OPEN, IN_USE], "v.due_on, v.id", 50), "callback_open"),
        (Page("callback_list", ["id"], [], "v.due_on, v.id", 50), "callback_due"),
        (Page("callback_list", ["id"], [OPEN, Condition("v.owner = ?", ("a",))], "v.due_on, v.id", 50), "callback_open_owner"),
        (Page("callback_list", ["id"], [Condition("v.customer_id = ?", (1,)), OPEN], "v.due_on, v.id", 50), "callback_"),
        (Page("complaint_list", ["id"], [OPEN_CASE], "v.next_due_at, v.id", 50), "complaint_state_open"),
        (Page("complaint_list", ["id"], [OPEN_CASE, MINE], "v.next_due_at, v.id", 50), "complaint_state_owner"),
        (Page("complaint_list", ["id"], [Condition("v.customer_id = ?", (1,))], "v.next_due_at, v.id", 50), "complaint_customer"),
        (Page("promise_list", ["id"], [OPEN], "v.due_on, v.id", 50), "promise_open"),
    ],
)  # fmt: skip
def test_a_list_walks_an_index_in_order(connection: sqlite3.Connection, page: Page, index: str) -> None:
    steps = plan(connection, *statement(page))
    assert any(f"INDEX {index}" in step for step in steps), steps
    assert not any(step.startswith(("SCAN customer", "SCAN callback")) and "INDEX" not in step for step in steps), steps


@pytest.mark.parametrize(
    "wanted",
    [
        due.Wanted(TODAY, NOW, TODAY, {"birthday": 7}, limit=50),
        due.Wanted(TODAY, NOW, TODAY, {"birthday": 7}),
        due.Wanted(TODAY, NOW, TODAY, {"birthday": 7}, overdue=True, limit=50),
        due.Wanted(TODAY, NOW, TODAY, {"birthday": 7}, owners=["alice"], limit=50),
        due.Wanted(TODAY, NOW, TODAY, {"birthday": 7}, customer_id=1, limit=50),
    ],
)
def test_the_due_list_walks_indexes(connection: sqlite3.Connection, wanted: due.Wanted) -> None:
    made = due.statement(wanted)
    assert made is not None
    steps = plan(connection, *made)
    scans = [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]
    # subqueries have a name or a number, what is worked out once is one row; the staff are few
    allowed = re.compile(r"SCAN (\(subquery|CONSTANT ROW|d\b|\d+\b|staff\b)")
    assert all(allowed.match(step) for step in scans), steps
    assert any("callback_open" in step or "callback_customer" in step for step in steps), steps


UNPAID = Page("sale_unpaid", ["id", "customer", "due_on"], [], "v.due_on, v.id", 50)


def test_what_is_unpaid_walks_the_index_of_what_is_unpaid(sold: sqlite3.Connection) -> None:
    steps = plan(sold, *statement(UNPAID))
    finding = steps[: steps.index("SCAN page")]
    assert "INDEX sale_not_paid" in reads(finding, "sale")[0], steps
    assert not any("TEMP B-TREE" in step for step in finding), steps


def ending(first: date, last: date) -> due.Ends:
    return guarantee.ends(Policy({}), first, last)


def of_kind(kind: str, **whose: Any) -> due.Wanted:
    leads = {"contract": 30, "guarantee": 14}
    return due.Wanted(TODAY, NOW, TODAY, leads, kinds=[kind], limit=50, ends=ending, **whose)


@pytest.mark.parametrize("whose", [{}, {"owners": ["alice"]}, {"customer_id": 1}])
def test_birthdays_are_looked_up_by_their_day(connection: sqlite3.Connection, whose: Any) -> None:
    wanted = due.Wanted(TODAY, NOW, TODAY, {"birthday": 7}, kinds=["birthday"], lunar=lunar_calendar.birthdays, **whose)
    made = due.statement(wanted)
    assert made is not None
    found = reads(plan(connection, *made), "contact")
    if not whose.get("customer_id"):
        assert any("INDEX contact_birthday (birthday_month_day=?" in step for step in found), found
        assert any("INDEX contact_lunar_birthday (lunar_month_day=?" in step for step in found), found
    assert not any(step.startswith("SCAN") for step in found), found


def test_branches_are_walked_by_their_index(connection: sqlite3.Connection) -> None:
    condition = branches.is_or_below(1)
    page = Page("sale_unpaid", ["id"], [condition], "v.due_on, v.id", 50)
    steps = plan(connection, *statement(page))
    assert any("INDEX customer_parent (parent_id=?" in step for step in steps), steps
    assert all(
        "INDEX sale_customer (customer_id=?" in step for step in reads(steps[: steps.index("SCAN page")], "sale")
    ), steps


BY_DAY = {
    "payment": "INDEX sale_not_paid (due_on<",
    "delivery": "INDEX sale_undelivered (",
    "contract": "INDEX customer_contract (contract_end_on>",
    "guarantee": "INDEX sale_guaranteed (guaranteed_from=",
}


def reads(steps: list[str], table: str) -> list[str]:
    return [step for step in steps if re.match(f"(SCAN|SEARCH) {table}\\b", step)]


@pytest.mark.parametrize("kind", BY_DAY)
def test_everybodys_due_items_are_walked_by_their_day(sold: sqlite3.Connection, kind: str) -> None:
    made = due.statement(of_kind(kind))
    assert made is not None
    table = "customer" if kind == "contract" else "sale"
    steps = plan(sold, *made)
    first = reads(steps, table)
    assert first and all(BY_DAY[kind] in step for step in first), steps


@pytest.mark.parametrize("kind", ["payment", "delivery", "guarantee"])
def test_an_owners_are_walked_by_their_day_or_gathered_by_their_few_customers(
    sold: sqlite3.Connection, kind: str
) -> None:
    made = due.statement(of_kind(kind, owners=["alice"]))
    assert made is not None
    steps = plan(sold, *made)
    found = reads(steps, "sale")
    walked, gathered = found[:-1], found[-1]
    assert walked and all(BY_DAY[kind] in step for step in walked), steps
    assert "INDEX sale_customer (customer_id=?" in gathered, steps


@pytest.mark.parametrize("kind", ["contract", "reminder"])
def test_an_owners_few_items_are_found_without_all_their_cards(sold: sqlite3.Connection, kind: str) -> None:
    made = due.statement(of_kind(kind, owners=["alice"]))
    assert made is not None
    steps = plan(sold, *made)
    assert not any("customer_owner" in step for step in steps), steps


@pytest.mark.parametrize("kind", ["payment", "delivery", "guarantee"])
def test_one_customers_are_found_by_the_customer(sold: sqlite3.Connection, kind: str) -> None:
    made = due.statement(of_kind(kind, customer_id=7))
    assert made is not None
    found = reads(plan(sold, *made), "sale")
    assert found and all("INDEX sale_customer (customer_id=?" in step for step in found), found


def test_of_an_owner_with_many_or_few_customers_the_same_is_found(
    sold: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("payment", "delivery"):
        found = []
        for few in (300, 1):
            monkeypatch.setattr("csm.storage.customer.selectivity.FEW_CUSTOMERS", few)
            wanted = of_kind(kind, owners=["alice"])._replace(limit=None)
            found.append([(item.due_on, item.id) for item in due.read(sold, wanted)])
            assert due.count(sold, wanted) == len(found[-1])
            page = [(item.due_on, item.id) for item in due.read(sold, wanted._replace(limit=5))]
            assert page == found[-1][:5]
        assert found[0] == found[1] != []
        items = {"payment": PAYMENT, "delivery": DELIVERY}[kind]
        query = f"SELECT count(*) FROM {items} WHERE owner = 'alice'"
        assert len(found[0]) == sold.execute(query).fetchone()[0]
