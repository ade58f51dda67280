"""Recency, frequency and money of every card in use that bought, and the segments they make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from csm.domain.customer import rfm
from csm.domain.sale.figures import share
from csm.domain.terms import TERMS
from csm.services.customer.grading import months_before
from csm.storage.customer import purchases

if TYPE_CHECKING:
    from csm.services.work import Work

# id, name, key account, owner, days, orders, cents, the three scores, segment, grade: the order of RFM's fields
Scored = tuple[Any, ...]
OWNER, CENTS, SEGMENT = 3, 6, 10


class _Days(dict[str, int]):
    """The days from a stored day to today; many customers bought last on the same one."""

    def __init__(self, today: date) -> None:
        self._today = today.toordinal()

    def __missing__(self, day: str) -> int:
        self[day] = self._today - date.fromisoformat(day).toordinal()
        return self[day]


def score(work: Work, months: int | None = None) -> list[Scored]:
    """Return the scores by all sales, or those of the last `months`: key accounts first, then the best.

    The three scores go by independent quintiles over all cards in use that bought. source: handbook 9.1.
    """
    after = months_before(work.today, months) if months else ""
    found = purchases.purchases_by_card(work.database.connection, after, work.today.isoformat())
    if not found:
        return []
    # By columns: a hundred thousand rows take a few passes of C instead of as many calls a row.
    ids, names, keys, owners, grades, last_days, orders, cents = zip(*found, strict=True)
    days = list(map(_Days(work.today).__getitem__, last_days))
    recency, frequency, money = rfm.recency_scores(days), rfm.scores(orders), rfm.scores(cents)
    segments = list(map(rfm.segment, recency, frequency))
    columns = (ids, names, keys, owners, days, orders, cents, recency, frequency, money, segments, grades)
    rows = list(zip(*columns, strict=True))
    # Sorting is stable, and the rows came in the order of their ids.
    sums = list(map(sum, zip(recency, frequency, money, strict=True)))
    order = sorted(range(len(rows)), key=sums.__getitem__, reverse=True)
    first = [place for place in order if keys[place] is not None]
    return [rows[place] for place in (*first, *(place for place in order if keys[place] is None))]


def by_segment(rows: Sequence[Scored]) -> list[tuple[str, int, int, float | None]]:
    """Return (segment, customers, cents, share of the money) of scored rows, in the order of the segments."""
    members: dict[str, list[int]] = {}
    for row in rows:
        members.setdefault(row[SEGMENT], []).append(row[CENTS])
    total = sum(row[CENTS] for row in rows)
    return [
        (segment, len(members[segment]), sum(members[segment]), share(sum(members[segment]), total))
        for segment in TERMS["segment"]
        if segment in members
    ]
