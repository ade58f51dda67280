"""Payments from a file, each for a sale, for a bill, or for what a customer owes.

An id of a sale counts with something that agrees with it: the customer, the number of the bill, the key of the sale in
another program. Money for a bill or a customer settles the oldest first (source: handbook 8), up to what is open. A row
that is settled already, by one payment or by several that were made of it, changes nothing.

A sale from a file of sales may have its payments as one sum, without details. Where the rows of a sale add up
to it, they take its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.sale import payment_allocation
from csm.domain.sale.payment_allocation import Owed, Part
from csm.domain.sale.record import PAYMENTS
from csm.domain.values.money import group_cents
from csm.services import short_references
from csm.services.files.importing import links
from csm.services.files.importing.row_importer import RowImporter
from csm.services.files.importing.rows import WHOSE, Row, RowWaits, Task, Verdict
from csm.services.files.importing.values import Convert, RowFault
from csm.storage import rows
from csm.storage.files import known
from csm.storage.sale import known as known_sales


class Payments(RowImporter):
    """Takes rows of payments: one is known by its sale or bill or customer, its day, its amount and its note."""

    table = "payment"
    fields = PAYMENTS.in_files
    looked_up = ("id", "sale_id", "external_id", "bill", "customer_id", "customer", "product")
    computed = frozenset({"product"})
    required = ((*WHOSE, "sale_id", "external_id", "bill"), ("amount",), ("paid_on",))
    needed = ("amount_cents", "paid_on")
    identity = ("sale_id", "amount_cents", "paid_on")
    own_columns = ("amount_cents", "paid_on", "note", "by", "created_at", "sale_id")
    stamps = frozenset({"created_at", "by"})
    authors = ("by",)

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._sums = known_sales.bare_sums(self.connection) if self.last_known else {}
        self._of_sum: dict[int, list[Row]] = {}
        self._replaced: set[int] = set()
        self._all_read = False

    def converters(self) -> dict[str, Convert | None]:
        """Return what reads amounts paid back, and what names a sale."""
        return {"amount": self.task.reader.money, "sale_id": None, "external_id": None, "bill": None}

    def link(self, row: Row) -> None:
        """Find the customer, where the row names one; the sale is found after the row is known to be whole."""
        if any(name in row for name in links.FIELDS):
            super().link(row)

    def check(self, row: Row) -> None:
        """Find the sales that are meant; raise RowFault for none, and for a day ahead or before the sale.

        A row waits whose sale has a sum that may stand for it, until all rows of the sale are known.
        """
        if not row["amount_cents"]:
            raise RowFault("amount", UsageFault("unreadable-amount", value="0"))
        self.task.check_past("paid_on", row)
        row["sales"] = sales = self._sales(row)
        if len(sales) != 1:
            row.pop("sale_id", None)
            return
        (sale,) = sales
        row["sale_id"] = sale["id"]
        if row["paid_on"] < sale["sold_on"]:
            late = UsageFault("before-sale", value=row["paid_on"], sold_on=sale["sold_on"], ref=f"sa{sale['id']}")
            raise RowFault("paid_on", late)
        if not self._all_read and sale["id"] in self._sums:
            self._of_sum.setdefault(sale["id"], []).append(row)
            raise RowWaits

    def _sales(self, row: Row) -> list[Row]:
        """Return the sale that a row means, or those of its bill or of its customer, the oldest first."""
        sale = self._sale_of_id(row)
        found = [sale] if sale is not None else self._sales_of_key(row)
        if found:
            return found
        for field in ("external_id", "bill", "sale_id"):
            if field in row:
                raise RowFault(field, NotFound("no-such-record", kind="sale", ref=row[field]))
        if row.get("customer_id") is None:
            raise RowFault("customer", UsageFault("empty-value", field="customer"))
        return known.sales_for(self.connection, "customer_id", row["customer_id"])

    def _sale_of_id(self, row: Row) -> Row | None:
        """Return the sale with the id in a row, where all that the row says of its sale is so."""
        sale_id: str = row.get("sale_id", "")
        number = short_references.number("sale", sale_id)
        sale = None if number is None or not sale_id else rows.fetch(self.connection, "sale", number)
        if sale is None:
            return None
        names = [name for name in ("customer_id", "external_id", "bill") if name in row]
        # a bare number may be another program's, sa12 can only be ours
        sure = bool(names) or not sale_id.isdecimal()
        return sale if sure and all(sale[name] == row[name] for name in names) else None

    def _sales_of_key(self, row: Row) -> list[Row]:
        """Return the sales with the key or on the bill in a row; raise RowFault where they are several customers'."""
        for field in ("external_id", "bill"):
            if field in row:
                found = known.sales_for(self.connection, field, row[field])
                found = [sale for sale in found if row.get("customer_id") in (None, sale["customer_id"])]
                if len({sale["customer_id"] for sale in found}) > 1:
                    candidates = [(f"sa{sale['id']}", sale["product"], sale["sold_on"]) for sale in found[:3]]
                    raise RowFault(field, NotFound("not-unique", kind="sale", ref=row[field], candidates=candidates))
                if found:
                    return found
        return []

    def alike(self, row: Row) -> list[Row]:
        """Return the payments of this day and amount for the sales that are meant."""
        return [one for one in self._of_day(row) if one["amount_cents"] == row["amount_cents"]]

    def _of_day(self, row: Row) -> list[Row]:
        """Return the payments of the day for the sales that are meant, in the order in which they were noted."""
        ids = [sale["id"] for sale in row["sales"]]
        found = [one for sale_id in ids for one in known_sales.payments(self.connection, sale_id)]
        return sorted((one for one in found if one["paid_on"] == row["paid_on"]), key=lambda one: int(one["id"]))

    # --- payments that a sum stands for ------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write what still waits, and take away the sums whose payments the file has."""
        super().finish()
        if self._all_read:
            return
        self._all_read = True
        for sale_id, found in self._of_sum.items():
            one = self._sums[sale_id]
            alone = len(found) == 1 and all(found[0].get(name) == one[name] for name in ("paid_on", "note", "by"))
            if sum(row["amount_cents"] for row in found) == one["amount_cents"] and not alone:
                self._replaced.add(sale_id)
        for sale_id in self._replaced:
            rows.delete(self.connection, "payment", self._sums[sale_id]["id"])

    # --- money -----------------------------------------------------------------------------------------------------

    def insert(self, row: Row) -> Verdict:
        """Note the money: for one sale in an empty file as it stands there, else up to what is open."""
        if self.faithful and "sale_id" in row:
            return super().insert(row)
        if row.get("sale_id") in self._replaced:
            return self._replace(row)
        if self._made_of(row):
            return "unchanged"
        self.waiting.flush()
        same = {name: value for name, value in self.new(row).items() if name in ("paid_on", "note", "by", "created_at")}
        for place, (sale_id, cents) in enumerate(self._amounts(row)):
            made_id = self.new_id(row) if not place else self.ids.new(None)
            rows.insert(self.connection, "payment", {"id": made_id, "sale_id": sale_id, "amount_cents": cents, **same})
        return "inserted"

    def _amounts(self, row: Row) -> list[tuple[int, int]]:
        """Return (sale id, cents) of each payment that a row comes to; raise RowFault for too much."""
        back = row["amount_cents"] < 0
        sales = [rows.fetch(self.connection, "sale", sale["id"]) or {} for sale in row["sales"]]
        parts, set_off = self._split(row, [sale for sale in sales if back or sale["cancelled_on"] is None])
        sign = -1 if back else 1
        amounts = [(part.sale_id, sign * part.cents) for part in parts]
        return amounts + [(part.sale_id, -part.cents) for part in set_off]

    def _replace(self, row: Row) -> Verdict:
        """Note one of the payments that a sum stood for, under the id in the file where that is free."""
        free = "id" in row and rows.fetch(self.connection, "payment", row["id"]) is None
        made = {"created_at": self.task.work.now_text, **row}
        values = {name: made.get(name) for name in ("sale_id", "amount_cents", "paid_on", "note", "by", "created_at")}
        rows.insert(self.connection, "payment", {**values, "id": row["id"] if free else None})
        return "inserted"

    def _split(self, row: Row, sales: Sequence[Row]) -> tuple[list[Part], list[Part]]:
        """Return what goes onto which sale and what is set off of credit notes; raise RowFault for too much."""
        cents = row["amount_cents"]
        set_off: list[Part] = []
        if cents < 0:
            parts, over = payment_allocation.allocate(-cents, _owed(sales, below_zero=True))
        else:
            until = [sale for sale in sales if sale["sold_on"] <= row["paid_on"]]
            notes = [sale for sale in until if sale["amount_cents"] < 0]
            parts, set_off, over = payment_allocation.settle(cents, _owed(until), _owed(notes, below_zero=True))
        if over:
            raise _too_much(row, sales, over)
        return parts, set_off

    def _made_of(self, row: Row) -> bool:
        """Return whether payments that no other row of the file is were made of a row: noted one after the other."""
        left = [
            one
            for one in self._of_day(row)
            if one["id"] <= self.last_known and one["id"] not in self.met and one["note"] == row.get("note")
        ]
        for start in range(len(left)):
            total = 0
            for end in range(start, len(left)):
                total += left[end]["amount_cents"]
                if total == row["amount_cents"]:
                    self.met.update(one["id"] for one in left[start : end + 1])
                    return True
        return False


def _too_much(row: Row, sales: Sequence[Row], over: int) -> RowFault:
    """Return the error of more money than is open, by `over` cents."""
    cents = row["amount_cents"]
    amounts = {"amount": group_cents(abs(cents)), "open": group_cents(abs(cents) - over)}
    whose = row.get("customer") or f"cu{row.get('customer_id')}"
    ref = f"sa{sales[0]['id']}" if len(sales) == 1 else row.get("bill") or row.get("external_id") or whose
    return RowFault("amount", Refused("over-refunded" if cents < 0 else "over-paid", ref=ref, **amounts))


def _owed(sales: Sequence[Row], *, below_zero: bool = False) -> list[Owed]:
    """Return what the customer owes for each sale, or what we owe for it where that is `below_zero`."""
    sign = -1 if below_zero else 1
    found = [Owed(sale["id"], sale["sold_on"], sign * sale["balance_cents"]) for sale in sales]
    return [one for one in found if one.cents > 0]
