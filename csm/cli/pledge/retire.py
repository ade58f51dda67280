"""`csm pledge retire`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.pledge.results import print_changed
from csm.cli.session import Session


def run(ctx: typer.Context, ref: Annotated[str, typer.Argument(metavar="ID", help="The pledge.")]) -> None:
    """Discontinue a pledge; promises made under it stay.

    \b
    Example:
      csm pledge retire 2
    """
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.promise import pledges

    session: Session = ctx.obj
    pledge_id = pledges.retire(session, ref)
    text = visible(str(pledges.find(session.database.connection, str(pledge_id))["text"]))
    print_changed(ctx, say("discontinued pledge {id}: {text}", id=pledge_id, text=text), pledge_id)
