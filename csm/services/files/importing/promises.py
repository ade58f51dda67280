"""Promises from a file, ours and theirs, open and ended.

A promise without a key is known by its customer, time and text. The id of a case links the rows of one export with each
other; a case whose promises came in is worked out anew, and nothing is missed by that.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import ClassVar

from csm.domain.errors import NotFound, UsageFault
from csm.domain.promise.record import PROMISE
from csm.domain.promise.rules import OURS, status_when_kept
from csm.domain.time.working_hours import epoch
from csm.services.complaint import recording
from csm.services.files.importing import links
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import WHOSE, Difference, Row, Task
from csm.services.files.importing.values import REMEMBERED, Convert, RowFault
from csm.storage.complaint import reading as cases
from csm.storage.files import known


class Promises(RowImporter):
    """Takes rows of promises."""

    table = "promise"
    prefix = "pr"
    fields = PROMISE
    looked_up = ("id", "customer_id", "customer", "phone", "complaint_id", "pledge_id")
    required = (WHOSE, ("text",), ("due_at",))
    needed = ("text", "due_at")
    keys = ("id", "external_id")
    identity = ("customer_id", "text")
    likeness = ("customer_id", "due_at", "text")
    belongs_to = ("complaint_id",)
    authors = ("created_by",)
    likeness_decides = True
    usual: ClassVar[Row] = {"direction": OURS, "status": "open", "origin": "manual"}

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._cases: dict[int, None] = {}

    def converters(self) -> dict[str, Convert | None]:
        """Return what reads when it is due, and the pledge that it is made of."""
        deadline = lru_cache(REMEMBERED)(self.task.reader.deadline)
        return {"due_at": deadline, "pledge_id": links.reference(self.task, "pledge_id")}

    def stored_columns(self) -> list[str]:
        """Return the columns of a promise, its local day among them."""
        return ["complaint_id", "pledge_id", *super().stored_columns()[:-1], "due_on"]

    def check(self, row: Row) -> None:
        """Raise RowFault for a pledge that isn't here, and for what no promise can be."""
        if "in_charge" in row:
            row["in_charge"] = self.roster.spelt(row["in_charge"])
        if "pledge_id" in row and not cases.has_pledge(self.connection, row["pledge_id"]):
            raise RowFault("pledge_id", NotFound("no-such-record", kind="pledge", ref=str(row["pledge_id"])))
        if row.get("direction") == "theirs" and row.get("clock") is not None:
            # What customers promise hurries no clock of ours.
            raise RowFault("clock", UsageFault("values-exclude", first="theirs", second="clock"))
        if "kept_at" in row:
            self.task.check_past("kept_at", row)
            if row.get("status") == "open":
                raise RowFault("status", UsageFault("values-exclude", first="open", second="kept_at"))
            row.setdefault("status", status_when_kept(epoch(row["due_at"]), epoch(row["kept_at"])))

    def new(self, row: Row) -> Row:
        """Return a promise with its day, by default of the customer's owner; raise RowFault."""
        made = {**super().new(row), "due_on": self._day(row)}
        if not self.faithful:
            if "in_charge" not in made:
                (owner,) = known.card_values(self.connection, row["customer_id"], ("owner",))
                made["in_charge"] = self.usual_owner("in_charge", owner)
            elif made["status"] == "open":
                made["in_charge"] = self.given("in_charge", made["in_charge"])
        if made["status"] == "kept" and "kept_at" not in made:
            made["kept_at"] = min(made["due_at"], self.task.work.now_text)  # in time; when is unknown
        return made

    def _day(self, row: Row) -> str:
        return self.task.work.zone.local(row["due_at"]).date().isoformat()

    def insert_dependents(self, record_id: int, made: Row) -> None:
        """Note the case that is to be worked out anew."""
        self._touch(made.get("complaint_id"))

    def differences(self, stored: Row, row: Row, *, sure: bool) -> Iterator[Difference]:
        """Yield what differs; raise RowFault for an open promise that a row gives to somebody who has left."""
        name = row.get("in_charge")
        if name not in (None, stored["in_charge"]) and row.get("status", stored["status"]) == "open":
            self.given("in_charge", str(name))
        yield from super().differences(stored, row, sure=sure)

    def change(self, stored: Row, change: Row) -> None:
        """Change a promise, with its day and the cases that it belonged and belongs to."""
        super().change(stored, change | ({"due_on": self._day(change)} if "due_at" in change else {}))
        self._touch(stored["complaint_id"])
        self._touch(change.get("complaint_id"))

    def _touch(self, complaint_id: int | None) -> None:
        if complaint_id is not None:
            self._cases[complaint_id] = None

    def finish(self) -> None:
        """Write what still waits, and work out the cases on which promises came in."""
        super().finish()
        hours = recording.hours(self.task.work) if self._cases else None
        for complaint_id in self._cases:
            recording.File(self.task.work, self.connection, complaint_id, hours).store()
