"""The problems that a team adds to the built-in ones, as one setting: keys with their Chinese names (handbook 6.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from csm.domain.errors import UsageFault
from csm.domain.terms import TERMS

KEY: Final = "complaint.problems"
BUILT_IN: Final = TERMS["problem"]
LONGEST: Final = 40
# Compiled where one is checked: every command that reads a setting loads this.
_KEY: Final = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
_BETWEEN: Final = frozenset(",，、\n\r\t")  # in a name they stand between two problems


def check(text: str) -> str:
    """Return the canonical text of own problems, `cold-food 菜凉; wrong-size 尺码不对`.

    A key is letters, digits and hyphens, a name has no comma and no line break. Keys and names come once, no name is
    the key of another, none is that of a problem of the program, and none is too long. Raises bad-problem (source:
    handbook 6.1).
    """
    found: dict[str, str] = {}
    for part in re.split("[;；]", text):
        key, _, name = (part.strip() + " ").partition(" ")
        if not key:
            continue
        name = name.strip() or key
        _check_one(key, name, found)
        found[key] = name
    return "; ".join(key if name == key else f"{key} {name}" for key, name in found.items())


def _check_one(key: str, name: str, others: Mapping[str, str]) -> None:
    """Raise bad-problem for a key or a name that can't be used, or that one of the others has."""
    if not re.fullmatch(_KEY, key) or key in BUILT_IN or key in others or key in others.values():
        raise UsageFault("bad-problem", value=key)
    taken = name in others or name in others.values() or name in BUILT_IN
    if taken or len(key) > LONGEST or len(name) > LONGEST or not _BETWEEN.isdisjoint(name):
        raise UsageFault("bad-problem", value=name)


@lru_cache(8)
def own(text: str) -> Mapping[str, str]:
    """Return the Chinese name of each own problem by its key, from the canonical text of the setting."""
    pairs = [part.partition(" ") for part in text.split("; ") if part]
    return {key: name or key for key, _, name in pairs}
