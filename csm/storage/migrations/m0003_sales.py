"""The third schema: sales with their payments and signatures, services rendered, losses and gradings of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"

# What is paid is the sum of the payments, whoever writes them: csm itself or another program.
# An import writes the sum with the sale, which is then left alone.
PAID = """CREATE TRIGGER payment_paid_{operation} AFTER {event} ON payment BEGIN
    UPDATE sale SET paid_cents =
        (SELECT coalesce(sum(payment.amount_cents), 0) FROM payment WHERE payment.sale_id = sale.id)
    WHERE id IN ({rows}) AND paid_cents <>
        (SELECT coalesce(sum(payment.amount_cents), 0) FROM payment WHERE payment.sale_id = sale.id); END"""

STATEMENTS = (
    f"""CREATE TABLE sale (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        external_id TEXT,
        bill TEXT,
        product TEXT NOT NULL CHECK (product <> ''),
        line TEXT,
        quantity REAL NOT NULL DEFAULT 1,
        amount_cents INTEGER NOT NULL,
        sold_on TEXT NOT NULL CHECK (sold_on IS date(sold_on)),
        delivery_on TEXT CHECK (delivery_on IS date(delivery_on)),
        delivered_on TEXT CHECK (delivered_on IS date(delivered_on)),
        install INTEGER NOT NULL DEFAULT 0 CHECK (install IN (0, 1)),
        terms TEXT,
        due_on TEXT NOT NULL CHECK (due_on IS date(due_on)),
        paid_cents INTEGER NOT NULL DEFAULT 0,
        serial TEXT,
        note TEXT,
        cancelled_on TEXT CHECK (cancelled_on IS date(cancelled_on)),
        cancel_reason TEXT,
        cancel_id TEXT,
        planned INTEGER NOT NULL DEFAULT 0 CHECK (planned IN (0, 1)),
        created_at TEXT NOT NULL DEFAULT ({NOW}),
        created_by TEXT,
        -- A credit note is a sale below zero, open until that much was paid back.
        status TEXT GENERATED ALWAYS AS (CASE
            WHEN cancelled_on IS NOT NULL THEN 'cancelled'
            WHEN amount_cents >= 0 AND paid_cents >= amount_cents THEN 'paid'
            WHEN amount_cents < 0 AND paid_cents <= amount_cents THEN 'paid'
            ELSE 'open' END) VIRTUAL,
        balance_cents INTEGER GENERATED ALWAYS AS
            (CASE WHEN cancelled_on IS NULL THEN amount_cents ELSE 0 END - paid_cents) VIRTUAL,
        guaranteed_from TEXT GENERATED ALWAYS AS (coalesce(delivered_on, sold_on)) VIRTUAL
    ) STRICT""",
    # Covers what is summed over a customer's sales, so that the rows themselves aren't read.
    "CREATE INDEX sale_customer ON sale (customer_id, sold_on, amount_cents, paid_cents, cancelled_on, bill)",
    "CREATE INDEX sale_sold ON sale (sold_on, customer_id, amount_cents, cancelled_on)",
    # Covers what is summed over everything that is open.
    "CREATE INDEX sale_not_paid ON sale (due_on, id, amount_cents, paid_cents, cancelled_on)"
    " WHERE cancelled_on IS NULL AND amount_cents > 0 AND paid_cents < amount_cents",
    "CREATE INDEX sale_undelivered ON sale (delivery_on, id)"
    " WHERE cancelled_on IS NULL AND delivery_on IS NOT NULL AND delivered_on IS NULL",
    "CREATE INDEX sale_in_favour ON sale (customer_id)"
    " WHERE (cancelled_on IS NULL AND paid_cents > amount_cents) OR (cancelled_on IS NOT NULL AND paid_cents > 0)",
    # Holds all that is asked of the many sales that are passed over on the way to a page of what ends.
    "CREATE INDEX sale_guaranteed ON sale (guaranteed_from, line, customer_id, amount_cents, cancelled_on)"
    " WHERE cancelled_on IS NULL AND amount_cents >= 0",
    "CREATE INDEX sale_bill ON sale (bill) WHERE bill IS NOT NULL",
    "CREATE INDEX sale_external_id ON sale (external_id) WHERE external_id IS NOT NULL",
    "CREATE INDEX sale_cancel_id ON sale (cancel_id) WHERE cancel_id IS NOT NULL",
    f"""CREATE TABLE payment (
        id INTEGER PRIMARY KEY,
        sale_id INTEGER NOT NULL REFERENCES sale (id) ON DELETE CASCADE,
        amount_cents INTEGER NOT NULL CHECK (amount_cents <> 0),
        paid_on TEXT NOT NULL CHECK (paid_on IS date(paid_on)),
        note TEXT,
        by TEXT,
        created_at TEXT NOT NULL DEFAULT ({NOW})
    ) STRICT""",
    "CREATE INDEX payment_sale ON payment (sale_id)",
    PAID.format(operation="insert", event="INSERT", rows="NEW.sale_id"),
    PAID.format(operation="update", event="UPDATE OF amount_cents, sale_id", rows="OLD.sale_id, NEW.sale_id"),
    PAID.format(operation="delete", event="DELETE", rows="OLD.sale_id"),
    f"""CREATE TABLE signature (
        id INTEGER PRIMARY KEY,
        sale_id INTEGER NOT NULL REFERENCES sale (id) ON DELETE CASCADE,
        contact_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
        name TEXT NOT NULL,
        sign_off TEXT CHECK (sign_off IN ('department-manager', 'general-manager', 'finance-manager', 'cashier')),
        signed_on TEXT NOT NULL CHECK (signed_on IS date(signed_on)),
        created_at TEXT NOT NULL DEFAULT ({NOW})
    ) STRICT""",
    "CREATE INDEX signature_sale ON signature (sale_id)",
    f"""CREATE TABLE service (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        sale_id INTEGER REFERENCES sale (id) ON DELETE SET NULL,
        external_id TEXT,
        kind TEXT NOT NULL,
        phase TEXT NOT NULL CHECK (phase IN ('before', 'during', 'after')),
        technical INTEGER NOT NULL DEFAULT 0 CHECK (technical IN (0, 1)),
        place TEXT NOT NULL DEFAULT 'theirs' CHECK (place IN ('ours', 'theirs')),
        paid_cents INTEGER NOT NULL DEFAULT 0,
        cost_cents INTEGER NOT NULL DEFAULT 0,
        minutes INTEGER,
        term TEXT NOT NULL DEFAULT 'short' CHECK (term IN ('long', 'medium', 'short')),
        regular INTEGER NOT NULL DEFAULT 0 CHECK (regular IN (0, 1)),
        done_on TEXT NOT NULL CHECK (done_on IS date(done_on)),
        by TEXT,
        note TEXT,
        message TEXT,
        message_done_on TEXT CHECK (message_done_on IS date(message_done_on)),
        message_done_by TEXT,
        message_answer TEXT,
        created_at TEXT NOT NULL DEFAULT ({NOW}),
        created_by TEXT
    ) STRICT""",
    "CREATE INDEX service_customer ON service (customer_id, done_on)",
    "CREATE INDEX service_done ON service (done_on)",
    "CREATE INDEX service_sale ON service (sale_id) WHERE sale_id IS NOT NULL",
    "CREATE INDEX service_message ON service (customer_id) WHERE message IS NOT NULL AND message_done_on IS NULL",
    "CREATE INDEX service_external_id ON service (external_id) WHERE external_id IS NOT NULL",
    """CREATE TABLE service_check (
        id INTEGER PRIMARY KEY,
        service_id INTEGER NOT NULL REFERENCES service (id) ON DELETE CASCADE,
        item TEXT NOT NULL CHECK (item <> ''),
        met INTEGER NOT NULL CHECK (met IN (0, 1)),
        UNIQUE (service_id, item)
    ) STRICT""",
    "CREATE INDEX service_check_unmet ON service_check (item, service_id) WHERE met = 0",
    f"""CREATE TABLE loss (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        lost_on TEXT NOT NULL CHECK (lost_on IS date(lost_on)),
        -- NULL where a card was only set to lost, and nobody noted how they were lost
        kind TEXT,
        cause TEXT,
        text TEXT,
        by TEXT,
        won_back_on TEXT CHECK (won_back_on IS date(won_back_on)),
        won_back_text TEXT,
        won_back_by TEXT,
        created_at TEXT NOT NULL DEFAULT ({NOW})
    ) STRICT""",
    "CREATE INDEX loss_customer ON loss (customer_id)",
    "CREATE INDEX loss_lost ON loss (lost_on)",
    f"""CREATE TABLE grading (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        graded_on TEXT NOT NULL CHECK (graded_on IS date(graded_on)),
        old_grade TEXT CHECK (old_grade IN ('A', 'B', 'C')),
        -- NULL where the grade was taken off the card
        grade TEXT CHECK (grade IN ('A', 'B', 'C')),
        -- NULL where it was given by hand, and not by the sales of so many months
        sales_cents INTEGER,
        months INTEGER,
        by TEXT,
        created_at TEXT NOT NULL DEFAULT ({NOW})
    ) STRICT""",
    "CREATE INDEX grading_customer ON grading (customer_id)",
    "CREATE INDEX customer_contract ON customer (contract_end_on) WHERE contract_end_on IS NOT NULL",
    "CREATE INDEX promise_broken ON promise (due_at) WHERE status = 'broken'",
    # Holds the satisfaction of the last contact: the callbacks themselves needn't be read for it.
    "DROP INDEX callback_done_customer",
    "CREATE INDEX callback_done_customer ON callback (customer_id, done_on, done_at, satisfaction)"
    " WHERE status = 'done'",
    # A column added later can't be checked against rows that are there; NULL is the value of them all.
    "ALTER TABLE callback ADD COLUMN sale_id INTEGER REFERENCES sale (id) ON DELETE SET NULL",
    "ALTER TABLE callback ADD COLUMN after_sale TEXT",
    "CREATE INDEX callback_sale ON callback (sale_id) WHERE sale_id IS NOT NULL",
    "ALTER TABLE complaint ADD COLUMN sale_id INTEGER REFERENCES sale (id) ON DELETE SET NULL",
    "CREATE INDEX complaint_sale ON complaint (sale_id) WHERE sale_id IS NOT NULL",
)


def apply(db: Database) -> None:
    """Make the tables, indexes and triggers of sales and services."""
    for statement in STATEMENTS:
        db.execute(statement)
