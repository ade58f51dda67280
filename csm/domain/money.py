"""Amounts: whole cents in, whole cents out, exact.

Owns how an amount is typed and how it is written. No floats, no currency but the file's one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# 15 digits with the cents: any program that reads the number into a double still writes the same cents.
_LIMIT: Final = 10**15
_PLAIN_DIGITS: Final = 13
_PATTERN: Final = r"(-?) ?[¥￥]? ?(-?)([0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]{1,2}))? ?元?"
_LONGEST: Final = 40


def read_cents(text: str, *, allow_negative: bool = False) -> int:
    """Read `1200`, `1,200.50`, `¥1,200`, `1200元` as cents; raise UnreadableAmount.

    At most two decimals, commas only between thousands, at most 15 digits with the cents.
    """
    if len(text) <= _PLAIN_DIGITS and text.isascii() and text.isdigit():
        return int(text) * 100
    typed = text.strip()
    if not typed.isascii():
        from csm.domain.when import fold

        typed = fold(typed).replace("−", "-")
    match = re.fullmatch(_PATTERN, typed) if len(typed) <= _LONGEST else None
    cents = _matched_cents(match, allow_negative) if match is not None else None
    if cents is None:
        from csm.domain.errors import UnreadableAmount

        raise UnreadableAmount(value=text)
    return cents


def _matched_cents(match: re.Match[str], allow_negative: bool) -> int | None:
    minus = match[1] + match[2]
    cents = int(match[3].replace(",", "")) * 100 + int((match[4] or "").ljust(2, "0"))
    if cents >= _LIMIT or len(minus) > 1 or (minus and not allow_negative):
        return None
    return -cents if minus else cents


def show_cents(cents: int) -> str:
    """Return `cents` as an amount with two decimals, `1200.50`."""
    whole, part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{part:02}"


def show_each(column: Iterable[int | None]) -> list[str | None]:
    """Return each amount as `show_cents` does, and None as it is; a long column takes no call a value."""
    return [
        None if cents is None else f"{cents // 100}.{cents % 100:02}" if cents >= 0 else show_cents(cents)
        for cents in column
    ]


def typed_cents(cents: int) -> str:
    """Return `cents` as one types an amount, `1200` or `1200.50`."""
    return show_cents(cents).removesuffix(".00")


def group_cents(cents: int) -> str:
    """Return `cents` as an amount for people, `1,200.50`."""
    whole, part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}.{part:02}"
