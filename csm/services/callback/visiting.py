"""The visit that the frequency on a card plans: made after the last one, moved with it (handbook 3)."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from csm.domain.callback import visits
from csm.domain.callback.rules import Appointment, at_same_time
from csm.services.callback.placing import Following, count_anew, insert
from csm.services.house.assigning import Roster
from csm.storage import rows
from csm.storage.callback import visits as stored_visits
from csm.storage.customer import rows as customers

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.row_types import CardRow


def renew(
    connection: sqlite3.Connection, work: Work, card: CardRow, last: date, asked: Appointment | None = None
) -> list[Following]:
    """Count the frequency of visits anew from the last one: move the open visit, or make the next (handbook 3).

    It falls on a day on which its route is visited anyway where one is near enough.
    """
    if card["status"] == "lost":
        return []
    every = visits.frequency(card["visit_every"])
    if every is None:
        return []
    wanted = visits.wanted_day(last, every, work.today, work.calendar)
    found = stored_visits.open_visit(connection, card["id"])
    if found is not None and found["origin"] != "visit":
        return []
    own = None if found is None else found["id"]
    until = visits.latest_day(wanted, every)
    day = stored_visits.day_of_route(connection, card["route"], wanted.isoformat(), until.isoformat(), own)
    planned = wanted if day is None else date.fromisoformat(day)
    if found is not None:
        return count_anew(connection, work, found, planned)
    made = asked or Appointment(planned)
    owner = Roster(work, connection).usual(card["owner"])
    values = {"owner": owner, "channel": "visit", "purpose": "usage", "origin": "visit"}
    return [(made, insert(connection, work, card["id"], {**values, **made.columns}))]


def follow_card(connection: sqlite3.Connection, work: Work, customer_id: int, besides: int | None = None) -> None:
    """Let the open visit by frequency go with the card's frequency and route: sooner, later or gone.

    Nothing is planned where nothing was, and what somebody has moved, timed, tried or noted stays (source: handbook 3,
    4). besides: the id of a callback that stays in any case.
    """
    row = stored_visits.open_by_frequency(connection, customer_id)
    if row is None or row["id"] == besides:
        return
    card = customers.card(connection, customer_id)
    every = visits.frequency(card["visit_every"])
    if every is None or card["status"] == "lost":
        rows.update(connection, "callback", row["id"], {"status": "cancelled", "reason": "visit-every"})
        return
    last, made = stored_visits.last_visit(connection, customer_id), work.zone.local(card["created_at"]).date()
    counted = date.fromisoformat(last) if last is not None else made
    wanted = visits.wanted_day(counted, every, work.today, work.calendar)
    until = visits.latest_day(wanted, every)
    day = stored_visits.day_of_route(connection, card["route"], wanted.isoformat(), until.isoformat(), row["id"])
    moved = at_same_time(row["due_at"], wanted if day is None else date.fromisoformat(day), work.zone)
    rows.update(connection, "callback", row["id"], moved.planned)
