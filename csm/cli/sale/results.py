"""What commands about sales share: the records they print, and what became of the callbacks of a sale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import typer

from csm.cli import output
from csm.cli.customer.archived import warn_archived
from csm.cli.days import echoed, said_day
from csm.cli.grammar import Given
from csm.cli.output import tell
from csm.cli.session import Session, warn
from csm.domain.sale.record import SALE
from csm.domain.values.money import group_cents, typed_cents
from csm.i18n import label, say, say_n
from csm.render.listing import Listing
from csm.render.text import visible
from csm.services.sale import reading
from csm.storage.sale import payments

if TYPE_CHECKING:
    from csm.domain.customer.branches import Passed
    from csm.services.sale.after_sale import Followed
    from csm.services.sale.writing import Warned

LISTED: Final = tuple(field for field in SALE if field.listed)


def records(session: Session, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return sales by field as they stand today."""
    return [reading.record(session.database.connection, sale_id, session.today) for sale_id in ids]


def changed(ctx: typer.Context, sentence: str, found: Sequence[dict[str, Any]]) -> None:
    """Say in one line what was changed; print the record where a format was asked for, of several sales the list."""
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if len(found) == 1:
        output.changed(session, given, sentence, LISTED, found[0])
        return
    output.tell_where(session)
    if given.form != "table" or given.output is not None:
        rows = [[row[field.name] for field in LISTED] for row in found]
        output.write_rows(session, given, Listing(LISTED, rows))
    output.tell(session, output.naming(sentence, found[0]["customer"] if found else None))


def told_ids(ids: Sequence[int]) -> str:
    """Return the short references of sales."""
    return say(", ").join(f"sa{sale_id}" for sale_id in ids)


def promised(session: Session, sale: dict[str, Any]) -> str:
    """Return the day that delivery of a sale is promised for as it is said back."""
    day = date.fromisoformat(sale["delivery_on"])
    return say("delivery {day}", day=echoed(session, day) if sale["delivered_on"] is None else said_day(day))


def tell_followed(session: Session, followed: Sequence[Followed]) -> None:
    """Say what became of the callbacks of a sale: each one planned or moved, how many cancelled."""
    for one in followed:
        # The single callback of the accountable type asks for the use, whatever the step is called.
        step = "usage" if one.step == "accountable" else one.step
        told = {"id": one.id, "step": label("after_sale", step), "day": echoed(session, one.on)}
        if one.how == "planned":
            tell(session, say("planned cb{id}: {step}, {day}", **told))
        elif one.how == "moved":
            tell(session, say("moved cb{id}: {step}, {day}", **told))
    cancelled = sum(one.how == "cancelled" for one in followed)
    if cancelled:
        tell(session, say_n("{n} open callback cancelled", "{n} open callbacks cancelled", cancelled))


def warn_of_limits(passed: Sequence[Passed]) -> None:
    """Say who owes more than their credit limit, even when quiet."""
    for one in passed:
        told = {"name": visible(one.customer), "balance": group_cents(one.balance), "limit": group_cents(one.limit)}
        warn(
            say("careful: {name} and its branches owe {balance} now, above the credit limit of {limit}", **told)
            if one.branches
            else say("careful: {name} owes {balance} now, above the credit limit of {limit}", **told)
        )


def warn_of(warned: Warned, customer_id: int, name: str, bill: str | None) -> None:
    """Say what must be known about a sale, even when quiet."""
    name = visible(name)
    if warned.supply_stopped is not None:
        warn(say("careful: supply to {name} is stopped: {reason}", name=name, reason=visible(warned.supply_stopped)))
    warn_of_limits(warned.passed)
    if warned.lost:
        warn(say("note: {name} is a lost customer: csm customer won-back {id}", name=name, id=customer_id))
    if warned.archived:
        warn_archived(name, customer_id)
    if warned.bill_of is not None:
        other = visible(warned.bill_of)
        warn(say("note: {other} has a bill {bill} too", other=other, bill=visible(str(bill))))


def warn_of_credit(session: Session, ref: str, customer_id: int, cents: int) -> None:
    """Say how so many cents that a customer has with us on a sale are paid back, or set off where a bill is open."""
    connection = session.database.connection
    told = {"ref": ref, "typed": typed_cents(cents)}
    warn(say("csm sale pay {ref} {typed} --refund pays it back", **told))
    if payments.unpaid_of(connection, customer_id, session.today.isoformat()):
        warn(say("csm sale set-off {id} sets it off against what is open", id=customer_id))
