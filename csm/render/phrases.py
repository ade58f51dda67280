"""How words are put together on every page: titles, and lists of parts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from csm.i18n import say


def titled(said: str) -> str:
    """Return a heading as the title of a part, with a capital."""
    return said[:1].upper() + said[1:]


def listed(parts: Sequence[str | None]) -> str:
    """Return what there is of `parts` as people list things: with commas, in Chinese with wide ones."""
    return say(", ").join(part for part in parts if part)


def in_turn(parts: Sequence[str]) -> str:
    """Return sentences one after the other, with semicolons; nothing of none."""
    return reduce(lambda first, second: say("{first}; {second}", first=first, second=second), parts) if parts else ""
