"""Payments from a file, each for a sale, for a bill, for what a customer owes, or on their account.

An id of a sale counts with something that agrees with it: the customer, the number of the bill, the key of the sale in
another program. Money for a bill or a customer settles the oldest first, up to what is open, after what they have with
us was set off; where nothing is open it goes on account, as it does with `on_account` (source: handbook 8). A row that
is settled already, by one payment or by several that were made of it, changes nothing.

A sale from a file of sales may have its payments as one sum, without details. Where the rows of a sale add up
to it, they take its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from csm.domain.errors import NotFound, Refused, UsageFault
from csm.domain.sale import account
from csm.domain.sale.account import Credit, SetOff
from csm.domain.sale.payment_allocation import Owed
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
from csm.storage.sale import payments


class Payments(RowImporter):
    """Takes rows of payments: one is known by its sale or bill or customer, its day, its amount and its note."""

    table = "payment"
    fields = PAYMENTS.in_files
    looked_up = ("id", "sale_id", "external_id", "bill", "customer_id", "customer", "product", "set_off")
    computed = frozenset({"product"})
    required = ((*WHOSE, "sale_id", "external_id", "bill"), ("amount",), ("paid_on",))
    needed = ("amount_cents", "paid_on")
    identity = ("sale_id", "amount_cents", "paid_on")
    own_columns = ("amount_cents", "paid_on", "note", "by", "created_at", "sale_id", "customer_id")
    stamps = frozenset({"created_at", "by"})
    authors = ("by",)

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        self._sums = known_sales.bare_sums(self.connection) if self.last_known else {}
        self._of_sum: dict[int, list[Row]] = {}
        self._replaced: set[int] = set()
        # By the id in the file: the payment that a row became, and of what was set off, the id of the other half.
        self._became: dict[int, int] = {}
        self._halves: dict[int, int] = {}
        self._all_read = False

    def converters(self) -> dict[str, Convert | None]:
        """Return what reads amounts paid back, and what names a sale."""
        plain: dict[str, Convert | None] = dict.fromkeys(("sale_id", "external_id", "bill"))
        return {"amount": self.task.reader.money, "set_off": self.task.reader.whole, **plain}

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
        if "id" in row and (other := row.pop("set_off", None)) is not None:
            self._halves[row["id"]] = other
        if row.get("on_account"):
            self._check_account(row)
            return
        row["of_customer"] = row.keys().isdisjoint(("sale_id", "external_id", "bill"))
        row["sales"] = sales = self._sales(row)
        # Money that came before the only sale of a customer isn't for that.
        if len(sales) != 1 or (row["of_customer"] and row["paid_on"] < sales[0]["sold_on"]):
            row.pop("sale_id", None)
            return
        self._check_sale(row, sales[0])

    def _check_sale(self, row: Row, sale: Row) -> None:
        """Take the only sale of a row; raise RowFault for money before it, RowWaits where a sum may stand for it."""
        row["sale_id"] = sale["id"]
        if row["paid_on"] < sale["sold_on"]:
            late = UsageFault("before-sale", value=row["paid_on"], sold_on=sale["sold_on"], ref=f"sa{sale['id']}")
            raise RowFault("paid_on", late)
        if not self._all_read and sale["id"] in self._sums:
            self._of_sum.setdefault(sale["id"], []).append(row)
            raise RowWaits

    def _check_account(self, row: Row) -> None:
        """Raise RowFault for money on account whose row names a sale, or nobody."""
        row["sales"], row["of_customer"] = [], True
        for field in ("sale_id", "external_id", "bill"):
            if field in row:
                raise RowFault(field, UsageFault("two-values", value=row[field], other="on_account"))
        if row.get("customer_id") is None:
            raise RowFault("customer", UsageFault("empty-value", field="customer"))

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

    def same(self, stored: Row, row: Row) -> bool:
        """Return whether the stored payment with the id of a row is the one that the row means."""
        return super().same(stored, row) and stored["customer_id"] == self._account(row)

    @staticmethod
    def _account(row: Row) -> int | None:
        """Return the customer on whose account a row is to stand, None for a row that is for sales."""
        return row["customer_id"] if row.get("on_account") else None

    def _of_day(self, row: Row) -> list[Row]:
        """Return the payments of the day for the sales that are meant, in the order in which they were noted.

        With them go those on account, where a row is for a customer.
        """
        ids = [sale["id"] for sale in row["sales"]]
        found = [one for sale_id in ids for one in known_sales.payments(self.connection, sale_id)]
        if row["of_customer"]:
            found += known_sales.on_account(self.connection, row["customer_id"])
        return sorted((one for one in found if one["paid_on"] == row["paid_on"]), key=lambda one: int(one["id"]))

    # --- payments that a sum stands for ------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write what still waits, and take away the sums whose payments the file has."""
        super().finish()
        self._link_halves()
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

    def _link_halves(self) -> None:
        """Let both halves of what was set off name each other, where the file has both."""
        for file_id, other in self._halves.items():
            if file_id in self._became and other in self._became:
                known_sales.link(self.connection, self._became[file_id], self._became[other])

    # --- money -----------------------------------------------------------------------------------------------------

    def new_id(self, row: Row) -> int:
        """Return the id of a new payment, and keep which row it was made of."""
        made_id = super().new_id(row)
        if "id" in row:
            self._became[row["id"]] = made_id
        return made_id

    def compare(self, stored: Row, row: Row, *, sure: bool) -> Verdict:
        """Let a row change the payment that it is, and keep which that is."""
        if "id" in row:
            self._became[row["id"]] = stored["id"]
        return super().compare(stored, row, sure=sure)

    def insert(self, row: Row) -> Verdict:
        """Note the money: for one sale in an empty file as it stands there, else up to what is open."""
        if self.faithful and ("sale_id" in row or row.get("on_account")):
            return super().insert({**row, "customer_id": self._account(row)})
        if row.get("sale_id") in self._replaced:
            return self._replace(row)
        if self._made_of(row):
            return "unchanged"
        self.waiting.flush()
        amounts, pairs = self._amounts(row)
        same = {name: value for name, value in self.new(row).items() if name in ("paid_on", "note", "by", "created_at")}
        made_id = self.new_id(row)
        whose = row["sales"][0]["customer_id"] if row["sales"] else row["customer_id"]
        payments.note(self.connection, whose, same, amounts, pairs, self._ids(made_id))
        return "inserted"

    def _ids(self, first: int) -> Iterator[int]:
        """Yield the ids of the payments that a row comes to."""
        yield first
        while True:
            yield self.ids.new(None)

    def _amounts(self, row: Row) -> tuple[list[tuple[int | None, int]], list[SetOff]]:
        """Return (sale or None for on account, cents) of what a row comes to, and what is set off.

        Raises RowFault for more than there is, or is open.
        """
        cents = row["amount_cents"]
        if row.get("on_account"):
            return [(None, self._on_account(row, cents))], []
        sales = self._payable(row, cents)
        credits = self._credits(row, sales)
        if cents < 0:
            back, over = account.pay_back(-cents, credits)
            if over:
                raise _too_much(row, over)
            return [(sale_id, -part) for sale_id, part in back], []
        return self._settle(row, cents, credits, [_owed(sale) for sale in sales if sale["balance_cents"] > 0])

    def _settle(
        self, row: Row, cents: int, credits: Sequence[Credit], bills: Sequence[Owed]
    ) -> tuple[list[tuple[int | None, int]], list[SetOff]]:
        """Return what an amount comes to on bills; the rest goes on account if none is open, else RowFault."""
        pairs, parts, over = account.settle(cents, credits, bills)
        found: list[tuple[int | None, int]] = [(part.sale_id, part.cents) for part in parts]
        if over and not bills and row["of_customer"]:
            found, over = [*found, (None, over)], 0
        if over:
            raise _too_much(row, over)
        return found, pairs

    def _on_account(self, row: Row, cents: int) -> int:
        """Return cents for the account of a customer; raise RowFault where less is there than is paid back."""
        if cents < 0:
            there = payments.on_account(self.connection, row["customer_id"], row["paid_on"])
            if -cents > there:
                raise _too_much(row, -cents - max(0, there))
        return cents

    def _payable(self, row: Row, cents: int) -> list[Row]:
        """Return the sales of a row that its amount can be for, as they are stored."""
        sales = [rows.fetch(self.connection, "sale", sale["id"]) or {} for sale in row["sales"]]
        sales = [sale for sale in sales if cents < 0 or sale["cancelled_on"] is None or sale["balance_cents"] > 0]
        return [sale for sale in sales if sale["sold_on"] <= row["paid_on"]]

    def _credits(self, row: Row, sales: Sequence[Row]) -> list[Credit]:
        """Return what the customer has with us, of the sales that are meant where a row names these."""
        if row["of_customer"]:
            return payments.credits_of(self.connection, row["customer_id"], row["paid_on"])
        below = [sale for sale in sales if sale["balance_cents"] < 0]
        return [Credit(sale["id"], sale["sold_on"], -sale["balance_cents"]) for sale in below]

    def _replace(self, row: Row) -> Verdict:
        """Note one of the payments that a sum stood for, under the id in the file where that is free."""
        free = "id" in row and rows.fetch(self.connection, "payment", row["id"]) is None
        made = {"created_at": self.task.work.now_text, **row}
        values = {name: made.get(name) for name in ("sale_id", "amount_cents", "paid_on", "note", "by", "created_at")}
        made_id = rows.insert(self.connection, "payment", {**values, "id": row["id"] if free else None})
        if "id" in row:
            self._became[row["id"]] = made_id
        return "inserted"

    def _made_of(self, row: Row) -> bool:
        """Return whether payments that no other row of the file is were made of a row: noted one after the other."""
        left = [
            one
            for one in self._of_day(row)
            if one["id"] <= self.last_known
            and one["id"] not in self.met
            and one["note"] == row.get("note")
            and one["set_off"] is None
        ]
        for start in range(len(left)):
            total = 0
            for end in range(start, len(left)):
                total += left[end]["amount_cents"]
                if total == row["amount_cents"]:
                    self.met.update(one["id"] for one in left[start : end + 1])
                    return True
        return False


def _too_much(row: Row, over: int) -> RowFault:
    """Return the error of more money than there is to settle, by `over` cents."""
    cents, sales = row["amount_cents"], row["sales"]
    amounts = {"amount": group_cents(abs(cents)), "open": group_cents(abs(cents) - over)}
    whose = row.get("customer") or f"cu{row.get('customer_id')}"
    ref = f"sa{sales[0]['id']}" if len(sales) == 1 else row.get("bill") or row.get("external_id") or whose
    return RowFault("amount", Refused("over-refunded" if cents < 0 else "over-paid", ref=ref, **amounts))


def _owed(sale: Row) -> Owed:
    return Owed(sale["id"], sale["sold_on"], sale["balance_cents"])
