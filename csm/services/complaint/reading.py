"""The case file as it is shown: everything about one case, read at once (handbook 6.7)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from csm.domain.callback.record import CALLBACK
from csm.domain.complaint import authority, clocks
from csm.domain.complaint.next_step import next_action, step_number
from csm.domain.complaint.page import CaseFile, Clock, Double, FourR
from csm.domain.complaint.record import COMPLAINT
from csm.domain.sale.guarantee import Guarantee, standing
from csm.domain.settings import NO_TARGET
from csm.domain.values.money import group_cents
from csm.services.complaint import recording as filing
from csm.storage import rows
from csm.storage.complaint import rows as complaints
from csm.storage.house import settings
from csm.storage.listing import by_field

if TYPE_CHECKING:
    from csm.services.work import Work

Record = dict[str, Any]


def read(work: Work, ref: str) -> CaseFile:
    """Return the case that `ref` says, 12 or cp12, as of the time taken as now; raise no-such-record."""
    connection = work.database.connection
    complaint_id = filing.find(connection, ref)
    file = filing.File(work, connection, complaint_id)
    case = file.case
    found = file.deadlines()
    row = rows.known(connection, "complaint_list", complaint_id)
    row["overdue"] = int(overdue(row, work.now_text))
    preventions = complaints.preventions(connection, complaint_id)
    asked = case.is_open and case.next_step == "approve"
    decision = authority.decision(case, work.policy)
    doubles = [_double(connection, one) for one in complaints.doubles(connection, complaint_id)]
    its = [complaint_id, *(one.id for one in doubles)]
    sale = None if row["sale_id"] is None else rows.known(connection, "sale", row["sale_id"])
    return CaseFile(
        complaint_id,
        by_field(COMPLAINT, row),
        case,
        sorted(file.events, key=lambda event: event.at),
        [_clock(one, file) for one in found],
        _of_each(its, partial(complaints.promises, connection)),
        preventions,
        _of_each(its, partial(_callbacks, connection)),
        four_r(file, preventions),
        _since_received(file, case.first_implemented_at),
        _since_received(file, case.implemented_at),
        step_number(case),
        next_action(case),
        settings.deciders(connection, decision.needed) if asked else [],
        _early(file),
        file.now,
        sale,
        _of_each(its, partial(complaints.surveys, connection)),
        row["contact_left_on"] is not None,
        decision,
        authority.limit(decision.needed, work.policy),
        doubles,
        [] if sale is None else _guarantees(work, sale),
    )


def _of_each(complaint_ids: Sequence[int], read_one: Callable[[int], list[Record]]) -> list[Record]:
    """Return what is read of each case, one after the other."""
    return [record for one in complaint_ids for record in read_one(one)]


def _callbacks(connection: sqlite3.Connection, complaint_id: int) -> list[Record]:
    stored = rows.fetch_all(connection, "callback_list", "complaint_id = ? ORDER BY id", [complaint_id])
    return [by_field(CALLBACK, row) for row in stored]


def _double(connection: sqlite3.Connection, complaint_id: int) -> Double:
    """Return a case that was recorded twice, with what was said and written on it."""
    row = rows.known(connection, "complaint_list", complaint_id)
    events = [filing.read_event(event) for event in complaints.events(connection, complaint_id)]
    words = sorted((event for event in events[1:] if event.text is not None), key=lambda event: event.at)
    return Double(complaint_id, by_field(COMPLAINT, row), events[0].by, words)


def _guarantees(work: Work, sale: dict[str, Any]) -> list[Guarantee]:
    """Return what is guaranteed of a sale today; nothing of one that was cancelled, or of a credit note."""
    if sale["cancelled_on"] is not None or sale["amount_cents"] < 0:
        return []
    delivered = date.fromisoformat(sale["delivered_on"]) if sale["delivered_on"] else None
    return standing(work.policy, sale["line"], date.fromisoformat(sale["sold_on"]), delivered, work.today)


def overdue(row: dict[str, Any], now: str) -> bool:
    """Tell whether a row of `complaint_list` is overdue at an instant in UTC text."""
    return row["next_due_at"] is not None and str(row["next_due_at"]) < now


def _clock(one: clocks.Deadline, file: filing.File) -> Clock:
    since = file.case.waiting_since
    late = clocks.late_by(one, file.now, since, file.hours)
    passed = clocks.passed(one, file.now, since)
    state = {
        "met": "met-late" if passed else "met",
        "stopped": "stopped",
        "running": "late" if passed else "running",
        "paused": "late-waiting" if passed else "waiting",
    }[one.standing]
    left = 0 if passed or one.standing in ("met", "stopped") else file.hours.work.between(since or file.now, one.due)
    return Clock(one, state, late if passed else 0, left)


def four_r(file: filing.File, preventions: Sequence[dict[str, Any]]) -> FourR:
    """Return what is on record of regret, reform, restitution and remedy (source: handbook 6.7)."""
    events, case = file.events, file.case
    regret = next((event.text for event in events if event.data.get("apologised")), None)
    reform = next((event.text for event in reversed(events) if event.step == "implement"), None)

    prevented = "; ".join(str(row["text"]) for row in preventions)
    return regret, reform, group_cents(case.given_cents) if case.given_cents else None, prevented or None


def _since_received(file: filing.File, moment: int | None) -> int | None:
    return None if moment is None else file.hours.work.between(file.case.received_at, moment)


def _early(file: filing.File) -> bool | None:
    target = file.work.policy.text("clock.settled_early")
    if target == NO_TARGET or file.case.closed_at is None or file.case.status == "withdrawn":
        return None
    return file.case.closed_at <= clocks.base(file.case.received_at, target, file.hours)


def record(work: Work, complaint_id: int) -> dict[str, Any]:
    """Return one case by the names of COMPLAINT, overdue as of the time taken as now."""
    row = rows.known(work.database.connection, "complaint_list", complaint_id)
    row["overdue"] = int(overdue(row, work.now_text))
    return by_field(COMPLAINT, row)
