"""Showing on a terminal how far long work has come."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from csm.i18n import say


def reading() -> tuple[Callable[[int], None], Callable[[], None]]:
    """Return what shows the number of rows read so far on a terminal, and what clears that line."""
    if not sys.stderr.isatty():
        return (lambda read: None), (lambda: None)
    shown = 0.0

    def progress(read: int) -> None:
        nonlocal shown
        if (now := time.monotonic()) - shown >= 0.2:
            shown = now
            sys.stderr.write("\r" + say("{n} rows read", n=f"{read:,}"))
            sys.stderr.flush()

    def clear() -> None:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    return progress, clear
