"""The five gaps for people: what each came to, what that means, and what is missing where it is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from csm.domain.kinds import Field
from csm.domain.quality.figures import NOTHING, Figure, Group, Measured, of
from csm.domain.quality.gaps import STANDARD_SCALE, Dimension
from csm.i18n import say
from csm.render.listing import Listing, Row
from csm.render.phrases import titled
from csm.render.quality.supplies import CUSTOMERS_SCORES, MANAGERS_SCORES, STANDARD, SUPPLIES
from csm.render.quality.tables import named, shown_n, shown_value, signed, thin_note

# Cells that are texts already, aligned at their ends as the numbers they begin with.
_AT_END: Final = "integer"
GAPS: Final = (
    Field("figure", "gap", shown=1),
    Field("value", "value", _AT_END, shown=1),
    Field("n", "n", _AT_END, shown=1),
    Field("before", "before", _AT_END, shown=1),
    Field("meaning", "what it says", shown=1),
)
DIMENSIONS: Final = (
    Field("dimension", "dimension", "choice", "dimension", shown=1),
    Field("expectation", "expectation", _AT_END, shown=1),
    Field("managers", "managers", _AT_END, shown=1),
    Field("standard", "standard", _AT_END, shown=1),
    Field("experience", "perception", _AT_END, shown=1),
    Field("gap_1", "gap 1", _AT_END, shown=1),
    Field("gap_2", "gap 2", _AT_END, shown=1),
    Field("gap_5", "gap 5", _AT_END, shown=1),
)
# The gaps in their order, each with the hard figures that belong to it.
_ORDER: Final = ("gap_1", "gap_2", "gap_3", "deadlines_met", "deliveries_met", "gap_4", "promises_kept", "gap_5")
# Closer together than what two decimals show is the same.
_SAME: Final = 0.005


def gaps_listing(
    now: Group, before: Group, dimensions: Sequence[Dimension], scale: int, thin: int, title: str
) -> Listing:
    """Return the five gaps as a table, the dimensions as one below, and what supplies what is missing as its footer."""
    figures = {figure.name: figure for figure in of("gaps")}
    rows = [_row(figures[name], now.get(name, NOTHING), before.get(name, NOTHING), thin) for name in _ORDER]
    footer = list(missing(now, dimensions, scale))
    if any(0 < measured.n < thin for measured in now.values()):
        footer.append(thin_note(thin))

    def below() -> Listing:
        return dimensions_listing(dimensions, scale)

    return Listing(GAPS, rows, title, footer=footer, below=below if _any(dimensions) else None)


def _row(figure: Figure, now: Measured, before: Measured, thin: int) -> Row:
    # What follows a gap isn't one of the five.
    name = named(figure) if figure.name.startswith("gap_") else f"- {named(figure)}"
    counted = shown_n(now, thin) if now.n else str(now.n)
    return name, shown_value(figure, now), counted, shown_value(figure, before), meaning(figure.name, now)


# --- what it means --------------------------------------------------------------------------------------------


def meaning(name: str, measured: Measured) -> str:
    """Return what a gap says, in one clause."""
    if measured.value is None:
        return say("no data, see below") if name.startswith("gap_") else say("no data")
    if name in _SIGNS:
        place = 1 if abs(measured.value) < _SAME else 0 if measured.value < 0 else 2
        return _SIGNS[name]()[place]
    return _shares(name, measured.n, measured.value)


# In points: what it means below zero, at zero, above.
_SIGNS: Final[Mapping[str, Callable[[], tuple[str, str, str]]]] = {
    "gap_1": lambda: (
        say("customers expect more than managers think"),
        say("managers know what customers expect"),
        say("customers expect less than managers think"),
    ),
    "gap_2": lambda: (
        say("the standard asks for less than managers think is expected"),
        say("the standard is what managers think is expected"),
        say("the standard asks for more than managers think is expected"),
    ),
    "gap_5": lambda: (
        say("customers got less than they expected"),
        say("customers got what they expected"),
        say("customers got more than they expected"),
    ),
}


def _shares(name: str, n: int, value: float) -> str:
    """Return what a share says in numbers."""
    bad = round(n * (value if name == "gap_4" else 1 - value))
    if name == "gap_4":
        return say("{bad} of {n} rated bad though kept to the standard", bad=bad, n=n)
    if name == "promises_kept":
        return say("{bad} of {n} not kept in time", bad=bad, n=n)
    return say("{bad} of {n} missed", bad=bad, n=n)


# --- what is missing ------------------------------------------------------------------------------------------


def missing(now: Group, dimensions: Sequence[Dimension], scale: int) -> Iterator[str]:
    """Yield a sentence for each thing that a gap lacks, with the command that supplies it (source: handbook 10.3)."""

    def lacks(name: str) -> bool:
        return now.get(name, NOTHING).value is None

    managers, customers = _scored("managers", dimensions), _scored("expectation", dimensions)
    if lacks("gap_1") and customers and managers:
        yield say(
            "gap 1: customers and managers scored no dimension that both have: {command}", command=MANAGERS_SCORES
        )
    if lacks("gap_5") or not customers:
        yield say("gaps 1 and 5 need what customers expect and how they find it: {command}", command=CUSTOMERS_SCORES)
    if not managers:
        yield say("gaps 1 and 2 need what managers think customers expect: {command}", command=MANAGERS_SCORES)
    elif lacks("gap_2") and scale == STANDARD_SCALE:
        yield say("gap 2 needs a standard for what managers scored: {command}", command=STANDARD)
    elif lacks("gap_2"):
        yield say("gap 2: standards are on the scale of 1 to 7, the surveys on 1 to {scale}", scale=scale)
    yield from _missing_of_service(lacks)


def _scored(side: str, dimensions: Sequence[Dimension]) -> bool:
    return any(getattr(row, side) is not None for row in dimensions)


def _missing_of_service(lacks: Callable[[str], bool]) -> Iterator[str]:
    if lacks("gap_3"):
        yield say("gap 3 needs complaints, which have deadlines: {command}", command=SUPPLIES["complaints"])
        yield say("gap 3 needs sales with their day of delivery: {command}", command=_DELIVERY)
    if lacks("gap_4"):
        yield say("gap 4 needs how satisfied customers were, of a case: {command}", command=_CLOSE)
        yield say(
            "gap 4 needs how satisfied customers were, on a callback about a sale after its service: {command}",
            command=_ASK,
        )


_DELIVERY: Final = "csm sale add REF PRODUCT --amount 1200 --delivery fri"
_CLOSE: Final = "csm complaint close ID --satisfaction 4"
_ASK: Final = "csm callback done ID --satisfaction 4"


# --- by dimension ---------------------------------------------------------------------------------------------


def dimensions_listing(dimensions: Sequence[Dimension], scale: int) -> Listing:
    """Return where along the gaps each dimension loses, in points."""
    rows = [_points(row) for row in dimensions]
    title = titled(say("by dimension, in points of 1 to {scale}", scale=scale))
    return Listing(DIMENSIONS, rows, title, footer=_notes())


def _notes() -> list[str]:
    return [
        say("managers: what they think customers expect"),
        say("a gap is what comes later less what comes before"),
    ]


def _points(row: Dimension) -> Row:
    scores = (row.expectation, row.managers, row.standard, row.experience)
    return (
        row.dimension,
        *("-" if score is None else f"{score:.2f}" for score in scores),
        *("-" if gap is None else signed(gap, 2) for gap in (row.gap_1, row.gap_2, row.gap_5)),
    )


def _any(dimensions: Sequence[Dimension]) -> bool:
    return any(value is not None for row in dimensions for value in row[1:])
