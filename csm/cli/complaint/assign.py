"""`csm complaint assign`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.messages import tell_done
from csm.cli.complaint.options import Ref, choice, words
from csm.cli.output import tell
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.i18n import say
from csm.render.text import visible
from csm.services.complaint import steps
from csm.storage.house import settings


def run(
    ctx: typer.Context,
    ref: Ref,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Who is in charge.")],
    route: Annotated[str, typer.Option("--route", help="settle, technical or escalate.")],
    department: Annotated[
        str | None, typer.Option("--department", help="The department; that of the staff list unless told.")
    ] = None,
    points: Annotated[str | None, typer.Option("--points", metavar="TEXT", help="The points to settle.")] = None,
) -> None:
    """Step 3: say what is to be settled, in which department, by whom, on which route.

    \b
    Example:
      csm complaint assign cp12 --to "Wang Fang" --department service --route technical --points "door seal"
    """
    session: Session = ctx.obj
    name = settings.staff_name(session.database.connection, words("--to", to))
    known = department or settings.department(session.database.connection, name)
    if not known:
        raise UsageFault("missing-value", field="--department")
    done = steps.assign(session, ref, name, known, choice("route", "--route", route), points)
    tell_done(ctx, done, say("cp{id} is in the hands of {name}", id=done.file.id, name=visible(name)))
    if done.file.case.route == "escalate":
        command = f'csm complaint escalate {done.file.id} --reason "..." --reply-by "..."'
        tell(session, say("pass it on, and tell the customer the latest time of reply: {command}", command=command))
