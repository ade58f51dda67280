"""Percentiles as they are read between two values: linear, the usual way (source: handbook 10.2)."""

from __future__ import annotations

from typing import Protocol


class Ordered(Protocol):
    """Whole numbers from small to large."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> int: ...


def percentile(ordered: Ordered, share: float) -> float | None:
    """Return the value below which `share` of the values lie, linear between two; None of nothing.

    0.9 of 1 to 10 is 9.1: nine tenths of the way from the first place to the last.
    """
    if not len(ordered):
        return None
    place, rest = divmod(share * (len(ordered) - 1), 1)
    lower = ordered[int(place)]
    return float(lower) if not rest else lower + (ordered[int(place) + 1] - lower) * rest
