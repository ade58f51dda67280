"""The SQL of cases: their events, what was worked out from them, and what planning and warning need to know."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from csm.domain.value import Value
from csm.storage import json_text, rows
from csm.storage.file.database import BULK_CACHE_KIB

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
_TIMES: Final = (
    *("received_at", "first_response_at", "implemented_at"),
    *("response_seconds", "resolution_seconds", "total_seconds"),
)
# The order of the clocks of a case.
_PLACE: Final = "CASE clock WHEN 'first-response' THEN 1 WHEN 'technician' THEN 2 WHEN 'proposal' THEN 3 ELSE 4 END"


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
    return rows.fetch_all(connection, "promise", "complaint_id = ? ORDER BY id", [complaint_id])


def store_state(connection: sqlite3.Connection, complaint_id: int, state: Mapping[str, object]) -> None:
    """Write what a case adds up to."""
    columns = ", ".join(state)
    places = ", ".join("?" * len(state))
    connection.execute(
        f"INSERT OR REPLACE INTO complaint_state (complaint_id, {columns}) VALUES (?, {places})",
        [complaint_id, *state.values()],
    )


def times(connection: sqlite3.Connection, complaint_id: int) -> dict[str, Any] | None:
    """Return when a case was received, answered and resolved, and how long that took, as it is stored; None if new."""
    row = connection.execute(
        f"SELECT {', '.join(_TIMES)} FROM complaint_state WHERE complaint_id = ?", [complaint_id]
    ).fetchone()
    return None if row is None else dict(zip(_TIMES, row, strict=True))


def store_problem(connection: sqlite3.Connection, complaint_id: int, problem: object) -> None:
    """Write what a case is about; its state says so too, so that figures are counted along one index."""
    rows.update(connection, "complaint", complaint_id, {"problem": problem})
    connection.execute("UPDATE complaint_state SET problem = ? WHERE complaint_id = ?", [problem, complaint_id])


def cases_by_problem(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many cases are about which problem, those that count nowhere included."""
    return dict(
        connection.execute("SELECT problem, count(*) FROM complaint WHERE problem IS NOT NULL GROUP BY problem")
    )


def store_deadlines(connection: sqlite3.Connection, complaint_id: int, found: Iterable[Sequence[object]]) -> None:
    """Write the deadlines of a case, values in the order of `DEADLINE_COLUMNS`."""
    connection.executemany(_UPSERT, [(complaint_id, *values) for values in found])


def deadlines(connection: sqlite3.Connection, complaint_id: int) -> list[dict[str, Any]]:
    """Return the stored deadlines of a case in the order of its clocks."""
    return rows.fetch_all(
        connection, "complaint_deadline", f"complaint_id = ? ORDER BY {_PLACE}, round", [complaint_id]
    )


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


def ties(connection: sqlite3.Connection, complaint_id: int) -> list[str]:
    """Return the short references of what belongs to a case and to its customer.

    Those are promises, callbacks, surveys, and cases that were recorded twice.
    """
    found = connection.execute(
        "SELECT 'pr' || id FROM promise WHERE complaint_id = :id"
        " UNION ALL SELECT 'cb' || id FROM callback WHERE complaint_id = :id"
        " UNION ALL SELECT 'cb' || callback_id FROM complaint WHERE id = :id AND callback_id IS NOT NULL"
        " UNION ALL SELECT 'survey ' || id FROM survey WHERE complaint_id = :id"
        " UNION ALL SELECT 'cp' || complaint_id FROM complaint_state WHERE double_of = :id"
        " UNION ALL SELECT 'cp' || double_of FROM complaint_state WHERE complaint_id = :id AND double_of IS NOT NULL",
        {"id": complaint_id},
    )
    return list(dict.fromkeys(ref for (ref,) in found))


def open_cases(
    connection: sqlite3.Connection, customer_id: int, but: int
) -> list[tuple[int, str, str | None, str | None]]:
    """Return (id, summary, next step, problem) of the open cases of a customer, without that with the id `but`."""
    return connection.execute(
        "SELECT complaint.id, summary, next_step, complaint.problem FROM complaint"
        " CROSS JOIN complaint_state ON complaint_id = complaint.id"
        " WHERE customer_id = ? AND complaint.id <> ? AND status IN ('open', 'waiting') ORDER BY complaint.id",
        [customer_id, but],
    ).fetchall()


def doubles(connection: sqlite3.Connection, complaint_id: int) -> list[int]:
    """Return the ids of the cases that are doubles of one."""
    found = connection.execute(
        "SELECT complaint_id FROM complaint_state WHERE double_of = ? ORDER BY complaint_id", [complaint_id]
    )
    return [double for (double,) in found]


def meant_by(connection: sqlite3.Connection, complaint_id: int) -> tuple[int, int, str | None, int | None, str]:
    """Return (id, customer, why it counts nowhere, what it is a double of, name of the customer) of a case."""
    found: tuple[int, int, str | None, int | None, str] = connection.execute(
        "SELECT complaint.id, customer_id, void, double_of, name FROM complaint"
        " JOIN complaint_state ON complaint_id = complaint.id JOIN customer ON customer.id = customer_id"
        " WHERE complaint.id = ?",
        [complaint_id],
    ).fetchone()
    return found


def waiting_for_approval(connection: sqlite3.Connection) -> list[int]:
    """Return the ids of the cases whose proposal waits for approval."""
    return [
        found
        for (found,) in connection.execute(
            "SELECT complaint_id FROM complaint_state WHERE approval_level IS NOT NULL ORDER BY complaint_id"
        )
    ]


def set_approval_level(connection: sqlite3.Connection, complaint_id: int, level: int) -> None:
    """Write the lowest level that may decide the proposal of a case."""
    connection.execute("UPDATE complaint_state SET approval_level = ? WHERE complaint_id = ?", [level, complaint_id])


def rename_about(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Write another name of the member of staff that cases are about."""
    connection.execute("UPDATE complaint SET about = :new WHERE about = :old", {"old": old, "new": new})


# --- the satisfaction callback -------------------------------------------------------------------------------------


def satisfaction_callbacks(connection: sqlite3.Connection, complaint_id: int) -> list[dict[str, Any]]:
    """Return the open callbacks that ask whether a case was settled to the customer's satisfaction."""
    return rows.fetch_all(
        connection,
        "callback",
        "complaint_id = ? AND purpose = 'satisfaction' AND status = 'open' ORDER BY due_on, id",
        [complaint_id],
    )


def most_tries(connection: sqlite3.Connection, complaint_id: int, since: str) -> int:
    """Return how often nobody answered one of the satisfaction callbacks of a case planned since an instant."""
    (most,) = connection.execute(
        "SELECT coalesce(max(tries), 0) FROM callback WHERE complaint_id = :complaint AND purpose = 'satisfaction'"
        " AND created_at >= :since AND id IS NOT (SELECT callback_id FROM complaint WHERE id = :complaint)",
        {"complaint": complaint_id, "since": since},
    ).fetchone()
    return int(most)


# --- preventions ------------------------------------------------------------------------------------------------------


def surveys(connection: sqlite3.Connection, complaint_id: int) -> list[dict[str, Any]]:
    """Return the surveys that followed a case, in the order of their days."""
    return rows.fetch_all(connection, "survey_list", "complaint_id = ? ORDER BY taken_on, id", [complaint_id])


def preventions(connection: sqlite3.Connection, complaint_id: int) -> list[dict[str, Any]]:
    """Return what is to keep a case from happening again, the earliest due first."""
    return rows.fetch_all(
        connection, "prevention", "complaint_id = ? ORDER BY done_at IS NOT NULL, due_on, id", [complaint_id]
    )


# --- the page for the morning -----------------------------------------------------------------------------------------


class Warned(Value):
    """A problem, or a product line, that several customers complained about: how many, and the cases."""

    problem: str | None
    line: str | None
    customers: int
    complaint_ids: list[int]


# Cases that came in since an instant, with what they may have in common, but for those that count nowhere; each along
# an index.
_IN_COMMON: Final = (
    "SELECT problem, NULL AS line, customer_id, id FROM complaint"
    " WHERE received_at >= :since AND problem IS NOT NULL AND problem <> 'other'"
    " AND id NOT IN (SELECT id FROM complaint_void)",
    # lines are compared as the settings do it
    "SELECT NULL AS problem, sale.line, complaint.customer_id, complaint.id FROM complaint"
    " CROSS JOIN sale ON sale.id = complaint.sale_id"
    " WHERE received_at >= :since AND sale_id IS NOT NULL AND trim(line) <> ''"
    " AND complaint.id NOT IN (SELECT id FROM complaint_void)",
)


def warnings(connection: sqlite3.Connection, since: str, customers: int) -> list[Warned]:
    """Return the problems, then the product lines, that at least so many customers complained about since an instant.

    "other" is no one problem; the line of a case is that of its sale (source: handbook 6.3).
    """
    found = []
    for in_common in _IN_COMMON:
        found += connection.execute(
            f"SELECT problem, min(trim(line)), count(DISTINCT customer_id), group_concat(id) FROM ({in_common})"
            " GROUP BY problem, lower(trim(line)) HAVING count(DISTINCT customer_id) >= :customers"
            " ORDER BY 3 DESC, problem, 2",
            {"since": since, "customers": customers},
        ).fetchall()
    return [Warned(problem, line, number, sorted(map(int, ids.split(",")))) for problem, line, number, ids in found]


def to_close(connection: sqlite3.Connection, owners: Sequence[str] = ()) -> list[int]:
    """Return the ids of the open cases with nothing left but to close them: no clock, and no callback that asks."""
    of_owners = f"AND owner IN ({', '.join('?' * len(owners))})" if owners else ""
    return [
        found
        for (found,) in connection.execute(
            "SELECT complaint_id FROM complaint_state WHERE status IN ('open', 'waiting') AND next_due_at IS NULL"
            f" AND next_step = 'close' {of_owners} AND NOT EXISTS (SELECT 1 FROM callback"
            " WHERE callback.complaint_id = complaint_state.complaint_id AND callback.status = 'open')"
            " ORDER BY complaint_id",
            list(owners),
        )
    ]


def feedback_waiting(connection: sqlite3.Connection) -> list[int]:
    """Return the ids of the cases whose technician's feedback the dedicated manager hasn't read."""
    return [
        found
        for (found,) in connection.execute(
            "SELECT complaint_id FROM complaint_state WHERE feedback = 'waiting' AND void IS NULL ORDER BY complaint_id"
        )
    ]


# --- cases that another came before -----------------------------------------------------------------------------------


def see_repeats(connection: sqlite3.Connection, customer_ids: Iterable[int] | None = None) -> None:
    """Note of each case of these customers which of theirs about the same problem came last before it.

    None is every customer. Cases of which no problem was told, or none before them, aren't noted; "other" is no one
    problem. What counts nowhere comes before nothing.
    """
    ids = None if customer_ids is None else json_text.written(list(customer_ids))
    theirs = "" if ids is None else "customer_id IN (SELECT value FROM json_each(:ids)) AND"
    connection.execute(
        f"DELETE FROM complaint_repeat WHERE complaint_id IN (SELECT id FROM complaint WHERE {theirs} 1)", {"ids": ids}
    )
    connection.execute(
        "INSERT INTO complaint_repeat (complaint_id, received_at, before_id, seconds)"
        " SELECT id, received_at, before_id, strftime('%s', received_at) - strftime('%s', before_at)"
        " FROM (SELECT id, received_at, lag(id) OVER earlier AS before_id, lag(received_at) OVER earlier AS before_at"
        f" FROM complaint WHERE {theirs} problem IS NOT NULL AND problem <> 'other'"
        " AND id NOT IN (SELECT id FROM complaint_void)"
        " WINDOW earlier AS (PARTITION BY customer_id, problem ORDER BY received_at, id)) WHERE before_id IS NOT NULL",
        {"ids": ids},
    )


# --- recomputing what is open -----------------------------------------------------------------------------------------

# A due instant and its local day are one text here, so that both are worked out and compared at once.
_INSTANT: Final = len("2026-11-21T07:30:00Z")
_MOVED: Final = f"substr(before, 1, {_INSTANT}) <> substr(after, 1, {_INSTANT})"


def lay_out_standing(connection: sqlite3.Connection, due: Callable[[str, str], str]) -> None:
    """Lay out every deadline that runs or is paused, with when it is due now, until `move_standing`.

    `due` says that, and on which local day, as one text, of a start and a target. Nothing is said of the deadlines of
    cases for which it doesn't follow from these alone, or that have a promise.
    """
    connection.execute(
        "CREATE TEMP TABLE standing (complaint_id INTEGER, id INTEGER, clock TEXT, missed INTEGER, paused INTEGER,"
        " since TEXT, before TEXT, after TEXT, PRIMARY KEY (complaint_id, id)) WITHOUT ROWID"
    )
    connection.create_function("due", 2, due)
    connection.execute(
        f"INSERT INTO standing SELECT s.complaint_id, d.id, {_PLACE} || clock, d.missed, standing = 'paused',"
        " waiting_since, due_at || due_on, CASE WHEN s.complaint_id NOT IN ("
        " SELECT complaint_id FROM complaint_deadline WHERE standing IN ('running', 'paused') AND NOT plain"
        " UNION SELECT complaint_id FROM promise WHERE status = 'open' AND complaint_id IS NOT NULL"
        ") THEN due(start_at, target) END"
        " FROM complaint_state AS s JOIN complaint_deadline AS d ON d.complaint_id = s.complaint_id"
        " WHERE status IN ('open', 'waiting') AND standing IN ('running', 'paused') ORDER BY s.complaint_id"
    )
    connection.create_function("due", 2, None)


def standing_beyond_targets(connection: sqlite3.Connection) -> list[tuple[int, int, str, int, str]]:
    """Return (complaint id, id, clock, round, due and day before) of those of which nothing was said, case by case."""
    return connection.execute(
        "SELECT standing.complaint_id, id, d.clock, round, before FROM standing JOIN complaint_deadline AS d USING (id)"
        " WHERE after IS NULL ORDER BY standing.complaint_id"
    ).fetchall()


def say_standing(connection: sqlite3.Connection, found: Iterable[tuple[str, int, int]]) -> None:
    """Say when those are due: (due and day, complaint id, id)."""
    connection.executemany("UPDATE standing SET after = ? WHERE complaint_id = ? AND id = ?", found)


def moved_standing(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many deadlines of how many cases have moved."""
    found = connection.execute(f"SELECT count(*), count(DISTINCT complaint_id) FROM standing WHERE {_MOVED}")
    deadlines, cases = found.fetchone()
    return deadlines, cases


def first_moved(connection: sqlite3.Connection, limit: int) -> list[tuple[int, str, str, str]]:
    """Return (complaint id, clock, due before, due now) of the first that have moved."""
    return connection.execute(
        f"SELECT complaint_id, substr(clock, 2), substr(before, 1, {_INSTANT}), substr(after, 1, {_INSTANT})"
        f" FROM standing WHERE {_MOVED} ORDER BY complaint_id, clock, id LIMIT ?",
        [limit],
    ).fetchall()


def move_standing(connection: sqlite3.Connection, misses: Iterable[tuple[str | None, int]]) -> None:
    """Write what has moved, and what follows for its cases.

    `misses` are (next miss, complaint id) of the cases for which it doesn't follow from their deadlines alone.
    """
    connection.execute(f"PRAGMA cache_size = -{BULK_CACHE_KIB}")  # their indexes are written all over
    connection.execute(
        f"UPDATE complaint_deadline SET due_at = substr(after, 1, {_INSTANT}), due_on = substr(after, {_INSTANT + 1})"
        " FROM standing WHERE complaint_deadline.id = standing.id AND before <> after"
    )
    # What was late when a wait began comes up too; of what is due at once what runs is first, then the earlier clock.
    connection.execute(
        f"UPDATE complaint_state AS s SET next_due_at = substr(first, 1, {_INSTANT}),"
        f" next_clock = substr(first, {_INSTANT + 3}), next_miss_at = miss, late_waiting = late"
        " FROM (SELECT complaint_id, max(before <> after) AS changed,"
        f" min(CASE WHEN NOT paused OR since > substr(after, 1, {_INSTANT})"
        f" THEN substr(after, 1, {_INSTANT}) || paused || clock END) AS first,"
        f" min(CASE WHEN NOT paused AND NOT missed THEN substr(after, 1, {_INSTANT}) END) AS miss,"
        f" max(paused AND since IS NOT NULL AND since > substr(after, 1, {_INSTANT})) AS late"
        " FROM standing GROUP BY complaint_id) AS found"
        " WHERE changed AND s.complaint_id = found.complaint_id AND (late <> late_waiting OR miss IS NOT next_miss_at"
        f" OR substr(first, 1, {_INSTANT}) IS NOT next_due_at OR substr(first, {_INSTANT + 3}) IS NOT next_clock)"
    )
    connection.executemany("UPDATE complaint_state SET next_miss_at = ? WHERE complaint_id = ?", misses)
    connection.execute("DROP TABLE standing")


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
        " FROM complaint_state AS s CROSS JOIN complaint_event AS e"
        " ON e.complaint_id = s.complaint_id AND e.step = 'propose'"
        " WHERE approval_level IS NOT NULL GROUP BY s.complaint_id)"
    ).fetchall()


def store_proposal_days(connection: sqlite3.Connection, days: Iterable[tuple[str, int]]) -> None:
    """Write (day, complaint id) of proposals that wait for approval."""
    connection.executemany("UPDATE complaint_state SET approval_on = ? WHERE complaint_id = ?", days)


def days_of_escalations(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Return (complaint id, since when, local day of it) of the cases that are to be escalated."""
    return connection.execute(
        "SELECT complaint_id, at, escalate_on FROM (SELECT s.complaint_id, at, escalate_on, max(e.id)"
        " FROM complaint_state AS s CROSS JOIN complaint_event AS e"
        " ON e.complaint_id = s.complaint_id AND e.step IN ('assign', 'reopen', 'imported')"
        " WHERE escalate_on IS NOT NULL GROUP BY s.complaint_id)"
    ).fetchall()


def store_escalation_days(connection: sqlite3.Connection, days: Iterable[tuple[str, int]]) -> None:
    """Write (day, complaint id) of cases that are to be escalated."""
    connection.executemany("UPDATE complaint_state SET escalate_on = ? WHERE complaint_id = ?", days)


def customer_of(connection: sqlite3.Connection, complaint_id: int) -> str:
    """Return the name of the customer of a case."""
    query = "SELECT name FROM complaint JOIN customer ON customer.id = customer_id WHERE complaint.id = ?"
    return str(connection.execute(query, [complaint_id]).fetchone()[0])
