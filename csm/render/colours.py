"""Colours for rows that share a value; the value itself is always in the row, so that colour never stands alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from csm.render.listing import Row

PALETTE: Final = ("cyan", "yellow", "green", "magenta", "blue", "bright_red", "bright_cyan", "bright_yellow")


def colour_of_place(place: int) -> Callable[[Row], str]:
    """Return a function that gives each different value at `place` of a row the next colour of the palette."""
    given: dict[object, str] = {}

    def colour_of(row: Row) -> str:
        value = row[place]
        if value is None:
            return ""
        return given.setdefault(value, PALETTE[len(given) % len(PALETTE)])

    return colour_of
