"""The SQL of losses and win-backs."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, cast

from csm.storage import rows

if TYPE_CHECKING:
    from csm.storage.row_types import LossRow


def open_loss(connection: sqlite3.Connection, customer_id: int) -> LossRow | None:
    """Return the loss of a customer, as stored, that isn't won back yet, or None."""
    condition = "customer_id = ? AND won_back_on IS NULL ORDER BY id DESC LIMIT 1"
    found = cast("list[LossRow]", rows.fetch_all(connection, "loss", condition, [customer_id]))
    return found[0] if found else None


def last_win_back(connection: sqlite3.Connection, customer_id: int) -> str | None:
    """Return the latest day on which a customer was won back, or None."""
    query = "SELECT max(won_back_on) FROM loss WHERE customer_id = ?"
    (day,) = connection.execute(query, [customer_id]).fetchone()
    return None if day is None else str(day)


def listed_loss(connection: sqlite3.Connection, loss_id: int) -> dict[str, object]:
    """Return one loss with the customer's name and status, and how many attempts there were to win them back."""
    (found,) = rows.fetch_all(
        connection,
        "(SELECT loss.*, customer.name AS customer, customer.status"
        " FROM loss JOIN customer ON customer.id = loss.customer_id)",
        "id = ?",
        [loss_id],
    )
    return {**found, "attempts": attempts(connection, loss_id)}


def attempts(connection: sqlite3.Connection, loss_id: int) -> int:
    """Return how many callbacks were done since a loss, and up to the day it was won back.

    On the day of the loss itself only those that came after it was noted: what was said before may be the loss.
    """
    return int(
        connection.execute(
            """SELECT count(*) FROM loss JOIN callback ON callback.customer_id = loss.customer_id
            WHERE loss.id = ? AND callback.status = 'done' AND callback.served_with IS NULL
              AND (callback.done_on > loss.lost_on
                   OR (callback.done_on = loss.lost_on AND callback.done_at > loss.created_at))
              AND (loss.won_back_on IS NULL OR callback.done_on <= loss.won_back_on)""",
            [loss_id],
        ).fetchone()[0]
    )


def status_set_at(connection: sqlite3.Connection, customer_id: int, status: str) -> str | None:
    """Return the instant at which a card last got a status, by the kept changes; None where they don't tell."""
    row = connection.execute(
        """SELECT at FROM change WHERE table_name = 'customer' AND row_id = ? AND after ->> 'status' = ?
          AND before ->> 'status' IS NOT after ->> 'status' ORDER BY id DESC LIMIT 1""",
        [customer_id, status],
    ).fetchone()
    return None if row is None else str(row[0])
