"""What isn't a row a record as rows: address books and other tables of persons, and the filled form of a survey.

A person becomes a customer: their organisation, else they themselves, with the person as its contact (the command-line
contract, section 4). What has no place of its own (further email addresses, relations, events) is kept in the note.
Columns that are no part of a person stay as they are, under their own headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from csm.transfer.contact_exports import (
    ContactColumns,
    ContactRow,
    contact_export_map,
    contact_row,
    detect_contact_export,
    lost_columns,
)
from csm.transfer.headings import SEVERAL, known_headings, normal
from csm.transfer.mapping import columns_called
from csm.transfer.sheet import unguard, unguard_phone

TableRow = tuple[int, Sequence[str], Sequence[str]]

HEADINGS: Final = {
    "customers": (
        *("name", "kind", "phone", "email", "address", "tags", "note"),
        *("contact", "contact_phone", "contact_email", "role", "wechat", "birthday", "nickname"),
    ),
    "contacts": ("customer", "name", "phone", "email", "role", "wechat", "birthday", "remarks", "nickname"),
}
_KEYS: Final = frozenset({"id", "code", "external_id"})


class ContactTable:
    """A table of persons as a table of records.

    headings: the fields that are made, then the headings of columns that stay as they are. made: the field of each
    heading that is made, by index. persons: its rows have no key, so that persons of one organisation go on one card.
    lost: the headings of columns with a cell that is kept nowhere. filled: the headings of the columns that stay and
    have a cell that isn't empty: an export has many without. Both are known when all rows were read.
    """

    def __init__(
        self, kind: str, headings: Sequence[str], columns: ContactColumns, *, guarded: bool, persons: bool
    ) -> None:
        self._kind = kind
        self._own = headings
        self._columns = columns
        self._guarded = guarded
        self._lost: set[int] = set()
        self.filled: set[str] = set()
        read = columns.read()
        self._stay = [index for index in range(len(headings)) if index not in read]
        self.headings = [*HEADINGS[kind], *(headings[index] for index in self._stay)]
        self.made = dict(enumerate(HEADINGS[kind]))
        self.persons = persons

    @property
    def lost(self) -> list[str]:
        """Return the headings of the columns that were not kept whole, in their order."""
        return [self._own[index] for index in sorted(self._lost)]

    def row(self, cells: Sequence[str], unused: AbstractSet[str]) -> list[str]:
        """Return the cells of a record made of the row of a person; `unused` are fields that are filled otherwise."""
        if self._guarded and "'" in "".join(cells):
            cells = [unguard(unguard_phone(cell)) for cell in cells]
        person = contact_row(self._columns, cells)
        made = _customer(person) if self._kind == "customers" else _contact(person)
        stay = [cells[index] for index in self._stay]
        used = [cell for field, cell in zip(HEADINGS[self._kind], made, strict=True) if field not in unused]
        self._lost.update(lost_columns(self._columns, cells, used))
        return [*made, *stay, *cells[len(self._own) :]]

    def rows(self, rows: Iterable[tuple[int, Sequence[str]]], by_hand: AbstractSet[str]) -> Iterator[TableRow]:
        """Yield the line of each row, the cells of its record, and the row itself."""
        unused = by_hand - SEVERAL[self._kind]
        for line, cells in rows:
            self.filled.update(self._own[index] for index in self._stay if cells[index].strip())
            yield line, self.row(cells, unused), cells


def contact_table(kind: str, headings: Sequence[str], pairs: Sequence[str], *, guarded: bool) -> ContactTable | None:
    """Return what reads a table with these headings as one of persons; None for any other table.

    Columns that `pairs` map are left alone. Raises what reading `pairs` raises.
    """
    which = detect_contact_export(headings) if kind in HEADINGS else None
    if which is None or (kind == "contacts" and which == "people" and not _has_parts(headings)):
        return None
    by_hand = columns_called(pairs, headings)
    columns = contact_export_map(which, headings, by_hand)
    if which == "people" and not _is_person(columns):
        return None
    keyed = which == "people" and _is_keyed(kind, headings, by_hand, pairs)
    return ContactTable(kind, headings, columns, guarded=guarded, persons=not keyed)


def _is_keyed(kind: str, headings: Sequence[str], by_hand: AbstractSet[int], pairs: Sequence[str]) -> bool:
    """Return whether rows have a key of ours or of another program."""
    known = known_headings(kind)
    texts = [heading for index, heading in enumerate(headings) if index not in by_hand]
    texts += [pair.rpartition("=")[2] for pair in pairs]
    return any(known.get(normal(text)) in _KEYS for text in texts)


def _has_parts(headings: Sequence[str]) -> bool:
    """Return whether the name stands in several columns: a whole name is read without such a table."""
    columns = contact_export_map("people", headings)
    return bool(columns.parts["given"] and columns.parts["family"])


def _is_person(columns: ContactColumns) -> bool:
    parts = columns.parts
    return bool(parts["given"] or parts["family"] or (parts.get("whole") and parts.get("organisation")))


def _customer(row: ContactRow) -> Sequence[str]:
    phones, emails, person = row["phones"], row["emails"], row["person"]
    phone, email = "".join(phones[:1]), "".join(emails[:1])
    name = row["organisation"] or person or email or phone
    note = "\n".join(part for part in (row["note"], *emails[1:], *row["more"]) if part)
    return (
        *(name, "company" if row["organisation"] else "person", phone, email, row["address"], ";".join(row["tags"])),
        *(note, person or email or phone, ";".join(phones), email),
        *(row["role"], row["wechat"], row["birthday"], row["nickname"]),
    )


def _contact(row: ContactRow) -> Sequence[str]:
    emails = row["emails"]
    address = [f"Address: {row['address']}"] if row["address"] else []
    remarks = "\n".join(part for part in (row["note"], *emails[1:], *address, *row["more"]) if part)
    return (
        *(row["organisation"] or row["person"], row["person"] or row["organisation"], ";".join(row["phones"])),
        *("".join(emails[:1]), row["role"], row["wechat"], row["birthday"], remarks, row["nickname"]),
    )
