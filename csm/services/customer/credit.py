"""Whether what somebody owes passes a credit limit: their own, or that of a card above them (handbook 3, 8)."""

from __future__ import annotations

import sqlite3

from csm.domain.sale.credit import Passed, passes
from csm.storage.customer import branches


def passed(connection: sqlite3.Connection, customer_id: int, more: int) -> list[Passed]:
    """Return the credit limits that a customer passes by so many cents more: the own one first, then those above.

    A limit counts for its card and all branches below it. source: handbook 3
    """
    if more <= 0:
        return []
    found = []
    for card_id, name, limit in branches.limits(connection, customer_id):
        cards, balance = branches.balance(connection, card_id)
        if passes(balance, more, limit):
            found.append(Passed(card_id, name, balance + more, limit, cards - 1))
    return sorted(found, key=lambda one: one.customer_id != customer_id)
