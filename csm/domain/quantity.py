"""Quantities: how many, or how much of something; at most three decimals."""

from __future__ import annotations

import re
from typing import Final

_PATTERN: Final = re.compile("(-?)([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3})+)(?:[.]([0-9]{1,3}))?")


def read_quantity(text: str, *, allow_negative: bool = False) -> float:
    """Read 3, 2.5 or 1,200 as a quantity; raise UnreadableQuantity for anything else, and for none at all."""
    from csm.domain.when import fold

    match = _PATTERN.fullmatch(fold(text))
    quantity = float(f"{match[1]}{match[2].replace(',', '')}.{match[3] or 0}") if match is not None else 0.0
    if not quantity or (quantity < 0 and not allow_negative):
        from csm.domain.errors import UnreadableQuantity

        raise UnreadableQuantity(value=text)
    return quantity
