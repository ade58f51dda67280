"""The SQL of callbacks: what is open for a customer, what was said last, and what planning needs to know."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from csm.domain.value import Value
from csm.storage import rows


def fetch(connection: sqlite3.Connection, callback_id: int) -> dict[str, object] | None:
    """Return one callback as stored, or None."""
    return rows.fetch(connection, "callback", callback_id)


def due_of(connection: sqlite3.Connection, customer_id: int, today: str) -> list[dict[str, object]]:
    """Return the open callbacks of a customer that are due by `today`, the latest overdue first."""
    return rows.fetch_all(
        connection,
        "callback",
        "customer_id = ? AND status = 'open' AND due_on <= ? ORDER BY due_on, id",
        [customer_id, today],
    )


def open_of(connection: sqlite3.Connection, customer_id: int) -> list[dict[str, object]]:
    """Return the open callbacks of a customer, the next first."""
    return rows.fetch_all(
        connection, "callback", "customer_id = ? AND status = 'open' ORDER BY due_on, id", [customer_id]
    )


def listed_of(connection: sqlite3.Connection, customer_id: int, status: str, most: int) -> list[dict[str, object]]:
    """Return rows of the list view for one customer: the open ones next first, the others latest first."""
    order = "due_on, id" if status == "open" else "coalesce(done_on, due_on) DESC, id DESC"
    return rows.fetch_all(
        connection,
        "callback_list",
        f"customer_id = ? AND status = ? ORDER BY {order} LIMIT ?",
        [customer_id, status, most],
    )


def tries(connection: sqlite3.Connection, callback_id: int) -> list[dict[str, object]]:
    """Return the fruitless tries of a callback in their order."""
    return rows.fetch_all(connection, "callback_try", "callback_id = ? ORDER BY id", [callback_id])


def cancel_open(connection: sqlite3.Connection, customer_id: int, reason: str) -> int:
    """Cancel the open callbacks of a customer; return how many."""
    return connection.execute(
        "UPDATE callback SET status = 'cancelled', reason = ? WHERE customer_id = ? AND status = 'open'",
        [reason, customer_id],
    ).rowcount


def hand_over(connection: sqlite3.Connection, old: str, new: str, customer_id: int | None = None) -> int:
    """Give the open callbacks of an owner, of one customer or of all, to another; return how many."""
    return connection.execute(
        "UPDATE callback SET owner = ?1 WHERE status = 'open' AND owner = ?2 AND (?3 IS NULL OR customer_id = ?3)",
        [new, old, customer_id],
    ).rowcount


class Unplanned(Value):
    """A customer with a cadence and no open callback of it; days are ISO text."""

    id: int
    name: str
    owner: str | None
    relationship: str
    grade: str | None
    channel: str | None
    last_contact_on: str | None
    created_at: str


def without_cadence_callback(connection: sqlite3.Connection) -> Iterator[Unplanned]:
    """Give every customer that cadence would plan and that has no open callback of it, in the order of ids."""
    cursor = connection.execute(
        """SELECT id, name, owner, relationship, grade, channel,
            (SELECT max(done_on) FROM callback WHERE customer_id = customer.id AND status = 'done'), created_at
        FROM customer
        WHERE relationship IN ('proactive', 'partnership') AND archived_on IS NULL AND NOT do_not_contact
          AND status <> 'lost'
          AND NOT EXISTS (
            SELECT 1 FROM callback WHERE customer_id = customer.id AND status = 'open' AND origin = 'cadence')
        ORDER BY id"""
    )
    return (Unplanned(*row) for row in cursor)


def open_counts(connection: sqlite3.Connection, from_day: str) -> Iterator[tuple[str | None, str, int]]:
    """Give (owner, day, number) of the open callbacks from a day on."""
    return connection.execute(
        "SELECT owner, due_on, count(*) FROM callback WHERE status = 'open' AND due_on >= ? GROUP BY owner, due_on",
        [from_day],
    )


def on_route(connection: sqlite3.Connection, routes: Sequence[str], day: str) -> list[tuple[int, str, str | None]]:
    """Return (id, name, owner) of the customers of a route in its order that have no visit of that route that day.

    routes: every way in which its name is written.
    """
    return connection.execute(
        f"""SELECT id, name, owner FROM customer
        WHERE route IN ({", ".join("?" * len(routes))}) AND archived_on IS NULL AND NOT do_not_contact
          AND NOT EXISTS (
            SELECT 1 FROM callback WHERE customer_id = customer.id AND channel = 'visit' AND status <> 'cancelled'
              AND (due_on = ? OR (origin = 'route' AND planned_on = ?)))
        ORDER BY route_order IS NULL, route_order, id""",
        [*routes, day, day],
    ).fetchall()


def customers_without_next(connection: sqlite3.Connection, owners: Sequence[str] = ()) -> int:
    """Return how many customers in use may be contacted and have no open callback; of these owners, else of all."""
    of_owners = f"AND owner IN ({', '.join('?' * len(owners))})" if owners else ""
    return int(
        connection.execute(
            f"""SELECT count(*) FROM customer WHERE archived_on IS NULL AND NOT do_not_contact AND status <> 'lost'
            {of_owners}
            AND NOT EXISTS (SELECT 1 FROM callback WHERE customer_id = customer.id AND status = 'open')""",
            list(owners),
        ).fetchone()[0]
    )


def customer_of(connection: sqlite3.Connection, callback_id: int) -> str:
    """Return the name of the customer of a callback."""
    query = "SELECT name FROM callback JOIN customer ON customer.id = customer_id WHERE callback.id = ?"
    return str(connection.execute(query, [callback_id]).fetchone()[0])
