"""What several verbs of `pledge` print."""

from __future__ import annotations

import typer

from csm.cli.output import changed
from csm.cli.session import Session
from csm.domain.promise.record import PLEDGE
from csm.storage import rows
from csm.storage.listing import by_field


def print_changed(ctx: typer.Context, sentence: str, pledge_id: int) -> None:
    session: Session = ctx.obj
    record = rows.fetch(session.database.connection, "pledge_list", pledge_id) or {}
    changed(session, ctx.meta["given"], sentence, PLEDGE, by_field(PLEDGE, record))
