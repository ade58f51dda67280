"""Checklists of services rendered: what is ticked when one is recorded (handbook 13).

Items are short codes, `goods-placed`, or a team's own words; the given ones have a label in each language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence


def read_items(text: str) -> list[str]:
    """Return the items of a checklist, each once, apart by ; or its full-width form."""
    return list(dict.fromkeys(item.strip() for item in re.split("[;；]", text) if item.strip()))


def find_items(items: Sequence[str], typed: str, label: Callable[[str], str]) -> list[str]:
    """Return the items that `typed` can mean: the one called so, else those of which it is a part, else none.

    An item is called by its code or by its `label`; case, underscores and blanks don't count.
    """
    wanted = _folded(typed)
    if not wanted:
        return []
    names = {item: (_folded(item), _folded(label(item))) for item in items}
    called = [item for item in items if wanted == names[item][0]] or [item for item in items if wanted in names[item]]
    return called or [item for item in items if any(wanted in name for name in names[item])]


def _folded(text: str) -> str:
    return re.sub("[_ -]+", "-", text.strip().casefold())


def not_ticked(items: Sequence[str], ticked: Sequence[str]) -> list[str]:
    """Return the items of a checklist that weren't ticked, in its order."""
    return [item for item in items if item not in ticked]
