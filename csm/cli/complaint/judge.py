"""`csm complaint judge`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.options import By, Ref, choice, decider, words
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.i18n import say
from csm.services.complaint import steps


def run(
    ctx: typer.Context,
    ref: Ref,
    responsibility: Annotated[
        str, typer.Option("--responsibility", help="Whose it is: ours, misunderstanding or third-party.")
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    founded: Annotated[
        bool | None, typer.Option("--founded/--unfounded", help="Whether the complaint is justified.")
    ] = None,
    severity: Annotated[
        str | None, typer.Option("--severity", help="general, serious or, by level 2 or above, malicious.")
    ] = None,
    explanation: Annotated[
        str | None, typer.Option("--explanation", metavar="TEXT", help="What the customer was told, where unfounded.")
    ] = None,
    by: By = None,
) -> None:
    """Step 2: judge whether a complaint is founded, and who is responsible.

    \b
    Example:
      csm complaint judge cp12 --founded --responsibility ours --reason "the driver confirms it"
    """
    session: Session = ctx.obj
    if founded is None:
        raise UsageFault("one-of-two-missing", first="--founded", second="--unfounded")
    if not founded and explanation is None:
        raise UsageFault("missing-value", field="--explanation")
    judgement = steps.Judgement(
        founded,
        choice("responsibility", "--responsibility", responsibility),
        words("--reason", reason),
        choice("severity", "--severity", severity) if severity is not None else None,
        words("--explanation", explanation) if explanation is not None else None,
        decider(session, by),
    )
    done = steps.judge(session, ref, judgement)
    sentence = (
        say("judged cp{id} founded", id=done.file.id) if founded else say("judged cp{id} unfounded", id=done.file.id)
    )
    tell_done(ctx, done, sentence)
