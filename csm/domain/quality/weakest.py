"""The weakest point of service in a period: the one thing to improve, found by a rule of ours.

It is the dimension of the surveys that costs most, weight x gap. Where no dimension falls short of what customers
expect, it is the hard figure that is lowest: one of few cases only where there is no other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal, NamedTuple

from csm.domain.quality.figures import Group, Measured
from csm.domain.quality.servqual import costs

# A figure by its section and its name.
Key = tuple[str, str]

# Items of the checklists of services that were met / items ticked: no section reports it as a figure of its own.
ITEMS_MET: Final = ("services", "items_met")
# The hard figure that stands beside the soft score of each dimension; all are shares (ours, after handbook 7, 10.2).
BESIDE: Final[Mapping[str, Key]] = {
    "tangibles": ITEMS_MET,
    "reliability": ("promises", "kept_share"),
    "responsiveness": ("complaints", "first_response_met"),
    "assurance": ("complaints", "resolution_met"),
    "empathy": ("callbacks", "on_time_share"),
}
# What problem "other" is, is no one thing to improve.
_NO_ONE_PROBLEM: Final = "other"


class Problem(NamedTuple):
    """The most frequent problem of the complaints of a period: `n` of `total`."""

    name: str
    n: int
    total: int


class Weakest(NamedTuple):
    """The weakest point. kind: how it was found.

    dimension: it costs most; `gap` and `weight` (of 100) are its own, `hard` the figure `beside` it.
    hard: the hard figure `beside` is the lowest; nothing that was surveyed falls short. none: nothing falls short at
    all. unknown: nothing was recorded to go by. surveyed: some survey has an expectation and a perception.
    """

    kind: Literal["dimension", "hard", "none", "unknown"]
    dimension: str | None = None
    gap: Measured | None = None
    weight: float | None = None
    beside: Key | None = None
    hard: Measured | None = None
    problem: Problem | None = None
    surveyed: bool = True


def costliest(servqual: Group) -> str | None:
    """Return the dimension whose weight x gap is furthest below zero, the first of equals; None where none is."""
    return next((name for name, cost in costs(servqual) if cost < 0), None)


def weakest(servqual: Group, hard: Mapping[Key, Measured], problem: Problem | None, thin: int) -> Weakest:
    """Return the weakest point; `hard` has shares, and one of fewer than `thin` is taken only where all are."""
    dimension = costliest(servqual)
    if dimension is not None:
        gap, weight = servqual[f"{dimension}_gap"], servqual[f"{dimension}_weight"].value
        beside = BESIDE[dimension]
        return Weakest("dimension", dimension, gap, weight, beside, hard.get(beside), problem)
    surveyed = bool(costs(servqual))
    known = {key: one for key, one in hard.items() if one.value is not None}
    if not known:
        return Weakest("none" if surveyed else "unknown", problem=problem, surveyed=surveyed)
    key = _lowest({key: one for key, one in known.items() if one.n >= thin} or known)
    if known[key].value == 1:
        return Weakest("none", problem=problem, surveyed=surveyed)
    return Weakest("hard", beside=key, hard=known[key], problem=problem, surveyed=surveyed)


def _lowest(shares: Mapping[Key, Measured]) -> Key:
    """Return the lowest of shares that all have a value; of equals that of more."""
    return min(shares, key=lambda key: (shares[key].value, -shares[key].n))


def frequent(problems: Mapping[str, int], total: int) -> Problem | None:
    """Return the problem that most of `total` complaints had; None where none is known, or several came as often."""
    known = sorted(((n, name) for name, n in problems.items() if name != _NO_ONE_PROBLEM), reverse=True)
    if not known or (len(known) > 1 and known[0][0] == known[1][0]):
        return None
    n, name = known[0]
    return Problem(name, n, total) if n > 1 or n == total else None


def wanted(dimension: str | None) -> Collection[Key]:
    """Return the hard figures that are asked for: that beside a dimension, or every one where none costs anything."""
    return (BESIDE[dimension],) if dimension is not None else tuple(BESIDE.values())
