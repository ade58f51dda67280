"""`csm sale pay`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csm.cli.days import said_day
from csm.cli.output import naming, tell
from csm.cli.sale import results as sale_records
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.sale.record import PAYMENT
from csm.domain.values.money import group_cents
from csm.i18n import say
from csm.render.text import visible
from csm.services import references
from csm.services.sale import payments
from csm.services.values import read_amount, read_past_day
from csm.storage import listing
from csm.storage.customer import rows as customers
from csm.storage.sale import payments as stored

if TYPE_CHECKING:
    from csm.services.sale.payments import Paid
from csm.cli.sale.options import On
from csm.cli.sale.results import write_result


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
    allow: Annotated[bool, typer.Option("--allow", help="Though it is more than is open.")] = False,
    refund: Annotated[bool, typer.Option("--refund", help="We paid it back to the customer.")] = False,
) -> None:
    """Note money that came in, all of it or a part; with -f json prints a list of the payments made.

    Several sales are settled oldest first, those of one bill or with --customer all that are open; their credit notes
    are set off. Each payment has what is open on its sale afterwards.

    \b
    Example:
      csm sale pay sa12 500 --on yesterday
      csm sale pay --customer "Golden Dragon" 3000
      csm sale pay sa12 200 --refund --note "cancelled, by bank transfer"
    """
    session: Session = ctx.obj
    connection = session.database.connection
    meant, typed = _words(ref, amount, customer)
    day = read_past_day(on, session)
    draft = payments.Draft(_cents(session, typed), day, (note or "").strip() or None, allow=allow, refund=refund)
    if customer is not None:
        found = references.customer(connection, customer)
        paid = payments.pay_for(session, found, draft)
    else:
        found = None
        paid = payments.pay(session, meant, draft)
        sale_records.warn_of_number(session, meant)
    made = stored.made(connection, paid.ids)
    write_result(session, ctx.meta["given"], PAYMENT, made)
    for record in made:
        sentence = _said(record) if refund or record["amount"] > 0 else _set_off(record)
        sentence = naming(sentence, record["customer"])
        tell(session, say("{day}: {sentence}", day=said_day(draft.on), sentence=sentence) if on else sentence)
    if found is not None:
        _tell_rest_of_customer(session, paid, visible(found.name), made, refund=refund)
    else:
        _tell_bill(session, paid.customer_id, made, refund=refund)
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


def _cents(session: Session, text: str) -> int:
    cents = read_amount(text, session, allow_negative=True)
    if cents <= 0:
        raise UsageFault("not-above-zero", value=text)
    return cents


def _said(record: dict[str, Any]) -> str:
    """Return what was paid on a sale, and what is open there now or in the customer's favour."""
    cents, balance = int(record["amount"]), int(record["balance"])
    told = {
        "amount": group_cents(abs(cents)),
        "id": record["sale_id"],
        "product": visible(str(record["product"])),
        "balance": group_cents(abs(balance)),
    }
    if cents < 0:
        if balance < 0:
            return say("paid back {amount} on sa{id} {product}: {balance} more to pay back", **told)
        if balance > 0:
            return say("paid back {amount} on sa{id} {product}: {balance} open", **told)
        return say("paid back {amount} on sa{id} {product}: nothing more to pay back", **told)
    if balance > 0:
        return say("paid {amount} on sa{id} {product}: {balance} open", **told)
    if balance < 0:
        return say("paid {amount} on sa{id} {product}: paid in full, and {balance} in the customer's favour", **told)
    return say("paid {amount} on sa{id} {product}: paid in full", **told)


def _set_off(record: dict[str, Any]) -> str:
    """Return what of a credit note was set off against what was paid."""
    told = {
        "amount": group_cents(-int(record["amount"])),
        "id": record["sale_id"],
        "product": visible(str(record["product"])),
    }
    return say("set off {amount} of the credit sa{id} {product}", **told)


def _tell_rest_of_customer(
    session: Session, paid: Paid, name: str, made: Sequence[dict[str, Any]], *, refund: bool
) -> None:
    """Say where what was too much went, and what the customer still owes."""
    if paid.over:
        over = group_cents(paid.over)
        tell(session, say("{amount} is more than that takes; it stands on sa{id}", amount=over, id=made[-1]["sale_id"]))
    if refund:
        return
    own = listing.where("customer_id", paid.customer_id)
    left = sum(cents for _, _, cents in stored.open_on_days(session.database.connection, [own]))
    if left:
        tell(session, say("{name} still owes {amount}", name=name, amount=group_cents(left)))
        _tell_favour(session, paid.customer_id, name)
    else:
        tell(session, say("{name} owes nothing any more", name=name))


def _tell_favour(session: Session, customer_id: int, name: str) -> None:
    """Say what we owe a customer beside what they owe us: the balance on the card is the one less the other."""
    sales = stored.in_favour_of(session.database.connection, customer_id, session.today.isoformat())
    cents = -sum(sale["balance_cents"] for sale in sales)
    if cents:
        told = {"amount": group_cents(cents), "name": name, "id": customer_id}
        tell(session, say("we owe {name} {amount}: csm sale unpaid --refunds --customer {id}", **told))


def _tell_bill(session: Session, customer_id: int, made: Sequence[dict[str, Any]], *, refund: bool) -> None:
    """Say how a bill of several sales stands."""
    bill = made[0]["bill"]
    if refund or bill is None:
        return
    sales, left = stored.open_on_bill(session.database.connection, customer_id, str(bill))
    if sales < 2:
        return
    told = {"bill": visible(str(bill)), "n": sales}
    if left:
        tell(session, say("bill {bill}, {n} sales: {amount} open", amount=group_cents(left), **told))
        # A credit note on the bill may be what is missing.
        [customer] = customers.by_id(session.database.connection, customer_id)
        _tell_favour(session, customer_id, visible(customer.name))
    else:
        tell(session, say("bill {bill}, {n} sales: paid in full", **told))


def _tell_promise(session: Session, customer_id: int) -> None:
    """Name what the customer promised next: a part of a repayment plan is only kept when somebody says so."""
    promise = stored.next_of_theirs(session.database.connection, customer_id)
    if promise is not None:
        identity, text, due_on = promise
        told = {"text": visible(text), "day": said_day(date.fromisoformat(due_on)), "id": identity}
        tell(session, say("they promised for {day}: {text}; if this was it: csm promise keep pr{id}", **told))
