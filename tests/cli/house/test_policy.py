"""config and staff through the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from csm.domain.complaint.presets import PRESETS
from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "One", "--owner", "Wang Fang")
    return desk


def test_settings_are_listed_set_and_taken_back(shop: Desk) -> None:
    assert shop.ok("config", "get", "cadence.proactive") == "30\n"
    assert shop.message("config", "set", "cadence.proactive", "21") == "cadence.proactive is now 21"
    assert [row for row in shop.json("config", "list") if row["key"] == "cadence.proactive"] == [
        {
            "key": "cadence.proactive", "value": "21", "default": "30", "unit": "days",
            "about": "callback cadence of the proactive relationship",
        }
    ]  # fmt: skip
    assert shop.message("config", "unset", "cadence.proactive") == "cadence.proactive is back at its default, 30"
    assert shop.json("config", "get", "cadence.proactive")["value"] == "30"


def test_a_new_file_takes_the_machines_zone(shop: Desk) -> None:
    [(zone,)] = shop.sql("SELECT value FROM setting WHERE key = 'file.timezone'")
    assert shop.ok("config", "get", "file.timezone") == f"{zone}\n"


def test_times_are_those_of_the_files_zone(shop: Desk) -> None:
    shop.ok("config", "set", "file.timezone", "Asia/Shanghai")
    shop.ok("callback", "log", "1", "met", "--at", "2026-11-20 10:00")
    [row] = shop.json("callback", "list", "--all")
    assert row["done_at"] == "2026-11-20T10:00:00+08:00"
    assert shop.sql("SELECT done_at, done_on FROM callback") == [("2026-11-20T02:00:00Z", "2026-11-20")]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("cadence.proactive", "soon"),
        ("cadence.proactve", "3"),
        ("work.spans", "mon 9-8"),
        ("file.timezone", "Mars"),
        ("file.currency", " "),
    ],
)
def test_a_bad_setting_is_refused(shop: Desk, key: str, value: str) -> None:
    result = shop("config", "set", key, value)
    assert result.code == 2 and result.err.startswith("csm: ")
    assert shop.sql("SELECT count(*) FROM setting") == [(1,)]


def test_holidays_and_extra_working_days_move_plans(shop: Desk, tmp_path: Path) -> None:
    table = tmp_path / "holidays.csv"
    table.write_bytes("日期,类型,名称\n2026-11-23,节假日,店庆\n2026/11/22,调休上班,\n".encode("gb18030"))
    assert shop.message("config", "holidays", "import", table) == "read 2 days, 2 of them new or different"
    assert shop.message("config", "holidays", "import", table) == "read 2 days, 0 of them new or different"
    assert shop.json("config", "holidays", "list") == [
        {"date": "2026-11-22", "kind": "workday", "name": None},
        {"date": "2026-11-23", "kind": "holiday", "name": "店庆"},
    ]
    shop.ok("callback", "log", "1", "--no-answer")
    assert shop.json("callback", "list")[0]["due_on"] == "2026-11-22"
    shop.now = "2026-11-22 10:00"
    shop.ok("callback", "done", "1", "--no-answer")
    assert shop.json("callback", "list")[0]["due_on"] == "2026-11-24"


@pytest.mark.parametrize(
    "content",
    [
        "date,kind,name\n5/6/2026,holiday,\n",
        "date,kind\n2026-01-01,party\n",
        "day,what\n1,2\n",
        "date,kind\n,holiday\n",
    ],
)
def test_a_bad_table_of_holidays_changes_nothing(shop: Desk, tmp_path: Path, content: str) -> None:
    table = tmp_path / "holidays.csv"
    table.write_text(content)
    result = shop("config", "holidays", "import", table)
    assert result.code == 2, result
    assert shop.json("config", "holidays", "list") == []


def test_staff_have_a_level_and_leave_only_when_nothing_is_theirs(shop: Desk) -> None:
    assert (
        shop.message("staff", "add", "Wang Fang", "--level", "专职经理", "--department", "service")
        == "added staff member Wang Fang"
    )
    assert shop("staff", "add", "Wang Fang").code == 4
    shop.ok("staff", "edit", "Wang Fang", "--level", "2", "--phone", "010-5550 0001")
    [row] = shop.json("staff", "list", "--level", "2")
    assert (row["name"], row["level"], row["department"]) == ("Wang Fang", 2, "service")
    refused = shop("staff", "retire", "Wang Fang")
    assert (refused.code, refused.err.splitlines()[0]) == (
        4,
        "csm: Wang Fang still has work: customers 1, open callbacks 0, complaints 0, promises and preventions 0",
    )
    shop.ok("customer", "handover", "Wang Fang", "bob")
    assert shop.message("staff", "retire", "1") == ("Wang Fang is no longer on the staff; in charge of their work: bob")
    assert shop.json("staff", "list") == []
    assert shop.json("staff", "list", "--all")[0]["retired_on"] == "2026-11-21"
    assert shop("staff", "edit", "nobody", "--level", "1").code == 3
    assert shop("staff", "edit", "1", "--level", "4").code == 2


def test_a_preset_is_taken_over_and_leaves_nothing_behind(desk: Desk) -> None:
    assert desk.ok("config", "preset", "fca") == ""  # the file is made
    assert desk.ok("config", "get", "clock.settled_early") == "end of 3d\n"
    assert desk.message("config", "preset", "FCA") == "FCA is in force already"
    assert desk.message("config", "preset", "five-day").startswith(
        "took over five-day: clock.general.proposal 8w -> 3d, "
    )
    rows = desk.json("config", "preset", "default")
    assert [(row["key"], row["value"], row["default"]) for row in rows] == [
        ("clock.general.resolution", "7d", "7d"),
        ("clock.malicious.resolution", "7d", "7d"),
    ]
    assert desk.sql("SELECT key FROM setting WHERE key LIKE 'clock.%'") == []
    assert desk.json("config", "preset", "default") == []
    result = desk("config", "preset", "ombudsman")
    assert result.code == 2 and "it is one of: default, five-day, fca, cfpb" in result.err


def test_the_help_names_each_preset_with_its_source(desk: Desk) -> None:
    words = " ".join(desk.ok("config", "preset", "--help").split())
    for name, preset in PRESETS.items():
        assert f" {name} " in words
        assert f"Source: {preset.source}" in words


def test_what_a_new_calendar_moves_is_said(shop: Desk, tmp_path: Path) -> None:
    shop.ok("config", "set", "file.timezone", "Asia/Shanghai")
    shop.now = "2026-11-20 16:00"
    for _ in range(3):
        shop.ok("complaint", "open", "One", "the oven is cold")
    assert shop("config", "preset", "cfpb").err.endswith("; cases already recorded keep their targets\n")
    table = tmp_path / "holidays.csv"
    table.write_text("date,kind\n2026-11-23,holiday\n")
    assert shop("config", "holidays", "import", table).err.splitlines() == [
        "read 1 days, 1 of them new or different",
        "6 deadlines of 3 cases moved",
        "cp1 proposal: 2026-11-24 16:00 -> 2026-11-25 16:00",
        "cp1 resolution: 2026-11-28 16:00 -> 2026-11-30 16:00",
        "cp2 proposal: 2026-11-24 16:00 -> 2026-11-25 16:00",
        "cp2 resolution: 2026-11-28 16:00 -> 2026-11-30 16:00",
        "cp3 proposal: 2026-11-24 16:00 -> 2026-11-25 16:00",
    ]
    assert shop("config", "holidays", "import", table).err.count("\n") == 1
    # The dues are those of the new zone, of before too.
    assert shop("config", "set", "file.timezone", "UTC").err.splitlines()[:3] == [
        "file.timezone is now UTC",
        "9 deadlines of 3 cases moved",
        "cp1 first-response: 2026-11-21 08:00 -> 2026-11-20 18:00",
    ]
