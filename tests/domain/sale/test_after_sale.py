"""The after-sale plan (handbook 4, 5); 2026-11-21 is a Saturday and worked, Sundays aren't."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from csm.domain.sale.after_sale import ALL, Changes, Dates, Planned, changes, plan, steps, steps_of_plan
from csm.domain.settings import Policy

SATURDAY = date(2026, 11, 21)


def working_day(day: date) -> date:
    return day + timedelta(days=1) if day.weekday() == 6 else day


def planned(wanted: tuple[str, ...], dates: Dates, **settings: str) -> list[tuple[str, str, str]]:
    policy = Policy({f"after_sale.{name}": value for name, value in settings.items()})
    return [(one.step, one.purpose, one.on.isoformat()) for one in plan(wanted, dates, policy, working_day)]


@pytest.mark.parametrize(
    ("relationship", "first", "asked", "wanted"),
    [
        (None, True, None, ()),
        ("basic", True, None, ()),
        ("reactive", True, None, ("thanks",)),
        ("accountable", True, None, ("delivery", "installation", "usage")),
        ("proactive", True, None, ALL),
        ("partnership", True, None, ALL),
        # not the first purchase of the line
        (None, False, None, ()),
        ("reactive", False, None, ()),
        ("accountable", False, None, ("accountable",)),
        ("proactive", False, None, ()),
        ("partnership", False, None, ()),
        # asked for
        (None, False, True, ALL),
        ("basic", True, True, ALL),
        ("reactive", False, True, ("thanks",)),
        ("accountable", False, True, ("delivery", "installation", "usage")),
        ("partnership", False, True, ALL),
        # refused
        ("accountable", False, False, ()),
        ("partnership", True, False, ()),
    ],
)
def test_steps_by_relationship(relationship: str | None, first: bool, asked: bool | None, wanted: tuple[str]) -> None:
    assert steps(relationship, first_of_line=first, asked=asked) == wanted


def test_the_steps_of_a_plan_that_was_made() -> None:
    assert steps_of_plan("accountable") == ("delivery", "installation", "usage")
    assert steps_of_plan(None) == ALL


def test_the_days_of_a_plan() -> None:
    # thanks: Sunday the 22nd, so Monday; usage: the 28th, a Saturday; satisfaction: the 21st of December, a Monday.
    assert planned(ALL, Dates(SATURDAY, date(2026, 11, 29), install=True)) == [
        ("thanks", "thanks", "2026-11-23"),
        ("delivery", "delivery", "2026-11-29"),  # the day itself, though a Sunday
        ("usage", "usage", "2026-11-28"),
        ("satisfaction", "satisfaction", "2026-12-21"),
    ]


def test_what_is_delivered_is_visited_and_asked_about_from_that_day() -> None:
    # usage: 7 days after Sunday the 22nd is a Sunday again, so Monday the 30th.
    dates = Dates(SATURDAY, date(2026, 11, 24), date(2026, 11, 22), install=True)
    assert planned(ALL, dates)[1:4] == [
        ("delivery", "delivery", "2026-11-24"),
        ("installation", "installation", "2026-11-22"),
        ("usage", "usage", "2026-11-30"),
    ]
    assert [one.visit for one in plan(ALL, dates, Policy({}), working_day)] == [False, False, True, False, False]


def test_without_a_need_there_is_no_visit() -> None:
    assert "installation" not in {one[0] for one in planned(ALL, Dates(SATURDAY, None, SATURDAY))}


def test_the_single_callback_of_the_accountable_type() -> None:
    # 14 days after the 21st is Saturday the 5th.
    assert planned(("accountable",), Dates(SATURDAY)) == [("accountable", "usage", "2026-12-05")]


def test_the_settings_hold() -> None:
    told = planned(ALL, Dates(SATURDAY), thanks="0", usage="3", satisfaction="10")
    # the 24th is a Tuesday, the 1st of December too
    assert [one[2] for one in told] == ["2026-11-21", "2026-11-24", "2026-12-01"]


def test_what_becomes_of_a_plan_whose_sale_changes() -> None:
    before = [Planned("thanks", "thanks", SATURDAY), Planned("delivery", "delivery", SATURDAY)]
    usage = Planned("usage", "usage", date(2026, 11, 30))
    moved = Planned("thanks", "thanks", date(2026, 11, 23))
    assert changes([*before, usage], [moved, usage, Planned("installation", "installation", SATURDAY, visit=True)]) == (
        Changes([moved], [Planned("installation", "installation", SATURDAY, visit=True)], ["delivery"])
    )
    assert changes(before, before) == Changes([], [], [])
