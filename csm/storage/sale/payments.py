"""The SQL of payments and signatures: what is open, in whose favour, where a bill waits."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from csm.storage import rows
from csm.storage.sale.rows import IN_FAVOUR, UNPAID, stored

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
    """Give (day due, number of sales, cents open) of the unpaid sales that meet `conditions` on a view of them."""
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


def in_favour_of(connection: sqlite3.Connection, customer_id: int, day: str) -> list[SaleRow]:
    """Return the sales of a customer up to a day on which we owe them, the oldest first."""
    condition = f"id IN (SELECT v.id FROM sale AS v WHERE v.customer_id = ? AND v.sold_on <= ? AND ({IN_FAVOUR}))"
    return stored(connection, f"{condition} ORDER BY sold_on, id", [customer_id, day])


def made(connection: sqlite3.Connection, payment_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return payments in the order of their ids, each with what is open on its sale now, in cents."""
    cursor = connection.execute(
        "SELECT p.id, p.sale_id, p.bill, p.product, p.amount_cents AS amount, p.paid_on, sale.balance_cents AS balance,"
        " p.note, p.by, sale.status, customer.name AS customer"
        " FROM payment_list AS p JOIN sale ON sale.id = p.sale_id JOIN customer ON customer.id = sale.customer_id"
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


def open_on_bill(connection: sqlite3.Connection, customer_id: int, bill: str) -> tuple[int, int]:
    """Return how many sales stand on a bill of a customer, and what is open on them in cents."""
    query = (
        "SELECT count(*), coalesce(sum(max(balance_cents, 0)), 0) FROM sale"
        " WHERE bill = ? AND customer_id = ? AND cancelled_on IS NULL"
    )
    count, cents = connection.execute(query, [bill, customer_id]).fetchone()
    return count, cents
