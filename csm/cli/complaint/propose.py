"""`csm complaint propose`."""

from __future__ import annotations

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.questions import asks
from csm.i18n import say
from csm.services.complaint import steps


@asks(
    "propose",
    remedy="The remedy.",
    compensation="What it costs; 0 for nothing.",
    recovery="symbolic, equal or more than what the customer lost.",
    recovery_time="during the service or after it.",
)
def run(ctx: typer.Context, ref: str, remedy: str, compensation: int, recovery: str, recovery_time: str | None) -> None:
    """Step 5: propose a remedy, its cost and its kind; it then waits for approval.

    Until somebody has decided, whoever proposed can propose something else in its place.

    \b
    Example:
      csm complaint propose cp12 "new seal, and a box of detergent" --compensation 120 --recovery equal
    """
    done = steps.propose(ctx.obj, ref, steps.Proposal(remedy, compensation, recovery, recovery_time))
    sentence = say("proposed a remedy for cp{id}", id=done.file.id)
    if done.replaced:
        sentence = say("proposed another remedy for cp{id}, in place of the one before", id=done.file.id)
    tell_done(ctx, done, sentence)
