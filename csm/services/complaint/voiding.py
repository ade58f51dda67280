"""Cases that count nowhere: one recorded twice is joined to the other, one recorded by mistake stands alone.

What the customer waits for isn't lost: open promises of a double become the other case's, and its satisfaction call is
the other's. Opening a case again puts all that back (handbook 6.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from csm.domain.complaint import doubles
from csm.services.complaint.recording import File, handling
from csm.services.complaint.steps import Done
from csm.services.promise.writing import release_in
from csm.services.short_references import identity
from csm.storage import rows
from csm.storage.complaint import reading as cases
from csm.storage.complaint import rows as complaints

if TYPE_CHECKING:
    import sqlite3

    from csm.services.work import Work

DOUBLE: Final = "double"
MISTAKE: Final = "mistake"


def withdraw_mistake(work: Work, ref: str, reason: str | None) -> Done:
    """Withdraw a case that was recorded by mistake, also one that is closed: it counts nowhere.

    Our open promises on it are released. Raises case-double, case-mistake, mistake-paid (source: handbook 6.3).
    """
    with handling(work, ref, "void") as file:
        doubles.check_given(file.id, file.case.given_cents, None)
        doubles.check_joined(file.id, complaints.doubles(file.connection, file.id))
        released = release_in(file)
        _void(file, reason, {"void": MISTAKE, "released": released or None})
        return Done(file)


def withdraw_double(work: Work, ref: str, reason: str | None, other: str, *, force: bool) -> Done:
    """Join a case that was recorded twice to the other, `other` as it was typed; it counts nowhere from now on.

    force: the other may be a case of another customer. Raises no-such-record, case-double, case-mistake,
    double-of-itself, double-of-double, double-of-mistake, has-doubles, double-of-another, double-paid (source: handbook
    6.3).
    """
    with handling(work, ref, "void") as file:
        connection = file.connection
        other_id = identity(connection, "complaint", other)
        meant = doubles.Meant(*complaints.meant_by(connection, other_id))
        doubles.check_double(file.id, file.customer_id, meant, complaints.doubles(connection, file.id), force=force)
        doubles.check_given(file.id, file.case.given_cents, other_id)
        kept = File(work, connection, other_id, file.hours)
        kept.catch_up()
        moved = [
            _move_promise(kept, row) for row in complaints.promises(connection, file.id) if row["status"] == "open"
        ]
        file.see_promises()
        _void(file, reason, {"void": DOUBLE, "double_of": other_id, "moved": moved or None})
        kept.see_promises()
        kept.catch_up()
        kept.store()
        return Done(file, joined=kept)


def _move_promise(kept: File, row: Mapping[str, Any]) -> list[object]:
    """Make an open promise one of the other case; return what it was: id, clock, customer.

    A clock that isn't running there is no clock to hurry: the promise has its own due time.
    """
    running = {one.clock for one in kept.deadlines() if one.standing in ("running", "paused")}
    clock = row["clock"] if row["clock"] in running else None
    values = {"complaint_id": kept.id, "customer_id": kept.customer_id, "clock": clock}
    rows.update(kept.connection, "promise", row["id"], values)
    return [row["id"], row["clock"], row["customer_id"]]


def _void(file: File, reason: str | None, data: Mapping[str, Any]) -> None:
    since = file.case.waiting_since
    waited = None if since is None else file.hours.work.between(since, file.now)
    asked = [row["id"] for row in complaints.satisfaction_callbacks(file.connection, file.id)]
    for callback_id in asked:
        rows.update(file.connection, "callback", callback_id, {"status": "cancelled", "reason": f"cp{file.id}"})
    file.add("withdraw", reason, {"waited": waited, "callbacks": asked or None, **data})
    file.store()
    complaints.see_repeats(file.connection, [file.customer_id])


def count_again(file: File, reason: str, by: str | None) -> None:
    """Put a case that counted nowhere back where it stood, with its promises and its satisfaction call.

    Promises that ended meanwhile stay as they are (source: handbook 6.3).
    """
    connection = file.connection
    data = next(event.data for event in reversed(file.events) if event.step == "withdraw")
    other_id = file.case.double_of
    _give_back(file, data, other_id)
    file.reopen(reason, {"how": "void"}, by=by)
    file.see_promises()
    file.catch_up()
    file.store()
    complaints.see_repeats(connection, [file.customer_id])
    if other_id is not None and cases.customer_of(connection, "complaint", other_id) is not None:
        other = File(file.work, connection, other_id, file.hours)
        other.catch_up()
        other.store()


def _give_back(file: File, data: Mapping[str, Any], other_id: int | None) -> None:
    """Put back the promises and the satisfaction calls that a case lost, by `data` of the event that voided it."""
    connection = file.connection
    for promise_id, clock, customer_id in data.get("moved", ()):
        row = rows.fetch(connection, "promise", promise_id)
        if row is not None and row["complaint_id"] == other_id and row["status"] == "open":
            values = {"complaint_id": file.id, "customer_id": customer_id, "clock": clock}
            rows.update(connection, "promise", promise_id, values)
    again = {"status": "open", "kept_at": None, "ended_text": None}
    _open_again(connection, "promise", data.get("released", ()), "released", again)
    _open_again(connection, "callback", data.get("callbacks", ()), "cancelled", {"status": "open", "reason": None})


def _open_again(
    connection: sqlite3.Connection, table: str, ids: Iterable[int], ended: str, again: Mapping[str, object]
) -> None:
    """Open records again that still stand as they were `ended`."""
    for one in ids:
        row = rows.fetch(connection, table, one)
        if row is not None and row["status"] == ended:
            rows.update(connection, table, one, again)
