"""What customers bought, added up: each figure is one aggregate over an index that covers it.

Cancelled sales count nowhere, credit notes reduce sums and are no purchases. Days are ISO text, both ends included
unless said otherwise; amounts are cents.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from csm.storage.file.bulk import ROWS_A_BATCH, Batch
from csm.storage.listing import Condition

Rows = list[tuple[Any, ...]]
EVERYBODY: Final = Condition("1")


def cards_in_use(connection: sqlite3.Connection) -> Rows:
    """Return (id, name, key_account, owner, grade) of every card in use, by id."""
    return connection.execute(
        "SELECT id, name, key_account, owner, grade FROM customer WHERE archived_on IS NULL ORDER BY id"
    ).fetchall()


def sums_by_card(connection: sqlite3.Connection, after: str, until: str) -> dict[int, int]:
    """Return the sales of each customer that has any in the days after `after`, up to and with `until`."""
    # In the order of the index nothing has to be sorted.
    return dict(
        connection.execute(
            "SELECT customer_id, sum(amount_cents) FROM sale INDEXED BY sale_customer"
            " WHERE sold_on > ? AND sold_on <= ? AND cancelled_on IS NULL GROUP BY customer_id",
            [after, until],
        )
    )


def purchases_by_card(connection: sqlite3.Connection, after: str, until: str) -> Rows:
    """Return (id, name, key_account, owner, grade, last day, orders, money) of every card in use that bought.

    The rows of one bill on one day are one order; a row without a bill is one.
    """
    return connection.execute(
        "SELECT id, name, key_account, owner, grade, last_on, orders, cents FROM ("
        " SELECT customer_id, max(sold_on) FILTER (WHERE amount_cents >= 0) AS last_on,"
        "  count(*) FILTER (WHERE amount_cents >= 0 AND bill IS NULL)"
        "  + count(DISTINCT sold_on || bill) FILTER (WHERE amount_cents >= 0) AS orders,"
        "  sum(amount_cents) AS cents"
        " FROM sale INDEXED BY sale_customer"
        " WHERE cancelled_on IS NULL AND sold_on > ? AND sold_on <= ? GROUP BY customer_id)"
        " CROSS JOIN customer ON id = customer_id WHERE archived_on IS NULL AND orders > 0",
        [after, until],
    ).fetchall()


def set_grades(
    connection: sqlite3.Connection, changes: Sequence[tuple[Any, ...]], graded_on: str, months: int, by: str, at: str
) -> None:
    """Grade customers anew: (id, old grade, grade, sales) of each; every change is kept with its day."""
    # In the order of the rows: in any other, every page of the cards would be read and written many times over.
    changes = sorted(changes)
    connection.executemany(
        "UPDATE customer SET grade = ?, updated_at = ? WHERE id = ?", [(grade, at, i) for i, _, grade, _ in changes]
    )
    columns = ("customer_id", "graded_on", "old_grade", "grade", "sales_cents", "months", "by", "created_at")
    batch = Batch(connection, "grading", columns)
    for start in range(0, len(changes), ROWS_A_BATCH):
        batch.rows = [
            (batch.new_id(), customer_id, graded_on, old, grade, sales, months, by, at)
            for customer_id, old, grade, sales in changes[start : start + ROWS_A_BATCH]
        ]
        batch.flush()


# --- figures of a period --------------------------------------------------------------------------------------


def cards(connection: sqlite3.Connection) -> Rows:
    """Return (id, name, key_account, owner, region, industry, category spend, archived day) of every card."""
    return connection.execute(
        "SELECT id, name, key_account, owner, region, industry, category_spend_cents, archived_on FROM customer"
    ).fetchall()


def sales_by(connection: sqlite3.Connection, key: str, first: str, last: str, among: Condition = EVERYBODY) -> Rows:
    """Return (key, number of sales, amount) by the column `key` of the sales of these days to those `among`."""
    return connection.execute(
        f"SELECT {key}, count(*) FILTER (WHERE amount_cents >= 0), sum(amount_cents) FROM sale"
        f" WHERE cancelled_on IS NULL AND sold_on >= ? AND sold_on <= ? AND {among.sql} GROUP BY {key}",
        [first, last, *among.given],
    ).fetchall()


def balances_by(connection: sqlite3.Connection, key: str, condition: Condition) -> Rows:
    """Return (key, balance) by the column `key` of the sales that meet `condition`, where it isn't 0.

    Money on account is of no sale: it is taken off the balance of a customer, and off that of no product line; days
    have none of it. For a customer or a line the condition is of the customer alone.
    """
    columns = {"customer_id": "customer_id", "line": "NULL"}
    account = (
        f" UNION ALL SELECT {columns[key]}, -sum(amount_cents) FROM payment"
        f" WHERE customer_id IS NOT NULL AND {condition.sql} GROUP BY {columns[key]}"
        if key in columns
        else ""
    )
    return connection.execute(
        f"SELECT {key}, sum(cents) AS balance FROM ("
        f" SELECT {key}, sum(CASE WHEN cancelled_on IS NULL THEN amount_cents ELSE 0 END - paid_cents) AS cents"
        f" FROM sale WHERE {condition.sql} GROUP BY {key}{account}) GROUP BY {key} HAVING balance <> 0",
        [*condition.given, *(condition.given if account else ())],
    ).fetchall()


def costs(connection: sqlite3.Connection, days: tuple[str, str], instants: tuple[str, str]) -> Rows:
    """Return (customer, day or instant, cents) of what serving cost: services, callbacks and their tries, remedies.

    days: the first and the last. instants: their beginning, and the beginning of the day after the last, in UTC.
    """
    return connection.execute(
        "SELECT customer_id, done_on, cost_cents FROM service WHERE done_on BETWEEN ? AND ? AND cost_cents <> 0"
        " UNION ALL SELECT customer_id, done_on, cost_cents FROM callback"
        "  WHERE done_on BETWEEN ? AND ? AND cost_cents <> 0"
        " UNION ALL SELECT callback.customer_id, callback_try.at, callback_try.cost_cents"
        "  FROM callback_try JOIN callback ON callback.id = callback_try.callback_id"
        "  WHERE callback_try.at >= ? AND callback_try.at < ? AND callback_try.cost_cents <> 0"
        " UNION ALL SELECT complaint.customer_id, implemented_at, compensation_cents"
        "  FROM complaint_state JOIN complaint ON complaint.id = complaint_id"
        "  WHERE implemented_at >= ? AND implemented_at < ? AND compensation_cents <> 0",
        [*days, *days, *instants, *instants],
    ).fetchall()


def complaints(connection: sqlite3.Connection, instants: tuple[str, str]) -> Rows:
    """Return (customer, instant, product line of the sale) of the complaints received, grievances left out."""
    return connection.execute(
        "SELECT complaint.customer_id, complaint.received_at, sale.line FROM complaint"
        " JOIN complaint_counted AS counted ON counted.id = complaint.id LEFT JOIN sale ON sale.id = complaint.sale_id"
        " WHERE complaint.received_at >= ? AND complaint.received_at < ? AND level = 'complaint'",
        list(instants),
    ).fetchall()
