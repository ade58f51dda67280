"""The pinyin by which a Chinese name is found: full and initials, its usual readings apart from the rare ones.

pypinyin takes long to import, so it is asked at write time only and only for names with Chinese characters; the
result is stored.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product
from typing import Final

from csm.domain.values.folding import simplified

MOST_READINGS = 24
# Between the spellings that name a customer and those that only make one a candidate.
RARE: Final = " | "
# Signs that as a surname may be read otherwise than in a word: there every reading of them is usual
# (source: handbook 3).
SURNAMES: Final = frozenset(
    "单仇解尉曾朴查盖区任华乐燕纪宁翟折种缪员那冼洗逄覃繁召秘句黑阚隗车柏臧藏郗祭谌牟莘乜俞占应令澹郇钭过幺么佴谯哈"
)


def keys(name: str) -> str | None:
    """Return the spellings of `name` apart by spaces, the rare ones behind a bar; None for a name without any.

    Such as "danxiaoming shanxiaoming dxm sxm". Readings count as usual where the word has them, and all of them for a
    surname in first place (单, 仇, 解; source: handbook 3). Those that the first two signs may have elsewhere are rare.
    """
    if name.isascii() or max(name) < "\u3400":
        return None
    plain = simplified(name)
    usual: dict[str, None] = {}
    rare: dict[str, None] = {}
    for text in dict.fromkeys((plain, name)):
        readings = _readings(text)
        if readings is None:
            return None
        if any(len(signs) > 1 for signs in readings[:2]):
            _spell(readings, rare)
            surname = next(sign for sign in plain if sign.isalnum()) in SURNAMES
            readings = [readings[0] if surname else readings[0][:1], *(signs[:1] for signs in readings[1:])]
        _spell(readings, usual)
    extra = [spelling for spelling in rare if spelling not in usual]
    return " ".join(usual) + (RARE + " ".join(extra) if extra else "")


def _spell(readings: list[list[str]], into: dict[str, None]) -> None:
    """Add the spellings that readings of a name's signs make, the full ones before the initials."""
    made = list(islice(product(*readings), MOST_READINGS))
    for spelt in made:
        into["".join(spelt)] = None
    for spelt in made:
        into["".join([syllable[0] for syllable in spelt])] = None


def _readings(name: str) -> list[list[str]] | None:
    """Return the readings of each sign of a name, the one that it has in its word first."""
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
