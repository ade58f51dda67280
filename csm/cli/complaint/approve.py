"""`csm complaint approve`."""

from __future__ import annotations

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.questions import asks
from csm.i18n import say
from csm.render.text import visible
from csm.services.complaint import steps


@asks("approve", by="Who approves; their level is on the staff list.", remark="What they remark.")
def run(ctx: typer.Context, ref: str, by: str, remark: str) -> None:
    """Step 6: approve a proposal, by somebody whose authority covers its cost.

    \b
    Example:
      csm complaint approve cp12 --by "Wang Fang" --remark "fair"
    """
    done = steps.decide(ctx.obj, ref, "approve", by, remark)
    tell_done(ctx, done, say("{name} approved cp{id}", id=done.file.id, name=visible(by)))
