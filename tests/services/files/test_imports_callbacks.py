"""Callbacks and contacts from files, and lists of callbacks that come back filled in (handbook 5).

2026-11-21 is a Saturday, a working day by default; Sundays are not.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, filled_once
from tests.services.files.importing import load, sheet


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with Golden Dragon (contact Li Na), Old Mill, and a second Old Mill with a phone."""
    desk.ok("customer", "add", "Golden Dragon", "--code", "G1", "--contact", "Li Na;buyer;138 0000 0001")
    desk.ok("customer", "add", "Old Mill", "--phone", "010-5550 0001", "--owner", "bob")
    desk.ok("customer", "add", "Old Mill", "--phone", "010-5550 0002")
    return desk


def exported(shop: Desk, *options: str) -> tuple[Path, list[dict[str, str]]]:
    """Return a list of callbacks as it was exported and its rows, to be filled in."""
    path = shop.folder / "week.csv"
    shop.ok("export", "callbacks", path, *options)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return path, list(csv.DictReader(file))


def filled(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def stored(shop: Desk, *columns: str) -> list[tuple[Any, ...]]:
    return shop.sql(f"SELECT {', '.join(columns)} FROM callback ORDER BY id")


def test_plans_and_past_contacts_come_in(shop: Desk) -> None:
    path = sheet(
        shop,
        "客户,电话,日期,目的,渠道,内容,状态,满意度,联系人,重复,结果",
        "golden dragon,,2026-12-01,使用情况,,ask,,,Li Na,1个月,",
        "Old Mill,010-55500002,2026-11-02,催款,电话,paid,已完成,4,,,",
        "Old Mill,010 5550 0001,2026-11-03,,,,,,,,拒绝",
    )
    assert load(shop, "callbacks", path).counts == {"read": 3, "inserted": 3}
    columns = "customer_id contact_id owner channel purpose status due_on series_on every planned_note note outcome"
    assert stored(shop, *columns.split()) == [
        (1, 1, "alice", "phone", "usage", "open", "2026-12-01", "2026-12-01", "1m", "ask", None, None),
        (3, None, "alice", "phone", "payment", "done", "2026-11-02", None, None, None, "paid", "reached"),
        (2, None, "bob", "phone", "other", "done", "2026-11-03", None, None, None, None, "refused"),
    ]
    assert stored(shop, "done_at", "done_on", "done_by", "satisfaction")[1:] == [
        ("2026-11-02T09:00:00Z", "2026-11-02", "alice", 4), ("2026-11-03T09:00:00Z", "2026-11-03", "alice", None),
    ]  # fmt: skip
    assert load(shop, "callbacks", path).counts == {"read": 3, "unchanged": 3}
    assert shop.sql("SELECT operation, count(*) FROM change WHERE table_name = 'callback' GROUP BY 1") == [
        ("insert", 3)
    ]


def test_the_nth_equal_row_is_the_nth_stored_one(shop: Desk) -> None:
    path = sheet(shop, "customer_code,due_on,note", *["G1,2026-12-01,call"] * 2, "G1,2026-12-01,other")
    assert load(shop, "callbacks", path).counts == {"read": 3, "inserted": 3}
    assert load(shop, "callbacks", path).counts == {"read": 3, "unchanged": 3}
    more = sheet(shop, "customer_code,due_on,note", *["G1,2026-12-01,call"] * 3)
    done = load(shop, "callbacks", more)
    assert (done.counts, done.bad) == ({"read": 3, "rejected": 1}, [(4, "note", "call")])


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Nobody,2026-12-01,,", "customer", "no customer answers to 'Nobody'"),
        ("Old Mill,2026-12-01,,", "customer", "more than one customer answers to 'Old Mill'"),
        (",2026-12-01,,", "customer", "customer can't be empty"),
        ("Golden Dragon,,,", "due_on", "due_on can't be empty"),
        ("Golden Dragon,2026-12-01,Li Si,", "contact", "no contact answers to 'Li Si'"),
        ("Golden Dragon,2026-12-01,,done", "due_on", "'2026-12-01' lies in the future, but this has happened already"),
    ],
)
def test_a_callback_that_makes_no_sense_is_rejected(shop: Desk, row: str, column: str, reason: str) -> None:
    done = load(shop, "callbacks", sheet(shop, "customer,due_on,contact,status", row))
    assert (done.code, done.bad[0][1]) == (2, column)
    assert done.reasons[0].startswith(reason)
    assert stored(shop, "id") == []


def test_nothing_is_planned_for_who_does_not_want_it(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--do-not-contact", "yes")
    shop.ok("customer", "archive", "2")
    path = sheet(shop, "customer,phone,due_on", "Golden Dragon,,2026-12-01", "Old Mill,01055500001,2026-12-01")
    done = load(shop, "callbacks", path)
    assert done.reasons == ["Golden Dragon doesn't want to be contacted", "the card of Old Mill is archived"]


def test_a_filled_in_list_notes_the_results(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-11-20", "--every", "1w", "--note", "ask about the oven")
    shop.ok("callback", "add", "2", "--on", "2026-11-21")
    shop.ok("callback", "add", "3", "--on", "2026-11-21", "--note", "left as it is")
    shop.ok("callback", "add", "3", "--on", "2026-11-21", "--purpose", "payment")
    path, rows = exported(shop)
    rows[0] |= {"note": "works well", "satisfaction": "5", "done_on": "2026-11-20"}
    rows[1] |= {"outcome": "no-answer"}
    rows[3] |= {"outcome": "postponed", "next": "2026-12-05"} if "next" in rows[3] else {"outcome": "postponed"}
    filled(path, rows)
    refused = load(shop, "callbacks", path)
    assert (refused.code, [line for line, *_ in refused.bad]) == (2, [2, 3, 5])
    assert stored(shop, "status") == [("open",)] * 4
    assert load(shop, "callbacks", path, "--update").counts == {"read": 4, "updated": 3, "unchanged": 1}
    columns = "status due_on outcome tries note satisfaction done_on done_by".split()
    assert stored(shop, *columns) == [
        ("done", "2026-11-20", "reached", 0, "works well", 5, "2026-11-20", "alice"),
        ("open", "2026-11-23", "no-answer", 1, None, None, None, None),
        ("open", "2026-11-21", None, 0, None, None, None, None),
        ("open", "2026-11-23", "postponed", 0, None, None, None, None),
        ("open", "2026-11-27", None, 0, None, None, None, None),  # the series goes on
    ]
    assert shop.sql("SELECT callback_id, outcome FROM callback_try") == [(2, "no-answer"), (4, "postponed")]
    kept = shop.sql("SELECT count(*) FROM change")
    assert load(shop, "callbacks", path, "--update").counts == {"read": 4, "unchanged": 4}
    assert shop.sql("SELECT count(*) FROM change") == kept


def test_a_filled_in_short_list_does_it_too(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-11-21")
    shop.ok("callback", "add", "2", "--on", "2026-11-21")
    path = shop.folder / "short.csv"
    shop.ok("callback", "list", "--columns", "id,customer,phone,due_on,note", "-f", "csv", "-o", path)
    text = path.read_text(encoding="utf-8-sig")
    assert text.splitlines()[1:] == [
        "1,Golden Dragon,138 0000 0001,2026-11-21,", "2,Old Mill,010-5550 0001,2026-11-21,",
    ]  # fmt: skip
    path.write_text(text.replace("0001,2026-11-21,", "0001,2026-11-21,all fine"), encoding="utf-8")
    assert load(shop, "callbacks", path, "--update").counts == {"read": 2, "updated": 2}
    assert stored(shop, "status", "note") == [("done", "all fine"), ("done", "all fine")]
    assert load(shop, "callbacks", path, "--update").counts == {"read": 2, "unchanged": 2}


def test_a_plan_can_be_changed_in_a_spreadsheet(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-11-30", "--note", "ask")
    path, rows = exported(shop)
    rows[0] |= {"due_on": "2026-12-02", "channel": "visit", "planned_note": "ask twice", "note": "ask"}
    assert load(shop, "callbacks", filled(path, rows), "--update").counts == {"read": 1, "updated": 1}
    assert stored(shop, "status", "due_on", "channel", "planned_note") == [("open", "2026-12-02", "visit", "ask twice")]


def test_a_closed_callback_takes_no_other_result(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-11-21")
    path, rows = exported(shop)
    rows[0] |= {"note": "from paper"}
    shop.ok("callback", "done", "cb1", "by phone")
    done = load(shop, "callbacks", filled(path, rows))
    assert (done.code, done.bad) == (2, [(2, "note", "from paper")])
    assert done.reasons == ["the file says something else than cb1, which has 'by phone'"]
    assert load(shop, "callbacks", path, "--update").counts == {"read": 1, "updated": 1}
    assert stored(shop, "note") == [("from paper",)]


def test_an_old_list_with_nothing_filled_in_changes_nothing(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-11-21", "--note", "ask")
    path, _ = exported(shop)
    shop.ok("callback", "done", "cb1", "fine")
    assert load(shop, "callbacks", path, "--update").counts == {"read": 1, "unchanged": 1}


def test_external_ids_are_keys(shop: Desk) -> None:
    heading = "external_id,customer_code,due_on,purpose"
    first = sheet(shop, heading, "T1,G1,2026-12-01,usage", "T2,G1,2026-12-01,usage", "T1,G1,2026-12-01,usage")
    assert load(shop, "callbacks", first).counts == {"read": 3, "inserted": 2, "unchanged": 1}
    moved = sheet(shop, heading, "T1,G1,2026-12-02,news")
    assert load(shop, "callbacks", moved).bad == [(2, "due_on", "2026-12-02")]
    assert load(shop, "callbacks", moved, "--update").counts == {"read": 1, "updated": 1}
    assert stored(shop, "external_id", "due_on", "purpose") == [
        ("T1", "2026-12-02", "news"), ("T2", "2026-12-01", "usage"),
    ]  # fmt: skip


# --- contacts -------------------------------------------------------------------------------------------------


def test_contacts_join_their_customers(shop: Desk) -> None:
    path = sheet(
        shop,
        "公司,公司电话,姓名,手机,职务,生日,签字环节,爱好",
        "Golden Dragon,,Li Na,138-0000-0001,buyer,,,",
        "Old Mill,01055500002,王五,13900000001；010-5550 0009,厂长,3月12日,财务经理,钓鱼",
    )
    assert load(shop, "contacts", path).counts == {"read": 2, "inserted": 1, "unchanged": 1}
    assert shop.sql(
        "SELECT customer_id, name, phone, role, birthday, sign_off, hobbies FROM contact_list ORDER BY id"
    ) == [
        (1, "Li Na", "138 0000 0001", "buyer", None, None, None),
        (3, "王五", "13900000001;010-5550 0009", "厂长", "--03-12", "finance-manager", "钓鱼"),
    ]
    assert load(shop, "contacts", path).counts == {"read": 2, "unchanged": 2}


@pytest.mark.parametrize(("options", "contact_id"), [(("--set", "id=7"), 7), (("--map", "Nr=id"), 1)])
def test_an_id_that_is_set_is_the_contacts_and_a_number_of_another_program_is_not(
    desk: Desk, options: tuple[str, str], contact_id: int
) -> None:
    desk.ok("customer", "add", "Old Mill", "--phone", "010-5550 0001")
    path = sheet(desk, "公司,姓名,Nr", "Old Mill,王五,7")
    assert load(desk, "contacts", path, *options).counts == {"read": 1, "inserted": 1}
    assert desk.sql("SELECT id, name FROM contact") == [(contact_id, "王五")]


def test_a_set_id_that_is_no_number_is_refused(shop: Desk) -> None:
    path = sheet(shop, "公司,姓名", "Golden Dragon,王五")
    done = shop("import", "contacts", path, "--set", "id=one")
    assert done.code == 2
    assert "one" in done.err
    assert shop.sql("SELECT COUNT(*) FROM contact") == [(1,)]


def test_a_contact_that_differs_is_rejected_or_updated(shop: Desk) -> None:
    path = sheet(shop, "customer_code,name,phone,email", "G1,Li Na,138 0000 0002,li@x.cn")
    done = load(shop, "contacts", path)
    assert (done.code, done.bad, done.reasons) == (
        2, [(2, "email", "li@x.cn")], ["the file says something else than ct1, which has ''"],
    )  # fmt: skip
    assert load(shop, "contacts", path, "--update").counts == {"read": 1, "updated": 1}
    assert shop.sql("SELECT phone, email FROM contact_list") == [("138 0000 0002", "li@x.cn")]
    assert shop.sql(
        "SELECT table_name, operation FROM change WHERE command_id = (SELECT max(id) FROM command) ORDER BY id"
    ) == [("contact", "update"), ("contact_phone", "delete"), ("contact_phone", "insert")]


def test_contacts_of_nobody_are_rejected(shop: Desk) -> None:
    path = sheet(shop, "customer,name,phone", "Nobody,A,", "Golden Dragon,,", "Golden Dragon,B,12")
    done = load(shop, "contacts", path, "--skip-bad")
    assert (done.code, done.bad) == (6, [(2, "customer", "Nobody"), (3, "name", ""), (4, "phone", "12")])


def test_a_contact_from_a_file_satisfies_the_cadence_like_one_that_is_noted(shop: Desk) -> None:
    """Proactive: every 30 days. Made on 2026-11-21, so 12-21, a Monday; a call of 11-24 makes that 12-24."""
    shop.ok("customer", "edit", "1", "--relationship", "proactive")
    shop.ok("callback", "plan")
    assert stored(shop, "due_on", "status") == [("2026-12-21", "open")]
    shop.now = "2026-11-26 09:00"
    path = sheet(shop, "customer,done_at,purpose,note", "Golden Dragon,2026-11-24,volume,all well")
    loaded = load(shop, "callbacks", path)
    assert loaded.counts == {"read": 1, "inserted": 1}
    assert loaded.err.endswith("; 1 planned callback moved\n")
    assert stored(shop, "due_on", "status", "origin") == [
        ("2026-12-24", "open", "cadence"),
        ("2026-11-24", "done", "manual"),
    ]
    assert shop.message("callback", "plan") == "planned 0 callbacks"
