"""The SQL of accounts: what is open, bills and what customers have with us, now or on a day; all that one ever had.

The list goes through its parts one after the other, each in the order of an index: bills by the day they are due, then
the rest by customer. What is on the account of a customer and on no sale is the last part. All parts together are the
sum of the balances (source: handbook 8).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from csm.domain.sale.statement import Bill, Money
from csm.domain.value import Value
from csm.storage.day.due_kinds import PART_ASKED
from csm.storage.listing import Condition, Part, equals, less_than
from csm.storage.sale.lists import IS_IN_FAVOUR, REFUND, unpaid
from csm.storage.sale.payments import open_on_days
from csm.storage.sale.rows import IN_FAVOUR, OPEN_PART, UNPAID


class Whose(Value):
    """Conditions of whose money is meant: on a view of sales, and on the view of accounts.

    few: they are of a customer or two, whose sales are looked up.
    """

    sales: Sequence[Condition] = ()
    accounts: Sequence[Condition] = ()
    few: bool = False


def accounts_of(column: str, values: Sequence[object]) -> Condition:
    """Return the condition that an account is of a card with one of `values` in a column, None for none."""
    return equals(f"v.{column}", values)


_NULL: Final = "(NULL)"
# Everybody who ever had money on account, found without going through all cards.
_WITH_MONEY: Final = Condition("v.id IN (SELECT customer_id FROM payment WHERE customer_id IS NOT NULL)")
# What the fields of a bill are for anything else.
_NO_BILL: Final = dict.fromkeys(("due_on", "days_late", "band", "waits_for", "promised_on", "asked"), _NULL)
_CALLED: Final = {"contact": REFUND["contact"], "phone": REFUND["phone"]}
_CREDIT: Final = {**_NO_BILL, **_CALLED}
_OF_NO_SALE: Final = dict.fromkeys(("bill", "product", "amount", "sold_on", "cancelled_on", "cancel_reason"), _NULL)
_ACCOUNT: Final = {
    **_NO_BILL,
    **_CALLED,
    **_OF_NO_SALE,
    "id": _NULL,
    "paid": "(-v.balance_cents)",
    "kind": "('deposit')",
}
_REFUND: Final = {"refund": REFUND["refund"]}


def parts(today: date, whose: Whose, due: Sequence[Condition] = (), on: date | None = None) -> list[Part]:
    """Return the parts of what is open: bills first; with conditions of when they are due nothing else.

    on: the day at whose end it was open, None for now.
    """
    made = {**unpaid(on or today), "kind": "('bill')", "asked": "(v.asked_cents)"}
    if on is not None:
        made |= _CALLED | dict.fromkeys(("waits_for", "promised_on", "asked"), _NULL)
    view = "sale_unpaid" if on is None else _sales_on(on, whose, bills=True)
    bills = Part(view, [*whose.sales, *due], "due_on, id", made)
    return [bills] if due else [bills, *_others(whose, on)]


def _others(whose: Whose, on: date | None) -> list[Part]:
    """Return the parts that are no bills."""
    if on is not None:
        sales = Part(_sales_on(on, whose, bills=False), [*whose.sales], "customer_id, id", _CREDIT)
    else:
        sales = Part("sale_credit", [*whose.sales], "customer_id, id", _CREDIT)
    return [sales, _accounts(whose, on, [])]


def _accounts(whose: Whose, on: date | None, conditions: Sequence[Condition]) -> Part:
    found = [*(whose.accounts or [_WITH_MONEY]), *conditions]
    return Part(_accounts_on(on) if on else "account_list", found, "id", {**_ACCOUNT, **_REFUND})


def refunds(whose: Whose, on: date | None = None) -> list[Part]:
    """Return the parts of what is in favour of customers, that of sales in the order of their days."""
    made = {**_CREDIT, **_REFUND}
    if on is None:
        sales = Part("sale_credit", [IS_IN_FAVOUR, *whose.sales], "sold_on, id", made)
    else:
        sales = Part(_sales_on(on, whose, bills=False), [*whose.sales], "sold_on, id", made)
    return [sales, _accounts(whose, on, [Condition("v.balance_cents < 0")])]


# What repayment plans ask for, as a view of bills has it.
_PARTS_ASKED: Final = (
    f"(SELECT plan.customer_id, instalment.due_on, {PART_ASKED} AS asked_cents, customer.name AS customer,"
    " customer.owner, customer.region FROM repayment_plan AS plan"
    " CROSS JOIN instalment ON instalment.plan_id = plan.id CROSS JOIN customer ON customer.id = plan.customer_id"
    f" WHERE plan.ended_on IS NULL AND {OPEN_PART})"
)


def asked(bills: Part, whose: Whose, due: Sequence[Condition] = (), on: date | None = None) -> list[Part]:
    """Return the parts of what is asked for, `asked_cents`: of the bills, and of repayment plans in their place.

    on: the day at whose end it was asked for, None for now; what plans asked for in the past isn't known.
    """
    if on is not None:
        return [bills._replace(view=_asked_on(on, whose, bills.view))]
    return [bills, Part(_PARTS_ASKED, [*whose.accounts, *due], "due_on")]


# --- on a day of the past -------------------------------------------------------------------------------------


def _sales_on(day: date, whose: Whose, *, bills: bool) -> str:
    """Return what stands in place of the views sale_unpaid or sale_credit: what was open on sales when a day ended."""
    end = f"'{day.isoformat()}'"
    # what is settled now and was neither sold, paid nor cancelled since then was settled then: nobody looks at it
    changed = (
        f"sale.id IN (SELECT sale_id FROM payment WHERE paid_on > {end} AND sale_id IS NOT NULL"
        f" UNION ALL SELECT id FROM sale WHERE sold_on > {end} OR cancelled_on > {end}"
        f" UNION ALL SELECT v.id FROM sale AS v INDEXED BY sale_not_paid WHERE {UNPAID}"
        f" UNION ALL SELECT v.id FROM sale AS v INDEXED BY sale_in_favour WHERE {IN_FAVOUR})"
    )
    paid = f"coalesce((SELECT sum(amount_cents) FROM payment WHERE sale_id = sale.id AND paid_on <= {end}), 0)"
    cancelled = f"iif(sale.cancelled_on <= {end}, sale.cancelled_on, NULL)"
    standing = f"sale.sold_on <= {end} AND {cancelled} IS NULL"
    left = f"iif({standing}, sale.amount_cents, 0) - {paid}"
    if bills:
        kind = "'bill'"
        last = f"(SELECT max(signed_on) FROM signature WHERE signature.sale_id = sale.id AND signed_on <= {end})"
    else:
        kind = (
            f"CASE WHEN {cancelled} IS NOT NULL THEN 'cancelled' WHEN sale.amount_cents < 0 THEN 'credit-note'"
            " ELSE 'overpaid' END"
        )
        last = (
            f"CASE WHEN {cancelled} IS NOT NULL THEN {cancelled} WHEN sale.amount_cents >= 0 THEN"
            f" (SELECT max(paid_on) FROM payment WHERE payment.sale_id = sale.id AND paid_on <= {end}) END"
        )
    return (
        "(SELECT sale.id, sale.customer_id, customer.name AS customer, sale.bill, sale.product, sale.amount_cents,"
        f" {paid} AS paid_cents, {left} AS balance_cents, sale.sold_on, sale.due_on, {cancelled} AS cancelled_on,"
        f" iif({cancelled} IS NOT NULL, sale.cancel_reason, NULL) AS cancel_reason, {kind} AS kind,"
        f" coalesce({last}, sale.sold_on) AS since, customer.owner, customer.region"
        " FROM sale JOIN customer ON customer.id = sale.customer_id"
        f" WHERE {'1' if whose.few else changed} AND {left} {'>' if bills else '<'} 0)"
    )


def _accounts_on(day: date) -> str:
    """Return what stands in place of the view account_list: what was on accounts when a day ended."""
    held = f"FROM payment WHERE payment.customer_id = customer.id AND paid_on <= '{day.isoformat()}'"
    total = f"(SELECT sum(amount_cents) {held})"
    since = (
        "(SELECT max(paid_on) FROM (SELECT paid_on, sum(amount_cents) OVER (ORDER BY paid_on DESC, id DESC) AS since"
        f" {held} AND amount_cents > 0) WHERE since >= {total} AND {total} > 0)"
    )
    return (
        "(SELECT customer.id, customer.id AS customer_id, customer.name AS customer,"
        f" -{total} AS balance_cents, coalesce({since}, (SELECT min(paid_on) {held})) AS since,"
        f" customer.owner, customer.region FROM customer WHERE {total} <> 0)"
    )


def _asked_on(day: date, whose: Whose, bills: str) -> str:
    """Return a view of the bills that were open when a day ended, with what credits left of each, the oldest first."""
    others = " + ".join(
        f"coalesce((SELECT sum(own.balance_cents) FROM {view} AS own WHERE own.customer_id = bill.customer_id), 0)"
        for view in (_sales_on(day, whose, bills=False), _accounts_on(day))
    )
    before = "sum(balance_cents) OVER (PARTITION BY customer_id ORDER BY sold_on, id ROWS UNBOUNDED PRECEDING)"
    return f"(SELECT *, max(0, min(balance_cents, {before} + {others})) AS asked_cents FROM {bills} AS bill)"


# --- sums -----------------------------------------------------------------------------------------------------


def _where(conditions: Sequence[Condition]) -> tuple[str, list[object]]:
    where = " AND ".join(f"({condition.sql})" for condition in conditions) or "1"
    return where, [value for condition in conditions for value in condition.given]


def bill_days(connection: sqlite3.Connection, bills: Part) -> list[tuple[str, int, int]]:
    """Return (day due, number of bills, cents open) of the bills of a part."""
    return list(open_on_days(connection, bills.conditions, bills.view))


def balance(connection: sqlite3.Connection, others: Sequence[Part]) -> int:
    """Return the sum of the balances of some parts, in cents."""
    total = 0
    for part in others:
        where, given = _where(part.conditions)
        query = f"SELECT coalesce(sum(v.balance_cents), 0) FROM {part.view} AS v WHERE {where}"
        total += connection.execute(query, given).fetchone()[0]
    return total


GROUPED: Final[Mapping[str, str]] = {"customer": "v.customer_id", "owner": "v.owner", "region": "v.region"}


def group_sums(connection: sqlite3.Connection, part: Part, by: str) -> list[tuple[Any, str, int, int]]:
    """Return (group, name, number of rows, cents) of a part by one of GROUPED.

    The name is that of the customer, or of the group itself.
    """
    where, given = _where(part.conditions)
    sums = "count(*), sum(v.balance_cents)"
    return connection.execute(_grouped(part, by, sums, where), given).fetchall()


def overdue_sums(connection: sqlite3.Connection, part: Part, by: str, day: date) -> list[tuple[Any, str, int]]:
    """Return (group, name, cents asked for that were due before `day`) of a part of what is asked for."""
    where, given = _where([*part.conditions, less_than("due_on", day.isoformat())])
    return connection.execute(_grouped(part, by, "sum(v.asked_cents)", where), given).fetchall()


def _grouped(part: Part, by: str, sums: str, where: str) -> str:
    key = GROUPED[by]
    name = "v.customer" if by == "customer" else key
    return f"SELECT {key}, {name}, {sums} FROM {part.view} AS v WHERE {where} GROUP BY {key}"


def asked_days(connection: sqlite3.Connection, part: Part) -> list[tuple[str, int]]:
    """Return (day due, cents asked for) of a part of what is asked for."""
    where, given = _where(part.conditions)
    query = f"SELECT v.due_on, sum(v.asked_cents) FROM {part.view} AS v WHERE {where} GROUP BY v.due_on"
    return connection.execute(query, given).fetchall()


# --- one account ----------------------------------------------------------------------------------------------


def bills_of(connection: sqlite3.Connection, customer_ids: Sequence[int]) -> list[Bill]:
    """Return every sale of some customers, cancelled ones too."""
    found = connection.execute(
        "SELECT id, sold_on, amount_cents, due_on, product, bill, cancelled_on, cancel_reason, customer_id FROM sale"
        f" WHERE customer_id IN ({_places(customer_ids)}) ORDER BY id",
        list(customer_ids),
    )
    return [Bill(*row) for row in found]


def payments_of(connection: sqlite3.Connection, customer_ids: Sequence[int]) -> list[Money]:
    """Return every payment on a sale of some customers and on their accounts."""
    places = _places(customer_ids)
    found = connection.execute(
        "SELECT p.id, p.paid_on, p.amount_cents, p.sale_id, p.set_off, p.note, sale.customer_id"
        f" FROM sale CROSS JOIN payment AS p ON p.sale_id = sale.id WHERE sale.customer_id IN ({places})"
        " UNION ALL SELECT id, paid_on, amount_cents, sale_id, set_off, note, customer_id FROM payment"
        f" WHERE customer_id IN ({places})",
        [*customer_ids, *customer_ids],
    )
    return [Money(*row) for row in found]


def _places(customer_ids: Sequence[int]) -> str:
    return ", ".join("?" * len(customer_ids))
