"""The fields of sales, payments and signatures, and of figures of sales, declared once."""

from typing import Final

from csm.domain.kinds import CREATED, Field, Kind

# fmt: off
SALE: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("external_id", "external id", about="the key of this sale in another program"),
    Field("bill", "bill", shown=2, about="number of the bill; several sales can stand on one"),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("product", "product", shown=1, about="what was bought"),
    Field("line", "product line", shown=2, about="product line; guarantees and after-sale plans go by it"),
    Field("quantity", "quantity", "quantity", shown=2, about="how many, or how much of it; 1 unless told"),
    Field("amount", "amount", "money", shown=1, about="what all of it costs together"),
    Field("sold_on", "sold", "date", shown=1, about="the day of the sale; today unless told"),
    Field("delivery_on", "promised for", "date", shown=2, about="the day delivery is promised for"),
    Field("delivered_on", "delivered", "date", given=False, shown=2),
    Field("due_on", "due", "date", shown=1, about="the day it is to be paid by"),
    Field("paid", "paid", "money", given=False),
    Field("balance", "balance", "money", given=False, shown=1),
    Field("days_late", "days late", "integer", given=False, shown=2, kept=False),
    Field("signed_by", "signed by", given=False, shown=2),
    Field("status", "status", "choice", "sale_status", given=False, shown=1),
    Field("serial", "serial number", about="serial number of the goods"),
    Field("unit", "unit", shown=2, about="what the quantity is counted in: box, kg, ..."),
    Field("install", "needs installation", "flag", listed=False, about="yes: it has to be installed"),
    Field("terms", "settlement terms", "settlement", listed=False, about="when it is to be paid: 30, cash, cash-on-delivery, before-delivery, weekly, half-monthly, monthly, monthly+15, end-of-next-month"),
    Field("note", "remarks", listed=False, about="anything to remember about it"),
    Field("paid_on", "last paid", "date", given=False, listed=False),
    Field("signed_on", "signed", "date", given=False, listed=False),
    Field("cancelled_on", "cancelled", "date", given=False, listed=False),
    Field("cancel_reason", "reason", given=False, listed=False),
    Field("cancel_id", "id of the cancellation", given=False, listed=False),
    Field("planned", "after-sale plan made", "flag", given=False, listed=False),
    Field("created_at", "created", "instant", given=False, listed=False),
    Field("created_by", "made by", given=False, listed=False),
)

SALES: Final = Kind(
    "sale",
    SALE,
    "-sold_on, -id",
    open={"cancelled_on": (None,)},
    searched=("product", "bill", "serial", "note", "customer"),
    nested=(Field("payments", "payments", "json"), Field("signatures", "signatures", "json")),
)

PAYMENT: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("sale_id", "sale", "integer", given=False, shown=1),
    Field("bill", "bill", given=False, shown=2),
    Field("product", "product", given=False, shown=1),
    Field("amount", "amount", "money", given=False, shown=1),
    Field("paid_on", "paid on", "date", given=False, shown=1),
    Field("balance", "balance", "money", given=False, shown=1),
    Field("note", "remarks", given=False, shown=2),
    Field("by", "by", given=False, shown=2),
    Field("customer_id", "customer id", "integer", given=False),
    Field("set_off", "set off against", "integer", given=False, shown=2),
)

PAYMENTS: Final = Kind("payment", (
    Field("id", "id", "integer", given=False),
    Field("sale_id", "sale", "integer", given=False),
    Field("external_id", "external id", given=False),
    Field("bill", "bill", given=False),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False),
    Field("product", "product", given=False),
    Field("amount", "amount", "money"),
    Field("paid_on", "paid", "date"),
    Field("note", "note"),
    Field("by", "by"),
    CREATED,
    Field("on_account", "on account", "flag", about="yes: it stands on the account of the customer, for no sale"),
    Field("set_off", "set off against", "integer", about="the other half of what was set off, by its id"),
), open={"cancelled_on": (None,)})

ACCOUNT: Final = (
    Field("on", "on", "date", given=False, shown=1),
    Field("kind", "kind", "choice", "account_kind", given=False, shown=1),
    Field("ref", "ref", given=False, shown=1),
    Field("text", "text", given=False, shown=1),
    Field("amount", "amount", "money", given=False, shown=1),
    Field("balance", "running balance", "money", given=False, shown=1),
    Field("sale_id", "sale", "integer", given=False),
    Field("bill", "bill", given=False),
    Field("due_on", "due", "date", given=False),
    Field("payment_id", "id of the payment", "integer", given=False),
    Field("set_off", "set off", "money", given=False),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=2),
)

SIGNATURE: Final = (
    Field("id", "id", "integer", given=False),
    Field("sale_id", "sale", "integer", given=False),
    Field("name", "full name", given=False, shown=1),
    Field("sign_off", "signs as", "choice", "sign_off", given=False, shown=1),
    Field("signed_on", "signed", "date", given=False, shown=1),
)

UNPAID: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("bill", "bill", given=False, shown=2),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("product", "product", given=False, shown=2),
    Field("amount", "amount", "money", given=False),
    Field("paid", "paid", "money", given=False),
    Field("balance", "balance", "money", given=False, shown=1),
    Field("sold_on", "sold", "date", given=False),
    Field("due_on", "due", "date", given=False, shown=1),
    Field("days_late", "days late", "integer", given=False, shown=1),
    Field("contact", "contact", given=False, shown=2),
    Field("phone", "phone", "phone", given=False, shown=1),
    Field("band", "band", "choice", "band", given=False, shown=2),
    Field("waits_for", "waits for", "choice", "sign_off", given=False, shown=2),
    Field("since", "since", "date", given=False, shown=2),
    Field("promised_on", "promised by", "date", given=False, shown=2),
    Field("owner", "owner", given=False, shown=2),
    Field("kind", "kind", "choice", "unpaid_kind", given=False, shown=2),
    Field("asked", "asked for", "money", given=False, shown=2),
)

UNPAID_SALES: Final = Kind("sale", UNPAID, "due_on, id", sorts={"band": "days_late"}, source="sale_unpaid")

REFUND: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("bill", "bill", given=False, shown=2),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("product", "product", given=False, shown=1),
    Field("amount", "amount", "money", given=False, shown=2),
    Field("paid", "paid", "money", given=False, shown=2),
    Field("refund", "to be paid back", "money", given=False, shown=1),
    Field("sold_on", "sold", "date", given=False, shown=2),
    Field("cancelled_on", "cancelled", "date", given=False, shown=2),
    Field("cancel_reason", "reason", given=False, shown=2),
    Field("contact", "contact", given=False, shown=1),
    Field("phone", "phone", "phone", given=False, shown=1),
    Field("owner", "owner", given=False, shown=2),
    Field("kind", "kind", "choice", "unpaid_kind", given=False, shown=2),
)

REFUNDS: Final = Kind("sale", REFUND, "sold_on, id")

UNPAID_BAND: Final = (
    Field("band", "band", given=False, shown=1),
    Field("sales", "number of sales", "integer", given=False, shown=1),
    Field("balance", "balance", "money", given=False, shown=1),
    Field("share", "share", "share", given=False, shown=1),
)

UNPAID_GROUP: Final = (
    Field("name", "name", given=False, shown=1),
    Field("bills", "open bills", "integer", given=False, shown=1),
    Field("open", "open", "money", given=False, shown=1),
    Field("overdue", "overdue amount", "money", given=False, shown=1),
    Field("on_account", "on account", "money", given=False, shown=1),
    Field("balance", "balance", "money", given=False, shown=1),
    Field("customer_id", "customer id", "integer", given=False),
)

PLAN: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("amount", "amount", "money", given=False, shown=1),
    Field("paid", "paid", "money", given=False, shown=1),
    Field("balance", "still open", "money", given=False, shown=1),
    Field("overdue", "overdue", "money", given=False, shown=1),
    Field("next_on", "next part", "date", given=False, shown=1),
    Field("status", "status", "choice", "plan_status", given=False, shown=1),
    Field("made_on", "made on", "date", given=False, shown=1),
    Field("note", "remarks", given=False, shown=2),
    Field("by", "by", given=False, shown=2),
    Field("ended_on", "ended on", "date", given=False, shown=2),
    Field("ended_text", "reason", given=False, shown=2),
)

INSTALMENT: Final = (
    Field("id", "id", "integer", given=False),
    Field("plan_id", "plan", "integer", given=False),
    Field("due_on", "due", "date", given=False, shown=1),
    Field("amount", "amount", "money", given=False, shown=1),
    Field("paid", "paid", "money", given=False, shown=1),
    Field("balance", "still open", "money", given=False, shown=1),
    Field("status", "status", "choice", "instalment_status", given=False, shown=1),
    Field("days_late", "days late", "integer", given=False, shown=1),
    Field("cancelled_on", "cancelled", "date", given=False, shown=2),
)

PLAN_BILL: Final = (
    Field("sale_id", "sale", "integer", given=False, shown=1),
    Field("bill", "bill", given=False, shown=2),
    Field("product", "product", given=False, shown=1),
    Field("planned", "in the plan", "money", given=False, shown=1),
    Field("open", "open then", "money", given=False, shown=2),
    Field("balance", "balance", "money", given=False, shown=1),
)

GUARANTEE: Final = (
    Field("kind", "kind", "choice", "guarantee", given=False, shown=1),
    Field("holds", "holds", "flag", given=False, shown=1),
    Field("until", "until", "date", given=False, shown=1),
    Field("length", "length", given=False, listed=False, shown=2),
    Field("counted_from", "counted from", "date", given=False, listed=False, shown=2),
)

SALES_FIGURE: Final = (
    Field("name", "name", given=False, shown=1),
    Field("sales", "number of sales", "integer", given=False, shown=1),
    Field("amount", "amount", "money", given=False, shown=1),
    Field("share", "share", "share", given=False, shown=1),
    Field("before", "before", "money", given=False, shown=2),
    Field("growth", "growth", "share", given=False, shown=1),
    Field("wallet", "share of wallet", "share", given=False, shown=2),
    Field("cost", "cost to serve", "money", given=False, shown=2),
    Field("cost_ratio", "cost ratio", "share", given=False, shown=2),
    Field("balance", "balance", "money", given=False, shown=2),
    Field("complaints", "complaints", "integer", given=False, shown=2),
    Field("complaints_per_sale", "complaints per sale", "share", given=False),
    Field("key_account", "key account", given=False),
    Field("customer_id", "customer id", "integer", given=False),
)
# fmt: on
