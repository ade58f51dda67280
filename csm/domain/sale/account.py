"""Money on account: what a customer has with us, which bills it covers, and how it is set off (handbook 8).

Credits are credit notes, what was paid above a bill or for a cancelled one, and deposits; they belong to the customer,
not to a bill. Amounts are whole cents, days are ISO text. The view `sale_unpaid` has the rule of `asked` as SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from csm.domain.sale.payment_allocation import Owed, Part, allocate


class Credit(NamedTuple):
    """Money of a customer that is with us, above zero: of the sale `sale_id`, None of a deposit, since a day."""

    sale_id: int | None
    since_on: str
    cents: int


class SetOff(NamedTuple):
    """What of the credit of `source`, a sale or None for the money on account, goes onto which bill."""

    source: int | None
    bill: int
    cents: int


def asked(bills: Iterable[Owed], covered_cents: int) -> list[Part]:
    """Return what a customer is asked to pay of each open bill, the oldest first, 0 where it is covered.

    covered_cents: all that they have with us, and what a repayment plan asks for part by part. It covers the oldest
    bills first, so that nobody is asked for more than their balance, and nobody whose balance is 0 or below for
    anything (source: handbook 8).
    """
    found, left = [], max(0, covered_cents)
    for bill in _oldest_first(bills):
        covered = min(left, bill.cents)
        found.append(Part(bill.sale_id, bill.cents - covered))
        left -= covered
    return found


def set_off(credits: Iterable[Credit], bills: Iterable[Owed]) -> list[SetOff]:
    """Return what of which credit goes onto which bill, the oldest credits against the oldest bills.

    Of one day, what stands on sales comes before the money on account (source: handbook 8).
    """
    found = []
    waiting = [(bill.sale_id, bill.cents) for bill in _oldest_first(bills)]
    for credit in sorted(credits, key=lambda one: (one.since_on, one.sale_id is None, one.sale_id or 0)):
        left = credit.cents
        while left > 0 and waiting:
            bill, open_cents = waiting.pop(0)
            part = min(left, open_cents)
            found.append(SetOff(credit.sale_id, bill, part))
            left -= part
            if part < open_cents:
                waiting.insert(0, (bill, open_cents - part))
    return found


def settle(cents: int, credits: Iterable[Credit], bills: Sequence[Owed]) -> tuple[list[SetOff], list[Part], int]:
    """Return what is set off, what of an amount then goes onto which bill, the oldest first, and what is left over.

    So who pays the balance has settled everything (source: handbook 8).
    """
    pairs = set_off(credits, bills)
    covered: dict[int, int] = {}
    for pair in pairs:
        covered[pair.bill] = covered.get(pair.bill, 0) + pair.cents
    left = [bill._replace(cents=bill.cents - covered.get(bill.sale_id, 0)) for bill in bills]
    parts, rest = allocate(cents, [bill for bill in left if bill.cents])
    return pairs, parts, rest


def pay_back(cents: int, credits: Iterable[Credit]) -> tuple[list[tuple[int | None, int]], int]:
    """Return what of an amount is paid back of which credit, the oldest first, and what is more than there is."""
    found, rest = [], cents
    for credit in sorted(credits, key=lambda one: (one.since_on, one.sale_id is None, one.sale_id or 0)):
        part = min(rest, credit.cents)
        if part > 0:
            found.append((credit.sale_id, part))
            rest -= part
    return found, rest


def usable(days: Iterable[tuple[str, int]], day: str) -> int:
    """Return what of the money on account can be used on a day, in cents, from (day, cents) in the order of the days.

    It is the least that was there on that day and ever since: money that comes later can't be used, nor what was used
    later.
    """
    there, least = 0, None
    for on, cents in days:
        if on > day and least is None:
            least = there
        there += cents
        if least is not None:
            least = min(least, there)
    return there if least is None else least


def _oldest_first(bills: Iterable[Owed]) -> list[Owed]:
    return sorted(bills, key=lambda bill: (bill.sold_on, bill.sale_id))
