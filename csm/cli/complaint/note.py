"""`csm complaint note`."""

from __future__ import annotations

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.options import Ref, Text, words
from csm.cli.session import Session
from csm.i18n import say
from csm.services.complaint import other_events


def run(ctx: typer.Context, ref: Ref, text: Text) -> None:
    """Write something down on a case.

    \b
    Example:
      csm complaint note cp12 "the driver remembers the address was wrong"
    """
    session: Session = ctx.obj
    done = other_events.note(session, ref, words("TEXT", text))
    tell_done(ctx, done, say("noted on cp{id}", id=done.file.id))
