"""Stored text made safe to look at.

The one place that knows which characters a terminal, a browser or an eye can be fooled by. It shows them by visible
stand-ins and never drops one; it doesn't escape for html or markdown, and doesn't shorten.
"""

from __future__ import annotations

from typing import Final

NEWLINE: Final = 0x0A
BREAK: Final = " ⏎ "

# Characters that move the cursor, turn the reading direction, or can't be seen at all. The zero-width joiner is among
# them although emoji are built with it: two names that look the same and aren't are the greater harm.
_UNSEEN: Final = (
    (0x0080, 0x009F),  # C1, among them CSI, which a terminal obeys like ESC [
    (0x00AD, 0x00AD),  # soft hyphen
    (0x061C, 0x061C),  # Arabic letter mark
    (0x180E, 0x180E),  # Mongolian vowel separator
    (0x200B, 0x200F),  # zero-width characters, left-to-right and right-to-left marks
    (0x2028, 0x202E),  # line and paragraph separators, embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates, deprecated format characters
    (0xD800, 0xDFFF),  # lone surrogates: no encoding can write them
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFF9, 0xFFFB),  # interlinear annotations
    (0xE0000, 0xE007F),  # tags
)


def unseen(code: int) -> bool:
    """Return whether the character `code` above ASCII is invisible, a control or a direction."""
    return any(first <= code <= last for first, last in _UNSEEN)


class _StandIns(dict[int, str]):
    """The stand-in of every character, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        if code < 0x20:
            shown = chr(0x2400 + code)
        elif code == 0x7F:
            shown = "␡"
        elif unseen(code):
            shown = f"<U+{code:04X}>"
        else:
            shown = chr(code)
        self[code] = shown
        return shown


_LINES: Final = _StandIns({NEWLINE: "\n"})
_ONE_LINE: Final = _StandIns({NEWLINE: BREAK})


def visible(text: str, *, lines: bool = False) -> str:
    """Return `text` with control, direction and zero-width characters as visible stand-ins.

    A line break becomes ` ⏎ `, or with `lines` stays one. Source: the command-line contract.
    """
    if text.isprintable():
        return text
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    return text.translate(_LINES if lines else _ONE_LINE)
