"""What the complaints of a period teach: the lessons of those that were closed in it, and items of checklists."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from csm.domain.value import Value

# The cases that `lesson_list` shows, along its index; the view itself would gather every prevention there is.
_CLOSED: Final = (
    "FROM complaint_state WHERE lesson IS NOT NULL AND closed_at >= ? AND closed_at < ?"
    " AND status IN ('closed', 'unfounded', 'unresolved')"
)


class Prevention(Value):
    """What keeps it from happening again, who sees to it by when, and when it was done (UTC), if it was."""

    text: str
    in_charge: str | None
    due_on: str
    done_at: str | None


class Lesson(Value):
    """What was learnt from one case, closed at an instant in UTC."""

    complaint_id: int
    customer: str
    lesson: str
    closed_at: str
    preventions: Sequence[Prevention]


def count(connection: sqlite3.Connection, start: str, end: str) -> int:
    """Return how many lessons were learnt from `start` until before `end`, both UTC."""
    (number,) = connection.execute(f"SELECT count(*) {_CLOSED}", [start, end]).fetchone()
    return int(number)


def read(connection: sqlite3.Connection, start: str, end: str, limit: int) -> list[Lesson]:
    """Return at most `limit` lessons from `start` until before `end`, both UTC: the last ones first."""
    found = connection.execute(
        "SELECT learnt.complaint_id, customer.name, learnt.lesson, learnt.closed_at"
        f" FROM (SELECT complaint_id, lesson, closed_at {_CLOSED} ORDER BY closed_at DESC, complaint_id LIMIT ?)"
        " AS learnt JOIN complaint ON complaint.id = learnt.complaint_id"
        " JOIN customer ON customer.id = complaint.customer_id ORDER BY learnt.closed_at DESC, learnt.complaint_id",
        [start, end, limit],
    ).fetchall()
    preventions = _preventions(connection, [row[0] for row in found])
    return [
        Lesson(case, customer, lesson, closed_at, preventions.get(case, []))
        for case, customer, lesson, closed_at in found
    ]


def _preventions(connection: sqlite3.Connection, cases: Sequence[int]) -> dict[int, list[Prevention]]:
    found: dict[int, list[Prevention]] = {}
    rows = connection.execute(
        "SELECT complaint_id, text, in_charge, due_on, done_at FROM prevention"
        f" WHERE complaint_id IN ({', '.join('?' * len(cases))}) ORDER BY complaint_id, id",
        list(cases),
    )
    for complaint_id, *prevention in rows:
        found.setdefault(complaint_id, []).append(Prevention(*prevention))
    return found


def items_met(connection: sqlite3.Connection, first: str, last: str) -> tuple[int, int]:
    """Return (met, ticked) of the checklist items of services done from `first` to `last`, both days included."""
    met, ticked = connection.execute(
        "SELECT coalesce(sum(met), 0), count(*) FROM service JOIN service_check ON service_id = service.id"
        " WHERE done_on >= ? AND done_on <= ?",
        [first, last],
    ).fetchone()
    return int(met), int(ticked)
