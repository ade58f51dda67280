"""The SQL of what a card says of a customer's trade: each query looks at one customer's own records and no others.

A `+` before a column keeps SQLite from walking an index over everybody's bills in its order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from csm.storage import rows
from csm.storage.listing import Condition
from csm.storage.sale.rows import PURCHASE, UNPAID
from csm.storage.service.rows import WAITING

# What of a customer's sales is looked for, as conditions of `sale_list`.
OPEN = Condition("v.status = 'open'")
ENDED = Condition("v.status <> 'open'")
OPEN_ORDER = "v.due_on, v.id"
ENDED_ORDER = "v.sold_on DESC, v.id DESC"


def undelivered(day: str) -> Condition:
    """Return the condition that goods promised for `day` or before haven't come."""
    return Condition("v.cancelled_on IS NULL AND v.delivered_on IS NULL AND +v.delivery_on <= ?", (day,))


def open_bills(connection: sqlite3.Connection, customer_id: int) -> list[tuple[int, str, str, int]]:
    """Return (sale, day sold, day due, cents open) of what a customer hasn't paid, due longest first."""
    return connection.execute(
        "SELECT id, sold_on, due_on, balance_cents FROM sale AS v"
        f" WHERE v.customer_id = ? AND {UNPAID} ORDER BY +due_on, id",
        [customer_id],
    ).fetchall()


def credits_of(connection: sqlite3.Connection, customer_id: int) -> list[tuple[str, int | None, int]]:
    """Return (kind, sale or None, cents) of what a customer has with us, the oldest first."""
    return connection.execute(
        "SELECT kind, sale_id, cents FROM account_credit WHERE customer_id = ?"
        " ORDER BY since_on, sale_id IS NULL, sale_id",
        [customer_id],
    ).fetchall()


def unpaid(connection: sqlite3.Connection, sale_id: int) -> dict[str, object]:
    """Return the row of `sale_unpaid` of a sale that isn't paid."""
    return rows.known(connection, "sale_unpaid", sale_id)


def purchase_days(connection: sqlite3.Connection, customer_id: int, today: str) -> list[str]:
    """Return the days up to `today` on which a customer bought, in their order; credit notes are no purchases."""
    found = connection.execute(
        f"SELECT DISTINCT sold_on FROM sale WHERE customer_id = ? AND sold_on <= ? AND {PURCHASE} ORDER BY sold_on",
        [customer_id, today],
    )
    return [day for (day,) in found]


def losses(connection: sqlite3.Connection, customer_id: int, most: int) -> list[dict[str, object]]:
    """Return when and why a customer was lost and won back, the latest first."""
    return rows.fetch_all(
        connection, "loss", "customer_id = ? ORDER BY lost_on DESC, id DESC LIMIT ?", [customer_id, most]
    )


def surveys(connection: sqlite3.Connection, customer_id: int, most: int) -> list[dict[str, object]]:
    """Return the latest surveys that a customer answered; what our managers think of them is left out."""
    condition = "customer_id = ? AND respondent = 'customer' ORDER BY taken_on DESC, id DESC LIMIT ?"
    return rows.fetch_all(connection, "survey_list", condition, [customer_id, most])


def messages(connection: sqlite3.Connection, owners: Sequence[str]) -> list[tuple[int, int, str, str]]:
    """Return (service, customer id, customer, message) of the messages that wait; `owners` empty is all."""
    of = f" AND +customer.owner IN ({', '.join('?' * len(owners))})" if owners else ""
    return connection.execute(
        "SELECT v.id, customer.id, customer.name, v.message"
        " FROM service AS v CROSS JOIN customer ON customer.id = v.customer_id"
        f" WHERE {WAITING.sql}{of} ORDER BY +v.id",
        list(owners),
    ).fetchall()
