"""Figures of callbacks, promises, retention and HEART from stories on the command line (handbook 7, 9.4, 10.2, 10.4).

November 2026: the 2nd is a Monday, the 21st a Saturday, both working days; work ends at 18:00.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest

from csm.cli.session import Session
from csm.domain.quality.figures import Measured
from csm.domain.time.period import Period
from csm.services.quality.measuring import Groups, measure
from tests.approx import approx
from tests.desk import Desk, filled_once

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
NOTHING = Measured(None, 0)


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice", "--region", "North", "--grade", "A")
    desk.ok("customer", "add", "River Gym", "--owner", "bob", "--region", "South")
    return desk


def at(desk: Desk, moment: str, *arguments: str) -> None:
    """Run a command as of a moment of November; the desk itself stays at its own."""
    now, desk.now = desk.now, f"2026-11-{moment}"
    desk.ok(*arguments)
    desk.now = now


def figures(
    desk: Desk, section: str, days: Period = NOVEMBER, by: str | None = None, only: Collection[str] | None = None
) -> Groups:
    session = Session([])
    session.path, session.as_of, session.user_given = str(desk.path), desk.now, desk.user
    try:
        return measure(session, section, days, by, only)
    finally:
        session.close()


def numbers(groups: Groups, group: str | None = None) -> dict[str, float | None]:
    return {name: measured.value for name, measured in groups[group].items()}


# --- callbacks --------------------------------------------------------------------------------------------------


@pytest.fixture
@filled_once
def called(shop: Desk) -> Desk:
    for day in ("05", "06", "10", "12", "25", "21", "16", "19", "20", "11"):
        at(shop, "02 09:00", "callback", "add", "2" if day == "10" else "1", "--on", f"2026-11-{day}")
    at(shop, "05 17:00", "callback", "done", "1", "happy", "-s", "5")
    at(shop, "09 10:00", "callback", "done", "2", "fine", "-s", "4")  # due on the 6th
    at(shop, "10 10:00", "callback", "skip", "3", "--reason", "closed for renovation")  # River Gym's
    # 4 is open since the 12th; 5 is due on the 25th, 6 today.
    at(shop, "16 10:00", "callback", "done", "7", "--no-answer")
    at(shop, "17 10:00", "callback", "done", "7", "--no-answer")
    at(shop, "18 10:00", "callback", "done", "7", "at last", "-s", "5")  # planned for the 16th: late
    at(shop, "19 10:00", "callback", "done", "8", "no time for us", "--refused")
    at(shop, "20 10:00", "callback", "done", "9", "--no-answer")  # moved to today, planned for the 20th
    at(shop, "13 10:00", "callback", "log", "1", "rang about a bill", "--incoming", "--keep", "-s", "3")
    shop.sql("UPDATE callback SET status = 'cancelled' WHERE id = 10")  # as with a sale that was cancelled
    return shop


def test_callbacks_of_a_month_so_far(called: Desk) -> None:
    # On time: 1, 8. Late: 2, 7. Never: 3 skipped, 4 and 9 open and past the day first planned. Tried: 1, 2, 7, 8 and 9,
    # still open; reached: 1, 2, 7.
    # Satisfaction: (5 + 4 + 5 + 3) / 4, that of the contact that was only logged too.
    assert figures(called, "callbacks") == {
        None: {
            "due": Measured(7, 7),
            "on_time": Measured(2, 2),
            "late": Measured(2, 2),
            "never": Measured(3, 3),
            "reached": Measured(0.6, 5),
            "satisfaction": Measured(4.25, 4),
            "on_time_share": Measured(2 / 7, 7),
            "unplanned": Measured(1, 1),
        }
    }


def test_a_day_later_what_was_due_today_was_never_done(called: Desk) -> None:
    called.now = "2026-11-22 00:00"
    found = figures(called, "callbacks")[None]
    assert (found["never"].value, found["due"].value) == (4, 8)  # 6 as well


def test_callbacks_by_owner_are_those_of_the_customers(called: Desk) -> None:
    found = figures(called, "callbacks", by="owner")
    assert numbers(found, "alice") | {"due": 6, "never": 2, "on_time_share": 2 / 6} == numbers(found, "alice")
    assert numbers(found, "bob") == {
        "due": 1, "on_time": 0, "late": 0, "never": 1, "on_time_share": 0.0,
        "reached": None, "satisfaction": None, "unplanned": 0,
    }  # fmt: skip
    assert figures(called, "callbacks", by="grade").keys() == {"A", None}


def test_what_was_tried_in_vain_and_then_cancelled_still_counts_as_not_reached(called: Desk) -> None:
    called.sql("UPDATE callback SET status = 'cancelled' WHERE id = 9")  # as with a case that closes after three tries
    found = figures(called, "callbacks")[None]
    assert (found["reached"], found["due"]) == (Measured(0.6, 5), Measured(6, 6))  # 9 isn't due any more


def test_the_first_and_the_last_day_belong_to_a_period(called: Desk) -> None:
    assert figures(called, "callbacks", Period(date(2026, 11, 5), date(2026, 11, 6)))[None]["due"].value == 2
    assert figures(called, "callbacks", Period(date(2026, 11, 7), date(2026, 11, 9)))[None]["due"].value == 0


# --- promises ---------------------------------------------------------------------------------------------------


@pytest.fixture
@filled_once
def promised(shop: Desk) -> Desk:
    for due in ("05 12:00", "06 12:00", "09 12:00", "21 08:30", "21 09:30", "10 12:00"):
        at(shop, "02 09:00", "promise", "add", "1", f"by {due}", "--by", f"2026-11-{due}")
    at(shop, "02 09:00", "promise", "add", "1", "pay half", "--by", "2026-11-04 12:00", "--theirs")
    at(shop, "02 09:00", "promise", "add", "2", "bring the key", "--by", "2026-11-11 12:00")
    at(shop, "05 12:00", "promise", "keep", "1")  # at the very time
    at(shop, "06 12:01", "promise", "keep", "2")  # a minute late
    at(shop, "09 10:00", "promise", "break", "3")
    # 4 is open and half an hour past due, 5 is due in half an hour.
    at(shop, "09 10:00", "promise", "release", "6")
    at(shop, "11 10:00", "promise", "keep", "8")
    return shop


def test_promises_of_a_month_so_far(promised: Desk) -> None:
    # Kept 1 and 8, late 2, broken 3, open 4: 2 / 5. Not counted: 5 isn't due, 6 released, 7 is theirs.
    assert figures(promised, "promises") == {
        None: {
            "n": Measured(5, 5),
            "kept": Measured(2, 2),
            "broken": Measured(1, 1),
            "open": Measured(1, 1),
            "kept_share": Measured(0.4, 5),
            "late": Measured(1, 1),
        }
    }


def test_a_promise_is_open_and_past_due_by_the_minute(promised: Desk) -> None:
    promised.now = "2026-11-21 09:30"
    assert figures(promised, "promises")[None]["open"].value == 1  # its own minute is still in time
    promised.now = "2026-11-21 09:31"
    assert figures(promised, "promises")[None]["open"].value == 2


def test_promises_by_region(promised: Desk) -> None:
    found = figures(promised, "promises", by="region")
    assert {group: one["kept_share"] for group, one in found.items()} == {
        "North": Measured(0.25, 4),
        "South": Measured(1.0, 1),
    }


def test_promises_of_a_month_without_any(promised: Desk) -> None:
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    assert figures(promised, "promises", october)[None]["kept_share"] == NOTHING
    assert figures(promised, "promises", october, "owner") == {}


# --- customers --------------------------------------------------------------------------------------------------


def sell(desk: Desk, customer: int, day: str, product: str = "Oven", line: str = "") -> None:
    lines = ["--line", line] if line else []
    desk.ok("sale", "add", str(customer), product, "--amount", "100", "--on", day, "--no-plan", *lines)


def test_retention_of_customers_who_stay_return_and_leave(shop: Desk) -> None:
    for name in ("Lotus", "Jade Garden"):
        shop.ok("customer", "add", name, "--owner", "bob")
    sell(shop, 1, "2026-03-01")
    sell(shop, 1, "2026-11-05")  # active, and bought again
    sell(shop, 2, "2025-09-01")
    sell(shop, 2, "2026-11-05")  # back after 14 months: not active at the start, so neither kept nor lost
    sell(shop, 3, "2025-11-01")  # active by a day, and gone
    sell(shop, 4, "2026-11-01")  # new on the first day
    assert figures(shop, "retention") == {
        None: {"start": Measured(2, 2), "kept": Measured(1, 1), "rate": Measured(0.5, 2)}
    }
    found = figures(shop, "retention", by="owner")
    assert {group: one["rate"] for group, one in found.items()} == {"alice": Measured(1.0, 1), "bob": Measured(0.0, 1)}


def test_the_house_says_within_how_many_months_one_is_active(shop: Desk) -> None:
    sell(shop, 1, "2026-03-01")
    sell(shop, 2, "2026-08-01")
    assert figures(shop, "retention")[None]["start"].value == 2
    shop.ok("config", "set", "retention.months", "3")
    assert figures(shop, "retention")[None]["start"].value == 1


def test_without_sales_there_is_no_retention_nor_adoption(shop: Desk) -> None:
    assert figures(shop, "retention") == {None: {"start": Measured(0, 0), "kept": Measured(0, 0), "rate": NOTHING}}
    found = figures(shop, "heart")[None]
    assert (found["retention"], found["adoption"]) == (NOTHING, NOTHING)
    assert found["engagement"] == Measured(0.0, 2)  # the cards stand in


def test_heart_counts_what_customers_begin(shop: Desk) -> None:
    half = Period(date(2026, 11, 1), date(2026, 11, 15))
    at(shop, "02 10:00", "callback", "log", "1", "rang", "--incoming")
    at(shop, "15 10:00", "callback", "log", "2", "came by", "--incoming")
    at(shop, "16 10:00", "callback", "log", "2", "rang", "--incoming")
    at(shop, "03 10:00", "callback", "log", "1", "we rang them")
    # 2 contacts of 2 customers in 15 / 30 of a month: 2 / 2 x 30 / 15 each month
    (found,) = figures(shop, "heart", half, only=["engagement"]).values()
    assert found.keys() == {"engagement"}
    assert found["engagement"].value == approx(2)
    assert found["engagement"].n == 2
    # Of alice's one customer: 1 contact in the 21 days that have been of the 30 of the month; of bob's: 2.
    groups = figures(shop, "heart", by="owner", only=["engagement"])
    assert groups["alice"]["engagement"].value == approx(30 / 21)
    assert groups["bob"]["engagement"].value == approx(2 * 30 / 21)


def test_one_contact_that_served_several_purposes_is_one(shop: Desk) -> None:
    for purpose in ("usage", "offer"):
        at(shop, "02 09:00", "callback", "add", "1", "--on", "2026-11-05", "--purpose", purpose)
    at(shop, "05 10:00", "callback", "done", "Golden Dragon", "both at once")
    shop.sql("UPDATE callback SET direction = 'incoming'")
    assert figures(shop, "heart", only=["engagement"])[None]["engagement"].value == approx(30 / 21 / 2)


def test_heart_adoption_of_a_new_line(shop: Desk) -> None:
    for name in ("Lotus", "Jade Garden"):
        shop.ok("customer", "add", name, "--owner", "bob")
    sell(shop, 1, "2026-03-01", "Oven", "Kitchen")
    sell(shop, 1, "2026-11-05", "Baking tray", "kitchen")  # a known line, however it is written
    sell(shop, 2, "2026-03-01", "Oven", "Kitchen")
    sell(shop, 2, "2026-11-05", "Treadmill")  # a new one: without a line it is the product
    sell(shop, 2, "2026-11-06", "Treadmill")
    sell(shop, 3, "2026-03-01", "Oven", "Kitchen")  # bought nothing since
    sell(shop, 4, "2026-11-05", "Oven", "Kitchen")  # new, not active at the start
    found = figures(shop, "heart", only=["adoption", "retention"])
    assert found == {None: {"adoption": Measured(1 / 3, 3), "retention": Measured(2 / 3, 3)}}
    groups = figures(shop, "heart", by="owner", only=["adoption"])
    assert groups == {"alice": {"adoption": Measured(0.0, 1)}, "bob": {"adoption": Measured(0.5, 2)}}


def test_heart_success_and_happiness(shop: Desk) -> None:
    settled = ("--live", "--settled", "changed the seal", "--cause", "company", "--failure", "outcome")
    at(shop, "03 10:00", "complaint", "open", "1", "cold oven", *settled)
    at(shop, "04 10:00", "complaint", "open", "1", "cold again", *settled)
    at(shop, "04 17:00", "complaint", "close", "2", "--summary", "seal changed", "--lesson", "look", "-s", "5")
    at(shop, "05 10:00", "complaint", "reopen", "2", "--reason", "it is cold again")
    at(shop, "06 10:00", "complaint", "open", "2", "the scale is off")  # no resolution yet
    shop.sql(
        "INSERT INTO survey (customer_id, taken_on, csat) VALUES (1, '2026-11-10', 5), (1, '2026-11-11', 3),"
        " (2, '2026-11-12', 4), (2, '2026-10-31', 1)"
    )
    # One of the two that came to a resolution stayed resolved; 4 and 5 are two of three answers.
    found = figures(shop, "heart", only=["happiness", "task_success"])
    assert found == {None: {"happiness": Measured(2 / 3, 3), "task_success": Measured(0.5, 2)}}
    groups = figures(shop, "heart", by="region", only=["happiness", "task_success"])
    assert groups == {
        "North": {"happiness": Measured(0.5, 2), "task_success": Measured(0.5, 2)},
        "South": {"happiness": Measured(1.0, 1), "task_success": NOTHING},
    }


def test_a_case_belongs_to_the_local_day_it_came_in(shop: Desk) -> None:
    shop.ok("config", "set", "file.timezone", "Asia/Shanghai")
    settled = ("--settled", "changed the seal", "--cause", "company", "--failure", "outcome")
    at(shop, "02 00:30", "complaint", "open", "1", "cold oven", *settled)  # the 1st, 16:30, in UTC
    only = ["task_success"]
    first, second = Period(date(2026, 11, 1), date(2026, 11, 1)), Period(date(2026, 11, 2), date(2026, 11, 2))
    assert figures(shop, "heart", first, only=only)[None]["task_success"] == NOTHING
    assert figures(shop, "heart", second, only=only)[None]["task_success"] == Measured(1.0, 1)
