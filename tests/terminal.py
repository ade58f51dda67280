"""What a program under test wrote to a terminal of the test's making."""

from __future__ import annotations

import os


def screen_of(ours: int) -> bytes:
    """Return all that is written to a terminal until the program has closed its side, and close ours."""
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # Linux says so when the other side has closed
        pass
    os.close(ours)
    return shown
