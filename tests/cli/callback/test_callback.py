"""Callbacks through the command line (handbook 4, 5); days worked out on a calendar of November 2026.

2026-11-21 is a Saturday, a working day by default; Sundays are not.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import Desk, filled_once

CONTRACT = (
    "id customer_id customer phone contact direction channel purpose status due_on done_at outcome satisfaction tries note"
    " complaint_id sale_id every due_at last_try best_time"
).split()


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001", "--contact", "Li Na;buyer;139 0000 0001")
    return desk


def callbacks(desk: Desk, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.json("callback", "list", "--all", *more)
    return found


def days(desk: Desk, *columns: str) -> list[tuple[Any, ...]]:
    wanted = ("due_on", "status", *columns)
    return [
        tuple(row[name] for name in wanted)
        for row in desk.json("callback", "list", "--all", "--columns", ",".join(wanted))
    ]


def test_a_planned_callback_is_said_back_with_its_weekday(shop: Desk) -> None:
    told = shop.message(
        "callback", "add", "1", "--on", "fri", "--purpose", "usage", "--contact", "li", "--note", "the oven"
    )
    assert told == "planned callback cb1 with Golden Dragon on 2026-11-27 (Friday)"
    [row] = callbacks(shop)
    assert list(row) == CONTRACT
    assert row == dict.fromkeys(CONTRACT) | {
        "id": 1, "customer_id": 1, "customer": "Golden Dragon", "phone": "139 0000 0001", "contact": "Li Na",
        "direction": "outgoing", "channel": "phone", "purpose": "usage", "status": "open", "due_on": "2026-11-27", "tries": 0,
        "note": "the oven",
    }  # fmt: skip


def test_a_day_in_the_past_is_accepted_and_said_to_be_overdue(shop: Desk) -> None:
    assert shop.message("callback", "add", "1", "--on", "2026-11-19").endswith("on 2026-11-19 (Thursday), overdue")


def test_done_notes_the_result(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--note", "ask about the oven")
    assert (
        shop.message("callback", "done", "1", "all fine", "-s", "5", "--suggestion", "more colours", "--cost", "12.50")
        == "noted cb1 (other) with Golden Dragon"
    )
    [row] = callbacks(shop, "--columns", ",".join([*CONTRACT, "suggestion", "cost", "planned_note"]))
    assert (row["status"], row["outcome"], row["satisfaction"], row["note"], row["done_at"]) == (
        "done", "reached", 5, "all fine", "2026-11-21T09:00:00+00:00",
    )  # fmt: skip
    assert (row["suggestion"], row["cost"], row["planned_note"]) == ("more colours", 12.5, "ask about the oven")
    again = shop("callback", "done", "cb1")
    assert (again.code, again.err) == (4, "csm: cb1 isn't open any more: done\n")


def test_one_call_serves_all_that_is_due_together(shop: Desk) -> None:
    for on, purpose in (("2026-11-19", "usage"), ("today", "payment"), ("+5d", "news")):
        shop.ok("callback", "add", "1", "--on", on, "--purpose", purpose)
    assert (
        shop.message("callback", "done", "golden", "paid, and the oven works", "-s", "4")
        == "noted cb1 (usage), cb2 (payment) with Golden Dragon"
    )
    assert days(shop, "satisfaction", "note") == [
        ("2026-11-19", "done", 4, "paid, and the oven works"),
        ("2026-11-21", "done", None, "paid, and the oven works"),
        ("2026-11-26", "open", None, None),
    ]


def test_done_for_a_customer_with_nothing_due_takes_the_only_one_planned(shop: Desk) -> None:
    nothing = shop("callback", "done", "golden")
    assert (nothing.code, nothing.err.splitlines()[0]) == (3, "csm: nothing is planned with Golden Dragon")
    shop.ok("callback", "add", "1", "--on", "+5d")
    assert shop("callback", "done", "golden").code == 0
    shop.ok("callback", "add", "1", "--on", "+5d")
    shop.ok("callback", "add", "1", "--on", "+6d")
    several = shop("callback", "done", "golden")
    assert several.code == 3 and "cb2" in several.err and "cb3" in several.err


def test_no_answer_keeps_it_open_counts_and_moves_on(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--every", "2w")
    for now, expected in (
        ("2026-11-21 10:00", "2026-11-23"),
        ("2026-11-23 10:00", "2026-11-24"),
        ("2026-11-24 10:00", "2026-11-25"),
    ):
        shop.now = now
        shop.ok("callback", "done", "1", "rang for long", "--no-answer")
        assert [row["due_on"] for row in callbacks(shop)] == [expected]
    [row] = callbacks(shop)
    assert (row["status"], row["tries"], row["outcome"]) == ("open", 3, "no-answer")
    shop.now = "2026-11-25 08:00"
    assert "3 tries without an answer" in shop.json("due")[0]["what"]
    # The place of its series stays: planned for the 21st, so the next is the 5th of December.
    assert shop.message("callback", "done", "1").endswith("next: cb2 on 2026-12-05 (Saturday)")


def test_postponed_and_refused(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today")
    told = shop.message("callback", "done", "1", "--postponed", "+10d")
    assert told == "noted the try with Golden Dragon; cb1 is open, the next one on 2026-12-01 (Tuesday)"
    assert shop.ok("callback", "done", "1", "--refused") == ""
    assert [(row["status"], row["outcome"], row["tries"]) for row in callbacks(shop)] == [("done", "refused", 0)]


@pytest.mark.parametrize(
    ("every", "first", "done", "following"),
    [
        ("1m", "2026-10-31", "2026-11-21", "2026-11-30"),
        ("2w", "2026-11-20", "2026-11-21", "2026-12-04"),
        ("2w", "2026-09-01", "2026-11-21", "2026-11-24"),
        ("1y", "2024-02-29", "2026-11-21", "2027-03-01"),  # 28 February is a Sunday
        ("30d", "2026-12-01", "2026-11-21", "2026-12-31"),
    ],
)
def test_a_series_goes_on_from_its_planned_days(shop: Desk, every: str, first: str, done: str, following: str) -> None:
    shop.ok("callback", "add", "1", "--on", first, "--every", every)
    shop.now = f"{done} 10:00"
    shop.ok("callback", "done", "1")
    assert days(shop, "every") == sorted([(first, "done", every), (following, "open", every)])


def test_from_the_day_done_is_an_option(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-11-16", "--every", "2w", "--from-done")
    shop.ok("callback", "done", "1")
    assert days(shop) == [("2026-11-16", "done"), ("2026-12-05", "open")]
    assert shop("callback", "add", "1", "--on", "today", "--from-done").code == 2


def test_skipping_goes_on_with_the_series(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--every", "1w")
    assert (
        shop.message("callback", "skip", "cb1", "--reason", "closed")
        == "skipped callback cb1; next: cb2 on 2026-11-28 (Saturday), Golden Dragon"
    )
    assert days(shop, "reason") == [("2026-11-21", "skipped", "closed"), ("2026-11-28", "open", None)]


def test_moving_leaves_the_place_of_the_series(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--every", "1w")
    shop.ok("callback", "move", "1", "2026-11-25")
    shop.now = "2026-11-25 10:00"
    shop.ok("callback", "done", "1")
    assert days(shop) == [("2026-11-25", "done"), ("2026-11-28", "open")]


def test_next_plans_another_one(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--purpose", "offer", "--channel", "visit")
    assert (
        shop.message("callback", "done", "1", "--next", "+2w")
        == "noted cb1 (offer) with Golden Dragon; next: cb2 on 2026-12-05 (Saturday)"
    )
    assert days(shop, "purpose", "channel", "origin")[1] == ("2026-12-05", "open", "offer", "visit", "next")


def test_a_contact_not_planned_fulfils_what_is_due_and_says_so(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-11-20", "--purpose", "usage")
    shop.ok("callback", "add", "1", "--on", "+5d", "--purpose", "news")
    told = shop.message("callback", "log", "1", "called about the bill", "--incoming", "--channel", "phone")
    assert told == "noted; that fulfils what was due with Golden Dragon: cb1"
    assert days(shop, "direction", "note") == [
        ("2026-11-20", "done", "incoming", "called about the bill"),
        ("2026-11-26", "open", "outgoing", None),
    ]


def test_keep_leaves_it_open(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today")
    told = shop.message("callback", "log", "1", "quick question", "--incoming", "--keep")
    assert told == "noted a contact with Golden Dragon as cb2"
    assert days(shop, "origin") == [("2026-11-21", "open", "manual"), ("2026-11-21", "done", "log")]


def test_a_contact_of_last_week_doesn_t_fulfil_what_is_due_now(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today")
    shop.ok("callback", "log", "1", "met at the fair", "--at", "2026-11-13 15:00", "--channel", "in-person")
    assert days(shop, "note") == [("2026-11-13", "done", "met at the fair"), ("2026-11-21", "open", None)]
    assert shop("callback", "log", "1", "x", "--at", "2026-11-22").code == 2


def test_a_fruitless_try_not_planned_is_tried_again(shop: Desk) -> None:
    assert (
        shop.message("callback", "log", "1", "--no-answer")
        == "noted the try with Golden Dragon; cb1 is open, the next one on 2026-11-23 (Monday)"
    )
    assert days(shop, "tries") == [("2026-11-23", "open", 1)]


def test_cadence_plans_each_customer_once_on_working_days(desk: Desk) -> None:
    for name, relationship, grade in (
        ("Partner", "partnership", "C"), ("Proactive A", "proactive", "A"), ("Proactive", "proactive", None), ("Basic", "basic", "A"),
        ("None", None, "A"),
    ):  # fmt: skip
        desk.ok(
            "customer",
            "add",
            name,
            *(("--relationship", relationship) if relationship else ()),
            *(("--grade", grade) if grade else ()),
        )
    dry = desk("callback", "plan", "--dry-run", "-f", "csv", "--columns", "customer_id,due_on")
    assert dry.err == "would plan 3 callbacks, from 2026-12-05 (Saturday) to 2026-12-21 (Monday)\n"
    assert dry.out == "customer_id,due_on\n2,2026-12-05\n1,2026-12-05\n3,2026-12-21\n"
    assert callbacks(desk) == []
    assert desk.message("callback", "plan") == "planned 3 callbacks, from 2026-12-05 (Saturday) to 2026-12-21 (Monday)"
    assert desk.message("callback", "plan") == "planned 0 callbacks"
    assert [(row["customer"], row["due_on"]) for row in callbacks(desk)] == [
        ("Proactive A", "2026-12-05"),
        ("Partner", "2026-12-05"),
        ("Proactive", "2026-12-21"),
    ]  # fmt: skip -- on one day the better grade comes first


def test_cadence_counts_from_the_last_contact_and_plans_the_next_when_done(desk: Desk) -> None:
    desk.ok("customer", "add", "Partner", "--relationship", "partnership")
    desk.now = "2026-11-30 10:00"
    desk.ok("callback", "log", "1", "met")
    desk.ok("callback", "plan")
    assert days(desk, "origin")[1] == ("2026-12-14", "open", "cadence")
    desk.now = "2026-12-14 10:00"
    assert desk.message("callback", "done", "2").endswith("next: cb3 on 2026-12-28 (Monday)")
    # Any contact on record satisfies the cadence: a call on the 21st moves the planned one.
    desk.now = "2026-12-21 10:00"
    assert desk.message("callback", "log", "1", "rang us", "--incoming").endswith("next: cb3 on 2027-01-04 (Monday)")


def test_spread_over_days_and_until(desk: Desk) -> None:
    for number in range(5):
        desk.ok("customer", "add", f"P{number}", "--relationship", "partnership")
    assert desk.message("callback", "plan", "--per-day", "2", "--until", "2026-12-07") == (
        "planned 4 callbacks, from 2026-12-05 (Saturday) to 2026-12-07 (Monday)"
    )
    assert desk.message("callback", "plan", "--per-day", "2") == "planned 1 callback, on 2026-12-08 (Tuesday)"


def test_nothing_is_planned_for_do_not_contact_archived_and_lost(desk: Desk) -> None:
    desk.ok("customer", "add", "A", "--relationship", "partnership", "--do-not-contact", "yes")
    desk.ok("customer", "add", "B", "--relationship", "partnership")
    desk.ok("customer", "archive", "2")
    desk.ok("customer", "add", "C", "--relationship", "partnership", "--status", "lost")
    assert desk.message("callback", "plan") == "planned 0 callbacks"


def test_visits_along_a_route_in_its_order_and_only_once(desk: Desk) -> None:
    for name, place in (("Third", "3"), ("First", "1"), ("Elsewhere", None), ("Second", "2")):
        desk.ok("customer", "add", name, *(("--route", "East", "--route-order", place) if place else ()))
    assert (
        desk.message("callback", "plan", "--route", "East", "--on", "tomorrow")
        == "planned 3 callbacks, on 2026-11-22 (Sunday)"
    )
    assert desk.message("callback", "plan", "--route", "East", "--on", "tomorrow") == "planned 0 callbacks"
    assert [(row["customer"], row["channel"]) for row in callbacks(desk)] == [
        ("First", "visit"), ("Second", "visit"), ("Third", "visit"),
    ]  # fmt: skip
    assert desk("callback", "plan", "--route", "West", "--on", "tomorrow").code == 3
    assert desk("callback", "plan", "--route", "East").code == 2
    assert desk("callback", "plan", "--route", "East", "--on", "today", "--per-day", "3").code == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("done", "1", "-s", "6"), 2),
        (("done", "1", "-s", "0"), 2),
        (("done", "1", "-s", "good"), 2),
        (("done", "1", "--no-answer", "--refused"), 2),
        (("done", "1", "--no-answer", "-s", "3"), 2),
        (("done", "1", "--cost", "12x"), 2),
        (("done", "1", "--postponed", "5/6/2026"), 2),
        (("done", "99"), 3),
        (("done", "nobody"), 3),
        (("move", "99", "today"), 3),
        (("move", "1", "soon"), 2),
        (("add", "1"), 2),
        (("add", "1", "--on", "2026-02-30"), 2),
        (("add", "1", "--on", "today", "--every", "often"), 2),
        (("add", "1", "--on", "today", "--channel", "telegraph"), 2),
        (("add", "1", "--on", "today", "--contact", "nobody"), 3),
        (("log", "nobody"), 3),
        (("list", "--status", "asleep"), 2),
        (("plan", "--per-day", "0"), 2),
    ],
)
def test_bad_input_changes_nothing(shop: Desk, arguments: tuple[str, ...], code: int) -> None:
    shop.ok("callback", "add", "1", "--on", "today")
    before = shop.sql("SELECT count(*), max(id) FROM change")
    result = shop("callback", *arguments)
    assert result.code == code, result
    assert result.out == "" and result.err.startswith("csm: ")
    assert shop.sql("SELECT count(*), max(id) FROM change") == before


# --- about a sale -------------------------------------------------------------------------------------------------


@pytest.fixture
@filled_once
def sold(shop: Desk) -> Desk:
    """Return a desk with two sales to the first customer, on one bill, and one to a second."""
    shop.ok("customer", "add", "River Gym")
    for customer, product, bill in ((1, "oven", "B1"), (1, "trays", "B1"), (2, "fryer", "B2")):
        shop.sql(
            "INSERT INTO sale (customer_id, product, bill, amount_cents, sold_on, due_on)"
            " VALUES (?, ?, ?, 100, '2026-11-01', '2026-11-30')",
            customer,
            product,
            bill,
        )
    return shop


def test_a_callback_can_be_about_a_sale(sold: Desk) -> None:
    sold.ok("callback", "add", "1", "--on", "fri", "--sale", "sa2")
    sold.ok("callback", "add", "2", "--on", "fri", "--sale", "B2")
    sold.ok("callback", "add", "1", "--on", "fri")
    assert [row["sale_id"] for row in callbacks(sold)] == [2, 3, None]
    assert [row["id"] for row in callbacks(sold, "--sale", "2")] == [1]
    # a bill is all that stands on it
    assert [row["id"] for row in callbacks(sold, "--sale", "B1")] == [1]


@pytest.mark.parametrize(
    ("ref", "code", "sentence"),
    [
        ("sa3", 2, "csm: sa3 isn't a sale to Golden Dragon"),
        ("99", 3, "csm: no sale answers to '99'"),
        ("B1", 3, "csm: more than one sale answers to 'B1'"),
    ],
)
@pytest.mark.parametrize("verb", ["add", "log"])
def test_a_sale_that_is_not_theirs_or_not_one(sold: Desk, verb: str, ref: str, code: int, sentence: str) -> None:
    words = ["--on", "fri"] if verb == "add" else ["called"]
    result = sold("callback", verb, "1", *words, "--sale", ref)
    assert (result.code, result.err.splitlines()[0]) == (code, sentence)
    assert callbacks(sold) == []


def test_a_contact_about_a_sale_leaves_open_what_is_due_about_another(sold: Desk) -> None:
    for sale in (["--sale", "1"], ["--sale", "2"], []):
        sold.ok("callback", "add", "1", "--on", "today", *sale)
    told = sold.message("callback", "log", "1", "the trays are fine", "--sale", "2")
    assert told == "noted; that fulfils what was due with Golden Dragon: cb2, cb3"
    found = [(row["id"], row["status"], row["sale_id"]) for row in callbacks(sold)]
    assert sorted(found) == [(1, "open", 1), (2, "done", 2), (3, "done", None)]
    sold.ok("callback", "log", "2", "nobody there", "--no-answer", "--sale", "3")
    assert [(row["sale_id"], row["status"]) for row in callbacks(sold, "--customer", "2")] == [(3, "open")]


def test_a_problem_that_was_heard_is_about_the_sale_of_the_callback(sold: Desk) -> None:
    sold.ok("callback", "add", "1", "--on", "today", "--sale", "2")
    sold.ok("callback", "done", "1", "bent", "--complaint", "the trays are bent")
    sold.ok("callback", "log", "1", "cold", "--complaint", "the oven is cold", "--sale", "1")
    sold.ok("callback", "log", "1", "rude", "--complaint", "the driver was rude")
    found = sold.json("complaint", "list", "--columns", "id,sale_id")
    assert sorted((row["id"], row["sale_id"]) for row in found) == [(1, 2), (2, 1), (3, None)]


def test_callbacks_are_listed_by_their_place_in_the_after_sale_plan(sold: Desk) -> None:
    for day in ("2026-11-22", "2026-11-23"):
        sold.ok("callback", "add", "1", "--on", day, "--sale", "1")
    sold.sql("UPDATE callback SET after_sale = 'thanks' WHERE id = 2")
    assert [row["id"] for row in callbacks(sold, "--after-sale", "thanks")] == [2]
    assert sold("callback", "list", "--after-sale", "nonsense").code == 2
