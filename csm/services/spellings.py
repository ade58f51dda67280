"""From a text typed for a filter to the texts that are stored: folded, or a part that only one of them has.

Never an empty list where a name was misspelt: a filter by owner, region, route, tag or product that fits nothing is
refused with the near ones (the command-line contract, section 1).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from csm.domain.errors import NotFound
from csm.domain.values.folding import alike, folded, forms, holds
from csm.storage import spellings

SHOWN = 10
# What the user is called by whoever types.
ME = ("me", "我", "本人", "自己")


def find(connection: sqlite3.Connection, kind: str, text: str) -> list[str]:
    """Return every stored spelling of the owner, region, route, tag, product or line that `text` means.

    Raises no-such-record with the near ones, several-values.
    """
    known = list(dict.fromkeys(spellings.indexed(connection, kind)))
    found = _chosen(kind, known, text)
    if not found:
        known += [other for other in dict.fromkeys(spellings.whole(connection, kind)) if other not in known]
        found = _chosen(kind, known, text)
    if found:
        return found
    raise NotFound("no-such-record", kind=kind, ref=text, near=_as_candidates(_near(known, text)))


def find_in(connection: sqlite3.Connection, view: str, column: str, text: str) -> list[str]:
    """Return the texts of a column that `text` means, none where nothing is like it; raise several-values."""
    return _chosen("value", spellings.holding(connection, view, column, forms(text)), text)


def own_field(connection: sqlite3.Connection, key: str, value: str) -> tuple[str, list[str]]:
    """Return the key of an own field as it is stored, and the stored values that `value` means; none for an empty one.

    Raises no-such-record for a key that no card has, several-values.
    """
    known = spellings.own_keys(connection)
    keys = [key] if key in known else [name for name in known if alike(name, key)]
    if not keys:
        raise NotFound("no-such-record", kind="own field", ref=key, near=_as_candidates(_near(known, key)))
    if len(keys) > 1:
        raise NotFound("several-values", kind="own field", ref=key, candidates=_as_candidates(keys))
    if not value:
        return keys[0], []
    return keys[0], _chosen("value", spellings.own_values(connection, keys[0]), value) or [value]


def owner(connection: sqlite3.Connection, text: str, user: str) -> list[str]:
    """Return every stored spelling of the person that `text` means; `me` is the user. Raises as `find` does."""
    return find(connection, "owner", user if folded(text) in ME else text)


def _chosen(kind: str, known: Sequence[str], text: str) -> list[str]:
    equal = [name for name in known if alike(name, text)]
    if equal or not folded(text):
        # An umlaut may be written in either way: what is spelt as typed comes first.
        return [name for name in equal if folded(name) == folded(text)] or equal
    parts = [name for name in known if holds(name, text)]
    if len(set(map(folded, parts))) > 1:
        raise NotFound("several-values", kind=kind, ref=text, candidates=_as_candidates(parts[:SHOWN]))
    return parts


def _as_candidates(names: Iterable[str]) -> list[tuple[str]]:
    return [(name,) for name in names]


def _near(known: Iterable[str], text: str) -> list[str]:
    """Return the names spelt nearly like `text`, else the first of all."""
    by_key: dict[str, str] = {}
    for name in known:
        by_key.setdefault(folded(name), name)
    alike_ones = get_close_matches(folded(text), by_key, n=5, cutoff=0.6)
    return [by_key[key] for key in alike_ones] or [by_key[key] for key in sorted(by_key)][:SHOWN]
