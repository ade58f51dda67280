"""Cronbach's alpha, worked out by hand."""

from __future__ import annotations

from collections import Counter

from csm.domain.quality.figures import Measured
from csm.domain.quality.servqual import alphas, cronbach
from tests.approx import approx


def form(tangibles: str, reliability: str = "-----", rest: str = "-" * 13) -> str:
    return tangibles + reliability + rest


# Five respondents (a row each), four items.
#   4 5 4 5  sum 18      item 1: 4 3 5 2 1, mean 3, squared distances 1 0 4 1 4 = 10, variance 10/4 = 2.5
#   3 3 2 4  sum 12      item 2: 5 3 5 2 2, mean 3.4: 2.56 .16 2.56 1.96 1.96 = 9.2, variance 2.3
#   5 5 5 5  sum 20      item 3: 4 2 5 3 1, mean 3: 1 1 4 0 4 = 10, variance 2.5
#   2 2 3 2  sum 9       item 4: 5 4 5 2 1, mean 3.4: 2.56 .36 2.56 1.96 5.76 = 13.2, variance 3.3
#   1 2 1 1  sum 5       sums: mean 12.8: 27.04 .64 51.84 14.44 60.84 = 154.8, variance 38.7
# alpha = 4/3 x (1 - (2.5 + 2.3 + 2.5 + 3.3) / 38.7) = 4/3 x (1 - 10.6/38.7) = 4/3 x 28.1/38.7 = 112.4/116.1
FIVE = ("4545", "3324", "5555", "2232", "1211")


def test_a_matrix_worked_out_by_hand() -> None:
    assert cronbach(Counter(row.encode() for row in FIVE)) == approx(112.4 / 116.1)


def test_items_that_are_the_same_for_each_respondent_hang_together_wholly() -> None:
    # Items of variance v, sums of 4 x 4 x v: 4/3 x (1 - 4v/16v) = 1.
    assert cronbach({b"1111": 1, b"4444": 2, b"7777": 2}) == 1


def test_items_that_run_against_each_other_are_below_zero() -> None:
    # Items 1 4 2 and 3 1 1, sums 4 5 3: variances 7/3, 4/3 and 1: 2/1 x (1 - 11/3) = -16/3. Reversing was forgotten.
    assert cronbach({b"13": 1, b"41": 1, b"21": 1}) == approx(-16 / 3)


def test_respondents_who_all_say_the_same_have_no_alpha() -> None:
    assert cronbach({b"6666": 5}) is None
    # Sums that are the same though the items are not.
    assert cronbach({b"34": 3, b"43": 2}) is None


def test_only_who_scored_every_item_counts() -> None:
    whole = [form(row) for row in FIVE]
    found = alphas([*whole, form("1-77"), form("----", "55555")])
    assert found["tangibles"] == Measured(approx(112.4 / 116.1), 5)
    assert found["reliability"] == Measured(None, 1)
    assert found["empathy"] == Measured(None, 0)


def test_four_respondents_are_too_few() -> None:
    assert alphas([form(row) for row in FIVE[:4]])["tangibles"] == Measured(None, 4)


def test_texts_that_come_together_count_as_if_they_came_apart() -> None:
    texts = [form(row) for row in FIVE]
    assert alphas(["".join(texts)]) == alphas(texts)


def test_nobody_has_no_alpha() -> None:
    assert set(alphas([]).values()) == {Measured(None, 0)}
