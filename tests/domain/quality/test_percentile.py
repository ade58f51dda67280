"""Percentiles, linear between two values; expected values worked out by hand."""

from __future__ import annotations

from csm.domain.quality.complaints import percentile
from tests.approx import approx


def test_of_nothing_there_is_none() -> None:
    assert percentile([], 0.5) is None


def test_of_one_value_all_are_that_value() -> None:
    assert [percentile([7], share) for share in (0, 0.5, 0.9, 1)] == [7, 7, 7, 7]


def test_between_two_values_it_lies_on_the_line() -> None:
    # From 10 to 20: half of the way is 15, nine tenths 19.
    assert percentile([10, 20], 0.5) == 15
    assert percentile([10, 20], 0.9) == 19


def test_of_ten_values() -> None:
    ten = list(range(1, 11))
    # Nine steps from the first to the last: 0.5 of them is 4.5, between 5 and 6; 0.9 is 8.1, just beyond 9.
    assert percentile(ten, 0.5) == 5.5
    assert percentile(ten, 0.9) == approx(9.1)
    assert percentile(ten, 1) == 10
