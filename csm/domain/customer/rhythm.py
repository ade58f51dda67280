"""How often a customer usually buys (source: handbook 9.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import sub


def median_interval(days: Sequence[date]) -> float | None:
    """Return the median interval in days between the distinct purchase `days`, in any order; None for fewer than two.

    (source: handbook 9.4)
    """
    return median_gap(map(date.toordinal, days))


def median_gap(ordinals: Iterable[int]) -> float | None:
    """Return what `median_interval` does, for days as ordinals, in which a million days are counted sooner."""
    ordered = sorted(set(ordinals))
    if len(ordered) < 2:
        return None
    return _median(list(map(sub, ordered[1:], ordered)))


def _median(intervals: Sequence[int]) -> float:
    ordered = sorted(intervals)
    middle = len(ordered) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def is_overdue(last: date, median: float, today: date, times: float) -> bool:
    """Return whether strictly more than `times` the usual interval of `median` days passed since the `last` purchase.

    (source: handbook 9.4)
    """
    return (today - last).days > times * median
