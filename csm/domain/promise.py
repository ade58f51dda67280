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


def is_over(due: int, now: int) -> bool:
    """Tell whether a promise is due already, so that it can't be moved any more (source: handbook 7)."""
    return now >= due


def can_move(due: int, to: int, now: int, *, told: bool) -> bool:
    """Tell whether a promise can be moved: to a later time, before it is due, when the other side was told."""
    return told and not is_over(due, now) and to > due
