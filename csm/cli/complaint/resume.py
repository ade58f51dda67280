"""`csm complaint resume`."""

from __future__ import annotations

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.options import Ref
from csm.cli.session import Session
from csm.i18n import say
from csm.services.complaint import other_events


def run(ctx: typer.Context, ref: Ref) -> None:
    """Go on with a case that waited for the customer.

    \b
    Example:
      csm complaint resume cp12
    """
    session: Session = ctx.obj
    done = other_events.resume(session, ref)
    tell_done(ctx, done, say("cp{id} goes on", id=done.file.id))
