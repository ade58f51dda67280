"""`csm sale set-off`."""

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
    on: On = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Anything to remember about it.")] = None,
) -> None:
    """Set what a customer has with us off against their oldest bills; with -f json prints the payments made.

    That is credit notes, what was paid above a bill or for a cancelled one, and deposits, the oldest first.

    \b
    Example:
      csm sale set-off "Golden Dragon"
    """
    session: Session = ctx.obj
    day = read_past_day(on, session)
    customer = references.customer(session.database.connection, ref)
    paid = payments.set_off(session, customer, day, (note or "").strip() or None)
    made = paid_amounts.tell_made(ctx, paid, day if on else None)
    paid_amounts.tell_customer(session, paid.customer_id, made[0]["customer"])
