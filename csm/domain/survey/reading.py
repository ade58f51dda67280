"""From what was typed to a survey's scores: five dimensions or 22 items in their order, weights, single answers.

An error names the place: the option, and which of its values.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from csm.domain.survey.scores import CODES, DIMENSIONS, RANGES, as_shares, read_score, show_score

_APART: Final = re.compile("[,\uff0c\u3001]")
_WEIGHT: Final = re.compile("([0-9]{1,6})(?:[.]([0-9]{1,3}))?")


def read_dimensions(option: str, text: str, scale: int) -> dict[str, float]:
    """Return the scores of five dimensions, apart by commas; an empty place isn't answered and left out.

    Raises EmptyValue, WrongCount, and BadDimension with the place.
    """
    return _by_dimension(option, _places(option, text, len(DIMENSIONS)), lambda one: read_score(one, scale))


def read_items(option: str, text: str, scale: int) -> dict[str, int]:
    """Return the whole scores of 22 items, apart by commas; an empty place isn't answered and left out.

    Raises EmptyValue, WrongCount, and BadItem with the code of the item.
    """
    from csm.domain import errors

    found = {}
    for code, one in zip(CODES, _places(option, text, len(CODES)), strict=True):
        try:
            if one:
                found[code] = int(read_score(one, scale, whole=True))
        except errors.UsageFault as reason:
            raise errors.BadItem(option=option, code=code, reason=reason) from reason
    return found


def read_weights(option: str, text: str) -> str:
    """Return five weights as they are stored, apart by commas; they are kept as told and not brought to 100.

    Raises EmptyValue, WrongWeights, BadDimension with the place of one that isn't 0 or more, BadAnswer where all are 0.
    """
    from csm.domain import errors

    try:
        places = _places(option, text, len(DIMENSIONS))
    except errors.WrongCount as fault:
        raise errors.WrongWeights(**fault.values) from fault
    weights = _by_dimension(option, places, _weight, empty=True)
    try:
        as_shares(list(weights.values()))
    except errors.NoWeight as reason:
        raise errors.BadAnswer(option=option, reason=reason) from reason
    return ",".join(show_score(weight) for weight in weights.values())


def read_answer(option: str, name: str, text: str) -> int:
    """Return the answer to one of RANGES, such as `csat`; raise BadAnswer."""
    from csm.domain import errors
    from csm.domain.settings import read_whole

    try:
        return read_whole(text, *RANGES[name])
    except errors.UnreadableNumber as reason:
        raise errors.BadAnswer(option=option, reason=reason) from reason


def _places(option: str, text: str, wanted: int) -> list[str]:
    from csm.domain import errors

    if not text.strip():
        raise errors.EmptyValue(field=option)
    places = [one.strip() for one in _APART.split(text)]
    if len(places) != wanted:
        raise errors.WrongCount(option=option, count=len(places), wanted=wanted)
    return places


def _by_dimension(
    option: str, places: list[str], read: Callable[[str], float], *, empty: bool = False
) -> dict[str, float]:
    """Return what `read` makes of each place; `empty`: of one with nothing in it too."""
    from csm.domain import errors

    found = {}
    for number, (dimension, one) in enumerate(zip(DIMENSIONS, places, strict=True), start=1):
        try:
            if one or empty:
                found[dimension] = read(one)
        except errors.UsageFault as reason:
            raise errors.BadDimension(option=option, number=number, dimension=dimension, reason=reason) from reason
    return found


def _weight(text: str) -> float:
    from csm.domain.time.when import fold

    match = _WEIGHT.fullmatch(fold(text))
    if match is None:
        from csm.domain.errors import UnreadableWeight

        raise UnreadableWeight(value=text)
    return float(f"{match[1]}.{match[2] or 0}")
