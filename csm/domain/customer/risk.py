"""Why a customer may be lost: the reasons, from plain facts (source: handbook 9.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from csm.domain.customer.card import is_overdue
from csm.domain.value import Value

OPEN: Final = ("open", "waiting")
DISSATISFIED: Final = (1, 2)


class Rules(Value):
    """From when on something is a risk: `times` the usual interval or cadence; the others are days."""

    times: int
    promise_days: int
    complaint_days: int


# A hundred thousand customers are judged at once, so these are tuples, which are made in a tenth of a Value's time.
class Case(NamedTuple):
    """A complaint of a customer; `closed_on` None while it is open, `satisfaction` 1 to 5 where it was told."""

    id: int
    status: str
    closed_on: date | None = None
    satisfaction: int | None = None


class Facts(NamedTuple):
    """What is known of a customer.

    made: the day the card was made. last_contact: the day of the last contact.
    cadence: days between contacts, None where nothing is planned by cadence or nobody may contact them.
    usual: median interval between purchases in days, None for fewer than two.
    satisfaction: that of the last contact which has one. broken: (id, day due) of our broken promises.
    """

    made: date
    cadence: int | None = None
    last_contact: date | None = None
    last_purchase: date | None = None
    usual: float | None = None
    cases: Sequence[Case] = ()
    satisfaction: int | None = None
    broken: Sequence[tuple[int, date]] = ()


class Reason(NamedTuple):
    """One reason, a term of the list `risk`, and the figures that it is told with."""

    kind: str
    told: Mapping[str, Any]


def reasons(facts: Facts, today: date, rules: Rules) -> Iterator[Reason]:
    """Yield the reasons why a customer is at risk, in the order of the term list (source: handbook 9.4)."""
    yield from _too_long_ago(facts, today, rules.times)
    bad = [case for case in facts.cases if _is_bad(case, today, rules.complaint_days)]
    if bad:
        yield Reason("complaint", {"cases": bad})
    if facts.satisfaction in DISSATISFIED:
        yield Reason("dissatisfied", {"satisfaction": facts.satisfaction})
    broken = [identity for identity, due_on in facts.broken if (today - due_on).days <= rules.promise_days]
    if broken:
        yield Reason("broken-promise", {"promises": broken})


def _too_long_ago(facts: Facts, today: date, times: int) -> Iterator[Reason]:
    last, usual = facts.last_purchase, facts.usual
    if last is not None and usual is not None and is_overdue(last, usual, today, times):
        yield Reason("overdue-purchase", {"days": (today - last).days, "usual": usual})
    if facts.cadence is not None:
        days = (today - (facts.last_contact or facts.made)).days
        if days > times * facts.cadence:
            yield Reason("silent", {"days": days, "cadence": facts.cadence, "ever": facts.last_contact is not None})


def _is_bad(case: Case, today: date, within: int) -> bool:
    """Tell whether a case is open, or was left unresolved or closed badly in the last `within` days."""
    if case.status in OPEN:
        return True
    if case.status == "withdrawn" or case.closed_on is None or (today - case.closed_on).days > within:
        return False
    return case.status == "unresolved" or case.satisfaction in DISSATISFIED
