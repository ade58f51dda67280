"""How callbacks and promises were kept in a period (handbook 7, 10.2)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from csm.domain.quality.on_time import callback_figures, promise_figures
from csm.storage.quality import on_time

if TYPE_CHECKING:
    from csm.domain.time.period import Period
    from csm.services.quality.measuring import Groups
    from csm.services.work import Work


def measure_callbacks(work: Work, days: Period, by: str | None = None, only: Collection[str] | None = None) -> Groups:
    """Return the figures of the callbacks due in a period; one count gives them all, whichever are wanted."""
    groups: dict[str | None, list[tuple[str, int, int]]] = {} if by else {None: []}
    for group, mark, number, past in on_time.count_callbacks(
        work.database.connection, days.first, days.last, work.today, by
    ):
        groups.setdefault(group, []).append((mark, number, past))
    return {group: callback_figures(tally) for group, tally in groups.items()}


def measure_promises(work: Work, days: Period, by: str | None = None, only: Collection[str] | None = None) -> Groups:
    """Return the figures of the promises due in a period; one count gives them all, whichever are wanted."""
    groups: dict[str | None, dict[str, int]] = {} if by else {None: {}}
    for group, status, number in on_time.count_promises(
        work.database.connection, days.first, days.last, work.now_text, by
    ):
        groups.setdefault(group, {})[status] = number
    return {group: promise_figures(tally) for group, tally in groups.items()}
