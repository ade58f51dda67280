"""What isn't a row a record as rows: address books of Google and Outlook, and the filled form of a survey.

A person becomes a customer: their organisation, else they themselves, with the person as its contact (the command-line
contract, section 4). What has no place of its own (further email addresses) is kept in the note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from csm.transfer.contact_exports import ContactRow, contact_export_map, contact_row, detect_contact_export
from csm.transfer.reading import Table
from csm.transfer.sheet import unguard, unguard_phone
from csm.transfer.survey_forms import as_rows

HEADINGS: Final = {
    "customers": (
        *("name", "kind", "phone", "email", "address", "tags", "note"),
        *("contact", "contact_phone", "contact_email", "role", "wechat", "birthday"),
    ),
    "contacts": ("customer", "name", "phone", "email", "role", "wechat", "birthday", "remarks"),
}


def as_table(kind: str, table: Table, *, guarded: bool) -> Table | None:
    """Return an address book or a form as a table whose headings are fields of `kind`; None for any other table."""
    if kind == "surveys":
        return as_rows(table, guarded=guarded)
    which = detect_contact_export(table.headings) if kind in HEADINGS else None
    if which is None:
        return None
    columns = contact_export_map(which, table.headings)
    cells = {"customers": _customer, "contacts": _contact}[kind]
    return Table(list(HEADINGS[kind]), _rows(table, lambda row: cells(contact_row(columns, row)), guarded=guarded))


def _rows(
    table: Table, cells: Callable[[Sequence[str]], Sequence[str]], *, guarded: bool
) -> Iterator[tuple[int, Sequence[str]]]:
    for line, row in table.rows:
        suspect = guarded and "'" in "".join(row)
        yield line, cells([unguard(unguard_phone(cell)) for cell in row] if suspect else row)


def _customer(book: ContactRow) -> Sequence[str]:
    phones, emails = book["phones"], book["emails"]
    phone, email = "".join(phones[:1]), "".join(emails[:1])
    person = book["person"]
    name = book["organisation"] or person or email or phone
    note = "\n".join(part for part in (book["note"], *emails[1:]) if part)
    return (
        *(name, "company" if book["organisation"] else "person", phone, email, book["address"]),
        *(";".join(book["tags"]), note),
        *(person or email or phone, ";".join(phones), email, book["role"], book["wechat"], book["birthday"]),
    )


def _contact(book: ContactRow) -> Sequence[str]:
    emails = book["emails"]
    remarks = "\n".join(part for part in (book["note"], *emails[1:]) if part)
    return (
        *(book["organisation"] or book["person"], book["person"] or book["organisation"], ";".join(book["phones"])),
        *("".join(emails[:1]), book["role"], book["wechat"], book["birthday"], remarks),
    )
