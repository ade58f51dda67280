"""What a row of sales tells of payments and signatures: the lists of our own export, or a sum, a day, a state.

An amount paid without a list is one payment; a sale with the status paid, or paid on a day, was paid in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from csm.domain.customer.card import name_key
from csm.domain.errors import UsageFault
from csm.domain.kinds import named
from csm.domain.sale.record import SIGNATURE
from csm.domain.values.money import show_cents
from csm.services.files.importing.complaint_events import objects
from csm.services.files.importing.rows import Difference, Row, Task
from csm.services.files.importing.values import Convert, RowFault
from csm.services.values import read_whole_term
from csm.storage import rows
from csm.storage.sale import known as known_sales

_NO_ID: Final = 10**15


class Payment(NamedTuple):
    """A payment as it is stored, in cents, without its sale; `id` is that of an export."""

    amount_cents: int
    paid_on: str
    note: str | None
    by: str | None
    created_at: str
    id: int | None = None

    def stored(self) -> dict[str, Any]:
        """Return it by column, without the id."""
        return {name: value for name, value in self._asdict().items() if name != "id"}


class Signature(NamedTuple):
    """A signature as it is stored, without its sale."""

    contact_id: int | None
    name: str
    sign_off: str | None
    signed_on: str
    created_at: str


class Settling:
    """Reads payments and signatures, and compares them with those of a stored sale.

    past_day: reads a day that can't lie ahead. by: who notes payments of which nothing else is known.
    """

    def __init__(self, task: Task, past_day: Convert, by: str | None) -> None:
        self._connection = task.connection
        self._instant = task.reader.instant
        self._money = task.reader.money
        self._day = past_day
        self._by = by
        self._now = task.work.now_text

    # --- payments -----------------------------------------------------------------------------------------------

    def payments(self, row: Row) -> Sequence[Payment]:
        """Return the payments that a row has; raise RowFault for one before the sale."""
        if "payments" in row:
            found = [self._payment(one) for one in objects("payments", row["payments"])]
            for payment in found:
                _check_after(row, "payments", payment.paid_on)
            return found
        paid_on, cents = row.get("paid_on"), self._sum(row)
        if paid_on is not None:
            _check_after(row, "paid_on", paid_on)
        if row.get("status") == "paid" and cents is not None and abs(cents) < abs(row["amount_cents"]):
            raise RowFault("paid", UsageFault("two-values", value=show_cents(cents), other="paid"))
        return [Payment(cents, paid_on or row["sold_on"], None, self._by, self._now)] if cents else ()

    @staticmethod
    def _sum(row: Row) -> int | None:
        """Return what a row says was paid: a sum, or that all was."""
        status, cents = row.get("status"), row.get("paid_cents")
        if cents is None and (status == "paid" or (status is None and row.get("paid_on") is not None)):
            cents = row["amount_cents"]
        return cents

    def _payment(self, one: dict[str, Any]) -> Payment:
        for name in ("amount", "paid_on"):
            if one.get(name) is None:
                raise RowFault("payments", UsageFault("empty-value", field=f"payments.{name}"))
        try:
            cents = self._money(str(one["amount"]))
            paid_on = str(self._day(str(one["paid_on"])))
            created_at = self._instant(str(one["created_at"])) if one.get("created_at") else self._now
        except UsageFault as fault:
            raise RowFault("payments", fault) from fault
        if not cents:
            raise RowFault("payments", UsageFault("unreadable-amount", value=str(one["amount"])))
        own_id = one.get("id")
        kept = own_id if isinstance(own_id, int) and not isinstance(own_id, bool) and 0 < own_id < _NO_ID else None
        return Payment(cents, paid_on, _text(one.get("note")), _text(one.get("by")), created_at, kept)

    def payment_differences(self, stored: Row, row: Row, payments: Sequence[Payment]) -> Iterator[Difference]:
        """Yield what a row holds of payments beyond those of a stored sale; raise RowFault for less than those."""
        total, here = sum(payment.amount_cents for payment in payments), stored["paid_cents"]
        if "payments" in row:
            yield from self._more_payments(stored, payments)
        elif total == here and (payments or "paid_cents" in row):
            yield from self._another_day(stored, row)
        elif payments or "paid_cents" in row:
            yield from self._another_sum(stored, row, payments, total)

    def _another_sum(self, stored: Row, row: Row, payments: Sequence[Payment], total: int) -> Iterator[Difference]:
        """Yield what was paid beyond what is here; raise RowFault for a sum that is less."""
        here = stored["paid_cents"]
        field = "paid" if "paid_cents" in row else "status" if "status" in row else "paid_on"
        before = show_cents(here) if field != "status" else str(stored["status"])
        if abs(total) >= abs(here) and total * here >= 0:
            one = payments[0]._replace(amount_cents=total - here)
            yield Difference(field, before, partial(self._add, "payment", stored["id"], one))
        elif field == "paid":  # else all was paid already, and more
            raise RowFault("paid", UsageFault("row-differs", ref=f"sa{stored['id']}", known=before))

    def _more_payments(self, stored: Row, payments: Sequence[Payment]) -> Iterator[Difference]:
        here = [(one["amount_cents"], one["paid_on"], one["note"]) for one in self._payments_of(stored)]
        for payment in payments:
            if payment[:3] in here:
                here.remove(payment[:3])
            else:
                before = show_cents(stored["paid_cents"])
                yield Difference("payments", before, partial(self._add, "payment", stored["id"], payment))

    def _another_day(self, stored: Row, row: Row) -> Iterator[Difference]:
        """Yield another day of the last payment."""
        day = row.get("paid_on")
        last = max(self._payments_of(stored), key=lambda one: one["paid_on"], default=None) if day else None
        if last is not None and last["paid_on"] != day:
            apply = partial(rows.update, self._connection, "payment", last["id"], {"paid_on": day})
            yield Difference("paid_on", last["paid_on"], apply)

    def _payments_of(self, stored: Row) -> list[dict[str, Any]]:
        return known_sales.payments(self._connection, stored["id"])

    def _add(self, table: str, sale_id: int, one: Payment | Signature) -> None:
        values = one.stored() if isinstance(one, Payment) else one._asdict()
        rows.insert(self._connection, table, {"sale_id": sale_id, **values})

    def refund(self, sale: Row, row: Row) -> None:
        """Note that what was paid for a sale went back, on the day that the row of its cancellation tells."""
        if sale["paid_cents"]:
            day = row.get("paid_on") or row["sold_on"]
            self._add("payment", sale["id"], Payment(-sale["paid_cents"], day, None, self._by, self._now))

    # --- signatures ---------------------------------------------------------------------------------------------

    def signatures(self, customer_id: int, row: Row) -> Sequence[Signature]:
        """Return the signatures that a row has; raise RowFault for one before the sale."""
        if "signatures" in row:
            found = [self._signature(customer_id, one) for one in objects("signatures", row["signatures"])]
            for signature in found:
                _check_after(row, "signatures", signature.signed_on)
            return found
        name, day = row.get("signed_by"), row.get("signed_on")
        if name is None:
            if day is not None:
                raise RowFault("signed_by", UsageFault("empty-value", field="signed_by"))
            return ()
        if day is not None:
            _check_after(row, "signed_on", day)
        contact_id, sign_off = known_sales.signer(self._connection, customer_id, name_key(name))
        return [Signature(contact_id, name, sign_off, day or row["sold_on"], self._now)]

    def _signature(self, customer_id: int, one: dict[str, Any]) -> Signature:
        for name in ("name", "signed_on"):
            if not str(one.get(name) or "").strip():
                raise RowFault("signatures", UsageFault("empty-value", field=f"signatures.{name}"))
        try:
            sign_off = (
                read_whole_term(named(SIGNATURE, "sign_off"), str(one["sign_off"])) if one.get("sign_off") else None
            )
            signed_on = str(self._day(str(one["signed_on"])))
            created_at = self._instant(str(one["created_at"])) if one.get("created_at") else self._now
        except UsageFault as fault:
            raise RowFault("signatures", fault) from fault
        who = one.get("contact", one["name"])
        contact_id = known_sales.signer(self._connection, customer_id, name_key(str(who)))[0] if who else None
        return Signature(contact_id, str(one["name"]), sign_off, signed_on, created_at)

    def signature_differences(self, stored: Row, signatures: Sequence[Signature]) -> Iterator[Difference]:
        """Yield the signatures that a stored sale doesn't have."""
        here = {(one["name"], one["signed_on"]) for one in known_sales.signatures(self._connection, stored["id"])}
        for one in signatures:
            if (one.name, one.signed_on) not in here:
                names = ", ".join(sorted(name for name, _ in here))
                yield Difference("signed_by", names, partial(self._add, "signature", stored["id"], one))


def _check_after(row: Row, field: str, day: str) -> None:
    if day < row["sold_on"]:
        raise RowFault(field, UsageFault("before-sale", value=day, sold_on=row["sold_on"], ref=""))


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)
