"""Amounts, read and shown to the cent."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.domain.errors import UnreadableAmount
from csm.domain.money import group_cents, read_cents, show_cents

CENTS = st.integers(-(10**15) + 1, 10**15 - 1)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0), ("1200", 120_000), ("1,200.50", 120_050), ("1200.5", 120_050), ("1200.05", 120_005), ("0.29", 29),
        ("¥1,200", 120_000), ("￥1，200．50", 120_050), ("¥ 1,200", 120_000), ("１２００", 120_000),
        ("1200元", 120_000),
        (" 1200 ", 120_000), ("1,234,567.89", 123_456_789), ("007", 700),
        ("9,999,999,999,999.99", 999_999_999_999_999), ("9999999999999", 999_999_999_999_900),
    ],
)  # fmt: skip
def test_amount_is_read(text: str, cents: int) -> None:
    assert read_cents(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "¥", "abc", "1.234", "1,20", "12,00", "1,2000", ",200", "1,,200", "1200,", "1.", ".5", "1.2.3",
        "1 200",
        "--1", "-1", "¥-1", "+1", "1e3", "1_000", "$5", "٣", "1200.50.", "10000000000000", "1" * 5000, "NaN", "(12)",
    ],
)  # fmt: skip
def test_other_amounts_are_refused(text: str) -> None:
    with pytest.raises(UnreadableAmount) as refusal:
        read_cents(text)
    assert refusal.value.values == {"value": text}


@pytest.mark.parametrize("text", ["-1,200.50", "-¥1200.5", "¥-1200.50", "－1200.50", "−1200.50"])
def test_negative_amount_where_it_is_allowed(text: str) -> None:
    assert read_cents(text, allow_negative=True) == -120_050
    with pytest.raises(UnreadableAmount):
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
    with suppress(UnreadableAmount):
        read_cents(text)
