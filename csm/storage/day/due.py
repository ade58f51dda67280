"""The morning list: everything that has to happen by a time, in its order; its kinds are in `due_kinds`.

The page is found first; phone, contact and what was said last are looked up for its rows only. Of what is due on one
day, key accounts and better grades come first (source: handbook 9.2, 12).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from csm.domain.value import Value
from csm.storage.customer.selectivity import are_few
from csm.storage.day.due_kinds import COLUMNS, KINDS, Kind

if TYPE_CHECKING:
    from csm.storage.complaint.rows import Warned

# Most pressing first (source: handbook 12): clocks of cases and promises that are late, then what has a time today,
# then the rest by day; on one day what has a time by that, then key accounts and grades.
RANK: Final = (
    "CASE WHEN due_at IS NULL THEN 2 WHEN due_at < ? AND kind NOT IN ('callback', 'visit', 'reminder') THEN 0"
    " WHEN due_on = ? THEN 1 ELSE 2 END AS rank"
)
ORDER: Final = (
    "{0}rank, iif({0}rank = 2, {0}due_on, {0}due_at), {0}due_at IS NULL, {0}due_at, {0}priority, {0}kind, {0}id"
)
# The same within a kind, where what has a time today is read apart.
OF_A_KIND: Final = "due_on, due_at IS NULL, due_at, priority, id"

# What was said last with a customer, whatever came of it: on a call that was made, or on a try that was in vain.
LAST_SAID: Final = """(SELECT note FROM (
                SELECT * FROM (
                  SELECT note, done_at AS at FROM callback
                  WHERE customer_id = d.customer_id AND status = 'done' AND note IS NOT NULL
                  ORDER BY done_on DESC, id DESC LIMIT 1)
                UNION ALL SELECT * FROM (
                  SELECT tried.note, tried.at FROM callback AS of
                  CROSS JOIN callback_try AS tried ON tried.callback_id = of.id
                  WHERE of.customer_id = d.customer_id AND tried.note IS NOT NULL
                  ORDER BY tried.at DESC, tried.id DESC LIMIT 1)
              ) ORDER BY at DESC LIMIT 1)"""


# A condition and the values bound in it.
Bound = tuple[str, Sequence[object]]
# What guarantees end: (day counted from, kind of guarantee, product line or None for all without a rule of their own,
# day it ends), and the (kind, line) that have one. Days are ISO text.
Ends = tuple[Sequence[tuple[str, str, str | None, str]], Sequence[tuple[str, str]]]


class Wanted(Value):
    """Which items to list: days up to `until`; only what is late when `overdue`, by `today` or by `now`, UTC text.

    ends: gives what guarantees end between two days, the earliest first; None where nothing was ever sold.
    lunar: gives the lunar birthdays that are kept between two days, the earliest first: (month and day, whether of a
    leap month, ISO text of the day); None where nobody has one.
    """

    today: date
    now: str
    until: date
    leads: dict[str, int]
    overdue: bool = False
    kinds: Sequence[str] = ()
    owners: Sequence[str] = ()
    customer_id: int | None = None
    limit: int | None = None
    ends: Callable[[date, date], Ends] | None = None
    lunar: Callable[[date, date], Iterable[tuple[str, bool, str]]] | None = None


class Item(Value):
    """One due item; `due_on` is ISO text, `due_at` UTC text where it has a time, `level` the level of a case.

    counts_on: the day by which a callback counts as late, ISO text. do_not_contact: 1 where nobody is to call.
    """

    kind: str
    id: int
    customer_id: int
    customer: str
    contact: str | None
    phone: str | None
    term: str | None
    detail: str | None
    channel: str | None
    due_on: str
    due_at: str | None
    owner: str | None
    level: int | None
    tries: int
    last_said: str | None
    route: str | None
    route_order: int | None
    birthday: str | None
    best_time: str | None
    counts_on: str | None = None
    do_not_contact: int = 0

    def is_late(self, today: str, now: str) -> bool:
        """Tell whether its time has passed, or its day where it has no time; what was moved is late by the day before.

        today: ISO text, now: UTC text (source: handbook 5).
        """
        day = self.late_by(today)
        if day != self.due_on or self.due_at is None:
            return day < today
        return self.due_at < now

    def late_by(self, today: str) -> str:
        """Return the day from which it is late: the one that was planned first or agreed on, once its day has come."""
        return self.counts_on if self.counts_on is not None and self.due_on <= today else self.due_on


class Day(Value):
    """The page for one morning, every list in the order of the day.

    late, today, coming: due items by their day; those that are never late (birthdays) are in `today` or `coming`.
    route: today's visits in the order of their route, taken from `late` and `today` and left in them too.
    unplanned: how many customers the cadence would plan and nobody has. owner: whose page it is, None for everybody's.
    now: the time taken as now, UTC text. warnings: problems of several customers within `warning_days`.
    feedback: ids of cases with feedback to read. waiting: (id, day) of cases that wait for the customer since a day.
    to_close: ids of cases with nothing left but to close them. messages: (service, customer id, customer, message) of
    what customers told us that waits to be dealt with.
    """

    day: date
    days_ahead: int
    owner: str | None
    late: list[Item]
    today: list[Item]
    coming: list[Item]
    route: list[Item]
    unplanned: int
    now: str = ""
    warnings: Sequence[Warned] = ()
    warning_days: int = 0
    feedback: Sequence[int] = ()
    waiting: Sequence[tuple[int, str]] = ()
    to_close: Sequence[int] = ()
    messages: Sequence[tuple[int, int, str, str]] = ()


def _window(kind: Kind, wanted: Wanted) -> tuple[date | None, date]:
    """Return the first and last day of a kind's items; None is no first day."""
    if kind.ends:
        return wanted.today, max(wanted.until, wanted.today + timedelta(days=wanted.leads.get(kind.name, 0)))
    return None, wanted.until


def _part(kind: Kind, wanted: Wanted) -> tuple[str, list[object]]:
    """Return the query of a kind's items and its bound values, no more than are wanted, in the order of `ORDER`."""
    if kind.at_times and wanted.limit is not None:
        today = wanted.today.isoformat()
        timed, bound = _query(kind, wanted, apart=("due_on = ? AND due_at IS NOT NULL", [today]))
        others, bound_too = _query(kind, wanted, apart=("NOT (due_on = ? AND due_at IS NOT NULL)", [today]))
        return f"{timed} UNION ALL {others}", [*bound, *bound_too]
    if kind.lunar and wanted.lunar is not None:
        common, bound = _query(kind, wanted)
        lunar, bound_too = _query(kind, wanted, lunar=True)
        return f"{common} UNION ALL {lunar}", [*bound, *bound_too]
    if not (kind.of_sale and wanted.owners):
        return _query(kind, wanted)
    # Which of the two ways it is, the limit says: nothing is read where that is 0.
    own = f"SELECT id AS own FROM customer WHERE owner {_among(wanted.owners)}"
    few = are_few(own)
    walked, bound = _query(kind, wanted, unless=few)
    gathered, bound_too = _query(kind, wanted, own=own, unless=f"NOT {few}")
    return f"{walked} UNION ALL {gathered}", [*bound, *bound_too]


def _query(
    kind: Kind, wanted: Wanted, *, own: str = "", unless: str = "", apart: Bound | None = None, lunar: bool = False
) -> tuple[str, list[object]]:
    """Return the query of a kind's items.

    own: selects the customers whose items are gathered, where those of everybody aren't walked in order.
    unless: a condition, with the owners bound in it, on which there are none.
    apart: a condition of which part of them is read. lunar: those of the lunar calendar.
    """
    source, given, gathered = _source(kind, wanted, own)
    columns, grouped = COLUMNS, ""
    conditions = [*_whose(kind, wanted, "+owner" if kind.by_card and not own else "owner")]
    if apart is not None:
        conditions.append(apart)
    if kind.yearly:
        source, given = _lunar(kind, wanted) if lunar else _yearly(kind, wanted)
        columns = COLUMNS.replace("due_on", "on_day AS due_on")
    elif kind.counted:
        source, given = _counted(kind, wanted, source, given, gathered=gathered)
        columns = COLUMNS.replace("due_on", "on_day AS due_on").replace("term", "promised AS term")
        if wanted.limit is not None and not gathered:
            conditions.append(_page_end(source, given, conditions, wanted.limit))
    else:
        conditions += _when(kind, wanted, "+due_on" if gathered else "due_on")
    if wanted.owners and kind.deciders:
        source, columns, grouped = (
            kind.deciders,
            COLUMNS.replace("owner", "min(owner) AS owner"),
            " GROUP BY due_on, id",
        )
    where, bound = _where(conditions)
    limit, bound_too = _limit(wanted, unless)
    columns += ", counts_on" if kind.moved else ", NULL AS counts_on"
    query = f"SELECT {columns} FROM {source}{where}{grouped} ORDER BY {OF_A_KIND}{limit}"
    return f"SELECT * FROM ({query})", [*given, *bound, *bound_too]


def _source(kind: Kind, wanted: Wanted, own: str) -> tuple[str, list[object], bool]:
    """Return where a kind's items come from, what is bound in it, and whether they are gathered.

    The few that are gathered are sorted sooner than those of everybody are walked in order: "+" forbids that.
    """
    if own:
        return f"({own}) CROSS JOIN {kind.of_few or kind.items} ON customer_id = own", [*wanted.owners], True
    if wanted.customer_id is None:
        return kind.items, [], False
    if kind.clock:
        cases = "SELECT id AS own FROM complaint WHERE customer_id = ?"
        return f"({cases}) CROSS JOIN {kind.items} ON id = own", [wanted.customer_id], True
    return kind.of_few or kind.items, [], kind.of_sale


def _where(conditions: Sequence[Bound]) -> tuple[str, list[object]]:
    """Return conditions as a WHERE and their values; an empty text where there are none."""
    sql = f" WHERE {' AND '.join(sql for sql, _ in conditions)}" if conditions else ""
    return sql, [value for _, bound in conditions for value in bound]


def _limit(wanted: Wanted, unless: str) -> tuple[str, list[object]]:
    """Return the limit of a kind's items and its values: none at all where `unless` is true."""
    number = [] if wanted.limit is None else [wanted.limit]
    if unless:
        return f" LIMIT CASE WHEN {unless} THEN 0 ELSE {'?' if number else -1} END", [*wanted.owners, *number]
    return " LIMIT ?" if number else "", [*number]


def _when(kind: Kind, wanted: Wanted, due_on: str) -> Iterator[Bound]:
    """Yield the conditions of when items are due, each with its values."""
    first, last = _window(kind, wanted)
    if wanted.overdue and kind.timed:
        yield f"{due_on} <= ? AND due_at < ?", [wanted.today.isoformat(), wanted.now]
    elif wanted.overdue and kind.moved:
        today = wanted.today.isoformat()
        late = "counts_on < ? OR counts_on = ? AND due_at < ?"
        yield f"{due_on} <= ? AND ({late})", [today, today, today, wanted.now]
    elif wanted.overdue and kind.at_times:
        today = wanted.today.isoformat()
        yield f"{due_on} <= ? AND (due_on < ? OR due_at < ?)", [today, today, wanted.now]
    elif wanted.overdue:
        yield f"{due_on} < ?", [wanted.today.isoformat()]
    else:
        yield f"{due_on} <= ?", [last.isoformat()]
        if first is not None:
            yield f"{due_on} >= ?", [first.isoformat()]


def _among(owners: Sequence[str]) -> str:
    return f"IN ({', '.join('?' * len(owners))})"


def _whose(kind: Kind, wanted: Wanted, owner: str) -> Iterator[Bound]:
    """Yield the conditions of whose items a kind lists, each with its values.

    Some are said twice, in words that an index answers without a look at each row: somebody may have no case at all.
    """
    among = _among(wanted.owners)
    if wanted.owners:
        yield f"{owner} {among}", wanted.owners
        if kind.deciders:
            yield f"EXISTS (SELECT 1 FROM staff WHERE name {among})", wanted.owners
    if wanted.customer_id is not None:
        yield "customer_id = ?", [wanted.customer_id]
    if kind.clock and wanted.owners:
        cases = "SELECT 1 FROM complaint_state WHERE status IN ('open', 'waiting')"
        yield f"EXISTS ({cases} AND owner {among})", wanted.owners


def _yearly(kind: Kind, wanted: Wanted) -> tuple[str, list[object]]:
    """Return the source of items without a year, and what is bound in it."""
    first, last = _window(kind, wanted)
    assert first is not None
    days = list(_month_days(first, last))
    values = ", ".join("(?, ?)" for _ in days)
    days_of_year = f"(SELECT column1 AS day, column2 AS on_day FROM (VALUES {values}))"
    return f"{days_of_year} CROSS JOIN {kind.items} ON month_day = day", [value for pair in days for value in pair]


def _lunar(kind: Kind, wanted: Wanted) -> tuple[str, list[object]]:
    """Return the source of items with a day of the lunar calendar, and what is bound in it."""
    first, last = _window(kind, wanted)
    assert first is not None and wanted.lunar is not None
    days = "SELECT value ->> 0 AS day, value ->> 1 AS of_leap, value ->> 2 AS on_day FROM json_each(?)"
    kept = [(day, int(leap), on) for day, leap, on in wanted.lunar(first, last)]
    return f"({days}) CROSS JOIN {kind.lunar} ON month_day = day AND leap = of_leap", [_as_json(kept)]


def _counted(
    kind: Kind, wanted: Wanted, source: str, given: Sequence[object], *, gathered: bool
) -> tuple[str, list[object]]:
    """Return the source of items whose day is counted from another one, and what is bound in it.

    Everybody's are found by the days they are counted from; those of the few `gathered` in `source` each have theirs
    looked up.
    """
    first, last = _window(kind, wanted)
    assert first is not None and wanted.ends is not None
    ends, own = wanted.ends(first, last)
    days = (
        "SELECT value ->> 0 AS start_day, value ->> 1 AS promised, value ->> 2 AS of_line, value ->> 3 AS on_day"
        " FROM json_each(?)"
    )
    matched, bound = "guaranteed_from = start_day", list[object]()
    if own:
        # A line is compared as the settings do it, and one without a rule of its own goes by the rule for all.
        matched += (
            " AND CASE WHEN of_line IS NULL THEN line IS NULL OR NOT EXISTS (SELECT 1 FROM json_each(?)"
            " WHERE value ->> 0 = promised AND value ->> 1 = lower(trim(line)))"
            " ELSE lower(trim(line)) = of_line END"
        )
        bound.append(_as_json(own))
    if gathered:
        # "LIMIT -1": read once, and not once a sale
        return f"{source} CROSS JOIN ({days} LIMIT -1) ON {matched}", [*given, _as_json(ends), *bound]
    return f"({days}) CROSS JOIN {source} ON {matched}", [_as_json(ends), *given, *bound]


def _as_json(rows: Sequence[Sequence[object]]) -> str:
    """Return rows that a query reads with json_each."""
    from csm.storage.json_text import written

    return written(rows)


def _page_end(source: str, given: Sequence[object], conditions: Sequence[Bound], limit: int) -> Bound:
    """Return the condition that ends the walk with the day on which the page is full.

    The days are walked in the order they are given in, the earliest first.
    """
    where, bound = _where(conditions)
    first = f"SELECT on_day FROM {source}{where} LIMIT 1 OFFSET ?"
    return f"on_day <= coalesce(({first}), '9999')", [*given, *bound, limit - 1]


def _month_days(first: date, last: date) -> Iterator[tuple[str, str]]:
    """Yield (month-day, day) of each day; 29 February is kept on the 28th where the year has none."""
    day = first
    while day <= last:
        yield day.strftime("%m-%d"), day.isoformat()
        if (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3:
            yield "02-29", day.isoformat()
        day += timedelta(days=1)


def statement(wanted: Wanted) -> tuple[str, list[object]] | None:
    """Return the query of the list and its bound values; None where no kind can match."""
    kinds = [kind for kind in KINDS if _asked(kind, wanted)]
    if not kinds:
        return None
    parts, given = [], list[object]()
    for kind in kinds:
        sql, bound = _part(kind, wanted)
        parts.append(sql)
        given += bound
    given = [wanted.now, wanted.today.isoformat(), *given]
    page = f"SELECT *, {RANK} FROM ({' UNION ALL '.join(parts)}) ORDER BY {ORDER.format('')}"
    if wanted.limit is not None:
        page += " LIMIT ?"
        given.append(wanted.limit)
    query = f"""SELECT
            d.kind, d.id, d.customer_id, c.name, contact.name,
            coalesce(
                (SELECT number FROM contact_phone WHERE d.contact_id = contact.id AND contact_id = contact.id
                 ORDER BY id LIMIT 1), c.phone,
                (SELECT number FROM contact_phone JOIN contact AS other ON other.id = contact_id
                 WHERE other.customer_id = d.customer_id AND other.left_on IS NULL ORDER BY contact_phone.id LIMIT 1)),
            d.term, d.detail, d.channel, d.due_on, d.due_at, d.owner, d.level, d.tries,
            {LAST_SAID},
            c.route, c.route_order, contact.birthday, c.best_time, d.counts_on, c.do_not_contact
        FROM ({page}) AS d CROSS JOIN customer AS c ON c.id = d.customer_id
        LEFT JOIN contact ON contact.id = coalesce(
            (SELECT meant.id FROM contact AS meant WHERE meant.id = d.contact_id AND meant.left_on IS NULL),
            (SELECT min(first.id) FROM contact AS first
             WHERE first.customer_id = d.customer_id AND first.left_on IS NULL))
        ORDER BY {ORDER.format("d.")}"""
    return query, given


def read(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[Item]:
    """Yield the due items, the most pressing first."""
    made = statement(wanted)
    if made is None:
        return iter(())
    return (Item(*row) for row in connection.execute(*made))


def count(connection: sqlite3.Connection, wanted: Wanted) -> int:
    """Return how many items there are without the limit."""
    total = 0
    for kind in KINDS:
        if _asked(kind, wanted):
            sql, given = _part(kind, wanted._replace(limit=None))
            total += connection.execute(f"SELECT count(*) FROM ({sql})", given).fetchone()[0]
    return total


def _asked(kind: Kind, wanted: Wanted) -> bool:
    if (wanted.overdue and kind.ends) or (kind.counted and wanted.ends is None):
        return False
    return not wanted.kinds or kind.name in wanted.kinds


def anything_sold(connection: sqlite3.Connection) -> bool:
    """Tell whether there is any sale."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM sale)").fetchone()[0])


def any_lunar_birthday(connection: sqlite3.Connection) -> bool:
    """Tell whether any contact has a birthday of the lunar calendar."""
    query = "SELECT EXISTS (SELECT 1 FROM contact WHERE lunar_birthday IS NOT NULL)"
    return bool(connection.execute(query).fetchone()[0])


def waiting(connection: sqlite3.Connection, owners: Sequence[str]) -> list[tuple[int, str]]:
    """Return (id, instant) of the cases that wait for the customer, the longest wait first; `owners` empty is all."""
    of = f" AND owner IN ({', '.join('?' * len(owners))})" if owners else ""
    return connection.execute(
        # said twice: the first half is that of the index of what is open
        "SELECT complaint_id, waiting_since FROM complaint_state"
        f" WHERE status IN ('open', 'waiting') AND status = 'waiting' AND waiting_since IS NOT NULL{of}"
        " ORDER BY waiting_since, complaint_id",
        list(owners),
    ).fetchall()
