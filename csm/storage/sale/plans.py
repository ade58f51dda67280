"""The SQL of repayment plans: their parts, which triggers tick off, and the bills that they are about."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from csm.storage import rows
from csm.storage.sale.rows import OPEN_PART, UNPAID, stored

if TYPE_CHECKING:
    from csm.domain.sale.repayment import Covered, Part
    from csm.storage.row_types import SaleRow


def of_customer(connection: sqlite3.Connection, customer_id: int) -> dict[str, Any] | None:
    """Return the plan of a customer: the one that is open, else the latest; None where there never was one."""
    is_open = (
        f"ended_on IS NULL AND EXISTS (SELECT 1 FROM instalment WHERE plan_id = repayment_plan.id AND {OPEN_PART})"
    )
    condition = f"customer_id = ? ORDER BY {is_open} DESC, id DESC LIMIT 1"
    found = rows.fetch_all(connection, "repayment_plan", condition, [customer_id])
    return found[0] if found else None


def parts(connection: sqlite3.Connection, plan_id: int) -> list[dict[str, Any]]:
    """Return the parts of a plan as stored, in the order of their days."""
    return rows.fetch_all(connection, "instalment", "plan_id = ? ORDER BY due_on, id", [plan_id])


def bills(connection: sqlite3.Connection, plan_id: int) -> list[dict[str, Any]]:
    """Return the bills that a plan is about, the oldest first, with what is open on each now."""
    cursor = connection.execute(
        "SELECT b.sale_id, sale.bill, sale.product, b.planned_cents AS planned, b.open_cents AS open,"
        " sale.balance_cents AS balance FROM plan_bill AS b JOIN sale ON sale.id = b.sale_id"
        " WHERE b.plan_id = ? ORDER BY sale.sold_on, sale.id",
        [plan_id],
    )
    names = [name for name, *_ in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def unpaid(connection: sqlite3.Connection, customer_id: int) -> list[SaleRow]:
    """Return the sales of a customer that aren't paid, whatever their day, the oldest first."""
    condition = f"id IN (SELECT v.id FROM sale AS v WHERE v.customer_id = ? AND {UNPAID})"
    return stored(connection, f"{condition} ORDER BY sold_on, id", [customer_id])


def insert(
    connection: sqlite3.Connection, plan: dict[str, object], parts: Iterable[Part], covered: Sequence[Covered]
) -> int:
    """Insert a plan with its parts and its bills; return its id."""
    plan_id = rows.insert(connection, "repayment_plan", plan)
    for part in parts:
        values = {"plan_id": plan_id, "due_on": part.due_on.isoformat(), "amount_cents": part.cents}
        rows.insert(connection, "instalment", values)
    for one in covered:
        rows.insert(connection, "plan_bill", {"plan_id": plan_id, **one._asdict()})
    return plan_id


def end(connection: sqlite3.Connection, plan_id: int, day: str, reason: str | None) -> None:
    """End a plan on a day: what of its parts is open is cancelled.

    The plan first, so that nothing is ticked anew while its parts are cancelled one after the other.
    """
    rows.update(connection, "repayment_plan", plan_id, {"ended_on": day, "ended_text": reason})
    connection.execute(f"UPDATE instalment SET cancelled_on = ? WHERE plan_id = ? AND {OPEN_PART}", [day, plan_id])


def end_met(connection: sqlite3.Connection, customer_id: int, day: str) -> None:
    """End the plans of a customer that are met, so that what is taken back later doesn't open them again."""
    connection.execute(
        "UPDATE repayment_plan SET ended_on = ? WHERE customer_id = ? AND ended_on IS NULL", [day, customer_id]
    )
