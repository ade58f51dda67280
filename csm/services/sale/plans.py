"""What a user means to do with repayment plans: make one, put another in its place, end it, read it (handbook 8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from csm.domain.errors import NotFound, Refused
from csm.domain.sale import repayment
from csm.domain.sale.payment_allocation import Owed
from csm.domain.sale.repayment import Part, Plan, Row
from csm.domain.value import Value
from csm.domain.values.money import group_cents
from csm.services.sale import payments
from csm.storage.sale import plans as stored
from csm.storage.sale import rows as sales

if TYPE_CHECKING:
    import sqlite3

    from csm.services.work import Work
    from csm.storage.customer.rows import Candidate


class Draft(Value):
    """A plan to be made: cents above zero, in parts.

    replace: one that is open is ended, for the `reason` where there is one.
    """

    cents: int
    parts: Sequence[Part]
    note: str | None = None
    replace: bool = False
    reason: str | None = None


class Made(Value):
    """What making a plan did: the id of one that it replaces, and how many cents were set off before."""

    replaced: int | None
    set_off: int


def make(work: Work, customer: Candidate, draft: Draft) -> Made:
    """Make a repayment plan over what a customer owes, the oldest bills first.

    What they have with us is set off before: it isn't to tick the parts off later. Raises plan-above-balance, plan-open
    where one is open that isn't to be replaced.
    """
    today = work.today.isoformat()
    with work.database.writing(work.command) as connection:
        balance = sales.balance_of(connection, customer.id)
        if draft.cents > balance:
            told = {"customer": customer.name, "amount": group_cents(draft.cents), "balance": group_cents(balance)}
            raise Refused("plan-above-balance", customer_id=customer.id, **told)
        before = read_open(connection, customer.id, work.today)
        if before is not None:
            if not draft.replace:
                raise _open_already(customer, before)
            stored.end(connection, before.plan["id"], today, draft.reason)
        stored.end_met(connection, customer.id, today)
        set_off = payments.set_off_first(work, connection, customer.id)
        owed = [Owed(row["id"], row["sold_on"], row["balance_cents"]) for row in stored.unpaid(connection, customer.id)]
        plan: dict[str, object] = {
            "customer_id": customer.id,
            "amount_cents": draft.cents,
            "made_on": today,
            "note": draft.note,
            "by": work.user,
            "created_at": work.now_text,
        }
        stored.insert(connection, plan, draft.parts, repayment.covered(draft.cents, owed))
        return Made(None if before is None else int(before.plan["id"]), set_off)


def _open_already(customer: Candidate, before: Plan) -> Refused:
    """Return the error of a second plan while one is open."""
    plan = before.plan
    told = {"amount": group_cents(plan["amount"]), "open": group_cents(plan["balance"]), "next": plan["next_on"]}
    return Refused("plan-open", customer=customer.name, customer_id=customer.id, **told)


def end(work: Work, customer: Candidate, reason: str) -> int:
    """End the open plan of a customer: the parts that are open are cancelled; return its id. Raises no-open-plan."""
    with work.database.writing(work.command) as connection:
        found = read_open(connection, customer.id, work.today)
        if found is None:
            raise NotFound("no-open-plan", customer=customer.name, customer_id=customer.id)
        stored.end(connection, found.plan["id"], work.today.isoformat(), reason)
        return int(found.plan["id"])


def read(connection: sqlite3.Connection, customer_id: int, today: date) -> Plan | None:
    """Return the plan of a customer as it stands on a day: the open one, else the latest; None where there is none."""
    row = stored.of_customer(connection, customer_id)
    if row is None:
        return None
    parts = [_part(part, today) for part in stored.parts(connection, row["id"])]
    return Plan(_summed(row, parts), parts, stored.bills(connection, row["id"]))


def _summed(row: Row, parts: Sequence[Row]) -> Row:
    """Return a plan by the names of its fields, with the sums of its parts."""
    ended = date.fromisoformat(row["ended_on"]) if row["ended_on"] else None
    return {
        **{name: row[name] for name in ("id", "customer_id", "made_on", "note", "by", "ended_on", "ended_text")},
        "amount": row["amount_cents"],
        "paid": sum(part["paid"] for part in parts),
        "balance": sum(part["balance"] for part in parts),
        "status": repayment.plan_state(ended, [part["status"] for part in parts]),
        "next_on": next((part["due_on"] for part in parts if part["days_late"] is not None), None),
        "overdue": sum(part["balance"] for part in parts if part["status"] == repayment.OVERDUE),
    }


def read_open(connection: sqlite3.Connection, customer_id: int, today: date) -> Plan | None:
    """Return the open plan of a customer as `read` does, None where none is."""
    found = read(connection, customer_id, today)
    return found if found is not None and found.plan["status"] == repayment.OPEN else None


def _part(row: Row, today: date) -> Row:
    """Return a part by the names of its fields, as it stands on a day; days late of what is open."""
    due_on, amount, paid = date.fromisoformat(row["due_on"]), row["amount_cents"], row["paid_cents"]
    cancelled = date.fromisoformat(row["cancelled_on"]) if row["cancelled_on"] else None
    status = repayment.part_state(due_on, amount, paid, cancelled, today)
    is_open = status in (repayment.OPEN, repayment.OVERDUE)
    return {
        "id": row["id"],
        "plan_id": row["plan_id"],
        "due_on": row["due_on"],
        "amount": amount,
        "paid": paid,
        "balance": amount - paid if is_open else 0,
        "status": status,
        "days_late": (today - due_on).days if is_open else None,
        "cancelled_on": row["cancelled_on"],
    }
