"""How many customers stay (source: handbook 9.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from csm.domain.time.recurrence import add_months
from csm.domain.value import Value

MONTHS: Final = 12


class Retention(Value):
    """Of the customers active at the start of a period, `start`, how many also bought in it, `kept`."""

    start: int
    kept: int

    @property
    def rate(self) -> float | None:
        """Return the share that was kept, 0 to 1; None where nobody was active."""
        return self.kept / self.start if self.start else None


def active_from(day: date, months: int = MONTHS) -> date:
    """Return the first day of the `months` before `day`: who bought from then on, `day` not counted, is active at it.

    (source: handbook 9.4)
    """
    return add_months(day, -months)


def retention(purchases: Iterable[Collection[date]], first: date, last: date, months: int = MONTHS) -> Retention:
    """Return the retention of the period from `first` to `last`, both included.

    purchases: the purchase days of each customer. months: who bought within so many months is active
    (source: handbook 9.4).
    """
    since = active_from(first, months)
    start = kept = 0
    for days in purchases:
        if any(since <= day < first for day in days):
            start += 1
            kept += any(first <= day <= last for day in days)
    return Retention(start, kept)
