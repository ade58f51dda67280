"""`csm callback reopen`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.callback.results import print_changed
from csm.cli.days import appointed, together
from csm.cli.session import Session
from csm.i18n import say
from csm.services.callback import editing
from csm.services.callback import writing as callbacks


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ID", help="The callback.")],
) -> None:
    """Open a callback again that was done, skipped or cancelled by mistake; what was planned after it is withdrawn.

    What was noted on it stays among the kept changes.

    \b
    Example:
      csm callback reopen cb12
    """
    session: Session = ctx.obj
    row = callbacks.one(session.database.connection, ref)
    reopened = editing.reopen(session, row)
    sentence = say("callback cb{id} is open again, due {day}", id=row["id"], day=appointed(session, reopened.due))
    if reopened.withdrawn:
        refs = say(", ").join(f"cb{identity}" for identity in reopened.withdrawn)
        sentence = together(sentence, say("withdrawn: {refs}", refs=refs))
    print_changed(ctx, sentence, row["id"])
