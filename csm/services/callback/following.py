"""What follows a callback that was done or skipped: its series, the cadence, the next visit, the day asked for.

All within the transaction of what is followed (handbook 3, 4, 5).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from csm.domain.callback import cadence
from csm.domain.callback.rules import Appointment, Place, at_time, next_place
from csm.domain.time.recurrence import read_recurrence
from csm.services.callback import visiting
from csm.services.callback.placing import Following, count_anew, insert, refuse_plans
from csm.services.house.assigning import Roster
from csm.storage.callback import rows as callbacks
from csm.storage.customer import rows as customers
from csm.storage.customer.contacts import still_there

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.row_types import CallbackRow, CardRow

KEPT_IN_SERIES: Final = ("owner", "channel", "purpose", "every", "from_done", "planned_note", "series_time")


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

    closed: as they were before. asked: the day named for the next one. visited: somebody was there. Raises
    customer-archived, do-not-contact where a next one was asked for.
    """
    card = customers.card(connection, closed[0]["customer_id"])
    if card["do_not_contact"] or card["archived_on"] is not None:
        if asked is not None:
            refuse_plans(card)
        return None, None
    made: list[Following] = []
    for row in (one for one in closed if one["every"] and one["origin"] != "cadence"):
        made.append(_continue_series(connection, work, row, day, asked))
        asked = None
    if asked is not None and closed[0]["origin"] not in BY_RULE:
        made.append(_plan_asked(connection, work, card, closed[0], asked))
        asked = None
    made += _follow_rules(connection, work, card, closed, day, asked, visited=visited)
    return _soonest(made)


def _soonest(made: Sequence[Following]) -> tuple[int | None, Appointment | None]:
    """Return id and day of the first of what was planned, None for each where nothing was."""
    if not made:
        return None, None
    soonest, identity = min(made, key=lambda one: (one[0].day, one[0].at is None, one[0].at or "", one[1]))
    return identity, soonest


def _plan_asked(
    connection: sqlite3.Connection, work: Work, card: CardRow, closed: CallbackRow, asked: Appointment
) -> Following:
    """Plan the day asked for as one callback, like the closed one."""
    kept: dict[str, object] = {name: closed[name] for name in ("channel", "purpose")}
    kept["owner"] = Roster(work, connection).usual(closed["owner"], card["owner"])
    kept["contact_id"] = still_there(connection, closed["contact_id"])
    return asked, insert(connection, work, card["id"], {**kept, **asked.columns, "origin": "next"})


def _follow_rules(
    connection: sqlite3.Connection,
    work: Work,
    card: CardRow,
    closed: Sequence[CallbackRow],
    day: date,
    asked: Appointment | None,
    *,
    visited: bool,
) -> list[Following]:
    """Count cadence and frequency anew from a contact; the rule of what was closed takes the day asked for.

    Where no rule has taken it, since the relationship or the frequency is another now, it is planned all the same.
    """
    origins = {row["origin"] for row in closed}
    by_cadence = "cadence" in origins
    made = _renew_cadence(connection, work, card, day, asked if by_cadence else None, make=by_cadence)
    if visited or "visit" in origins:
        made += visiting.renew(connection, work, card, day, None if by_cadence else asked)
    if asked is not None and all(planned is not asked for planned, _ in made):
        made.append(_plan_asked(connection, work, card, closed[0], asked))
    return made


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

    None is made where a series is at least as frequent.
    """
    days = cadence.days(card["relationship"], card["grade"], work.policy)
    if days is None:
        return []
    wanted = work.calendar.next_working_day(cadence.wanted_day(day, day, days, work.today))
    customer_id = card["id"]
    others = callbacks.open_of(connection, customer_id)
    for row in others:
        if row["origin"] == "cadence":
            return count_anew(connection, work, row, wanted)
    if not make or (asked is None and any(cadence.is_covered_by(row["every"], days) for row in others)):
        return []
    owner = Roster(work, connection).of_card(card["owner"])
    values = {"owner": owner, "channel": card["channel"] or "phone", "purpose": "usage", "origin": "cadence"}
    made = asked or Appointment(wanted)
    return [(made, insert(connection, work, customer_id, {**values, **made.columns}))]
