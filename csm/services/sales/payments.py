"""What a user means to do with money that comes in or is paid back, and with the signatures a bill waits for."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from csm.domain import payment
from csm.domain.payment import Owed, Part
from csm.domain.value import Value
from csm.services.sales import finding
from csm.storage import payments, rows

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.customers import Candidate

Row = Mapping[str, object]


class Draft(Value):
    """Money to be noted: cents above zero, the day it was paid.

    allow: it may be more than is open. refund: we paid it back to the customer.
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
    """Note money for the sale that `ref` means, or for all sales of a bill, the oldest first.

    Raises NoSuchRecord, NotUnique, BeforeSale, SaleCancelled, OverPaid, OverRefunded.
    """
    with work.database.writing(work.command) as connection:
        sales = finding.find(connection, ref)
        _refuse_before(sales, draft.on)
        meant = sales if draft.refund else [sale for sale in sales if sale["cancelled_on"] is None]
        if not meant:
            from csm.domain.errors import SaleCancelled

            raise SaleCancelled(ref=f"sa{sales[0]['id']}", day=sales[0]["cancelled_on"])
        parts, over = _split(meant, draft)
        if over and not draft.allow:
            raise _too_much(ref if len(sales) > 1 else f"sa{sales[0]['id']}", draft, over)
        if over:
            last = max(meant, key=lambda sale: (str(sale["sold_on"]), _id(sale)))
            parts = payment.with_rest(parts or [Part(_id(last), 0)], over)
        return _note(work, connection, parts, draft, over, sales[0])


def pay_for(work: Work, customer: Candidate, draft: Draft) -> Paid:
    """Note money of a customer: it settles the sales up to its day that are open, the oldest first (handbook 8).

    With `refund` it settles what we owe them. Raises NothingOwed, NothingToRefund, OverPaid, OverRefunded.
    """
    with work.database.writing(work.command) as connection:
        look = payments.in_favour_of if draft.refund else payments.unpaid_of
        sales = look(connection, customer.id, draft.on.isoformat())
        if not sales:
            from csm.domain import errors

            told = {"customer": customer.name, "customer_id": customer.id, "day": draft.on.isoformat()}
            raise (errors.NothingToRefund if draft.refund else errors.NothingOwed)(**told)
        parts, over = _split(sales, draft)
        if over and not draft.allow:
            raise _too_much(customer.name, draft, over)
        return _note(work, connection, payment.with_rest(parts, over), draft, over, sales[0])


def _split(sales: Sequence[Row], draft: Draft) -> tuple[list[Part], int]:
    """Return what goes onto which of the sales, and what is more than all of them take."""
    owed = []
    for sale in sales:
        balance = int(str(sale["balance_cents"]))
        open_cents = payment.refundable(balance) if draft.refund else max(balance, 0)
        if open_cents:
            owed.append(Owed(_id(sale), str(sale["sold_on"]), open_cents))
    return payment.allocate(draft.cents, owed)


def _too_much(ref: str, draft: Draft, over: int) -> Exception:
    from csm.domain import errors
    from csm.domain.money import group_cents

    told = {"ref": ref, "amount": group_cents(draft.cents), "open": group_cents(draft.cents - over)}
    return (errors.OverRefunded if draft.refund else errors.OverPaid)(**told)


def _note(
    work: Work, connection: sqlite3.Connection, parts: Sequence[Part], draft: Draft, over: int, sale: Row
) -> Paid:
    same = {"paid_on": draft.on.isoformat(), "note": draft.note, "by": work.user, "created_at": work.now_text}
    sign = -1 if draft.refund else 1
    ids = [
        rows.insert(connection, "payment", {"sale_id": part.sale_id, "amount_cents": sign * part.cents, **same})
        for part in parts
    ]
    return Paid(ids, int(str(sale["customer_id"])), over)


def sign(work: Work, ref: str, contact: str, on: date) -> Signed:
    """Note that a contact of the customer has signed a sale, or every sale of a bill, on a day.

    Raises NoSuchRecord, NotUnique, BeforeSale, SaleCancelled, SignedAlready.
    """
    from csm.domain import errors
    from csm.services import references
    from csm.storage import customers

    with work.database.writing(work.command) as connection:
        sales = finding.find(connection, ref)
        _refuse_before(sales, on)
        meant = [sale for sale in sales if sale["cancelled_on"] is None]
        if not meant:
            raise errors.SaleCancelled(ref=f"sa{sales[0]['id']}", day=sales[0]["cancelled_on"])
        [customer] = customers.by_id(connection, int(str(sales[0]["customer_id"])))
        contact_id = references.contact(connection, customer, contact)
        signer = rows.fetch(connection, "contact", contact_id) or {}
        unsigned = [sale for sale in meant if not payments.has_signed(connection, _id(sale), contact_id)]
        if not unsigned:
            raise errors.SignedAlready(ref=f"sa{meant[0]['id']}", name=signer["name"])
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
    """Raise BeforeSale for a day before that of one of the sales."""
    for sale in sales:
        if on.isoformat() < str(sale["sold_on"]):
            from csm.domain.errors import BeforeSale

            raise BeforeSale(value=on.isoformat(), ref=f"sa{sale['id']}", sold_on=sale["sold_on"])


def _id(sale: Row) -> int:
    return int(str(sale["id"]))
