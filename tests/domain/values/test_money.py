"""Amounts, read and shown to the cent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.values.money import group_cents, read_cents, show_cents
from tests.refusals import or_refused_as, refused_as

CENTS = st.integers(-(10**15) + 1, 10**15 - 1)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0), ("1200", 120_000), ("1,200.50", 120_050), ("1200.5", 120_050), ("1200.05", 120_005), ("0.29", 29),
        ("¥1,200", 120_000), ("￥1，200．50", 120_050), ("¥ 1,200", 120_000), ("１２００", 120_000),
        ("1200元", 120_000),
        (" 1200 ", 120_000), ("1,234,567.89", 123_456_789), ("007", 700),
        ("9,999,999,999,999.99", 999_999_999_999_999), ("9999999999999", 999_999_999_999_900),
        ("5万", 5_000_000), ("1.2亿", 12_000_000_000), ("2.5万元", 2_500_000), ("¥1,200万", 1_200_000_000),
        ("0.0001亿", 1_000_000), ("1.234567万", 1_234_567), ("人民币100", 10_000), ("CNY 100", 10_000),
        ("100 cny", 10_000), ("rmb 100.5", 10_050),
    ],
)  # fmt: skip
def test_amount_is_read(text: str, cents: int) -> None:
    assert read_cents(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "¥", "abc", "1,20", "12,00", "1,2000", ",200", "1,,200", "1200,", "1.", ".5", "1.2.3",
        "--1", "-1", "¥-1", "+1", "1e3", "1_000", "٣", "1200.50.", "5万万", "万", "5万5", "¥", "5个", "10000000000000", "1" * 5000, "NaN", "(12)",
    ],
)  # fmt: skip
def test_other_amounts_are_refused(text: str) -> None:
    with refused_as("unreadable-amount") as refusal:
        read_cents(text)
    assert refusal.value.values == {"value": text}


@pytest.mark.parametrize("text", ["1.234", "1200.505", "1.23456789万", "0.001"])
def test_more_decimals_than_cents_are_refused(text: str) -> None:
    with refused_as("too-many-decimals") as refusal:
        read_cents(text)
    assert refusal.value.values == {"value": text, "most": 2}


@pytest.mark.parametrize(
    ("text", "currency", "cents"),
    [
        ("€100", "EUR", 10_000), ("100 €", "EUR", 10_000), ("EUR 1,200.50", "EUR", 120_050), ("100eur", "EUR", 10_000),
        ("$5", "USD", 500), ("us$5", "USD", 500), ("5美元", "USD", 500), ("$5", "HKD", 500), ("£2.50", "GBP", 250),
        ("¥100", "JPY", 10_000), ("5万", "EUR", 5_000_000),
    ],
)  # fmt: skip
def test_a_sign_or_code_of_the_currency_goes_before_or_behind(text: str, currency: str, cents: int) -> None:
    assert read_cents(text, currency) == cents


@pytest.mark.parametrize(
    ("text", "currency", "other"),
    [
        ("$5", "CNY", "USD"), ("€100", "CNY", "EUR"), ("¥100", "EUR", "CNY"), ("100元", "EUR", "CNY"),
        ("100 USD", "EUR", "USD"), ("GBP 5", "USD", "GBP"), ("5万元", "EUR", "CNY"),
    ],
)  # fmt: skip
def test_the_sign_of_another_currency_is_refused(text: str, currency: str, other: str) -> None:
    with refused_as("other-currency") as refusal:
        read_cents(text, currency)
    assert refusal.value.values == {"value": text, "currency": other, "own": currency}


@pytest.mark.parametrize("text", ["-1,200.50", "-¥1200.5", "¥-1200.50", "－1200.50", "−1200.50"])
def test_negative_amount_where_it_is_allowed(text: str) -> None:
    assert read_cents(text, allow_negative=True) == -120_050
    with refused_as("unreadable-amount"):
        read_cents("-" + text, allow_negative=True)


@pytest.mark.parametrize(
    ("cents", "shown", "grouped"),
    [
        (0, "0.00", "0.00"), (5, "0.05", "0.05"), (-5, "-0.05", "-0.05"), (120_050, "1200.50", "1,200.50"),
        (-123_456_789, "-1234567.89", "-1,234,567.89"),
    ],
)  # fmt: skip
def test_amount_is_shown(cents: int, shown: str, grouped: str) -> None:
    assert (show_cents(cents), group_cents(cents)) == (shown, grouped)


@given(cents=CENTS)
def test_shown_amount_is_read_again_to_the_cent(cents: int) -> None:
    assert read_cents(show_cents(cents), allow_negative=True) == cents
    assert read_cents(group_cents(cents), allow_negative=True) == cents
    assert float(show_cents(cents)) == cents / 100


@given(text=st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with or_refused_as("unreadable-amount", "other-currency", "too-many-decimals"):
        read_cents(text)
