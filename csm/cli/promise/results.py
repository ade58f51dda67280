"""What several verbs of `promise` print."""

from __future__ import annotations

from typing import Any

import typer

from csm.cli.promise.options import LISTED
from csm.cli.session import Session
from csm.i18n import say


def record_of(session: Session, promise_id: int) -> dict[str, Any]:
    from csm.storage import rows
    from csm.storage.listing import by_field

    return by_field(LISTED, rows.fetch(session.database.connection, "promise_list", promise_id) or {})


def print_changed(ctx: typer.Context, sentence: str, record: dict[str, Any]) -> None:
    from csm.cli.output import changed

    changed(ctx.obj, ctx.meta["given"], sentence, LISTED, record)


def echoed(session: Session, due_at: str) -> str:
    """Return when something is due; what is past is said to be overdue."""
    from csm.cli.days import said_moment

    shown = said_moment(session, due_at)
    return say("{day}, overdue", day=shown) if due_at < session.now_text else shown
