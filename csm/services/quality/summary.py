"""The summary of service quality in a period: the figures that matter, the weakest point, and what was learnt.

Only what is shown is measured: the summary of a year is asked for often, and medians take as long as all the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from csm.domain.quality import figures, weakest
from csm.domain.quality.figures import Group, Measured, share
from csm.domain.quality.weakest import ITEMS_MET, Key, Weakest
from csm.domain.survey.scores import DIMENSIONS
from csm.domain.value import Value
from csm.services.quality.complaints import instants
from csm.services.quality.measuring import Part, Wanted, measure, measure_parts
from csm.storage.quality import complaints, lessons
from csm.storage.quality.customers import has_sales
from csm.storage.quality.lessons import Lesson

if TYPE_CHECKING:
    from csm.domain.time.period import Compared, Period
    from csm.services.work import Work

# What the page shows, and what the weakest dimension is found from.
WANTED: Final[Wanted] = {
    "servqual": ("weighted", "scale", *(f"{one}_{name}" for one in DIMENSIONS for name in ("gap", "weight"))),
    "csat": ("value",),
    "nps": ("value",),
    "complaints": ("n", "per_100_customers", "resolution_met"),
    "promises": ("kept_share",),
    "retention": ("rate",),
}


class Summary(Value):
    """A period summed up. lessons: the last ones first, `learnt` how many there are in all.

    cards: no sale is recorded, so that cards in use stand in for active customers.
    """

    part: Part
    weakest: Weakest
    lessons: list[Lesson]
    learnt: int
    cards: bool


def read(work: Work, compared: Compared, most: int, wanted: Wanted = WANTED) -> Summary:
    """Return the summary of a period with at most `most` lessons; `wanted` has the figures of WANTED and maybe more."""
    connection = work.database.connection
    (part,) = measure_parts(work, wanted, compared)
    span = instants(work, compared.now)
    learnt = lessons.count(connection, *span)
    return Summary(
        part,
        _weakest(work, compared.now, part.now),
        lessons.read(connection, *span, most) if learnt and most else [],
        learnt,
        not has_sales(connection),
    )


def _weakest(work: Work, days: Period, known: Mapping[str, Group]) -> Weakest:
    servqual = known["servqual"]
    connection = work.database.connection
    hard: dict[Key, Measured] = {}
    for key in weakest.wanted(weakest.costliest(servqual)):
        section, name = key
        if key == ITEMS_MET:
            hard[key] = share(*lessons.items_met(connection, days.first.isoformat(), days.last.isoformat()))
        elif name in known.get(section, {}):
            hard[key] = known[section][name]
        else:
            hard[key] = measure(work, section, days, None, (name,))[None][name]
    number = known["complaints"]["n"].n
    problems = complaints.problems(connection, instants(work, days)) if number else {}
    problem = weakest.frequent(problems, number)
    return weakest.weakest(servqual, hard, problem, work.policy.number("quality.thin"))


def months(work: Work, days: Period, number: int) -> list[tuple[str, Mapping[str, Group]]]:
    """Return the last `number` months up to the end of a period, each with the figures that the page shows.

    Gaps of a month whose surveys have another scale than the last ones are left out: they can't stand side by side.
    """
    last = min(days.last, work.today)
    found = [
        (figures.month_name(month.now), measure_parts(work, WANTED, month, before=False)[0].now)
        for month in figures.last_months(last, number)
    ]
    scales = [groups["servqual"]["scale"].value for _, groups in found]
    scale = next((one for one in reversed(scales) if one is not None), None)
    return [
        (name, groups if one in (scale, None) else {**groups, "servqual": {}})
        for (name, groups), one in zip(found, scales, strict=True)
    ]
