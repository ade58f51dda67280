"""Head offices in files of customers: found by id, key or name, wherever their row stands (handbook 3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk
from tests.services.files.importing import cards, load, sheet


def test_a_branch_may_stand_before_its_head_office(desk: Desk) -> None:
    path = sheet(
        desk,
        "name,phone,code,head office",
        "West Counter,010 1000 0004,,West Shop",  # by the name of a row that waits itself
        "West Shop,010 1000 0003,,K1",  # by a code
        "East Shop,010 1000 0002,,Golden Dragon",
        "Golden Dragon,010 1000 0001,K1,",
    )
    assert load(desk, "customers", path)[:2] == (0, {"read": 4, "inserted": 4})
    expected = [("Golden Dragon", None), ("West Shop", 1), ("East Shop", 1), ("West Counter", 2)]
    assert cards(desk, "name", "parent_id") == expected
    assert load(desk, "customers", path)[:2] == (0, {"read": 4, "unchanged": 4})


@pytest.mark.parametrize("heading", ["总店", "上级客户", "parent", "head office", "Parent Company"])
def test_the_heading_is_known_in_both_languages(desk: Desk, heading: str) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    assert load(desk, "customers", sheet(desk, f"name,{heading}", "East Shop,golden dragon"))[:2] == (
        0,
        {"read": 1, "inserted": 1},
    )
    assert cards(desk, "name", "parent_id") == [("Golden Dragon", None), ("East Shop", 1)]


def test_what_nobody_is_is_a_rejected_row(desk: Desk) -> None:
    path = sheet(
        desk,
        "name,phone,parent",
        "East Shop,010 1000 0002,Nobody",
        "North,010 1000 0005,South",
        "South,010 1000 0006,North",
        "Golden Dragon,010 1000 0001,",
        "Golden Dragon,010 1000 0009,",
        "West Shop,010 1000 0003,Golden Dragon",
        "Mirror,010 1000 0007,Mirror",
    )
    found = load(desk, "customers", path, "--skip-bad")
    assert (found.code, found.counts["inserted"], found.counts["rejected"]) == (6, 2, 5)
    assert found.bad == [
        (2, "parent", "Nobody"), (3, "parent", "South"), (4, "parent", "North"), (7, "parent", "Golden Dragon"),
        (8, "parent", "Mirror"),
    ]  # fmt: skip
    assert found.reasons == [
        "no customer answers to 'Nobody'",
        "South is itself below North: north > south > north",
        "North is itself below South: south > north > south",
        "more than one customer answers to 'Golden Dragon': cu1  Golden Dragon  010 1000 0001; "
        "cu2  Golden Dragon  010 1000 0009",
        "Mirror is itself below Mirror: mirror > mirror",
    ]
    assert cards(desk, "name", "parent_id") == [("Golden Dragon", None), ("Golden Dragon", None)]


def test_an_update_changes_the_head_office_but_closes_no_circle(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--code", "K1")
    desk.ok("customer", "add", "East Shop", "--code", "K2", "--parent", "1")
    desk.ok("customer", "add", "Old Mill", "--code", "K3")
    other = sheet(desk, "code,name,parent", "K2,East Shop,Old Mill")
    assert load(desk, "customers", other).reasons == [
        "the file says something else than cu2, which has 'Golden Dragon'"
    ]
    assert load(desk, "customers", other, "--update")[:2] == (0, {"read": 1, "updated": 1})
    assert cards(desk, "parent_id") == [(None,), (3,), (None,)]
    circle = load(desk, "customers", sheet(desk, "code,name,parent", "K3,Old Mill,East Shop"), "--update")
    assert (circle.code, circle.reasons) == (
        2,
        ["East Shop is itself below Old Mill: Old Mill > East Shop > Old Mill"],
    )
    assert cards(desk, "parent_id") == [(None,), (3,), (None,)]


def test_an_import_of_sales_says_whose_limit_is_passed(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--credit-limit", "1000", "--phone", "1000001")
    desk.ok("customer", "add", "East Shop", "--parent", "1", "--phone", "1000002")
    desk.ok("customer", "add", "Old Mill", "--credit-limit", "50", "--phone", "1000003")
    desk.ok("sale", "add", "Old Mill", "Oven", "--amount", "60")
    # 600 + 400 is the limit itself; the 60 of Old Mill were there before
    within = sheet(
        desk,
        "customer,product,amount,sold on,external id",
        "Golden Dragon,Oven,600,2026-11-02,a",
        "East Shop,Oven,400,2026-11-02,b",
    )
    assert "careful" not in load(desk, "sales", within).err
    paid = sheet(desk, "customer,product,amount,sold on,paid", "East Shop,Oven,10,2026-11-03,10")
    assert "careful" not in load(desk, "sales", paid).err
    over = sheet(desk, "customer,product,amount,sold on", "East Shop,Oven,0.01,2026-11-04")
    warning = "careful: Golden Dragon and its branches owe {} now, above the credit limit of 1,000.00\n"
    assert warning.format("1,000.01") in load(desk, "sales", over, "--dry-run").err
    assert warning.format("1,000.01") in load(desk, "sales", over).err
    assert "careful" not in load(desk, "sales", over).err, "nothing is new"
    raised = sheet(desk, "customer,product,amount,sold on,external id", "East Shop,Oven,500,2026-11-02,b")
    assert warning.format("1,100.01") in load(desk, "sales", raised, "--update").err


@pytest.mark.parametrize("kind", ["customers", "all"])
def test_an_export_brings_branches_back(desk: Desk, tmp_path: Path, kind: str) -> None:
    # two head offices of one name: the id in the file tells which is meant
    for name, phone, parent in (
        ("Golden Dragon", "010 1000 0001", None), ("Golden Dragon", "010 1000 0002", None),
        ("East Shop", "010 1000 0003", "2"), ("Counter", "010 1000 0004", "3"),
    ):  # fmt: skip
        desk.ok("customer", "add", name, "--phone", phone, *(["--parent", parent] if parent else []))
    out = desk.folder / ("out.csv" if kind == "customers" else "out")
    desk.ok("export", kind, out)
    if kind == "customers":
        # the other way round: every branch before its head office
        head, *rows = out.read_text().splitlines()
        out.write_text("\n".join([head, *reversed(rows)]) + "\n")
    copy = Desk(tmp_path, desk.now, "copy.db")
    copy.ok("import", kind, out)
    assert cards(copy, "id", "name", "parent_id") == [
        (1, "Golden Dragon", None), (2, "Golden Dragon", None), (3, "East Shop", 2), (4, "Counter", 3),
    ]  # fmt: skip
