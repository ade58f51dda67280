"""`csm complaint propose`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import Ref, choice, words
from csm.cli.session import Session


def run(
    ctx: typer.Context,
    ref: Ref,
    remedy: Annotated[str, typer.Argument(metavar="TEXT", help="The remedy.")],
    compensation: Annotated[
        str, typer.Option("--compensation", metavar="AMOUNT", help="What it costs; 0 for nothing.")
    ],
    recovery: Annotated[str, typer.Option("--recovery", help="symbolic, equal or more than what the customer lost.")],
) -> None:
    """Step 5: propose a remedy, its cost and its kind; it then waits for approval.

    \b
    Example:
      csm complaint propose cp12 "new seal, and a box of detergent" --compensation 120 --recovery equal
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import steps
    from csm.services.values import read_amount

    session: Session = ctx.obj
    cents, kind = read_amount(compensation, session), choice("recovery", "--recovery", recovery)
    done = steps.propose(session, ref, words("TEXT", remedy), cents, kind)
    tell_done(ctx, done, say("proposed a remedy for cp{id}", id=done.file.id))
