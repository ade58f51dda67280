"""What follows for cases when something beside their steps changes: settings, owners, calls about two of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk, filled_once
from tests.services.stored_cases import check_stored

STEPS = (
    "judge 1 --founded --responsibility ours --reason checked",
    "assign 1 --to alice --department shop --route settle",
    "analyse 1 --failure process --cause service --finding 'lost slip'",
)


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with a customer, staff of every level and one recorded complaint, Monday 23 November 09:00."""
    desk.now = "2026-11-23 09:00"
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice")
    for level, name in enumerate(("alice", "Wang", "Li", "Chen")):
        desk.ok("staff", "add", name, "--level", str(level))
    desk.ok("complaint", "open", "1", "the oven is cold")
    return desk


def run(desk: Desk, *lines: str) -> None:
    """Run lines of `csm complaint`."""
    import shlex

    for line in lines:
        desk.ok("complaint", *shlex.split(line))


def test_a_change_of_authority_passes_a_waiting_proposal_on(shop: Desk) -> None:
    run(shop, *STEPS, "propose 1 'a new slip' --compensation 500 --recovery equal")
    assert shop.json("due", "--kind", "approval")[0]["owner"] == "Wang"
    shop.ok("config", "set", "authority.level_1", "300")
    assert shop.json("due", "--kind", "approval")[0]["owner"] == "Li"
    assert shop("complaint", "approve", "1", "--by", "Wang", "--remark", "x").code == 4
    check_stored(shop)
    shop.ok("config", "unset", "authority.level_1")
    assert shop.json("due", "--kind", "approval")[0]["owner"] == "Wang"
    check_stored(shop)


def test_a_new_owner_takes_over_cases_and_promises_by_whichever_door(shop: Desk, tmp_path: Path) -> None:
    shop.ok("promise", "add", "1", "an answer", "--by", "fri")
    shop.ok("customer", "edit", "1", "--owner", "alice", "--region", "East")
    assert [event["step"] for event in shop.json("complaint", "show", "1")["events"]] == ["record"]
    shop.ok("customer", "edit", "1", "--owner", "bob")
    assert shop.json("complaint", "list")[0]["owner"] == "bob"
    assert shop.json("promise", "list")[0]["in_charge"] == "bob"
    sheet = tmp_path / "owners.csv"
    sheet.write_text("id,name,owner\n1,Golden Dragon,carol\n", encoding="utf-8")
    shop.ok("import", "customers", str(sheet), "--update")
    assert shop.json("complaint", "list")[0]["owner"] == "carol"
    assert shop.json("promise", "list")[0]["in_charge"] == "carol"
    shop.ok("customer", "handover", "carol", "dora")
    assert shop.json("complaint", "list")[0]["owner"] == "dora"
    check_stored(shop)


def test_one_call_about_two_cases_is_heard_by_both(shop: Desk) -> None:
    run(shop, "open 1 'the door sticks'", *(f"settle {n} --failure process --cause service --did x" for n in (1, 2)))
    shop.now = "2026-11-26 10:00"
    shop.ok("callback", "log", "1", "nothing of it works", "-s", "2")
    assert [(row["next_step"], row["reopened"]) for row in shop.json("complaint", "list")] == [("analyse", 1)] * 2
    check_stored(shop)


def test_a_remedy_in_time_keeps_the_reply_that_was_promised(shop: Desk) -> None:
    run(shop, *STEPS, "propose 1 'a new slip' --compensation 0 --recovery symbolic", "approve 1 --by alice --remark ok")
    run(shop, "escalate 1 --reason 'wants the head' --reply-by '2026-11-23 17:00'")
    shop.now = "2026-11-23 18:00"
    run(shop, "implement 1 --did 'brought it' --outcome full --at '2026-11-23 16:00'")
    assert shop.json("promise", "list", "--all")[0]["status"] == "kept"
    assert shop.json("complaint", "show", "1")["escalation_level"] == 1
    assert shop.ok("complaint", "escalate", "--overdue") == ""
    check_stored(shop)


def test_settling_keeps_a_promised_proposal_and_cannot_breaks_a_promised_resolution(shop: Desk) -> None:
    shop.ok("promise", "add", "cp1", "a proposal today", "--by", "today 17:00", "--clock", "proposal")
    run(shop, "settle 1 --failure process --cause service --did x")
    assert shop.json("promise", "list", "--all")[0]["status"] == "kept"
    run(shop, "open 1 'another one'")
    shop.ok("promise", "add", "cp2", "done by Friday", "--by", "fri", "--clock", "resolution")
    run(shop, *(step.replace(" 1 ", " 2 ", 1) for step in STEPS))
    run(shop, "propose 2 'a new slip' --compensation 0 --recovery symbolic", "approve 2 --by alice --remark ok")
    run(shop, "implement 2 --did 'tried it' --outcome cannot")
    assert shop.json("promise", "list")[0]["status"] == "open"
    run(shop, "close 2 --unresolved 'no such slip any more' --by Wang")
    assert [row["status"] for row in shop.json("promise", "list", "--all")] == ["kept", "broken"]
    check_stored(shop)


def test_a_withdrawn_case_holds_nobody_to_a_promise(shop: Desk) -> None:
    shop.ok("promise", "add", "cp1", "a call", "--by", "fri")
    run(shop, "withdraw 1 --reason 'found it'")
    assert shop.json("promise", "list", "--all")[0]["status"] == "released"
    check_stored(shop)


def test_what_has_happened_can_t_be_told_into_the_wrong_order(shop: Desk) -> None:
    shop.now = "2026-11-24 09:00"
    run(shop, *STEPS, "propose 1 'a new slip' --compensation 0 --recovery symbolic", "approve 1 --by alice --remark ok")
    shop.now = "2026-11-24 12:00"
    result = shop("complaint", "implement", "1", "--did", "x", "--outcome", "full", "--at", "2026-11-23 11:00")
    assert result.code == 2
    assert result.err.splitlines() == [
        "csm: 2026-11-23 11:00 lies before the last step of cp1: 2026-11-24 09:00",
        "hint: csm complaint show 1 shows when everything was",
    ]
    shop.ok("promise", "add", "1", "a call", "--by", "fri")
    result = shop("promise", "keep", "1", "--at", "2026-11-01 10:00")
    assert result.code == 2
    assert result.err.splitlines()[0] == "csm: 2026-11-01 10:00 lies before pr1 was made: 2026-11-24 12:00"
    assert shop.json("promise", "list")[0]["status"] == "open"


def test_a_summary_needs_a_case_that_was_asked_about(shop: Desk) -> None:
    result = shop("callback", "log", "1", "all well", "--summary", "late slip")
    assert result.code == 4
    assert shop.json("callback", "list", "--all") == []


def test_what_is_left_to_close_stands_on_the_page(shop: Desk) -> None:
    run(shop, "settle 1 --failure process --cause service --did x")
    shop.now = "2026-11-26 10:00"
    assert shop.json("today")["to_close"] == []
    shop.ok("callback", "done", "cb1", "all well", "-s", "4")
    assert shop.json("today")["to_close"] == [1]
    assert "To be closed: cp1 (csm complaint next ID)" in shop.ok("today")
    run(shop, "close 1 --summary 'late slip' --lesson 'look twice'")
    assert shop.json("today")["to_close"] == []
    assert shop.json("complaint", "show", "1")["satisfaction"] == 4


def test_a_leader_s_no_isn_t_settled_away_and_small_sums_add_up(shop: Desk) -> None:
    run(shop, *STEPS, "propose 1 'a slip' --compensation 150 --recovery equal", "reject 1 --by Wang --remark no")
    told = ("--failure", "process", "--cause", "service", "--did", "x", "--compensation")
    assert shop("complaint", "settle", "1", *told, "150").code == 4
    run(shop, "open 1 'another one'", "settle 2 --failure process --cause service --did x --compensation 150")
    run(shop, "close 2 --summary s --lesson l -s 2")
    assert shop("complaint", "settle", "2", *told, "60").code == 4
    run(shop, "settle 2 --failure process --cause service --did x --compensation 50")


def test_a_judgement_of_severity_counts_from_the_recording(shop: Desk) -> None:
    shop.now = "2026-11-23 14:00"
    run(shop, "respond 1 'rang'", "judge 1 --founded --responsibility ours --reason r --severity serious")
    case = shop.json("complaint", "show", "1")
    [first] = [row for row in case["deadlines"] if row["clock"] == "first-response"]
    # 2 h from 09:00 are over at 11:00; what was in time for a general case wasn't for a serious one
    assert (first["due"][11:16], first["missed"], case["escalation_level"]) == ("11:00", True, 1)
    check_stored(shop)


def test_the_daily_word_says_what_a_callback_did_to_its_case(shop: Desk) -> None:
    run(shop, "settle 1 --failure process --cause service --did x")
    shop.now = "2026-11-26 10:00"
    result = shop("done", "cb1", "cold again", "-s", "2")
    assert result.err.splitlines()[:2] == [
        "noted cb1 (satisfaction) with Golden Dragon",
        "cp1 is open again: the customer isn't satisfied",
    ]


def test_what_a_case_told_late_has_missed_already_is_said(shop: Desk) -> None:
    # general, 8 h: Friday 09:00 + 8 h = Friday 18:00
    result = shop("complaint", "open", "1", "the door sticks", "--received", "2026-11-20 09:00")
    assert result.err.splitlines()[1:3] == [
        "missed: first-response was due 2026-11-20 (Friday) 18:00",
        "up to level 1 by policy: first-response",
    ]
