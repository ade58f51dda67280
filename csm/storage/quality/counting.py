"""Counting rows by their mark and by groups of customers, and the rows that figures are counted from, as SQL.

A mark says in one short text all that figures ask of a row; each is counted along the index of (mark, time). The rows
are SELECTs in brackets; a period is that of the day or instant named second.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final


def counted(
    connection: sqlite3.Connection,
    source: str,
    wanted: Sequence[str],
    given: Sequence[object],
    *,
    told: str = "mark",
    among: str = "1",
) -> list[tuple[Any, ...]]:
    """Return each mark of `source`, from small to large, with how many of its rows meet each condition in `wanted`.

    given: what fills the places of the conditions, in their order. told: the column or expression that stands for the
    mark; among: a condition on all rows; an index has to begin with both. A mark that none has is left out.
    """
    numbers = ", ".join(
        f"(SELECT count(*) FROM {source} WHERE {among} AND {told} = found.value AND {one})" for one in wanted
    )
    smallest = f"SELECT min({told}) FROM {source} WHERE {among}"
    rows = connection.execute(
        f"WITH RECURSIVE found (value) AS ({smallest}"
        f" UNION ALL SELECT ({smallest} AND {told} > found.value) FROM found WHERE value IS NOT NULL)"
        f" SELECT value, {numbers} FROM found WHERE value IS NOT NULL",
        given,
    )
    return [row for row in rows if any(row[1:])]


def group_of(by: str | None, card: str = "customer") -> str:
    """Return the SQL of a customer's group; a card says nothing by NULL and, imported, by an empty text.

    card: what the query calls the table or view that has the columns of the card.
    """
    return "NULL" if by is None else f"nullif({card}.{by}, '')"


# A case that counts, with the facts of its handling; `mark` holds those that are counted, apart by |.
CASES: Final = "complaint_counted"

# A callback, but for those cancelled before anybody tried; `mark` says in five signs whether it was planned, whether it
# was done in time, what came of it, how satisfied the customer was, and whether nobody was reached at first. Its day is
# that by which it counts, however often we moved it (source: handbook 5).
CALLBACKS: Final = "(SELECT id, counts_on AS due_on, mark, customer_id FROM callback WHERE mark IS NOT NULL)"

# A promise of ours that the customer didn't release us from.
PROMISES: Final = """(
    SELECT id, due_on, due_at, status, customer_id FROM promise WHERE direction = 'ours' AND status <> 'released')"""

# Goods promised for a day, and when they came.
DELIVERIES: Final = """(
    SELECT id, delivery_on, delivered_on, customer_id FROM sale
    WHERE cancelled_on IS NULL AND delivery_on IS NOT NULL)"""

# A deadline of a complaint, all clocks and rounds: met, missed, or running until it is due. Left out are those that
# were stopped in time, and the first response to a complaint that was taken live.
DEADLINES: Final = """(
    SELECT complaint.id, complaint.customer_id, complaint.received_at, deadline.due_at,
      CASE
        WHEN deadline.missed OR deadline.met_at > deadline.due_at THEN 'missed'
        ELSE deadline.standing
      END AS verdict
    FROM complaint
    CROSS JOIN complaint_counted AS state ON state.id = complaint.id
    CROSS JOIN complaint_deadline AS deadline ON deadline.complaint_id = complaint.id
    WHERE state.level = 'complaint' AND (deadline.missed OR deadline.standing IN ('met', 'running'))
      AND NOT (state.live AND deadline.clock = 'first-response'))"""

# A complaint with every deadline kept, where the customer said how satisfied they were. Who wasn't has the case opened
# again: that first word is what counts, whatever was said in the end.
RATED_CASES: Final = """(
    SELECT id, customer_id, received_at, satisfaction FROM (
      SELECT complaint.id, complaint.customer_id, complaint.received_at,
        CASE WHEN state.reopened THEN coalesce(
          (SELECT json_extract(event.data, '$.satisfaction') FROM complaint_event AS event
           WHERE event.complaint_id = complaint.id AND event.step = 'reopen' AND event.data LIKE '%satisfaction%'
           ORDER BY event.id LIMIT 1),
          state.satisfaction) ELSE state.satisfaction END AS satisfaction
      FROM complaint
      CROSS JOIN complaint_counted AS state ON state.id = complaint.id
      WHERE state.level = 'complaint' AND state.missed = 0 AND state.status NOT IN ('unresolved', 'withdrawn')
        AND (state.reopened OR state.satisfaction IS NOT NULL))
    WHERE satisfaction IS NOT NULL)"""

# A service whose ticked checklist was met in all, and how satisfied the customer was on the latest callback on its
# sale from that day on; NULL where nobody asked.
RATED_SERVICES: Final = """(
    SELECT service.id, service.customer_id, service.done_on,
      (SELECT callback.satisfaction FROM callback
       WHERE callback.sale_id = service.sale_id AND callback.status = 'done' AND callback.satisfaction IS NOT NULL
         AND callback.done_on >= service.done_on
       ORDER BY callback.done_on DESC, callback.done_at DESC, callback.id DESC LIMIT 1) AS satisfaction
    FROM service
    WHERE service.sale_id IS NOT NULL
      AND EXISTS (SELECT 1 FROM service_check WHERE service_id = service.id)
      AND NOT EXISTS (SELECT 1 FROM service_check WHERE service_id = service.id AND met = 0))"""
