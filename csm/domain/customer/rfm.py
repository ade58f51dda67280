"""Recency, frequency and money of customers in five bins each, and the segment that recency and frequency make.

Whole numbers only, so that a value that equals a cut is known to. source: handbook 9.1.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

BINS: Final = 5

# Segments by the score of recency (the rows, 1 to 5) and that of frequency (1 to 5 in the row).
SEGMENTS: Final = (
    ("hibernating", "hibernating", "at-risk", "at-risk", "cant-lose"),
    ("hibernating", "hibernating", "at-risk", "at-risk", "cant-lose"),
    ("about-to-sleep", "about-to-sleep", "need-attention", "loyal-customers", "loyal-customers"),
    ("promising", "potential-loyalists", "potential-loyalists", "loyal-customers", "loyal-customers"),
    ("new-customers", "potential-loyalists", "potential-loyalists", "champions", "champions"),
)


def cuts(values: Sequence[int]) -> list[int]:
    """Return the four cuts between the five bins of `values`, each rounded down to a whole number.

    A cut lies at 20, 40, 60 and 80 per cent of the way through the sorted values, by linear interpolation. A whole
    number is above a cut exactly where it is above the cut rounded down. source: handbook 9.1.
    """
    ascending = sorted(values)
    found = []
    for k in range(1, BINS):
        place, rest = divmod((len(ascending) - 1) * k, BINS)
        low = ascending[place]
        found.append(low + rest * (ascending[place + 1] - low) // BINS if rest else low)
    return found


def scores(values: Sequence[int]) -> list[int]:
    """Return the bin of each value, 1 to 5; a value equal to a cut belongs to the bin below it."""
    if not values:
        return []
    borders = cuts(values)
    return [bisect_left(borders, value) + 1 for value in values]


def recency_scores(days: Sequence[int]) -> list[int]:
    """Return the score of each number of days since the last purchase: binned in days, then reversed, 5 the fewest."""
    if not days:
        return []
    borders = cuts(days)
    return [BINS - bisect_left(borders, value) for value in days]


def segment(recency: int, frequency: int) -> str:
    """Return the segment of two scores, 1 to 5 each."""
    return SEGMENTS[recency - 1][frequency - 1]
