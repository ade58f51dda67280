"""Options that were accepted and did nothing, or that lost rows: each is kept, or refused by name."""

from __future__ import annotations

import pytest

from tests.desk import Desk, Result


@pytest.fixture
def shop(desk: Desk) -> Desk:
    desk.ok(
        "customer",
        "add",
        "Golden Dragon",
        "--phone",
        "138 0013 8000",
        "--tags",
        "gym",
        "--tags",
        "new;east",
        "--tag",
        "old",
    )
    desk.ok("customer", "contact", "add", "1", "Li Na")
    return desk


def test_tags_of_a_new_card_are_kept(shop: Desk) -> None:
    assert shop.json("customer", "show", "1")["tags"] == ["east", "gym", "new", "old"]


def test_tags_of_a_card_are_replaced_as_a_whole(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--tags", "east;south")
    assert shop.json("customer", "show", "1")["tags"] == ["east", "south"]
    assert shop.message("customer", "edit", "1", "--tags", "south", "--tags", "east") == "nothing changed"
    assert shop("customer", "edit", "1", "--tags", "x", "--clear", "tags").code == 2


def test_the_name_of_a_contact_is_given_in_one_way(shop: Desk) -> None:
    result = shop("customer", "contact", "add", "1", "Bo", "--name", "Bob")
    assert result == Result(2, "", "csm: NAME and --name can't be used together\n")
    assert shop.sql("SELECT name FROM contact") == [("Li Na",)]


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("add 1 Bo --clear role", "'csm customer contact add' has no option --clear"),
        ("add 1 Bo --limit 1", "'csm customer contact add' has no option --limit"),
        ("remove 1 --role buyer", "'csm customer contact remove' has no option --role"),
        ("list 1 Li", "'Li' is one word too many for 'csm customer contact list'"),
    ],
)
def test_an_action_of_contacts_refuses_what_is_anothers(shop: Desk, words: str, wrong: str) -> None:
    result = shop("customer", "contact", *words.split())
    assert (result.code, result.out, result.err.splitlines()[0]) == (2, "", f"csm: {wrong}")
    assert shop.sql("SELECT name, role FROM contact") == [("Li Na", None)]


@pytest.mark.parametrize(("options", "found"), [(("--role", "buyer"), 0), (("--phone", "13900000001"), 0), ((), 1)])
def test_a_list_of_contacts_is_filtered(shop: Desk, options: tuple[str, ...], found: int) -> None:
    assert len(shop.json("customer", "contact", "list", "1", *options)) == found


def test_a_list_of_holidays_reads_no_file(shop: Desk) -> None:
    result = shop("config", "holidays", "list", "days.csv")
    assert result == Result(2, "", "csm: list and FILE can't be used together\n")
    result = shop("config", "holidays", "list", "--encoding", "gb18030")
    assert result == Result(2, "", "csm: list and --encoding can't be used together\n")


def test_settings_are_as_many_as_were_asked_for(shop: Desk) -> None:
    assert shop.ok("config", "list", "--limit", "1", "--columns", "key", "-f", "csv") == "key\nfile.timezone\n"
    assert len(shop.ok("config", "list", "--limit", "0", "-f", "csv").splitlines()) > 50


def test_rows_made_in_python_are_sorted_and_none_is_lost(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-11-20", "--contact", "Li Na")
    shop.ok("customer", "add", "Old Lamp")
    shop.ok("callback", "add", "2", "--on", "2026-11-19")
    for order in ("contact", "-contact"):
        assert shop.ok("due", "--sort", order, "--columns", "customer,contact", "-f", "csv").splitlines() == [
            "customer,contact", "Golden Dragon,Li Na", "Old Lamp,",
        ]  # fmt: skip


@pytest.mark.parametrize("phone", ["138 0013 8000", "+86 13800138000", "１３８-0013-8000"])
def test_lists_of_all_kinds_are_filtered_by_phone_whatever_the_notation(shop: Desk, phone: str) -> None:
    shop.ok("customer", "add", "Old Lamp", "--phone", "139 0000 0001")
    for customer in ("1", "2"):
        shop.ok("complaint", "open", customer, "the oven is cold")
    for noun, first in (("customer", 1), ("complaint", 1)):
        assert [row["id"] for row in shop.json(noun, "list", "--phone", phone)] == [first], noun


def test_what_planned_visits_are_for_needs_a_route(shop: Desk) -> None:
    result = shop("callback", "plan", "--purpose", "offer")
    assert (result.code, result.err.splitlines()[0]) == (2, "csm: --route is missing")


def test_rows_are_coloured_by_a_field(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.ok("customer", "edit", "1", "--region", "East")
    shop.ok("customer", "add", "Old Lamp", "--region", "West")
    monkeypatch.setenv("FORCE_COLOR", "1")
    rows = shop.ok("customer", "list", "--color-by", "region", "--columns", "name,region").splitlines()[-2:]
    assert [row.split() for row in rows] == [
        ["\x1b[36mGolden", "Dragon\x1b[0m", "\x1b[36mEast\x1b[0m"], ["\x1b[33mOld", "Lamp\x1b[0m", "\x1b[33mWest\x1b[0m"],
    ]  # fmt: skip
