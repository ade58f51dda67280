"""Phone numbers: what can be one, and the form in which two are compared.

A number is kept as it was typed; only the compared form is changed. Nothing here dials, or knows of networks.
"""

from __future__ import annotations

import re
from typing import Final

from csm.domain.errors import UnreadablePhone, UsageFault

_FEWEST: Final = 3
_MOST: Final = 20
_SEPARATORS: Final = (
    "\t\n\r ()[]-.\u00a0\u00ad\u00b7\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u3000\u3010\u3011"
    # direction marks and zero-width characters: an address book leaves them around a copied number
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    table |= {ord(mark): None for mark in _SEPARATORS}
    table |= {ord(wide): None for wide in "\uff08\uff09\uff0d\uff0e\uff3b\uff3d"}
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    return table | {ord(mark): "#" for mark in "转轉"}


_FORM: Final = _table()
# A comma is a pause and a semicolon a wait: so a mobile phone keeps an extension it is to dial by itself.
_EXTENSION: Final = "(?:;ext=|(?:extension|extn?|x|分机|分機)[:,]?|(?<=[0-9])[,;pw]+(?=[0-9]))"


def digits(text: str) -> str:
    """Return the form in which phones are compared.

    Without +86 or 0086, spaces, dashes, brackets, dots, full-width forms; an extension stays, behind a `#`, since
    two people behind one switchboard are two lines. A landline typed with +86 gets back the 0 of its area code.
    """
    found = text if text.isdigit() and text.isascii() else text.translate(_FORM)
    if found.isdigit() and not found.startswith(("0", "861")):
        return found
    if not found[1:].isdigit():
        found = re.sub(_EXTENSION, "#", found)
    for prefix in ("+", "00"):
        if found.startswith(prefix):
            abroad = found.removeprefix(prefix)
            return _domestic(abroad[2:]) if abroad.startswith("86") else abroad
    # 13 digits from 861 on are a mobile number whose + a spreadsheet has eaten: nothing else is that long.
    return found[2:] if found[0:3] == "861" and len(found) == 13 else found


def _domestic(found: str) -> str:
    number = found.partition("#")[0]
    mobile = len(number) == 11 and number[0] == "1" and number[1] > "2"
    if mobile or len(number) not in (10, 11) or number.startswith(("0", "400", "800")):
        return found
    return "0" + found


def as_typed(text: str) -> str:
    """Return the digits of `text` as typed, without what stands between them: 00 and +86 stay, as in the end of one."""
    return text.translate(_FORM)


def can_be_phone(text: str) -> bool:
    """Tell whether `text` is written as a phone number, with or without an extension."""
    form = re.sub(_EXTENSION, "#", text.strip().translate(_FORM))
    return re.fullmatch(r"\+?[0-9]{3,20}(?:#[0-9]{1,8})?", form) is not None


def check_phone(text: str) -> str:
    """Return the stripped number as typed.

    Raises rounded-phone for one that a spreadsheet has rounded (`1.38E+10`), unreadable-phone for one with fewer than 3
    or more than 20 digits, or with other letters than those of an extension.
    """
    typed = text.strip()
    if _FEWEST <= len(typed) <= _MOST and typed.isascii() and typed.isdigit():
        return typed
    folded = typed.translate(_FORM)
    if re.fullmatch(r"[0-9]+e\+?[0-9]{1,2}", folded):
        raise UsageFault("rounded-phone", value=text)
    form = folded if folded.isdigit() else re.sub(_EXTENSION, "#", folded)
    sound = re.fullmatch(r"\+?[0-9]{3,20}(?:#[0-9]{1,8})?", form)
    # `13800138000.0` is what a program makes of a number read as a fraction: its last 0 isn't a digit of it.
    fraction = typed.endswith(".0") and typed[:-2].isdigit()
    if sound is None or fraction or sum(map(str.isdigit, form)) > _MOST:
        raise UnreadablePhone(value=text)
    return typed
