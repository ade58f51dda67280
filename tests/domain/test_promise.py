"""How promises end, when they can be moved, and the kept share (handbook 7)."""

from __future__ import annotations

import pytest

from csm.domain.promise import Standing, can_move, figures, is_over, status_when_kept


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


def test_the_kept_share_counts_what_was_kept_on_time_among_ours_that_were_due() -> None:
    made = [
        *[Standing("ours", "kept", 10)] * 5,
        Standing("ours", "late", 10),
        Standing("ours", "broken", 300),  # broken before it was due
        Standing("ours", "open", 199),
        Standing("ours", "open", 200),  # due now, not past it
        Standing("ours", "open", 201),
        Standing("ours", "released", 10),
        Standing("theirs", "kept", 10),
        Standing("theirs", "broken", 10),
        Standing("theirs", "open", 10),
    ]
    found = figures(made, 200)
    assert (found.kept, found.late, found.broken, found.past_due, found.n) == (5, 1, 1, 1, 8)
    assert found.kept_share == 5 / 8


def test_without_a_promise_that_counts_there_is_no_share() -> None:
    assert figures([], 200).kept_share is None
    assert figures([Standing("ours", "open", 300), Standing("theirs", "kept", 1)], 200).kept_share is None
    assert figures([Standing("ours", "broken", 1)], 200).kept_share == 0
