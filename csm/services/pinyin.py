"""The pinyin by which a Chinese name is found: full and initials, with every reading of its first two characters.

pypinyin takes long to import, so it is asked at write time only and only for names with Chinese characters; the
result is stored.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

MOST_READINGS = 24


def keys(name: str) -> str | None:
    """Return the spellings of `name` apart by spaces, such as "shanxiaoming danxiaoming sxm dxm"; None without any.

    Polyphone surnames (单, 仇, 解, 尉迟) are given in every reading (source: handbook 3).
    """
    if name.isascii():
        return None
    readings = _readings(name)
    if readings is None:
        return None
    spellings: dict[str, None] = {}
    initials: dict[str, None] = {}
    for number, combination in enumerate(product(*readings)):
        if number == MOST_READINGS:
            break
        spellings["".join(combination)] = None
        initials["".join(syllable[0] for syllable in combination)] = None
    return " ".join([*spellings, *(key for key in initials if key not in spellings)])


def _readings(name: str) -> list[list[str]] | None:
    usual = [syllable for word in _words(name) for syllable in _of_word(word)]
    signs = [sign for sign in name if sign.isalnum()]
    if len(usual) != len(signs) or all(sign.isascii() for sign in signs):
        return None
    readings = [[syllable] for syllable in usual if syllable]
    for place in range(min(2, len(signs))):
        readings[place] = [usual[place], *(other for other in _every(signs[place]) if other != usual[place])]
    return readings


def _words(name: str) -> list[str]:
    """Cut a name as pypinyin does, the longest known phrase first, so that each word is looked up only once."""
    from pypinyin.constants import PHRASES_DICT
    from pypinyin.seg.mmseg import p_set

    words = []
    start = 0
    while start < len(name):
        end = longest = start + 1
        while end < len(name) and name[start : end + 1] in p_set:
            end += 1
            if name[start:end] in PHRASES_DICT:
                longest = end
        words.append(name[start:longest])
        start = longest
    return words


@lru_cache(maxsize=8192)
def _of_word(word: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(word, style=Style.NORMAL, errors=_single))  # type: ignore[arg-type]


def _single(run: str) -> list[str]:
    # pypinyin takes a list of syllables too, though its types name text only.
    return [sign.lower() for sign in run if sign.isalnum()]


@lru_cache(maxsize=8192)
def _every(sign: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    if sign.isascii():
        return (sign.lower(),)
    # Readings marked rare aren't left out: a surname's reading often is one.
    return tuple(dict.fromkeys(reading.lower() for reading in pinyin(sign, style=Style.NORMAL, heteronym=True)[0]))
