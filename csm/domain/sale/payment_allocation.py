"""How a part payment is spread over sales, and what can be paid back (handbook 8).

Amounts are whole cents, days are the file's local days.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Owed(NamedTuple):
    """What is open on one sale, above zero; `sold_on` is ISO text."""

    sale_id: int
    sold_on: str
    cents: int


class Part(NamedTuple):
    """What of an amount goes onto one sale."""

    sale_id: int
    cents: int


def allocate(cents: int, owed: Iterable[Owed]) -> tuple[list[Part], int]:
    """Return what of an amount goes onto which sale, the oldest first, and what is left over when all are settled.

    Sales of one day come in the order of their ids (source: handbook 8).
    """
    parts, rest = [], cents
    for one in sorted(owed, key=lambda sale: (sale.sold_on, sale.sale_id)):
        if not rest:
            break
        part = min(rest, one.cents)
        parts.append(Part(one.sale_id, part))
        rest -= part
    return parts, rest


def refundable(balance_cents: int, paid_cents: int, *, allow: bool) -> int:
    """Return what of a sale can be paid back: what is in the customer's favour, 0 where they owe.

    With `allow` all that was paid: so a payment that never came in is taken back.
    """
    return max(0, -balance_cents, paid_cents if allow else 0)
