"""Figures of customers in a period: retention, HEART, and what makes them come back (handbook 9.4, 10.4)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Final

from csm.domain.quality import customers as domain
from csm.domain.quality.figures import NOTHING, Group, Measured, count, share
from csm.domain.sale.figures import Retention
from csm.domain.time.period import months_in
from csm.services.quality.complaints import marked
from csm.services.quality.measuring import active_customers
from csm.services.quality.surveys import measure_csat
from csm.storage.quality import customers, surveys

if TYPE_CHECKING:
    from csm.domain.time.period import Period
    from csm.services.quality.measuring import Groups
    from csm.services.work import Work


MONTHS: Final = "retention.months"

# A figure by group.
Column = Mapping[str | None, Measured]


def measure_retention(work: Work, days: Period, by: str | None = None, only: Collection[str] | None = None) -> Groups:
    """Return how many of the customers active at the start of a period also bought in it (source: handbook 9.4).

    One count gives all figures, whichever are wanted.
    """
    return {
        group: {"start": count(found.start), "kept": count(found.kept), "rate": _rate(found)}
        for group, found in _retention(work, days, by).items()
    }


def measure_heart(work: Work, days: Period, by: str | None = None, only: Collection[str] | None = None) -> Groups:
    """Return the figures of HEART for a period (source: handbook 10.4, formulas ours)."""
    groups: dict[str | None, Group] = {} if by else {None: {}}
    for name, measure in FIGURES.items():
        if only is None or name in only:
            for group, measured in measure(work, days, by).items():
                groups.setdefault(group, {})[name] = measured
    # What a group has none of is there all the same, as a figure of nothing.
    names = [name for name in FIGURES if only is None or name in only]
    return {group: {name: found.get(name, NOTHING) for name in names} for group, found in groups.items()}


def _happiness(work: Work, days: Period, by: str | None) -> Column:
    return {group: found["value"] for group, found in measure_csat(work, days, by, ("value",)).items()}


def _engagement(work: Work, days: Period, by: str | None) -> Column:
    begun = customers.begun_by_them(work.database.connection, days.first, days.last, by)

    # Of a month that isn't over, the days that have been.
    length = months_in(days._replace(last=min(days.last, work.today)))
    return {
        group: domain.engagement(begun.get(group, 0), number, length)
        for group, number in active_customers(work, days, by).items()
    }


def _adoption(work: Work, days: Period, by: str | None) -> Column:
    """Return nothing where no sales are recorded: the cards that stand in for active customers bought nothing."""
    from csm.services.sale.after_sale import line_key

    connection = work.database.connection
    if not customers.has_sales(connection):
        return {}
    rows = customers.bought(connection, days.first, days.last, work.policy.number(MONTHS), by)
    adopters = domain.adopters(
        (group, who, line_key(line, product), known) for group, who, line, product, known in rows
    )
    return {group: share(adopters.get(group, 0), number) for group, number in active_customers(work, days, by).items()}


def _kept(work: Work, days: Period, by: str | None) -> Column:
    return {group: _rate(found) for group, found in _retention(work, days, by).items()}


def _task_success(work: Work, days: Period, by: str | None) -> Column:
    return {group: domain.task_success(marks.items()) for group, marks in marked(work, days, by).items()}


FIGURES: Final[Mapping[str, Callable[[Work, Period, str | None], Column]]] = {
    "happiness": _happiness,
    "engagement": _engagement,
    "adoption": _adoption,
    "retention": _kept,
    "task_success": _task_success,
}


def _retention(work: Work, days: Period, by: str | None) -> Mapping[str | None, Retention]:
    return customers.retention(work.database.connection, days.first, days.last, work.policy.number(MONTHS), by)


def _rate(found: Retention) -> Measured:
    return share(found.kept, found.start)


def links(work: Work, days: Period) -> list[domain.Link]:
    """Return the four supposed links over the surveys of customers about us."""
    rows = surveys.experiences(work.database.connection, days.first, days.last)
    few, holds = work.policy.number("model.few"), work.policy.number("model.holds") / 100
    return domain.links({row[:-1]: row[-1] for row in rows}, few, holds)
