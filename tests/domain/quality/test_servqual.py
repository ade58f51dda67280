"""SERVQUAL scores, worked out by hand from sums by shape."""

from __future__ import annotations

import pytest

from csm.domain.quality.figures import Group, Measured
from csm.domain.quality.servqual import Sums, costs, left_out, main_scale, mean_weights, scored, tally
from tests.approx import approx

HOUSE = (11.0, 32.0, 22.0, 19.0, 16.0)


def figures(*shapes: Sums, weights: tuple[float, ...] = HOUSE, scale: int = 7) -> Group:
    return scored(tally(shapes, scale), weights, scale, {})


def value(group: Group, name: str) -> float | None:
    return group[name].value


def test_one_respondent() -> None:
    # Gaps -1 -1 0 -1 0: unweighted -3/5; weighted -(11 + 32 + 19)/100; technical -(11 + 32)/100; functional -19/100.
    group = figures(Sums("c7bbbbb", 1, (6, 5, 7, 6, 6, 6, 6, 5, 7, 7)))
    assert group["n"] == Measured(1, 1)
    assert group["unweighted"] == Measured(approx(-0.6), 1)
    assert group["weighted"] == Measured(approx(-0.62), 1)
    assert group["technical"] == Measured(approx(-0.43), 1)
    assert group["functional"] == Measured(approx(-0.19), 1)
    assert group["servperf"] == Measured(None, 0)
    assert group["scale"] == Measured(7, 1)
    assert group["reliability_expectation"] == Measured(7, 1)
    assert group["reliability_perception"] == Measured(6, 1)
    assert group["reliability_gap"] == Measured(-1, 1)
    assert group["reliability_weight"] == Measured(32, 1)
    assert "reliability_alpha" not in group


def test_missing_dimensions_are_left_out_and_never_count_as_0() -> None:
    # One scored tangibles (6, 5) and empathy (7, 6); two scored tangibles (12, 9) and only perceive reliability.
    group = figures(
        Sums("c7b---b", 1, (6, 5, None, None, None, None, None, None, 7, 6)),
        Sums("c7bp---", 2, (12, 9, None, 8, None, None, None, None, None, None)),
    )
    # tangibles: (14 - 18) / 3 = -4/3 of three; empathy -1 of one. Unweighted (-4/3 - 1) / 2 = -7/6.
    assert group["tangibles_gap"] == Measured(approx(-4 / 3), 3)
    assert group["tangibles_expectation"] == Measured(6, 3)
    assert group["empathy_gap"] == Measured(-1, 1)
    assert group["unweighted"] == Measured(approx(-7 / 6), 3)
    # Weighted over 11 + 16 = 27: (11 x -4/3 - 16) / 27; its parts by the same 27.
    assert group["weighted"] == Measured(approx((-44 / 3 - 16) / 27), 3)
    assert group["technical"] == Measured(approx(-44 / 3 / 27), 3)
    assert group["functional"] == Measured(approx(-16 / 27), 1)
    assert group["reliability_gap"] == group["reliability_perception"] == Measured(None, 0)
    assert left_out(group) == ["reliability", "responsiveness", "assurance"]
    # Weight x gap: 16 % x -1 and 11 % x -4/3.
    assert costs(group) == [("empathy", approx(-0.16)), ("tangibles", approx(-0.44 / 3))]


def test_a_part_that_nobody_scored_is_nothing_and_the_other_is_the_whole() -> None:
    group = figures(Sums("c7bb---", 1, (6, 5, 7, 5, *[None] * 6)))
    # (11 x -1 + 32 x -2) / 43
    assert value(group, "weighted") == value(group, "technical") == approx(-75 / 43)
    assert group["functional"] == Measured(None, 0)


def test_technical_and_functional_together_are_the_weighted_score() -> None:
    group = figures(
        Sums("c7bbbbb", 3, (18, 13, 20, 14, 17, 15, 16, 16, 19, 12)),
        Sums("c7b-b-b", 2, (13, 9, None, None, 11, 12, None, None, 12, 10)),
    )
    both = (value(group, "technical") or 0) + (value(group, "functional") or 0)
    assert value(group, "weighted") == approx(both)
    # By hand: gaps (22-31)/5 = -1.8, (14-20)/3 = -2, (27-28)/5 = -0.2, 0, (22-31)/5 = -1.8.
    # technical (11 x -1.8 + 32 x -2) / 100 = -0.838, functional (22 x -0.2 + 16 x -1.8) / 100 = -0.332.
    assert value(group, "technical") == approx(-0.838)
    assert value(group, "functional") == approx(-0.332)


def test_own_weights_of_one_of_two_respondents() -> None:
    # One gave 10 50 10 20 10, the other counts with the house's 11 32 22 19 16: 10.5 41 16 19.5 13.
    weights = mean_weights({(10, 50, 10, 20, 10): 1}, HOUSE, 2)
    assert weights == [10.5, 41, 16, 19.5, 13]
    # Sums of two: gaps -0.5, -1.5, 0, 0, 0.5: -0.0525 - 0.615 + 0.065 = -0.6025.
    group = figures(Sums("c7bbbbb", 2, (12, 11, 14, 11, 12, 12, 11, 11, 13, 14)), weights=tuple(weights))
    assert value(group, "weighted") == approx(-0.6025)
    assert group["reliability_weight"] == Measured(41, 2)
    assert costs(group)[0] == ("reliability", approx(-0.615))


def test_of_nobody_the_weights_are_the_houses() -> None:
    assert mean_weights({}, HOUSE, 0) == list(HOUSE)


def test_own_weights_of_everybody_leave_the_house_out() -> None:
    assert mean_weights({(20,) * 5: 2, (0, 100, 0, 0, 0): 2}, HOUSE, 4) == [10, 60, 10, 10, 10]


def test_perception_alone_stands_apart_from_the_gaps() -> None:
    group = figures(
        Sums("c7bbbbb", 1, (6, 5, 7, 6, 6, 6, 6, 5, 7, 7)),
        Sums("c7ppppp", 2, (None, 8, None, 10, None, 12, None, 10, None, 14)),
        Sums("c7p----", 1, (None, 7, *[None] * 8)),
    )
    # tangibles (8 + 7) / 3 = 5, the others 5, 6, 5, 7: mean 28/5 of three surveys.
    assert group["servperf"] == Measured(approx(5.6), 3)
    assert group["n"] == Measured(1, 1)
    assert value(group, "tangibles_perception") == 5
    # Beside a competitor every perception counts: tangibles (5 + 8 + 7) / 4.
    assert tally(
        [Sums("c7bbbbb", 1, (6, 5, 7, 6, 6, 6, 6, 5, 7, 7)), Sums("c7p----", 3, (None, 15, *[None] * 8))], 7
    ).perceptions["tangibles"] == Measured(5, 4)


def test_who_never_gave_both_of_a_dimension_is_counted_apart() -> None:
    told = tally([Sums("c7ep---", 2, (12, None, None, 10, *[None] * 6)), Sums("c7e----", 1, (6, *[None] * 9))], 7)
    assert (told.surveys, told.n, told.unpaired, told.servperf) == (3, 0, 3, Measured(None, 0))


def test_scales_are_never_mixed() -> None:
    seven = Sums("c7bbbbb", 1, (6, 5, 7, 6, 6, 6, 6, 5, 7, 7))
    five = Sums("c5bbbbb", 2, (10, 2, 10, 2, 10, 2, 10, 2, 10, 2))
    assert figures(seven, five) == figures(seven)
    group = figures(seven, five, scale=5)
    assert (group["n"], group["scale"], value(group, "unweighted")) == (Measured(2, 2), Measured(5, 2), -4)


@pytest.mark.parametrize(
    ("shapes", "scale"),
    [
        ([("c7bbbbb", 2), ("c5ppppp", 3)], 5),
        ([("c7b----", 2), ("c5ppppp", 2)], 7),
        ([("c7-----", 9), ("c5p----", 1)], 5),
        ([("c7-----", 9)], None),
        ([], None),
    ],
)
def test_the_scale_is_that_of_most_surveys_with_scores(shapes: list[tuple[str, int]], scale: int | None) -> None:
    assert main_scale(Sums(shape, n, (None,) * 10) for shape, n in shapes) == scale


def test_nothing_is_nothing() -> None:
    group = scored(tally([], None), HOUSE, None, {})
    assert group["n"] == Measured(0, 0)
    assert {name for name, measured in group.items() if measured != Measured(None, 0)} == {"n"}
    assert left_out(group) == [] and costs(group) == []
