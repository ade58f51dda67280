"""`csm sale deposit`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.sale import paid_amounts
from csm.cli.sale.options import On
from csm.cli.session import Session
from csm.services import references
from csm.services.sale import payments
from csm.services.values import read_past_day


def run(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="The customer.")],
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="How much was paid.")],
    on: On = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Anything to remember about it.")] = None,
    refund: Annotated[bool, typer.Option("--refund", help="We paid it back: of the money on account.")] = False,
) -> None:
    """Note money that a customer pays without a bill: it stands on their account until it is set off or paid back.

    \b
    Example:
      csm sale deposit "Golden Dragon" 5000 --note "for the spring order"
      csm sale deposit "Golden Dragon" 1200 --refund
    """
    session: Session = ctx.obj
    day = read_past_day(on, session)
    draft = payments.Draft(paid_amounts.cents(session, amount), day, (note or "").strip() or None, refund=refund)
    paid = payments.deposit(session, references.customer(session.database.connection, ref), draft)
    made = paid_amounts.tell_made(ctx, paid, day if on else None)
    if not refund:
        paid_amounts.tell_credit(session, paid.customer_id, made[0]["customer"])
