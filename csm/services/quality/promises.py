"""How promises of ours were kept in a period (handbook 7)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from csm.domain.quality.promises import figures
from csm.storage.quality import promises

if TYPE_CHECKING:
    from csm.domain.time.period import Period
    from csm.services.quality.measuring import Groups
    from csm.services.work import Work


def measure_promises(work: Work, days: Period, by: str | None = None, only: Collection[str] | None = None) -> Groups:
    """Return the figures of the promises due in a period; one count gives them all, whichever are wanted."""
    groups: dict[str | None, dict[str, int]] = {} if by else {None: {}}
    for group, status, number in promises.tally(work.database.connection, days.first, days.last, work.now_text, by):
        groups.setdefault(group, {})[status] = number
    return {group: figures(tally) for group, tally in groups.items()}
