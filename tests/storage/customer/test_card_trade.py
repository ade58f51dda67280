"""A card looks at its own customer's sales and services: what SQLite says it will do, on an empty and an analysed file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from csm.storage.customer import card_trade
from csm.storage.listing import Condition, Page, statement
from csm.storage.service.rows import WAITING
from tests.desk import Desk

OF_CUSTOMER = Condition("v.customer_id = ?", (1,))
DAY = "2026-11-21"
# A file in which unpaid and undelivered sales are so few that an index over everybody's would look short.
CUSTOMERS = """
    INSERT INTO customer (name, name_key, created_at, updated_at)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
    SELECT 'shop ' || i, 'shop ' || i, '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z' FROM n
"""
FILLED = """
    INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on, paid_cents, delivery_on, delivered_on)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
    SELECT 1 + i % 400, 'oven', 100, date('2020-01-01', i || ' days'), date('2020-01-01', i || ' days'),
        CASE WHEN i % 500 THEN 100 ELSE 0 END, date('2020-01-01', i || ' days'),
        CASE WHEN i % 500 THEN date('2020-01-01', i || ' days') END
    FROM n
"""


@pytest.fixture(params=["empty", "analysed"])
def connection(desk: Desk, request: pytest.FixtureRequest) -> Iterator[sqlite3.Connection]:
    desk.ok("customer", "add", "Golden Dragon")
    with closing(sqlite3.connect(desk.path)) as opened:
        if request.param == "analysed":
            opened.execute(CUSTOMERS)
            opened.execute(FILLED)
            opened.execute("ANALYZE")
        yield opened


def scans(connection: sqlite3.Connection, query: str, given: list[object]) -> list[str]:
    """Return the steps of a query that walk a table or an index, or look up other than by customer or by id."""
    steps = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + query, given)]
    found = [
        step
        for step in steps
        if step.startswith(("SCAN", "SEARCH")) and not step.startswith(("SCAN page", "SCAN (subq"))
    ]
    known = ("(rowid=?)", "(customer_id=?", "(sale_id=?)", "(service_id=?)", "(plan_id=?)")
    return [step for step in found if not any(part in step for part in known)]


@pytest.mark.parametrize(
    "page",
    [
        Page("sale_list", ["id", "signed_by"], [OF_CUSTOMER, card_trade.OPEN], card_trade.OPEN_ORDER, 10),
        Page("sale_list", ["id", "paid_on"], [OF_CUSTOMER, card_trade.ENDED], card_trade.ENDED_ORDER, 10),
        Page("sale_list", ["id"], [OF_CUSTOMER, card_trade.undelivered(DAY)], "+v.delivery_on, v.id", 10),
        Page("service_list", ["id", "checks"], [OF_CUSTOMER, WAITING], "v.id", 10),
        Page("service_list", ["id", "not_met"], [OF_CUSTOMER], "v.done_on DESC, v.id DESC", 5),
    ],
)
def test_a_list_on_a_card_is_looked_up_by_its_customer(connection: sqlite3.Connection, page: Page) -> None:
    assert scans(connection, *statement(page)) == []


def test_the_figures_of_a_card_are_looked_up_by_its_customer(connection: sqlite3.Connection) -> None:
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    card_trade.open_bills(connection, 1)
    card_trade.credits_of(connection, 1)
    card_trade.purchase_days(connection, 1, DAY)
    card_trade.losses(connection, 1, 10)
    connection.set_trace_callback(None)
    queries = [query for query in asked if query.startswith("SELECT")]
    assert len(queries) == 4
    # of the credits only those of the customer, which were looked up, are gone through
    found = [scan for query in queries for scan in scans(connection, query, []) if "(" not in scan]
    assert sorted(found) == ["SCAN account", "SCAN account_credit"]


def test_messages_that_wait_walk_their_own_index(connection: sqlite3.Connection) -> None:
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    card_trade.messages(connection, ["alice"])
    connection.set_trace_callback(None)
    assert scans(connection, asked[0], []) == ["SCAN v USING INDEX service_message"]
