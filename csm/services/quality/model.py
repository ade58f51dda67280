"""What makes customers come back: the retention model over the surveys of a period (handbook 10.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm.domain.quality import model
from csm.storage.quality import surveys

if TYPE_CHECKING:
    from csm.domain.time.period import Period
    from csm.services.work import Work


def links(work: Work, days: Period) -> list[model.Link]:
    """Return the four supposed links over the surveys of customers about us."""
    rows = surveys.experiences(work.database.connection, days.first, days.last)
    few, holds = work.policy.number("model.few"), work.policy.number("model.holds") / 100
    return model.links({row[:-1]: row[-1] for row in rows}, few, holds)
