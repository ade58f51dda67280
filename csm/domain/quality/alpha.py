"""Cronbach's alpha: how well the items of a dimension hang together (source: handbook 10.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import mul
from typing import Final

from csm.domain.quality.figures import Measured
from csm.domain.survey.scores import ITEMS, NOT_ANSWERED

FEWEST: Final = 5  # respondents below which no alpha is shown


def alphas(perceived: Iterable[str]) -> dict[str, Measured]:
    """Return alpha of each dimension, of texts with a sign for each of the 22 items.

    n is the number of respondents who scored every item of the dimension; None below FEWEST of them.
    """
    from struct import iter_unpack

    # One text cut by struct takes a third of the time of slices in Python: there are tens of thousands.
    cut = "".join(f"{len(codes)}s" for codes in ITEMS.values())
    columns = list(zip(*iter_unpack(cut, "".join(perceived).encode("ascii")), strict=True))
    found = {}
    for place, dimension in enumerate(ITEMS):
        counted = Counter(columns[place]) if columns else Counter[bytes]()
        whole = {answers: n for answers, n in counted.items() if NOT_ANSWERED.encode() not in answers}
        n = sum(whole.values())
        found[dimension] = Measured(cronbach(whole) if n >= FEWEST else None, n)
    return found


def cronbach(answers: Mapping[bytes, int]) -> float | None:
    """Return alpha of scores by item: how many respondents gave the same scores, a digit each.

    k / (k - 1) x (1 - sum of the variances of the items / variance of the respondents' sums), sample variances; None
    where all sums are the same (source: handbook 10.1).
    """
    times = list(answers.values())
    # Digits are taken by their codes: a variance doesn't change where every score is higher by the same.
    totals = _spread([sum(scores) for scores in answers], times)
    if not totals:
        return None
    columns = list(zip(*answers, strict=True))
    return len(columns) / (len(columns) - 1) * (1 - sum(_spread(column, times) for column in columns) / totals)


def _spread(values: Sequence[int], times: Sequence[int]) -> int:
    """Return n (n - 1) times the sample variance of values that come so many times, a whole number."""
    weighed: list[int] = list(map(mul, values, times))
    total = sum(weighed)
    squares: int = sum(map(mul, values, weighed))
    return sum(times) * squares - total * total
