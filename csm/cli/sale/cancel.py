"""`csm sale cancel`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.sale import results as sale_records
from csm.cli.sale.options import Sales, warn_of_number
from csm.cli.sale.results import warn_of_credit
from csm.cli.session import Session, warn
from csm.domain.errors import UsageFault
from csm.domain.values.money import group_cents, typed_cents
from csm.i18n import say
from csm.render.text import visible
from csm.services.sale import writing as recording
from csm.services.values import read_past_day


def run(
    ctx: typer.Context,
    ref: Sales,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; it is needed.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The day; today unless told.")] = None,
) -> None:
    """Cancel a sale with its open after-sale callbacks; what was paid for it is set off or paid back.

    \b
    Example:
      csm sale cancel sa12 --reason "the wrong size"
    """
    session: Session = ctx.obj
    if reason is None:
        raise UsageFault("missing-value", field="--reason")
    if not reason.strip():
        raise UsageFault("empty-value", field="--reason")
    ended = recording.cancel(session, ref, reason.strip(), read_past_day(on, session))
    found = sale_records.records(session, ended.ids)
    ids = sale_records.told_ids(ended.ids)
    if len(found) == 1:
        told = {name: visible(found[0][name]) for name in ("product", "customer")}
        sentence = say("cancelled {ids}: {product}, {customer}", ids=ids, **told)
    else:
        sentence = say("cancelled what stands on bill {bill}: {ids}", bill=visible(ref.strip()), ids=ids)
    sale_records.changed(ctx, sentence, found)
    warn_of_number(session, ref)
    sale_records.tell_followed(session, ended.followed)
    for sale_id, cents in ended.paid.items():
        name = visible(found[0]["customer"])
        if cents < 0:
            owed = group_cents(-cents)
            warn(say("{amount} of sa{id} was paid back or set off, and {name} owes it now", amount=owed, id=sale_id,
                name=name))  # fmt: skip
            warn(say("csm sale pay sa{id} {typed} notes that it came back", id=sale_id, typed=typed_cents(-cents)))
            continue
        warn(
            say("{amount} was paid for sa{id} and is with us now, as money of {name}", amount=group_cents(cents),
                id=sale_id, name=name)
        )  # fmt: skip
        warn_of_credit(session, f"sa{sale_id}", found[0]["customer_id"], cents)
