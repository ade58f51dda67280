"""The figures of complaints received in a period (handbook 10.2); grievances are counted apart."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from csm.domain.quality import complaints as domain
from csm.domain.quality.complaints import PARETO_BY, SHARES, TIMES, Counted, Late, Pareto, Unmet, pareto, pareto_record
from csm.domain.quality.figures import Group, of
from csm.services.quality.measuring import active_customers, cached
from csm.storage.quality import complaints, customers
from csm.storage.service import rows as services

if TYPE_CHECKING:
    from csm.domain.time.period import Period
    from csm.services.work import Work


_NAMES: Final = tuple(figure.name for figure in of("complaints"))
# Figures that take a count of their own; all others are told by the marks of the cases.
_FROM_TIMES: Final = {f"{time}_{said}_h" for time in TIMES for said in SHARES}
_APART: Final = {*_FROM_TIMES, "repeated", "bought_again"}

Counts = dict[str | None, dict[str, Any]]


def measure_complaints(
    work: Work, days: Period, by: str | None, only: Collection[str] | None
) -> dict[str | None, Group]:
    """Return the figures of the complaints received in a period; see `csm.services.quality.measuring.measure`."""
    asked = set(_NAMES if only is None else only)
    counts = _counted(work, days, by, asked)
    found = {group: domain.figures(Counted(**counted)) for group, counted in counts.items()}
    return {
        group: {name: measured for name, measured in figures.items() if name in asked}
        for group, figures in found.items()
    }


def instants(work: Work, days: Period) -> complaints.Days:
    """Return the local days of a period as stored instants."""
    return complaints.Days(_begins(work, days.first), _begins(work, days.last + timedelta(days=1)))


def marked(work: Work, days: Period, by: str | None) -> Mapping[str | None, Mapping[str, int]]:
    """Return how many of the cases received in a period have which mark, by group; counted once for all sections."""
    period = instants(work, days)
    return cached(
        work.database, ("marks", *period, by), lambda: complaints.count_marks(work.database.connection, period, by)
    )


def _begins(work: Work, day: date) -> str:
    return work.zone.to_utc_text(datetime(day.year, day.month, day.day))


def _counted(work: Work, days: Period, by: str | None, asked: set[str]) -> Counts:
    """Return what `Counted` is made of, by group; without `by` there is one group whatever was found."""
    connection, period = work.database.connection, instants(work, days)
    marks = marked(work, days, by) if by is not None or asked - _APART else {}
    found: Counts = {group: {"marks": told} for group, told in marks.items()}
    if by is None:
        found = {None: {"marks": marks.get(None, {})}} if asked - _APART else {None: {}}
    if "per_100_customers" in asked:
        active = active_customers(work, days, by)
        # Customers of whom nobody complained are a group all the same: none of so many.
        for group in {**found, **active}:
            found.setdefault(group, {"marks": {}})["active"] = active.get(group, 0)
    _time(work, period, by, asked, found)
    if "repeated" in asked:
        repeated = complaints.repeated(connection, period, work.policy.number("quality.repeat_days"), by)
        for group, counted in found.items():
            counted["repeated"] = repeated.get(group, 0)
    if "bought_again" in asked:
        bought = _bought_again(work, days, by)
        for group, counted in found.items():
            counted["customers"], counted["again"] = bought.get(group, (0, 0))
    return found


def _time(work: Work, period: complaints.Days, by: str | None, asked: set[str], found: Counts) -> None:
    """Add what is late now, and how long all took."""
    running = any("|running|" in mark for counted in found.values() for mark in counted.get("marks", ()))
    if running and asked & {"first_response_met", "resolution_met"}:
        connection, now = work.database.connection, (work.now_text, work.today.isoformat())
        late = cached(work.database, ("late", *period, *now, by), lambda: complaints.late(connection, period, now, by))
        for group, (response, resolution) in late.items():
            found[group]["late"] = Late(response, resolution)
    times = [time for time in TIMES if any(f"{time}_{said}_h" in asked for said in SHARES)]
    if times:
        for counted in found.values():
            counted["spans"] = dict.fromkeys(times, ())
        for group, spans in complaints.spans(work.database.connection, period, by, times):
            found[group]["spans"] = spans


def _bought_again(work: Work, days: Period, by: str | None) -> dict[str | None, tuple[int, int]]:
    """Return (customers who complained, who of them bought afterwards) by group.

    Nothing is known of what customers did in a file without any sale: there nobody is counted.
    """
    connection = work.database.connection
    if not customers.has_sales(connection):
        return {}
    return complaints.bought_again(connection, _each(work, days), by)


def _each(work: Work, days: Period) -> Iterator[tuple[str, str, str, str]]:
    """Give each day of a period with its instants and the last day on which a purchase after it counts."""
    within = timedelta(days=work.policy.number("quality.recovery_days"))
    day, begins = days.first, _begins(work, days.first)
    while day <= min(days.last, work.today):
        ends = _begins(work, day + timedelta(days=1))
        yield begins, ends, day.isoformat(), (day + within).isoformat()
        day, begins = day + timedelta(days=1), ends


Record = dict[str, Any]


def paretos(work: Work, days: Period, by: Sequence[str] = PARETO_BY) -> list[Pareto]:
    """Return the complaints received in a period by content, problem, cause, who is in charge, and about whom."""
    counted = complaints.count_by(work.database.connection, instants(work, days), by)
    return [pareto(one, counted[one]) for one in by]


def unmet(work: Work, days: Period) -> list[Unmet]:
    """Return the items of checklists that weren't met in services done in a period, the most often so first."""
    first, last = days.first.isoformat(), days.last.isoformat()
    rows = services.counted(work.database.connection, "item", None, first, last)
    return [Unmet(item, not_met, ticked, share) for item, ticked, _, not_met, share, _ in rows if not_met]


def pareto_records(work: Work, days: Period) -> dict[str, list[Record]]:
    """Return all of it for json: by_content to by_staff, and checklist_not_met, largest first, shares 0 to 1."""
    found = {f"by_{one.by}": [pareto_record(row) for row in one.rows] for one in paretos(work, days)}
    return {**found, "checklist_not_met": [pareto_record(item) for item in unmet(work, days)]}


def pareto_rows(work: Work, days: Period) -> list[tuple[str, str | None, int, int, None]]:
    """Return all of it for csv: section, name, how many, of how many, and nothing of the period before."""
    rows = [
        (f"complaints by {one.by}", row.name, row.n, one.total, None) for one in paretos(work, days) for row in one.rows
    ]
    return [*rows, *(("checklist not met", item.item, item.not_met, item.ticked, None) for item in unmet(work, days))]
