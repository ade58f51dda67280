"""`csm complaint assign`."""

from __future__ import annotations

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.questions import asks
from csm.i18n import say
from csm.render.text import visible
from csm.services.complaint import steps


@asks(
    "assign",
    to="Who is in charge.",
    department="The department; that of the staff list unless told.",
    route="settle, technical or escalate.",
    points="The points to settle.",
)
def run(ctx: typer.Context, ref: str, to: str, department: str, route: str, points: str | None) -> None:
    """Step 3: say what is to be settled, in which department, by whom, on which route.

    \b
    Example:
      csm complaint assign cp12 --to "Wang Fang" --department service --route technical --points "door seal"
    """
    done = steps.assign(ctx.obj, ref, to, department, route, points)
    tell_done(ctx, done, say("cp{id} is in the hands of {name}", id=done.file.id, name=visible(to)))
