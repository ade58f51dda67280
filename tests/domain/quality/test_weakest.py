"""The weakest point: which dimension costs most, and what is taken where none does."""

from __future__ import annotations

from csm.domain.quality.figures import Group, Measured
from csm.domain.quality.weakest import BESIDE, ITEMS_MET, Problem, Weakest, costliest, frequent, wanted, weakest
from csm.domain.survey.scores import DIMENSIONS

KEPT, RESPONSE, RESOLVED, CALLED = (
    *(BESIDE[one] for one in ("reliability", "responsiveness", "assurance", "empathy")),
)


def scored(n: int = 8, **gaps: float) -> Group:
    """Give the dimensions in `gaps`, with the house's weights."""
    weights = dict(zip(DIMENSIONS, (11, 32, 22, 19, 16), strict=True))
    found = {}
    for name, gap in gaps.items():
        found[f"{name}_gap"] = Measured(gap, n)
        found[f"{name}_weight"] = Measured(weights[name], n)
    return found


def test_the_dimension_that_costs_most_is_not_the_one_with_the_widest_gap() -> None:
    # 11 x -2.00 = -22; 32 x -0.80 = -25.6; 22 x -1.10 = -24.2
    group = scored(tangibles=-2.0, reliability=-0.8, responsiveness=-1.1, assurance=0.4)
    assert costliest(group) == "reliability"
    problem = Problem("late-delivery", 3, 7)
    assert weakest(group, {KEPT: Measured(0.5, 6)}, problem, 5) == Weakest(
        "dimension", "reliability", Measured(-0.8, 8), 32, KEPT, Measured(0.5, 6), problem
    )
    assert wanted("reliability") == (KEPT,)


def test_of_equal_costs_the_first_dimension_counts() -> None:
    # 22 x -0.5 = -11 and 11 x -1 = -11
    assert costliest(scored(responsiveness=-0.5, tangibles=-1.0)) == "tangibles"


def test_nobody_scored_it_or_nothing_falls_short() -> None:
    nothing = {"reliability_gap": Measured(None, 0), "reliability_weight": Measured(None, 0)}
    assert costliest({}) is None
    assert costliest(nothing) is None
    assert costliest(scored(reliability=0.0, empathy=0.2)) is None
    assert costliest({**nothing, **scored(empathy=-0.1)}) == "empathy"


def test_a_dimension_whose_hard_figure_nobody_recorded() -> None:
    group = scored(empathy=-0.1)
    found = weakest(group, {CALLED: Measured(None, 0)}, None, 5)
    assert (found.kind, found.beside, found.hard) == ("dimension", CALLED, Measured(None, 0))


def test_without_a_gap_the_lowest_hard_figure_is_taken_and_few_cases_only_where_there_is_no_other() -> None:
    hard = {
        KEPT: Measured(0.25, 4),
        RESPONSE: Measured(0.9, 10),
        RESOLVED: Measured(0.8, 5),
        CALLED: Measured(None, 0),
        ITEMS_MET: Measured(1.0, 30),
    }
    assert weakest({}, hard, None, 5) == Weakest("hard", beside=RESOLVED, hard=Measured(0.8, 5), surveyed=False)
    assert weakest({}, hard, None, 4).beside == KEPT
    few = {KEPT: Measured(0.5, 1), RESPONSE: Measured(0.5, 2), CALLED: Measured(0.9, 3)}
    # both 50 %: the one of more cases
    assert weakest(scored(empathy=0.3), few, None, 5) == Weakest(
        "hard", beside=RESPONSE, hard=Measured(0.5, 2), surveyed=True
    )
    assert wanted(None) == tuple(BESIDE.values())


def test_where_nothing_falls_short_and_where_nothing_is_known() -> None:
    assert weakest(scored(empathy=0.0), {}, None, 5) == Weakest("none")
    assert weakest({}, {KEPT: Measured(1.0, 9)}, None, 5) == Weakest("none", surveyed=False)
    assert weakest({}, {KEPT: Measured(None, 0)}, None, 5) == Weakest("unknown", surveyed=False)


def test_the_most_frequent_problem() -> None:
    counted = {"late-delivery": 2, "goods-damaged": 3, "other": 9}
    assert frequent(counted, 16) == Problem("goods-damaged", 3, 16)
    # Two that came as often are not the one thing to improve.
    assert frequent({**counted, "late-delivery": 3}, 17) is None
    assert frequent({"other": 4}, 4) is None
    assert frequent({}, 2) is None
    # One complaint of each of several problems says nothing; one complaint that is the only one does.
    assert frequent({"late-delivery": 1, "goods-damaged": 1}, 2) is None
    assert frequent({"late-delivery": 1}, 1) == Problem("late-delivery", 1, 1)
