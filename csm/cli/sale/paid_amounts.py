"""What commands about money share: the amount, the payments they print, and how they say where the money went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from csm.cli.days import said_day
from csm.cli.grammar import Given
from csm.cli.output import naming, tell, tell_where, write_rows
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.sale.record import PAYMENT
from csm.domain.values.money import group_cents
from csm.i18n import say
from csm.render.listing import Listing
from csm.render.text import visible
from csm.services.values import read_amount
from csm.storage.sale import payments as stored
from csm.storage.sale import rows as sales

if TYPE_CHECKING:
    from csm.domain.kinds import Field
    from csm.services.sale.payments import Paid

Record = dict[str, Any]


def cents(session: Session, text: str, *, none: bool = False) -> int:
    """Return the cents that `text` says; raise unreadable-amount, and not-above-zero unless it may be `none`."""
    found = read_amount(text, session, allow_negative=True)
    if found < 0 or (not found and not none):
        raise UsageFault("not-above-zero", value=text)
    return found


def write_result(session: Session, given: Given, fields: Sequence[Field], records: Sequence[dict[str, Any]]) -> None:
    """Print the records that a command made where a format was asked for; they are a list, however many."""
    tell_where(session)
    if given.form != "table" or given.output is not None:
        write_rows(session, given, Listing(fields, [[record[field.name] for field in fields] for record in records]))


def tell_made(ctx: typer.Context, paid: Paid, on: date | None) -> list[Record]:
    """Print the payments made where a format was asked for, say what each did, and return them.

    on: the day, where it is worth saying.
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    made = stored.made(session.database.connection, paid.ids)
    write_result(session, given, PAYMENT, made)
    by_id = {record["id"]: record for record in made}
    last = {record["sale_id"]: record["id"] for record in made}
    for record in made:
        other = by_id.get(record["set_off"])
        if other is not None and record["amount"] < 0:
            continue  # the other half names both
        if other is None:
            sentence = _sentence(session, record)
        else:
            sentence = _set_off(record, other, last=record["id"] == last[record["sale_id"]])
        sentence = naming(sentence, record["customer"])
        tell(session, say("{day}: {sentence}", day=said_day(on), sentence=sentence) if on else sentence)
    return made


def _sentence(session: Session, record: Record) -> str:
    """Return where money went, and what is open there now or in the customer's favour."""
    if record["sale_id"] is None:
        return _on_account(session, record)
    paid, balance = int(record["amount"]), int(record["balance"])
    told = {
        "amount": group_cents(abs(paid)),
        "id": record["sale_id"],
        "product": visible(str(record["product"])),
        "balance": group_cents(abs(balance)),
    }
    if paid < 0:
        if balance < 0:
            return say("paid back {amount} on sa{id} {product}: {balance} more to pay back", **told)
        if balance > 0:
            return say("paid back {amount} on sa{id} {product}: {balance} open", **told)
        return say("paid back {amount} on sa{id} {product}: nothing more to pay back", **told)
    if balance > 0:
        return say("paid {amount} on sa{id} {product}: {balance} open", **told)
    return say("paid {amount} on sa{id} {product}: paid in full", **told)


def _on_account(session: Session, record: Record) -> str:
    """Return what went on account or back from there, and what stands there now."""
    there = stored.on_account(session.database.connection, record["customer_id"], session.today.isoformat())
    told = {
        "amount": group_cents(abs(record["amount"])),
        "customer": visible(record["customer"]),
        "balance": group_cents(there),
    }
    if record["amount"] < 0:
        return say("paid back {amount} of the money on account of {customer}: {balance} left there", **told)
    return say("{amount} on account of {customer}: {balance} there now", **told)


def _set_off(record: Record, source: Record, *, last: bool) -> str:
    """Return what of a credit was set off against which bill; with the `last` payment of a bill what is open there."""
    credit = say("the money on account")
    if source["sale_id"] is not None:
        credit = f"sa{source['sale_id']} {visible(str(source['product']))}"
    told = {"amount": group_cents(record["amount"]), "credit": credit, "id": record["sale_id"]}
    what = say("set off {amount} of {credit} against sa{id} {product}", product=visible(str(record["product"])), **told)
    if not last:
        return what
    if record["balance"] > 0:
        return say("{what}: {balance} open", what=what, balance=group_cents(record["balance"]))
    return say("{what}: paid in full", what=what)


def tell_customer(session: Session, customer_id: int, name: str) -> None:
    """Say what a customer still owes, or that it is nothing, and what they have with us."""
    balance = sales.balance_of(session.database.connection, customer_id)
    if balance > 0:
        tell(session, say("{name} still owes {amount}", name=visible(name), amount=group_cents(balance)))
    else:
        tell(session, say("{name} owes nothing any more", name=visible(name)))
    tell_credit(session, customer_id, name)


def tell_credit(session: Session, customer_id: int, name: str) -> None:
    """Say what a customer has with us, and the command that sets it off, or pays it back where nothing is open."""
    connection = session.database.connection
    credit = stored.credit_of(connection, customer_id)
    if credit <= 0:
        return
    told = {"amount": group_cents(credit), "name": visible(name), "id": customer_id}
    if sales.balance_of(connection, customer_id) > -credit:
        tell(session, say("{name} has {amount} with us: csm sale set-off {id}", **told))
    else:
        tell(session, say("{name} has {amount} with us: csm sale unpaid --refunds --customer {id}", **told))
