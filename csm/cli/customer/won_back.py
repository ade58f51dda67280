"""`csm customer won-back`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.customer.options import Customer, Note, Text
from csm.cli.customer.results import loss_lines, print_loss_changed
from csm.cli.session import Session


def run(
    ctx: typer.Context,
    ref: Customer,
    text: Text = None,
    on: Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The day; today unless told.")] = None,
    note: Note = None,
) -> None:
    """Note that a lost customer was won back.

    The callbacks done since the loss are shown as the attempts it took.

    \b
    Example:
      csm customer won-back 12 "ordered again after the tasting"
    """
    from csm.cli.days import said_day, together
    from csm.cli.output import warn
    from csm.i18n import say, say_n
    from csm.render.text import visible
    from csm.services import references
    from csm.services.customer import churn
    from csm.services.values import read_past_day

    session: Session = ctx.obj
    customer = references.customer(session.database.connection, ref)
    day = read_past_day(on, session)
    done = churn.win_back(session, customer, day, loss_lines(text, note))
    sentence = say(
        "won back {name} on {day}, lost on {lost}", name=visible(customer.name), day=said_day(day), lost=done.lost_on
    )
    attempts = say_n("{n} win-back attempt", "{n} win-back attempts", done.attempts)
    print_loss_changed(session, ctx.meta["given"], together(sentence, attempts), done.id)
    if not done.noted:
        warn(say("note: the card was only set to lost; how and why wasn't noted, and the day is that of the change"))
