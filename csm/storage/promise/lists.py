"""What lists of promises show and find that isn't stored: how a promise ended, and whose release that was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from csm.storage.listing import Condition, equals

# How a promise stands where people read it: whose release it was depends on whose promise it is.
ENDING: Final = (
    "(CASE WHEN v.status <> 'released' THEN v.status WHEN v.direction = 'ours' THEN 'released-by-customer'"
    " ELSE 'released-by-us' END)"
)


def ended(endings: Sequence[str]) -> Condition:
    """Return the condition that a promise stands in one of the ways of ENDING."""
    return equals(ENDING, endings)
