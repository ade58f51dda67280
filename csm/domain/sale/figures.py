"""Figures of sales that are parts or ratios of others, and how many customers stay (source: handbook 9.3, 9.4).

Amounts are cents, results shares where 1.0 is all of it; None where there is nothing to compare with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from csm.domain.time.recurrence import add_months
from csm.domain.value import Value


def share(part: int, whole: int) -> float | None:
    """Return which part of the whole something is; None where the whole isn't above zero."""
    return part / whole if whole > 0 else None


def growth(now: int, before: int) -> float | None:
    """Return by which share sales grew against those before, negative where they fell; None from zero or below."""
    return (now - before) / before if before > 0 else None


def wallet(sales: int, category_spend: int | None) -> float | None:
    """Return the share of wallet: a year's sales against what the customer spends a year on what we sell.

    None where that isn't known. source: handbook 9.3.
    """
    return share(sales, category_spend) if category_spend else None


def cost_ratio(cost: int, sales: int) -> float | None:
    """Return the cost to serve against the sales of the same period; None where nothing was sold."""
    return share(cost, sales)


def per_sale(complaints: int, sales: int) -> float | None:
    """Return the complaints for each sale; None without a sale."""
    return share(complaints, sales)


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
