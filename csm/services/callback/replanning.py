"""What the rules have planned with a customer goes with the card: another relationship, grade, frequency or route.

By any way in which a card changes: edit, grades given, a file (handbook 3, 4).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from csm.domain.callback import cadence
from csm.domain.callback.rules import Appointment
from csm.domain.value import Value
from csm.services.callback import visiting
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.callback import visits as stored_visits

if TYPE_CHECKING:
    from csm.services.work import Work


class Replanned(Value):
    """What became of callbacks that a rule had planned.

    moved: (id, day before, day now) of those of the cadence. visits: how many visits moved. cancelled: how many of both
    are gone.
    """

    moved: Sequence[tuple[int, date, date]] = ()
    visits: int = 0
    cancelled: int = 0


def follow_card(
    connection: sqlite3.Connection, work: Work, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Replanned:
    """Let what the rules have planned with a customer go with the card, which was `before` (source: handbook 4)."""
    found = Replanned()
    if any(before[name] != after[name] for name in ("relationship", "grade")):
        old, new = (cadence.days(card["relationship"], card["grade"], work.policy) for card in (before, after))
        found = follow_cadence(connection, work, [before["id"]]) if old != new else found
    if any(before[name] != after[name] for name in ("visit_every", "route")):
        visit = stored_visits.open_by_frequency(connection, before["id"])
        if visit is not None:
            visiting.follow_card(connection, work, before["id"])
            now = callbacks.known(connection, visit["id"])
            gone = now["status"] != visit["status"]
            found = found._replace(
                cancelled=found.cancelled + gone, visits=int(not gone and now["due_on"] != visit["due_on"])
            )
    return found


def follow_cadence(
    connection: sqlite3.Connection,
    work: Work,
    customer_ids: Sequence[int],
    old_grades: Mapping[int, str | None] | None = None,
) -> Replanned:
    """Let what the cadence has planned with customers go with the cadence they have now: sooner, or gone.

    What somebody has moved, timed, tried or noted stays (source: handbook 4). old_grades: by customer, where only the
    grade changed; whose cadence is the same by both is left alone.
    """
    moved: list[tuple[int, date, date]] = []
    cancelled = 0
    for one in callbacks.placed_by_cadence(connection, customer_ids):
        days = cadence.days(one.relationship, one.grade, work.policy)
        if old_grades and cadence.days(one.relationship, old_grades[one.customer_id], work.policy) == days:
            continue
        if days is None:
            rows.update(connection, "callback", one.id, {"status": "cancelled", "reason": "relationship"})
            cancelled += 1
            continue
        planned = date.fromisoformat(one.due_on)
        day = cadence.moved_day(planned, _wanted(work, one, days))
        if day != planned:
            rows.update(connection, "callback", one.id, {"due_on": day.isoformat(), "planned_on": day.isoformat()})
            moved.append((one.id, planned, day))
    return Replanned(moved, 0, cancelled)


def follow_contacts(connection: sqlite3.Connection, work: Work, customer_id: int, besides: int | None = None) -> int:
    """Let what the rules have planned with a customer go with the last contact on record: sooner or later.

    What somebody has moved, timed, tried or noted stays. besides: the id of a callback that stays in any case. Return
    how many of the cadence have another day now.
    """
    visiting.follow_card(connection, work, customer_id, besides)
    moved = 0
    for one in callbacks.placed_by_cadence(connection, [customer_id]):
        days = cadence.days(one.relationship, one.grade, work.policy)
        if days is not None and one.id != besides:
            moved += rows.update(connection, "callback", one.id, Appointment(_wanted(work, one, days)).planned)
    return moved


def _wanted(work: Work, placed: callbacks.Placed, days: int) -> date:
    """Return the working day that a cadence of so many days comes to (source: handbook 4)."""
    last = date.fromisoformat(placed.last_contact_on) if placed.last_contact_on else None
    made = work.zone.local(placed.created_at).date()
    return work.calendar.next_working_day(cadence.wanted_day(last, made, days, work.today))
