"""Figures of customers: HEART and the retention model (source: handbook 10.4; formulas of HEART ours)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Final

from csm.domain.quality.complaints import MARK
from csm.domain.quality.figures import Measured, share
from csm.domain.value import Value


def engagement(begun: int, active: int, months: float) -> Measured:
    """Return the contacts begun by customers per active customer and month, over a period of so many months.

    Its n is the number of active customers.
    """
    return Measured(begun / active / months if active and months else None, active)


def adopters(purchases: Iterable[tuple[str | None, int, str, object]]) -> Mapping[str | None, int]:
    """Return of each group how many customers bought a product line in the period for the first time.

    purchases: (group, customer, product line, whether it was before the period) in any order.
    """
    before: set[tuple[int, str]] = set()
    within: dict[tuple[int, str], str | None] = {}
    for group, customer, line, earlier in purchases:
        if earlier:
            before.add((customer, line))
        else:
            within[customer, line] = group
    groups = {customer: group for (customer, line), group in within.items() if (customer, line) not in before}
    return Counter(groups.values())


def task_success(tally: Iterable[tuple[str, int]]) -> Measured:
    """Return the share of complaints that were fully resolved at the first resolution and not reopened.

    Of those that have come to a resolution, or were closed without one. tally: (mark, number) of cases.
    Grievances don't count.
    """
    full = ended = 0
    for mark, number in tally:
        told = dict(zip(MARK, mark.split("|"), strict=True))
        if told["level"] == "complaint" and (told["first_outcome"] or told["status"] == "unresolved"):
            ended += number
            full += number if told["first_outcome"] == "full" and told["reopened"] == "0" else 0
    return share(full, ended)


ANSWERS: Final = ("value", "satisfaction", "switching", "intention")
# What is supposed to lead to what.
LINKS: Final = (
    ("value", "intention"),
    ("value", "satisfaction"),
    ("satisfaction", "intention"),
    ("switching", "intention"),
)

# The scores of one survey in the order of ANSWERS, None where there is none.
Scores = tuple[int | None, ...]


class Link(Value):
    """A supposed link: `r` its correlation over `n` surveys, `verdict` a term of the list "link".

    Both are None where there are too few surveys, or where all of them say the same on one side.
    """

    cause: str
    effect: str
    r: float | None
    n: int
    verdict: str | None


def links(surveys: Mapping[Scores, int], few: int, holds: float) -> list[Link]:
    """Return the four links over surveys, given by their scores and how many have the same.

    few: below so many surveys with both scores nothing is shown. holds: a link holds from this correlation on; from 0
    on it is weak, below it speaks against what was supposed.
    """
    found = []
    for cause, effect in LINKS:
        first, second = ANSWERS.index(cause), ANSWERS.index(effect)
        pairs: dict[tuple[int, int], int] = {}
        for scores, times in surveys.items():
            x, y = scores[first], scores[second]
            if x is not None and y is not None:
                pairs[x, y] = pairs.get((x, y), 0) + times
        n = sum(pairs.values())
        r = pearson(pairs) if n >= few else None
        verdict = None if r is None else "holds" if r >= holds else "weak" if r >= 0 else "against"
        found.append(Link(cause, effect, r, n, verdict))
    return found


def pearson(pairs: Mapping[tuple[int, int], int]) -> float | None:
    """Return the correlation of pairs of scores, given by how often each comes; None where one side never varies."""
    n = sum(pairs.values())
    x = sum(one * times for (one, _), times in pairs.items())
    y = sum(other * times for (_, other), times in pairs.items())
    # Whole numbers, so that what doesn't vary is exactly 0.
    spread_x = n * sum(one * one * times for (one, _), times in pairs.items()) - x * x
    spread_y = n * sum(other * other * times for (_, other), times in pairs.items()) - y * y
    if not spread_x or not spread_y:
        return None
    together = n * sum(one * other * times for (one, other), times in pairs.items()) - x * y
    # The root of the whole product: r of a straight line is exactly 1, of half of one exactly 0.5.
    return together / sqrt(spread_x * spread_y)
