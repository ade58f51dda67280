"""Grades by share of sales (handbook 9.1); shares worked out by hand beside each case."""

from __future__ import annotations

import pytest

from csm.domain.customer.grading import scale


@pytest.mark.parametrize(
    ("sales", "grades"),
    [
        # Cumulated before: 0, 80, 95 of 100: exactly on a border is past it.
        ([80, 15, 5], "ABC"),
        # 0, 79.99, 95.00 of 100: the second crosses the border of A and has the higher grade.
        ([7999, 1501, 500], "AAC"),
        # 0, 80.01, 94.99: the third crosses the border of B.
        ([8001, 1498, 501], "ABB"),
        # 0, 60, 80: the third alone would be B, but shares the grade of its equal, which crosses the border.
        ([60, 20, 20], "AAA"),
        # 0, 80, 90, 95: the two of 5 are equal, and the first of them begins at 90.
        ([80, 10, 5, 5], "ABBB"),
        # One customer has all of it, and crosses both borders.
        ([1], "A"),
        # Whole numbers: as floats 8 * 10**17 - 1 of 10**18 would be exactly 80 %.
        ([8 * 10**17 - 1, 2 * 10**17 + 1], "AA"),
    ],
)
def test_grades_end_where_the_share_cumulated_before_reaches_the_border(sales: list[int], grades: str) -> None:
    found = scale(sales[::-1])
    assert found is not None
    assert "".join(found.grades(sales)) == grades


def test_without_sales_above_zero_it_is_c_and_does_not_count() -> None:
    found = scale([0, 600, -1000, 400])
    assert found is not None
    assert found.total == 1000
    # 600 of 1000 lie before the second.
    assert found.grades((600, 400, 0, -1000)) == ["A", "A", "C", "C"]


def test_where_nothing_was_sold_there_is_no_scale() -> None:
    assert scale([]) is None
    assert scale([0, -5]) is None


def test_borders_can_be_set_and_what_lies_before_is_told() -> None:
    # Before: 0, 50, 70, 70 of 100; equal sales begin at the same place.
    found = scale([20, 50, 10, 20], 50, 70)
    assert found is not None
    assert [found.before[sales] for sales in (50, 20, 10)] == [0, 50, 90]
    assert found.grades((50, 20, 10)) == ["A", "B", "C"]
