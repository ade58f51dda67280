"""What a user means to do with promises, ours and theirs: give, keep, break, release, move (handbook 6.5, 7).

A promise on a case has a deadline of its own, or moves one of the case's clocks earlier; so whatever happens to it goes
through the file of the case.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from csm.domain.complaint import authority
from csm.domain.complaint.case import Case
from csm.domain.errors import FieldName, NotFound, Refused, UsageFault
from csm.domain.promise.rules import (
    OPEN,
    OURS,
    REPLY_BY,
    can_move,
    ending,
    is_over,
    later_than,
    less_than,
    status_when_kept,
)
from csm.domain.time.working_hours import due, epoch, read_target, utc
from csm.domain.value import Value
from csm.services import references
from csm.services.complaint import recording as filing
from csm.services.house.assigning import Roster
from csm.services.promise import pledges
from csm.storage import rows
from csm.storage.customer.rows import Candidate
from csm.storage.house import settings

if TYPE_CHECKING:
    from csm.services.work import Work

Row = Mapping[str, Any]


class Draft(Value):
    """A promise to be made; `due` is local time; what is None is as its pledge says."""

    text: str
    due: datetime | None = None
    direction: str = OURS
    in_charge: str | None = None
    compensation_cents: int | None = None
    clock: str | None = None
    complaint_id: int | None = None
    pledge_id: int | None = None
    external_id: str | None = None


class Above(Value):
    """Money that was promised above one's authority: the own level, and the lowest that may promise it.

    given: what the case that it was promised on has been given already, in cents.
    """

    cents: int
    level: int
    needed: int
    given: int = 0


class Made(Value):
    """The promise that was made, and what to warn of.

    above: money above one's authority. pledged: when its pledge would have had it due, UTC text, where it is later.
    pledged_cents: what its pledge would have given when it is broken, where it gives less.
    """

    id: int
    above: Above | None
    pledged: str | None = None
    pledged_cents: int | None = None


class Broken(Value):
    """The promise that was broken, the compensation it is worth, and its case."""

    id: int
    compensation_cents: int | None
    complaint_id: int | None


def add(work: Work, customer: Candidate, draft: Draft) -> Made:
    """Make a promise to a customer, or note one of theirs; under a pledge, what isn't typed is as pledged.

    What is typed holds, also where the pledge says more; that is returned. Raises missing-value, values-exclude,
    no-such-record, pledge-retired, clock-over.
    """
    _check(draft)
    with work.database.writing(work.command) as connection:
        pledge = pledges.in_force(connection, str(draft.pledge_id)) if draft.pledge_id is not None else {}
        file = _file_for(work, connection, customer, draft)
        pledged = _pledged(work, pledge)
        due_at = _due(work, draft, pledged)
        in_charge = draft.in_charge and Roster(work, connection).named(draft.in_charge)
        pledged_cents = pledge.get("compensation_cents")
        cents = pledged_cents if draft.compensation_cents is None else draft.compensation_cents
        promise_id = add_in(
            connection,
            work,
            {
                "customer_id": customer.id,
                "complaint_id": draft.complaint_id,
                "pledge_id": draft.pledge_id,
                "text": draft.text,
                "direction": draft.direction,
                "in_charge": in_charge,
                "due_at": due_at,
                "clock": draft.clock,
                "compensation_cents": cents,
                "external_id": draft.external_id,
            },
        )
        if file is not None:
            file.add("promise", draft.text, {"promise_id": promise_id, "due": due_at})
            file.see_promises()
            file.store()
        return Made(
            promise_id,
            _above(work, connection, draft, cents, file),
            utc(pledged) if pledged is not None and later_than(epoch(due_at), pledged) else None,
            pledged_cents if less_than(cents, pledged_cents) else None,
        )


def _check(draft: Draft) -> None:
    if draft.clock is not None and draft.complaint_id is None:
        raise UsageFault("missing-value", field=FieldName("complaint"))
    if draft.direction == OURS:
        return
    # What customers promise is no pledge of the house and hurries no clock of ours.
    for field, value in (("clock", draft.clock), ("pledge", draft.pledge_id)):
        if value is not None:
            raise UsageFault("values-exclude", first=FieldName("theirs"), second=FieldName(field))


def _file_for(work: Work, connection: sqlite3.Connection, customer: Candidate, draft: Draft) -> filing.File | None:
    """Return the file of the case that a promise is made on, with what was missed until now on record."""
    if draft.complaint_id is None:
        return None
    file = filing.File(work, connection, draft.complaint_id)
    if file.row.get("customer_id") != customer.id:
        raise NotFound("no-such-record", kind="complaint", ref=str(draft.complaint_id))
    file.catch_up()
    if draft.clock is not None:
        run = file.case.run(draft.clock)
        if run is None or run.over:
            raise Refused("clock-over", case_id=file.id, clock=draft.clock)
    return file


def _pledged(work: Work, pledge: Row) -> int | None:
    """Return when what a pledge says is due, counted from now; None without a pledge or for one without a time."""
    if not pledge.get("within"):
        return None
    hours = filing.hours(work)
    return due(filing.now(work), read_target(pledge["within"]), hours.work, hours.always)


def _due(work: Work, draft: Draft, pledged: int | None) -> str:
    """Return when a promise is due as stored: as typed, else as its pledge says."""
    if draft.due is not None:
        return work.zone.to_utc_text(draft.due)
    if pledged is None:
        raise UsageFault("missing-value", field=FieldName("due"))
    return utc(pledged)


def _above(
    work: Work, connection: sqlite3.Connection, draft: Draft, cents: int | None, file: filing.File | None
) -> Above | None:
    """Return what to warn of: a promise of ours of money that one couldn't approve (source: handbook 6.6, 7).

    What its case has been given already counts, and the level of whoever promises, not that the case stands at.
    """
    if not cents or draft.direction != OURS:
        return None
    level = settings.staff_level(connection, work.user)
    decision = authority.decision(Case() if file is None else file.case, work.policy, cents)
    return None if level >= decision.needed else Above(cents, level, decision.needed, decision.given)


def add_in(connection: sqlite3.Connection, work: Work, values: Mapping[str, object]) -> int:
    """Insert a promise within a transaction, `values` are stored columns with `due_at`; return its id.

    Whoever acts is in charge unless told.
    """
    given = {name: value for name, value in values.items() if value is not None}
    if "in_charge" not in given:
        given["in_charge"] = Roster(work, connection).usual()
    day = work.zone.local(str(given["due_at"])).date().isoformat()
    usual = {"due_on": day, "created_at": work.now_text, "created_by": work.user}
    return rows.insert(connection, "promise", {**usual, **given})


# --- how it ends --------------------------------------------------------------------------------------------------


def keep(work: Work, ref: str, text: str | None = None, at: datetime | None = None) -> int:
    """Note that a promise was kept, at a local time or now: on time or late. Return its id.

    Raises no-such-record, promise-ended.
    """
    with work.database.writing(work.command) as connection:
        row = _open(connection, ref)
        moment = filing.now(work) if at is None else filing.moment(work, at)
        _check_made(work, row, moment)
        values = _kept(row, moment) | {"ended_text": text}
        # What was kept in time isn't missed, though it is told late: so the misses come after.
        return _change(work, connection, row, values, miss_first=False, at=moment)


def _check_made(work: Work, row: Row, moment: int) -> None:
    """Raise before-promise for an instant before a promise was made."""
    if moment < epoch(row["created_at"]):
        told = (f"{work.zone.local(one):%Y-%m-%d %H:%M}" for one in (utc(moment), row["created_at"]))
        raise UsageFault("before-promise", value=next(told), made=next(told), ref=f"pr{row['id']}")


def break_(work: Work, ref: str, text: str | None = None) -> Broken:
    """Note that a promise wasn't kept and won't be; on a case that is a miss. Raises no-such-record, promise-ended."""
    with work.database.writing(work.command) as connection:
        row = _open(connection, ref)
        promise_id = _change(work, connection, row, {"status": "broken", "ended_text": text})
        return Broken(promise_id, _worth(connection, row), row["complaint_id"])


def _worth(connection: sqlite3.Connection, row: Row) -> int | None:
    """Return the compensation that a promise of ours is worth when it is broken, its own or that of its pledge."""
    cents: int | None = row["compensation_cents"]
    if cents is None and row["pledge_id"] is not None:
        cents = pledges.find(connection, str(row["pledge_id"]))["compensation_cents"]
    return cents or None if row["direction"] == OURS else None


def release(work: Work, ref: str, text: str | None = None) -> int:
    """Note that whoever a promise was made to no longer requires it; return its id.

    Raises no-such-record, promise-ended.
    """
    with work.database.writing(work.command) as connection:
        row = _open(connection, ref)
        return _change(work, connection, row, {"status": "released", "ended_text": text})


def move(work: Work, ref: str, when: datetime, told: bool) -> int:
    """Move a promise to a later local time, before it is due, when the other side was told; return its id.

    Raises no-such-record, promise-ended, promise-over, missing-value, not-later.
    """
    with work.database.writing(work.command) as connection:
        row = _open(connection, ref)
        was, moved, now = epoch(row["due_at"]), filing.moment(work, when), filing.now(work)
        if not can_move(was, moved, now, told=told):
            if is_over(was, now):
                raise Refused("promise-over", ref=f"pr{row['id']}")
            if not told:
                raise UsageFault("missing-value", field=FieldName("told"))
            raise UsageFault(
                "not-later",
                value=f"{when:%Y-%m-%d %H:%M}",
                ref=f"pr{row['id']}",
                due=f"{work.zone.local(row['due_at']):%Y-%m-%d %H:%M}",
            )
        values = {"due_at": utc(moved), "due_on": work.zone.local(utc(moved)).date().isoformat()}
        return _change(work, connection, row, values)


def _open(connection: sqlite3.Connection, ref: str) -> dict[str, Any]:
    """Return the promise that `ref` says, 3 or pr3; raise no-such-record, promise-ended."""
    row = references.record(connection, "promise", ref)
    if row["status"] != OPEN:
        raise Refused(
            "promise-ended", ref=f"pr{row['id']}", promise_ending=ending(str(row["status"]), str(row["direction"]))
        )
    return row


def _change(
    work: Work,
    connection: sqlite3.Connection,
    row: Row,
    values: Mapping[str, object],
    *,
    miss_first: bool = True,
    at: int | None = None,
) -> int:
    """Change a promise, and its case with it; what was missed before is on record, and so is what is missed now."""
    promise_id, complaint_id = int(row["id"]), row["complaint_id"]
    file = filing.File(work, connection, complaint_id) if complaint_id is not None else None
    if file is not None and miss_first:
        file.catch_up()
    rows.update(connection, "promise", promise_id, values)
    if file is not None:
        file.see_promises()
        file.catch_up()
        told = {"promise_id": promise_id, "status": values.get("status"), "due": values.get("due_at")}
        file.add("promise", str(values.get("ended_text") or row["text"]), told, at=at)
        file.store()
    return promise_id


def _kept(row: Row, at: int) -> dict[str, object]:
    return {"status": status_when_kept(epoch(row["due_at"]), at), "kept_at": utc(at)}


# --- while a case or a colleague is dealt with --------------------------------------------------------------------


def keep_in(file: filing.File, at: int, clocks: Sequence[str], *, replies: bool) -> list[int]:
    """Keep what an answer of ours at `at` fulfils on a case, within its transaction; return the ids.

    These are the open promises made for one of `clocks`, with `replies` also the reply-by times.
    """
    return [
        _end(file, row, _kept(row, at), at)
        for row in _standing(file)
        if (row["clock"] in clocks or (replies and row["origin"] == REPLY_BY)) and epoch(row["created_at"]) <= at
    ]


def break_in(file: filing.File, clocks: Sequence[str]) -> list[int]:
    """Break the open promises of a case made for `clocks` that won't be met any more; return the ids."""
    return [_end(file, row, {"status": "broken"}, file.now) for row in _standing(file) if row["clock"] in clocks]


def release_in(file: filing.File, clocks: Sequence[str] | None = None) -> list[int]:
    """Release our open promises on a case that nobody waits for any more, all or those for `clocks`; return the ids."""
    standing = [row for row in _standing(file) if clocks is None or row["clock"] in clocks]
    return [_end(file, row, {"status": "released"}, file.now) for row in standing]


def _end(file: filing.File, row: Row, values: Mapping[str, object], at: int) -> int:
    rows.update(file.connection, "promise", int(row["id"]), values)
    file.see_promises()
    file.add("promise", row["text"], {"promise_id": row["id"], "status": values["status"]}, at=at)
    return int(row["id"])


def _standing(file: filing.File) -> list[dict[str, Any]]:
    """Return our open promises on a case."""
    condition = "complaint_id = ? AND status = 'open' AND direction = 'ours' ORDER BY id"
    return rows.fetch_all(file.connection, "promise", condition, [file.id])


def hand_over(connection: sqlite3.Connection, old: str, new: str, customer_id: int | None = None) -> int:
    """Give the open promises and preventions of somebody in charge, of one customer or of all, to another.

    Return how many.
    """
    work_of = {
        "promise": "status = 'open' AND in_charge = :old AND (:customer IS NULL OR customer_id = :customer)",
        "prevention": "done_at IS NULL AND in_charge = :old"
        " AND (:customer IS NULL OR complaint_id IN (SELECT id FROM complaint WHERE customer_id = :customer))",
    }
    moved = 0
    for table, condition in work_of.items():
        for row in rows.fetch_all(connection, table, condition, {"old": old, "customer": customer_id}):
            moved += rows.update(connection, table, row["id"], {"in_charge": new})
    return moved
