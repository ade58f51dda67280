"""The SQL of losses and win-backs, and of the facts that say which customers are at risk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from csm.domain.value import Value
from csm.storage import rows
from csm.storage.sales import PURCHASE

# --- losses -------------------------------------------------------------------------------------------------------


def open_loss(connection: sqlite3.Connection, customer_id: int) -> dict[str, object] | None:
    """Return the loss of a customer, as stored, that isn't won back yet, or None."""
    found = rows.fetch_all(
        connection, "loss", "customer_id = ? AND won_back_on IS NULL ORDER BY id DESC LIMIT 1", [customer_id]
    )
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


def cancel_cadence(connection: sqlite3.Connection, customer_id: int, reason: str) -> tuple[int, int]:
    """Cancel what is planned with a customer by cadence; return how many, and how many open callbacks are left."""
    cancelled = connection.execute(
        "UPDATE callback SET status = 'cancelled', reason = ?"
        " WHERE customer_id = ? AND status = 'open' AND origin = 'cadence'",
        [reason, customer_id],
    ).rowcount
    left = connection.execute(
        "SELECT count(*) FROM callback WHERE customer_id = ? AND status = 'open'", [customer_id]
    ).fetchone()[0]
    return cancelled, int(left)


# --- risk ---------------------------------------------------------------------------------------------------------


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
            WHERE c.customer_id = customer.id ORDER BY contact_phone.id LIMIT 1)),
          relationship, do_not_contact, created_at,
          nullif(max(
            coalesce((SELECT max(done_on) FROM callback
              WHERE customer_id = customer.id AND callback.status = 'done' AND done_on <= ?), ''),
            coalesce((SELECT max(done_on) FROM service WHERE customer_id = customer.id AND done_on <= ?), ''),
            coalesce((SELECT substr(max(received_at), 1, 10) FROM complaint
              WHERE customer_id = customer.id AND received_at <= ?), '')), ''),
          (SELECT satisfaction FROM callback
           WHERE customer_id = customer.id AND callback.status = 'done' AND done_on <= ?
             AND satisfaction IS NOT NULL
           ORDER BY done_on DESC, done_at DESC, id DESC LIMIT 1)
        FROM customer WHERE {where} ORDER BY id""",
        [today, today, now, today, *given],
    )
    return map(Card._make, cursor)


def purchases(connection: sqlite3.Connection, watched: Watched, today: str) -> Iterator[tuple[int, str]]:
    """Give every customer that bought up to `today`, with the days joined by commas; a day can come twice.

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
        FROM complaint_state AS state CROSS JOIN complaint ON complaint.id = state.complaint_id
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
