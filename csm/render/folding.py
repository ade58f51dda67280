"""Where a text may be broken into lines: between words and between wide characters, as Chinese is set.

A sign that closes never begins a line and one that opens never ends one. Knows nothing of colours and tables.
"""

from __future__ import annotations

import re
from typing import Final

# Ranges of characters that are set without blanks and may be parted anywhere.
_WIDE: Final = (
    (0x2E80, 0xA4CF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFF60),
    (0x20000, 0x3FFFF),
)
_OPENING: Final = frozenset("\u3008\u300a\u300c\u300e\u3010\u3014\uff08\uff3b\uff5b\u2018\u201c")
_CLOSING: Final = frozenset(
    "\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d"
    "\u2019\u201d\u2026;:,.!?)"
)
# A piece in the letters of `_Classes`: a wide character or a word with the signs that open before it and those that
# close behind it, and the blanks behind; or blanks alone. Capitals are signs that are wide themselves.
_PIECE: Final = "[oO]*(?:[wOC]|[xoc]+)[cC]*s*|s+"


class _Classes(dict[int, str]):
    """The class of every character, filled as characters are met: a pattern of the characters is slow to compile."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        wide = any(first <= code <= last for first, last in _WIDE)
        kind = "o" if sign in _OPENING else "c" if sign in _CLOSING else "w" if wide else "s" if sign.isspace() else "x"
        self[code] = kind.upper() if wide and kind != "w" else kind
        return self[code]


_CLASSES: Final = _Classes()


def cells_wide(text: str) -> int:
    """Return how many cells of a terminal `text` takes: two for most Chinese characters."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def pieces(text: str) -> list[str]:
    """Return what must stay together on a line: each word or wide character with its signs and the blanks behind."""
    return [text[match.start() : match.end()] for match in re.finditer(_PIECE, text.translate(_CLASSES))]


def chopped(piece: str, width: int) -> list[str]:
    """Return a piece in parts of at most `width` cells; a single character that is wider stands alone."""
    if cells_wide(piece.rstrip()) <= width:
        return [piece]
    parts = [""]
    for sign in piece:
        if parts[-1] and not sign.isspace() and cells_wide(parts[-1] + sign) > width:
            parts.append("")
        parts[-1] += sign
    return parts


def folded(text: str, width: int) -> str:
    """Return `text` with line breaks, so that no line takes more than `width` cells; nothing but blanks is lost."""
    return "\n".join(line if cells_wide(line) <= width else _folded(line, width) for line in text.split("\n"))


def _folded(text: str, width: int) -> str:
    lines = [""]
    for piece in pieces(text):
        if lines[-1] and cells_wide(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        parts = chopped(piece, width)
        lines[-1] += parts[0]
        lines += parts[1:]
    return "\n".join(line.rstrip() for line in lines)
