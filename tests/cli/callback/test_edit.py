"""Callbacks corrected and opened again (handbook 5, 6.3); 2026-11-21 is a Saturday."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import Desk, Result, filled_once


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--contact", "Li Na;buyer;139 0000 0001")
    return desk


COLUMNS = "id,status,due_on,due_at,planned_on,every,series_on,channel,purpose,direction,owner,contact,note,satisfaction"


def one(desk: Desk, identity: int, *more: str) -> dict[str, Any]:
    rows = desk.json("callback", "list", "--all", "--columns", ",".join((COLUMNS, *more)))
    return next(row for row in rows if row["id"] == identity)


def refused(result: Result) -> list[str]:
    assert result.code == 4, result
    return result.err.splitlines()


# --- the plan of an open one --------------------------------------------------------------------------------------


def test_the_plan_of_an_open_one(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-12-01 15:00", "--note", "the oven")
    told = shop("callback", "edit", "cb1", "--due", "2026-12-03", "--purpose", "使用情况", "--channel", "visit",
                "--direction", "incoming", "--owner", "bob", "--note", "the new oven", "--contact", "Li Na",
                "--every", "2w")  # fmt: skip
    assert told.err.splitlines() == ["changed callback cb1, due 2026-12-03 (Thursday) 15:00 (Golden Dragon)"]
    assert one(shop, 1) == {
        "id": 1, "status": "open", "due_on": "2026-12-03", "due_at": "2026-12-03T15:00:00+00:00", "planned_on": "2026-12-01",
        "every": "2w", "series_on": "2026-12-01", "channel": "visit", "purpose": "usage", "direction": "incoming",
        "owner": "bob", "contact": "Li Na", "note": "the new oven", "satisfaction": None,
    }  # fmt: skip
    for field in ("time", "every", "contact", "note"):
        shop.ok("callback", "edit", "cb1", "--clear", field)
    after = one(shop, 1)
    assert [after[name] for name in ("due_at", "every", "series_on", "contact", "note")] == [None] * 5
    assert shop.message("callback", "edit", "cb1", "--owner", "bob") == "nothing changed"


def test_another_interval_counts_from_the_planned_day(shop: Desk) -> None:
    """Planned for Tuesday 1 December, every two weeks; edited to a month: the next is 1 January, a Friday."""
    shop.ok("callback", "add", "1", "--on", "2026-12-01", "--every", "2w")
    shop.ok("callback", "edit", "1", "--every", "1m")
    shop.now = "2026-12-01 10:00"
    assert shop.message("callback", "done", "cb1").endswith("next: cb2 on 2027-01-01 (Friday)")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("cb9", "--note", "x"), 3),
        (("cb1",), 2),
        (("cb1", "--every", "often"), 2),
        (("cb1", "--from-done", "yes"), 2),
        (("cb1", "--note", "x", "--clear", "note"), 2),
        (("cb1", "--clear", "due"), 2),
        (("cb1", "--satisfaction", "4"), 4),
        (("cb1", "--outcome", "reached"), 4),
        (("cb1", "--cost", "12"), 4),
        (("cb1", "--at", "2026-11-20"), 4),
        (("cb1", "--contact", "nobody"), 3),
        (("cb2", "--satisfaction", "6"), 2),
        (("cb2", "--due", "fri"), 4),
        (("cb2", "--every", "2w"), 4),
        (("cb2", "--outcome", "no-answer"), 4),
        (("cb2", "--at", "2026-12-20"), 2),
    ],
)
def test_what_has_no_place_is_refused_and_changes_nothing(shop: Desk, arguments: tuple[str, ...], code: int) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-12-01")
    shop.ok("callback", "log", "1", "met")
    before = shop.sql("SELECT * FROM callback")
    result = shop("callback", "edit", *arguments)
    assert (result.code, result.out) == (code, ""), result
    assert shop.sql("SELECT * FROM callback") == before


def test_refusals_name_the_way(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-12-01")
    assert refused(shop("callback", "edit", "cb1", "--satisfaction", "4")) == [
        "csm: cb1 isn't done, so --satisfaction has no place on it",
        'hint: csm callback done cb1 "..." notes what came of it',
    ]
    shop.ok("callback", "skip", "cb1")
    assert refused(shop("callback", "edit", "cb1", "--due", "fri")) == [
        "csm: cb1 isn't open any more (skipped), so its plan can't be changed",
        "hint: csm callback reopen cb1 opens it again",
    ]
    assert refused(shop("callback", "edit", "cb1", "--due", "fri", lang="zh"))[0] == (
        "csm: cb1 已不是待办（已跳过），计划不能再改"
    )


# --- what came of one that is done --------------------------------------------------------------------------------


def test_what_came_of_a_done_one(shop: Desk) -> None:
    shop.ok("callback", "log", "1", "happy", "--cost", "12", "--at", "2026-11-20 10:00")
    told = shop.message("callback", "edit", "cb1", "--note", "not so happy", "--satisfaction", "2", "--objection", "price",
                        "--suggestion", "smaller", "--cost", "15.50", "--outcome", "refused")  # fmt: skip
    assert told == "changed callback cb1 (Golden Dragon)"
    row = one(shop, 1, "objection", "suggestion", "cost", "outcome")
    assert [row[name] for name in ("note", "satisfaction", "objection", "suggestion", "cost", "outcome")] == [
        "not so happy", 2, "price", "smaller", 15.5, "refused",
    ]  # fmt: skip
    shop.ok("callback", "edit", "cb1", "--clear", "satisfaction", "--clear", "cost")
    row = one(shop, 1, "cost")
    assert (row["satisfaction"], row["cost"]) == (None, None)


def test_another_day_moves_the_last_contact_and_what_the_cadence_planned(shop: Desk) -> None:
    """A partner is called 14 days after the last contact: from the 20th on 4 December, from the 16th on the 30th."""
    shop.ok("customer", "edit", "1", "--relationship", "partnership")
    shop.ok("callback", "log", "1", "met", "--at", "2026-11-20 10:00")
    shop.ok("callback", "plan")
    assert one(shop, 2)["due_on"] == "2026-12-04"
    shop.ok("callback", "edit", "cb1", "--at", "2026-11-16 10:00")
    assert one(shop, 2)["due_on"] == "2026-11-30"
    assert shop.json("customer", "show", "1")["last_contact_on"] == "2026-11-16"


@pytest.mark.parametrize(
    ("rule", "put"), [(("--relationship", "proactive"), "2026-12-21"), (("--visit-every", "2w"), "2026-12-05")]
)
def test_what_somebody_moved_stays_where_the_last_contact_is_another_day(
    desk: Desk, rule: tuple[str, str], put: str
) -> None:
    """30 days from the card of 21 November are 21 December, 2 weeks are 5 December, a Saturday; moved to the 9th."""
    desk.ok("customer", "add", "Golden Dragon", *rule)
    desk.ok("callback", "plan")
    assert one(desk, 1)["due_on"] == put
    desk.ok("callback", "log", "1", "at the door", "--channel", "visit", "--keep")
    desk.ok("callback", "move", "cb1", "2026-12-09")
    desk.now = "2026-11-24 09:00"
    desk.ok("callback", "edit", "cb2", "--at", "2026-11-20 10:00")
    assert one(desk, 1)["due_on"] == "2026-12-09"


def test_what_was_noted_together_has_its_figures_once(shop: Desk) -> None:
    for purpose in ("usage", "news"):
        shop.ok("callback", "add", "1", "--on", "today", "--purpose", purpose)
    shop.ok("callback", "done", "golden", "fine", "-s", "4")
    assert refused(shop("callback", "edit", "cb2", "--satisfaction", "3")) == [
        "csm: cb2 was noted together with cb1, which has the figures of both",
        "hint: csm callback edit cb1 changes them",
    ]
    shop.ok("callback", "edit", "cb1", "--satisfaction", "3")


# --- the answer about a case --------------------------------------------------------------------------------------


@pytest.fixture
@filled_once
def answered(shop: Desk) -> Desk:
    """Return the desk of a case whose satisfaction callback, cb1, closed it with a 4."""
    shop.ok("complaint", "open", "1", "cold oven", "--settled", "repaired")
    shop.ok("callback", "done", "cb1", "all right now", "-s", "4", "--summary", "repaired at once")
    assert shop.json("complaint", "show", "1")["status"] == "closed"
    return shop


def test_a_lower_satisfaction_opens_the_case_again(answered: Desk) -> None:
    told = answered("callback", "edit", "cb1", "--satisfaction", "2", "--note", "cold again")
    assert told.code == 0
    assert "cp1" in told.err
    case = answered.json("complaint", "show", "1")
    assert (case["status"], case["satisfaction"], case["reopened"]) == ("open", None, 1)
    # raised again it would contradict what was done since: the case goes on
    assert refused(answered("callback", "edit", "cb1", "--satisfaction", "5")) == [
        "csm: cp1 was opened again because of what was said on cb1, and goes on",
        "hint: csm complaint next 1 says how",
    ]
    assert one(answered, 1)["satisfaction"] == 2


def test_another_good_satisfaction_is_that_of_the_case(answered: Desk) -> None:
    answered.ok("callback", "edit", "cb1", "--satisfaction", "5")
    case = answered.json("complaint", "show", "1")
    assert (case["status"], case["satisfaction"], case["reopened"]) == ("closed", 5, 0)


def test_an_answer_is_not_opened_again_but_its_case_is(answered: Desk) -> None:
    expected = [
        "csm: cb1 is the customer's answer about cp1, and what came of it is on record there",
        'hint: csm complaint reopen 1 --reason "..." opens the case again',
    ]
    assert refused(answered("callback", "reopen", "cb1")) == expected
    assert refused(answered("callback", "edit", "cb1", "--at", "2026-11-20")) == expected


@pytest.mark.parametrize("option", ["-s", "--satisfaction"])
def test_satisfaction_is_typed_as_when_it_was_noted(shop: Desk, option: str) -> None:
    shop.ok("callback", "add", "1", "--on", "today")
    shop.ok("callback", "done", "1", "-s", "2")
    shop.ok("callback", "edit", "1", option, "4")
    assert one(shop, 1)["satisfaction"] == 4
    assert shop("callback", "edit", "1", option, "6").code == 2


# --- open again ---------------------------------------------------------------------------------------------------


def test_a_done_one_is_open_again_and_what_its_series_planned_is_withdrawn(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--every", "2w", "--note", "the oven")
    shop.ok("callback", "done", "1", "wrong customer", "-s", "1", "--cost", "5")
    assert shop.message("callback", "reopen", "cb1") == (
        "callback cb1 is open again, due 2026-11-21 (Saturday); withdrawn: cb2 (Golden Dragon)"
    )
    row = one(shop, 1, "done_at", "outcome", "cost", "done_by")
    assert [row[name] for name in ("status", "note", "satisfaction", "done_at", "outcome", "cost", "done_by")] == [
        "open", "the oven", None, None, None, None, None,
    ]  # fmt: skip
    assert one(shop, 2, "reason")["status"] == "cancelled"
    assert shop.json("customer", "show", "1")["last_contact_on"] is None
    # done once more it goes on as if nothing had been
    assert shop.message("callback", "done", "1").endswith("next: cb3 on 2026-12-05 (Saturday)")


def test_what_was_done_or_moved_since_is_not_withdrawn(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--every", "2w")
    shop.ok("callback", "done", "1")
    shop.ok("callback", "move", "2", "2026-12-09")
    assert refused(shop("callback", "reopen", "1"))[0] == (
        "csm: cb2, which was planned after cb1, isn't as it was planned any more (open)"
    )
    shop.ok("callback", "done", "cb2")
    assert refused(shop("callback", "reopen", "1"))[0] == (
        "csm: cb2, which was planned after cb1, isn't as it was planned any more (done)"
    )
    # the way: the last one first
    shop.ok("callback", "reopen", "cb2")
    shop.ok("callback", "move", "cb2", "2026-12-05")
    assert shop.message("callback", "reopen", "1").endswith("withdrawn: cb2 (Golden Dragon)")


def test_what_was_asked_for_with_next_is_withdrawn(shop: Desk) -> None:
    """cb2 came of `--next` when cb1 was done; cb3 was planned by hand and stays."""
    shop.ok("callback", "add", "1", "--on", "today")
    shop.ok("callback", "done", "1", "--next", "2026-12-09")
    shop.ok("callback", "add", "1", "--on", "2026-12-16")
    shop.ok("callback", "done", "2")
    assert refused(shop("callback", "reopen", "1"))[0] == (
        "csm: cb2, which was planned after cb1, isn't as it was planned any more (done)"
    )
    shop.ok("callback", "reopen", "2")
    shop.ok("callback", "move", "2", "2026-12-10")
    assert shop.message("callback", "reopen", "1").endswith("withdrawn: cb2 (Golden Dragon)")
    assert [one(shop, identity)["status"] for identity in (1, 2, 3)] == ["open", "cancelled", "open"]


def test_one_taken_out_of_the_series_stays(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--every", "2w")
    shop.ok("callback", "done", "1")
    shop.ok("callback", "move", "2", "2026-12-09")
    shop.ok("callback", "edit", "2", "--clear", "every")
    shop.ok("callback", "reopen", "1")
    assert (one(shop, 1)["status"], one(shop, 2)["status"]) == ("open", "open")


@pytest.mark.parametrize("end", [("skip", "1"), ("done", "1", "--refused")])
def test_a_skipped_one_and_the_cadence(shop: Desk, end: tuple[str, ...]) -> None:
    """The cadence has one open at most: the one that skipping or doing it made goes."""
    shop.ok("customer", "edit", "1", "--relationship", "partnership")
    shop.ok("callback", "plan")
    shop.ok("callback", *end)
    assert one(shop, 2)["status"] == "open"
    shop.ok("callback", "reopen", "1")
    assert [one(shop, identity)["status"] for identity in (1, 2)] == ["open", "cancelled"]
    assert shop.json("callback", "plan", "--dry-run") == []


@pytest.mark.parametrize(
    ("rule", "put"), [(("--relationship", "proactive"), "2026-12-21"), (("--visit-every", "2w"), "2026-12-05")]
)
def test_what_a_rule_planned_is_open_again_on_its_own_day(desk: Desk, rule: tuple[str, str], put: str) -> None:
    """Late before it was noted by mistake, late again after."""
    desk.ok("customer", "add", "Golden Dragon", *rule)
    desk.ok("callback", "plan")
    desk.now = "2026-12-22 09:00"
    desk.ok("callback", "done", "1", "the wrong card")
    assert desk.message("callback", "reopen", "1").startswith(f"callback cb1 is open again, due {put} ")
    assert [one(desk, 1)[name] for name in ("due_on", "planned_on")] == [put, put]


def test_what_was_noted_together_keeps_its_figures(shop: Desk) -> None:
    for purpose in ("usage", "news", "offer"):
        shop.ok("callback", "add", "1", "--on", "today", "--purpose", purpose)
    shop.ok("callback", "done", "golden", "fine", "-s", "4")
    shop.ok("callback", "reopen", "cb1")
    found = shop.sql("SELECT id, status, satisfaction, served_with FROM callback ORDER BY id")
    assert found == [(1, "open", None, None), (2, "done", 4, None), (3, "done", None, 2)]


def test_what_is_open_or_may_not_be_planned_is_refused(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today")
    assert refused(shop("callback", "reopen", "1")) == ["csm: cb1 is open"]
    shop.ok("callback", "done", "1")
    shop.ok("customer", "edit", "1", "--do-not-contact", "yes")
    assert refused(shop("callback", "reopen", "1"))[0].startswith("csm: Golden Dragon")
    assert shop("callback", "reopen", "9").code == 3


# --- the same by a file -------------------------------------------------------------------------------------------


def imported(desk: Desk, text: str) -> Result:
    sheet = desk.folder / "callbacks.csv"
    sheet.write_text(text, encoding="utf-8")
    return desk("import", "callbacks", sheet, "--update")


def test_a_file_changes_an_answer_by_the_same_rule(answered: Desk) -> None:
    due_on = one(answered, 1)["due_on"]
    assert imported(answered, f"id,customer,due_on,satisfaction\n1,Golden Dragon,{due_on},2\n").code == 0
    case = answered.json("complaint", "show", "1")
    assert (case["status"], case["reopened"]) == ("open", 1)
    result = imported(answered, f"id,customer,due_on,satisfaction\n1,Golden Dragon,{due_on},5\n")
    assert result.code == 2
    assert "line 2" in result.err and "cp1 was opened again because of what was said on cb1" in result.err
    assert one(answered, 1)["satisfaction"] == 2


def test_a_file_moves_the_last_contact_and_the_series_by_the_same_rule(shop: Desk) -> None:
    """14 days from the 16th is the 30th; another interval counts from the planned day, 1 December to 1 January."""
    shop.ok("customer", "edit", "1", "--relationship", "partnership")
    shop.ok("callback", "log", "1", "met", "--at", "2026-11-20 10:00")
    shop.ok("callback", "plan")
    assert imported(shop, "id,customer,due_on,done_on\n1,Golden Dragon,2026-11-20,2026-11-16\n").code == 0
    assert one(shop, 2)["due_on"] == "2026-11-30"
    shop.ok("callback", "add", "1", "--on", "2026-12-01")
    assert imported(shop, "id,customer,due_on,every\n3,Golden Dragon,2026-12-01,1m\n").code == 0
    assert (one(shop, 3)["every"], one(shop, 3)["series_on"]) == ("1m", "2026-12-01")
    assert imported(shop, "id,customer,due_on,outcome\n1,Golden Dragon,2026-11-20,no-answer\n").code == 2
