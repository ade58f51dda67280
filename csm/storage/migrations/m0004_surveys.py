"""The fourth schema: surveys, and what figures of service quality are counted from.

A `mark` says in one short text all that the figures ask of a row, so that a year of cases or callbacks is counted
along an index, mark by mark (`csm.storage.quality`). What a case's state didn't hold before is worked out by
`csm.storage.complaint.facts`, by the rules of the day on which the file is brought up to date; files of every schema
are migrated in the tests. The marks are read by `csm.domain.quality.complaints` and `csm.domain.quality.callbacks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")

# Which scores of a dimension there are: b both, p the perception alone, e the expectation alone, - none.
_SHAPE = " || ".join(
    f"CASE WHEN {name}_e IS NULL THEN iif({name}_p IS NULL, '-', 'p') ELSE iif({name}_p IS NULL, 'e', 'b') END"
    for name in DIMENSIONS
)
_SCORES = ", ".join(f"{name}_{side} REAL" for name in DIMENSIONS for side in "ep")
_SCORED = ", ".join(f"{name}_{side}" for name in DIMENSIONS for side in "ep")

STATEMENTS = (
    f"""CREATE TABLE survey (
        id INTEGER PRIMARY KEY,
        -- NULL where a manager speaks of the customers at large
        customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE,
        complaint_id INTEGER REFERENCES complaint (id) ON DELETE SET NULL,
        external_id TEXT,
        taken_on TEXT NOT NULL CHECK (taken_on IS date(taken_on)),
        respondent TEXT NOT NULL DEFAULT 'customer' CHECK (respondent IN ('customer', 'manager')),
        -- the competitor it is about; NULL where it is about us
        subject TEXT,
        scale INTEGER NOT NULL DEFAULT 7 CHECK (scale IN (5, 7)),
        csat INTEGER CHECK (csat BETWEEN 1 AND 5),
        nps INTEGER CHECK (nps BETWEEN 0 AND 10),
        -- means of a dimension's scores: told, or of the items after reversal
        {_SCORES},
        -- the respondent's own weights of the five dimensions as told, apart by commas
        weights TEXT,
        value INTEGER CHECK (value BETWEEN 1 AND 7),
        satisfaction INTEGER CHECK (satisfaction BETWEEN 1 AND 7),
        switching INTEGER CHECK (switching BETWEEN 1 AND 7),
        intention INTEGER CHECK (intention BETWEEN 1 AND 7),
        -- scores as on the form by code: e expectation, p perception, r 1 where the item was put in the negative
        items TEXT CHECK (items IS NULL OR json_valid(items)),
        -- the perception scores q1 to q22 after reversal, a sign each, - where not answered; follows from items
        perceived TEXT,
        comment TEXT,
        created_at TEXT NOT NULL DEFAULT ({NOW}),
        created_by TEXT,
        shape TEXT GENERATED ALWAYS AS (
            CASE WHEN respondent = 'manager' THEN 'm' WHEN subject IS NULL THEN 'c' ELSE 'x' END || scale || {_SHAPE}
        ) VIRTUAL,
        CHECK (customer_id IS NOT NULL OR respondent = 'manager')
    ) STRICT""",
    "CREATE INDEX survey_customer ON survey (customer_id, taken_on)",
    "CREATE INDEX survey_taken ON survey (taken_on)",
    # Holds all that is summed, so that a year is read shape by shape without the rows themselves.
    f"CREATE INDEX survey_shape ON survey (shape, taken_on, csat, nps, {_SCORED})",
    "CREATE INDEX survey_weights ON survey (taken_on) WHERE weights IS NOT NULL",
    # Customers about us: what Cronbach's alpha is made of, without the rows themselves.
    "CREATE INDEX survey_perceived ON survey (taken_on, scale, perceived)"
    " WHERE perceived IS NOT NULL AND respondent = 'customer' AND subject IS NULL",
    "CREATE INDEX survey_complaint ON survey (complaint_id) WHERE complaint_id IS NOT NULL",
    "CREATE INDEX survey_external_id ON survey (external_id) WHERE external_id IS NOT NULL",
    # --- cases ----------------------------------------------------------------------------------------------------
    # Both as the case has them, so that the index of one table serves.
    "ALTER TABLE complaint_state ADD COLUMN received_at TEXT",
    "ALTER TABLE complaint_state ADD COLUMN problem TEXT",
    # NULL where the clock was stopped, or never ran
    "ALTER TABLE complaint_state ADD COLUMN response TEXT CHECK (response IN ('met', 'missed', 'running'))",
    "ALTER TABLE complaint_state ADD COLUMN resolution TEXT CHECK (resolution IN ('met', 'missed', 'running'))",
    # Working time from the recording on, in seconds; only of complaints, the first of those not taken live.
    "ALTER TABLE complaint_state ADD COLUMN response_seconds INTEGER",
    "ALTER TABLE complaint_state ADD COLUMN resolution_seconds INTEGER",
    "ALTER TABLE complaint_state ADD COLUMN total_seconds INTEGER",
    "ALTER TABLE complaint_state ADD COLUMN first_outcome TEXT",
    """ALTER TABLE complaint_state ADD COLUMN mark TEXT GENERATED ALWAYS AS (
        level || '|' || status || '|' || coalesce(founded, '') || '|' || live || '|' || coalesce(response, '') || '|'
        || coalesce(resolution, '') || '|' || (reopened > 0) || '|' || (escalated_by_hand > 0) || '|'
        || (escalated_by_policy > 0) || '|' || settled_on_spot || '|' || coalesce(satisfaction, '') || '|'
        || coalesce(first_outcome, '') || '|' || (missed > 0)) VIRTUAL""",
    # A case that another of the same customer about the same problem came before.
    """CREATE TABLE complaint_repeat (
        complaint_id INTEGER PRIMARY KEY REFERENCES complaint (id) ON DELETE CASCADE,
        received_at TEXT NOT NULL,
        before_id INTEGER NOT NULL REFERENCES complaint (id) ON DELETE CASCADE,
        -- how long after that one it was received
        seconds INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX complaint_repeat_received ON complaint_repeat (received_at, seconds, complaint_id)",
    "CREATE INDEX complaint_repeat_before ON complaint_repeat (before_id)",
    # --- callbacks and promises -----------------------------------------------------------------------------------
    # p planned, l only logged; t done in time, l late, o open, s skipped, c cancelled after a try; how it came out;
    # satisfaction; 1 was tried
    """ALTER TABLE callback ADD COLUMN mark TEXT GENERATED ALWAYS AS (
        CASE WHEN status <> 'cancelled' OR tries > 0 THEN
            iif(origin = 'log', 'l', 'p')
            || CASE status WHEN 'open' THEN 'o' WHEN 'skipped' THEN 's' WHEN 'cancelled' THEN 'c'
                ELSE iif(done_on <= due_on, 't', 'l') END
            || CASE outcome WHEN 'reached' THEN 'r' WHEN 'no-answer' THEN 'n' WHEN 'postponed' THEN 'p'
                WHEN 'refused' THEN 'f' ELSE '-' END
            || coalesce(satisfaction, '-') || (tries > 0)
        END) VIRTUAL""",
    "CREATE INDEX callback_mark ON callback (mark, due_on) WHERE mark IS NOT NULL",
    "CREATE INDEX callback_incoming ON callback (done_on, customer_id)"
    " WHERE status = 'done' AND direction = 'incoming'",
    # Counts the cards in use, for a file without sales.
    "CREATE INDEX customer_served ON customer (id) WHERE archived_on IS NULL AND status IN ('active', 'won-back')",
    "CREATE INDEX promise_due ON promise (due_on, status, due_at, customer_id) WHERE direction = 'ours'",
    "CREATE INDEX sale_promised ON sale (delivery_on, delivered_on, customer_id)"
    " WHERE cancelled_on IS NULL AND delivery_on IS NOT NULL",
)


# Made once the facts are filled in: to keep them in order meanwhile would take several times as long.
INDEXES = (
    "CREATE INDEX complaint_state_mark ON complaint_state (mark, received_at)",
    "CREATE INDEX complaint_state_problem ON complaint_state (level, problem, received_at)",
    # Which clocks run: so few that it stays small, and tells of what is late whether it counts.
    "CREATE INDEX complaint_state_running ON complaint_state"
    " (complaint_id, received_at, level, live, response, resolution) WHERE 'running' IN (response, resolution)",
    # By the hour, so that a percentile is found by counting hours and reading one of them.
    *(
        f"CREATE INDEX complaint_state_{name} ON complaint_state ({name}_seconds / 3600, received_at, {name}_seconds)"
        f" WHERE {name}_seconds IS NOT NULL"
        for name in ("response", "resolution", "total")
    ),
)


def apply(db: Database) -> None:
    """Make the table of surveys, and the columns and indexes that figures are counted along."""
    from csm.storage.complaint.facts import fill

    for statement in STATEMENTS:
        db.execute(statement)
    fill(db.conn)
    for statement in INDEXES:
        db.execute(statement)
