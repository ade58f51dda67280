"""Amounts and quantities in cells: exact and in the file's currency, or refused."""

from __future__ import annotations

import pytest

from csm.domain.values.money_cell import (
    Spelling,
    power_of_heading,
    read_decimal,
    read_many,
    read_money,
    unit_of_heading,
)
from tests.refusals import refused_as

EURO = Spelling("EUR", ",")


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1200", 120_000), ("1200.5", 120_050), ("1,200.50", 120_050), ("¥1,200", 120_000), ("￥1，200．50", 120_050),
        ("1200元", 120_000), ("CNY 12", 1200), ("12 cny", 1200), ("人民币100元", 10_000), ("100元整", 10_000),
        ("5万", 5_000_000), ("5万元", 5_000_000), ("1.2亿", 12_000_000_000), ("3千万", 3_000_000_000),
        ("1.23456万", 1_234_560), ("1 234.50", 123_450), ("1'234.50", 123_450), ("19.90", 1990), ("1.500", 150),
        ("-3", -300), ("-¥3", -300), ("¥-3", -300), ("(12)", -1200), ("9,999,999,999,999.99", 999_999_999_999_999),
    ],
)  # fmt: skip
def test_an_amount(text: str, cents: int) -> None:
    assert read_money(text, Spelling(), allow_negative=True) == cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [("1.234,50", 123_450), ("1234,5", 123_450), ("€ 1.234", 123_400), ("12,50 EUR", 1250), ("1 234,50 €", 123_450)],
)
def test_an_amount_with_a_decimal_comma(text: str, cents: int) -> None:
    assert read_money(text, EURO) == cents


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        *((text, Spelling()) for text in (
            "", "x", "1.", ".5", "1,20", "1,2000", "12-", "1e3", "٣", "5k", "--1", "(12", "1.234,50", "-5",
            "99999999999999", "1,234 567", "9" * 5000,
        )),
        *((text, EURO) for text in ("1,200.50", "957.5", "0.005")),
    ],
)  # fmt: skip
def test_others_are_refused(text: str, spelling: Spelling) -> None:
    with refused_as("unreadable-amount") as refusal:
        read_money(text, spelling)
    assert refusal.value.values == {"value": text}


@pytest.mark.parametrize(
    ("text", "currency", "own"),
    [
        ("€100", "EUR", "CNY"), ("$5", "USD", "CNY"), ("5 HKD", "HKD", "CNY"), ("100元", "CNY", "EUR"),
        ("¥5", "CNY", "USD"), ("5美元", "USD", "CNY"),
    ],
)  # fmt: skip
def test_another_currency_is_refused(text: str, currency: str, own: str) -> None:
    with refused_as("other-currency") as refusal:
        read_money(text, Spelling(own))
    assert refusal.value.values == {"value": text, "currency": currency, "own": own}
    assert read_money("$5", Spelling("CAD")) == 500  # a dollar is one of many


@pytest.mark.parametrize(
    ("text", "cents"), [("957.5775", 95_758), ("0.005", 1), ("-0.005", -1), ("1.234567万", 1_234_567)]
)
def test_more_decimals_are_rounded_only_when_asked(text: str, cents: int) -> None:
    if text != "1.234567万":
        with refused_as("too-many-decimals") as refusal:
            read_money(text, Spelling(), allow_negative=True)
        assert refusal.value.values == {"value": text, "most": 2}
    assert read_money(text, Spelling(rounds=True), allow_negative=True) == cents


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("100箱", (100.0, "箱")), ("100 箱", (100.0, "箱")), ("2.5 kg", (2.5, "kg")), ("1,200 boxes", (1200.0, "boxes")),
        ("3", (3.0, None)), ("３个", (3.0, "个")), ("-2箱", (-2.0, "箱")), ("12瓶/箱", (12.0, "瓶/箱")),
    ],
)  # fmt: skip
def test_a_quantity_with_its_unit(text: str, many: tuple[float, str | None]) -> None:
    assert read_many(text, Spelling(), allow_negative=True) == many


@pytest.mark.parametrize(
    "text", ["", "箱", "0箱", "0", "3万", "2 million", "12 x 3", "5 %", "1,20", "-1", "3 a-very-long-unit"]
)
def test_no_quantity(text: str) -> None:
    with refused_as("unreadable-quantity") as refusal:
        read_many(text, Spelling())
    assert refusal.value.values == {"value": text}


def test_a_unit_in_a_heading() -> None:
    assert unit_of_heading("数量（箱）") == "箱"
    assert [power_of_heading(one, "CNY") for one in ("营业额（万元）", "金额(元)", "Revenue (k)", "年销售额（单位：百万元）")] == [
        4, 0, 3, 6,
    ]  # fmt: skip
    assert [power_of_heading(one, "USD") for one in ("Amount ($)", "Amount ('000)", "Sales (home)", "Amount")] == [
        0,
        3,
        0,
        0,
    ]
    with refused_as("other-currency"):
        power_of_heading("金额（美元）", "CNY")
    assert read_money("120", Spelling(), power=4) == 120_000_000


def test_a_decimal_comma_of_a_score() -> None:
    assert [read_decimal(*one) for one in (("3,9412", ","), ("3,9412", "."), ("x,y", ","))] == [
        "3.9412",
        "3,9412",
        "x,y",
    ]


@pytest.mark.parametrize("digits", [27, 28, 29, 39])
def test_more_digits_than_decimals_are_counted_with_are_refused(digits: int) -> None:
    with refused_as("unreadable-amount"):
        read_money("9" * digits + ".5", Spelling())
