"""What a user means to do with money that comes in or is paid back, and with the signatures a bill waits for."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from csm.domain.errors import Refused, UsageFault
from csm.domain.sale import payment
from csm.domain.sale.payment import Owed, Part
from csm.domain.value import Value
from csm.services.sale import finding
from csm.storage import rows
from csm.storage.sale import payments

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.customer.rows import Candidate

Row = Mapping[str, object]


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
            last = max(meant, key=lambda sale: (str(sale["sold_on"]), _id(sale)))
            parts = payment.with_rest(parts or [Part(_id(last), 0)], over)
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
        return _note(work, connection, payment.with_rest(parts, over), set_off, draft, over, sales[0])


def _split(sales: Sequence[Row], favour: Sequence[Row], draft: Draft) -> tuple[list[Part], list[Part], int]:
    """Return what goes onto which of the sales, what is set off of credit notes of `favour`, and what is too much."""
    if draft.refund:
        back = [
            _owed(sale, payment.refundable(_balance(sale), int(str(sale["paid_cents"])), allow=draft.allow))
            for sale in sales
        ]
        parts, over = payment.allocate(draft.cents, [one for one in back if one.cents])
        return parts, [], over
    owed = [_owed(sale, _balance(sale)) for sale in sales if _balance(sale) > 0]
    credit = [_owed(sale, -_balance(sale)) for sale in favour if _is_credit(sale) and _balance(sale) < 0]
    return payment.settle(draft.cents, owed, credit)


def _owed(sale: Row, cents: int) -> Owed:
    return Owed(_id(sale), str(sale["sold_on"]), cents)


def _is_credit(sale: Row) -> bool:
    return int(str(sale["amount_cents"])) < 0 and sale["cancelled_on"] is None


def _too_much(ref: str, draft: Draft, over: int) -> Exception:
    from csm.domain.values.money import group_cents

    told = {"ref": ref, "amount": group_cents(draft.cents), "open": group_cents(draft.cents - over)}
    return Refused("over-refunded" if draft.refund else "over-paid", **told)


def _note(
    work: Work,
    connection: sqlite3.Connection,
    parts: Sequence[Part],
    set_off: Sequence[Part],
    draft: Draft,
    over: int,
    sale: Row,
) -> Paid:
    same = {"paid_on": draft.on.isoformat(), "note": draft.note, "by": work.user, "created_at": work.now_text}
    sign = -1 if draft.refund else 1
    amounts = [(part.sale_id, sign * part.cents) for part in parts] + [(part.sale_id, -part.cents) for part in set_off]
    ids = [
        rows.insert(connection, "payment", {"sale_id": sale_id, "amount_cents": cents, **same})
        for sale_id, cents in amounts
    ]
    return Paid(ids, int(str(sale["customer_id"])), over)


def sign(work: Work, ref: str, contact: str, on: date) -> Signed:
    """Note that a contact of the customer has signed a sale, or every sale of a bill, on a day.

    Raises no-such-record, not-unique, contact-left, before-sale, not-open, signed-already.
    """
    from csm.services.customer import contacts
    from csm.storage.customer import rows as customers

    with work.database.writing(work.command) as connection:
        sales = finding.find(connection, ref)
        meant = [sale for sale in sales if sale["cancelled_on"] is None]
        if not meant:
            raise Refused("not-open", ref=f"sa{sales[0]['id']}", status="cancelled")
        _refuse_before(meant, on)
        [customer] = customers.by_id(connection, int(str(sales[0]["customer_id"])))
        contact_id = contacts.there(connection, customer, contact, on)
        signer = rows.fetch(connection, "contact", contact_id) or {}
        unsigned = [sale for sale in meant if not payments.has_signed(connection, _id(sale), contact_id)]
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
        return Signed(ids, [_id(sale) for sale in unsigned], customer.id)


def _refuse_before(sales: Sequence[Row], on: date) -> None:
    """Raise before-sale for a day before that of one of the sales."""
    for sale in sales:
        if on.isoformat() < str(sale["sold_on"]):
            raise UsageFault("before-sale", value=on.isoformat(), ref=f"sa{sale['id']}", sold_on=sale["sold_on"])


def _balance(sale: Row) -> int:
    return int(str(sale["balance_cents"]))


def _id(sale: Row) -> int:
    return int(str(sale["id"]))
