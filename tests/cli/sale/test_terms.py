"""Settlement terms on every way in: add, edit, delivered, import; days worked out by hand (handbook 8)."""

from __future__ import annotations

import pytest

from tests.desk import Desk, filled_once


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Two customers: one pays cash on delivery, one has no terms. Today is Saturday, 2026-11-21."""
    desk.ok("customer", "add", "Golden Dragon", "--terms", "货到付款")
    desk.ok("customer", "add", "River Gym")
    return desk


def due(desk: Desk, sale: int) -> tuple[str, str | None]:
    [found] = desk.sql("SELECT due_on, terms FROM sale WHERE id = ?", sale)
    return (found[0], found[1])


def test_terms_are_kept_in_english_and_shown_in_both_languages(shop: Desk) -> None:
    assert shop.json("customer", "show", "1")["terms"] == "cash-on-delivery"
    assert "货到付款" in shop.ok("customer", "show", "1", lang="zh")
    assert "cash-on-delivery" not in shop.ok("customer", "show", "1", lang="zh")
    shop.ok("sale", "add", "2", "Mat", "--amount", "60", "--terms", "月结15天")
    assert "月结15天" in shop.ok("sale", "show", "1", lang="zh")
    assert "monthly plus 15 days" in shop.ok("sale", "show", "1")
    assert shop.json("sale", "show", "1")["terms"] == "monthly+15"
    shop.ok("sale", "edit", "1", "--terms", "30")
    assert "30 天" in shop.ok("sale", "show", "1", lang="zh")
    assert [row["id"] for row in shop.json("customer", "list", "--terms", "cod")] == [1]


@pytest.mark.parametrize(
    ("typed", "kept", "day"),
    [
        ("现结", "cash", "2026-11-21"),
        ("款到发货", "before-delivery", "2026-11-21"),
        ("周结", "weekly", "2026-11-22"),  # the Sunday of that week
        ("次月底", "end-of-next-month", "2026-12-31"),
        ("半月结", "half-monthly", "2026-11-30"),
        ("月结", "monthly", "2026-11-30"),
        ("15", "15", "2026-12-06"),  # 9 days left of November, 6 more
    ],
)
def test_add_takes_the_words(shop: Desk, typed: str, kept: str, day: str) -> None:
    shop.ok("sale", "add", "2", "Mat", "--amount", "60", "--delivery", "2026-11-28", "--terms", typed)
    assert due(shop, 1) == (day, kept)


def test_what_is_no_terms_names_the_forms(shop: Desk) -> None:
    result = shop("sale", "add", "2", "Mat", "--amount", "60", "--terms", "soon")
    assert result.code == 2
    assert result.err == (
        "csm: 'soon' is no settlement term\n"
        "hint: write days such as 30, or cash, cash-on-delivery, before-delivery, weekly, half-monthly, monthly,"
        " monthly+15 or end-of-next-month\n"
    )
    assert "款到发货" in shop("sale", "add", "2", "Mat", "--amount", "60", "--terms", "soon", lang="zh").err
    assert shop.sql("SELECT count(*) FROM sale") == [(0,)]


# --- cash on delivery: one day whichever way it moves ---------------------------------------------------------------


def test_cash_on_delivery_goes_with_every_change_of_the_delivery(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "1200", "--on", "2026-11-18")
    assert due(shop, 1) == ("2026-11-18", "cash-on-delivery"), "nothing is promised: the day of the sale"
    said = shop.message("sale", "edit", "1", "--delivery", "2026-11-24")
    assert said.endswith("due 2026-11-24 (Tuesday), Golden Dragon"), said
    assert due(shop, 1) == ("2026-11-24", "cash-on-delivery")
    shop.ok("sale", "edit", "1", "--clear", "delivery")
    assert due(shop, 1) == ("2026-11-18", "cash-on-delivery")
    shop.ok("sale", "edit", "1", "--delivery", "2026-11-24")
    said = shop.message("sale", "delivered", "1", "--on", "2026-11-20")
    assert "due 2026-11-20 (Friday), overdue" in said, said
    assert due(shop, 1) == ("2026-11-20", "cash-on-delivery")


def test_a_day_that_was_told_stays_when_it_is_delivered(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "1200", "--due", "2026-12-24", "--delivery", "2026-11-24")
    shop.ok("sale", "delivered", "1")
    assert due(shop, 1) == ("2026-12-24", None)
    shop.ok("sale", "add", "2", "Mat", "--amount", "60", "--terms", "30", "--delivery", "2026-11-24")
    shop.ok("sale", "delivered", "2")
    assert due(shop, 2) == ("2026-12-21", "30")


def test_an_import_goes_by_the_same_rule(shop: Desk) -> None:
    path = shop.folder / "sales.csv"
    path.write_text(
        "external_id,customer,product,amount,sold_on,delivery_on,delivered_on,terms\n"
        "A1,Golden Dragon,Oven,10,2026-11-02,2026-11-06,2026-11-07,\n"  # the card's: the day it came
        "A2,Golden Dragon,Tray,10,2026-11-02,2026-11-06,,\n"  # promised
        "A3,Golden Dragon,Lid,10,2026-11-02,,,\n"
        "A4,Golden Dragon,Pan,10,2026-11-02,2026-11-06,2026-11-07,周结\n"  # a Monday: Sunday the 8th
        "A5,River Gym,Mat,10,2026-11-02,,,cash on delivery\n"
    )
    shop.ok("import", "sales", path)
    days = ["2026-11-07", "2026-11-06", "2026-11-02", "2026-11-08", "2026-11-02"]
    assert [due(shop, sale)[0] for sale in range(1, 6)] == days
    assert [due(shop, sale)[1] for sale in range(1, 6)] == [
        "cash-on-delivery", "cash-on-delivery", "cash-on-delivery", "weekly", "cash-on-delivery",
    ]  # fmt: skip
    # what was delivered since moves the day, and the same file again changes nothing
    text = path.read_text().replace("2026-11-06,,", "2026-11-06,2026-11-10,")
    path.write_text(text.replace("Mat,10,2026-11-02,,", "Mat,10,2026-11-02,,2026-11-12"))
    assert shop.json("import", "sales", path, "--update")["updated"] == 2
    assert [due(shop, sale)[0] for sale in range(1, 6)] == [
        "2026-11-07", "2026-11-10", "2026-11-02", "2026-11-08", "2026-11-12",
    ]  # fmt: skip
    assert shop.json("import", "sales", path, "--update")["unchanged"] == 5


def test_unreadable_terms_in_a_file_are_a_bad_row(shop: Desk) -> None:
    path = shop.folder / "sales.csv"
    path.write_text("customer,product,amount,sold_on,terms\nRiver Gym,Mat,10,2026-11-02,soon\n")
    result = shop("import", "sales", path)
    assert result.code == 2
    assert "'soon' is no settlement term" in result.err


# --- before delivery ------------------------------------------------------------------------------------------------


def test_delivering_what_was_to_be_paid_before_warns(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "Mat", "--amount", "60", "--terms", "before-delivery")
    shop.ok("sale", "add", "2", "Bar", "--amount", "60", "--terms", "款到发货")
    shop.ok("sale", "pay", "1", "20.50")
    shop.ok("sale", "pay", "2", "60")
    result = shop("sale", "delivered", "1")
    assert result.code == 0
    assert "careful: sa1 was to be paid before delivery, and 39.50 is open\n" in result.err
    assert "careful" not in shop("sale", "delivered", "2").err


def test_the_warning_is_there_in_chinese(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "Mat", "--amount", "60", "--terms", "款到发货")
    assert "款到发货" in shop("sale", "delivered", "1", lang="zh").err
