"""Correcting what was written down of a case, open or closed: an event of its own (handbook 6.3).

Clocks, misses and figures are worked out anew from what is right; what is on record as missed stays on record.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from csm.domain.complaint import authority
from csm.domain.complaint.case import Event
from csm.domain.complaint.correction import NAMED, differing, latest_receipt
from csm.domain.complaint.next_step import check
from csm.domain.errors import Refused, UsageFault
from csm.domain.time.working_hours import epoch, utc
from csm.domain.value import Value
from csm.services.complaint import callers as calling
from csm.services.complaint import recording as filing
from csm.services.complaint.recording import File
from csm.services.complaint.steps import Done, OpenCase, open_others
from csm.storage import rows
from csm.storage.complaint import rows as complaints
from csm.storage.house import settings

if TYPE_CHECKING:
    from csm.services.work import Work


class Correction(Value):
    """What is right of a case: stored columns of `complaint`, None for one that is emptied.

    received: local time, None where it was right. customer_id: the card that it belongs on, where that was wrong.
    """

    values: Mapping[str, Any]
    received: datetime | None = None
    customer_id: int | None = None
    reason: str | None = None


def correct(work: Work, ref: str, correction: Correction) -> Done:
    """Write down what is right of a case, with what stood there before.

    A claim that turns out to be above the authority of who is in charge sends the case to level 1 at once. Raises
    no-such-record, nothing-to-correct, received-too-late, case-tied.
    """
    with work.database.writing(work.command) as connection:
        file = File(work, connection, filing.find(connection, ref))
        check(file.case, "correct", file.id)
        changes, customer_id = _changes(file, correction), file.customer_id
        data = _event_data(file, changes)
        file.catch_up([Event(file.now, work.user, "correct", correction.reason, file.case.escalation_level, data)])
        correct_in(file, changes, correction.reason)
        complaints.see_repeats(connection, {customer_id, file.customer_id})
        return Done(file, others=_others(file, changes))


def correct_in(file: File, changes: Mapping[str, Any], reason: str | None = None) -> None:
    """Write what is right of a case, columns that differ from what is stored, within its transaction.

    Which cases it repeats, and what has been missed by now, is left to the caller.
    """
    file.add("correct", reason, _event_data(file, changes))
    rows.update(file.connection, "complaint", file.id, changes)
    file.row = {**file.row, **changes}
    _escalate(file, changes.get("claim_cents"))
    file.store()


def _event_data(file: File, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the event of a correction says."""
    before = {name: file.row[name] for name in changes}
    return {"before": _named(file.connection, before), "after": _named(file.connection, changes)}


def _others(file: File, changes: Mapping[str, Any]) -> list[OpenCase]:
    """Return the customer's other open cases that a case belongs with now: all on another card, else one's problem.

    Source: handbook 6.3.
    """
    if not file.case.is_open or not {"problem", "customer_id"} & changes.keys():
        return []
    return [one for one in open_others(file) if one.same or "customer_id" in changes]


def _changes(file: File, correction: Correction) -> dict[str, Any]:
    """Return the columns that change and their values; raise what `correct` raises."""
    told = dict(correction.values)
    moved = correction.customer_id not in (None, file.customer_id)
    if moved:
        told = {"customer_id": correction.customer_id, **_left_behind(file, told), **told}
    settled = calling.settled(file.connection, int(correction.customer_id or file.customer_id), told)
    # who called is a contact, or a number is the card's own: it isn't kept once more
    told = {name: settled.get(name) for name in {**told, **settled}}
    if correction.received is not None:
        told["received_at"] = file.work.zone.to_utc_text(correction.received)
    changes = differing(file.row, told)
    if not changes:
        raise Refused("nothing-to-correct", case_id=file.id)
    if moved:
        _check_ties(file, changes)
    if "received_at" in changes:
        _check_received(file, epoch(changes["received_at"]))
    return changes


def _left_behind(file: File, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what becomes of the contact of a case that goes to another card: who called, by their name."""
    if file.row["contact_id"] is None or "contact_id" in told:
        return {}
    name = rows.known(file.connection, "contact", file.row["contact_id"])["name"]
    return {"contact_id": None, **({"caller": name} if file.row["caller"] is None else {})}


def _check_ties(file: File, changes: Mapping[str, Any]) -> None:
    """Raise case-tied where something of the customer's hangs on a case that is to go to another card."""
    refs = complaints.ties(file.connection, file.id)
    if file.row["sale_id"] is not None and "sale_id" not in changes:
        refs.append(f"sa{file.row['sale_id']}")
    if refs:
        raise Refused("case-tied", case_id=file.id, refs=refs)


def _check_received(file: File, moment: int) -> None:
    latest = latest_receipt(file.case, file.events)
    if latest is not None and moment > latest:
        told = (f"{file.work.zone.local(utc(one)):%Y-%m-%d %H:%M}" for one in (moment, latest))
        raise UsageFault("received-too-late", value=next(told), earliest=next(told), case_id=file.id)


def _named(connection: sqlite3.Connection, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as an event has them: a contact by the name."""
    found = {NAMED.get(name, name): value for name, value in values.items()}
    if found.get("contact") is not None:
        found["contact"] = rows.known(connection, "contact", found["contact"])["name"]
    return found


def _escalate(file: File, claim: object) -> None:
    """Send an open case to level 1 for a claim above the authority of who is in charge (source: handbook 6.6)."""
    case = file.case
    if not isinstance(claim, int) or not case.is_open or case.escalation_level >= authority.LEADER:
        return
    own = settings.staff_level(file.connection, case.owner or file.work.user)
    reasons = authority.at_once([], claim, own, file.work.policy)
    if reasons:
        file.add("escalate", None, {"how": "trigger", "triggers": reasons}, level=authority.LEADER)
