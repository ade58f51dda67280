"""The main figures of service quality, month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from csm.domain.quality.figures import (
    IN_POINTS,
    NOTHING,
    SUMMARY,
    Figure,
    Group,
    Measured,
    comparable,
    last_months,
    main_figures,
)
from csm.domain.time.period import Compared, Period
from csm.domain.value import Value
from csm.services.quality.measuring import SCALE, Part, Wanted, measure_parts

if TYPE_CHECKING:
    from datetime import date

    from csm.services.work import Work


class Month(Value):
    """The figures of a month, of everybody or of one group: by section, beside those it is compared with.

    scale: how far the scores of its surveys go; None where there are none.
    """

    now: Mapping[str, Group]
    before: Mapping[str, Group]
    scale: int | None

    def of(self, figure: Figure) -> Measured:
        """Return what a figure came to."""
        return self.now.get(figure.section, {}).get(figure.name, NOTHING)

    def compared(self, figure: Figure) -> Measured:
        """Return what it came to in the days that the month is compared with."""
        return self.before.get(figure.section, {}).get(figure.name, NOTHING)


class Trend(Value):
    """The last months with their figures.

    days: the months, the earliest first; that of today goes up to today. months: by group a Month each; the one group
    None is everybody together, else they are those of the cards in their order, the one without a name last.
    """

    days: Sequence[Compared]
    figures: Sequence[Figure]
    months: Mapping[str | None, Sequence[Month]]


def trend_of(
    work: Work, number: int, sections: Sequence[str] = SUMMARY, by: str | None = None, *, compare: bool = False
) -> Trend:
    """Return the main figures of `sections` in each of the last `number` months.

    by: owner, region or grade of the customers; a group without any figure is left out. compare: what each month is
    compared with is measured too.
    """
    days = last_months(work.today, number)
    figures = main_figures(sections)
    wanted: dict[str, set[str]] = {}
    for figure in figures:
        wanted.setdefault(figure.section, set()).add(figure.name)
    if not IN_POINTS.keys().isdisjoint(wanted):
        wanted.setdefault("servqual", set()).update(SCALE)
    parts = _Parts(work, wanted, by)
    now = [parts.of(month.now) for month in days]
    before = [parts.of(month.before) if compare else {} for month in days]
    groups = sorted({key for month in now for key in month}, key=lambda key: (key is None, key or ""))
    pairs = list(zip(now, before, strict=True))
    return Trend(days, figures, {key: [_month(one.get(key), then.get(key)) for one, then in pairs] for key in groups})


class _Parts:
    """Measures periods, each once: what a month is compared with is mostly the month before."""

    def __init__(self, work: Work, wanted: Wanted, by: str | None) -> None:
        self.work = work
        self.wanted = wanted
        self.by = by
        self.known: dict[tuple[date, date], dict[str | None, Part]] = {}

    def of(self, days: Period) -> dict[str | None, Part]:
        """Return the figures of a period by group."""
        key = (days.first, days.last)
        if key not in self.known:
            parts = measure_parts(self.work, self.wanted, Compared(days, days), self.by, before=False)
            self.known[key] = {part.key: part for part in parts}
        return self.known[key]


def _month(part: Part | None, then: Part | None) -> Month:
    now, before = (one.now if one is not None else {} for one in (part, then))
    scale, scale_before = _scale(now), _scale(before)
    return Month(
        now,
        {section: comparable(section, group, scale, scale_before) for section, group in before.items()},
        scale,
    )


def _scale(groups: Mapping[str, Group]) -> int | None:
    scale = groups.get("servqual", {}).get("scale", NOTHING).value
    return None if scale is None else int(scale)
