"""Figures of sales by customer, region, industry, owner, product line or month, against the period before.

What serving cost and the complaints belong to a customer, and so to the groups that customers are in; they are those
of the period. The balance is that of today. source: handbook 9.3.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from csm.domain.customer.branches import head_office
from csm.domain.sale import figures as sales_figures
from csm.domain.time import period
from csm.domain.time.recurrence import add_months
from csm.domain.value import Value
from csm.storage.customer import branches, purchases
from csm.storage.listing import Condition, equals

if TYPE_CHECKING:
    from csm.domain.time.period import Compared, Period
    from csm.services.work import Work

# Where in a card's row the name of its group stands.
GROUPS: Final = {"owner": 3, "region": 4, "industry": 5}
KINDS: Final = ("customer", "region", "industry", "owner", "line", "month")
YEAR: Final = 12  # months; what a customer spends in our category is known for a year


class Sum:
    """What is added up for one group; amounts in cents, None where a figure means nothing for the group.

    bought, spend: the year's sales to the customers whose spend in our category is known, and that spend.
    """

    def __init__(self) -> None:
        self.sales = self.amount = self.before = self.bought = self.spend = self.balance = self.complaints = 0
        self.cost: int | None = 0

    def add(self, other: Sum) -> None:
        """Add another group to this one."""
        for name in ("sales", "amount", "before", "bought", "spend", "balance", "complaints"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.cost = None if self.cost is None or other.cost is None else self.cost + other.cost

    def says_something(self) -> bool:
        """Tell whether any figure but the share of wallet isn't 0."""
        return any((self.sales, self.amount, self.before, self.cost, self.balance, self.complaints))

    def row(self, total: int) -> tuple[Any, ...]:
        """Return the figures in the order of the fields, from the number of sales to the complaints per sale."""
        ratio = None if self.cost is None else sales_figures.cost_ratio(self.cost, self.amount)
        return (
            self.sales,
            self.amount,
            sales_figures.share(self.amount, total),
            self.before,
            sales_figures.growth(self.amount, self.before),
            sales_figures.wallet(self.bought, self.spend),
            self.cost,
            ratio,
            self.balance,
            self.complaints,
            sales_figures.per_sale(self.complaints, self.sales),
        )


class Figures(Value):
    """The groups with their figures in the order of the fields, and the row of all of them together."""

    rows: list[tuple[Any, ...]]
    total: tuple[Any, ...]


class Whose(Value):
    """Whose sales are meant: everybody's, those of one customer, or with the branches below it.

    customer_id: None is everybody. branches: with all below the customer; of everybody, branches count as their head
    office (source: handbook 3).
    """

    customer_id: int | None = None
    branches: bool = False


EVERYBODY: Final = Whose()


def figures(work: Work, by: str, compared: Compared, whose: Whose = EVERYBODY) -> Figures:
    """Return the figures of a period by one of KINDS: the highest amount first, months in their order."""
    source = _Source(work, compared, whose)
    if by == "month":
        return _by_month(source)
    if by == "line":
        sums = source.by("line")
        names: dict[Any, tuple[Any, ...]] = {key: (key, None, None) for key in sums}
    else:
        sums, names = _by_card(source, by)
    everything = _together(sums)
    order = sorted(
        (key for key, one in sums.items() if one.says_something()),
        key=lambda key: (-sums[key].amount, names[key][0] is None, str(names[key][0] or ""), str(key or "")),
    )
    return Figures(
        [_row(names[key], sums[key], everything.amount) for key in order],
        _row((None, None, None), everything, everything.amount),
    )


def _row(name: tuple[Any, ...], one: Sum, total: int) -> tuple[Any, ...]:
    shown, key_account, customer_id = name
    return (shown, *one.row(total), key_account, customer_id)


def _together(sums: Mapping[Any, Sum]) -> Sum:
    everything = Sum()
    for one in sums.values():
        everything.add(one)
    return everything


def _by_card(source: _Source, by: str) -> tuple[dict[Any, Sum], dict[Any, tuple[Any, ...]]]:
    """Return the sums by customer or by what stands on their cards, and the name of each group."""
    cards = {row[0]: row for row in purchases.cards(source.connection)}
    sums = source.by("customer_id", cards)
    if by == "customer":
        sums = source.at_head_offices(sums)
        return sums, {key: (cards[key][1], cards[key][2], key) for key in sums}
    groups: dict[Any, Sum] = {}
    for customer_id, one in sums.items():
        # A card says nothing by NULL and, imported, by an empty text.
        groups.setdefault(cards[customer_id][GROUPS[by]] or None, Sum()).add(one)
    return groups, {key: (key, None, None) for key in groups}


class _Source:
    """What is read for the figures of a period."""

    def __init__(self, work: Work, compared: Compared, whose: Whose) -> None:
        self.connection: sqlite3.Connection = work.database.connection
        self.work = work
        self.compared = compared
        self._whose = whose
        self._among, self._ids = purchases.EVERYBODY, frozenset[int]()
        if whose.customer_id is not None:
            ids = branches.below(self.connection, whose.customer_id) if whose.branches else [whose.customer_id]
            self._among, self._ids = equals("customer_id", ids), frozenset(ids)

    def is_meant(self, customer_id: int) -> bool:
        """Tell whether a customer is among those whose figures are asked for."""
        return self._whose.customer_id is None or customer_id in self._ids

    def at_head_offices(self, sums: dict[Any, Sum]) -> dict[Any, Sum]:
        """Return sums by customer with those of branches at their head office, where that is asked for."""
        if not self._whose.branches or self._whose.customer_id is not None:
            return sums
        parents = branches.all_parents(self.connection)
        found: dict[Any, Sum] = {}
        for customer_id, one in sums.items():
            found.setdefault(head_office(customer_id, parents), Sum()).add(one)
        return found

    def sales(self, key: str, days: Period) -> list[tuple[Any, ...]]:
        first, last = days.first.isoformat(), days.last.isoformat()
        return purchases.sales_by(self.connection, key, first, last, self._among)

    def balances(self, key: str, condition: Condition = purchases.EVERYBODY) -> list[tuple[Any, ...]]:
        """Return (key, balance) of the sales that meet a condition."""
        both = Condition(f"({condition.sql}) AND ({self._among.sql})", (*condition.given, *self._among.given))
        return purchases.balances_by(self.connection, key, both)

    def complaints(self) -> list[tuple[Any, ...]]:
        """Return (customer, instant, product line of the sale) of the complaints of the period."""
        return [row for row in purchases.complaints(self.connection, self.instants()) if self.is_meant(row[0])]

    def instants(self) -> tuple[str, str]:
        """Return the beginning of the first day and that of the day after the last, in UTC."""
        days = self.compared.now
        return self._midnight(days.first), self._midnight(days.last + timedelta(days=1))

    def _midnight(self, day: date) -> str:
        return self.work.zone.to_utc_text(datetime.combine(day, time()))

    def local_month(self, at: str) -> str:
        """Return the month, as in 2026-10, of a stored day or of the local day of a stored instant."""
        return (at if len(at) == len("2026-10-01") else self.work.zone.local(at).date().isoformat())[:7]

    def costs(self) -> list[tuple[Any, ...]]:
        days = self.compared.now
        found = purchases.costs(self.connection, (days.first.isoformat(), days.last.isoformat()), self.instants())
        return [row for row in found if self.is_meant(row[0])]

    def by(self, key: str, cards: Mapping[int, tuple[Any, ...]] | None = None) -> dict[Any, Sum]:
        """Return the sums by customer_id, with the `cards` for the share of wallet, or by line."""
        sums: dict[Any, Sum] = {}

        def of(group: Any) -> Sum:
            found = sums.get(group)
            if found is None:
                found = sums[group] = Sum()
            return found

        for group, sales, amount in self.sales(key, self.compared.now):
            one = of(group)
            one.sales, one.amount = sales, amount
        for group, _, amount in self.sales(key, self.compared.before):
            of(group).before = amount
        for group, cents in self.balances(key):
            of(group).balance = cents
        of_line = key == "line"
        for customer_id, _, line in self.complaints():
            of(line if of_line else customer_id).complaints += 1
        if of_line:
            for one in sums.values():
                one.cost = None
            return sums
        for customer_id, _, cents in self.costs():
            one = of(customer_id)
            one.cost = (one.cost or 0) + cents
        if cards is not None:
            self._fill_wallets(cards, of)
        return sums

    def _fill_wallets(self, cards: Mapping[int, tuple[Any, ...]], of: Callable[[Any], Sum]) -> None:
        """Put in the year's sales up to the period's end of the cards in use whose spend is known."""
        last = self.compared.now.last
        year = period.Period(add_months(last, -YEAR) + timedelta(days=1), last)
        cards = {key: card for key, card in cards.items() if self.is_meant(key)}
        known = {key: card[6] for key, card in cards.items() if card[6] and card[7] is None}
        if not known:
            return
        bought = {key: amount for key, _, amount in self.sales("customer_id", year)}
        for key, spend in known.items():
            one = of(key)
            one.spend, one.bought = spend, bought.get(key, 0)


# --- by month -------------------------------------------------------------------------------------------------


def _by_month(source: _Source) -> Figures:
    """Return a row for each month of the period, from the first that says anything up to today's."""
    months = period.parts(source.compared.now)
    sums = {part.now.first.isoformat()[:7]: Sum() for part in months}
    whole = Sum()
    if months:
        _fill_days(source, sums, months)
        whole = _together(sums)
    whole.before = sum(amount for _, _, amount in source.sales("sold_on", source.compared.before))
    named = list(sums.items())
    while named and not named[0][1].says_something():
        del named[0]
    return Figures(
        [_row((month, None, None), one, whole.amount) for month, one in named],
        _row((None, None, None), whole, whole.amount),
    )


def _fill_days(source: _Source, sums: Mapping[str, Sum], months: list[Compared]) -> None:
    """Add what each day sold, cost and still owes to its month."""
    reach = period.Period(min(part.before.first for part in months), source.compared.now.last)
    days = {day: (sales, amount) for day, sales, amount in source.sales("sold_on", reach)}
    for part in months:
        one = sums[part.now.first.isoformat()[:7]]
        within, earlier = (
            [figures for day, figures in days.items() if span.first.isoformat() <= day <= span.last.isoformat()]
            for span in (part.now, part.before)
        )
        one.sales, one.amount = sum(sales for sales, _ in within), sum(amount for _, amount in within)
        one.before = sum(amount for _, amount in earlier)
    now = source.compared.now
    sold = Condition("sold_on BETWEEN ? AND ?", (now.first.isoformat(), now.last.isoformat()))
    for day, cents in source.balances("sold_on", sold):
        sums[day[:7]].balance += cents
    for _, at, cents in source.costs():
        one = sums[source.local_month(at)]
        one.cost = (one.cost or 0) + cents
    for _, at, _ in source.complaints():
        sums[source.local_month(at)].complaints += 1
