"""The SQL of callbacks: what is open for a customer, what was said last, and what planning needs to know."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from csm.domain.value import Value
from csm.storage import rows

# By day, what has a time before what only has a day.
IN_TIME = "due_on, due_at IS NULL, due_at, id"

# The tries of a callback as one text of json, NULL where there are none: a column of an export (`csm.storage.listing`).
TRIES = (
    "(SELECT nullif(json_group_array(json_object("
    "'at', at, 'by', by, 'outcome', outcome, 'channel', channel, 'cost_cents', cost_cents, 'note', note)), '[]')"
    " FROM (SELECT * FROM callback_try WHERE callback_id = v.id ORDER BY at, id))"
)


def fetch(connection: sqlite3.Connection, callback_id: int) -> dict[str, object] | None:
    """Return one callback as stored, or None."""
    return rows.fetch(connection, "callback", callback_id)


def due_of(connection: sqlite3.Connection, customer_id: int, today: str) -> list[dict[str, object]]:
    """Return the open callbacks of a customer that are due by `today`, the latest overdue first."""
    return rows.fetch_all(
        connection,
        "callback",
        f"customer_id = ? AND status = 'open' AND due_on <= ? ORDER BY {IN_TIME}",
        [customer_id, today],
    )


def open_of(connection: sqlite3.Connection, customer_id: int) -> list[dict[str, object]]:
    """Return the open callbacks of a customer, the next first."""
    return rows.fetch_all(
        connection, "callback", f"customer_id = ? AND status = 'open' ORDER BY {IN_TIME}", [customer_id]
    )


def listed_of(connection: sqlite3.Connection, customer_id: int, status: str, most: int) -> list[dict[str, object]]:
    """Return rows of the list view for one customer: the open ones next first, the others latest first."""
    order = IN_TIME if status == "open" else "coalesce(done_on, due_on) DESC, id DESC"
    return rows.fetch_all(
        connection,
        "callback_list",
        f"customer_id = ? AND status = ? ORDER BY {order} LIMIT ?",
        [customer_id, status, most],
    )


def tries(connection: sqlite3.Connection, callback_id: int) -> list[dict[str, object]]:
    """Return the fruitless tries of a callback in their order."""
    return rows.fetch_all(connection, "callback_try", "callback_id = ? ORDER BY at, id", [callback_id])


def said_in_vain(connection: sqlite3.Connection, customer_id: int, most: int) -> list[dict[str, object]]:
    """Return what was said on the fruitless tries with a customer, the latest first, with the callback's purpose."""
    cursor = connection.execute(
        """SELECT callback.id AS callback_id, tried.at, tried.by, tried.outcome, tried.channel, tried.note,
            callback.purpose, contact.name AS contact
        FROM callback CROSS JOIN callback_try AS tried ON tried.callback_id = callback.id
        LEFT JOIN contact ON contact.id = callback.contact_id
        WHERE callback.customer_id = ? AND tried.note IS NOT NULL ORDER BY tried.at DESC, tried.id DESC LIMIT ?""",
        [customer_id, most],
    )
    names = [name for name, *_ in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def cancel_open(connection: sqlite3.Connection, customer_id: int, reason: str) -> int:
    """Cancel the open callbacks of a customer; return how many."""
    return connection.execute(
        "UPDATE callback SET status = 'cancelled', reason = ? WHERE customer_id = ? AND status = 'open'",
        [reason, customer_id],
    ).rowcount


def hand_over(connection: sqlite3.Connection, old: str, new: str, customer_id: int | None = None) -> int:
    """Give the open callbacks of an owner, of one customer or of all, to another; return how many."""
    return connection.execute(
        "UPDATE callback SET owner = :new WHERE status = 'open' AND owner = :old"
        " AND (:customer IS NULL OR customer_id = :customer)",
        {"new": new, "old": old, "customer": customer_id},
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


# Whom the cadence would plan (source: handbook 4).
_UNPLANNED = """relationship IN ('proactive', 'partnership') AND archived_on IS NULL AND NOT do_not_contact
    AND status <> 'lost'
    AND NOT EXISTS (
      SELECT 1 FROM callback WHERE customer_id = customer.id AND status = 'open' AND origin = 'cadence')"""


def without_cadence_callback(connection: sqlite3.Connection) -> Iterator[Unplanned]:
    """Give every customer that cadence would plan and that has no open callback of it, in the order of ids."""
    cursor = connection.execute(
        f"""SELECT id, name, owner, relationship, grade, channel,
            (SELECT max(done_on) FROM callback WHERE customer_id = customer.id AND status = 'done'), created_at
        FROM customer WHERE {_UNPLANNED} ORDER BY id"""
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


def count_unplanned(connection: sqlite3.Connection, owners: Sequence[str] = ()) -> int:
    """Return how many customers, of these owners or of all, `without_cadence_callback` would give."""
    of_owners = f"AND owner IN ({', '.join('?' * len(owners))})" if owners else ""
    query = f"SELECT count(*) FROM customer WHERE {_UNPLANNED} {of_owners}"
    return int(connection.execute(query, list(owners)).fetchone()[0])


def customer_of(connection: sqlite3.Connection, callback_id: int) -> str:
    """Return the name of the customer of a callback."""
    query = "SELECT name FROM callback JOIN customer ON customer.id = customer_id WHERE callback.id = ?"
    return str(connection.execute(query, [callback_id]).fetchone()[0])
