"""Whether text read as GB18030 can be Chinese at all, and which other encodings fit bytes that aren't UTF-8.

Two facts decide, and no tables of frequencies. Of the signs in real Chinese text nearly all are of the first level of
GB 2312, the 3,755 in everyday use; what was saved in another encoding comes out all over the code. And Chinese signs
don't stand within a word of Latin letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

# A sign within or at the end of a word of Latin letters: what an accent of one byte becomes with the letter behind it.
RARE_AMONG_LATIN: Final = re.compile("(?<=[A-Za-z])[\u0080-\U0010ffff]|[\u0080-\U0010ffff](?=[A-Za-z])")
_FEWEST: Final = 3  # rare signs below which a file without Latin words isn't doubted: a short Chinese name may have two
_MOST_SHOWN: Final = 8
_FIRST_LEVEL: Final = range(0xB0, 0xD8)  # first bytes of the signs in everyday use
_SYMBOLS: Final = range(0xA1, 0xAA)  # first bytes of punctuation and full-width forms
_OWN_SIGN: Final = 0xA1  # second bytes from here on are of GB 2312; those below came with later standards
_CANDIDATES: Final = ("cp1252", "latin-1", "cp1251", "shift-jis", "cp949")
_MARKS: Final = frozenset("€£¥°§«»“”„‘’–—®©™…ªº¿¡½¼¾·•²³µ№")
_KOREAN: Final = range(0xB0, 0xC9)  # first bytes of all Korean syllables; of six in ten Chinese signs
_KOREAN_SIGNS: Final = 16  # so many different ones, and no other, are hardly ever Chinese: 0.6 ** 16
_CONTROLS: Final = frozenset(map(chr, range(0x80, 0xA0)))
_HALF: Final = 0.5
# Of Japanese and Korean, the first and the last of their own signs, and the least share of these in a text.
_EASTERN: Final = {"shift-jis": ("\u3040", "\u30ff", 0.1), "cp949": ("\uac00", "\ud7a3", _HALF)}
_MOST: Final = 0.8


def rare_signs(signs: Counter[str], among_latin: AbstractSet[str]) -> list[str]:
    """Return signs that make it doubtful that the text is Chinese, empty where it is Chinese as far as can be seen."""
    beyond = {sign: count for sign, count in signs.items() if not sign.isascii()}
    rare = {sign: count for sign, count in beyond.items() if not _is_everyday(sign)}
    doubted: list[str] = []
    if sum(rare.values()) >= _HALF * max(1, sum(beyond.values())):
        doubted = list(filter(among_latin.__contains__, rare))
        if not doubted and len(rare) >= _FEWEST:
            doubted = list(rare)
    return (doubted or _korean(beyond))[:_MOST_SHOWN]


def _korean(beyond: Iterable[str]) -> list[str]:
    codes = {sign: sign.encode("gb18030") for sign in beyond}
    found = [sign for sign, code in codes.items() if len(code) == len("ab") and code[0] not in _SYMBOLS]
    return found if len(found) >= _KOREAN_SIGNS and all(codes[sign][0] in _KOREAN for sign in found) else []


def _is_everyday(sign: str) -> bool:
    code = sign.encode("gb18030")
    if len(code) != len("ab") or code[1] < _OWN_SIGN:
        return sign == "€"
    return code[0] in _FIRST_LEVEL or code[0] in _SYMBOLS


def fitting(content: bytes) -> list[str]:
    """Return the encodings in which `content`, the beginning of a file, reads as words of one script."""
    # the last line may be cut within a sign
    content = content.rpartition(b"\n")[0] or content
    found = []
    for name in _CANDIDATES:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if _reads_well(text, name):
            found.append(name)
    return found


def _reads_well(text: str, name: str) -> bool:
    beyond = [sign for sign in text if not sign.isascii()]
    if not beyond or not _CONTROLS.isdisjoint(beyond):
        return False
    if name in _EASTERN:
        return _is_eastern(beyond, *_EASTERN[name])
    if sum(map(_is_letter, beyond)) < len(beyond) * _MOST:
        return False
    mixed = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    return _is_cyrillic(mixed) if name == "cp1251" else _is_latin(mixed)


def _is_letter(sign: str) -> bool:
    return sign.isalpha() or sign in _MARKS


def _is_eastern(signs: Sequence[str], low: str, high: str, least: float) -> bool:
    own = sum(low <= sign <= high for sign in signs)
    others = sum("\u3000" <= sign <= "\u9fff" and not low <= sign <= high for sign in signs)
    return own + others == len(signs) and own >= len(signs) * least


def _is_cyrillic(words: Sequence[str]) -> bool:
    whole = all("\u0400" <= sign <= "\u04ff" for word in words for sign in word)
    return bool(words) and whole and sum(map(len, words)) >= len("ab") * len(words)


def _is_latin(words: Sequence[str]) -> bool:
    # an accent is one letter of a word, hardly ever two in a row, and a capital in the middle of none
    return sum(map(_is_latin_word, words)) >= len(words) * _MOST


def _is_latin_word(word: str) -> bool:
    accents = sum(not sign.isascii() for sign in word)
    inner = word[1:]
    return accents <= max(1, len(word) / 2) and (inner == inner.lower() or word == word.upper())
