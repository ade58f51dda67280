"""Cadence by relationship and grade (handbook 4), and spreading over working days."""

from __future__ import annotations

from datetime import date

import pytest

from csm.domain.callback.cadence import Spread, days, moved_day, table, wanted_day
from csm.domain.settings import Policy
from csm.domain.time.calendar import Calendar, read_spans

POLICY = Policy({})
CALENDAR = Calendar(read_spans("mon-fri 09:00-18:00"), frozenset({date(2026, 11, 25)}), frozenset())


@pytest.mark.parametrize(
    ("relationship", "grade", "expected"),
    [
        (None, "A", None),
        ("basic", "A", None),
        ("reactive", None, None),
        ("accountable", "A", None),
        ("proactive", None, 30),
        ("proactive", "A", 14),
        ("proactive", "B", 30),
        ("proactive", "C", 30),
        ("partnership", None, 14),
        ("partnership", "A", 14),
        ("partnership", "C", 14),
    ],
)
def test_the_shorter_of_the_two_rules_wins(relationship: str | None, grade: str | None, expected: int | None) -> None:
    assert days(relationship, grade, POLICY) == expected


def test_a_team_can_change_the_numbers() -> None:
    assert days("proactive", "B", Policy({"cadence.grade_b": "10"})) == 10
    assert table(POLICY)["partnership", None] == 14
    assert len(table(POLICY)) == 8


def test_it_counts_from_the_last_contact_else_from_the_card_and_never_lies_back() -> None:
    today = date(2026, 11, 21)
    assert wanted_day(date(2026, 11, 1), date(2026, 1, 1), 30, today) == date(2026, 12, 1)
    assert wanted_day(None, date(2026, 11, 10), 14, today) == date(2026, 11, 24)
    assert wanted_day(date(2026, 1, 1), date(2026, 1, 1), 14, today) == today


def test_so_many_a_day_for_each_owner_on_working_days() -> None:
    # Friday the 20th; the 25th is a holiday; one place of alice's Monday is taken already.
    spread = Spread(CALENDAR, 2, {("alice", date(2026, 11, 23)): 1})
    wanted = date(2026, 11, 21)
    assert [spread.place("alice", wanted) for _ in range(6)] == [
        date(2026, 11, 23),
        date(2026, 11, 24),
        date(2026, 11, 24),
        date(2026, 11, 26),
        date(2026, 11, 26),
        date(2026, 11, 27),
    ]
    assert spread.place("bob", wanted) == date(2026, 11, 23)
    assert spread.place("alice", date(2026, 11, 24)) == date(2026, 11, 27)


def test_without_a_limit_everything_falls_on_the_first_working_day() -> None:
    spread = Spread(CALENDAR, None, {})
    assert {spread.place(None, date(2026, 11, 25)) for _ in range(5)} == {date(2026, 11, 26)}


def test_another_cadence_moves_sooner_and_never_later() -> None:
    planned = date(2026, 12, 21)
    assert moved_day(planned, date(2026, 12, 5)) == date(2026, 12, 5)
    assert moved_day(planned, date(2027, 1, 4)) == planned
