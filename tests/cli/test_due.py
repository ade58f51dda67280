"""due, today and done through the command line (handbook 12)."""

from __future__ import annotations

import csv
import io

import pytest

from tests.desk import Desk

KEYS = "kind id customer_id customer contact phone what due days_late owner level".split()


@pytest.fixture
def street(desk: Desk) -> Desk:
    """Three customers with something late, for today, and to come, owned by two people."""
    desk.ok(
        "customer",
        "add",
        "金龙餐厅",
        "--phone",
        "010-5550 0001",
        "--contact",
        "李娜;采购;139 0000 0001",
        "--route",
        "East",
        "--route-order",
        "2",
    )
    desk.ok(
        "customer",
        "add",
        "Jade House",
        "--phone",
        "010-5550 0002",
        "--owner",
        "bob",
        "--route",
        "East",
        "--route-order",
        "1",
    )
    desk.ok("customer", "add", "Quiet Corner", "--phone", "010-5550 0003")
    desk.ok("callback", "log", "1", "wants the spring catalogue", "--at", "2026-11-01 10:00")
    desk.ok("callback", "add", "1", "--on", "2026-11-18", "--purpose", "offer", "--note", "the catalogue")
    desk.ok("callback", "add", "1", "--on", "today", "--channel", "visit", "--purpose", "volume")
    desk.ok("callback", "add", "2", "--on", "today", "--channel", "visit", "--purpose", "volume")
    desk.ok("callback", "add", "2", "--on", "2026-11-23", "--purpose", "payment")
    desk.ok("customer", "contact", "edit", "1", "--birthday", "1986-11-27")
    desk.ok("customer", "note", "3", "look in on them", "--remind", "2026-11-20")
    return desk


def test_late_first_with_whom_to_call_and_what_was_said_last(street: Desk) -> None:
    rows = street.json("due")
    assert [list(row) for row in rows] == [[*KEYS, "last_said", "ref"]] * 5
    assert rows[0] == {
        "kind": "callback", "id": 2, "customer_id": 1, "customer": "金龙餐厅", "contact": "李娜", "phone": "010-5550 0001",
        "what": "offer: the catalogue", "due": "2026-11-18", "days_late": 3, "owner": "alice", "level": None,
        "last_said": "wants the spring catalogue", "ref": "cb2",
    }  # fmt: skip
    assert [(row["ref"], row["days_late"]) for row in rows] == [
        ("cb2", 3),
        ("nt1", 1),
        ("cb3", 0),
        ("cb4", 0),
        ("cu1", -6),
    ]


def test_what_is_shown_can_be_narrowed(street: Desk) -> None:
    def refs(*options: str) -> list[str]:
        return [row["ref"] for row in street.json("due", *options)]

    assert refs("--overdue") == ["cb2", "nt1"]
    assert refs("--days", "2") == ["cb2", "nt1", "cb3", "cb4", "cb5", "cu1"]
    assert refs("--owner", "bob") == ["cb4"]
    assert refs("--owner", "bob", "--owner", "alice", "--kind", "callback") == ["cb2", "cb3", "cb4"]
    assert refs("--kind", "birthday") == ["cu1"]
    assert refs("--customer", "quiet") == ["nt1"]
    assert refs("--limit", "2") == ["cb2", "nt1"]
    assert refs("--sort", "-due", "--limit", "2") == ["cu1", "cb3"]
    assert refs("--kind", "回访", "--overdue") == ["cb2"]
    assert street("due", "--overdue", "--days", "3").code == 2
    assert street("due", "--kind", "party").code == 2
    assert street("due", "--customer", "nobody").code == 3


def test_exit_code_tells_cron_whether_there_is_something(street: Desk) -> None:
    assert street("due", "--exit-code").code == 10
    assert street("due", "--exit-code", "--owner", "nobody").code == 0
    assert street("due", "--owner", "nobody") == (0, "", "nothing is due\n")


def test_csv_has_the_contract_s_keys_first(street: Desk) -> None:
    rows = list(csv.reader(io.StringIO(street.ok("due", "-f", "csv"))))
    assert rows[0] == [*KEYS, "last_said", "ref"]
    assert rows[1][3:9] == ["金龙餐厅", "李娜", "010-5550 0001", "offer: the catalogue", "2026-11-18", "3"]


def test_off_a_terminal_nothing_is_cut_and_everything_is_said_in_chinese(street: Desk) -> None:
    out = street.ok("due", lang="zh")
    assert "\x1b" not in out
    assert "新商机或建议：the catalogue" in out
    assert "wants the spring catalogue" in out.splitlines()[2]
    assert len(out.splitlines()) == 2 + 5


@pytest.mark.parametrize(
    ("now", "birthday", "expected"),
    [
        ("2026-11-21", "1986-11-21", [("2026-11-21", 0)]),
        ("2026-11-21", "1986-11-28", [("2026-11-28", -7)]),
        ("2026-11-21", "1986-11-29", []),
        ("2026-11-21", "1986-11-20", []),
        ("2026-12-28", "--01-03", [("2027-01-03", -6)]),
        ("2027-02-25", "2000-02-29", [("2027-02-28", -3)]),
        ("2028-02-25", "2000-02-29", [("2028-02-29", -4)]),
    ],
)
def test_birthdays_are_shown_from_seven_days_before_and_are_never_late(
    desk: Desk, now: str, birthday: str, expected: list[tuple[str, int]]
) -> None:
    desk.ok("customer", "add", "One", "--contact", "Li Na")
    desk.ok("customer", "contact", "edit", "1", "--birthday", birthday)
    desk.now = f"{now} 08:00"
    assert [(row["due"], row["days_late"]) for row in desk.json("due")] == expected


def test_the_morning_page_has_everything_once(street: Desk) -> None:
    page = street.json("today")
    assert {name: [row["ref"] for row in page[name]] for name in ("late", "today", "coming", "route")} == {
        "late": ["cb2", "nt1"],
        "today": ["cb3", "cb4"],
        "coming": ["cb5", "cu1"],
        "route": ["cb4", "cb3"],
    }
    assert (page["day"], page["owner"], page["unplanned"]) == ("2026-11-21", None, 1)
    mine = street.json("today", "--owner", "bob")
    assert ([row["ref"] for row in mine["today"]], mine["unplanned"]) == (["cb4"], 0)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["html", "md", "table"])
def test_the_page_is_a_mail_body(street: Desk, form: str, lang: str) -> None:
    out = street.ok("today", "-f", form, lang=lang)
    assert "金龙餐厅" in out and "010-5550 0001" in out and "wants the spring catalogue" in out
    assert out.startswith("<!doctype html>") == (form == "html")


def test_done_takes_the_short_reference_of_what_is_due(street: Desk) -> None:
    assert street.told("done", "cb2", "took two", "-s", "5") == "noted cb2 as done"
    assert street.told("done", "nt1") == "settled the reminder nt1"
    assert [row["ref"] for row in street.json("due")] == ["cb3", "cb4", "cu1"]
    assert street("done", "cu1").code == 4, "a birthday passes by itself"
    assert street("done", "cb99").code == 3
    assert street("done", "nt1", "-s", "3").code == 2
