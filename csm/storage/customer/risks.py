"""The SQL of the facts that say which customers are at risk, each kind of fact in one query."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from csm.domain.value import Value
from csm.storage.sale.rows import PURCHASE


class Watched(Value):
    """Whose risk is looked at: everybody in use and not lost, or only those of some owners, or one customer."""

    owners: Sequence[str] = ()
    customer_id: int | None = None

    def where(self) -> tuple[str, list[object]]:
        """Return the condition on `customer` and the values bound in it."""
        parts, given = ["customer.archived_on IS NULL AND customer.status <> 'lost'"], list[object]()
        if self.owners:
            parts.append(f"customer.owner IN ({', '.join('?' * len(self.owners))})")
            given += self.owners
        if self.customer_id is not None:
            parts.append("customer.id = ?")
            given.append(self.customer_id)
        return " AND ".join(parts), given

    def among(self, column: str) -> tuple[str, list[object]]:
        """Return the condition that `column` is the id of such a customer; nothing where everybody is looked at."""
        if not self.owners and self.customer_id is None:
            return "", []
        where, given = self.where()
        return f" AND {column} IN (SELECT id FROM customer WHERE {where})", given


class Card(NamedTuple):
    """What the list of risks says of a customer, and what else it goes by; days are ISO text.

    satisfaction: that of the last contact which has one.
    """

    id: int
    name: str
    key_account: str | None
    grade: str | None
    owner: str | None
    phone: str | None
    relationship: str | None
    do_not_contact: int
    created_at: str
    last_contact_on: str | None
    satisfaction: int | None


def cards(connection: sqlite3.Connection, watched: Watched, today: str, now: str) -> Iterator[Card]:
    """Give the customers that are looked at, in the order of their ids; what came after `today` doesn't count.

    A contact is a callback, a service or a complaint that came in. `now` is the end of what is known, UTC text.
    """
    where, given = watched.where()
    cursor = connection.execute(
        f"""SELECT id, name, key_account, grade, owner,
          coalesce(phone, (SELECT number FROM contact_phone JOIN contact AS c ON c.id = contact_id
            WHERE c.customer_id = customer.id AND c.left_on IS NULL ORDER BY contact_phone.id LIMIT 1)),
          relationship, do_not_contact, created_at,
          nullif(max(
            coalesce((SELECT max(done_on) FROM callback
              WHERE customer_id = customer.id AND callback.status = 'done' AND done_on <= ?), ''),
            coalesce((SELECT max(done_on) FROM service WHERE customer_id = customer.id AND done_on <= ?), ''),
            coalesce((SELECT substr(received_at, 1, 10) FROM complaint
              WHERE customer_id = customer.id AND received_at <= ? AND id NOT IN (SELECT id FROM complaint_void)
              ORDER BY received_at DESC LIMIT 1), '')), ''),
          (SELECT satisfaction FROM callback
           WHERE customer_id = customer.id AND callback.status = 'done' AND done_on <= ?
             AND satisfaction IS NOT NULL
           ORDER BY done_on DESC, done_at DESC, id DESC LIMIT 1)
        FROM customer WHERE {where} ORDER BY id""",
        [today, today, now, today, *given],
    )
    return map(Card._make, cursor)


def purchases(connection: sqlite3.Connection, watched: Watched, today: str) -> Iterator[tuple[int, str]]:
    """Yield every customer that bought up to `today`, with the days joined by commas; a day can come twice.

    One row a customer, by the covering index: a million rows would take longer to hand over than to read.
    """
    among, given = watched.among("customer_id")
    return connection.execute(
        "SELECT customer_id, group_concat(sold_on)"
        f" FROM sale WHERE {PURCHASE} AND sold_on <= ?{among} GROUP BY customer_id",
        [today, *given],
    )


def troubles(
    connection: sqlite3.Connection, watched: Watched, now: str
) -> list[tuple[int, int, str, str | None, int | None]]:
    """Return (customer id, case, status, closed, satisfaction) of the complaints that are open or may have ended badly.

    Grievances and what was received after `now` are left out. `now` and `closed` are UTC text.
    """
    among, given = watched.among("complaint.customer_id")
    return connection.execute(
        f"""SELECT complaint.customer_id, complaint.id, state.status, state.closed_at, state.satisfaction
        FROM complaint_counted AS state CROSS JOIN complaint ON complaint.id = state.id
        WHERE state.level = 'complaint' AND complaint.received_at <= ?
          AND (state.status IN ('open', 'waiting', 'unresolved') OR state.satisfaction <= 2){among}
        ORDER BY complaint.id""",
        [now, *given],
    ).fetchall()


def broken_promises(
    connection: sqlite3.Connection, watched: Watched, since: str, until: str
) -> list[tuple[int, int, str]]:
    """Return (customer id, promise, day due) of our promises that were broken and due from `since` to `until`."""
    among, given = watched.among("customer_id")
    return connection.execute(
        f"""SELECT customer_id, id, due_on FROM promise
        WHERE status = 'broken' AND direction = 'ours' AND due_on >= ? AND due_on <= ?{among} ORDER BY id""",
        [since, until, *given],
    ).fetchall()
