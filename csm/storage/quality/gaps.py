"""What the gaps of service quality are counted from: managers' scores, deadlines, deliveries, and what was felt.

`by` is owner, region or grade, as the customers' cards have it now; None is everything together, under the key None.
Days and instants are from the first, included, to the last: days include it, instants don't.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from csm.domain.quality.gaps import Believed
from csm.domain.survey.scores import DIMENSIONS
from csm.storage.quality import counting
from csm.storage.quality.counting import group_of

Span = tuple[str, str]
# (part, whole) of each group.
Parts = dict[str | None, tuple[int, int]]

# The sum and the number of the scores of each dimension.
_BELIEVED: Final = ", ".join(f"sum({name}_e), count({name}_e)" for name in DIMENSIONS)
_ANY: Final = " OR ".join(f"{name}_e IS NOT NULL" for name in DIMENSIONS)


def managers(connection: sqlite3.Connection, days: Span, by: str | None) -> dict[tuple[str | None, int], Believed]:
    """Return what managers think customers expect by (group, scale).

    A survey that names no customer belongs to no group, only to everything together.
    """
    named = "" if by is None else " AND customer_id IS NOT NULL"
    found = {}
    for group, scale, n, *scores in connection.execute(
        f"SELECT {group_of(by, 'card')}, scale, count(*), {_BELIEVED} FROM survey_list AS card"
        f" WHERE respondent = 'manager' AND subject IS NULL AND taken_on BETWEEN ? AND ? AND ({_ANY}){named}"
        " GROUP BY 1, 2",
        days,
    ):
        pairs = zip(DIMENSIONS, scores[::2], scores[1::2], strict=True)
        found[group, scale] = Believed({name: total / number for name, total, number in pairs if number}, n)
    return found


def deadlines(connection: sqlite3.Connection, instants: Span, now: str, by: str | None) -> Parts:
    """Return (met, met or missed) of the deadlines of complaints received between `instants`.

    One that runs and was due before `now` is missed; one that runs on isn't counted yet.
    """
    return _parts(
        connection,
        counting.DEADLINES,
        "sum(verdict = 'met')",
        "received_at >= ? AND received_at < ? AND (verdict <> 'running' OR due_at < ?)",
        [*instants, now],
        by,
    )


def deliveries(connection: sqlite3.Connection, days: Span, today: str, by: str | None) -> Parts:
    """Return (on their day, all) of the deliveries promised for `days`; one that is open and not late isn't counted."""
    return _parts(
        connection,
        counting.DELIVERIES,
        "sum(coalesce(delivered_on <= delivery_on, 0))",
        "delivery_on BETWEEN ? AND ? AND (delivered_on IS NOT NULL OR delivery_on < ?)",
        [*days, today],
        by,
    )


def rated_cases(connection: sqlite3.Connection, instants: Span, bad: int, by: str | None) -> Parts:
    """Return (rated `bad` or worse, rated) of the complaints received between `instants`, closed in the standard."""
    return _parts(
        connection,
        counting.RATED_CASES,
        "sum(satisfaction <= ?)",
        "received_at >= ? AND received_at < ?",
        [bad, *instants],
        by,
    )


def rated_services(connection: sqlite3.Connection, days: Span, bad: int, by: str | None) -> Parts:
    """Return (rated `bad` or worse, rated) of the services of `days` whose checklist was met in all."""
    return _parts(
        connection,
        counting.RATED_SERVICES,
        "sum(satisfaction <= ?)",
        "done_on BETWEEN ? AND ? AND satisfaction IS NOT NULL",
        [bad, *days],
        by,
    )


def _parts(
    connection: sqlite3.Connection, rows_of: str, part: str, condition: str, given: Sequence[Any], by: str | None
) -> Parts:
    card = "" if by is None else " CROSS JOIN customer ON customer.id = figure.customer_id"
    rows = connection.execute(
        f"SELECT {group_of(by)}, {part}, count(*) FROM {rows_of} AS figure{card} WHERE {condition} GROUP BY 1", given
    )
    return {group: (int(some), int(all_)) for group, some, all_ in rows}
