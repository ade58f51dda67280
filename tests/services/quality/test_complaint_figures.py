"""The figures of complaints over a story told on the command line; working time is Monday to Saturday, 9-12 and 13-18."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pytest

from csm.cli.session import Session
from csm.domain.quality.figures import Group, Measured, of
from csm.domain.time.period import Period
from csm.services.quality.complaints import measure_complaints, pareto_records, pareto_rows, paretos
from tests.approx import approx
from tests.desk import Desk, filled_once

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a shop with seven cases of November, handled to the 24th; the numbers are worked out in the tests."""
    desk.now = "2026-10-02 09:00"
    desk.ok("customer", "add", "Golden Dragon", "--owner", "bob", "--grade", "A")
    desk.ok("customer", "add", "Old Shop", "--owner", "carol")
    desk.ok("customer", "add", "Jade")
    desk.ok("staff", "add", "dave", "--level", "1")
    for customer in ("1", "2"):
        desk.ok("sale", "add", customer, "oven", "--amount", "100", "--on", "2026-10-01", "--no-plan")
    opened(desk, "2026-11-20 11:00", "1", "late", "--problem", "late-delivery", "--content", "service")  # cp1, a Friday
    at(desk, "2026-11-20 14:00", "respond", "1", "sorry")
    settled(desk, "2026-11-21 10:00", "1", satisfaction="4")
    at(desk, "2026-11-23 10:00", "reopen", "1", "--reason", "late again")
    settled(desk, "2026-11-23 15:00", "1", satisfaction="5")
    opened(
        desk, "2026-11-23 09:00", "2", "torn", "--problem", "goods-damaged", "--about", "eve"
    )  # cp2: nothing is done
    opened(desk, "2026-11-24 09:00", "2", "torn too", "--problem", "goods-damaged", "--about", "eve")  # cp3: in time
    opened(desk, "2026-11-24 10:00", "3", "no word", "--level", "grievance")  # cp4
    opened(desk, "2026-11-24 10:00", "3", "cold", "--level", "grievance")  # cp5, raised
    at(desk, "2026-11-24 11:00", "raise", "5")
    # cp6, taken live and settled on the spot; up at once, for a lawyer was named.
    opened(desk, "2026-11-24 11:00", "3", "rude", "--live", "--settled", "sorry", "--cause", "company", "--trigger", "lawyer",
           "--failure", "process")  # fmt: skip
    at(desk, "2026-11-24 12:00", "escalate", "--overdue")
    return desk


def opened(desk: Desk, now: str, *told: str) -> None:
    desk.now = now
    desk.ok("complaint", "open", *told)


def at(desk: Desk, now: str, *told: str) -> None:
    desk.now = now
    desk.ok("complaint", *told)


def settled(desk: Desk, now: str, case: str, satisfaction: str) -> None:
    at(desk, now, "settle", case, "--did", "a second one", "--failure", "process", "--cause", "company")
    at(desk, now, "close", case, "--summary", "done", "--lesson", "check slips", "-s", satisfaction)


def work(desk: Desk) -> Session:
    session = Session(["csm"])
    session.path, session.as_of, session.user_given = str(desk.path), desk.now, desk.user
    return session


def measured(
    desk: Desk, days: Period = NOVEMBER, by: str | None = None, only: Collection[str] | None = None
) -> dict[str | None, Group]:
    session = work(desk)
    try:
        return measure_complaints(session, days, by, only)
    finally:
        session.close()


def values(desk: Desk, *names: str, days: Period = NOVEMBER) -> list[Any]:
    figures = measured(desk, days, None, names)[None]
    assert set(figures) == set(names)
    return [figures[name] for name in names]


def test_all_figures_of_the_story(shop: Desk) -> None:
    expected = {
        "n": Measured(5, 5),
        # Two bought in the twelve months before November.
        "per_100_customers": Measured(250.0, 2),
        "founded": Measured(1.0, 2),
        # cp1 in time; cp2 missed on the 23rd at 18:00; cp3 and cp5 still have time, and cp6 was live.
        "first_response_met": Measured(0.5, 2),
        # cp1 alone: 11-12 and 13-14.
        "first_response_median_h": Measured(2.0, 1),
        "first_response_p90_h": Measured(2.0, 1),
        "resolution_met": Measured(1.0, 2),
        # cp1 after 1 + 5 on Friday and 1 on Saturday, cp6 at once: half way from 0 to 7 is 3.5, nine tenths 6.3.
        "resolution_median_h": Measured(3.5, 2),
        "resolution_p90_h": Measured(approx(6.3), 2),
        "reopened": Measured(1, 1),
        # cp2 because it was late, cp6 for the reason that it came in with; by hand nothing yet.
        "escalated": Measured(2, 2),
        "escalated_by_policy": Measured(2, 2),
        # cp1 and cp6, both by the short way.
        "settled_on_spot": Measured(2, 2),
        "repeated": Measured(1, 1),
        "satisfaction": Measured(5.0, 1),
        "bought_again": Measured(0.0, 3),
        "escalated_by_hand": Measured(0, 0),
        "unresolved": Measured(0, 0),
        "live": Measured(1, 1),
        # cp1 done with for good after 6 on Friday, 8 on Saturday, none on Sunday, 3 + 2 on Monday: 19.
        "total_resolution_median_h": Measured(9.5, 2),
        "total_resolution_p90_h": Measured(approx(17.1), 2),
        "grievances": Measured(1, 1),
    }
    [figures] = measured(shop).values()
    for name in expected | figures:
        assert figures.get(name) == expected.get(name), name


def test_a_case_moved_up_both_ways_counts_once_in_all(shop: Desk) -> None:
    shop.ok("complaint", "escalate", "2", "--reason", "wants the manager", "--reply-by", "2026-11-24 16:00")
    names = ("escalated", "escalated_by_hand", "escalated_by_policy")
    assert values(shop, *names) == [Measured(2, 2), Measured(1, 1), Measured(2, 2)]


def test_a_clock_that_has_run_out_counts_before_anybody_records_it(shop: Desk) -> None:
    # The first response to cp3 is due on the 24th at 18:00, that to cp5 on the 25th at 10:00.
    for now, found in (("2026-11-24 18:00", 2), ("2026-11-24 18:01", 3), ("2026-11-25 10:01", 4)):
        shop.now = now
        assert values(shop, "first_response_met") == [Measured(1 / found, found)], now
    shop.ok("complaint", "escalate", "--overdue")
    assert values(shop, "first_response_met") == [Measured(0.25, 4)]


def test_by_whose_customers_they_are(shop: Desk) -> None:
    # Jade's card has no owner given, so it is hers who made it; carol's customer brought cp2 and cp3.
    found = measured(shop, by="owner")
    assert {owner: figures["n"] for owner, figures in found.items()} == {
        "bob": Measured(1, 1), "carol": Measured(2, 2), "alice": Measured(2, 2),
    }  # fmt: skip
    assert found["carol"]["repeated"] == Measured(1, 1)
    assert found["carol"]["first_response_met"] == Measured(0.0, 1)
    assert found["bob"]["total_resolution_p90_h"] == Measured(19.0, 1)
    assert found["bob"]["per_100_customers"] == Measured(100.0, 1)
    assert found["alice"]["per_100_customers"] == Measured(None, 0)
    assert found["alice"]["grievances"] == Measured(1, 1)
    assert {set(figures) == {figure.name for figure in of("complaints")} for figures in found.values()} == {True}
    grades = measured(shop, by="grade", only=["n"])
    assert grades == {"A": {"n": Measured(1, 1)}, None: {"n": Measured(4, 4)}}
    shop.now = "2026-11-24 18:01"
    assert measured(shop, by="owner", only=["first_response_met"])["carol"] == {"first_response_met": Measured(0.0, 2)}


def test_customers_who_complained_of_nothing_are_a_group_all_the_same(shop: Desk) -> None:
    # Bob's and carol's one customer each bought on October 1st; none of 1 complained in the days after.
    autumn = Period(date(2026, 10, 2), date(2026, 10, 31))
    found = measured(shop, autumn, by="owner")
    assert {owner: (figures["n"].value, figures["per_100_customers"]) for owner, figures in found.items()} == {
        "bob": (0, Measured(0.0, 1)), "carol": (0, Measured(0.0, 1)),
    }  # fmt: skip
    assert found["bob"]["bought_again"] == found["bob"]["resolution_median_h"] == Measured(None, 0)
    assert {set(figures) == {figure.name for figure in of("complaints")} for figures in found.values()} == {True}


def test_a_card_that_says_nothing_by_an_empty_text_belongs_to_no_group(desk: Desk) -> None:
    desk.ok("customer", "add", "Jade")
    desk.ok("customer", "add", "Old Shop")
    opened(desk, "2026-11-23 09:00", "1", "torn")
    opened(desk, "2026-11-23 10:00", "2", "late")
    desk.sql("UPDATE customer SET region = ''")
    desk.sql("UPDATE customer SET region = NULL WHERE id = 2")
    found = measured(desk, by="region")
    assert {region: figures["n"].value for region, figures in found.items()} == {None: 2}


def test_a_period_without_cases(shop: Desk) -> None:
    june = Period(date(2026, 6, 1), date(2026, 6, 30))
    [figures] = measured(shop, june).values()
    shares = {figure.name for figure in of("complaints") if figure.kind != "count"}
    assert {name for name, figure in figures.items() if figure.value is None} == shares
    assert {figure.n for figure in figures.values()} == {0}
    assert measured(shop, june, by="owner") == {}


def test_a_case_belongs_to_the_local_day_on_which_it_came_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    desk.ok("customer", "add", "Golden Dragon")
    desk.now = "2026-12-01 00:30"  # still November by the clock of London
    desk.ok("complaint", "open", "1", "late")
    assert values(desk, "n") == [Measured(0, 0)]
    assert values(desk, "n", days=Period(date(2026, 12, 1), date(2026, 12, 1))) == [Measured(1, 1)]


@pytest.mark.parametrize(("second", "times"), [("2026-11-20 11:00", 1), ("2026-11-20 11:01", 0)])
def test_the_same_problem_again_within_ninety_days(desk: Desk, second: str, times: int) -> None:
    # From 22 August to 20 November are 9 + 30 + 31 + 20 = 90 days.
    desk.ok("customer", "add", "Golden Dragon")
    opened(desk, "2026-08-22 11:00", "1", "late", "--problem", "late-delivery")
    opened(desk, second, "1", "late", "--problem", "late-delivery")
    opened(desk, "2026-11-21 11:00", "1", "late", "--problem", "late-delivery", "--level", "grievance")
    opened(desk, "2026-11-21 12:00", "1", "rude", "--problem", "staff-attitude")
    assert values(desk, "repeated") == [Measured(times, times)]
    desk.ok("config", "set", "quality.repeat_days", "91")
    assert values(desk, "repeated") == [Measured(1, 1)]


def test_who_buys_within_ninety_days_after_the_day_of_a_complaint_was_won_again(desk: Desk) -> None:
    # From 2 November the 90th day is 28 + 31 + 31 = 90: 31 January.
    days = {"same day": "2026-11-02", "next": "2026-11-03", "last": "2027-01-31", "after": "2027-02-01", "none": None}
    for customer in days:
        desk.now = "2026-11-02 09:00"
        desk.ok("customer", "add", customer)
        opened(desk, "2026-11-02 10:00", customer, "late")
    desk.ok("customer", "add", "only grumbled")
    desk.ok("complaint", "open", "only grumbled", "late", "--level", "grievance")
    # Without any sale in the file nothing is known of it.
    assert values(desk, "bought_again") == [Measured(None, 0)]
    desk.now = "2027-02-02 09:00"
    for customer, day in days.items():
        if day is not None:
            desk.ok("sale", "add", customer, "oven", "--amount", "100", "--on", day, "--no-plan")
    assert values(desk, "bought_again") == [Measured(2 / 5, 5)]
    assert measured(desk, by="owner", only=["bought_again"]) == {"alice": {"bought_again": Measured(2 / 5, 5)}}


def test_paretos_for_programs(shop: Desk) -> None:
    shop.ok("service", "add", "1", "visit", "--check", "display=yes", "--check", "stock=no", "--on", "2026-11-12")
    session = work(shop)
    try:
        found = pareto_records(session, NOVEMBER)
        rows = pareto_rows(session, NOVEMBER)
        # Asked for alone it is counted along another index.
        [alone] = paretos(session, NOVEMBER, ["problem"])
    finally:
        session.close()
    assert list(found) == ["by_content", "by_problem", "by_cause", "by_owner", "by_staff", "checklist_not_met"]
    # Five: cp2 and cp3 torn, cp1 late; of cp5 and cp6 nobody said.
    assert found["by_problem"] == [
        {"name": "goods-damaged", "n": 2, "share": 0.4, "cumulated": 0.4},
        {"name": "late-delivery", "n": 1, "share": 0.2, "cumulated": 0.6},
        {"name": None, "n": 2, "share": 0.4, "cumulated": 1.0},
    ]
    assert [(row.name, row.n) for row in alone.rows] == [("goods-damaged", 2), ("late-delivery", 1), (None, 2)]
    assert [(row["name"], row["n"]) for row in found["by_content"]] == [("service", 1), (None, 4)]
    assert [(row["name"], row["n"]) for row in found["by_cause"]] == [("company", 2), (None, 3)]
    assert [(row["name"], row["n"]) for row in found["by_staff"]] == [("eve", 2), (None, 3)]
    assert sum(row["n"] for row in found["by_owner"]) == 5
    assert [(row["not_met"], row["ticked"], row["share"]) for row in found["checklist_not_met"]] == [(1, 1, 1.0)]
    assert ("complaints by problem", "goods-damaged", 2, 5, None) in rows
    assert rows[-1] == ("checklist not met", found["checklist_not_met"][0]["item"], 1, 1, None)


def test_a_case_that_was_opened_again_is_not_done_with(desk: Desk) -> None:
    def at(day: str, *words: str) -> None:
        desk.ok("--as-of", f"2026-11-{day}", *words)

    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0199")
    at("03 10:00", "complaint", "open", "1", "the lid is cracked", "--live", "--settled", "a new lid")
    at("03 11:00", "callback", "done", "1", "it cracked again", "-s", "2")
    counted = desk.json("--as-of", "2026-11-05 10:00", "quality", "complaints")["counted"]
    assert (counted["resolution_median_h"], counted["total_resolution_median_h"]) == (1, 0)
    at("03 12:00", "complaint", "settle", "1", "--did", "a lid of steel", "--failure", "outcome", "--cause", "service")
    read = desk.json("--as-of", "2026-11-05 10:00", "quality", "complaints")
    # Settled as it came in, and for good at 12:00, two working hours later.
    assert (read["resolution_median_h"], read["total_resolution_median_h"]) == (0, 2)
