"""The last months, and which figures of each show where service is going (source: handbook 10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from csm.domain.quality.figures import SUMMARY, Figure, of
from csm.domain.survey.scores import DIMENSIONS
from csm.domain.time.period import Compared, Period, parts
from csm.domain.time.recurrence import add_months

MONTHS: Final = 6
MOST: Final = 36
_DIMENSION_GAPS: Final = frozenset(f"{dimension}_gap" for dimension in DIMENSIONS)


def months(today: date, number: int) -> list[Compared]:
    """Return the last `number` months, each with the one before it; that of today goes up to today."""
    return parts(Period(add_months(today.replace(day=1), 1 - number), today))


def name(days: Period) -> str:
    """Return a month's name, as in 2026-10."""
    return days.first.isoformat()[:7]


def figures(sections: Sequence[str] = SUMMARY) -> list[Figure]:
    """Return the main figures of sections, in their order; the gaps of the five dimensions are left to their table."""
    return [
        figure for section in sections for figure in of(section) if figure.main and figure.name not in _DIMENSION_GAPS
    ]
