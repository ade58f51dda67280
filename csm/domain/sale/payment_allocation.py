"""How a part payment is spread over sales, and what can be paid back (handbook 8).

Amounts are whole cents, days are the file's local days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def settle(cents: int, owed: Sequence[Owed], credit: Sequence[Owed]) -> tuple[list[Part], list[Part], int]:
    """Return what of an amount goes onto which sale, what of which credit note is set off, and what is left over.

    What credit notes are worth settles as much as is owed together with the money: paying the balance settles all.
    """
    used = min(sum(one.cents for one in credit), sum(one.cents for one in owed))
    parts, rest = allocate(cents + used, owed)
    return parts, allocate(used, credit)[0], rest


def with_rest(parts: Sequence[Part], rest: int) -> list[Part]:
    """Return the parts with what is left over on the newest of them."""
    return [*parts[:-1], Part(parts[-1].sale_id, parts[-1].cents + rest)]


def refundable(balance_cents: int, paid_cents: int, *, allow: bool) -> int:
    """Return what of a sale can be paid back: what is in the customer's favour, 0 where they owe.

    With `allow` all that was paid: so a payment that never came in is taken back.
    """
    return max(0, -balance_cents, paid_cents if allow else 0)
