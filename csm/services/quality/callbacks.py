"""How callbacks were kept in a period (handbook 10.2)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from csm.domain.quality.callbacks import figures
from csm.storage.quality import callbacks

if TYPE_CHECKING:
    from csm.domain.time.period import Period
    from csm.services.quality.measuring import Groups
    from csm.services.work import Work


def measure_callbacks(work: Work, days: Period, by: str | None = None, only: Collection[str] | None = None) -> Groups:
    """Return the figures of the callbacks due in a period; one count gives them all, whichever are wanted."""
    groups: dict[str | None, list[tuple[str, int, int]]] = {} if by else {None: []}
    for group, mark, number, past in callbacks.tally(work.database.connection, days.first, days.last, work.today, by):
        groups.setdefault(group, []).append((mark, number, past))
    return {group: figures(tally) for group, tally in groups.items()}
