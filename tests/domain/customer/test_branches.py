"""Head offices and branches, by hand from handbook 3."""

from __future__ import annotations

import pytest

from csm.domain.customer.branches import closing_chain, head_office, passes

# 4 stands below 3, 3 and 2 below 1.
CHAIN = {1: None, 2: 1, 3: 1, 4: 3}
# Another program has made a circle of 7 and 8; 9 stands below it.
CIRCLE = {7: 8, 8: 7, 9: 7}


@pytest.mark.parametrize(
    ("customer", "parent", "expected"),
    [
        (1, 1, [1, 1]),
        (1, 2, [1, 2, 1]),
        (1, 4, [1, 4, 3, 1]),
        (3, 4, [3, 4, 3]),
        (4, 1, None),
        (4, 2, None),
        (5, 4, None),
    ],
)
def test_a_card_stands_nowhere_below_itself(customer: int, parent: int, expected: list[int] | None) -> None:
    assert closing_chain(customer, parent, CHAIN) == expected


def test_a_circle_of_another_program_ends_the_walk() -> None:
    assert closing_chain(1, 9, CIRCLE) is None
    assert closing_chain(7, 9, CIRCLE) == [7, 9, 7]
    assert [head_office(card, CIRCLE) for card in (7, 8, 9)] == [7, 7, 7]


def test_the_head_office_is_at_the_top() -> None:
    assert [head_office(card, CHAIN) for card in (1, 2, 3, 4, 5)] == [1, 1, 1, 1, 5]


@pytest.mark.parametrize(
    ("balance", "more", "limit", "expected"),
    [
        (600, 400, 1000, False),
        (600, 401, 1000, True),
        (2000, 0, 1000, False),
        (0, 1, None, False),
        (-500, 1500, 1000, False),
    ],
)
def test_what_equals_a_limit_does_not_pass_it(balance: int, more: int, limit: int | None, expected: bool) -> None:
    assert passes(balance, more, limit) is expected
