"""Complaints with their events, promises, pledges and preventions; callbacks that belong to a case.

What a case is stands in `complaint` and `complaint_event`; `complaint_state` and `complaint_deadline` are worked out
from them (`csm.services.complaint.recording`) and are there for lists to be fast, so their changes aren't kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"

STATEMENTS = (
    f"""CREATE TABLE complaint (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        contact_id INTEGER REFERENCES contact (id) ON DELETE SET NULL,
        -- the callback on which it was heard; not held by a key, for of two exported files either may come in first
        callback_id INTEGER,
        summary TEXT NOT NULL CHECK (summary <> ''),
        details TEXT,
        content TEXT CHECK (content IN ('product', 'service', 'price', 'integrity')),
        problem TEXT CHECK (problem IN (
            'price-change', 'late-delivery', 'inadequate-installation', 'missing-promotion-info',
            'insufficient-training', 'staff-attitude', 'goods-damaged', 'other')),
        channel TEXT NOT NULL DEFAULT 'phone',
        want TEXT CHECK (want IN ('fast', 'respect', 'account', 'compensation', 'prevention')),
        claim_cents INTEGER,
        about TEXT,
        found_by TEXT NOT NULL DEFAULT 'customer' CHECK (found_by IN ('us', 'customer')),
        received_at TEXT NOT NULL,
        external_id TEXT,
        created_at TEXT NOT NULL DEFAULT ({NOW})
    ) STRICT""",
    "CREATE INDEX complaint_customer ON complaint (customer_id, received_at)",
    "CREATE INDEX complaint_received ON complaint (received_at, problem, customer_id)",
    "CREATE INDEX complaint_external_id ON complaint (external_id) WHERE external_id IS NOT NULL",
    """CREATE TABLE complaint_event (
        id INTEGER PRIMARY KEY,
        complaint_id INTEGER NOT NULL REFERENCES complaint (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        step TEXT NOT NULL,
        text TEXT,
        level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
        data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data))
    ) STRICT""",
    "CREATE INDEX complaint_event_complaint ON complaint_event (complaint_id)",
    """CREATE TABLE complaint_state (
        complaint_id INTEGER PRIMARY KEY REFERENCES complaint (id) ON DELETE CASCADE,
        level TEXT NOT NULL CHECK (level IN ('grievance', 'complaint')),
        severity TEXT NOT NULL CHECK (severity IN ('general', 'serious', 'malicious')),
        status TEXT NOT NULL
            CHECK (status IN ('open', 'waiting', 'closed', 'unfounded', 'unresolved', 'withdrawn')),
        step TEXT NOT NULL,
        next_step TEXT,
        escalation_level INTEGER NOT NULL DEFAULT 0 CHECK (escalation_level BETWEEN 0 AND 3),
        owner TEXT,
        department TEXT,
        route TEXT,
        founded TEXT,
        responsibility TEXT,
        failure TEXT,
        cause TEXT,
        compensation_cents INTEGER,
        recovery TEXT,
        outcome TEXT,
        satisfaction INTEGER CHECK (satisfaction BETWEEN 1 AND 5),
        lesson TEXT,
        live INTEGER NOT NULL DEFAULT 0 CHECK (live IN (0, 1)),
        settled_on_spot INTEGER NOT NULL DEFAULT 0 CHECK (settled_on_spot IN (0, 1)),
        first_response_at TEXT,
        implemented_at TEXT,
        closed_at TEXT,
        waiting_since TEXT,
        waiting_for TEXT,
        reopened INTEGER NOT NULL DEFAULT 0,
        escalated_by_hand INTEGER NOT NULL DEFAULT 0,
        escalated_by_policy INTEGER NOT NULL DEFAULT 0,
        missed INTEGER NOT NULL DEFAULT 0,
        approval_level INTEGER,
        approval_on TEXT,
        feedback TEXT CHECK (feedback IN ('waiting', 'read')),
        next_clock TEXT,
        next_due_at TEXT,
        late_waiting INTEGER NOT NULL DEFAULT 0 CHECK (late_waiting IN (0, 1)),
        next_miss_at TEXT
    ) STRICT""",
    "CREATE INDEX complaint_state_open ON complaint_state (next_due_at) WHERE status IN ('open', 'waiting')",
    "CREATE INDEX complaint_state_owner ON complaint_state (owner) WHERE status IN ('open', 'waiting')",
    "CREATE INDEX complaint_state_miss ON complaint_state (next_miss_at) WHERE next_miss_at IS NOT NULL",
    "CREATE INDEX complaint_state_approval ON complaint_state (approval_on, complaint_id)"
    " WHERE approval_level IS NOT NULL",
    "CREATE INDEX complaint_state_feedback ON complaint_state (complaint_id) WHERE feedback = 'waiting'",
    "CREATE INDEX complaint_state_lesson ON complaint_state (closed_at) WHERE lesson IS NOT NULL",
    """CREATE TABLE complaint_deadline (
        id INTEGER PRIMARY KEY,
        complaint_id INTEGER NOT NULL REFERENCES complaint (id) ON DELETE CASCADE,
        clock TEXT NOT NULL CHECK (clock IN ('first-response', 'technician', 'proposal', 'resolution')),
        round INTEGER NOT NULL DEFAULT 1,
        start_at TEXT NOT NULL,
        target TEXT NOT NULL,
        due_at TEXT NOT NULL,
        due_on TEXT NOT NULL,
        met_at TEXT,
        missed INTEGER NOT NULL DEFAULT 0 CHECK (missed IN (0, 1)),
        standing TEXT NOT NULL CHECK (standing IN ('running', 'paused', 'met', 'stopped')),
        plain INTEGER NOT NULL DEFAULT 1 CHECK (plain IN (0, 1)),
        UNIQUE (complaint_id, clock, round)
    ) STRICT""",
    "CREATE INDEX complaint_deadline_running ON complaint_deadline (clock, due_on, complaint_id)"
    " WHERE standing = 'running'",
    f"""CREATE TABLE prevention (
        id INTEGER PRIMARY KEY,
        complaint_id INTEGER NOT NULL REFERENCES complaint (id) ON DELETE CASCADE,
        text TEXT NOT NULL CHECK (text <> ''),
        in_charge TEXT,
        due_on TEXT NOT NULL CHECK (due_on IS date(due_on)),
        done_at TEXT,
        done_text TEXT,
        created_at TEXT NOT NULL DEFAULT ({NOW})
    ) STRICT""",
    "CREATE INDEX prevention_complaint ON prevention (complaint_id)",
    "CREATE INDEX prevention_open ON prevention (due_on, complaint_id) WHERE done_at IS NULL",
    "CREATE INDEX prevention_in_charge ON prevention (in_charge, due_on, complaint_id) WHERE done_at IS NULL",
    f"""CREATE TABLE pledge (
        id INTEGER PRIMARY KEY,
        text TEXT NOT NULL CHECK (text <> ''),
        scope TEXT NOT NULL DEFAULT 'attribute' CHECK (scope IN ('attribute', 'whole')),
        subject TEXT NOT NULL DEFAULT 'result' CHECK (subject IN ('result', 'way')),
        conditions TEXT,
        within TEXT,
        compensation_cents INTEGER,
        retired_on TEXT CHECK (retired_on IS date(retired_on)),
        created_at TEXT NOT NULL DEFAULT ({NOW})
    ) STRICT""",
    f"""CREATE TABLE promise (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        complaint_id INTEGER REFERENCES complaint (id) ON DELETE SET NULL,
        pledge_id INTEGER REFERENCES pledge (id) ON DELETE SET NULL,
        text TEXT NOT NULL CHECK (text <> ''),
        direction TEXT NOT NULL DEFAULT 'ours' CHECK (direction IN ('ours', 'theirs')),
        in_charge TEXT,
        due_at TEXT NOT NULL,
        due_on TEXT NOT NULL CHECK (due_on IS date(due_on)),
        status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'kept', 'late', 'broken', 'released')),
        kept_at TEXT,
        ended_text TEXT,
        clock TEXT CHECK (clock IN ('first-response', 'proposal', 'resolution')),
        origin TEXT NOT NULL DEFAULT 'manual' CHECK (origin IN ('manual', 'reply-by')),
        compensation_cents INTEGER,
        external_id TEXT,
        created_at TEXT NOT NULL DEFAULT ({NOW}),
        created_by TEXT
    ) STRICT""",
    "CREATE INDEX promise_customer ON promise (customer_id, due_at)",
    "CREATE INDEX promise_complaint ON promise (complaint_id) WHERE complaint_id IS NOT NULL",
    "CREATE INDEX promise_open ON promise (due_on) WHERE status = 'open'",
    "CREATE INDEX promise_in_charge ON promise (in_charge, due_on) WHERE status = 'open'",
    "CREATE INDEX promise_external_id ON promise (external_id) WHERE external_id IS NOT NULL",
    # A column added later can't be checked against rows that are there; NULL is the value of them all.
    "ALTER TABLE callback ADD COLUMN complaint_id INTEGER REFERENCES complaint (id) ON DELETE SET NULL",
    "CREATE INDEX callback_complaint ON callback (complaint_id) WHERE complaint_id IS NOT NULL",
)


def apply(db: Database) -> None:
    """Make the tables and indexes of cases."""
    for statement in STATEMENTS:
        db.execute(statement)
