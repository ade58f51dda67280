"""The verbs of sales that are about money coming in: pay, signed. Imported only when one of them is called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csm.cli.days import said_day, together
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.trade_records import PAYMENT, SIGNATURE
from csm.domain.values.money import group_cents
from csm.i18n import say
from csm.render.listing import Listing
from csm.render.text import visible
from csm.storage.sale import payments as stored

if TYPE_CHECKING:
    from csm.domain.records import Field
    from csm.services.sale.payments import Paid

On = Annotated[str | None, typer.Option("--on", metavar="WHEN", help="The day of it; today unless told.")]


def _write(session: Session, given: Given, fields: Sequence[Field], records: Sequence[dict[str, Any]]) -> None:
    """Print the records that a command made where a format was asked for; they are a list, however many."""
    from csm.cli.output import tell_where, write_rows

    tell_where(session)
    if given.form != "table" or given.output is not None:
        write_rows(session, given, Listing(fields, [[record[field.name] for field in fields] for record in records]))


# --- pay ----------------------------------------------------------------------------------------------------------


def pay(
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
    from csm.cli.output import naming, tell
    from csm.cli.sale import results as sale_records
    from csm.services import references
    from csm.services.sale import payments
    from csm.services.values import read_past_day

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
    _write(session, ctx.meta["given"], PAYMENT, made)
    for record in made:
        sentence = _said(record) if refund or int(str(record["amount"])) > 0 else _set_off(record)
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

    Raises MissingOption, UnexpectedArgument.
    """
    from csm.domain import errors

    if customer is not None and amount is not None:
        raise errors.UnexpectedArgument(value=amount, command="csm sale pay")
    if customer is not None:
        ref, amount = "", ref
    for name, word in (("ID", ref), ("AMOUNT", amount)):
        if word is None:
            raise errors.MissingOption(option=name, command="csm sale pay")
    return str(ref), str(amount)


def _cents(session: Session, text: str) -> int:
    from csm.domain.errors import NotAboveZero
    from csm.services.values import read_amount

    cents = read_amount(text, session, allow_negative=True)
    if cents <= 0:
        raise NotAboveZero(value=text)
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
    from csm.cli.output import tell
    from csm.storage.listing import Condition

    if paid.over:
        over = group_cents(paid.over)
        tell(session, say("{amount} is more than that takes; it stands on sa{id}", amount=over, id=made[-1]["sale_id"]))
    if refund:
        return
    own = Condition("v.customer_id = ?", (paid.customer_id,))
    left = sum(cents for _, _, cents in stored.open_on_days(session.database.connection, [own]))
    if left:
        tell(session, say("{name} still owes {amount}", name=name, amount=group_cents(left)))
        _tell_favour(session, paid.customer_id, name)
    else:
        tell(session, say("{name} owes nothing any more", name=name))


def _tell_favour(session: Session, customer_id: int, name: str) -> None:
    """Say what we owe a customer beside what they owe us: the balance on the card is the one less the other."""
    from csm.cli.output import tell

    sales = stored.in_favour_of(session.database.connection, customer_id, session.today.isoformat())
    cents = -sum(int(str(sale["balance_cents"])) for sale in sales)
    if cents:
        told = {"amount": group_cents(cents), "name": name, "id": customer_id}
        tell(session, say("we owe {name} {amount}: csm sale unpaid --refunds --customer {id}", **told))


def _tell_bill(session: Session, customer_id: int, made: Sequence[dict[str, Any]], *, refund: bool) -> None:
    """Say how a bill of several sales stands."""
    from csm.cli.output import tell

    bill = made[0]["bill"]
    if refund or bill is None:
        return
    sales, left = stored.open_on_bill(session.database.connection, customer_id, str(bill))
    if sales < 2:
        return
    told = {"bill": visible(str(bill)), "n": sales}
    if left:
        from csm.storage.customer import rows as customers

        tell(session, say("bill {bill}, {n} sales: {amount} open", amount=group_cents(left), **told))
        # A credit note on the bill may be what is missing.
        [customer] = customers.by_id(session.database.connection, customer_id)
        _tell_favour(session, customer_id, visible(customer.name))
    else:
        tell(session, say("bill {bill}, {n} sales: paid in full", **told))


def _tell_promise(session: Session, customer_id: int) -> None:
    """Name what the customer promised next: a part of a repayment plan is only kept when somebody says so."""
    from csm.cli.output import tell

    promise = stored.next_of_theirs(session.database.connection, customer_id)
    if promise is not None:
        identity, text, due_on = promise
        told = {"text": visible(text), "day": said_day(date.fromisoformat(due_on)), "id": identity}
        tell(session, say("they promised for {day}: {text}; if this was it: csm promise keep pr{id}", **told))


# --- signed -------------------------------------------------------------------------------------------------------


def signed(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="ID", help="The sale or bill.")],
    by: Annotated[
        str, typer.Option("--by", metavar="CONTACT", help="Who signed: id, name or part of the name of their contact.")
    ],
    on: On = None,
) -> None:
    """Note that one of the customer's people has signed a bill, and say whose turn is next.

    All sales of a bill are signed together; with -f json prints a list of the signatures.

    \b
    Example:
      csm sale signed sa12 --by "Li Na" --on yesterday
    """
    from csm.cli.output import naming, tell, warn
    from csm.cli.sale import results as sale_records
    from csm.services.sale import payments
    from csm.services.values import read_past_day

    session: Session = ctx.obj
    connection = session.database.connection
    day = read_past_day(on, session)
    done = payments.sign(session, ref, by, day)
    sale_records.warn_of_number(session, ref)
    made = stored.signatures(connection, done.ids)
    _write(session, ctx.meta["given"], SIGNATURE, made)
    who = _with_place(str(made[0]["name"]), made[0]["sign_off"])
    sales = say(", ").join(f"sa{identity}" for identity in done.sale_ids)
    sentence = naming(say("{who} has signed {sales}", who=who, sales=sales), made[0]["customer"])
    sentence = say("{day}: {sentence}", day=said_day(day), sentence=sentence) if on else sentence
    tell(session, together(sentence, _next(session, done.sale_ids)))
    if made[0]["sign_off"] is None:
        warn(
            say(
                "careful: {who} has no place among those who sign, so the bill hasn't moved on;"
                " csm customer contact edit {id} --sign-off PLACE gives one",
                who=who,
                id=made[0]["contact_id"],
            )
        )


def _with_place(name: str, place: Any) -> str:
    if place is None:
        return visible(name)
    from csm.render.day.due import in_words

    return say("{name} ({role})", name=visible(name), role=in_words("sign_off", str(place)))


def _next(session: Session, sale_ids: Sequence[int]) -> str:
    """Return whose turn it is to sign, of the first of these sales that waits for somebody."""
    for identity in sale_ids:
        found = stored.next_signer(session.database.connection, identity)
        if found is not None:
            name, place, phone = found
            who = _with_place(name, place)
            if phone is None:
                return say("next is {who}", who=who)
            return say("next is {who}, {phone}", who=who, phone=visible(phone))
    return say("nobody else has to sign")
