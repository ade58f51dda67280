"""What a user means to do with money that comes in or is paid back, and with the signatures a bill waits for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from csm.domain.errors import Refused, UsageFault
from csm.domain.sale import account, payment_allocation
from csm.domain.sale.account import Credit, SetOff
from csm.domain.sale.payment_allocation import Owed
from csm.domain.value import Value
from csm.domain.values.money import group_cents
from csm.services.customer import contacts
from csm.services.sale import finding
from csm.storage import rows
from csm.storage.customer import rows as customers
from csm.storage.sale import payments

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.customer.rows import Candidate
    from csm.storage.row_types import SaleRow


class Draft(Value):
    """Money to be noted: cents, the day it was paid.

    refund: we paid it back to the customer. allow: it may be more than is open; a refund of a sale, all that was paid.
    """

    cents: int
    on: date
    note: str | None = None
    allow: bool = False
    refund: bool = False


class Paid(Value):
    """What noting money did: the payments made, what was set off first; `over` cents of it went on account."""

    ids: list[int]
    customer_id: int
    over: int


class Signed(Value):
    """What a signature did: its ids, one a sale, and the sales with it."""

    ids: list[int]
    sale_ids: list[int]
    customer_id: int


def pay(work: Work, ref: str, draft: Draft) -> Paid:
    """Note money for the sale that `ref` means, or for all sales of a bill, the oldest first; its credits are set off.

    What is more than is open goes on account where that is allowed. Raises no-such-record, not-unique, before-sale,
    sale-cancelled, over-paid, over-refunded.
    """
    with work.database.writing(work.command) as connection:
        sales = finding.find(connection, ref)
        # Of a cancelled credit note that was paid back, that is to come in again.
        meant = [sale for sale in sales if draft.refund or sale["cancelled_on"] is None or sale["balance_cents"] > 0]
        if not meant:
            raise Refused("sale-cancelled", ref=f"sa{sales[0]['id']}", day=sales[0]["cancelled_on"])
        _refuse_before(meant, draft.on)
        called = ref if len(sales) > 1 else f"sa{sales[0]['id']}"
        customer_id = sales[0]["customer_id"]
        if draft.refund:
            back = [
                _owed(sale, payment_allocation.refundable(sale["balance_cents"], sale["paid_cents"], allow=draft.allow))
                for sale in meant
            ]
            parts, over = payment_allocation.allocate(draft.cents, [one for one in back if one.cents])
            if over:
                raise _too_much(called, draft, over)
            return _note(work, connection, customer_id, draft, [(part.sale_id, -part.cents) for part in parts])
        credits = [
            Credit(sale["id"], sale["sold_on"], -sale["balance_cents"]) for sale in meant if sale["balance_cents"] < 0
        ]
        bills = [_owed(sale, sale["balance_cents"]) for sale in meant if sale["balance_cents"] > 0]
        return _settle(work, connection, (customer_id, called), draft, credits if len(sales) > 1 else [], bills)


def pay_for(work: Work, customer: Candidate, draft: Draft) -> Paid:
    """Note money of a customer: what they have with us is set off, and the rest settles the oldest bills (handbook 8).

    Without an open bill it goes on account. 0 only sets off. With `refund` we pay back what they have with us, the
    oldest first. Raises nothing-owed, nothing-to-set-off, nothing-to-refund, over-paid, over-credit.
    """
    with work.database.writing(work.command) as connection:
        day = draft.on.isoformat()
        credits = payments.credits_of(connection, customer.id, day)
        if draft.refund:
            if not credits:
                raise Refused("nothing-to-refund", customer=customer.name, day=day)
            back, over = account.pay_back(draft.cents, credits)
            if over:
                raise Refused("over-credit", **_more_than(customer, draft, over))
            return _note(work, connection, customer.id, draft, [(sale_id, -cents) for sale_id, cents in back])
        bills = [_owed(sale, sale["balance_cents"]) for sale in payments.unpaid_of(connection, customer.id, day)]
        if not draft.cents:
            _refuse_nothing(customer, day, credits, bills)
        return _settle(work, connection, (customer.id, customer.name), draft, credits, bills, ahead=not bills)


def set_off(work: Work, customer: Candidate, on: date, note: str | None = None) -> Paid:
    """Set what a customer has with us off against their oldest bills; raise nothing-owed, nothing-to-set-off."""
    return pay_for(work, customer, Draft(0, on, note))


def set_off_first(work: Work, connection: sqlite3.Connection, customer_id: int) -> int:
    """Set what a customer has with us off against their oldest bills, within a transaction; return how many cents."""
    day = work.today.isoformat()
    bills = [_owed(sale, sale["balance_cents"]) for sale in payments.unpaid_of(connection, customer_id, day)]
    pairs = account.set_off(payments.credits_of(connection, customer_id, day), bills)
    _note(work, connection, customer_id, Draft(0, work.today), [], pairs)
    return sum(pair.cents for pair in pairs)


def deposit(work: Work, customer: Candidate, draft: Draft) -> Paid:
    """Note money of a customer on their account, without a bill; with `refund` pay back of what is there.

    Raises nothing-on-account, over-account (source: handbook 8).
    """
    with work.database.writing(work.command) as connection:
        cents = draft.cents
        if draft.refund:
            there = payments.on_account(connection, customer.id, draft.on.isoformat())
            if there <= 0:
                raise Refused("nothing-on-account", customer=customer.name, day=draft.on.isoformat())
            if cents > there:
                raise Refused("over-account", **_more_than(customer, draft, cents - there))
            cents = -cents
        return _note(work, connection, customer.id, draft, [(None, cents)])


def _refuse_nothing(customer: Candidate, day: str, credits: Sequence[Credit], bills: Sequence[Owed]) -> None:
    """Raise nothing-owed or nothing-to-set-off, whichever half is missing."""
    told = {"customer": customer.name, "customer_id": customer.id, "day": day}
    if not bills:
        raise Refused("nothing-owed", **told)
    if not credits:
        raise Refused("nothing-to-set-off", **told)


def _settle(
    work: Work,
    connection: sqlite3.Connection,
    whose: tuple[int, str],
    draft: Draft,
    credits: Sequence[Credit],
    bills: Sequence[Owed],
    *,
    ahead: bool = False,
) -> Paid:
    """Set credits off and note money for bills; the rest goes on account, `ahead` or where that is allowed.

    whose: the customer, and what an error calls them or the bill.
    """
    customer_id, called = whose
    pairs, parts, over = account.settle(draft.cents, credits, bills)
    if over and not (draft.allow or ahead):
        raise _too_much(called, draft, over)
    amounts: list[tuple[int | None, int]] = [(part.sale_id, part.cents) for part in parts]
    return _note(work, connection, customer_id, draft, [*amounts, *([(None, over)] if over else [])], pairs)


def _owed(sale: SaleRow, cents: int) -> Owed:
    return Owed(sale["id"], sale["sold_on"], cents)


def _too_much(ref: str, draft: Draft, over: int) -> Exception:
    told = {"ref": ref, "amount": group_cents(draft.cents), "open": group_cents(draft.cents - over)}
    return Refused("over-refunded" if draft.refund else "over-paid", **told)


def _more_than(customer: Candidate, draft: Draft, over: int) -> dict[str, object]:
    """Return what an error says of more to be paid back than a customer has with us, by `over` cents."""
    told = {"customer": customer.name, "customer_id": customer.id, "day": draft.on.isoformat()}
    return {**told, "amount": group_cents(draft.cents), "open": group_cents(draft.cents - over)}


def _note(
    work: Work,
    connection: sqlite3.Connection,
    customer_id: int,
    draft: Draft,
    amounts: Sequence[tuple[int | None, int]],
    pairs: Sequence[SetOff] = (),
) -> Paid:
    """Note pairs of what was set off, then amounts in cents: of a sale, or of the account where there is none."""
    same = {"paid_on": draft.on.isoformat(), "note": draft.note, "by": work.user, "created_at": work.now_text}
    ids = payments.note(connection, customer_id, same, amounts, pairs)
    return Paid(ids, customer_id, sum(cents for sale_id, cents in amounts if sale_id is None and cents > 0))


def sign(work: Work, ref: str, contact: str, on: date) -> Signed:
    """Note that a contact of the customer has signed a sale, or every sale of a bill, on a day.

    Raises no-such-record, not-unique, contact-left, before-sale, not-open, signed-already.
    """
    with work.database.writing(work.command) as connection:
        sales = finding.find(connection, ref)
        meant = [sale for sale in sales if sale["cancelled_on"] is None]
        if not meant:
            raise Refused("not-open", ref=f"sa{sales[0]['id']}", status="cancelled")
        _refuse_before(meant, on)
        [customer] = customers.by_id(connection, sales[0]["customer_id"])
        contact_id = contacts.there(connection, customer, contact, on)
        signer = rows.known(connection, "contact", contact_id)
        unsigned = [sale for sale in meant if not payments.has_signed(connection, sale["id"], contact_id)]
        if not unsigned:
            raise Refused("signed-already", ref=f"sa{meant[0]['id']}", name=signer["name"])
        values = {
            "contact_id": contact_id,
            "name": signer["name"],
            "sign_off": signer["sign_off"],
            "signed_on": on.isoformat(),
            "created_at": work.now_text,
        }
        ids = [rows.insert(connection, "signature", {"sale_id": sale["id"], **values}) for sale in unsigned]
        return Signed(ids, [sale["id"] for sale in unsigned], customer.id)


def _refuse_before(sales: Sequence[SaleRow], on: date) -> None:
    """Raise before-sale for a day before that of one of the sales."""
    for sale in sales:
        if on.isoformat() < sale["sold_on"]:
            raise UsageFault("before-sale", value=on.isoformat(), ref=f"sa{sale['id']}", sold_on=sale["sold_on"])
