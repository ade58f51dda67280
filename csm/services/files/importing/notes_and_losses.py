"""Notes on customer cards from a file, with their reminders; and losses: when, how, why, and whether won back.

A customer whose loss is still open is set to lost, and what was planned by cadence is cancelled, as `customer lost`
does; not where an export comes back into a file without losses, for there the card says where it stands.
"""

from __future__ import annotations

from csm.domain.customer.record import LOSSES, NOTES
from csm.domain.errors import UsageFault
from csm.services.customer.churn import LOST
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import WHOSE, Row, Task, Verdict
from csm.services.files.importing.values import RowFault
from csm.storage import rows
from csm.storage.callback import rows as callbacks
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

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        # Customers who are still lost, with how.
        self._lost: dict[int, str | None] = {}

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

    def find(self, row: Row) -> tuple[Row | None, bool]:
        """Return the loss that a row is, or the one of which nobody has said how or why yet."""
        stored, sure = super().find(row)
        if stored is None and "won_back_on" not in row:
            bare = churn.open_loss(self.connection, row["customer_id"])
            if bare is not None and self._is_bare(dict(bare)) and bare["id"] <= self.last_known:
                return dict(bare), False
        return stored, sure

    def _is_bare(self, stored: Row) -> bool:
        """Tell whether a loss says no more than its day, and no row of the file was it."""
        return stored["id"] not in self.met and all(stored[name] is None for name in ("kind", "cause", "text"))

    def compare(self, stored: Row, row: Row, *, sure: bool) -> Verdict:
        """Let a row say of a loss what nobody has said yet; raise RowFault where it contradicts it."""
        if not self._is_bare(stored) or stored["won_back_on"] is not None:
            return super().compare(stored, row, sure=sure)
        self.met.add(stored["id"])
        differences = list(self.differences(stored, row, sure=sure))
        for difference in differences:
            difference.apply()
        return "updated" if differences else "unchanged"

    def insert_dependents(self, record_id: int, made: Row) -> None:
        """Take note of a customer who is still lost."""
        if not self.faithful and made.get("won_back_on") is None:
            self._lost[made["customer_id"]] = made.get("kind")

    def finish(self) -> None:
        """Write what still waits, and set the cards of customers who are lost to that: what follows is done there."""
        super().finish()
        lost, self._lost = self._lost, {}
        for customer_id, kind in lost.items():
            name, status = known.card_values(self.connection, customer_id, ("name", "status"))
            if kind is None:
                self.task.work.unexplained[customer_id] = str(name)
            if status != LOST:
                before = callbacks.count_open(self.connection, customer_id)
                change = {"status": LOST, "updated_at": self.task.work.now_text}
                rows.update(self.connection, "customer", customer_id, change)
                self.task.place.dropped += before - callbacks.count_open(self.connection, customer_id)
