"""Rows counted by their mark or something else that few values are told of, and groups of the customers' cards.

A mark says in one short text all that is asked of a row; each of the few that there are is counted along the index of
(mark, time), so that nothing else is read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any


def counted(
    connection: sqlite3.Connection,
    source: str,
    wanted: Sequence[str],
    given: Sequence[object],
    *,
    told: str = "mark",
    among: str = "1",
) -> list[tuple[Any, ...]]:
    """Return each mark of `source`, from small to large, with how many of its rows meet each condition in `wanted`.

    given: what fills the places of the conditions, in their order. told: the column or expression that stands for the
    mark; among: a condition on all rows; an index has to begin with both. A mark that none has is left out.
    """
    numbers = ", ".join(
        f"(SELECT count(*) FROM {source} WHERE {among} AND {told} = found.value AND {one})" for one in wanted
    )
    smallest = f"SELECT min({told}) FROM {source} WHERE {among}"
    rows = connection.execute(
        f"WITH RECURSIVE found (value) AS ({smallest}"
        f" UNION ALL SELECT ({smallest} AND {told} > found.value) FROM found WHERE value IS NOT NULL)"
        f" SELECT value, {numbers} FROM found WHERE value IS NOT NULL",
        given,
    )
    return [row for row in rows if any(row[1:])]


def group_of(by: str | None, card: str = "customer") -> str:
    """Return the SQL of a customer's group; a card says nothing by NULL and, imported, by an empty text.

    card: what the query calls the table or view that has the columns of the card.
    """
    return "NULL" if by is None else f"nullif({card}.{by}, '')"
