"""The fifth schema: hours of callbacks and reminders, people who have left, callers, units, and what a card was called.

Columns that are worked out from others (search keys) are filled by whoever owns their rule, not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

STATEMENTS = (
    # --- hours: the instant of a day's time where one was named; due_on and remind_on keep the day ---------------
    "ALTER TABLE callback ADD COLUMN due_at TEXT",
    "ALTER TABLE note ADD COLUMN remind_at TEXT",
    # The wall time of a series, HH:MM: one of its callbacks can be moved to another time, the others stay.
    "ALTER TABLE callback ADD COLUMN series_time TEXT",
    # What has a time today stands before everything that only has a day, and is found without looking at that.
    "CREATE INDEX callback_open_timed ON callback (due_on, due_at) WHERE status = 'open' AND due_at IS NOT NULL",
    # Made anew: of two indexes that seem equally good SQLite takes the younger, and what is due must not walk the one
    # that holds all that was delivered.
    "DROP INDEX sale_undelivered",
    "CREATE INDEX sale_undelivered ON sale (delivery_on, id)"
    " WHERE cancelled_on IS NULL AND delivery_on IS NOT NULL AND delivered_on IS NULL",
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
)


def apply(db: Database) -> None:
    """Add the columns and tables."""
    for statement in STATEMENTS:
        db.execute(statement)
