"""Quantities: how many, or how much of something; at most three decimals."""

from __future__ import annotations

import re
from typing import Final

from csm.domain.errors import UsageFault

_PATTERN: Final = re.compile("(-?)([0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3})+)(?:[.]([0-9]{1,3}))?")


def read_quantity(text: str, *, allow_negative: bool = False) -> float:
    """Read 3, 2.5 or 1,200 as a quantity; raise unreadable-quantity for anything else, and for none at all."""
    from csm.domain.time.when import fold

    match = _PATTERN.fullmatch(fold(text))
    quantity = float(f"{match[1]}{match[2].replace(',', '')}.{match[3] or 0}") if match is not None else 0.0
    if not quantity or (quantity < 0 and not allow_negative):
        raise UsageFault("unreadable-quantity", value=text)
    return quantity


def read_counted(text: str, *, allow_negative: bool = False) -> tuple[float, str | None]:
    """Read a quantity and the unit behind it, `100箱`, `2.5 kg`; raise unreadable-quantity."""
    from csm.domain.values.money_cell import Spelling, read_many

    try:
        return read_many(text, Spelling(), allow_negative=allow_negative)
    except UsageFault as fault:
        raise UsageFault("unreadable-quantity", value=text) from fault


def counted(quantity: str, unit: str | None) -> str:
    """Return a quantity with its unit, a space only beside Latin letters: `100箱`, `2.5 kg`."""
    if not unit:
        return quantity
    return f"{quantity} {unit}" if unit[0].isascii() else quantity + unit
