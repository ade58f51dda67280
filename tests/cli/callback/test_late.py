"""A callback counts as late by the day it was first planned for (handbook 5), worked out on a calendar.

2026-11-21 is a Saturday.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, filled_once

FIXTURES = Path(__file__).parents[2] / "storage" / "fixtures"


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("callback", "add", "1", "--on", "2026-11-18", "--purpose", "usage")
    return desk


def late(desk: Desk, *more: str) -> list[tuple[str, str, int]]:
    return [(row["ref"], row["due"], row["days_late"]) for row in desk.json("due", *more)]


def figures(desk: Desk) -> dict[str, Any]:
    found = desk.json("quality", "callbacks", "--month", "2026-11")
    return {name: found[name] for name in ("due", "on_time", "late", "never")}


def test_however_often_we_move_it_it_is_late_by_the_first_day(shop: Desk) -> None:
    """Planned for Wednesday the 18th, moved to the 20th, then to the 21st: three days late on the 21st."""
    shop.now = "2026-11-18 09:00"
    shop.ok("callback", "move", "1", "2026-11-20")
    shop.ok("callback", "move", "1", "2026-11-21")
    # before its day has come nothing is due, and it counts down to that day
    assert late(shop) == []
    assert late(shop, "--days", "7") == [("cb1", "2026-11-21", -3)]
    shop.now = "2026-11-21 09:00"
    assert late(shop) == late(shop, "--overdue") == [("cb1", "2026-11-21", 3)]
    assert [row["ref"] for row in shop.json("today")["late"]] == ["cb1"]
    assert "3 days late" in shop.ok("due")
    assert "逾期 3 天" in shop.ok("due", lang="zh")
    shop.ok("callback", "done", "1")
    assert figures(shop) == {"due": 1, "on_time": 0, "late": 1, "never": 0}


def test_postponed_by_the_customer_it_counts_by_the_new_day(shop: Desk) -> None:
    shop.now = "2026-11-18 09:00"
    shop.ok("callback", "done", "1", "--postponed", "2026-11-20")
    shop.now = "2026-11-21 09:00"
    assert late(shop) == [("cb1", "2026-11-20", 1)]
    # moved by us after that, it still counts by what was agreed on
    shop.ok("callback", "move", "1", "2026-11-24")
    shop.now = "2026-11-24 09:00"
    assert late(shop) == [("cb1", "2026-11-24", 4)]
    shop.ok("callback", "done", "1")
    assert figures(shop) == {"due": 1, "on_time": 0, "late": 1, "never": 0}


def test_done_on_the_day_the_customer_asked_for_is_on_time(shop: Desk) -> None:
    shop.now = "2026-11-18 09:00"
    shop.ok("callback", "done", "1", "--postponed", "2026-11-20")
    shop.now = "2026-11-20 09:00"
    shop.ok("callback", "done", "1")
    assert figures(shop) == {"due": 1, "on_time": 1, "late": 0, "never": 0}


def test_no_answer_moves_it_and_leaves_the_day_it_counts_by(shop: Desk) -> None:
    shop.now = "2026-11-18 09:00"
    shop.ok("callback", "done", "1", "--no-answer")
    shop.now = "2026-11-19 09:00"
    assert late(shop) == [("cb1", "2026-11-19", 1)]
    shop.ok("callback", "done", "1", "reached at last")
    assert figures(shop) == {"due": 1, "on_time": 0, "late": 1, "never": 0}


def test_edited_to_another_day_it_still_counts_by_the_first(shop: Desk) -> None:
    shop.ok("callback", "edit", "1", "--due", "2026-11-25")
    shop.now = "2026-11-25 09:00"
    assert late(shop) == [("cb1", "2026-11-25", 7)]


def test_what_nobody_did_belongs_to_the_month_it_was_planned_for(shop: Desk) -> None:
    shop.ok("callback", "move", "1", "2026-12-05")
    shop.now = "2026-12-03 09:00"
    assert figures(shop) == {"due": 1, "on_time": 0, "late": 0, "never": 1}


def test_a_date_of_a_series_on_a_free_day_is_on_time_on_the_next_working_day(desk: Desk) -> None:
    """Sunday the 15th, due on Monday the 16th."""
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("callback", "add", "1", "--on", "2026-11-15", "--every", "1m")
    desk.ok("callback", "done", "1", "--at", "2026-11-16 10:00")
    assert figures(desk) == {"due": 1, "on_time": 1, "late": 0, "never": 0}


def test_a_call_nobody_had_planned_is_not_late_where_it_is_tried_again(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("callback", "log", "1", "--no-answer")
    desk.now = "2026-11-23 09:00"
    assert late(desk) == [("cb1", "2026-11-23", 0)]


def test_a_time_of_day_of_a_moved_one(shop: Desk) -> None:
    """Planned for the 18th and moved to the 21st at three: three days late all day, and first by its time."""
    shop.ok("callback", "move", "1", "2026-11-21 15:00")
    assert late(shop, "--overdue") == [("cb1", "2026-11-21", 3)]
    assert "2026-11-21 15:00" in shop.ok("due")
    assert "3 days late" in shop.ok("due")


def test_the_card_says_the_same(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--best-time", "14:00-16:00")
    shop.ok("callback", "move", "1", "2026-11-21")
    for lang, days, best in (
        ("en", "3 days late", "best time: 14:00-16:00"),
        ("zh", "逾期 3 天", "最佳联系时间：14:00-16:00"),
    ):
        card = shop.ok("customer", "show", "1", lang=lang)
        assert days in card and best in card
    shop.ok("callback", "move", "1", "2026-11-21 15:00")
    assert "3 days late" in shop.ok("customer", "show", "1")


def test_another_programs_row_counts_by_its_planned_day(shop: Desk) -> None:
    shop.sql(
        "INSERT INTO callback (customer_id, due_on, planned_on) VALUES (1, '2026-11-20', '2026-11-16')",
    )
    assert late(shop) == [("cb1", "2026-11-18", 3), ("cb2", "2026-11-20", 5)]


def test_files_of_earlier_releases_know_what_the_customer_postponed(tmp_path: Path) -> None:
    """In a file of schema 5: one that was postponed counts by its new day, one that we moved by the first."""
    path = tmp_path / "five.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FIXTURES / "schema5.sql").read_text(encoding="utf-8"))
        first = connection.execute("SELECT max(id) + 1 FROM callback").fetchone()[0]
        for identity in (first, first + 1):
            connection.execute(
                "INSERT INTO callback (id, customer_id, due_on, planned_on) VALUES (?, 1, '2027-03-10', '2027-03-01')",
                [identity],
            )
        connection.execute("INSERT INTO callback_try (callback_id, outcome) VALUES (?, 'postponed')", [first])
        connection.commit()
    desk = Desk(tmp_path, now="2027-03-12 09:00", name="five.db")
    desk.ok("customer", "list")
    assert desk.sql("SELECT counts_on FROM callback WHERE id >= ? ORDER BY id", first) == [
        ("2027-03-10",),
        ("2027-03-01",),
    ]
    with closing(sqlite3.connect(desk.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
