"""The one palette: what every look on a terminal means to Rich, and the colours of rows that share a value.

Without colour every look is plain text, so whatever a colour says stands there in words too. Nothing here paints.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from csm.render.listing import Row

LOOKS: Final = {
    "title": "bold",
    "heading": "bold cyan",
    "rule": "dim",
    "key": "cyan",
    "strong": "bold",
    "phone": "bold",
    "late": "bold red",
    "command": "green",
    "faint": "dim",
    "bar": "cyan",
}
# Rows that share a value have one of these, in the order in which the values appear.
ROW_COLOURS: Final = ("cyan", "yellow", "green", "magenta", "blue", "bright_red", "bright_cyan", "bright_yellow")


def style_of(look: str) -> str:
    """Return the Rich style of a look; a colour of rows is its own."""
    return LOOKS.get(look, look)


def colour_of_place(place: int) -> Callable[[Row], str]:
    """Return a function that assigns each different value at `place` of a row the next colour for rows."""
    assigned: dict[object, str] = {}

    def colour_of(row: Row) -> str:
        value = row[place]
        if value is None:
            return ""
        return assigned.setdefault(value, ROW_COLOURS[len(assigned) % len(ROW_COLOURS)])

    return colour_of
