"""The form in which typed and stored texts are compared: case, width, accents, composition and script folded.

One rule for references, filters, searches, terms and matching on import. Values are stored as typed; nothing here
changes what is shown. ASCII text costs nothing but `lower`; for other text only the signs that are met are looked up.
The keys in a file are made by this rule: whoever changes it raises `csm.storage.file.stamp.KEY_RULE`, and every file
makes its keys anew.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import Final
from unicodedata import normalize

# Letters without a decomposition that are accented ones all the same.
_LETTERS: Final = dict(zip("øłđðħŧıæœþ", ("o", "l", "d", "d", "h", "t", "i", "ae", "oe", "th"), strict=True))
# Signs without width, which a copied text brings along unseen.
_UNSEEN: Final = (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
_ACCENTS: Final = range(0x300, 0x370)
# The two ways to write a German umlaut without its dots.
_LONG: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe"}
_DOTTED: Final = frozenset("äöüøÄÖÜØ\u0308")
_UMLAUTS: Final = "[äöüø]|ae|oe|ue"
_MOST_UMLAUTS: Final = 4
# Of a phone: digits below which a text isn't looked for as one, and as the end of one.
FEWEST_DIGITS: Final = 3
FEWEST_LAST_DIGITS: Final = 4
_FIRST_CHINESE, _LAST_CHINESE = "\u3400", "\ufaff"


class _Simplified(dict[int, int | str]):
    """The Simplified form of each sign, looked up when it is met."""

    def __missing__(self, code: int) -> int | str:
        found: int | str = code
        if _FIRST_CHINESE <= chr(code) <= _LAST_CHINESE:
            from csm.domain.values.simplified import SIMPLIFIED, TRADITIONAL

            place = TRADITIONAL.find(chr(code))
            found = code if place < 0 else SIMPLIFIED[place]
        self[code] = found
        return found


class _Signs(dict[int, int | str | None]):
    """What each sign is compared as, worked out when it is met: making a whole table would take longer than a name."""

    def __missing__(self, code: int) -> int | str | None:
        unseen = code in _ACCENTS or code in _UNSEEN
        found = self[code] = None if unseen else _LETTERS.get(chr(code)) or _simplified[code]
        return found


_simplified = _Simplified()
_signs = _Signs()


def folded(text: str) -> str:
    """Return the form in which `text` is compared; white space becomes single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    return _folded(text)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return " ".join(normalize("NFC", normalize("NFKD", text).casefold().translate(_signs)).split())


def simplified(text: str) -> str:
    """Return `text` with each Traditional sign in the Simplified form that it is compared as."""
    return text if text.isascii() else text.translate(_simplified)


@lru_cache(maxsize=4096)
def long_form(text: str) -> str:
    """Return the compared form with each umlaut as two letters: `mueller` for Müller and for Mueller."""
    if text.isascii():
        return folded(text)

    plain = normalize("NFKC", text).lower()
    return folded("".join(_LONG.get(sign, sign) for sign in plain))


def may_have_umlauts(text: str, key: str) -> bool:
    """Tell whether a text, compared as `key`, may be written in another way too."""
    if "ae" in key or "oe" in key or "ue" in key:
        return True
    return not (text.isascii() or _DOTTED.isdisjoint(text))


def forms(text: str) -> list[str]:
    """Return the compared forms under which `text` may be stored, its own first.

    What is found under another than the first has to be `alike`: `bauer` isn't Baur.
    """
    first = folded(text)
    if not may_have_umlauts(text, first):
        return [first]

    plain = normalize("NFKC", text).lower()
    parts: list[tuple[str, ...]] = []
    end = 0
    for number, match in enumerate(re.finditer(_UMLAUTS, plain)):
        if number == _MOST_UMLAUTS:
            break
        written = match.group()
        long = _LONG.get(written, written)
        parts += [(plain[end : match.start()],), (long[0], long)]
        end = match.end()
    parts.append((plain[end:],))
    return list(dict.fromkeys([first, *(folded("".join(way)) for way in product(*parts))]))


def alike(stored: str, typed: str) -> bool:
    """Tell whether two texts are compared as equal, an umlaut written in either way."""
    return folded(stored) == folded(typed) or long_form(stored) == long_form(typed)


def holds(stored: str, typed: str) -> bool:
    """Tell whether `typed` is a part of `stored`, both as compared, an umlaut written in either way."""
    plain = folded(typed)
    if plain in folded(stored):
        return True
    umlauts = not typed.isascii() or "ae" in plain or "oe" in plain or "ue" in plain
    return umlauts and long_form(typed) in long_form(stored)
