"""Planning many callbacks at once, by cadence, by the frequency of visits or along a route (handbook 3, 4, 5).

Run twice, nothing is planned twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from csm.domain.callback import cadence, visits
from csm.domain.callback.rules import NEAR
from csm.services.house.assigning import Roster
from csm.storage.callback import rows as callbacks
from csm.storage.callback import visits as stored_visits
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
# A plan with the channel and the rule of each callback.
_Plan = list[tuple[Planned, str, str]]


class Plan(NamedTuple):
    """What was planned, or would be, and with how many of these customers something else is planned within a week.

    near: the names of those customers.
    """

    planned: Sequence[Planned]
    near: Sequence[str]


def by_rule(work: Work, *, until: date | None, per_day: int | None, dry_run: bool) -> Plan:
    """Plan the next visit of every customer with a frequency, and the next callback of every one with a cadence.

    Only who has none open. On working days, with `per_day` at most so many a day for each owner, what is open already
    counted in. With `until` only what falls on that day or before (source: handbook 3, 4).
    """
    if dry_run:
        plan = _plan(work, until, per_day)
        return Plan([planned for planned, *_ in plan], _near(work, plan))
    with work.database.writing(work.command, bulk=True) as connection:
        plan = _plan(work, until, per_day)
        near = _near(work, plan)
        first_id = _next_id(work)
        connection.executemany(
            INSERT,
            (
                (
                    planned.customer_id,
                    planned.owner,
                    channel,
                    planned.purpose,
                    origin,
                    planned.due_on,
                    planned.due_on,
                    work.now_text,
                )
                for planned, channel, origin in plan
            ),
        )
        history.record_inserts(connection, "callback", first_id)
    return Plan([planned for planned, *_ in plan], near)


def count_unplanned(work: Work, owners: Sequence[str] = ()) -> int:
    """Return how many customers, of these owners or of all, the cadence would plan and nobody has."""
    return callbacks.count_unplanned(work.database.connection, cadence.table(work.policy), owners)


def _near(work: Work, plan: _Plan) -> list[str]:
    names = {planned.customer_id: planned.customer for planned, *_ in plan}
    days = [(planned.customer_id, planned.due_on) for planned, *_ in plan]
    # who is planned for by both rules is named once
    return [names[one] for one in dict.fromkeys(callbacks.near_of(work.database.connection, days, NEAR))]


def _next_id(work: Work) -> int:
    return int(work.database.connection.execute("SELECT coalesce(max(id), 0) + 1 FROM callback").fetchone()[0])


def _plan(work: Work, until: date | None, per_day: int | None) -> _Plan:
    """Return what both rules plan; visits find their place first, since others of their route go along."""
    taken = {
        (owner, date.fromisoformat(day)): number
        for owner, day, number in (
            callbacks.open_counts(work.database.connection, work.today.isoformat()) if per_day else ()
        )
    }
    spread = cadence.Spread(work.calendar, per_day, taken)
    plan = [*_visits(work, spread), *_cadence_plan(work, spread)]
    return [one for one in plan if until is None or one[0].due_on <= until.isoformat()]


def _cadence_plan(work: Work, spread: cadence.Spread) -> _Plan:
    table = cadence.table(work.policy)
    wanted = []
    for found in callbacks.without_cadence_callback(work.database.connection, table):
        last = date.fromisoformat(found.last_contact_on) if found.last_contact_on else None
        made = work.zone.local(found.created_at).date()
        days = table[found.relationship, found.grade]
        wanted.append((cadence.wanted_day(last, made, days, work.today), found.grade or "Z", found.id, found))
    wanted.sort()
    plan: _Plan = []
    roster = Roster(work, work.database.connection)
    for day, _, _, found in wanted:
        owner = roster.of_card(found.owner)
        placed = spread.place(owner, day)
        planned = Planned(found.id, found.name, placed.isoformat(), owner, "usage")
        plan.append((planned, found.channel or "phone", "cadence"))
    return plan


def _visits(work: Work, spread: cadence.Spread) -> _Plan:
    """Plan the visits: by day, those of one route on one day as far as possible and in its order (handbook 3)."""
    found = list(stored_visits.without_visit(work.database.connection))
    wanted = []
    for one in found:
        every = visits.frequency(one.visit_every)
        if every is None:
            continue
        last = date.fromisoformat(one.last_visit_on) if one.last_visit_on else work.zone.local(one.created_at).date()
        first = visits.wanted_day(last, every, work.today, work.calendar)
        wanted.append(visits.Wanted(one.id, one.route, first, visits.latest_day(first, every)))
    days = visits.together(wanted)
    # In the order of routes and places; the sort keeps it within a day.
    ordered = sorted((one for one in found if one.id in days), key=lambda one: days[one.id])
    plan: _Plan = []
    roster = Roster(work, work.database.connection)
    for one in ordered:
        owner = roster.of_card(one.owner)
        placed = spread.place(owner, days[one.id])
        plan.append((Planned(one.id, one.name, placed.isoformat(), owner, "usage"), "visit", "visit"))
    return plan


def along_route(work: Work, route: str, day: date, purpose: str, *, dry_run: bool) -> Plan:
    """Plan a visit to every customer of a route on a day, in the order of the route.

    Raises no-such-record, not-unique.
    """
    from csm.services import spellings

    routes = spellings.find(work.database.connection, "route", route)
    if dry_run:
        plan = _route_plan(work, routes, day, purpose)
        return Plan([planned for planned, *_ in plan], _near(work, plan))
    with work.database.writing(work.command) as connection:
        plan = _route_plan(work, routes, day, purpose)
        near = _near(work, plan)
        connection.executemany(
            INSERT,
            [
                (
                    planned.customer_id,
                    planned.owner,
                    channel,
                    purpose,
                    origin,
                    planned.due_on,
                    planned.due_on,
                    work.now_text,
                )
                for planned, channel, origin in plan
            ],
        )
    return Plan([planned for planned, *_ in plan], near)


def _route_plan(work: Work, routes: Sequence[str], day: date, purpose: str) -> _Plan:
    found = callbacks.on_route(work.database.connection, routes, day.isoformat())
    roster = Roster(work, work.database.connection)
    return [
        (Planned(identity, name, day.isoformat(), roster.usual(owner), purpose), "visit", "route")
        for identity, name, owner in found
    ]
