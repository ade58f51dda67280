"""The SQL of figures from surveys: added up shape by shape, so that a year is read along one index.

A group is what the customers' cards say of `by`, a column of the table customer; without `by` there is one, None.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any, Final

from csm.domain.survey.scores import DIMENSIONS
from csm.storage.quality.counting import group_of

_SCORES: Final = ", ".join(f"sum({name}_{side})" for name in DIMENSIONS for side in "ep")
_SUMS: Final = (
    "count(*), count(csat), count(*) FILTER (WHERE csat >= 4),"
    f" count(nps), count(*) FILTER (WHERE nps >= 9), count(*) FILTER (WHERE nps <= 6), {_SCORES}"
)
# Each shape is found by one step in the index.
_SHAPES: Final = """
    WITH RECURSIVE form(shape) AS (
        SELECT min(shape) FROM survey WHERE shape >= 'c'
        UNION ALL
        SELECT (SELECT min(shape) FROM survey WHERE shape > form.shape) FROM form WHERE form.shape < 'd'
    )
    SELECT shape FROM form WHERE shape < 'd'"""
# The days of one shape are one stretch of the index, which holds all that is summed: one query for all shapes would
# have to sort the surveys first, or to work out each one's shape again.
_OF_SHAPE: Final = f"SELECT {_SUMS} FROM survey WHERE shape = ? AND taken_on BETWEEN ? AND ?"
# Customers about us.
_OWN: Final = "respondent = 'customer' AND subject IS NULL"


def shapes(connection: sqlite3.Connection, first: date, last: date, by: str | None) -> list[tuple[Any, ...]]:
    """Return the surveys of customers about us, those of a shape together.

    Each is (group, shape, surveys, answers to CSAT, of them 4 and 5, answers to NPS, of them 9 and 10, of them 0 to 6,
    then the sum of the expectations and that of the perceptions of each dimension).
    """
    days = [first.isoformat(), last.isoformat()]
    if by is None:
        found = [
            (None, shape, *connection.execute(_OF_SHAPE, [shape, *days]).fetchone())
            for (shape,) in connection.execute(_SHAPES).fetchall()
        ]
        return [row for row in found if row[2]]
    return connection.execute(
        f"SELECT {group_of(by)}, shape, {_SUMS} FROM survey AS figure"
        " JOIN customer ON customer.id = figure.customer_id"
        f" WHERE taken_on BETWEEN ? AND ? AND {_OWN} GROUP BY 1, 2",
        days,
    ).fetchall()


def rivals(connection: sqlite3.Connection, first: date, last: date) -> list[tuple[Any, ...]]:
    """Return (subject, shape, surveys, sums of the scores) of the surveys of customers about competitors."""
    return connection.execute(
        f"SELECT subject, shape, count(*), {_SCORES} FROM survey"
        " WHERE shape >= 'x' AND shape < 'y' AND taken_on BETWEEN ? AND ?"
        " GROUP BY subject, shape ORDER BY subject, shape",
        [first.isoformat(), last.isoformat()],
    ).fetchall()


def own_weights(
    connection: sqlite3.Connection, first: date, last: date, scale: int, by: str | None
) -> list[tuple[Any, str, int]]:
    """Return (group, weights, how many) of the own weights in surveys that count for SERVQUAL on a scale."""
    group, join = _grouped(by)
    return connection.execute(
        f"SELECT {group}, weights, count(*) FROM survey AS figure {join}"
        f" WHERE weights IS NOT NULL AND taken_on BETWEEN ? AND ? AND {_OWN} AND scale = ?"
        " AND shape LIKE '%b%' GROUP BY 1, 2",
        [first.isoformat(), last.isoformat(), scale],
    ).fetchall()


def perceived(
    connection: sqlite3.Connection, first: date, last: date, scale: int, by: str | None
) -> list[tuple[Any, str]]:
    """Return (group, perception scores of all its surveys on a scale, 22 signs each, one behind the other)."""
    group, join = _grouped(by)
    return connection.execute(
        f"SELECT {group}, group_concat(perceived, '') FROM survey AS figure {join}"
        f" WHERE perceived IS NOT NULL AND taken_on BETWEEN ? AND ? AND scale = ? AND {_OWN} GROUP BY 1",
        [first.isoformat(), last.isoformat(), scale],
    ).fetchall()


def experiences(connection: sqlite3.Connection, first: date, last: date) -> list[tuple[Any, ...]]:
    """Return (value, satisfaction, switching, intention, how many) of the surveys of customers about us."""
    answers = "value, satisfaction, switching, intention"
    return connection.execute(
        f"SELECT {answers}, count(*) FROM survey WHERE taken_on BETWEEN ? AND ? AND {_OWN}"
        f" AND coalesce({answers}) IS NOT NULL GROUP BY {answers}",
        [first.isoformat(), last.isoformat()],
    ).fetchall()


def _grouped(by: str | None) -> tuple[str, str]:
    if by is None:
        return "NULL", ""
    return group_of(by), "JOIN customer ON customer.id = figure.customer_id"
