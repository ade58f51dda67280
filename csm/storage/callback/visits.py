"""The SQL of visits by the frequency on the card."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final, cast

from csm.domain.value import Value
from csm.storage import rows
from csm.storage.callback.rows import WHERE_PUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm.storage.row_types import CallbackRow

# When somebody was last there: a callback done at the door, or a visit among the services.
_LAST: Final = """(SELECT max(day) FROM (
      SELECT done_on AS day FROM callback
      WHERE callback.customer_id = {0} AND status = 'done' AND channel IN ('visit', 'in-person')
      UNION ALL SELECT done_on FROM service WHERE service.customer_id = {0} AND kind = 'visit'))"""
# An open visit that leaves no room for another by frequency: one of either rule, or a series of visits.
_OPEN: Final = "status = 'open' AND (origin IN ('visit', 'route') OR (channel = 'visit' AND every IS NOT NULL))"


class Unvisited(Value):
    """A customer with a frequency of visits and none planned; days are ISO text."""

    id: int
    name: str
    owner: str | None
    visit_every: str
    route: str | None
    route_order: int | None
    last_visit_on: str | None
    created_at: str


def without_visit(connection: sqlite3.Connection) -> Iterator[Unvisited]:
    """Yield every customer that is to be visited and has no visit planned, in the order of routes, places and ids."""
    cursor = connection.execute(
        f"""SELECT id, name, owner, visit_every, nullif(route, ''), route_order, {_LAST.format("customer.id")},
          created_at
        FROM customer
        WHERE visit_every IS NOT NULL AND archived_on IS NULL AND NOT do_not_contact AND status <> 'lost'
          AND NOT EXISTS (SELECT 1 FROM callback WHERE customer_id = customer.id AND {_OPEN})
        ORDER BY route IS NULL, route, route_order IS NULL, route_order, id"""
    )
    return (Unvisited(*row) for row in cursor)


def last_visit(connection: sqlite3.Connection, customer_id: int) -> str | None:
    """Return the day on which somebody was last at a customer's, None where nobody was."""
    (day,) = connection.execute(f"SELECT {_LAST.format(':customer')}", {"customer": customer_id}).fetchone()
    return None if day is None else str(day)


def open_visit(connection: sqlite3.Connection, customer_id: int) -> CallbackRow | None:
    """Return the open visit of a customer that leaves no room for another, the one by frequency first; or None."""
    condition = f"customer_id = ? AND {_OPEN} ORDER BY origin <> 'visit', due_on, id LIMIT 1"
    found = cast("list[CallbackRow]", rows.fetch_all(connection, "callback", condition, [customer_id]))
    return found[0] if found else None


def open_by_frequency(connection: sqlite3.Connection, customer_id: int) -> CallbackRow | None:
    """Return the open visit of a customer that stands where its frequency put it, or None."""
    condition = f"customer_id = ? AND status = 'open' AND origin = 'visit' AND {WHERE_PUT} ORDER BY due_on, id LIMIT 1"
    found = cast("list[CallbackRow]", rows.fetch_all(connection, "callback", condition, [customer_id]))
    return found[0] if found else None


def day_of_route(
    connection: sqlite3.Connection, route: str | None, first: str, last: str, besides: int | None
) -> str | None:
    """Return the first day between two, both included, on which a visit by frequency is planned on a route; or None.

    besides: the id of a callback that doesn't count.
    """
    if not route:
        return None
    (day,) = connection.execute(
        """SELECT min(due_on) FROM callback CROSS JOIN customer ON customer.id = customer_id
        WHERE callback.status = 'open' AND origin = 'visit' AND due_on BETWEEN ? AND ? AND customer.route = ?
          AND callback.id IS NOT ?""",
        [first, last, route, besides],
    ).fetchone()
    return None if day is None else str(day)
