"""Notes on customer cards from a file, with their reminders; and losses: when, how, why, and whether won back.

A customer whose loss is still open is set to lost, and what was planned by cadence is cancelled, as `customer lost`
does; not where an export comes back into a file without losses, for there the card says where it stands.
"""

from __future__ import annotations

from csm.domain.customer.record import LOSSES, NOTES
from csm.domain.errors import UsageFault
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import WHOSE, Row
from csm.services.files.importing.values import RowFault
from csm.storage import rows
from csm.storage.customer import churn
from csm.storage.files import known


class Notes(RowImporter):
    """Takes rows of notes: one is known by its customer, its text, and when it was noted where the row has that."""

    table = "note"
    prefix = "nt"
    fields = NOTES.in_files
    required = (WHOSE, ("text",))
    needed = ("text",)
    identity = ("customer_id", "text")
    likeness = ("customer_id", "text", "noted_at")
    stamps = frozenset({"by"})
    authors = ("by",)
    past = ("noted_at", "settled_on")

    def check(self, row: Row) -> None:
        """Raise RowFault for a reminder that was settled and isn't there."""
        if "remind_at" in row and "remind_on" not in row:
            row["remind_on"] = self.task.work.zone.local(row["remind_at"]).date().isoformat()
        if "settled_on" in row and "remind_on" not in row:
            raise RowFault("remind_on", UsageFault("empty-value", field="remind_on"))

    def new(self, row: Row) -> Row:
        """Return a note of now that isn't pinned."""
        return {"noted_at": self.task.work.now_text, "pinned": 0, **super().new(row)}


class Losses(RowImporter):
    """Takes rows of losses: one is known by its customer and its day."""

    table = "loss"
    fields = LOSSES.in_files
    required = (WHOSE, ("lost_on",))
    needed = ("lost_on",)
    identity = likeness = ("customer_id", "lost_on")
    stamps = frozenset({"created_at", "by", "won_back_by"})
    authors = ("by",)
    past = ("lost_on", "won_back_on")

    def check(self, row: Row) -> None:
        """Raise RowFault for a customer won back before they were lost."""
        end = row.get("won_back_on")
        if end is not None and end < row["lost_on"]:
            raise RowFault("won_back_on", UsageFault("end-before-start", end=end, start=row["lost_on"]))
        if end is None and "won_back_text" in row:
            raise RowFault("won_back_on", UsageFault("empty-value", field="won_back_on"))

    def called(self, stored: Row) -> str:
        """Return the customer and the day."""
        return f"cu{stored['customer_id']} {stored['lost_on']}"

    def insert_dependents(self, record_id: int, made: Row) -> None:
        """Set the card of a customer who is still lost to that."""
        if self.faithful or made.get("won_back_on") is not None:
            return
        customer_id = made["customer_id"]
        (status,) = known.card_values(self.connection, customer_id, ("status",))
        if status != "lost":
            change = {"status": "lost", "updated_at": self.task.work.now_text}
            rows.update(self.connection, "customer", customer_id, change)
            churn.cancel_cadence(self.connection, customer_id, "lost")
