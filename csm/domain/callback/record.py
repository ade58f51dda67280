"""The fields of callbacks, declared once."""

from typing import Final

from csm.domain.kinds import Field, Kind

# fmt: off
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
    Field("every", "every", "interval", about="repeat: 30d, 2w, 1m, 1y, eom (end of each month), workday"),
    Field("due_at", "due at", "instant", given=False, shown=2),
    Field("last_try", "last try", given=False, shown=2, kept=False),
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
    Field("agreed_on", "counts by", "date", given=False, listed=False),
    Field("best_time", "best time", given=False, shown=2, kept=False),
)

CALLBACKS: Final = Kind(
    "callback",
    CALLBACK,
    "due_on, due_at?, id",
    open={"status": ("open",), "archived_on": (None,)},
    # One cell of json also in a spreadsheet: what was said on a try in vain stands nowhere else.
    nested=(Field("tries_made", "tries made", "json"),),
)
# fmt: on
