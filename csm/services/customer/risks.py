"""Which customers may leave next, and why (handbook 9.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from csm.domain.callback import cadence
from csm.domain.customer.card import median_gap
from csm.domain.customer.risk import Case, Facts, Reason, Rules, reasons
from csm.storage.customer import risks

if TYPE_CHECKING:
    from csm.services.work import Work

Read = TypeVar("Read")


class AtRisk(NamedTuple):
    """A customer at risk, with the reasons and the day of the last purchase."""

    card: risks.Card
    reasons: Sequence[Reason]
    last_sale_on: date | None


def at_risk(work: Work, watched: risks.Watched) -> list[AtRisk]:
    """Return the customers at risk: key accounts first, then those with the most reasons, then by id.

    Archived and lost ones are left out (source: handbook 9.4).
    """
    found = [AtRisk(card, why, facts.last_purchase) for card, facts, why in _judged(work, watched) if why]
    found.sort(key=lambda one: (not one.card.key_account, -len(one.reasons), one.card.id))
    return found


def _judged(work: Work, watched: risks.Watched) -> Iterator[tuple[risks.Card, Facts, list[Reason]]]:
    connection, today, policy = work.database.connection, work.today, work.policy
    rules = Rules(policy.number("risk.times"), policy.number("risk.promise_days"), policy.number("risk.complaint_days"))
    cadences, day = cadence.table(policy), _Days(date.fromisoformat)
    rhythms = _rhythms(work, watched)
    cases: dict[int, list[Case]] = {}
    for customer_id, case_id, status, closed_at, satisfaction in risks.troubles(connection, watched, work.now_text):
        closed_on = work.zone.local(closed_at).date() if closed_at is not None else None
        cases.setdefault(customer_id, []).append(Case(case_id, status, closed_on, satisfaction))
    broken: dict[int, list[tuple[int, date]]] = {}
    since = (today - timedelta(days=rules.promise_days)).isoformat()
    for customer_id, promise_id, due_on in risks.broken_promises(connection, watched, since, today.isoformat()):
        broken.setdefault(customer_id, []).append((promise_id, date.fromisoformat(due_on)))
    for card in risks.cards(connection, watched, today.isoformat(), work.now_text):
        days = None if card.do_not_contact else cadences.get((card.relationship or "", card.grade))
        contact = card.last_contact_on
        last_purchase, usual = rhythms.get(card.id, _NEVER)
        facts = Facts(
            # Only where a cadence counts from it: the local day of an instant takes its time.
            made=today if days is None or contact is not None else work.zone.local(card.created_at).date(),
            cadence=days,
            last_contact=day[contact] if contact is not None else None,
            last_purchase=last_purchase,
            usual=usual,
            cases=cases.get(card.id, ()),
            satisfaction=card.satisfaction,
            broken=broken.get(card.id, ()),
        )
        yield card, facts, list(reasons(facts, today, rules))


_NEVER: tuple[date | None, float | None] = (None, None)


def _rhythms(work: Work, watched: risks.Watched) -> dict[int, tuple[date | None, float | None]]:
    """Return the day of the last purchase and the usual interval in days of every customer that bought."""
    day, ordinal = _Days(date.fromisoformat), _Days(lambda text: date.fromisoformat(text).toordinal())
    found: dict[int, tuple[date | None, float | None]] = {}
    for customer_id, bought in risks.purchases(work.database.connection, watched, work.today.isoformat()):
        days = bought.split(",")
        found[customer_id] = (day[max(days)], median_gap(map(ordinal.__getitem__, days)))
    return found


class _Days(dict[str, Read]):
    """What a day is by its ISO text, read once each: a million purchases fall on a few thousand days."""

    def __init__(self, read: Callable[[str], Read]) -> None:
        self._read = read

    def __missing__(self, text: str) -> Read:
        self[text] = day = self._read(text)
        return day
