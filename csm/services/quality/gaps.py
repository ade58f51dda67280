"""The five gaps of a period (source: handbook 10.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from csm.domain.quality import gaps
from csm.domain.quality.figures import NOTHING, Group, share
from csm.domain.survey.scores import DIMENSIONS, SCALES
from csm.services.quality.complaints import instants
from csm.services.quality.measuring import measure
from csm.storage.quality import gaps as counted

if TYPE_CHECKING:
    from csm.domain.time.period import Period
    from csm.services.work import Work

_SCORED: Final = frozenset({"gap_1", "gap_2", "gap_5"})
_DELIVERED: Final = frozenset({"gap_3", "deadlines_met", "deliveries_met"})
_OF_DIMENSION: Final = ("expectation", "perception", "gap")
_NO_PARTS: Final = (0, 0)


def measure_gaps(
    work: Work, days: Period, by: str | None = None, only: Collection[str] | None = None
) -> dict[str | None, Group]:
    """Return the gaps of a period, and the shares of what was delivered and promised beside them, by group.

    by: owner, region or grade; managers who name no customer belong to no group. Groups with nothing are left out.
    """
    found: dict[str | None, Group] = {None: {}} if by is None else {}
    for names, measured in (
        (_SCORED, _scored),
        (_DELIVERED, _delivered),
        ({"gap_4"}, _felt),
        ({"promises_kept"}, _kept),
    ):
        if only is None or not names.isdisjoint(only):
            for group, figures in measured(work, days, by).items():
                found.setdefault(group, {}).update(figures)
    if by is not None:
        found = {group: figures for group, figures in found.items() if any(one.n for one in figures.values())}
    wanted = [name for name in _NAMES if only is None or name in only]
    return {group: {name: figures.get(name, NOTHING) for name in wanted} for group, figures in found.items()}


_NAMES: Final = (*("gap_1", "gap_2", "gap_3", "gap_4", "gap_5", "deadlines_met", "deliveries_met", "promises_kept"),)


# --- gaps 1, 2 and 5: what is scored --------------------------------------------------------------------------


class _Scores:
    """What customers and managers scored on the main scale: of everything, or of one group."""

    def __init__(self, servqual: Group, managers: Mapping[int, gaps.Believed], scale: int) -> None:
        self.scale = scale
        self.customers = servqual.get("n", NOTHING).n
        self.expectation = _of_each(servqual, "expectation")
        self.experience = _of_each(servqual, "perception")
        self.gap_5 = _of_each(servqual, "gap")
        self.weighted = servqual.get("weighted", NOTHING)
        self.managers = managers.get(scale, gaps.Believed({}, 0))


def _of_each(servqual: Group, name: str) -> dict[str, float]:
    scores = {dimension: servqual.get(f"{dimension}_{name}", NOTHING).value for dimension in DIMENSIONS}
    return {dimension: score for dimension, score in scores.items() if score is not None}


def _read(work: Work, days: Period, by: str | None) -> dict[str | None, _Scores]:
    asked = {"n", "scale", "weighted", *(f"{one}_{name}" for one in DIMENSIONS for name in _OF_DIMENSION)}
    servqual = measure(work, "servqual", days, by, asked)
    managers: dict[str | None, dict[int, gaps.Believed]] = {}
    for (group, scale), scored in counted.managers(work.database.connection, _span(days), by).items():
        managers.setdefault(group, {})[scale] = scored
    scale = _scale(servqual.values(), managers.values())
    groups = {*servqual, *managers}
    return {group: _Scores(servqual.get(group, {}), managers.get(group, {}), scale) for group in groups}


def _scale(servqual: Iterable[Group], managers: Iterable[Mapping[int, gaps.Believed]]) -> int:
    """Return the scale that most customers used, the same for all groups; where none did, that of most managers."""
    for group in servqual:
        used = group.get("scale", NOTHING).value
        if used is not None:
            return int(used)
    believed = [scored for group in managers for scored in group.items()]
    return max(SCALES, key=lambda one: sum(scored.n for scale, scored in believed if scale == one))


def _scored(work: Work, days: Period, by: str | None) -> dict[str | None, Group]:
    weights, standard = _weights(work), standards(work)
    return {
        group: {
            "gap_1": gaps.gap_1(scores.expectation, scores.customers, scores.managers, weights),
            "gap_2": gaps.gap_2(scores.managers, standard, scores.scale, weights),
            "gap_5": scores.weighted,
        }
        for group, scores in _read(work, days, by).items()
    }


def _weights(work: Work) -> dict[str, float]:
    return {name: work.policy.number(f"weight.{name}") for name in DIMENSIONS}


def standards(work: Work) -> dict[str, float]:
    """Return the standards that are set, in points of 1 to 7."""
    from csm.domain.settings import NO_TARGET

    told = {name: work.policy.text(f"standard.{name}") for name in DIMENSIONS}
    return {name: float(text) for name, text in told.items() if text != NO_TARGET}


def details(work: Work, days: Period) -> tuple[int, list[gaps.Dimension]]:
    """Return the scale that most customers used, and every dimension along the gaps.

    On another scale than that of the standards they aren't among them.
    """
    scores = _read(work, days, None)[None]
    standard = standards(work) if scores.scale == gaps.STANDARD_SCALE else {}
    sides = (scores.expectation, scores.managers.scores, standard, scores.experience, scores.gap_5)
    return scores.scale, gaps.along(*sides)


# --- gaps 3 and 4: what is delivered, and what is felt of it --------------------------------------------------


def _delivered(work: Work, days: Period, by: str | None) -> dict[str | None, Group]:
    connection, span = work.database.connection, _span(days)
    deadlines = counted.deadlines(connection, instants(work, days), work.now_text, by)
    deliveries = counted.deliveries(connection, span, work.today.isoformat(), by)
    return {
        group: {
            "gap_3": share(*_sum(deadlines.get(group, _NO_PARTS), deliveries.get(group, _NO_PARTS))),
            "deadlines_met": share(*deadlines.get(group, _NO_PARTS)),
            "deliveries_met": share(*deliveries.get(group, _NO_PARTS)),
        }
        for group in {*deadlines, *deliveries}
    }


def _felt(work: Work, days: Period, by: str | None) -> dict[str | None, Group]:
    connection, span = work.database.connection, _span(days)
    cases = counted.rated_cases(connection, instants(work, days), gaps.BAD, by)
    services = counted.rated_services(connection, span, gaps.BAD, by)
    return {
        group: {"gap_4": share(*_sum(cases.get(group, _NO_PARTS), services.get(group, _NO_PARTS)))}
        for group in {*cases, *services}
    }


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def _kept(work: Work, days: Period, by: str | None) -> dict[str | None, Group]:
    promises = measure(work, "promises", days, by, {"kept_share"})
    return {group: {"promises_kept": figures["kept_share"]} for group, figures in promises.items()}


def _span(days: Period) -> tuple[str, str]:
    return days.first.isoformat(), days.last.isoformat()
