"""What the events of a case add up to, from events made by hand (handbook 6.1, 6.3, 6.5)."""

from __future__ import annotations

from typing import Any

import pytest

from csm.domain.complaint.case import CLOSED, STEPS, Case, Event, kind_of
from csm.domain.complaint.next_step import check, next_action, possible
from tests.refusals import refused_as

TARGETS = {
    severity: {"first-response": "8h", "proposal": "3d", "resolution": "7d"}
    for severity in ("general", "serious", "malicious")
}
RECORD = {"level": "complaint", "severity": "general", "owner": "alice", "targets": TARGETS}


def event(at: int, step: str, text: str | None = None, by: str = "alice", stands_at: int = 0, **data: Any) -> Event:
    return Event(at, by, step, text, stands_at, data)


def record(at: int = 0, **more: Any) -> Event:
    return event(at, "record", "the oven is cold", **{**RECORD, **more})


def founded(at: int = 10, **more: Any) -> Event:
    return event(at, "judge", **{"founded": "founded", "responsibility": "ours", **more})


def way(*, route: str = "settle", outcome: str = "full") -> list[Event]:
    """Return a whole case up to step 7, a step every ten seconds."""
    return [
        record(),
        founded(),
        event(20, "assign", to="bob", department="service", route=route),
        event(30, "analyse", "nobody told the warehouse", failure="process", cause="company"),
        event(40, "propose", "a new seal", compensation_cents=10000, recovery="equal"),
        event(50, "approve", "fair", by="Wang Fang"),
        event(60, "implement", "seal changed", outcome=outcome),
    ]


def runs(case: Case) -> list[tuple[str, int, int, int | None, int | None]]:
    return [(run.clock, run.round, run.start, run.met, run.stopped) for run in case.runs]


def met(case: Case, clock: str) -> int | None:
    run = case.run(clock)
    assert run is not None
    return run.met


# --- the steps ----------------------------------------------------------------------------------------------------


def test_the_eight_steps_in_their_order() -> None:
    following = ["judge", "assign", "analyse", "propose", "approve", "implement", "close"]
    case = Case()
    for done, then in zip(way(), following, strict=True):
        case.apply(done)
        assert (case.status, case.step, case.next_step) == ("open", done.step, then)
    case.apply(event(70, "close", "seal changed", status="closed", lesson="check the seals", satisfaction=5))
    assert (case.status, case.step, case.next_step) == ("closed", "close", None)
    assert (case.summary, case.lesson, case.satisfaction) == ("seal changed", "check the seals", 5)
    assert (case.owner, case.department, case.cause, case.compensation_cents) == ("bob", "service", "company", 10000)
    assert (*following, None)[0:7] == STEPS[1:]


def test_what_was_written_down_last_holds() -> None:
    case = Case.of([*way(), event(65, "summary", "first words", lesson="first lesson")])
    case.apply(event(70, "close", "last words", status="closed", satisfaction=4))
    assert (case.summary, case.lesson) == ("last words", "first lesson")


def test_rejected_goes_back_to_step_5_and_another_proposal_takes_its_place() -> None:
    case = Case.of([*way()[:5], event(50, "reject", "too little")])
    assert (case.step, case.next_step) == ("analyse", "propose")
    case.apply(event(60, "propose", "a new oven", compensation_cents=90000))
    assert (case.proposal, case.compensation_cents, met(case, "proposal")) == ("a new oven", 90000, 40)


def test_not_yet_goes_back_to_step_5_and_the_resolution_clock_runs_on() -> None:
    case = Case.of(way(outcome="not-yet"))
    assert (case.step, case.next_step, case.implemented_at) == ("implement", "propose", None)
    assert (met(case, "resolution"), met(case, "first-response")) == (None, 60)


@pytest.mark.parametrize("outcome", ["full", "partial", "cannot"])
def test_resolution_is_step_7_with_an_outcome(outcome: str) -> None:
    case = Case.of(way(outcome=outcome))
    assert (case.next_step, case.implemented_at, met(case, "resolution")) == ("close", 60, 60)


def test_unfounded_is_explained_and_its_resolution_is_met_at_close() -> None:
    told = event(10, "judge", founded="unfounded", responsibility="misunderstanding", explanation="it is for Monday")
    case = Case.of([record(), told])
    assert (case.next_step, case.first_response_at) == ("close", 10)
    assert runs(case) == [
        ("first-response", 1, 0, 10, None),
        ("proposal", 1, 0, None, 10),
        ("resolution", 1, 0, None, None),
    ]
    case.apply(event(20, "close", "explained", status="unfounded", satisfaction=1))
    assert (case.status, met(case, "resolution"), case.reopened) == ("unfounded", 20, 0)


def test_a_grievance_has_no_proposal_and_is_settled_with_a_word() -> None:
    case = Case.of([record(level="grievance")])
    assert [run.clock for run in case.runs] == ["first-response", "resolution"]
    assert case.next_step == "close"
    case.apply(event(30, "close", "opened another till", status="closed"))
    assert (case.status, met(case, "first-response"), met(case, "resolution")) == ("closed", 30, 30)


def test_a_grievance_that_is_raised_starts_step_2_and_its_clocks() -> None:
    case = Case.of([record(level="grievance"), event(50, "raise", "wants it in writing")])
    assert (case.level, case.step, case.next_step) == ("complaint", "record", "judge")
    assert runs(case) == [
        ("first-response", 1, 0, None, None),
        ("resolution", 1, 50, None, None),
        ("proposal", 1, 50, None, None),
    ]


def test_unresolved_ends_every_clock() -> None:
    case = Case.of([*way()[:5], event(60, "close", "no such part", status="unresolved")])
    assert case.status == "unresolved" and all(run.over for run in case.runs)
    assert met(case, "resolution") == 60


def test_withdrawn_stops_the_clocks_and_keeps_the_step() -> None:
    case = Case.of([record(), founded(), event(20, "withdraw", "found it")])
    assert (case.status, case.step, case.next_step, case.closed_at) == ("withdrawn", "judge", None, 20)
    assert {run.stopped for run in case.runs} == {20} and {run.met for run in case.runs} == {None}


@pytest.mark.parametrize("step", ["note", "promise", "prevention", "something of a later version"])
def test_what_only_tells_changes_no_place_and_no_clock(step: str) -> None:
    case = Case.of(way()[:3])
    before = case.status, case.step, case.next_step, runs(case), case.owner
    case.apply(event(99, step, "words", stands_at=1))
    assert (case.status, case.step, case.next_step, runs(case), case.owner) == before
    assert case.escalation_level == 1


def test_a_handover_changes_the_person_in_charge() -> None:
    case = Case.of([*way()[:3], Event(25, "alice", "handover", None, 0, {"from": "bob", "to": "carol"})])
    assert (case.owner, case.step) == ("carol", "assign")


# --- first response -----------------------------------------------------------------------------------------------


def test_the_first_contact_answers_and_later_ones_change_nothing() -> None:
    case = Case.of([record(), event(30, "note", "x"), event(40, "respond", "rang"), event(50, "respond", "again")])
    assert (case.first_response_at, met(case, "first-response")) == (40, 40)


def test_a_response_told_later_moves_the_first_one_back() -> None:
    case = Case.of([record(), event(40, "respond", "rang"), event(25, "respond", "I had already written")])
    assert (case.first_response_at, met(case, "first-response")) == (25, 25)


def test_taken_live_is_answered_at_once() -> None:
    case = Case.of([record(7, live=True), event(40, "respond", "rang")])
    assert (case.live, case.first_response_at, met(case, "first-response")) == (True, 7, 7)


def test_an_apology_stays_said() -> None:
    case = Case.of([record(), event(1, "respond", "sorry", apologised=True), event(2, "respond", "rang")])
    assert case.apologised


def test_the_technician_is_met_by_a_contact_after_the_assignment() -> None:
    case = Case.of([record(), event(5, "respond", "rang"), founded(), event(20, "assign", to="bob", route="technical")])
    assert (met(case, "first-response"), met(case, "technician")) == (5, None)
    case.apply(event(30, "respond", "technician rang"))
    assert (met(case, "first-response"), met(case, "technician")) == (5, 30)


def test_feedback_waits_on_the_technical_route_until_it_is_read() -> None:
    assert Case.of(way()).feedback is None
    case = Case.of(way(route="technical"))
    assert case.feedback == "waiting"
    case.apply(event(90, "feedback-read"))
    assert case.feedback == "read"


# --- waiting ------------------------------------------------------------------------------------------------------


def test_a_wait_is_kept_with_what_it_took() -> None:
    case = Case.of([record(), event(10, "wait", "the delivery note")])
    assert (case.status, case.next_step, case.waiting_since, case.waiting_for) == (
        "waiting", "judge", 10, "the delivery note",
    )  # fmt: skip
    case.apply(event(15, "note", "rang twice"))
    case.apply(event(40, "resume", waited=25))
    [pause] = case.pauses
    assert (case.status, case.waiting_since, case.waiting_for) == ("open", None, None)
    assert (pause.since, pause.until, pause.waited) == (10, 40, 25)
    case.apply(event(50, "wait", "a date"))
    assert case.waiting_since == 50 and len(case.pauses) == 2


def test_withdrawing_ends_the_wait() -> None:
    case = Case.of([record(), event(10, "wait", "the delivery note"), event(30, "withdraw", "found it", waited=20)])
    assert case.status == "withdrawn" and case.pause is None and case.waiting_since is None


def test_a_bad_answer_ends_the_wait_too() -> None:
    case = Case.of([*way(), event(70, "wait", "a date"), event(90, "feedback", satisfaction=1), event(90, "reopen")])
    assert (case.status, case.waiting_since, case.waiting_for, case.pause) == ("open", None, None, None)


# --- reopening ----------------------------------------------------------------------------------------------------


def closed(*, satisfaction: int | None = 5) -> list[Event]:
    return [*way(), event(70, "close", "seal changed", status="closed", lesson="x", satisfaction=satisfaction)]


def test_reopening_starts_step_4_and_the_resolution_clock_anew() -> None:
    case = Case.of([*closed(), event(100, "reopen", "cold again")])
    assert (case.status, case.step, case.next_step, case.reopened) == ("open", "assign", "analyse", 1)
    assert (case.satisfaction, case.summary, case.closed_at) == (None, None, None)
    assert runs(case) == [
        ("first-response", 1, 0, 60, None),
        ("proposal", 1, 0, 40, None),
        ("resolution", 1, 0, 60, None),
        ("resolution", 2, 100, None, None),
    ]


def test_first_and_last_step_7_are_both_known() -> None:
    case = Case.of([*closed(), event(100, "reopen"), event(150, "implement", "another seal", outcome="full")])
    assert (case.first_implemented_at, case.implemented_at) == (60, 150)
    assert met(case, "resolution") == 150


@pytest.mark.parametrize(
    ("events", "place"),
    [
        ([record(level="grievance"), event(5, "close", "done", status="closed")], ("record", "close")),
        ([record(), event(5, "withdraw", "x")], ("record", "judge")),
        ([record(), founded(), event(15, "withdraw", "x")], ("judge", "assign")),
        ([*way()[:3], event(25, "withdraw", "x")], ("assign", "analyse")),
        (closed(), ("assign", "analyse")),
        (
            [record(), event(5, "judge", founded="unfounded", responsibility="misunderstanding")],
            ("record", "judge"),
        ),
    ],
)
def test_a_case_opens_again_at_step_4_or_where_it_never_came_so_far(
    events: list[Event], place: tuple[str, str]
) -> None:
    case = Case.of([*events, event(200, "reopen", "x")])
    assert (case.status, (case.step, case.next_step)) == ("open", place)


def test_what_was_never_answered_runs_again_and_what_was_doesn_t() -> None:
    case = Case.of([record(), event(20, "withdraw", "x"), event(50, "reopen", "y")])
    assert runs(case)[:2] == [("first-response", 1, 50, None, None), ("proposal", 1, 50, None, None)]
    case = Case.of([record(), event(20, "withdraw", "x"), event(30, "respond", "thanks"), event(50, "reopen", "y")])
    assert runs(case)[:2] == [("first-response", 1, 0, None, 20), ("proposal", 1, 50, None, None)]


# --- severity, the ladder, import ---------------------------------------------------------------------------------


def test_a_judgement_can_change_the_severity_and_keeps_it_otherwise() -> None:
    assert Case.of([record(), founded()]).severity == "general"
    assert Case.of([record(), founded(severity="serious")]).severity == "serious"
    assert Case.of([record(severity="serious"), founded()]).severity == "serious"


def test_a_case_stands_at_the_level_of_its_last_event() -> None:
    case = Case.of([record(), event(5, "escalate", "beyond me", stands_at=2, how="hand")])
    case.apply(event(6, "miss", by="policy", stands_at=2, clock="proposal", number=1))
    case.apply(event(6, "escalate", by="policy", stands_at=3, how="clock", clock="proposal", number=1))
    assert (case.escalation_level, case.escalated_by_hand, case.escalated_by_policy) == (3, 1, 1)
    assert case.missed == {("proposal", 1)}


def test_a_case_that_was_imported_is_as_it_was_told() -> None:
    state = {"status": "waiting", "step": "judge", "next_step": "assign", "founded": "founded", "received_at": 5}
    told = event(
        100,
        "imported",
        state=state,
        targets=TARGETS,
        runs=[
            {"clock": "first-response", "start": 5, "met": 6},
            {"clock": "resolution", "round": 2, "start": 5, "due": 80, "stopped": 90},
        ],
        missed=[["first-response", 1]],
        waiting_since=70,
    )
    case = Case.of([told])
    assert (case.status, case.step, case.next_step, case.waiting_since) == ("waiting", "judge", "assign", 70)
    assert runs(case) == [("first-response", 1, 5, 6, None), ("resolution", 2, 5, None, 90)]
    assert (case.runs[1].fixed, case.imported_at, case.missed) == (80, 100, {("first-response", 1)})


# --- what may be done ---------------------------------------------------------------------------------------------


def test_a_step_out_of_order_names_the_next_one() -> None:
    with refused_as("step-out-of-order") as refused:
        check(Case.of([record(), founded()]), "propose", 7)
    assert refused.value.values["step"] == "assign"
    assert refused.value.values["action"] == "assign"


@pytest.mark.parametrize(
    ("events", "verb", "refusal"),
    [
        (closed(), "judge", "case-closed"),
        (closed(), "wait", "case-closed"),
        (closed(), "withdraw", "case-closed"),
        ([record()], "reopen", "not-closed"),
        ([record()], "resume", "not-waiting"),
        ([record()], "raise", "no-grievance"),
        ([record()], "feedback-read", "nothing-to-read"),
        ([record()], "unresolved", "step-out-of-order"),
        ([record(), event(5, "wait", "x")], "judge", "case-waiting"),
        ([record(), event(5, "wait", "x")], "wait", "case-waiting"),
        ([record(level="grievance")], "close", "step-out-of-order"),
    ],
)
def test_refusals(events: list[Event], verb: str, refusal: str) -> None:
    with refused_as(refusal):
        check(Case.of(events), verb, 1)


@pytest.mark.parametrize("status", CLOSED)
@pytest.mark.parametrize("verb", ["note", "respond", "reopen"])
def test_what_is_possible_when_a_case_is_over(status: str, verb: str) -> None:
    ended = event(70, "withdraw", "x") if status == "withdrawn" else event(70, "close", "x", status=status)
    check(Case.of([*way(), ended]), verb, 1)


@pytest.mark.parametrize("length", range(1, 8))
def test_there_is_one_next_step(length: int) -> None:
    case = Case.of(way()[:length])
    replaced = ["propose"] if case.next_step == "approve" else []
    assert [step for step in STEPS if possible(case, step)] == [*replaced, case.next_step]
    assert next_action(case) == case.next_step


@pytest.mark.parametrize(
    ("events", "action"),
    [
        ([record(level="grievance")], "settle"),
        ([record(), event(5, "wait", "x")], "resume"),
        (closed(), "reopen"),
        (way(outcome="cannot"), "unresolved"),
        (way(outcome="not-yet"), "propose"),
        ([record(), event(5, "judge", founded="unfounded", responsibility="ours")], "explain"),
    ],
)  # fmt: skip
def test_what_comes_next(events: list[Event], action: str) -> None:
    assert next_action(Case.of(events)) == action


@pytest.mark.parametrize(
    ("level", "severity", "expected"),
    [
        ("complaint", "general", "general"),
        ("complaint", "malicious", "malicious"),
        ("grievance", "general", "grievance"),
        ("grievance", "serious", "serious-grievance"),
    ],
)
def test_a_grievance_is_a_kind_of_its_own(level: str, severity: str, expected: str) -> None:
    assert kind_of(level, severity) == expected
