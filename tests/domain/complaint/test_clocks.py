"""Deadlines, misses and the ladder, worked out by hand with a calendar on paper (handbook 6.4 to 6.6).

2026-11-23 is a Monday, the 27th a Friday, the 29th a Sunday; work is Monday to Saturday, 09:00-12:00 and 13:00-18:00.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from csm.domain.complaint import clocks
from csm.domain.complaint.case import Case, Event
from csm.domain.complaint.clocks import Deadline, Hours, Miss, Promise
from csm.domain.settings import Policy
from csm.domain.time.calendar import Calendar, read_spans
from csm.domain.time.instant import Zone
from csm.domain.time.working_hours import WorkingHours, epoch, utc

POLICY = Policy({})
ZONE = Zone("Asia/Shanghai")
ALWAYS = WorkingHours(Calendar(read_spans("24/7"), frozenset(), frozenset()), ZONE)


def hours(*holidays: str) -> Hours:
    days = frozenset(date.fromisoformat(day) for day in holidays)
    calendar = Calendar(read_spans("mon-sat 09:00-12:00 13:00-18:00"), days, frozenset())
    return Hours(WorkingHours(calendar, ZONE), ALWAYS)


def at(wall: str) -> int:
    """Return the instant of `27 16:00` in November, `12-05 16:00` or `27 16:00:01`."""
    day, time = wall.split()
    return epoch(ZONE.to_utc_text(datetime.fromisoformat(f"2026-{day if '-' in day else f'11-{day}'} {time}")))


def result(moment: int) -> str:
    return f"{ZONE.local(utc(moment)):%m-%d %H:%M}"


def event(wall: str, step: str, text: str | None = None, stands_at: int = 0, **data: Any) -> Event:
    return Event(at(wall), "alice", step, text, stands_at, data)


def record(wall: str = "23 09:00", severity: str = "general", **more: Any) -> Event:
    told = {"level": "complaint", "severity": severity, "targets": clocks.targets(POLICY), **more}
    return event(wall, "record", "the oven is cold", **told)


def founded(wall: str, **more: Any) -> Event:
    return event(wall, "judge", **{"founded": "founded", "responsibility": "ours", **more})


def of(events: list[Event], promises: list[Promise] | None = None, time: Hours | None = None) -> list[Deadline]:
    return clocks.deadlines(Case.of(events), promises or [], time or hours())


def dues(
    events: list[Event], promises: list[Promise] | None = None, time: Hours | None = None
) -> list[tuple[str, str]]:
    return [(one.clock, result(one.due)) for one in of(events, promises, time)]


def due(events: list[Event], clock: str, promises: list[Promise] | None = None, time: Hours | None = None) -> str:
    return [found for name, found in dues(events, promises, time) if name == clock][-1]


def missed(events: list[Event], now: str, promises: list[Promise] | None = None) -> list[tuple[str, int, str]]:
    case = Case.of(events)
    found = clocks.deadlines(case, promises or [], hours())
    return [(one.clock, one.number, result(one.due)) for one in clocks.misses(case, found, promises or [], at(now))]


def promise(by: str, made: str = "23 09:00", status: str = "open", **more: Any) -> Promise:
    given = {"id": 1, "clock": None, **more}
    return Promise(due=at(by), made=at(made), status=status, **given)


# --- deadlines ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        # The example of handbook 6.5.
        ("general", ["11-28 16:00", "12-01 16:00", "12-05 16:00"]),
        ("serious", ["11-27 18:00", "11-28 16:00", "12-01 16:00"]),
        ("malicious", ["11-27 18:00", "11-30 16:00", "12-05 16:00"]),
    ],
)
def test_received_on_a_friday_at_four(severity: str, expected: list[str]) -> None:
    clocks_in_order = ["first-response", "proposal", "resolution"]
    assert dues([record("27 16:00", severity)]) == list(zip(clocks_in_order, expected, strict=True))


def test_a_case_keeps_the_targets_it_was_recorded_under() -> None:
    strict = clocks.targets(Policy({"clock.general.first_response": "1h", "clock.general.resolution": "14cd"}))
    assert due([record(targets=strict)], "first-response") == "11-23 10:00"
    assert due([record(targets=strict)], "resolution") == "12-07 09:00"  # calendar days
    assert due([record()], "first-response") == "11-23 18:00"


def test_a_change_of_severity_takes_the_other_row_of_the_same_targets_from_the_recording_on() -> None:
    events = [record(), founded("23 15:00", severity="serious")]
    assert dues(events) == [
        ("first-response", "11-23 11:00"),
        ("proposal", "11-24 09:00"),
        ("resolution", "11-26 09:00"),
    ]
    frozen = clocks.targets(Policy({"clock.serious.resolution": "2d"}))
    assert due([record(targets=frozen), founded("23 15:00", severity="serious")], "resolution") == "11-25 09:00"


def test_the_technician_rings_the_same_day() -> None:
    def assigned(wall: str) -> list[Event]:
        return [record(), founded(wall), event(wall, "assign", to="bob", route="technical")]

    assert due(assigned("23 10:00"), "technician") == "11-23 18:00"
    assert due(assigned("28 17:59"), "technician") == "11-28 18:00"
    assert due(assigned("28 18:00"), "technician") == "11-30 18:00"  # from the end of Saturday on: Monday
    assert due(assigned("29 10:00"), "technician") == "11-30 18:00"
    assert [clock for clock, _ in dues(assigned("23 10:00"))] == [
        "first-response", "technician", "proposal", "resolution",
    ]  # fmt: skip


def test_the_calendar_is_live() -> None:
    assert due([record()], "proposal", time=hours("2026-11-24")) == "11-27 09:00"


# --- waiting ------------------------------------------------------------------------------------------------------


def test_a_wait_moves_proposal_and_resolution_by_the_working_time_waited() -> None:
    # 3 working hours on Monday afternoon and 1 on Tuesday morning.
    events = [record(), event("23 15:00", "wait", "a date"), event("24 10:00", "resume", waited=4 * 3600)]
    assert dues(events) == [
        ("first-response", "11-23 18:00"),
        ("proposal", "11-26 14:00"),
        ("resolution", "12-01 14:00"),
    ]


def test_time_waited_is_never_dropped_when_a_holiday_comes_in_since() -> None:
    events = [record(), event("24 09:00", "wait", "a date"), event("25 09:00", "resume", waited=8 * 3600)]
    assert due(events, "proposal") == "11-26 18:00"
    assert due(events, "proposal", time=hours("2026-11-24")) == "11-27 18:00"  # a day later, and still 8 h waited


def test_two_waits_add_up() -> None:
    events = [
        record(),
        event("23 10:00", "wait", "x"),
        event("23 11:00", "resume", waited=3600),
        event("23 13:00", "wait", "y"),
        event("23 15:00", "resume", waited=7200),
    ]
    assert due(events, "resolution") == "12-01 12:00"


def test_a_wait_before_a_round_of_a_clock_isn_t_counted_again() -> None:
    events = [
        record(),
        event("23 10:00", "wait", "x"),
        event("23 12:00", "resume", waited=7200),
        event("23 14:00", "withdraw", "y"),
        event("23 15:00", "reopen", "z"),
    ]
    assert [found for clock, found in dues(events) if clock == "resolution"] == ["12-01 11:00", "12-01 15:00"]


def test_late_by_stands_still_while_the_customer_is_waited_for() -> None:
    events = [record(), event("26 11:00", "wait", "a date")]
    found = {one.clock: one for one in of(events)}
    since = at("26 11:00")
    for now in ("26 11:00", "26 17:00", "12-15 10:00"):
        assert clocks.late_by(found["proposal"], at(now), since, hours()) == 2 * 3600
    assert clocks.late_by(found["first-response"], at("26 17:00"), since, hours()) == (8 * 2 + 7) * 3600
    assert clocks.late_by(found["resolution"], at("26 17:00"), since, hours()) == 0


# --- promises -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "expected"),
    [("23 12:00", "11-23 12:00"), ("23 18:00", "11-23 18:00"), ("25 12:00", "11-23 18:00")],
)
def test_a_promise_for_a_clock_moves_it_earlier_never_later(by: str, expected: str) -> None:
    assert due([record()], "first-response", [promise(by, clock="first-response")]) == expected
    assert due([record()], "proposal", [promise(by, clock="first-response")]) == "11-26 09:00"


def test_the_earliest_promise_counts_and_a_released_one_doesn_t() -> None:
    made = [promise("25 12:00", clock="proposal"), promise("24 12:00", clock="proposal", id=2)]
    assert due([record()], "proposal", made) == "11-24 12:00"
    made[1] = promise("24 12:00", clock="proposal", id=2, status="released")
    assert due([record()], "proposal", made) == "11-25 12:00"


def test_a_promise_hurries_the_round_in_which_it_was_made() -> None:
    events = [record(), event("23 14:00", "withdraw", "y"), event("27 15:00", "reopen", "z")]
    old = promise("24 12:00", made="23 10:00", clock="resolution")
    new = promise("28 12:00", made="27 16:00", clock="resolution", id=2)
    assert [found for clock, found in dues(events, [old, new]) if clock == "resolution"] == [
        "11-24 12:00",
        "11-28 12:00",
    ]


# --- misses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("23 18:00", []),  # at the very second it is due
        ("23 18:00:01", [("first-response", 1, "11-23 18:00")]),
        ("26 09:00", [("first-response", 1, "11-23 18:00")]),
        ("26 09:00:01", [("first-response", 1, "11-23 18:00"), ("proposal", 1, "11-26 09:00")]),
    ],
)
def test_a_deadline_is_missed_from_the_second_after_it(now: str, expected: list[tuple[str, int, str]]) -> None:
    assert missed([record()], now) == expected


def test_answered_in_time_is_no_miss_and_a_minute_late_stays_one() -> None:
    assert missed([record(), event("23 18:00", "respond", "rang")], "24 12:00") == []
    late = [record(), event("23 18:01", "respond", "rang")]
    assert missed(late, "24 12:00") == [("first-response", 1, "11-23 18:00")]
    on_record = event("23 18:00", "miss", clock="first-response", number=1)
    assert missed([*late, on_record], "24 12:00") == []
    assert [one.missed for one in of([*late, on_record])] == [True, False, False]


def test_a_clock_that_was_stopped_in_time_isn_t_missed() -> None:
    assert missed([record(), event("23 17:00", "withdraw", "x")], "12-30 12:00") == []
    assert missed([record(), event("23 18:30", "withdraw", "x")], "12-30 12:00") == [
        ("first-response", 1, "11-23 18:00")
    ]


def test_while_waiting_only_first_response_can_be_missed() -> None:
    events = [record(), event("23 10:00", "wait", "x")]
    assert missed(events, "12-30 12:00") == [("first-response", 1, "11-23 18:00")]


def test_each_round_can_be_missed() -> None:
    events = [
        record(severity="serious"),
        event("23 10:00", "respond", "rang"),
        event("27 09:00", "withdraw", "y"),
        event("27 10:00", "reopen", "z"),
    ]
    assert missed(events, "12-05 12:00") == [
        ("resolution", 1, "11-26 09:00"),
        ("proposal", 1, "11-28 10:00"),  # never answered, so it runs again
        ("resolution", 2, "12-01 10:00"),
    ]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (promise("23 11:00"), True),
        (promise("24 11:00"), False),
        (promise("23 11:00", status="kept", ended=at("23 11:00")), False),
        (promise("23 11:00", status="late", ended=at("23 11:01")), True),
        (promise("24 11:00", status="broken"), True),
        (promise("23 11:00", status="released"), False),
        (promise("23 11:00", ours=False), False),  # theirs
    ],
)
def test_any_promise_of_ours_on_a_case_is_a_deadline(made: Promise, expected: bool) -> None:
    assert bool(missed([record()], "23 12:00", [made])) is expected
    on_record = event("23 11:00", "miss", clock="promise", number=1)
    assert missed([record(), on_record], "23 12:00", [made]) == []


def test_a_promise_for_a_clock_is_one_miss_not_two() -> None:
    made = [promise("23 11:00", clock="first-response")]
    assert missed([record()], "23 12:00", made) == [("first-response", 1, "11-23 11:00")]


def test_misses_come_in_the_order_in_which_they_passed() -> None:
    made = [promise("24 10:00", id=2), promise("23 18:00", id=1), promise("23 10:00", id=3)]
    assert missed([record()], "12-05 12:00", made) == [
        ("promise", 3, "11-23 10:00"),
        ("first-response", 1, "11-23 18:00"),
        ("promise", 1, "11-23 18:00"),
        ("promise", 2, "11-24 10:00"),
        ("proposal", 1, "11-26 09:00"),
        ("resolution", 1, "12-01 09:00"),
    ]


def imported(due_at: str) -> Event:
    run = {"clock": "resolution", "start": at("10 09:00"), "due": at(due_at)}
    state = {"status": "open", "next_step": "judge", "received_at": at("10 09:00")}
    return event("23 09:00", "imported", state=state, targets=clocks.targets(POLICY), runs=[run])


def test_old_misses_of_an_imported_case_aren_t_looked_for() -> None:
    assert missed([imported("20 09:00")], "24 09:00") == []
    assert missed([imported("23 09:00")], "24 09:00") == []
    assert missed([imported("23 10:00")], "24 09:00") == [("resolution", 1, "11-23 10:00")]
    assert missed([imported("20 09:00")], "24 09:00", [promise("20 09:00", made="10 09:00")]) == []


# --- the next miss ------------------------------------------------------------------------------------------------


def next_miss(events: list[Event], promises: list[Promise] | None = None) -> str | None:
    case = Case.of(events)
    found = clocks.next_miss(case, clocks.deadlines(case, promises or [], hours()), promises or [])
    return None if found is None else result(found)


def test_the_next_miss_is_the_earliest_that_can_still_come() -> None:
    assert next_miss([record()]) == "11-23 18:00"
    assert next_miss([record()], [promise("23 10:00")]) == "11-23 10:00"
    assert next_miss([record(), event("23 10:00", "respond", "rang")]) == "11-26 09:00"
    assert next_miss([record(), event("23 10:00", "respond", "rang"), event("23 11:00", "wait", "x")]) is None
    assert next_miss([record(), event("23 18:00", "miss", clock="first-response", number=1)]) == "11-26 09:00"
    assert next_miss([record(), event("23 10:00", "withdraw", "x")]) is None
    assert next_miss([record(), event("23 10:00", "withdraw", "x")], [promise("24 10:00")]) == "11-24 10:00"


# --- the ladder ---------------------------------------------------------------------------------------------------

MISS = Miss("resolution", 1, at("23 10:00"))


@pytest.mark.parametrize(
    ("severity", "level", "expected"),
    [
        ("general", 0, 1),
        ("general", 1, 2),
        ("general", 2, None),
        ("general", 3, None),  # moved there by hand
        ("serious", 1, 2),
        ("serious", 2, 3),
        ("serious", 3, None),
        ("malicious", 2, 3),
        ("malicious", 3, None),
    ],
)
def test_a_miss_moves_an_open_case_one_level_up(severity: str, level: int, expected: int | None) -> None:
    case = Case.of([record(severity=severity), event("23 09:30", "escalate", "x", stands_at=level, how="hand")])
    assert clocks.climb(case, MISS, POLICY) == expected


def test_a_team_can_set_the_top_of_general_cases() -> None:
    case = Case.of([record(), event("23 09:30", "escalate", "x", stands_at=2, how="hand")])
    assert clocks.climb(case, MISS, Policy({"ladder.general_top": "3"})) == 3


@pytest.mark.parametrize("clock", ["first-response", "technician", "proposal", "resolution", "promise"])
def test_a_case_that_waits_climbs_only_for_first_response(clock: str) -> None:
    waiting = Case.of([record(), event("23 09:30", "wait", "x")])
    assert clocks.climb(waiting, Miss(clock, 1, 0), POLICY) == (1 if clock == "first-response" else None)
    over = Case.of([record(), event("23 09:30", "withdraw", "x")])
    assert clocks.climb(over, Miss(clock, 1, 0), POLICY) is None


def test_catching_up_records_every_miss_in_order_and_climbs_for_each() -> None:
    case = Case.of([record(severity="serious")])
    now = at("28 08:00")
    found = clocks.misses(case, clocks.deadlines(case, [], hours()), [], now)
    made = clocks.caught_up(case, found, now, POLICY)
    assert [(one.step, one.data["clock"], result(one.at), one.level, one.by) for one in made] == [
        ("miss", "first-response", "11-23 11:00", 0, "policy"),
        ("miss", "proposal", "11-24 09:00", 0, "policy"),
        ("miss", "resolution", "11-26 09:00", 0, "policy"),
        ("escalate", "first-response", "11-28 08:00", 1, "policy"),
        ("escalate", "proposal", "11-28 08:00", 2, "policy"),
        ("escalate", "resolution", "11-28 08:00", 3, "policy"),
    ]
    assert (case.escalation_level, case.escalated_by_policy, len(case.missed)) == (3, 3, 3)
    again = clocks.misses(case, clocks.deadlines(case, [], hours()), [], at("12-30 08:00"))
    assert again == []


def test_a_general_case_stops_at_level_2_and_the_miss_is_recorded_all_the_same() -> None:
    case = Case.of([record()])
    now = at("12-30 08:00")
    made = clocks.caught_up(case, clocks.misses(case, clocks.deadlines(case, [], hours()), [], now), now, POLICY)
    assert [one.step for one in made] == ["miss"] * 3 + ["escalate"] * 2
    assert case.escalation_level == 2


# --- first and total resolution -----------------------------------------------------------------------------------


def test_reopening_starts_the_resolution_clock_anew_and_both_are_there() -> None:
    events = [
        record(),
        founded("23 09:10"),
        event("23 09:20", "assign", to="bob", route="settle"),
        event("23 09:30", "analyse", failure="process", cause="company"),
        event("23 09:40", "propose", "seal"),
        event("23 09:50", "approve"),
        event("24 09:00", "implement", outcome="full"),
        event("24 09:10", "close", status="closed", satisfaction=1),
        event("24 09:10", "reopen"),
    ]
    found = [one for one in of(events) if one.clock == "resolution"]
    assert [(one.round, one.standing, result(one.due)) for one in found] == [
        (1, "met", "12-01 09:00"),
        (2, "running", "12-02 09:10"),
    ]
    case = Case.of([*events, event("25 09:00", "implement", outcome="full")])
    assert (case.first_implemented_at, case.implemented_at) == (at("24 09:00"), at("25 09:00"))


@pytest.mark.parametrize(
    ("events", "standing"),
    [
        ([], ["running", "running", "running"]),
        ([event("23 10:00", "respond", "x")], ["met", "running", "running"]),
        ([event("23 10:00", "wait", "x")], ["running", "paused", "paused"]),
        ([event("23 10:00", "withdraw", "x")], ["stopped", "stopped", "stopped"]),
    ],
)
def test_standing(events: list[Event], standing: list[str]) -> None:
    assert [one.standing for one in of([record(), *events])] == standing
