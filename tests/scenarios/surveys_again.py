"""Figures of surveys worked out again from export files, by handbook 10.1 and 10.2; for `figures_again`."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from datetime import date

from tests.scenarios.books_again import Books, Figures, Row, count, mean, share, within

# Handbook 10.1: items and weight of each dimension, in the classical order.
DIMENSIONS = {
    "tangibles": (range(1, 5), 11),
    "reliability": (range(5, 10), 32),
    "responsiveness": (range(10, 14), 22),
    "assurance": (range(14, 18), 19),
    "empathy": (range(18, 23), 16),
}
NEGATIVE = {*range(10, 14), *range(18, 23)}  # in the wording of 1988
TECHNICAL = ("tangibles", "reliability")


def own(books: Books, first: date, last: date) -> list[Row]:
    """Return what customers said about us in the period."""
    return [
        row
        for row in within(books.surveys, "taken_on", first, last)
        if row["respondent"] == "customer" and not row["subject"]
    ]


def score(row: Row, dimension: str, side: str) -> float | None:
    """Return a respondent's score of a dimension, the mean of its items where there are any.

    A gap is the mean of the gaps of items: where items have both scores, those with one only don't count.
    """
    numbers = DIMENSIONS[dimension][0]
    whole = [number for number in numbers if None not in (item_of(row, number, "e"), item_of(row, number, "p"))]
    items = [item for item in (item_of(row, number, side) for number in whole or numbers) if item is not None]
    if items:
        return statistics.fmean(items)
    given = row[f"{dimension}_{side}"]
    return None if given is None else float(given)


def item_of(row: Row, number: int, side: str) -> float | None:
    """Return the score of one item the right way round."""
    given = row[f"q{number}_{side}"]
    if given is None:
        return None
    turned = row["reverse"] in ("true", "yes", True) and number in NEGATIVE
    return int(row["scale"]) + 1 - float(given) if turned else float(given)


def both(row: Row, dimension: str) -> tuple[float, float] | None:
    """Return what a respondent expects and finds, where they said both."""
    expected, found = score(row, dimension, "e"), score(row, dimension, "p")
    return None if expected is None or found is None else (expected, found)


def weights(row: Row) -> dict[str, float]:
    """Return a respondent's own weights, else the house's, brought to 100."""
    given = row["weights"]
    numbers = [float(part) for part in given.split(",")] if given else [weight for _, weight in DIMENSIONS.values()]
    return {dimension: number / sum(numbers) * 100 for dimension, number in zip(DIMENSIONS, numbers, strict=True)}


def main_scale(rows: list[Row]) -> str:
    """Return the scale that most of the surveys with any score of a dimension used."""
    used = Counter(
        row["scale"] for row in rows if any(score(row, d, side) is not None for d in DIMENSIONS for side in "ep")
    )
    return max(("7", "5"), key=lambda scale: used[scale])


def alpha(rows: list[Row], dimension: str) -> tuple[float | None, int]:
    """Return Cronbach's alpha of what was found, over respondents with every item of the dimension; at least 5."""
    forms = [[item_of(row, number, "p") for number in DIMENSIONS[dimension][0]] for row in rows]
    complete = [[item for item in form if item is not None] for form in forms if None not in form]
    if len(complete) < 5:
        return None, len(complete)
    parts = sum(statistics.variance(column) for column in zip(*complete, strict=True))
    totals = statistics.variance([sum(form) for form in complete])
    k = len(complete[0])
    return (k / (k - 1) * (1 - parts / totals) if totals else None), len(complete)


def servqual(books: Books, first: date, last: date) -> Figures:
    """Work out SERVQUAL: the gaps, their two parts, and perception alone apart."""
    surveys = own(books, first, last)
    scale = main_scale(surveys)
    surveys = [row for row in surveys if row["scale"] == scale]
    paired = [row for row in surveys if any(both(row, dimension) for dimension in DIMENSIONS)]
    figures: Figures = {"n": count(paired)}
    gap, weight = dict[str, float](), dict[str, float]()
    for dimension in DIMENSIONS:
        pairs = [pair for pair in (both(row, dimension) for row in paired) if pair]
        weight[dimension] = mean(weights(row)[dimension] for row in paired)[0] or 0
        if pairs:
            gap[dimension] = statistics.fmean(found - expected for expected, found in pairs)
        figures[f"{dimension}_expectation"] = mean(expected for expected, _ in pairs)
        figures[f"{dimension}_perception"] = mean(found for _, found in pairs)
        figures[f"{dimension}_gap"] = (gap.get(dimension), len(pairs))
        figures[f"{dimension}_weight"] = (weight[dimension] if paired else None, len(paired))
        figures[f"{dimension}_alpha"] = alpha(surveys, dimension)
    of = sum(weight[dimension] for dimension in gap)

    def part(dimensions: Iterable[str]) -> tuple[float | None, int]:
        scored = [dimension for dimension in dimensions if dimension in gap]
        n = sum(1 for row in paired if any(both(row, one) for one in scored))
        return (sum(weight[one] * gap[one] for one in scored) / of if scored else None), n

    figures["unweighted"] = (mean(gap.values())[0], len(paired))
    figures["weighted"] = part(DIMENSIONS)
    figures["technical"] = part(TECHNICAL)
    figures["functional"] = part(dimension for dimension in DIMENSIONS if dimension not in TECHNICAL)
    figures["servperf"] = servperf(surveys)
    figures["scale"] = (int(scale) if surveys else None, len(paired))
    return figures


def servperf(surveys: list[Row]) -> tuple[float | None, int]:
    """Return the mean of the dimensions, of those who told what they found and nothing of what they expect."""
    alone = [
        row
        for row in surveys
        if all(score(row, dimension, "e") is None for dimension in DIMENSIONS)
        and any(score(row, dimension, "p") is not None for dimension in DIMENSIONS)
    ]
    columns = ([score(row, dimension, "p") for row in alone] for dimension in DIMENSIONS)
    means = (mean(found for found in column if found is not None)[0] for column in columns)
    return mean(one for one in means if one is not None)[0], len(alone)


def csat(books: Books, first: date, last: date) -> Figures:
    """Work out CSAT: answers 4 and 5 of all."""
    answers = [int(row["csat"]) for row in own(books, first, last) if row["csat"]]
    return {"n": count(answers), "value": share((one for one in answers if one >= 4), answers)}


def nps(books: Books, first: date, last: date) -> Figures:
    """Work out the net promoter score, in points."""
    answers = [int(row["nps"]) for row in own(books, first, last) if row["nps"]]
    points = sum((one >= 9) - (one <= 6) for one in answers)
    return {"n": count(answers), "value": (points / len(answers) * 100 if answers else None, len(answers))}
