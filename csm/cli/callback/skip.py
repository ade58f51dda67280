"""`csm callback skip`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.callback.results import print_changed
from csm.cli.session import Session


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
    from csm.cli.days import appointed, together
    from csm.i18n import say
    from csm.services import references
    from csm.services.callback import writing as callbacks

    session: Session = ctx.obj
    row = references.record(session.database.connection, "callback", ref)
    next_id, following = callbacks.skip(session, row, reason)
    sentence = say("skipped callback cb{id}", id=row["id"])
    if following is not None:
        said = say("next: cb{id} on {day}", id=next_id, day=appointed(session, following))
        sentence = together(sentence, said)
    print_changed(ctx, sentence, int(str(row["id"])))
