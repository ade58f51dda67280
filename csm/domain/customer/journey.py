"""A customer's journey as a whole: the phase of each touch point, and what all of them come to (handbook 9.4, 13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from csm.domain.value import Value

PHASES: Final = ("before", "during", "after")
OF_THE_SALE: Final = ("sale", "delivered", "payment", "cancelled")

# On one day: the goods and the money first, then what was said by the clock, then what was concluded.
_CONCLUDED: Final = ("lost", "won-back", "graded", "contact")


class Touch(Value):
    """One touch point: `touch` is a term of that list, `on` the local day, `time` HH:MM where it is known.

    phase: that of a service; of every other it is worked out. `text` says what it was, `ref` is its short reference.
    """

    touch: str
    on: date
    ref: str
    time: str | None = None
    phase: str = ""
    channel: str | None = None
    direction: str | None = None
    satisfaction: int | None = None
    text: str | None = None
    by: str | None = None


def phase(touch: str, on: date, first_sale: date | None, own: str = "") -> str:
    """Return the phase of a touch point: before, during or after the sale.

    A sale and what belongs to it is during; a service has its `own`; anything else is before as long as the customer
    hadn't bought, and after from the day of the first sale on (source: handbook 13).
    """
    if own:
        return own
    if touch in OF_THE_SALE:
        return "during"
    return "before" if first_sale is None or on < first_sale else "after"


def in_order(touches: Iterable[Touch]) -> list[Touch]:
    """Return touch points oldest first.

    On one day what has no time comes first, sale, delivery, payment, service and survey in this order, then by the
    clock what has one, and at last what was concluded: a loss, a win-back, a grading. Equal ones keep their order.
    """
    return sorted(touches, key=_place)


def _place(touch: Touch) -> tuple[date, int, str, int]:
    order = (*OF_THE_SALE, "service", "survey", *_CONCLUDED)
    rank = order.index(touch.touch) if touch.touch in order else 0
    part = 2 if touch.touch in _CONCLUDED else 0 if touch.time is None else 1
    return touch.on, part, touch.time or "", rank


def mean(scores: Sequence[int]) -> float | None:
    """Return the mean satisfaction; None where nobody told any."""
    return sum(scores) / len(scores) if scores else None


def sharpest_drop(touches: Sequence[Touch]) -> tuple[Touch, Touch] | None:
    """Return the two touch points, next to each other among those with satisfaction, between which it fell most.

    Of equal falls the latest; None where it never fell.
    """
    told = [touch for touch in touches if touch.satisfaction is not None]
    found, most = None, 0
    for before, after in pairwise(told):
        fall = (before.satisfaction or 0) - (after.satisfaction or 0)
        if fall > 0 and fall >= most:
            found, most = (before, after), fall
    return found
