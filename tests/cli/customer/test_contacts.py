"""People who leave and change company: nothing that names them is lost, nobody calls them where they aren't any more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def people(desk: Desk) -> Desk:
    """Return a desk with two customers and three people, one of whom everything names."""
    desk.ok("customer", "add", "Golden Dragon", "--contact", "Li Na;buyer;138 0013 8000", "--contact", "Bo Ya;cook")
    desk.ok("customer", "add", "Jade Garden", "--contact", "Mo Li;owner;139 0000 0009")
    desk.ok(
        "customer", "contact", "edit", "1", "--birthday", "11-23", "--sign-off", "cashier", "--email", "a@b.example",
        "--wechat", "lina", "--remarks", "tea, no coffee", "--hobbies", "chess",
    )  # fmt: skip
    desk.ok("sale", "add", "1", "oven", "--amount", "1200", "--on", "2026-11-02", "--bill", "B7", "--no-plan")
    desk.ok("callback", "add", "1", "--on", "2026-11-20", "--contact", "Li Na", "--every", "1w")
    desk.ok("complaint", "open", "1", "the oven is cold", "--contact", "Li Na")
    return desk


def due_of(desk: Desk) -> list[tuple[Any, ...]]:
    return sorted({(row["ref"], row["contact"], row["phone"]) for row in desk.json("due", "--days", "9")}, key=str)


def test_who_is_named_is_never_removed(people: Desk) -> None:
    people.ok("sale", "signed", "B7", "--by", "Li Na")
    refused = people("customer", "contact", "remove", "ct1")
    assert (refused.code, refused.out) == (4, "")
    assert refused.err == (
        "csm: Li Na can't be removed: named by cb1, cp1, sa1\n"
        "hint: to note that they have left: csm customer contact leave 1;"
        " or work for another customer now: csm customer contact move 1 REF\n"
    )
    assert people("customer", "contact", "remove", "1", lang="zh").err.splitlines()[0] == (
        "csm: 不能删除Li Na：以下记录提到此人：cb1, cp1, sa1"
    )
    assert people.message("customer", "contact", "remove", "2") == "removed contact ct2 from Golden Dragon: Bo Ya"


def test_every_column_that_names_a_contact_keeps_it(people: Desk) -> None:
    naming = people.sql(
        'SELECT s.name, f."from" FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f'
        " WHERE f.\"table\" = 'contact' ORDER BY 1"
    )
    assert naming == [
        ("callback", "contact_id"), ("complaint", "contact_id"), ("contact", "moved_to"), ("contact_phone", "contact_id"),
        ("signature", "contact_id"),
    ]  # fmt: skip
    people.ok("customer", "contact", "add", "2", "Xu", "--phone", "139 0000 0010")
    people.ok("customer", "contact", "move", "4", "1")
    assert people("customer", "contact", "remove", "5").err.splitlines()[0] == "csm: Xu can't be removed: named by ct4"
    people.sql("PRAGMA foreign_keys = ON")
    people.ok("customer", "contact", "remove", "3")  # a phone is a part of them and doesn't keep them


def test_who_has_left_isnt_called_nor_congratulated_nor_signs(people: Desk) -> None:
    assert due_of(people) == [(ref, "Li Na", "138 0013 8000") for ref in ("cb1", "cp1", "cu1", "sa1")]
    result = people("customer", "contact", "leave", "1", "--on", "2026-11-15")
    assert result.err == (
        "Li Na (ct1) has left Golden Dragon, since 2026-11-15 (Sunday)\nnote: still planned with this contact: cb1\n"
    )
    assert due_of(people) == [(ref, "Bo Ya", None) for ref in ("cb1", "cp1", "sa1")]
    assert [(row["waits_for"], row["contact"]) for row in people.json("sale", "unpaid")] == [(None, "Bo Ya")]
    # the name stays on everything
    assert [(row["contact"], row["phone"]) for row in people.json("callback", "list")] == [("Li Na", None)]
    listed = people.json("complaint", "list", "--columns", "contact,phone")
    assert listed == [{"contact": "Li Na", "phone": None}]
    # somebody else is there; when nobody is, the card lacks a contact
    assert people.json("customer", "show", "1")["completeness"] == 25
    people.ok("customer", "contact", "remove", "2")
    assert people.json("customer", "show", "1")["completeness"] == 16
    assert "contacts" in people.ok("customer", "show", "1").splitlines()[-2]


def test_who_has_left_isnt_accepted_but_for_what_was_before(people: Desk) -> None:
    people.ok("customer", "contact", "leave", "1", "--on", "2026-11-15")
    late = (
        ("callback", "add", "1", "--on", "fri", "--contact", "Li"),
        ("callback", "log", "1", "called", "--contact", "ct1"),
        ("complaint", "open", "1", "cold again", "--contact", "Li Na"),
        ("sale", "signed", "B7", "--by", "1", "--on", "2026-11-15"),
    )
    for words in late:
        result = people(*words)
        assert (result.code, result.out) == (4, ""), words
        assert result.err == (
            "csm: Li Na has left, since 2026-11-15\nhint: to see who is there: csm customer contact list 1\n"
        )
    assert people(*late[0], lang="zh").err.splitlines()[0] == "csm: Li Na已于 2026-11-15 离职"
    people.ok("callback", "add", "1", "--on", "2026-11-14", "--contact", "Li")
    people.ok("callback", "log", "1", "called", "--contact", "ct1", "--at", "2026-11-14 16:00", "--keep")
    people.ok("complaint", "open", "1", "cold", "--contact", "Li Na", "--received", "2026-11-14")
    people.ok("sale", "signed", "B7", "--by", "1", "--on", "2026-11-14")
    # where somebody else answers to it, they are meant
    people.ok("customer", "contact", "add", "1", "Li Na")
    people.ok("callback", "add", "1", "--on", "fri", "--contact", "Li Na")
    assert people.sql("SELECT contact_id FROM callback ORDER BY id DESC LIMIT 1") == [(4,)]


def test_what_follows_isnt_planned_with_who_has_left(people: Desk) -> None:
    people.ok("customer", "contact", "leave", "1")
    people.ok("callback", "done", "cb1", "said hello", "--next", "+3d")
    assert people.sql("SELECT status, contact_id FROM callback ORDER BY id") == [("done", 1), ("open", None)]
    people.ok("complaint", "settle", "1", "--did", "new oven", "--cause", "service", "--failure", "process")
    assert people.sql("SELECT purpose, contact_id FROM callback WHERE complaint_id = 1") == [("satisfaction", None)]


def test_the_coach_speaks_to_who_is_there(people: Desk) -> None:
    assert "Li Na" in people.json("complaint", "next", "1")["say"]
    people.ok("customer", "contact", "leave", "1")
    result = people.json("complaint", "next", "1")["say"]
    assert "Golden Dragon" in result and "Li Na" not in result
    assert "Li Na (has left)" in people.ok("complaint", "show", "1")
    assert "Li Na（已离职）" in people.ok("customer", "show", "1", lang="zh")


def test_who_moves_takes_along_what_is_personal_and_the_talks_stay(people: Desk) -> None:
    people.ok("callback", "done", "cb1", "said hello")
    result = people("customer", "contact", "move", "1", "Jade", "--on", "2026-11-18", "-f", "json")
    assert result.code == 0
    assert [row for row in people.json("customer", "contact", "list", "--all") if row["name"] == "Li Na"] == [
        {
            "id": 1, "customer_id": 1, "customer": "Golden Dragon", "name": "Li Na", "nickname": None, "role": "buyer", "phone": None,
            "email": None, "wechat": None, "birthday": None, "sign_off": "cashier", "remarks": None,
            "left_on": "2026-11-18", "lunar_birthday": None,
        },
        {
            "id": 4, "customer_id": 2, "customer": "Jade Garden", "name": "Li Na", "nickname": None, "role": None,
            "phone": "138 0013 8000", "email": "a@b.example", "wechat": "lina", "birthday": "--11-23",
            "sign_off": None, "remarks": "tea, no coffee", "left_on": None, "lunar_birthday": None,
        },
    ]  # fmt: skip
    assert [row["id"] for row in people.json("customer", "contact", "list", "1")] == [2]
    # the talks were held at the old customer, with her
    assert [row["contact"] for row in people.json("callback", "list", "--all", "--customer", "1")] == ["Li Na", "Li Na"]
    assert people.json("callback", "list", "--all", "--customer", "2") == []
    assert "said hello" in people.ok("customer", "journey", "1")
    assert ("cu2", "Li Na", "138 0013 8000") in due_of(people)
    old, new = (people.json("customer", "show", ref) for ref in ("1", "2"))
    assert [(row["id"], row["left_on"], row["moved_to"]) for row in old["left"]] == [(1, "2026-11-18", 4)]
    assert [row["name"] for row in old["contacts"]] == ["Bo Ya"]
    assert [(row["name"], row["hobbies"]) for row in new["contacts"]] == [("Mo Li", None), ("Li Na", "chess")]
    card = people.ok("customer", "show", "1")
    assert "\nFormer contacts\n  Li Na         since 2026-11-18, buyer, now with Jade Garden, ct4  ct1\n" in card
    assert "138 0013 8000" not in card
    # her number leads to where she is
    assert people.json("customer", "show", "138 0013 8000")["name"] == "Jade Garden"


def test_who_moves_on_and_comes_back_is_whom_they_were(people: Desk) -> None:
    people.ok("customer", "add", "Third")
    people.ok("customer", "contact", "move", "1", "2", "--on", "2026-11-10")
    moved = people("customer", "contact", "move", "1", "3")
    assert (moved.code, moved.err.splitlines()[0]) == (
        4, "csm: Li Na has left, since 2026-11-10, and is with Jade Garden now, as ct4",
    )  # fmt: skip
    people.ok("customer", "contact", "move", "4", "3", "--on", "2026-11-12")
    assert (
        people.message("customer", "contact", "move", "5", "Golden")
        == "Li Na is back from Third at Golden Dragon, as ct1"
    )
    found = people.sql("SELECT id, customer_id, left_on, moved_to, email FROM contact WHERE name = 'Li Na' ORDER BY id")
    assert found == [
        (1, 1, None, None, "a@b.example"), (4, 2, "2026-11-12", 5, None), (5, 3, "2026-11-21", 1, None),
    ]  # fmt: skip
    assert people.sql("SELECT number FROM contact_phone WHERE contact_id = 1") == [("138 0013 8000",)]
    assert people.json("customer", "contact", "list", "1")[0]["role"] == "buyer"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("leave",), 2),
        (("leave", "99"), 3),
        (("leave", "Xu"), 3),
        (("leave", " "), 3),
        (("leave", "Li"), 3),  # Li Na or Mo Li
        (("leave", "1", "--on", "tomorrow"), 2),
        (("leave", "1", "--on", "5/6/2026"), 2),
        (("leave", "1", "--role", "cook"), 2),
        (("leave", "1", "--phone", "139 0000 0001"), 2),
        (("leave", "1", "and so on"), 2),
        (("move", "1"), 2),
        (("move", "1", "nobody"), 3),
        (("move", "99", "2"), 3),
        (("move", "1", "1"), 4),
        (("move", "1", "2", "--on", "tomorrow"), 2),
        (("remove", "1", "--clear", "role"), 2),
        (("remove", "1"), 4),
        (("edit", "1", "--left", "tomorrow"), 2),
        (("edit", "1", "--on", "today"), 2),
        (("edit", "1", "Xu"), 2),
        (("add", "1", "Xu", "--clear", "role"), 2),
        (("list", "1", "--clear", "role"), 2),
        (("list", "1", "--on", "today"), 2),
        (("dance", "1"), 2),
    ],
)
def test_bad_input_changes_nothing(people: Desk, words: tuple[str, ...], code: int) -> None:
    before = people.sql("SELECT count(*), max(id) FROM change")
    result = people("customer", "contact", *words)
    assert (result.code, result.out) == (code, ""), result
    assert result.err.startswith("csm: ")
    assert people.sql("SELECT count(*), max(id) FROM change") == before


def test_a_leaving_noted_by_mistake_is_taken_back(people: Desk) -> None:
    people.ok("customer", "contact", "leave", "1")
    again = people("customer", "contact", "leave", "1", "--on", "2026-11-01")
    assert (again.code, again.err.splitlines()[0]) == (4, "csm: Li Na has left, since 2026-11-21")
    people.ok("customer", "contact", "edit", "1", "--left", "2026-11-01")
    assert people.sql("SELECT left_on FROM contact WHERE id = 1") == [("2026-11-01",)]
    people.ok("customer", "contact", "edit", "1", "--clear", "left_on")
    assert [row["name"] for row in people.json("customer", "contact", "list", "1")] == ["Li Na", "Bo Ya"]


def test_a_contact_is_named_by_name_or_id(people: Desk) -> None:
    several = people("customer", "contact", "leave", "li")
    assert several.err.splitlines()[1:3] == ["  ct1  Li Na  Golden Dragon", "  ct3  Mo Li  Jade Garden"]
    people.ok("customer", "contact", "leave", "Mo Li")
    people.ok("customer", "contact", "leave", "li")  # only one of them is there still
    assert people.sql("SELECT id FROM contact WHERE left_on IS NOT NULL") == [(1,), (3,)]
    people.ok("customer", "contact", "edit", "bo", "--role", "chef")
    assert people.sql("SELECT role FROM contact WHERE id = 2") == [("chef",)]


def test_the_list_filters_by_what_is_typed(people: Desk) -> None:
    people.ok("customer", "contact", "leave", "1")

    def ids(*words: str) -> list[int]:
        return [row["id"] for row in people.json("customer", "contact", "list", *words)]

    assert ids() == [2, 3]
    assert ids("--all") == [1, 2, 3]
    assert ids("--role", "cook") == [2]
    assert ids("--left", "2026-11-21") == [1]
    assert ids("--phone", "13900000009") == [3]
    assert ids("--name", "Mo Li", "--all") == [3]
    people.ok("customer", "archive", "2")
    assert (ids(), ids("--all")) == ([2], [1, 2, 3])
    assert "left" in people.ok("customer", "contact", "list", "--all").splitlines()[0]
    assert "离职日" in people.ok("customer", "contact", "list", "--all", lang="zh").splitlines()[0]


def test_who_left_and_moved_travels_with_an_export(people: Desk, tmp_path: Path) -> None:
    people.ok("customer", "contact", "move", "1", "2", "--on", "2026-11-10")
    people.ok("customer", "contact", "leave", "2", "--on", "2026-11-12")
    for noun in ("customers", "contacts", "complaints", "callbacks"):
        everything = ["--all", "--personal"] if noun == "contacts" else ["--all"]
        people.ok("export", noun, tmp_path / f"{noun}.csv", *everything)
    other = Desk(tmp_path, people.now, "other.db")
    for noun in ("customers", "contacts", "complaints", "callbacks"):
        other.ok("import", noun, tmp_path / f"{noun}.csv")
    query = "SELECT id, customer_id, name, left_on, moved_to, email, hobbies FROM contact ORDER BY id"
    assert other.sql(query) == people.sql(query)
    assert other.sql("SELECT id, contact_id FROM callback") == people.sql("SELECT id, contact_id FROM callback")
    again = other.json("import", "contacts", tmp_path / "contacts.csv")
    assert (again["inserted"], again["unchanged"]) == (0, 4)
    (tmp_path / "ahead.csv").write_text("customer,name,left on\nGolden Dragon,Xu,2026-12-01\n", encoding="utf-8")
    ahead = other("import", "contacts", tmp_path / "ahead.csv")
    assert (ahead.code, ahead.out) == (2, "")
    (tmp_path / "zh.csv").write_text("客户,姓名,离职日期\nGolden Dragon,许,2026年11月1日\n", encoding="utf-8")
    other.ok("import", "contacts", tmp_path / "zh.csv")
    assert other.sql("SELECT left_on FROM contact WHERE name = '许'") == [("2026-11-01",)]


def test_what_another_program_removes_leaves_the_records(people: Desk) -> None:
    people.sql("DELETE FROM contact WHERE id = 1")
    assert people("due").code == 0
    assert people("customer", "show", "1").code == 0


def test_pinned_notes_are_on_top_of_the_card(people: Desk) -> None:
    people.ok("customer", "note", "1", "closed on Mondays", "--pin")
    people.ok("customer", "note", "1", "asks for a catalogue")
    lines = people.ok("customer", "show", "1").splitlines()
    assert lines[4:7] == ["Pinned", "  2026-11-21    closed on Mondays  alice", ""]
    assert sum("closed on Mondays" in line for line in lines) == 1
    page = people.ok("customer", "show", "1", "-f", "md")
    assert page.index("closed on Mondays") < page.index("| id |")
    html = people.ok("customer", "show", "1", "-f", "html")
    assert html.index("closed on Mondays") < html.index("<th>id</th>")
    assert people.json("customer", "show", "1")["notes"][0]["text"] == "closed on Mondays"


def test_the_journeys_of_both_customers_say_who_left_and_came(people: Desk) -> None:
    people.ok("customer", "contact", "leave", "2", "--on", "2026-11-12")
    people.ok("customer", "contact", "move", "1", "2", "--on", "2026-11-18")

    def changes(customer: str) -> list[tuple[str, str, str]]:
        found = people.json("customer", "journey", customer, "--touch", "contact")
        return [(row["on"], row["ref"], row["text"]) for row in found]

    assert changes("1") == [
        ("2026-11-12", "ct2", "Bo Ya has left"),
        ("2026-11-18", "ct1", "Li Na has left, and is with Jade Garden now"),
    ]
    assert changes("2") == [("2026-11-18", "ct4", "Li Na came from Golden Dragon")]
    chinese = people.ok("customer", "journey", "2", lang="zh")
    assert "联系人变动" in chinese and "Li Na由Golden Dragon调来" in chinese
    # and back again: at the first customer nobody has left, at the second she was for two days
    people.ok("customer", "contact", "move", "4", "1", "--on", "2026-11-20")
    assert changes("1") == [
        ("2026-11-12", "ct2", "Bo Ya has left"), ("2026-11-20", "ct1", "Li Na came from Jade Garden"),
    ]  # fmt: skip
    assert changes("2") == [("2026-11-20", "ct4", "Li Na has left, and is with Golden Dragon now")]


def test_who_has_left_is_named_for_nothing_new(people: Desk) -> None:
    """Every command that takes a contact refuses who isn't there any more, from the day on which they left."""
    people.ok("customer", "contact", "leave", "1", "--on", "2026-11-15")
    said = "csm: Li Na has left, since 2026-11-15"
    for words in (
        ("callback", "add", "1", "--on", "+1d", "--contact", "ct1"),
        ("callback", "log", "1", "hello", "--contact", "Li Na"),
        ("complaint", "open", "1", "cold", "--contact", "Li Na", "--force"),
        ("sale", "signed", "B7", "--by", "Li Na"),
    ):
        result = people(*words)
        assert (result.code, result.err.splitlines()[0]) == (4, said), words
    # what she did before can still be noted
    people.ok("callback", "log", "1", "hello", "--contact", "Li Na", "--at", "2026-11-12")
    assert {row["waits_for"] for row in people.json("sale", "unpaid")} == {None}
    assert people.json("due", "--kind", "birthday", "--days", "9") == []
    # nor does her name mean the customer
    assert people("customer", "show", "Li Na").code == 3
