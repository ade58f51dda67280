"""What a service rendered usually is, by its kind: when, where, technical or not (handbook 13; the table is ours)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from csm.domain.value import Value

BEFORE: Final = "before"
DURING: Final = "during"
AFTER: Final = "after"
OURS: Final = "ours"
THEIRS: Final = "theirs"


class Usual(Value):
    """How a kind of service is usually rendered: phase of the sale, whose place, 1 for a technical one."""

    phase: str
    place: str
    technical: int = 0


# The phases of the named kinds are the handbook's; a visit, care and what is left follow a sale.
USUAL: Final[Mapping[str, Usual]] = {
    "information": Usual(BEFORE, OURS),
    "training-course": Usual(BEFORE, OURS, 1),
    "advice-line": Usual(BEFORE, OURS, 1),
    "convenience": Usual(BEFORE, OURS),
    "product-knowledge": Usual(DURING, OURS, 1),
    "help-in-choosing": Usual(DURING, OURS),
    "demonstration": Usual(DURING, OURS, 1),
    "errands": Usual(DURING, THEIRS),
    "reasonable-wish": Usual(DURING, THEIRS),
    "delivery": Usual(AFTER, THEIRS),
    "installation": Usual(AFTER, THEIRS, 1),
    "packing": Usual(AFTER, OURS),
    "repair": Usual(AFTER, THEIRS, 1),
    "inspection": Usual(AFTER, THEIRS, 1),
    "training": Usual(AFTER, THEIRS, 1),
    "advice": Usual(AFTER, OURS, 1),
    "exchange": Usual(AFTER, OURS),
    "visit": Usual(AFTER, THEIRS),
    "care": Usual(AFTER, THEIRS),
    "club": Usual(AFTER, OURS),
    "referral": Usual(AFTER, OURS),
    "loyalty-benefit": Usual(AFTER, OURS),
    "personal": Usual(AFTER, THEIRS),
    "other": Usual(AFTER, THEIRS),
}


def usual(kind: str) -> dict[str, object]:
    """Return phase, place and technical as they usually are for a kind of service (source: handbook 13)."""
    found = USUAL[kind]
    return {"phase": found.phase, "place": found.place, "technical": found.technical}


def of_other_kind(old: str, new: str, stored: Mapping[str, object]) -> dict[str, object]:
    """Return what changes with the kind of a service: whatever was as usual for the old kind, is so for the new."""
    before = usual(old)
    return {name: value for name, value in usual(new).items() if stored[name] == before[name]}
