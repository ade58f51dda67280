"""Recency, frequency and money in five bins (handbook 9.1); cuts worked out by hand."""

from __future__ import annotations

import pytest

from csm.domain.customer.rfm import cuts, recency_scores, scores, segment


@pytest.mark.parametrize(
    ("values", "expected", "bins"),
    [
        # Places 0.8, 1.6, 2.4, 3.2: cuts 1.8, 2.6, 3.4, 4.2.
        ([1, 2, 3, 4, 5], [1, 2, 3, 4], [1, 2, 3, 4, 5]),
        # Places 2, 4, 6, 8: the cuts are values themselves, which belong to the bin below.
        (list(range(11)), [2, 4, 6, 8], [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]),
        # Ties: cuts 1, 1, 1 and, a fifth of the way from 1 to 9, 2.6.
        ([1, 9, 1, 1, 1], [1, 1, 1, 2], [1, 5, 1, 1, 1]),
        # Ties over several cuts: sorted 1 1 2 2 4, cuts 1, 1.6, 2, 2.4; bins 2 and 4 stay empty.
        ([4, 1, 2, 1, 2], [1, 1, 2, 2], [5, 1, 3, 1, 3]),
        # All equal: all in the lowest bin.
        ([7, 7, 7], [7, 7, 7, 7], [1, 1, 1]),
        ([7], [7, 7, 7, 7], [1]),
        # Below zero: cuts -2.4, -1.8, -1.2, -0.6.
        ([-3, 0], [-3, -2, -2, -1], [1, 5]),
    ],
)
def test_bins_are_cut_by_linear_interpolation(values: list[int], expected: list[int], bins: list[int]) -> None:
    assert cuts(values) == expected
    assert scores(values) == bins


def test_recency_is_binned_in_days_and_then_reversed() -> None:
    # Places 2, 4, 6, 8 of 0 to 10 days: a value equal to a cut stays in the bin below, which is the better score.
    assert recency_scores(list(range(11))) == [5, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert recency_scores([7, 7]) == [5, 5]


def test_nobody_has_no_scores() -> None:
    assert scores([]) == recency_scores([]) == []


def test_segments_by_recency_and_frequency() -> None:
    # Rows by recency 5 to 1, columns by frequency 1 to 5.
    names = {
        5: "new-customers potential-loyalists potential-loyalists champions champions",
        4: "promising potential-loyalists potential-loyalists loyal-customers loyal-customers",
        3: "about-to-sleep about-to-sleep need-attention loyal-customers loyal-customers",
        2: "hibernating hibernating at-risk at-risk cant-lose",
        1: "hibernating hibernating at-risk at-risk cant-lose",
    }
    for recency, row in names.items():
        assert [segment(recency, frequency) for frequency in range(1, 6)] == row.split()
