"""How a promise ends when it is kept, and when it can be moved (handbook 7).

Instants are epoch seconds.
"""

from __future__ import annotations

from typing import Final

OURS: Final = "ours"
OPEN: Final = "open"
REPLY_BY: Final = "reply-by"


def status_when_kept(due: int, at: int) -> str:
    """Return how a promise ends that is kept at an instant: one that is kept at the second it is due is on time."""
    return "kept" if at <= due else "late"


def ending(status: str, direction: str) -> str:
    """Return how a promise stands, a term of `promise_ending`: whoever it was made to has released it.

    Source: handbook 7.
    """
    if status != "released":
        return status
    return "released-by-customer" if direction == OURS else "released-by-us"


def later_than(due: int, pledged: int | None) -> bool:
    """Tell whether a promise is due later than its pledge lets everybody count on; None is a pledge without a time."""
    return pledged is not None and due > pledged


def less_than(cents: int | None, pledged: int | None) -> bool:
    """Tell whether a promise gives less than its pledge when it is broken; amounts in cents, None for none."""
    return bool(pledged) and cents is not None and cents < (pledged or 0)


def is_over(due: int, now: int) -> bool:
    """Tell whether a promise is due already, so that it can't be moved any more (source: handbook 7)."""
    return now >= due


def can_move(due: int, to: int, now: int, *, told: bool) -> bool:
    """Tell whether a promise can be moved: to a later time, before it is due, when the other side was told."""
    return told and not is_over(due, now) and to > due
