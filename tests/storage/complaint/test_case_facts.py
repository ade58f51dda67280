"""The facts of cases that are there before a file holds any: filled in as the handling of a case writes them today."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csm.cli.session import Session
from csm.services.complaint.recording import File
from tests.desk import Desk
from tests.services.stored_cases import check_stored

FACTS = "response, resolution, response_seconds, resolution_seconds, total_seconds, first_outcome"
HOUR = 3600


@pytest.fixture
def migrated(tmp_path: Path) -> Desk:
    """Return the desk of a file of the third schema, brought up to date; its cases were handled by that release."""
    with closing(sqlite3.connect(tmp_path / "three.db")) as connection:
        connection.executescript((Path(__file__).parents[1] / "fixtures" / "schema3.sql").read_text(encoding="utf-8"))
    desk = Desk(tmp_path, now="2026-11-26 15:00", name="three.db")
    desk.ok("complaint", "list", "-f", "csv")
    return desk


def facts(desk: Desk, case: int) -> tuple[object, ...]:
    [row] = desk.sql(f"SELECT {FACTS} FROM complaint_state WHERE complaint_id = ?", case)
    return row


def test_the_migration_fills_in_what_handling_a_case_writes(migrated: Desk) -> None:
    filled = migrated.sql(f"SELECT complaint_id, {FACTS} FROM complaint_state ORDER BY 1")
    check_stored(migrated)
    # Times that are known are kept, so without them, too.
    migrated.sql("UPDATE complaint_state SET response_seconds = NULL, resolution_seconds = NULL, total_seconds = NULL")
    session = Session(["csm"])
    session.path, session.as_of = str(migrated.path), migrated.now
    with session.database.writing(session.command) as connection:
        for case, *_ in filled:
            File(session, connection, case).store()
    session.close()
    assert migrated.sql(f"SELECT complaint_id, {FACTS} FROM complaint_state ORDER BY 1") == filled
    moments = "SELECT count(*) FROM complaint_state AS s JOIN complaint AS c ON id = complaint_id"
    assert migrated.sql(f"{moments} WHERE s.received_at = c.received_at") == [(10,)]


def test_the_facts_are_those_of_the_working_calendar(migrated: Desk) -> None:
    # Working time is Monday to Saturday, 9 to 12 and 13 to 18.
    # cp1, imported: Monday 10:00, answered at 11:00, settled on Tuesday at 10:00: 1; 2 + 5 + 1 = 8 hours.
    assert facts(migrated, 1) == ("met", "met", 1 * HOUR, 8 * HOUR, 8 * HOUR, "full")
    # cp3, imported: Tuesday 17:00, answered on Thursday at 10:00 after a holiday: 1 + 1 = 2 hours; never settled.
    assert facts(migrated, 3)[2:] == (2 * HOUR, None, None, None)
    # cp4 has been open since Monday the 16th at 9:00, and nobody has answered: resolved it had to be on Tuesday the 24th.
    assert facts(migrated, 4) == ("missed", "missed", None, None, None, None)
    # cp5: Friday 11:00, answered at 14:00 over lunch: 1 + 1 = 2 hours. Settled on Saturday at 10:00: 1 + 5 + 1 = 7.
    # Opened again and settled on Monday at 15:00 after a Sunday: 6 on Friday + 8 + 3 + 2 = 19.
    assert facts(migrated, 5) == ("met", "met", 2 * HOUR, 7 * HOUR, 19 * HOUR, "full")
    # cp6 was taken live, and waits: no time to its first response is counted.
    assert facts(migrated, 6) == ("met", "running", None, None, None, None)
    # cp8 is a grievance: its time isn't counted.
    assert facts(migrated, 8)[2:] == (None, None, None, None)
    # cp9: Tuesday 9:30, first heard of and settled in part on Thursday at 15:00: 2.5 + 5 + 8 + 3 + 2 = 20.5.
    assert facts(migrated, 9)[2:] == (20.5 * HOUR, 20.5 * HOUR, 20.5 * HOUR, "partial")


def test_cases_that_another_came_before_are_noted(migrated: Desk) -> None:
    # Of all, only Golden Dragon came twice about the same: late deliveries, cp5 and cp9.
    # Four days less an hour and a half: from the 20th, 3:00, to the 24th, 1:30.
    row = (9, "2026-11-24T01:30:00Z", 5, 4 * 24 * HOUR - 1.5 * HOUR)
    assert migrated.sql("SELECT complaint_id, received_at, before_id, seconds FROM complaint_repeat") == [row]


def test_a_new_case_is_noted_as_it_comes_in(migrated: Desk) -> None:
    migrated.ok("complaint", "open", "1", "late a third time", "--problem", "late-delivery")
    migrated.ok("complaint", "open", "1", "who knows what")
    migrated.ok("complaint", "open", "2", "torn once more", "--problem", "goods-damaged")
    # The latest one before counts; that of customer 2 was imported.
    assert migrated.sql("SELECT complaint_id, before_id FROM complaint_repeat ORDER BY 1") == [(9, 5), (11, 9), (13, 2)]


def test_an_import_notes_them_and_takes_a_change_into_account(desk: Desk) -> None:
    desk.ok("customer", "add", "Old Shop")
    file = desk.folder / "old.csv"
    head = "external_id,customer,summary,problem,received_at,status\n"
    rows = "a,Old Shop,late,late-delivery,2026-08-03 10:00,closed\nb,Old Shop,later,late-delivery,2026-08-01 10:00,closed\n"
    file.write_text(head + rows, encoding="utf-8")
    desk.ok("import", "complaints", file)
    assert desk.sql("SELECT complaint_id, before_id FROM complaint_repeat") == [(1, 2)]
    # The second came in after the first after all: in state and list, and so it is the one that another came before.
    file.write_text(head + rows.replace("2026-08-01", "2026-08-05"), encoding="utf-8")
    desk.ok("import", "complaints", file, "--update")
    assert desk.sql("SELECT * FROM complaint_repeat") == [(2, "2026-08-05T10:00:00Z", 1, 48 * HOUR)]
    assert desk.sql("SELECT received_at FROM complaint_state ORDER BY 1 DESC LIMIT 1") == [("2026-08-05T10:00:00Z",)]
    check_stored(desk)
    # And it was about something else.
    file.write_text(head + rows.replace("later,late-delivery,2026-08-01", "later,other,2026-08-05"), encoding="utf-8")
    desk.ok("import", "complaints", file, "--update")
    assert desk.sql("SELECT count(*) FROM complaint_repeat") == [(0,)]
    check_stored(desk)


def test_how_long_something_took_stays_whatever_holidays_come_in_later(migrated: Desk) -> None:
    before = facts(migrated, 9)
    days = migrated.folder / "days.csv"
    days.write_text("date,kind\n2026-11-25,holiday\n", encoding="utf-8")
    migrated.ok("config", "holidays", "import", days)
    migrated.ok("complaint", "note", "9", "that was a holiday")
    assert facts(migrated, 9) == before


def test_other_is_no_one_problem(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0199")
    for problem in ("other", "other", "late-delivery", "late-delivery"):
        desk.ok("complaint", "open", "1", "once more", "--problem", problem)
    assert desk.sql("SELECT complaint_id, before_id FROM complaint_repeat") == [(4, 3)]
