"""The parts of a repayment plan as it is made: equal ones, or those that were typed (handbook 8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from csm.domain.errors import UsageFault
from csm.domain.sale.repayment import Part
from csm.domain.time.recurrence import Interval, occurrence
from csm.domain.time.when import LAST_YEAR
from csm.domain.values.money import group_cents

MOST_PARTS: Final = 120


def split(cents: int, number: int, first: date, every: Interval | None) -> list[Part]:
    """Return `number` parts, equal to the cent but for the last one, which has the rest: 100.00 in 3 ends in 33.34.

    Days are counted from the first, so that the 31st stays the month's last day. Raises parts-too-many where a part
    would be less than a cent, plan-too-long where the last day can't be written (source: handbook 8).
    """
    share = cents // number
    if not share:
        raise UsageFault("parts-too-many", parts=number, amount=group_cents(cents))
    try:
        days = [first if every is None else occurrence(first, every, k) for k in range(number)]
    except (OverflowError, ValueError):
        days = []
    if not days or days[-1].year > LAST_YEAR:
        raise UsageFault("plan-too-long", year=LAST_YEAR)
    return [*(Part(day, share) for day in days[:-1]), Part(days[-1], cents - share * (number - 1))]


def own(cents: int, parts: Iterable[Part]) -> list[Part]:
    """Return typed parts in the order of their days; raise parts-differ where they don't add up to the amount."""
    ordered = sorted(parts, key=lambda part: part.due_on)
    total = sum(part.cents for part in ordered)
    if total != cents:
        raise UsageFault("parts-differ", total=group_cents(total), amount=group_cents(cents))
    return ordered
