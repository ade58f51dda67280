"""Notes on customer cards from a file, with their reminders."""

from __future__ import annotations

from typing import Final

from csm.domain.errors import UsageFault
from csm.domain.file_records import NOTE_ROW
from csm.services.files.importing.plain import Plain, Told
from csm.services.files.importing.values import RowFault
from csm.storage import rows

COMPUTED: Final[frozenset[str]] = frozenset()


class Notes(Plain):
    """Takes rows of notes: one is known by its customer, its text, and when it was noted where the row tells that."""

    table = "note"
    ref = "nt"
    fields = NOTE_ROW
    needed = ("text",)

    def check(self, told: Told) -> None:
        """Raise RowFault for a note of the future, and for a reminder that was settled and isn't there."""
        self.past("noted_at", told)
        self.past("settled_on", told)
        if "remind_at" in told and "remind_on" not in told:
            told["remind_on"] = self.task.work.zone.local(told["remind_at"]).date().isoformat()
        if "settled_on" in told and "remind_on" not in told:
            raise RowFault("remind_on", UsageFault("empty-value", field="remind_on"))

    def same(self, stored: Told, told: Told) -> bool:
        """Tell whether customer and text agree."""
        return (stored["customer_id"], stored["text"]) == (told["customer_id"], told["text"])

    def alike(self, told: Told) -> list[Told]:
        """Return the notes of the customer with this text."""
        condition, given = "customer_id = ? AND text = ?", [told["customer_id"], told["text"]]
        if "noted_at" in told:
            condition, given = condition + " AND noted_at = ?", [*given, told["noted_at"]]
        return rows.fetch_all(self.connection, "note", condition + " ORDER BY id", given)

    def usual(self, told: Told) -> Told:
        """Return now and whoever imports."""
        made: Told = {"noted_at": self.task.work.now_text, "pinned": 0}
        return made if self.faithful else made | {"by": self.task.work.user}
