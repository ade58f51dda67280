"""The SERVQUAL scores of surveys that are added up shape by shape (source: handbook 10.1).

A survey's shape says who answered about whom (c a customer about us, x a customer about a competitor), on which scale,
and with a sign for each dimension what was scored: b both, p the perception alone, e the expectation alone, - nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import mul
from struct import iter_unpack
from typing import Final

from csm.domain.quality.figures import NOTHING, Group, Measured, count, mean
from csm.domain.survey.scores import DIMENSIONS, ITEMS, NOT_ANSWERED, SCALES
from csm.domain.value import Value

# What the customer gets, and how they get it: the two parts of the weighted score (source: handbook 10.1).
PARTS: Final = {
    "technical": ("tangibles", "reliability"),
    "functional": ("responsiveness", "assurance", "empathy"),
}
BOTH, PERCEIVED, EXPECTED, NEITHER = "bpe-"


class Sums(Value):
    """Surveys of one shape: how many, and the sum of each score, expectation and perception by dimension."""

    shape: str
    surveys: int
    scores: Sequence[float | None]

    @property
    def scale(self) -> int:
        """Return how far the scores go."""
        return int(self.shape[1])

    @property
    def signs(self) -> str:
        """Return what was scored, a sign for each dimension."""
        return self.shape[2:]

    @property
    def scored(self) -> bool:
        """Return whether any dimension has a score."""
        return self.signs.strip(NEITHER) != ""


class Tally(Value):
    """What surveys of one scale about one subject add up to.

    surveys: those with a score of any dimension.
    n: those with an expectation and a perception of at least one dimension.
    gaps: by dimension, how many gave both, the sum of their expectations and that of their perceptions.
    perceptions: by dimension, the mean of all perceptions, whether an expectation stands beside it or not.
    servperf: the mean of the dimensions' perceptions in surveys that gave no expectation at all.
    parts: by part of the weighted score, how many gave both for a dimension of it.
    unpaired: surveys that gave expectations, but never one and a perception of the same dimension.
    """

    surveys: int
    n: int
    gaps: Mapping[str, tuple[int, float, float]]
    perceptions: Mapping[str, Measured]
    servperf: Measured
    parts: Mapping[str, int]
    unpaired: int

    def gap(self, dimension: str) -> Measured:
        """Return the mean of perception less expectation, over the respondents who gave both."""
        n, expected, perceived = self.gaps[dimension]
        return mean(perceived - expected, n)


def main_scale(shapes: Iterable[Sums]) -> int | None:
    """Return the scale that most surveys with scores of dimensions are on; 7 where as many are on 5, None of none."""
    surveys = dict.fromkeys(SCALES, 0)
    for one in shapes:
        if one.scored:
            surveys[one.scale] += one.surveys
    most = max(SCALES, key=surveys.__getitem__)  # the first of those that have as many
    return most if surveys[most] else None


def tally(shapes: Iterable[Sums], scale: int | None) -> Tally:
    """Add up the surveys on a scale; those on another are left out."""
    chosen = [one for one in shapes if one.scale == scale and one.scored]
    both = [one for one in chosen if BOTH in one.signs]
    alone = [one for one in chosen if not set(one.signs) & {BOTH, EXPECTED}]
    n, surveys = _number(both), _number(chosen)
    unpaired = surveys - n - _number(alone)
    perceptions = [mean(total, m) for m, _, total in (_added(chosen, place, BOTH + PERCEIVED) for place in range(5))]
    return Tally(
        surveys,
        n,
        {dimension: _added(both, place, BOTH) for place, dimension in enumerate(DIMENSIONS)},
        dict(zip(DIMENSIONS, perceptions, strict=True)),
        _servperf(alone),
        {part: _surveys_with(both, dimensions) for part, dimensions in PARTS.items()},
        unpaired,
    )


def _added(shapes: Iterable[Sums], place: int, signs: str) -> tuple[int, float, float]:
    """Return how many surveys have one of the signs for a dimension, and the sums of their two scores of it."""
    n, expected, perceived = 0, 0.0, 0.0
    for one in shapes:
        if one.signs[place] in signs:
            n += one.surveys
            expected += one.scores[2 * place] or 0.0
            perceived += one.scores[2 * place + 1] or 0.0
    return n, expected, perceived


def _number(shapes: Iterable[Sums]) -> int:
    return sum(one.surveys for one in shapes)


def _surveys_with(shapes: Iterable[Sums], dimensions: Iterable[str]) -> int:
    """Return how many surveys gave both scores of at least one of the dimensions."""
    places = [DIMENSIONS.index(name) for name in dimensions]
    return _number(one for one in shapes if any(one.signs[place] == BOTH for place in places))


def _servperf(shapes: Sequence[Sums]) -> Measured:
    added = [_added(shapes, place, PERCEIVED) for place in range(len(DIMENSIONS))]
    means = [perceived / n for n, _, perceived in added if n]
    return Measured(_mean(means), _number(shapes))


def mean_weights(own: Mapping[Sequence[float], int], house: Sequence[float], n: int) -> list[float]:
    """Return the mean over `n` respondents of their weights of the dimensions.

    own: the respondents' own sets, each brought to 100, with how many have it; all others count with the `house`'s set,
    brought to 100 too. Of no respondents it is the house's.
    """
    others = n - sum(own.values())
    if others == n:
        return list(house)
    return [
        (sum(weights[place] * times for weights, times in own.items()) + weight * others) / n
        for place, weight in enumerate(house)
    ]


def scored(tally: Tally, weights: Sequence[float], scale: int | None, alphas: Mapping[str, Measured]) -> Group:
    """Return the figures of the section servqual; a dimension nobody scored is left out of the sums.

    weights: of each dimension, of 100. alphas: by dimension, those that are wanted.
    """
    told = {name: tally.gap(name) for name in DIMENSIONS}
    gaps = {name: gap.value for name, gap in told.items() if gap.value is not None}
    weight_of = dict(zip(DIMENSIONS, weights, strict=True))
    whole = sum(weight_of[name] for name in gaps)

    def part(dimensions: Iterable[str]) -> float | None:
        costs = [weight_of[name] * gaps[name] for name in dimensions if name in gaps]
        return sum(costs) / whole if costs and whole else None

    measured: Group = {
        "n": count(tally.n),
        "unweighted": Measured(_mean(list(gaps.values())), tally.n),
        "weighted": Measured(part(DIMENSIONS), tally.n),
        "servperf": tally.servperf,
        **{name: Measured(part(dimensions), tally.parts[name]) for name, dimensions in PARTS.items()},
        "scale": Measured(scale, tally.n),
    }
    for name, (m, expected, perceived) in tally.gaps.items():
        measured[f"{name}_expectation"] = mean(expected, m)
        measured[f"{name}_perception"] = mean(perceived, m)
        measured[f"{name}_gap"] = told[name]
        measured[f"{name}_weight"] = Measured(weight_of[name] if tally.n else None, tally.n)
        if name in alphas:
            measured[f"{name}_alpha"] = alphas[name]
    return measured


def costs(group: Group) -> list[tuple[str, float]]:
    """Return the dimensions that were scored with their weight x gap, in points; the one that costs most first."""
    found = []
    for name in DIMENSIONS:
        weight, gap = (group.get(f"{name}_{figure}", NOTHING).value for figure in ("weight", "gap"))
        if weight is not None and gap is not None:
            found.append((name, weight * gap / 100))
    return sorted(found, key=lambda pair: pair[1])


def left_out(group: Group) -> list[str]:
    """Return the dimensions that nobody scored though somebody scored another."""
    return [name for name in DIMENSIONS if group["n"].value and not group[f"{name}_gap"].n]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


# --- the whole page -----------------------------------------------------------------------------------------------


class Rival(Value):
    """What customers say of a competitor, on the same scale as of us."""

    subject: str
    tally: Tally


class Scale(Value):
    """The surveys of a period on one scale, 7 or 5: our figures, our sums, and the competitors beside.

    own_weights: respondents counted in n who gave their own weights.
    """

    scale: int
    group: Group
    tally: Tally
    own_weights: int
    rivals: Sequence[Rival]

    @property
    def surveyed(self) -> bool:
        """Return whether anything was scored on it."""
        return bool(self.tally.surveys or self.rivals)


class Page(Value):
    """The scores of a period: on the scale that most surveys are on, on the other one apart, and what was before.

    before: the figures of the period before that can be compared. before_scale: the scale it was on.
    answers: by section csat and nps, the figures now and before.
    """

    main: Scale
    other: Scale | None
    before: Group
    before_scale: float | None
    answers: Mapping[str, tuple[Group, Group]]


FEWEST_FOR_ALPHA: Final = 5  # respondents below which no alpha is shown


def alphas(perceived: Iterable[str]) -> dict[str, Measured]:
    """Return alpha of each dimension, of texts with a sign for each of the 22 items.

    n is the number of respondents who scored every item of the dimension; None below FEWEST_FOR_ALPHA of them.
    """
    # One text cut by struct takes a third of the time of slices in Python: there are tens of thousands.
    cut = "".join(f"{len(codes)}s" for codes in ITEMS.values())
    columns = list(zip(*iter_unpack(cut, "".join(perceived).encode("ascii")), strict=True))
    found = {}
    for place, dimension in enumerate(ITEMS):
        counted = Counter(columns[place]) if columns else Counter[bytes]()
        whole = {answers: n for answers, n in counted.items() if NOT_ANSWERED.encode() not in answers}
        n = sum(whole.values())
        found[dimension] = Measured(cronbach(whole) if n >= FEWEST_FOR_ALPHA else None, n)
    return found


def cronbach(answers: Mapping[bytes, int]) -> float | None:
    """Return alpha of scores by item: how many respondents gave the same scores, a digit each.

    k / (k - 1) x (1 - sum of the variances of the items / variance of the respondents' sums), sample variances; None
    where all sums are the same (source: handbook 10.1).
    """
    times = list(answers.values())
    # Digits are taken by their codes: a variance doesn't change where every score is higher by the same.
    totals = _scaled_variance([sum(scores) for scores in answers], times)
    if not totals:
        return None
    columns = list(zip(*answers, strict=True))
    return len(columns) / (len(columns) - 1) * (1 - sum(_scaled_variance(column, times) for column in columns) / totals)


def _scaled_variance(values: Sequence[int], times: Sequence[int]) -> int:
    """Return n (n - 1) times the sample variance of values that come so many times, a whole number."""
    weighed: list[int] = list(map(mul, values, times))
    total = sum(weighed)
    squares: int = sum(map(mul, values, weighed))
    return sum(times) * squares - total * total
