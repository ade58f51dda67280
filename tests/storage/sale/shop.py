"""A file of sales as another program sees it."""

from __future__ import annotations

import sqlite3
from typing import Any


class Shop:
    """A file as another program sees it: two customers, and sales written with plain SQL."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        connection.execute("PRAGMA foreign_keys = 1")

    def __call__(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.connection.execute(query, given).fetchall()

    def sale(self, amount: int, customer: int = 1, **columns: object) -> int:
        """Write a sale of so many cents and return its id."""
        told = {"sold_on": "2026-11-02", "due_on": "2026-12-02", "product": "oven", **columns}
        told |= {"customer_id": customer, "amount_cents": amount}
        return self.insert("sale", **told)

    def insert(self, table: str, **columns: object) -> int:
        """Write a row and return its id."""
        places = ", ".join("?" * len(columns))
        query = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
        return int(self.connection.execute(query, list(columns.values())).lastrowid or 0)

    def pay(self, sale: int, amount: int) -> int:
        """Write a payment of so many cents and return its id."""
        return self.insert("payment", sale_id=sale, amount_cents=amount, paid_on="2026-11-10")

    def standing(self, sale: int) -> tuple[Any, ...]:
        """Return paid, balance and status of a sale."""
        return self("SELECT paid_cents, balance_cents, status FROM sale WHERE id = ?", sale)[0]

    def contact(self, name: str, sign_off: str | None, customer: int = 1) -> int:
        """Write a contact with a place in the chain of signatures."""
        return self.insert("contact", customer_id=customer, name=name, name_key=name, sign_off=sign_off)

    def sign(self, sale: int, contact: int | None, sign_off: str | None, day: str) -> int:
        """Write a signature."""
        return self.insert("signature", sale_id=sale, contact_id=contact, name="x", sign_off=sign_off, signed_on=day)
