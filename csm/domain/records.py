"""The fields of every kind of record, declared once.

One table per kind makes the options of `add` and `edit`, the filters and columns of lists, the layout of cards and
the headings of imports and exports. Nothing here reads, stores or prints.
"""

from typing import Final, Literal, NamedTuple

Kind = Literal[
    "text",  # one line or more of text
    "choice",  # one of a closed list of terms
    "date",  # a calendar day, ISO 8601 text
    "instant",  # a moment, UTC text `2026-11-21T07:30:00Z`
    "money",  # whole cents
    "integer",
    "phone",  # as typed
    "email",
    "tags",  # texts joined by `;`
    "flag",  # 0 or 1
    "interval",  # 30d, 2w, 1m, 1y
    "settlement",  # 30, half-monthly, monthly+15
    "birthday",  # `1985-03-12`, or `--03-12` where the year isn't known
    "json",  # records of a record, as a text of json
    "quantity",  # a number with at most three decimals
    "score",  # points of a scale, or a difference of them; people read at most two decimals
    "share",  # a part of a whole, 1.0 for all of it; people read it in per cent
]


class Field(NamedTuple):
    """One field of a kind of record.

    name: key in json and csv, column of the view; typed as an option it has dashes.
    heading: English heading of tables and cards, a msgid of the catalogue under the context "heading".
    terms: for choices, the name of the closed list in `csm.domain.terms`.
    group: section of the card.
    given: can be given to `add`, `edit` and an import; else it is computed.
    listed: a key that csv and json always carry (the contract, section 3); others appear on request.
    shown: in a table without `--columns`: 0 no, 1 always, 2 where the screen has room.
    personal: left out of lists and exports unless asked for (handbook 3).
    about: help text.
    """

    name: str
    heading: str
    kind: Kind = "text"
    terms: str = ""
    group: str = ""
    given: bool = True
    listed: bool = True
    shown: int = 0
    personal: bool = False
    about: str = ""


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
    Field("terms", "settlement terms", "settlement", group="trade", listed=False, about="when bills are due: days, half-monthly, monthly+N"),
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
    Field("completeness", "complete", "integer", given=False, listed=False),
    Field("archived_on", "archived", "date", given=False, listed=False),
)

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
    Field("birthday", "birthday", "birthday", group="contact", shown=2, about="1985-03-12, or 03-12 without the year"),
    Field("sign_off", "signs as", "choice", "sign_off", group="contact", about="place in the payment sign-off chain"),
    Field("remarks", "remarks", group="contact", about="what else to know"),
    Field("left_on", "left", "date", group="contact", about="since when they are no longer there"),
    Field("moved_to", "moved to", "integer", given=False, listed=False),
    Field("family", "family", group="personal", listed=False, personal=True, about="personal: family"),
    Field("hobbies", "hobbies", group="personal", listed=False, personal=True, about="personal: hobbies"),
    Field("clubs", "clubs", group="personal", listed=False, personal=True, about="personal: clubs"),
    Field("faith", "faith", group="personal", listed=False, personal=True, about="personal: faith"),
    Field("customs", "customs", group="personal", listed=False, personal=True, about="personal: customs"),
)

CALLBACK: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("phone", "phone", "phone", given=False, shown=1),
    Field("contact", "contact", shown=2, about="whom to speak to"),
    Field("direction", "direction", "choice", "direction", about="outgoing, or incoming when the customer began it"),
    Field("channel", "channel", "choice", "channel", shown=2, about="phone, visit, wechat, email, ..."),
    Field("purpose", "purpose", "choice", "purpose", shown=1, about="what it is for"),
    Field("status", "status", "choice", "callback_status", given=False, shown=2),
    Field("due_on", "due", "date", shown=1, about="the planned day"),
    Field("done_at", "done", "instant", given=False),
    Field("outcome", "outcome", "choice", "outcome", given=False),
    Field("satisfaction", "satisfaction", "integer", about="1 to 5"),
    Field("tries", "tries", "integer", given=False),
    Field("note", "note", shown=1, about="what was planned or said"),
    Field("complaint_id", "complaint", "integer", given=False),
    Field("sale_id", "sale", "integer", given=False),
    Field("every", "every", "interval", about="repeat: 30d, 2w, 1m, 1y"),
    Field("due_at", "due at", "instant", given=False, shown=2),
    Field("last_try", "last try", given=False, shown=2),
    Field("owner", "owner", listed=False, about="who is to do it"),
    Field("from_done", "counted from the day done", "flag", listed=False, about="count the next one from the day it was done"),
    Field("objection", "objection", "choice", "objection", listed=False, about="objection raised, by its type"),
    Field("suggestion", "suggestion", listed=False, about="suggestion made"),
    Field("cost", "cost", "money", listed=False, about="what it cost us"),
    Field("origin", "origin", "choice", "origin", given=False, listed=False),
    Field("after_sale", "after-sale plan", "choice", "after_sale", given=False, listed=False),
    Field("planned_on", "first planned", "date", given=False, listed=False),
    Field("done_on", "day done", "date", given=False, listed=False),
    Field("reason", "reason", given=False, listed=False),
    Field("created_at", "created", "instant", given=False, listed=False),
    Field("planned_note", "planned note", given=False, listed=False),
    Field("series_on", "series counted from", "date", given=False, listed=False),
    Field("series_time", "time of the series", given=False, listed=False),
    Field("done_by", "done by", given=False, listed=False),
    Field("served_with", "served with", "integer", given=False, listed=False),
    Field("external_id", "external id", given=False, listed=False),
)

STAFF: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("name", "full name", shown=1, about="the name as written in cases and cards"),
    Field("level", "level", "choice", "level", shown=1, about="level of authority, 0 to 3"),
    Field("department", "department", shown=1, about="department"),
    Field("phone", "phone", "phone", shown=1, about="phone number"),
    Field("email", "email", "email", shown=2, about="email address"),
    Field("retired_on", "retired", "date", given=False, shown=2),
)

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

DUE: Final = (
    Field("kind", "kind", "choice", "due_kind", given=False, shown=2),
    Field("id", "id", "integer", given=False),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("contact", "contact", given=False, shown=2),
    Field("phone", "phone", "phone", given=False, shown=1),
    Field("what", "what", given=False, shown=1),
    Field("due", "due", "date", given=False, shown=1),
    Field("days_late", "days late", "integer", given=False, shown=1),
    Field("owner", "owner", given=False, shown=2),
    Field("level", "level", "integer", given=False),
    Field("last_said", "last said", given=False, shown=2),
    Field("ref", "ref", given=False, shown=1),
    Field("due_at", "due at", "instant", given=False),
    Field("best_time", "best time", given=False),
)

COMPLAINT: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("level", "level of complaint", "choice", "complaint_level", about="grievance, or complaint"),
    Field("severity", "severity", "choice", "severity", shown=2, about="general or serious"),
    Field("content", "content", "choice", "content", about="what it is about: product, service, price or integrity"),
    Field("problem", "problem", "choice", "problem", shown=2, about="late-delivery, staff-attitude, goods-damaged, ..."),
    Field("summary", "summary", given=False, shown=1),
    Field("step", "last step", "choice", "step", given=False),
    Field("next_step", "next step", "choice", "step", given=False, shown=1),
    Field("status", "status", "choice", "case_status", given=False, shown=2),
    Field("escalation_level", "level", "choice", "level", given=False, shown=2),
    Field("owner", "in charge", given=False, shown=2),
    Field("department", "department", given=False),
    Field("founded", "founded", "choice", "founded", given=False),
    Field("responsibility", "responsibility", "choice", "responsibility", given=False),
    Field("cause", "cause", "choice", "cause", given=False),
    Field("compensation", "compensation", "money", given=False),
    Field("received_at", "received", "instant", given=False, shown=2),
    Field("first_response_at", "first response", "instant", given=False),
    Field("first_response_due", "first response due", "instant", given=False),
    Field("proposal_due", "proposal due", "instant", given=False),
    Field("resolution_due", "resolution due", "instant", given=False),
    Field("implemented_at", "implemented", "instant", given=False),
    Field("closed_at", "closed", "instant", given=False),
    Field("waiting_since", "waiting since", "instant", given=False),
    Field("reopened", "reopened", "integer", given=False),
    Field("satisfaction", "satisfaction", "integer", given=False),
    Field("overdue", "overdue", "flag", given=False, shown=1),
    Field("next_clock", "next clock", "choice", "clock", given=False, shown=2),
    Field("next_due_at", "due", "instant", given=False, shown=1),
    Field("details", "details", listed=False, about="what happened, in the customer's words"),
    Field("channel", "channel", "choice", "channel", listed=False, about="how it came in: phone, visit, hotline, ..."),
    Field("want", "wants", "choice", "want", listed=False, about="what the customer really wants: fast, respect, account, compensation, prevention"),
    Field("claim", "claim", "money", listed=False, about="the amount the customer claims"),
    Field("contact", "contact", given=False, listed=False),
    Field("phone", "phone", "phone", given=False, listed=False),
    Field("caller", "caller", listed=False, about="who called, where it isn't a contact on record"),
    Field("caller_phone", "caller's phone", "phone", listed=False, about="the number they called from"),
    Field("answer", "answer", given=False, listed=False),
    Field("done", "what was done", given=False, listed=False),
    Field("about", "about staff", listed=False, about="the member of staff it is about"),
    Field("found_by", "found by", "choice", "found_by", listed=False, about="us, before the customer complained, or customer"),
    Field("live", "taken live", "flag", given=False, listed=False),
    Field("settled_on_spot", "settled on the spot", "flag", given=False, listed=False),
    Field("route", "route of handling", "choice", "route", given=False, listed=False),
    Field("failure", "failure", "choice", "failure", given=False, listed=False),
    Field("recovery", "recovery", "choice", "recovery", given=False, listed=False),
    Field("outcome", "outcome", "choice", "case_outcome", given=False, listed=False),
    Field("waiting_for", "waiting for", given=False, listed=False),
    Field("lesson", "lesson", given=False, listed=False),
    Field("missed", "deadlines missed", "integer", given=False, listed=False),
    Field("escalated_by_hand", "escalated by hand", "integer", given=False, listed=False),
    Field("escalated_by_policy", "escalated by policy", "integer", given=False, listed=False),
    Field("feedback", "feedback", "choice", "feedback", given=False, listed=False),
    Field("technician_due", "technician contact due", "instant", given=False, listed=False),
    Field("callback_id", "callback", "integer", given=False, listed=False),
    Field("sale_id", "sale", "integer", given=False, listed=False),
    Field("external_id", "external id", given=False, listed=False),
    Field("created_at", "created", "instant", given=False, listed=False),
)

EVENT: Final = (
    Field("at", "at", "instant", given=False, shown=1),
    Field("by", "by", given=False, shown=1),
    Field("step", "step", given=False, shown=1),
    Field("text", "text", given=False, shown=1),
    Field("level", "level", "integer", given=False, shown=1),
)

DEADLINE: Final = (
    Field("clock", "clock", "choice", "clock", given=False, shown=1),
    Field("due", "due", "instant", given=False, shown=1),
    Field("met_at", "met", "instant", given=False, shown=1),
    Field("missed", "missed", "flag", given=False, shown=1),
    Field("round", "round", "integer", given=False),
    Field("start_at", "started", "instant", given=False),
    Field("target", "target", given=False, shown=2),
    Field("standing", "standing", given=False),
)

PROMISE: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("text", "promised", given=False, shown=1),
    Field("direction", "whose", "choice", "promise_direction", given=False, shown=2),
    Field("in_charge", "in charge", given=False, shown=2),
    Field("due_at", "due", "instant", given=False, shown=1),
    Field("kept_at", "kept", "instant", given=False, shown=2),
    Field("status", "status", "choice", "promise_status", given=False, shown=1),
    Field("compensation", "compensation", "money", given=False),
    Field("pledge_id", "pledge", "integer", given=False),
    Field("complaint_id", "complaint", "integer", given=False, shown=2),
    Field("clock", "clock", "choice", "promise_clock", given=False),
    Field("phone", "phone", "phone", given=False, listed=False),
    Field("ended_text", "how it ended", given=False, listed=False),
    Field("origin", "origin", "choice", "promise_origin", given=False, listed=False),
    Field("external_id", "external id", given=False, listed=False),
    Field("created_at", "created", "instant", given=False, listed=False),
    Field("created_by", "made by", given=False, listed=False),
)

PLEDGE: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("text", "pledged", given=False, shown=1),
    Field("scope", "of", "choice", "pledge_scope", shown=2, about="attribute: one feature; whole: the whole service"),
    Field("subject", "guarantees", "choice", "pledge_subject", shown=2, about="result, or the way it is done"),
    Field("conditions", "conditions", shown=2, about="on what conditions (default: none)"),
    Field("within", "within", given=False, shown=1),
    Field("compensation", "compensation", "money", shown=1, about="what the customer gets when it is broken"),
    Field("retired_on", "discontinued", "date", given=False, shown=2),
)

LESSON: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer", "customer", given=False, shown=2),
    Field("closed_at", "closed", "instant", given=False, shown=1),
    Field("problem", "problem", "choice", "problem", given=False, shown=2),
    Field("cause", "cause", "choice", "cause", given=False, shown=2),
    Field("lesson", "lesson", given=False, shown=1),
    Field("summary", "summary", given=False, shown=2),
    Field("prevention", "prevention", given=False, shown=1),
    Field("in_charge", "in charge", given=False, shown=2),
    Field("prevention_due_on", "due", "date", given=False, shown=2),
    Field("prevention_done_at", "done", "instant", given=False, shown=2),
)

SETTING: Final = (
    Field("key", "key", given=False, shown=1),
    Field("value", "value", given=False, shown=1),
    Field("default", "default", given=False, shown=2),
    Field("unit", "unit", given=False, shown=1),
    Field("about", "about", given=False, shown=1),
)

HOLIDAY: Final = (
    Field("date", "date", "date", given=False, shown=1),
    Field("kind", "kind", "choice", "holiday_kind", given=False, shown=1),
    Field("name", "name", given=False, shown=1),
)
# fmt: on


def names(fields: tuple[Field, ...]) -> list[str]:
    """Return the names of `fields` in their order."""
    return [field.name for field in fields]


def named(fields: tuple[Field, ...], name: str) -> Field:
    """Return the field called `name`; raise KeyError where there is none."""
    for field in fields:
        if field.name == name:
            return field
    raise KeyError(name)
