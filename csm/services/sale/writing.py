"""What a user means to do with sales: record one or a whole bill, change, deliver, cancel (handbook 5, 8)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from csm.domain.customer.branches import Passed
from csm.domain.errors import Refused, UsageFault
from csm.domain.sale.settlement import BEFORE_DELIVERY
from csm.domain.value import Value
from csm.domain.values.money import group_cents
from csm.services.customer import branches
from csm.services.sale import after_sale, finding
from csm.services.sale.after_sale import Followed
from csm.services.sale.due_day import due_again, settled
from csm.storage import rows
from csm.storage.customer import rows as customers
from csm.storage.customer.rows import Candidate
from csm.storage.sale import rows as sales

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.row_types import CardRow, SaleRow

Row = Mapping[str, object]


class Item(Value):
    """One product of a bill; `amount_cents` is the total of its quantity, which is counted in `unit`."""

    product: str
    quantity: float
    amount_cents: int
    unit: str | None = None


class Draft(Value):
    """A bill to be recorded: `values` are stored columns that all its items share.

    plan: True asks for the after-sale plan, False refuses it. strict: refuse what would only be warned of.
    """

    items: Sequence[Item]
    values: Mapping[str, object]
    plan: bool | None = None
    strict: bool = False


class Warned(Value):
    """What must be known about a sale: the credit limits it passes, the customer's own first, why supply is stopped,
    that the customer is lost or archived, and who else has a bill of this number."""

    passed: Sequence[Passed] = ()
    supply_stopped: str | None = None
    lost: bool = False
    archived: bool = False
    bill_of: str | None = None


class Added(Value):
    """The sales that were recorded, the callbacks they brought, and what to say about them.

    activated: the card's status before, where the sale made it active. unplanned: a plan was asked for in vain, as the
    customer doesn't want to be contacted or the card is archived. visit: delivery will plan one for the installation.
    """

    ids: Sequence[int]
    followed: Sequence[Followed]
    warned: Warned
    activated: str | None
    unplanned: bool
    visit: bool


class Edited(Value):
    """A sale that was changed, what became of its callbacks, and what to say: by how many cents it is overpaid now.

    due_moved: it is to be paid by another day than before.
    """

    id: int
    changed: bool
    followed: Sequence[Followed]
    overpaid_cents: int
    warned: Warned
    due_moved: bool = False


class Ended(Value):
    """Sales that were delivered or cancelled, what became of their callbacks, and what was paid, in cents, by id.

    paid: below zero what of a credit note was paid back or set off.
    due: by id the day it is to be paid by now, ISO text, where delivery moved it. unpaid: by id what is open, in cents,
    of what was to be paid before delivery.
    """

    ids: Sequence[int]
    followed: Sequence[Followed]
    paid: Mapping[int, int]
    due: Mapping[int, str] = {}
    unpaid: Mapping[int, int] = {}


def add(work: Work, customer: Candidate, draft: Draft) -> Added:
    """Record what a customer bought, one row an item, and plan its after-sale callbacks (source: handbook 5).

    Without a bill number several items get one, B and the id of the first. A sale makes a prospect or a dormant
    customer active. Raises date-in-future, before-new-sale, external-id-taken, with `strict` credit-limit-passed,
    supply-stopped.
    """
    with work.database.writing(work.command) as connection:
        card = customers.card(connection, customer.id)
        values = {"customer_id": customer.id, "sold_on": work.today.isoformat(), **draft.values}
        values = settled(values, card["terms"])
        _check(work, connection, values, None)
        bought = [item for item in draft.items if item.amount_cents >= 0]
        warned = _warned(connection, card, values, sum(item.amount_cents for item in draft.items))
        if draft.strict:
            _refuse(card, warned)
        known = after_sale.lines_bought(connection, customer.id)
        ids: list[int] = []
        followed: list[Followed] = []
        for item in draft.items:
            sale_id = _insert(connection, work, values, item)
            if len(draft.items) > 1 and not values.get("bill"):
                values["bill"] = f"B{sale_id}"
                rows.update(connection, "sale", sale_id, {"bill": values["bill"]})
            ids.append(sale_id)
            if item.amount_cents >= 0:
                key = after_sale.line_key(values.get("line"), item.product)
                sale = sales.known(connection, sale_id)
                first = key not in known
                followed += after_sale.plan(connection, work, sale, card, followed, first=first, asked=draft.plan)
                known.add(key)
        activated = _activate(connection, work, card) if bought else None
        unplanned = bool(draft.plan) and bool(bought) and not after_sale.may_plan(card)
        visit = bool(values.get("install")) and after_sale.has_visit(card, followed)
        return Added(ids, followed, warned, activated, unplanned, visit)


def _insert(connection: sqlite3.Connection, work: Work, values: Row, item: Item) -> int:
    made: dict[str, object] = {
        "product": item.product, "quantity": item.quantity, "amount_cents": item.amount_cents,
    }  # fmt: skip
    if item.unit is not None:
        made["unit"] = item.unit
    return rows.insert(connection, "sale", {**values, **made, "created_at": work.now_text, "created_by": work.user})


def _check(work: Work, connection: sqlite3.Connection, values: Row, sale_id: int | None) -> None:
    """Raise what is wrong with the days and the external id of a sale."""
    _check_past(work, str(values["sold_on"]))
    for name in ("delivery_on", "delivered_on", "due_on"):
        _check_day(values.get(name), values, sale_id)
    if values.get("external_id"):
        taken = sales.external_id_taken(connection, str(values["external_id"]), sale_id)
        if taken is not None:
            raise Refused("external-id-taken", value=values["external_id"], ref=f"sa{taken}")


def _check_day(day: object, sale: Row, sale_id: int | None) -> None:
    if day is None or str(day) >= str(sale["sold_on"]):
        return
    if sale_id is None:
        raise UsageFault("before-new-sale", value=day, sold_on=sale["sold_on"])
    raise UsageFault("before-sale", value=day, sold_on=sale["sold_on"], ref=f"sa{sale_id}")


def _warned(connection: sqlite3.Connection, card: CardRow, values: Row, more_cents: int) -> Warned:
    """Return what must be known about a new sale that makes the customer owe so many cents more."""
    sells = more_cents >= 0
    return Warned(
        branches.passed(connection, card["id"], more_cents),
        card["supply_stopped"] if card["supply_stopped"] and sells else None,
        card["status"] == "lost" and sells,
        card["archived_on"] is not None,
        _bill_of(connection, card, values),
    )


def _bill_of(connection: sqlite3.Connection, card: CardRow, values: Row) -> str | None:
    """Return another customer who has a bill of this number."""
    bill = values.get("bill")
    return sales.customer_of_bill(connection, str(bill), card["id"]) if bill else None


def _refuse(card: CardRow, warned: Warned) -> None:
    if warned.supply_stopped is not None:
        raise Refused("supply-stopped", customer=card["name"], reason=warned.supply_stopped)
    for one in warned.passed:
        told = {"customer": one.customer, "balance": group_cents(one.balance), "limit": group_cents(one.limit)}
        raise Refused("branches-limit-passed" if one.branches else "credit-limit-passed", **told)


def _activate(connection: sqlite3.Connection, work: Work, card: CardRow) -> str | None:
    """Make the card of who buys active; return what it was where that changed it."""
    if card["status"] not in ("prospect", "dormant"):
        return None
    rows.update(connection, "customer", card["id"], {"status": "active", "updated_at": work.now_text})
    return card["status"]


def edit(work: Work, ref: str, values: Mapping[str, object]) -> Edited:
    """Change a sale that isn't cancelled; `values` are stored columns, None takes one off.

    A day to be paid by that terms or the day of the sale made is made again; open after-sale callbacks go with the
    days they count from. Raises no-such-record, not-unique, nothing-to-change, not-open, date-in-future, before-sale,
    external-id-taken.
    """
    if not values:
        raise UsageFault("nothing-to-change")
    with work.database.writing(work.command) as connection:
        before = finding.find_one(connection, ref)
        sale_id = before["id"]
        _check_not_cancelled([before])
        card = customers.card(connection, before["customer_id"])
        made = dict(values) | due_again(before, values, card["terms"])
        after = cast("SaleRow", {**before, **made})
        _check(work, connection, after, sale_id)
        _check_day(sales.first_told_on(connection, sale_id), after, sale_id)
        more = after["amount_cents"] - before["amount_cents"]
        warned = Warned(passed=branches.passed(connection, card["id"], more), bill_of=_bill_of(connection, card, made))
        changed = rows.update(connection, "sale", sale_id, made)
        followed = after_sale.follow(connection, work, before, after)
        over = before["paid_cents"] - after["amount_cents"]
        overpaid = over if "amount_cents" in made and over > 0 and after["amount_cents"] >= 0 else 0
        moved = after["due_on"] != before["due_on"]
        return Edited(sale_id, changed, followed, overpaid, warned, moved)


def _check_not_cancelled(found: Sequence[SaleRow]) -> None:
    if all(row["cancelled_on"] is not None for row in found):
        raise Refused("not-open", ref=f"sa{found[0]['id']}", status="cancelled")


def deliver(work: Work, ref: str, on: date) -> Ended:
    """Note that a sale, or what is left of a bill, was delivered on a day; its callbacks go with that.

    Raises no-such-record, not-unique, not-open, already-delivered, date-in-future, before-sale.
    """
    _check_past(work, on.isoformat())
    with work.database.writing(work.command) as connection:
        left = _undelivered(finding.find(connection, ref))
        followed: list[Followed] = []
        due: dict[int, str] = {}
        for row in left:
            _check_day(on.isoformat(), row, row["id"])
            due |= _deliver(connection, row, on.isoformat())
            followed += after_sale.follow(connection, work, row, {**row, "delivered_on": on.isoformat()})
        ahead = [row for row in left if row["terms"] == BEFORE_DELIVERY]
        unpaid = {row["id"]: row["balance_cents"] for row in ahead if row["balance_cents"] > 0}
        return Ended([row["id"] for row in left], followed, {}, due, unpaid)


def _undelivered(found: Sequence[SaleRow]) -> list[SaleRow]:
    """Return what of a bill is still to be delivered; raise not-open, already-delivered where nothing is."""
    _check_not_cancelled(found)
    standing = [row for row in found if row["cancelled_on"] is None]
    left = [row for row in standing if row["delivered_on"] is None]
    if not left:
        raise Refused("already-delivered", ref=f"sa{standing[0]['id']}", day=standing[0]["delivered_on"])
    return left


def _deliver(connection: sqlite3.Connection, row: SaleRow, day: str) -> dict[int, str]:
    """Store the day a sale was delivered on; return by its id the day it is to be paid by, if that moved."""
    made = {"delivered_on": day}
    made |= due_again(row, made, None)
    rows.update(connection, "sale", row["id"], made)
    again = made.get("due_on", row["due_on"])
    return {row["id"]: again} if again != row["due_on"] else {}


def _check_past(work: Work, day: str) -> None:
    """Raise date-in-future for a day, ISO text, on which something is told to have happened."""
    if day > work.today.isoformat():
        raise UsageFault("date-in-future", value=day)


def cancel(work: Work, ref: str, reason: str, on: date) -> Ended:
    """Cancel a sale, or what is left of a bill, with the open callbacks it planned; what was paid is due back.

    Raises no-such-record, not-unique, not-open, date-in-future, before-sale.
    """
    _check_past(work, on.isoformat())
    with work.database.writing(work.command) as connection:
        found = finding.find(connection, ref)
        _check_not_cancelled(found)
        left = [row for row in found if row["cancelled_on"] is None]
        followed: list[Followed] = []
        for row in left:
            sale_id = row["id"]
            _check_day(on.isoformat(), row, sale_id)
            rows.update(connection, "sale", sale_id, {"cancelled_on": on.isoformat(), "cancel_reason": reason})
            followed += after_sale.cancel_all(connection, row, reason)
        paid = {row["id"]: row["paid_cents"] for row in left if row["paid_cents"]}
        return Ended([row["id"] for row in left], followed, paid)
