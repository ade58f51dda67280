"""`csm complaint reject`."""

from __future__ import annotations

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.questions import asks
from csm.i18n import say
from csm.render.text import visible
from csm.services.complaint import steps


@asks("approve", by="Who rejects; their level is on the staff list.", remark="Why, and what to propose instead.")
def run(ctx: typer.Context, ref: str, by: str, remark: str) -> None:
    """Step 6: reject a proposal; it stays on record, and another one is to be made.

    \b
    Example:
      csm complaint reject cp12 --by "Wang Fang" --remark "too little after the second time"
    """
    done = steps.decide(ctx.obj, ref, "reject", by, remark)
    tell_done(ctx, done, say("{name} rejected cp{id}", id=done.file.id, name=visible(by)))
