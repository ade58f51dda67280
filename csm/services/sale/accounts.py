"""Accounts as they are read: what is open, summed up in groups to the sum of the balances, and the statement of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from csm.domain.errors import UsageFault
from csm.domain.sale.bands import BANDS, Band, in_bands
from csm.domain.sale.statement import Account, account
from csm.domain.value import Value
from csm.services import references
from csm.storage.customer import branches
from csm.storage.customer import rows as customers
from csm.storage.listing import Part
from csm.storage.sale import accounts

if TYPE_CHECKING:
    from csm.services.work import Work

KINDS: Final = ("customer", "owner", "region", "band")
ON_ACCOUNT: Final = "on-account"


class Group(Value):
    """What is open in one group, in cents: bills, what is overdue, and what is on account in addition.

    name: None for customers without an owner or region; a value of the closed list band, or ON_ACCOUNT.
    """

    name: str | None
    bills: int = 0
    open: int = 0
    overdue: int = 0
    on_account: int = 0
    customer_id: int | None = None

    @property
    def balance(self) -> int:
        """Return what is owed altogether."""
        return self.open + self.on_account

    def row(self) -> tuple[Any, ...]:
        """Return the values of UNPAID_GROUP."""
        return (self.name, self.bills, self.open, self.overdue, self.on_account, self.balance, self.customer_id)


def bands(connection: sqlite3.Connection, parts: Sequence[Part], day: date) -> tuple[list[Band], int]:
    """Return the bands that hold bills of the first part, and the balance of the other parts in cents."""
    bills, *others = parts
    return in_bands(accounts.bill_days(connection, bills), day), accounts.balance(connection, others)


def groups(
    connection: sqlite3.Connection, parts: Sequence[Part], asked: Sequence[Part], by: str, day: date
) -> list[Group]:
    """Return the groups by one of KINDS, the highest balance first; bands in their order, then what is on account.

    The first of `parts` is of bills, the others are on account. Overdue is what is asked for and was due before `day`.
    """
    if by == "band":
        bills, *rest = parts
        others = accounts.balance(connection, rest)
        days = [one for part in asked for one in accounts.asked_days(connection, part)]
        made = _by_band(accounts.bill_days(connection, bills), days, day)
        return [*made, Group(ON_ACCOUNT, on_account=others)] if others else made
    found = _summed(connection, parts, asked, by, day)
    return sorted(found, key=lambda one: (-one.balance, one.name is None, one.name or "", one.customer_id or 0))


def _summed(
    connection: sqlite3.Connection, parts: Sequence[Part], asked: Sequence[Part], by: str, day: date
) -> Iterable[Group]:
    """Return the groups by customer, owner or region."""
    sums: dict[Any, Group] = {}

    def group(key: Any, name: str) -> Group:
        # a card says nothing by NULL and, imported, by an empty text
        return sums.get(key or None) or Group(name or None, customer_id=key if by == "customer" else None)

    for part in parts:
        for key, name, rows, cents in accounts.group_sums(connection, part, by):
            one = group(key, name)
            if part is parts[0]:
                one = one._replace(bills=one.bills + rows, open=one.open + cents)
            else:
                one = one._replace(on_account=one.on_account + cents)
            sums[key or None] = one
    for part in asked:
        for key, name, cents in accounts.overdue_sums(connection, part, by, day):
            one = group(key, name)
            sums[key or None] = one._replace(overdue=one.overdue + cents)
    return sums.values()


def _by_band(days: Sequence[tuple[str, int, int]], asked: Sequence[tuple[str, int]], day: date) -> list[Group]:
    """Return the bands that hold anything; what is due on the day itself is late by no day, and not overdue."""
    late = in_bands([(due_on, 1, cents) for due_on, cents in asked if cents and due_on < day.isoformat()], day)
    overdue = {band.name: band.cents for band in late}
    open_bills = {band.name: band for band in in_bands(days, day)}
    made = []
    for name in BANDS:
        if name in open_bills or name in overdue:
            band = open_bills.get(name, Band(name, 0, 0))
            made.append(Group(name, band.sales, band.cents, overdue.get(name, 0)))
    return made


def together(found: Sequence[Group]) -> Group:
    """Return all groups as one, without a name."""
    return Group(
        None,
        sum(one.bills for one in found),
        sum(one.open for one in found),
        sum(one.overdue for one in found),
        sum(one.on_account for one in found),
    )


# --- one account ----------------------------------------------------------------------------------------------


def read(work: Work, ref: str, first: date | None, last: date | None, *, with_branches: bool = False) -> Account:
    """Return the account of the customer `ref` from a day up to another, both included; without them, all of it.

    with_branches: with that of all branches below the customer (source: handbook 3). Raises what finding a customer
    raises, end-before-start.
    """
    if first is not None and last is not None and last < first:
        raise UsageFault("end-before-start", start=first.isoformat(), end=last.isoformat())
    connection = work.database.connection
    customer_id = references.customer(connection, ref).id
    ids = branches.below(connection, customer_id) if with_branches else [customer_id]
    found = account(
        customers.card(connection, customer_id),
        accounts.bills_of(connection, ids),
        accounts.payments_of(connection, ids),
        (None if first is None else first.isoformat(), None if last is None else last.isoformat()),
        work.today,
    )
    if not with_branches:
        return found
    return found._replace(branches=dict(zip(ids, branches.names(connection, ids), strict=True)))
