"""How promises end, and when they can be moved (handbook 7)."""

from __future__ import annotations

import pytest

from csm.domain.promise.rules import can_move, ending, is_over, later_than, less_than, status_when_kept


@pytest.mark.parametrize(("at", "expected"), [(99, "kept"), (100, "kept"), (101, "late")])
def test_a_promise_kept_at_the_second_it_is_due_is_kept_on_time(at: int, expected: str) -> None:
    assert status_when_kept(100, at) == expected


@pytest.mark.parametrize(
    ("to", "now", "told", "expected"),
    [
        (101, 99, True, True),
        (101, 99, False, False),  # the other side doesn't know
        (100, 99, True, False),  # not later
        (90, 50, True, False),  # earlier
        (101, 100, True, False),  # due at this second
        (101, 150, True, False),
    ],
)
def test_a_promise_moves_only_later_before_it_is_due_and_told(to: int, now: int, told: bool, expected: bool) -> None:
    assert can_move(100, to, now, told=told) is expected


def test_due_at_this_second_is_over() -> None:
    assert [is_over(100, now) for now in (99, 100, 101)] == [False, True, True]


@pytest.mark.parametrize(
    ("status", "direction", "expected"),
    [
        ("released", "ours", "released-by-customer"),
        ("released", "theirs", "released-by-us"),
        ("broken", "theirs", "broken"),
        ("open", "ours", "open"),
    ],
)
def test_whoever_it_was_made_to_has_released_it(status: str, direction: str, expected: str) -> None:
    assert ending(status, direction) == expected


def test_what_differs_from_a_pledge() -> None:
    assert [later_than(due, 100) for due in (99, 100, 101)] == [False, False, True]
    assert later_than(101, None) is False
    assert [less_than(cents, 100) for cents in (0, 99, 100, 101, None)] == [True, True, False, False, False]
    assert [less_than(50, pledged) for pledged in (None, 0)] == [False, False]
