"""The declarations of the figures of service quality, and how a figure changed."""

from __future__ import annotations

import string

import pytest

from csm.domain.quality import figures
from csm.domain.quality.figures import (
    BY,
    FIGURES,
    NUMBERS,
    SECTIONS,
    SOURCES,
    SUMMARY,
    Measured,
    count,
    mean,
    of,
    share,
)
from csm.domain.settings import find
from csm.domain.terms import TERMS

# The groups of the summary as the contract names them (the contract, section 3).
CONTRACT = {
    "servqual": "n unweighted weighted servperf technical functional scale",
    "csat": "n value",
    "nps": "n value",
    "complaints": "n per_100_customers founded first_response_met first_response_median_h first_response_p90_h"
    " resolution_met resolution_median_h resolution_p90_h reopened escalated escalated_by_policy settled_on_spot"
    " repeated satisfaction bought_again",
    "callbacks": "due on_time late never reached satisfaction",
    "promises": "n kept broken open kept_share",
    "retention": "start kept rate",
}


@pytest.mark.parametrize("section", SUMMARY)
def test_the_summary_has_the_figures_of_the_contract_in_its_order(section: str) -> None:
    named = [figure.name for figure in of(section) if not figure.own]
    of_dimensions = 25 if section == "servqual" else 0  # five dimensions, five figures each
    assert " ".join(named[: len(named) - of_dimensions]) == CONTRACT[section]


def test_every_figure_is_declared_once_with_all_that_belongs_to_it() -> None:
    assert len({(figure.section, figure.name) for figure in FIGURES}) == len(FIGURES)
    for figure in FIGURES:
        places = {name for _, name, _, _ in string.Formatter().parse(figure.about) if name}
        assert places <= set(NUMBERS), figure.name
        assert figure.section in SOURCES
    assert set(SECTIONS) == set(TERMS["quality_section"])
    assert TERMS["quality_by"] == BY
    for key in NUMBERS.values():
        assert find(key).key == key


def test_what_follows_from_a_count() -> None:
    assert mean(9, 2) == Measured(4.5, 2)
    assert share(1, 4) == Measured(0.25, 4)
    assert share(0, 0) == Measured(None, 0)
    assert count(3) == Measured(3, 3)


@pytest.mark.parametrize(
    ("section", "name", "now", "before", "expected"),
    [
        ("promises", "kept_share", 0.75, 0.5, "better"),
        ("promises", "kept_share", 0.5, 0.75, "worse"),
        ("promises", "kept_share", 0.5, 0.5, ""),
        ("promises", "kept_share", None, 0.5, ""),
        ("promises", "kept_share", 0.5, None, ""),
        ("complaints", "n", 3, 5, "better"),
        ("complaints", "n", 5, 3, "worse"),
        ("callbacks", "due", 5, 3, ""),  # neither more nor less is better
        ("servqual", "weighted", -0.2, -0.5, "better"),
    ],
)
def test_whether_it_changed_for_the_better(
    section: str, name: str, now: float | None, before: float | None, expected: str
) -> None:
    (figure,) = (figure for figure in of(section) if figure.name == name)
    assert figures.verdict(figure, Measured(now, 1), Measured(before, 1)) == expected


def test_scores_of_different_scales_are_not_compared() -> None:
    before = {"gap_1": Measured(-0.5, 4), "gap_3": Measured(0.5, 4)}
    assert figures.comparable("gaps", before, 7, 7) == before
    assert figures.comparable("gaps", before, 7, None) == before
    assert figures.comparable("gaps", before, 7, 5) == {"gap_3": Measured(0.5, 4)}
    assert figures.comparable("servqual", {"weighted": Measured(-0.5, 4)}, 5, 7) == {}
    assert figures.comparable("promises", {"n": Measured(2, 2)}, 5, 7) == {"n": Measured(2, 2)}
