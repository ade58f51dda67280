"""Numbers and signs as they are typed, Chinese and full-width ones too, for what reads days, times and intervals."""

from __future__ import annotations

from typing import Final

NUMBER: Final = "([0-9]{1,4}|[零一二两三四五六七八九十]{1,3})"
_DIGITS: Final = "零一二三四五六七八九"

_FOLD: Final[dict[int, str]] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    ord(variant): plain
    for variant, plain in zip("\u3000後週點時號這個禮兩現鐘", " 后周点时号这个礼两现钟", strict=True)
}


def fold(text: str) -> str:
    """Return `text` in lower case, full-width forms and traditional characters plain, spaces single."""
    if not text.isascii():
        text = text.translate(_FOLD)
    return " ".join(text.lower().split())


def number(text: str) -> int:
    """Return the number that NUMBER has matched: digits, or Chinese numerals up to 99; raise ValueError."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.replace("两", "二").rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or (ten and "零" in text):
        raise ValueError(text)
    return ((_DIGITS.index(tens) or 1) * 10 if ten else 0) + _DIGITS.index(ones)
