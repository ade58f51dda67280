"""The fifth schema: hours of callbacks and reminders, people who have left, callers, units, and what a card was called.

Columns that are worked out from others (search keys) are filled by whoever owns their rule, not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

STATEMENTS = (
    # --- hours: the instant of a day's time where one was named; due_on and remind_on keep the day ---------------
    "ALTER TABLE callback ADD COLUMN due_at TEXT",
    "ALTER TABLE note ADD COLUMN remind_at TEXT",
    # --- people ---------------------------------------------------------------------------------------------------
    "ALTER TABLE contact ADD COLUMN nickname TEXT",
    "ALTER TABLE contact ADD COLUMN nickname_key TEXT",
    # A column added later can't be checked against rows that are there; NULL is the value of them all.
    "ALTER TABLE contact ADD COLUMN left_on TEXT CHECK (left_on IS date(left_on))",
    # --- what a card is found by ----------------------------------------------------------------------------------
    "ALTER TABLE customer ADD COLUMN short_name_key TEXT",
    """CREATE TABLE former_name (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        name TEXT NOT NULL CHECK (name <> ''),
        name_key TEXT,
        until_on TEXT NOT NULL CHECK (until_on IS date(until_on))
    ) STRICT""",
    "CREATE INDEX former_name_customer ON former_name (customer_id)",
    "CREATE INDEX former_name_key ON former_name (name_key)",
    # --- who called, where it isn't a contact on record -----------------------------------------------------------
    "ALTER TABLE complaint ADD COLUMN caller TEXT",
    "ALTER TABLE complaint ADD COLUMN caller_phone TEXT",
    # --- what a quantity is counted in ----------------------------------------------------------------------------
    "ALTER TABLE sale ADD COLUMN unit TEXT",
    # --- the file itself: the state of the schema for which views, triggers and indexes were made ------------------
    "ALTER TABLE current_command ADD COLUMN made_for INTEGER",
)

# Every column that holds an instant, `2026-11-21T07:30:00Z`.
INSTANTS = {
    "command": ("at",),
    "change": ("at",),
    "customer": ("created_at", "updated_at"),
    "note": ("noted_at", "remind_at"),
    "contact": ("created_at",),
    "callback": ("done_at", "due_at", "created_at"),
    "callback_try": ("at",),
    "complaint": ("received_at", "created_at"),
    "complaint_event": ("at",),
    "complaint_state": (
        *("first_response_at", "implemented_at", "closed_at", "waiting_since"),
        *("next_due_at", "next_miss_at", "received_at"),
    ),
    "complaint_deadline": ("start_at", "due_at", "met_at"),
    "complaint_repeat": ("received_at",),
    "prevention": ("done_at", "created_at"),
    "pledge": ("created_at",),
    "promise": ("due_at", "kept_at", "created_at"),
    "sale": ("created_at",),
    "payment": ("created_at",),
    "signature": ("created_at",),
    "service": ("created_at",),
    "loss": ("created_at",),
    "grading": ("created_at",),
    "survey": ("created_at",),
}
AS_STORED = "strftime('%Y-%m-%dT%H:%M:%SZ', {column})"
# What another program wrote in a form of its own, but means one instant: its day is one of the calendar.
MEANT = (
    "{column} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9][T ][0-9][0-9]:*'"
    " AND date(substr({column}, 1, 10)) IS substr({column}, 1, 10)"
)


def apply(db: Database) -> None:
    """Add the columns and tables, and the checks of instants."""
    for statement in STATEMENTS:
        db.execute(statement)
    for table, columns in INSTANTS.items():
        for column in columns:
            _check_stored(db.conn, table, column)
    _add_checks(db.conn)


def _check_stored(connection: sqlite3.Connection, table: str, column: str) -> None:
    """Rewrite instants in the form of the file; raise StoredNonsense for what is none."""
    stored, meant = AS_STORED.format(column=column), MEANT.format(column=column)
    wrong = f"{column} IS NOT {stored}"
    connection.execute(f"UPDATE {table} SET {column} = {stored} WHERE {wrong} AND {meant} AND {stored} IS NOT NULL")
    found = connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {wrong} LIMIT 1").fetchone()
    if found is not None:
        from csm.domain.errors import StoredNonsense

        raise StoredNonsense(table=table, row=found[0], column=column, value=found[1])


def _add_checks(connection: sqlite3.Connection) -> None:
    """Add the checks to the tables as they are: the rows are known to pass, so that none has to be copied.

    source: SQLite, ALTER TABLE, "Making Other Kinds Of Table Schema Changes", the shorter procedure.
    """
    connection.execute("PRAGMA writable_schema = ON")
    for table, columns in INSTANTS.items():
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", [table]
        ).fetchone()
        head, end, tail = sql.rpartition(")")
        checks = "".join(f",\n        CHECK ({column} IS {AS_STORED.format(column=column)})" for column in columns)
        connection.execute(
            "UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", [head + checks + end + tail, table]
        )
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    connection.execute(f"PRAGMA schema_version = {version + 1}")
    connection.execute("PRAGMA writable_schema = RESET")
