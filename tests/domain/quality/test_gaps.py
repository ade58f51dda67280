"""The gaps that are scored, by hand (handbook 10.3); later less earlier."""

from __future__ import annotations

from csm.domain.quality.figures import Measured
from csm.domain.quality.gaps import Believed, along, gap_1, gap_2, weighted
from tests.approx import approx

WEIGHTS = {"tangibles": 11, "reliability": 32, "responsiveness": 22, "assurance": 19, "empathy": 16}


def test_managers_who_expect_less_than_customers_do() -> None:
    customers = {"reliability": 6.5, "tangibles": 5.0}
    managers = Believed({"reliability": 6.0, "tangibles": 5.5}, 3)
    # (32 x (6 - 6.5) + 11 x (5.5 - 5)) / 43 = (-16 + 5.5) / 43; three managers beside forty customers.
    assert gap_1(customers, 40, managers, WEIGHTS) == (approx(-10.5 / 43), 3)
    # Two customers beside three managers: it is known from two.
    assert gap_1(customers, 2, managers, WEIGHTS).n == 2


def test_only_dimensions_that_both_sides_scored_count() -> None:
    customers = {"reliability": 6.5, "empathy": 2.0}
    managers = Believed({"reliability": 7.0, "assurance": 1.0}, 1)
    assert gap_1(customers, 1, managers, WEIGHTS) == Measured(0.5, 1)
    assert gap_1({"empathy": 2.0}, 1, managers, WEIGHTS) == Measured(None, 0)
    assert weighted({}, {}, WEIGHTS) is None


def test_the_standard_against_what_managers_think() -> None:
    managers = Believed({"reliability": 6.0, "tangibles": 5.0, "empathy": 6.0}, 4)
    # (32 x (6.5 - 6) + 16 x (5 - 6)) / 48 = 0; tangibles have no standard.
    assert gap_2(managers, {"reliability": 6.5, "empathy": 5.0}, 7, WEIGHTS) == Measured(0, 4)
    assert gap_2(managers, {"reliability": 5.0}, 7, WEIGHTS) == Measured(-1, 4)


def test_no_standard_or_another_scale_is_no_gap() -> None:
    managers = Believed({"reliability": 4.0}, 4)
    assert gap_2(managers, {}, 7, WEIGHTS) == Measured(None, 0)
    assert gap_2(managers, {"reliability": 6.0}, 5, WEIGHTS) == Measured(None, 0)


def test_every_dimension_along_the_gaps() -> None:
    found = along(
        {"tangibles": 6.0, "empathy": 5.0},
        {"tangibles": 5.5},
        {"tangibles": 6.5},
        {"tangibles": 5.0},
        {"tangibles": -1.0},
    )
    assert found[0] == ("tangibles", 6.0, 5.5, 6.5, 5.0, -0.5, 1.0, -1.0)
    assert found[1] == ("reliability", *[None] * 7)
    assert found[4] == ("empathy", 5.0, None, None, None, None, None, None)
    assert [row.dimension for row in found] == list(WEIGHTS)
