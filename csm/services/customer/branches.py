"""Head office and branches: who may be whose parent, and whether what somebody owes passes a limit (handbook 3, 8).

Every way of naming a parent and every sale ask here; the rules are those of `csm.domain.customer.branches`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from csm.domain.customer.branches import Passed, closing_chain, passes
from csm.domain.errors import Refused
from csm.storage.customer import branches


def refuse_own_branch(connection: sqlite3.Connection, customer_id: int, parent_id: int) -> None:
    """Raise own-parent, own-branch where a card would be its own parent, or below itself (source: handbook 3)."""
    chain = closing_chain(customer_id, parent_id, branches.parents_above(connection, parent_id))
    if chain is None:
        return
    names = branches.names(connection, chain)
    told = {"customer": names[0], "parent": names[1], "customer_id": customer_id}
    if customer_id == parent_id:
        raise Refused("own-parent", **told)
    # what stands directly below the card on the way up has to be taken off first
    raise Refused("own-branch", **told, chain=" > ".join(reversed(names)), branch_id=chain[-2])


def above_limits(connection: sqlite3.Connection, customer_ids: Collection[int]) -> list[Passed]:
    """Return the credit limits above which customers, or the cards above them, stand, by id (source: handbook 3)."""
    return [Passed(*row) for row in branches.above_limits(connection, customer_ids)]


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
