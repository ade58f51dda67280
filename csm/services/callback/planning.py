"""Planning many callbacks at once, by cadence or along a route; run twice, nothing is planned twice (handbook 4, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from csm.domain.callback import cadence
from csm.storage.callback import rows as callbacks
from csm.storage.file import history

if TYPE_CHECKING:
    from csm.services.work import Work


class Planned(NamedTuple):
    """One callback that was planned, or would be; days are ISO text."""

    customer_id: int
    customer: str
    due_on: str
    owner: str | None
    purpose: str


INSERT = (
    "INSERT INTO callback (customer_id, owner, channel, purpose, origin, due_on, planned_on, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def by_cadence(work: Work, *, until: date | None, per_day: int | None, dry_run: bool) -> list[Planned]:
    """Plan the next callback of every customer whose relationship has a cadence and who has none open.

    On working days, with `per_day` at most so many a day for each owner, what is open already counted in. With
    `until` only what falls on that day or before (source: handbook 4).
    """
    if dry_run:
        return [planned for planned, _ in _cadence_plan(work, until, per_day)]
    with work.database.writing(work.command, bulk=True) as connection:
        plan = _cadence_plan(work, until, per_day)
        first_id = _next_id(work)
        connection.executemany(
            INSERT,
            (
                (
                    planned.customer_id,
                    planned.owner,
                    channel,
                    planned.purpose,
                    "cadence",
                    planned.due_on,
                    planned.due_on,
                    work.now_text,
                )
                for planned, channel in plan
            ),
        )
        history.record_inserts(connection, "callback", first_id)
    return [planned for planned, _ in plan]


def _next_id(work: Work) -> int:
    return int(work.database.connection.execute("SELECT coalesce(max(id), 0) + 1 FROM callback").fetchone()[0])


def _cadence_plan(work: Work, until: date | None, per_day: int | None) -> list[tuple[Planned, str]]:
    connection = work.database.connection
    table = cadence.table(work.policy)
    wanted = []
    for found in callbacks.without_cadence_callback(connection):
        last = date.fromisoformat(found.last_contact_on) if found.last_contact_on else None
        made = work.zone.local(found.created_at).date()
        days = table[found.relationship, found.grade]
        wanted.append((cadence.wanted_day(last, made, days, work.today), found.grade or "Z", found.id, found))
    wanted.sort()
    taken = {
        (owner, date.fromisoformat(day)): number
        for owner, day, number in (callbacks.open_counts(connection, work.today.isoformat()) if per_day else ())
    }
    spread = cadence.Spread(work.calendar, per_day, taken)
    plan = []
    for day, _, _, found in wanted:
        placed = spread.place(found.owner, day)
        if until is None or placed <= until:
            plan.append(
                (Planned(found.id, found.name, placed.isoformat(), found.owner, "usage"), found.channel or "phone")
            )
    return plan


def along_route(work: Work, route: str, day: date, purpose: str, *, dry_run: bool) -> list[Planned]:
    """Plan a visit to every customer of a route on a day, in the order of the route.

    Raises no-such-record, not-unique.
    """
    from csm.services import spellings

    routes = spellings.find(work.database.connection, "route", route)
    if dry_run:
        return _route_plan(work, routes, day, purpose)
    with work.database.writing(work.command) as connection:
        plan = _route_plan(work, routes, day, purpose)
        connection.executemany(
            INSERT,
            [
                (
                    planned.customer_id,
                    planned.owner,
                    "visit",
                    purpose,
                    "route",
                    planned.due_on,
                    planned.due_on,
                    work.now_text,
                )
                for planned in plan
            ],
        )
    return plan


def _route_plan(work: Work, routes: Sequence[str], day: date, purpose: str) -> list[Planned]:
    return [
        Planned(identity, name, day.isoformat(), owner or work.user, purpose)
        for identity, name, owner in callbacks.on_route(work.database.connection, routes, day.isoformat())
    ]
