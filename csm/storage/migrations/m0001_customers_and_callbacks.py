"""The first schema: the kept changes, settings, calendar, staff, customer cards, contacts, notes and callbacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"

# Another program that adds or edits a card knows nothing of the derived columns; these expressions stand in for the
# domain's, so that the card is still found by its name and phone.
PLAIN_NAME = "lower(trim(NEW.name))"
PLAIN_DIGITS = "NEW.{phone}"
for _mark in (" ", "-", "(", ")", ".", "/", "+86", "+"):
    PLAIN_DIGITS = f"replace({PLAIN_DIGITS}, '{_mark}', '')"

STATEMENTS = (
    # --- what was changed, when, by whom -------------------------------------------------------------------
    """CREATE TABLE command (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        user TEXT NOT NULL,
        title TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE current_command (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        command_id INTEGER REFERENCES command (id),
        bulk INTEGER NOT NULL DEFAULT 0 CHECK (bulk IN (0, 1))
    ) STRICT""",
    "INSERT INTO current_command (id) VALUES (1)",
    """CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        command_id INTEGER REFERENCES command (id),
        table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        operation TEXT NOT NULL CHECK (operation IN ('insert', 'update', 'delete')),
        before TEXT,
        after TEXT
    ) STRICT""",
    "CREATE INDEX change_row ON change (table_name, row_id)",
    # --- policy ----------------------------------------------------------------------------------------------
    """CREATE TABLE setting (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        value TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE holiday (
        id INTEGER PRIMARY KEY,
        date TEXT NOT NULL UNIQUE CHECK (date IS date(date)),
        kind TEXT NOT NULL CHECK (kind IN ('holiday', 'workday')),
        name TEXT
    ) STRICT""",
    """CREATE TABLE staff (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        level INTEGER NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 3),
        department TEXT,
        phone TEXT,
        email TEXT,
        retired_on TEXT CHECK (retired_on IS date(retired_on))
    ) STRICT""",
    """CREATE TABLE stand_in (
        id INTEGER PRIMARY KEY,
        owner TEXT NOT NULL,
        deputy TEXT NOT NULL,
        from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
        until_on TEXT NOT NULL CHECK (until_on IS date(until_on))
    ) STRICT""",
    "CREATE INDEX stand_in_until ON stand_in (until_on)",
    # --- customer cards --------------------------------------------------------------------------------------
    f"""CREATE TABLE customer (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL CHECK (name <> ''),
        name_key TEXT,
        pinyin TEXT,
        external_id TEXT,
        code TEXT,
        short_name TEXT,
        kind TEXT NOT NULL DEFAULT 'company' CHECK (kind IN ('company', 'person')),
        status TEXT NOT NULL DEFAULT 'active'
            CHECK (status IN ('prospect', 'active', 'dormant', 'lost', 'won-back')),
        industry TEXT,
        region TEXT,
        address TEXT,
        size TEXT CHECK (size IN ('small', 'medium', 'large')),
        revenue_cents INTEGER,
        source TEXT,
        referred_by TEXT,
        phone TEXT,
        phone_digits TEXT,
        email TEXT,
        owner TEXT,
        grade TEXT CHECK (grade IN ('A', 'B', 'C')),
        key_account TEXT,
        relationship TEXT
            CHECK (relationship IN ('basic', 'reactive', 'accountable', 'proactive', 'partnership')),
        credit_limit_cents INTEGER,
        terms TEXT,
        supply_stopped TEXT,
        payment_record TEXT,
        competitors TEXT,
        attitude TEXT CHECK (attitude IN ('supportive', 'neutral', 'cool')),
        promotions TEXT,
        category_spend_cents INTEGER,
        contract_start_on TEXT CHECK (contract_start_on IS date(contract_start_on)),
        contract_end_on TEXT CHECK (contract_end_on IS date(contract_end_on)),
        receiving_hours TEXT,
        goods_place TEXT,
        parking TEXT,
        delivery_wishes TEXT,
        route TEXT,
        route_order INTEGER,
        visit_every TEXT,
        best_time TEXT,
        channel TEXT,
        do_not_contact INTEGER NOT NULL DEFAULT 0 CHECK (do_not_contact IN (0, 1)),
        reviewed_on TEXT CHECK (reviewed_on IS date(reviewed_on)),
        archived_on TEXT CHECK (archived_on IS date(archived_on)),
        created_at TEXT NOT NULL DEFAULT ({NOW}),
        updated_at TEXT NOT NULL DEFAULT ({NOW})
    ) STRICT""",
    "CREATE INDEX customer_name ON customer (name_key)",
    "CREATE INDEX customer_code ON customer (code COLLATE NOCASE) WHERE code IS NOT NULL",
    "CREATE INDEX customer_external_id ON customer (external_id) WHERE external_id IS NOT NULL",
    "CREATE INDEX customer_phone ON customer (phone_digits) WHERE phone_digits IS NOT NULL",
    "CREATE INDEX customer_owner ON customer (owner, name_key)",
    "CREATE INDEX customer_region ON customer (region, name_key)",
    "CREATE INDEX customer_route ON customer (route, route_order) WHERE route IS NOT NULL",
    """CREATE TABLE customer_tag (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        tag TEXT NOT NULL CHECK (tag <> ''),
        UNIQUE (customer_id, tag)
    ) STRICT""",
    "CREATE INDEX customer_tag_tag ON customer_tag (tag)",
    """CREATE TABLE customer_field (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        key TEXT NOT NULL CHECK (key <> ''),
        value TEXT NOT NULL,
        UNIQUE (customer_id, key)
    ) STRICT""",
    "CREATE INDEX customer_field_key ON customer_field (key, value)",
    f"""CREATE TABLE note (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        text TEXT NOT NULL CHECK (text <> ''),
        noted_at TEXT NOT NULL DEFAULT ({NOW}),
        by TEXT,
        remind_on TEXT CHECK (remind_on IS date(remind_on)),
        pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
        settled_on TEXT CHECK (settled_on IS date(settled_on))
    ) STRICT""",
    "CREATE INDEX note_customer ON note (customer_id)",
    "CREATE INDEX note_reminder ON note (remind_on) WHERE remind_on IS NOT NULL AND settled_on IS NULL",
    f"""CREATE TABLE contact (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        name TEXT NOT NULL CHECK (name <> ''),
        name_key TEXT,
        pinyin TEXT,
        role TEXT,
        email TEXT,
        wechat TEXT,
        birthday TEXT CHECK (birthday IS NULL OR birthday LIKE '____-__-__' OR birthday LIKE '--__-__'),
        birthday_month_day TEXT GENERATED ALWAYS AS (substr(birthday, -5)) VIRTUAL,
        sign_off TEXT CHECK (sign_off IN ('department-manager', 'general-manager', 'finance-manager', 'cashier')),
        remarks TEXT,
        family TEXT,
        hobbies TEXT,
        clubs TEXT,
        faith TEXT,
        customs TEXT,
        created_at TEXT NOT NULL DEFAULT ({NOW})
    ) STRICT""",
    "CREATE INDEX contact_customer ON contact (customer_id)",
    "CREATE INDEX contact_name ON contact (name_key)",
    "CREATE INDEX contact_birthday ON contact (birthday_month_day) WHERE birthday IS NOT NULL",
    """CREATE TABLE contact_phone (
        id INTEGER PRIMARY KEY,
        contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
        number TEXT NOT NULL CHECK (number <> ''),
        digits TEXT
    ) STRICT""",
    "CREATE INDEX contact_phone_contact ON contact_phone (contact_id)",
    "CREATE INDEX contact_phone_digits ON contact_phone (digits)",
    # --- callbacks -------------------------------------------------------------------------------------------
    f"""CREATE TABLE callback (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        contact_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
        owner TEXT,
        direction TEXT NOT NULL DEFAULT 'outgoing' CHECK (direction IN ('outgoing', 'incoming')),
        channel TEXT NOT NULL DEFAULT 'phone',
        purpose TEXT NOT NULL DEFAULT 'other',
        status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'skipped', 'cancelled')),
        origin TEXT NOT NULL DEFAULT 'manual'
            CHECK (origin IN ('manual', 'series', 'cadence', 'route', 'next', 'log')),
        due_on TEXT NOT NULL CHECK (due_on IS date(due_on)),
        planned_on TEXT NOT NULL CHECK (planned_on IS date(planned_on)),
        series_on TEXT CHECK (series_on IS date(series_on)),
        every TEXT,
        from_done INTEGER NOT NULL DEFAULT 0 CHECK (from_done IN (0, 1)),
        planned_note TEXT,
        done_at TEXT,
        done_on TEXT CHECK (done_on IS date(done_on)),
        done_by TEXT,
        outcome TEXT CHECK (outcome IN ('reached', 'no-answer', 'postponed', 'refused')),
        satisfaction INTEGER CHECK (satisfaction BETWEEN 1 AND 5),
        tries INTEGER NOT NULL DEFAULT 0,
        note TEXT,
        objection TEXT,
        suggestion TEXT,
        cost_cents INTEGER,
        reason TEXT,
        served_with INTEGER REFERENCES callback (id) ON DELETE SET NULL,
        external_id TEXT,
        created_at TEXT NOT NULL DEFAULT ({NOW}),
        CHECK ((status = 'done') = (done_at IS NOT NULL)),
        CHECK ((done_at IS NULL) = (done_on IS NULL))
    ) STRICT""",
    "CREATE INDEX callback_due ON callback (due_on)",
    "CREATE INDEX callback_open ON callback (due_on) WHERE status = 'open'",
    "CREATE INDEX callback_open_owner ON callback (owner, due_on) WHERE status = 'open'",
    "CREATE INDEX callback_customer ON callback (customer_id, status, due_on)",
    "CREATE INDEX callback_done_customer ON callback (customer_id, done_on) WHERE status = 'done'",
    "CREATE INDEX callback_external_id ON callback (external_id) WHERE external_id IS NOT NULL",
    f"""CREATE TABLE callback_try (
        id INTEGER PRIMARY KEY,
        callback_id INTEGER NOT NULL REFERENCES callback (id) ON DELETE CASCADE,
        at TEXT NOT NULL DEFAULT ({NOW}),
        by TEXT,
        outcome TEXT NOT NULL CHECK (outcome IN ('no-answer', 'postponed')),
        channel TEXT,
        cost_cents INTEGER,
        note TEXT
    ) STRICT""",
    "CREATE INDEX callback_try_callback ON callback_try (callback_id)",
    # --- derived columns, where another program wrote the row --------------------------------------------------
    f"""CREATE TRIGGER customer_derived_insert AFTER INSERT ON customer WHEN NEW.name_key IS NULL BEGIN
        UPDATE customer SET name_key = {PLAIN_NAME}, phone_digits = {PLAIN_DIGITS.format(phone="phone")}
        WHERE id = NEW.id;
    END""",
    f"""CREATE TRIGGER customer_derived_name AFTER UPDATE OF name ON customer
    WHEN NEW.name IS NOT OLD.name AND NEW.name_key IS OLD.name_key BEGIN
        UPDATE customer SET name_key = {PLAIN_NAME}, pinyin = NULL WHERE id = NEW.id;
    END""",
    f"""CREATE TRIGGER customer_derived_phone AFTER UPDATE OF phone ON customer
    WHEN NEW.phone IS NOT OLD.phone AND NEW.phone_digits IS OLD.phone_digits BEGIN
        UPDATE customer SET phone_digits = {PLAIN_DIGITS.format(phone="phone")} WHERE id = NEW.id;
    END""",
    f"""CREATE TRIGGER contact_derived_insert AFTER INSERT ON contact WHEN NEW.name_key IS NULL BEGIN
        UPDATE contact SET name_key = {PLAIN_NAME} WHERE id = NEW.id;
    END""",
    f"""CREATE TRIGGER contact_derived_name AFTER UPDATE OF name ON contact
    WHEN NEW.name IS NOT OLD.name AND NEW.name_key IS OLD.name_key BEGIN
        UPDATE contact SET name_key = {PLAIN_NAME}, pinyin = NULL WHERE id = NEW.id;
    END""",
    f"""CREATE TRIGGER contact_phone_derived_insert AFTER INSERT ON contact_phone WHEN NEW.digits IS NULL BEGIN
        UPDATE contact_phone SET digits = {PLAIN_DIGITS.format(phone="number")} WHERE id = NEW.id;
    END""",
    f"""CREATE TRIGGER contact_phone_derived_number AFTER UPDATE OF number ON contact_phone
    WHEN NEW.number IS NOT OLD.number AND NEW.digits IS OLD.digits BEGIN
        UPDATE contact_phone SET digits = {PLAIN_DIGITS.format(phone="number")} WHERE id = NEW.id;
    END""",
)


def apply(db: Database) -> None:
    """Make the tables, indexes and triggers that fill derived columns."""
    for statement in STATEMENTS:
        db.execute(statement)
