"""How many customers were kept, counted in SQL over the purchase days as `csm.domain.retention` counts them."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Final

from csm.domain.retention import MONTHS, Retention, active_from
from csm.storage.sales import PURCHASE

_ACTIVE: Final = f"SELECT DISTINCT customer_id FROM sale WHERE sold_on >= ? AND sold_on < ? AND {PURCHASE}"
_BOUGHT: Final = (
    "EXISTS (SELECT 1 FROM sale WHERE sale.customer_id = active.customer_id"
    f" AND sold_on >= ? AND sold_on <= ? AND {PURCHASE})"
)


def count(connection: sqlite3.Connection, first: date, last: date, months: int = MONTHS) -> Retention:
    """Return the retention of the period from `first` to `last`, both included (source: handbook 9.4).

    Active at its start is who bought within the `months` before it. Archived cards count: they bought.
    """
    start, kept = connection.execute(
        f"SELECT count(*), coalesce(sum({_BOUGHT}), 0) FROM ({_ACTIVE}) AS active",
        [first.isoformat(), last.isoformat(), active_from(first, months).isoformat(), first.isoformat()],
    ).fetchone()
    return Retention(int(start), int(kept))
