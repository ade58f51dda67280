"""Which customer a row of a file is: by its key, else by phone and name, else by a name that only one card has.

The compared forms of all cards are held in memory while a file is read, those of the rows already taken included, so
that rows of one file match each other as they match the cards (the command-line contract, section 4).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

from csm.domain.folding import alike, forms, may_have_umlauts
from csm.storage import known

# One card has a value nearly always: only where several have it is there a list.
Known = dict[str, "int | list[int]"]


class Marks(NamedTuple):
    """What tells a card from others: its keys, its compared phone, its compared name."""

    external_id: str | None
    code: str | None
    digits: str | None
    name_key: str


class SameCard(Exception):
    """The row is one of the cards `ids`, but not said to be: a second card would be a double."""

    def __init__(self, field: str, ids: Sequence[int]) -> None:
        super().__init__(field, ids)
        self.field = field
        self.ids = ids


class SeveralCards(SameCard):
    """The row may be any of the cards `ids`."""


class Found(NamedTuple):
    """The card that a row is, or None; `doubles`: as a new card it would share a phone or a name with another."""

    id: int | None
    doubles: bool = False


NEW: Final = Found(None)


class Index:
    """The marks of every card."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.externals: Known = {}
        self.codes: Known = {}
        self.phones: Known = {}
        self.names: Known = {}
        self._identities: Known = {}
        self._with_external: set[int] = set()
        self._with_code: set[int] = set()
        for card_id, *marks in known.marks(connection):
            self.add(card_id, Marks(*marks))

    def add(self, card_id: int, marks: Marks) -> None:
        """Note a card."""
        external_id, code, digits, name_key = marks
        if external_id:
            self._with_external.add(card_id)
            if self.externals.setdefault(external_id, card_id) != card_id:
                _put(self.externals, external_id, card_id)
        if code:
            self._with_code.add(card_id)
            if self.codes.setdefault(code, card_id) != card_id:
                _put(self.codes, code, card_id)
        if digits and self.phones.setdefault(digits, card_id) != card_id:
            _put(self.phones, digits, card_id)
        if self.names.setdefault(name_key, card_id) != card_id:
            _put(self.names, name_key, card_id)
        identity = f"{digits}\n{name_key}"
        if self._identities.setdefault(identity, card_id) != card_id:
            _put(self._identities, identity, card_id)

    def remove(self, card_id: int, marks: Marks) -> None:
        """Forget a card whose marks are about to change."""
        for table, key in (
            (self.externals, marks.external_id),
            (self.codes, marks.code),
            (self.phones, marks.digits),
            (self.names, marks.name_key),
            (self._identities, f"{marks.digits}\n{marks.name_key}"),
        ):
            if key is not None and card_id in (ids := having(table, key)):
                if left := [other for other in ids if other != card_id]:
                    table[key] = left
                else:
                    del table[key]
        self._with_external.discard(card_id)
        self._with_code.discard(card_id)

    def find(self, row: Marks, own_id: int | None, *, force: bool) -> Found:
        """Return the card that a row is; `own_id` is the id in the row, which only settles a doubt.

        Raises SeveralCards, and SameCard for a row without a key that would be a double, unless `force`.
        """
        if row.code in self.codes or row.external_id in self.externals:
            keyed = self._by_key(row, own_id)
            if keyed is not None:
                return Found(keyed)
        if row.name_key not in self.names and row.digits not in self.phones:
            return NEW
        has_key = row.external_id is not None or row.code is not None
        same_name = having(self.names, row.name_key)
        same_phone = having(self.phones, row.digits) if row.digits else ()
        # A name alone is a weaker sign than a key: for a row with a key it counts where a single card has it.
        alike = same_name if len(same_name) == 1 and self._one_lacks_phone(row) else ()
        if row.digits or not has_key:
            alike = having(self._identities, f"{row.digits}\n{row.name_key}") or alike
        candidates = [card for card in alike if not self._has_another_key(card, row)]
        if len(candidates) == 1 or own_id in candidates:
            return Found(own_id if own_id in candidates else candidates[0])
        if not has_key and not force:
            self._refuse_double(row, candidates, same_name, same_phone)
        return Found(None, True)

    def doubles(self, marks: Marks, card_id: int) -> bool:
        """Tell whether another card shares the phone or the name of a card."""
        phones = having(self.phones, marks.digits) if marks.digits else ()
        return any(other != card_id for other in (*phones, *having(self.names, marks.name_key)))

    def _by_key(self, row: Marks, own_id: int | None) -> int | None:
        for field, table, key in (("external_id", self.externals, row.external_id), ("code", self.codes, row.code)):
            if key is None or not (ids := having(table, key)):
                continue
            if len(ids) > 1 and own_id not in ids:
                named = [card for card in ids if card in having(self.names, row.name_key)]
                if len(named) != 1:
                    raise SeveralCards(field, ids)
                return named[0]
            return ids[0] if own_id is None or own_id not in ids else own_id
        return None

    def _one_lacks_phone(self, row: Marks) -> bool:
        return not row.digits or bool(having(self._identities, f"None\n{row.name_key}"))

    def _has_another_key(self, card_id: int, row: Marks) -> bool:
        """Tell whether a card has a key of the kind that the row has: as the keys differ, it is another customer."""
        other_code = row.code is not None and card_id in self._with_code
        return other_code or (row.external_id is not None and card_id in self._with_external)

    def _refuse_double(
        self, row: Marks, identical: Sequence[int], same_name: Sequence[int], same_phone: Sequence[int]
    ) -> None:
        """Raise for a row that looks like a known customer (source: handbook 3)."""
        if identical:
            raise SeveralCards("name", identical)
        if same_phone:
            raise SameCard("phone", same_phone)
        suspects = having(self._identities, f"None\n{row.name_key}") if row.digits else same_name
        if suspects:
            raise SameCard("name", suspects)


def known_key(connection: sqlite3.Connection, index: Index, name: str, own: str) -> str:
    """Return the compared form under which a card of this name is known, an umlaut written in either way; else `own`.

    Cards that the same file has just brought count by their own form alone.
    """
    if own in index.names or not may_have_umlauts(name, own):
        return own
    for key in forms(name)[1:]:
        for card_id in having(index.names, key):
            stored = known.card_values(connection, card_id, ("name",))
            if stored is not None and alike(str(stored[0]), name):
                return key
    return own


def having(table: Known, key: str) -> Sequence[int]:
    """Return the ids under a key."""
    found = table.get(key)
    if found is None:
        return ()
    return (found,) if isinstance(found, int) else found


def _put(table: Known, key: str, card_id: int) -> None:
    """Add a card to those under a key that has some."""
    found = table[key]
    if isinstance(found, list):
        found.append(card_id)
    else:
        table[key] = [found, card_id]
