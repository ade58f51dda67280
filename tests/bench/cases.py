"""Files of complaints to measure on: any number of cases with eight events each, always the same ones due.

The first ones are overdue, their miss on record; one in ten of the others is open and due later, so that a step taken
in it records no miss; the rest is closed.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from tests.bench import data

OVERDUE: Final = 60
EVENTS: Final = 8
SHOWN: Final = 500

TARGETS: Final = (
    '{"level":"complaint","severity":"general","owner":"alice","targets":{'
    '"general":{"first-response":"5d","proposal":"6d","resolution":"7d"},'
    '"serious":{"first-response":"5d","proposal":"6d","resolution":"7d"},'
    '"malicious":{"first-response":"5d","proposal":"6d","resolution":"7d"}}}'
)

CASES: Final = f"""{data.NUMBERS}
    INSERT INTO complaint (id, customer_id, summary, problem, channel, received_at, created_at)
    SELECT n, 1 + (n - 1) % ?2, 'the delivery came too late, number ' || n, 'late-delivery', 'phone', at, at
    FROM (
        SELECT n, date(?3, CASE WHEN n <= ?4 THEN '-20 days' WHEN n % 10 = 0 THEN '-1 days'
            ELSE (-60 - n % 600) || ' days' END) || 'T02:00:00Z' AS at
        FROM numbers)"""

EVENT: Final = f"""{data.NUMBERS}
    INSERT INTO complaint_event (complaint_id, at, by, step, text, level, data)
    SELECT complaint.id, received_at, 'alice', verb, 'what was said of it', 0, data
    FROM complaint CROSS JOIN (
        SELECT n, CASE WHEN n = 1 THEN 'record' ELSE 'note' END AS verb, CASE n WHEN 1 THEN ?2 ELSE '{{}}' END AS data
        FROM numbers)"""

STATES: Final = """
    INSERT INTO complaint_state
        (complaint_id, level, severity, status, step, next_step, owner, first_response_at, implemented_at, closed_at,
         satisfaction, lesson, missed, next_clock, next_due_at, next_miss_at)
    SELECT
        id, 'complaint', 'general', CASE WHEN closed THEN 'closed' ELSE 'open' END,
        CASE WHEN closed THEN 'close' ELSE 'record' END, CASE WHEN NOT closed THEN 'judge' END,
        trim(substr('alicebob  carol', 1 + id % 3 * 5, 5)), CASE WHEN closed THEN received_at END,
        CASE WHEN closed THEN received_at END, CASE WHEN closed THEN received_at END,
        CASE WHEN closed THEN 1 + id % 5 END, CASE WHEN closed AND id % 20 = 1 THEN 'ring before you come' END,
        id <= :overdue, CASE WHEN NOT closed THEN 'first-response' END,
        CASE WHEN NOT closed THEN due END, CASE WHEN NOT closed AND id > :overdue THEN due END
    FROM (
        SELECT id, received_at, id > :overdue AND id % 10 <> 0 AS closed,
            date(:today, CASE WHEN id <= :overdue THEN -(1 + id % 9) ELSE 3 + id % 9 END || ' days') || 'T05:00:00Z'
                AS due
        FROM complaint)"""

DEADLINES: Final = """
    INSERT INTO complaint_deadline
        (complaint_id, clock, start_at, target, due_at, due_on, met_at, missed, standing)
    SELECT
        complaint.id, clock, complaint.received_at, target,
        CASE WHEN status = 'closed' THEN complaint.received_at WHEN clock = 'first-response' THEN next_due_at
            ELSE date(:today, '+20 days') || 'T05:00:00Z' END,
        CASE WHEN status = 'closed' THEN substr(complaint.received_at, 1, 10) WHEN clock = 'first-response'
            THEN substr(next_due_at, 1, 10) ELSE date(:today, '+20 days') END,
        CASE WHEN status = 'closed' THEN complaint.received_at END, missed AND clock = 'first-response',
        CASE WHEN status = 'closed' THEN 'met' ELSE 'running' END
    FROM complaint JOIN complaint_state ON complaint_id = complaint.id
    CROSS JOIN (SELECT column1 AS clock, column2 AS target FROM (VALUES
        ('first-response', '8h'), ('proposal', '3d'), ('resolution', '7d')))"""


def make_file(path: Path, csm: Path, *, cases: int, today: date) -> None:
    """Make a file of a thousand customers and so many cases at `path`, `OVERDUE` of them late on `today`."""
    data.make_file(path, csm, customers=1_000, callbacks=10_000, today=today)
    named = {"overdue": OVERDUE, "today": today.isoformat()}
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        connection.execute("UPDATE current_command SET bulk = 1")
        connection.execute(CASES, data.numbered(cases, 1_000, today.isoformat(), OVERDUE))
        connection.execute(EVENT, data.numbered(EVENTS, TARGETS))
        connection.execute(STATES, named)
        connection.execute(DEADLINES, {"today": today.isoformat()})
        for table in ("complaint", "complaint_event"):
            stamp = "created_at" if table == "complaint" else "at"
            connection.execute(
                "INSERT INTO change (at, command_id, table_name, row_id, operation, after)"
                f" SELECT {stamp}, 1, '{table}', id, 'insert', json_object('id', id) FROM {table}"
            )
        connection.execute("UPDATE current_command SET bulk = 0")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def open_ids(path: Path) -> list[int]:
    """Return the ids of open cases that aren't late, each of which can be judged once."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT complaint_id FROM complaint_state WHERE next_step = 'judge' AND complaint_id > ? ORDER BY 1 LIMIT 500"
        return [identity for (identity,) in connection.execute(query, [OVERDUE])]
