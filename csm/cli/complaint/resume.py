"""`csm complaint resume`."""

from __future__ import annotations

import typer

from csm.cli.complaint.options import Ref
from csm.cli.session import Session


def run(ctx: typer.Context, ref: Ref) -> None:
    """Go on with a case that waited for the customer.

    \b
    Example:
      csm complaint resume cp12
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    done = beside.resume(session, ref)
    tell_done(ctx, done, say("cp{id} goes on", id=done.file.id))
