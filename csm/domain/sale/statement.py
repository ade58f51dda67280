"""The statement of account of a customer: bills, credits and money as rows with a running balance (handbook 8).

Amounts are whole cents, positive where they raise what the customer owes; days are ISO text of the file's local days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from csm.domain.sale.bands import Band, in_bands
from csm.domain.value import Value


class Bill(NamedTuple):
    """A sale as an account has it; below zero it is a credit note."""

    id: int
    sold_on: str
    cents: int
    due_on: str
    product: str
    bill: str | None = None
    cancelled_on: str | None = None
    reason: str | None = None
    customer_id: int | None = None

    def counts_on(self, day: str | None) -> bool:
        """Return whether it was sold and not cancelled by the end of a day; None is when all of it has happened."""
        if day is None:
            return self.cancelled_on is None
        return self.sold_on <= day and (self.cancelled_on is None or self.cancelled_on > day)


class Money(NamedTuple):
    """A payment on a sale, or on the account where `sale_id` is None; below zero it went back or was set off.

    set_off: the id of the other half, where money on account was set off against a bill.
    """

    id: int
    paid_on: str
    cents: int
    sale_id: int | None = None
    set_off: int | None = None
    note: str | None = None
    customer_id: int | None = None


class Entry(NamedTuple):
    """One row of a statement: a value of the closed list account_kind, and what it changes in cents.

    bill: the sale it is of, None on the account. source: where a set-off took the money from, None for the account.
    set_off: how much was set off; a pair of halves changes nothing.
    """

    on: str
    kind: str
    cents: int
    bill: Bill | None
    money: Money | None = None
    source: Bill | None = None
    set_off: int = 0

    @property
    def customer_id(self) -> int | None:
        """Return whose entry it is."""
        return self.bill.customer_id if self.bill is not None else self.money.customer_id if self.money else None


class Row(NamedTuple):
    """An entry with the balance after it."""

    entry: Entry
    balance: int


class Statement(NamedTuple):
    """The rows of a period, the balance before it, None where nothing is before it, and the balance at its end."""

    rows: list[Row]
    opening: int | None
    closing: int


class Account(Value):
    """The statement of a customer for a period, and how late what was open at its end was then.

    customer: the card as stored. first: None where it begins with the first entry. last: its last day.
    on_account: what is the customer's, in cents, 0 or below; with what is in the bands it makes the closing balance.
    branches: the names by id where it is that of a head office and the branches below it together.
    """

    customer: Mapping[str, Any]
    first: str | None
    last: str
    statement: Statement
    bands: Sequence[Band]
    on_account: int
    branches: Mapping[int, str] | None = None


# In this order things of one day stand, those of one place in the order of their ids.
_PLACES = {"bill": 0, "credit": 1, "cancelled": 2}
_MONEY = 3


def entries(bills: Iterable[Bill], payments: Iterable[Money]) -> list[Entry]:
    """Return all that ever stood on an account, in the order of days; on one day bills come before money.

    A cancelled bill has two entries, a set-off of a day one: its halves stand apart only where one of them belongs to
    somebody else, has another day or another sum (source: handbook 8).
    """
    by_id = {bill.id: bill for bill in bills}
    known = {money.id: money for money in payments}
    halves = _halves(known)
    found = [entry for bill in by_id.values() for entry in _of_bill(bill)]
    for money in known.values():
        source = halves.get(money.id)
        if source is None:
            found.append(_of_money(money, by_id))
        elif money.cents > 0:
            came_from = by_id.get(source.sale_id) if source.sale_id is not None else None
            found.append(Entry(money.paid_on, "set-off", 0, _bill_of(money, by_id), money, came_from, money.cents))
    return sorted(found, key=_order)


def _halves(known: dict[int, Money]) -> dict[int, Money]:
    """Return the other half by the id of each half of the set-offs that change nothing; no half has two others."""
    halves: dict[int, Money] = {}
    for money in known.values():
        other = known.get(money.set_off) if money.set_off is not None else None
        if (
            other is not None
            and (other.paid_on, other.cents) == (money.paid_on, -money.cents)
            and not {money.id, other.id} & halves.keys()
        ):
            halves[money.id], halves[other.id] = other, money
    return halves


def _order(entry: Entry) -> tuple[str, int, int]:
    identity = entry.money.id if entry.money is not None else entry.bill.id if entry.bill is not None else 0
    return entry.on, _PLACES.get(entry.kind, _MONEY), identity


def _of_bill(bill: Bill) -> list[Entry]:
    made = [Entry(bill.sold_on, "credit" if bill.cents < 0 else "bill", bill.cents, bill)]
    if bill.cancelled_on is not None:
        made.append(Entry(max(bill.cancelled_on, bill.sold_on), "cancelled", -bill.cents, bill))
    return made


def _bill_of(money: Money, bills: dict[int, Bill]) -> Bill | None:
    return bills.get(money.sale_id) if money.sale_id is not None else None


def _of_money(money: Money, bills: dict[int, Bill]) -> Entry:
    """Return the entry of a payment, or of the half of a set-off that stands alone."""
    bill = _bill_of(money, bills)
    if money.set_off is not None:
        return Entry(money.paid_on, "set-off", -money.cents, bill, money, None, abs(money.cents))
    kind = "refund" if money.cents < 0 else "deposit" if money.sale_id is None else "payment"
    return Entry(money.paid_on, kind, -money.cents, bill, money)


def statement(found: Sequence[Entry], first: str | None = None, last: str | None = None) -> Statement:
    """Return the entries from one day up to another, both included, with the balance after each.

    None leaves a side open. What is before `first` is in the opening balance, what is after `last` in none.
    """
    before = [entry.cents for entry in found if first is not None and entry.on < first]
    balance = sum(before)
    rows = []
    for entry in found:
        if (first is None or entry.on >= first) and (last is None or entry.on <= last):
            balance += entry.cents
            rows.append(Row(entry, balance))
    return Statement(rows, sum(before) if before else None, balance)


def open_on(bills: Iterable[Bill], payments: Iterable[Money], day: str | None) -> list[tuple[Bill, int]]:
    """Return what was open on each sale at the end of a day, in cents; below zero it was the customer's.

    None is when all has happened. Money on the account is on no sale (source: handbook 8).
    """
    paid: dict[int | None, int] = {}
    for money in payments:
        if day is None or money.paid_on <= day:
            paid[money.sale_id] = paid.get(money.sale_id, 0) + money.cents
    left = [(bill, (bill.cents if bill.counts_on(day) else 0) - paid.get(bill.id, 0)) for bill in bills]
    return [(bill, cents) for bill, cents in left if cents]


def account(
    customer: Mapping[str, Any],
    bills: Sequence[Bill],
    payments: Sequence[Money],
    days: tuple[str | None, str | None],
    today: date,
) -> Account:
    """Return the account of a customer from a day up to another; without them, all there is.

    What was open is as late as on the last day, which is `today` unless given, or that of a later entry or first day.
    """
    first, last = days
    found = entries(bills, payments)
    made = statement(found, first, last)
    end = last or max(today.isoformat(), found[-1].on if found else "", first or "")
    left = [(bill.due_on, 1, cents) for bill, cents in open_on(bills, payments, last) if cents > 0]
    as_of = date.fromisoformat(end) if last is not None else today
    on_account = made.closing - sum(cents for _, _, cents in left)
    return Account(customer, first, end, made, in_bands(left, as_of), on_account)
