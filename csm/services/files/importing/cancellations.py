"""Rows below zero in a file of sales: each is the cancellation of a sale that is here, or in the file, if one fits.

The sale that fits is the one that the row names, or one of the same customer for exactly that amount, on that day or
before, that nothing has cancelled yet: one on the same bill, else the latest. A row whose sale is cancelled already by
its key, or without a key by one of the same day and amount, changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.values.money import show_cents
from csm.i18n import say
from csm.services.files.importing.rows import Row, Task, Verdict
from csm.services.files.importing.sale_payments import Settling
from csm.services.files.importing.values import RowFault
from csm.services.sale import after_sale
from csm.storage import rows
from csm.storage.sale import known as known_sales

if TYPE_CHECKING:
    from csm.storage.row_types import SaleRow


class Cancellations:
    """Takes rows below zero, when everything else that the file holds is stored."""

    def __init__(self, task: Task, settling: Settling) -> None:
        self._task = task
        self._settling = settling
        # A product that is the same constant in all rows says nothing of which sale is meant.
        self._by_product = "product" in task.plan.columns
        self._met: set[int] = set()

    def take(self, row: Row) -> Verdict | None:
        """Cancel the sale that a row means, if that isn't done yet; None where the row is a credit note.

        Raises RowFault where no sale fits and credit notes aren't taken.
        """
        done = self._done(row)
        if done is not None:
            self._met.add(done["id"])
            return "unchanged"
        try:
            sale = self._meant(row)
        except RowFault:
            if self._task.allow_negative:
                return None
            raise
        self._met.add(sale["id"])
        self._cancel(sale, row)
        return "cancelled"

    def _done(self, row: Row) -> Row | None:
        """Return the sale that the row has cancelled before; raise RowFault where it was another amount then."""
        connection, customer_id, amount = self._task.connection, row["customer_id"], -row["amount_cents"]
        if "external_id" in row:
            found = known_sales.cancelled_by(connection, row["external_id"])
            if found is not None and (found["customer_id"], found["amount_cents"]) != (customer_id, amount):
                known = show_cents(-found["amount_cents"])
                raise RowFault("amount", UsageFault("row-differs", ref=f"sa{found['id']}", known=known))
            return found
        alike = known_sales.cancelled_on(connection, customer_id, row["sold_on"], amount)
        return next((one for one in alike if one["id"] not in self._met), None)

    def _meant(self, row: Row) -> Row:
        """Return the sale that the row cancels; raise RowFault where none fits."""
        connection, amount, day = self._task.connection, -row["amount_cents"], row["sold_on"]
        customer_id, named = row["customer_id"], row.get("cancels")
        # Some programs write a cancellation under the key of the sale itself.
        key = named or row.get("external_id")
        called = known_sales.called(connection, customer_id, key) if key is not None else []
        fitting = next((one for one in called if _fits(one, amount, day)), None)
        if fitting is None and named is None:
            product = row.get("product") if self._by_product else None
            fitting = known_sales.to_cancel(connection, customer_id, amount, day, product, row.get("bill"))
        if fitting is None:
            raise _no_sale(called, named, show_cents(amount), day)
        return fitting

    def _cancel(self, sale: Row, row: Row) -> None:
        connection = self._task.connection
        reason = row.get("cancel_reason") or row.get("note") or cancelled_by_file()
        change = {"cancelled_on": row["sold_on"], "cancel_reason": reason, "cancel_id": row.get("external_id")}
        rows.update(connection, "sale", sale["id"], change)
        after_sale.cancel_all(connection, cast("SaleRow", sale), reason)
        if row.get("status") == "paid":
            self._settling.refund(sale, row)


def cancelled_by_file() -> str:
    """Return the reason of a cancellation of which the file tells none."""
    return say("cancelled by a row of an imported file")


def _fits(sale: Row, amount: int, day: str) -> bool:
    return bool(sale["cancelled_on"] is None and sale["amount_cents"] == amount and sale["sold_on"] <= day)


def _no_sale(called: Sequence[Row], named: str | None, amount: str, day: str) -> RowFault:
    """Return the error of a row that no sale fits; `called` are those that it names."""
    if named is None:
        return RowFault("amount", UsageFault("no-sale-to-cancel", amount=amount, day=day))
    if not called:
        return RowFault("cancels", NotFound("no-such-record", kind="sale", ref=named))
    first = called[0]
    ref = f"sa{first['id']}"
    if first["cancelled_on"] is not None:
        return RowFault("cancels", Refused("sale-cancelled", ref=ref, day=first["cancelled_on"]))
    known = show_cents(first["amount_cents"])
    return RowFault("amount", UsageFault("cancels-another-sale", ref=ref, amount=known, day=first["sold_on"]))
