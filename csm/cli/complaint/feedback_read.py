"""`csm complaint feedback-read`."""

from __future__ import annotations

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.options import By, Ref, decider
from csm.cli.session import Session
from csm.i18n import say
from csm.services.complaint import other_events


def run(ctx: typer.Context, ref: Ref, by: By = None) -> None:
    """Mark the feedback of a technician as read; the dedicated manager does.

    \b
    Example:
      csm complaint feedback-read cp12 --by "Wang Fang"
    """
    session: Session = ctx.obj
    done = other_events.read_feedback(session, ref, decider(session, by))
    tell_done(ctx, done, say("the feedback on cp{id} is read and archived", id=done.file.id))
