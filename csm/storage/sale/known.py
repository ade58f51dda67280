"""The SQL by which an import finds the sales that are here already."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from csm.storage import rows
from csm.storage.files.known import Row


def card_terms(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the settlement terms of every card that has some, by its id."""
    return dict(connection.execute("SELECT id, terms FROM customer WHERE terms IS NOT NULL").fetchall())


def cancelled_by(connection: sqlite3.Connection, cancel_id: str) -> Row | None:
    """Return the sale that was cancelled by a row with this key."""
    found = rows.fetch_all(connection, "sale", "cancel_id = ? ORDER BY id LIMIT 1", [cancel_id])
    return found[0] if found else None


def cancelled_on(connection: sqlite3.Connection, customer_id: int, day: str, amount_cents: int) -> list[Row]:
    """Return the sales to a customer for an amount that were cancelled on a day, by nothing that has a key."""
    condition = "customer_id = ? AND amount_cents = ? AND cancelled_on = ? AND cancel_id IS NULL ORDER BY id"
    return rows.fetch_all(connection, "sale", condition, [customer_id, amount_cents, day])


def to_cancel(
    connection: sqlite3.Connection, customer_id: int, amount_cents: int, day: str, product: str | None, bill: str | None
) -> Row | None:
    """Return the sale that a cancellation on a day may mean: one on its bill, else the latest for the amount.

    `product` None is any.
    """
    condition = (
        "customer_id = :customer AND amount_cents = :cents AND sold_on <= :day AND cancelled_on IS NULL"
        " AND (:product IS NULL OR product = :product) ORDER BY"
        " bill IS :bill AND :bill IS NOT NULL DESC, sold_on DESC, id DESC LIMIT 1"
    )
    found = rows.fetch_all(
        connection,
        "sale",
        condition,
        {"customer": customer_id, "cents": amount_cents, "day": day, "product": product, "bill": bill},
    )
    return found[0] if found else None


def called(connection: sqlite3.Connection, customer_id: int, key: str) -> list[Row]:
    """Return the sales to a customer with an external id or a bill number, those not cancelled first, then the latest.

    The plus keeps SQLite from going through all that the customer ever bought.
    """
    order = "ORDER BY cancelled_on IS NOT NULL, sold_on DESC, id DESC"
    condition = f"+customer_id = :customer AND (external_id = :key OR bill = :key) {order}"
    return rows.fetch_all(connection, "sale", condition, {"customer": customer_id, "key": key})


def payments(connection: sqlite3.Connection, sale_id: int) -> list[Row]:
    """Return the payments of a sale in the order in which they were noted."""
    return rows.fetch_all(connection, "payment", "sale_id = ? ORDER BY id", [sale_id])


def on_account(connection: sqlite3.Connection, customer_id: int) -> list[Row]:
    """Return the payments on the account of a customer in the order in which they were noted."""
    return rows.fetch_all(connection, "payment", "customer_id = ? ORDER BY id", [customer_id])


def link(connection: sqlite3.Connection, one: int, other: int) -> None:
    """Let a payment name the other half of what was set off, unless it names one."""
    connection.execute("UPDATE payment SET set_off = ? WHERE id = ? AND set_off IS NULL", [other, one])


def bare_sums(connection: sqlite3.Connection) -> dict[int, Row]:
    """Return, by sale, the one payment of every sale that has a single one without a note and without whoever noted it.

    Such a payment is the sum that a file of sales told.
    """
    found = rows.fetch_all(connection, "payment", "sale_id IS NOT NULL AND note IS NULL AND by IS NULL ORDER BY id", [])
    several = connection.execute("SELECT sale_id FROM payment GROUP BY sale_id HAVING count(*) > 1")
    others = {sale_id for (sale_id,) in several}
    return {one["sale_id"]: one for one in found if one["sale_id"] not in others}


def signatures(connection: sqlite3.Connection, sale_id: int) -> list[Row]:
    """Return the signatures on a sale in the order in which they were noted."""
    return rows.fetch_all(connection, "signature", "sale_id = ? ORDER BY id", [sale_id])


def signer(connection: sqlite3.Connection, customer_id: int, name_key: str) -> tuple[Any, ...]:
    """Return (id, place in the chain) of the customer's contact with a name; else Nones.

    Of several it is who is there, and of those who signs first.
    """
    found: Sequence[Any] | None = connection.execute(
        "SELECT id, sign_off FROM contact WHERE customer_id = ? AND +name_key = ?"
        " ORDER BY left_on IS NOT NULL, sign_off IS NULL, id LIMIT 1",
        [customer_id, name_key],
    ).fetchone()
    return tuple(found) if found is not None else (None, None)


def move(connection: sqlite3.Connection, sale_id: int, customer_id: int) -> None:
    """Give a sale to another customer, with its callbacks and services; a complaint stays with whoever complained."""
    connection.execute("UPDATE sale SET customer_id = ? WHERE id = ?", [customer_id, sale_id])
    connection.execute(
        "UPDATE callback SET customer_id = ?, contact_id = NULL WHERE sale_id = ?", [customer_id, sale_id]
    )
    connection.execute("UPDATE service SET customer_id = ? WHERE sale_id = ?", [customer_id, sale_id])
    connection.execute("UPDATE complaint SET sale_id = NULL WHERE sale_id = ?", [sale_id])
