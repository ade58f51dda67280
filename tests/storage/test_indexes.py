"""Every list is served by an index, free text aside: what SQLite says it will do, on an analysed and an empty file."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from csm.storage import due
from csm.storage.listing import Condition, Page, statement
from tests.desk import Desk

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
    # subqueries have a name or a number; the staff are few
    allowed = re.compile(r"SCAN (\(subquery|d\b|\d+\b|staff\b)")
    assert all(allowed.match(step) for step in scans), steps
    assert any("callback_open" in step or "callback_customer" in step for step in steps), steps
