"""Where a text may be broken into lines: between words and between wide characters, as Chinese is set.

A sign that closes never begins a line and one that opens never ends one. Knows nothing of colours and tables.
"""

from __future__ import annotations

import re
from typing import Final

_WIDE: Final = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
_OPENING: Final = "\u3008\u300a\u300c\u300e\u3010\u3014\uff08\uff3b\uff5b\u2018\u201c"
_CLOSING: Final = (
    "\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d"
    "\u2019\u201d\u2026;:,.!?)"
)
_PIECE: Final = re.compile(rf"[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{_CLOSING}]*\s*|\s+")


def cells_wide(text: str) -> int:
    """Return how many cells of a terminal `text` takes: two for most Chinese characters."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def pieces(text: str) -> list[str]:
    """Return what must stay together on a line: each word or wide character with its signs and the blanks behind."""
    return _PIECE.findall(text)


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
