"""Counting the cases of a period for the figures of complaints, along indexes, and what most of them are about.

A period is `since` to `until`, stored instants, the second not counted. `by` is owner, region or grade of the card of
the customer as it is now, which takes several times as long; None is all cases together, under the key None.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from csm.storage import json_text
from csm.storage.quality.counting import CASES, counted, group_of
from csm.storage.sale.rows import PURCHASE

if TYPE_CHECKING:
    from csm.domain.quality.complaints import Ordered


class Days(NamedTuple):
    """A period as stored instants."""

    since: str
    until: str


# Which column of a case says how long its first response, first resolution and last resolution took, in seconds.
SPANS: Final = {
    "first_response": "response_seconds",
    "resolution": "resolution_seconds",
    "total_resolution": "total_seconds",
}
_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_RECEIVED: Final = "received_at >= ? AND received_at < ?"


def count_marks(connection: sqlite3.Connection, days: Days, by: str | None) -> dict[str | None, dict[str, int]]:
    """Return how many cases have which mark."""
    if by is None:
        return {None: dict(counted(connection, CASES, [_RECEIVED], days))}
    name, source = _source(by)
    found: dict[str | None, dict[str, int]] = {}
    rows = connection.execute(f"SELECT {name}, f.mark, count(*) {source} GROUP BY 1, 2", days._asdict())
    for group, mark, number in rows:
        found.setdefault(group, {})[mark] = number
    return found


def late(
    connection: sqlite3.Connection, days: Days, now: tuple[str, str], by: str | None
) -> dict[str | None, tuple[int, int]]:
    """Return (first response, resolution): how many complaints have it running and past its time.

    Those that were ever missed, and first responses of those taken live, are told by their mark. now: instant and day.
    """
    # What was due on an earlier day, and whether it counts, is told by indexes alone.
    name, source = _source(
        by,
        first="complaint_deadline AS d CROSS JOIN complaint_state AS f INDEXED BY complaint_state_running"
        " ON f.complaint_id = d.complaint_id",
        case="d.complaint_id",
    )
    rows = connection.execute(
        f"SELECT {name}, count(DISTINCT CASE WHEN d.clock = 'first-response' AND NOT f.live THEN d.complaint_id END),"
        f" count(DISTINCT CASE WHEN d.clock = 'resolution' THEN d.complaint_id END) {source}"
        " AND f.level = 'complaint' AND 'running' IN (f.response, f.resolution)"
        " AND d.standing = 'running' AND d.clock IN ('first-response', 'resolution') AND d.due_on <= :today"
        " AND (d.due_on < :today OR d.due_at < :now)"
        " AND 'running' = CASE d.clock WHEN 'resolution' THEN f.resolution ELSE f.response END"
        f"{_grouped(by)}",
        {**days._asdict(), "now": now[0], "today": now[1]},
    )
    return {group: (response, resolution) for group, response, resolution in rows}


class ByHour:
    """How long something took in the cases of a period, in seconds from small to large, read an hour at a time."""

    def __init__(self, connection: sqlite3.Connection, days: Days, column: str) -> None:
        self._connection = connection
        self._days = days
        self._column = column
        self._known = f"{column} IS NOT NULL"
        rows = counted(connection, CASES, [_RECEIVED], days, told=f"{column} / {_HOUR}", among=self._known)
        self._hours: list[int] = [hour for hour, _ in rows]
        # How many there are up to the end of each of those hours.
        self._ends: list[int] = list(accumulate(number for _, number in rows))
        self._read: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, place: int, /) -> int:
        at = bisect_right(self._ends, place)
        if at not in self._read:
            rows = self._connection.execute(
                f"SELECT {self._column} FROM {CASES} WHERE {self._known} AND {self._column} / {_HOUR} = ?"
                f" AND {_RECEIVED}",
                [self._hours[at], *self._days],
            )
            self._read[at] = sorted(seconds for (seconds,) in rows)
        return self._read[at][place - self._ends[at]]  # counted from the end of the hour


def spans(
    connection: sqlite3.Connection, days: Days, by: str | None, times: Sequence[str]
) -> Iterator[tuple[str | None, dict[str, Ordered]]]:
    """Give of each group how long each of `times`, keys of SPANS, took: seconds from small to large."""
    if by is None:
        yield None, {time: ByHour(connection, days, SPANS[time]) for time in times}
        return
    # As one text of each, which is quicker to take apart than so many rows are to fetch.
    name, source = _source(by)
    columns = ", ".join(f"group_concat({SPANS[time]})" for time in times)
    for group, *texts in connection.execute(f"SELECT {name}, {columns} {source} GROUP BY 1", days._asdict()):
        yield (
            group,
            {time: sorted(map(int, text.split(","))) if text else [] for time, text in zip(times, texts, strict=True)},
        )


def repeated(connection: sqlite3.Connection, days: Days, within: int, by: str | None) -> dict[str | None, int]:
    """Return how many complaints came within so many days of another case of the customer about the same problem."""
    name, source = _source(
        by, first=f"complaint_repeat AS r CROSS JOIN {CASES} AS f ON f.id = r.complaint_id", case="r.complaint_id"
    )
    rows = connection.execute(
        f"SELECT {name}, count(*) {source} AND f.level = 'complaint'"
        " AND r.received_at >= :since AND r.received_at < :until"
        f" AND r.seconds <= :within{_grouped(by)}",
        {**days._asdict(), "within": within * _DAY},
    )
    return dict(rows)


def bought_again(
    connection: sqlite3.Connection, each: Iterable[Sequence[str]], by: str | None
) -> dict[str | None, tuple[int, int]]:
    """Return (customers who complained, those of them who bought afterwards).

    each: of every day of the period its first instant, the first of the next one, the day itself, and the last day on
    which a purchase counts; so that the days are those of the file's zone.
    """
    group, card = ("NULL", "") if by is None else (group_of(by), "JOIN customer ON customer.id = them.customer_id")
    rows = connection.execute(
        f"""
        SELECT {group}, count(*), coalesce(sum(again), 0) FROM (
            SELECT c.customer_id, max(EXISTS (
                SELECT 1 FROM sale
                WHERE sale.customer_id = c.customer_id AND sold_on > day.value ->> 2 AND sold_on <= day.value ->> 3
                    AND {PURCHASE}
            )) AS again
            FROM json_each(:each) AS day
            CROSS JOIN complaint AS c ON c.received_at >= day.value ->> 0 AND c.received_at < day.value ->> 1
            CROSS JOIN {CASES} AS f ON f.id = c.id AND f.level = 'complaint'
            GROUP BY c.customer_id
        ) AS them {card}{_grouped(by)}""",
        {"each": json_text.written([list(one) for one in each])},
    )
    return {name: (customers, again) for name, customers, again in rows}


def _grouped(by: str | None) -> str:
    return "" if by is None else " GROUP BY 1"


def _source(by: str | None, first: str = "", case: str = "f.id") -> tuple[str, str]:
    """Return what groups are named by, and the cases of the period with the cards of their customers.

    first: tables to begin with, cases as `f` among them, of which `case` is the number; else the cases by when they
    were received.
    """
    if by is None:
        found = first or f"{CASES} AS f"
        return group_of(by), f"FROM {found} WHERE f.received_at >= :since AND f.received_at < :until"
    card = "CROSS JOIN customer ON customer.id = c.customer_id WHERE c.received_at >= :since AND c.received_at < :until"
    if first:
        return group_of(by), f"FROM {first} CROSS JOIN complaint AS c ON c.id = {case} {card}"
    return group_of(by), f"FROM complaint AS c CROSS JOIN {CASES} AS f ON {case} = c.id {card}"


# By what complaints are told apart, and the columns that say it.
PARETO_COLUMNS: Final = {
    "content": "c.content",
    "problem": "c.problem",
    "cause": "s.cause",
    "owner": "s.owner",
    "staff": "c.about",
}

_COMPLAINTS: Final = "level = 'complaint'"


def problems(connection: sqlite3.Connection, days: Days) -> dict[str, int]:
    """Return how many complaints had which problem, along one index; those of which it wasn't said are left out."""
    return dict(counted(connection, CASES, [_RECEIVED], days, told="problem", among=_COMPLAINTS))


def _no_problem(connection: sqlite3.Connection, days: Days) -> dict[str | None, int]:
    (number,) = connection.execute(
        f"SELECT count(*) FROM {CASES} WHERE {_COMPLAINTS} AND problem IS NULL AND {_RECEIVED}", days
    ).fetchone()
    return {None: number} if number else {}


def count_by(connection: sqlite3.Connection, days: Days, by: Sequence[str]) -> dict[str, dict[str | None, int]]:
    """Return how many complaints there are by each of `by`, keys of PARETO_COLUMNS; None where it wasn't said."""
    if list(by) == ["problem"]:  # the index knows
        return {"problem": _no_problem(connection, days) | dict(problems(connection, days).items())}
    rows = connection.execute(
        f"SELECT {', '.join(PARETO_COLUMNS[one] for one in by)} FROM complaint AS c"
        f" CROSS JOIN {CASES} AS s ON s.id = c.id"
        " WHERE c.received_at >= ? AND c.received_at < ? AND s.level = 'complaint'",
        days,
    )
    found: dict[str, Counter[str | None]] = {one: Counter() for one in by}
    for values, number in Counter(rows).items():
        for one, value in zip(by, values, strict=True):
            found[one][value] += number
    return {one: dict(told) for one, told in found.items()}
