"""Services rendered from files (handbook 13; the contract, section 4). 2026-11-21 is the day taken as today."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, filled_once
from tests.services.files.importing import load, sheet


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    return with_cards(desk)


def with_cards(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--code", "G1")
    desk.ok("customer", "add", "Old Mill", "--phone", "010-5550 0001")
    return desk


def stored(desk: Desk, *columns: str) -> list[tuple[Any, ...]]:
    return desk.sql(f"SELECT {', '.join(columns)} FROM service ORDER BY id")


def ticks(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.sql("SELECT service_id, item, met FROM service_check ORDER BY id")


def test_services_of_another_program_come_in(shop: Desk) -> None:
    path = sheet(
        shop,
        "客户,服务类型,服务日期,服务人员,费用,用时,内容,检查项目,留言",
        "Golden Dragon,维修,2026-11-02,bob,\"1,200.50\",45,door seal,,",
        "Golden Dragon,送货,2026-11-03,,,,,先进先出=是;准时=否;on-time=no,call me",
        "Old Mill,visit,2026-11-04,,,,,display=no；stock = yes,",
    )  # fmt: skip
    assert load(shop, "services", path).counts == {"read": 3, "inserted": 3}
    columns = "customer_id kind phase technical place cost_cents minutes done_on by note message created_by".split()
    assert stored(shop, *columns) == [
        (1, "repair", "after", 1, "theirs", 120050, 45, "2026-11-02", "bob", "door seal", None, "alice"),
        (1, "delivery", "after", 0, "theirs", 0, None, "2026-11-03", "alice", None, "call me", "alice"),
        (2, "visit", "after", 0, "theirs", 0, None, "2026-11-04", "alice", None, None, "alice"),
    ]
    # 准时 is a part of a label only, and a file isn't guessed at: it stays an item of its own
    assert ticks(shop) == [
        (2, "first-in-first-out", 1), (2, "准时", 0), (2, "on-time", 0), (3, "display", 0), (3, "stock", 1),
    ]  # fmt: skip
    assert load(shop, "services", path).counts == {"read": 3, "unchanged": 3}
    assert shop.sql(
        "SELECT table_name, operation, count(*) FROM change WHERE table_name LIKE 'service%' GROUP BY 1, 2"
    ) == [("service", "insert", 3), ("service_check", "insert", 5)]


def test_the_nth_equal_row_is_the_nth_stored_one(shop: Desk) -> None:
    heading = "customer_code,kind,done_on,note"
    twice = sheet(shop, heading, *["G1,repair,2026-11-02,seal"] * 2)
    assert load(shop, "services", twice).counts == {"read": 2, "inserted": 2}
    assert load(shop, "services", twice).counts == {"read": 2, "unchanged": 2}
    other = sheet(shop, heading, "G1,repair,2026-11-02,lamp", *["G1,repair,2026-11-02,seal"] * 2)
    done = load(shop, "services", other)
    assert (done.code, done.bad, done.reasons) == (
        2, [(2, "note", "lamp")], ["the file says something else than sv1, which has 'seal'"],
    )  # fmt: skip
    assert load(shop, "services", other, "--update").counts == {"read": 3, "inserted": 1, "updated": 1, "unchanged": 1}
    assert stored(shop, "note") == [("lamp",), ("seal",), ("seal",)]


def test_external_ids_are_keys(shop: Desk) -> None:
    heading = "external_id,customer_code,kind,done_on,checks"
    first = sheet(
        shop, heading, "W1,G1,visit,2026-11-02,stock=no", "W1,G1,visit,2026-11-02,stock=no", "W2,G1,visit,2026-11-02,"
    )
    assert load(shop, "services", first).counts == {"read": 3, "inserted": 2, "unchanged": 1}
    later = sheet(shop, heading, "W1,G1,repair,2026-11-05,stock=yes;display=no")
    assert load(shop, "services", later, "--update").counts == {"read": 1, "updated": 1}
    assert stored(shop, "kind", "done_on") == [("repair", "2026-11-05"), ("visit", "2026-11-02")]
    assert ticks(shop) == [(1, "stock", 1), (1, "display", 0)]


def test_an_id_counts_where_customer_and_day_agree(shop: Desk) -> None:
    shop.ok("service", "add", "G1", "visit", "--on", "2026-11-02")
    same = sheet(shop, "id,customer,kind,done_on", "1,Golden Dragon,repair,2026-11-02")
    assert load(shop, "services", same, "--update").counts == {"read": 1, "updated": 1}
    other = sheet(shop, "id,customer,kind,done_on", "1,Golden Dragon,repair,2026-11-03")
    assert load(shop, "services", other).counts == {"read": 1, "inserted": 1}


def test_checklists_that_differ_are_told(shop: Desk) -> None:
    shop.ok("service", "add", "G1", "visit", "--check", "stock=no", "--check", "display=yes", "--on", "2026-11-02")
    heading = "customer_code,kind,done_on,checks"
    same = sheet(shop, heading, "G1,visit,2026-11-02,stock=no;display=yes")
    assert load(shop, "services", same).counts == {"read": 1, "unchanged": 1}
    other = sheet(shop, heading, "G1,visit,2026-11-02,display=no")
    assert load(shop, "services", other).reasons == [
        "the file says something else than sv1, which has 'display=yes;stock=no'"
    ]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl"])
def test_export_and_import_into_an_empty_file_are_equal_to_the_cell(shop: Desk, tmp_path: Path, form: str) -> None:
    shop.ok("config", "set", "checklist.repair", "tools clean;在 [准时]")
    sale = "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on) VALUES (2, 'oven', 5000, ?1, ?1)"
    shop.sql(sale, "2026-11-01")
    shop.ok(
        *("service", "add", "2", "repair", "--sale", "1", "--check", "tools clean=yes", "--check", "准时=no"),
        *("--message", "=cmd()", "--paid", "0.05", "--cost", "120.50", "--minutes", "3", "--note", "a, \"b\"\n'c'"),
    )
    shop.ok("service", "add", "1", "delivery", "--not-technical", "--regular", "--term", "long", "--on", "2026-10-01")
    shop.ok("service", "message", "done", "1", "said; so")
    before = shop.folder / f"before.{form}"
    shop.ok("export", "services", before)
    other = with_cards(Desk(tmp_path, name="other.db"))
    other.sql(sale, "2026-11-01")
    assert load(other, "services", before).counts == {"read": 2, "inserted": 2}
    after = shop.folder / f"after.{form}"
    other.ok("export", "services", after)
    assert after.read_bytes() == before.read_bytes()
    assert load(other, "services", before).counts == {"read": 2, "unchanged": 2}
    assert load(shop, "services", before).counts == {"read": 2, "unchanged": 2}
    for query in ("SELECT * FROM service ORDER BY id", "SELECT * FROM service_check ORDER BY id"):
        assert other.sql(query) == shop.sql(query)


def test_a_sale_of_another_customer_is_no_link(shop: Desk) -> None:
    shop.sql("INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on)"
             " VALUES (2, 'oven', 5000, '2026-11-01', '2026-11-01')")  # fmt: skip
    heading = "customer,kind,done_on,sale_id"
    path = sheet(shop, heading, "Golden Dragon,repair,2026-11-02,sa1", "Old Mill,repair,2026-11-02,sa1")
    done = load(shop, "services", path, "--skip-bad")
    assert (done.counts, done.bad) == ({"read": 2, "inserted": 1, "rejected": 1}, [(2, "sale_id", "sa1")])
    assert done.reasons == ["this customer has no sale 'sa1'"]
    assert stored(shop, "customer_id", "sale_id") == [(2, 1)]


def test_a_sale_is_named_by_its_bill_or_key_and_never_by_another_programs_id(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "oven", "--amount", "50", "--bill", "B-7", "--external-id", "K9", "--on", "2026-11-01")
    rows = [f"Old Mill,repair,2026-11-0{day},{sale}" for day, sale in enumerate(("B-7", "K9", "1"), start=2)]
    done = load(shop, "services", sheet(shop, "客户,服务类型,日期,订单编号", *rows), "--skip-bad")
    assert (done.counts["inserted"], done.bad) == (2, [(4, "订单编号", "1")])
    assert stored(shop, "sale_id") == [(1,), (1,)]


def test_an_export_takes_the_filters_of_the_list(shop: Desk) -> None:
    shop.ok("service", "add", "1", "repair", "--on", "2026-10-30")
    shop.ok("service", "add", "2", "repair", "--message", "call me")
    shop.ok("service", "add", "2", "visit")
    for options, ids in (
        (["--done", "2026-11-01.."], ["2", "3"]),
        (["--customer", "Old Mill", "--kind", "repair"], ["2"]),
        (["--messages"], ["2"]),
    ):
        rows = shop.ok("export", "services", "-", "--columns", "id", *options).splitlines()
        assert rows == ["id", *ids]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Nobody,repair,2026-11-02,,,,", "customer", "no customer answers to 'Nobody'"),
        ("Old Mill,,2026-11-02,,,,", "kind", "kind can't be empty"),
        ("Old Mill,repair,,,,,", "done_on", "done_on can't be empty"),
        (
            "Old Mill,repair,2026-11-22,,,,",
            "done_on",
            "'2026-11-22' lies in the future, but this has happened already",
        ),
        ("Old Mill,repair,2026-11-02,-3,,,", "cost", "'-3' is no amount of money"),
        ("Old Mill,repair,2026-11-02,,seal,,", "checks", "checks 'seal' has no key and value"),
        ("Old Mill,repair,2026-11-02,,seal=so,,", "checks", "'so' is neither yes nor no"),
        ("Old Mill,repair,2026-11-02,,[1],,", "checks", "checks '[1]' has no key and value"),
        ("Old Mill,repair,2026-11-02,,,,2026-11-03", "message", "message can't be empty"),
        (
            "Old Mill,repair,2026-11-02,,,call,2026-11-01",
            "message_done_on",
            "the end, 2026-11-01, lies before the start, 2026-11-02",
        ),
    ],
)
def test_a_service_that_makes_no_sense_is_rejected(shop: Desk, row: str, column: str, reason: str) -> None:
    heading = "customer,kind,done_on,cost,checks,message,message_done_on"
    done = load(shop, "services", sheet(shop, heading, "Old Mill,visit,2026-11-01,,,,", row))
    assert (done.code, [bad[:2] for bad in done.bad], done.reasons) == (2, [(3, column)], [reason])
    assert stored(shop, "id") == []


def test_a_bad_kind_is_named_with_its_line(shop: Desk) -> None:
    path = sheet(shop, "customer,kind,done_on", "Old Mill,visit,2026-11-01", "Old Mill,flying,2026-11-02")
    result = shop("import", "services", path)
    assert (result.code, result.err.splitlines()[0]) == (
        2, "csm: line 3, column kind, value 'flying': kind can't be 'flying'",
    )  # fmt: skip
    rejects = shop.folder / "rejects.csv"
    assert shop("import", "services", path, "--skip-bad", "--rejects", rejects).code == 6
    assert stored(shop, "kind") == [("visit",)]
    mended = sheet(shop, *rejects.read_text("utf-8-sig").replace("flying", "repair").splitlines(), name="mended.csv")
    assert load(shop, "services", mended).counts == {"read": 1, "inserted": 1}
