"""`csm complaint reopen`."""

from __future__ import annotations

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.questions import asks
from csm.i18n import label, say
from csm.services.complaint import other_events


@asks("reopen", reason="Why.", by="Who decided it; you unless told.")
def run(ctx: typer.Context, ref: str, reason: str, by: str | None) -> None:
    """Open a closed case again, at step 4; one that was unfounded takes a leader.

    \b
    Example:
      csm complaint reopen cp12 --reason "the oven is cold again"
    """
    done = other_events.reopen(ctx.obj, ref, reason, by)
    sentence = say("cp{id} is open again", id=done.file.id)
    if done.counts_again:
        status = label("case_status", done.file.case.status)
        sentence = say("cp{id} counts again and stands as before: {status}", id=done.file.id, status=status)
    tell_done(ctx, done, sentence)
