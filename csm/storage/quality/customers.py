"""How many customers are active, stay, come to us of themselves and take to something new.

Active at a date is who bought within so many months before it, that date itself not counted (source: handbook 9.4).
Cards that were archived since count: they bought. `by` is owner, region or grade, as the customers' cards have it now;
None is everybody together, under the key None. Days are local, both ends included.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from csm.domain.sale.figures import Retention, active_from
from csm.storage.quality.counting import group_of
from csm.storage.sale.rows import PURCHASE

_ACTIVE: Final = f"SELECT DISTINCT customer_id FROM sale WHERE sold_on >= ? AND sold_on < ? AND {PURCHASE}"
_BOUGHT: Final = (
    "EXISTS (SELECT 1 FROM sale WHERE sale.customer_id = who.customer_id"
    f" AND sold_on >= ? AND sold_on <= ? AND {PURCHASE})"
)
# Cards that stand in for active customers where nobody records sales.
_CARDS: Final = "SELECT id AS customer_id FROM customer WHERE archived_on IS NULL AND status IN ('active', 'won-back')"
_INCOMING: Final = (
    "SELECT customer_id FROM callback WHERE status = 'done' AND direction = 'incoming'"
    " AND done_on >= ? AND done_on <= ? AND served_with IS NULL"
)


def has_sales(connection: sqlite3.Connection) -> bool:
    """Tell whether the file has any sale; where it has none, cards stand in for active customers."""
    (found,) = connection.execute("SELECT EXISTS (SELECT 1 FROM sale)").fetchone()
    return bool(found)


def active(connection: sqlite3.Connection, first: date, months: int, by: str | None) -> dict[str | None, int]:
    """Return how many customers are active at `first`.

    Where the file has no sale at all, the cards in use with status active or won-back are counted, so that a house
    that records no sales has figures.
    """
    who, given = (_ACTIVE, _before(first, months)) if has_sales(connection) else (_CARDS, [])
    return {group: int(number) for group, number in _grouped(connection, "count(*)", who, by, given)}


def retention(
    connection: sqlite3.Connection, first: date, last: date, months: int, by: str | None
) -> dict[str | None, Retention]:
    """Return the retention of the period from `first` to `last` (source: handbook 9.4)."""
    given = [first.isoformat(), last.isoformat(), *_before(first, months)]
    rows = _grouped(connection, f"count(*), coalesce(sum({_BOUGHT}), 0)", _ACTIVE, by, given)
    return {group: Retention(int(start), int(kept)) for group, start, kept in rows}


def begun_by_them(connection: sqlite3.Connection, first: date, last: date, by: str | None) -> dict[str | None, int]:
    """Return how many contacts of the period customers began; one that served several purposes counts once."""
    rows = _grouped(connection, "count(*)", _INCOMING, by, [first.isoformat(), last.isoformat()])
    return {group: int(number) for group, number in rows}


def bought(
    connection: sqlite3.Connection, first: date, last: date, months: int, by: str | None
) -> Iterable[tuple[Any, ...]]:
    """Yield what the customers active at `first` who bought in the period have bought up to its end, in any order.

    A row is (group, customer's id, product line, product, 1 where it was before the period, else 0). Cancelled sales
    and credit notes are no purchases.
    """
    return connection.execute(
        f"SELECT {group_of(by)}, own.customer_id, sale.line, sale.product, sale.sold_on < ?"
        f" FROM (SELECT customer_id FROM ({_ACTIVE}) AS who WHERE {_BOUGHT}) AS own"
        " CROSS JOIN sale ON sale.customer_id = own.customer_id CROSS JOIN customer ON customer.id = own.customer_id"
        f" WHERE sold_on <= ? AND {PURCHASE}",
        [first.isoformat(), *_before(first, months), first.isoformat(), last.isoformat(), last.isoformat()],
    )


def _before(first: date, months: int) -> list[str]:
    return [active_from(first, months).isoformat(), first.isoformat()]


def _grouped(
    connection: sqlite3.Connection, what: str, who: str, by: str | None, given: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Return a row for each group of the customers `who`: the group, and what is asked of its members."""
    cards = "" if by is None else " CROSS JOIN customer ON customer.id = who.customer_id GROUP BY 1"
    return connection.execute(f"SELECT {group_of(by)}, {what} FROM ({who}) AS who{cards}", given).fetchall()
