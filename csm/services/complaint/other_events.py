"""What may happen to a case beside its steps: contacts, waits, escalation, reopening (handbook 6.3 to 6.6)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from csm.domain.complaint import authority
from csm.domain.complaint.case import Event
from csm.domain.complaint.next_step import next_action, next_verb
from csm.domain.errors import NotFound, Refused
from csm.domain.terms import TOP_LEVEL
from csm.i18n import say
from csm.services.complaint import recording as filing
from csm.services.complaint.recording import File, handling
from csm.services.complaint.steps import Done, authority_of, end_callbacks, kept_by, open_others
from csm.services.house.assigning import Roster
from csm.storage import rows
from csm.storage.complaint import rows as complaints

if TYPE_CHECKING:
    from csm.services.work import Work


def respond(work: Work, ref: str, text: str, at: datetime | None, *, apologised: bool) -> Done:
    """Note a contact with the customer: it answers first response, and keeps what reply was promised.

    Raises before-received (source: handbook 6.5).
    """
    moment = filing.now(work) if at is None else filing.moment(work, at)
    supposing = [Event(moment, work.user, "respond", text, 0, {})]
    with handling(work, ref, "respond", supposing) as file:
        file.add("respond", text, {"apologised": apologised or None}, at=moment)
        return Done(file, kept=kept_by(file, moment, ("first-response",), replies=True))


def note(work: Work, ref: str, text: str) -> Done:
    """Write something down on a case."""
    with handling(work, ref, "note") as file:
        file.add("note", text)
        return Done(file)


def wait(work: Work, ref: str, what_for: str) -> Done:
    """Wait for the customer: proposal and resolution stand still (source: handbook 6.5)."""
    with handling(work, ref, "wait") as file:
        file.add("wait", what_for)
        return Done(file)


def resume(work: Work, ref: str) -> Done:
    """Go on with a case that waited; the working time waited stays on record."""
    with handling(work, ref, "resume") as file:
        file.add("resume", None, {"waited": _waited(file)})
        return Done(file)


def _waited(file: File) -> int | None:
    since = file.case.waiting_since
    return None if since is None else file.hours.work.between(since, file.now)


def raise_grievance(work: Work, ref: str, reason: str | None) -> Done:
    """Make a grievance a complaint, which starts step 2 (source: handbook 6.1)."""
    with handling(work, ref, "raise") as file:
        file.add("raise", reason)
        return Done(file, others=open_others(file))


def withdraw(work: Work, ref: str, reason: str) -> Done:
    """Close a case as withdrawn by the customer; nothing more is asked or promised."""
    with handling(work, ref, "withdraw") as file:
        file.add("withdraw", reason, {"waited": _waited(file)})
        end_callbacks(file, known=True)
        if file.promises:
            from csm.services.promise.writing import release_in

            release_in(file)
        return Done(file)


def reopen(work: Work, ref: str, reason: str, by: str | None) -> Done:
    """Open a closed case again; one that was unfounded only by a leader. One that counted nowhere stands as before.

    Raises no-authority (source: handbook 6.3).
    """
    with handling(work, ref, "reopen") as file:
        if file.case.voided is not None:
            from csm.services.complaint.voiding import count_again

            count_again(file, reason, by)
            return Done(file, counts_again=True)
        if file.case.status == "unfounded":
            authority_of(file, by or work.user, authority.LEADER, "reopen-unfounded")
        file.reopen(reason, by=by)
        end_callbacks(file, known=True)
        return Done(file)


def read_feedback(work: Work, ref: str, by: str | None) -> Done:
    """Mark the feedback of a technician as read by the dedicated manager.

    Raises no-authority (source: handbook 6.4).
    """
    with handling(work, ref, "feedback-read") as file:
        authority_of(file, by or work.user, authority.LEADER, "feedback-read")
        file.add("feedback-read", None, by=by)
        return Done(file)


# --- the ladder ---------------------------------------------------------------------------------------------------


def escalate(
    work: Work, ref: str, reason: str, reply_by: datetime, to_level: int | None, triggers: Sequence[str]
) -> Done:
    """Move a case up one level or to a named one; the reply-by time becomes a promise (source: handbook 6.4, 6.6).

    Raises not-higher.
    """
    from csm.services.promise.writing import add_in

    with handling(work, ref, "escalate") as file:
        now_at = file.case.escalation_level
        level = min(now_at + 1, TOP_LEVEL + 1) if to_level is None else to_level
        if level <= now_at or level > TOP_LEVEL:
            raise Refused("not-higher", case_id=file.id, level=now_at, asked=min(level, TOP_LEVEL))
        due_at = work.zone.to_utc_text(reply_by)
        promise_id = add_in(
            file.connection,
            work,
            {
                "customer_id": file.row["customer_id"],
                "complaint_id": file.id,
                "text": say("an answer about: {summary}", summary=file.row["summary"]),
                "in_charge": Roster(work, file.connection).usual(file.case.owner),
                "due_at": due_at,
                "due_on": reply_by.date().isoformat(),
                "origin": "reply-by",
            },
        )
        data = {"how": "hand", "triggers": list(triggers) or None, "reply_by": due_at, "promise_id": promise_id}
        file.add("escalate", reason, data, level=level)
        file.see_promises()
        return Done(file, promised=promise_id)


def escalate_overdue(work: Work) -> list[tuple[int, list[Event]]]:
    """Record every deadline that has passed and move its case up; return the case and its events, oldest miss first.

    Where nothing has passed nothing is written, however often it runs (source: handbook 6.6).
    """
    found = complaints.missed_since(work.database.connection, work.now_text)
    if not found:
        return []
    caught = []
    with work.database.writing(work.command) as connection:
        time = filing.hours(work)
        for complaint_id in found:
            file = File(work, connection, complaint_id, time)
            made = file.catch_up()
            file.store()
            if made:
                caught.append((complaint_id, made))
    return caught


# --- who is in charge ---------------------------------------------------------------------------------------------


def hand_over(work: Work, connection: sqlite3.Connection, old: str, new: str, customer_id: int | None = None) -> int:
    """Give the open cases of somebody, of one customer or of all, to another within a transaction; return how many."""
    found = complaints.open_of_owner(connection, old)
    if customer_id is not None:
        theirs = complaints.open_of_customer(connection, customer_id)
        found = [one for one in found if one in theirs]
    for complaint_id in found:
        file = File(work, connection, complaint_id)
        file.catch_up()
        file.add("handover", None, {"from": old, "to": new})
        file.store()
    return len(found)


def prevention_done(work: Work, complaint_id: int, text: str | None = None) -> dict[str, Any]:
    """Note that the prevention of a case that is due first was done, also after the case is closed; return its row.

    Raises no-such-record where the case, or an open prevention of it, isn't there; case-not-ticked for an open one.
    """
    with work.database.writing(work.command) as connection:
        if rows.fetch(connection, "complaint", complaint_id) is None:
            raise NotFound("no-such-record", kind="complaint", ref=f"cp{complaint_id}")
        prevented = complaints.preventions(connection, complaint_id)
        due = [row for row in prevented if row["done_at"] is None]
        if not due:
            case = File(work, connection, complaint_id).case
            if case.is_open and not prevented:
                raise Refused("case-not-ticked", case_id=complaint_id, step=next_verb(case), action=next_action(case))
            raise NotFound("no-such-record", kind="prevention", ref=f"cp{complaint_id}")
        first = int(due[0]["id"])
        file = File(work, connection, complaint_id)
        file.catch_up()
        rows.update(connection, "prevention", first, {"done_at": work.now_text, "done_text": text})
        file.add("prevention", text or due[0]["text"], {"prevention_id": first})
        file.store()
        return rows.known(connection, "prevention", first)
