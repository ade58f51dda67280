"""`csm complaint wait`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.options import Ref, words
from csm.cli.session import Session
from csm.i18n import say
from csm.services.complaint import other_events


def run(
    ctx: typer.Context,
    ref: Ref,
    what_for: Annotated[str, typer.Option("--for", metavar="TEXT", help="What the customer is to bring or say.")],
) -> None:
    """Wait for the customer; proposal and resolution stand still meanwhile.

    \b
    Example:
      csm complaint wait cp12 --for "the delivery note"
    """
    session: Session = ctx.obj
    done = other_events.wait(session, ref, words("--for", what_for))
    tell_done(ctx, done, say("cp{id} waits for the customer", id=done.file.id))
