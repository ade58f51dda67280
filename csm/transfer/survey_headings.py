"""What the columns of a survey's scores are called by other people: a dimension or an item, and which side of it.

Apart from `csm.transfer.headings`, which knows headings word by word: these are put together. Nothing here reads a
cell.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from csm.domain.survey.scores import CODES

# What the five dimensions are called, longest first (source: handbook 14).
_DIMENSIONS: Final = {
    "tangibles": "可感知性|有形展示|有形性|有形化|tangibles|tangible",
    "reliability": "可靠性|可靠度|reliability",
    "responsiveness": "响应性|反应性|反应度|响应度|responsiveness",
    "assurance": "保证性|安全性|保障性|保证|assurance",
    "empathy": "移情性|同情心|同理心|关怀性|empathy",
}
_SIDES: Final = {
    "e": "期望|期待|expectations|expectation|expected|expect|e",
    "p": "感知|实际感受|实际|感受|perceptions|perception|perceived|actual|p",
}
_SIDE: Final = "(?:" + "|".join(f"(?P<{side}>{words})" for side, words in _SIDES.items()) + ")"
_ASKED: Final = (
    "(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _DIMENSIONS.items())
    + "|[q第] ?0?(?P<item>[0-9]{1,2})题?)"
)
_APART: Final = r"[ _,、:/()\[\]—–-]*"
_SCORED: Final = "(?:值|得分|分数|评分|分)?"
# The column of one score: what was asked and of which side, in either order; behind an item its wording may follow.
_SCORE: Final = (
    re.compile(f"{_ASKED}{_APART}{_SIDE}{_SCORED}(?P<rest>[^a-z].*)?", re.DOTALL),
    re.compile(f"{_SIDE}{_SCORED}{_APART}{_ASKED}(?P<rest>[^a-z0-9].*)?", re.DOTALL),
)


def survey_dimension(text: str) -> str:
    """Return the dimension that a text names in either language; else nothing."""
    words_read = plain(text)
    return next((name for name, words in _DIMENSIONS.items() if words_read in words.split("|")), "")


def survey_score(heading: str) -> str:
    """Return the score that a heading names, `tangibles_e` or `q1_p`, however it is put; else nothing.

    So do 有形性期望, Reliability (perception), expected empathy, and `q1_e` with the wording of the item behind it.
    """
    matches = (pattern.fullmatch(plain(heading)) for pattern in _SCORE)
    match = next(filter(None, matches), None)
    if match is None:
        return ""
    named = {name for name, text in match.groupdict().items() if text}
    (side,) = named.intersection(_SIDES)
    if match["item"] is not None:
        code = f"q{int(match['item'])}"
        return f"{code}_{side}" if code in CODES else ""
    # What follows the name of a dimension may make it something else, as in "expected reliability of price".
    if (match["rest"] or "").strip(" )]:"):
        return ""
    (dimension,) = named.intersection(_DIMENSIONS)
    return f"{dimension}_{side}"


def plain(text: str) -> str:
    """Return the form in which these are compared: no case, no width, no blanks around."""
    return unicodedata.normalize("NFKC", text).strip("\ufeff \t\r\n").casefold()
