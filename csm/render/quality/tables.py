"""Figures of service quality for people: how each kind of figure and its change read, and the tables of them.

What a figure is called stands in the catalogue under the context "figure".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from csm.domain.kinds import Field
from csm.domain.quality.figures import NOTHING, SOURCES, Figure, Group, Measured, difference, verdict
from csm.domain.quality.record import SHOWN_FIGURE
from csm.domain.survey.scores import DIMENSIONS
from csm.i18n import label, say
from csm.render.listing import Listing, Row
from csm.render.phrases import listed
from csm.render.quality.supplies import supply

# --- a figure -------------------------------------------------------------------------------------------------


def named(figure: Figure) -> str:
    """Return what a figure is called in the language in use."""
    return label("figure", figure.heading)


def shown_value(figure: Figure, measured: Measured | None) -> str:
    """Return a figure as people read it, "-" where there is none."""
    if measured is None or measured.value is None:
        return "-"
    return _shown(figure.kind, measured.value)


def shown_n(measured: Measured, thin: int, *, count: bool = False) -> str:
    """Return of how many a figure was made, marked where they are fewer than `thin`; a count says it itself."""
    if count:
        return ""
    return say("{n}, thin", n=measured.n) if 0 < measured.n < thin else str(measured.n)


def shown_change(figure: Figure, now: Measured | None, before: Measured | None) -> str:
    """Return by how much a figure changed, and where one is better whether for the better; "-" without two figures.

    It is the change of what is shown, so that whoever subtracts one from the other comes to the same.
    """
    now, before = _as_shown(figure, now), _as_shown(figure, before)
    change = difference(now, before)
    if change is None:
        return "-"
    if figure.kind == "share":
        text = say("{points} %-pts", points=signed(100 * change, 1))
    elif figure.kind == "hours":
        text = say("{hours} h", hours=signed(change, 1))
    else:
        text = signed(change, _DECIMALS[figure.kind])
    if not any(sign in text for sign in "123456789"):
        return say("no change")
    judged = verdict(figure, now, before)
    if not judged:
        return text
    return say("{change}, better", change=text) if judged == "better" else say("{change}, worse", change=text)


_DECIMALS: Final = {"count": 0, "score": 2, "gap": 2, "points": 0, "rate": 2, "weight": 1, "alpha": 2}


def _as_shown(figure: Figure, measured: Measured | None) -> Measured | None:
    """Return a figure with the decimals that it is shown with."""
    if measured is None or measured.value is None:
        return measured
    places = {"share": 3, "hours": 1}.get(figure.kind)
    return measured._replace(value=round(measured.value, _DECIMALS[figure.kind] if places is None else places))


def _shown(kind: str, value: float) -> str:
    if kind == "share":
        return f"{100 * value:.1f} %"
    if kind == "hours":
        return say("{hours} h", hours=f"{value:.1f}")
    return signed(value, _DECIMALS[kind]) if kind in ("gap", "points") else plain(value, _DECIMALS[kind])


def plain(value: float, decimals: int) -> str:
    """Return a number to so many decimals; one that they round to nothing has no sign."""
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def signed(value: float, decimals: int) -> str:
    """Return a number with its sign; none where it is nothing, to so many decimals."""
    text = f"{value:+.{decimals}f}"
    return text if any(sign in text for sign in "123456789") else text[1:]


# --- tables ---------------------------------------------------------------------------------------------------


def figures_listing(
    figures: Sequence[Figure], now: Group, before: Group, thin: int, title: str, footer: Sequence[str] = ()
) -> Listing:
    """Return figures as a table, a row each, next to those of the previous period."""
    rows = []
    for figure in figures:
        measured, then = now.get(figure.name, NOTHING), before.get(figure.name)
        counted = shown_n(measured, thin, count=figure.kind == "count")
        rows.append(
            (
                *(named(figure), shown_value(figure, measured), counted),
                *(shown_value(figure, then), shown_change(figure, measured, then)),
            )
        )
    return Listing(SHOWN_FIGURE, rows, title, footer=footer)


def groups_listing(
    figures: Sequence[Figure],
    by: str,
    groups: Sequence[tuple[str | None, Group]],
    thin: int,
    title: str,
    footer: Sequence[str] = (),
) -> Listing:
    """Return figures as a table with a row for each group and a column for each figure, its n in brackets."""
    fields = [Field(by, label("quality_by", by), shown=1)]
    for place, figure in enumerate(figures):
        # Where there is little room the last columns give way; two figures are always there.
        fields.append(Field(figure.name, named(figure), "integer", shown=1 if place < _ALWAYS else 2))
    rows: list[Row] = []
    for key, group in groups:
        cells = [_with_n(figure, group.get(figure.name, NOTHING), thin) for figure in figures]
        rows.append(["-" if key is None else key, *cells])
    return Listing(fields, rows, title, say("no figures"), footer)


_ALWAYS: Final = 2


def _with_n(figure: Figure, measured: Measured, thin: int) -> str:
    if figure.kind == "count" or measured.value is None:
        return shown_value(figure, measured)
    return f"{shown_value(figure, measured)} ({shown_n(measured, thin)})"


def is_thin(figures: Sequence[Figure], group: Group, thin: int) -> bool:
    """Return whether any of the figures is made of fewer than `thin`, though of something."""
    found = [group[figure.name] for figure in figures if figure.kind != "count" and figure.name in group]
    return any(0 < measured.n < thin for measured in found)


def thin_note(thin: int) -> str:
    """Return the line under a table that says what its marks mean."""
    return say("thin: made of fewer than {n}, so it may be chance", n=thin)


def thin_notes(figures: Sequence[Figure], groups: Sequence[tuple[str | None, Group]], thin: int) -> list[str]:
    """Return the line that says what the marks of a table by groups mean; nothing where nothing is thin."""
    return [thin_note(thin)] if any(is_thin(figures, group, thin) for _, group in groups) else []


def cards_note() -> str:
    """Return the line under figures of active customers of a file that has no sales."""
    return say("no sales are recorded; cards that are active or won back stand in for active customers")


def supplied(figures: Sequence[Figure], group: Group) -> list[str]:
    """Return for the figures that are made of nothing which commands record what they are made of, a line each."""
    missing: dict[str, list[str]] = {}
    begun = bool(group.get("n", NOTHING).value)
    for figure in figures:
        if group.get(figure.name, NOTHING).value is None:
            missing.setdefault(supply(figure.section, figure.name, begun=begun), []).append(named(figure))
    return [
        say("nothing is recorded for {figures}; this supplies it: {command}", figures=listed(names), command=command)
        for command, names in missing.items()
    ]


# --- definitions ----------------------------------------------------------------------------------------------


def definition(figure: Figure, numbers: Mapping[str, int]) -> str:
    """Return what a figure is, in the language in use; numbers: the settings that definitions name, as in NUMBERS."""
    return say(figure.about, **numbers)


def definitions(figures: Sequence[Figure], numbers: Mapping[str, int], *, people: bool) -> Iterator[Row]:
    """Yield section, figure, definition and source of each figure; for people those of dimensions once for all five."""
    for figure in figures:
        source = SOURCES[figure.section]
        if not people:
            yield figure.section, figure.name, figure.about.format(**numbers), f"handbook {source}"
            continue
        name = named(figure)
        if figure.name.startswith(DIMENSIONS):
            if not figure.name.startswith(DIMENSIONS[0]):
                continue
            name = label("figure", figure.name.removeprefix(f"{DIMENSIONS[0]}_"))
        yield figure.section, name, definition(figure, numbers), say("handbook {section}", section=source)
