"""`csm promise break`."""

from __future__ import annotations

import typer

from csm.cli.promise.options import HowItEnded, Ref
from csm.cli.promise.results import print_changed, record_of
from csm.cli.session import Session
from csm.i18n import say
from csm.render.text import visible


def run(ctx: typer.Context, ref: Ref, text: HowItEnded = None) -> None:
    """Note that a promise wasn't kept; its compensation is proposed.

    \b
    Example:
      csm promise break pr3 "the part never came"
    """
    from csm.cli.output import tell
    from csm.cli.promise.messages import named
    from csm.domain.values.money import group_cents, show_cents
    from csm.services.promise import writing as promises

    session: Session = ctx.obj
    broken = promises.break_(session, ref, text or None)
    record = record_of(session, broken.id)
    print_changed(ctx, say("{promise} broken", promise=named(record)), record)
    if broken.compensation_cents is None:
        return
    amount = group_cents(broken.compensation_cents)
    if broken.complaint_id is None:
        name = visible(str(record["customer"]))
        tell(session, say("the compensation promised to {name} is {amount}", name=name, amount=amount))
        return
    command = (
        f'csm complaint propose {broken.complaint_id} "..." --compensation {show_cents(broken.compensation_cents)}'
    )
    tell(
        session,
        say("the compensation promised is {amount}: {command}", amount=amount, command=f"{command} --recovery equal"),
    )
