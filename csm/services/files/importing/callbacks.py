"""Callbacks from a file: plans and past contacts of customers that are here already, and results of planned ones.

A row is the callback with its id where customer and day agree, else the one with its external id, else the one it
equals; each stored callback is one row of the file at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from csm.domain.callback.rules import at_same_time
from csm.domain.customer.card import name_key
from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.records import CALLBACK, named
from csm.services.files.importing import links
from csm.services.files.importing.results import Results
from csm.services.files.importing.rows import KeptIds, Task, Verdict, Waiting, settle
from csm.services.files.importing.tries import TRY, Tries, Try
from csm.services.files.importing.values import REMEMBERED, Cells, Convert, RowFault
from csm.services.values import column
from csm.storage import rows
from csm.storage.files import known

LOOKED_UP: Final = ("id", "customer_id", "customer", "phone", "contact", "served_with", "complaint_id", "sale_id")
STORED: Final = tuple(
    named(CALLBACK, name)
    for name in (
        *("direction", "channel", "purpose", "status", "due_on", "done_at", "outcome", "satisfaction", "tries", "note"),
        *("every", "owner", "from_done", "objection", "suggestion", "cost", "origin", "planned_on"),
        *("done_on", "reason", "created_at", "planned_note", "series_on", "done_by", "external_id", "after_sale"),
        *("due_at", "series_time"),
    )
)
COMPUTED: Final = frozenset(field.name for field in CALLBACK if field not in STORED) - frozenset(LOOKED_UP)
COLUMNS: Final = (
    "customer_id",
    "contact_id",
    "complaint_id",
    "sale_id",
    "served_with",
    *(column(field) for field in STORED),
)
OF_CARD: Final = ("name", "owner", "channel", "do_not_contact", "archived_on")
ANY_ID: Final = 2**62
# How a row says it was done: any of these without a status.
DONE_BY: Final = ("done_at", "done_on", "satisfaction")

Told = dict[str, Any]


class Callbacks:
    """Takes rows of callbacks."""

    def __init__(self, task: Task) -> None:
        self.possible_doubles = 0
        self._task = task
        reader = task.reader
        converters: dict[str, Convert | None] = {field.name: reader.converter(field) for field in STORED}
        converters |= dict.fromkeys(("due_on", "next"), lru_cache(REMEMBERED)(reader.appointment))
        converters |= {"tries_made": None, "served_with": reader.whole, "id": reader.whole, "contact": None}
        converters |= {name: links.reference(task, name) for name in ("complaint_id", "sale_id")}
        converters |= links.converters(task)
        self._cells = Cells(task.plan, converters, guarded=task.guarded, width=task.width)
        self._names = [*(column(field) for field in STORED), *list(converters)[len(STORED) :]]
        self._links = links.Customers(task)
        self._waiting = Waiting(task.connection)
        self._batch = self._waiting.batch("callback", COLUMNS)
        self._tries = self._waiting.batch("callback_try", ("callback_id", *TRY))
        self._read_tries = Tries(reader)
        self._faithful = known.is_empty(task.connection, "callback") and "id" in task.plan.fields()
        self._ids = KeptIds(self._batch, empty=self._faithful, place=task.place, prefix="cb")
        self._results = Results(task)
        self._last_known = known.last_id(task.connection, "callback")
        self._met: set[int] = set()
        self._externals: dict[str, int] = {}
        self._places: dict[int, int] = {}
        self._late: list[tuple[int, list[object], list[list[Any]]]] = []
        self._cards: dict[int, tuple[Any, ...]] = {}

    def take(self, row: Sequence[str]) -> Verdict:
        """Import one row; raise RowFault."""
        values = self._cells.read(row)
        told: Told = {name: value for name, value in zip(self._names, values, strict=True) if value is not None}
        customer = self._links.of(told)
        if "contact" in told:
            told["contact_id"] = self._contact(customer, told["contact"])
        for field in ("complaint_id", "sale_id"):
            links.resolve(self._task, field, told, customer)
        tries = self._read_tries.of(told.pop("tries_made", None))
        self._part_day_and_time(told)
        stored, filled_in = self._stored(customer, told)
        if stored is None:
            self._agree_on_day(told, None)
            self._insert(customer, told, tries)
            return "inserted"
        self._agree_on_day(told, stored)
        self._met.add(stored["id"])
        if "id" in told:
            self._places[told["id"]] = stored["id"]
        differences = [
            *self._results.differences(stored, told, filled_in=filled_in),
            *self._results.more_tries(stored, tries),
        ]
        if differences:
            self._waiting.flush()
        verdict = settle(differences, f"cb{stored['id']}", update=self._task.update, place=self._task.place)
        if differences:
            self._batch.see_others()
        return verdict

    def finish(self) -> None:
        """Write what still waits; a callback served with another comes after it."""
        for served_with, record, tries in self._late:
            self._tries.rows += tries
            record[COLUMNS.index("served_with") + 1] = self._places.get(served_with)
            self._batch.rows.append(record)
        self._late = []
        self._waiting.flush()

    # --- when it is due -----------------------------------------------------------------------------------------

    def _part_day_and_time(self, told: Told) -> None:
        """Tell the day of what has a time from that time, in the zone of the file."""
        if len(told.get("due_on", "")) > len("2026-11-21"):
            told.setdefault("due_at", told["due_on"])
            told["due_on"] = self._day_of(told["due_on"])
        elif "due_at" in told:
            told.setdefault("due_on", self._day_of(told["due_at"]))

    def _day_of(self, instant: str) -> str:
        return self._task.work.zone.local(instant).date().isoformat()

    def _agree_on_day(self, told: Told, stored: Told | None) -> None:
        """Let a time of day go to the day that was written beside it in our own list; raise RowFault for any other."""
        if told.get("due_at") is None or self._day_of(told["due_at"]) == told["due_on"]:
            return
        if stored is None or told["due_at"] != stored["due_at"]:
            raise RowFault(
                "due_at", UsageFault("days-disagree", first=told["due_on"], second=self._day_of(told["due_at"]))
            )
        moved = at_same_time(told["due_at"], date.fromisoformat(told["due_on"]), self._task.work.zone)
        told["due_at"] = moved.at

    # --- which callback -----------------------------------------------------------------------------------------

    def _contact(self, customer_id: int, name: str) -> int:
        found = known.contacts_called(self._task.connection, customer_id, name_key(name), up_to=ANY_ID)
        if not found:
            raise RowFault("contact", NotFound("no-such-record", kind="contact", ref=name))
        return int(found[0]["id"])

    def _stored(self, customer_id: int, told: Told) -> tuple[Told | None, bool]:
        """Return the stored callback that a row is, and whether it is that very one by its id or key."""
        made = self._ids.known(told.get("id")) or self._externals.get(told.get("external_id", ""))
        if made is not None:
            self._waiting.flush()
            return rows.fetch(self._task.connection, "callback", made), True
        if not self._last_known:
            return None, False
        found = self._by_id(customer_id, told) or self._by_external_id(told)
        return (found, True) if found is not None else (self._by_content(customer_id, told), False)

    def _by_id(self, customer_id: int, told: Told) -> Told | None:
        if told.get("id") is None or told["id"] > self._last_known:
            return None
        found = rows.fetch(self._task.connection, "callback", told["id"])
        if found is None or found["customer_id"] != customer_id:
            return None
        if "planned_on" in told:
            return found if told["planned_on"] == found["planned_on"] else None
        return found if "due_on" in told and self._results.was_planned_for(found, told["due_on"]) else None

    def _by_external_id(self, told: Told) -> Told | None:
        if "external_id" not in told:
            return None
        return known.callback_by_external_id(self._task.connection, told["external_id"])

    def _by_content(self, customer_id: int, told: Told) -> Told | None:
        """Return the stored callback of the same day, purpose and channel: an equal one, else the next of them."""
        day = told.get("due_on") or told.get("done_on")
        if day is None:
            return None
        same = known.callbacks_on(self._task.connection, customer_id, day, up_to=self._last_known)
        left = [
            found
            for found in same
            if found["id"] not in self._met
            and all(told.get(name, found[name]) == found[name] for name in ("purpose", "channel"))
            and not ("external_id" in told and found["external_id"])
        ]
        for found in left:
            if not self._differs(found, told):
                return found
        return left[0] if left else None

    def _differs(self, found: Told, told: Told) -> bool:
        try:
            return bool(self._results.differences(found, told, filled_in=False))
        except RowFault:
            return True

    # --- a new one ----------------------------------------------------------------------------------------------

    def _insert(self, customer_id: int, told: Told, tries: Sequence[Try]) -> None:
        made = self._planned(customer_id, told)
        status = told.get("status")
        if status is None or (status == "open" and ("done_at" in told or "done_on" in told)):
            fruitful = told.get("outcome") in ("reached", "refused")
            status = "done" if fruitful or any(name in told for name in DONE_BY) else "open"
        made["status"] = status
        following = self._following(told, made)
        if status == "done":
            if "reason" in told:
                raise RowFault("reason", UsageFault("options-exclude", first="done", second="reason"))
            made |= self._done(told)
        elif "done_at" in told or "done_on" in told:
            raise RowFault("status", UsageFault("options-exclude", first=status, second="done_at"))
        else:
            made["planned_note"] = told.get("planned_note", told.get("note"))
            made["note"] = None if made["planned_note"] == told.get("note") else told.get("note")
            made["reason"] = told.get("reason") if status != "open" else None
        if made.get("due_on") is None:
            raise RowFault("due_on", UsageFault("empty-value", field="due_on"))
        made["planned_on"] = told.get("planned_on", made["due_on"])
        if made.get("every"):
            made.setdefault("series_on", made["planned_on"])
            if made.get("due_at"):
                made.setdefault("series_time", f"{self._task.work.zone.local(made['due_at']):%H:%M}")
        if (status == "open" or following is not None) and not self._faithful:
            self._check_wanted(customer_id)
        callback_id = self._ids.new(told.get("id"))
        self._met.add(callback_id)
        self._places[told.get("id", -callback_id)] = callback_id
        if "external_id" in told:
            self._externals[told["external_id"]] = callback_id
        if following is not None:
            self._batch.rows.append([self._ids.new(None), customer_id, *(following.get(name) for name in COLUMNS[1:])])
        record = [callback_id, customer_id, *(made.get(name) for name in COLUMNS[1:])]
        made_tries = [[self._tries.new_id(), callback_id, *one] for one in tries]
        if "served_with" in told:
            self._late.append((told["served_with"], record, made_tries))
        else:
            self._tries.rows += made_tries
            self._waiting.add(self._batch, record)

    def _following(self, told: Told, made: Told) -> Told | None:
        """Return the callback that a row plans after the one it tells; one whose day has passed is noted as not kept.

        Raises RowFault for a next one where this one isn't done.
        """
        if "next" not in told:
            return None
        timed = len(told["next"]) > len("2026-11-21")
        day = self._day_of(told["next"]) if timed else told["next"]
        if made["status"] != "done":
            raise RowFault("next", UsageFault("options-exclude", first=str(made["status"]), second="next"))
        if day < self._task.work.today.isoformat():
            self._task.reader.unkept.add("next")
            return None
        same = ("owner", "channel", "purpose", "contact_id", "origin", "from_done", "tries", "created_at")
        return {
            **{name: made.get(name) for name in same},
            "direction": "outgoing",
            "status": "open",
            "due_on": day,
            "due_at": told["next"] if timed else None,
            "planned_on": day,
        }

    def _planned(self, customer_id: int, told: Told) -> Told:
        """Return what a new row says, with what usually holds for its customer where it says nothing."""
        _, owner, channel, *_ = self._card(customer_id)
        work = self._task.work
        usual = {
            "owner": None if self._faithful else owner or work.user,
            "channel": channel or "phone",
            "direction": "outgoing",
            "purpose": "other",
            "origin": "manual",
            "from_done": 0,
            "tries": 0,
            "created_at": work.now_text,
        }
        return {**usual, **told, "served_with": None}

    def _done(self, told: Told) -> Told:
        if self._faithful and "done_at" in told:
            moment = self._task.work.zone.local(told["done_at"])
        else:
            moment = self._results.moment(told, told.get("due_on"))
        day = told.get("done_on") or moment.date().isoformat()
        note = told.get("note")
        return {
            "done_at": told.get("done_at") or self._task.work.zone.to_utc_text(moment),
            "done_on": day,
            "done_by": told.get("done_by") or (None if self._faithful else self._task.work.user),
            "outcome": told.get("outcome") or (None if self._faithful else "reached"),
            "note": None if note == told.get("planned_note") else note,
            "due_on": told.get("due_on", day),
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
            card = known.card_values(self._task.connection, customer_id, OF_CARD)
            self._cards[customer_id] = card
        return card
