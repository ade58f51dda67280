"""What the complaints of a period are about, and the items of checklists that weren't met in it (handbook 10.2, 13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from csm.domain.quality.pareto import BY, Pareto, Unmet, as_record, pareto
from csm.services.quality.complaints import instants
from csm.storage.quality import paretos as storage
from csm.storage.service import rows as services

if TYPE_CHECKING:
    from csm.domain.time.period import Period
    from csm.services.work import Work


Record = dict[str, Any]


def paretos(work: Work, days: Period, by: Sequence[str] = BY) -> list[Pareto]:
    """Return the complaints received in a period by content, problem, cause, who is in charge, and about whom."""
    counted = storage.counted(work.database.connection, instants(work, days), by)
    return [pareto(one, counted[one]) for one in by]


def unmet(work: Work, days: Period) -> list[Unmet]:
    """Return the items of checklists that weren't met in services done in a period, the most often so first."""
    first, last = days.first.isoformat(), days.last.isoformat()
    rows = services.counted(work.database.connection, "item", None, first, last)
    return [Unmet(item, not_met, ticked, share) for item, ticked, _, not_met, share, _ in rows if not_met]


def pareto_records(work: Work, days: Period) -> dict[str, list[Record]]:
    """Return all of it for json: by_content to by_staff, and checklist_not_met, largest first, shares 0 to 1."""
    found = {f"by_{one.by}": [as_record(row) for row in one.rows] for one in paretos(work, days)}
    return {**found, "checklist_not_met": [as_record(item) for item in unmet(work, days)]}


def pareto_rows(work: Work, days: Period) -> list[tuple[str, str | None, int, int, None]]:
    """Return all of it for csv: section, name, how many, of how many, and nothing of the period before."""
    rows = [
        (f"complaints by {one.by}", row.name, row.n, one.total, None) for one in paretos(work, days) for row in one.rows
    ]
    return [*rows, *(("checklist not met", item.item, item.not_met, item.ticked, None) for item in unmet(work, days))]
