"""Notes on customer cards from a file, with their reminders."""

from __future__ import annotations

from csm.domain import errors
from csm.domain.file_records import NOTE_ROW
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import WHOSE, Row
from csm.services.files.importing.values import RowFault


class Notes(RowImporter):
    """Takes rows of notes: one is known by its customer, its text, and when it was noted where the row tells that."""

    table = "note"
    prefix = "nt"
    fields = NOTE_ROW
    required = (WHOSE, ("text",))
    needed = ("text",)
    identity = ("customer_id", "text")
    likeness = ("customer_id", "text", "noted_at")
    stamps = frozenset({"by"})
    authors = ("by",)

    def check(self, row: Row) -> None:
        """Raise RowFault for a note of the future, and for a reminder that was settled and isn't there."""
        self.task.check_past("noted_at", row)
        self.task.check_past("settled_on", row)
        if "remind_at" in row and "remind_on" not in row:
            row["remind_on"] = self.task.work.zone.local(row["remind_at"]).date().isoformat()
        if "settled_on" in row and "remind_on" not in row:
            raise RowFault("remind_on", errors.EmptyValue(field="remind_on"))

    def new(self, row: Row) -> Row:
        """Return a note of now that isn't pinned."""
        return {"noted_at": self.task.work.now_text, "pinned": 0, **super().new(row)}
