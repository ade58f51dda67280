"""Where a callback that is planned comes to stand: stored with its place in a series, on a working day, counted anew.

All within the transaction of who plans it (handbook 5).
"""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from csm.domain.callback.rules import Appointment, at_same_time
from csm.domain.errors import Refused
from csm.storage import rows
from csm.storage.callback import rows as callbacks

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.row_types import CallbackRow, CardRow

Following = tuple[Appointment, int]


def refuse_plans(card: CardRow) -> None:
    """Raise what forbids planning anything with a customer: customer-archived, do-not-contact."""
    if card["archived_on"] is None and not card["do_not_contact"]:
        return
    if card["archived_on"] is not None:
        raise Refused("customer-archived", customer=card["name"], customer_id=card["id"])
    raise Refused("do-not-contact", customer=card["name"], customer_id=card["id"])


def insert(connection: sqlite3.Connection, work: Work, customer_id: int, values: dict[str, object]) -> int:
    """Store a new callback, its place in its series with it; return its id."""
    made = {"customer_id": customer_id, "planned_on": values["due_on"], "created_at": work.now_text, **values}
    if made.get("every"):
        made.setdefault("series_on", made["planned_on"])
        if made.get("due_at"):
            made.setdefault("series_time", f"{work.zone.local(str(made['due_at'])):%H:%M}")
    if made["planned_on"] != made["due_on"]:
        made.setdefault("agreed_on", made["due_on"])
    return rows.insert(connection, "callback", made)


def on_working_day(work: Work, planned: Appointment) -> Appointment:
    """Return when a date of a series is due: on the next working day where it isn't one (source: handbook 5)."""
    day = work.calendar.next_working_day(planned.day)
    return planned if day == planned.day else at_same_time(planned.at, day, work.zone)


def count_anew(connection: sqlite3.Connection, work: Work, row: CallbackRow, wanted: date) -> list[Following]:
    """Move an open callback that a rule planned to a later day; return it where it is the next with its customer."""
    if row["due_on"] >= wanted.isoformat():
        return []
    moved = at_same_time(row["due_at"], wanted, work.zone)
    rows.update(
        connection, "callback", row["id"], {**moved.columns, "planned_on": wanted.isoformat(), "agreed_on": None}
    )
    soonest = callbacks.open_of(connection, row["customer_id"])[0]
    return [(moved, row["id"])] if soonest["id"] == row["id"] else []
