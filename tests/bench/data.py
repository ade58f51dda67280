"""Files to measure on: any number of customers and callbacks, always the same due items and the same first page.

csm itself makes the file; plain SQL fills it, the kept changes among it. Days are counted from the day given, so that
the commands measured need no clock of their own.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

DUE_CALLBACKS: Final = 40
DUE_REMINDERS: Final = 5
DUE_BIRTHDAYS: Final = 5
DUE: Final = DUE_CALLBACKS + DUE_REMINDERS + DUE_BIRTHDAYS


def numbered(*values: object) -> dict[str, object]:
    """Return values to bind to ?1, ?2 and so on; bound as a list they warn on Python 3.12.0 to 3.12.3."""
    return {str(place): value for place, value in enumerate(values, 1)}


# Numbers from 1 to ?1.
NUMBERS: Final = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1)"

CUSTOMERS: Final = f"""{NUMBERS}
    INSERT INTO customer
        (id, code, name, name_key, phone, phone_digits, region, industry, email, owner, grade, created_at, updated_at)
    SELECT
        n, printf('K%06d', n), printf('金龙 Dragon %06d', n), printf('金龙 dragon %06d', n),
        printf('138 %04d %04d', n / 10000, n % 10000), printf('138%08d', n),
        'District ' || (n % 20), trim(substr('retail  catering', 1 + n % 2 * 8, 8)), printf('shop%d@example.com', n),
        trim(substr('alicebob  carol', 1 + n % 3 * 5, 5)), substr('ABC', 1 + n % 3, 1),
        '2025-01-02T03:04:05Z', '2025-01-02T03:04:05Z'
    FROM numbers"""

# The first ones are due, one in ten of the others is planned for later, the rest is done.
CALLBACKS: Final = f"""{NUMBERS}
    INSERT INTO callback
        (id, customer_id, owner, purpose, status, due_on, planned_on, planned_note,
         done_at, done_on, done_by, outcome, satisfaction, note, created_at)
    SELECT
        n, customer_id, trim(substr('alicebob  carol', 1 + n % 3 * 5, 5)), 'usage',
        CASE WHEN done_on IS NULL THEN 'open' ELSE 'done' END, due_on, due_on, 'ask how the order went',
        done_on || 'T03:04:05Z', done_on, CASE WHEN done_on IS NOT NULL THEN 'alice' END,
        CASE WHEN done_on IS NOT NULL THEN 'reached' END, CASE WHEN done_on IS NOT NULL THEN 1 + n % 5 END,
        CASE WHEN done_on IS NOT NULL THEN 'all well, call again ' || n END, '2025-01-02T03:04:05Z'
    FROM (
        SELECT
            n, 1 + (n - 1) % ?2 AS customer_id,
            date(?3, (CASE WHEN n <= ?4 THEN -(n % 10) WHEN n % 10 = 0 THEN 30 + n % 300 ELSE -30 - n % 1000 END)
                || ' days') AS due_on,
            CASE WHEN n > ?4 AND n % 10 <> 0 THEN date(?3, (-30 - n % 1000) || ' days') END AS done_on
        FROM numbers
    )"""

# One customer in ten has a contact; the first of them have their birthday soon, the others later.
CONTACTS: Final = f"""{NUMBERS}
    INSERT INTO contact (id, customer_id, name, name_key, role, birthday, created_at)
    SELECT
        n, n * 10, printf('Li Na %06d', n), printf('li na %06d', n), 'buyer',
        '19' || (50 + n % 50) || strftime('-%m-%d', ?2, (CASE WHEN n <= ?3 THEN n ELSE 30 + n % 300 END) || ' days'),
        '2025-01-02T03:04:05Z'
    FROM numbers"""

REMINDERS: Final = f"""{NUMBERS}
    INSERT INTO note (customer_id, text, noted_at, by, remind_on)
    SELECT n, 'asks for the catalogue', '2025-01-02T03:04:05Z', 'alice', ?2 FROM numbers"""

KEPT: Final = """
    INSERT INTO change (at, command_id, table_name, row_id, operation, after)
    SELECT created_at, 1, '{table}', id, 'insert', json_object('id', id, 'created_at', created_at) FROM {table}"""


def environment() -> dict[str, str]:
    """Return the surroundings of a measured command: the user's, without what changes csm or Python."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "CSM_", "LC_")) and name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
    }
    return kept | {"LANG": "C.UTF-8", "TERM": "xterm-256color"}


def make_file(path: Path, csm: Path, *, customers: int, callbacks: int, today: date) -> None:
    """Make a file of so many customers and callbacks at `path`, `DUE` items of it due on `today`."""
    command: list[str | Path] = [csm, "--db", path, "--user", "alice", "staff", "add", "alice"]
    subprocess.run(command, env=environment(), check=True, capture_output=True)
    day = today.isoformat()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("UPDATE current_command SET bulk = 1")
        connection.execute(CUSTOMERS, numbered(customers))
        connection.execute(CALLBACKS, numbered(callbacks, customers, day, DUE_CALLBACKS))
        connection.execute(CONTACTS, numbered(customers // 10, day, DUE_BIRTHDAYS))
        connection.execute(REMINDERS, numbered(DUE_REMINDERS, day))
        for table in ("customer", "callback", "contact"):
            connection.execute(KEPT.format(table=table))
        connection.execute("UPDATE current_command SET bulk = 0")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def open_ids(path: Path) -> list[int]:
    """Return the ids of the callbacks planned for later, each of which can be noted as done once."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT id FROM callback WHERE status = 'open' AND id > ? ORDER BY id LIMIT 1000"
        return [identity for (identity,) in connection.execute(query, [DUE_CALLBACKS])]


def make_csv(path: Path, rows: int) -> None:
    """Write a file of new customers to import."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("code,name,phone,region,industry,email\n")
        for n in range(1, rows + 1):
            industry = "retail" if n % 2 else "catering"
            file.write(f"N{n:06d},新店 Shop {n:06d},139{n:08d},District {n % 20},{industry},new{n}@example.com\n")
