"""The SQL of accounts: every sale and every payment of a customer, and what was open of everybody on a day."""

from __future__ import annotations

import sqlite3

from csm.domain.sale.statement import Bill, Money


def bills_of(connection: sqlite3.Connection, customer_id: int) -> list[Bill]:
    """Return every sale of a customer, cancelled ones too."""
    found = connection.execute(
        "SELECT id, sold_on, amount_cents, due_on, product, bill, cancelled_on, cancel_reason FROM sale"
        " WHERE customer_id = ? ORDER BY id",
        [customer_id],
    )
    return [Bill(*row) for row in found]


def payments_of(connection: sqlite3.Connection, customer_id: int) -> list[Money]:
    """Return every payment on a sale of a customer and on their account."""
    found = connection.execute(
        "SELECT p.id, p.paid_on, p.amount_cents, p.sale_id, p.set_off, p.note"
        " FROM sale CROSS JOIN payment AS p ON p.sale_id = sale.id WHERE sale.customer_id = :customer"
        " UNION ALL SELECT id, paid_on, amount_cents, sale_id, set_off, note FROM payment WHERE customer_id = :customer",
        {"customer": customer_id},
    )
    return [Money(*row) for row in found]
