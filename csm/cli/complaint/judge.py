"""`csm complaint judge`."""

from __future__ import annotations

from typing import Any

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.questions import asks
from csm.i18n import say
from csm.services.complaint import steps


@asks(
    "judge",
    founded="Whether the complaint is justified.",
    responsibility="Whose it is: ours, misunderstanding or third-party.",
    reason="Why.",
    severity="general, serious or, by level 2 or above, malicious.",
    explanation="What the customer was told, where unfounded.",
    by="Who decided it; you unless told.",
)
def run(ctx: typer.Context, ref: str, **answers: Any) -> None:
    """Step 2: judge whether a complaint is founded, and who is responsible.

    \b
    Example:
      csm complaint judge cp12 --founded --responsibility ours --reason "the driver confirms it"
    """
    judgement = steps.Judgement(**answers)
    done = steps.judge(ctx.obj, ref, judgement)
    judged = say("judged cp{id} founded", id=done.file.id)
    tell_done(ctx, done, judged if judgement.founded else say("judged cp{id} unfounded", id=done.file.id))
