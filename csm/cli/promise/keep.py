"""`csm promise keep`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.promise.options import HowItEnded, Ref
from csm.cli.promise.results import print_changed, record_of
from csm.cli.session import Session


def run(
    ctx: typer.Context,
    ref: Ref,
    text: HowItEnded = None,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it was kept (default: now).")] = None,
) -> None:
    """Note that a promise was kept, on time or late.

    \b
    Example:
      csm promise keep pr3 "brought the key"
    """
    from csm.cli.promise.messages import kept
    from csm.services import values
    from csm.services.promise import writing as promises

    session: Session = ctx.obj
    moment = values.read_past_moment(at, session) if at is not None else None
    record = record_of(session, promises.keep(session, ref, text or None, moment))
    print_changed(ctx, kept(session, record), record)
