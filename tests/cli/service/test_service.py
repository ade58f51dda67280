"""Services rendered through the command line (handbook 13). 2026-11-21 is a Saturday."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import Desk, filled_once

DELIVERY = (
    "storekeeper goods-placed first-in-first-out dates-checked stock-turned receipt-signed damaged-exchanged "
    "packaging-exchanged empties-taken small-help appearance-and-words on-time parked-as-wanted message-passed-on "
    "done-today"
).split()
VISIT = "policy-explained items-sold display stock promotion-joined support information-passed-on".split()
ALL_MET = [word for item in VISIT for word in ("--check", f"{item}=yes")]


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001")
    desk.ok("customer", "add", "River Gym")
    return desk


def stored(desk: Desk, *columns: str) -> list[tuple[Any, ...]]:
    return desk.sql(f"SELECT {', '.join(columns)} FROM service ORDER BY id")


def ticks(desk: Desk, service_id: int = 1) -> list[tuple[Any, ...]]:
    return desk.sql("SELECT item, met FROM service_check WHERE service_id = ? ORDER BY id", service_id)


# --- noting one ---------------------------------------------------------------------------------------------------


def test_what_is_not_told_is_as_usual_for_the_kind(shop: Desk) -> None:
    assert shop("service", "add", "Golden Dragon", "repair") == (
        0, "", "noted sv1 for Golden Dragon: repair, 2026-11-21 (Saturday)\n",
    )  # fmt: skip
    shop.ok("service", "add", "Golden Dragon", "维修", "--not-technical", "--place", "ours", "--regular")
    columns = "kind phase technical place paid_cents cost_cents minutes term regular done_on by created_by".split()
    assert stored(shop, *columns) == [
        ("repair", "after", 1, "theirs", 0, 0, None, "short", 0, "2026-11-21", "alice", "alice"),
        ("repair", "after", 0, "ours", 0, 0, None, "short", 1, "2026-11-21", "alice", "alice"),
    ]


def test_everything_can_be_told(shop: Desk) -> None:
    shop.sql("INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on, bill)"
             " VALUES (1, 'oven', 5000, '2026-11-01', '2026-11-01', 'B7')")  # fmt: skip
    record = shop.json(
        *("service", "add", "1", "advice", "--phase", "before", "--technical", "--place", "theirs", "--paid", "12.5"),
        *("--cost", "1,200", "--minutes", "30", "--term", "long", "--on", "2026-11-20", "--by", "Wang Fang"),
        *("--sale", "B7", "--message", "call me", "--note", "how to clean it", "--external-id", "W1"),
    )
    assert record == {
        "id": 1, "customer_id": 1, "customer": "Golden Dragon", "kind": "advice", "phase": "before", "technical": True,
        "place": "theirs", "paid": 12.5, "cost": 1200.0, "minutes": 30, "term": "long", "regular": False,
        "done_on": "2026-11-20", "by": "Wang Fang", "sale_id": 1, "checks": [], "not_met": 0, "message": "call me",
        "message_done_on": None, "note": "how to clean it",
    }  # fmt: skip
    assert shop.json("service", "show", "sv1")["external_id"] == "W1"


def test_items_not_met_and_not_ticked_are_told(shop: Desk) -> None:
    result = shop("service", "add", "1", "visit", *ALL_MET[:8], "--check", "shelf=no", "--check", "support = 否")
    assert (result.code, result.err.splitlines()[0]) == (
        2, "csm: 'shelf' is no item of the checklist of this service: visit",
    )  # fmt: skip
    result = shop("service", "add", "1", "visit", *ALL_MET[:8], "--check", "promo=no", "--check", "support = 否")
    assert result.err.splitlines() == [
        "noted sv1 for Golden Dragon: visit, 2026-11-21 (Saturday)",
        "2 items not met: promotion-joined, support",
        "1 of 7 items not ticked: information-passed-on",
        "to tick them: csm service edit 1 --check information-passed-on=yes",
    ]
    assert ticks(shop) == [
        ("policy-explained", 1), ("items-sold", 1), ("display", 1), ("stock", 1), ("promotion-joined", 0),
        ("support", 0),
    ]  # fmt: skip
    assert shop("--quiet", "service", "add", "1", "visit").err == ""


def test_where_all_is_met_there_is_nothing_to_tell(shop: Desk) -> None:
    assert len(shop("service", "add", "1", "visit", *ALL_MET).err.splitlines()) == 1


def test_a_chinese_label_means_an_item_in_any_language(shop: Desk) -> None:
    shop.ok("service", "add", "1", "delivery", "--check", "先进先出＝是", "--check", "准时=no", lang="zh")
    assert ticks(shop) == [("first-in-first-out", 1), ("on-time", 0)]
    shop.ok("service", "edit", "1", "--check", "先进先出=no")
    assert ticks(shop) == [("first-in-first-out", 0), ("on-time", 0)]


def test_a_checklist_of_ones_own_and_what_was_ticked_by_the_old_one(shop: Desk) -> None:
    assert shop("service", "add", "1", "repair", "--check", "area=yes").err.splitlines() == [
        "csm: there is no checklist for this service: repair",
        'hint: csm config set checklist.repair "first item;second item" makes one',
    ]
    shop.ok("config", "set", "checklist.repair", "tools clean；area swept; a=b")
    shop.ok("service", "add", "1", "repair", "--check", "area=yes", "--check", "a=b=no")
    assert ticks(shop) == [("area swept", 1), ("a=b", 0)]
    shop.ok("config", "set", "checklist.repair", "shoes off")
    assert shop("service", "edit", "1", "--check", "area swept=no").err.splitlines() == [
        "changed sv1 (Golden Dragon)",
        "2 items not met: area swept, a=b",
        "1 of 1 items not ticked: shoes off",
        "to tick them: csm service edit 1 --check 'shoes off=yes'",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["1", "visit", "--on", "2026-11-22"], 2, "'2026-11-22' lies in the future, but this has happened already"),
        (["1", "visit", "--cost", "-5"], 2, "'-5' is no amount of money"),
        (["1", "visit", "--paid", "-0.01"], 2, "'-0.01' is no amount of money"),
        (["1", "flying"], 2, "KIND can't be 'flying'"),
        (["1", "visit", "--check", "stock"], 2, "--check 'stock' has no key and value"),
        (["1", "visit", "--check", "stock=perhaps"], 2, "'perhaps' is neither yes nor no"),
        (["1", "visit", "--check", "pro=yes"], 2, "'pro' is no item of the checklist of this service: visit"),
        (["1", "delivery", "--check", "exchanged=yes"], 2, "'exchanged' can mean several items"),
        (["1", "visit", "--sale", "9"], 3, "no sale answers to '9'"),
        (["1", "visit", "--sale", "1"], 2, "sa1 isn't a sale to Golden Dragon"),
        (["Nobody", "visit"], 3, "no customer answers to 'Nobody'"),
    ],
)
def test_what_cannot_be_is_refused(shop: Desk, arguments: list[str], code: int, line: str) -> None:
    shop.sql("INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on)"
             " VALUES (2, 'oven', 5000, '2026-11-01', '2026-11-01')")  # fmt: skip
    if "pro=yes" in arguments:
        shop.ok("config", "set", "checklist.visit", "stock")
    result = shop("service", "add", *arguments)
    assert (result.code, result.out, result.err.splitlines()[0]) == (code, "", f"csm: {line}")
    assert stored(shop, "id") == []


def test_whoever_did_it_is_written_as_on_the_staff_list(shop: Desk) -> None:
    shop.ok("staff", "add", "Wang Fang")
    shop.ok("service", "add", "1", "repair", "--by", "wang fang")
    shop.ok("service", "add", "1", "repair")
    shop.ok("service", "edit", "2", "--by", "WANG FANG")
    assert stored(shop, "by") == [("Wang Fang",), ("Wang Fang",)]
    shop.ok("service", "edit", "2", "--clear", "by")
    assert stored(shop, "by") == [("Wang Fang",), (None,)]


def test_an_archived_card_is_said(shop: Desk) -> None:
    shop.ok("customer", "archive", "2")
    assert shop.message("service", "add", "cu2", "repair") == (
        "note: the card of River Gym is archived; csm customer restore 2 takes it back"
    )


# --- changing one -------------------------------------------------------------------------------------------------


def test_edit_changes_what_was_told(shop: Desk) -> None:
    shop.ok("service", "add", "1", "repair", "--minutes", "30", "--note", "seal")
    assert shop.message("service", "edit", "sv1", "--minutes", "30") == "nothing changed"
    shop.ok("service", "edit", "1", "--kind", "information", "--cost", "8", "--on", "11月20日", "--clear", "minutes")
    columns = "kind phase technical place cost_cents minutes done_on note".split()
    assert stored(shop, *columns) == [("information", "before", 0, "ours", 800, None, "2026-11-20", "seal")]
    shop.ok("service", "edit", "1", "--kind", "repair", "--technical", "no", "--regular", "yes")
    assert stored(shop, "phase", "technical", "regular") == [("after", 0, 1)]
    assert shop("service", "edit", "1").code == 2
    assert shop("service", "edit", "1", "--on", "tomorrow").code == 2
    assert shop("service", "edit", "1", "--note", "a", "--clear", "note").code == 2
    assert shop("service", "edit", "7", "--minutes", "3").code == 3


def test_the_sale_can_be_told_later_and_taken_off(shop: Desk) -> None:
    for customer in (1, 2):
        shop.sql("INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on)"
                 " VALUES (?, 'oven', 5000, '2026-11-01', '2026-11-01')", customer)  # fmt: skip
    shop.ok("service", "add", "1", "repair")
    assert shop("service", "edit", "1", "--sale", "sa2").code == 2
    shop.ok("service", "edit", "1", "--sale", "sa1")
    assert stored(shop, "sale_id") == [(1,)]
    shop.ok("service", "edit", "1", "--clear", "sale")
    assert stored(shop, "sale_id") == [(None,)]


# --- messages -----------------------------------------------------------------------------------------------------


def test_a_message_waits_until_it_is_dealt_with(shop: Desk) -> None:
    assert shop.message("service", "add", "1", "repair", "--message", "call me", "--on", "2026-11-19") == (
        "the message stays on the card until it is dealt with: csm service message done 1"
    )
    assert [row["id"] for row in shop.json("service", "list", "--messages")] == [1]
    shop.user = "bob"
    assert shop("service", "message", "done", "1", "--on", "2026-11-18").code == 2
    assert shop("service", "message", "done", "1", "--on", "2026-11-22").code == 2
    assert shop.message("service", "message", "done", "sv1", "called", "--on", "yesterday") == (
        "the message of sv1 from Golden Dragon is dealt with, 2026-11-20 (Friday)"
    )
    columns = "message message_done_on message_done_by message_answer".split()
    assert stored(shop, *columns) == [("call me", "2026-11-20", "bob", "called")]
    assert shop.json("service", "list", "--messages") == []
    result = shop("service", "message", "done", "1")
    assert (result.code, result.err.splitlines()[0]) == (
        4, "csm: the message of sv1 was dealt with already, on 2026-11-20 by bob",
    )  # fmt: skip
    shop.ok("service", "edit", "1", "--message", "call me again")
    assert stored(shop, *columns) == [("call me again", None, None, None)]


def test_no_message_nothing_to_deal_with(shop: Desk) -> None:
    shop.ok("service", "add", "1", "repair")
    assert shop("service", "message", "done", "1").code == 4
    assert shop("service", "message", "done", "9").code == 3
    assert shop("service", "message", "undo", "1").code == 2


# --- reading ------------------------------------------------------------------------------------------------------


@pytest.fixture
@filled_once
def busy(shop: Desk) -> Desk:
    """Three visits and a delivery: alice and bob at Golden Dragon and River Gym."""
    check = "--check"
    shop.ok("service", "add", "1", "visit", "--on", "2026-11-02", check, "display=no", check, "stock=no")
    shop.ok("service", "add", "1", "visit", "--on", "2026-11-09", check, "display=no", check, "stock=yes")
    shop.ok("service", "add", "2", "visit", "--by", "bob", "--on", "2026-11-10", check, "display=yes")
    shop.ok("service", "add", "2", "delivery", "--by", "bob", "--on", "2026-10-30", check, "on-time=no")
    return shop


def test_items_not_met_are_counted(busy: Desk) -> None:
    def counted(*arguments: str) -> list[tuple[Any, ...]]:
        rows = busy.json("service", "checks", *arguments)
        return [tuple(row[name] for name in "name ticked met not_met share last_on".split()) for row in rows]

    # display 3 ticked, 2 not met; on-time 1 of 1; stock 2 ticked, 1 not met
    assert counted() == [
        ("display", 3, 1, 2, 0.6667, "2026-11-09"),
        ("on-time", 1, 0, 1, 1, "2026-10-30"),
        ("stock", 2, 1, 1, 0.5, "2026-11-02"),
    ]
    # alice ticked 4 and 3 weren't met; bob ticked 2 and 1 wasn't
    assert counted("--by", "person") == [
        ("alice", 4, 1, 3, 0.75, "2026-11-09"),
        ("bob", 2, 1, 1, 0.5, "2026-10-30"),
    ]
    assert [row[0] for row in counted("--by", "customer")] == ["Golden Dragon", "River Gym"]
    assert counted("--by", "person", "--kind", "拜访") == [("alice", 4, 1, 3, 0.75, "2026-11-09")]
    assert counted("--by", "person", "--kind", "visit", "--all")[1] == ("bob", 1, 1, 0, 0, None)
    assert counted("--from", "2026-11-01", "--to", "2026-11-08") == [
        ("display", 1, 0, 1, 1, "2026-11-02"),
        ("stock", 1, 0, 1, 1, "2026-11-02"),
    ]
    assert [row[0] for row in counted("--sort", "name", "--limit", "1")] == ["display"]
    assert busy("service", "checks", "--from", "2026-11-08", "--to", "2026-11-01").code == 2
    assert busy("service", "checks", "--by", "region").code == 2


def test_items_are_shown_by_their_labels(busy: Desk) -> None:
    lines = busy.ok("service", "checks", lang="zh").splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["陈列", "按要求准时", "库存"]
    assert busy.ok("service", "checks", "-f", "csv", lang="zh").splitlines()[1].startswith("display,3,1,2,0.6667,")


def test_lists_and_their_filters(busy: Desk) -> None:
    def ids(*arguments: str) -> list[int]:
        return [row["id"] for row in busy.json("service", "list", *arguments)]

    assert ids() == [3, 2, 1, 4]
    assert ids("--not-met") == [2, 1, 4]
    assert ids("--customer", "River", "--kind", "送货") == [4]
    assert ids("--done", "2026-11-05..") == [3, 2]
    assert ids("--done", "11月5日..11月9日") == [2]
    assert ids("--by", "bob", "--by", "alice", "--kind", "visit") == [3, 2, 1]
    assert ids("--minutes", "", "--sort", "done_on", "--limit", "1") == [4]
    assert busy.json("service", "list", "--done", "2026-11-02")[0]["checks"] == [
        {"item": "display", "met": False},
        {"item": "stock", "met": False},
    ]
    assert busy.ok("service", "list", "--done", "2026-11-09", "-f", "csv", "--columns", "id,checks") == (
        "id,checks\n2,display=no;stock=yes\n"
    )


def test_a_service_as_a_page(busy: Desk) -> None:
    busy.ok("service", "edit", "2", "--cost", "8", "--message", "more\nrice", "--note", "shelf two")
    assert busy.ok("service", "show", "sv2") == (
        "sv2  visit\n"
        "Golden Dragon  cu1 · 2026-11-09 (Monday)\n"
        "\n"
        "Message\n"
        "  waits    more\n"
        "           rice\n"
        "           csm service message done 2\n"
        "\n"
        "Service\n"
        "  done by  alice\n"
        "  phase    after\n"
        "  place    theirs\n"
        "  cost     8.00\n"
        "  remarks  shelf two\n"
        "\n"
        "Checks: 1 item not met\n"
        "  no       display\n"
        "  yes      stock\n"
    )
    record = busy.json("service", "show", "2")
    assert record["checks"] == [{"item": "display", "met": False}, {"item": "stock", "met": True}]
    assert "display" in busy.ok("service", "show", "2", "-f", "md")
    assert "display=no;stock=yes" in busy.ok("service", "show", "2", "-f", "csv")
    assert busy("service", "show", "9").code == 3


def test_the_given_checklists(shop: Desk) -> None:
    lines = shop("service", "add", "1", "delivery").err.splitlines()
    assert lines[1] == f"15 of 15 items not ticked: {', '.join(DELIVERY)}"
    lines = shop("service", "add", "1", "visit").err.splitlines()
    assert lines[1] == f"7 of 7 items not ticked: {', '.join(VISIT)}"


def test_items_that_can_be_meant_are_named_by_their_labels(shop: Desk) -> None:
    result = shop("service", "add", "1", "delivery", "--check", "exchanged=yes")
    assert result.err.splitlines()[1] == "hint: name one of them: damaged-exchanged, packaging-exchanged"
    result = shop("service", "add", "1", "visit", "--check", "shelf=yes")
    assert result.err.splitlines()[1] == f"hint: its items are: {', '.join(VISIT)}"
    result = shop("service", "add", "1", "delivery", "--check", "已换=是", lang="zh")
    assert "破损货物已换, 包装已换" in result.err


def test_a_teams_own_item_that_looks_like_a_formula_is_guarded_in_csv(shop: Desk) -> None:
    shop.ok("config", "set", "checklist.repair", "=1+1")
    shop.ok("service", "add", "1", "repair", "--on", "2026-11-02", "--check", "=1+1=no")
    heading = "name,ticked,met,not_met,share,last_on"
    assert shop.ok("service", "checks", "-f", "csv") == f"{heading}\n'=1+1,1,0,1,1,2026-11-02\n"
    assert shop.ok("service", "checks", "-f", "csv", "--raw") == f"{heading}\n=1+1,1,0,1,1,2026-11-02\n"
