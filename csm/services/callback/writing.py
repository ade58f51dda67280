"""What a user means to do with callbacks: plan, note, move, skip; each function is one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from csm.domain.callback import cadence
from csm.domain.callback.rules import FRUITLESS, Appointment, Place, after_no_answer, at_same_time, at_time, next_place
from csm.domain.errors import NotFound, Refused
from csm.domain.time.recurrence import read_interval
from csm.domain.value import Value
from csm.services import references
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.customer.contacts import still_there
from csm.storage.customer.rows import Candidate

if TYPE_CHECKING:
    from csm.services.complaint.opening import Draft, Opened
    from csm.services.complaint.steps import Done
    from csm.services.work import Work

Row = Mapping[str, object]
# With fewer digits a number is an id that isn't there, and nobody's phone.
SHORTEST_PHONE = 7


class Result(Value):
    """What came of a contact; `at` is local time, `values` are stored columns such as satisfaction and cost_cents.

    summary: sums up the case that a satisfaction callback asks about. complaint: a problem heard, to be opened.
    """

    outcome: str
    text: str | None
    at: datetime
    values: Mapping[str, object]
    postponed_to: Appointment | None = None
    next_on: Appointment | None = None
    summary: str | None = None
    complaint: Draft | None = None


class Noted(Value):
    """What noting a contact did: the callbacks it closed, or kept open until `due`, and the next one with its day.

    heard: the cases that the customer's words were about. opened: the case that came of it.
    """

    ids: list[int]
    due: Appointment | None
    next_id: int | None
    next: Appointment | None
    planned: bool
    heard: Sequence[Done] = ()
    opened: Opened | None = None


def add(work: Work, customer: Candidate, values: Mapping[str, object]) -> int:
    """Plan a callback; its owner is the customer's unless given. Raises do-not-contact, customer-archived."""
    with work.database.writing(work.command) as connection:
        card = _card(connection, customer.id)
        _refuse_plans(card)
        usual = {"owner": card["owner"] or work.user, "channel": card["channel"] or "phone"}
        return _insert(connection, work, customer.id, {**usual, **values})


def _refuse_plans(card: Row) -> None:
    """Raise what forbids planning anything with a customer."""
    if card["archived_on"] is None and not card["do_not_contact"]:
        return
    if card["archived_on"] is not None:
        raise Refused("customer-archived", customer=card["name"], customer_id=card["id"])
    raise Refused("do-not-contact", customer=card["name"], customer_id=card["id"])


def _card(connection: sqlite3.Connection, customer_id: object) -> Row:
    return rows.fetch(connection, "customer", int(str(customer_id))) or {}


def _insert(connection: sqlite3.Connection, work: Work, customer_id: int, values: Mapping[str, object]) -> int:
    made = {"customer_id": customer_id, "planned_on": values["due_on"], "created_at": work.now_text, **values}
    if made.get("every"):
        made.setdefault("series_on", made["planned_on"])
        if made.get("due_at"):
            made.setdefault("series_time", f"{work.zone.local(str(made['due_at'])):%H:%M}")
    return rows.insert(connection, "callback", made)


class Meant(Value):
    """The open callbacks that a reference means, and the contact where it named one."""

    rows: Sequence[dict[str, object]]
    contact_id: int | None = None


def find(connection: sqlite3.Connection, ref: str, today: date) -> Meant:
    """Return the open callbacks that `ref` means: one by its id, or those of a customer that are due together.

    A plain number is the id of a callback and never that of a customer. A customer with none due, but a single planned
    one, means that one. Raises no-such-record, not-unique, not-open.
    """
    identity = references.number("callback", ref)
    row = callbacks.fetch(connection, identity) if identity is not None else None
    if row is not None:
        _check_open(row)
        return Meant([row])
    if identity is not None and len(ref.strip()) < SHORTEST_PHONE:
        raise NotFound("no-such-record", kind="callback", ref=ref)
    customer = references.customer(connection, ref, ids=False)
    found = callbacks.due_of(connection, customer.id, today.isoformat())
    if not found:
        found = callbacks.open_of(connection, customer.id)
        if len(found) > 1:
            candidates = [(f"cb{row['id']}", row["due_on"], row["purpose"]) for row in found]
            raise NotFound("not-unique", kind="callback", ref=ref, candidates=candidates)
    if not found:
        raise NotFound("nothing-planned", customer=customer.name, customer_id=customer.id)
    return Meant(found, customer.contact_id)


def note(work: Work, ref: str, result: Result) -> Noted:
    """Note what came of a planned callback, or of all of a customer's that are due together."""
    with work.database.writing(work.command) as connection:
        meant = find(connection, ref, work.today)
        if meant.contact_id is not None:
            result = result._replace(values={"contact_id": meant.contact_id, **result.values})
        return note_rows(connection, work, meant.rows, result)


def log(work: Work, customer: Candidate, result: Result, *, keep: bool) -> Noted:
    """Note a contact that wasn't planned; it fulfils the customer's callbacks due that day unless `keep`.

    One about a sale fulfils none about another sale. A fruitless one leaves a callback open for another try
    (source: handbook 5).
    """
    day = result.at.date()
    with work.database.writing(work.command) as connection:
        due = [] if keep else callbacks.due_of(connection, customer.id, day.isoformat())
        if sale_id := result.values.get("sale_id"):
            due = [row for row in due if row["sale_id"] in (None, sale_id)]
        if due:
            return note_rows(connection, work, due, result)
        card = _card(connection, customer.id)
        values = {"owner": card["owner"] or work.user, "channel": card["channel"] or "phone", "origin": "log"}
        made = _insert(connection, work, customer.id, {**values, **_contact_values(result), "due_on": day.isoformat()})
        return note_rows(connection, work, [callbacks.fetch(connection, made) or {}], result)._replace(planned=False)


def _contact_values(result: Result) -> dict[str, object]:
    return {
        name: result.values[name]
        for name in ("channel", "direction", "purpose", "contact_id", "sale_id")
        if name in result.values
    }


def note_rows(connection: sqlite3.Connection, work: Work, due: Sequence[Row], result: Result) -> Noted:
    """Note what came of open callbacks of one customer, within a transaction: done, or open for another try."""
    ids = [int(str(row["id"])) for row in due]
    if result.outcome in FRUITLESS:
        return _keep_open(connection, work, due, ids, result)
    first = due[0]
    done_at, done_on = work.zone.to_utc_text(result.at), result.at.date()
    for row in due:
        values: dict[str, object] = {
            "status": "done",
            "outcome": result.outcome,
            "done_at": done_at,
            "done_on": done_on.isoformat(),
            "done_by": work.user,
            "note": result.text,
        }
        # One call may serve all purposes due together; its figures count once.
        values |= result.values if row is first else {"served_with": first["id"]}
        rows.update(connection, "callback", int(str(row["id"])), values)
    following = _plan_following(connection, work, due, done_on, result.next_on)
    noted = Noted(ids, None, *following, True)
    asked = [row for row in due if row["complaint_id"] is not None and row["purpose"] == "satisfaction"]
    if result.summary is not None and not asked:
        raise Refused("nothing-to-sum-up")
    if asked and result.outcome == "reached":
        noted = noted._replace(heard=[_hear(connection, work, row, result) for row in asked])
    if result.complaint is not None:
        about = [result.values.get("sale_id"), *[row["sale_id"] for row in due]]
        sale_id = next((sale for sale in about if sale is not None), None)
        noted = noted._replace(opened=_open(connection, work, {**first, "sale_id": sale_id}, result.complaint))
    return noted


def _hear(connection: sqlite3.Connection, work: Work, row: Row, result: Result) -> Done:
    """Take what was said on a satisfaction callback to its case (source: handbook 6.3)."""
    from csm.domain.complaint.case import Event
    from csm.services.complaint import recording as filing
    from csm.services.complaint import steps

    file = filing.File(work, connection, int(str(row["complaint_id"])))
    moment = filing.moment(work, result.at)
    file.check_time(moment)
    file.catch_up([Event(moment, work.user, "feedback", result.text, 0, {})])
    score = result.values.get("satisfaction")
    heard = steps.Heard(int(str(row["id"])), result.text, score if isinstance(score, int) else None, moment)
    done = steps.hear(file, heard, result.summary)
    file.store()
    return done


def _open(connection: sqlite3.Connection, work: Work, row: Row, draft: Draft) -> Opened:
    """Open the case that was heard of on a callback (source: handbook 5)."""
    from csm.services.complaint import opening

    card = _card(connection, row["customer_id"])
    customer = Candidate(int(str(card["id"])), str(card["name"]), "", card["archived_on"] is not None)
    whom = still_there(connection, row["contact_id"])
    told = {"callback_id": row["id"], "contact_id": whom, "sale_id": row["sale_id"], **draft.values}
    return opening.open_in(connection, work, customer, draft._replace(values=told))


def _keep_open(connection: sqlite3.Connection, work: Work, due: Sequence[Row], ids: list[int], result: Result) -> Noted:
    tried_on = result.at.date()
    kept: Appointment | None = None
    for row in due:
        tries = int(str(row["tries"])) + (result.outcome == "no-answer")
        if result.postponed_to is not None:
            kept = _moved(work, row, result.postponed_to)
        else:
            day = after_no_answer(date.fromisoformat(str(row["due_on"])), tried_on, work.calendar)
            kept = at_same_time(row["due_at"], day, work.zone)
        changes = {"tries": tries, "outcome": result.outcome, **kept.columns}
        rows.update(connection, "callback", int(str(row["id"])), changes)
        rows.insert(
            connection,
            "callback_try",
            {
                "callback_id": row["id"],
                "at": work.zone.to_utc_text(result.at),
                "by": work.user,
                "outcome": result.outcome,
                "channel": result.values.get("channel", row["channel"]),
                "cost_cents": result.values.get("cost_cents"),
                "note": result.text,
            },
        )
    return Noted(ids, kept, None, None, True)


def _moved(work: Work, row: Row, to: Appointment) -> Appointment:
    """Return where a callback comes to stand: its own time of day on the new day unless another one is named."""
    return to if to.at is not None else at_same_time(row["due_at"], to.day, work.zone)


def _plan_following(
    connection: sqlite3.Connection, work: Work, closed: Sequence[Row], day: date, asked: Appointment | None
) -> tuple[int | None, Appointment | None]:
    """Plan what follows the closed callbacks of one customer: series, cadence, or the day asked for."""
    card = _card(connection, closed[0]["customer_id"])
    if card["do_not_contact"] or card["archived_on"] is not None:
        if asked is not None:
            _refuse_plans(card)
        return None, None
    made: list[tuple[Appointment, int]] = []
    for row in closed:
        if row["every"] and row["origin"] != "cadence":
            made.append(_continue_series(connection, work, row, day, asked))
            asked = None
    if asked is not None and closed[0]["origin"] != "cadence":
        kept = {name: closed[0][name] for name in ("owner", "channel", "purpose")}
        kept["contact_id"] = still_there(connection, closed[0]["contact_id"])
        values = {**kept, **asked.columns, "origin": "next"}
        made.append((asked, _insert(connection, work, int(str(card["id"])), values)))
        asked = None
    by_cadence = any(row["origin"] == "cadence" for row in closed)
    followed = _renew_cadence(connection, work, card, day, asked, make=by_cadence)
    if followed is not None:
        made.append(followed)
    if not made:
        return None, None
    soonest, identity = min(made, key=lambda one: (one[0].day, one[0].at is None, one[0].at or "", one[1]))
    return identity, soonest


def _continue_series(
    connection: sqlite3.Connection, work: Work, row: Row, day: date, asked: Appointment | None
) -> tuple[Appointment, int]:
    place = Place(
        date.fromisoformat(str(row["planned_on"])), date.fromisoformat(str(row["series_on"] or row["planned_on"]))
    )
    following = next_place(read_interval(str(row["every"])), place, day, from_done=bool(row["from_done"]))
    kept = ("owner", "channel", "purpose", "every", "from_done", "planned_note", "series_time")
    made = at_time(row["series_time"], asked.day if asked else following.planned_on, work.zone)
    if asked is not None and asked.at is not None:
        made = asked
    values = {name: row[name] for name in kept} | {
        "contact_id": still_there(connection, row["contact_id"]),
        "origin": "series",
        **made.columns,
        "planned_on": following.planned_on.isoformat(),
        "series_on": following.series_on.isoformat(),
    }
    return made, _insert(connection, work, int(str(row["customer_id"])), values)


def _renew_cadence(
    connection: sqlite3.Connection, work: Work, card: Row, day: date, asked: Appointment | None, *, make: bool
) -> tuple[Appointment, int] | None:
    """Count the cadence anew from a contact: move its open callback, or make the next one (source: handbook 4)."""
    days = cadence.days(_text(card["relationship"]), _text(card["grade"]), work.policy)
    if days is None:
        return None
    wanted = work.calendar.next_working_day(cadence.wanted_day(day, day, days, work.today))
    customer_id = int(str(card["id"]))
    for row in callbacks.open_of(connection, customer_id):
        if row["origin"] == "cadence":
            if str(row["due_on"]) >= wanted.isoformat():
                return None
            moved = at_same_time(row["due_at"], wanted, work.zone)
            changes = {**moved.columns, "planned_on": wanted.isoformat()}
            rows.update(connection, "callback", int(str(row["id"])), changes)
            soonest = callbacks.open_of(connection, customer_id)[0]
            return (moved, int(str(row["id"]))) if soonest["id"] == row["id"] else None
    if not make:
        return None
    values = {"owner": card["owner"], "channel": card["channel"] or "phone", "purpose": "usage", "origin": "cadence"}
    made = asked or Appointment(wanted)
    return made, _insert(connection, work, customer_id, {**values, **made.columns})


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def move(work: Work, row: Row, to: Appointment) -> Appointment:
    """Move an open callback to another day and return where it stands now; the place of its series stays.

    It keeps its time of day unless `to` has one (source: handbook 5). Raises not-open.
    """
    _check_open(row)
    moved = _moved(work, row, to)
    with work.database.writing(work.command) as connection:
        rows.update(connection, "callback", int(str(row["id"])), moved.columns)
    return moved


def skip(work: Work, row: Row, reason: str | None) -> tuple[int | None, Appointment | None]:
    """Skip an open callback; a series and a cadence go on. Return id and day of the next. Raises not-open."""
    _check_open(row)
    with work.database.writing(work.command) as connection:
        return skip_row(connection, work, row, reason)


def skip_row(
    connection: sqlite3.Connection, work: Work, row: Row, reason: str | None
) -> tuple[int | None, Appointment | None]:
    """Skip an open callback within a transaction; return id and day of the next."""
    rows.update(connection, "callback", int(str(row["id"])), {"status": "skipped", "reason": reason})
    return _plan_following(connection, work, [row], work.today, None)


def _check_open(row: Row) -> None:
    if row["status"] != "open":
        raise Refused("not-open", ref=f"cb{row['id']}", status=row["status"])
