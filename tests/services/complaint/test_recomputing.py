"""What is open moves with the calendar: worked out by hand, and the same by both ways to it.

The week is Monday to Saturday, 09:00 to 12:00 and 13:00 to 18:00; 2026-11-20 is a Friday.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from csm.cli.session import Session
from csm.services.complaint import opening, other_events, recomputing, steps
from csm.services.complaint.recomputing import Moved
from csm.services.complaint.recording import File
from csm.services.customer import writing as customers
from csm.services.house import policy
from csm.services.promise import writing as promises
from csm.storage.customer.rows import Candidate


class Office:
    """One file; each intention has a session of its own, as each command has."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "shop.db"
        self.now = "2026-11-20 16:00"
        self.session = Session(["test"])

    def work(self) -> Session:
        self.session.close()
        self.session = Session(["test"])
        self.session.path, self.session.as_of, self.session.user_given = str(self.path), self.now, "alice"
        return self.session

    def open(self, at: str = "", **more: Any) -> int:
        self.now = at or self.now
        draft = opening.Draft({"summary": "the oven is cold"}, **more)
        return opening.open_case(self.work(), Candidate(1, "Golden Dragon", "", False), draft).id

    def holidays(self, *days: str, kind: str = "holiday") -> Moved:
        return policy.import_holidays(self.work(), [(day, kind, None) for day in days]).moved

    def rows(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        work = self.work()
        found = work.database.connection.execute(query, given).fetchall()
        work.close()
        return found

    def dues(self, case: int = 1) -> dict[str, str]:
        """Return the dues that stand, in local time."""
        query = (
            "SELECT clock, due_at FROM complaint_deadline WHERE complaint_id = ? AND standing IN ('running', 'paused')"
        )
        zone = self.work().zone
        return {clock: f"{zone.local(due):%m-%d %H:%M}" for clock, due in self.rows(query, case)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    policy.change(office.work(), "file.timezone", "Asia/Shanghai")
    customers.add(office.work(), customers.Draft({"name": "Golden Dragon"}))
    yield office
    office.session.close()


def state(office: Office, case: int = 1) -> tuple[Any, ...]:
    query = "SELECT next_clock, next_due_at, next_miss_at, late_waiting FROM complaint_state WHERE complaint_id = ?"
    return office.rows(query, case)[0]


def test_a_holiday_moves_what_is_due_on_it_or_after(office: Office) -> None:
    office.open()
    assert office.dues() == {"first-response": "11-21 16:00", "proposal": "11-24 16:00", "resolution": "11-28 16:00"}
    moved = office.holidays("2026-11-23")
    assert office.dues() == {"first-response": "11-21 16:00", "proposal": "11-25 16:00", "resolution": "11-30 16:00"}
    assert (moved.deadlines, moved.cases) == (2, 1)
    assert moved.examples == [
        (1, "proposal", "2026-11-24T08:00:00Z", "2026-11-25T08:00:00Z"),
        (1, "resolution", "2026-11-28T08:00:00Z", "2026-11-30T08:00:00Z"),
    ]
    assert office.rows("SELECT due_on FROM complaint_deadline WHERE clock = 'resolution'") == [("2026-11-30",)]
    assert state(office) == ("first-response", "2026-11-21T08:00:00Z", "2026-11-21T08:00:00Z", 0)
    assert office.holidays("2026-11-23").deadlines == 0
    office.holidays("2026-11-21")
    assert state(office) == ("first-response", "2026-11-24T08:00:00Z", "2026-11-24T08:00:00Z", 0)


def test_an_extra_working_day_moves_it_earlier(office: Office) -> None:
    office.open()
    moved = office.holidays("2026-11-22", kind="workday")
    assert office.dues() == {"first-response": "11-21 16:00", "proposal": "11-23 16:00", "resolution": "11-27 16:00"}
    assert moved.deadlines == 2


def test_time_waited_over_an_imported_holiday_stays(office: Office) -> None:
    office.open()
    office.now = "2026-11-21 09:00"
    other_events.wait(office.work(), "1", "photos")
    office.now = "2026-11-23 09:00"
    other_events.resume(office.work(), "1")  # one working day waited, 8 hours
    assert office.dues()["proposal"] == "11-25 16:00"
    office.holidays("2026-11-21")
    # Three working days from Friday 16:00 are Monday, Tuesday, Wednesday now, and the 8 hours stay.
    assert office.dues()["proposal"] == "11-26 16:00"


def test_a_wait_that_took_no_time_takes_some_on_an_imported_working_day(office: Office) -> None:
    office.open()
    office.now = "2026-11-22 10:00"  # a Sunday
    other_events.wait(office.work(), "1", "photos")
    office.now = "2026-11-22 12:00"
    other_events.resume(office.work(), "1")
    assert office.dues()["proposal"] == "11-24 16:00"
    office.holidays("2026-11-22", kind="workday")
    assert office.dues()["proposal"] == "11-23 18:00"  # Monday 16:00, and two hours


def test_a_deadline_moves_behind_or_before_the_wait_that_goes_on(office: Office) -> None:
    office.open()
    office.now = "2026-11-24 17:00"
    other_events.wait(office.work(), "1", "photos")
    assert state(office)[3] == 1
    office.holidays("2026-11-23")
    assert office.dues()["proposal"] == "11-25 16:00"
    assert state(office)[3] == 0


def test_what_was_late_when_a_wait_began_comes_up_next(office: Office) -> None:
    office.open(live=True)
    office.now = "2026-11-24 17:00"
    other_events.wait(office.work(), "1", "photos")
    before = state(office)
    assert before[:2] == ("proposal", "2026-11-24T08:00:00Z")
    assert office.holidays("2026-11-28").deadlines == 1
    assert state(office) == before
    office.holidays("2026-11-23")
    assert state(office) == (None, None, None, 0)


def test_cases_received_together_move_alike_and_are_told_in_order(office: Office) -> None:
    for _ in range(12):
        office.open()
    moved = office.holidays("2026-11-23")
    assert (moved.deadlines, moved.cases) == (24, 12)
    assert [(case, clock) for case, clock, *_ in moved.examples] == [
        (case, clock) for case in range(1, 6) for clock in ("proposal", "resolution")
    ]
    assert len(set(office.rows("SELECT clock, due_at, due_on FROM complaint_deadline"))) == 3


def test_a_miss_on_record_stays(office: Office) -> None:
    office.open()
    office.now = "2026-11-24 17:00"
    other_events.escalate_overdue(office.work())
    before = office.rows("SELECT * FROM complaint_event")
    assert office.rows("SELECT missed, escalation_level FROM complaint_state") == [(2, 2)]
    assert state(office)[:3] == ("first-response", "2026-11-21T08:00:00Z", "2026-11-28T08:00:00Z")
    office.holidays("2026-11-21", "2026-11-23")
    assert office.dues() == {"first-response": "11-24 16:00", "proposal": "11-26 16:00", "resolution": "12-01 16:00"}
    assert office.rows("SELECT * FROM complaint_event") == before
    assert office.rows("SELECT missed, escalation_level FROM complaint_state") == [(2, 2)]
    assert office.rows("SELECT clock FROM complaint_deadline WHERE missed ORDER BY id") == [
        ("first-response",), ("proposal",),
    ]  # fmt: skip
    assert state(office)[:3] == ("first-response", "2026-11-24T08:00:00Z", "2026-12-01T08:00:00Z")
    assert other_events.escalate_overdue(office.work()) == []


def test_a_case_keeps_the_targets_it_was_recorded_under(office: Office) -> None:
    office.open()
    assert policy.take_over(office.work(), "cfpb")[0] == ("clock.general.first_response", "8h", "15cd")
    office.open()
    office.holidays("2026-11-23")
    assert office.dues(1) == {"first-response": "11-21 16:00", "proposal": "11-25 16:00", "resolution": "11-30 16:00"}
    # Calendar days don't stop for a holiday.
    assert office.dues(2) == {"first-response": "12-05 16:00", "proposal": "01-19 16:00", "resolution": "01-19 16:00"}


def test_new_spans_move_and_a_default_moves_back(office: Office) -> None:
    office.open()
    before = office.dues()
    moved = policy.change(office.work(), "work.spans", "24/7").moved
    assert moved is not None and moved.deadlines == 3
    assert office.dues() == {"first-response": "11-21 00:00", "proposal": "11-23 16:00", "resolution": "11-27 16:00"}
    assert policy.reset(office.work(), "work.spans").moved is not None
    assert office.dues() == before
    assert policy.change(office.work(), "cadence.proactive", "21").moved is None


def test_a_new_zone_moves_days_too(office: Office) -> None:
    office.open()
    given = promises.Draft("a new oven", datetime(2026, 11, 25, 2, 0), complaint_id=1)
    promises.add(office.work(), Candidate(1, "Golden Dragon", "", False), given)
    assert office.rows("SELECT due_at, due_on FROM promise") == [("2026-11-24T18:00:00Z", "2026-11-25")]
    steps.judge(office.work(), "1", steps.Judgement(True, "ours", "cold"))
    steps.assign(office.work(), "1", "bob", "service", "settle", None)
    steps.analyse(office.work(), "1", "process", "service", "no gas")
    office.now = "2026-11-21 02:00"
    steps.propose(office.work(), "1", steps.Proposal("repair", 0))
    assert office.rows("SELECT approval_on FROM complaint_state") == [("2026-11-21",)]
    moved = policy.change(office.work(), "file.timezone", "UTC").moved
    # It came in at 08:00, before the day began.
    assert office.dues() == {"first-response": "11-20 18:00", "resolution": "11-28 09:00"}
    assert moved is not None and moved.zone.name == "UTC"
    assert office.rows("SELECT due_at, due_on FROM promise") == [("2026-11-24T18:00:00Z", "2026-11-24")]
    assert office.rows("SELECT approval_on FROM complaint_state") == [("2026-11-20",)]


def mixed(office: Office) -> None:
    """Open cases of many kinds, some of them with what only their events tell."""
    office.open("2026-11-18 08:00")
    office.open("2026-11-18 12:00", severity="serious")
    office.open("2026-11-19 18:00", level="grievance", live=True)
    office.open("2026-11-20 23:30")
    for case, name in ((5, "waits"), (6, "waited"), (7, "promised"), (8, "hurried"), (9, "late"), (10, "withdrawn")):
        office.now = "2026-11-20 11:00"
        assert office.open() == case, name
    office.now = "2026-11-20 17:00"
    other_events.wait(office.work(), "5", "photos")
    other_events.wait(office.work(), "6", "photos")
    customer = Candidate(1, "Golden Dragon", "", False)
    for case, clock in ((7, None), (8, "resolution")):
        due = datetime(2026, 11, 24, 10, 0)
        promises.add(office.work(), customer, promises.Draft("soon", due, complaint_id=case, clock=clock))
    other_events.withdraw(office.work(), "10", "all well")
    office.now = "2026-11-21 10:00"
    other_events.resume(office.work(), "6")
    other_events.respond(office.work(), "9", "called", None, apologised=False)
    office.now = "2026-11-23 10:00"
    other_events.escalate_overdue(office.work())


def worked_out(office: Office) -> list[tuple[Any, ...]]:
    standing = "SELECT * FROM complaint_deadline WHERE standing IN ('running', 'paused') ORDER BY complaint_id, clock"
    return office.rows(standing) + office.rows("SELECT * FROM complaint_state ORDER BY complaint_id")


def test_both_ways_come_to_the_same(office: Office) -> None:
    mixed(office)
    before = worked_out(office)
    moved = office.holidays("2026-11-21", "2026-11-24", "2026-11-28")
    found = worked_out(office)
    assert found != before and moved.cases == 9
    assert len(moved.examples) == recomputing.EXAMPLES
    assert [case for case, *_ in moved.examples] == sorted(case for case, *_ in moved.examples)
    assert {plain for (plain,) in office.rows("SELECT plain FROM complaint_deadline")} == {0, 1}
    work = office.work()
    with work.database.writing(work.command) as connection:
        for (case,) in connection.execute("SELECT id FROM complaint").fetchall():
            File(work, connection, case).store()
    work.close()
    assert worked_out(office) == found


def test_a_historic_case_is_worked_out_from_what_was_told(office: Office) -> None:
    office.open()
    work = office.work()
    at = 1_795_000_000
    told = {
        "state": {"received_at": at, "next_step": "judge"},
        "targets": json.loads(office.rows("SELECT data FROM complaint_event")[0][0])["targets"],
        "runs": [{"clock": "resolution", "start": at, "due": at + 60}, {"clock": "proposal", "start": at}],
    }
    with work.database.writing(work.command) as connection:
        connection.execute("DELETE FROM complaint_event")
        connection.execute("DELETE FROM complaint_deadline")
        File(work, connection, 1).add("imported", None, told, at=at)
        File(work, connection, 1).store()
    work.close()
    assert office.rows("SELECT DISTINCT plain FROM complaint_deadline") == [(0,)]
    fixed = office.dues()["resolution"]
    assert office.holidays(*(f"2026-11-{day}" for day in range(19, 26))).deadlines == 1
    assert office.dues()["resolution"] == fixed
