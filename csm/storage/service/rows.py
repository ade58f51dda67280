"""The SQL of services rendered: their checklists as ticked, items not met counted, what an import finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Final

from csm.storage import rows
from csm.storage.files.known import Row
from csm.storage.listing import Condition

# A checklist as one text of json: a column of lists and exports (`csm.storage.listing`).
CHECKS: Final = (
    "(SELECT json_group_array(json_object('item', item, 'met', json(CASE met WHEN 1 THEN 'true' ELSE 'false' END)))"
    " FROM (SELECT item, met FROM service_check WHERE service_id = v.id ORDER BY id))"
)
# The messages that wait to be dealt with, as a condition of `service_list`.
WAITING: Final = Condition("v.message IS NOT NULL AND v.message_done_on IS NULL")
# What items are counted by: the column that tells groups apart, and the one that names them.
GROUPS: Final = {
    "item": ("item", "item"),
    "person": ("by", "by"),
    "customer": ("customer_id", "customer"),
}

Counted = tuple[Any, ...]


def checks(connection: sqlite3.Connection, service_id: int) -> list[tuple[str, int]]:
    """Return (item, 1 where it is met) of what was ticked, in the order of the checklist then."""
    query = "SELECT item, met FROM service_check WHERE service_id = ? ORDER BY id"
    return connection.execute(query, [service_id]).fetchall()


def tick(connection: sqlite3.Connection, service_id: int, ticked: Mapping[str, int]) -> bool:
    """Store items with 1 or 0; one that is there already takes the new value. Return whether that changed anything."""
    done = connection.executemany(
        "INSERT INTO service_check (service_id, item, met) VALUES (?, ?, ?)"
        " ON CONFLICT (service_id, item) DO UPDATE SET met = excluded.met WHERE met <> excluded.met",
        [(service_id, item, met) for item, met in ticked.items()],
    )
    return done.rowcount > 0


def untick(connection: sqlite3.Connection, service_id: int) -> None:
    """Forget what was ticked."""
    connection.execute("DELETE FROM service_check WHERE service_id = ?", [service_id])


def counted(
    connection: sqlite3.Connection, by: str, kind: str | None, first: str | None, last: str | None
) -> list[Counted]:
    """Return (name, ticked, met, not met, share not met, last day not met) of each group, the worst first.

    by: a key of GROUPS. kind: only services of it. first, last: days between which they were done, both included.
    """
    group, name = (f'"{column}"' for column in GROUPS[by])
    return connection.execute(
        f"SELECT min({name}) AS name, count(*), sum(met), sum(NOT met) AS not_met, avg(NOT met) AS share,"
        " max(CASE met WHEN 0 THEN done_on END) FROM service_check_list"
        " WHERE (:kind IS NULL OR kind = :kind) AND (:first IS NULL OR done_on >= :first)"
        " AND (:last IS NULL OR done_on <= :last)"
        f" GROUP BY {group} ORDER BY not_met DESC, share DESC, name",
        {"kind": kind, "first": first, "last": last},
    ).fetchall()


# --- what an import finds -----------------------------------------------------------------------------------------


def by_external_id(connection: sqlite3.Connection, external_id: str) -> Row | None:
    """Return the first service with an external id."""
    found = rows.fetch_all(connection, "service", "external_id = ? ORDER BY id LIMIT 1", [external_id])
    return found[0] if found else None


def services_on(connection: sqlite3.Connection, customer_id: int, day: str, kind: str, *, up_to: int) -> Sequence[Row]:
    """Return the services of a kind for a customer on a day, none with an id above `up_to`, in order."""
    condition = "customer_id = ? AND done_on = ? AND kind = ? AND id <= ? ORDER BY id"
    return rows.fetch_all(connection, "service", condition, [customer_id, day, kind, up_to])
