"""The callbacks that a sale brings: planned, moved and cancelled with it, within its transaction (handbook 5)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from csm.domain.callback.rules import at_same_time
from csm.domain.customer.card import name_key
from csm.domain.sale import after_sale
from csm.domain.sale.after_sale import ACCOUNTABLE, Dates, Planned
from csm.domain.value import Value
from csm.services.house.assigning import Roster
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.customer import rows as customers
from csm.storage.sale import rows as sales

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.row_types import CallbackRow, CardRow, SaleRow

PLANNED: Final = "planned"
MOVED: Final = "moved"
CANCELLED: Final = "cancelled"


class Followed(Value):
    """What became of a callback of a sale: planned, moved or cancelled; `step` is a term of after_sale."""

    how: str
    id: int
    step: str
    on: date


def line_key(line: object, product: object) -> str:
    """Return a product line as purchases are compared; without a line the product is the line (source: handbook 5)."""
    return name_key(str(line or product))


def lines_bought(connection: sqlite3.Connection, customer_id: int) -> set[str]:
    """Return the product lines that a customer has bought, as `line_key` compares them."""
    return {line_key(line, product) for line, product in sales.lines_bought(connection, customer_id)}


def may_plan(card: CardRow) -> bool:
    """Tell whether anything may be planned with a customer (source: handbook 4)."""
    return card["archived_on"] is None and not card["do_not_contact"]


def plan(
    connection: sqlite3.Connection,
    work: Work,
    sale: SaleRow,
    card: CardRow,
    beside: Sequence[Followed],
    *,
    first: bool,
    asked: bool | None,
) -> list[Followed]:
    """Plan the callbacks of a new sale, `first` of its product line; note on the sale that it has a plan.

    A callback that a sale `beside` it on the same bill has for the same step and day serves both: nobody is thanked
    twice for one bill.
    """
    if not may_plan(card):
        return []
    wanted = after_sale.steps(card["relationship"], first_of_line=first, asked=asked)
    if wanted == (ACCOUNTABLE,) and sales.has_open_usage(connection, card["id"]):
        return []
    if wanted and wanted != (ACCOUNTABLE,):
        rows.update(connection, "sale", sale["id"], {"planned": 1})
    planned = after_sale.plan(wanted, dates(sale), work.policy, work.calendar.next_working_day)
    shared = {(one.step, one.on): one.id for one in beside}
    found = []
    for one in planned:
        if (one.step, one.on) in shared:
            sales.name_on_callback(connection, shared[one.step, one.on], sale["product"])
        else:
            found.append(_insert(connection, work, sale, card, one))
    return found


def has_visit(card: CardRow, planned: Sequence[Followed]) -> bool:
    """Tell whether the plan of a sale, of which these callbacks were made, has a visit for the installation."""
    made = any(one.step != ACCOUNTABLE for one in planned)
    return made and "installation" in after_sale.steps_of_plan(card["relationship"])


def _insert(connection: sqlite3.Connection, work: Work, sale: SaleRow, card: CardRow, one: Planned) -> Followed:
    values = {
        "customer_id": card["id"],
        "sale_id": sale["id"],
        "after_sale": one.step,
        "purpose": one.purpose,
        "channel": "visit" if one.visit else card["channel"] or "phone",
        "owner": Roster(work, connection).usual(card["owner"]),
        "origin": "manual",
        "planned_note": sale["product"],
        "due_on": one.on.isoformat(),
        "planned_on": one.on.isoformat(),
        "created_at": work.now_text,
    }
    return Followed(PLANNED, rows.insert(connection, "callback", values), one.step, one.on)


def dates(sale: SaleRow) -> Dates:
    """Return the days of a stored sale that its plan counts from."""
    promised, delivered = (
        date.fromisoformat(str(sale[name])) if sale[name] else None for name in ("delivery_on", "delivered_on")
    )
    return Dates(date.fromisoformat(sale["sold_on"]), promised, delivered, bool(sale["install"]))


def follow(connection: sqlite3.Connection, work: Work, before: SaleRow, after: SaleRow) -> list[Followed]:
    """Let the open callbacks of a sale go with a change of its days; return what became of which.

    What somebody has noted or skipped already stays as it is.
    """
    if dates(before) == dates(after):
        return []
    card = customers.card(connection, after["customer_id"])
    known = callbacks.of_sale(connection, after["id"])
    wanted = _steps(card, after, known)
    told = [
        after_sale.plan(wanted, dates(sale), work.policy, work.calendar.next_working_day) for sale in (before, after)
    ]
    changes = after_sale.changes(*told)
    steps = {str(row["after_sale"]): row for row in known}
    open_steps = {step: row for step, row in steps.items() if row["status"] == "open"}
    found = [_move(connection, work, open_steps[one.step], one) for one in changes.moved if one.step in open_steps]
    found += cancel(connection, [open_steps[step] for step in changes.dropped if step in open_steps], None)
    if may_plan(card):
        for one in changes.added:
            if one.step not in open_steps:
                found += _add(connection, work, after, card, one)
    return found


def _add(connection: sqlite3.Connection, work: Work, sale: SaleRow, card: CardRow, one: Planned) -> list[Followed]:
    """Plan a callback that a sale has only now, unless one of its bill for the same step and day serves both."""
    customer_id, sale_id = card["id"], sale["id"]
    beside = sales.open_beside(connection, sale_id, customer_id, sale["bill"], one.step, one.on.isoformat())
    if beside is None:
        return [_insert(connection, work, sale, card, one)]
    sales.name_on_callback(connection, beside, sale["product"])
    return []


def _steps(card: CardRow, sale: SaleRow, known: Sequence[CallbackRow]) -> Sequence[str]:
    if sale["planned"]:
        return after_sale.steps_of_plan(card["relationship"])
    return (ACCOUNTABLE,) if any(row["after_sale"] == ACCOUNTABLE for row in known) else ()


def _move(connection: sqlite3.Connection, work: Work, row: CallbackRow, one: Planned) -> Followed:
    callback_id = row["id"]
    moved = at_same_time(row["due_at"], one.on, work.zone)
    rows.update(connection, "callback", callback_id, moved.planned)
    return Followed(MOVED, callback_id, one.step, one.on)


def cancel(connection: sqlite3.Connection, open_rows: Sequence[CallbackRow], reason: str | None) -> list[Followed]:
    """Cancel open callbacks of a sale; return which."""
    found = []
    for row in open_rows:
        callback_id, day = row["id"], date.fromisoformat(row["due_on"])
        rows.update(connection, "callback", callback_id, {"status": "cancelled", "reason": reason})
        found.append(Followed(CANCELLED, callback_id, str(row["after_sale"]), day))
    return found


def cancel_all(connection: sqlite3.Connection, sale: SaleRow, reason: str) -> list[Followed]:
    """Cancel the open callbacks that a sale planned; return which (source: handbook 5).

    Where the rest of its bill has a plan, they go on for that.
    """
    sale_id = sale["id"]
    waiting = [row for row in callbacks.of_sale(connection, sale_id) if row["status"] == "open"]
    other = sales.planned_beside(connection, sale_id, sale["customer_id"], sale["bill"])
    if other is None:
        return cancel(connection, waiting, reason)
    kept = [row for row in callbacks.of_sale(connection, other) if row["status"] == "open"]
    for row in [*waiting, *kept]:
        note = _without(str(row["planned_note"] or ""), sale["product"])
        rows.update(connection, "callback", row["id"], {"sale_id": other, "planned_note": note})
    return []


def _without(note: str, product: str) -> str | None:
    """Return the products that a callback names without one of them."""
    left = note.removeprefix(f"{product}, ") if note.startswith(f"{product}, ") else note.replace(f", {product}", "", 1)
    return left or None
