"""`csm promise release`."""

from __future__ import annotations

import typer

from csm.cli.promise.options import HowItEnded, Ref
from csm.cli.promise.results import print_changed, record_of
from csm.cli.session import Session
from csm.domain.promise.rules import OURS
from csm.i18n import say


def run(ctx: typer.Context, ref: Ref, text: HowItEnded = None) -> None:
    """Release a promise: whoever it was made to no longer requires it, the customer or, with one of theirs, we.

    \b
    Example:
      csm promise release pr3 "they fetched it themselves"
    """
    from csm.cli.promise.messages import named
    from csm.services.promise import writing as promises

    session: Session = ctx.obj
    record = record_of(session, promises.release(session, ref, text or None))
    promise = named(record)
    if record["direction"] == OURS:
        sentence = say("{promise} released by the customer", promise=promise)
    else:
        sentence = say("{promise} released by us", promise=promise)
    print_changed(ctx, sentence, record)
