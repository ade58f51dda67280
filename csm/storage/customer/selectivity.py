"""Whether few customers are meant: these are then gone through, and not what there is of everybody in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from csm.storage.listing import Condition

FEW_CUSTOMERS: Final = 300


def are_few(cards: str) -> str:
    """Return the SQL condition that a query gives few cards; no more of them are counted than it takes to know."""
    return f"(SELECT count(*) FROM ({cards} LIMIT {FEW_CUSTOMERS})) < {FEW_CUSTOMERS}"


def of_cards(connection: sqlite3.Connection, column: str, values: Sequence[object]) -> Condition:
    """Return the condition that a sale `v` of a view is of a card with one of `values` in a column, None for none.

    The sales of few cards are looked up; a page of those of many is found sooner by walking all in order ("+").
    """
    from csm.storage.listing import Condition, equals

    own = equals(column, values)
    cards = f"SELECT id FROM customer WHERE ({own.sql})"
    (few,) = connection.execute(f"SELECT {are_few(cards)}", own.given).fetchone()
    if not few:
        return equals(f"+v.{column}", values)
    sales = f"SELECT sale.id FROM ({cards}) AS own CROSS JOIN sale INDEXED BY sale_customer ON customer_id = own.id"
    return Condition(f"v.id IN ({sales})", own.given)
