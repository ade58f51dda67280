"""Amounts: whole cents in, whole cents out, exact.

Owns how an amount is written; how it may be typed it shares with the cells of files, `csm.domain.values.money_cell`. No
floats, no currency but the file's one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_PLAIN_DIGITS: Final = 13


def read_cents(text: str, currency: str = "CNY", *, allow_negative: bool = False) -> int:
    """Read `1200`, `1,200.50`, `5万`, `1.2亿`, `¥1,200`, `1200元`, `EUR 100` as cents.

    A sign or a code, before or behind, has to be that of `currency`. At most two decimals, commas only between
    thousands, at most 15 digits with the cents: any program that reads the number into a double still writes the same
    cents. Raises unreadable-amount, other-currency, too-many-decimals. source: the command-line contract, section 1.
    """
    if len(text) <= _PLAIN_DIGITS and text.isascii() and text.isdigit():
        return int(text) * 100
    from csm.domain.values.money_cell import Spelling, read_money

    return read_money(text, Spelling(currency), allow_negative=allow_negative)


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
