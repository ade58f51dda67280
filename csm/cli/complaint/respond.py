"""`csm complaint respond`."""

from __future__ import annotations

from datetime import datetime

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.questions import asks
from csm.i18n import say
from csm.services.complaint import other_events


@asks(
    "respond",
    text="What was said or written down.",
    at="When; now unless told.",
    apologised="We said that we are sorry.",
)
def run(ctx: typer.Context, ref: str, text: str, at: datetime | None, apologised: bool) -> None:
    """Note a contact with the customer about a case; the first one answers it.

    \b
    Example:
      csm complaint respond cp12 "rang; a technician comes at four" --apologised
    """
    done = other_events.respond(ctx.obj, ref, text, at, apologised=apologised)
    tell_done(ctx, done, say("noted the contact about cp{id}", id=done.file.id))
