"""Lost customers from a file: when, how, why, and whether they were won back.

A customer whose loss is still open is set to lost, and what was planned by cadence is cancelled, as `customer lost`
does; not where an export comes back into a file without losses, for there the card says where it stands.
"""

from __future__ import annotations

from typing import Final

from csm.domain.errors import UsageFault
from csm.domain.file_records import LOSS_ROW
from csm.services.files.importing.plain import Plain, Told
from csm.services.files.importing.values import RowFault
from csm.storage import rows
from csm.storage.customer import churn
from csm.storage.files import known

COMPUTED: Final[frozenset[str]] = frozenset()


class Losses(Plain):
    """Takes rows of losses: one is known by its customer and its day."""

    table = "loss"
    ref = ""
    fields = LOSS_ROW
    needed = ("lost_on",)
    stamps = frozenset({"created_at", "by", "won_back_by"})

    def check(self, told: Told) -> None:
        """Raise RowFault for days to come, and for a customer won back before they were lost."""
        self.past("lost_on", told)
        self.past("won_back_on", told)
        end = told.get("won_back_on")
        if end is not None and end < told["lost_on"]:
            raise RowFault("won_back_on", UsageFault("end-before-start", end=end, start=told["lost_on"]))
        if end is None and "won_back_text" in told:
            raise RowFault("won_back_on", UsageFault("empty-value", field="won_back_on"))

    def same(self, stored: Told, told: Told) -> bool:
        """Tell whether customer and day agree."""
        return (stored["customer_id"], stored["lost_on"]) == (told["customer_id"], told["lost_on"])

    def alike(self, told: Told) -> list[Told]:
        """Return the losses of the customer on this day."""
        given = [told["customer_id"], told["lost_on"]]
        return rows.fetch_all(self.connection, "loss", "customer_id = ? AND lost_on = ? ORDER BY id", given)

    def called(self, stored: Told) -> str:
        """Return the customer and the day."""
        return f"cu{stored['customer_id']} {stored['lost_on']}"

    def usual(self, told: Told) -> Told:
        """Return now and whoever imports."""
        made: Told = {"created_at": self.task.work.now_text}
        return made if self.faithful else made | {"by": self.task.work.user}

    def inserted(self, made: Told) -> None:
        """Set the card of a customer who is still lost to that."""
        if self.faithful or made.get("won_back_on") is not None:
            return
        customer_id = made["customer_id"]
        (status,) = known.card_values(self.connection, customer_id, ("status",))
        if status != "lost":
            change = {"status": "lost", "updated_at": self.task.work.now_text}
            rows.update(self.connection, "customer", customer_id, change)
            churn.cancel_cadence(self.connection, customer_id, "lost")
