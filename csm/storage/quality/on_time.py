"""Callbacks counted by their mark, and promises by how they ended, of a period."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

from csm.storage.quality.counting import CALLBACKS, PROMISES, counted, group_of


def count_callbacks(
    connection: sqlite3.Connection, first: date, last: date, today: date, by: str | None
) -> list[tuple[Any, ...]]:
    """Return (group, mark, number, past) of the callbacks due from `first` to `last`, both included.

    past: how many of them were due before `today`. by: owner, region or grade of the customers' cards; None is all of
    them together, their group None.
    """
    days = [first.isoformat(), last.isoformat()]
    if by is None:
        # Few are still to come, so these are counted, and not all the past a second time.
        due = "due_on >= ? AND due_on <= ?"
        to_come = [max(first, today).isoformat(), days[1]]
        found = counted(connection, CALLBACKS, [due, due], [*days, *to_come])
        return [(None, mark, number, number - coming) for mark, number, coming in found]
    return connection.execute(
        f"SELECT {group_of(by)}, mark, count(*), sum(due_on < ?)"
        f" FROM {CALLBACKS} JOIN customer ON customer.id = customer_id"
        " WHERE due_on >= ? AND due_on <= ? GROUP BY 1, 2",
        [today.isoformat(), *days],
    ).fetchall()


def count_promises(
    connection: sqlite3.Connection, first: date, last: date, now: str, by: str | None
) -> list[tuple[Any, ...]]:
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
