"""Sales from a file: what customers that are here already bought, with what they paid and signed; and cancellations.

A row is the sale with its id where customer, day and amount agree, else the one with its external id, else the next one
of the same customer, day, product and amount whose keys don't say otherwise; each stored sale is one row of the file at
most, so that rows that are equal are as many sales. A bill is no key: several sales stand on one. Rows below zero come
after all others, whatever their place in the file: see `csm.services.files.importing.cancellations`. Nothing is planned
for sales from a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, Final

from csm.domain.errors import UsageFault
from csm.domain.sale.settlement import due_on
from csm.domain.trade_records import SALE
from csm.services.files.importing import links
from csm.services.files.importing.cancellations import Cancellations, cancelled_by_file
from csm.services.files.importing.rows import Difference, KeptIds, Task, Verdict, Waiting, settle, shown
from csm.services.files.importing.settling import Payment, Settling, Signature
from csm.services.files.importing.values import REMEMBERED, Cells, Convert, Quantity, RowFault
from csm.services.sale import after_sale
from csm.services.values import Stored, column
from csm.storage import rows
from csm.storage.files import known
from csm.storage.sale import known as known_sales

COMPUTED: Final = frozenset({"balance", "days_late"})
# Told of a sale, and kept elsewhere than in its row.
OF_PAYMENT: Final = ("status", "paid", "paid_on", "signed_by", "signed_on")
LOOKED_UP: Final = ("id", "customer_id", "customer")
STORED: Final = tuple(field for field in SALE if field.name not in (*LOOKED_UP, *OF_PAYMENT, *COMPUTED))
HAPPENED: Final = ("sold_on", "delivered_on", "cancelled_on", "paid_on", "signed_on")
# What csm wrote itself; on a known sale it isn't compared.
STAMPS: Final = ("planned", "created_at", "created_by")
COMPARED: Final = tuple(column(field) for field in STORED if field.name not in STAMPS)
ALWAYS: Final = (
    "customer_id",
    "product",
    "quantity",
    "amount_cents",
    "sold_on",
    "due_on",
    "cancelled_on",
    "paid_cents",
)
# What makes two sales of the same thing on the same day for the same amount two.
OWN_KEYS: Final = ("external_id", "bill", "serial", "quantity", "unit")
# Only our own exports have these.
OURS: Final = frozenset({"id", "planned", "cancel_id"})
ANY_ID: Final = 2**62
_FIELDS: Final = {column(field): field for field in SALE}
_COLUMN: Final = {field.name: column(field) for field in SALE}

Told = dict[str, Any]


class Sales:
    """Takes rows of sales."""

    def __init__(self, task: Task) -> None:
        self.possible_doubles = 0
        self._task = task
        given = task.plan.fields()
        converters = self._converters(given)
        self._cells = Cells(task.plan, converters, guarded=task.guarded, width=task.width)
        self._names = [_COLUMN.get(name, name) for name in converters]
        self._links = links.Customers(task)
        self._faithful = known.is_empty(task.connection, "sale") and "id" in given
        told = {column(field) for field in STORED if field.name in given}
        told |= {"unit"} if "quantity" in given else set()
        self._columns = (*ALWAYS, *sorted((told | {"created_at", "created_by"}).difference(ALWAYS)))
        self._usual: Told = {"quantity": 1, "paid_cents": 0, "install": 0, "planned": 0}
        self._usual |= {"created_at": task.work.now_text, "created_by": None if self._faithful else task.work.user}
        self._waiting = Waiting(task.connection)
        self._batch = self._waiting.batch("sale", self._columns)
        self._payments = self._waiting.batch("payment", ("sale_id", *Payment._fields[:-1]))
        self._payment_ids = KeptIds(
            self._payments, empty=known.is_empty(task.connection, "payment"), place=task.place, prefix="payment "
        )
        self._signatures = self._waiting.batch("signature", ("sale_id", *Signature._fields))
        self._ids = KeptIds(self._batch, empty=self._faithful, place=task.place, prefix="sa")
        self._settling = Settling(task, partial(self._read_past_day, "payments"), self._usual["created_by"])
        self._cancellations = Cancellations(task, self._settling)
        self._terms = known_sales.card_terms(task.connection)
        self._due_on = lru_cache(REMEMBERED)(_due_on)
        self._last_known = known.last_id(task.connection, "sale")
        self._met: set[int] = set()
        self._externals: dict[str, int] = {}
        self._all_read = False
        # Into an empty file our own export comes back as it is: what is below zero there is a credit note.
        self._own = self._faithful and OURS.issubset(given)

    def _converters(self, given: Sequence[str]) -> dict[str, Convert | None]:
        """Return what reads each field that the file has."""
        reader = self._task.reader
        below = ("amount", "paid", "quantity")
        converters = {field.name: reader.converter(field, allow_negative=field.name in below) for field in SALE}
        converters |= {name: lru_cache(REMEMBERED)(partial(self._read_past_day, name)) for name in HAPPENED}
        converters |= {**dict.fromkeys(("payments", "signatures", "cancels")), "id": reader.whole}
        converters |= links.converters(self._task)
        return {name: convert for name, convert in converters.items() if name in given and name not in COMPUTED}

    def _read_past_day(self, field: str, text: str) -> Stored:
        day = self._task.reader.day(text, field)
        if day > self._task.work.today.isoformat():
            raise UsageFault("date-in-future", value=text)
        return day

    def take(self, row: Sequence[str]) -> Verdict | None:
        """Import one row; raise RowFault. A row below zero is put off until all others are read."""
        values = self._cells.read(row)
        told: Told = {name: value for name, value in zip(self._names, values, strict=True) if value is not None}
        self._take_unit(told)
        below_zero = told.get("amount_cents", 0) < 0 or told.get("quantity", 1) < 0 or "cancels" in told
        if below_zero and not self._all_read:
            return None
        customer = self._links.of(told)
        for name in ("amount_cents", "sold_on"):
            if name not in told:
                field = _FIELDS[name].name
                raise RowFault(field, UsageFault("empty-value", field=field))
        return self._take_below_zero(customer, told) if below_zero else self._take_sale(customer, told)

    def finish(self) -> None:
        """Write what still waits; then the rows that were put off can be taken."""
        self._waiting.flush()
        self._all_read = True

    def _take_sale(self, customer_id: int, told: Told) -> Verdict:
        if "product" not in told:
            raise RowFault("product", UsageFault("empty-value", field="product"))
        self._check(told)
        payments = self._settling.payments(told)
        signatures = self._settling.signatures(customer_id, told)
        stored = self._stored(customer_id, told)
        if stored is None:
            self._insert(customer_id, told, payments, signatures)
            return "inserted"
        self._met.add(stored["id"])
        differences = list(self._differences(customer_id, stored, told, payments, signatures))
        if differences:
            self._waiting.flush()
        verdict = settle(differences, f"sa{stored['id']}", update=self._task.update, place=self._task.place)
        if differences:
            self._follow(stored)
        return verdict

    def _take_below_zero(self, customer_id: int, told: Told) -> Verdict:
        """Import a cancellation, or a credit note where those are taken."""
        told["amount_cents"] = -abs(told["amount_cents"])
        known_note = "product" in told and self._stored(customer_id, told) is not None
        verdict = None if self._own or known_note else self._cancellations.take(customer_id, told)
        return verdict or self._take_sale(customer_id, told)

    # --- what a row tells ---------------------------------------------------------------------------------------

    @staticmethod
    def _take_unit(told: Told) -> None:
        """Let what a quantity is counted in be the unit, where no column tells it; raise RowFault for another one."""
        quantity = told.get("quantity")
        if isinstance(quantity, Quantity):
            told["quantity"] = float(quantity)
            if quantity.unit is not None and told.setdefault("unit", quantity.unit) != quantity.unit:
                raise RowFault("unit", UsageFault("two-units", value=told["unit"], other=quantity.unit))

    def _check(self, told: Told) -> None:
        """Raise RowFault for what can't have been before the sale, and for a sale that is open and cancelled."""
        day = told.get("cancelled_on")
        if day is not None:
            if day < told["sold_on"]:
                raise RowFault("cancelled_on", UsageFault("before-sale", value=day, sold_on=told["sold_on"], ref=""))
            if told.get("status") == "open":
                raise RowFault("status", UsageFault("options-exclude", first="open", second="cancelled_on"))

    # --- which sale ---------------------------------------------------------------------------------------------

    def _stored(self, customer_id: int, told: Told) -> Told | None:
        """Return the stored sale that a row is; nothing above zero is what is below, nor the other way round."""
        connection = self._task.connection
        made = self._ids.known(told.get("id")) or self._externals.get(told.get("external_id", ""))
        if made is not None:
            self._waiting.flush()
            found = rows.fetch(connection, "sale", made)
            return found if _same_sign(found, told) else None
        if not self._last_known:
            return None
        if told.get("id", ANY_ID) <= self._last_known:
            found = rows.fetch(connection, "sale", told["id"])
            same = ("sold_on", "amount_cents")
            if found is not None and found["customer_id"] == customer_id and all(found[n] == told[n] for n in same):
                return found
        if "external_id" in told:
            found = known_sales.by_external_id(connection, told["external_id"])
            if found is not None:
                return found if _same_sign(found, told) else None
        return self._next_equal(customer_id, told)

    def _next_equal(self, customer_id: int, told: Told) -> Told | None:
        """Return the next stored sale of the same thing that no row of the file is yet; one that says the same first.

        It isn't the one whose bill, serial number, quantity or external id is another.
        """
        alike = known_sales.like(
            self._task.connection,
            *(customer_id, told["sold_on"], told["amount_cents"], told["product"]),
            up_to=self._last_known,
        )
        left = [
            one
            for one in alike
            if one["id"] not in self._met
            and all(told.get(name, one[name]) == one[name] or one[name] is None for name in OWN_KEYS)
        ]
        equal = (one for one in left if all(told.get(name, one[name]) == one[name] for name in COMPARED))
        return next(equal, left[0] if left else None)

    # --- what becomes of the row --------------------------------------------------------------------------------

    def _insert(
        self, customer_id: int, told: Told, payments: Sequence[Payment], signatures: Sequence[Signature]
    ) -> None:
        terms = told.get("terms") or self._terms.get(customer_id)
        made = {**self._usual, **told, "customer_id": customer_id}
        if "due_on" not in told:
            made["due_on"] = self._due_on(terms, told["sold_on"]) if terms is not None else told["sold_on"]
        if told.get("status") == "cancelled" and "cancelled_on" not in told:
            made["cancelled_on"] = told["sold_on"]
        # The triggers on payments come to the same sum, but what they write in a bulk load isn't kept as a change.
        made["paid_cents"] = sum(payment.amount_cents for payment in payments)
        sale_id = self._ids.new(told.get("id"))
        self._met.add(sale_id)
        if "external_id" in told:
            self._externals[told["external_id"]] = sale_id
        for payment in payments:
            self._payments.rows.append((self._payment_ids.new(payment.id), sale_id, *payment[:-1]))
        for signature in signatures:
            self._signatures.rows.append((None, sale_id, *signature))
        self._waiting.add(self._batch, [sale_id, *map(made.get, self._columns)])

    def _differences(
        self,
        customer_id: int,
        stored: Told,
        told: Told,
        payments: Sequence[Payment],
        signatures: Sequence[Signature],
    ) -> Iterator[Difference]:
        connection = self._task.connection
        if stored["customer_id"] != customer_id:
            (name,) = known.card_values(connection, stored["customer_id"], ("name",))
            move = partial(known_sales.move, connection, stored["id"], customer_id)
            yield Difference("customer", name, move)
        for name in COMPARED:
            new = told.get(name)
            if new is not None and new != stored[name]:
                field = _FIELDS[name]
                yield Difference(field.name, shown(field, stored[name]), self._setting(stored, name, new))
        cancelled = told.get("status") == "cancelled"
        if cancelled and "cancelled_on" not in told and stored["cancelled_on"] is None:
            yield Difference("status", stored["status"], self._setting(stored, "cancelled_on", told["sold_on"]))
        # Of a sale that was cancelled since, the row of the sale can't tell what was paid back.
        if stored["cancelled_on"] is None or cancelled or "cancelled_on" in told:
            yield from self._settling.payment_differences(stored, told, payments)
        yield from self._settling.signature_differences(stored, signatures)

    def _follow(self, before: Told) -> None:
        """Let the open after-sale callbacks of a sale go with what a row changed of it, as the commands do."""
        connection = self._task.connection
        after = rows.fetch(connection, "sale", before["id"]) or {}
        if after["cancelled_on"] is None:
            after_sale.follow(connection, self._task.work, before, after)
        elif before["cancelled_on"] is None:
            after_sale.cancel_all(connection, after, str(after["cancel_reason"] or cancelled_by_file()))

    def _setting(self, stored: Told, name: str, value: object) -> partial[bool]:
        return partial(rows.update, self._task.connection, "sale", stored["id"], {name: value})


def _same_sign(found: Told | None, told: Told) -> bool:
    return found is not None and (found["amount_cents"] < 0) == (told["amount_cents"] < 0)


def _due_on(terms: str, sold_on: str) -> str:
    return due_on(terms, date.fromisoformat(sold_on)).isoformat()
