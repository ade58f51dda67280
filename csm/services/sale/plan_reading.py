"""Repayment plans as they stand on a day, with their parts and bills (handbook 8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from csm.domain.sale import repayment
from csm.domain.sale.repayment import Plan, Row
from csm.storage.sale import plans as stored

if TYPE_CHECKING:
    import sqlite3


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
