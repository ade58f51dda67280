"""The guarantees that end soon: what SQL finds by the days they count from, against asking about each sale alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from random import Random

import pytest

from csm.domain.sale import guarantee
from csm.domain.settings import Policy
from csm.storage.day import due
from tests.desk import Desk

TODAY = date(2028, 2, 20)  # 29 February lies in the 14 days that follow
LEAD = 14
RULES = {
    "none of their own": {},
    "lines with their own": {
        "guarantee.refund": "1m", "guarantee.refund.tea": "30d", "guarantee.exchange.tea": "none",
        "guarantee.repair.oven": "1y", "guarantee.exchange.茶": "2w",
    },
    "none for all, one line": {
        "guarantee.refund": "none", "guarantee.exchange": "none", "guarantee.repair": "none",
        "guarantee.exchange.oven": "6m",
    },
}  # fmt: skip

Found = tuple[str, int, str | None]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Give a file of 4,000 sales over four years: lines, deliveries, cancellations, credit notes, an archived card."""
    desk = Desk(tmp_path_factory.mktemp("sold"))
    for name, owner in (("Golden Dragon", "alice"), ("Jade House", "bob"), ("Closed", "alice")):
        desk.ok("customer", "add", name, "--owner", owner)
    desk.ok("customer", "archive", "3")
    chance = Random(8)
    rows = []
    for _ in range(4_000):
        sold = TODAY - timedelta(days=chance.randrange(4 * 366))
        delivered = sold + timedelta(days=chance.randrange(30))
        rows.append((
            chance.randint(1, 3), chance.choice([None, "", "tea", "TEA", "Oven", "teapot", "茶"]),
            chance.choice([500, 500, 500, 0, -500]), sold.isoformat(), sold.isoformat(),
            delivered.isoformat() if chance.random() < 0.5 and delivered <= TODAY else None,
            TODAY.isoformat() if chance.random() < 0.1 else None,
        ))  # fmt: skip
    with closing(sqlite3.connect(desk.path)) as opened:
        opened.executemany(
            "INSERT INTO sale (customer_id, product, line, amount_cents, sold_on, due_on, delivered_on, cancelled_on)"
            " VALUES (?, 'x', ?, ?, ?, ?, ?, ?)",
            rows,
        )
        yield opened


def one_by_one(connection: sqlite3.Connection, policy: Policy, owners: list[str], customer: int | None) -> list[Found]:
    """Ask about each sale alone which of its guarantees end from today to the end of the lead."""
    found = []
    query = (
        "SELECT sale.id, line, sold_on, delivered_on, owner, customer_id FROM sale JOIN customer ON customer.id ="
        " customer_id WHERE cancelled_on IS NULL AND amount_cents >= 0 AND archived_on IS NULL"
    )
    for identity, line, sold, delivered, owner, whose in connection.execute(query):
        if (owners and owner not in owners) or (customer is not None and whose != customer):
            continue
        days = date.fromisoformat(sold), date.fromisoformat(delivered) if delivered else None
        for one in guarantee.standing(policy, line, *days, TODAY):
            ends = one.until
            # what isn't longer than three times the lead is never spoken of
            if ends and TODAY <= ends <= TODAY + timedelta(days=LEAD) and (ends - one.counted_from).days > 3 * LEAD:
                found.append((ends.isoformat(), identity, one.kind))
    return sorted(found)


def listed(
    connection: sqlite3.Connection, policy: Policy, owners: list[str], customer: int | None, limit: int | None
) -> tuple[list[Found], int]:
    """Return what the due list holds of guarantees, and how many it counts."""
    wanted = due.Wanted(
        TODAY, "2028-02-20T01:00:00Z", TODAY, {"guarantee": LEAD}, kinds=["guarantee"], owners=owners,
        customer_id=customer, limit=limit, ends=lambda first, last: guarantee.ends(policy, first, last),
    )  # fmt: skip
    items = [(item.due_on, item.id, item.term) for item in due.read(connection, wanted)]
    return items, due.count(connection, wanted)


WHOSE: list[tuple[list[str], int | None]] = [
    ([], None), (["alice"], None), (["alice", "bob"], None), (["carol"], None), ([], 1), ([], 3), (["alice"], 1),
    (["bob"], 1),
]  # fmt: skip


@pytest.mark.parametrize("few", [300, 1], ids=["few customers", "many customers"])
@pytest.mark.parametrize(("owners", "customer"), WHOSE)
@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_every_guarantee_that_ends_soon_is_found(
    connection: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
    rules: dict[str, str],
    owners: list[str],
    customer: int | None,
    few: int,
) -> None:
    monkeypatch.setattr("csm.storage.customer.selectivity.FEW_CUSTOMERS", few)  # whichever of the two ways is gone
    policy = Policy(rules)
    expected = one_by_one(connection, policy, owners, customer)
    found, counted = listed(connection, policy, owners, customer, None)
    assert sorted(found) == expected
    assert counted == len(expected)
    assert [(day, identity) for day, identity, _ in found] == sorted((day, identity) for day, identity, _ in expected)
    for limit in (1, 7, 1_000):
        page, counted = listed(connection, policy, owners, customer, limit)
        assert [(day, identity) for day, identity, _ in page] == [one[:2] for one in found[:limit]]
        assert counted == len(expected)


def test_there_is_something_to_find(connection: sqlite3.Connection) -> None:
    assert all(one_by_one(connection, Policy(rules), [], None) for rules in RULES.values())


def test_without_a_sale_no_guarantee_is_asked_for(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    with closing(sqlite3.connect(desk.path)) as opened:
        assert not due.anything_sold(opened)
        wanted = due.Wanted(TODAY, "2028-02-20T01:00:00Z", TODAY, {}, kinds=["guarantee"])
        assert due.statement(wanted) is None
        assert due.count(opened, wanted) == 0
