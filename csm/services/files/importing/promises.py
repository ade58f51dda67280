"""Promises from a file, ours and theirs, open and ended.

A row is the promise with its id where customer and text agree, else the one with its external id, else the next one of
the same customer, time and text; each stored promise is one row of the file at most. The id of a case links the rows of
one export with each other; a case whose promises came in is worked out anew, and nothing is missed by that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, Final

from csm.domain.errors import NotFound, UsageFault
from csm.domain.promise.rules import OURS, status_when_kept
from csm.domain.records import PROMISE, named
from csm.domain.time.working_hours import epoch
from csm.services.complaint import recording as filing
from csm.services.files.importing import links
from csm.services.files.importing.rows import Difference, KeptIds, Task, Verdict, Waiting, settle, shown
from csm.services.files.importing.values import REMEMBERED, Cells, Convert, RowFault
from csm.services.values import column
from csm.storage import rows
from csm.storage.complaint import known as known_cases
from csm.storage.files import known

LOOKED_UP: Final = ("id", "customer_id", "customer", "phone", "complaint_id", "pledge_id")
COMPUTED: Final[frozenset[str]] = frozenset()
STORED: Final = tuple(field for field in PROMISE if field.name not in LOOKED_UP)
COLUMNS: Final = ("customer_id", "complaint_id", "pledge_id", "due_on", *(column(field) for field in STORED))
# What csm wrote itself; on a known promise it isn't compared.
STAMPS: Final = ("created_at", "created_by")
COMPARED: Final = tuple(name for name in COLUMNS if name not in (*STAMPS, "customer_id", "due_on"))
OF_CARD: Final = ("owner",)
ANY_ID: Final = 2**62
_FIELDS: Final = {field.name: field for field in PROMISE} | {"compensation_cents": named(PROMISE, "compensation")}

Told = dict[str, Any]


class Promises:
    """Takes rows of promises."""

    def __init__(self, task: Task) -> None:
        self.possible_doubles = 0
        self._task = task
        reader = task.reader
        converters: dict[str, Convert | None] = {field.name: reader.converter(field) for field in STORED}
        converters["due_at"] = lru_cache(REMEMBERED)(reader.deadline)
        converters |= {name: links.reference(task, name) for name in ("complaint_id", "pledge_id")}
        converters |= {"id": reader.whole, **links.converters(task)}
        self._cells = Cells(task.plan, converters, guarded=task.guarded, width=task.width)
        self._names = [*(column(field) for field in STORED), *list(converters)[len(STORED) :]]
        self._links = links.Customers(task)
        self._waiting = Waiting(task.connection)
        self._batch = self._waiting.batch("promise", COLUMNS)
        self._faithful = known.is_empty(task.connection, "promise") and "id" in task.plan.fields()
        self._ids = KeptIds(self._batch, empty=self._faithful, place=task.place, prefix="pr")
        self._last_known = known.last_id(task.connection, "promise")
        self._met: set[int] = set()
        self._externals: dict[str, int] = {}
        self._cases: dict[int, None] = {}

    def take(self, row: Sequence[str]) -> Verdict:
        """Import one row; raise RowFault."""
        values = self._cells.read(row)
        told: Told = {name: value for name, value in zip(self._names, values, strict=True) if value is not None}
        customer = self._links.of(told)
        for field in ("text", "due_at"):
            if field not in told:
                raise RowFault(field, UsageFault("empty-value", field=field))
        self._link(customer, told)
        self._check(told)
        stored = self._stored(customer, told)
        if stored is None:
            self._insert(customer, told)
            return "inserted"
        self._met.add(stored["id"])
        differences = list(self._differences(stored, told))
        if differences:
            self._waiting.flush()
        return settle(differences, f"pr{stored['id']}", update=self._task.update, place=self._task.place)

    def finish(self) -> None:
        """Write what still waits, and work out the cases on which promises came in."""
        self._waiting.flush()
        hours = filing.hours(self._task.work) if self._cases else None
        for complaint_id in self._cases:
            filing.File(self._task.work, self._task.connection, complaint_id, hours).store()

    # --- what a row tells ---------------------------------------------------------------------------------------

    def _link(self, customer_id: int, told: Told) -> None:
        """Find the case and the pledge that a row names; raise RowFault for one that isn't here."""
        links.resolve(self._task, "complaint_id", told, customer_id)
        if "pledge_id" in told and not known_cases.has_pledge(self._task.connection, told["pledge_id"]):
            raise RowFault("pledge_id", NotFound("no-such-record", kind="pledge", ref=str(told["pledge_id"])))

    def _check(self, told: Told) -> None:
        kept, status = told.get("kept_at"), told.get("status")
        if told.get("direction") == "theirs" and told.get("clock") is not None:
            # What customers promise hurries no clock of ours.
            raise RowFault("clock", UsageFault("options-exclude", first="theirs", second="clock"))
        if kept is None:
            return
        if kept > self._task.work.now_text:
            local = self._task.work.zone.local(kept)
            raise RowFault("kept_at", UsageFault("date-in-future", value=f"{local:%Y-%m-%d %H:%M}"))
        if status == "open":
            raise RowFault("status", UsageFault("options-exclude", first=status, second="kept_at"))
        if status is None:
            told["status"] = status_when_kept(epoch(told["due_at"]), epoch(kept))

    def _day(self, told: Told) -> str:
        return self._task.work.zone.local(told["due_at"]).date().isoformat()

    # --- which promise ------------------------------------------------------------------------------------------

    def _stored(self, customer_id: int, told: Told) -> Told | None:
        connection = self._task.connection
        made = self._ids.known(told.get("id")) or self._externals.get(told.get("external_id", ""))
        if made is not None:
            self._waiting.flush()
            return rows.fetch(connection, "promise", made)
        if not self._last_known:
            return None
        if told.get("id", ANY_ID) <= self._last_known:
            found = rows.fetch(connection, "promise", told["id"])
            if found is not None and (found["customer_id"], found["text"]) == (customer_id, told["text"]):
                return found
        if "external_id" in told:
            keyed = known_cases.promise_by_external_id(connection, told["external_id"])
            if keyed is not None:
                return keyed
        same = known_cases.promises_like(connection, customer_id, told["due_at"], told["text"], up_to=self._last_known)
        left = (one for one in same if one["id"] not in self._met)
        return next((one for one in left if not ("external_id" in told and one["external_id"])), None)

    # --- what becomes of the row --------------------------------------------------------------------------------

    def _insert(self, customer_id: int, told: Told) -> None:
        work = self._task.work
        usual: Told = {"direction": OURS, "status": "open", "origin": "manual", "created_at": work.now_text}
        if not self._faithful:
            (owner,) = known.card_values(self._task.connection, customer_id, OF_CARD)
            usual |= {"created_by": work.user, "in_charge": owner or work.user}
        made = {**usual, **told, "customer_id": customer_id, "due_on": self._day(told)}
        if made["status"] == "kept" and "kept_at" not in made:
            made["kept_at"] = min(made["due_at"], work.now_text)  # in time; when isn't told
        promise_id = self._ids.new(told.get("id"))
        self._met.add(promise_id)
        if "external_id" in told:
            self._externals[told["external_id"]] = promise_id
        self._touch(made.get("complaint_id"))
        self._waiting.add(self._batch, [promise_id, *(made.get(name) for name in COLUMNS)])

    def _touch(self, complaint_id: int | None) -> None:
        if complaint_id is not None:
            self._cases[complaint_id] = None

    def _differences(self, stored: Told, told: Told) -> Iterator[Difference]:
        for name in COMPARED:
            new = told.get(name)
            if new is not None and new != stored[name]:
                field = _FIELDS[name]
                change = {name: new} | ({"due_on": self._day(told)} if name == "due_at" else {})
                yield Difference(field.name, shown(field, stored[name]), partial(self._change, stored, change))

    def _change(self, stored: Told, change: Told) -> None:
        rows.update(self._task.connection, "promise", stored["id"], change)
        self._touch(stored["complaint_id"])
        self._touch(change.get("complaint_id"))
