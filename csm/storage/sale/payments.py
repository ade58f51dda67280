"""The SQL of payments and signatures: what is open, in whose favour, where a bill waits."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from csm.domain.sale.account import Credit, SetOff, usable
from csm.storage import rows
from csm.storage.sale.rows import OPEN_PART, UNPAID, balance_of, stored

if TYPE_CHECKING:
    from csm.storage.listing import Condition
    from csm.storage.row_types import SaleRow


def phone_of(who: str) -> str:
    """Return the SQL of the phone of a contact, else of the customer of a sale `v`."""
    return (
        f"(coalesce((SELECT number FROM contact_phone WHERE contact_id = {who} ORDER BY id LIMIT 1),"
        " (SELECT phone FROM customer WHERE id = v.customer_id),"
        " (SELECT number FROM contact_phone JOIN contact ON contact.id = contact_id"
        " WHERE contact.customer_id = v.customer_id AND contact.left_on IS NULL ORDER BY contact_phone.id LIMIT 1)))"
    )


def open_on_days(
    connection: sqlite3.Connection, conditions: Sequence[Condition], view: str = "sale_unpaid"
) -> Iterator[tuple[str, int, int]]:
    """Yield (day due, number of sales, cents open) of the unpaid sales that meet `conditions` on a view of them."""
    # the view joins every card; what asks nothing of the cards is answered from the sales alone
    of_cards = any("v.owner" in condition.sql or "v.region" in condition.sql for condition in conditions)
    lean = view == "sale_unpaid" and not of_cards
    source, said = ("sale", [UNPAID]) if lean else (view, [])
    where = " AND ".join(f"({sql})" for sql in [*said, *[condition.sql for condition in conditions]]) or "1"
    given = [value for condition in conditions for value in condition.given]
    return connection.execute(
        f"SELECT v.due_on, count(*), sum(v.balance_cents) FROM {source} AS v WHERE {where} GROUP BY v.due_on", given
    )


def unpaid_of(connection: sqlite3.Connection, customer_id: int, day: str) -> list[SaleRow]:
    """Return the sales of a customer up to a day that aren't paid, the oldest first."""
    condition = f"id IN (SELECT v.id FROM sale AS v WHERE v.customer_id = ? AND v.sold_on <= ? AND {UNPAID})"
    return stored(connection, f"{condition} ORDER BY sold_on, id", [customer_id, day])


def credits_of(connection: sqlite3.Connection, customer_id: int, day: str) -> list[Credit]:
    """Return what a customer has with us on a day, a credit a sale, and one of the money on account."""
    found = connection.execute(
        "SELECT sale_id, since_on, cents FROM account_credit"
        " WHERE customer_id = ? AND sale_id IS NOT NULL AND since_on <= ? ORDER BY since_on, sale_id",
        [customer_id, day],
    )
    credits = [Credit(*row) for row in found]
    deposit = on_account(connection, customer_id, day)
    if deposit > 0:
        query = "SELECT since_on FROM account_credit WHERE customer_id = ? AND sale_id IS NULL"
        (since_on,) = connection.execute(query, [customer_id]).fetchone()
        credits.append(Credit(None, min(since_on, day), deposit))
    return credits


def credit_of(connection: sqlite3.Connection, customer_id: int) -> int:
    """Return all that a customer has with us, in cents."""
    query = "SELECT coalesce(sum(cents), 0) FROM account_credit WHERE customer_id = ?"
    return int(connection.execute(query, [customer_id]).fetchone()[0])


def asked_of(connection: sqlite3.Connection, sale_id: int) -> int:
    """Return what a customer is asked to pay for a sale, in cents: 0 where what they have with us covers it."""
    found = connection.execute("SELECT asked_cents FROM sale_unpaid WHERE id = ?", [sale_id]).fetchone()
    return 0 if found is None else int(found[0])


def on_account(connection: sqlite3.Connection, customer_id: int, day: str) -> int:
    """Return what of a customer's money on account can be used on a day, in cents; what was used later is gone."""
    days = connection.execute(
        "SELECT paid_on, sum(amount_cents) FROM payment WHERE customer_id = ? GROUP BY paid_on ORDER BY paid_on",
        [customer_id],
    )
    return usable(days, day)


def note(
    connection: sqlite3.Connection,
    customer_id: int,
    same: Mapping[str, object],
    amounts: Iterable[tuple[int | None, int]],
    pairs: Iterable[SetOff],
    own_ids: Iterator[int] | None = None,
) -> list[int]:
    """Write payments; return their ids. Of a pair, what leaves the credit comes first, and each names the other.

    amounts: (sale, cents), on the account of the customer where there is no sale. same: the columns they share.
    own_ids: gives their ids, where these aren't the next ones.
    """

    def write(sale_id: int | None, cents: int, **more: object) -> int:
        where = {"customer_id": customer_id} if sale_id is None else {"sale_id": sale_id}
        own = {} if own_ids is None else {"id": next(own_ids)}
        return rows.insert(connection, "payment", {**own, **where, "amount_cents": cents, **same, **more})

    ids = []
    for pair in pairs:
        source = write(pair.source, -pair.cents)
        target = write(pair.bill, pair.cents, set_off=source)
        rows.update(connection, "payment", source, {"set_off": target})
        ids += [source, target]
    return ids + [write(sale_id, cents) for sale_id, cents in amounts]


def made(connection: sqlite3.Connection, payment_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return payments in the order of their ids, each with what is open on its sale now, in cents."""
    cursor = connection.execute(
        "SELECT p.id, p.sale_id, p.bill, p.product, p.amount_cents AS amount, p.paid_on, sale.balance_cents AS balance,"
        " p.note, p.by, p.customer_id, p.set_off, sale.status, p.customer"
        " FROM payment_list AS p LEFT JOIN sale ON sale.id = p.sale_id"
        f" WHERE p.id IN ({', '.join('?' * len(payment_ids))}) ORDER BY p.id",
        list(payment_ids),
    )
    names = [name for name, *_ in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def signatures(connection: sqlite3.Connection, signature_ids: Sequence[int]) -> list[dict[str, object]]:
    """Return signatures in the order of their ids."""
    condition = f"id IN ({', '.join('?' * len(signature_ids))}) ORDER BY id"
    return rows.fetch_all(connection, "signature_list", condition, list(signature_ids))


def has_signed(connection: sqlite3.Connection, sale_id: int, contact_id: int) -> bool:
    """Tell whether a contact has signed a sale."""
    query = "SELECT 1 FROM signature WHERE sale_id = ? AND contact_id = ?"
    return connection.execute(query, [sale_id, contact_id]).fetchone() is not None


def next_signer(connection: sqlite3.Connection, sale_id: int) -> tuple[str, str, str | None] | None:
    """Return (name, place in the chain, phone) of who signs an unpaid sale next, None where nobody does."""
    found = connection.execute(
        f"SELECT contact.name, contact.sign_off, {phone_of('contact.id')} FROM sale_unpaid AS v"
        " JOIN contact ON contact.id = v.next_contact_id WHERE v.id = ?",
        [sale_id],
    ).fetchone()
    return None if found is None else (found[0], found[1], found[2])


def next_of_theirs(connection: sqlite3.Connection, customer_id: int) -> tuple[int, str, str] | None:
    """Return (id, text, day) of the next open promise of a customer's, None where there is none."""
    found = connection.execute(
        "SELECT id, text, due_on FROM promise WHERE customer_id = ? AND direction = 'theirs' AND status = 'open'"
        " ORDER BY due_at, id LIMIT 1",
        [customer_id],
    ).fetchone()
    return None if found is None else (found[0], found[1], found[2])


def next_part(connection: sqlite3.Connection, customer_id: int) -> tuple[int, str] | None:
    """Return (cents asked for, day) of the next part of a customer's repayment plan, None where nothing is asked.

    It is never more than the customer's balance (source: handbook 8).
    """
    found = connection.execute(
        "SELECT instalment.amount_cents - instalment.paid_cents, instalment.due_on FROM repayment_plan AS plan"
        f" CROSS JOIN instalment ON instalment.plan_id = plan.id WHERE plan.customer_id = ? AND {OPEN_PART}"
        " ORDER BY instalment.due_on, instalment.id LIMIT 1",
        [customer_id],
    ).fetchone()
    if found is None or (balance := balance_of(connection, customer_id)) <= 0:
        return None
    return min(found[0], balance), found[1]


def open_on_bill(connection: sqlite3.Connection, customer_id: int, bill: str) -> tuple[int, int]:
    """Return how many sales stand on a bill of a customer, and what is open on them in cents."""
    query = (
        "SELECT count(*), coalesce(sum(max(balance_cents, 0)), 0) FROM sale"
        " WHERE bill = ? AND customer_id = ? AND cancelled_on IS NULL"
    )
    count, cents = connection.execute(query, [bill, customer_id]).fetchone()
    return count, cents
