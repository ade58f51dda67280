"""`csm sale pay`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from csm.cli.days import echoed, said_day
from csm.cli.output import tell
from csm.cli.sale import paid_amounts
from csm.cli.sale.options import On, warn_of_number
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.values.money import group_cents
from csm.i18n import say
from csm.render.text import visible
from csm.services import references
from csm.services.sale import payments
from csm.services.values import read_past_day
from csm.storage.sale import payments as stored


def run(
    ctx: typer.Context,
    ref: Annotated[
        str | None, typer.Argument(metavar="ID", help="The sale or bill; with --customer the AMOUNT alone.")
    ] = None,
    amount: Annotated[str | None, typer.Argument(metavar="[AMOUNT]", help="How much was paid.")] = None,
    customer: Annotated[
        str | None, typer.Option("--customer", metavar="REF", help="Settle what this customer owes, the oldest first.")
    ] = None,
    on: On = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Anything to remember about it.")] = None,
    allow: Annotated[
        bool, typer.Option("--allow", help="Though it is more than is open; the rest on account.")
    ] = False,
    refund: Annotated[bool, typer.Option("--refund", help="We paid it back to the customer.")] = False,
) -> None:
    """Note money that came in, all of it or a part; with -f json prints a list of the payments made.

    Several sales are settled oldest first, those of one bill or with --customer all that are open; what the customer
    has with us is set off before, and 0 sets off alone. Each payment has what is open on its sale afterwards.

    \b
    Example:
      csm sale pay sa12 500 --on yesterday
      csm sale pay --customer "Golden Dragon" 3000
      csm sale pay sa12 200 --refund --note "cancelled, by bank transfer"
    """
    session: Session = ctx.obj
    meant, typed = _words(ref, amount, customer)
    day = read_past_day(on, session)
    cents = paid_amounts.cents(session, typed, none=customer is not None and not refund)
    draft = payments.Draft(cents, day, (note or "").strip() or None, allow=allow, refund=refund)
    if customer is not None:
        paid = payments.pay_for(session, references.customer(session.database.connection, customer), draft)
    else:
        paid = payments.pay(session, meant, draft)
        warn_of_number(session, meant)
    made = paid_amounts.tell_made(ctx, paid, day if on else None)
    if customer is not None:
        paid_amounts.tell_customer(session, paid.customer_id, made[0]["customer"])
    elif not refund:
        _tell_bill(session, paid.customer_id, made)
        paid_amounts.tell_credit(session, paid.customer_id, made[0]["customer"])
    if not refund:
        _tell_promise(session, paid.customer_id)


def _words(ref: str | None, amount: str | None, customer: str | None) -> tuple[str, str]:
    """Return the words that are the sale and the amount: with --customer the only one is the amount.

    Raises missing-value, unexpected-argument.
    """
    if customer is not None and amount is not None:
        raise UsageFault("unexpected-argument", value=amount, command="csm sale pay")
    if customer is not None:
        ref, amount = "", ref
    for name, word in (("ID", ref), ("AMOUNT", amount)):
        if word is None:
            raise UsageFault("missing-value", field=name)
    return str(ref), str(amount)


def _tell_bill(session: Session, customer_id: int, made: Sequence[dict[str, Any]]) -> None:
    """Say how a bill of several sales stands."""
    bill = made[0]["bill"]
    if bill is None:
        return
    sales, left = stored.open_on_bill(session.database.connection, customer_id, str(bill))
    if sales < 2:
        return
    told = {"bill": visible(str(bill)), "n": sales}
    if left:
        tell(session, say("bill {bill}, {n} sales: {amount} open", amount=group_cents(left), **told))
    else:
        tell(session, say("bill {bill}, {n} sales: paid in full", **told))


def _tell_promise(session: Session, customer_id: int) -> None:
    """Name the next part of the repayment plan, and what the customer promised next.

    Payments tick a part off by themselves; a promise is only kept when somebody says so.
    """
    part = stored.next_part(session.database.connection, customer_id)
    if part is not None:
        cents, day = part
        coming = {"amount": group_cents(cents), "day": echoed(session, date.fromisoformat(day))}
        tell(session, say("next part of the repayment plan: {amount} on {day}", **coming))
    promise = stored.next_of_theirs(session.database.connection, customer_id)
    if promise is not None:
        identity, text, due_on = promise
        told = {"text": visible(text), "day": said_day(date.fromisoformat(due_on)), "id": identity}
        tell(session, say("they promised for {day}: {text}; if this was it: csm promise keep pr{id}", **told))
