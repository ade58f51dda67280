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
    # --- people ---------------------------------------------------------------------------------------------------
    "ALTER TABLE contact ADD COLUMN nickname TEXT",
    "ALTER TABLE contact ADD COLUMN nickname_key TEXT",
    # A column added later can't be checked against rows that are there; NULL is the value of them all.
    "ALTER TABLE contact ADD COLUMN left_on TEXT CHECK (left_on IS date(left_on))",
    # Who has moved is at the old customer as somebody who has left, and a contact anew at the other: this one.
    "ALTER TABLE contact ADD COLUMN moved_to INTEGER REFERENCES contact (id) ON DELETE SET NULL",
    "CREATE INDEX contact_moved ON contact (moved_to) WHERE moved_to IS NOT NULL",
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
