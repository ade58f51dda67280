"""The fields of cases, their events, deadlines and lessons, declared once."""

from typing import Final

from csm.domain.kinds import Field, Kind

# fmt: off
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
    Field("next_step", "next step", "choice", "next_step", given=False, shown=1),
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
    Field("overdue", "overdue", "flag", given=False, shown=1, kept=False),
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
    Field("void", "counts nowhere", "choice", "void", given=False),
    Field("double_of", "double of", "integer", given=False),
    Field("recovery_time", "recovery made", "choice", "recovery_time", given=False),
)

COMPLAINTS: Final = Kind(
    "complaint",
    COMPLAINT,
    "next_due_at?, id",
    open={"status": ("open", "waiting")},
    nested=(Field("events", "events", "json"), Field("preventions", "preventions", "json")),
)

EVENT: Final = (
    Field("at", "at", "instant", given=False, shown=1),
    Field("by", "by", given=False, shown=1),
    Field("step", "step", given=False, shown=1),
    Field("text", "text", given=False, shown=1),
    Field("level", "level", "integer", given=False, shown=1),
)

# What counts against the limit of whoever decides on a case, and who may (source: handbook 6.6).
AUTHORITY: Final = (
    Field("given", "given so far", "money", given=False, shown=1),
    Field("proposed", "proposed", "money", given=False, shown=1),
    Field("total", "together", "money", given=False, shown=1),
    Field("level", "level", "choice", "level", given=False, shown=1),
    Field("limit", "may decide up to", "money", given=False, shown=1),
    Field("deciders", "may decide", "tags", given=False, shown=1),
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

LESSONS: Final = Kind(
    "complaint", LESSON, "-closed_at, id", searched=("lesson", "summary", "prevention", "customer"), source="lesson_list"
)
# fmt: on
