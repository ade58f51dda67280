"""Settlement terms: when a bill is due after the sale, as a team writes them on the card (handbook 3)."""

from __future__ import annotations

import re
from typing import Final

from csm.domain.errors import UnreadableTerms

_MONTHLY: Final = re.compile(r"(?:monthly|月结)(?:\s*\+?\s*(\d{1,3})\s*(?:days?|天)?)?")
_DAYS: Final = re.compile(r"(\d{1,3})\s*(?:d|days?|天)?")


def read_terms(text: str) -> str:
    """Return the canonical form of settlement terms: days such as 30, half-monthly, monthly or monthly+15.

    Raises UnreadableTerms (source: handbook 3, "days, half-monthly, monthly plus days").
    """
    folded = text.strip().casefold()
    if folded in ("half-monthly", "半月结"):
        return "half-monthly"
    if found := _DAYS.fullmatch(folded):
        return str(int(found[1]))
    if found := _MONTHLY.fullmatch(folded):
        return f"monthly+{int(found[1])}" if found[1] and int(found[1]) else "monthly"
    raise UnreadableTerms(value=text)
