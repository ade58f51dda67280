"""Grades by share of sales: proposed over all cards in use, and applied on request in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from csm.domain.customer import grading
from csm.domain.time.recurrence import add_months
from csm.domain.value import Value
from csm.services.callback import replanning
from csm.storage.customer import purchases

if TYPE_CHECKING:
    from csm.services.work import Work

# id, name, key account, owner, grade, the grade proposed, sales in cents
Graded = tuple[int, str, str | None, str | None, str | None, str, int]
CARD: Final = 0
KEY: Final = 2
OWNER: Final = 3
OLD: Final = 4
NEW: Final = 5
SALES: Final = 6


class Proposal(Value):
    """What grades would be by the sales of `months`, key accounts first, then the highest sales.

    scale: where the grades end; None where nothing was sold, then nothing is proposed.
    rows: the cards asked for. changes: those of them whose grade would change.
    others: how many cards that weren't asked for would change too. replanned: what followed for planned callbacks,
    where the grades were given.
    """

    months: int
    scale: grading.Scale | None
    rows: list[Graded]
    changes: list[Graded]
    others: int
    replanned: replanning.Replanned = replanning.Replanned()


def months_before(today: date, months: int) -> str:
    """Return the day after which the last `months` begin, as stored; the first day there is where that is earlier."""
    return add_months(today, -months).isoformat() if months < 12 * today.year else date.min.isoformat()


def propose(work: Work, months: int | None, owners: Collection[str | None] | None = None) -> Proposal:
    """Return the grades by the sales of the last `months` (setting grade.months), of `owners`' cards or of all.

    The grades always go by all cards in use, whosoever's rows are asked for. source: handbook 9.1.
    """
    return _propose(work.database.connection, work, months, owners)


def _propose(
    connection: sqlite3.Connection, work: Work, months: int | None, owners: Collection[str | None] | None
) -> Proposal:
    months = months or work.policy.number("grade.months")
    sums = purchases.sums_by_card(connection, months_before(work.today, months), work.today.isoformat())
    cards = purchases.cards_in_use(connection)
    sales = [sums.get(card[CARD], 0) for card in cards]
    shares = work.policy.number("grade.a_share"), work.policy.number("grade.b_share")
    scale = grading.scale(sales, *shares)
    if scale is None:
        return Proposal(months, None, [], [], 0)
    graded: list[Graded] = [
        (*card, grade, cents) for card, grade, cents in zip(cards, scale.grades(sales), sales, strict=True)
    ]
    # Sorting keeps the order of the ids among equal sales.
    graded.sort(key=itemgetter(SALES), reverse=True)
    graded = [row for row in graded if row[KEY] is not None] + [row for row in graded if row[KEY] is None]
    changes = [row for row in graded if row[OLD] != row[NEW]]
    if owners is None:
        return Proposal(months, scale, graded, changes, 0)
    asked = [row for row in changes if row[OWNER] in owners]
    return Proposal(months, scale, [row for row in graded if row[OWNER] in owners], asked, len(changes) - len(asked))


def apply(work: Work, months: int | None, owners: Collection[str | None] | None = None) -> Proposal:
    """Give the cards asked for the grades proposed, each change with its day; return what was changed.

    Raises database-missing, database-locked.
    """
    with work.database.writing(work.command) as connection:
        proposal = _propose(connection, work, months, owners)
        purchases.set_grades(
            connection,
            [(row[CARD], row[OLD], row[NEW], row[SALES]) for row in proposal.changes],
            work.today.isoformat(),
            proposal.months,
            work.user,
            work.now_text,
        )
        before = {row[CARD]: row[OLD] for row in proposal.changes}
        replanned = replanning.follow_cadence(connection, work, list(before), before)
        return proposal._replace(replanned=replanned)
