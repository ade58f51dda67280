"""`csm complaint analyse`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import Ref, choice, words
from csm.cli.session import Session


def run(
    ctx: typer.Context,
    ref: Ref,
    failure: Annotated[str, typer.Option("--failure", help="What failed: outcome or process.")],
    cause: Annotated[str, typer.Option("--cause", help="service, company, customer or environment.")],
    finding: Annotated[str, typer.Option("--finding", metavar="TEXT", help="What was found.")],
) -> None:
    """Step 4: write down what failed and what caused it.

    \b
    Example:
      csm complaint analyse cp12 --failure process --cause company --finding "nobody told the warehouse"
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import steps

    session: Session = ctx.obj
    told = choice("failure", "--failure", failure), choice("cause", "--cause", cause), words("--finding", finding)
    done = steps.analyse(session, ref, *told)
    tell_done(ctx, done, say("analysed cp{id}", id=done.file.id))
