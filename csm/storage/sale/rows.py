"""The SQL of sales: what stands on a bill, what was bought before, and what hangs on a sale."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

from csm.storage import rows

if TYPE_CHECKING:
    from csm.storage.row_types import SaleRow

# What the partial index of each holds, in the same words: only then SQLite walks it.
UNPAID: Final = (
    "((v.cancelled_on IS NULL AND v.paid_cents < v.amount_cents) OR (v.cancelled_on IS NOT NULL AND v.paid_cents < 0))"
)
IN_FAVOUR: Final = (
    "(v.cancelled_on IS NULL AND v.paid_cents > v.amount_cents) OR (v.cancelled_on IS NOT NULL AND v.paid_cents > 0)"
)
UNDELIVERED: Final = "v.cancelled_on IS NULL AND v.delivery_on IS NOT NULL AND v.delivered_on IS NULL"
OPEN_PART: Final = "instalment.cancelled_on IS NULL AND instalment.paid_cents < instalment.amount_cents"
# What counts as a purchase, as in the view purchase_day: credit notes are none.
PURCHASE: Final = "cancelled_on IS NULL AND amount_cents >= 0"


def fetch(connection: sqlite3.Connection, sale_id: int) -> SaleRow | None:
    """Return one sale as stored, or None."""
    return cast("SaleRow | None", rows.fetch(connection, "sale", sale_id))


def known(connection: sqlite3.Connection, sale_id: int) -> SaleRow:
    """Return one sale as stored that must be there; raise LookupError."""
    return cast("SaleRow", rows.known(connection, "sale", sale_id))


def stored(connection: sqlite3.Connection, condition: str, given: Sequence[object]) -> list[SaleRow]:
    """Return every sale as stored that meets `condition`, which may end in an order."""
    return cast("list[SaleRow]", rows.fetch_all(connection, "sale", condition, given))


def called(connection: sqlite3.Connection, text: str) -> list[SaleRow]:
    """Return the sales with an external id; where there is none, those on the bill of that number."""
    by_id = stored(connection, "external_id = ? ORDER BY id", [text])
    return by_id or stored(connection, "bill = ? ORDER BY id", [text])


def external_id_taken(connection: sqlite3.Connection, external_id: str, sale_id: int | None = None) -> int | None:
    """Return the id of a sale, another one than `sale_id`, that has this external id, or None."""
    found = connection.execute(
        "SELECT id FROM sale WHERE external_id = ? AND id IS NOT ? ORDER BY id LIMIT 1", [external_id, sale_id]
    ).fetchone()
    return None if found is None else int(found[0])


def first_told_on(connection: sqlite3.Connection, sale_id: int) -> str | None:
    """Return the first day on which a payment or a signature is on record for a sale, ISO text, or None."""
    found = connection.execute(
        """SELECT min(day) FROM (
            SELECT min(paid_on) AS day FROM payment WHERE sale_id = :sale
            UNION ALL SELECT min(signed_on) FROM signature WHERE sale_id = :sale)""",
        {"sale": sale_id},
    ).fetchone()
    return None if found[0] is None else str(found[0])


def lines_bought(connection: sqlite3.Connection, customer_id: int) -> list[tuple[str | None, str]]:
    """Return (line, product) of everything a customer bought and didn't cancel; credit notes are no purchases."""
    return connection.execute(
        f"SELECT line, product FROM sale WHERE customer_id = ? AND {PURCHASE}", [customer_id]
    ).fetchall()


def customer_of_bill(connection: sqlite3.Connection, bill: str, customer_id: int) -> str | None:
    """Return the name of another customer whose sale has this bill number, or None."""
    found = connection.execute(
        "SELECT customer.name FROM sale JOIN customer ON customer.id = sale.customer_id"
        " WHERE sale.bill = ? AND sale.customer_id <> ? ORDER BY sale.id LIMIT 1",
        [bill, customer_id],
    ).fetchone()
    return None if found is None else str(found[0])


def balance_of(connection: sqlite3.Connection, customer_id: int) -> int:
    """Return what a customer owes in cents, less what they have on account; negative is what we owe them."""
    query = (
        "SELECT coalesce((SELECT sum(balance_cents) FROM sale WHERE customer_id = :customer), 0)"
        " - coalesce((SELECT sum(amount_cents) FROM payment WHERE customer_id = :customer), 0)"
    )
    return int(connection.execute(query, {"customer": customer_id}).fetchone()[0])


def name_on_callback(connection: sqlite3.Connection, callback_id: int, product: str) -> None:
    """Write one more product on a planned callback."""
    connection.execute(
        "UPDATE callback SET planned_note = coalesce(planned_note || ', ', '') || ? WHERE id = ?",
        [product, callback_id],
    )


def planned_beside(connection: sqlite3.Connection, sale_id: int, customer_id: int, bill: object) -> int | None:
    """Return the id of another sale on a customer's bill that has an after-sale plan and isn't cancelled, or None."""
    found = connection.execute(
        "SELECT id FROM sale WHERE bill = ? AND customer_id = ? AND id <> ? AND planned AND cancelled_on IS NULL"
        " ORDER BY id LIMIT 1",
        [bill, customer_id, sale_id],
    ).fetchone()
    return None if found is None else int(found[0])


def open_beside(
    connection: sqlite3.Connection, sale_id: int, customer_id: int, bill: object, step: str, day: str
) -> int | None:
    """Return the id of an open callback that another sale on a customer's bill has for a step on a day, or None."""
    found = connection.execute(
        "SELECT c.id FROM callback AS c JOIN sale AS s ON s.id = c.sale_id WHERE s.bill = ? AND s.customer_id = ?"
        " AND s.id <> ? AND c.after_sale = ? AND c.due_on = ? AND c.status = 'open' ORDER BY c.id LIMIT 1",
        [bill, customer_id, sale_id, step, day],
    ).fetchone()
    return None if found is None else int(found[0])


def has_open_usage(connection: sqlite3.Connection, customer_id: int) -> bool:
    """Tell whether a usage callback of an after-sale plan is open with a customer."""
    found = connection.execute(
        "SELECT 1 FROM callback WHERE customer_id = ? AND status = 'open' AND after_sale IN ('usage', 'accountable')"
        " LIMIT 1",
        [customer_id],
    ).fetchone()
    return found is not None


def of_view(connection: sqlite3.Connection, view: str, sale_id: int, order: str) -> list[dict[str, object]]:
    """Return the rows of a view that belong to a sale, in an order of its columns."""
    return rows.fetch_all(connection, view, f"sale_id = ? ORDER BY {order}", [sale_id])
