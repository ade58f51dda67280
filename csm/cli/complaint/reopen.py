"""`csm complaint reopen`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import By, Ref, decider, words
from csm.cli.session import Session


def run(
    ctx: typer.Context,
    ref: Ref,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    by: By = None,
) -> None:
    """Open a closed case again, at step 4; one that was unfounded takes a leader.

    \b
    Example:
      csm complaint reopen cp12 --reason "the oven is cold again"
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    done = beside.reopen(session, ref, words("--reason", reason), decider(session, by))
    tell_done(ctx, done, say("cp{id} is open again", id=done.file.id))
