"""The SQL of head offices and branches: which cards stand below one, which above it, and what they owe together.

Every walk goes over each card a single time ("UNION"), so that a circle that another program has made ends it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from typing import Any, Final

from csm.storage import json_text
from csm.storage.listing import Condition

# The card whose id is bound, and all below it.
BELOW: Final = (
    "WITH RECURSIVE below (id) AS (SELECT ? UNION"
    " SELECT customer.id FROM below CROSS JOIN customer ON customer.parent_id = below.id) SELECT id FROM below"
)
_ABOVE: Final = (
    "WITH RECURSIVE above (id) AS (SELECT ? UNION"
    " SELECT customer.parent_id FROM above CROSS JOIN customer ON customer.id = above.id"
    " WHERE customer.parent_id IS NOT NULL)"
)


def is_or_below(customer_id: int, column: str = "v.customer_id") -> Condition:
    """Return the condition that a column, SQL, is a customer or one of the branches below it."""
    return Condition(f"{column} IN ({BELOW})", (customer_id,))


def below(connection: sqlite3.Connection, customer_id: int) -> list[int]:
    """Return the id of a customer and those of all branches below it, in their order."""
    return sorted(found for (found,) in connection.execute(BELOW, [customer_id]))


def parents_above(connection: sqlite3.Connection, customer_id: int) -> dict[int, int | None]:
    """Return by id the parent of a customer and of every card above it."""
    return dict(
        connection.execute(
            f"{_ABOVE} SELECT customer.id, parent_id FROM above CROSS JOIN customer ON customer.id = above.id",
            [customer_id],
        )
    )


def all_parents(connection: sqlite3.Connection) -> dict[int, int | None]:
    """Return by id the parent of every card that has one."""
    return dict(connection.execute("SELECT id, parent_id FROM customer WHERE parent_id IS NOT NULL"))


def names(connection: sqlite3.Connection, ids: Sequence[int]) -> list[str]:
    """Return the names of cards in the order of `ids`."""
    places = ", ".join("?" * len(ids))
    found = dict(connection.execute(f"SELECT id, name FROM customer WHERE id IN ({places})", list(ids)))
    return [str(found[one]) for one in ids]


def count(connection: sqlite3.Connection, customer_id: int) -> int:
    """Return how many cards name a customer as their parent."""
    query = "SELECT count(*) FROM customer WHERE parent_id = ?"
    return int(connection.execute(query, [customer_id]).fetchone()[0])


def branches(connection: sqlite3.Connection, customer_id: int) -> list[dict[str, Any]]:
    """Return id, name, balance in cents and archived day of the cards that name a customer as their parent, by name."""
    found = connection.execute(
        "SELECT id, name, balance_cents, archived_on FROM customer_list WHERE parent_id = ? ORDER BY name_key, id",
        [customer_id],
    )
    return [dict(zip(("id", "name", "balance", "archived_on"), row, strict=True)) for row in found]


def limits(connection: sqlite3.Connection, customer_id: int) -> list[tuple[int, str, int]]:
    """Return (id, name, credit limit in cents) of a customer and of each card above it that has one, by id."""
    return connection.execute(
        f"{_ABOVE} SELECT customer.id, name, credit_limit_cents FROM above"
        " CROSS JOIN customer ON customer.id = above.id WHERE credit_limit_cents IS NOT NULL ORDER BY customer.id",
        [customer_id],
    ).fetchall()


def sums(connection: sqlite3.Connection, customer_id: int, today: str) -> tuple[int, int, int, int]:
    """Return of a customer and all below it: how many cards, balance, what of it was due before a day, open cases.

    What somebody has with us covers their oldest bills (source: handbook 8).
    """
    condition = is_or_below(customer_id, "v.id")
    row = connection.execute(
        "SELECT count(*), sum(balance_cents), sum(min(max(balance_cents, 0),"
        " (SELECT coalesce(sum(asked_cents), 0) FROM sale_unpaid WHERE customer_id = v.id AND due_on < ?)"
        " + (SELECT coalesce(sum(part.amount_cents - part.paid_cents), 0)"
        " FROM repayment_plan AS plan CROSS JOIN instalment AS part ON part.plan_id = plan.id"
        " WHERE plan.customer_id = v.id AND part.cancelled_on IS NULL AND part.due_on < ?))), sum(open_complaints)"
        f" FROM customer_list AS v WHERE {condition.sql}",
        [today, today, *condition.given],
    ).fetchone()
    return int(row[0]), int(row[1]), int(row[2]), int(row[3])


def above_limits(connection: sqlite3.Connection, customer_ids: Collection[int]) -> list[tuple[int, str, int, int, int]]:
    """Return (id, name, balance and limit in cents, number of branches) of every card above its credit limit, by id,
    that is one of some customers or stands above one; a limit counts for its card and all branches below it."""
    return connection.execute(
        "WITH RECURSIVE reached (id) AS (SELECT value FROM json_each(?) UNION"
        " SELECT customer.parent_id FROM reached CROSS JOIN customer ON customer.id = reached.id"
        " WHERE customer.parent_id IS NOT NULL),"
        " below (holder, id) AS (SELECT customer.id, customer.id FROM reached CROSS JOIN customer USING (id)"
        " WHERE credit_limit_cents IS NOT NULL UNION"
        " SELECT holder, customer.id FROM below CROSS JOIN customer ON customer.parent_id = below.id)"
        " SELECT holder.id, holder.name, sum(v.balance_cents) AS owed, holder.credit_limit_cents, count(*) - 1"
        " FROM below CROSS JOIN customer_list AS v ON v.id = below.id CROSS JOIN customer AS holder"
        " ON holder.id = below.holder GROUP BY holder.id HAVING owed > holder.credit_limit_cents ORDER BY holder.id",
        [json_text.written(sorted(customer_ids))],
    ).fetchall()


def balance(connection: sqlite3.Connection, customer_id: int) -> tuple[int, int]:
    """Return how many cards a customer and the branches below it are, and what they owe together in cents."""
    condition = is_or_below(customer_id, "v.id")
    row = connection.execute(
        f"SELECT count(*), coalesce(sum(balance_cents), 0) FROM customer_list AS v WHERE {condition.sql}",
        condition.given,
    ).fetchone()
    return int(row[0]), int(row[1])
