"""Case files for the tests: an open one that waits for approval, a closed one, and one with everything hard in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from csm.domain.callback.record import CALLBACK
from csm.domain.complaint.authority import decision, limit
from csm.domain.complaint.case import Case, Event
from csm.domain.complaint.clocks import Deadline
from csm.domain.complaint.page import CaseFile, Clock
from csm.domain.complaint.record import COMPLAINT
from csm.domain.kinds import names
from csm.domain.settings import Policy
from csm.domain.time.instant import Zone
from csm.domain.time.working_hours import utc
from tests.render.cards import HARD_TEXT

ZONE: Final = Zone("Asia/Shanghai")
TARGETS: Final = {
    severity: {"first-response": "8h", "proposal": "3d", "resolution": "7d"}
    for severity in ("general", "serious", "malicious")
}


def at(text: str) -> int:
    """Return a local time of November 2026, `20 16:00`, in epoch seconds."""
    return ZONE.epoch(datetime.fromisoformat(f"2026-11-{text}"))


def event(
    when: str, step: str, text: str | None = None, level: int = 0, /, *, person: str = "wang", **data: Any
) -> Event:
    return Event(at(when), person, step, text, level, data)


def deadline(clock: str, due: str, standing: str = "running", met: str | None = None, **more: Any) -> Deadline:
    values = {"round": 1, "start": at("20 16:00"), "target": "8h", "missed": False, "plain": True, **more}
    return Deadline(clock=clock, due=at(due), standing=standing, met=at(met) if met else None, **values)


def complaint(**values: Any) -> dict[str, Any]:
    plain = {
        "id": 3,
        "customer_id": 12,
        "customer": "金龙大酒店",
        "level": "complaint",
        "severity": "general",
        "summary": "送货晚了三天，两箱受潮",
        "step": "record",
        "status": "open",
        "escalation_level": 0,
        "received_at": utc(at("20 16:00")),
        "overdue": 0,
        "channel": "phone",
        "found_by": "customer",
        "contact": "李娜",
        "phone": "138 0013 8000",
        "live": 0,
    }
    return {**dict.fromkeys(names(COMPLAINT)), **plain, **values}


POLICY: Final = Policy({})


def record_event(**data: Any) -> Event:
    told = {"level": "complaint", "severity": "general", "owner": "wang", "targets": TARGETS, **data}
    return event("20 16:00", "record", "送货晚了三天，两箱受潮", **told)


def case_file(events: list[Event], **values: Any) -> CaseFile:
    case = Case.of(events)
    plain = {
        "id": 3,
        "complaint": complaint(),
        "case": case,
        "events": events,
        "clocks": [],
        "promises": [],
        "preventions": [],
        "callbacks": [],
        "four_r": (None, None, None, None),
        "first_resolution": None,
        "total_resolution": None,
        "step_number": None,
        "next_action": "",
        "deciders": [],
        "early": None,
        "now": at("23 10:30"),
        "decision": decision(case, POLICY),
        "limit": limit(decision(case, POLICY).needed, POLICY),
    }
    return CaseFile(**{**plain, **values})


def promise(**values: Any) -> dict[str, Any]:
    plain = {
        "id": 7,
        "customer_id": 12,
        "complaint_id": 3,
        "pledge_id": None,
        "text": "call back with the driver's report",
        "direction": "ours",
        "in_charge": "wang",
        "due_at": utc(at("23 10:00")),
        "status": "open",
        "kept_at": None,
        "ended_text": None,
        "clock": None,
        "origin": "reply-by",
        "compensation_cents": None,
        "external_id": None,
        "created_at": utc(at("21 11:00")),
        "created_by": "wang",
    }
    return {**plain, **values}


def callback(**values: Any) -> dict[str, Any]:
    plain = {"id": 40, "purpose": "satisfaction", "channel": "phone", "status": "open", "due_on": "2026-11-30"}
    return {**dict.fromkeys(names(CALLBACK)), **plain, **values}


_OPEN_EVENTS: Final = [
    record_event(severity="serious", live=True),
    event("20 16:00", "escalate", None, 1, how="trigger", triggers=["media", "claim"]),
    event("20 16:30", "respond", "apologised, promised to find out", 1, apologised=True),
    event("21 09:10", "judge", "delivery note shows the 17th", 1, founded="founded", responsibility="ours"),
    event(
        "21 09:20", "assign", None, 1, to="li", department="物流", route="settle", points="the wet cartons; the delay"
    ),
    event("21 11:00", "wait", "photographs of the cartons", 1),
    event("21 15:00", "resume", None, 1, waited=3 * 3600),
    event("21 15:10", "analyse", "the van stood open in the rain", 1, person="li", failure="process", cause="company"),
    event("21 18:00", "miss", None, 1, person="policy", clock="proposal", number=1, due=utc(at("21 18:00"))),
    event(
        "23 09:00",
        "escalate",
        None,
        2,
        person="policy",
        clock="proposal",
        number=1,
        due=utc(at("21 18:00")),
        how="clock",
    ),
    event(
        "23 09:05", "escalate", "customer asks for the head", 2, how="hand", reply_by=utc(at("23 10:00")), promise_id=7
    ),
    event("23 09:30", "propose", "replace both cartons", 2, person="li", compensation_cents=260000, recovery="more"),
]
OPEN: Final = case_file(
    _OPEN_EVENTS,
    complaint=complaint(
        severity="serious",
        next_step="approve",
        overdue=1,
        want="compensation",
        content="service",
        problem="late-delivery",
        claim=500000,
        about="driver Zhang",
        details="The van came on the 20th instead of the 17th; two cartons were wet through and the labels had come off.",
    ),
    clocks=[
        Clock(deadline("first-response", "20 18:00", "met", "20 16:00", target="2h"), "met", 0, 0),
        Clock(deadline("proposal", "21 18:00", "met", "23 09:30", target="1d", missed=True), "met-late", 1800, 0),
        Clock(deadline("resolution", "23 10:00", target="3d"), "late", 1790, 0),
    ],
    promises=[
        promise(),
        promise(id=8, direction="theirs", text="sends the photographs", status="kept", in_charge=None),
    ],
    step_number=6,
    next_action="approve",
    deciders=["陈总", "zhao"],
    four_r=("apologised, promised to find out", None, None, None),
)

_HARD_EVENTS: Final = [
    record_event(),
    event("20 16:20", "note", HARD_TEXT + "\r\n" + "很" * 100, person="o\u202e"),
    event("20 17:00", "judge", HARD_TEXT, founded="founded", responsibility="third-party", severity="malicious"),
    event("20 17:10", "assign", None, to=HARD_TEXT, department=HARD_TEXT, route="technical", points=HARD_TEXT),
    event("20 17:20", "analyse", HARD_TEXT, failure="outcome", cause="environment"),
    event("20 17:30", "propose", HARD_TEXT, compensation_cents=0, recovery="symbolic"),
    event("20 17:35", "reject", HARD_TEXT, person="陈总"),
    event("20 17:40", "propose", "a second proposal", compensation_cents=5000, recovery="equal"),
    event("20 17:45", "approve", None, person="陈总"),
    event("21 09:00", "implement", HARD_TEXT, outcome="partial", on_the_spot=True),
    event("21 10:00", "summary", "summary", lesson=HARD_TEXT),
    event("21 10:10", "feedback", HARD_TEXT, satisfaction=2, callback_id=40),
    event("21 10:10", "reopen", None, how="satisfaction", satisfaction=2),
    event("21 10:20", "raise", None),
    event("21 10:30", "handover", None, **{"from": HARD_TEXT, "to": "\x1b[31mli"}),
    event("21 10:40", "escalate", HARD_TEXT, 3, how="hand", triggers=["lawyer", HARD_TEXT]),
    event("21 10:50", "promise", HARD_TEXT, 3, promise_id=9, due=utc(at("28 18:00"))),
    event("21 10:55", "prevention", HARD_TEXT, 3, prevention_id=1, in_charge=HARD_TEXT, due="2026-12-24"),
    event(
        "21 10:56",
        "correct",
        HARD_TEXT,
        3,
        before={"summary": HARD_TEXT, "claim_cents": None, "received_at": utc(at("20 16:00"))},
        after={"summary": "a shorter one", "claim_cents": 5000, "received_at": utc(at("20 15:00")), "unheard_of": 1},
    ),
    event("21 11:00", "wait", HARD_TEXT, 3),
    event("21 11:01", "an-unknown-step", HARD_TEXT, 3, unheard_of=HARD_TEXT),
]
HARD: Final = case_file(
    _HARD_EVENTS,
    complaint=complaint(
        summary=HARD_TEXT, customer=HARD_TEXT, contact=HARD_TEXT, phone="1" * 20, details=HARD_TEXT + "x" * 200,
        about=HARD_TEXT,
    ),
    clocks=[
        Clock(deadline("first-response", "21 10:00", "stopped", missed=True), "stopped", 0, 0),
        Clock(deadline("technician", "20 18:00", "met", "21 09:00", missed=True, target="same day"), "met-late", 1, 0),
        Clock(deadline("proposal", "23 17:00", "paused"), "waiting", 0, 3 * 3600 + 59),
        Clock(deadline("resolution", "20 17:00", "paused", round=2, missed=True), "late-waiting", 3601, 0),
    ],
    promises=[promise(text=HARD_TEXT, in_charge=HARD_TEXT, status="broken")],
    preventions=[
        {"id": 1, "text": HARD_TEXT, "in_charge": None, "due_on": "2026-12-24", "done_at": None, "done_text": None},
        {
            "id": 2,
            "text": "covers for the vans",
            "in_charge": HARD_TEXT,
            "due_on": "2026-12-24",
            "done_at": utc(at("22 10:00")),
            "done_text": HARD_TEXT,
        },
    ],
    callbacks=[callback(note=HARD_TEXT, satisfaction=2, status="done", done_on="2026-11-21"), callback(id=41)],
    first_resolution=3 * 3600 + 60,
    total_resolution=49 * 3600,
    step_number=5,
    next_action="resume",
    four_r=(HARD_TEXT, "cartons replaced", "50.00", None),
)  # fmt: skip

_CLOSED_EVENTS: Final = [
    record_event(level="grievance"),
    event(
        "20 16:10", "close", "replaced the cartons at once", status="closed", satisfaction=4, lesson="check the doors"
    ),
]
CLOSED: Final = case_file(
    _CLOSED_EVENTS,
    complaint=complaint(level="grievance", status="closed", contact=None, phone=None),
    next_action="reopen",
    early=True,
)

FILES: Final = {"open": OPEN, "hard": HARD, "closed": CLOSED}
