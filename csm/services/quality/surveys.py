"""What customers say in surveys: SERVQUAL, CSAT and NPS of a period (handbook 10.1, 10.2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from csm.domain.quality.figures import DIMENSION_FIGURES, NOTHING, Measured, comparable, count, mean, rounded, share
from csm.domain.quality.servqual import (
    Page,
    Rival,
    Scale,
    Sums,
    alphas,
    left_out,
    main_scale,
    mean_weights,
    scored,
    tally,
)
from csm.domain.survey.scores import DIMENSIONS, SCALES, as_shares
from csm.services.quality.measuring import cached
from csm.storage.quality import surveys

if TYPE_CHECKING:
    from csm.domain.time.period import Compared, Period
    from csm.services.quality.measuring import Groups
    from csm.services.work import Work

Rows = Sequence[tuple[Any, ...]]

_WEIGHED: Final = ("weighted", "technical", "functional", "_weight")
_NO_ALPHAS: Final[Mapping[str, Measured]] = {}


def measure_servqual(work: Work, days: Period, by: str | None = None, only: Collection[str] | None = None) -> Groups:
    """Return the SERVQUAL figures, all groups on the scale that most surveys of the period used."""
    rows = _shapes(work, days, by)
    scale = main_scale(_sums(row) for row in rows)
    groups: dict[Any, list[Sums]] = {None: []} if by is None else {}
    for row in rows:
        one = _sums(row)
        if one.scale == scale and one.scored:
            groups.setdefault(row[0], []).append(one)
    own = _own_weights(work, days, scale, by) if _wanted(only, _WEIGHED) else {}
    alphas = _alphas(work, days, scale, by) if _wanted(only, ("_alpha",)) else {}
    measured = {}
    for group, sums in groups.items():
        added = tally(sums, scale)
        weights = mean_weights(own.get(group, {}), _house(work), added.n)
        measured[group] = scored(added, weights, scale, alphas.get(group, _NO_ALPHAS))
    return measured


def measure_csat(work: Work, days: Period, by: str | None = None, only: Collection[str] | None = None) -> Groups:
    """Return CSAT: the share of 4 and 5 in the answers from 1 to 5."""
    return {
        group: {"n": count(n), "value": share(satisfied, n)}
        for group, (n, satisfied, *_) in _answers(work, days, by).items()
        if n or by is None
    }


def measure_nps(work: Work, days: Period, by: str | None = None, only: Collection[str] | None = None) -> Groups:
    """Return NPS: the share of 9 and 10 less that of 0 to 6 in the answers from 0 to 10, in points."""
    return {
        group: {"n": count(n), "value": mean(100 * (promoters - detractors), n)}
        for group, (_, _, n, promoters, detractors) in _answers(work, days, by).items()
        if n or by is None
    }


# --- more of it ---------------------------------------------------------------------------------------------------


def page(work: Work, compared: Compared) -> Page:
    """Return all that is known from the surveys of a period, beside that of the period before."""
    main, other = _scales(work, compared.now)
    then = measure_servqual(work, compared.before)[None]
    sections = (("csat", measure_csat), ("nps", measure_nps))
    return Page(
        main,
        other,
        comparable("servqual", then, main.group["scale"].value, then["scale"].value),
        then["scale"].value,
        {name: (measure(work, compared.now)[None], measure(work, compared.before)[None]) for name, measure in sections},
    )


def details(work: Work, days: Period) -> dict[str, Any]:
    """Return what stands beside the figures of `measure_servqual`, as json has it."""
    main, other = _scales(work, days)
    return {
        "left_out": left_out(main.group),
        "own_weights": main.own_weights,
        "unpaired": main.tally.unpaired,
        "competitors": _told_rivals(main),
        "other_scale": _told_scale(other) if other is not None else None,
    }


def _scales(work: Work, days: Period) -> tuple[Scale, Scale | None]:
    """Return the scale that most surveys about us are on, and the other one where anything is on it."""
    shapes = [_sums(row) for row in _shapes(work, days, None)]
    rivals = surveys.rivals(work.database.connection, days.first, days.last)
    # Where nobody scored us, competitors are shown all the same.
    first = main_scale(shapes) or main_scale(_sums_of_rival(row) for row in rivals) or SCALES[0]
    main, other = (_scale(work, days, scale, shapes, rivals) for scale in sorted(SCALES, key=first.__ne__))
    return main, other if other.surveyed else None


def _scale(work: Work, days: Period, scale: int, shapes: Sequence[Sums], rivals: Rows) -> Scale:
    added = tally(shapes, scale)
    own = _own_weights(work, days, scale, None).get(None, {})
    alphas = _alphas(work, days, scale, None).get(None, _NO_ALPHAS)
    group = scored(added, mean_weights(own, _house(work), added.n), scale if added.surveys else None, alphas)
    # A competitor is one however the capitals were typed.
    subjects: dict[str, tuple[str, list[Sums]]] = {}
    for row in rivals:
        subjects.setdefault(row[0].casefold(), (row[0], []))[1].append(_sums_of_rival(row))
    tallies = [Rival(name, tally(sums, scale)) for name, sums in subjects.values()]
    return Scale(scale, group, added, sum(own.values()), [one for one in tallies if one.tally.surveys])


def _told_rivals(scale: Scale) -> list[dict[str, Any]]:
    told = []
    for rival in scale.rivals:
        dimensions = []
        for name in DIMENSIONS:
            theirs, ours, gap = rival.tally.perceptions[name], scale.tally.perceptions[name], rival.tally.gap(name)
            dimensions.append(
                {
                    "dimension": name,
                    "perception": rounded(theirs.value),
                    "n": theirs.n,
                    "gap": rounded(gap.value),
                    "gap_n": gap.n,
                    "our_perception": rounded(ours.value),
                    "our_n": ours.n,
                }
            )
        told.append({"subject": rival.subject, "n": rival.tally.surveys, "dimensions": dimensions})
    return told


def _told_scale(other: Scale) -> dict[str, Any]:
    """Return the figures of the other scale as json has them."""
    group = other.group
    told: dict[str, Any] = {name: rounded(group[name].value) for name in _WHOLE}
    told |= {"scale": other.scale, "servperf_n": group["servperf"].n, "dimensions": []}
    for name in DIMENSIONS:
        figures = {figure: group.get(f"{name}_{figure}", NOTHING) for figure in DIMENSION_FIGURES}
        scores = {figure: rounded(measured.value) for figure, measured in figures.items()}
        told["dimensions"].append({"dimension": name, **scores, "n": figures["gap"].n, "alpha_n": figures["alpha"].n})
    return {**told, "competitors": _told_rivals(other)}


_WHOLE: Final = ("n", "unweighted", "weighted", "servperf", "technical", "functional")


# --- reading ------------------------------------------------------------------------------------------------------


def _wanted(only: Collection[str] | None, endings: tuple[str, ...]) -> bool:
    return only is None or any(name.endswith(endings) for name in only)


def _shapes(work: Work, days: Period, by: str | None) -> Rows:
    """Return the surveys of a period shape by shape, read once for the three sections that are made of them."""
    connection = work.database.connection
    asked = ("shapes", days.first, days.last, by)
    return cached(work.database, asked, lambda: surveys.shapes(connection, days.first, days.last, by))


def _sums(row: tuple[Any, ...]) -> Sums:
    return Sums(row[1], row[2], row[8:])


def _sums_of_rival(row: tuple[Any, ...]) -> Sums:
    return Sums(row[1], row[2], row[3:])


def _answers(work: Work, days: Period, by: str | None) -> dict[Any, list[int]]:
    """Return by group the answers to CSAT, of them 4 and 5, those to NPS, of them 9 and 10, of them 0 to 6."""
    found: dict[Any, list[int]] = {None: [0] * 5} if by is None else {}
    for row in _shapes(work, days, by):
        before = found.setdefault(row[0], [0] * 5)
        found[row[0]] = [one + more for one, more in zip(before, row[3:8], strict=True)]
    return found


def _house(work: Work) -> list[float]:
    return as_shares([work.policy.number(f"weight.{name}") for name in DIMENSIONS])


def _own_weights(work: Work, days: Period, scale: int | None, by: str | None) -> dict[Any, dict[Sequence[float], int]]:
    """Return by group the own weights of respondents, each set brought to 100, and how many have it."""
    found: dict[Any, dict[Sequence[float], int]] = {}
    if scale is not None:
        for group, weights, n in surveys.own_weights(work.database.connection, days.first, days.last, scale, by):
            shares = tuple(as_shares([float(weight) for weight in weights.split(",")]))
            of_group = found.setdefault(group, {})
            of_group[shares] = of_group.get(shares, 0) + n
    return found


def _alphas(work: Work, days: Period, scale: int | None, by: str | None) -> dict[Any, dict[str, Measured]]:
    if scale is None:
        return {}

    found = surveys.perceived(work.database.connection, days.first, days.last, scale, by)
    return {group: alphas([texts]) for group, texts in found}
