"""Services rendered: what a kind of them usually is (the table is ours), and their checklists (source: handbook 13).

Items of a checklist are short codes, `goods-placed`, with a label in each language, or a team's own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
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


def read_items(text: str) -> list[str]:
    """Return the items of a checklist, each once, apart by ; or its full-width form."""
    return list(dict.fromkeys(item.strip() for item in re.split("[;；]", text) if item.strip()))


def find_items(items: Sequence[str], typed: str, label: Callable[[str], str]) -> list[str]:
    """Return the items that `typed` can mean: the one called so, else those of which it is a part, else none.

    An item is called by its code or by its `label`; case, underscores and blanks don't count.
    """
    wanted = _compared(typed)
    if not wanted:
        return []
    ranks = {item: _rank(wanted, _compared(item), _compared(label(item))) for item in items}
    best = min(ranks.values(), default=_NO_RANK)
    return [item for item, rank in ranks.items() if rank == best != _NO_RANK]


_NO_RANK: Final = 3


def _rank(wanted: str, code: str, shown: str) -> int:
    """Return how well a name fits an item, 0 the best: its code, its label, a part of either; _NO_RANK not at all."""
    fits = (wanted == code, wanted == shown, wanted in code or wanted in shown)
    return fits.index(True) if True in fits else _NO_RANK


def _compared(text: str) -> str:
    return re.sub("[_ -]+", "-", text.strip().casefold())


def not_ticked(items: Sequence[str], ticked: Sequence[str]) -> list[str]:
    """Return the items of a checklist that weren't ticked, in its order."""
    return [item for item in items if item not in ticked]
