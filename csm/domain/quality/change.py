"""How a figure changed against the period before: by how much, and whether for the better."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from csm.domain.quality.figures import Figure, Group, Measured, of

# Figures in points of a survey's scale, by section: beside those of another scale they mean nothing.
IN_POINTS: Final[Mapping[str, frozenset[str]]] = {
    "servqual": frozenset(figure.name for figure in of("servqual")),
    "gaps": frozenset(("gap_1", "gap_2", "gap_5")),
}


def difference(now: Measured | None, before: Measured | None) -> float | None:
    """Return by how much a figure rose, below zero where it fell; None where there are no two figures to compare."""
    if now is None or before is None or now.value is None or before.value is None:
        return None
    return now.value - before.value


def verdict(figure: Figure, now: Measured | None, before: Measured | None) -> Literal["", "better", "worse"]:
    """Return whether a figure changed for the better; "" where it didn't change, or neither more nor less is better."""
    change = difference(now, before)
    if not change or not figure.better:
        return ""
    return "better" if (change > 0) == (figure.better == "more") else "worse"


def comparable(section: str, before: Group, scale: float | None, scale_before: float | None) -> Group:
    """Return what of the figures before can be compared: surveys of different scales can't (source: handbook 10.1)."""
    if section not in IN_POINTS or scale is None or scale_before is None or scale == scale_before:
        return before
    return {name: measured for name, measured in before.items() if name not in IN_POINTS[section]}
