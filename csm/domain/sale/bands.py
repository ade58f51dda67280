"""How late what is unpaid is, in bands of days (handbook 8, 9.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from csm.domain.value import Value

Days = tuple[date | None, date | None]

# The last day late of each band but the last; what is before its day has a band of its own.
LAST_DAYS: Final = ((30, "0-30"), (60, "31-60"), (90, "61-90"))
NOT_DUE: Final = "not-due"
LATEST: Final = "90+"
BANDS: Final = (NOT_DUE, *[name for _, name in LAST_DAYS], LATEST)


class Band(Value):
    """How many sales are so late, and what is open on them."""

    name: str
    sales: int
    cents: int


def band(days_late: int) -> str:
    """Return the band of so many days late, negative before the day: 30 is in 0-30, 90 in 61-90, 91 in 90+."""
    if days_late < 0:
        return NOT_DUE
    return next((name for last, name in LAST_DAYS if days_late <= last), LATEST)


def due_days(name: str, today: date) -> Days:
    """Return the first and last day on which what is in a band was due; None leaves a side open."""
    if name == NOT_DUE:
        return today + timedelta(days=1), None
    if name == LATEST:
        return None, today - timedelta(days=LAST_DAYS[-1][0] + 1)
    first = 0
    for last, found in LAST_DAYS:
        if found == name:
            return today - timedelta(days=last), today - timedelta(days=first)
        first = last + 1
    raise AssertionError(name)


def in_bands(days: Iterable[tuple[str, int, int]], today: date) -> list[Band]:
    """Return the bands that hold anything, in their order, from (day due as ISO text, number of sales, cents open)."""
    sums = dict.fromkeys(BANDS, (0, 0))
    for due_on, sales, cents in days:
        name = band((today - date.fromisoformat(due_on)).days)
        sums[name] = (sums[name][0] + sales, sums[name][1] + cents)
    return [Band(name, sales, cents) for name, (sales, cents) in sums.items() if sales]
