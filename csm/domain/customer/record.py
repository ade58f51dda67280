"""The fields of customers, contacts and notes, and of what is worked out about customers, declared once."""

from typing import Final

from csm.domain.kinds import CREATED, Field, Kind

# fmt: off
CUSTOMER: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("code", "code", group="basic", shown=2, about="your own short code or number for the customer"),
    Field("name", "name", group="basic", shown=1, about="the customer's name"),
    Field("kind", "kind", "choice", "customer_kind", group="basic", about="company or person"),
    Field("status", "status", "choice", "customer_status", group="basic", shown=2, about="where the relation stands"),
    Field("grade", "grade", "choice", "grade", group="trade", shown=1, about="A, B or C"),
    Field("key_account", "key account", group="trade", about="why this is a key account"),
    Field("relationship", "relationship", "choice", "relationship", group="trade", shown=2, about="type of relationship; sets the cadence of callbacks"),
    Field("owner", "owner", group="basic", shown=2, about="the one salesperson in charge"),
    Field("region", "region", group="basic", shown=2, about="region or district"),
    Field("industry", "industry", group="basic", about="line of business"),
    Field("size", "size", "choice", "size", group="basic", about="small, medium or large"),
    Field("revenue", "revenue", "money", group="basic", about="yearly revenue"),
    Field("credit_limit", "credit limit", "money", group="trade", about="how much may be open at a time"),
    Field("phone", "phone", "phone", group="basic", shown=1, about="main phone number"),
    Field("email", "email", "email", group="basic", about="main email address"),
    Field("route", "route", group="visiting", about="the visiting route the customer lies on"),
    Field("route_order", "place on route", "integer", group="visiting", about="the place on that route"),
    Field("tags", "tags", "tags", group="basic", about="words to group by; repeat the option"),
    Field("last_contact_on", "last contact", "date", given=False, shown=1),
    Field("next_callback_on", "next callback", "date", given=False, shown=1),
    Field("open_complaints", "open complaints", "integer", given=False),
    Field("balance", "balance", "money", given=False),
    Field("created_at", "created", "instant", given=False),
    Field("updated_at", "updated", "instant", given=False),
    Field("external_id", "external id", group="basic", listed=False, about="the key of this customer in another program"),
    Field("short_name", "short name", group="basic", listed=False, about="a short name for lists"),
    Field("address", "address", group="basic", listed=False, about="postal address"),
    Field("source", "source", group="basic", listed=False, about="how they came to us"),
    Field("referred_by", "referred by", group="basic", listed=False, about="who sent them"),
    Field("terms", "settlement terms", "settlement", group="trade", listed=False, about="when bills are due: 30, cash, cash-on-delivery, before-delivery, weekly, half-monthly, monthly, monthly+15, end-of-next-month"),
    Field("supply_stopped", "supply stopped", group="trade", listed=False, about="why supply is stopped"),
    Field("payment_record", "payment record", group="trade", listed=False, about="how they pay"),
    Field("competitors", "competitors", group="trade", listed=False, about="competitors present there"),
    Field("attitude", "attitude", "choice", "attitude", group="trade", listed=False, about="supportive, neutral or cool"),
    Field("promotions", "promotions", group="trade", listed=False, about="promotions they take part in"),
    Field("category_spend", "spend in our category", "money", group="trade", listed=False, about="what they spend a year on what we sell, with anybody"),
    Field("contract_start_on", "contract start", "date", group="trade", listed=False, about="first day of the contract"),
    Field("contract_end_on", "contract end", "date", group="trade", listed=False, about="last day of the contract"),
    Field("receiving_hours", "receiving hours", group="delivery", listed=False, about="when goods are taken in"),
    Field("goods_place", "goods placed", group="delivery", listed=False, about="where goods are put"),
    Field("parking", "parking", group="delivery", listed=False, about="where to park, whom to ask"),
    Field("delivery_wishes", "delivery wishes", group="delivery", listed=False, about="other wishes about deliveries"),
    Field("visit_every", "visit every", "interval", group="visiting", listed=False, about="how often to visit: 14d, 2w, 1m"),
    Field("best_time", "best time", group="visiting", listed=False, about="best time to call"),
    Field("channel", "preferred channel", "choice", "channel", group="visiting", listed=False, about="preferred channel"),
    Field("do_not_contact", "do not contact", "flag", group="visiting", listed=False, about="yes: nothing is planned, nobody calls"),
    Field("reviewed_on", "reviewed", "date", group="basic", listed=False, about="when the card was last gone through"),
    Field("completeness", "complete", "integer", given=False, listed=False, kept=False),
    Field("archived_on", "archived", "date", given=False, listed=False),
    Field("parent_id", "head office id", "integer", given=False),
    Field("parent", "head office", "customer", group="basic", about="the head office that this customer is a branch of"),
)

BRANCH: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("name", "name", given=False, shown=1),
    Field("balance", "balance", "money", given=False, shown=1),
    Field("archived_on", "archived", "date", given=False, shown=2),
)

TOGETHER: Final = (
    Field("customers", "customers", "integer", given=False, shown=1),
    Field("balance", "balance", "money", given=False, shown=1),
    Field("credit_limit", "credit limit", "money", given=False, shown=1),
    Field("overdue", "overdue amount", "money", given=False, shown=1),
    Field("open_complaints", "open complaints", "integer", given=False, shown=1),
)

CUSTOMERS: Final = Kind("customer", CUSTOMER, "name_key, id", open={"archived_on": (None,)}, sorts={"name": "name_key"}, own_fields=True)

CONTACT: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("name", "full name", group="contact", shown=1, about="the contact's name"),
    Field("nickname", "nickname", group="contact", about="what they are called"),
    Field("role", "role", group="contact", shown=1, about="what they do there"),
    Field("phone", "phone", "phone", group="contact", shown=1, about="phone number; repeat the option for several"),
    Field("email", "email", "email", group="contact", shown=2, about="email address"),
    Field("wechat", "WeChat", group="contact", shown=2, about="WeChat name"),
    Field("birthday", "birthday", "birthday", group="contact", shown=2, about="1985-03-12, or 03-12 without the year; 农历八月十五 or lunar 8-15"),
    Field("sign_off", "signs as", "choice", "sign_off", group="contact", about="place in the payment sign-off chain"),
    Field("remarks", "remarks", group="contact", about="what else to know"),
    Field("left_on", "left", "date", group="contact", about="since when they are no longer there"),
    Field("moved_to", "moved to", "integer", given=False, listed=False),
    Field("family", "family", group="personal", listed=False, personal=True, about="personal: family"),
    Field("hobbies", "hobbies", group="personal", listed=False, personal=True, about="personal: hobbies"),
    Field("clubs", "clubs", group="personal", listed=False, personal=True, about="personal: clubs"),
    Field("faith", "faith", group="personal", listed=False, personal=True, about="personal: faith"),
    Field("customs", "customs", group="personal", listed=False, personal=True, about="personal: customs"),
    Field("lunar_birthday", "lunar birthday", "lunar", given=False, shown=2),
)

CONTACTS: Final = Kind("contact", CONTACT, "customer_id, id", open={"archived_on": (None,)})

NOTE: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False),
    Field("noted_at", "noted", "instant", given=False, shown=1),
    Field("by", "by", given=False, shown=1),
    Field("text", "text", shown=1),
    Field("remind_on", "remind on", "date", shown=1),
    Field("remind_at", "remind at", "instant", given=False, shown=2),
    Field("pinned", "pinned", "flag", shown=2),
    Field("settled_on", "settled", "date", given=False),
)

NOTES: Final = Kind("note", NOTE, open={"archived_on": (None,)})

LOSS: Final = (
    Field("id", "id", "integer", given=False),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("status", "status", "choice", "customer_status", given=False, shown=1),
    Field("lost_on", "lost", "date", shown=1),
    Field("kind", "kind of loss", "choice", "loss_kind", shown=1),
    Field("cause", "cause of loss", "choice", "loss_cause", shown=1),
    Field("text", "text", shown=1),
    Field("by", "by", given=False, shown=2),
    Field("attempts", "win-back attempts", "integer", given=False, shown=2),
    Field("won_back_on", "won back", "date", shown=1),
    Field("won_back_text", "how it was won back", shown=1),
    Field("won_back_by", "won back by", given=False, shown=2),
)

LOSSES: Final = Kind(
    "loss",
    (*(field for field in LOSS if field.name not in ("status", "attempts")), CREATED),
    open={"archived_on": (None,)},
)

GRADING: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer", "customer", given=False, shown=1),
    Field("key_account", "key account", given=False, shown=2),
    Field("owner", "owner", given=False, shown=2),
    Field("grade", "grade", "choice", "grade", given=False, shown=1),
    Field("proposed", "proposed", "choice", "grade", given=False, shown=1),
    Field("sales", "total sales", "money", given=False, shown=1),
    Field("share", "share", "share", given=False, shown=2),
    Field("before", "share before it", "share", given=False, shown=2),
    Field("why", "why", given=False, shown=1),
)

RFM: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer", "customer", given=False, shown=1),
    Field("key_account", "key account", given=False, shown=2),
    Field("owner", "owner", given=False, shown=2),
    Field("days", "days", "integer", given=False, shown=1),
    Field("orders", "orders", "integer", given=False, shown=1),
    Field("money", "money", "money", given=False, shown=1),
    Field("recency", "R", "integer", given=False, shown=1),
    Field("frequency", "F", "integer", given=False, shown=1),
    Field("monetary", "M", "integer", given=False, shown=1),
    Field("segment", "segment", "choice", "segment", given=False, shown=1),
    Field("grade", "grade", "choice", "grade", given=False, shown=2),
)

SEGMENT: Final = (
    Field("segment", "segment", "choice", "segment", given=False, shown=1),
    Field("customers", "customers", "integer", given=False, shown=1),
    Field("money", "money", "money", given=False, shown=1),
    Field("share", "share", "share", given=False, shown=1),
)

RISK: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer", "customer", given=False, shown=1),
    Field("key_account", "key account", given=False, shown=2),
    Field("grade", "grade", "choice", "grade", given=False, shown=2),
    Field("owner", "owner", given=False, shown=2),
    Field("phone", "phone", "phone", given=False, shown=1),
    Field("reasons", "reasons", "tags", given=False),
    Field("why", "why", given=False, shown=1),
    Field("last_sale_on", "last sale", "date", given=False, shown=2),
    Field("last_contact_on", "last contact", "date", given=False, shown=2),
)

JOURNEY: Final = (
    Field("on", "on", "date", given=False, shown=1),
    Field("time", "time", given=False, shown=2),
    Field("touch", "touch point", "choice", "touch", given=False, shown=1),
    Field("phase", "phase", "choice", "phase", given=False, shown=1),
    Field("channel", "channel", "choice", "channel", given=False, shown=2),
    Field("direction", "direction", "choice", "direction", given=False, shown=2),
    Field("satisfaction", "satisfaction", "integer", given=False, shown=2),
    Field("text", "text", given=False, shown=1),
    Field("by", "by", given=False, shown=2),
    Field("ref", "ref", given=False, shown=1),
)
# fmt: on
