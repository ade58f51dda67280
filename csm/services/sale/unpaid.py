"""What is open, summed up: by how late it is, by customer, owner or region; the sum is that of the balances."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from csm.domain.sale.bands import Band, in_bands
from csm.domain.value import Value
from csm.storage.listing import Part
from csm.storage.sale import unpaid

KINDS: Final = ("customer", "owner", "region", "band")
ON_ACCOUNT: Final = "on-account"


class Group(Value):
    """What is open in one group, in cents: bills, those overdue among them, and what is on account beside them.

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
    return in_bands(unpaid.bill_days(connection, bills), day), unpaid.balance(connection, others)


def groups(connection: sqlite3.Connection, parts: Sequence[Part], by: str, day: date) -> list[Group]:
    """Return the groups by one of KINDS, the highest balance first; bands in their order, then what is on account.

    Overdue is what was due before `day`.
    """
    if by == "band":
        bills, *rest = parts
        others = unpaid.balance(connection, rest)
        made = _by_band(unpaid.bill_days(connection, bills), day)
        return [*made, Group(ON_ACCOUNT, on_account=others)] if others else made
    sums: dict[Any, Group] = {}
    for part in parts:
        for key, name, rows, cents, overdue in unpaid.group_sums(connection, part, by, day):
            # a card says nothing by NULL and, imported, by an empty text
            group = sums.get(key or None) or Group(name or None, customer_id=key if by == "customer" else None)
            if part is parts[0]:
                group = group._replace(
                    bills=group.bills + rows, open=group.open + cents, overdue=group.overdue + overdue
                )
            else:
                group = group._replace(on_account=group.on_account + cents)
            sums[key or None] = group
    return sorted(sums.values(), key=lambda one: (-one.balance, one.name is None, one.name or "", one.customer_id or 0))


def _by_band(days: Sequence[tuple[str, int, int]], day: date) -> list[Group]:
    """Return the bands that hold anything; what is due on the day itself is late by no day, and not overdue."""
    late = in_bands([one for one in days if one[0] < day.isoformat()], day)
    overdue = {band.name: band.cents for band in late}
    return [Group(band.name, band.sales, band.cents, overdue.get(band.name, 0)) for band in in_bands(days, day)]


def together(found: Sequence[Group]) -> Group:
    """Return all groups as one, without a name."""
    return Group(
        None,
        sum(one.bills for one in found),
        sum(one.open for one in found),
        sum(one.overdue for one in found),
        sum(one.on_account for one in found),
    )
