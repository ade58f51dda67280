"""The fields of promises and pledges, declared once."""

from typing import Final

from csm.domain.kinds import CREATED, Field, Kind

# fmt: off
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

PROMISES: Final = Kind("promise", PROMISE, "due_at, id", open={"status": ("open",)}, owner="in_charge")

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

PLEDGES: Final = Kind("pledge", PLEDGE, open={"retired_on": (None,)}, added=(CREATED,))
# fmt: on
