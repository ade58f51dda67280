"""The SQL of cases: their events, what was worked out from them, and what planning and warning need to know."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from csm.domain.value import Value
from csm.storage.database import BULK_CACHE_KIB

DEADLINE_COLUMNS: Final = (
    "clock",
    "round",
    "start_at",
    "target",
    "due_at",
    "due_on",
    "met_at",
    "missed",
    "standing",
    "plain",
)
_UPSERT: Final = (
    f"INSERT INTO complaint_deadline (complaint_id, {', '.join(DEADLINE_COLUMNS)})"
    f" VALUES (?, {', '.join('?' * len(DEADLINE_COLUMNS))})"
    f" ON CONFLICT (complaint_id, clock, round) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in DEADLINE_COLUMNS[2:])
)


def events(connection: sqlite3.Connection, complaint_id: int) -> list[tuple[str, str, str, str | None, int, str]]:
    """Return (at, by, step, text, level, data) of the events of a case in the order they were recorded."""
    return connection.execute(
        "SELECT at, by, step, text, level, data FROM complaint_event WHERE complaint_id = ? ORDER BY id",
        [complaint_id],
    ).fetchall()


def add_event(
    connection: sqlite3.Connection,
    complaint_id: int,
    event: tuple[str, str, str, str | None, int, str],
) -> int:
    """Add an event, (at, by, step, text, level, data); return its id."""
    return int(
        connection.execute(
            "INSERT INTO complaint_event (complaint_id, at, by, step, text, level, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [complaint_id, *event],
        ).lastrowid
        or 0
    )


def promises(connection: sqlite3.Connection, complaint_id: int) -> list[dict[str, Any]]:
    """Return the promises made on a case, the oldest first."""
    from csm.storage import rows

    return rows.fetch_all(connection, "promise", "complaint_id = ? ORDER BY id", [complaint_id])


def store_state(connection: sqlite3.Connection, complaint_id: int, state: Mapping[str, object]) -> None:
    """Write what a case adds up to."""
    columns = ", ".join(state)
    places = ", ".join("?" * len(state))
    connection.execute(
        f"INSERT OR REPLACE INTO complaint_state (complaint_id, {columns}) VALUES (?, {places})",
        [complaint_id, *state.values()],
    )


def store_deadlines(connection: sqlite3.Connection, complaint_id: int, found: Iterable[Sequence[object]]) -> None:
    """Write the deadlines of a case, values in the order of `DEADLINE_COLUMNS`."""
    connection.executemany(_UPSERT, [(complaint_id, *values) for values in found])


def deadlines(connection: sqlite3.Connection, complaint_id: int) -> list[dict[str, Any]]:
    """Return the stored deadlines of a case in the order of its clocks."""
    from csm.storage import rows

    order = "CASE clock WHEN 'first-response' THEN 1 WHEN 'technician' THEN 2 WHEN 'proposal' THEN 3 ELSE 4 END"
    return rows.fetch_all(connection, "complaint_deadline", f"complaint_id = ? ORDER BY {order}, round", [complaint_id])


def missed_since(connection: sqlite3.Connection, now: str) -> list[int]:
    """Return the ids of the cases with a deadline that passed before `now` and isn't on record as missed."""
    return [
        found
        for (found,) in connection.execute(
            "SELECT complaint_id FROM complaint_state WHERE next_miss_at < ? ORDER BY next_miss_at, complaint_id", [now]
        )
    ]


def open_of_owner(connection: sqlite3.Connection, owner: str) -> list[int]:
    """Return the ids of the open cases that somebody is in charge of."""
    return [
        found
        for (found,) in connection.execute(
            "SELECT complaint_id FROM complaint_state WHERE status IN ('open', 'waiting') AND owner = ?"
            " ORDER BY complaint_id",
            [owner],
        )
    ]


def open_of_customer(connection: sqlite3.Connection, customer_id: int) -> list[int]:
    """Return the ids of the open cases of a customer."""
    return [
        found
        for (found,) in connection.execute(
            "SELECT complaint_id FROM complaint_state JOIN complaint ON complaint.id = complaint_id"
            " WHERE customer_id = ? AND status IN ('open', 'waiting') ORDER BY complaint_id",
            [customer_id],
        )
    ]


# --- the satisfaction callback -------------------------------------------------------------------------------------


def satisfaction_callbacks(connection: sqlite3.Connection, complaint_id: int) -> list[dict[str, Any]]:
    """Return the open callbacks that ask whether a case was settled to the customer's satisfaction."""
    from csm.storage import rows

    return rows.fetch_all(
        connection,
        "callback",
        "complaint_id = ? AND purpose = 'satisfaction' AND status = 'open' ORDER BY due_on, id",
        [complaint_id],
    )


def most_tries(connection: sqlite3.Connection, complaint_id: int, since: str) -> int:
    """Return how often nobody answered one of the satisfaction callbacks of a case planned since an instant."""
    (most,) = connection.execute(
        "SELECT coalesce(max(tries), 0) FROM callback WHERE complaint_id = ?1 AND purpose = 'satisfaction'"
        " AND created_at >= ?2 AND id IS NOT (SELECT callback_id FROM complaint WHERE id = ?1)",
        [complaint_id, since],
    ).fetchone()
    return int(most)


# --- preventions ------------------------------------------------------------------------------------------------------


def preventions(connection: sqlite3.Connection, complaint_id: int) -> list[dict[str, Any]]:
    """Return what is to keep a case from happening again, the earliest due first."""
    from csm.storage import rows

    return rows.fetch_all(
        connection, "prevention", "complaint_id = ? ORDER BY done_at IS NOT NULL, due_on, id", [complaint_id]
    )


# --- the page for the morning -----------------------------------------------------------------------------------------


class Warned(Value):
    """One problem that several customers have had: how many, and the cases."""

    problem: str
    customers: int
    complaint_ids: list[int]


def warnings(connection: sqlite3.Connection, since: str, customers: int) -> list[Warned]:
    """Return the problems that at least so many customers have had since an instant; "other" is no one problem."""
    found = connection.execute(
        "SELECT problem, count(DISTINCT customer_id), group_concat(id) FROM complaint"
        " WHERE received_at >= ? AND problem IS NOT NULL AND problem <> 'other'"
        " GROUP BY problem HAVING count(DISTINCT customer_id) >= ? ORDER BY 2 DESC, problem",
        [since, customers],
    )
    return [Warned(problem, number, sorted(map(int, ids.split(",")))) for problem, number, ids in found]


def feedback_waiting(connection: sqlite3.Connection) -> list[int]:
    """Return the ids of the cases whose technician's feedback the dedicated manager hasn't read."""
    return [
        found
        for (found,) in connection.execute(
            "SELECT complaint_id FROM complaint_state WHERE feedback = 'waiting' ORDER BY complaint_id"
        )
    ]


# --- recomputing what is open -----------------------------------------------------------------------------------------

# What follows for a case: next clock, when it is due, the next miss, late while waiting; complaint id.
Next = tuple[str | None, str | None, str | None, int, int]
# Complaint id, start, target, id, clock, round, due, day, standing, missed, waiting since; then `Next` as it is stored.
Standing = tuple[
    int, str, str, int, str, int, str, str, str, int, str | None, str | None, str | None, str | None, int, int
]


def standing_deadlines(connection: sqlite3.Connection) -> Iterator[Standing]:
    """Give every deadline of an open case that runs or is paused, case by case; nothing may be written meanwhile."""
    return connection.execute(
        "SELECT s.complaint_id, start_at, target, d.id, clock, round, due_at, due_on, standing, d.missed,"
        " waiting_since, next_clock, next_due_at, next_miss_at, late_waiting, s.complaint_id"
        " FROM complaint_state AS s JOIN complaint_deadline AS d ON d.complaint_id = s.complaint_id"
        " WHERE status IN ('open', 'waiting') AND standing IN ('running', 'paused') ORDER BY s.complaint_id"
    )


def cases_beyond_targets(connection: sqlite3.Connection) -> set[int]:
    """Return the ids of the cases whose deadlines don't follow from start and target alone, or that have a promise."""
    return {
        found
        for (found,) in connection.execute(
            "SELECT complaint_id FROM complaint_deadline WHERE standing IN ('running', 'paused') AND NOT plain"
            " UNION SELECT complaint_id FROM promise WHERE status = 'open' AND complaint_id IS NOT NULL"
        )
    }


def move_deadlines(
    connection: sqlite3.Connection, moved: Sequence[tuple[str, str, int]], cases: Sequence[Next]
) -> None:
    """Write (due, day, id) of deadlines that moved, and what follows for their `cases`."""
    connection.execute(f"PRAGMA cache_size = -{BULK_CACHE_KIB}")  # their indexes are written all over
    connection.executemany("UPDATE complaint_deadline SET due_at = ?, due_on = ? WHERE id = ?", moved)
    connection.executemany(
        "UPDATE complaint_state SET next_clock = ?, next_due_at = ?, next_miss_at = ?, late_waiting = ?"
        " WHERE complaint_id = ?",
        cases,
    )


def days_of_open_promises(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Return (id, due, local day of it) of the promises that are open."""
    return connection.execute("SELECT id, due_at, due_on FROM promise WHERE status = 'open'").fetchall()


def store_promise_days(connection: sqlite3.Connection, days: Iterable[tuple[str, int]]) -> None:
    """Write (day, id) of promises."""
    connection.executemany("UPDATE promise SET due_on = ? WHERE id = ?", days)


def days_of_proposals(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Return (complaint id, when it was proposed, local day of it) of the proposals that wait for approval."""
    return connection.execute(
        "SELECT complaint_id, at, approval_on FROM (SELECT s.complaint_id, at, approval_on, max(e.id)"
        " FROM complaint_state AS s JOIN complaint_event AS e ON e.complaint_id = s.complaint_id AND e.step = 'propose'"
        " WHERE approval_level IS NOT NULL GROUP BY s.complaint_id)"
    ).fetchall()


def store_proposal_days(connection: sqlite3.Connection, days: Iterable[tuple[str, int]]) -> None:
    """Write (day, complaint id) of proposals that wait for approval."""
    connection.executemany("UPDATE complaint_state SET approval_on = ? WHERE complaint_id = ?", days)
