"""What several verbs of `staff` print."""

from __future__ import annotations

from typing import Any

import typer

from csm.cli import drafts
from csm.cli.output import changed
from csm.cli.session import Session
from csm.domain.house.record import STAFF
from csm.storage import rows


def read_values(session: Session, typed: dict[str, list[str]]) -> dict[str, Any]:
    values: dict[str, Any] = drafts.stored(session, STAFF, typed)
    if "level" in values:
        values["level"] = int(values["level"])
    return values


def print_changed(ctx: typer.Context, sentence: str, staff_id: int) -> None:
    session: Session = ctx.obj
    changed(
        session,
        ctx.meta["given"],
        sentence,
        STAFF,
        rows.fetch(session.database.connection, "staff_list", staff_id) or {},
    )
