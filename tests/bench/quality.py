"""Files to measure the figures of service quality on: cases, callbacks and surveys spread over three years.

Cases have their state and their deadlines, which is all that figures read; every fifth survey has its 22 items.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from tests.bench import data

DAYS: Final = 1_095
SMALL: Final = (1_000, 1_000, 1_000, 1_000)
LARGE: Final = (100_000, 1_000_000, 300_000, 100_000)

CASES: Final = f"""{data.NUMBERS}
    INSERT INTO complaint (id, customer_id, summary, content, problem, channel, received_at, created_at)
    SELECT
        n, 1 + n * 7919 % ?2, 'the delivery came too late, number ' || n,
        CASE n % 4 WHEN 0 THEN 'service' WHEN 1 THEN 'price' ELSE 'product' END,
        CASE n * 31 % 7 WHEN 0 THEN 'price-change' WHEN 1 THEN 'goods-damaged' WHEN 2 THEN 'staff-attitude'
            WHEN 3 THEN 'other' ELSE 'late-delivery' END,
        'phone', at, at
    FROM (
        SELECT n, strftime('%Y-%m-%dT%H:%M:%SZ', ?3, (-n * 613 % {DAYS}) || ' days', (n * 97 % 28800) || ' seconds') AS at
        FROM numbers)"""

# Two in a hundred are open, one in two hundred late; one in ten was late once, one in twenty was reopened.
STATES: Final = """
    INSERT INTO complaint_state
        (complaint_id, level, severity, status, step, owner, founded, responsibility, cause, outcome, first_outcome,
         satisfaction, live, settled_on_spot, first_response_at, implemented_at, closed_at, reopened,
         escalated_by_hand, escalated_by_policy, missed, received_at, response, resolution, response_seconds,
         resolution_seconds, total_seconds, lesson, problem)
    SELECT
        id, CASE WHEN id % 9 = 0 THEN 'grievance' ELSE 'complaint' END, 'general',
        CASE WHEN open THEN 'open' WHEN id % 23 = 0 THEN 'unresolved' WHEN id % 11 = 0 THEN 'unfounded' ELSE 'closed' END,
        CASE WHEN open THEN 'record' ELSE 'close' END, trim(substr('alicebob  carol', 1 + id % 3 * 5, 5)),
        CASE WHEN open THEN NULL WHEN id % 11 = 0 THEN 'unfounded' ELSE 'founded' END,
        'ours', CASE id % 3 WHEN 0 THEN 'service' ELSE 'company' END,
        CASE WHEN NOT open THEN 'full' END,
        CASE WHEN NOT open THEN CASE id % 6 WHEN 0 THEN 'partial' ELSE 'full' END END,
        CASE WHEN NOT open AND id % 2 THEN 1 + id * 7 % 5 END, id % 3 = 0, id % 8 = 0, received_at, received_at,
        CASE WHEN NOT open THEN received_at END, id % 20 = 0, id % 15 = 0, id % 10 = 0, id % 10 = 0, received_at,
        CASE WHEN open THEN 'running' WHEN id % 10 = 0 THEN 'missed' ELSE 'met' END,
        CASE WHEN open THEN 'running' WHEN id % 14 = 0 THEN 'missed' ELSE 'met' END,
        CASE WHEN NOT open AND id % 9 AND id % 3 THEN id * 6151 % 40000 END,
        CASE WHEN NOT open AND id % 9 THEN id * 7727 % 250000 END,
        CASE WHEN NOT open AND id % 9 THEN id * 7727 % 250000 + (id % 20 = 0) * 30000 END,
        CASE WHEN NOT open AND id % 40 = 1 THEN 'ring before you come' END,
        problem
    FROM (SELECT id, received_at, problem, id % 50 = 0 AS open FROM complaint)"""

DEADLINES: Final = """
    INSERT INTO complaint_deadline (complaint_id, clock, start_at, target, due_at, due_on, met_at, missed, standing)
    SELECT
        complaint_id, clock, received_at, target, due, substr(due, 1, 10),
        CASE WHEN status <> 'open' THEN received_at END,
        status <> 'open' AND (clock = 'resolution' AND resolution = 'missed' OR clock <> 'resolution' AND response = 'missed'),
        CASE WHEN status = 'open' THEN 'running' ELSE 'met' END
    FROM (
        SELECT complaint_id, received_at, status, response, resolution, clock, target,
            CASE WHEN status = 'open' AND complaint_id % 200 THEN date(?1, '+9 days') || 'T05:00:00Z' ELSE received_at END AS due
        FROM complaint_state
        CROSS JOIN (SELECT column1 AS clock, column2 AS target FROM (VALUES
            ('first-response', '8h'), ('proposal', '3d'), ('resolution', '7d'))))"""

REPEATS: Final = """
    INSERT INTO complaint_repeat (complaint_id, received_at, before_id, seconds)
    SELECT id, received_at, before_id, strftime('%s', received_at) - strftime('%s', before_at) FROM (
        SELECT id, received_at, lag(id) OVER earlier AS before_id, lag(received_at) OVER earlier AS before_at
        FROM complaint WINDOW earlier AS (PARTITION BY customer_id, problem ORDER BY received_at, id))
    WHERE before_id IS NOT NULL"""

_DIMENSIONS: Final = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
_ITEMS: Final = ", ".join(f"'q{item}', json_object('e', 6, 'p', 1 + n * {item + 6} % 7)" for item in range(1, 23))
_PERCEIVED: Final = " || ".join(f"(1 + n * {item + 6} % 7)" for item in range(1, 23))

SURVEYS: Final = f"""{data.NUMBERS}
    INSERT INTO survey (
        id, customer_id, taken_on, csat, nps, {", ".join(f"{one}_{side}" for one in _DIMENSIONS for side in "ep")},
        weights, items, perceived, created_at)
    SELECT
        n, 1 + n * 7907 % ?2, date(?3, (-n * 617 % {DAYS}) || ' days'), 1 + n * 13 % 5, n * 17 % 11,
        {", ".join(f"4 + n * {seed} % 13 / 4.0" for seed in range(3, 13))},
        CASE WHEN n % 50 = 0 THEN '20,20,20,20,20' END,
        CASE WHEN n % 5 = 0 THEN json_object({_ITEMS}) END, CASE WHEN n % 5 = 0 THEN {_PERCEIVED} END,
        '2025-01-02T03:04:05Z'
    FROM numbers"""


def make_file(path: Path, csm: Path, size: tuple[int, int, int, int], *, today: date) -> None:
    """Make a file of so many customers, callbacks, cases and surveys at `path`."""
    customers, callbacks, cases, surveys = size
    day = today.isoformat()
    data.make_file(path, csm, customers=customers, callbacks=callbacks, today=today)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("BEGIN")
        connection.execute("UPDATE current_command SET bulk = 1")
        connection.execute(CASES, data.numbered(cases, customers, day))
        connection.execute(STATES)
        connection.execute(DEADLINES, data.numbered(day))
        connection.execute(REPEATS)
        connection.execute(SURVEYS, data.numbered(surveys, customers, day))
        connection.execute("UPDATE current_command SET bulk = 0")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
