"""Every figure of the demo, worked out a second time from its export files (`figures_again`), equals what csm says."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from datetime import date, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.desk import Desk
from tests.scenarios import figures_again as again
from tests.scenarios.books_again import Books, Figures, active, read
from tests.scenarios.surveys_again import DIMENSIONS

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=ZONE)
# This month to date, and the same days of the month before.
NOW_DAYS = (date(2026, 11, 1), NOW.date())
BEFORE = (date(2026, 10, 1), date(2026, 10, 24))
Days = tuple[date, date]
# Sections with a report of their own. In the summary these figures of theirs aren't.
REPORTS = ("servqual", "complaints", "callbacks", "promises", "retention", "heart", "gaps")
SUMMARY = ("servqual", "csat", "nps", "complaints", "callbacks", "promises", "retention")
REPORTED = {
    "complaints": "escalated_by_hand unresolved live total_resolution_median_h total_resolution_p90_h grievances".split(),
    "callbacks": ["on_time_share", "unplanned"],
    "promises": ["late"],
}
# What is counted needs no word on how many it is made of.
COUNTS = {
    *("n", "scale", "reopened", "escalated", "escalated_by_policy", "escalated_by_hand", "settled_on_spot", "repeated"),
    *("unresolved", "live", "grievances", "due", "on_time", "late", "never", "unplanned", "kept", "broken", "open"),
    "start",
}
# What is exported as a table, closed and cancelled ones too, and the columns that the figures need.
TABLES = {
    "customers": "id,owner,region,grade",
    "sales": "id,customer_id,product,line,amount,sold_on,delivery_on,delivered_on,status",
    "callbacks": "id,customer_id,direction,status,due_on,planned_on,agreed_on,done_on,outcome,satisfaction,tries,origin,sale_id,served_with",
    "promises": "id,customer_id,direction,due_at,status",
}


@pytest.fixture
def demo(desk: Desk, demo_file: Path) -> Desk:
    """Return a desk on the demo, on Tuesday, 2026-11-24, at eight in the morning."""
    desk.now = f"{NOW:%Y-%m-%d %H:%M}"
    shutil.copy(demo_file, desk.path)
    return desk


@pytest.fixture
def books(demo: Desk) -> Books:
    """Return what `csm export` writes of the demo: tables as csv, and as json where a record holds others."""
    for kind, columns in TABLES.items():
        demo.ok("export", kind, demo.folder / f"{kind}.csv", "--all", "--columns", columns)
    demo.ok("export", "surveys", demo.folder / "surveys.csv")
    demo.ok("export", "services", demo.folder / "services.json")
    demo.ok("export", "complaints", demo.folder / "complaints.json", "--all")
    kinds = {path.stem: read(path) for path in demo.folder.iterdir() if path.suffix in (".csv", ".json")}
    assert all(kinds.values())
    return Books(NOW, **kinds)


def figure(value: float | None) -> float | None:
    """Return a figure as json has it: to four decimals."""
    return None if value is None else round(value, 4)


def days_of(days: Days) -> dict[str, str]:
    """Return the ends of a period as json has them."""
    return {"from": days[0].isoformat(), "to": days[1].isoformat()}


def record(section: str, found: Figures, leave_out: Sequence[str] = ()) -> dict[str, Any]:
    """Return the keys that json must have of a section."""
    names = [name for name in found if name not in leave_out and name.split("_")[0] not in DIMENSIONS]
    made: dict[str, Any] = {name: figure(found[name][0]) for name in names}
    made["counted"] = {name: found[name][1] for name in names if name not in COUNTS}
    if section == "servqual":
        made["dimensions"] = [
            {"dimension": one, "n": found[f"{one}_gap"][1], "alpha_n": found[f"{one}_alpha"][1]}
            | {of: figure(found[f"{one}_{of}"][0]) for of in ("expectation", "perception", "gap", "weight", "alpha")}
            for one in DIMENSIONS
        ]
    return made


def rows(demo: Desk, *command: str) -> list[dict[str, str]]:
    """Return the rows that a report prints as csv."""
    return list(csv.DictReader(io.StringIO(demo.ok("quality", *command, "-f", "csv"))))


def text(value: float | None) -> str:
    """Return a figure as csv has it: to four decimals, and no more than it takes."""
    return "" if value is None else f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".")


def reckoned(books: Books, section: str, now: Days, before: Days) -> dict[str, tuple[str, str, str]]:
    """Return what csv must say of each figure of a section: value, n, before."""
    found, earlier = again.of(section, books, *now), again.of(section, books, *before)
    return {name: (text(found[name][0]), str(found[name][1]), text(earlier[name][0])) for name in found}


def result(found: list[dict[str, str]], section: str, **group: str) -> dict[str, tuple[str, str, str]]:
    """Return the figures of a section in rows of csv, those of one group where it is named."""
    mine = [row for row in found if row["section"] == section and group.items() <= row.items()]
    return {row["figure"]: (row["value"], row["n"], row["before"]) for row in mine}


def test_every_figure_of_the_demo(demo: Desk, books: Books) -> None:
    """This month to date and the same days of the month before; json and csv, the reports and the summary."""
    for section in REPORTS:
        now, before = (again.of(section, books, *days) for days in (NOW_DAYS, BEFORE))
        report = demo.json("quality", section)
        assert report | record(section, now) == report, section
        assert report["before"] == record(section, before) | days_of(BEFORE), section
        assert result(rows(demo, section), section) == reckoned(books, section, NOW_DAYS, BEFORE)
    summary = demo.json("quality", "summary")
    parts = {
        section: record(section, again.of(section, books, *NOW_DAYS), REPORTED.get(section, ())) for section in SUMMARY
    }
    assert summary == days_of(NOW_DAYS) | {"customers": len(active(books, NOW_DAYS[0]))} | parts
    table = rows(demo, "summary")
    for section in SUMMARY:
        found = reckoned(books, section, NOW_DAYS, BEFORE)
        assert result(table, section) == {
            name: of for name, of in found.items() if name not in REPORTED.get(section, ())
        }


@pytest.mark.parametrize("by", ["owner", "region", "grade"])
def test_every_figure_of_the_demo_by_group(demo: Desk, books: Books, by: str) -> None:
    """Each group of customers, as their cards say; a group of which nothing is known has no rows."""
    groups = {card[by] or "" for card in books.customers}
    for section in REPORTS:
        found = rows(demo, section, "--by", by)
        for group in groups:
            theirs = reckoned(books.of(by, group or None), section, NOW_DAYS, BEFORE)
            nothing = all((n, before) in (("0", ""), ("0", "0")) for _, n, before in theirs.values())
            assert result(found, section, **{by: group}) == ({} if nothing else theirs), (section, group)
        assert {row[by] for row in found} <= groups


@pytest.mark.parametrize(
    ("period", "now", "before"),
    [
        ("--month 2026-10", "2026-10-01 2026-10-31", "2026-09-01 2026-09-30"),
        ("--from 2026-10-25 --to 2026-11-10", "2026-10-25 2026-11-10", "2026-10-08 2026-10-24"),
        # neither is over on the 24th of November: the same days of the one before
        ("--quarter 2026-Q4", "2026-10-01 2026-11-24", "2026-07-01 2026-08-24"),
        ("--year 2026", "2026-01-01 2026-11-24", "2025-01-01 2025-11-24"),
    ],
)
def test_every_figure_of_the_demo_in_another_period(
    demo: Desk, books: Books, period: str, now: str, before: str
) -> None:
    for section in REPORTS:
        report = demo.json("quality", section, *period.split())
        for days, found in ((now, report), (before, report["before"])):
            first, last = map(date.fromisoformat, days.split())
            wanted = record(section, again.of(section, books, first, last)) | days_of((first, last))
            assert found | wanted == found, section


def test_what_the_complaints_of_the_demo_were_about(demo: Desk, books: Books) -> None:
    report = demo.json("quality", "complaints")
    for column in ("content", "problem", "cause", "owner", "about"):
        whole = again.pareto(books, *NOW_DAYS, column)
        n = sum(number for _, number in whole)
        sums = accumulate(number for _, number in whole)
        assert report[f"by_{column.replace('about', 'staff')}"] == [
            {"name": name, "n": number, "share": figure(number / n), "cumulated": figure(so_far / n)}
            for (name, number), so_far in zip(whole, sums, strict=True)
        ]
    items = {one["item"]: (one["not_met"], one["ticked"], one["share"]) for one in report["checklist_not_met"]}
    assert items == {
        item: (number, looked_at, figure(number / looked_at))
        for item, (number, looked_at) in again.not_met(books, *NOW_DAYS).items()
    }
    numbers = [(-one["not_met"], -one["share"], one["item"]) for one in report["checklist_not_met"]]
    assert numbers == sorted(numbers)


def test_the_trend_of_three_months(demo: Desk, books: Books) -> None:
    """Each month beside the one before; this month, which isn't over, beside the same days of it."""
    months = {
        "2026-09": ((date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 8, 1), date(2026, 8, 31))),
        "2026-10": ((date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 9, 1), date(2026, 9, 30))),
        "2026-11": (NOW_DAYS, BEFORE),
    }
    trend = demo.json("quality", "trend", "--months", "3")
    assert [one.pop("month") for one in trend] == list(months)
    for found, (now, _) in zip(trend, months.values(), strict=True):
        assert list(found) == list(SUMMARY)
        for section, values in found.items():
            whole = record(section, again.of(section, books, *now))
            assert values.pop("counted").items() <= whole["counted"].items()
            assert values and values.items() <= whole.items()
    table = rows(demo, "trend", "--months", "3", "--by", "grade")
    assert len(table) == 3 * 3 * 10  # months, grades, main figures
    for grade in "ABC":
        theirs = books.of("grade", grade)
        for month, (now, before) in months.items():
            for section in SUMMARY:
                found = result(table, section, month=month, grade=grade)
                assert found.items() <= reckoned(theirs, section, now, before).items(), (month, grade, section)
