"""Rows below zero in a file of sales: each is the cancellation of a sale that is here, or in the file, if one fits.

The sale that fits is the one that the row names, or one of the same customer for exactly that amount, on that day or
before, that nothing has cancelled yet: one on the same bill, else the latest. A row whose sale is cancelled already by
its key, or without a key by one of the same day and amount, changes nothing.
"""

from __future__ import annotations

from typing import Any

from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.values.money import show_cents
from csm.i18n import say
from csm.services.files.importing.rows import Task, Verdict
from csm.services.files.importing.settling import Settling
from csm.services.files.importing.values import RowFault
from csm.services.sale import after_sale
from csm.storage import rows
from csm.storage.sale import known as known_sales

Told = dict[str, Any]


class Cancellations:
    """Takes rows below zero, when everything else that the file holds is stored."""

    def __init__(self, task: Task, settling: Settling) -> None:
        self._task = task
        self._settling = settling
        # A product that all rows have by --set says nothing of which sale is meant.
        self._by_product = "product" in task.plan.columns
        self._met: set[int] = set()

    def take(self, customer_id: int, told: Told) -> Verdict | None:
        """Cancel the sale that a row means, if that isn't done yet; None where the row is a credit note.

        Raises RowFault where no sale fits and credit notes aren't taken.
        """
        done = self._done(customer_id, told)
        if done is not None:
            self._met.add(done["id"])
            return "unchanged"
        try:
            sale = self._meant(customer_id, told)
        except RowFault:
            if self._task.allow_negative:
                return None
            raise
        self._met.add(sale["id"])
        self._cancel(sale, told)
        return "cancelled"

    def _done(self, customer_id: int, told: Told) -> Told | None:
        """Return the sale that the row has cancelled before; raise RowFault where it was another amount then."""
        connection, amount = self._task.connection, -told["amount_cents"]
        if "external_id" in told:
            found = known_sales.cancelled_by(connection, told["external_id"])
            if found is not None and (found["customer_id"], found["amount_cents"]) != (customer_id, amount):
                known = show_cents(-found["amount_cents"])
                raise RowFault("amount", UsageFault("row-differs", ref=f"sa{found['id']}", known=known))
            return found
        alike = known_sales.cancelled_on(connection, customer_id, told["sold_on"], amount)
        return next((one for one in alike if one["id"] not in self._met), None)

    def _meant(self, customer_id: int, told: Told) -> Told:
        """Return the sale that the row cancels; raise RowFault where none fits."""
        connection, amount, day = self._task.connection, -told["amount_cents"], told["sold_on"]
        named = told.get("cancels")
        # Some programs write a cancellation under the key of the sale itself.
        key = named or told.get("external_id")
        called = known_sales.called(connection, customer_id, key) if key is not None else []
        fitting = next((one for one in called if _fits(one, amount, day)), None)
        if fitting is None and named is None:
            product = told.get("product") if self._by_product else None
            fitting = known_sales.to_cancel(connection, customer_id, amount, day, product, told.get("bill"))
        if fitting is not None:
            return fitting
        if named is None:
            raise RowFault("amount", UsageFault("no-sale-to-cancel", amount=show_cents(amount), day=day))
        if not called:
            raise RowFault("cancels", NotFound("no-such-record", kind="sale", ref=named))
        first = called[0]
        ref = f"sa{first['id']}"
        if first["cancelled_on"] is not None:
            raise RowFault("cancels", Refused("sale-cancelled", ref=ref, day=first["cancelled_on"]))
        known = show_cents(first["amount_cents"])
        raise RowFault("amount", UsageFault("cancels-another-sale", ref=ref, amount=known, day=first["sold_on"]))

    def _cancel(self, sale: Told, told: Told) -> None:
        connection = self._task.connection
        reason = told.get("cancel_reason") or told.get("note") or cancelled_by_file()
        change = {"cancelled_on": told["sold_on"], "cancel_reason": reason, "cancel_id": told.get("external_id")}
        rows.update(connection, "sale", sale["id"], change)
        after_sale.cancel_all(connection, sale, reason)
        if told.get("status") == "paid":
            self._settling.refund(sale, told)


def cancelled_by_file() -> str:
    """Return the reason of a cancellation of which the file tells none."""
    return say("cancelled by a row of an imported file")


def _fits(sale: Told, amount: int, day: str) -> bool:
    return bool(sale["cancelled_on"] is None and sale["amount_cents"] == amount and sale["sold_on"] <= day)
