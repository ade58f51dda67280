"""`csm complaint withdraw`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.complaint.options import Ref, words
from csm.cli.session import Session


def run(
    ctx: typer.Context,
    ref: Ref,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why the customer takes it back.")],
) -> None:
    """Close a case that the customer takes back.

    \b
    Example:
      csm complaint withdraw cp12 --reason "found the parcel"
    """
    from csm.cli.complaint.messages import tell_done
    from csm.i18n import say
    from csm.services.complaint import other_events as beside

    session: Session = ctx.obj
    done = beside.withdraw(session, ref, words("--reason", reason))
    tell_done(ctx, done, say("cp{id} is withdrawn", id=done.file.id))
