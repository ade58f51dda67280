"""Settlement terms: when a bill is due after the sale, as a team writes them on the card (handbook 3)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from csm.domain.errors import UsageFault
from csm.domain.time.recurrence import add_months

_MONTHLY: Final = re.compile(r"(?:monthly|月结)(?:\s*\+?\s*(\d{1,3})\s*(?:days?|天)?)?")
_HALF: Final = 15
_DAYS: Final = re.compile(r"(\d{1,3})\s*(?:d|days?|天)?")


def read_terms(text: str) -> str:
    """Return the canonical form of settlement terms: days such as 30, half-monthly, monthly or monthly+15.

    Raises unreadable-terms (source: handbook 3, "days, half-monthly, monthly plus days").
    """
    folded = text.strip().casefold()
    if folded in ("half-monthly", "半月结"):
        return "half-monthly"
    if found := _DAYS.fullmatch(folded):
        return str(int(found[1]))
    if found := _MONTHLY.fullmatch(folded):
        return f"monthly+{int(found[1])}" if found[1] and int(found[1]) else "monthly"
    raise UsageFault("unreadable-terms", value=text)


def due_on(terms: str, sold_on: date) -> date:
    """Return the day by which a sale is to be paid by settlement terms as `read_terms` gives them.

    Days count from the sale; half-monthly is the 15th for what was sold until then, else the month's last day; monthly
    is the month's last day, monthly+15 so many days after it (source: handbook 3, 8).
    """
    if terms == "half-monthly" and sold_on.day <= _HALF:
        return sold_on.replace(day=_HALF)
    if not terms.startswith(("half-monthly", "monthly")):
        return sold_on + timedelta(days=int(terms))
    more = terms.partition("+")[2]
    return add_months(sold_on.replace(day=1), 1) + timedelta(days=int(more or 0) - 1)
