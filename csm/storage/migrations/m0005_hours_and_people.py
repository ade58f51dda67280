"""The fifth schema: hours of callbacks and reminders, people who have left, callers, units, and what a card was called.

Columns that are worked out from others (search keys) are filled by whoever owns their rule, not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm.domain.errors import StoredNonsense

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

# The forms in which another program's rows are compared until csm has made their real ones.
PLAIN = "lower(trim(NEW.{column}))"
ANOTHER_PROGRAM = "NOT EXISTS (SELECT 1 FROM current_command WHERE command_id IS NOT NULL)"
UNKEYED = "INSERT OR IGNORE INTO unkeyed (table_name, row_id) VALUES ('{table}', NEW.id)"

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
    "CREATE INDEX customer_short_name ON customer (short_name_key) WHERE short_name_key IS NOT NULL",
    "CREATE INDEX contact_nickname ON contact (nickname_key) WHERE nickname_key IS NOT NULL",
    "CREATE INDEX customer_email ON customer (email COLLATE NOCASE) WHERE email IS NOT NULL",
    "CREATE INDEX contact_email ON contact (email COLLATE NOCASE) WHERE email IS NOT NULL",
    # Which rule the search keys follow, 0 before any, and the rows that another program wrote since they were made.
    """CREATE TABLE search_key (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        rule INTEGER NOT NULL
    ) STRICT""",
    "INSERT INTO search_key (id, rule) VALUES (1, 0)",
    """CREATE TABLE unkeyed (
        id INTEGER PRIMARY KEY,
        table_name TEXT NOT NULL CHECK (table_name IN ('customer', 'contact')),
        row_id INTEGER NOT NULL,
        UNIQUE (table_name, row_id)
    ) STRICT""",
    f"""CREATE TRIGGER customer_unkeyed_insert AFTER INSERT ON customer WHEN NEW.name_key IS NULL BEGIN
        UPDATE customer SET short_name_key = {PLAIN.format(column="short_name")} WHERE id = NEW.id;
        {UNKEYED.format(table="customer")};
    END""",
    # Our own writes keep a key that another spelling of the name shares; the triggers before took that for none.
    "DROP TRIGGER customer_derived_name",
    f"""CREATE TRIGGER customer_unkeyed_name AFTER UPDATE OF name ON customer
    WHEN NEW.name IS NOT OLD.name AND {ANOTHER_PROGRAM} BEGIN
        UPDATE customer SET name_key = {PLAIN.format(column="name")}, pinyin = NULL WHERE id = NEW.id;
        {UNKEYED.format(table="customer")};
        INSERT INTO former_name (customer_id, name, name_key, until_on)
        VALUES (OLD.id, OLD.name, OLD.name_key, date('now'));
    END""",
    f"""CREATE TRIGGER customer_unkeyed_short_name AFTER UPDATE OF short_name ON customer
    WHEN NEW.short_name IS NOT OLD.short_name AND {ANOTHER_PROGRAM} BEGIN
        UPDATE customer SET short_name_key = {PLAIN.format(column="short_name")} WHERE id = NEW.id;
        {UNKEYED.format(table="customer")};
    END""",
    f"""CREATE TRIGGER contact_unkeyed_insert AFTER INSERT ON contact WHEN NEW.name_key IS NULL BEGIN
        UPDATE contact SET nickname_key = {PLAIN.format(column="nickname")} WHERE id = NEW.id;
        {UNKEYED.format(table="contact")};
    END""",
    "DROP TRIGGER contact_derived_name",
    f"""CREATE TRIGGER contact_unkeyed_name AFTER UPDATE OF name, nickname ON contact
    WHEN (NEW.name IS NOT OLD.name OR NEW.nickname IS NOT OLD.nickname) AND {ANOTHER_PROGRAM} BEGIN
        UPDATE contact SET
            name_key = CASE WHEN NEW.name IS OLD.name THEN name_key ELSE {PLAIN.format(column="name")} END,
            pinyin = CASE WHEN NEW.name IS OLD.name THEN pinyin END,
            nickname_key = {PLAIN.format(column="nickname")}
        WHERE id = NEW.id;
        {UNKEYED.format(table="contact")};
    END""",
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
    """Rewrite instants in the form of the file; raise stored-nonsense for what is none."""
    stored, meant = AS_STORED.format(column=column), MEANT.format(column=column)
    wrong = f"{column} IS NOT {stored}"
    connection.execute(f"UPDATE {table} SET {column} = {stored} WHERE {wrong} AND {meant} AND {stored} IS NOT NULL")
    found = connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {wrong} LIMIT 1").fetchone()
    if found is not None:
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
