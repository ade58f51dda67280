"""From what was typed to a survey's scores: five dimensions or 22 items in their order, weights, single answers.

An error names the place: the `field` as it was typed, and which of its values.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from csm.domain.errors import UsageFault, WrongCount
from csm.domain.settings import read_whole
from csm.domain.survey.scores import CODES, DIMENSIONS, RANGES, as_shares, read_score, show_score
from csm.domain.time.numerals import fold

_APART: Final = re.compile("[,\uff0c\u3001]")
_WEIGHT: Final = re.compile("([0-9]{1,6})(?:[.]([0-9]{1,3}))?")


def read_dimensions(field: str, text: str, scale: int) -> dict[str, float]:
    """Return the scores of five dimensions, apart by commas; an empty place isn't answered and left out.

    Raises empty-value, wrong-count, and bad-dimension with the place.
    """
    return _by_dimension(field, _places(field, text, len(DIMENSIONS)), lambda one: read_score(one, scale))


def read_items(field: str, text: str, scale: int) -> dict[str, int]:
    """Return the whole scores of 22 items, apart by commas; an empty place isn't answered and left out.

    Raises empty-value, wrong-count, and bad-item with the code of the item.
    """
    found = {}
    for code, one in zip(CODES, _places(field, text, len(CODES)), strict=True):
        try:
            if one:
                found[code] = int(read_score(one, scale, whole=True))
        except UsageFault as reason:
            raise UsageFault("bad-item", field=field, code=code, reason=reason) from reason
    return found


def read_weights(field: str, text: str) -> str:
    """Return five weights as they are stored, apart by commas; they are kept as told and not brought to 100.

    Raises empty-value, wrong-weights, bad-dimension with the place of one that isn't 0 or more, bad-answer where all
    are 0.
    """
    try:
        places = _places(field, text, len(DIMENSIONS))
    except WrongCount as fault:
        raise UsageFault("wrong-weights", **fault.values) from fault
    weights = _by_dimension(field, places, _weight, empty=True)
    try:
        as_shares(list(weights.values()))
    except UsageFault as reason:
        raise UsageFault("bad-answer", field=field, reason=reason) from reason
    return ",".join(show_score(weight) for weight in weights.values())


def read_answer(field: str, name: str, text: str) -> int:
    """Return the answer to one of RANGES, such as `csat`; raise bad-answer."""
    try:
        return read_whole(text, *RANGES[name])
    except UsageFault as reason:
        raise UsageFault("bad-answer", field=field, reason=reason) from reason


def _places(field: str, text: str, wanted: int) -> list[str]:
    if not text.strip():
        raise UsageFault("empty-value", field=field)
    places = [one.strip() for one in _APART.split(text)]
    if len(places) != wanted:
        raise WrongCount(field=field, count=len(places), wanted=wanted)
    return places


def _by_dimension(
    field: str, places: list[str], read: Callable[[str], float], *, empty: bool = False
) -> dict[str, float]:
    """Return what `read` makes of each place; `empty`: of one with nothing in it too."""
    found = {}
    for number, (dimension, one) in enumerate(zip(DIMENSIONS, places, strict=True), start=1):
        try:
            if one or empty:
                found[dimension] = read(one)
        except UsageFault as reason:
            raise UsageFault(
                "bad-dimension", field=field, number=number, dimension=dimension, reason=reason
            ) from reason
    return found


def _weight(text: str) -> float:
    match = _WEIGHT.fullmatch(fold(text))
    if match is None:
        raise UsageFault("unreadable-weight", value=text)
    return float(f"{match[1]}.{match[2] or 0}")
