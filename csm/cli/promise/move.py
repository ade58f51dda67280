"""`csm promise move`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.promise.options import Ref
from csm.cli.promise.results import echoed, print_changed, record_of
from csm.cli.session import Session
from csm.i18n import say


def run(
    ctx: typer.Context,
    ref: Ref,
    when: Annotated[str, typer.Argument(metavar="WHEN", help="The new time, a later one.")],
    told: Annotated[bool, typer.Option("--told", help="The other side was told.")] = False,
) -> None:
    """Move a promise to a later time, before it is due, when the other side was told.

    \b
    Example:
      csm promise move pr3 "fri 12:00" --told
    """
    from csm.cli.promise.messages import named
    from csm.services import values
    from csm.services.promise import writing as promises

    session: Session = ctx.obj
    record = record_of(session, promises.move(session, ref, values.read_deadline(when, session), told))
    print_changed(
        ctx, say("{promise} moved to {due}", promise=named(record), due=echoed(session, record["due_at"])), record
    )
