"""The fields of services rendered and of what was ticked of their checklists, declared once."""

from typing import Final

from csm.domain.kinds import Field, Kind

# fmt: off
SERVICE: Final = (
    Field("id", "id", "integer", given=False, shown=1),
    Field("customer_id", "customer id", "integer", given=False),
    Field("customer", "customer", given=False, shown=1),
    Field("kind", "kind", "choice", "service_kind", given=False, shown=1, about="what was done: delivery, repair, visit, ..."),
    Field("phase", "phase", "choice", "phase", shown=2, about="before, during or after the sale; as usual for the kind unless told"),
    Field("technical", "technical", "flag", about="yes: a technical service"),
    Field("place", "place", "choice", "place", about="ours or theirs; as usual for the kind unless told"),
    Field("paid", "charged", "money", shown=2, about="what the customer pays for it; free unless told"),
    Field("cost", "cost", "money", shown=2, about="what it cost us"),
    Field("minutes", "minutes", "integer", shown=2, about="how long it took"),
    Field("term", "term", "choice", "service_term", about="long, medium or short; short unless told"),
    Field("regular", "regular", "flag", about="yes: it is done regularly, not once"),
    Field("done_on", "date", "date", shown=1, about="the day it was done (default: today)"),
    Field("by", "done by", shown=2, about="who did it; you unless told"),
    Field("sale_id", "sale", "integer", given=False, shown=2),
    Field("checks", "checks", "tags", given=False),
    Field("not_met", "not met", "integer", given=False, shown=2, kept=False),
    Field("message", "message", shown=2, about="a message from the customer; on the card until it is dealt with"),
    Field("message_done_on", "message dealt with", "date", given=False),
    Field("note", "remarks", shown=1, about="anything to remember about it"),
    Field("external_id", "external id", listed=False, about="the key of this service in another program"),
    Field("message_done_by", "dealt with by", given=False, listed=False),
    Field("message_answer", "answer", given=False, listed=False),
    Field("created_at", "created", "instant", given=False, listed=False),
    Field("created_by", "made by", given=False, listed=False),
)

SERVICES: Final = Kind("service", SERVICE, "-done_on, -id", open={"archived_on": (None,)})

CHECKED: Final = (
    Field("name", "name", given=False, shown=1),
    Field("ticked", "ticked", "integer", given=False, shown=1),
    Field("met", "items met", "integer", given=False, shown=1),
    Field("not_met", "not met", "integer", given=False, shown=1),
    Field("share", "share not met", "share", given=False, shown=1),
    Field("last_on", "last not met", "date", given=False, shown=2),
)
# fmt: on
