"""`csm complaint settle`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import Ref, settlement
from csm.cli.session import Session


def run(
    ctx: typer.Context,
    ref: Ref,
    did: Annotated[str, typer.Option("--did", metavar="TEXT", help="What was done.")],
    cause: Annotated[str | None, typer.Option("--cause", help="service, company, customer or environment.")] = None,
    failure: Annotated[str | None, typer.Option("--failure", help="What failed: outcome or process.")] = None,
    compensation: Annotated[str | None, typer.Option("--compensation", metavar="AMOUNT", help="What it cost.")] = None,
    recovery: Annotated[str | None, typer.Option("--recovery", help="symbolic, equal or more.")] = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", help="full unless told; partial, not-yet, cannot.")
    ] = None,
) -> None:
    """The short way: steps 2 to 7 at once, within your own authority; a grievance with a word on what was done.

    \b
    Example:
      csm complaint settle cp12 --failure process --cause service --did "brought the missing box" --compensation 20
    """
    from csm.cli.complaint.messages import customer_of, tell_done
    from csm.domain.complaint.case import SOLVED
    from csm.i18n import say
    from csm.services.complaint import steps

    session: Session = ctx.obj
    done = steps.settle(session, ref, settlement(session, did, compensation, failure, cause, recovery, outcome))
    settled = done.file.case.level == "grievance" or done.file.case.outcome in SOLVED
    told = say("settled cp{id}", id=done.file.id)
    if done.file.case.level == "grievance":
        told = say("settled grievance cp{id} of {name}", id=done.file.id, name=customer_of(session, done.file))
    tell_done(ctx, done, told if settled else say("noted what was done for cp{id}", id=done.file.id))
