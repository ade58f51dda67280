"""Promises of a period, counted by how they ended."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

from csm.storage.quality.figures import PROMISES
from csm.storage.quality.marks import group_of


def tally(connection: sqlite3.Connection, first: date, last: date, now: str, by: str | None) -> list[tuple[Any, ...]]:
    """Return (group, status, number) of our promises due from `first` to `last`, both included.

    Open ones count where they were due before the instant `now`. by: owner, region or grade of the customers' cards;
    None is all of them together, their group None.
    """
    cards = "" if by is None else " JOIN customer ON customer.id = figure.customer_id"
    return connection.execute(
        f"SELECT {group_of(by)}, figure.status, count(*) FROM {PROMISES} AS figure{cards}"
        " WHERE due_on >= ? AND due_on <= ? AND (figure.status <> 'open' OR due_at < ?) GROUP BY 1, 2",
        [first.isoformat(), last.isoformat(), now],
    ).fetchall()
