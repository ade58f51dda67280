"""From what was typed to a survey's scores: five dimensions or 22 items in their order, weights, single answers.

An error names the place: the option, and which of its values.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from csm.domain.errors import UsageFault, WrongCount
from csm.domain.survey.scores import CODES, DIMENSIONS, RANGES, as_shares, read_score, show_score

_APART: Final = re.compile("[,\uff0c\u3001]")
_WEIGHT: Final = re.compile("([0-9]{1,6})(?:[.]([0-9]{1,3}))?")


def read_dimensions(option: str, text: str, scale: int) -> dict[str, float]:
    """Return the scores of five dimensions, apart by commas; an empty place isn't answered and left out.

    Raises empty-value, wrong-count, and bad-dimension with the place.
    """
    return _by_dimension(option, _places(option, text, len(DIMENSIONS)), lambda one: read_score(one, scale))


def read_items(option: str, text: str, scale: int) -> dict[str, int]:
    """Return the whole scores of 22 items, apart by commas; an empty place isn't answered and left out.

    Raises empty-value, wrong-count, and bad-item with the code of the item.
    """
    found = {}
    for code, one in zip(CODES, _places(option, text, len(CODES)), strict=True):
        try:
            if one:
                found[code] = int(read_score(one, scale, whole=True))
        except UsageFault as reason:
            raise UsageFault("bad-item", option=option, code=code, reason=reason) from reason
    return found


def read_weights(option: str, text: str) -> str:
    """Return five weights as they are stored, apart by commas; they are kept as told and not brought to 100.

    Raises empty-value, wrong-weights, bad-dimension with the place of one that isn't 0 or more, bad-answer where all
    are 0.
    """
    try:
        places = _places(option, text, len(DIMENSIONS))
    except WrongCount as fault:
        raise UsageFault("wrong-weights", **fault.values) from fault
    weights = _by_dimension(option, places, _weight, empty=True)
    try:
        as_shares(list(weights.values()))
    except UsageFault as reason:
        raise UsageFault("bad-answer", option=option, reason=reason) from reason
    return ",".join(show_score(weight) for weight in weights.values())


def read_answer(option: str, name: str, text: str) -> int:
    """Return the answer to one of RANGES, such as `csat`; raise bad-answer."""
    from csm.domain.settings import read_whole

    try:
        return read_whole(text, *RANGES[name])
    except UsageFault as reason:
        raise UsageFault("bad-answer", option=option, reason=reason) from reason


def _places(option: str, text: str, wanted: int) -> list[str]:
    if not text.strip():
        raise UsageFault("empty-value", field=option)
    places = [one.strip() for one in _APART.split(text)]
    if len(places) != wanted:
        raise WrongCount(option=option, count=len(places), wanted=wanted)
    return places


def _by_dimension(
    option: str, places: list[str], read: Callable[[str], float], *, empty: bool = False
) -> dict[str, float]:
    """Return what `read` makes of each place; `empty`: of one with nothing in it too."""
    found = {}
    for number, (dimension, one) in enumerate(zip(DIMENSIONS, places, strict=True), start=1):
        try:
            if one or empty:
                found[dimension] = read(one)
        except UsageFault as reason:
            raise UsageFault(
                "bad-dimension", option=option, number=number, dimension=dimension, reason=reason
            ) from reason
    return found


def _weight(text: str) -> float:
    from csm.domain.time.when import fold

    match = _WEIGHT.fullmatch(fold(text))
    if match is None:
        raise UsageFault("unreadable-weight", value=text)
    return float(f"{match[1]}.{match[2] or 0}")
