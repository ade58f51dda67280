"""Complaints from a file: historic ones with their own dates and states, and our own with all that happened to them.

A case without a key is known by its customer, time and summary. A case that was handled here takes no other state from
a file (handbook 6.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import ClassVar, Final

from csm.domain.complaint import doubles
from csm.domain.complaint.case import HISTORIC, OPEN, Case, Event
from csm.domain.complaint.correction import FACTS, NAMED, latest_summary
from csm.domain.complaint.record import COMPLAINT
from csm.domain.customer.card import name_key
from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.time.working_hours import epoch, utc
from csm.domain.values.phone import check_phone, digits
from csm.services.complaint import correcting, recording
from csm.services.files.importing import complaint_events, links
from csm.services.files.importing.complaint_events import DUES, INSTANTS, STATE_COLUMNS, ImportedEvents, Unstored
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import ANY_ID, WHOSE, Difference, Double, Row, RowWaits, Task, Verdict, shown
from csm.services.files.importing.values import REMEMBERED, Convert, DayAlone, RowFault
from csm.storage import rows
from csm.storage.complaint import reading as cases
from csm.storage.complaint import rows as complaints
from csm.storage.files import known

# Columns of the case itself; the others are what its events make of it.
OPENING: Final = (
    *("summary", "details", "content", "problem", "channel", "want", "claim_cents", "caller", "caller_phone", "about"),
    *("found_by", "external_id", "contact_id", "callback_id", "sale_id"),
)
EVENT_COLUMNS: Final = ("complaint_id", "at", "by", "step", "text", "level", "data")
PREVENTION: Final = ("text", "in_charge", "due_on", "done_at", "done_text", "created_at")
FIELD_OF: Final = {"claim_cents": "claim", "compensation_cents": "compensation", "contact_id": "contact"}
# What tells when something happened; it lies between the day a case came in and now.
HAPPENED: Final = (*INSTANTS, "waiting_since")
LONGEST_SUMMARY: Final = 80


class Complaints(RowImporter):
    """Takes rows of complaints."""

    table = "complaint"
    prefix = "cp"
    fields = COMPLAINT
    looked_up = ("id", "customer_id", "customer", "phone", "contact", "callback_id", "sale_id", "next_clock")
    computed = frozenset({"next_due_at", "overdue"})
    required = (WHOSE, ("summary", "details"), ("received_at", "events"))
    keys = ("id", "external_id")
    identity = ("customer_id", "received_at")
    likeness = ("customer_id", "received_at", "summary")
    own_columns = ("customer_id", *OPENING, "received_at", "created_at")
    belongs_to = ("callback_id", "sale_id")
    stranger = "kept"
    likeness_decides = True
    usual: ClassVar[Row] = {"channel": "phone", "found_by": "customer"}

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._instant = lru_cache(REMEMBERED)(task.reader.instant)
        self._events = self.waiting.batch("complaint_event", EVENT_COLUMNS)
        self._preventions = self.waiting.batch("prevention", ("complaint_id", *PREVENTION))
        self._states = self.waiting.derived("complaint_state", ())
        self._deadlines = self.waiting.derived("complaint_deadline", ("complaint_id", *complaints.DEADLINE_COLUMNS))
        self._hours = recording.hours(task.work)
        self._imported = ImportedEvents(task.work, self._hours, has_next="next_clock" in self.file_fields)
        self._now = recording.now(task.work)
        self._owners: dict[int, str] = {}
        self._touched: set[int] = set()
        # By the id that a row of our own export has, the record that it is.
        self._by_file_id: dict[int, int] = {}
        # By customer and problem, an open case.
        self._open: dict[tuple[int, str], str] = {}
        self._seen: set[int] = set()
        self._is_over = False

    def converters(self) -> dict[str, Convert | None]:
        """Return what reads deadlines, levels and clocks, and the lists of our own export."""
        reader, fields = self.task.reader, self.fields_by_column
        level = reader.converter(fields["escalation_level"]) or int
        return {
            **dict.fromkeys(DUES.values(), lru_cache(REMEMBERED)(reader.deadline)),
            "escalation_level": lambda text: int(level(text) or 0),
            "next_clock": reader.converter(fields["next_clock"]),
            **dict.fromkeys(("contact", "events", "preventions")),
            "double_of": links.reference(self.task, "double_of"),
            "phone": check_phone,
        }

    # --- what a row says -----------------------------------------------------------------------------------------

    def link(self, row: Row) -> None:
        """Find the customer and the contact, and read our own events; let who called be a contact where it is one.

        A phone that isn't the card's or a contact's is kept with the case.
        """
        contact = row.pop("contact", None)
        super().link(row)
        customer, connection = row["customer_id"], self.connection
        if row.get("events", "[]") != "[]":
            row["file"] = self._file(complaint_events.read_events(row["events"], self._instant, self._now))
        if contact is not None:
            row["contact_id"] = self.contact(customer, contact)
        if "caller" in row:
            found = known.contacts_called(connection, customer, name_key(row["caller"]), up_to=ANY_ID)
            if found and row.setdefault("contact_id", found[0]["id"]) == found[0]["id"]:
                del row["caller"]
        # what our own exports call the phone is that of the card or of the contact
        if "phone" in row and not self.task.ours:
            self._keep_phone(row, row["phone"])

    def _keep_phone(self, row: Row, phone: str) -> None:
        if self.links is not None and not self.links.is_known(row["customer_id"], phone):
            kept = row.setdefault("caller_phone", phone)
            if digits(kept) != digits(phone):
                raise RowFault("phone", UsageFault("two-values", value=phone, other=kept))
        elif "contact_id" not in row and "caller" not in row:
            row["phone_contact"] = known.contact_with_phone(self.connection, row["customer_id"], digits(phone))

    def resolve(self, field: str, row: Row) -> None:
        """Find the callback and the sale of a case; the callbacks of a whole file may come in after its cases."""
        if field != "callback_id" or not self._is_to_come(row):
            super().resolve(field, row)

    def _is_to_come(self, row: Row) -> bool:
        callback_id = row.get("callback_id")
        if not (isinstance(callback_id, int) and known.is_empty(self.connection, "callback")):
            return False
        if self.faithful:
            return True
        stored = rows.fetch(self.connection, "complaint", row["id"]) if "id" in row else None
        return stored is not None and stored["callback_id"] == callback_id

    def _file(self, events: Sequence[Event]) -> Unstored:
        return Unstored(self.task.work, self.connection, 0, events, self._hours)

    def check(self, row: Row) -> None:
        """Bring what a row says into the form in which it is stored and compared; raise RowFault."""
        file: Unstored | None = row.get("file")
        if file is not None:
            row["received_at"] = utc(file.case.received_at)
            row.setdefault("summary", latest_summary(file.events))
        if row.get("summary") is None:
            row["summary"] = _first_line(row.get("details"))
        if "received_at" not in row:
            raise RowFault("received_at", UsageFault("day-missing", field="received_at"))
        self._check_times(row)
        self._check_void(row)
        if file is None and not self.task.ours:
            self._check_state(row)
        found = complaint_events.objects("preventions", row["preventions"]) if "preventions" in row else []
        if "owner" in row:
            row["owner"] = self.roster.spelt(row["owner"])
        row["all_preventions"] = [self._prevention(one) for one in found]

    def _check_state(self, row: Row) -> None:
        """Raise RowFault for what a case of that status can't have, and so wouldn't keep."""
        status = complaint_events.status_of(row)
        lost = () if status == "waiting" else ("waiting_for", "waiting_since")
        for name in (*lost, *(() if status in OPEN else ("next_step",))):
            if name in row:
                raise RowFault(name, UsageFault("values-exclude", first=status, second=name))

    def _check_void(self, row: Row) -> None:
        """See that a case that counts nowhere says why, and find the one that it is a double of once all are here.

        Raises RowFault, RowWaits (source: handbook 6.3).
        """
        file: Unstored | None = row.get("file")
        void, told = (row.get("void"), row.get("double_of")) if file is None else (file.case.void, file.case.double_of)
        status = complaint_events.status_of(row) if file is None else file.case.status
        _check_reasons(void, told, status)
        if told is None:
            return
        if not self._is_over:
            raise RowWaits
        other = self._doubled(row, told)
        if file is None:
            row["double_of"] = other
        elif other != told:
            row["file"] = self._file([_with_double(event, other) for event in file.events])

    def _doubled(self, row: Row, told: int) -> int:
        """Return the id of the case that a row is a double of, `told` in the file; raise RowFault."""
        other = self._meant(told, row["customer_id"])
        if other is None:
            raise RowFault("double_of", NotFound("no-such-record", kind="complaint", ref=str(told)))
        meant = doubles.Meant(*complaints.meant_by(self.connection, other))
        try:
            own = row["id"] if self.faithful and "id" in row else 0
            doubles.check_double(own, row["customer_id"], meant, (), force=self.task.force or self.task.ours)
        except Refused as refusal:
            raise RowFault("double_of", refusal) from refusal
        return other

    def _meant(self, told: object, customer_id: int) -> int | None:
        """Return the case that a row calls the one it is a double of; None where it isn't here."""
        if isinstance(told, int):
            other = self._by_file_id.get(told, told)
        else:
            found = links.called(self.task, "complaint", customer_id, str(told))
            other = found[0] if len(found) == 1 else 0
        return other if cases.customer_of(self.connection, "complaint", other) is not None else None

    def _check_times(self, row: Row) -> None:
        """Raise RowFault for what lies ahead and for what lies before the case came in.

        A day alone is the start of work, so on the day of receipt it is the receipt at the earliest.
        """
        received = row["received_at"]
        for name in ("received_at", *HAPPENED):
            self.task.check_past(name, row)
            if name in row and row[name] < received:
                moment = row[name]
                day_alone = isinstance(moment, DayAlone) or isinstance(received, DayAlone)
                if not day_alone or self._day(moment) != self._day(received):
                    start, end = self.task.shown(received), self.task.shown(moment)
                    raise RowFault(name, UsageFault("end-before-start", start=start, end=end))
                row[name] = received

    def _day(self, moment: str) -> str:
        return self._hours.work.day(epoch(moment))

    def _prevention(self, one: Row) -> Row:
        reader = self.task.reader
        for name in ("text", "due_on"):
            if not isinstance(one.get(name), str) or not one[name].strip():
                raise RowFault("preventions", UsageFault("empty-value", field=f"preventions.{name}"))
        try:
            read = {"due_on": reader.day(one["due_on"])}
            read |= {name: reader.instant(str(one[name])) for name in ("done_at", "created_at") if one.get(name)}
        except UsageFault as fault:
            raise RowFault("preventions", fault) from fault
        texts = {name: str(one[name]) for name in PREVENTION if one.get(name) is not None}
        return {**dict.fromkeys(PREVENTION), "created_at": self.task.work.now_text, **texts, **read}

    # --- a new one -----------------------------------------------------------------------------------------------

    def insert(self, row: Row) -> Verdict:
        """Add a case with all that follows from its events; raise RowFault."""
        self._touched.add(row["customer_id"])
        if row["summary"] is None:
            raise RowFault("summary", UsageFault("empty-value", field="summary"))
        if "file" not in row:
            if "owner" not in row and not self.faithful and complaint_events.status_of(row) in OPEN:
                row["owner"] = self._owner(row["customer_id"])
            imported = self._imported.event(row, epoch(row["received_at"]))
            row["file"] = self._file([imported, *self._imported.text_events(row)])
        row["state"], row["deadlines"] = row["file"].worked_out()
        if not self.faithful:
            self._check_in_charge(row["state"])
            row["all_preventions"] = [self._given_prevention(one) for one in row["all_preventions"]]
        return super().insert(row)

    def _check_in_charge(self, state: Row) -> None:
        """Raise RowFault for an open case of somebody who has left (source: handbook 3)."""
        if state["status"] in OPEN and state["owner"]:
            self.given("owner", str(state["owner"]))

    def _given_prevention(self, one: Row) -> Row:
        """Return a prevention, one that isn't done of somebody as the staff list has them; raise RowFault."""
        if one["done_at"] is not None or one["in_charge"] is None:
            return one
        return {**one, "in_charge": self.given("preventions", one["in_charge"])}

    def new(self, row: Row) -> Row:
        """Return a case of the contact whose phone the row has."""
        return {"contact_id": row.get("phone_contact"), **super().new(row)}

    def new_id(self, row: Row) -> int:
        """Return the id of a new case; a row that says so is known by the id it has in the file."""
        made = super().new_id(row)
        if "id" in row:
            self._by_file_id[row["id"]] = made
        return made

    def compare(self, stored: Row, row: Row, *, sure: bool) -> Verdict:
        """Let a row change the case that it is; raise RowFault where it contradicts it."""
        if "id" in row:
            self._by_file_id[row["id"]] = stored["id"]
        return super().compare(stored, row, sure=sure)

    def insert_dependents(self, record_id: int, made: Row) -> None:
        """Queue the events of a case, its state and deadlines, and its preventions."""
        state = {**made["state"], "problem": made.get("problem")}
        if state["status"] in OPEN and not self.faithful:
            self._note_open(record_id, made)
        self._states.columns = ("complaint_id", *state)
        self._states.rows.append((record_id, *state.values()))
        self._deadlines.rows += [(record_id, *one) for one in made["deadlines"]]
        self._events.rows += [(None, record_id, *complaint_events.stored_event(event)) for event in made["file"].events]
        self._preventions.rows += [(None, record_id, *one.values()) for one in made["all_preventions"]]

    def _note_open(self, record_id: int, made: Row) -> None:
        """Count an open case of a customer who has one about the same problem as a possible double."""
        customer, problem = made["customer_id"], made.get("problem")
        if problem is None or not doubles.same_problem(problem, problem):
            return
        if customer not in self._seen:
            self._seen.add(customer)
            for one, _, _, about in complaints.open_cases(self.connection, customer, 0):
                self._open.setdefault((customer, about or ""), f"cp{one}")
        other = self._open.setdefault((customer, problem), f"cp{record_id}")
        if other != f"cp{record_id}":
            place = self.task.place
            place.possible_doubles += 1
            place.doubles.append(Double(place.line, place.lines.get(other, other)))

    def finish(self) -> None:
        """Write what still waits, and which cases of these customers another came before."""
        self._is_over = True
        super().finish()
        complaints.see_repeats(self.connection, self._touched)
        self._touched.clear()

    def _owner(self, customer_id: int) -> str:
        owner = self._owners.get(customer_id)
        if owner is None:
            (found,) = known.card_values(self.connection, customer_id, ("owner",))
            owner = self._owners[customer_id] = self.usual_owner("owner", found)
        return owner

    # --- one that is here already --------------------------------------------------------------------------------

    def differences(self, stored: Row, row: Row, *, sure: bool) -> Iterator[Difference]:
        """Yield what a row says otherwise of a case, of where it stands or what happened, and of its preventions."""
        facts = list(self._opening_differences(stored, row))
        if "file" in row:
            events = row["file"].events
            if facts or not self._is_corrected(stored, events):
                yield from self._event_differences(stored, events)
            yield from facts
        else:
            yield from facts
            yield from self._state_differences(stored, row)
        yield from self._prevention_differences(stored, row["all_preventions"])

    def _opening_differences(self, stored: Row, row: Row) -> Iterator[Difference]:
        told = self._told_corrections(stored, row)
        for name in OPENING:
            new = row.get(name)
            if new is not None and new != stored[name] and not self._is_same(name, stored, row):
                change = self.change if NAMED.get(name, name) in told or name not in FACTS else self._correct
                yield self._difference(name, stored[name], partial(change, stored, {name: new}))

    def _told_corrections(self, stored: Row, row: Row) -> set[str]:
        """Return the facts that events of our own export, later than those here, correct."""
        if "file" not in row:
            return set()
        later = row["file"].events[len(complaint_events.events_of(self.connection, stored["id"])) :]
        return {name for event in later for name in event.data.get("after", ())}

    def _is_corrected(self, stored: Row, events: Sequence[Event]) -> bool:
        """Return whether all that happened here beyond the events of a file is that facts were corrected."""
        here = complaint_events.events_of(self.connection, stored["id"])
        later = here[len(events) :]
        return here[: len(events)] == events and all(
            event.step == "correct" or event.data.get("how") == "trigger" for event in later
        )

    def _correct(self, stored: Row, change: Row) -> None:
        """Change a fact of a case: of one that was handled here that is a correction (source: handbook 6.3)."""
        if _only_imported(complaint_events.events_of(self.connection, stored["id"])):
            self.change(stored, change)
        else:
            file = recording.File(self.task.work, self.connection, stored["id"], self._hours)
            correcting.correct_in(file, change)

    def _is_same(self, name: str, stored: Row, row: Row) -> bool:
        """Return whether a value that is written otherwise says the same: a phone, or a contact who is the caller."""
        if name == "caller_phone":
            return stored[name] is not None and digits(row[name]) == digits(stored[name])
        if name == "contact_id" and stored[name] is None:
            return name_key(row.get("caller", "")) == name_key(stored["caller"] or "")
        return False

    def change(self, stored: Row, change: Row) -> None:
        """Change what the case itself says."""
        if "problem" in change:
            complaints.store_problem(self.connection, stored["id"], change["problem"])
        else:
            super().change(stored, change)

    def changed(self, stored: Row) -> None:
        """Take note of a case that may have been moved in time."""
        self._touched.add(stored["customer_id"])
        self.batch.see_others()

    def _difference(self, name: str, before: object, apply: partial[None]) -> Difference:
        field = FIELD_OF.get(name, name)
        return Difference(field, shown(self.fields_by_column.get(name), before), apply)

    def _state_differences(self, stored: Row, row: Row) -> Iterator[Difference]:
        """Yield the first thing that a row says otherwise of where a case stands.

        Raises RowFault where the case was handled here: no file undoes that.
        """
        case = cases.case(self.connection, stored["id"])
        events = complaint_events.events_of(self.connection, stored["id"])
        if row.get("owner") not in (None, case["owner"]) and row.get("status", case["status"]) in OPEN:
            self.given("owner", row["owner"])
        texts = self._imported.text_events(row, events)
        difference = self._state_difference(stored, case, row, texts) or self._text_difference(stored, events, texts)
        if difference is None:
            return
        if not _only_imported(events):
            raise RowFault(difference.field, UsageFault("row-handled", ref=self.called(stored), known=difference.known))
        yield difference

    def _state_difference(self, stored: Row, case: Row, row: Row, text_events: Sequence[Event]) -> Difference | None:
        name = next((name for name in ("received_at", *STATE_COLUMNS) if name in row and row[name] != case[name]), None)
        if name is None:
            return None
        return self._difference(name, case[name], partial(self._replace_state, stored, case, row, text_events))

    def _text_difference(self, stored: Row, events: Sequence[Event], text_events: Sequence[Event]) -> Difference | None:
        if not text_events:
            return None
        field, step = next((name, step) for name, step, _ in complaint_events.TEXTS if step == text_events[0].step)
        text = next((event.text for event in reversed(events) if event.step == step), None)
        return Difference(field, text or "", partial(self._go_on, stored["id"], text_events))

    def _replace_state(self, stored: Row, case: Row, row: Row, text_events: Sequence[Event]) -> None:
        """Replace the state of a case that was only imported by what the row has, and keep what it lacks."""
        worked_out = {"step", "next_step", *self._unfixed(stored)}
        if "status" not in row and complaint_events.status_of(row) != "open":
            worked_out.add("status")
        merged = {name: case[name] for name in STATE_COLUMNS if case[name] is not None and name not in worked_out} | row
        if complaint_events.status_of(merged) in OPEN and "closed_at" not in row:
            merged.pop("closed_at", None)
        received = str(row.get("received_at", stored["received_at"]))
        rows.update(self.connection, "complaint", stored["id"], {"received_at": received})
        self._go_on(stored["id"], [self._imported.event(merged, epoch(received)), *text_events])

    def _unfixed(self, stored: Row) -> list[str]:
        """Return the deadlines of a case that nobody set: they are worked out."""
        before = Case.of(complaint_events.events_of(self.connection, stored["id"]))
        runs = {name: before.run(clock) for clock, name in DUES.items()}
        return [name for name, run in runs.items() if run is None or run.fixed is None]

    def _event_differences(self, stored: Row, events: list[Event]) -> Iterator[Difference]:
        """Yield what a file knows of a case beyond what is here; raise RowFault where the two have parted."""
        before = complaint_events.events_of(self.connection, stored["id"])
        if before == events:
            return
        steps_here = ", ".join(event.step for event in before)
        if events[: len(before)] != before:
            raise RowFault("events", UsageFault("row-handled", ref=self.called(stored), known=steps_here))
        after = Case.of(events)
        if after.owner != Case.of(before).owner:
            self._check_in_charge({"status": after.status, "owner": after.owner})
        yield Difference("events", steps_here, partial(self._go_on, stored["id"], events[len(before) :]))

    def _go_on(self, complaint_id: int, events: Sequence[Event]) -> None:
        """Add events to a case as they are, and work it out anew; nothing is missed by that."""
        for event in events:
            complaints.add_event(self.connection, complaint_id, complaint_events.stored_event(event))
        cases.forget_deadlines(self.connection, complaint_id)
        recording.File(self.task.work, self.connection, complaint_id, self._hours).store()

    def _prevention_differences(self, stored: Row, preventions: list[Row]) -> Iterator[Difference]:
        if not preventions:
            return
        here = {(one["text"], one["due_on"]): one for one in cases.prevention_rows(self.connection, stored["id"])}
        for row in preventions:
            one = row
            before = here.get((one["text"], one["due_on"]))
            if before is None or one["in_charge"] != before["in_charge"]:
                one = self._given_prevention(one)
            if before is None:
                values = {"complaint_id": stored["id"], **one}
                yield Difference("preventions", "", partial(rows.insert, self.connection, "prevention", values))
                continue
            change = {name: one[name] for name in PREVENTION[:-1] if one[name] not in (None, before[name])}
            if change:
                apply = partial(rows.update, self.connection, "prevention", before["id"], change)
                yield Difference("preventions", str(before["text"]), apply)


def _only_imported(events: Sequence[Event]) -> bool:
    """Return whether nothing has been done about a case here."""
    return all(event.step == complaint_events.IMPORTED or event.data.get(HISTORIC) for event in events)


def _with_double(event: Event, other: int) -> Event:
    """Return an event of another file with the id that the case it is a double of has here."""
    data = event.data
    if "double_of" in data:
        return event._replace(data={**data, "double_of": other})
    if "double_of" in data.get("state", ()):
        return event._replace(data={**data, "state": {**data["state"], "double_of": other}})
    return event


def _first_line(text: str | None) -> str | None:
    """Return what stands for the summary where only the whole matter is there: its beginning."""
    line = next((line.strip() for line in (text or "").splitlines() if line.strip()), "")
    return (line if len(line) <= LONGEST_SUMMARY else line[: LONGEST_SUMMARY - 1] + "…") or None


def _check_reasons(void: str | None, told: int | None, status: str) -> None:
    """Raise RowFault for a case that counts nowhere and isn't withdrawn, and for a double of none."""
    if void is not None and status != "withdrawn":
        raise RowFault("void", UsageFault("values-exclude", first=status, second="void"))
    if (void == "double") is not (told is not None):
        raise RowFault("double_of", UsageFault("empty-value", field="double_of" if told is None else "void"))
