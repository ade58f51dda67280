"""`csm staff retire`."""

from __future__ import annotations

import typer

from csm.cli.session import Session
from csm.cli.staff.options import Ref
from csm.cli.staff.results import print_changed


def run(ctx: typer.Context, ref: Ref) -> None:
    """Note that somebody has left; their customers must be handed over first.

    \b
    Example:
      csm staff retire "Wang Fang"
    """
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.house import staff

    session: Session = ctx.obj
    row = staff.find(session, ref)
    staff.retire(session, row)
    print_changed(ctx, say("{name} is no longer on the staff", name=visible(str(row["name"]))), int(str(row["id"])))
