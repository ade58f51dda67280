"""`csm complaint implement`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import Ref, choice, words
from csm.cli.session import Session


def run(
    ctx: typer.Context,
    ref: Ref,
    did: Annotated[str, typer.Option("--did", metavar="TEXT", help="What was done.")],
    outcome: Annotated[str, typer.Option("--outcome", help="full, partial, not-yet or cannot.")],
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When; now unless told.")] = None,
) -> None:
    """Step 7: write down what was done and what came of it; a satisfaction callback is planned.

    \b
    Example:
      csm complaint implement cp12 --did "seal changed, oven tested" --outcome full
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services import values
    from csm.services.complaint import steps

    session: Session = ctx.obj
    came = choice("case_outcome", "--outcome", outcome)
    moment = values.read_past_moment(at, session) if at is not None else None
    done = steps.implement(session, ref, words("--did", did), came, moment)
    tell_done(ctx, done, say("noted what was done for cp{id}", id=done.file.id))
