"""What a user means to do with money that comes in or is paid back, and with the signatures a bill waits for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from csm.domain.errors import Refused, UsageFault
from csm.domain.sale import payment_allocation
from csm.domain.sale.payment_allocation import Owed, Part
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
    """Money to be noted: cents above zero, the day it was paid.

    refund: we paid it back to the customer. allow: it may be more than is open; a refund, all that was paid.
    """

    cents: int
    on: date
    note: str | None = None
    allow: bool = False
    refund: bool = False


class Paid(Value):
    """What noting money did: the payments made, the oldest sale first, and what they were above what was open."""

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

    Raises no-such-record, not-unique, before-sale, sale-cancelled, over-paid, over-refunded.
    """
    with work.database.writing(work.command) as connection:
        sales = finding.find(connection, ref)
        meant = [sale for sale in sales if draft.refund or sale["cancelled_on"] is None]
        if not meant:
            raise Refused("sale-cancelled", ref=f"sa{sales[0]['id']}", day=sales[0]["cancelled_on"])
        _refuse_before(meant, draft.on)
        credit = meant if len(sales) > 1 else []
        parts, set_off, over = _split(meant, credit, draft)
        if over and (draft.refund or not draft.allow):
            raise _too_much(ref if len(sales) > 1 else f"sa{sales[0]['id']}", draft, over)
        if over:
            last = max(meant, key=lambda sale: (sale["sold_on"], sale["id"]))
            parts = payment_allocation.with_rest(parts or [Part(last["id"], 0)], over)
        return _note(work, connection, parts, set_off, draft, over, sales[0])


def pay_for(work: Work, customer: Candidate, draft: Draft) -> Paid:
    """Note money of a customer: it settles the sales up to its day that are open, the oldest first (handbook 8).

    Credit notes are set off against them. With `refund` it settles what we owe them. Raises nothing-owed,
    nothing-to-refund, over-paid, over-refunded.
    """
    with work.database.writing(work.command) as connection:
        favour = payments.in_favour_of(connection, customer.id, draft.on.isoformat())
        sales = favour if draft.refund else payments.unpaid_of(connection, customer.id, draft.on.isoformat())
        if not sales:
            told = {"customer": customer.name, "customer_id": customer.id, "day": draft.on.isoformat()}
            raise Refused("nothing-to-refund" if draft.refund else "nothing-owed", **told)
        parts, set_off, over = _split(sales, favour, draft)
        if over and (draft.refund or not draft.allow):
            raise _too_much(customer.name, draft, over)
        return _note(work, connection, payment_allocation.with_rest(parts, over), set_off, draft, over, sales[0])


def _split(sales: Sequence[SaleRow], favour: Sequence[SaleRow], draft: Draft) -> tuple[list[Part], list[Part], int]:
    """Return what goes onto which of the sales, what is set off of credit notes of `favour`, and what is too much."""
    if draft.refund:
        back = [
            _owed(sale, payment_allocation.refundable(sale["balance_cents"], sale["paid_cents"], allow=draft.allow))
            for sale in sales
        ]
        parts, over = payment_allocation.allocate(draft.cents, [one for one in back if one.cents])
        return parts, [], over
    owed = [_owed(sale, sale["balance_cents"]) for sale in sales if sale["balance_cents"] > 0]
    credit = [_owed(sale, -sale["balance_cents"]) for sale in favour if _is_credit(sale) and sale["balance_cents"] < 0]
    return payment_allocation.settle(draft.cents, owed, credit)


def _owed(sale: SaleRow, cents: int) -> Owed:
    return Owed(sale["id"], sale["sold_on"], cents)


def _is_credit(sale: SaleRow) -> bool:
    return sale["amount_cents"] < 0 and sale["cancelled_on"] is None


def _too_much(ref: str, draft: Draft, over: int) -> Exception:
    told = {"ref": ref, "amount": group_cents(draft.cents), "open": group_cents(draft.cents - over)}
    return Refused("over-refunded" if draft.refund else "over-paid", **told)


def _note(
    work: Work,
    connection: sqlite3.Connection,
    parts: Sequence[Part],
    set_off: Sequence[Part],
    draft: Draft,
    over: int,
    sale: SaleRow,
) -> Paid:
    same = {"paid_on": draft.on.isoformat(), "note": draft.note, "by": work.user, "created_at": work.now_text}
    sign = -1 if draft.refund else 1
    amounts = [(part.sale_id, sign * part.cents) for part in parts] + [(part.sale_id, -part.cents) for part in set_off]
    ids = [
        rows.insert(connection, "payment", {"sale_id": sale_id, "amount_cents": cents, **same})
        for sale_id, cents in amounts
    ]
    return Paid(ids, sale["customer_id"], over)


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
