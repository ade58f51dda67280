"""Payments from a file, each for a sale, for a bill, or for what a customer owes.

An id of a sale counts with something that agrees with it: the customer, the number of the bill, the key of the sale in
another program. Money for a bill or a customer settles the oldest first (source: handbook 8), up to what is open. A row
that is settled already, by one payment or by several that were made of it, changes nothing.

A sale from a file of sales may have its payments as one sum, without a word on them. Where the rows of a sale add up
to it, they take its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.file_records import PAYMENT_ROW
from csm.domain.sale import payment
from csm.domain.sale.payment import Owed, Part
from csm.domain.values.money import group_cents
from csm.services import short_references
from csm.services.files.importing import links
from csm.services.files.importing.plain import Plain, Told
from csm.services.files.importing.rows import Task, Verdict
from csm.services.files.importing.values import Convert, RowFault
from csm.storage import rows
from csm.storage.sale import known as known_sales

COMPUTED: Final = frozenset({"product"})


class Payments(Plain):
    """Takes rows of payments: one is known by its sale or bill or customer, its day, its amount and its note."""

    table = "payment"
    ref = ""
    fields = PAYMENT_ROW
    looked_up = ("id", "sale_id", "external_id", "bill", "customer_id", "customer", "product")
    needed = ("amount_cents", "paid_on")

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._sums = known_sales.bare_sums(self.connection) if self.last_known else {}
        self._of_sum: dict[int, list[Told]] = {}
        self._replaced: set[int] = set()
        self._all_read = False

    def converters(self) -> dict[str, Convert | None]:
        """Return those of amounts paid back, and of what names a sale."""
        return {"amount": self.task.reader.money, "sale_id": None, "external_id": None, "bill": None}

    def linked(self) -> Sequence[str]:
        """Return the column of the sale."""
        return ("sale_id",)

    def link(self, told: Told) -> None:
        """Find the customer, where the row names one; the sale is found once the row is known to be whole."""
        if any(name in told for name in links.FIELDS):
            super().link(told)

    def check(self, told: Told) -> None:
        """Find the sales that are meant; raise RowFault for none, and for a day ahead or before the sale."""
        if not told["amount_cents"]:
            raise RowFault("amount", UsageFault("unreadable-amount", value="0"))
        self.past("paid_on", told)
        told["sales"] = sales = self._sales(told)
        for sale in sales:
            if told["paid_on"] < sale["sold_on"] and len(sales) == 1:
                late = UsageFault("before-sale", value=told["paid_on"], sold_on=sale["sold_on"], ref=f"sa{sale['id']}")
                raise RowFault("paid_on", late)
        if len(sales) == 1:
            told["sale_id"] = sales[0]["id"]
        else:
            told.pop("sale_id", None)

    def _sales(self, told: Told) -> list[dict[str, Any]]:
        """Return the sale that a row means, or those of its bill or of its customer, the oldest first."""
        customer_id, sale_id = told.get("customer_id"), told.get("sale_id")
        number = short_references.number("sale", sale_id or "")
        if number is not None and sale_id is not None:
            sale = rows.fetch(self.connection, "sale", number)
            # a bare number may be another program's, sa12 can only be ours
            if sale is not None and self._agrees(sale, told, sure=not sale_id.isdecimal()):
                return [sale]
        for field in ("external_id", "bill"):
            if field in told:
                found = rows.fetch_all(self.connection, "sale", f"{field} = ? ORDER BY sold_on, id", [told[field]])
                found = [sale for sale in found if customer_id in (None, sale["customer_id"])]
                if len({sale["customer_id"] for sale in found}) > 1:
                    candidates = [(f"sa{sale['id']}", sale["product"], sale["sold_on"]) for sale in found[:3]]
                    raise RowFault(field, NotFound("not-unique", kind="sale", ref=told[field], candidates=candidates))
                if found:
                    return found
        for field in ("external_id", "bill", "sale_id"):
            if field in told:
                raise RowFault(field, NotFound("no-such-record", kind="sale", ref=told[field]))
        if customer_id is None:
            raise RowFault("customer", UsageFault("empty-value", field="customer"))
        return rows.fetch_all(self.connection, "sale", "customer_id = ? ORDER BY sold_on, id", [customer_id])

    def _agrees(self, sale: Told, told: Told, *, sure: bool) -> bool:
        """Tell whether all that a row says of its sale is so, and whether it says anything."""
        said = [name for name in ("customer_id", "external_id", "bill") if name in told]
        return (bool(said) or sure) and all(sale[name] == told[name] for name in said)

    def same(self, stored: Told, told: Told) -> bool:
        """Tell whether sale, amount and day agree."""
        return all(stored[name] == told.get(name) for name in ("sale_id", "amount_cents", "paid_on"))

    def alike(self, told: Told) -> list[Told]:
        """Return the payments of this day and amount for the sales that are meant."""
        return [one for one in self._of_day(told) if one["amount_cents"] == told["amount_cents"]]

    def _of_day(self, told: Told) -> list[Told]:
        """Return the payments of the day for the sales that are meant, in the order in which they were noted."""
        ids = [sale["id"] for sale in told["sales"]]
        found = [one for sale_id in ids for one in known_sales.payments(self.connection, sale_id)]
        return sorted((one for one in found if one["paid_on"] == told["paid_on"]), key=lambda one: int(one["id"]))

    def usual(self, told: Told) -> Told:
        """Return now and whoever imports."""
        made: Told = {"created_at": self.task.work.now_text}
        return made if self.faithful else made | {"by": self.task.work.user}

    # --- payments that a sum stands for ------------------------------------------------------------------------------

    def put_off(self, told: Told) -> bool:
        """Put a row off whose sale has a sum that may stand for it, until all rows of the sale are known."""
        if self._all_read or told.get("sale_id") not in self._sums:
            return False
        self._of_sum.setdefault(told["sale_id"], []).append(told)
        return True

    def finish(self) -> None:
        """Write what still waits, and take away the sums whose payments the file has."""
        super().finish()
        if self._all_read:
            return
        self._all_read = True
        for sale_id, found in self._of_sum.items():
            one = self._sums[sale_id]
            alone = len(found) == 1 and all(found[0].get(name) == one[name] for name in ("paid_on", "note", "by"))
            if sum(told["amount_cents"] for told in found) == one["amount_cents"] and not alone:
                self._replaced.add(sale_id)
        for sale_id in self._replaced:
            rows.delete(self.connection, "payment", self._sums[sale_id]["id"])

    # --- money -----------------------------------------------------------------------------------------------------

    def insert(self, told: Told) -> Verdict:
        """Note the money: for one sale in an empty file as it stands there, else up to what is open."""
        if self.faithful and "sale_id" in told:
            return super().insert(told)
        if told.get("sale_id") in self._replaced:
            return self._replace(told)
        if self._made_of(told):
            return "unchanged"
        self.waiting.flush()
        back = told["amount_cents"] < 0
        sales = [rows.fetch(self.connection, "sale", sale["id"]) or {} for sale in told["sales"]]
        parts, set_off = self._split(told, [sale for sale in sales if back or sale["cancelled_on"] is None])
        sign = -1 if back else 1
        same = self.usual(told) | {name: told[name] for name in ("paid_on", "note", "by", "created_at") if name in told}
        amounts = [(part.sale_id, sign * part.cents) for part in parts]
        amounts += [(part.sale_id, -part.cents) for part in set_off]
        file_id = told.get("id")
        for sale_id, cents in amounts:
            made = {"id": self.new_id(file_id), "sale_id": sale_id, "amount_cents": cents, **same}
            rows.insert(self.connection, "payment", made)
            file_id = None
        return "inserted"

    def _replace(self, told: Told) -> Verdict:
        """Note one of the payments that a sum stood for, under the id in the file where that is free."""
        free = "id" in told and rows.fetch(self.connection, "payment", told["id"]) is None
        made = {"created_at": self.task.work.now_text, **told}
        values = {name: made.get(name) for name in ("sale_id", "amount_cents", "paid_on", "note", "by", "created_at")}
        rows.insert(self.connection, "payment", {**values, "id": told["id"] if free else None})
        return "inserted"

    def _split(self, told: Told, sales: Sequence[Told]) -> tuple[list[Part], list[Part]]:
        """Return what goes onto which sale and what is set off of credit notes; raise RowFault for too much."""
        cents = told["amount_cents"]
        if cents < 0:
            back = [Owed(sale["id"], sale["sold_on"], max(0, -sale["balance_cents"])) for sale in sales]
            parts, over = payment.allocate(-cents, [one for one in back if one.cents])
            set_off: list[Part] = []
        else:
            until = [sale for sale in sales if sale["sold_on"] <= told["paid_on"]]
            owed = [
                Owed(sale["id"], sale["sold_on"], sale["balance_cents"]) for sale in until if sale["balance_cents"] > 0
            ]
            credit = [
                Owed(sale["id"], sale["sold_on"], -sale["balance_cents"])
                for sale in until
                if sale["amount_cents"] < 0 and sale["balance_cents"] < 0
            ]
            parts, set_off, over = payment.settle(cents, owed, credit)
        if over:
            amounts = {"amount": group_cents(abs(cents)), "open": group_cents(abs(cents) - over)}
            whose = told.get("customer") or f"cu{told.get('customer_id')}"
            ref = f"sa{sales[0]['id']}" if len(sales) == 1 else told.get("bill") or told.get("external_id") or whose
            raise RowFault("amount", Refused("over-refunded" if cents < 0 else "over-paid", ref=ref, **amounts))
        return parts, set_off

    def _made_of(self, told: Told) -> bool:
        """Tell whether payments that no other row of the file is were made of a row: noted one after the other."""
        note = told.get("note")
        left = [one for one in self._of_day(told) if one["id"] <= self.last_known and one["id"] not in self.met]
        left = [one for one in left if one["note"] == note]
        for start in range(len(left)):
            total = 0
            for end in range(start, len(left)):
                total += left[end]["amount_cents"]
                if total == told["amount_cents"]:
                    self.met.update(one["id"] for one in left[start : end + 1])
                    return True
        return False
