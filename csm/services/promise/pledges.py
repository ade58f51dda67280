"""Pledges: what the house promises everybody; each change is one transaction (handbook 7)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from csm.domain.errors import NotFound, Refused
from csm.storage import rows

if TYPE_CHECKING:
    from csm.services.work import Work


def find(connection: sqlite3.Connection, ref: str) -> dict[str, Any]:
    """Return the pledge with an id; raise no-such-record."""
    text = ref.strip()
    known = text.isascii() and text.isdecimal() and len(text) < 19 and text[0] != "0"
    row = rows.fetch(connection, "pledge", int(text)) if known else None
    if row is None:
        from csm.services.short_references import refuse_other_kind

        refuse_other_kind(connection, "pledge", ref)
        raise NotFound("no-such-record", kind="pledge", ref=ref)
    return row


def in_force(connection: sqlite3.Connection, ref: str) -> dict[str, Any]:
    """Return the pledge with an id that the house still gives; raise no-such-record, pledge-retired."""
    row = find(connection, ref)
    if row["retired_on"] is not None:
        raise Refused("pledge-retired", pledge_id=row["id"], day=row["retired_on"])
    return row


def add(work: Work, values: Mapping[str, object]) -> int:
    """Give a pledge, `values` are stored columns; return its id."""
    with work.database.writing(work.command, make=True) as connection:
        return rows.insert(connection, "pledge", {**values, "created_at": work.now_text})


def retire(work: Work, ref: str) -> int:
    """Give a pledge no longer; promises that were made under it stay. Return its id.

    Raises no-such-record, pledge-retired.
    """
    with work.database.writing(work.command) as connection:
        pledge_id = int(in_force(connection, ref)["id"])
        rows.update(connection, "pledge", pledge_id, {"retired_on": work.today.isoformat()})
        return pledge_id
