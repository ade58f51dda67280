"""The same customer is not called twice (handbook 5): what planning says, what a contact fulfils, what a cadence leaves.

2026-11-21 is a Saturday; Sundays aren't worked.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--relationship", "partnership", "--route", "East")
    return desk


def words(desk: Desk, *arguments: str, lang: str = "en") -> list[str]:
    result = desk(*arguments, lang=lang)
    assert result.code == 0, result
    return result.err.splitlines()


def status(desk: Desk) -> dict[int, str]:
    return {row["id"]: row["status"] for row in desk.json("callback", "list", "--all")}


# --- planning says ------------------------------------------------------------------------------------------------


def test_planning_says_what_is_planned_within_a_week_either_side(shop: Desk) -> None:
    """Planned for the 28th: the 21st and the 5th are seven days away, the 20th and the 6th eight."""
    for day in ("2026-11-20", "2026-11-21", "2026-12-05", "2026-12-07"):
        shop.ok("callback", "add", "1", "--on", day, "--purpose", "usage")
    shop.ok("callback", "add", "1", "--on", "2026-12-01", "--purpose", "delivery", "--channel", "visit")
    assert words(shop, "callback", "add", "1", "--on", "2026-11-28", "--purpose", "news") == [
        "also planned with them within a week: cb2 (usage) on 2026-11-21 (Saturday),"
        " cb5 (delivery, visit) on 2026-12-01 (Tuesday), cb3 (usage) on 2026-12-05 (Saturday)",
        "planned callback cb6 with Golden Dragon on 2026-11-28 (Saturday)",
    ]
    zh = words(shop, "callback", "add", "1", "--on", "2026-12-12", lang="zh")
    assert zh[0] == "该客户一周内还有安排：cb3（使用情况）2026-12-05（星期六），cb4（使用情况）2026-12-07（星期一）"


def test_so_does_the_next_one_that_a_contact_plans(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-11-21")
    shop.ok("callback", "add", "1", "--on", "2026-12-01", "--purpose", "news")
    told = words(shop, "callback", "done", "1", "--next", "2026-11-29")
    assert told == [
        "noted cb1 (other) with Golden Dragon; next: cb3 on 2026-11-29 (Sunday)",
        "2026-11-29 (Sunday) is not a working day",
        "also planned with them within a week: cb2 (news) on 2026-12-01 (Tuesday)",
    ]
    assert words(shop, "callback", "log", "1", "--next", "2027-01-11") == [
        "noted a contact with Golden Dragon as cb4; next: cb5 on 2027-01-11 (Monday)"
    ]


def test_a_plan_for_many_names_them(shop: Desk) -> None:
    """The cadence plans the 5th, fourteen days after the card was made; a call on the 8th is three days away."""
    shop.ok("callback", "add", "1", "--on", "2026-12-08")
    assert words(shop, "callback", "plan") == [
        "also planned within a week with: Golden Dragon",
        "planned 1 callback, on 2026-12-05 (Saturday)",
    ]
    assert words(shop, "callback", "plan", "--route", "East", "--on", "2026-12-01", "--dry-run")[0] == (
        "also planned within a week with: Golden Dragon"
    )


# --- a cadence beside a series ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "planned"), [("2w", 0), ("14d", 0), ("1w", 0), ("workday", 0), ("15d", 1), ("1m", 1), ("eom", 1)]
)
def test_a_cadence_does_not_plan_beside_a_series_at_least_as_frequent(shop: Desk, every: str, planned: int) -> None:
    """A partner is called every 14 days."""
    shop.ok("callback", "add", "1", "--on", "2026-12-01", "--every", every)
    assert shop.json("today")["unplanned"] == planned
    assert len(shop.json("callback", "plan", "--dry-run")) == planned


def test_a_month_is_as_frequent_as_thirty_days(desk: Desk) -> None:
    desk.ok("customer", "add", "Rose", "--relationship", "proactive")
    desk.ok("callback", "add", "1", "--on", "2026-12-01", "--every", "1m")
    assert desk.json("callback", "plan", "--dry-run") == []


def test_once_the_cadence_is_done_it_makes_none_beside_a_series(shop: Desk) -> None:
    shop.ok("callback", "plan")
    shop.ok("callback", "add", "1", "--on", "2026-12-09", "--every", "1w")
    shop.now = "2026-12-05 10:00"
    assert words(shop, "callback", "done", "cb1") == ["noted cb1 (usage) with Golden Dragon"]
    assert status(shop) == {1: "done", 2: "open"}


# --- what a contact fulfils -----------------------------------------------------------------------------------------


def test_a_visit_is_not_done_by_a_phone_call(shop: Desk) -> None:
    shop.ok("callback", "plan", "--route", "East", "--on", "today")
    shop.ok("callback", "add", "1", "--on", "today", "--purpose", "usage")
    assert words(shop, "callback", "log", "1", "happy birthday", "--purpose", "care") == [
        "noted; that fulfils what was due with Golden Dragon: cb2",
        "still open, since that isn't done this way: cb1 (usage, visit)",
    ]
    assert status(shop) == {1: "open", 2: "done"}
    assert words(shop, "callback", "log", "1", "rang again", lang="zh") == [
        "已记录与Golden Dragon的联系：cb3",
        "以下事项不能以这种方式完成，仍为待办：cb1（使用情况，上门拜访）",
    ]
    assert words(shop, "callback", "log", "1", "was there", "--channel", "visit") == [
        "noted; that fulfils what was due with Golden Dragon: cb1"
    ]


def test_an_incoming_letter_for_something_else_does_no_call(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--purpose", "usage")
    assert words(
        shop, "callback", "log", "1", "the bill", "--purpose", "documents", "--channel", "email", "--incoming"
    ) == [
        "noted a contact with Golden Dragon as cb2",
        "still open, since that isn't done this way: cb1 (usage)",
    ]


def test_done_for_a_customer_leaves_the_visit_and_says_so(shop: Desk) -> None:
    for channel in ("phone", "visit"):
        shop.ok("callback", "add", "1", "--on", "today", "--channel", channel)
    assert words(shop, "callback", "done", "golden") == [
        "noted cb1 (other) with Golden Dragon",
        "still open, since that isn't done this way: cb2 (other, visit)",
    ]
    # what is left is all visits: with nothing else said that is what was done
    assert words(shop, "callback", "done", "golden") == ["noted cb2 (other) with Golden Dragon"]


def test_done_by_phone_is_refused_where_all_that_is_due_are_visits(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--channel", "visit")
    refused = shop("callback", "done", "golden", "--channel", "phone")
    assert (refused.code, refused.err.splitlines()) == (4, [
        "csm: cb1 can't be done by phone",
        "hint: csm callback log 1 TEXT notes a contact that wasn't planned",
    ])  # fmt: skip
    # named by its number it is what the user says it is
    assert words(shop, "callback", "done", "cb1", "--channel", "phone") == ["noted cb1 (other) with Golden Dragon"]


def test_a_call_in_vain_leaves_the_visit_and_one_that_postpones_moves_it(shop: Desk) -> None:
    """Nobody answers on Saturday: the call is tried again on Monday, the visit is for today as before."""
    shop.ok("callback", "add", "1", "--on", "today", "--channel", "visit")
    shop.ok("callback", "log", "1", "--no-answer")
    days = "SELECT id, due_on, tries FROM callback ORDER BY id"
    assert shop.sql(days) == [(1, "2026-11-21", 0), (2, "2026-11-23", 1)]
    assert words(shop, "callback", "log", "1", "not today", "--postponed", "2026-11-24")[0].startswith(
        "noted the try with Golden Dragon; cb1 is open"
    )
    assert shop.sql(days)[0] == (1, "2026-11-24", 0)


def test_a_call_that_settles_a_case_is_heard_on_its_callback_alone(shop: Desk) -> None:
    """A satisfaction callback that is a visit isn't done by a phone call about something else, nor is its case heard."""
    shop.ok("complaint", "open", "1", "cold oven", "--settled", "repaired")
    shop.ok("callback", "move", "cb1", "today")
    shop.ok("callback", "edit", "cb1", "--channel", "visit")
    before = shop.json("complaint", "show", "1")["events"]
    shop.ok("callback", "log", "1", "the list", "--purpose", "news", "-s", "5")
    assert status(shop)[1] == "open"
    assert shop.json("complaint", "show", "1")["events"] == before


def test_a_done_row_without_a_channel_is_not_the_visit_of_that_day(shop: Desk, tmp_path: Path) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--channel", "visit", "--purpose", "usage")
    sheet = tmp_path / "done.csv"
    sheet.write_text("customer,done_on,note,status\nGolden Dragon,2026-11-21,rang them,done\n")
    shop.ok("import", "callbacks", sheet, "--update")
    assert status(shop) == {1: "open", 2: "done"}
    sheet.write_text("customer,done_on,note,status,channel\nGolden Dragon,2026-11-21,was there,done,visit\n")
    shop.ok("import", "callbacks", sheet, "--update")
    assert status(shop) == {1: "done", 2: "done"}
