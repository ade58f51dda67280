"""The retention model: correlations worked out by hand."""

from __future__ import annotations

from math import sqrt

import pytest

from csm.domain.quality.customers import Link, Scores, links, pearson
from tests.approx import approx


def test_a_small_set_worked_out_by_hand() -> None:
    # (1,2) (2,4) (3,5) (4,4) (5,5): means 3 and 4; products of distances 4+0+0+0+2 = 6;
    # squared distances 4+1+0+1+4 = 10 and 4+0+1+0+1 = 6: 6 / sqrt(60).
    pairs = {(1, 2): 1, (2, 4): 1, (3, 5): 1, (4, 4): 1, (5, 5): 1}
    assert pearson(pairs) == approx(6 / sqrt(60))


def test_a_pair_that_comes_twice_counts_twice() -> None:
    # (1,1) (1,1) (4,7): a straight line, whatever the weights.
    assert pearson({(1, 1): 2, (4, 7): 1}) == 1
    # (1,1) (1,1) (2,1) (2,2): means 1.5 and 1.25; products .125+.125-.125+.375 = .5; squares 1 and .75.
    assert pearson({(1, 1): 2, (2, 1): 1, (2, 2): 1}) == approx(0.5 / sqrt(0.75))


@pytest.mark.parametrize("pairs", [{(6, 1): 3, (6, 5): 2}, {(1, 4): 1, (7, 4): 1}, {}])
def test_what_never_varies_has_no_correlation(pairs: dict[tuple[int, int], int]) -> None:
    assert pearson(pairs) is None


def test_the_links_with_their_verdicts() -> None:
    # value, satisfaction, switching, intention of ten surveys; two leave out the switching cost.
    surveys: dict[Scores, int] = {(1, 1, 7, 1): 4, (7, 7, 1, 7): 2, (7, 7, 7, 7): 2, (1, 7, None, 1): 2}
    # value and intention: the same in all ten: r = 1.
    # value and satisfaction: 1 for 1-or-7 as 0 or 1: x = 4 ones of 10, y = 6 ones, both 4:
    #   (10*4 - 4*6) / sqrt((10*4 - 16) (10*6 - 36)) = 16 / sqrt(24*24) = 2/3; satisfaction and intention likewise.
    # switching and intention, eight surveys: x = 6 ones, y = 4 ones, both 2: (8*2 - 6*4) / sqrt((48-36)(32-16)) < 0.
    assert links(surveys, few=8, holds=0.7) == [
        Link("value", "intention", 1.0, 10, "holds"),
        Link("value", "satisfaction", approx(2 / 3), 10, "weak"),
        Link("satisfaction", "intention", approx(2 / 3), 10, "weak"),
        Link("switching", "intention", approx(-8 / sqrt(192)), 8, "against"),
    ]


def test_below_few_nothing_is_shown_but_n() -> None:
    (first, *_, last) = links({(1, 1, None, 1): 5, (7, 7, 7, 7): 4}, few=10, holds=0.3)
    assert first == Link("value", "intention", None, 9, None)
    assert last == Link("switching", "intention", None, 4, None)


@pytest.mark.parametrize(("holds", "verdict"), [(0.5, "holds"), (0.51, "weak")])
def test_a_link_holds_from_the_border_on(holds: float, verdict: str) -> None:
    # 0 and 1 three times each, the same in 2 + 2... of 8: x = 4 ones, y = 4 ones, both 3: (24 - 16) / 16 = 0.5.
    surveys: dict[Scores, int] = {
        (1, None, None, 1): 3,
        (1, None, None, 2): 1,
        (2, None, None, 1): 1,
        (2, None, None, 2): 3,
    }
    assert links(surveys, few=8, holds=holds)[0] == Link("value", "intention", 0.5, 8, verdict)


def test_no_correlation_at_all_is_weak() -> None:
    surveys: dict[Scores, int] = {
        (1, None, None, 1): 2,
        (1, None, None, 2): 2,
        (2, None, None, 1): 2,
        (2, None, None, 2): 2,
    }
    assert links(surveys, few=8, holds=0.3)[0] == Link("value", "intention", 0.0, 8, "weak")
