"""The fourth schema: surveys, and what figures of service quality are counted from.

A `mark` says in one short text all that the figures ask of a row, so that a year of cases or callbacks is counted
along an index, mark by mark. What a case's state didn't hold before is computed here, by the rules as they were when
this schema was released: nothing of the program is imported, so that later rules can't change what is written. The
calendar and the time zone are those of the file.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

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
    for statement in STATEMENTS:
        db.execute(statement)
    _fill(db.conn)
    for statement in INDEXES:
        db.execute(statement)


# --- the facts of cases that were recorded before ---------------------------------------------------------------------

# How a clock stands over all its rounds: missed if it ever was, else running, else met.
_VERDICT = """(SELECT CASE
        WHEN max(missed OR coalesce(met_at > due_at, 0)) THEN 'missed'
        WHEN max(standing IN ('running', 'paused')) THEN 'running'
        WHEN max(met_at IS NOT NULL) THEN 'met' END
    FROM complaint_deadline AS d WHERE d.complaint_id = complaint_state.complaint_id AND d.clock = '{clock}')"""

# Of several cases of a customer about one problem, all but the first.
_REPEATS = """INSERT INTO complaint_repeat (complaint_id, received_at, before_id, seconds)
    SELECT id, received_at, before_id, strftime('%s', received_at) - strftime('%s', before_at)
    FROM (
        SELECT id, received_at, lag(id) OVER earlier AS before_id, lag(received_at) OVER earlier AS before_at
        FROM complaint WHERE problem IS NOT NULL AND problem <> 'other'
        WINDOW earlier AS (PARTITION BY customer_id, problem ORDER BY received_at, id)
    ) WHERE before_id IS NOT NULL"""

_DEFAULT_WEEK = "mon-sat 09:00-12:00 13:00-18:00"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_MINUTES = 1440

Span = tuple[int, int]


def _fill(connection: sqlite3.Connection) -> None:
    """Write the facts of every case into its state, and which cases another came before."""
    connection.execute(
        "UPDATE complaint_state SET (received_at, problem) = (SELECT c.received_at, c.problem FROM complaint AS c"
        f" WHERE c.id = complaint_id), response = {_VERDICT.format(clock='first-response')},"
        f" resolution = {_VERDICT.format(clock='resolution')}"
    )
    remedies = _remedies(connection)
    if remedies or connection.execute("SELECT 1 FROM complaint_state LIMIT 1").fetchone():
        _fill_times(connection, remedies, _Hours(connection))
    connection.execute(_REPEATS)


def _remedies(connection: sqlite3.Connection) -> dict[int, tuple[int | None, str | None, int]]:
    """Return by case when a remedy was first carried out and how that came out, and when it was last opened again."""
    found: dict[int, tuple[int | None, str | None, int]] = {}
    for case, at, step, text in connection.execute(
        "SELECT complaint_id, at, step, data FROM complaint_event WHERE step IN ('implement', 'reopen', 'imported')"
        " ORDER BY complaint_id, id"
    ):
        data = json.loads(text)
        first, outcome, reopened = found.get(case, (None, None, 0))
        if data.get("historic"):
            continue
        if step == "imported":  # in place of all that was known of it before; instants are epoch seconds
            state = data["state"]
            first, outcome = state.get("first_implemented_at"), state.get("first_outcome")
            if first is None:
                first, outcome = state.get("implemented_at"), state.get("outcome")
            reopened = state.get("reopened_at", 0)
        elif step == "reopen":
            reopened = _epoch(at)
        elif first is None and data["outcome"] != "not-yet":
            first, outcome = _epoch(at), data["outcome"]
        found[case] = first, outcome, reopened
    return found


def _fill_times(
    connection: sqlite3.Connection, remedies: dict[int, tuple[int | None, str | None, int]], hours: _Hours
) -> None:
    """Write how much working time passed from the recording to response, first and last remedy of each complaint."""
    rows = connection.execute(
        "SELECT complaint_id, level, live, received_at, first_response_at, implemented_at FROM complaint_state"
    ).fetchall()
    for case, level, live, received_at, answered_at, implemented_at in rows:
        first, outcome, reopened = remedies.get(case, (None, None, 0))
        answered, last = _epoch_or_none(answered_at), _epoch_or_none(implemented_at)
        if live:
            answered = None
        if last is not None and last < reopened:  # opened again, and no remedy since
            last = None
        received, counted = _epoch(received_at), level == "complaint"
        seconds = [
            hours.between(received, at) if counted and at is not None else None for at in (answered, first, last)
        ]
        connection.execute(
            "UPDATE complaint_state SET response_seconds = ?, resolution_seconds = ?, total_seconds = ?,"
            " first_outcome = ? WHERE complaint_id = ?",
            [*seconds, outcome, case],
        )


def _epoch(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _epoch_or_none(text: str | None) -> int | None:
    return None if text is None else _epoch(text)


class _Hours:
    """The working time of a file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        settings = dict(connection.execute("SELECT key, value FROM setting"))
        self._zone = ZoneInfo(settings.get("file.timezone", "UTC"))
        self._week = _read_week(settings.get("work.spans", _DEFAULT_WEEK))
        self._exceptions = dict(connection.execute("SELECT date, kind FROM holiday"))
        self._days: dict[date, list[Span]] = {}

    def between(self, first: int, last: int) -> int:
        """Return the seconds of work that elapse from `first` to `last`, in epoch seconds."""
        day, end = (datetime.fromtimestamp(moment, self._zone).date() for moment in (first, last))
        worked = 0
        while day <= end:
            for opens, closes in self._spans(day):
                worked += max(min(closes, last) - max(opens, first), 0)
            day += timedelta(days=1)
        return worked

    def _spans(self, day: date) -> list[Span]:
        """Return when work opens and closes on a day, in epoch seconds."""
        found = self._days.get(day)
        if found is None:
            found, edge, following = [], 0, self._instant(day, _DAY_MINUTES)
            for start, end in self._minutes(day):
                # Hours that a clock change skips can reach into those after them.
                opens, closes = max(self._instant(day, start), edge), min(self._instant(day, end), following)
                if opens < closes:
                    found.append((opens, closes))
                    edge = closes
            self._days[day] = found
        return found

    def _minutes(self, day: date) -> list[Span]:
        own, kind = self._week.get(day.weekday(), []), self._exceptions.get(day.isoformat())
        if kind == "workday":
            return own or next((self._week[weekday] for weekday in sorted(self._week)), [])
        return [] if kind == "holiday" else own

    def _instant(self, day: date, minutes: int) -> int:
        wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
        return int(wall.replace(tzinfo=self._zone).timestamp())


def _read_week(text: str) -> dict[int, list[Span]]:
    """Read the stored form of a week, `mon-fri 09:00-18:00; sat 10:00-14:00` or `24/7`, as minutes by weekday."""
    if text == "24/7":
        return {weekday: [(0, _DAY_MINUTES)] for weekday in range(7)}
    week: dict[int, list[Span]] = {}
    for group in text.split(";"):
        days, *spans = group.split()
        for part in days.split(","):
            first, _, last = part.partition("-")
            start = _WEEKDAYS.index(first)
            for step in range((_WEEKDAYS.index(last or first) - start) % 7 + 1):
                week.setdefault((start + step) % 7, []).extend(_read_span(span) for span in spans)
    return {weekday: sorted(spans) for weekday, spans in week.items()}


def _read_span(text: str) -> Span:
    start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in text.split("-"))
    return start, end
