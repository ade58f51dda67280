"""Counting what the complaints of a period are about, and who is in charge of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Final

from csm.storage.quality import marks
from csm.storage.quality.cases import Days
from csm.storage.quality.figures import CASES

# By what complaints are told apart, and the columns that say it.
COLUMNS: Final = {
    "content": "c.content",
    "problem": "c.problem",
    "cause": "s.cause",
    "owner": "s.owner",
    "staff": "c.about",
}

_COMPLAINTS: Final = "level = 'complaint'"
_RECEIVED: Final = "received_at >= ? AND received_at < ?"


def problems(connection: sqlite3.Connection, days: Days) -> dict[str, int]:
    """Return how many complaints had which problem, along one index; those of which it wasn't said are left out."""
    return dict(marks.counted(connection, CASES, [_RECEIVED], days, told="problem", among=_COMPLAINTS))


def _no_problem(connection: sqlite3.Connection, days: Days) -> dict[str | None, int]:
    (number,) = connection.execute(
        f"SELECT count(*) FROM {CASES} WHERE {_COMPLAINTS} AND problem IS NULL AND {_RECEIVED}", days
    ).fetchone()
    return {None: number} if number else {}


def counted(connection: sqlite3.Connection, days: Days, by: Sequence[str]) -> dict[str, dict[str | None, int]]:
    """Return how many complaints there are by each of `by`, keys of COLUMNS: by value, None where it wasn't said."""
    if list(by) == ["problem"]:  # the index knows
        return {"problem": _no_problem(connection, days) | dict(problems(connection, days).items())}
    rows = connection.execute(
        f"SELECT {', '.join(COLUMNS[one] for one in by)} FROM complaint AS c"
        " CROSS JOIN complaint_state AS s ON s.complaint_id = c.id"
        " WHERE c.received_at >= ? AND c.received_at < ? AND s.level = 'complaint'",
        days,
    )
    found: dict[str, Counter[str | None]] = {one: Counter() for one in by}
    for values, number in Counter(rows).items():
        for one, value in zip(by, values, strict=True):
            found[one][value] += number
    return {one: dict(told) for one, told in found.items()}
