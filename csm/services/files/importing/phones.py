"""What stands in the cell of a phone: one number, several, and words with them that are kept.

`138.../139...` are two numbers; `138...（微信同号）` is one that is their WeChat name too; `138...（王经理）` has a
remark. `010-5550 0012;203` is one number: the phone it was copied from waits, and then dials the extension.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from csm.domain.errors import UnreadablePhone, UsageFault
from csm.domain.values.phone import check_phone
from csm.services.files.importing.values import RowFault

_BETWEEN: Final = re.compile("[;；、,，\n/|]|或|\\bor\\b")
# Pauses or waits, then at most four digits and no more: an extension, where a number stands before.
_EXTENSION: Final = re.compile("(?:;ext=|[,;，；]+)[0-9]{1,4}\\s*(?![^;；、,，\n/|])")
_DIGITS: Final = re.compile("[0-9０-９]")
_FULL: Final = 7  # digits of a number that can have an extension
_REMARK: Final = re.compile("[(（\\[【]([^()（）\\[\\]【】]*)[)）\\]】]")
# Words of Chinese before or behind a number, without brackets.
_WORDS: Final = re.compile(
    "^[^0-9０-９+＋(（]*[\u4e00-\u9fff][^0-9０-９+＋(（]*|[^0-9０-９)）]*[\u4e00-\u9fff][^0-9０-９]*$"
)
_OURS: Final = re.compile("分机|分機|转|轉")
_WECHAT: Final = re.compile("微信|wechat|weixin", re.IGNORECASE)


class Phones(NamedTuple):
    """The numbers of a cell as typed, the one that is a WeChat name too, and the texts with words that were kept."""

    numbers: Sequence[str]
    wechat: str = ""
    remarks: Sequence[str] = ()


class PhoneCell(str):
    """The text of a cell that holds more than one number alone; `read_phones` takes it apart."""

    __slots__ = ()


def phone_cell(text: str) -> str:
    """Return a number as typed, and what holds more as a PhoneCell; raise as `read_phones`."""
    try:
        return check_phone(text)
    except UnreadablePhone:
        read_phones(text)
        return PhoneCell(text)


def read_phones(text: str) -> Phones:
    """Return what a cell of phones holds; raise unreadable-phone or rounded-phone for a part that isn't a number."""
    if text.isdigit() and text.isascii():
        return Phones((check_phone(text),))
    numbers: list[str] = []
    wechat, remarks = "", []
    for part in _parts(text):
        try:
            numbers.append(check_phone(part))
            continue
        except UnreadablePhone:
            number, words = _apart(part)
            if not words:
                raise
            numbers.append(check_phone(number))
        if _WECHAT.search(words):
            wechat = wechat or numbers[-1]
        else:
            remarks.append(part.strip())
    return Phones(tuple(dict.fromkeys(numbers)), wechat, remarks)


def _parts(text: str) -> list[str]:
    """Return the parts of a cell that are a number each."""
    found: list[str] = []
    start = 0
    for match in _BETWEEN.finditer(text):
        before = text[start : match.start()]
        if _is_full(before) and (_EXTENSION.match(text, match.start()) or before[-1] in ",;，；"):
            continue
        found.append(before)
        start = match.end()
    found.append(text[start:])
    return [part for part in found if part.strip()]


def _is_full(text: str) -> bool:
    return len(_DIGITS.findall(text)) >= _FULL


def _apart(part: str) -> tuple[str, str]:
    """Return the number of a part, and the words in brackets or around it; none where it has no such words."""
    words = [remark for remark in _REMARK.findall(part) if not _DIGITS.search(remark) and not _OURS.search(remark)]
    number = _REMARK.sub(lambda found: "" if found[1] in words else found[0], part)
    outside = _WORDS.findall(number.strip())
    if outside and not _OURS.search("".join(outside)):
        number = _WORDS.sub("", number.strip())
        words += outside
    return number, " ".join(words).strip()


def phones_in(field: str, text: str) -> Phones:
    """Return what a cell of phones of a field holds; raise RowFault."""
    try:
        return read_phones(text)
    except UsageFault as fault:
        raise RowFault(field, fault) from fault
