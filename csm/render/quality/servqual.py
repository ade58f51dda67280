"""SERVQUAL for people: where customers get less than they expect, what it costs, and the competitors.

Gaps and what they cost have three decimals here, so that the weighted score can be recomputed to two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from csm.domain.kinds import Field
from csm.domain.quality.figures import Figure, Group, Measured, of
from csm.domain.quality.servqual import FEWEST_FOR_ALPHA, Page, Scale, costs, left_out
from csm.domain.survey.scores import DIMENSIONS
from csm.i18n import heading, label, say, say_n
from csm.render.listing import Listing, Row, chained
from csm.render.phrases import listed, titled
from csm.render.quality.supplies import supply
from csm.render.quality.tables import figures_listing, is_thin, plain, shown_n, signed, thin_note

# Cells that are texts already, aligned at their ends as the numbers they begin with.
_AT_END: Final = "integer"
_DIMENSIONS: Final = (
    Field("dimension", "dimension", "choice", "dimension", shown=1),
    Field("expectation", "expectation", _AT_END, shown=1),
    Field("perception", "perception", _AT_END, shown=1),
    Field("gap", "gap", _AT_END, shown=1),
    Field("weight", "weight", _AT_END, shown=1),
    Field("cost", "weight x gap", _AT_END, shown=1),
    Field("n", "n", _AT_END, shown=1),
)
_ALPHA: Final = Field("alpha", "alpha (n)", _AT_END, shown=1)
_RIVALS: Final = (
    Field("dimension", "dimension", "choice", "dimension", shown=1),
    Field("subject", "who", shown=1),
    Field("perception", "perception (n)", _AT_END, shown=1),
    Field("gap", "gap (n)", _AT_END, shown=1),
)
_SCORES: Final[tuple[str, ...]] = ("unweighted", "weighted", "technical", "functional", "servperf")
_ANSWERS: Final[tuple[str, ...]] = ("csat", "nps")


def servqual_listing(page: Page, thin: int, title: str) -> Listing:
    """Return the dimensions of a period, the costliest first, and below them the scores and the competitors."""
    main = page.main
    listings = [_scores(page, thin), *_rivals(main, thin, titled(say("competitors beside us")))]
    if main.group["n"].n:
        listings.insert(0, _dimensions(main, thin))
    if page.other is not None:
        listings += _apart(page.other, thin)
    first, *rest = listings
    return chained([first._replace(title=title, lead=list(_lead(main, thin))), *rest])


# --- the dimensions -----------------------------------------------------------------------------------------------


def _lead(scale: Scale, thin: int) -> Iterator[str]:
    group = scale.group
    if not group["n"].n:
        yield say(
            "no survey of the period has an expectation and a perception of a dimension; this supplies it: {command}",
            command=supply("servqual"),
        )
        return
    dimension, cost = costs(group)[0]
    if cost < 0:
        yield say(
            "the dimension that costs most: {dimension} ({weight} x {gap} = {cost})",
            dimension=label("dimension", dimension),
            weight=_weight(group[f"{dimension}_weight"]),
            gap=_gap(group[f"{dimension}_gap"], 3),
            cost=signed(cost, 3),
        )
    else:
        yield say("no dimension falls short of what is expected")
    yield say("surveys: {n}, scores from 1 to {scale}", n=shown_n(group["n"], thin), scale=scale.scale)


def _dimensions(scale: Scale, thin: int) -> Listing:
    """Return the dimensions that were scored, the one that costs most first."""
    group = scale.group
    alphas = {name: group[f"{name}_alpha"] for name in DIMENSIONS if f"{name}_alpha" in group}
    some = any(alpha.n for alpha in alphas.values())
    rows: list[Row] = []
    for name, cost in costs(group):
        gap = group[f"{name}_gap"]
        row = [
            name,
            *(_score(group[f"{name}_{side}"]) for side in ("expectation", "perception")),
            *(_gap(gap, 3), _weight(group[f"{name}_weight"]), signed(cost, 3), shown_n(gap, thin)),
        ]
        rows.append([*row, _with_n(alphas[name], thin)] if some else row)
    fields = (*_DIMENSIONS, _ALPHA) if some else _DIMENSIONS
    return Listing(fields, rows, footer=list(_notes(scale, thin, alphas=some)))


def _notes(scale: Scale, thin: int, *, alphas: bool) -> Iterator[str]:
    yield say("gap = perception - expectation; weighted = sum of weight x gap / sum of weights")
    if scale.own_weights:
        yield say_n(
            "weights: the mean over respondents; {n} gave a set of their own, the house's counts for the others",
            "weights: the mean over respondents; {n} gave sets of their own, the house's counts for the others",
            scale.own_weights,
        )
    if missing := left_out(scale.group):
        yield say(
            "nobody scored both sides of {dimensions}: left out of the sums, not counted as 0",
            dimensions=listed([label("dimension", name) for name in missing]),
        )
    if scale.tally.unpaired:
        yield say_n(
            "{n} survey is left out: it has no dimension with both an expectation and a perception",
            "{n} surveys are left out: they have no dimension with both an expectation and a perception",
            scale.tally.unpaired,
        )
    if alphas:
        yield say("alpha: Cronbach's, where {n} or more scored every item of the dimension", n=FEWEST_FOR_ALPHA)
    if is_thin(of("servqual"), scale.group, thin):
        yield thin_note(thin)


# --- the scores ---------------------------------------------------------------------------------------------------


def _scores(page: Page, thin: int) -> Listing:
    """Return the scores of the whole and those of the previous period; CSAT and NPS too, of surveys of any scale."""
    figures = _figures(_SCORES)
    now: Group = {figure.name: page.main.group[figure.name] for figure in figures}
    before: Group = {name: page.before[name] for name in _SCORES if name in page.before}
    for section in _ANSWERS:
        (figure,) = (one for one in of(section) if one.name == "value")
        figures.append(figure._replace(name=section))
        now[section], before[section] = (group["value"] for group in page.answers[section])
    title = titled(heading("scores")) if page.main.group["n"].n else ""
    footer = list(_below_scores(page, is_thin(figures, now, thin), thin))
    return figures_listing(figures, now, before, thin, title, footer)


def _below_scores(page: Page, some_thin: bool, thin: int) -> Iterator[str]:
    # Where there is a table of dimensions, its notes explain what thin means.
    if some_thin and not page.main.group["n"].n:
        yield thin_note(thin)
    if page.main.tally.surveys and page.before_scale not in (None, page.main.scale):
        yield say("the surveys before had scores from 1 to {scale}: these can't be compared", scale=page.before_scale)


def _figures(names: Sequence[str]) -> list[Figure]:
    by_name = {figure.name: figure for figure in of("servqual")}
    return [by_name[name] for name in names]


# --- competitors, and the other scale -----------------------------------------------------------------------------


def _rivals(scale: Scale, thin: int, title: str) -> list[Listing]:
    """Return each dimension of ours with that of every competitor under it; ours alone where no gap shows them."""
    if not scale.rivals and (scale.group["n"].n or not scale.tally.servperf.n):
        return []
    subjects = [(say("us"), scale.tally), *((rival.subject, rival.tally) for rival in scale.rivals)]
    order = dict.fromkeys([*(name for name, _ in costs(scale.group)), *DIMENSIONS])
    rows = [
        (name, subject, _with_n(tally.perceptions[name], thin), _with_n(tally.gap(name), thin, gap=True))
        for name in order
        for subject, tally in subjects
        if tally.perceptions[name].n
    ]
    footer = [say("perception: of everybody who gave one, with or without an expectation")]
    return [Listing(_RIVALS, rows, title if scale.rivals else "", footer=footer)]


def _apart(scale: Scale, thin: int) -> list[Listing]:
    """Return what is on the other scale, which is never averaged together with the main one."""
    title = titled(say("apart, as their scores go from 1 to {scale}", scale=scale.scale))
    listings = _rivals(scale, thin, "" if not scale.group["n"].n else titled(say("competitors beside us")))
    if scale.group["n"].n:
        listings = [_dimensions(scale, thin), _scores_alone(scale.group, thin), *listings]
    first, *rest = listings
    return [first._replace(title=title), *rest]


def _scores_alone(group: Group, thin: int) -> Listing:
    """Return the scores with their n, and nothing before."""
    made = figures_listing(_figures(_SCORES), group, {}, thin, "")
    shown = 3  # figure, value, n
    return made._replace(fields=made.fields[:shown], rows=[row[:shown] for row in made.rows])


# --- cells --------------------------------------------------------------------------------------------------------


def _score(measured: Measured) -> str:
    return "-" if measured.value is None else plain(measured.value, 2)


def _gap(measured: Measured, decimals: int) -> str:
    return "-" if measured.value is None else signed(measured.value, decimals)


def _weight(measured: Measured) -> str:
    return "-" if measured.value is None else f"{round(measured.value, 2):g} %"


def _with_n(measured: Measured, thin: int, *, gap: bool = False) -> str:
    """Return a score, or a gap, and of how many it was made; "-" of nothing."""
    if not measured.n:
        return "-"
    value = _gap(measured, 2) if gap else _score(measured)
    return f"{value} ({measured.n if measured.value is None else shown_n(measured, thin)})"
