"""The sixth schema: money on account, repayment plans, branches, lunar birthdays, cases that count nowhere.

Closed lists that a team or a later release makes longer are no longer checked by the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"

# When and by whom something is written: by the command that writes, else now and by nobody who is known.
_COMMAND = "FROM command WHERE id = (SELECT command_id FROM current_command)"
_AT = f"coalesce((SELECT at {_COMMAND}), {NOW})"
_BY = f"(SELECT user {_COMMAND})"

# Payments tick the parts of a plan off, the oldest first, whoever writes them, and what is taken back unticks them, as
# the view `instalment_ticked` adds them up (source: handbook 8).
TICK = """UPDATE instalment SET paid_cents = t.cents FROM instalment_ticked AS t
    WHERE t.plan_id IN ({plans}) AND instalment.id = t.id AND paid_cents <> t.cents"""
TICKING = (
    ("sale_ticks_instalments", "UPDATE OF amount_cents, paid_cents, cancelled_on, customer_id ON sale",
     "WHEN EXISTS (SELECT 1 FROM plan_bill WHERE sale_id = NEW.id)",
     "SELECT plan_id FROM plan_bill WHERE sale_id = NEW.id"),
    ("plan_bill_insert_ticks", "INSERT ON plan_bill", "", "NEW.plan_id"),
    ("plan_bill_update_ticks", "UPDATE ON plan_bill", "", "OLD.plan_id, NEW.plan_id"),
    ("plan_bill_delete_ticks", "DELETE ON plan_bill", "", "OLD.plan_id"),
    ("instalment_insert_ticks", "INSERT ON instalment", "", "NEW.plan_id"),
    ("instalment_update_ticks", "UPDATE OF due_on, amount_cents, cancelled_on ON instalment", "", "NEW.plan_id"),
    ("instalment_delete_ticks", "DELETE ON instalment", "", "OLD.plan_id"),
    ("plan_insert_ticks", "INSERT ON repayment_plan", "", "NEW.id"),
    ("plan_goes_on_ticks", "UPDATE OF ended_on, customer_id ON repayment_plan", "WHEN NEW.ended_on IS NULL", "NEW.id"),
)  # fmt: skip

# Up to how many cents a level may approve, as it is set.
_LIMIT = """coalesce((SELECT CAST(round(CAST(value AS REAL) * 100) AS INTEGER) FROM setting
            WHERE key = 'authority.level_{level}'), {usual})"""

STATEMENTS = (
    # --- money on account: a payment stands on a sale, or on the account of a customer ---------------------------
    "ALTER TABLE payment ADD COLUMN customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE",
    # The other half where money on account was set off against a bill: it came from there, and isn't new money.
    "ALTER TABLE payment ADD COLUMN set_off INTEGER REFERENCES payment (id) ON DELETE SET NULL",
    "CREATE INDEX payment_account ON payment (customer_id, amount_cents) WHERE customer_id IS NOT NULL",
    "CREATE INDEX payment_set_off ON payment (set_off) WHERE set_off IS NOT NULL",
    # What is owed whatever it is of: a credit note can be paid back twice, one that was paid back can be cancelled.
    # The customer is there so that another owner's sales are passed over without a look at them.
    "DROP INDEX sale_not_paid",
    "CREATE INDEX sale_not_paid ON sale (due_on, id, amount_cents, paid_cents, cancelled_on, customer_id)"
    " WHERE (cancelled_on IS NULL AND paid_cents < amount_cents) OR (cancelled_on IS NOT NULL AND paid_cents < 0)",
    # --- repayment plans -----------------------------------------------------------------------------------------
    f"""CREATE TABLE repayment_plan (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
        made_on TEXT NOT NULL CHECK (made_on IS date(made_on)),
        note TEXT,
        by TEXT,
        ended_on TEXT CHECK (ended_on IS date(ended_on)),
        ended_text TEXT,
        created_at TEXT NOT NULL DEFAULT ({NOW})
            CHECK (created_at IS strftime('%Y-%m-%dT%H:%M:%SZ', created_at))
    ) STRICT""",
    "CREATE INDEX repayment_plan_customer ON repayment_plan (customer_id)",
    # The bills that a plan is about: what was open on each when it was made, and how much of that is in the plan.
    """CREATE TABLE plan_bill (
        id INTEGER PRIMARY KEY,
        plan_id INTEGER NOT NULL REFERENCES repayment_plan (id) ON DELETE CASCADE,
        sale_id INTEGER NOT NULL REFERENCES sale (id) ON DELETE CASCADE,
        planned_cents INTEGER NOT NULL CHECK (planned_cents > 0),
        open_cents INTEGER NOT NULL CHECK (open_cents >= planned_cents),
        UNIQUE (plan_id, sale_id)
    ) STRICT""",
    "CREATE INDEX plan_bill_sale ON plan_bill (sale_id)",
    """CREATE TABLE instalment (
        id INTEGER PRIMARY KEY,
        plan_id INTEGER NOT NULL REFERENCES repayment_plan (id) ON DELETE CASCADE,
        due_on TEXT NOT NULL CHECK (due_on IS date(due_on)),
        amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
        -- follows from the plan's bills: the triggers below keep it
        paid_cents INTEGER NOT NULL DEFAULT 0 CHECK (paid_cents BETWEEN 0 AND amount_cents),
        cancelled_on TEXT CHECK (cancelled_on IS date(cancelled_on))
    ) STRICT""",
    "CREATE INDEX instalment_plan ON instalment (plan_id, due_on, id, amount_cents)",
    "CREATE INDEX instalment_open ON instalment (due_on, id, plan_id)"
    " WHERE cancelled_on IS NULL AND paid_cents < amount_cents",
    *(
        f"CREATE TRIGGER {name} AFTER {event} {when} BEGIN {TICK.format(plans=plans)}; END"
        for name, event, when, plans in TICKING
    ),
    # --- head office and branches --------------------------------------------------------------------------------
    "ALTER TABLE customer ADD COLUMN parent_id INTEGER REFERENCES customer (id) ON DELETE SET NULL",
    "CREATE INDEX customer_parent ON customer (parent_id) WHERE parent_id IS NOT NULL",
    # Former names are found by pinyin too; the search keys of who has one are made anew.
    "ALTER TABLE former_name ADD COLUMN pinyin TEXT",
    "INSERT OR IGNORE INTO unkeyed (table_name, row_id) SELECT DISTINCT 'customer', customer_id FROM former_name",
    # --- people --------------------------------------------------------------------------------------------------
    # A birthday of the Chinese lunar calendar, `1962-08-15` or `--08-15`, with `leap ` before it in a leap month.
    "ALTER TABLE contact ADD COLUMN lunar_birthday TEXT CHECK (lunar_birthday IS NULL OR"
    " lunar_birthday GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' OR lunar_birthday GLOB '--[0-1][0-9]-[0-3][0-9]'"
    " OR lunar_birthday GLOB 'leap [0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'"
    " OR lunar_birthday GLOB 'leap --[0-1][0-9]-[0-3][0-9]')"
    # Somebody has one birthday, of the one calendar or of the other.
    " CHECK (birthday IS NULL OR lunar_birthday IS NULL)",
    "ALTER TABLE contact ADD COLUMN lunar_month_day TEXT GENERATED ALWAYS AS (substr(lunar_birthday, -5)) VIRTUAL",
    "CREATE INDEX contact_lunar_birthday ON contact (lunar_month_day) WHERE lunar_birthday IS NOT NULL",
    # Who is in charge of the work of somebody who has left.
    "ALTER TABLE staff ADD COLUMN successor TEXT",
    # --- customers: what follows when one is lost, found again, or wants no calls, whoever writes it ---------------
    # The loss of a card that is only set to lost: how and why can be added later (source: handbook 9.4).
    f"""CREATE TRIGGER customer_lost AFTER UPDATE OF status ON customer
    WHEN NEW.status = 'lost' AND OLD.status <> 'lost' BEGIN
        UPDATE callback SET status = 'cancelled', reason = 'lost'
            WHERE customer_id = NEW.id AND status = 'open' AND origin IN ('cadence', 'visit');
        INSERT INTO loss (customer_id, lost_on, by, created_at) SELECT NEW.id, date({_AT}, 'localtime'), {_BY}, {_AT}
            WHERE NOT EXISTS (SELECT 1 FROM loss WHERE customer_id = NEW.id AND won_back_on IS NULL);
    END""",
    f"""CREATE TRIGGER customer_not_lost AFTER UPDATE OF status ON customer
    WHEN OLD.status = 'lost' AND NEW.status <> 'lost' BEGIN
        UPDATE loss SET won_back_on = max(lost_on, date({_AT}, 'localtime')), won_back_by = {_BY}
            WHERE customer_id = NEW.id AND won_back_on IS NULL;
    END""",
    # Nothing is planned with who wants no calls (source: handbook 4).
    """CREATE TRIGGER customer_unwanted AFTER UPDATE OF do_not_contact ON customer
    WHEN NEW.do_not_contact <> 0 AND OLD.do_not_contact = 0 BEGIN
        UPDATE callback SET status = 'cancelled', reason = 'do-not-contact'
            WHERE customer_id = NEW.id AND status = 'open';
    END""",
    # --- cases ---------------------------------------------------------------------------------------------------
    # Why a case counts nowhere: it was recorded twice, `double_of` another, or by mistake.
    "ALTER TABLE complaint_state ADD COLUMN void TEXT CHECK (void IN ('double', 'mistake'))",
    "ALTER TABLE complaint_state ADD COLUMN double_of INTEGER",
    "CREATE INDEX complaint_state_double ON complaint_state (double_of) WHERE double_of IS NOT NULL",
    "CREATE INDEX complaint_state_void ON complaint_state (void, complaint_id) WHERE void IS NOT NULL",
    # The latest cases of sales, to see which product lines several customers complain about.
    "CREATE INDEX complaint_of_sale ON complaint (received_at, sale_id, customer_id) WHERE sale_id IS NOT NULL",
    # During the service or after it (source: handbook 6.1).
    "ALTER TABLE complaint_state ADD COLUMN recovery_time TEXT CHECK (recovery_time IN ('during', 'after'))",
    # All that a case has been given counts, not the proposal alone (source: handbook 6.6).
    f"""UPDATE complaint_state SET approval_level = CASE
        WHEN coalesce(compensation_cents, 0) <= {_LIMIT.format(level=0, usual=20_000)} THEN 0
        WHEN coalesce(compensation_cents, 0) <= {_LIMIT.format(level=1, usual=200_000)} THEN 1
        WHEN coalesce(compensation_cents, 0) <= {_LIMIT.format(level=2, usual=1_000_000)} THEN 2
        ELSE 3 END WHERE approval_level IS NOT NULL""",
    # After the route `escalate` was chosen, escalating is what comes next, from that day on (source: handbook 6.4).
    "ALTER TABLE complaint_state ADD COLUMN escalate_on TEXT CHECK (escalate_on IS date(escalate_on))",
    "CREATE INDEX complaint_state_escalation ON complaint_state (escalate_on, complaint_id)"
    " WHERE escalate_on IS NOT NULL",
    """UPDATE complaint_state SET next_step = 'escalate', escalate_on = (SELECT date(max(at)) FROM complaint_event AS e
            WHERE e.complaint_id = complaint_state.complaint_id AND step = 'assign')
        WHERE status IN ('open', 'waiting') AND route = 'escalate' AND step = 'assign' AND next_step = 'analyse'
        AND escalation_level < 3 AND (SELECT step FROM complaint_event AS e
            WHERE e.complaint_id = complaint_state.complaint_id
            AND step IN ('assign', 'analyse', 'escalate', 'imported') ORDER BY id DESC LIMIT 1) = 'assign'""",
    # --- callbacks -----------------------------------------------------------------------------------------------
    # The day by which a callback counts as late where that isn't the one first planned: a customer postponed it, or the
    # day of a series wasn't a working day (source: handbook 5).
    "ALTER TABLE callback ADD COLUMN agreed_on TEXT CHECK (agreed_on IS date(agreed_on))",
    "ALTER TABLE callback ADD COLUMN counts_on TEXT GENERATED ALWAYS AS (coalesce(agreed_on, planned_on)) VIRTUAL",
    # What earlier releases moved because the customer asked for another day; nobody changes it now, so that it isn't
    # kept as a change. The triggers are made anew at the end.
    *(f"DROP TRIGGER IF EXISTS kept_callback_{name}" for name in ("update", "before", "after")),
    """UPDATE callback SET agreed_on = due_on WHERE due_on <> planned_on AND 'postponed' = (
        SELECT outcome FROM callback_try WHERE callback_id = callback.id ORDER BY at DESC, id DESC LIMIT 1)""",
    # Visits by frequency are few among what is open.
    "CREATE INDEX callback_open_visit ON callback (due_on) WHERE status = 'open' AND origin = 'visit'",
    "CREATE INDEX callback_open_visit_owner ON callback (owner, due_on) WHERE status = 'open' AND origin = 'visit'",
    "DROP INDEX callback_mark",
)
# Made once the mark is worked out as below.
INDEXES = ("CREATE INDEX callback_mark ON callback (mark, counts_on) WHERE mark IS NOT NULL",)

# What the tables no longer demand, and what they do: by table, text to take out and what to put in its place.
_SALE_ID = "sale_id INTEGER NOT NULL REFERENCES sale (id) ON DELETE CASCADE,"
CHANGED = (
    ("payment", _SALE_ID, _SALE_ID.replace(" NOT NULL", "")),
    (
        "complaint",
        """problem TEXT CHECK (problem IN (
            'price-change', 'late-delivery', 'inadequate-installation', 'missing-promotion-info',
            'insufficient-training', 'staff-attitude', 'goods-damaged', 'other')),""",
        "problem TEXT,",
    ),
    (
        "callback",
        """origin TEXT NOT NULL DEFAULT 'manual'
            CHECK (origin IN ('manual', 'series', 'cadence', 'route', 'next', 'log')),""",
        "origin TEXT NOT NULL DEFAULT 'manual',",
    ),
    # Late is what was done after the day it counts by, however often we moved it.
    ("callback", "iif(done_on <= due_on, 't', 'l')", "iif(done_on <= counts_on, 't', 'l')"),
    ("promise", " CHECK (origin IN ('manual', 'reply-by'))", ""),
)
ADDED = (("payment", "CHECK ((sale_id IS NULL) <> (customer_id IS NULL))"),)


def apply(db: Database) -> None:
    """Add the tables and columns, and change what the tables demand."""
    for statement in STATEMENTS:
        db.execute(statement)
    _change_tables(db.conn)
    for statement in INDEXES:
        db.execute(statement)


def _change_tables(connection: sqlite3.Connection) -> None:
    """Change the demands in the tables as they are: the rows are known to meet them, so that none has to be copied.

    source: SQLite, ALTER TABLE, "Making Other Kinds Of Table Schema Changes", the shorter procedure.
    """
    connection.execute("PRAGMA writable_schema = ON")
    for table, before, after in CHANGED:
        sql = _sql_of(connection, table)
        assert before in sql, table
        _write(connection, table, sql.replace(before, after))
    for table, check in ADDED:
        head, end, tail = _sql_of(connection, table).rpartition(")")
        _write(connection, table, f"{head},\n        {check}{end}{tail}")
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    connection.execute(f"PRAGMA schema_version = {version + 1}")
    connection.execute("PRAGMA writable_schema = RESET")


def _sql_of(connection: sqlite3.Connection, table: str) -> str:
    found = connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", [table]).fetchone()
    return str(found[0])


def _write(connection: sqlite3.Connection, table: str, sql: str) -> None:
    connection.execute("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", [sql, table])
