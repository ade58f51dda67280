"""Bars and sparklines of block signs: how much, seen without colour; in ASCII where nothing else can be written.

Knows nothing of what is shown. A value that there isn't is a gap, never a bar of nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

# A bar's last cell, in eighths of a cell from the left.
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
FULL: Final = "█"
_HASH: Final = "#"
# A sparkline's levels, from low to high.
_LEVELS: Final = "▁▂▃▄▅▆▇█"
_ASCII_LEVELS: Final = "_.:-=+*#"
GAP: Final = " "


def bar(share: float, width: int, *, ascii_only: bool = False) -> str:
    """Return a bar that fills `share`, 0 to 1, of `width` cells; what is beyond either end is cut.

    What isn't quite nothing is an eighth of a cell at least, in ASCII one sign, so that it is seen.
    """
    share = min(max(share, 0.0), 1.0)
    if ascii_only:
        return _HASH * max(round(share * width), int(share > 0))
    full, rest = divmod(max(round(share * width * 8), int(share > 0)), 8)
    return FULL * full + _EIGHTHS[rest].strip()


def spark(values: Sequence[float | None], *, least: float = 0.0, ascii_only: bool = False) -> str:
    """Return a sign for each value, the lowest of them low and the highest high; None is a gap.

    least: values closer together than this don't fill the height, so that a small change looks small; values that are
    all the same stand half way up.
    """
    known = [value for value in values if value is not None]
    if not known:
        return GAP * len(values)
    levels = _ASCII_LEVELS if ascii_only else _LEVELS
    low, high = min(known), max(known)
    spread = max(high - low, least)
    bottom = (low + high - spread) / 2

    def sign(value: float | None) -> str:
        if value is None:
            return GAP
        height = (value - bottom) / spread if spread else 0.5
        return levels[min(int(height * len(levels)), len(levels) - 1)]

    return "".join(map(sign, values))
