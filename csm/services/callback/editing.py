"""What a user means to do with a callback that was noted otherwise than it was: correct it, open it again."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, cast

from csm.domain.callback.rules import FRUITLESS, Appointment, at_same_time
from csm.domain.complaint.case import HAPPY
from csm.domain.errors import FieldName, Refused, UsageFault
from csm.domain.value import Value
from csm.services.callback import following, placing, replanning
from csm.services.complaint import recording as filing
from csm.services.complaint import steps
from csm.services.house.assigning import Roster
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.customer import rows as customers

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.row_types import CallbackRow

# What came of a callback, and what its plan says; the rest can be changed in any case.
OF_RESULT: Final = ("outcome", "satisfaction", "objection", "suggestion", "cost_cents")
OF_PLAN: Final = ("every", "from_done")
# What a callback that is open again hasn't got.
UNDONE: Final[dict[str, object]] = {
    **dict.fromkeys(("done_at", "done_on", "done_by", "note", "reason", "served_with", *OF_RESULT)),
    "status": "open",
}
_FIGURES: Final = ("satisfaction", "objection", "suggestion", "cost_cents")


class Edit(Value):
    """What to change: `values` are stored columns, None takes one off; `note` is what was said or, if open, planned.

    due: another day, for an open one. at: the local time at which it was done, for one that is.
    """

    values: Mapping[str, object]
    due: Appointment | None = None
    at: datetime | None = None


class Edited(Value):
    """What a change came to: whether there was any, the day of an open one, and the case that heard another answer."""

    changed: bool
    due: Appointment | None
    heard: steps.Done | None = None


def edit(work: Work, row: CallbackRow, asked: Edit) -> Edited:
    """Change a callback; what follows from it is worked out again.

    One that is open goes to nobody who has left; what is done keeps who had it. Raises has-left, has-left-to,
    nothing-to-change, plan-of-closed, result-of-open, outcome-of-done, answer-of-case, case-goes-on.
    """
    if not (asked.values or asked.due or asked.at):
        raise UsageFault("nothing-to-change")
    values = _values(work, row, asked)
    with work.database.writing(work.command) as connection:
        if values.get("owner") is not None:
            roster, owner = Roster(work, connection), str(values["owner"])
            values["owner"] = roster.named(owner) if row["status"] == "open" else roster.spelt(owner)
        changed, heard = change(connection, work, row, values)
        after = callbacks.known(connection, row["id"])
    due = Appointment(date.fromisoformat(after["due_on"]), after["due_at"]) if after["status"] == "open" else None
    return Edited(changed, due, heard)


def _values(work: Work, row: CallbackRow, asked: Edit) -> dict[str, object]:
    """Return the columns that a change comes to; raise what forbids it by the state of the callback."""
    values = dict(asked.values)
    if row["status"] == "done":
        check_done(row, asked)
    else:
        _check_not_done(row, asked)
        if "note" in values:
            values["planned_note"] = values.pop("note")
    if row["status"] == "open":
        values |= plan_values(work, row, values, asked.due)
    if asked.at is not None:
        values |= {"done_at": work.zone.to_utc_text(asked.at), "done_on": asked.at.date().isoformat()}
    return values


def change(
    connection: sqlite3.Connection, work: Work, row: CallbackRow, values: Mapping[str, object]
) -> tuple[bool, steps.Done | None]:
    """Store changed columns and work out what follows, within a transaction; return whether anything changed.

    Raises case-goes-on.
    """
    if not rows.update(connection, "callback", row["id"], values):
        return False, None
    heard = _hear_again(connection, work, row, values)
    if "done_on" in values:
        replanning.follow_contacts(connection, work, row["customer_id"])
    return True, heard


def check_done(row: CallbackRow, asked: Edit) -> None:
    """Raise what can't be changed of a callback that is done: plan-of-closed, outcome-of-done, answer-of-case."""
    _refuse_plan(row, asked)
    if asked.values.get("outcome") in FRUITLESS:
        raise Refused("outcome-of-done", ref=f"cb{row['id']}")
    if row["served_with"] is not None and not asked.values.keys().isdisjoint(OF_RESULT):
        raise Refused("noted-with-another", ref=f"cb{row['id']}", other=f"cb{row['served_with']}")
    if _is_answer(row) and (asked.at is not None or "outcome" in asked.values):
        raise Refused("answer-of-case", ref=f"cb{row['id']}", case_id=row["complaint_id"])


def _check_not_done(row: CallbackRow, asked: Edit) -> None:
    """Raise what can't be changed of a callback that is open, skipped or cancelled."""
    figures = [name for name in OF_RESULT if name in asked.values]
    if asked.at is not None or figures:
        field = FieldName("at" if asked.at is not None else figures[0].removesuffix("_cents"))
        raise Refused("result-of-open", ref=f"cb{row['id']}", field=field)
    if row["status"] != "open":
        _refuse_plan(row, asked)


def _refuse_plan(row: CallbackRow, asked: Edit) -> None:
    """Raise plan-of-closed where the plan of a callback is to change that isn't open."""
    if asked.due is not None or not asked.values.keys().isdisjoint(OF_PLAN):
        raise Refused("plan-of-closed", ref=f"cb{row['id']}", status=row["status"])


def plan_values(
    work: Work, row: CallbackRow, values: Mapping[str, object], due: Appointment | None
) -> dict[str, object]:
    """Return what another day and another interval make of an open callback; its place in a series stays."""
    made: dict[str, object] = {}
    if due is not None:
        made |= (due if due.at is not None else at_same_time(row["due_at"], due.day, work.zone)).columns
    if values.get("from_done") and not values.get("every", row["every"]):
        raise UsageFault("missing-value", field=FieldName("every"))
    if "every" not in values:
        return made
    if values["every"] is None:
        return made | {"series_on": None, "series_time": None, "from_done": 0}
    if values["every"] != row["every"]:
        at = made.get("due_at", row["due_at"])
        made["series_on"] = row["planned_on"]
        made["series_time"] = f"{work.zone.local(str(at)):%H:%M}" if at is not None else None
    # What a rule planned goes on by its own series now.
    return made | ({"origin": "manual"} if row["origin"] in following.BY_RULE else {})


def _is_answer(row: CallbackRow) -> bool:
    """Tell whether a callback asks whether a case was settled."""
    return row["complaint_id"] is not None and row["purpose"] == "satisfaction"


def _hear_again(
    connection: sqlite3.Connection, work: Work, row: CallbackRow, values: Mapping[str, object]
) -> steps.Done | None:
    """Take another satisfaction to the case that was asked about, by the rule of every answer (source: handbook 6.3).

    Raises case-goes-on where the case was opened again because of the first answer.
    """
    score = values.get("satisfaction", row["satisfaction"])
    if not _is_answer(row) or row["outcome"] != "reached" or score == row["satisfaction"]:
        return None
    file = filing.File(work, connection, int(row["complaint_id"] or 0))
    before = row["satisfaction"]
    if before is not None and before < HAPPY and file.case.is_open and file.case.next_step != "close":
        raise Refused("case-goes-on", ref=f"cb{row['id']}", case_id=file.id)
    file.catch_up()
    words, satisfaction = cast("str | None", values.get("note", row["note"])), cast("int | None", score)
    said = steps.Heard(row["id"], words, satisfaction, file.now)
    done = steps.hear(file, said, None)
    file.store()
    return done


# --- open again ---------------------------------------------------------------------------------------------------


class Reopened(Value):
    """A callback that is open again since `due`, and the ids of those withdrawn that had been planned after it."""

    due: Appointment
    withdrawn: list[int]


def reopen(work: Work, row: CallbackRow) -> Reopened:
    """Open a done, skipped or cancelled callback again; what was planned after it is withdrawn.

    That is by its series or its rule, or for the day asked for. Raises already-open, answer-of-case, followed-by,
    do-not-contact, customer-archived.
    """
    if row["status"] == "open":
        raise Refused("already-open", ref=f"cb{row['id']}")
    if _is_answer(row) and row["status"] != "skipped":
        raise Refused("answer-of-case", ref=f"cb{row['id']}", case_id=row["complaint_id"])
    with work.database.writing(work.command) as connection:
        card = customers.card(connection, row["customer_id"])
        placing.refuse_plans(card)
        after = callbacks.after(connection, row)
        if row["served_with"] is None:
            after += callbacks.asked_for(connection, row)
        withdrawn = [_withdraw(connection, row, one) for one in after]
        _hand_on_figures(connection, row)
        owner = Roster(work, connection).usual(row["owner"], card["owner"])
        rows.update(connection, "callback", row["id"], {**UNDONE, "owner": owner})
        replanning.follow_contacts(connection, work, row["customer_id"], besides=row["id"])
    return Reopened(Appointment(date.fromisoformat(row["due_on"]), row["due_at"]), withdrawn)


def _withdraw(connection: sqlite3.Connection, row: CallbackRow, after: CallbackRow) -> int:
    """Withdraw a callback that was planned after another, unless somebody did something about it."""
    by_rule = after["origin"] in following.BY_RULE
    asked_for = after["origin"] == "next"
    touched = after["status"] != "open" or (after["tries"] > 0 and not asked_for)
    moved = after["due_on"] != after["counts_on"] or after["planned_note"] != row["planned_note"]
    if touched or (moved and not by_rule and not asked_for):
        raise Refused("followed-by", ref=f"cb{row['id']}", other=f"cb{after['id']}", status=after["status"])
    rows.update(connection, "callback", after["id"], {"status": "cancelled", "reason": f"cb{row['id']}"})
    return after["id"]


def _hand_on_figures(connection: sqlite3.Connection, row: CallbackRow) -> None:
    """Let the first of the callbacks that were noted together with one keep what that one had for all."""
    others = callbacks.served_with(connection, row["id"])
    if not others:
        return
    first = others[0]["id"]
    stored = cast("Mapping[str, Any]", callbacks.known(connection, row["id"]))
    rows.update(connection, "callback", first, {**{name: stored[name] for name in _FIGURES}, "served_with": None})
    for other in others[1:]:
        rows.update(connection, "callback", other["id"], {"served_with": first})
