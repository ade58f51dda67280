"""What a user means to do with callbacks: plan, note, move, skip; each function is one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, cast

from csm.domain.callback.rules import FRUITLESS, Appointment, after_no_answer, at_same_time, fulfils, is_visit
from csm.domain.errors import NotFound, Refused
from csm.domain.value import Value
from csm.services import references
from csm.services.callback import following, placing
from csm.services.house.assigning import Roster
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.customer import rows as customers
from csm.storage.customer.contacts import still_there
from csm.storage.customer.rows import Candidate

if TYPE_CHECKING:
    from csm.services.complaint.opening import Draft, Opened
    from csm.services.complaint.steps import Done
    from csm.services.work import Work
    from csm.storage.row_types import CallbackRow, CardRow

# With fewer digits a number is an id that isn't there, and nobody's phone.
SHORTEST_PHONE = 7
BY_PHONE: Final = "phone"  # how a contact is made where nobody says so


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

    heard: the cases that the customer's words were about. opened: the case that came of it. left: the callbacks due
    that can't be done this way and stay open. asked: the day of the next one, or of the next try, was told.
    """

    ids: list[int]
    due: Appointment | None
    next_id: int | None
    next: Appointment | None
    planned: bool
    heard: Sequence[Done] = ()
    opened: Opened | None = None
    left: Sequence[int] = ()
    asked: bool = False


class Added(Value):
    """A callback that was planned: its id, when it is due, and the first day of its series that isn't worked on."""

    id: int
    due: Appointment
    free_day: date | None = None


def add(work: Work, customer: Candidate, values: Mapping[str, object], planned: Appointment) -> Added:
    """Plan a callback; its owner is the customer's unless one is named.

    Raises do-not-contact, customer-archived, has-left, has-left-to.

    The first date of a series that isn't a working day is due on the next one; a single day is kept as it was said
    (source: handbook 5).
    """
    due = placing.on_working_day(work, planned) if values.get("every") else planned
    with work.database.writing(work.command) as connection:
        card = customers.card(connection, customer.id)
        placing.refuse_plans(card)
        roster = Roster(work, connection)
        named = values.get("owner")
        owner = roster.usual(card["owner"]) if named is None else roster.named(str(named))
        made = {
            "channel": card["channel"] or BY_PHONE,
            **values,
            "owner": owner,
            **due.columns,
            "planned_on": planned.day.isoformat(),
        }
        callback_id = placing.insert(connection, work, customer.id, made)
    return Added(callback_id, due, planned.day if due.day != planned.day else None)


class Meant(Value):
    """The open callbacks that a reference means, and the contact where it named one.

    of_customer: a customer was named, and with them all that is due.
    """

    rows: Sequence[CallbackRow]
    contact_id: int | None = None
    of_customer: bool = False


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
    return Meant(found, customer.contact_id, of_customer=True)


def one(connection: sqlite3.Connection, ref: str) -> CallbackRow:
    """Return the stored callback that `ref` means, 12 or cb12; raise no-such-record, other-kind."""
    return cast("CallbackRow", references.record(connection, "callback", ref))


def note(work: Work, ref: str, result: Result) -> Noted:
    """Note what came of a planned callback, or of all of a customer's that are due together.

    Those that can't be done the way it was stay open, where a customer was named (source: handbook 5). Raises
    not-done-this-way where that is all of them.
    """
    with work.database.writing(work.command) as connection:
        meant = find(connection, ref, work.today)
        if meant.contact_id is not None:
            result = result._replace(values={"contact_id": meant.contact_id, **result.values})
        done, left = meant.rows, list[int]()
        if meant.of_customer:
            card = customers.card(connection, meant.rows[0]["customer_id"])
            done = _fulfilled(card, meant.rows, result)
            if not done and "channel" in result.values:
                refs = [f"cb{row['id']}" for row in meant.rows]
                raise Refused("not-done-this-way", refs=refs, channel=result.values["channel"], customer_id=card["id"])
            done = done or meant.rows
            left = [row["id"] for row in meant.rows if row not in done]
        return note_rows(connection, work, done, result)._replace(left=left)


def log(work: Work, customer: Candidate, result: Result, *, keep: bool) -> Noted:
    """Note a contact that wasn't planned; it fulfils the customer's callbacks due that day unless `keep`.

    One about a sale fulfils none about another sale. A fruitless one leaves a callback open for another try
    (source: handbook 5).
    """
    day = result.at.date()
    with work.database.writing(work.command) as connection:
        waiting = [] if keep else _waiting(connection, customer.id, day, result.values.get("sale_id"))
        card = customers.card(connection, customer.id)
        due = _fulfilled(card, waiting, result)
        left = [row["id"] for row in waiting if row not in due]
        if due:
            return note_rows(connection, work, due, result)._replace(left=left)
        owner = card["owner"] or work.user
        if result.outcome in FRUITLESS:  # it stays open, so whoever has it is there
            owner = Roster(work, connection).usual(card["owner"])
        values = {"owner": owner, "channel": card["channel"] or BY_PHONE, "origin": "log"}
        told = {**values, **_contact_values(result), "due_on": day.isoformat()}
        made = placing.insert(connection, work, customer.id, told)
        noted = note_rows(connection, work, [callbacks.known(connection, made)], result)
        if noted.due is not None:  # nobody had planned it: the next try is the first that was
            rows.update(connection, "callback", made, noted.due.planned)
        return noted._replace(planned=False, left=left)


def _waiting(connection: sqlite3.Connection, customer_id: int, day: date, sale_id: object) -> list[CallbackRow]:
    """Return the callbacks due by a day, without those about another sale where the contact was about one."""
    due = callbacks.due_of(connection, customer_id, day.isoformat())
    return [row for row in due if row["sale_id"] in (None, sale_id)] if sale_id else due


def _fulfilled(card: CardRow, due: Sequence[CallbackRow], result: Result) -> list[CallbackRow]:
    """Return which of the callbacks due a contact fulfils, or puts off (source: handbook 5).

    Whoever asks for another day can do so for a visit on the phone.
    """
    channel = str(result.values.get("channel") or card["channel"] or BY_PHONE)
    purpose = result.values.get("purpose")
    asked = None if purpose is None else str(purpose)
    if result.outcome == "postponed" and asked is None:
        return list(due)
    return [row for row in due if fulfils((row["channel"], row["purpose"]), channel, asked)]


def _contact_values(result: Result) -> dict[str, object]:
    return {
        name: result.values[name]
        for name in ("channel", "direction", "purpose", "contact_id", "sale_id")
        if name in result.values
    }


def note_rows(connection: sqlite3.Connection, work: Work, due: Sequence[CallbackRow], result: Result) -> Noted:
    """Note what came of open callbacks of one customer, within a transaction: done, or open for another try."""
    ids = [row["id"] for row in due]
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
        rows.update(connection, "callback", row["id"], values)
    next_id, next_due = following.plan_following(
        connection, work, due, done_on, result.next_on, visited=_was_visit(due, result)
    )
    noted = Noted(ids, None, next_id, next_due, True, asked=result.next_on is not None)
    asked = [(row["id"], case) for row in due if (case := row["complaint_id"]) and row["purpose"] == "satisfaction"]
    if result.summary is not None and not asked:
        raise Refused("nothing-to-sum-up")
    if asked and result.outcome == "reached":
        noted = noted._replace(heard=[_hear(connection, work, *one, result) for one in asked])
    if result.complaint is not None:
        about = [result.values.get("sale_id"), *[row["sale_id"] for row in due]]
        sale_id = next((sale for sale in about if sale is not None), None)
        noted = noted._replace(opened=_open(connection, work, first, sale_id, result.complaint))
    return noted


def _was_visit(due: Sequence[CallbackRow], result: Result) -> bool:
    """Tell whether somebody was there: by the channel that was named, else by that of what was planned."""
    told = result.values.get("channel")
    return is_visit(str(told)) if told is not None else any(is_visit(row["channel"]) for row in due)


def _hear(connection: sqlite3.Connection, work: Work, callback_id: int, complaint_id: int, result: Result) -> Done:
    """Take what was said on a satisfaction callback to its case (source: handbook 6.3)."""
    from csm.domain.complaint.case import Event
    from csm.services.complaint import recording as filing
    from csm.services.complaint import steps

    file = filing.File(work, connection, complaint_id)
    moment = filing.moment(work, result.at)
    file.check_time(moment)
    file.catch_up([Event(moment, work.user, "feedback", result.text, 0, {})])
    score = result.values.get("satisfaction")
    heard = steps.Heard(callback_id, result.text, score if isinstance(score, int) else None, moment)
    done = steps.hear(file, heard, result.summary)
    file.store()
    return done


def _open(connection: sqlite3.Connection, work: Work, row: CallbackRow, sale_id: object, draft: Draft) -> Opened:
    """Open the case that was heard of on a callback (source: handbook 5)."""
    from csm.services.complaint import opening

    card = customers.card(connection, row["customer_id"])
    customer = Candidate(card["id"], card["name"], "", card["archived_on"] is not None)
    whom = still_there(connection, row["contact_id"])
    told = {"callback_id": row["id"], "contact_id": whom, "sale_id": sale_id, **draft.values}
    return opening.open_in(connection, work, customer, draft._replace(values=told))


def _keep_open(
    connection: sqlite3.Connection, work: Work, due: Sequence[CallbackRow], ids: list[int], result: Result
) -> Noted:
    tried_on = result.at.date()
    kept: Appointment | None = None
    for row in due:
        tries = row["tries"] + (result.outcome == "no-answer")
        if result.postponed_to is not None:
            kept = _moved(work, row, result.postponed_to)
        else:
            day = after_no_answer(date.fromisoformat(row["due_on"]), tried_on, work.calendar)
            kept = at_same_time(row["due_at"], day, work.zone)
        # What the customer asked for is what it counts by; a try in vain leaves the day that was planned.
        placed = kept.agreed if result.outcome == "postponed" else kept.columns
        changes = {"tries": tries, "outcome": result.outcome, **placed}
        rows.update(connection, "callback", row["id"], changes)
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
    return Noted(ids, kept, None, None, True, asked=result.postponed_to is not None)


def _moved(work: Work, row: CallbackRow, to: Appointment) -> Appointment:
    """Return where a callback comes to stand: its own time of day on the new day unless another one is named."""
    return to if to.at is not None else at_same_time(row["due_at"], to.day, work.zone)


def move(work: Work, row: CallbackRow, to: Appointment) -> Appointment:
    """Move an open callback to another day and return where it stands now; the place of its series stays.

    It keeps its time of day unless `to` has one (source: handbook 5). Raises not-open.
    """
    _check_open(row)
    moved = _moved(work, row, to)
    with work.database.writing(work.command) as connection:
        rows.update(connection, "callback", row["id"], moved.columns)
    return moved


def skip(work: Work, row: CallbackRow, reason: str | None) -> tuple[int | None, Appointment | None]:
    """Skip an open callback; a series and a cadence go on. Return id and day of the next. Raises not-open."""
    _check_open(row)
    with work.database.writing(work.command) as connection:
        return skip_row(connection, work, row, reason)


def skip_row(
    connection: sqlite3.Connection, work: Work, row: CallbackRow, reason: str | None
) -> tuple[int | None, Appointment | None]:
    """Skip an open callback within a transaction; return id and day of the next."""
    rows.update(connection, "callback", row["id"], {"status": "skipped", "reason": reason})
    return following.plan_following(connection, work, [row], work.today, None)


def _check_open(row: CallbackRow) -> None:
    if row["status"] != "open":
        raise Refused("not-open", ref=f"cb{row['id']}", status=row["status"])
