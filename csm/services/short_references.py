"""Short references such as cb12, and the one record that an id or a short reference means.

Apart from `csm.services.references`, which finds customers by what they are called, so that a command that names a
record by its id loads nothing of that.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from csm.domain.errors import NotFound
from csm.domain.kinds import PREFIXES
from csm.storage import rows


def number(kind: str, ref: str) -> int | None:
    """Return the id that a plain number or a short reference such as cb12 means, else None.

    Digits with a leading zero are never an id: they are a code, or the end of a phone.
    """
    text = _plain(ref).removeprefix(PREFIXES[kind])
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 and text[0] != "0" else None


def _plain(ref: str) -> str:
    text = ref.strip().lower()
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFKC", text)


def split(ref: str) -> tuple[str, int] | None:
    """Return the kind and id of a short reference such as cb12, else None."""
    text = _plain(ref)
    for kind, prefix in PREFIXES.items():
        if text.startswith(prefix) and (found := number(kind, text)) is not None:
            return kind, found
    return None


def identity(connection: sqlite3.Connection, kind: str, ref: str) -> int:
    """Return the id of a record of `kind` that is there, named by it; raise no-such-record, other-kind."""
    return int(record(connection, kind, ref)["id"])


def record(connection: sqlite3.Connection, kind: str, ref: str) -> dict[str, Any]:
    """Return the stored row of a record of `kind` named by its id; raise no-such-record, other-kind."""
    found = number(kind, ref)
    row = rows.fetch(connection, kind, found) if found is not None else None
    if row is None:
        refuse_other_kind(connection, kind, ref)
        raise NotFound("no-such-record", kind=kind, ref=ref)
    return row


def refuse_other_kind(connection: sqlite3.Connection, kind: str, ref: str) -> None:
    """Raise other-kind where `ref` is the short reference of a record that is there, of another kind than `kind`."""
    other = split(ref)
    if other is None or other[0] == kind:
        return
    row = rows.fetch(connection, other[0], other[1])
    if row is None:
        return
    # whose a part of a repayment plan is, its plan says
    owned = rows.known(connection, "repayment_plan", row["plan_id"]) if other[0] == "instalment" else row
    customer = rows.fetch(connection, "customer", owned["customer_id"]) if owned.get("customer_id") else None
    name = row.get("name") if customer is None else customer["name"]
    raise NotFound(
        "other-kind", ref=f"{PREFIXES[other[0]]}{other[1]}", other_kind=other[0], kind=kind, name=name or "-"
    )
