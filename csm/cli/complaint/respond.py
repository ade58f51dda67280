"""`csm complaint respond`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import Ref, Text, words
from csm.cli.session import Session


def run(
    ctx: typer.Context,
    ref: Ref,
    text: Text,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When; now unless told.")] = None,
    apologised: Annotated[bool, typer.Option("--apologised", help="We said that we are sorry.")] = False,
) -> None:
    """Note a contact with the customer about a case; the first one answers it.

    \b
    Example:
      csm complaint respond cp12 "rang; a technician comes at four" --apologised
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services import values
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    moment = values.read_past_moment(at, session) if at is not None else None
    done = beside.respond(session, ref, words("TEXT", text), moment, apologised=apologised)
    tell_done(ctx, done, say("noted the contact about cp{id}", id=done.file.id))
