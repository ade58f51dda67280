"""Which customer a row of a file is: by its key, else by phone and name, else by a name that only one card has.

The compared forms of all cards are held in memory while a file is read, those of the rows already taken included, so
that rows of one file match each other as they match the cards (the command-line contract, section 4).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

from csm.domain.values.folding import alike, forms, may_have_umlauts
from csm.storage.files import known

# One card has a value nearly always: only where several have it is there a list.
Known = dict[str, "int | list[int]"]


class Marks(NamedTuple):
    """What tells a card from others: its keys, its compared phone, its compared name, its email."""

    external_id: str | None
    code: str | None
    digits: str | None
    name_key: str
    email: str | None = None

    @property
    def has_key(self) -> bool:
        """Return whether there is a key of another program."""
        return self.external_id is not None or self.code is not None


class SameCard(Exception):
    """The row is one of the cards `ids`, but not marked as such: a second card would be a double."""

    def __init__(self, field: str, ids: Sequence[int]) -> None:
        super().__init__(field, ids)
        self.field = field
        self.ids = ids


class SeveralCards(SameCard):
    """The row may be any of the cards `ids`."""


class Found(NamedTuple):
    """The card that a row is, or None; `doubles`: cards with which it would share a phone or a name as a new one."""

    id: int | None
    doubles: Sequence[int] = ()


NEW: Final = Found(None)


class Index:
    """The marks of every card."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.externals: Known = {}
        self.codes: Known = {}
        self.phones: Known = {}
        self.names: Known = {}
        self._identities: Known = {}
        self._emails: dict[int, str] = {}
        self._codes_of: dict[int, str] = {}
        self._externals_of: dict[int, str] = {}
        for card_id, *marks in known.marks(connection):
            self.add(card_id, Marks(*marks))

    def add(self, card_id: int, marks: Marks) -> None:
        """Note a card."""
        external_id, code, digits, name_key, email = marks
        if email:
            self._emails[card_id] = email.casefold()
        if external_id:
            self._externals_of[card_id] = external_id
            if self.externals.setdefault(external_id, card_id) != card_id:
                _put(self.externals, external_id, card_id)
        if code:
            self._codes_of[card_id] = code
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
        self._externals_of.pop(card_id, None)
        self._codes_of.pop(card_id, None)
        self._emails.pop(card_id, None)

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
        candidates = self._candidates(row, own_id)
        if own_id in candidates:
            return Found(own_id)
        if len(candidates) == 1:
            return Found(candidates[0])
        if not (row.has_key or force):
            self._refuse_double(row, candidates)
        return Found(None, tuple(dict.fromkeys((*self._same_phone(row), *having(self.names, row.name_key)))))

    def _candidates(self, row: Marks, own_id: int | None) -> list[int]:
        """Return the cards that a row may be: those of its phone and name, else those of its name alone."""
        identical = having(self._identities, f"{row.digits}\n{row.name_key}") if row.digits else ()
        candidates = [card for card in identical if not self._has_another_key(card, row, own_id)]
        if candidates:
            return candidates
        # A name alone is a weaker sign than a key: for a row with a key it counts where a single card has it.
        same_name = having(self.names, row.name_key)
        alike = same_name if len(same_name) == 1 and self._one_lacks_phone(row) else ()
        if not row.digits and not row.has_key:
            alike = having(self._identities, f"None\n{row.name_key}") or alike
        return self._by_name(alike, row, own_id)

    def _same_phone(self, row: Marks) -> Sequence[int]:
        return having(self.phones, row.digits) if row.digits else ()

    def doubles(self, marks: Marks, card_id: int) -> list[int]:
        """Return the other cards that share the phone or the name of a card."""
        phones = having(self.phones, marks.digits) if marks.digits else ()
        alike = dict.fromkeys((*phones, *having(self.names, marks.name_key)))
        return [other for other in alike if other != card_id]

    def _by_name(self, alike: Sequence[int], row: Marks, own_id: int | None) -> list[int]:
        """Return which of the cards with the name of a row it may be: the one of its email, none with another."""
        cards = [card for card in alike if not self._has_another_key(card, row, own_id)]
        same = [card for card in cards if row.email and self._emails.get(card) == row.email.casefold()]
        return same or [card for card in cards if not self._has_another_email(card, row, own_id)]

    def _has_another_email(self, card_id: int, row: Marks, own_id: int | None = None) -> bool:
        """Return whether a card and a row of the same name have two different emails: they are two people."""
        known = self._emails.get(card_id)
        return card_id != own_id and bool(known and row.email) and known != (row.email or "").casefold()

    def _by_key(self, row: Marks, own_id: int | None) -> int | None:
        field, ids = "external_id", having(self.externals, row.external_id or "")
        if not ids:
            field, ids = "code", having(self.codes, row.code or "")
        if own_id in ids:
            return own_id
        if len(ids) > 1:
            same_name = having(self.names, row.name_key)
            named = [card for card in ids if card in same_name]
            if len(named) != 1:
                raise SeveralCards(field, ids)
            return named[0]
        return ids[0] if ids else None

    def _one_lacks_phone(self, row: Marks) -> bool:
        return not row.digits or bool(having(self._identities, f"None\n{row.name_key}"))

    def _has_another_key(self, card_id: int, row: Marks, own_id: int | None) -> bool:
        """Return whether a card has a key of the kind that the row has: as the keys differ, it is another customer.

        Not so where its id says that it is this card, and not where a spreadsheet has cut the zeros of its code.
        """
        if card_id == own_id and card_id in having(self._identities, f"{row.digits}\n{row.name_key}"):
            return False
        keys = ((row.code, self._codes_of.get(card_id)), (row.external_id, self._externals_of.get(card_id)))
        return any(key is not None and known is not None and not without_zeros(key, known) for key, known in keys)

    def _refuse_double(self, row: Marks, candidates: Sequence[int]) -> None:
        """Raise for a row that looks like a known customer (source: handbook 3)."""
        if candidates:
            raise SeveralCards("name", candidates)
        if same_phone := self._same_phone(row):
            raise SameCard("phone", same_phone)
        without_phone = f"None\n{row.name_key}"
        suspects = having(self._identities, without_phone) if row.digits else having(self.names, row.name_key)
        if suspects := [card for card in suspects if not self._has_another_email(card, row)]:
            raise SameCard("name", suspects)


def without_zeros(code: str, known: str) -> bool:
    """Return whether a code is what a spreadsheet leaves of the `known` one: 7 of 007."""
    return code.isdigit() and known.isdigit() and code == known.lstrip("0")


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
