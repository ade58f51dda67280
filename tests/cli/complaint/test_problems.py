"""The problems of a team, and the sale that a case is about (handbook 6.1, 8)."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.desk import Desk

OWN = "cold-food 菜凉; wrong-size 尺码不对"
BUILT_IN = (
    "price-change late-delivery inadequate-installation missing-promotion-info insufficient-training staff-attitude"
    " goods-damaged product-defect short-delivery billing-error refund-delayed other"
).split()


@pytest.fixture
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("config", "set", "complaint.problems", OWN)
    return desk


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("cold-food", "cold-food"), ("COLD food", "cold-food"), ("cold", "cold-food"), ("菜凉", "cold-food"),
        ("尺码", "wrong-size"), ("产品缺陷", "product-defect"), ("少送", "short-delivery"), ("短少", "short-delivery"),
        ("账单错误", "billing-error"), ("退款拖延", "refund-delayed"), ("漏发", "short-delivery"), ("defect", "product-defect"),
    ],
)  # fmt: skip
def test_typed_in_either_language(shop: Desk, typed: str, stored: str) -> None:
    assert shop.json("complaint", "open", "1", "x", "--problem", typed)["problem"] == stored


def test_an_unknown_one_names_them_all(shop: Desk) -> None:
    result = shop("complaint", "open", "1", "x", "--problem", "nonsense")
    assert (result.code, result.err.splitlines()) == (
        2,
        [
            "csm: --problem can't be 'nonsense'",
            f"hint: it is one of: {', '.join([*BUILT_IN, 'cold-food', 'wrong-size'])}",
        ],
    )
    assert "菜凉（cold-food）" in shop("complaint", "open", "1", "x", "--problem", "胡说", lang="zh").err
    assert shop("complaint", "list", "--problem", "nonsense").code == 2


def test_shown_filtered_and_counted(shop: Desk) -> None:
    for problem in ("菜凉", "cold-food", "late-delivery"):
        shop.ok("complaint", "open", "1", "x", "--problem", problem)
    assert [row["id"] for row in shop.json("complaint", "list", "--problem", "菜凉")] == [1, 2]
    table = shop.ok("complaint", "list", "--columns", "id,problem", "--sort", "id", lang="zh")
    assert [line.split() for line in table.splitlines()[2:]] == [["1", "菜凉"], ["2", "菜凉"], ["3", "交货延迟"]]
    rows = shop.json("quality", "complaints", "--month", "2026-11")["by_problem"]
    assert [(row["name"], row["n"]) for row in rows] == [("cold-food", 2), ("late-delivery", 1)]
    assert shop.json("quality", "complaints", "--month", "2026-11")["repeated"] == 1
    assert "菜凉" in shop.ok("quality", "complaints", "--month", "2026-11", lang="zh")
    assert "菜凉" in shop.ok("complaint", "show", "1", lang="zh")


def test_one_that_cases_have_stays(shop: Desk, tmp_path: Path) -> None:
    """By every way out of the list: set, unset, and a file of settings."""
    for _ in range(2):
        shop.ok("complaint", "open", "1", "x", "--problem", "cold-food")
    shop.ok("complaint", "withdraw", "2", "--mistake")  # it has it all the same
    lines = [
        "csm: cases about cold-food: 2; it can't be removed from the list",
        "hint: csm complaint list --all --problem cold-food shows them",
    ]
    for words in (("set", "complaint.problems", "wrong-size"), ("unset", "complaint.problems")):
        result = shop("config", *words)
        assert (result.code, result.err.splitlines()) == (4, lines)
    path = tmp_path / "settings.csv"
    path.write_text("key,value\ncomplaint.problems,wrong-size\n", encoding="utf-8")
    result = shop("import", "settings", path, "--update", "-f", "json", "--skip-bad")
    assert "cases about cold-food: 2" in json.loads(result.out)["errors"][0]["reason"]
    assert shop.ok("config", "get", "complaint.problems").strip() == OWN
    shop.ok("config", "set", "complaint.problems", "cold-food 冷菜")  # another name, and one that nobody has is gone
    assert "冷菜" in shop.ok("complaint", "list", lang="zh")


@pytest.mark.parametrize(
    "value",
    [
        "cold-food 其他", "late-delivery 晚", "Cold 凉", "a x; a y",
        # commas between two would make one problem called "菜凉, wrong-size 尺码不对"
        "cold-food 菜凉, wrong-size 尺码不对", "cold-food 菜凉，wrong-size 尺码不对", "cold-food 菜凉、尺码不对", "cold-food 菜凉\nb 乙",
        # one word that means two problems
        "a b; b 乙", "b 乙; a b",
    ],
)  # fmt: skip
def test_what_is_refused(shop: Desk, value: str) -> None:
    assert shop("config", "set", "complaint.problems", value).code == 2
    assert shop.ok("config", "get", "complaint.problems").strip() == OWN


def test_files_carry_them(shop: Desk, tmp_path: Path) -> None:
    shop.ok("complaint", "open", "1", "x", "--problem", "cold-food")
    path = tmp_path / "in.csv"
    path.write_text(
        "customer,summary,received_at,problem\nGolden Dragon,y,2026-11-20 09:00,尺码不对\n", encoding="utf-8"
    )
    shop.ok("import", "complaints", path)
    out = tmp_path / "out.csv"
    shop.ok("export", "complaints", out)
    with out.open(encoding="utf-8-sig") as stream:
        assert sorted(row["problem"] for row in csv.DictReader(stream)) == ["cold-food", "wrong-size"]
    stranger = Desk(tmp_path, name="stranger.db")
    stranger.ok("customer", "add", "Golden Dragon")
    result = stranger("import", "complaints", out)
    assert result.code == 2
    assert "problem can't be 'cold-food'" in result.err
    folder = tmp_path / "whole"
    shop.ok("export", "all", folder)
    empty = Desk(tmp_path, name="empty.db")
    empty.ok("import", "all", folder)
    assert sorted(row["problem"] for row in empty.json("complaint", "list")) == ["cold-food", "wrong-size"]
    assert "菜凉" in empty.ok("complaint", "list", lang="zh")


# --- the sale of a case -------------------------------------------------------------------------------------------


def test_a_case_shows_its_sale_and_what_is_guaranteed_until_when(desk: Desk) -> None:
    """Delivered on 2026-11-12: refund 7 days, to the 19th; exchange a year; repair three. Today is the 21st, then 2028."""
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("sale", "add", "1", "Oven 900", "--amount", "3000", "--line", "baking", "--on", "2026-11-10", "--no-plan")
    desk.ok("sale", "delivered", "sa1", "--on", "2026-11-12")
    desk.ok("complaint", "open", "1", "cold", "--sale", "sa1")
    sale = {"id": 1, "product": "Oven 900", "line": "baking", "sold_on": "2026-11-10", "delivered_on": "2026-11-12"}
    shown = desk.json("complaint", "show", "1")
    assert shown["sale"] == {**sale, "guaranteed_until": {"exchange": "2027-11-12", "repair": "2029-11-12"}}
    page = [" ".join(line.split()) for line in desk.ok("complaint", "show", "1").splitlines()]
    assert "sale Oven 900 sa1 baking, sold 2026-11-10, delivered 2026-11-12, 3,000.00" in page
    assert "guarantee exchange until 2027-11-12, repair until 2029-11-12" in page
    chinese = [" ".join(line.split()) for line in desk.ok("complaint", "show", "1", lang="zh").splitlines()]
    assert "三包 包换至 2027-11-12，包修至 2029-11-12" in chinese
    told = "Oven 900, baking, sold 2026-11-10, delivered 2026-11-12, exchange until 2027-11-12, repair until 2029-11-12"
    assert desk.json("complaint", "next", "1")["sale"] == told
    assert told in desk.ok("complaint", "next", "1")
    desk.now = "2028-01-03 09:00"
    assert desk.json("complaint", "show", "1")["sale"]["guaranteed_until"] == {"repair": "2029-11-12"}
    desk.now = "2029-11-13 09:00"
    assert desk.json("complaint", "show", "1")["sale"]["guaranteed_until"] == {}
    assert "no guarantee holds any more" in desk.ok("complaint", "show", "1")
    desk.now = "2026-11-21 09:00"
    desk.ok("sale", "cancel", "sa1", "--reason", "x")
    assert desk.json("complaint", "show", "1")["sale"] == {**sale, "guaranteed_until": {}}
    desk.ok("complaint", "open", "1", "rude")
    assert desk.json("complaint", "show", "2")["sale"] is None
