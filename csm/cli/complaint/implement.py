"""`csm complaint implement`."""

from __future__ import annotations

from datetime import datetime

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.questions import asks
from csm.i18n import say
from csm.services.complaint import steps


@asks(
    "implement",
    did="What was done.",
    outcome="full, partial, not-yet or cannot.",
    at="When; now unless told.",
    compensation="What it cost in the end; as proposed unless told.",
    apologised="We said that we are sorry.",
)
def run(
    ctx: typer.Context,
    ref: str,
    did: str,
    outcome: str,
    at: datetime | None,
    compensation: int | None,
    apologised: bool,
) -> None:
    """Step 7: write down what was done and what came of it; a satisfaction callback is planned.

    \b
    Example:
      csm complaint implement cp12 --did "seal changed, oven tested" --outcome full
    """
    done = steps.implement(ctx.obj, ref, steps.Remedy(did, outcome, at, compensation, apologised))
    tell_done(ctx, done, say("noted what was done for cp{id}", id=done.file.id))
