"""What the cadence has planned goes with the card: another relationship or grade, by any way in (handbook 4)."""

from __future__ import annotations

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def house(desk: Desk) -> Desk:
    """Return a desk with a card made on 2026-11-21 and its callback by cadence: proactive, 30 days.

    2026-11-21 + 30 days = 2026-12-21, a Monday, is a working day.
    """
    desk.ok("customer", "add", "Golden Dragon", "--relationship", "proactive")
    desk.ok("callback", "plan")
    assert planned(desk) == [("2026-12-21", "2026-12-21", "open")]
    desk.now = "2026-11-23 09:00"
    return desk


def planned(desk: Desk) -> list[tuple[str, str, str]]:
    return desk.sql("SELECT due_on, planned_on, status FROM callback ORDER BY id")


def load(house: Desk, text: str, *more: str) -> list[str]:
    path = house.folder / "customers.csv"
    path.write_text(text, encoding="utf-8")
    result = house("import", "customers", path, *more)
    assert result.code == 0, result
    return result.err.splitlines()


def test_a_shorter_cadence_moves_it_sooner(house: Desk) -> None:
    # 21 November + 14 days = 5 December, a Saturday, which is worked on
    assert house.message("customer", "edit", "1", "--relationship", "partnership") == (
        "changed customer 1: Golden Dragon; moved cb1 from 2026-12-21 to 2026-12-05 (Saturday)"
    )
    assert planned(house) == [("2026-12-05", "2026-12-05", "open")]
    assert house.message("customer", "edit", "1", "--grade", "A", lang="zh") == "已修改客户 1：Golden Dragon"


def test_a_grade_tightens_it_and_counts_from_the_last_contact(house: Desk) -> None:
    house.ok("callback", "log", "1", "all well", "--keep")  # 23 November; the plan is counted anew: 23 December
    assert planned(house)[0] == ("2026-12-23", "2026-12-23", "open")
    # 23 November + 14 days = 7 December, a Monday
    assert house.message("customer", "edit", "1", "--grade", "A", lang="zh") == (
        "已修改客户 1：Golden Dragon；cb1 从 2026-12-23 改到 2026-12-07（星期一）"
    )


def test_never_before_today_and_on_a_working_day(house: Desk) -> None:
    # 21 November + 14 = 5 December lies behind; 13 December is a Sunday, so Monday the 14th
    house.now = "2026-12-13 09:00"
    house.ok("customer", "edit", "1", "--grade", "A")
    assert planned(house) == [("2026-12-14", "2026-12-14", "open")]


def test_a_longer_one_stays(house: Desk) -> None:
    house.ok("customer", "edit", "1", "--relationship", "partnership")
    assert house.message("customer", "edit", "1", "--relationship", "proactive") == "changed customer 1: Golden Dragon"
    assert planned(house) == [("2026-12-05", "2026-12-05", "open")]


@pytest.mark.parametrize(
    "change", [("--relationship", "basic"), ("--relationship", "accountable"), ("--clear", "relationship")]
)
def test_without_a_cadence_it_is_gone(house: Desk, change: tuple[str, str]) -> None:
    assert house.message("customer", "edit", "1", *change) == (
        "changed customer 1: Golden Dragon; 1 open callback cancelled"
    )
    assert planned(house) == [("2026-12-21", "2026-12-21", "cancelled")]


@pytest.mark.parametrize(
    "touch",
    [
        ("callback", "move", "cb1", "2026-12-28"),
        ("callback", "move", "cb1", "2026-12-21 15:00"),
        ("callback", "done", "cb1", "busy", "--no-answer"),
    ],
)
def test_what_somebody_has_touched_stays(house: Desk, touch: tuple[str, ...]) -> None:
    house.ok(*touch)
    before = planned(house)
    house.ok("customer", "edit", "1", "--grade", "A")
    house.ok("customer", "edit", "1", "--relationship", "basic")
    assert planned(house) == before


def test_what_isn_t_of_the_cadence_stays(house: Desk) -> None:
    house.ok("callback", "add", "1", "--on", "2026-12-30", "--purpose", "usage")
    house.ok("customer", "edit", "1", "--relationship", "basic")
    assert planned(house) == [("2026-12-21", "2026-12-21", "cancelled"), ("2026-12-30", "2026-12-30", "open")]


def test_a_file_moves_and_cancels_and_counts(house: Desk) -> None:
    house.ok("customer", "add", "Jade Garden", "--relationship", "proactive")
    house.ok("customer", "add", "Lotus", "--relationship", "proactive")
    house.ok("callback", "plan")
    told = load(
        house, "name,relationship,grade\nGolden Dragon,proactive,A\nJade Garden,basic,\nLotus,proactive,\n", "--update"
    )
    assert told == [
        "imported: 3 read, 0 inserted, 2 updated, 1 unchanged, 0 rejected; 1 planned callback moved, 1 planned callback cancelled"
    ]
    # 23 November + 30 days = 23 December
    assert planned(house) == [
        ("2026-12-05", "2026-12-05", "open"),
        ("2026-12-23", "2026-12-23", "cancelled"),
        ("2026-12-23", "2026-12-23", "open"),
    ]


def test_grades_that_are_given_move_what_is_planned(house: Desk) -> None:
    house.ok("customer", "add", "Jade Garden", "--relationship", "partnership")
    house.ok("customer", "add", "Lotus")
    house.ok("callback", "plan")
    assert planned(house)[1] == ("2026-12-07", "2026-12-07", "open")
    house.ok("sale", "add", "1", "oven", "--amount", "900", "--no-plan")
    # only Golden Dragon sold: grade A, 14 days; the others C, 90: partnership stays at 14
    assert house.message("customer", "grade", "--apply") == ("changed 3 grades; 1 planned callback moved")
    assert planned(house) == [("2026-12-05", "2026-12-05", "open"), ("2026-12-07", "2026-12-07", "open")]


def test_a_visit_goes_with_its_frequency_and_a_file_counts_it(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--visit-every", "4w")
    desk.ok("callback", "plan")
    # 21 November + 28 days = 19 December, a Saturday
    assert planned(desk) == [("2026-12-19", "2026-12-19", "open")]
    # + 14 days = 5 December
    assert load(desk, "name,visit_every\nGolden Dragon,2w\n", "--update") == [
        "imported: 1 read, 0 inserted, 1 updated, 0 unchanged, 0 rejected; 1 planned callback moved"
    ]
    assert planned(desk) == [("2026-12-05", "2026-12-05", "open")]
    assert desk.message("customer", "edit", "1", "--clear", "visit_every") == (
        "changed customer 1: Golden Dragon; 1 open callback cancelled"
    )


@pytest.mark.parametrize(
    ("rule", "without"),
    [
        (("--relationship", "proactive"), ("--relationship", "basic")),
        (("--visit-every", "30d"), ("--clear", "visit-every")),
    ],
    ids=["cadence", "frequency"],
)
def test_the_day_asked_for_is_planned_though_the_rule_is_gone(
    desk: Desk, rule: tuple[str, ...], without: tuple[str, ...]
) -> None:
    desk.ok("customer", "add", "Golden Dragon", *rule)
    desk.ok("callback", "plan")
    # who was tried stays, whatever becomes of the rule
    desk.ok("callback", "done", "1", "--no-answer")
    desk.ok("customer", "edit", "1", *without)
    desk.now = "2026-11-23 09:00"
    desk.ok("callback", "done", "1", "all well", "--next", "2026-12-08")
    assert planned(desk)[1] == ("2026-12-08", "2026-12-08", "open")
    assert desk.sql("SELECT origin FROM callback WHERE id = 2") == [("next",)]


def test_a_visit_that_somebody_moved_stays(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--visit-every", "4w")
    desk.ok("callback", "plan")
    desk.ok("callback", "move", "1", "2026-12-08")
    # two weeks would be 5 December
    assert desk.message("customer", "edit", "1", "--visit-every", "2w") == "changed customer 1: Golden Dragon"
    assert planned(desk) == [("2026-12-08", "2026-12-19", "open")]
