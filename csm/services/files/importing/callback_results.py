"""What a row says of a callback that is here already: its result, noted by the rules of the work, or another plan.

A list of callbacks that was exported, filled in on paper or in a spreadsheet and imported again notes the results;
imported again it finds them noted. What csm itself keeps (the number of tries, moved days, the place of a series)
is never taken from such a file; tries that a file tells one by one are added where they aren't on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from csm.domain.callback.record import CALLBACK
from csm.domain.callback.rules import FRUITLESS, Appointment, at_same_time
from csm.domain.errors import Refused, UsageFault
from csm.domain.time.instant import parse_utc
from csm.services.callback import editing
from csm.services.callback import writing as callbacks
from csm.services.callback.writing import Result
from csm.services.files.importing.callback_tries import TRY, Try
from csm.services.files.importing.rows import Difference, Task, shown
from csm.services.files.importing.values import RowFault
from csm.storage import rows
from csm.storage.callback import rows as stored_callbacks
from csm.storage.files import known

if TYPE_CHECKING:
    from csm.storage.row_types import CallbackRow

Values = Mapping[str, Any]
PLAN: Final = (
    *("due_on", "contact_id", "direction", "channel", "purpose", "owner", "every", "from_done", "external_id"),
    *("complaint_id", "sale_id", "due_at"),
)
OF_RESULT: Final = ("satisfaction", "objection", "suggestion", "cost_cents")
AGAIN: Final = ("direction", "channel", "contact_id")
FIELD_OF: Final = {"contact_id": "contact", "cost_cents": "cost", "planned_note": "note"}
_FIELDS: Final = {field.name: field for field in CALLBACK}


class Results:
    """Compares rows with stored callbacks; `row` holds stored values by column, only those that the row has."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._now = task.work.now.replace(tzinfo=None)

    def differences(self, stored: Values, row: Values, *, filled_in: bool) -> list[Difference]:
        """Return what differs between a row and the callback `stored`; raise RowFault.

        `filled_in`: the row is that very callback by its id or key, so that a new note is what was said.
        """
        status = stored["status"]
        result_field = self._result_field(stored, row, filled_in=filled_in)
        if status == "open":
            if result_field:
                result = self._result(stored, row)
                before = "" if result_field == "satisfaction" else shown(None, self._before(stored, result_field))
                return [Difference(result_field, before, partial(self._note, stored, row, result))]
            return [*self._plan_differences(stored, row, filled_in=filled_in), *self._given_up(stored, row)]
        if status == "done":
            return list(self._done_differences(stored, row)) if result_field or row.get("status") == "done" else []
        if result_field and row.get("status", "open") in ("open", "done"):
            raise RowFault(result_field, Refused("not-open", ref=f"cb{stored['id']}", status=status))
        return []

    def _before(self, stored: Values, field: str) -> object:
        return _planned(stored) if field == "note" else stored[field]

    # --- what came of it ----------------------------------------------------------------------------------------

    def _result_field(self, stored: Values, row: Values, *, filled_in: bool) -> str:
        """Return the field in which a row has what came of a callback, nothing where it doesn't."""
        if field := _done_field(row):
            return field
        outcome, note = row.get("outcome"), row.get("note")
        new_note = note if note not in (stored["planned_note"], stored["note"]) else None
        fruitless = outcome in FRUITLESS
        if fruitless and self._tried(stored, str(outcome), new_note):
            return ""
        if outcome is not None and not (fruitless and outcome == stored["outcome"]):
            return "outcome"
        return "note" if new_note is not None and filled_in else ""

    def _tried(self, stored: Values, outcome: str, note: str | None) -> bool:
        """Return whether a fruitless try is on record already."""
        if note is None:
            return bool(stored["outcome"] == outcome)
        return known.was_tried(self._task.connection, stored["id"], outcome, note)

    def _result(self, stored: Values, row: Values) -> Result:
        outcome = str(row.get("outcome") or "reached")
        if outcome in FRUITLESS and row.get("satisfaction") is not None:
            raise RowFault("satisfaction", UsageFault("values-exclude", first=outcome, second="satisfaction"))
        values = {name: row[name] for name in OF_RESULT if row.get(name) is not None}
        values |= {name: row[name] for name in AGAIN if row.get(name) not in (None, stored[name])}
        note = None if row.get("note") == stored["planned_note"] else row.get("note")
        until, following = self._days(stored, row, outcome)
        return Result(outcome, note, self.moment(row), values, until, following)

    def _days(self, stored: Values, row: Values, outcome: str) -> tuple[Appointment | None, Appointment | None]:
        """Return when a row says that a callback is postponed to, and when the one after it is."""
        if outcome == "postponed":
            moved_to = row.get("due_on") if row.get("due_on") != stored["due_on"] else None
            return self._appointment(row.get("next") or moved_to, row), None
        return None, None if outcome in FRUITLESS else self._appointment(row.get("next"), row)

    def _appointment(self, text: str | None, row: Values) -> Appointment | None:
        """Return the day that a row names, with its time where it has one; None for none."""
        if text is None:
            return None
        zone = self._task.work.zone
        if len(text) > len("2026-11-21"):
            return Appointment(zone.local(text).date(), text)
        at = row.get("due_at")
        return Appointment(date.fromisoformat(text), at if at and text == row.get("due_on") else None)

    def more_tries(self, stored: Values, tries: Sequence[Try]) -> Iterator[Difference]:
        """Yield the tries that a row has beyond those on record."""
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

    def moment(self, row: Values, otherwise: str | None = None) -> datetime:
        """Return the local time at which a callback was done: as row, else on the day row, else now.

        Raises RowFault for a time that lies ahead.
        """
        field = "done_at" if row.get("done_at") else "done_on"
        day = row.get("done_on") or otherwise
        if field == "done_at":
            moment = self._task.work.zone.to_wall(parse_utc(row["done_at"]))
        else:
            moment = self._now if day is None else self._task.reader.start_of_work(date.fromisoformat(day))
        if moment > self._now:
            field = "due_on" if otherwise and not row.get("done_on") and field == "done_on" else field
            raise RowFault(field, UsageFault("date-in-future", value=str(row.get(field) or day)))
        return moment

    def _note(self, stored: Values, row: Values, result: Result) -> None:
        connection = self._task.connection
        changes = {name: row[name] for name in ("external_id", "owner", "purpose") if row.get(name) is not None}
        if changes:
            rows.update(connection, "callback", stored["id"], changes)
        callbacks.note_rows(connection, self._task.work, [cast("CallbackRow", {**stored, **changes})], result)

    # --- another plan -------------------------------------------------------------------------------------------

    def _plan_differences(self, stored: Values, row: Values, *, filled_in: bool) -> Iterator[Difference]:
        for column in PLAN:
            new = row.get(column)
            if new is None or new == stored[column]:
                continue
            if column == "due_on":
                yield from self._another_day(stored, row, new)
            elif column in editing.OF_PLAN:
                more = editing.plan_values(self._task.work, cast("CallbackRow", stored), {column: new}, None)
                yield self._setting(stored, column, new, more)
            elif column != "due_at" or row.get("due_on") == stored["due_on"]:
                yield self._setting(stored, column, new)
        planned = row.get("planned_note", None if filled_in else row.get("note"))
        if planned not in (None, stored["planned_note"]):
            yield self._setting(stored, "planned_note", planned)

    def _another_day(self, stored: Values, row: Values, day: str) -> Iterator[Difference]:
        if not self.was_planned_for(stored, day):
            same_time = at_same_time(stored["due_at"], date.fromisoformat(day), self._task.work.zone).at
            yield self._setting(stored, "due_on", day, {"due_at": row.get("due_at") or same_time})

    def _setting(self, stored: Values, column: str, new: object, more: Values | None = None) -> Difference:
        field = FIELD_OF.get(column, column)
        values = {column: new, **(more or {})}
        apply = partial(rows.update, self._task.connection, "callback", stored["id"], values)
        return Difference(field, shown(_FIELDS.get(field), stored[column]), apply)

    def _given_up(self, stored: Values, row: Values) -> Iterator[Difference]:
        status, connection = row.get("status"), self._task.connection
        if status == "skipped":
            skip = partial(
                callbacks.skip_row, connection, self._task.work, cast("CallbackRow", stored), row.get("reason")
            )
            yield Difference("status", "open", skip)
        elif status == "cancelled":
            change = {"status": status, "reason": row.get("reason")}
            yield Difference("status", "open", partial(rows.update, connection, "callback", stored["id"], change))

    def was_planned_for(self, stored: Values, day: str) -> bool:
        """Return whether a callback is, or was before, planned for a day; a try without an answer moves it."""
        if day in (stored["due_on"], stored["planned_on"]):
            return True
        return known.was_due_on(self._task.connection, stored["id"], day)

    # --- what was noted -----------------------------------------------------------------------------------------

    def _done_differences(self, stored: Values, row: Values) -> Iterator[Difference]:
        for column in (*OF_RESULT, "outcome", "external_id", "complaint_id", "sale_id", *AGAIN):
            new = row.get(column)
            if new is None or new == stored[column]:
                continue
            if column != "outcome" or not known.was_tried(self._task.connection, stored["id"], new):
                yield self._correction(stored, column, {column: new})
        note = row.get("note")
        new_note = note is not None and note not in (stored["note"], stored["planned_note"])
        if new_note and not self._tried(stored, str(row.get("outcome") or ""), note):
            yield self._correction(stored, "note", {"note": note})
        yield from self._done_at_another_time(stored, row)

    def _done_at_another_time(self, stored: Values, row: Values) -> Iterator[Difference]:
        when, day = row.get("done_at"), row.get("done_on")
        if when is not None and when != stored["done_at"]:
            done_on = self.moment(row).date().isoformat()
            yield self._correction(stored, "done_at", {"done_at": when, "done_on": done_on})
        elif when is None and day is not None and day != stored["done_on"]:
            at = self._task.work.zone.to_utc_text(self.moment(row))
            yield self._correction(stored, "done_on", {"done_on": day, "done_at": at})

    def _correction(self, stored: Values, column: str, values: Values) -> Difference:
        """Return a difference in what was noted, applied as `callback edit` does it; raise RowFault."""
        task, row, field = self._task, cast("CallbackRow", stored), FIELD_OF.get(column, column)
        at = datetime.min if "done_on" in values else None  # whether there is another time is all that is asked

        def apply() -> None:
            try:
                editing.change(task.connection, task.work, row, values)
            except Refused as refused:
                raise RowFault(field, refused) from refused

        try:
            editing.check_done(row, editing.Edit(values, at=at))
        except Refused as refused:
            raise RowFault(field, refused) from refused
        return Difference(field, shown(_FIELDS.get(field), stored[column]), apply)


def _done_field(row: Values) -> str:
    """Return the field in which a row says outright that it was done, nothing where it doesn't."""
    fields = [name for name in ("done_at", "done_on", "satisfaction") if row.get(name) is not None]
    return next(iter(fields), "status" if row.get("status") == "done" else "")


def _planned(stored: Values) -> object:
    return stored["note"] if stored["note"] is not None else stored["planned_note"]
