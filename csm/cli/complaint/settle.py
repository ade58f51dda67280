"""`csm complaint settle`."""

from __future__ import annotations

from typing import Any

import typer

from csm.cli.complaint.messages import customer_of, tell_done
from csm.cli.complaint.questions import asks, settlement
from csm.domain.complaint.case import SOLVED
from csm.i18n import say
from csm.services.complaint import steps


@asks(
    "settle",
    did="What was done.",
    cause="service, company, customer or environment.",
    failure="What failed: outcome or process.",
    compensation="What it cost.",
    recovery="symbolic, equal or more.",
    recovery_time="during the service or after it.",
    outcome="full unless told; partial, not-yet, cannot.",
)
def run(ctx: typer.Context, ref: str, **answers: Any) -> None:
    """The short way: steps 2 to 7 at once, within your own authority; a grievance with a word on what was done.

    \b
    Example:
      csm complaint settle cp12 --failure process --cause service --did "brought the missing box" --compensation 20
    """
    done = steps.settle(ctx.obj, ref, settlement(answers))
    case = done.file.case
    if case.level == "grievance":
        told = say("settled grievance cp{id} of {name}", id=done.file.id, name=customer_of(ctx.obj, done.file))
    elif case.outcome in SOLVED:
        told = say("settled cp{id}", id=done.file.id)
    else:
        told = say("noted what was done for cp{id}", id=done.file.id)
    tell_done(ctx, done, told)
