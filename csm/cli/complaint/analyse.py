"""`csm complaint analyse`."""

from __future__ import annotations

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.questions import asks
from csm.i18n import say
from csm.services.complaint import steps


@asks(
    "analyse",
    failure="What failed: outcome or process.",
    cause="service, company, customer or environment.",
    finding="What was found.",
)
def run(ctx: typer.Context, ref: str, failure: str, cause: str, finding: str) -> None:
    """Step 4: write down what failed and what caused it.

    \b
    Example:
      csm complaint analyse cp12 --failure process --cause company --finding "nobody told the warehouse"
    """
    done = steps.analyse(ctx.obj, ref, failure, cause, finding)
    tell_done(ctx, done, say("analysed cp{id}", id=done.file.id))
