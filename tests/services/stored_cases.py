"""What is stored of cases beside their events, compared with a fresh look at the events."""

from __future__ import annotations

from csm.cli.session import Session
from csm.services.complaint.recording import File
from csm.storage.complaint import rows as complaints
from tests.desk import Desk


def check_stored(desk: Desk) -> None:
    """Check that state and deadlines of every case are what its events add up to, and that no miss is told twice."""
    session = Session(["csm"])
    session.path, session.as_of, session.user_given = str(desk.path), desk.now, desk.user
    connection = session.database.connection
    try:
        for (case_id,) in connection.execute("SELECT id FROM complaint").fetchall():
            file = File(session, connection, case_id)
            found = file.deadlines()
            state = file._state(found)
            names = ", ".join(state)
            [stored] = connection.execute(f"SELECT {names} FROM complaint_state WHERE complaint_id = ?", [case_id])
            assert dict(zip(state, stored, strict=True)) == state
            kept = [
                tuple(row[name] for name in complaints.DEADLINE_COLUMNS)
                for row in complaints.deadlines(connection, case_id)
            ]
            # the local day of what is over stays that of the zone it ended in
            day = complaints.DEADLINE_COLUMNS.index("due_on")
            fresh = [file._deadline(one) for one in found]
            assert [_without(row, day) for row in kept] == [_without(row, day) for row in fresh]
            missed = [(event.data["clock"], event.data["number"]) for event in file.events if event.step == "miss"]
            assert len(set(missed)) == len(missed)
    finally:
        session.close()


def _without(row: tuple[object, ...], place: int) -> tuple[object, ...]:
    return row[:place] + row[place + 1 :]
