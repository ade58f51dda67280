"""Callbacks from a file: plans and past contacts of customers that are here already, and results of planned ones.

A callback without a key is known by its customer, day, purpose and channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, Final

from csm.domain.callback.record import CALLBACK
from csm.domain.callback.rules import Appointment, at_same_time, fulfils
from csm.domain.errors import Refused, UsageFault
from csm.domain.kinds import named
from csm.services.callback.placing import on_working_day
from csm.services.callback.replanning import follow_contacts
from csm.services.files.importing.callback_results import Results
from csm.services.files.importing.callback_tries import TRY, read_tries
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import WHOSE, Difference, Row, Task, Verdict
from csm.services.files.importing.values import REMEMBERED, Convert, RowFault
from csm.services.values import column
from csm.storage.callback import rows as stored_callbacks
from csm.storage.files import known

STORED: Final = tuple(
    named(CALLBACK, name)
    for name in (
        *("direction", "channel", "purpose", "status", "due_on", "done_at", "outcome", "satisfaction", "tries", "note"),
        *("every", "owner", "from_done", "objection", "suggestion", "cost", "origin", "planned_on"),
        *("done_on", "reason", "created_at", "planned_note", "series_on", "done_by", "external_id", "after_sale"),
        *("due_at", "series_time", "agreed_on"),
    )
)
LOOKED_UP: Final = ("id", "customer_id", "customer", "phone", "contact", "served_with", "complaint_id", "sale_id")
LINKED: Final = ("customer_id", "contact_id", "complaint_id", "sale_id", "served_with")
OF_CARD: Final = ("name", "owner", "channel", "do_not_contact", "archived_on")
# How a row says it was done: any of these without a status.
DONE_BY: Final = ("done_at", "done_on", "satisfaction")
# What a callback that follows has of the one before.
FOLLOWING: Final = (
    *("customer_id", "owner", "channel", "purpose", "contact_id", "origin", "from_done", "tries", "created_at"),
)
DAY: Final = len("2026-11-21")


class Callbacks(RowImporter):
    """Takes rows of callbacks."""

    table = "callback"
    prefix = "cb"
    fields = (*STORED, *(field for field in CALLBACK if field not in STORED))
    looked_up = LOOKED_UP
    computed = frozenset(field.name for field in CALLBACK if field not in STORED) - frozenset(LOOKED_UP)
    required = (WHOSE,)
    keys = ("id", "external_id")
    own_columns = (*LINKED, *(column(field) for field in STORED))
    belongs_to = ("complaint_id", "sale_id")

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._tries = self.waiting.batch("callback_try", ("callback_id", *TRY))
        self._results = Results(task)
        # By the id in the file, the callback that a row made or is.
        self._of_file: dict[int, int] = {}
        self._late: list[tuple[int, Row]] = []
        self._contacted: set[int] = set()
        self._cards: dict[int, tuple[Any, ...]] = {}

    def converters(self) -> dict[str, Convert | None]:
        """Return what reads days that may have a time, and what else a row has than a callback."""
        appointment = lru_cache(REMEMBERED)(self.task.reader.appointment)
        served = self.task.reader.whole
        return {
            **dict.fromkeys(("due_on", "next"), appointment),
            "tries_made": None,
            "served_with": served,
            "contact": None,
        }

    def check(self, row: Row) -> None:
        """Read the tries, and let the day of what has a time be that of the time, in the zone of the file."""
        if "owner" in row:
            row["owner"] = self.roster.spelt(row["owner"])
        if "tries_made" in row:
            row["tries_made"] = read_tries(self.task.reader, row["tries_made"])
        if len(row.get("due_on", "")) > DAY:
            row.setdefault("due_at", row["due_on"])
            row["due_on"] = self._day_of(row["due_on"])
        elif "due_at" in row:
            row.setdefault("due_on", self._day_of(row["due_at"]))

    def settle(self, row: Row) -> Verdict:
        """Let a time of day go to the day that stands with it in our own list; raise RowFault for any other time."""
        stored, sure = self.find(row)
        if row.get("due_at") is not None and self._day_of(row["due_at"]) != row["due_on"]:
            if stored is None or row["due_at"] != stored["due_at"]:
                disagree = UsageFault("days-disagree", first=row["due_on"], second=self._day_of(row["due_at"]))
                raise RowFault("due_at", disagree)
            row["due_at"] = at_same_time(row["due_at"], date.fromisoformat(row["due_on"]), self.task.work.zone).at
        return self.insert(row) if stored is None else self.compare(stored, row, sure=sure)

    def _day_of(self, instant: str) -> str:
        return self.task.work.zone.local(instant).date().isoformat()

    # --- one that is here already --------------------------------------------------------------------------------

    def same(self, stored: Row, row: Row) -> bool:
        """Return whether the customer agrees, and the day for which it is or was before planned."""
        if stored["customer_id"] != row["customer_id"]:
            return False
        if "planned_on" in row:
            return bool(row["planned_on"] == stored["planned_on"])
        return "due_on" in row and self._results.was_planned_for(stored, row["due_on"])

    def alike(self, row: Row) -> list[Row]:
        """Return the callbacks of the customer on the day, of the same purpose and channel."""
        day = row.get("due_on") or row.get("done_on")
        if day is None:
            return []
        # Everybody's callbacks of a day are many.
        values = {"customer_id": row["customer_id"], "+due_on": day}
        same = known.alike(self.connection, "callback", values, up_to=self.last_known)
        if row.get("every"):  # due on another day where its own isn't a working day
            values = {"customer_id": row["customer_id"], "+planned_on": day}
            same += [
                one
                for one in known.alike(self.connection, "callback", values, up_to=self.last_known)
                if one["due_on"] != day
            ]
        return [one for one in same if self._meant(one, row)]

    def _meant(self, one: Row, row: Row) -> bool:
        """Return whether a row may mean a stored callback of its day: same purpose and channel as far as it says them.

        What was done in a way that the row doesn't say isn't a visit that is still open (source: handbook 5).
        """
        if any(row.get(name, one[name]) != one[name] for name in ("purpose", "channel")):
            return False
        if one["status"] != "open" or "channel" in row or self._status(row) != "done":
            return True
        _, _, channel, *_ = self._card(row["customer_id"])
        return fulfils((one["channel"], one["purpose"]), channel or "phone", row.get("purpose"))

    def equals(self, stored: Row, row: Row) -> bool:
        """Return whether a row says nothing new of a callback, its tries left aside."""
        try:
            return not self._results.differences(stored, row, filled_in=False)
        except RowFault:
            return False

    def differences(self, stored: Row, row: Row, *, sure: bool) -> Iterator[Difference]:
        """Yield the result that a row has, another plan, and further tries; raise RowFault."""
        owner = row.get("owner")
        if owner not in (None, stored["owner"]) and stored["status"] == "open" and self._status(row) == "open":
            self.given("owner", str(owner))
        yield from self._results.differences(stored, row, filled_in=sure)
        yield from self._results.more_tries(stored, row.get("tries_made", ()))

    def compare(self, stored: Row, row: Row, *, sure: bool) -> Verdict:
        """Let a row change the callback that it is; what is served with it finds it by the id in the file."""
        if "id" in row:
            self._of_file[row["id"]] = stored["id"]
        return super().compare(stored, row, sure=sure)

    def changed(self, stored: Row) -> None:
        """Take note of callbacks that followed."""
        self.batch.see_others()

    # --- a new one -----------------------------------------------------------------------------------------------

    def insert(self, row: Row) -> Verdict:
        """Add a callback, and the one that its row plans after it."""
        made = self.new(row)
        if made["status"] == "done" and not self.faithful:
            self._contacted.add(row["customer_id"])
        callback_id = self.new_id(row)
        self._of_file[row.get("id", -callback_id)] = callback_id
        if made["following"] is not None:
            self.batch.rows.append([self.ids.new(None), *map(made["following"].get, self.columns)])
        made["tries_made"] = [[self._tries.new_id(), callback_id, *one] for one in row.get("tries_made", ())]
        if "served_with" in row:
            self._late.append((row["served_with"], {**made, "id": callback_id}))
        else:
            self._tries.rows += made["tries_made"]
            self.waiting.add(self.batch, [callback_id, *map(made.get, self.columns)])
        return "inserted"

    def finish(self) -> None:
        """Write what still waits; a callback served with another comes after it.

        Any contact on record satisfies the cadence: what the rules have planned goes with it (source: handbook 4).
        """
        for served_with, made in self._late:
            self._tries.rows += made["tries_made"]
            made["served_with"] = self._of_file.get(served_with)
            self.batch.rows.append([made["id"], *map(made.get, self.columns)])
        self._late = []
        super().finish()
        for customer_id in sorted(self._contacted & stored_callbacks.planned_by_rules(self.connection)):
            self.task.place.moved += follow_contacts(self.connection, self.task.work, customer_id)
        self._contacted.clear()

    def new(self, row: Row) -> Row:
        """Return a callback with what usually holds for its customer where the row says nothing; raise RowFault."""
        _, owner, channel, *_ = self._card(row["customer_id"])
        usual: Row = {
            "owner": None if self.faithful else owner or self.task.work.user,
            "channel": channel or "phone",
            "direction": "outgoing",
            "purpose": "other",
            "origin": "manual",
            "from_done": 0,
            "tries": 0,
        }
        made = {**usual, **super().new(row), "served_with": None, "status": self._status(row)}
        if made["status"] == "open" and not self.faithful:
            made["owner"] = self._owner(row, owner)
        made["following"] = self._following(row, made)
        made |= self._result(row, made["status"])
        if made.get("due_on") is None:
            raise RowFault("due_on", UsageFault("empty-value", field="due_on"))
        self._take_place(row, made)
        plans = made["status"] == "open" or made["following"] is not None
        if plans and not self.faithful:
            self._check_wanted(row["customer_id"])
        return made

    def _owner(self, row: Row, usual: str | None) -> str:
        """Return who gets an open callback: who the row names, else by the card; raise RowFault for who has left."""
        return self.given("owner", row["owner"]) if "owner" in row else self.usual_owner("owner", usual)

    def _take_place(self, row: Row, made: Row) -> None:
        """Give a callback the day it was planned for and, in a series, its place there."""
        made["planned_on"] = row.get("planned_on", made["due_on"])
        if not made.get("every"):
            return
        if made["status"] == "open" and "planned_on" not in row:
            self._on_working_day(made)
        made.setdefault("series_on", made["planned_on"])
        if made.get("due_at"):
            made.setdefault("series_time", f"{self.task.work.zone.local(made['due_at']):%H:%M}")

    def _on_working_day(self, made: Row) -> None:
        """Let the date of a series that isn't a working day be due on the next one (source: handbook 5)."""
        work = self.task.work
        planned = Appointment(date.fromisoformat(made["due_on"]), made.get("due_at"))
        due = on_working_day(work, planned)
        if due.day != planned.day:
            made |= due.agreed

    def _status(self, row: Row) -> str:
        status: str | None = row.get("status")
        if status is None or (status == "open" and ("done_at" in row or "done_on" in row)):
            fruitful = row.get("outcome") in ("reached", "refused")
            return "done" if fruitful or any(name in row for name in DONE_BY) else "open"
        return status

    def _result(self, row: Row, status: str) -> Row:
        """Return what came of a callback; of one that isn't done its note is that of the plan. Raises RowFault."""
        if status == "done":
            if "reason" in row:
                raise RowFault("reason", UsageFault("values-exclude", first="done", second="reason"))
            return self._done(row)
        if "done_at" in row or "done_on" in row:
            raise RowFault("status", UsageFault("values-exclude", first=status, second="done_at"))
        planned = row.get("planned_note", row.get("note"))
        note = None if planned == row.get("note") else row.get("note")
        return {"planned_note": planned, "note": note, "reason": row.get("reason") if status != "open" else None}

    def _following(self, row: Row, made: Row) -> Row | None:
        """Return the callback that a row plans after its own; one whose day has passed is noted as not kept.

        Raises RowFault for a next one where this one isn't done.
        """
        if "next" not in row:
            return None
        timed = len(row["next"]) > DAY
        day = self._day_of(row["next"]) if timed else row["next"]
        if made["status"] != "done":
            raise RowFault("next", UsageFault("values-exclude", first=str(made["status"]), second="next"))
        if day < self.task.work.today.isoformat():
            self.task.reader.unkept.add("next")
            return None
        return {
            **{name: made.get(name) for name in FOLLOWING},
            "owner": self.usual_owner("owner", made["owner"], self._card(row["customer_id"])[1]),
            "direction": "outgoing",
            "status": "open",
            "due_on": day,
            "planned_on": day,
            "due_at": row["next"] if timed else None,
        }

    def _done(self, row: Row) -> Row:
        if self.faithful and "done_at" in row:
            moment = self.task.work.zone.local(row["done_at"])
        else:
            moment = self._results.moment(row, row.get("due_on"))
        day = row.get("done_on") or moment.date().isoformat()
        note = row.get("note")
        return {
            "done_at": row.get("done_at") or self.task.work.zone.to_utc_text(moment),
            "done_on": day,
            "done_by": row.get("done_by") or (None if self.faithful else self.task.work.user),
            "outcome": row.get("outcome") or (None if self.faithful else "reached"),
            "note": None if note == row.get("planned_note") else note,
            "due_on": row.get("due_on", day),
            "reason": None,
        }

    def _check_wanted(self, customer_id: int) -> None:
        """Refuse a plan for a customer who is archived or doesn't want to be contacted (source: handbook 3, 4)."""
        name, _, _, do_not_contact, archived_on = self._card(customer_id)
        if archived_on is not None:
            raise RowFault("customer", Refused("customer-archived", customer=name, customer_id=customer_id))
        if do_not_contact:
            raise RowFault("customer", Refused("do-not-contact", customer=name, customer_id=customer_id))

    def _card(self, customer_id: int) -> tuple[Any, ...]:
        card = self._cards.get(customer_id)
        if card is None:
            card = known.card_values(self.connection, customer_id, OF_CARD)
            self._cards[customer_id] = card
        return card
