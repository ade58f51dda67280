"""Short references such as cb12, and the one record that an id or a short reference means.

Apart from `csm.services.references`, which finds customers by what they are called, so that a command that names a
record by its id loads nothing of that.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from csm.storage import rows

# The short references of the command-line contract, by kind of record; a note's is ours.
PREFIXES: Final = {
    "customer": "cu",
    "callback": "cb",
    "complaint": "cp",
    "promise": "pr",
    "sale": "sa",
    "service": "sv",
    "survey": "su",
    "note": "nt",
    "contact": "ct",
}


def number(kind: str, ref: str) -> int | None:
    """Return the id that a plain number or a short reference such as cb12 says, else None."""
    text = ref.strip().lower().removeprefix(PREFIXES[kind])
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def split(ref: str) -> tuple[str, int] | None:
    """Return the kind and id of a short reference such as cb12, else None."""
    for kind, prefix in PREFIXES.items():
        text = ref.strip().lower()
        if text.startswith(prefix) and (found := number(kind, text)) is not None:
            return kind, found
    return None


def record(connection: sqlite3.Connection, kind: str, ref: str) -> dict[str, object]:
    """Return the stored row of a record of `kind` named by its id; raise NoSuchRecord."""
    found = number(kind, ref)
    row = rows.fetch(connection, kind, found) if found is not None else None
    if row is None:
        from csm.domain.errors import NoSuchRecord

        raise NoSuchRecord(kind=kind, ref=ref)
    return row
