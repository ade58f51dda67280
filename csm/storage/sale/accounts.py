"""The SQL of accounts: every sale and every payment of a customer, or of a head office with its branches."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from csm.domain.sale.statement import Bill, Money


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
