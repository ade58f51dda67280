"""Settlement terms: when a bill is due after the sale, as a team writes them on the card (handbook 3, 8)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from csm.domain.errors import UsageFault
from csm.domain.time.recurrence import add_months
from csm.domain.values.folding import folded

CASH: Final = "cash"
ON_DELIVERY: Final = "cash-on-delivery"
BEFORE_DELIVERY: Final = "before-delivery"
WEEKLY: Final = "weekly"
HALF_MONTHLY: Final = "half-monthly"
MONTHLY: Final = "monthly"
NEXT_MONTH: Final = "end-of-next-month"

# What is typed for terms without a number in addition to their name, as compared (`csm.domain.values.folding`).
_WORDS: Final = {
    **dict.fromkeys((CASH, "现结", "现金", "现款"), CASH),
    **dict.fromkeys((ON_DELIVERY, "cod", "货到付款"), ON_DELIVERY),
    **dict.fromkeys((BEFORE_DELIVERY, "款到发货", "先款后货"), BEFORE_DELIVERY),
    **dict.fromkeys((WEEKLY, "周结"), WEEKLY),
    **dict.fromkeys((HALF_MONTHLY, "半月结"), HALF_MONTHLY),
    **dict.fromkeys((NEXT_MONTH, "次月底", "次月末", "下月底"), NEXT_MONTH),
}
_MONTHLY: Final = re.compile(r"(?:monthly|月结)(?:\s*(?:\+|plus)?\s*(\d{1,3})\s*(?:days?|天)?)?")
_HALF: Final = 15
_DAYS: Final = re.compile(r"(\d{1,3})\s*(?:d|days?|天)?")
_SUNDAY: Final = 6


def read_terms(text: str) -> str:
    """Return the canonical form of settlement terms in either language: 30, cash, weekly, monthly+15 and the others.

    Raises unreadable-terms (source: handbook 8, "Terms").
    """
    typed = folded(text)
    if named := _WORDS.get(typed.replace(" ", "-")):
        return named
    if found := _DAYS.fullmatch(typed):
        return str(int(found[1]))
    if found := _MONTHLY.fullmatch(typed):
        return f"{MONTHLY}+{int(found[1])}" if found[1] and int(found[1]) else MONTHLY
    raise UsageFault("unreadable-terms", value=text)


def due_on(terms: str | None, sold_on: date, delivery_on: date | None = None, delivered_on: date | None = None) -> date:
    """Return the day by which a sale is to be paid by settlement terms as `read_terms` gives them; None is at once.

    Days count from the sale. cash and before-delivery: the day of the sale. cash-on-delivery: the day it was delivered,
    before that the day delivery is promised for, else that of the sale. weekly: the Sunday that ends the week, Monday
    to Sunday, of the sale (ours). half-monthly: the 15th for what was sold until then, else the month's last day;
    monthly: the month's last day, monthly+15 so many days after it; end-of-next-month: the last day of the month
    after (source: handbook 3, 8).
    """
    if terms in (None, CASH, BEFORE_DELIVERY):
        return sold_on
    if terms == ON_DELIVERY:
        return delivered_on or delivery_on or sold_on
    if terms == WEEKLY:
        return sold_on + timedelta(days=_SUNDAY - sold_on.weekday())
    if terms == NEXT_MONTH:
        return _last_of_month(sold_on, 1)
    if terms.startswith((HALF_MONTHLY, MONTHLY)):
        return _within_month(terms, sold_on)
    return sold_on + timedelta(days=int(terms))


def _within_month(terms: str, sold_on: date) -> date:
    """Return the day that half-monthly, monthly or monthly+15 come to."""
    if terms == HALF_MONTHLY and sold_on.day <= _HALF:
        return sold_on.replace(day=_HALF)
    return _last_of_month(sold_on) + timedelta(days=int(terms.partition("+")[2] or 0))


def _last_of_month(day: date, months: int = 0) -> date:
    """Return the last day of the month so many months after that of `day`."""
    return add_months(day.replace(day=1), months + 1) - timedelta(days=1)
