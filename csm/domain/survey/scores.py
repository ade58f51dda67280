"""A survey's scores: items by code, reversal, and the means of the five dimensions (source: handbook 10.1, [S]).

Items are scored in whole numbers, a dimension told directly may have decimals. What isn't answered is None, never 0.
How scores are read from what was typed is `csm.domain.survey.reading`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from csm.domain.errors import UsageFault
from csm.domain.terms import TERMS
from csm.domain.time.numerals import fold
from csm.domain.value import Value

DIMENSIONS: Final = TERMS["dimension"]
SIDES: Final = ("e", "p")  # expectation, perception
SCALES: Final = (7, 5)
_COLUMNS: Final = tuple(f"{dimension}_{side}" for dimension in DIMENSIONS for side in SIDES)
# Codes of the items of each dimension (source: handbook 10.1).
ITEMS: Final = {
    "tangibles": ("q1", "q2", "q3", "q4"),
    "reliability": ("q5", "q6", "q7", "q8", "q9"),
    "responsiveness": ("q10", "q11", "q12", "q13"),
    "assurance": ("q14", "q15", "q16", "q17"),
    "empathy": ("q18", "q19", "q20", "q21", "q22"),
}
CODES: Final = tuple(code for codes in ITEMS.values() for code in codes)
# Items that the wording of 1988 puts in the negative.
NEGATIVE: Final = frozenset((*ITEMS["responsiveness"], *ITEMS["empathy"]))
NOT_ANSWERED: Final = "-"
# The answers beside the dimensions, in whole numbers from the lowest to the highest.
RANGES: Final = {
    "csat": (1, 5),
    "nps": (0, 10),
    "value": (1, 7),
    "satisfaction": (1, 7),
    "switching": (1, 7),
    "intention": (1, 7),
}

_SCORE: Final = re.compile("([0-9]{1,2})(?:[.]([0-9]{1,17}))?")
# Decimals of a score that are kept: a mean that another program worked out has many.
_DECIMALS: Final = 4


class Item(Value):
    """The scores of one item as on the form; `reverse`: it was put in the negative."""

    e: int | None
    p: int | None
    reverse: bool = False


class Scores(Value):
    """What was told of the dimensions, by side (`e`, `p`): a score each, or the scores of the 22 items as on the form.

    A side that is told replaces what it said before, the one way and the other. reverse: the form had items in the
    negative; None is as before.
    """

    dimensions: Mapping[str, Mapping[str, float]] = {}
    items: Mapping[str, Mapping[str, int]] = {}
    reverse: bool | None = None


def read_score(text: str, scale: int, *, whole: bool = False) -> float:
    """Read a score from 1 to `scale`, to four decimals; raise unreadable-score, or with `whole` unreadable-number."""
    match = _SCORE.fullmatch(fold(text))
    score = float(f"{match[1]}.{match[2] or 0}") if match is not None else 0.0
    if not 1 <= score <= scale or (whole and score % 1):
        raise UsageFault("unreadable-number" if whole else "unreadable-score", value=text, low=1, high=scale)
    return round(score, _DECIMALS)


def show_score(score: float) -> str:
    """Return a score as it is typed: 6, 5.25."""
    return f"{score:.4f}".rstrip("0").rstrip(".")


def reversed_score(score: float, scale: int) -> float:
    """Return the score of an item put in the negative: 8 - x, on a scale of 5 6 - x (source: handbook 10.1)."""
    return scale + 1 - score


def means(items: Mapping[str, Item], scale: int) -> dict[str, float]:
    """Return the means of each dimension under `tangibles_e`, `tangibles_p`, ...; those without a score are left out.

    Where an item of a dimension has both scores, both means go over the items that have both, so that their difference
    is the mean of the item gaps; else each side goes over what it has (source: handbook 10.1).
    """
    found = {}
    for dimension, codes in ITEMS.items():
        scores = [_scored(items[code], scale) for code in codes if code in items]
        pairs = [pair for pair in scores if None not in pair] or scores
        for place, side in enumerate(SIDES):
            mean = _mean([pair[place] for pair in pairs])
            if mean is not None:
                found[f"{dimension}_{side}"] = mean
    return found


def _mean(scores: Sequence[float | None]) -> float | None:
    answered = [score for score in scores if score is not None]
    return sum(answered) / len(answered) if answered else None


def _scored(item: Item, scale: int) -> tuple[float | None, float | None]:
    e, p = (reversed_score(score, scale) if item.reverse and score is not None else score for score in (item.e, item.p))
    return e, p


def perceived(items: Mapping[str, Item], scale: int) -> str | None:
    """Return the perception scores of q1 to q22 after reversal, a sign each; None where no item has one."""
    signs = []
    for code in CODES:
        score = _scored(items[code], scale)[1] if code in items else None
        signs.append(NOT_ANSWERED if score is None else str(int(score)))
    text = "".join(signs)
    return text if text.strip(NOT_ANSWERED) else None


def columns(scores: Scores, scale: int, before: Mapping[str, Any] | None = None) -> dict[str, object]:
    """Return the stored columns that hold scores, over those of a stored row `before`: dimensions, items, perceived.

    What has items is worked out of them. Raises beyond-scale, and no-items for items in the negative where there are
    none.
    """
    before = before or {}
    items = items_of(before.get("items"))
    was_reverse = any(item.reverse for item in items.values())
    worked_out = means(items, scale)
    told = {name: before.get(name) for name in _COLUMNS if name not in worked_out}
    for side in SIDES:
        if side in scores.dimensions or side in scores.items:
            items = _with_side(items, side, scores.items.get(side, {}))
            given = scores.dimensions.get(side, {})
            told |= {f"{dimension}_{side}": given.get(dimension) for dimension in DIMENSIONS}
    items = _reversing(items, was_reverse, scores.reverse)
    _check_scale(told, items, scale)
    return {
        **dict.fromkeys(_COLUMNS),
        **told,
        **means(items, scale),
        "items": items_text(items),
        "perceived": perceived(items, scale),
    }


def _with_side(items: Mapping[str, Item], side: str, scores: Mapping[str, int]) -> dict[str, Item]:
    """Return items with other scores on one side; those that have none on either are left out."""
    made = {code: items.get(code, Item(None, None))._replace(**{side: scores.get(code)}) for code in CODES}
    return {code: item for code, item in made.items() if item.e is not None or item.p is not None}


def _reversing(items: Mapping[str, Item], before: bool, wanted: bool | None) -> dict[str, Item]:
    """Return items with the negative ones marked, as `wanted` or else as before; raise no-items."""
    if wanted and not items:
        raise UsageFault("no-items")
    reverse = before if wanted is None else wanted
    return {code: item._replace(reverse=reverse and code in NEGATIVE) for code, item in items.items()}


def _check_scale(told: Mapping[str, float | None], items: Mapping[str, Item], scale: int) -> None:
    scores = [*told.values(), *(score for item in items.values() for score in (item.e, item.p))]
    highest = max((score for score in scores if score is not None), default=0)
    if highest > scale:
        raise UsageFault("beyond-scale", value=show_score(highest), scale=scale)


def items_text(items: Mapping[str, Item]) -> str | None:
    """Return the items as they are stored, in json; None where there are none."""
    if not items:
        return None
    import json

    stored = {}
    for code in CODES:
        if code in items:
            item = items[code]
            scores = {side: score for side, score in (("e", item.e), ("p", item.p)) if score is not None}
            stored[code] = {**scores, "r": 1} if item.reverse else scores
    return json.dumps(stored, separators=(",", ":"))


def items_of(text: str | None) -> dict[str, Item]:
    """Return the items that are stored in `text`."""
    if not text:
        return {}
    import json

    return {code: Item(one.get("e"), one.get("p"), bool(one.get("r"))) for code, one in json.loads(text).items()}


def gaps(row: Mapping[str, Any]) -> dict[str, float]:
    """Return perception - expectation of every dimension that has both (source: handbook 10.1)."""
    pairs = {name: (row[f"{name}_e"], row[f"{name}_p"]) for name in DIMENSIONS}
    return {name: p - e for name, (e, p) in pairs.items() if e is not None and p is not None}


def mean_gap(row: Mapping[str, Any]) -> float | None:
    """Return the unweighted mean of a survey's dimension gaps; None where no dimension has both scores."""
    found = gaps(row)
    return sum(found.values()) / len(found) if found else None


def as_shares(weights: Sequence[float]) -> list[float]:
    """Return a set of weights brought to 100; raise no-weight where one is negative or all are 0."""
    if any(weight < 0 for weight in weights) or not any(weights):
        raise UsageFault(
            "no-weight", value=",".join(show_score(weight) if weight >= 0 else str(weight) for weight in weights)
        )
    return [100 * weight / sum(weights) for weight in weights]
