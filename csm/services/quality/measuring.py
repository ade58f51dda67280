"""Measuring a section of service quality over a period, whole or by owner, region or grade of the customers.

Each section has a function `measure_<section>` in a module beside this one; this one knows which.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Hashable, Mapping
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast
from weakref import WeakKeyDictionary

from csm.domain.errors import CsmError
from csm.domain.quality.figures import BY, IN_POINTS, Group, comparable, count, of
from csm.domain.time import period
from csm.domain.time.period import Compared
from csm.domain.value import Value
from csm.storage.file.database import Database
from csm.storage.quality import customers

if TYPE_CHECKING:
    from csm.domain.time.period import Period
    from csm.services.work import Work

T = TypeVar("T")

# Of each open file what was counted, and after how many changes.
_COUNTED: Final[WeakKeyDictionary[Database, tuple[int, dict[Hashable, Any]]]] = WeakKeyDictionary()


def cached(database: Database, asked: Hashable, count: Callable[[], T]) -> T:
    """Return what `count` returns, which is called again only where the file was written to since; `asked` names it."""
    changes, counted = _COUNTED.get(database, (None, {}))
    if changes != database.connection.total_changes:
        counted = {}
        _COUNTED[database] = database.connection.total_changes, counted
    if asked not in counted:
        counted[asked] = count()
    found: T = counted[asked]
    return found


# Below that many bytes of a file a second connection costs more than it saves.
LARGE_FILE: Final = 64 * 1024 * 1024


def measure_both(work: Work, first: Callable[[Work], T], second: Callable[[Work], T]) -> tuple[T, T]:
    """Return what two functions count, which only read; on a large file at once, each with a connection of its own."""
    connection, path = work.database.connection, work.database.path
    if connection.in_transaction or os.path.getsize(path) < LARGE_FILE:
        return first(work), second(work)

    # Threads are for large files only: most never load what makes them.

    other = _Other(work)
    found: list[T] = []

    def count() -> None:
        # What the file refuses here is tried again where errors are reported.
        with suppress(CsmError, sqlite3.Error, OSError):
            found.append(second(cast("Work", other)))
        other.database.close()

    other_thread = Thread(target=count, daemon=True)
    other_thread.start()
    mine = first(work)
    other_thread.join()
    return mine, found[0] if found else second(work)


class _Other:
    """The file, the clock and the settings of a command, with another connection to the file."""

    def __init__(self, work: Work) -> None:
        # Read here, as these come from the other connection.
        self.policy, self.zone = work.policy, work.zone
        self.now, self.now_text, self.today = work.now, work.now_text, work.today
        self.command, self.user, self.calendar = work.command, work.user, work.calendar
        self.database = Database(work.database.path)


# By what the customers' cards say of each group, None where they say nothing or nothing was asked.
Groups = Mapping[str | None, Group]
# The names of the figures that are wanted of each section, None for all of them.
Wanted = Mapping[str, Collection[str] | None]

MODULES: Final = {
    "servqual": "surveys",
    "csat": "surveys",
    "nps": "surveys",
    "complaints": "complaints",
    "callbacks": "on_time",
    "promises": "on_time",
    "retention": "customers",
    "heart": "customers",
    "gaps": "gaps",
}
# What stands on cards that figures can be grouped by; months are periods of their own.
ON_CARDS: Final = BY[1:]
SCALE: Final = frozenset({"scale"})
# Of fewer days, to count the period before at the same time costs more than it saves.
LONG_PERIOD: Final = 90


class Part(Value):
    """The figures of one group of customers or of one month, beside those of the days before.

    key: the month as in 2026-10, or what the cards say, None where they say nothing or all customers are together.
    now, before: by section; what can't be compared isn't in `before`.
    """

    key: str | None
    days: Compared
    now: Mapping[str, Group]
    before: Mapping[str, Group]


def measure(
    work: Work, section: str, days: Period, by: str | None = None, only: Collection[str] | None = None
) -> Groups:
    """Return the figures of a section for the days of a period.

    by: owner, region or grade of the customers; None is all of them together, under the key None. only: the names of
    the figures that are wanted, all of them unless told; what costs time and isn't wanted isn't counted.
    """
    module = import_module(f"csm.services.quality.{MODULES[section]}")
    measured: Groups = getattr(module, f"measure_{section}")(work, days, by, only)
    return measured


def measure_parts(
    work: Work, wanted: Wanted, compared: Compared, by: str | None = None, *, before: bool = True
) -> list[Part]:
    """Return the figures of sections by one of BY, and with `before` those of the days before; by None is one part.

    Months come in their order, until today; other groups by name, the one that cards say nothing of last. What has no
    figure at all is left out, unless it is everything.
    """
    if by is None:
        return _parts(work, wanted, compared, None, before)
    if by == "month":
        days = compared.now._replace(last=min(compared.now.last, work.today))
        found = [
            part._replace(key=f"{month.now.first:%Y-%m}")
            for month in period.parts(days)
            for part in _parts(work, wanted, month, None, before)
        ]
    else:
        found = sorted(_parts(work, wanted, compared, by, before), key=lambda part: (part.key is None, part.key or ""))
    return [part for part in found if any(measured.n for group in part.now.values() for measured in group.values())]


def active_customers(work: Work, days: Period, by: str | None = None) -> Mapping[str | None, int]:
    """Return how many customers are active at the start of a period (source: handbook 9.4)."""
    connection, months = work.database.connection, work.policy.number("retention.months")
    # Cards that stand in for sales are the same whenever the period starts.
    start = days.first if customers.has_sales(connection) else None
    return cached(
        work.database, ("active", start, months, by), lambda: customers.active(connection, days.first, months, by)
    )


def _parts(work: Work, wanted: Wanted, compared: Compared, by: str | None, before: bool) -> list[Part]:
    """Return a part for each group of the figures now; one where `by` is None."""
    if wanted.get("servqual") is not None:
        wanted = {**wanted, "servqual": SCALE.union(wanted["servqual"] or ())}
    scales: list[Groups] = []

    def measured(work: Work, days: Period) -> dict[str, Groups]:
        return {section: measure(work, section, days, by, only) for section, only in wanted.items()}

    if before and (compared.now.last - compared.now.first).days >= LONG_PERIOD:
        now, then = measure_both(
            work, lambda one: measured(one, compared.now), lambda one: measured(one, compared.before)
        )
    else:
        now, then = measured(work, compared.now), measured(work, compared.before) if before else {}
    if before:
        if "servqual" in wanted:
            scales = [now["servqual"], then["servqual"]]
        elif any(section in IN_POINTS for section in wanted):
            scales = [measure(work, "servqual", days, by, SCALE) for days in (compared.now, compared.before)]
    keys = [None] if by is None else list(dict.fromkeys(key for groups in now.values() for key in groups))
    parts = []
    for key in keys:
        sizes = [_scale(groups.get(key, {})) for groups in scales] or [None, None]
        parts.append(
            Part(
                key,
                compared,
                {section: _group(groups, key, section) for section, groups in now.items()},
                {
                    section: comparable(section, _group(groups, key, section), *sizes)
                    for section, groups in then.items()
                },
            )
        )
    return parts


def _group(groups: Groups, key: str | None, section: str) -> Group:
    """Return the figures of a group; of one that there isn't, counts are 0 and there is nothing else."""
    found = groups.get(key)
    if found is not None:
        return found
    return {one.name: count(0) for one in of(section) if one.kind == "count" and one.name not in SCALE}


def _scale(group: Group) -> float | None:
    return group["scale"].value if "scale" in group else None
