"""A customer's journey as a whole (handbook 9.4, 13)."""

from __future__ import annotations

from datetime import date

import pytest

from csm.domain.customer.journey import Touch, in_order, mean, phase, sharpest_drop
from csm.domain.terms import TERMS
from tests.approx import approx

EVE, DAY, LATER = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.parametrize("touch", ["sale", "delivered", "payment", "cancelled"])
def test_a_sale_and_what_belongs_to_it_is_during(touch: str) -> None:
    assert {phase(touch, on, DAY) for on in (EVE, DAY, LATER)} == {"during"}
    assert phase(touch, DAY, None) == "during"


@pytest.mark.parametrize("touch", [t for t in TERMS["touch"] if t not in ("sale", "delivered", "payment", "cancelled")])
def test_anything_else_is_before_until_the_first_sale(touch: str) -> None:
    assert phase(touch, EVE, DAY) == "before"
    assert phase(touch, DAY, DAY) == "after"
    assert phase(touch, LATER, DAY) == "after"
    assert phase(touch, LATER, None) == "before"


def test_a_service_has_its_own_phase() -> None:
    assert phase("service", LATER, DAY, "before") == "before"
    assert phase("service", EVE, DAY, "during") == "during"


def test_on_one_day_the_goods_come_first_then_the_clock_then_what_was_concluded() -> None:
    touches = [
        Touch("graded", DAY, ""),
        Touch("lost", DAY, ""),
        Touch("callback", DAY, "cb2", "15:00"),
        Touch("service", DAY, "sv1"),
        Touch("payment", DAY, "sa1"),
        Touch("note", DAY, "nt1", "09:00"),
        Touch("delivered", DAY, "sa1"),
        Touch("sale", LATER, "sa2"),
        Touch("sale", DAY, "sa1"),
        Touch("callback", EVE, "cb1", "23:00"),
    ]
    assert [(touch.on, touch.touch) for touch in in_order(touches)] == [
        (EVE, "callback"),
        (DAY, "sale"),
        (DAY, "delivered"),
        (DAY, "payment"),
        (DAY, "service"),
        (DAY, "note"),
        (DAY, "callback"),
        (DAY, "lost"),
        (DAY, "graded"),
        (LATER, "sale"),
    ]


def test_the_mean_is_of_those_that_were_told() -> None:
    assert mean([5, 2, 4]) == approx(11 / 3)
    assert mean([]) is None


def rated(*scores: int | None) -> list[Touch]:
    return [Touch("callback", DAY, f"cb{n}", satisfaction=score) for n, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((), None),
        ((3,), None),
        ((1, 2, 2, 5), None),
        ((5, 4, None, 1, 2), ("cb1", "cb3")),  # 5 to 4 is one, 4 to 1 three
        ((5, 3, 4, 2), ("cb2", "cb3")),  # two falls of two: the later
        ((5, 3, 3), ("cb0", "cb1")),
    ],
)
def test_where_satisfaction_fell_most(scores: tuple[int | None, ...], expected: tuple[str, str] | None) -> None:
    found = sharpest_drop(rated(*scores))
    assert (found and (found[0].ref, found[1].ref)) == expected
