"""Customer cards through the command line (handbook 3, the command-line contract)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import Desk

CONTRACT = (
    "id code name kind status grade key_account relationship owner region industry size revenue credit_limit phone email"
    " route route_order tags last_contact_on next_callback_on open_complaints balance created_at updated_at"
    " parent_id parent"
).split()


def test_a_name_is_enough(desk: Desk) -> None:
    result = desk("customer", "add", "Golden Dragon")
    assert (result.code, result.out) == (0, "")
    assert result.err == f"made a new csm file: {desk.path}\nadded customer 1: Golden Dragon\n"
    [card] = desk.json("customer", "list")
    assert list(card) == CONTRACT
    assert card == dict.fromkeys(CONTRACT) | {
        "id": 1, "name": "Golden Dragon", "kind": "company", "status": "active", "owner": "alice", "tags": [],
        "open_complaints": 0, "balance": 0.0, "created_at": "2026-11-21T09:00:00+00:00",
        "updated_at": "2026-11-21T09:00:00+00:00",
    }  # fmt: skip


def test_every_field_is_an_option_and_a_filter(desk: Desk) -> None:
    desk.ok(
        "customer", "add", "金龙餐厅", "--code", "GD-1", "--kind", "单位", "--status", "prospect", "--grade", "a", "--key-account",
        "opinion leader", "--relationship", "伙伴型", "--owner", "bob", "--region", "East", "--industry", "catering", "--size", "小型",
        "--revenue", "1,200.50", "--credit-limit", "500", "--phone", "010-5550 0001", "--email", "a@example.com", "--route", "R1",
        "--route-order", "3", "--tag", "vip;wine", "--tag", "evening", "--field", "VAT=123", "--contract-end", "2027-01-31",
        "--do-not-contact", "no", "--visit-every", "2周", "--channel", "微信",
    )  # fmt: skip
    card = desk.json("customer", "show", "GD-1")
    assert {key: card[key] for key in ("kind", "grade", "relationship", "size", "revenue", "route_order", "tags")} == {
        "kind": "company", "grade": "A", "relationship": "partnership", "size": "small", "revenue": 1200.5, "route_order": 3,
        "tags": ["evening", "vip", "wine"],
    }  # fmt: skip
    assert (card["visit_every"], card["channel"], card["contract_end_on"]) == ("2w", "wechat", "2027-01-31")
    assert card["fields"] == {"VAT": "123"}
    assert (card["contacts"], card["sales"], card["complaints"], card["promises"], card["surveys"]) == (
        [],
        [],
        [],
        [],
        [],
    )
    for filters in (
        ("--grade", "A"), ("--region", "East"), ("--revenue", "1000..2000"), ("--tag", "vip"), ("--field", "VAT=123"),
        ("--relationship", "partnership"), ("--contract-end", "2027-01-01..2027-12-31"), ("--owner", "bob"),
        ("--phone", "+86 10 5550 0001"), ("--supply-stopped", ""), ("--grade", "B", "--grade", "A"),
    ):  # fmt: skip
        assert [found["id"] for found in desk.json("customer", "list", *filters)] == [1], filters
    for filters in (("--grade", "B"), ("--revenue", "2000.."), ("--region", ""), ("--tag", ""), ("--industry", "none")):
        assert desk.json("customer", "list", *filters) == [], filters


@pytest.mark.parametrize(
    "text",
    [
        "golden",
        "GOLDEN dragon",
        "jlct",
        "jinlong",
        "龙餐",
        "5550 0001",
        "010-55500001",
        "na li",
        "wine",
        "catalogue",
        "lina_88",
        "A-7",
    ],
)
def test_free_text_finds_names_pinyin_phones_contacts_tags_and_notes(desk: Desk, text: str) -> None:
    desk.ok("customer", "add", "金龙餐厅 Golden Dragon", "--phone", "010-5550 0001", "--tag", "wine", "--code", "A-7")
    desk.ok("customer", "contact", "add", "1", "Na Li", "--wechat", "lina_88")
    desk.ok("customer", "note", "1", "asks for the spring catalogue")
    desk.ok("customer", "add", "Other House", "--phone", "010-5550 0002")
    assert [found["id"] for found in desk.json("customer", "list", text)] == [1]


@pytest.mark.parametrize("typed", ["shan", "dan", "sxm", "dxm", "danxiaoming", "shanxiaoming", "单"])
def test_a_polyphone_surname_is_found_by_every_reading(desk: Desk, typed: str) -> None:
    desk.ok("customer", "add", "单晓明", "--kind", "person")
    assert [found["id"] for found in desk.json("customer", "list", typed)] == [1]


def test_a_private_customer_is_its_own_first_contact(desk: Desk) -> None:
    desk.ok("customer", "add", "单晓明", "--kind", "person", "--phone", "139 0000 0001")
    [contact] = desk.json("customer", "show", "1")["contacts"]
    assert (contact["name"], contact["phone"]) == ("单晓明", "139 0000 0001")


def test_doubles_are_refused_and_named_unless_the_user_insists(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--phone", "138 0013 8000", "--code", "G1")
    for again in (
        ("Golden Dragon",),
        ("golden  DRAGON", "--region", "West"),
        ("Another", "--phone", "+86-13800138000"),
        ("Another", "--code", "G1"),
    ):
        result = desk("customer", "add", *again)
        assert result.code == 4
        assert "1  Golden Dragon  G1  138 0013 8000" in result.err and "--force" in result.err
    assert desk.ok("customer", "list", "-f", "csv", "--columns", "id") == "id\n1\n"
    assert desk("customer", "add", "Golden Dragon", "--force").code == 0
    namesake = desk("customer", "add", "Golden Dragon", "--phone", "139 0000 0001")
    assert namesake.code == 4, "the second card has no phone, so the third may be the same customer"
    desk.ok("customer", "archive", "2")


def test_the_same_name_with_another_phone_is_accepted_with_a_word(desk: Desk) -> None:
    desk.ok("customer", "add", "李娜", "--phone", "138 0013 8000")
    result = desk("customer", "add", "李娜", "--phone", "139 0000 0001")
    assert result.code == 0
    assert "note: 李娜 is the name of another card too: 1" in result.err


def test_an_edit_can_t_make_a_double_either(desk: Desk) -> None:
    desk.ok("customer", "add", "One", "--phone", "138 0013 8000")
    desk.ok("customer", "add", "Two", "--phone", "139 0000 0001")
    assert desk("customer", "edit", "2", "--phone", "13800138000").code == 4
    assert desk("customer", "edit", "2", "--phone", "13900000001").code == 0
    assert desk.json("customer", "show", "2")["phone"] == "13900000001"


def test_edit_sets_clears_and_tags(desk: Desk) -> None:
    desk.ok(
        "customer",
        "add",
        "One",
        "--revenue",
        "100",
        "--email",
        "a@example.com",
        "--tag",
        "a;b",
        "--field",
        "K=1",
        "--do-not-contact",
        "yes",
    )
    desk.ok(
        "customer",
        "edit",
        "1",
        "--clear",
        "revenue",
        "--clear",
        "email",
        "--untag",
        "a",
        "--tag",
        "c",
        "--field",
        "K=",
        "--clear",
        "do_not_contact",
    )
    card = desk.json("customer", "show", "1")
    assert (card["revenue"], card["email"], card["tags"], card["fields"], card["do_not_contact"]) == (
        None,
        None,
        ["b", "c"],
        {},
        False,
    )
    assert desk("customer", "edit", "1").code == 2
    assert desk("customer", "edit", "1", "--clear", "nonsense").code == 2


def test_a_new_owner_takes_over_open_callbacks(desk: Desk) -> None:
    desk.ok("customer", "add", "One", "--owner", "alice")
    desk.ok("callback", "add", "1", "--on", "+3d")
    assert (
        desk.message("customer", "edit", "1", "--owner", "bob") == "changed customer 1: One; 1 open callback goes along"
    )
    assert desk.json("callback", "list", "--columns", "owner") == [{"owner": "bob"}]


def test_do_not_contact_cancels_what_was_planned_and_refuses_more(desk: Desk) -> None:
    desk.ok("customer", "add", "One")
    desk.ok("callback", "add", "1", "--on", "+3d")
    told = desk.message("customer", "edit", "1", "--do-not-contact", "yes")
    assert told == "changed customer 1: One; 1 open callback cancelled"
    refused = desk("callback", "add", "1", "--on", "+3d")
    assert refused.code == 4
    assert refused.err == (
        "csm: One doesn't want to be contacted\nhint: csm customer edit 1 --do-not-contact no, if that has changed\n"
    )


def test_references_go_from_exact_to_partial(desk: Desk) -> None:
    desk.ok("customer", "add", "Jade House", "--code", "7", "--phone", "010-5550 0001")
    desk.ok("customer", "add", "Jade Garden", "--code", "J2", "--phone", "010-5550 0002")
    desk.ok("customer", "contact", "add", "2", "Li Na", "--phone", "139 0000 0009")
    expected = {
        "1": 1, "cu2": 2, "7": 1, "j2": 2, "J2": 2, "0105550 0002": 2, "(010) 5550-0001": 1, "139-0000-0009": 2,
        "jade house": 1, "Garden": 2,
    }  # fmt: skip
    for ref, identity in expected.items():
        assert desk.json("customer", "show", ref)["id"] == identity, ref
    several = desk("customer", "show", "jade")
    assert several.code == 3
    assert several.err.splitlines()[:3] == [
        "csm: more than one customer answers to 'jade'",
        "  1  Jade House  7  010-5550 0001",
        "  2  Jade Garden  J2  010-5550 0002",
    ]
    nobody = desk("customer", "show", "Jade Huose")
    assert (nobody.code, nobody.err.splitlines()) == (
        3,
        ["csm: no customer answers to 'Jade Huose'", "  1  Jade House"],
    )


def test_an_archived_card_leaves_the_lists_and_comes_back(desk: Desk) -> None:
    desk.ok("customer", "add", "One")
    desk.ok("callback", "add", "1", "--on", "today")
    desk.ok("customer", "archive", "1")
    assert desk("customer", "archive", "1").code == 4
    assert desk.json("customer", "list") == [] == desk.json("due") == desk.json("callback", "list")
    assert [found["id"] for found in desk.json("customer", "list", "--all")] == [1]
    assert [found["id"] for found in desk.json("customer", "list", "--archived")] == [1]
    assert desk("callback", "add", "1", "--on", "+1d").code == 4
    desk.ok("customer", "restore", "1")
    assert len(desk.json("due")) == 1


def test_contacts_are_added_changed_and_taken_off(desk: Desk) -> None:
    desk.ok("customer", "add", "One", "--contact", "Li Na;buyer;139 0000 0001", "--contact", "Wang")
    desk.ok(
        "customer",
        "contact",
        "edit",
        "1",
        "--phone",
        "010-5550 0001",
        "--phone",
        "139 0000 0002",
        "--birthday",
        "3月12日",
        "--hobbies",
        "chess",
    )
    listed = desk.json("customer", "contact", "list", "1")
    assert [(row["name"], row["role"], row["phone"], row["birthday"]) for row in listed] == [
        ("Li Na", "buyer", "010-5550 0001;139 0000 0002", "--03-12"),
        ("Wang", None, None, None),
    ]
    assert "hobbies" not in listed[0], "personal data stays on the card"
    assert desk.json("customer", "show", "1")["contacts"][0]["hobbies"] == "chess"
    assert desk.message("customer", "contact", "remove", "ct2") == "removed contact ct2 from One: Wang"
    assert desk("customer", "contact", "remove", "2").code == 3
    # Its number doesn't come back: on paper it is Wang.
    desk.ok("customer", "contact", "add", "1", "--name", "Zhao")
    assert desk.sql("SELECT max(id) FROM contact") == [(3,)]
    assert desk("customer", "contact", "dance", "1").code == 2


def test_notes_remind_and_stay_on_top(desk: Desk) -> None:
    desk.ok("customer", "add", "One")
    desk.ok("customer", "note", "1", "likes tea", "--pin")
    told = desk.message("customer", "note", "1", "send the catalogue", "--remind", "tomorrow")
    assert told == "noted on the card of One; reminder nt2 on 2026-11-22 (Sunday)"
    assert desk.json("due") == []
    desk.now = "2026-11-22 08:00"
    [item] = desk.json("due")
    assert (item["kind"], item["what"], item["ref"], item["days_late"]) == ("reminder", "send the catalogue", "nt2", 0)
    assert desk.message("done", "nt2", "sent by mail") == "settled the reminder nt2 (One)"
    assert desk.json("due") == []
    assert desk("done", "nt2").code == 4
    assert [note["text"] for note in desk.json("customer", "show", "1")["notes"]] == [
        "likes tea",
        "sent by mail",
        "send the catalogue",
    ]


def test_incomplete_lists_the_emptiest_first(desk: Desk) -> None:
    desk.ok("customer", "add", "Fuller", "--phone", "010-5550 0001", "--region", "East")
    desk.ok("customer", "add", "Bare")
    rows = desk.json("customer", "list", "--incomplete", "--columns", "name,completeness")
    assert rows == [{"name": "Bare", "completeness": 16}, {"name": "Fuller", "completeness": 33}]


def test_a_handover_for_good_moves_everything(desk: Desk) -> None:
    desk.ok("customer", "add", "One", "--owner", "alice")
    desk.ok("customer", "add", "Two", "--owner", "bob")
    desk.ok("callback", "add", "1", "--on", "today")
    assert (
        desk.message("customer", "handover", "alice", "carol")
        == "carol takes over from alice: 1 customer, 1 open callback"
    )
    assert [row["owner"] for row in desk.json("customer", "list")] == ["carol", "bob"]
    assert [row["owner"] for row in desk.json("due", "--owner", "carol")] == ["carol"]
    assert desk("customer", "handover", "alice", "carol").code == 3


def test_a_handover_for_a_holiday_ends_by_itself(desk: Desk) -> None:
    desk.ok("customer", "add", "One", "--owner", "alice")
    desk.ok("callback", "add", "1", "--on", "today")
    told = desk.message("customer", "handover", "alice", "bob", "--until", "2026-11-23")
    assert told == "bob stands in for alice until 2026-11-23 (Monday): 1 customer, 1 open callback"
    for now, of_bob, of_alice in (("2026-11-21 10:00", 1, 0), ("2026-11-23 23:00", 1, 0), ("2026-11-24 08:00", 0, 1)):
        desk.now = now
        assert len(desk.json("due", "--owner", "bob")) == of_bob
        assert len(desk.json("due", "--owner", "alice")) == of_alice
    assert desk.json("customer", "show", "1")["owner"] == "alice"
    assert desk("customer", "handover", "alice", "bob", "--until", "2026-11-01").code == 2


def test_columns_sort_and_limit(desk: Desk) -> None:
    for name, revenue in (("A", "30"), ("B", "100"), ("C", None)):
        desk.ok(
            "customer", "add", name, *(("--revenue", revenue) if revenue else ()), "--field", f"vat-no={name}{name}"
        )
    assert desk.ok("customer", "list", "--columns", "name,revenue", "--sort", "-revenue", "-f", "csv") == (
        "name,revenue\nB,100.00\nA,30.00\nC,\n"
    )
    assert desk.ok(
        "customer", "list", "--columns", "field.vat-no", "--sort", "-field.vat-no", "--limit", "1", "-f", "csv"
    ) == ("field.vat-no\nCC\n")
    unknown = desk("customer", "list", "--columns", "name,colour")
    assert unknown.code == 2 and "colour" in unknown.err and "do_not_contact" in unknown.err
    result = desk("customer", "list", "--limit", "-1")
    assert (result.code, result.err) == (2, "csm: --limit: '-1' is no whole number from 0 to 1000000000\n")


def test_output_to_a_file_is_a_spreadsheets(desk: Desk, tmp_path: Path) -> None:
    desk.ok("customer", "add", "=1+1 店", "--phone", "01055500001")
    target = tmp_path / "list.csv"
    assert desk.ok("customer", "list", "--columns", "name,phone", "-f", "csv", "-o", target) == ""
    assert target.read_bytes() == "\ufeffname,phone\r\n'=1+1 店,'01055500001\r\n".encode()
    assert (
        desk.ok("customer", "list", "--columns", "name,phone", "-f", "csv", "--raw")
        == "name,phone\n=1+1 店,01055500001\n"
    )
    assert desk("customer", "list", "-f", "csv", "-o", tmp_path / "no" / "list.csv").code == 5


def test_writes_print_the_record_when_asked(desk: Desk) -> None:
    result = desk("customer", "add", "One", "-f", "json")
    assert json.loads(result.out)["id"] == 1
    assert list(json.loads(result.out)) == CONTRACT
    assert result.err.endswith("added customer 1: One\n")
    assert desk("customer", "add", "Two", "--quiet").err == ""


# --- cases and promises on the card ---------------------------------------------------------------------------


def test_a_card_has_the_cases_of_its_customer_open_ones_first(desk: Desk) -> None:
    """Received on Friday at 16:00: first response within 8 hours is Saturday 16:00, serious within 2 is Friday 18:00."""
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("customer", "add", "River Gym")
    for now, summary in (("2026-11-16 10:00", "first"), ("2026-11-17 10:00", "second")):
        desk.now = now
        desk.ok("complaint", "open", "1", summary, "--problem", "late-delivery")
    desk.now = "2026-11-18 10:00"
    desk.ok("complaint", "withdraw", "1", "--reason", "found the parcel")
    desk.now = "2026-11-18 11:00"
    desk.ok("complaint", "withdraw", "2", "--reason", "found that one too")
    desk.now = "2026-11-20 16:00"
    desk.ok("complaint", "open", "1", "general")
    desk.ok("complaint", "open", "1", "serious", "--severity", "serious", "--want", "fast")
    desk.ok("complaint", "open", "2", "of somebody else")
    desk.now = "2026-11-21 15:00"
    found = desk.json("customer", "show", "1")["complaints"]
    assert [(row["id"], row["status"], row["overdue"]) for row in found] == [
        (4, "open", True),
        (3, "open", False),
        (2, "withdrawn", False),
        (1, "withdrawn", False),
    ]
    shown = desk.json("complaint", "show", "4")
    assert {key: found[0][key] for key in shown if key in found[0]} == {
        key: value for key, value in shown.items() if key in found[0]
    }
    assert found[0]["next_due_at"] == "2026-11-20T18:00:00+00:00" and found[0]["want"] == "fast"
    desk.now = "2026-11-20 17:00"
    assert [row["overdue"] for row in desk.json("customer", "show", "1")["complaints"]] == [False] * 4


def test_a_card_has_the_promises_of_its_customer_open_ones_first(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    for text, by in (("later", "2026-11-25 10:00"), ("sooner", "2026-11-23 10:00"), ("old", "2026-11-21 12:00")):
        desk.ok("promise", "add", "1", text, "--by", by)
    desk.ok("promise", "add", "1", "newer", "--by", "2026-11-21 13:00", "--theirs")
    desk.now = "2026-11-21 10:00"
    desk.ok("promise", "keep", "3")
    desk.now = "2026-11-21 11:00"
    desk.ok("promise", "keep", "4", "paid")
    found = desk.json("customer", "show", "1")["promises"]
    assert [(row["text"], row["status"], row["direction"]) for row in found] == [
        ("sooner", "open", "ours"),
        ("later", "open", "ours"),
        ("newer", "kept", "theirs"),
        ("old", "kept", "ours"),
    ]
    assert found[2]["ended_text"] == "paid" and found[0]["due_at"] == "2026-11-23T10:00:00+00:00"


def test_a_card_says_which_case_comes_next(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("callback", "add", "1", "--on", "2026-11-20")
    desk.ok("complaint", "open", "1", "cold oven", "--severity", "serious")
    desk.ok("promise", "add", "cp1", "bring a new one", "--by", "2026-11-21 17:00")
    page = desk.ok("customer", "show", "1").splitlines()
    start = page.index("What to do next") + 1
    assert page[start : start + 9] == [
        "  1 day late  other",
        "              2026-11-20 Friday",
        '              csm callback done cb1 "..."',
        "  today       cold oven  serious",
        "              judge, by 2026-11-21 Saturday 11:00, first response",
        "              csm complaint next 1",
        "  today       we promised: bring a new one",
        "              due 2026-11-21 Saturday 17:00, alice, cp1",
        "              csm promise keep 1",
    ]


def test_a_card_has_only_the_first_ten_cases(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    for number in range(12):
        desk.ok("complaint", "open", "1", f"case {number}")
    found = desk.json("customer", "show", "1")["complaints"]
    assert [row["id"] for row in found] == list(range(1, 11))
    assert desk.json("customer", "show", "1")["open_complaints"] == 12


def test_days_of_a_card_are_said_back_with_their_weekday(desk: Desk) -> None:
    assert desk.message("customer", "add", "One", "--contract-end", "2026-12-31") == (
        "added customer 1: One, contract end 2026-12-31 (Thursday)"
    )
    assert desk.message("customer", "edit", "1", "--reviewed", "yesterday", lang="zh").endswith("2026-11-20（星期五）")
