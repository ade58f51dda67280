"""The five gaps of service quality: where what customers expect gets lost (source: handbook 10.3, [A]).

Gaps 1, 2 and 5 are in points of the scale and go from what comes first to what comes later, so that below zero is less
than what came before. Gaps 3 and 4 are shares. What nobody scored is left out, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from csm.domain.quality.figures import Measured
from csm.domain.survey.scores import DIMENSIONS, SCALES

# A score at most this high, of 5, says that it was felt to be bad (source: handbook 10.3).
BAD: Final = 2
# Standards are set in points of this scale.
STANDARD_SCALE: Final = SCALES[0]

Scores = Mapping[str, float]


class Believed(NamedTuple):
    """What managers think customers expect: their mean by dimension, over `n` surveys with any."""

    scores: Scores
    n: int


class Dimension(NamedTuple):
    """One dimension along the gaps, in points; None where nobody said, or no standard is set."""

    dimension: str
    expectation: float | None
    managers: float | None
    standard: float | None
    experience: float | None
    gap_1: float | None
    gap_2: float | None
    gap_5: float | None


def along(
    expectation: Scores, managers: Scores, standard: Scores, experience: Scores, gap_5: Scores
) -> list[Dimension]:
    """Return every dimension along the gaps, in the classical order; `gap_5` is that of who told both sides."""
    found = []
    for name in DIMENSIONS:
        expects, thinks, rule = (scores.get(name) for scores in (expectation, managers, standard))
        gaps = (less(thinks, expects), less(rule, thinks), gap_5.get(name))
        found.append(Dimension(name, expects, thinks, rule, experience.get(name), *gaps))
    return found


def less(later: float | None, earlier: float | None) -> float | None:
    """Return what came later less what came earlier; None where either is missing."""
    return None if later is None or earlier is None else later - earlier


def weighted(later: Scores, earlier: Scores, weights: Mapping[str, float]) -> float | None:
    """Return the weighted gap over the dimensions that both sides have; None where there is no such dimension."""
    both = [name for name in DIMENSIONS if name in later and name in earlier]
    total = sum(weights[name] for name in both)
    return sum(weights[name] * (later[name] - earlier[name]) for name in both) / total if total else None


def gap_1(expectation: Scores, customers: int, managers: Believed, weights: Mapping[str, float]) -> Measured:
    """Return what managers think customers expect, less what `customers` of them do.

    n is that of the smaller side: the gap is no better known than it (source: handbook 10.3; the n is ours).
    """
    value = weighted(managers.scores, expectation, weights)
    return Measured(value, min(customers, managers.n) if value is not None else 0)


def gap_2(managers: Believed, standard: Scores, scale: int, weights: Mapping[str, float]) -> Measured:
    """Return the standard set, less what managers think customers expect; None on another scale than the standard's."""
    value = weighted(standard, managers.scores, weights) if scale == STANDARD_SCALE else None
    return Measured(value, managers.n if value is not None else 0)
