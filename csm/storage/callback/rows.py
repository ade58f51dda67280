"""The SQL of callbacks: what is open for a customer, what was said last, and what planning needs to know."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, cast

from csm.domain.value import Value
from csm.storage import rows

if TYPE_CHECKING:
    from csm.storage.row_types import CallbackRow

# By day, what has a time before what only has a day.
IN_TIME = "due_on, due_at IS NULL, due_at, id"

# The tries of a callback as one text of json, NULL where there are none: a column of an export (`csm.storage.listing`).
TRIES = (
    "(SELECT nullif(json_group_array(json_object("
    "'at', at, 'by', by, 'outcome', outcome, 'channel', channel, 'cost_cents', cost_cents, 'note', note)), '[]')"
    " FROM (SELECT * FROM callback_try WHERE callback_id = v.id ORDER BY at, id))"
)


def fetch(connection: sqlite3.Connection, callback_id: int) -> CallbackRow | None:
    """Return one callback as stored, or None."""
    return cast("CallbackRow | None", rows.fetch(connection, "callback", callback_id))


def known(connection: sqlite3.Connection, callback_id: int) -> CallbackRow:
    """Return one callback as stored that must be there; raise LookupError."""
    return cast("CallbackRow", rows.known(connection, "callback", callback_id))


def _stored(connection: sqlite3.Connection, condition: str, given: Sequence[object]) -> list[CallbackRow]:
    return cast("list[CallbackRow]", rows.fetch_all(connection, "callback", condition, given))


def due_of(connection: sqlite3.Connection, customer_id: int, today: str) -> list[CallbackRow]:
    """Return the open callbacks of a customer that are due by `today`, the latest overdue first."""
    condition = f"customer_id = ? AND status = 'open' AND due_on <= ? ORDER BY {IN_TIME}"
    return _stored(connection, condition, [customer_id, today])


def open_of(connection: sqlite3.Connection, customer_id: int) -> list[CallbackRow]:
    """Return the open callbacks of a customer, the next first."""
    return _stored(connection, f"customer_id = ? AND status = 'open' ORDER BY {IN_TIME}", [customer_id])


def open_near(
    connection: sqlite3.Connection, customer_id: int, day: date, within: int, besides: Sequence[int]
) -> list[CallbackRow]:
    """Return the open callbacks of a customer due at most `within` days before or after a day, but for some."""
    first, last = (day + timedelta(days=days) for days in (-within, within))
    condition = (
        "customer_id = ? AND status = 'open' AND due_on BETWEEN ? AND ?"
        f" AND id NOT IN ({', '.join('?' * len(besides))}) ORDER BY {IN_TIME}"
    )
    return _stored(connection, condition, [customer_id, first.isoformat(), last.isoformat(), *besides])


def after(connection: sqlite3.Connection, row: CallbackRow) -> list[CallbackRow]:
    """Return the callbacks that stand after a closed one in its series, or that its rule has planned since.

    Those that are over only of a series, the next one of it: what a rule planned earlier was followed by its own.
    """
    if row["origin"] in ("cadence", "visit"):
        condition = "customer_id = ? AND status = 'open' AND origin = ? AND id <> ? ORDER BY id"
        return _stored(connection, condition, [row["customer_id"], row["origin"], row["id"]])
    if row["every"] is None:
        return []
    start = row["done_on"] if row["from_done"] else row["series_on"]
    condition = (
        "customer_id = ? AND origin = 'series' AND every = ? AND series_on IS ? AND planned_on > ? AND purpose = ?"
        " AND status <> 'cancelled' AND id > ? ORDER BY planned_on, id LIMIT 1"
    )
    given = [row["customer_id"], row["every"], start, row["planned_on"], row["purpose"], row["id"]]
    return _stored(connection, condition, given)


def asked_for(connection: sqlite3.Connection, row: CallbackRow) -> list[CallbackRow]:
    """Return what was planned for the day asked for by the command that closed a callback last, unless cancelled."""
    condition = (
        "customer_id = ? AND origin = 'next' AND status <> 'cancelled' AND id > ? AND EXISTS ("
        "SELECT 1 FROM change WHERE table_name = 'callback' AND row_id = callback.id AND operation = 'insert'"
        " AND command_id = (SELECT max(command_id) FROM change WHERE table_name = 'callback' AND row_id = ?"
        " AND json_extract(before, '$.status') = 'open'"
        " AND json_extract(after, '$.status') IN ('done', 'skipped'))) ORDER BY id"
    )
    return _stored(connection, condition, [row["customer_id"], row["id"], row["id"]])


def served_with(connection: sqlite3.Connection, callback_id: int) -> list[CallbackRow]:
    """Return the callbacks that were noted together with one, in the order of their ids."""
    (customer_id,) = connection.execute("SELECT customer_id FROM callback WHERE id = ?", [callback_id]).fetchone()
    condition = "customer_id = ? AND status = 'done' AND served_with = ? ORDER BY id"
    return _stored(connection, condition, [customer_id, callback_id])


def of_sale(connection: sqlite3.Connection, sale_id: int) -> list[CallbackRow]:
    """Return the callbacks that a sale planned, the open ones last."""
    return _stored(connection, "sale_id = ? AND after_sale IS NOT NULL ORDER BY status = 'open', id", [sale_id])


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


def count_open(connection: sqlite3.Connection, customer_id: int) -> int:
    """Return how many callbacks of a customer are open."""
    query = "SELECT count(*) FROM callback WHERE customer_id = ? AND status = 'open'"
    return int(connection.execute(query, [customer_id]).fetchone()[0])


# What stands where a rule put it: nobody has moved, timed, tried or noted it (source: handbook 4).
WHERE_PUT: Final = "due_on = planned_on AND agreed_on IS NULL AND due_at IS NULL AND tries = 0 AND planned_note IS NULL"


class Placed(Value):
    """An open callback that stands where the cadence put it, with what it depends on; days are ISO text."""

    id: int
    customer_id: int
    due_on: str
    relationship: str | None
    grade: str | None
    last_contact_on: str | None
    created_at: str


def planned_by_rules(connection: sqlite3.Connection) -> set[int]:
    """Return the customers with whom the cadence, or the frequency of visits, has planned something that is open."""
    query = "SELECT customer_id FROM callback WHERE status = 'open' AND origin IN ('cadence', 'visit')"
    return {customer_id for (customer_id,) in connection.execute(query)}


def placed_by_cadence(connection: sqlite3.Connection, customer_ids: Sequence[int]) -> list[Placed]:
    """Return the open callbacks of customers that stand where the cadence put them, in the order of customers."""
    cursor = connection.execute(
        f"""SELECT callback.id, customer.id, due_on, relationship, grade,
            (SELECT max(done_on) FROM callback AS done WHERE done.customer_id = customer.id AND done.status = 'done'),
            customer.created_at
        FROM json_each(?) CROSS JOIN callback ON callback.customer_id = value
        JOIN customer ON customer.id = callback.customer_id
        WHERE callback.status = 'open' AND origin = 'cadence' AND {WHERE_PUT}
        ORDER BY customer.id, callback.id""",
        [f"[{','.join(map(str, customer_ids))}]"],  # numbers, as json has them
    )
    return [Placed(*row) for row in cursor]


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


# About how many days lie between two dates of a series, as `Interval.usual_days` says it.
_EVERY: Final = """CASE WHEN every = 'eom' THEN 30 WHEN every LIKE '%workday' THEN max(1, CAST(every AS INTEGER))
      ELSE CAST(every AS INTEGER)
        * CASE substr(every, -1) WHEN 'w' THEN 7 WHEN 'm' THEN 30 WHEN 'y' THEN 365 ELSE 1 END END"""
# Whom the cadence would plan: who has no open callback of it, nor a series that is at least as frequent (source:
# handbook 4, 5).
_UNPLANNED: Final = f"""relationship IN ('proactive', 'partnership') AND archived_on IS NULL AND NOT do_not_contact
    AND status <> 'lost'
    AND NOT EXISTS (
      SELECT 1 FROM callback WHERE customer_id = customer.id AND status = 'open'
        AND (origin = 'cadence' OR (every IS NOT NULL AND {_EVERY} BETWEEN 1 AND {{cadence}})))"""
Cadences = Mapping[tuple[str, str | None], int]


def _unplanned(cadences: Cadences) -> str:
    """Return the condition on cards whom the cadence would plan, with its days by relationship and grade."""
    cases = " ".join(
        f"WHEN '{relationship}' = relationship AND grade IS {'NULL' if grade is None else repr(grade)} THEN {days:d}"
        for (relationship, grade), days in cadences.items()
    )
    return _UNPLANNED.format(cadence=f"(CASE {cases} END)")


def without_cadence_callback(connection: sqlite3.Connection, cadences: Cadences) -> Iterator[Unplanned]:
    """Yield every customer that cadence would plan and that has no open callback of it, in the order of ids.

    cadences: in days, by relationship and grade.
    """
    cursor = connection.execute(
        f"""SELECT id, name, owner, relationship, grade, channel,
            (SELECT max(done_on) FROM callback WHERE customer_id = customer.id AND status = 'done'), created_at
        FROM customer WHERE {_unplanned(cadences)} ORDER BY id"""
    )
    return (Unplanned(*row) for row in cursor)


def near_of(connection: sqlite3.Connection, planned: Sequence[tuple[int, str]], within: int) -> list[int]:
    """Return the ids of the customers with whom something else is open within so many days of what is planned.

    planned: customer and day, as ISO text, of each.
    """
    query = (
        "SELECT 1 FROM callback WHERE customer_id = ? AND status = 'open' AND due_on BETWEEN date(?, ?) AND date(?, ?)"
        " LIMIT 1"
    )
    around = (f"-{within} days", f"+{within} days")
    return [
        customer_id
        for customer_id, day in planned
        if connection.execute(query, [customer_id, day, around[0], day, around[1]]).fetchone() is not None
    ]


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


def count_unplanned(connection: sqlite3.Connection, cadences: Cadences, owners: Sequence[str] = ()) -> int:
    """Return how many customers, of these owners or of all, `without_cadence_callback` would give."""
    of_owners = f"AND owner IN ({', '.join('?' * len(owners))})" if owners else ""
    query = f"SELECT count(*) FROM customer WHERE {_unplanned(cadences)} {of_owners}"
    return int(connection.execute(query, list(owners)).fetchone()[0])


def customer_of(connection: sqlite3.Connection, callback_id: int) -> str:
    """Return the name of the customer of a callback."""
    query = "SELECT name FROM callback JOIN customer ON customer.id = customer_id WHERE callback.id = ?"
    return str(connection.execute(query, [callback_id]).fetchone()[0])
