"""`csm callback skip`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.callback.results import print_changed
from csm.cli.days import appointed, together
from csm.cli.session import Session
from csm.i18n import say
from csm.services.callback import writing as callbacks


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ID", help="The callback.")],
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")] = None,
) -> None:
    """Skip an open callback; its series goes on.

    \b
    Example:
      csm callback skip cb12 --reason "closed for renovation"
    """
    session: Session = ctx.obj
    row = callbacks.one(session.database.connection, ref)
    next_id, following = callbacks.skip(session, row, reason)
    sentence = say("skipped callback cb{id}", id=row["id"])
    if following is not None:
        said = say("next: cb{id} on {day}", id=next_id, day=appointed(session, following))
        sentence = together(sentence, said)
    print_changed(ctx, sentence, row["id"])
