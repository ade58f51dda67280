"""Repayment plans, 还款计划: an amount in parts, ticked off by what the plan's bills owe less (handbook 8).

Amounts are whole cents, days are the file's local days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from csm.domain.sale.payment_allocation import Owed, allocate
from csm.domain.value import Value

OPEN: Final = "open"
MET: Final = "met"
OVERDUE: Final = "overdue"
CANCELLED: Final = "cancelled"
ENDED: Final = "ended"


Row = dict[str, Any]


class Part(NamedTuple):
    """What is to be paid by a day; cents above zero."""

    due_on: date
    cents: int


class Plan(Value):
    """A plan with its parts and its bills, exact values by the names of PLAN, INSTALMENT and PLAN_BILL, in cents."""

    plan: Row
    parts: Sequence[Row]
    bills: Sequence[Row]


class Bill(NamedTuple):
    """A bill of a plan: how much of it is in the plan, what was open on it then, and what is open on it now."""

    planned_cents: int
    open_cents: int
    balance_cents: int


class Covered(NamedTuple):
    """A bill that a plan is made for: how much of it goes into the plan, and what is open on it."""

    sale_id: int
    planned_cents: int
    open_cents: int


def covered(cents: int, owed: Sequence[Owed]) -> list[Covered]:
    """Return which bills a plan over an amount is made for: the oldest first, the last of them in part."""
    balances = {one.sale_id: one.cents for one in owed}
    parts, _ = allocate(cents, owed)
    return [Covered(part.sale_id, part.cents, balances[part.sale_id]) for part in parts]


def paid(bills: Iterable[Bill]) -> int:
    """Return what the bills of a plan owe less than when it was made, each up to the plan's part of it."""
    return sum(min(bill.planned_cents, max(0, bill.open_cents - max(0, bill.balance_cents))) for bill in bills)


def ticked(cents: int, amounts: Iterable[int]) -> list[int]:
    """Return what of each part is paid where so much was paid in all, the oldest first; the triggers do the same.

    amounts: cents of the parts in the order of their days (source: handbook 8).
    """
    found, rest = [], cents
    for amount in amounts:
        part = max(0, min(amount, rest))
        found.append(part)
        rest -= part
    return found


def asked(open_parts: Iterable[int], balance: int) -> list[int]:
    """Return what is asked of each open part, the oldest first: together never more than the customer's balance."""
    return ticked(max(0, balance), open_parts)


def part_state(due_on: date, amount: int, paid_cents: int, cancelled_on: date | None, today: date) -> str:
    """Return how a part stands on a day: cancelled, met, overdue from the day after its own, else open."""
    if cancelled_on is not None:
        return CANCELLED
    if paid_cents >= amount:
        return MET
    return OVERDUE if due_on < today else OPEN


def plan_state(ended_on: date | None, states: Iterable[str]) -> str:
    """Return how a plan stands: ended, met where all its parts are, else open."""
    if ended_on is not None:
        return ENDED
    return MET if all(state == MET for state in states) else OPEN
