"""A case recorded twice and a case recorded by mistake: every figure before and after, through the command line alone.

All values are worked out by hand. Working time is Monday to Saturday, 09:00 to 12:00 and 13:00 to 18:00, 8 hours a day.

    November 2026
    Mon Tue Wed Thu Fri Sat Sun
      2   3   4   5   6   7  --
      9  10  11

Golden Dragon calls twice about one late oven, and two colleagues write it down: cp1 on the 2nd at 10:00, answered at
12:00 (2 h), settled on the 3rd at 10:00 (8 h) and closed content with 4; cp2 on the 2nd at 11:00, which nobody looks
at any more. cp3 is written on the card of Green Valley, who never called. So cp2 and cp3 miss their first response
(8 h: on the 3rd at 11:00 and at 18:00) and their proposal (3 days: on the 5th at 11:00, on the 6th at 09:00), for which
each is moved up twice; their resolutions (7 days: on the 10th at 11:00, on the 11th at 09:00) still run on the 10th at
09:00.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import Desk, filled_once

DRAGON, VALLEY, SKY = "Golden Dragon", "Green Valley", "Blue Sky"


def at(desk: Desk, when: str, *command: str) -> str:
    desk.now = f"2026-{when}"
    return desk.ok(*command)


@pytest.fixture
@filled_once
def twice(desk: Desk) -> Desk:
    """Return the desk on Tuesday, 2026-11-10 at 09:00."""
    desk.now = "2026-01-05 09:00"
    desk.ok("config", "set", "file.timezone", "Asia/Shanghai")
    for name, owner in ((DRAGON, "Li"), (VALLEY, "Wang"), (SKY, "Li")):
        desk.ok("customer", "add", name, "--owner", owner)
    for name, day in ((DRAGON, "10-01"), (VALLEY, "10-01"), (DRAGON, "11-05")):
        at(desk, f"{day} 12:00", "sale", "add", name, "tray", "--amount", "100", "--on", f"2026-{day}", "--no-plan")
    late = ("--problem", "late-delivery", "--content", "service")
    at(desk, "11-02 10:00", "complaint", "open", DRAGON, "the oven is late", *late)
    at(desk, "11-02 11:00", "complaint", "open", DRAGON, "where is the oven?", *late, "--caller", "the cook")
    at(desk, "11-02 12:00", "complaint", "respond", "1", "it comes tomorrow")
    at(desk, "11-03 09:00", "complaint", "open", VALLEY, "rude at the door", "--problem", "staff-attitude")
    cause = ("--failure", "process", "--cause", "company", "--compensation", "100")
    at(desk, "11-03 10:00", "complaint", "settle", "1", "--did", "brought it", *cause)
    at(desk, "11-06 10:00", "complaint", "close", "1", "--summary", "late", "--lesson", "call first", "-s", "4")
    at(desk, "11-10 09:00", "complaint", "escalate", "--overdue")
    return desk


def figures(desk: Desk, *more: str) -> Any:
    found: dict[str, Any] = desk.json("quality", "complaints", "--month", "2026-11", *more)
    return found


def chosen(found: dict[str, Any]) -> tuple[Any, ...]:
    names = (
        *("n", "per_100_customers", "founded", "first_response_met", "first_response_median_h", "resolution_met"),
        *("resolution_median_h", "escalated_by_policy", "settled_on_spot", "repeated", "satisfaction", "bought_again"),
    )
    return tuple(found[name] for name in names)


def join(desk: Desk) -> None:
    desk.ok("complaint", "withdraw", "cp2", "--double-of", "cp1")
    desk.ok("complaint", "withdraw", "cp3", "--mistake")


def test_figures_of_complaints_before_and_after(twice: Desk) -> None:
    """Two customers are active on the 1st: 3 cases are 150 a hundred, 1 is 50.

    First response: met by cp1 alone, 1 of 3. Repeated: cp2 after cp1. Two customers complained, of whom Dragon bought
    on the 5th: 1 of 2; after that Dragon alone: 1 of 1.
    """
    assert chosen(figures(twice)) == (3, 150, 1, 0.3333, 2, 1, 8, 2, 1, 1, 4, 0.5)
    join(twice)
    assert chosen(figures(twice)) == (1, 50, 1, 1, 2, 1, 8, 0, 1, 0, 4, 1)


def test_by_whom_and_about_what(twice: Desk) -> None:
    """Pareto and groups: Li's customers had cp1 and cp2, Wang's cp3."""

    def told() -> list[tuple[str, int, int]]:
        rows = twice.json("quality", "complaints", "--month", "2026-11", "--by", "owner")
        return [(row["owner"], row["n"], row["repeated"]) for row in rows]

    def problems() -> list[tuple[str, int]]:
        return [(row["name"], row["n"]) for row in figures(twice)["by_problem"]]

    assert told() == [("Li", 2, 1), ("Wang", 1, 0)]
    assert problems() == [("late-delivery", 2), ("staff-attitude", 1)]
    join(twice)
    assert told() == [("Li", 1, 0), ("Wang", 0, None)]
    assert problems() == [("late-delivery", 1)]


def test_gaps_trend_and_what_customers_cost(twice: Desk) -> None:
    """Deadlines over by now: three of cp1, all met; two of cp2 and two of cp3, all missed: 3 of 7, then 3 of 3.

    In November Dragon bought once and complained twice: 2 a sale, then 1. What cp1 gave, 100, stays a cost of 100 on
    sales of 100.
    """

    def told() -> tuple[Any, ...]:
        gaps = twice.json("quality", "gaps", "--month", "2026-11")
        trend = twice.json("quality", "trend", "--section", "complaints")[-1]["complaints"]
        days = ("--from", "2026-11-01", "--to", "2026-11-30")
        rows = twice.json("sale", "stats", "--by", "customer", *days)
        sold = [(row["name"], row["complaints"], row["complaints_per_sale"], row["cost"]) for row in rows]
        return (gaps["gap_3"], gaps["counted"]["deadlines_met"]), (trend["n"], trend["first_response_met"]), sold

    assert told() == ((0.4286, 7), (3, 0.3333), [(DRAGON, 2, 2, 100), (VALLEY, 1, None, 0)])
    join(twice)
    assert told() == ((1, 3), (1, 1), [(DRAGON, 1, 1, 100), (VALLEY, 0, None, 0)])


def test_cards_risks_and_contacts(twice: Desk) -> None:
    """Both have an open complaint, so both are at risk. Who never called had no contact either."""

    def told() -> tuple[Any, ...]:
        cards = {row["name"]: row["open_complaints"] for row in twice.json("customer", "list")}
        risks = [(row["customer"], row["why"]) for row in twice.json("customer", "risk")]
        return cards, risks, [row["touch"] for row in twice.json("customer", "journey", VALLEY)]

    assert told() == (
        {DRAGON: 1, VALLEY: 1, SKY: 0},
        [(DRAGON, "complaint cp2 is open"), (VALLEY, "complaint cp3 is open")],
        ["sale", "complaint"],
    )
    join(twice)
    assert told() == ({DRAGON: 0, VALLEY: 0, SKY: 0}, [], ["sale"])


def test_lists_show_them_with_why(twice: Desk) -> None:
    join(twice)
    assert [row["id"] for row in twice.json("complaint", "list")] == []
    rows = twice.json("complaint", "list", "--all", "--sort", "id")
    assert [(row["status"], row["void"], row["double_of"]) for row in rows] == [
        ("closed", None, None), ("withdrawn", "double", 1), ("withdrawn", "mistake", None),
    ]  # fmt: skip
    assert [row["id"] for row in twice.json("complaint", "list", "--all", "--double-of", "1")] == [2]
    assert [row["id"] for row in twice.json("complaint", "list", "--all", "--void", "mistake")] == [3]
    table = twice.ok("complaint", "list", "--all", "--columns", "id,status", "--sort", "id", lang="zh")
    assert [line.split() for line in table.splitlines()[2:]] == [
        ["1", "已结案"], ["2", "已撤销（重复登记）"], ["3", "已撤销（误登记）"],
    ]  # fmt: skip


def test_opened_again_everything_counts_as_before(twice: Desk) -> None:
    before = figures(twice)
    join(twice)
    twice.ok("complaint", "reopen", "cp2", "--reason", "another oven")
    twice.ok("complaint", "reopen", "cp3", "--reason", "they did call")
    assert figures(twice) == before
