"""Callbacks of a period, counted by their mark."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

from csm.storage.quality.figures import CALLBACKS
from csm.storage.quality.marks import counted, group_of


def tally(
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
