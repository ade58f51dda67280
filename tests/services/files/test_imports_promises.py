"""Promises from files, ours and theirs (handbook 7). 2026-11-21 is a Saturday, a working day by default."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import Desk, filled_once
from tests.services.files.importing import load, sheet


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with Golden Dragon (owner bob) and Old Mill."""
    desk.ok("customer", "add", "Golden Dragon", "--code", "G1", "--owner", "bob")
    desk.ok("customer", "add", "Old Mill", "--phone", "010-5550 0001")
    return desk


def stored(desk: Desk, *columns: str) -> list[tuple[Any, ...]]:
    return desk.sql(f"SELECT {', '.join(columns)} FROM promise ORDER BY id")


def test_open_and_ended_promises_come_in(shop: Desk) -> None:
    path = sheet(
        shop,
        "客户,承诺内容,期限,承诺方,负责人,兑现时间,状态,赔偿",
        "Golden Dragon,bring the key,2026-11-25,,,,,",
        "Golden Dragon,pay,2026-11-22,theirs,,,,",
        "Old Mill,price list,2026-11-10 12:00,ours,carol,2026-11-10 12:00,,20",
        "Old Mill,samples,2026-11-10,ours,carol,2026-11-12,,",
        "Old Mill,visit,2026-11-10,ours,,,broken,",
        "Old Mill,call,2026-11-11,ours,,,kept,",
    )
    assert load(shop, "promises", path).counts == {"read": 6, "inserted": 6}
    assert stored(shop, "due_at", "due_on", "direction", "in_charge", "status", "kept_at", "compensation_cents") == [
        ("2026-11-25T18:00:00Z", "2026-11-25", "ours", "bob", "open", None, None),
        ("2026-11-22T23:59:00Z", "2026-11-22", "theirs", "bob", "open", None, None),
        ("2026-11-10T12:00:00Z", "2026-11-10", "ours", "carol", "kept", "2026-11-10T12:00:00Z", 2000),
        ("2026-11-10T18:00:00Z", "2026-11-10", "ours", "carol", "late", "2026-11-12T09:00:00Z", None),
        ("2026-11-10T18:00:00Z", "2026-11-10", "ours", "alice", "broken", None, None),
        ("2026-11-11T18:00:00Z", "2026-11-11", "ours", "alice", "kept", "2026-11-11T18:00:00Z", None),
    ]
    assert load(shop, "promises", path).counts == {"read": 6, "unchanged": 6}
    assert shop.sql("SELECT operation, count(*) FROM change WHERE table_name = 'promise' GROUP BY 1") == [("insert", 6)]


def test_an_overdue_one_is_open_and_late(shop: Desk) -> None:
    load(shop, "promises", sheet(shop, "customer_code,text,due_at", "G1,bring the key,2026-11-10"))
    assert [(row["kind"], row["days_late"]) for row in shop.json("due")] == [("promise", 11)]


def test_the_nth_equal_row_is_the_nth_stored_one(shop: Desk) -> None:
    heading = "customer_code,text,due_at,in_charge"
    load(shop, "promises", sheet(shop, heading, *["G1,key,2026-11-25,bob"] * 2))
    other = sheet(shop, heading, "G1,key,2026-11-25,bob", "G1,key,2026-11-25,carol", "G1,key,2026-11-25,bob")
    done = load(shop, "promises", other)
    assert (done.code, done.bad, done.reasons) == (
        2, [(3, "in_charge", "carol")], ["the file says something else than pr2, which has 'bob'"],
    )  # fmt: skip
    assert load(shop, "promises", other, "--update").counts == {"read": 3, "inserted": 1, "updated": 1, "unchanged": 1}
    assert stored(shop, "in_charge") == [("bob",), ("carol",), ("bob",)]


def test_external_ids_are_keys(shop: Desk) -> None:
    heading = "external_id,customer_code,text,due_at"
    first = sheet(shop, heading, "P1,G1,key,2026-11-25", "P1,G1,key,2026-11-25", "P2,G1,key,2026-11-25")
    assert load(shop, "promises", first).counts == {"read": 3, "inserted": 2, "unchanged": 1}
    later = sheet(shop, heading, "P2,G1,key,2026-11-26")
    assert load(shop, "promises", later, "--update").counts == {"read": 1, "updated": 1}
    assert stored(shop, "due_on") == [("2026-11-25",), ("2026-11-26",)]


def test_a_promise_on_a_case_moves_its_clock(shop: Desk) -> None:
    shop.ok("complaint", "open", "G1", "late")
    heading = "customer_code,text,due_at,complaint_id,clock,created_at"
    path = sheet(
        shop, heading, "G1,answer,2026-11-21 10:00,cp1,first-response,2026-11-21 09:00", "G1,else,2026-11-25,7,,"
    )
    done = load(shop, "promises", path, "--skip-bad")
    assert (done.counts["inserted"], done.reasons) == (1, ["this customer has no complaint '7'"])
    assert stored(shop, "complaint_id") == [(1,)]
    assert shop.sql("SELECT first_response_due FROM complaint_list") == [("2026-11-21T10:00:00Z",)]
    assert shop.sql("SELECT count(*) FROM complaint_event") == [(1,)]
    done = load(shop, "promises", path, "--skip-bad")
    assert done.counts == {"read": 2, "unchanged": 1, "rejected": 1}


def test_what_was_promised_before_a_case_was_imported_is_no_miss(shop: Desk) -> None:
    load(shop, "complaints", sheet(shop, "customer_code,summary,received_at", "G1,late,2026-11-20"))
    path = sheet(
        shop,
        "customer_code,text,due_at,complaint_id",
        "G1,call,2026-11-20,cp1",
        "G1,write,2026-11-21,cp1",
        name="p.csv",
    )
    assert load(shop, "promises", path).counts == {"read": 2, "inserted": 2}
    shop.ok("complaint", "escalate", "--overdue")
    assert shop.sql("SELECT count(*) FROM complaint_event") == [(1,)]
    shop.now = "2026-11-21 18:30"
    shop.ok("complaint", "escalate", "--overdue")
    assert shop.sql(
        "SELECT json_extract(data, '$.clock'), json_extract(data, '$.number') FROM complaint_event WHERE step = 'miss'"
    ) == [("promise", 2)]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Nobody,key,2026-11-25,,", "customer", "no customer answers to 'Nobody'"),
        ("Old Mill,,2026-11-25,,", "text", "text can't be empty"),
        ("Old Mill,key,,,", "due_at", "due_at can't be empty"),
        (
            "Old Mill,key,2026-11-25,2026-11-26,",
            "kept_at",
            "'2026-11-26 09:00' lies in the future, but this has happened already",
        ),
        ("Old Mill,key,2026-11-20,2026-11-20,open", "status", "open and kept_at can't be used together"),
    ],
)
def test_a_promise_that_makes_no_sense_is_rejected(shop: Desk, row: str, column: str, reason: str) -> None:
    done = load(shop, "promises", sheet(shop, "customer,text,due_at,kept_at,status", row))
    assert (done.code, done.bad[0][1], done.reasons) == (2, column, [reason])
    assert stored(shop, "id") == []
