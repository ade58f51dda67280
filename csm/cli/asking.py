"""Questions on a terminal: whether anybody would see them, and the line that was typed."""

from __future__ import annotations

import sys

from csm.i18n import say


def somebody_is_there() -> bool:
    """Tell whether questions would be seen and answered; they go to standard error."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr.isatty())


def typed(question: str) -> str | None:
    """Ask, and return the line without the blanks around it; None where the input ends."""
    sys.stderr.write(say("{name}: ", name=question))
    sys.stderr.flush()
    line = sys.stdin.readline()
    if line:
        return line.strip()
    sys.stderr.write("\n")
    return None
