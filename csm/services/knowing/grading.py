"""Grades by share of sales: proposed over all cards in use, and applied on request in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from csm.domain import grading
from csm.domain.grading import A, B, C
from csm.domain.recurrence import add_months
from csm.domain.value import Value
from csm.storage import purchases

if TYPE_CHECKING:
    from csm.services.work import Work

# id, grade, sales in cents, the grade proposed
Graded = tuple[int, str | None, int, str]


class Proposal(Value):
    """What grades would be by the sales of `months`, key accounts first, then the highest sales.

    scale: where the grades end; None where nothing was sold, then nothing is proposed.
    rows: the cards asked for. changes: those of them whose grade would change.
    others: how many cards that weren't asked for would change too.
    """

    months: int
    scale: grading.Scale | None
    rows: list[Graded]
    changes: list[Graded]
    others: int


def months_before(today: date, months: int) -> str:
    """Return the day after which the last `months` begin, as stored; the first day there is where that is earlier."""
    return add_months(today, -months).isoformat() if months < 12 * today.year else date.min.isoformat()


def named(work: Work, rows: Sequence[Graded]) -> Iterator[tuple[Any, ...]]:
    """Give (name, key account, owner) of each row's card, read as they are asked for."""
    return purchases.names_of(work.database.connection, [row[0] for row in rows])


def propose(work: Work, months: int | None, owners: Collection[str | None] | None = None) -> Proposal:
    """Return the grades by the sales of the last `months` (setting grade.months), of `owners`' cards or of all.

    The grades always go by all cards in use, whosoever's rows are asked for. source: handbook 9.1.
    """
    return _propose(work.database.connection, work, months, owners)


def _propose(
    connection: sqlite3.Connection, work: Work, months: int | None, owners: Collection[str | None] | None
) -> Proposal:
    months = months or work.policy.number("grade.months")
    found: list[tuple[Any, ...]] = purchases.sums_by_card(
        connection, months_before(work.today, months), work.today.isoformat()
    )
    shares = work.policy.number("grade.a_share"), work.policy.number("grade.b_share")
    scale = grading.scale([cents for _, _, _, cents in found if cents], *shares)
    if scale is None:
        return Proposal(months, None, [], [], 0)
    a, b = scale.least_a, scale.least_b
    # Sorting keeps the order of the ids among equal sales, and then that of the sales.
    found.sort(key=lambda row: row[3] or 0, reverse=True)
    found.sort(key=itemgetter(2), reverse=True)
    graded: list[Graded] = [
        (card, grade, cents or 0, C if not cents or cents < b else A if cents >= a else B)
        for card, grade, _, cents in found
    ]
    changes = [row for row in graded if row[1] != row[3]]
    if owners is None:
        return Proposal(months, scale, graded, changes, 0)
    theirs = purchases.cards_of_owners(connection, owners)
    asked = [row for row in changes if row[0] in theirs]
    return Proposal(months, scale, [row for row in graded if row[0] in theirs], asked, len(changes) - len(asked))


def apply(work: Work, months: int | None, owners: Collection[str | None] | None = None) -> Proposal:
    """Give the cards asked for the grades proposed, each change with its day; return what was changed.

    Raises DatabaseMissing, DatabaseLocked.
    """
    with work.database.writing(work.command) as connection:
        proposal = _propose(connection, work, months, owners)
        purchases.set_grades(
            connection,
            [(card, old, grade, sales) for card, old, sales, grade in proposal.changes],
            work.today.isoformat(),
            proposal.months,
            work.user,
            work.now_text,
        )
    return proposal
