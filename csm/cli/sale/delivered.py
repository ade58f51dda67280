"""`csm sale delivered`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from csm.cli.days import echoed, said_day, together
from csm.cli.sale import results as sale_records
from csm.cli.sale.options import Sales, warn_of_number
from csm.cli.session import Session, warn
from csm.domain.values.money import group_cents
from csm.i18n import say
from csm.render.day.words import lateness
from csm.render.text import visible
from csm.services.sale import writing as recording
from csm.services.values import read_past_day


def run(
    ctx: typer.Context,
    ref: Sales,
    on: Annotated[
        str | None, typer.Option("--on", metavar="WHEN", help="The day it was delivered; today unless told.")
    ] = None,
) -> None:
    """Note that a sale was delivered; its callbacks are planned anew from that day.

    \b
    Example:
      csm sale delivered sa12 --on yesterday
    """
    session: Session = ctx.obj
    day = read_past_day(on, session)
    ended = recording.deliver(session, ref, day)
    found = sale_records.records(session, ended.ids)
    told = {"day": said_day(day), "ids": sale_records.told_ids(ended.ids)}
    if len(found) == 1:
        sentence = say("delivered {ids}: {product}, {day}", product=visible(found[0]["product"]), **told)
        if (promised := found[0]["delivery_on"]) is not None and promised < day.isoformat():
            sentence = together(sentence, lateness((day - date.fromisoformat(promised)).days), comma=True)
    else:
        sentence = say("delivered what stands on bill {bill}: {ids}, {day}", bill=visible(ref.strip()), **told)
    if due := next(iter(ended.due.values()), None):
        sentence = together(sentence, say("due {day}", day=echoed(session, date.fromisoformat(due))), comma=True)
    sale_records.changed(ctx, sentence, found)
    warn_of_number(session, ref)
    sale_records.tell_followed(session, ended.followed)
    for sale_id, cents in ended.unpaid.items():
        warn(
            say(
                "careful: sa{id} was to be paid before delivery, and {amount} is open",
                id=sale_id,
                amount=group_cents(cents),
            )
        )
