"""What several verbs of `staff` print."""

from __future__ import annotations

from typing import Any

import typer

from csm.cli.session import Session
from csm.domain.records import STAFF


def read_values(session: Session, typed: dict[str, list[str]]) -> dict[str, Any]:
    from csm.cli import drafts

    values: dict[str, Any] = drafts.stored(session, STAFF, typed)
    if "level" in values:
        values["level"] = int(values["level"])
    return values


def print_changed(ctx: typer.Context, sentence: str, staff_id: int) -> None:
    from csm.cli.output import changed
    from csm.storage import rows

    session: Session = ctx.obj
    changed(
        session,
        ctx.meta["given"],
        sentence,
        STAFF,
        rows.fetch(session.database.connection, "staff_list", staff_id) or {},
    )
