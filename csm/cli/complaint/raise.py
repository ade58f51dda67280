"""`csm complaint raise`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.messages import customer_of, tell_done
from csm.cli.complaint.options import Ref
from csm.cli.session import Session
from csm.i18n import say
from csm.services.complaint import other_events


def run(
    ctx: typer.Context,
    ref: Ref,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")] = None,
) -> None:
    """Make a grievance a complaint, which starts step 2.

    \b
    Example:
      csm complaint raise cp12 --reason "wants a written answer"
    """
    session: Session = ctx.obj
    done = other_events.raise_grievance(session, ref, reason)
    name = customer_of(session, done.file)
    tell_done(ctx, done, say("grievance cp{id} of {name} is a complaint now", id=done.file.id, name=name))
