"""Complaints from a file: historic ones with their own dates and states, and our own with all that happened to them.

A row is the case with its id where customer and day agree, else the one with its external id, else the next one of the
same customer, time and summary; each stored case is one row of the file at most. A case that was handled here takes no
other state from a file (handbook 6.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, Final

from csm.domain.complaint.case import HISTORIC, OPEN, Case, Event
from csm.domain.customer.card import name_key
from csm.domain.errors import NotFound, UsageFault
from csm.domain.records import COMPLAINT
from csm.domain.time.working_hours import epoch, utc
from csm.domain.values.phone import check_phone, digits
from csm.services.complaint import recording as filing
from csm.services.files.importing import links, past
from csm.services.files.importing.past import DUES, INSTANTS, TOLD, Past, Unstored
from csm.services.files.importing.rows import Difference, KeptIds, Task, Verdict, Waiting, settle, shown
from csm.services.files.importing.values import REMEMBERED, Cells, Convert, DayAlone, RowFault
from csm.services.values import column
from csm.storage import rows
from csm.storage.complaint import known as known_cases
from csm.storage.complaint import rows as complaints
from csm.storage.files import known

LOOKED_UP: Final = ("id", "customer_id", "customer", "phone", "contact", "callback_id", "sale_id", "next_clock")
OF_CARD: Final = ("owner",)
ANY_ID: Final = 2**62
COMPUTED: Final = frozenset({"next_due_at", "overdue"})
STORED: Final = tuple(field for field in COMPLAINT if field.name not in (*LOOKED_UP, *COMPUTED))
# Columns of the case itself; the others are what its events make of it.
OPENING: Final = (
    *(
        "summary",
        "details",
        "content",
        "problem",
        "channel",
        "want",
        "claim_cents",
        "caller",
        "caller_phone",
        "about",
        "found_by",
    ),
    *("external_id", "contact_id", "callback_id", "sale_id"),
)
COLUMNS: Final = ("customer_id", *OPENING, "received_at", "created_at")
EVENT_COLUMNS: Final = ("complaint_id", "at", "by", "step", "text", "level", "data")
PREVENTION: Final = ("text", "in_charge", "due_on", "done_at", "done_text", "created_at")
FIELD_OF: Final = {"claim_cents": "claim", "compensation_cents": "compensation", "contact_id": "contact"}
# What tells when something happened; it lies between the day a case came in and now.
HAPPENED: Final = (*INSTANTS, "waiting_since")
LONGEST_SUMMARY: Final = 80
_FIELDS: Final = {field.name: field for field in COMPLAINT}

Told = dict[str, Any]


class Complaints:
    """Takes rows of complaints."""

    def __init__(self, task: Task) -> None:
        self.possible_doubles = 0
        self._task = task
        given = task.plan.fields()
        reader = task.reader
        converters: dict[str, Convert | None] = {field.name: reader.converter(field) for field in STORED}
        deadline = lru_cache(REMEMBERED)(reader.deadline)
        converters |= dict.fromkeys(DUES.values(), deadline)
        level = reader.converter(_FIELDS["escalation_level"]) or int
        converters["escalation_level"] = lambda text: int(level(text) or 0)
        converters |= {"next_clock": reader.converter(_FIELDS["next_clock"]), "id": reader.whole, "contact": None}
        converters |= {name: links.reference(task, name) for name in ("callback_id", "sale_id")}
        converters |= {**links.converters(task), **dict.fromkeys(("events", "preventions"))}
        converters["phone"] = check_phone
        self._instant = lru_cache(REMEMBERED)(reader.instant)
        self._cells = Cells(task.plan, converters, guarded=task.guarded, width=task.width)
        self._names = [*(column(field) for field in STORED), *list(converters)[len(STORED) :]]
        self._links = links.Customers(task, stranger="kept")
        self._waiting = Waiting(task.connection)
        self._batch = self._waiting.batch("complaint", COLUMNS)
        self._events = self._waiting.batch("complaint_event", EVENT_COLUMNS)
        self._preventions = self._waiting.batch("prevention", ("complaint_id", *PREVENTION))
        self._states = self._waiting.derived("complaint_state", ())
        self._deadlines = self._waiting.derived("complaint_deadline", ("complaint_id", *complaints.DEADLINE_COLUMNS))
        self._faithful = known.is_empty(task.connection, "complaint") and "id" in given
        self._ids = KeptIds(self._batch, empty=self._faithful, place=task.place, prefix="cp")
        self._hours = filing.hours(task.work)
        self._past = Past(task.work, self._hours, knows_next="next_clock" in given)
        self._now = filing.now(task.work)
        self._last_known = known.last_id(task.connection, "complaint")
        self._met: set[int] = set()
        self._externals: dict[str, int] = {}
        self._owners: dict[int, str] = {}
        self._touched: set[int] = set()

    def take(self, row: Sequence[str]) -> Verdict:
        """Import one row; raise RowFault."""
        values = self._cells.read(row)
        told: Told = {name: value for name, value in zip(self._names, values, strict=True) if value is not None}
        customer = self._links.of(told)
        file = self._told_file(told)
        self._complete(customer, told, file)
        preventions = self._told_preventions(told)
        stored = self._stored(customer, told)
        if stored is None:
            self._touched.add(customer)
            self._insert(customer, told, file, preventions)
            return "inserted"
        self._met.add(stored["id"])
        differences = [
            *self._opening_differences(stored, told),
            *(self._state_differences(stored, told) if file is None else self._event_differences(stored, file.events)),
            *self._prevention_differences(stored, preventions),
        ]
        if differences:
            self._waiting.flush()
            self._touched.add(stored["customer_id"])
        verdict = settle(differences, f"cp{stored['id']}", update=self._task.update, place=self._task.place)
        if differences:
            self._batch.see_others()
        return verdict

    def finish(self) -> None:
        """Write what still waits, and which cases of these customers another came before."""
        self._waiting.flush()
        complaints.see_repeats(self._task.connection, self._touched)
        self._touched.clear()

    # --- what a row tells ---------------------------------------------------------------------------------------

    def _told_file(self, told: Told) -> Unstored | None:
        """Return the case that the events in a row make, None where it has none."""
        if told.get("events", "[]") == "[]":
            return None
        return self._file(past.read_events(told["events"], self._instant, self._now))

    def _file(self, events: Sequence[Event]) -> Unstored:
        return Unstored(self._task.work, self._task.connection, 0, events, self._hours)

    def _complete(self, customer: int, told: Told, file: Unstored | None) -> None:
        """Bring what a row tells into the form in which it is stored and compared."""
        if "contact" in told:
            told["contact_id"] = self._contact(customer, told["contact"])
        self._complete_caller(customer, told)
        if not self._is_to_come(told):
            links.resolve(self._task, "callback_id", told, customer)
        links.resolve(self._task, "sale_id", told, customer)
        if file is not None:
            told["received_at"] = utc(file.case.received_at)
            told.setdefault("summary", file.events[0].text or None)
        if told.get("summary") is None:
            told["summary"] = _first_line(told.get("details"))
        if "received_at" not in told:
            raise RowFault("received_at", UsageFault("day-missing", field="received_at"))
        self._check_times(told)
        if file is None and not self._task.ours:
            self._check_state(told)

    def _check_state(self, told: Told) -> None:
        """Raise RowFault for what a case of that status can't have, and so wouldn't keep."""
        status = past.status_of(told)
        lost = () if status == "waiting" else ("waiting_for", "waiting_since")
        for name in (*lost, *(() if status in OPEN else ("next_step",))):
            if name in told:
                raise RowFault(name, UsageFault("options-exclude", first=status, second=name))

    def _complete_caller(self, customer: int, told: Told) -> None:
        """Let who called be a contact where it is one, and keep a phone that isn't the card's or a contact's."""
        connection = self._task.connection
        if "caller" in told:
            found = known.contacts_called(connection, customer, name_key(told["caller"]), up_to=ANY_ID)
            if found and told.setdefault("contact_id", found[0]["id"]) == found[0]["id"]:
                del told["caller"]
        phone = told.get("phone")
        if phone is None or self._task.ours:
            return  # what our own exports call the phone is that of the card or of the contact
        if not self._links.is_known(customer, phone):
            kept = told.setdefault("caller_phone", phone)
            if digits(str(kept)) != digits(phone):
                raise RowFault("phone", UsageFault("two-values", value=phone, other=kept))
        elif "contact_id" not in told and "caller" not in told:
            told["phone_contact"] = known.contact_with_phone(connection, customer, digits(phone))

    def _is_to_come(self, told: Told) -> bool:
        """Tell whether the callback is one of a whole file whose callbacks come in afterwards."""
        connection, callback_id = self._task.connection, told.get("callback_id")
        if not (isinstance(callback_id, int) and known.is_empty(connection, "callback")):
            return False
        if self._faithful:
            return True
        stored = rows.fetch(connection, "complaint", told["id"]) if "id" in told else None
        return stored is not None and stored["callback_id"] == callback_id

    def _check_times(self, told: Told) -> None:
        """Raise RowFault for what lies ahead and for what lies before the case came in.

        A day alone is the start of work, so on the day of receipt it is the receipt at the earliest.
        """
        now, received = self._task.work.now_text, told.get("received_at")
        for name in ("received_at", *HAPPENED):
            moment = told.get(name)
            if moment is None:
                continue
            if moment > now:
                raise RowFault(name, UsageFault("date-in-future", value=self._shown(moment)))
            if received is not None and moment < received:
                day_alone = isinstance(moment, DayAlone) or isinstance(received, DayAlone)
                if not day_alone or self._day(moment) != self._day(received):
                    start, end = self._shown(received), self._shown(moment)
                    raise RowFault(name, UsageFault("end-before-start", start=start, end=end))
                told[name] = received

    def _shown(self, moment: str) -> str:
        return f"{self._task.work.zone.local(moment):%Y-%m-%d %H:%M}"

    def _day(self, moment: str) -> str:
        return self._hours.work.day(epoch(moment))

    def _told_preventions(self, told: Told) -> list[Told]:
        found = past.objects("preventions", told["preventions"]) if "preventions" in told else []
        return [self._prevention(one) for one in found]

    def _prevention(self, one: Told) -> Told:
        reader = self._task.reader
        for name in ("text", "due_on"):
            if not isinstance(one.get(name), str) or not one[name].strip():
                raise RowFault("preventions", UsageFault("empty-value", field=f"preventions.{name}"))
        try:
            read = {"due_on": reader.day(one["due_on"])}
            read |= {name: reader.instant(str(one[name])) for name in ("done_at", "created_at") if one.get(name)}
        except UsageFault as fault:
            raise RowFault("preventions", fault) from fault
        told = {name: str(one[name]) for name in PREVENTION if one.get(name) is not None}
        return {**dict.fromkeys(PREVENTION), "created_at": self._task.work.now_text, **told, **read}

    # --- which case ---------------------------------------------------------------------------------------------

    def _contact(self, customer_id: int, name: str) -> int:
        found = known.contacts_called(self._task.connection, customer_id, name_key(name), up_to=ANY_ID)
        if not found:
            raise RowFault("contact", NotFound("no-such-record", kind="contact", ref=name))
        return int(found[0]["id"])

    def _stored(self, customer_id: int, told: Told) -> Told | None:
        """Return the stored case that a row is."""
        connection = self._task.connection
        made = self._ids.known(told.get("id")) or self._externals.get(told.get("external_id", ""))
        if made is not None:
            self._waiting.flush()
            return rows.fetch(connection, "complaint", made)
        if not self._last_known:
            return None
        if told.get("id", ANY_ID) <= self._last_known:
            found = rows.fetch(connection, "complaint", told["id"])
            if found is not None and (found["customer_id"], found["received_at"]) == (
                customer_id, told.get("received_at"),
            ):  # fmt: skip
                return found
        if "external_id" in told:
            keyed = known_cases.complaint_by_external_id(connection, told["external_id"])
            if keyed is not None:
                return keyed
        if told["summary"] is None:
            return None
        same = known_cases.complaints_like(
            connection, customer_id, told.get("received_at"), told["summary"], up_to=self._last_known
        )
        left = [
            one for one in same if one["id"] not in self._met and not ("external_id" in told and one["external_id"])
        ]
        return left[0] if left else None

    # --- a new one ----------------------------------------------------------------------------------------------

    def _insert(self, customer_id: int, told: Told, file: Unstored | None, preventions: list[Told]) -> None:
        if told["summary"] is None:
            raise RowFault("summary", UsageFault("empty-value", field="summary"))
        work = self._task.work
        if file is None:
            if "owner" not in told and not self._faithful and past.status_of(told) in OPEN:
                told["owner"] = self._owner(customer_id)
            file = self._file([self._past.event(told, epoch(told["received_at"])), *self._past.words(told)])
        state, deadlines = file.worked_out()
        state["problem"] = told.get("problem")
        file.id = self._ids.new(told.get("id"))  # only now: a row that can't be leaves no trace
        self._met.add(file.id)
        if "external_id" in told:
            self._externals[told["external_id"]] = file.id
        self._states.columns = ("complaint_id", *state)
        self._states.rows.append((file.id, *state.values()))
        self._deadlines.rows += [(file.id, *one) for one in deadlines]
        self._events.rows += [(None, file.id, *past.stored_event(event)) for event in file.events]
        self._preventions.rows += [(None, file.id, *one.values()) for one in preventions]
        usual = {"channel": "phone", "found_by": "customer", "created_at": work.now_text}
        record = {"contact_id": told.get("phone_contact"), **usual, **told, "customer_id": customer_id}
        self._waiting.add(self._batch, [file.id, *(record.get(name) for name in COLUMNS)])

    def _owner(self, customer_id: int) -> str:
        owner = self._owners.get(customer_id)
        if owner is None:
            (found,) = known.card_values(self._task.connection, customer_id, OF_CARD)
            owner = self._owners[customer_id] = str(found or self._task.work.user)
        return owner

    # --- one that is here already -------------------------------------------------------------------------------

    def _opening_differences(self, stored: Told, told: Told) -> Iterator[Difference]:
        for name in OPENING:
            new, before = told.get(name), stored[name]
            if name == "caller_phone" and new is not None and before is not None and digits(new) == digits(before):
                continue
            if (
                name == "contact_id"
                and before is None
                and name_key(told.get("caller", "")) == name_key(stored["caller"] or "")
            ):
                continue
            if new is not None and new != before:
                yield self._difference(name, before, partial(self._tell, stored["id"], name, new))

    def _tell(self, complaint_id: int, name: str, new: object) -> None:
        if name == "problem":
            complaints.store_problem(self._task.connection, complaint_id, new)
        else:
            rows.update(self._task.connection, "complaint", complaint_id, {name: new})

    def _difference(self, name: str, before: object, apply: Any) -> Difference:
        field = FIELD_OF.get(name, name)
        return Difference(field, shown(_FIELDS.get(field), before), apply)

    def _state_differences(self, stored: Told, told: Told) -> Iterator[Difference]:
        """Give the first thing that a row says otherwise of where a case stands.

        Raises RowFault where the case was handled here: no file undoes that.
        """
        case = known_cases.case(self._task.connection, stored["id"])
        name = next((name for name in ("received_at", *TOLD) if name in told and told[name] != case[name]), None)
        events = past.events_of(self._task.connection, stored["id"])
        words = self._past.words(told, events)
        if name is not None:
            difference = self._difference(name, case[name], partial(self._tell_again, stored, case, told, words))
        elif words:
            field, step = next((name, step) for name, step, _ in past.WORDS if step == words[0].step)
            said = next((event.text for event in reversed(events) if event.step == step), None)
            difference = Difference(field, said or "", partial(self._go_on, stored["id"], words))
        else:
            return
        if not all(event.step == past.IMPORTED or event.data.get(HISTORIC) for event in events):
            raise RowFault(difference.field, UsageFault("row-differs", ref=f"cp{stored['id']}", known=difference.known))
        yield difference

    def _tell_again(self, stored: Told, case: Told, told: Told, words: Sequence[Event]) -> None:
        """Give a case that was only imported another past: what the row tells, and of what it doesn't tell the old."""
        connection = self._task.connection
        before = Case.of(past.events_of(connection, stored["id"]))
        kept = {name: case[name] for name in TOLD if case[name] is not None and name not in ("step", "next_step")}
        for clock, name in DUES.items():
            run = before.run(clock)
            if run is None or run.fixed is None:
                kept.pop(name, None)  # it is worked out
        if "status" not in told and past.status_of(told) != "open":
            kept.pop("status", None)
        merged = {**kept, **told}
        if past.status_of(merged) in OPEN and "closed_at" not in told:
            merged.pop("closed_at", None)
        received = str(told.get("received_at", stored["received_at"]))
        rows.update(connection, "complaint", stored["id"], {"received_at": received})
        self._go_on(stored["id"], [self._past.event(merged, epoch(received)), *words])

    def _event_differences(self, stored: Told, events: list[Event]) -> Iterator[Difference]:
        """Give what a file knows of a case beyond what is here; raise RowFault where the two have parted."""
        before = past.events_of(self._task.connection, stored["id"])
        if before == events:
            return
        told_here = ", ".join(event.step for event in before)
        if events[: len(before)] != before:
            raise RowFault("events", UsageFault("row-differs", ref=f"cp{stored['id']}", known=told_here))
        yield Difference("events", told_here, partial(self._go_on, stored["id"], events[len(before) :]))

    def _go_on(self, complaint_id: int, events: Sequence[Event]) -> None:
        """Add events to a case as they are, and work it out anew; nothing is missed by that."""
        connection = self._task.connection
        for event in events:
            complaints.add_event(connection, complaint_id, past.stored_event(event))
        known_cases.forget_deadlines(connection, complaint_id)
        filing.File(self._task.work, connection, complaint_id, self._hours).store()

    def _prevention_differences(self, stored: Told, preventions: list[Told]) -> Iterator[Difference]:
        if not preventions:
            return
        connection = self._task.connection
        here = {(one["text"], one["due_on"]): one for one in known_cases.prevention_rows(connection, stored["id"])}
        for one in preventions:
            before = here.get((one["text"], one["due_on"]))
            if before is None:
                values = {"complaint_id": stored["id"], **one}
                yield Difference("preventions", "", partial(rows.insert, connection, "prevention", values))
                continue
            change = {name: one[name] for name in PREVENTION[:-1] if one[name] not in (None, before[name])}
            if change:
                apply = partial(rows.update, connection, "prevention", before["id"], change)
                yield Difference("preventions", str(before["text"]), apply)


def _first_line(text: str | None) -> str | None:
    """Return what stands for the summary where only the whole matter is told: its beginning."""
    line = next((line.strip() for line in (text or "").splitlines() if line.strip()), "")
    return (line if len(line) <= LONGEST_SUMMARY else line[: LONGEST_SUMMARY - 1] + "…") or None
