"""What a promise is worth: how it ends when it is kept, when it can be moved, and the kept share (handbook 7).

Instants are epoch seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from csm.domain.value import Value

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


class Standing(Value):
    """What the figures need to know of a promise."""

    direction: str
    status: str
    due: int


class Figures(Value):
    """How many promises of ours were kept on time, late, not at all, and are open past their time."""

    kept: int
    late: int
    broken: int
    past_due: int

    @property
    def n(self) -> int:
        """Return how many promises the share is about."""
        return self.kept + self.late + self.broken + self.past_due

    @property
    def kept_share(self) -> float | None:
        """Return which share of them was kept on time, None where there are none (source: handbook 7)."""
        return self.kept / self.n if self.n else None


def figures(promises: Iterable[Standing], now: int) -> Figures:
    """Count promises as of `now`; theirs, released ones and those that aren't due yet are in no figure."""
    found = dict.fromkeys(("kept", "late", "broken", OPEN), 0)
    for promise in promises:
        counts = promise.status in found and (promise.status != OPEN or promise.due < now)
        if promise.direction == OURS and counts:
            found[promise.status] += 1
    return Figures(*found.values())
