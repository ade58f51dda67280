"""Series on free days, at the end of each month and on working days only (handbook 5), worked out on a calendar.

2026-11-21 is a Saturday, a working day by default; Sundays (22 and 29 November, 6, 13, 20 and 27 December) are not.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon")
    return desk


def rounds(desk: Desk) -> list[tuple[str, str, str]]:
    """Return when each callback is due, its place in the series, and its status."""
    return [
        (row["due_on"], row["planned_on"], row["status"])
        for row in desk.json(
            "callback", "list", "--all", "--sort", "planned_on", "--columns", "due_on,planned_on,status"
        )
    ]


def done_on(desk: Desk, *days: str) -> None:
    """Note what is due with the customer as done on these days."""
    for day in days:
        desk.now = f"{day} 10:00"
        desk.ok("callback", "done", "golden")


def test_a_date_that_is_no_working_day_is_due_on_the_next_and_the_series_keeps_its_place(shop: Desk) -> None:
    """The 22nd of each month: a Sunday in November, a Tuesday in December, a Friday in January."""
    told = shop("callback", "add", "1", "--on", "2026-11-22", "--every", "1m")
    assert told.err.splitlines() == [
        "2026-11-22 (Sunday) is not a working day",
        "planned callback cb1 with Golden Dragon on 2026-11-23 (Monday)",
    ]
    done_on(shop, "2026-11-23", "2026-12-22")
    assert rounds(shop) == [
        ("2026-11-23", "2026-11-22", "done"),
        ("2026-12-22", "2026-12-22", "done"),
        ("2027-01-22", "2027-01-22", "open"),
    ]


def test_a_time_of_day_goes_along(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-11-15 15:00", "--every", "1w")
    done_on(shop, "2026-11-21")
    # Sunday the 15th was due on Monday the 16th; the next place is the 22nd, due on the 23rd at three.
    rows = shop.json("callback", "list", "--columns", "due_on,due_at")
    assert rows == [{"due_on": "2026-11-23", "due_at": "2026-11-23T15:00:00+00:00"}]


def test_a_single_day_is_kept_as_it_was_said_and_said_to_be_free(shop: Desk) -> None:
    told = shop("callback", "add", "1", "--on", "2026-12-06")
    assert told.err.splitlines() == [
        "2026-12-06 (Sunday) is not a working day",
        "planned callback cb1 with Golden Dragon on 2026-12-06 (Sunday)",
    ]
    assert shop("callback", "move", "1", "2026-12-13").err.splitlines()[0] == "2026-12-13 (Sunday) is not a working day"
    assert shop("callback", "move", "1", "2026-12-14").err.splitlines() == [
        "moved callback cb1 to 2026-12-14 (Monday), Golden Dragon"
    ]
    zh = shop("callback", "move", "1", "2026-12-20", lang="zh")
    assert zh.err.splitlines()[0] == "2026-12-20（星期日）不是工作日"


def test_the_end_of_each_month(shop: Desk) -> None:
    """31 January 2027 is a Sunday, due on 1 February; 28 February is one too, due on 1 March."""
    shop.ok("callback", "add", "1", "--on", "2026-12-15", "--every", "每月底", "--purpose", "reconcile")
    done_on(shop, "2026-12-15", "2026-12-31", "2027-02-01", "2027-03-01")
    assert rounds(shop) == [
        ("2026-12-15", "2026-12-15", "done"),
        ("2026-12-31", "2026-12-31", "done"),
        ("2027-02-01", "2027-01-31", "done"),
        ("2027-03-01", "2027-02-28", "done"),
        ("2027-03-31", "2027-03-31", "open"),
    ]
    assert shop.json("callback", "list")[0]["every"] == "eom"


def test_working_days_only_by_the_calendar_of_then(shop: Desk, tmp_path: Path) -> None:
    """Saturday, then over the Sunday to Monday; holidays imported meanwhile are left out, the past stays."""
    shop.ok("callback", "add", "1", "--on", "today", "--every", "workday")
    done_on(shop, "2026-11-21")
    holidays = tmp_path / "holidays.csv"
    holidays.write_text("date,kind,name\n2026-11-21,holiday,a\n2026-11-24,holiday,b\n2026-11-25,holiday,c\n")
    shop.ok("config", "holidays", "import", holidays)
    done_on(shop, "2026-11-23")
    assert rounds(shop) == [
        ("2026-11-21", "2026-11-21", "done"),
        ("2026-11-23", "2026-11-23", "done"),
        ("2026-11-26", "2026-11-26", "open"),
    ]


def test_skipping_moving_and_a_try_in_vain_keep_the_place(shop: Desk) -> None:
    """Every week from Sunday the 15th: skipped, then moved to Wednesday, then tried in vain, each counts from Sundays."""
    shop.ok("callback", "add", "1", "--on", "2026-11-15", "--every", "1w")
    shop.ok("callback", "skip", "1")
    shop.ok("callback", "move", "2", "2026-11-25")
    shop.now = "2026-11-25 10:00"
    shop.ok("callback", "done", "2", "--no-answer")
    done_on(shop, "2026-11-26")
    assert rounds(shop) == [
        ("2026-11-16", "2026-11-15", "skipped"),
        ("2026-11-26", "2026-11-22", "done"),
        ("2026-11-30", "2026-11-29", "open"),
    ]


@pytest.mark.parametrize("every", ["often", "0d", "-2w", "2x", "0workday", "eoq"])
def test_an_interval_that_is_none_is_refused_with_the_forms(shop: Desk, every: str) -> None:
    told = shop("callback", "add", "1", "--on", "fri", f"--every={every}")
    assert (told.code, told.err.splitlines()) == (2, [
        f"csm: '{every}' is no interval",
        "hint: write it like 30d, 2w, 1m or 1y, eom for the end of each month, workday for every working day",
    ])  # fmt: skip
    assert shop("customer", "edit", "1", f"--visit-every={every}").code == 2
    assert rounds(shop) == []


# --- files --------------------------------------------------------------------------------------------------------


def test_a_file_plans_by_the_same_rule_and_the_same_file_changes_nothing(shop: Desk, tmp_path: Path) -> None:
    sheet = tmp_path / "plan.csv"
    sheet.write_text(
        "customer,due_on,every,purpose\n"
        "Golden Dragon,2026-12-06,2w,usage\n"
        "Golden Dragon,2026-12-31,每月底,reconcile\n"
        "Golden Dragon,2026-12-13,,offer\n"
    )
    shop.ok("import", "callbacks", sheet)
    assert rounds(shop) == [
        ("2026-12-07", "2026-12-06", "open"),
        ("2026-12-13", "2026-12-13", "open"),
        ("2026-12-31", "2026-12-31", "open"),
    ]
    again = shop.json("import", "callbacks", sheet)
    assert (again["inserted"], again["updated"], again["unchanged"]) == (0, 0, 3)
    bad = tmp_path / "bad.csv"
    bad.write_text("customer,due_on,every\nGolden Dragon,2026-12-06,often\n")
    refused = shop("import", "callbacks", bad)
    assert refused.code == 2 and "line 2" in refused.err and "often" in refused.err


def test_an_export_comes_back_the_same(shop: Desk, tmp_path: Path) -> None:
    shop.ok("callback", "add", "1", "--on", "2026-12-06", "--every", "eom")
    shop.ok("callback", "add", "1", "--on", "2026-12-08")
    shop.ok("callback", "done", "2", "--postponed", "2026-12-11")
    shop.ok("export", "all", tmp_path / "out")
    new = Desk(tmp_path, now=shop.now, name="new.db")
    new.ok("import", "all", tmp_path / "out")
    query = "SELECT id, due_on, planned_on, agreed_on, counts_on, every, series_on FROM callback ORDER BY id"
    assert new.sql(query) == shop.sql(query) == [
        (1, "2026-12-07", "2026-12-06", "2026-12-07", "2026-12-07", "eom", "2026-12-06"),
        (2, "2026-12-11", "2026-12-08", "2026-12-11", "2026-12-11", None, None),
    ]  # fmt: skip
