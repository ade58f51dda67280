"""What follows a callback that was done or skipped: its series, the cadence, the next visit, the day asked for.

All within the transaction of what is followed (handbook 3, 4, 5).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from csm.domain.callback import cadence, visits
from csm.domain.callback.rules import Appointment, Place, at_same_time, at_time, next_place
from csm.domain.errors import Refused
from csm.domain.time.recurrence import read_recurrence
from csm.domain.value import Value
from csm.services.house.assigning import Roster
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.callback import visits as stored_visits
from csm.storage.customer import rows as customers
from csm.storage.customer.contacts import still_there

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.row_types import CallbackRow, CardRow

KEPT_IN_SERIES: Final = ("owner", "channel", "purpose", "every", "from_done", "planned_note", "series_time")
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


def plan_following(
    connection: sqlite3.Connection,
    work: Work,
    closed: Sequence[CallbackRow],
    day: date,
    asked: Appointment | None,
    *,
    visited: bool = False,
) -> tuple[int | None, Appointment | None]:
    """Plan what follows the closed callbacks of one customer; return id and day of the next.

    closed: as they were before. asked: the day told for the next one. visited: somebody was there. Raises
    customer-archived, do-not-contact where a next one was asked for.
    """
    card = customers.card(connection, closed[0]["customer_id"])
    if card["do_not_contact"] or card["archived_on"] is not None:
        if asked is not None:
            refuse_plans(card)
        return None, None
    made: list[Following] = []
    for row in closed:
        if row["every"] and row["origin"] != "cadence":
            made.append(_continue_series(connection, work, row, day, asked))
            asked = None
    first = closed[0]
    if asked is not None and first["origin"] not in BY_RULE:
        kept: dict[str, object] = {name: first[name] for name in ("owner", "channel", "purpose")}
        kept["owner"] = Roster(work, connection).usual(first["owner"], card["owner"])
        kept["contact_id"] = still_there(connection, first["contact_id"])
        made.append((asked, insert(connection, work, card["id"], {**kept, **asked.columns, "origin": "next"})))
        asked = None
    origins = {row["origin"] for row in closed}
    by_cadence = "cadence" in origins
    made += _renew_cadence(connection, work, card, day, asked if by_cadence else None, make=by_cadence)
    if visited or "visit" in origins:
        made += renew_visit(connection, work, card, day, None if by_cadence else asked)
    if not made:
        return None, None
    soonest, identity = min(made, key=lambda one: (one[0].day, one[0].at is None, one[0].at or "", one[1]))
    return identity, soonest


# What a rule plans goes on by that rule, on the day asked for.
BY_RULE: Final = ("cadence", "visit")


def _continue_series(
    connection: sqlite3.Connection, work: Work, row: CallbackRow, day: date, asked: Appointment | None
) -> Following:
    place = Place(date.fromisoformat(row["planned_on"]), date.fromisoformat(row["series_on"] or row["planned_on"]))
    every = read_recurrence(row["every"] or "")
    following = next_place(every, place, day, work.calendar, from_done=bool(row["from_done"]))
    made = at_time(row["series_time"], asked.day if asked else following.due_on(work.calendar), work.zone)
    if asked is not None and asked.at is not None:
        made = asked
    values = {
        **{name: row[name] for name in KEPT_IN_SERIES},
        "owner": Roster(work, connection).usual(row["owner"]),
        "contact_id": still_there(connection, row["contact_id"]),
        "origin": "series",
        **made.columns,
        "planned_on": following.planned_on.isoformat(),
        "series_on": following.series_on.isoformat(),
    }
    return made, insert(connection, work, row["customer_id"], values)


def _renew_cadence(
    connection: sqlite3.Connection, work: Work, card: CardRow, day: date, asked: Appointment | None, *, make: bool
) -> list[Following]:
    """Count the cadence anew from a contact: move its open callback, or make the next one (source: handbook 4, 5).

    None is made beside a series that is at least as frequent.
    """
    days = cadence.days(card["relationship"], card["grade"], work.policy)
    if days is None:
        return []
    wanted = work.calendar.next_working_day(cadence.wanted_day(day, day, days, work.today))
    customer_id = card["id"]
    others = callbacks.open_of(connection, customer_id)
    for row in others:
        if row["origin"] == "cadence":
            return _count_anew(connection, work, row, wanted)
    if not make or (asked is None and any(cadence.is_covered_by(row["every"], days) for row in others)):
        return []
    owner = Roster(work, connection).usual(card["owner"]) if card["owner"] else None
    values = {"owner": owner, "channel": card["channel"] or "phone", "purpose": "usage", "origin": "cadence"}
    made = asked or Appointment(wanted)
    return [(made, insert(connection, work, customer_id, {**values, **made.columns}))]


def _count_anew(connection: sqlite3.Connection, work: Work, row: CallbackRow, wanted: date) -> list[Following]:
    """Move an open callback that a rule planned to a later day; return it where it is the next with its customer."""
    if row["due_on"] >= wanted.isoformat():
        return []
    moved = at_same_time(row["due_at"], wanted, work.zone)
    rows.update(
        connection, "callback", row["id"], {**moved.columns, "planned_on": wanted.isoformat(), "agreed_on": None}
    )
    soonest = callbacks.open_of(connection, row["customer_id"])[0]
    return [(moved, row["id"])] if soonest["id"] == row["id"] else []


def renew_visit(
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
        return _count_anew(connection, work, found, planned)
    made = asked or Appointment(planned)
    owner = Roster(work, connection).usual(card["owner"])
    values = {"owner": owner, "channel": "visit", "purpose": "usage", "origin": "visit"}
    return [(made, insert(connection, work, card["id"], {**values, **made.columns}))]


class Replanned(Value):
    """What became of callbacks that a rule had planned: (id, day before, day now) of those moved, ids of those gone."""

    moved: Sequence[tuple[int, date, date]] = ()
    cancelled: Sequence[int] = ()

    def __add__(self, other: Replanned) -> Replanned:
        """Return both together."""
        return Replanned([*self.moved, *other.moved], [*self.cancelled, *other.cancelled])


def follow_card(
    connection: sqlite3.Connection, work: Work, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Replanned:
    """Let what the rules have planned with a customer go with their card, which was `before` (source: handbook 3, 4)."""
    found = Replanned()
    if before["visit_every"] != after["visit_every"]:
        found += _follow_frequency(connection, work, before["id"])
    if differ_in_cadence(work, before, after):
        found += follow_cadence(connection, work, [before["id"]])
    return found


def differ_in_cadence(work: Work, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether a card has another cadence than before, by its relationship and its grade."""
    old, new = ((card["relationship"], card["grade"]) for card in (before, after))
    return old != new and cadence.days(*old, work.policy) != cadence.days(*new, work.policy)


def follow_cadence(
    connection: sqlite3.Connection,
    work: Work,
    customer_ids: Sequence[int],
    old_grades: Mapping[int, str | None] | None = None,
) -> Replanned:
    """Let what the cadence has planned with customers go with the cadence they have now: sooner, or gone.

    old_grades: by customer, where only the grade changed; whose cadence is the same by both is left alone. What somebody has moved, timed, tried or noted stays where it is (source: handbook 4).
    """
    moved: list[tuple[int, date, date]] = []
    cancelled = []
    for one in callbacks.placed_by_cadence(connection, customer_ids):
        days = cadence.days(one.relationship, one.grade, work.policy)
        if old_grades and cadence.days(one.relationship, old_grades[one.customer_id], work.policy) == days:
            continue
        if days is None:
            rows.update(connection, "callback", one.id, {"status": "cancelled", "reason": "relationship"})
            cancelled.append(one.id)
            continue
        last = date.fromisoformat(one.last_contact_on) if one.last_contact_on else None
        made = work.zone.local(one.created_at).date()
        wanted = work.calendar.next_working_day(cadence.wanted_day(last, made, days, work.today))
        planned = date.fromisoformat(one.due_on)
        day = cadence.moved_day(planned, wanted)
        if day != planned:
            changes = {"due_on": day.isoformat(), "planned_on": day.isoformat()}
            rows.update(connection, "callback", one.id, changes)
            moved.append((one.id, planned, day))
    return Replanned(moved, cancelled)


def _follow_frequency(connection: sqlite3.Connection, work: Work, customer_id: int) -> Replanned:
    """Let the open visit by frequency go with the card's frequency: sooner, later or gone.

    Nothing is planned where nothing was. One that was tried or moved stays (source: handbook 3).
    """
    row = stored_visits.open_by_frequency(connection, customer_id)
    if row is None:
        return Replanned()
    card = customers.card(connection, customer_id)
    every = visits.frequency(card["visit_every"])
    if every is None or card["status"] == "lost":
        rows.update(connection, "callback", row["id"], {"status": "cancelled", "reason": "visit-every"})
        return Replanned(cancelled=[row["id"]])
    last, made = stored_visits.last_visit(connection, customer_id), work.zone.local(card["created_at"]).date()
    counted = date.fromisoformat(last) if last is not None else made
    wanted = visits.wanted_day(counted, every, work.today, work.calendar)
    until = visits.latest_day(wanted, every)
    day = stored_visits.day_of_route(connection, card["route"], wanted.isoformat(), until.isoformat(), row["id"])
    moved = at_same_time(row["due_at"], wanted if day is None else date.fromisoformat(day), work.zone)
    planned = date.fromisoformat(row["due_on"])
    if moved.day == planned:
        return Replanned()
    rows.update(
        connection, "callback", row["id"], {**moved.columns, "planned_on": moved.day.isoformat(), "agreed_on": None}
    )
    return Replanned([(row["id"], planned, moved.day)])
