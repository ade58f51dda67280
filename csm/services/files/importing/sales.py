"""Sales from a file: what customers that are here already bought, with what they paid and signed; and cancellations.

A sale without a key is known by its customer, day, product and amount, where its other keys don't say otherwise; each
stored sale is one row of the file at most, so that rows that are equal are as many sales. A bill isn't a key: several
sales stand on one. Rows below zero come after all others, whatever their place in the file: see
`csm.services.files.importing.cancellations`. Nothing is planned for sales from a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, cast

from csm.domain.errors import UsageFault
from csm.domain.sale.record import SALE
from csm.services.files.importing.cancellations import Cancellations, cancelled_by_file
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import WHOSE, Difference, KeptIds, Row, RowWaits, Task, Verdict
from csm.services.files.importing.sale_payments import Payment, Settling, Signature
from csm.services.files.importing.values import REMEMBERED, Convert, Quantity, RowFault
from csm.services.sale import after_sale
from csm.services.sale.due_day import COUNTED_FROM, due_again, due_day
from csm.services.values import Stored, column
from csm.storage import rows
from csm.storage.files import known
from csm.storage.sale import known as known_sales
from csm.storage.sale import rows as sales

if TYPE_CHECKING:
    from csm.storage.row_types import SaleRow

BELOW_ZERO: Final = ("amount", "paid", "quantity")
HAPPENED: Final = ("sold_on", "delivered_on", "cancelled_on", "paid_on", "signed_on")
# What every new sale has, also where the file says nothing of it.
ALWAYS: Final = (
    *("customer_id", "product", "quantity", "amount_cents", "sold_on", "terms", "due_on", "cancelled_on"),
    *("paid_cents", "created_at", "created_by"),
)
# Fields of a row of a sale that are stored elsewhere.
OF_PAYMENT: Final = ("status", "paid", "paid_on", "signed_by", "signed_on")
STORED: Final = tuple(
    field for field in SALE if field.name not in ("id", "customer_id", "customer", "balance", "days_late", *OF_PAYMENT)
)
# What makes two sales of the same thing on the same day for the same amount two.
OWN_KEYS: Final = ("external_id", "bill", "serial", "quantity", "unit")
# Only our own exports have these.
OURS: Final = frozenset({"id", "planned", "cancel_id"})


class Sales(RowImporter):
    """Takes rows of sales."""

    table = "sale"
    prefix = "sa"
    fields = SALE
    computed = frozenset({"balance", "days_late"})
    required = (WHOSE, ("product",), ("amount",), ("sold_on",))
    needed = ("amount_cents", "sold_on")
    keys = ("id", "external_id")
    identity = ("customer_id", "sold_on", "amount_cents")
    likeness = (*identity, "product")
    stamps = frozenset({"planned", "created_at", "created_by"})

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        user = None if self.faithful else task.work.user
        self._usual: Row = {"quantity": 1, "paid_cents": 0, "install": 0, "planned": 0}
        self._usual |= {"created_at": task.work.now_text, "created_by": user}
        self._payments = self.waiting.batch("payment", ("sale_id", *Payment._fields[:-1]))
        self._payment_ids = KeptIds(
            self._payments, empty=known.is_empty(task.connection, "payment"), place=task.place, prefix="payment "
        )
        self._signatures = self.waiting.batch("signature", ("sale_id", *Signature._fields))
        self._settling = Settling(task, partial(self._read_past_day, "payments"), user)
        self._cancellations = Cancellations(task, self._settling)
        self._terms = known_sales.card_terms(task.connection)
        self._due_on = lru_cache(REMEMBERED)(_due_on)
        self._all_read = False
        # Into an empty file our own export comes back as it is: what is below zero there is a credit note.
        self._own = self.faithful and OURS.issubset(self.file_fields)

    def converters(self) -> dict[str, Convert | None]:
        """Return what reads amounts and days, payments and signatures, and what a row cancels."""
        reader = self.task.reader
        fields = {field.name: field for field in SALE}
        found = {name: reader.converter(fields[name], allow_negative=True) for name in BELOW_ZERO}
        found |= {name: lru_cache(REMEMBERED)(partial(self._read_past_day, name)) for name in HAPPENED}
        return found | dict.fromkeys(("payments", "signatures", "cancels"))

    def _read_past_day(self, field: str, text: str) -> Stored:
        day = self.task.reader.day(text, field)
        if day > self.task.work.today.isoformat():
            raise UsageFault("date-in-future", value=text)
        return day

    def stored_columns(self) -> list[str]:
        """Return what every new sale has, and what else the file says of them."""
        return list(dict.fromkeys([*ALWAYS, *self._file_columns()]))

    def compared_columns(self) -> list[str]:
        """Return what the file says of sales, but for what csm wrote itself."""
        return [name for name in self._file_columns() if name not in self.stamps]

    def _file_columns(self) -> list[str]:
        """Return the columns that the file says something of; a quantity may tell what it is counted in."""
        file_fields = self.file_fields | ({"unit"} if "quantity" in self.file_fields else set())
        return [column(field) for field in STORED if field.name in file_fields]

    # --- what a row says -----------------------------------------------------------------------------------------

    def link(self, row: Row) -> None:
        """Find the customer; a row below zero waits until all others are read."""
        self._take_unit(row)
        if self._is_below_zero(row) and not self._all_read:
            raise RowWaits
        super().link(row)

    def finish(self) -> None:
        """Write what still waits; then the rows below zero can be taken."""
        super().finish()
        self._all_read = True

    @staticmethod
    def _is_below_zero(row: Row) -> bool:
        return bool(row.get("amount_cents", 0) < 0 or row.get("quantity", 1) < 0 or "cancels" in row)

    @staticmethod
    def _take_unit(row: Row) -> None:
        """Let what a quantity is counted in be the unit, where no column tells it; raise RowFault for another one."""
        quantity = row.get("quantity")
        if isinstance(quantity, Quantity):
            row["quantity"] = float(quantity)
            if quantity.unit is not None and row.setdefault("unit", quantity.unit) != quantity.unit:
                raise RowFault("unit", UsageFault("two-units", value=row["unit"], other=quantity.unit))

    def check(self, row: Row) -> Verdict | None:
        """Take a cancellation; of a sale read payments and signatures.

        Raises RowFault for what can't have been before the sale, and for a sale that is open and cancelled.
        """
        verdict = self._cancel(row) if self._is_below_zero(row) else None
        if verdict is not None:
            return verdict
        if "product" not in row:
            raise RowFault("product", UsageFault("empty-value", field="product"))
        day = row.get("cancelled_on")
        if day is not None:
            if day < row["sold_on"]:
                raise RowFault("cancelled_on", UsageFault("before-sale", value=day, sold_on=row["sold_on"], ref=""))
            if row.get("status") == "open":
                raise RowFault("status", UsageFault("values-exclude", first="open", second="cancelled_on"))
        row["all_payments"] = self._settling.payments(row)
        row["all_signatures"] = self._settling.signatures(row["customer_id"], row)
        return None

    def _cancel(self, row: Row) -> Verdict | None:
        """Import a cancellation; None for a credit note, where those are taken or come back."""
        row["amount_cents"] = -abs(row["amount_cents"])
        if self._own or ("product" in row and self.find(row)[0] is not None):
            return None
        return self._cancellations.take(row)

    # --- which sale ----------------------------------------------------------------------------------------------

    def agrees(self, stored: Row, row: Row) -> bool:
        """Return False for a row and a record of which one alone is below zero."""
        return bool((stored["amount_cents"] < 0) == (row["amount_cents"] < 0))

    def alike(self, row: Row) -> list[Row]:
        """Return the sales of the same thing; none whose bill, serial number, quantity or external id is another."""
        found = super().alike(row)
        return [one for one in found if all(one[name] is None or self._says(row, name, one) for name in OWN_KEYS)]

    def equals(self, stored: Row, row: Row) -> bool:
        """Return whether a sale has all that a row says of it."""
        return all(self._says(row, name, stored) for name in self.compared)

    @staticmethod
    def _says(row: Row, name: str, stored: Row) -> bool:
        return bool(row.get(name, stored[name]) == stored[name])

    # --- what becomes of the row ---------------------------------------------------------------------------------

    def new(self, row: Row) -> Row:
        """Return a sale that is due by the customer's terms, unless the row has another value."""
        made = {**self._usual, **row}
        if "due_on" not in row:
            made["terms"] = row.get("terms") or self._terms.get(row["customer_id"])
            days = (row.get(name) for name in ("sold_on", "delivery_on", "delivered_on"))
            made["due_on"] = self._due_on(made["terms"], *days)
        if row.get("status") == "cancelled" and "cancelled_on" not in row:
            made["cancelled_on"] = row["sold_on"]
        # The triggers on payments come to the same sum, but what they write in a bulk load isn't kept as a change.
        made["paid_cents"] = sum(payment.amount_cents for payment in row["all_payments"])
        return made

    def insert_dependents(self, record_id: int, made: Row) -> None:
        """Let payments and signatures wait."""
        if made.get("cancelled_on") is None and made["amount_cents"] > made["paid_cents"]:
            self.task.place.buyers.add(made["customer_id"])
        for payment in made["all_payments"]:
            self._payments.rows.append((self._payment_ids.new(payment.id), record_id, *payment[:-1]))
        for signature in made["all_signatures"]:
            self._signatures.rows.append((None, record_id, *signature))

    def differences(self, stored: Row, row: Row, *, sure: bool) -> Iterator[Difference]:
        """Yield what differs between a row and a sale, than its payments and signatures."""
        if stored["customer_id"] != row["customer_id"]:
            (name,) = known.card_values(self.connection, stored["customer_id"], ("name",))
            move = partial(known_sales.move, self.connection, stored["id"], row["customer_id"])
            yield Difference("customer", name, move)
        yield from super().differences(stored, row, sure=sure)
        cancelled = row.get("status") == "cancelled"
        if cancelled and "cancelled_on" not in row and stored["cancelled_on"] is None:
            change = partial(self.change, stored, {"cancelled_on": row["sold_on"]})
            yield Difference("status", stored["status"], change)
        # Of a sale that was cancelled since, the row of the sale can't tell what was paid back.
        if stored["cancelled_on"] is None or cancelled or "cancelled_on" in row:
            yield from self._settling.payment_differences(stored, row, row["all_payments"])
        yield from self._settling.signature_differences(stored, row["all_signatures"])

    def changed(self, stored: Row) -> None:
        """Let the open after-sale callbacks of a sale go with what a row changed of it, as the commands do."""
        after = sales.known(self.connection, stored["id"])
        if "due_on" not in self.file_fields:
            now: Row = dict(after)
            again = due_again(stored, {name: now[name] for name in COUNTED_FROM if now[name] != stored[name]}, None)
            if again:
                rows.update(self.connection, "sale", stored["id"], again)
        if after["cancelled_on"] is None and after["balance_cents"] > stored["balance_cents"]:
            self.task.place.buyers.add(after["customer_id"])
        if after["cancelled_on"] is None:
            after_sale.follow(self.connection, self.task.work, cast("SaleRow", stored), after)
        elif stored["cancelled_on"] is None:
            after_sale.cancel_all(self.connection, after, str(after["cancel_reason"] or cancelled_by_file()))


def _due_on(terms: str | None, sold_on: str, delivery_on: str | None, delivered_on: str | None) -> str:
    return due_day(terms, {"sold_on": sold_on, "delivery_on": delivery_on, "delivered_on": delivered_on})
