"""What a row says of a callback that is here already: its result, noted by the rules of the work, or another plan.

A list of callbacks that was exported, filled in on paper or in a spreadsheet and imported again notes the results;
imported once more it finds them noted. What csm itself keeps (the number of tries, moved days, the place of a series)
is never taken from such a file; tries that a file tells one by one are added where they aren't on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from csm.domain.callback.rules import FRUITLESS, Appointment, at_same_time
from csm.domain.errors import Refused, UsageFault
from csm.domain.records import CALLBACK
from csm.domain.time.instant import parse_utc
from csm.services.callback import writing as callbacks
from csm.services.callback.writing import Result
from csm.services.files.importing.rows import Difference, Task, shown
from csm.services.files.importing.tries import TRY, Try
from csm.services.files.importing.values import RowFault
from csm.storage import rows
from csm.storage.callback import rows as stored_callbacks
from csm.storage.files import known

Told = Mapping[str, Any]
PLAN: Final = (
    *("due_on", "contact_id", "direction", "channel", "purpose", "owner", "every", "from_done", "external_id"),
    *("complaint_id", "sale_id", "due_at"),
)
OF_RESULT: Final = ("satisfaction", "objection", "suggestion", "cost_cents")
AGAIN: Final = ("direction", "channel", "contact_id")
FIELD_OF: Final = {"contact_id": "contact", "cost_cents": "cost", "planned_note": "note"}
_FIELDS: Final = {field.name: field for field in CALLBACK}


class Results:
    """Compares rows with stored callbacks; `told` holds stored values by column, only those that the row gives."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._now = task.work.now.replace(tzinfo=None)

    def differences(self, stored: Told, told: Told, *, filled_in: bool) -> list[Difference]:
        """Return what a row says otherwise than the callback `stored`; raise RowFault.

        `filled_in`: the row is that very callback by its id or key, so that a new note is what was said.
        """
        status = stored["status"]
        result_field = self._result_field(stored, told, filled_in=filled_in)
        if status == "open":
            if result_field:
                result = self._result(stored, told)
                before = "" if result_field == "satisfaction" else shown(None, self._before(stored, result_field))
                return [Difference(result_field, before, partial(self._note, stored, told, result))]
            return [*self._plan_differences(stored, told, filled_in=filled_in), *self._given_up(stored, told)]
        if status == "done":
            return list(self._done_differences(stored, told)) if result_field or told.get("status") == "done" else []
        if result_field and told.get("status", "open") in ("open", "done"):
            raise RowFault(result_field, Refused("not-open", ref=f"cb{stored['id']}", status=status))
        return []

    def _before(self, stored: Told, field: str) -> object:
        return _planned(stored) if field == "note" else stored[field]

    # --- what came of it ----------------------------------------------------------------------------------------

    def _result_field(self, stored: Told, told: Told, *, filled_in: bool) -> str:
        """Return the field in which a row tells what came of a callback, nothing where it doesn't."""
        outcome, note = told.get("outcome"), told.get("note")
        for field in ("done_at", "done_on", "satisfaction"):
            if told.get(field) is not None:
                return field
        if told.get("status") == "done":
            return "status"
        said = note is not None and note not in (stored["planned_note"], stored["note"])
        if outcome in FRUITLESS and self._tried(stored, outcome, note if said else None):
            return ""
        if outcome is not None and (outcome != stored["outcome"] or outcome not in FRUITLESS):
            return "outcome"
        return "note" if said and filled_in else ""

    def _tried(self, stored: Told, outcome: str, note: str | None) -> bool:
        """Tell whether a fruitless try is on record already."""
        if note is None:
            return bool(stored["outcome"] == outcome)
        return known.was_tried(self._task.connection, stored["id"], outcome, note)

    def _result(self, stored: Told, told: Told) -> Result:
        outcome = str(told.get("outcome") or "reached")
        fruitless = outcome in FRUITLESS
        if fruitless and told.get("satisfaction") is not None:
            raise RowFault("satisfaction", UsageFault("options-exclude", first=outcome, second="satisfaction"))
        note = told.get("note")
        values = {name: told[name] for name in OF_RESULT if told.get(name) is not None}
        values |= {name: told[name] for name in AGAIN if told.get(name) not in (None, stored[name])}
        following = told.get("next")
        if outcome == "postponed" and following is None and told.get("due_on") != stored["due_on"]:
            following = told.get("due_on")
        day = self._appointment(following, told) if following is not None else None
        return Result(
            outcome,
            None if note == stored["planned_note"] else note,
            self.moment(told),
            values,
            day if outcome == "postponed" else None,
            None if fruitless else day,
        )

    def _appointment(self, text: str, told: Told) -> Appointment:
        """Return the day that a row names, with its time where it has one."""
        zone = self._task.work.zone
        if len(text) > len("2026-11-21"):
            return Appointment(zone.local(text).date(), text)
        at = told.get("due_at")
        return Appointment(date.fromisoformat(text), at if at and text == told.get("due_on") else None)

    def more_tries(self, stored: Told, tries: Sequence[Try]) -> Iterator[Difference]:
        """Give the tries that a row tells beyond those on record."""
        if not tries:
            return
        known_ones = stored_callbacks.tries(self._task.connection, stored["id"])
        here = [(one["at"], one["outcome"], one["note"]) for one in known_ones]
        for one in tries:
            made = dict(zip(TRY, one, strict=True))
            marks = (made["at"], made["outcome"], made["note"])
            if marks in here:
                here.remove(marks)
            else:
                values = {"callback_id": stored["id"], **made}
                add = partial(rows.insert, self._task.connection, "callback_try", values)
                yield Difference("tries_made", str(len(known_ones)), add)

    def moment(self, told: Told, otherwise: str | None = None) -> datetime:
        """Return the local time at which a callback was done: as told, else on the day told, else now.

        Raises RowFault for a time that lies ahead.
        """
        field = "done_at" if told.get("done_at") else "done_on"
        day = told.get("done_on") or otherwise
        if field == "done_at":
            moment = self._task.work.zone.to_wall(parse_utc(told["done_at"]))
        else:
            moment = self._now if day is None else self._task.reader.start_of_work(date.fromisoformat(day))
        if moment > self._now:
            field = "due_on" if otherwise and not told.get("done_on") and field == "done_on" else field
            raise RowFault(field, UsageFault("date-in-future", value=str(told.get(field) or day)))
        return moment

    def _note(self, stored: Told, told: Told, result: Result) -> None:
        connection = self._task.connection
        changes = {name: told[name] for name in ("external_id", "owner", "purpose") if told.get(name) is not None}
        if changes:
            rows.update(connection, "callback", stored["id"], changes)
        callbacks.note_rows(connection, self._task.work, [{**stored, **changes}], result)

    # --- another plan -------------------------------------------------------------------------------------------

    def _plan_differences(self, stored: Told, told: Told, *, filled_in: bool) -> Iterator[Difference]:
        zone = self._task.work.zone
        for column in PLAN:
            new = told.get(column)
            if new is None or new == stored[column]:
                continue
            if column == "due_on" and self.was_planned_for(stored, new):
                continue
            if column == "due_on":
                at = told.get("due_at") or at_same_time(stored["due_at"], date.fromisoformat(new), zone).at
                yield self._setting(stored, column, new, {"due_at": at})
            elif column != "due_at" or told.get("due_on") == stored["due_on"]:
                yield self._setting(stored, column, new)
        planned = told.get("planned_note") or (None if filled_in else told.get("note"))
        if planned is not None and planned != stored["planned_note"]:
            yield self._setting(stored, "planned_note", planned)

    def _setting(self, stored: Told, column: str, new: object, more: Told | None = None) -> Difference:
        field = FIELD_OF.get(column, column)
        values = {column: new, **(more or {})}
        apply = partial(rows.update, self._task.connection, "callback", stored["id"], values)
        return Difference(field, shown(_FIELDS.get(field), stored[column]), apply)

    def _given_up(self, stored: Told, told: Told) -> Iterator[Difference]:
        status, connection = told.get("status"), self._task.connection
        if status == "skipped":
            skip = partial(callbacks.skip_row, connection, self._task.work, stored, told.get("reason"))
            yield Difference("status", "open", skip)
        elif status == "cancelled":
            change = {"status": status, "reason": told.get("reason")}
            yield Difference("status", "open", partial(rows.update, connection, "callback", stored["id"], change))

    def was_planned_for(self, stored: Told, day: str) -> bool:
        """Tell whether a callback is, or once was, planned for a day; a try without an answer moves it."""
        if day in (stored["due_on"], stored["planned_on"]):
            return True
        return known.was_due_on(self._task.connection, stored["id"], day)

    # --- what was noted -----------------------------------------------------------------------------------------

    def _done_differences(self, stored: Told, told: Told) -> Iterator[Difference]:
        for column in (*OF_RESULT, "outcome", "external_id", "complaint_id", "sale_id", *AGAIN):
            new = told.get(column)
            if new is None or new == stored[column]:
                continue
            if column == "outcome" and known.was_tried(self._task.connection, stored["id"], new):
                continue
            yield self._setting(stored, column, new)
        note = told.get("note")
        said = note is not None and note not in (stored["note"], stored["planned_note"])
        if said and not self._tried(stored, str(told.get("outcome") or ""), note):
            yield self._setting(stored, "note", note)
        when, day = told.get("done_at"), told.get("done_on")
        local = date.fromisoformat(stored["done_on"])
        if when is not None and when != stored["done_at"]:
            moment = self.moment(told)
            change = {"done_at": when, "done_on": moment.date().isoformat()}
            apply = partial(rows.update, self._task.connection, "callback", stored["id"], change)
            yield Difference("done_at", str(stored["done_at"]), apply)
        elif when is None and day is not None and day != local.isoformat():
            moment = self.moment(told)
            change = {"done_at": self._task.work.zone.to_utc_text(moment), "done_on": day}
            apply = partial(rows.update, self._task.connection, "callback", stored["id"], change)
            yield Difference("done_on", local.isoformat(), apply)


def _planned(stored: Told) -> object:
    return stored["note"] if stored["note"] is not None else stored["planned_note"]
