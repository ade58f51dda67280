"""Authority on every path: what a case has been given already counts with what is proposed (handbook 6.6)."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.desk import Desk, Result, filled_once

FOUNDED = "judge 1 --founded --responsibility ours --reason x"
ASSIGNED = "assign 1 --to bob --department service --route settle"
ANALYSED = "analyse 1 --failure process --cause company --finding x"
DONE = "implement 1 --did x --outcome full"
AGAIN = "close 1 --summary x --lesson y -s 2"  # the customer isn't satisfied, so it is open again
SETTLED = "--did x --failure process --cause service"


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with a case, a dedicated manager (up to 2,000), a head (10,000) and a general manager."""
    desk.now = "2026-11-23 09:00"
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001")
    desk.ok("staff", "add", "Wang Fang", "--level", "1", "--department", "service")
    desk.ok("staff", "add", "Liu Wei", "--level", "2", "--department", "head office")
    desk.ok("staff", "add", "Chen Zong", "--level", "3", "--department", "head office")
    desk.ok("complaint", "open", "1", "the oven is cold")
    return desk


def ask(desk: Desk, line: str, lang: str = "en") -> Result:
    return desk("complaint", *shlex.split(line), lang=lang)


def run(desk: Desk, *lines: str) -> None:
    for line in lines:
        result = ask(desk, line)
        assert result.code == 0, (line, result)


def propose(amount: str) -> str:
    return f"propose 1 'a new seal' --compensation {amount} --recovery equal"


def first_round(desk: Desk, amount: str = "1500") -> None:
    """Give an amount and open the case again, up to the next proposal."""
    run(desk, FOUNDED, ASSIGNED, ANALYSED, propose(amount), "approve 1 --by 'Wang Fang' --remark ok", DONE, AGAIN)
    run(desk, ANALYSED)


def deciders(desk: Desk) -> list[str]:
    """Return whose work it is to decide, by the list of each of them."""
    names = ("Wang Fang", "Liu Wei", "Chen Zong")
    return [name for name in names if desk.json("due", "--kind", "approval", "--owner", name, "--days", "9")]


# --- approve and reject -------------------------------------------------------------------------------------------


def test_two_rounds_of_1500_need_level_2(shop: Desk) -> None:
    first_round(shop)
    run(shop, propose("1500"))
    # 1,500 + 1,500 = 3,000: above the 2,000 of level 1, within the 10,000 of level 2
    assert deciders(shop) == ["Liu Wei", "Chen Zong"]
    assert [row["owner"] for row in shop.json("due", "--kind", "approval", "--days", "9")] == ["Liu Wei"]
    before = shop.sql("SELECT count(*) FROM complaint_event")
    for verb in ("approve", "reject"):
        result = ask(shop, f"{verb} 1 --by 'Wang Fang' --remark x")
        assert result.code == 4
        assert result.err.splitlines() == [
            "csm: Wang Fang may decide up to 2,000.00: given so far 1,500.00, proposed 1,500.00, together 3,000.00;"
            " may decide: Liu Wei, Chen Zong",
            f'hint: csm complaint {verb} 1 --by "..." --remark "..."',
        ]
    assert shop.sql("SELECT count(*) FROM complaint_event") == before
    found = shop.json("complaint", "show", "1")
    assert found["authority"] == {
        "given": 1500, "proposed": 1500, "total": 3000, "level": 2, "limit": 10000, "deciders": ["Liu Wei", "Chen Zong"],
    }  # fmt: skip
    page = shop.ok("complaint", "show", "1")
    assert "given so far 1,500.00, proposed 1,500.00, together 3,000.00; level 2 may decide up to 10,000.00" in page
    run(shop, "approve 1 --by 'Liu Wei' --remark x")
    assert shop.json("complaint", "show", "1")["compensation"] == 3000


@pytest.mark.parametrize(("second", "code"), [("500", 0), ("500.01", 4)])
def test_exactly_the_limit_passes(shop: Desk, second: str, code: int) -> None:
    first_round(shop)  # 1,500 + 500 = 2,000
    run(shop, propose(second))
    assert ask(shop, "approve 1 --by 'Wang Fang' --remark x").code == code


def test_the_level_that_the_case_stands_at_decides_nothing_about_money(shop: Desk) -> None:
    run(shop, "escalate 1 --reason x --reply-by 'today 17:00' --to-level 3", FOUNDED, ASSIGNED, ANALYSED)
    run(shop, propose("2000.01"))
    assert ask(shop, "approve 1 --by 'Wang Fang' --remark x").code == 4
    assert ask(shop, "approve 1 --by alice --remark x").code == 4


def test_where_nobody_may_that_is_said(shop: Desk) -> None:
    run(shop, FOUNDED, ASSIGNED, ANALYSED, propose("10000.01"))
    shop.ok("staff", "retire", "Chen Zong")
    result = ask(shop, "approve 1 --by 'Liu Wei' --remark x")
    assert (result.code, result.err.splitlines()) == (
        4, [
            "csm: Liu Wei may decide up to 10,000.00: given so far 0.00, proposed 10,000.01, together 10,000.01;"
            " nobody on the staff list may decide this",
            "hint: csm staff add NAME --level 3 lists somebody who may; csm staff edit NAME --level 3 somebody who is"
            " listed",
        ],
    )  # fmt: skip
    zh = ask(shop, "approve 1 --by 'Liu Wei' --remark x", lang="zh").err.splitlines()[0]
    assert zh == "csm: Liu Wei可批至 10,000.00：已给 0.00，拟给 10,000.01，合计 10,000.01；员工名单中无人有权审批"


def test_a_limit_that_changes_passes_the_waiting_proposal_on(shop: Desk) -> None:
    first_round(shop)
    run(shop, propose("500"))  # 2,000 in all
    assert deciders(shop) == ["Wang Fang", "Liu Wei", "Chen Zong"]
    shop.ok("config", "set", "authority.level_1", "1999.99")
    assert deciders(shop) == ["Liu Wei", "Chen Zong"]
    shop.ok("config", "unset", "authority.level_1")
    assert deciders(shop) == ["Wang Fang", "Liu Wei", "Chen Zong"]


# --- settle and open --settled ------------------------------------------------------------------------------------


def test_settling_counts_the_rounds_before(shop: Desk) -> None:
    run(shop, f"settle 1 {SETTLED} --compensation 150", AGAIN)
    # 150 + 50.01 = 200.01: above the 200 of level 0
    result = ask(shop, f"settle 1 {SETTLED} --compensation 50.01")
    assert (result.code, result.err.splitlines()) == (
        4, [
            "csm: alice may decide up to 200.00: given so far 150.00, proposed 50.01, together 200.01;"
            " may decide: Wang Fang, Liu Wei, Chen Zong",
            'hint: csm complaint analyse 1 --failure process --cause service --finding "..."',
        ],
    )  # fmt: skip
    run(shop, f"settle 1 {SETTLED} --compensation 50")
    assert shop.json("complaint", "show", "1")["compensation"] == 200


def test_what_didn_t_settle_it_yet_was_given_too(shop: Desk) -> None:
    run(shop, f"settle 1 {SETTLED} --compensation 150 --outcome not-yet")
    assert ask(shop, f"settle 1 {SETTLED} --compensation 50.01").code == 4
    run(shop, f"settle 1 {SETTLED} --compensation 50")


def test_a_grievance_settled_again_and_again_counts_all_of_it(shop: Desk) -> None:
    run(
        shop,
        "open 1 'slow at the till' --level grievance",
        "settle 2 --did x --compensation 150",
        "reopen 2 --reason x",
    )
    run(shop, "settle 2 --did x --compensation 40", "reopen 2 --reason x")
    # 150 + 40 = 190; 10 more are exactly 200
    assert ask(shop, "settle 2 --did x --compensation 10.01").code == 4
    run(shop, "settle 2 --did x --compensation 10")
    assert shop.json("complaint", "show", "2")["compensation"] == 200


def test_a_grievance_that_became_a_complaint_takes_its_money_along(shop: Desk) -> None:
    run(
        shop,
        "open 1 'slow at the till' --level grievance",
        "settle 2 --did x --compensation 150",
        "reopen 2 --reason x",
    )
    run(shop, "raise 2")
    assert ask(shop, f"settle 2 {SETTLED} --compensation 50.01").code == 4


@pytest.mark.parametrize(("amount", "code"), [("200", 0), ("200.01", 4)])
def test_opened_as_settled(shop: Desk, amount: str, code: int) -> None:
    for kind in ("complaint", "grievance"):
        line = f"open 1 'a box is missing' --level {kind} --settled 'brought it' --compensation {amount}"
        assert ask(shop, line).code == code


# --- implement ----------------------------------------------------------------------------------------------------


def test_what_it_cost_in_the_end_counts(shop: Desk) -> None:
    run(shop, FOUNDED, ASSIGNED, ANALYSED, propose("1500"), "approve 1 --by 'Wang Fang' --remark ok")
    over = ask(shop, f"{DONE} --compensation 1500.01")
    assert (over.code, over.err.splitlines()[0]) == (4, "csm: 1,500.01 is more than was approved for cp1: 1,500.00")
    run(shop, f"{DONE} --compensation 600", AGAIN, ANALYSED, propose("1400"))  # 600 + 1,400 = 2,000
    assert deciders(shop) == ["Wang Fang", "Liu Wei", "Chen Zong"]
    assert shop.json("complaint", "list")[0]["compensation"] == 2000


def test_a_rejected_proposal_costs_nothing(shop: Desk) -> None:
    run(shop, FOUNDED, ASSIGNED, ANALYSED, propose("1500"), "reject 1 --by 'Wang Fang' --remark x")
    assert shop.json("complaint", "show", "1")["compensation"] is None
    run(shop, propose("1500"))
    assert deciders(shop) == ["Wang Fang", "Liu Wei", "Chen Zong"]


# --- imports keep what happened -----------------------------------------------------------------------------------


def test_an_imported_history_is_kept_and_counts(shop: Desk, tmp_path: Path) -> None:
    first_round(shop)
    run(shop, propose("1500"))
    shop.ok("export", "all", tmp_path / "all")
    copy = Desk(tmp_path, now=shop.now, name="copy.db")
    copy.ok("import", "all", tmp_path / "all")
    assert copy.json("complaint", "show", "1")["authority"]["total"] == 3000
    assert deciders(copy) == ["Liu Wei", "Chen Zong"]
    assert ask(copy, "approve 1 --by 'Wang Fang' --remark x").code == 4


def test_an_old_case_whose_file_tells_an_amount_counts_it(shop: Desk, tmp_path: Path) -> None:
    told = tmp_path / "old.csv"
    told.write_text(
        "customer,summary,received_at,founded,cause,compensation,outcome,next_step\n"
        "Golden Dragon,old one,2026-11-20 10:00,founded,service,1500,not-yet,propose\n"
    )
    shop.ok("import", "complaints", told)
    run(shop, "propose 2 x --compensation 500.01 --recovery equal")
    assert ask(shop, "approve 2 --by 'Wang Fang' --remark x").code == 4
    run(shop, "propose 2 x --compensation 500 --recovery equal", "approve 2 --by 'Wang Fang' --remark x")


# --- a proposal replaced before it is decided ---------------------------------------------------------------------


def test_who_proposed_can_replace_it_until_it_is_decided(shop: Desk) -> None:
    run(shop, FOUNDED, ASSIGNED, ANALYSED, propose("1500"))
    shop.now = "2026-11-24 10:00"
    shop.user = "ALICE"  # the same person, however written
    told = ask(shop, "propose 1 'a new oven' --compensation 2500 --recovery more --recovery-time after").err
    assert told.splitlines()[0] == "proposed another remedy for cp1, in place of the one before (Golden Dragon)"
    found = shop.json("complaint", "show", "1")
    assert (found["next_step"], found["compensation"], found["recovery"]) == ("approve", 2500, "more")
    assert [event["text"] for event in found["events"] if event["step"] == "propose"] == ["a new seal", "a new oven"]
    # the clock was met by the first; it waits for its decision since the second, by level 2 now
    [proposal] = [one for one in found["deadlines"] if one["clock"] == "proposal"]
    assert (proposal["met_at"][:16], proposal["standing"]) == ("2026-11-23T09:00", "met")
    assert deciders(shop) == ["Liu Wei", "Chen Zong"]
    assert [row["due"] for row in shop.json("due", "--kind", "approval")] == ["2026-11-24"]
    page = shop.ok("complaint", "show", "1")
    assert "replaced by the next proposal" in page and "in place of the one before" in page
    run(shop, "approve 1 --by 'Liu Wei' --remark x")
    assert ask(shop, propose("1")).code == 4  # decided on


def test_somebody_else_can_t_replace_it(shop: Desk) -> None:
    run(shop, FOUNDED, ASSIGNED, ANALYSED, propose("1500"))
    shop.user = "bob"
    result = ask(shop, propose("1"))
    assert (result.code, result.err.splitlines()) == (
        4, [
            "csm: alice made the proposal that waits for a decision on cp1, and they alone can replace it",
            'hint: csm complaint reject 1 --by "..." --remark "..."',
        ],
    )  # fmt: skip
    assert "alice" in ask(shop, propose("1"), lang="zh").err
