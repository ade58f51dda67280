"""Quantities as they are typed."""

from __future__ import annotations

import pytest

from csm.domain.values.quantity import read_quantity
from tests.refusals import refused_as


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("3", 3.0), ("2.5", 2.5), ("0.125", 0.125), ("1,200", 1200.0), ("1,200.5", 1200.5), (" 12 ", 12.0), ("３", 3.0),
        ("999999999999", 999_999_999_999.0),
    ],
)  # fmt: skip
def test_a_quantity_is_read(text: str, quantity: float) -> None:
    assert read_quantity(text) == quantity


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "0.0",
        "-1",
        "-0",
        "1.2345",
        "1,20",
        "12,34",
        "1e3",
        "1_0",
        ".5",
        "5.",
        "three",
        "1 2",
        "nan",
        "inf",
        "+1",
    ],
)
def test_anything_else_is_refused_with_what_was_typed(text: str) -> None:
    with refused_as("unreadable-quantity") as refusal:
        read_quantity(text)
    assert refusal.value.values["value"] == text


def test_goods_given_back_are_a_quantity_below_zero_where_that_is_allowed() -> None:
    assert read_quantity("-2.5", allow_negative=True) == -2.5
    with refused_as("unreadable-quantity"):
        read_quantity("-0", allow_negative=True)
