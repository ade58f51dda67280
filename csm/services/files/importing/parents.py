"""Which card the head office in a row of customers is: by the id in the same file, a key of its own, or its name.

A branch may stand before its head office: such rows wait until all others are taken, and again as long as that brings
further cards. What nobody is, is refused then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from csm.domain.customer.branches import closing_chain
from csm.domain.customer.card import name_key
from csm.domain.errors import CsmError, NotFound, Refused
from csm.services.files.importing.matching import Index, having, known_key
from csm.services.files.importing.rows import Row, RowWaits, Waiting
from csm.services.files.importing.values import RowFault
from csm.storage.files import known

FIELDS: Final = ("parent_id", "parent")
SHOWN: Final = 3
LONGEST_ID: Final = 15


class Parents:
    """Finds head offices, and knows whether waiting for one still makes sense."""

    def __init__(self, connection: sqlite3.Connection, index: Index, waiting: Waiting) -> None:
        self._connection = connection
        self._cards = waiting
        self._index = index
        self._of_file: dict[int, int] = {}
        self._waiting: dict[str, str] = {}  # the name of a row, and its head office
        self._above: dict[str, str] = {}
        self._wait = self._waited = 0
        self._is_over = False

    def note(self, row: Row, card_id: int) -> None:
        """Take note of the card that a row of the file is."""
        if "id" in row:
            self._of_file[row["id"]] = card_id

    def pass_ended(self) -> None:
        """Take note that all rows were taken, or wait: where as many wait as before, nobody will come any more."""
        if self._wait:
            self._is_over = self._wait == self._waited
            self._above, self._waiting = self._waiting, {}
            self._waited, self._wait = self._wait, 0

    def of(self, row: Row) -> int | None:
        """Return the id of the head office of a row, None where it has none; raise RowWaits, RowFault."""
        number, name = row.get("parent_id"), row.get("parent")
        if number is None and name is None:
            return None
        field, text = ("parent", str(name)) if name is not None else ("parent_id", str(number))
        if number is not None and (numbered := self._of_file.get(_whole(number))) is not None:
            return numbered
        found = self._meant(number, name)
        if not self._is_over and (not found or number is not None):
            # where there is a number, its row may still come
            self._waiting[_mark(row)] = name_key(text)
            self._wait += 1
            raise RowWaits
        if len(found) == 1:
            return found[0]
        raise RowFault(field, self._error(row, text, found))

    def _meant(self, number: str | int | None, name: str | None) -> Sequence[int]:
        """Return the cards that a name means, else a number, as a key or with the name as the id of a stored card."""
        found = self._called(name) if name is not None else ()
        if number is None:
            return found
        found = found or self._called(str(number))
        return found if len(found) == 1 else self._stored(_whole(number), name) or found

    def _called(self, text: str) -> Sequence[int]:
        """Return the cards with a text as another program's key, else as their code, else as their name."""
        index = self._index
        key = known_key(self._connection, index, text, name_key(text))
        return having(index.externals, text) or having(index.codes, text) or having(index.names, key)

    def _stored(self, card_id: int, name: str | None) -> Sequence[int]:
        """Return the card with an id, which counts only with the name that the card has."""
        found = known.card_name_key(self._connection, card_id)
        return (card_id,) if found is not None and name is not None and name_key(name) == found else ()

    def _error(self, row: Row, text: str, found: Sequence[int]) -> CsmError:
        """Return why the head office `text` of a row can't be taken: in a circle, nobody's name, or several's."""
        chain = closing_chain(_mark(row), name_key(text), self._above)
        if chain is not None:
            told = {"customer": row["name"], "parent": text, "chain": " > ".join(reversed(chain))}
            return Refused("branches-in-circle", **told)
        if not found:
            return NotFound("no-head-office-here", ref=text)
        self._cards.flush()
        candidates = []
        for card_id in found[:SHOWN]:
            name, code, phone = known.card_values(self._connection, card_id, ("name", "code", "phone"))
            candidates.append((f"cu{card_id}", name, code or phone or ""))
        return NotFound("not-unique", kind="customer", ref=text, candidates=candidates)


def _whole(text: object) -> int:
    """Return a number of the file, 0 for any other text."""
    number = str(text).casefold().removeprefix("cu")
    return int(number) if number.isdecimal() and len(number) <= LONGEST_ID else 0


def _mark(row: Row) -> str:
    return name_key(row["name"])
