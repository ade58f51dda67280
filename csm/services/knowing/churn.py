"""What a user means to do about customers who leave: note it, win them back, see who may leave next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from csm.domain import cadence, errors
from csm.domain.rhythm import median_gap
from csm.domain.risk import Case, Facts, Reason, Rules, reasons
from csm.domain.value import Value
from csm.storage import churn, rows
from csm.storage.customers import Candidate

if TYPE_CHECKING:
    from csm.services.work import Work


Read = TypeVar("Read")


class Lost(Value):
    """A loss noted: its id, how many callbacks planned by cadence were cancelled, how many others are left."""

    id: int
    cancelled: int
    left: int


class WonBack(Value):
    """A win-back noted on the loss `id`, of the day `lost_on` (ISO text), and how many attempts it took.

    noted: the loss itself had been noted.
    """

    id: int
    lost_on: str
    attempts: int
    noted: bool


def lose(work: Work, customer: Candidate, kind: str, cause: str | None, day: date, text: str | None) -> Lost:
    """Note that a customer was lost on `day`; what was planned by cadence is cancelled (source: handbook 9.4).

    A card that was only set to lost can be told how and why. Raises AlreadyLost, BeforeWinBack.
    """
    with work.database.writing(work.command) as connection:
        card = rows.fetch(connection, "customer", customer.id) or {}
        if card["status"] == "lost" and churn.open_loss(connection, customer.id) is not None:
            raise errors.AlreadyLost(customer=customer.name, customer_id=customer.id)
        won_back_on = churn.last_win_back(connection, customer.id)
        if won_back_on is not None and day.isoformat() < won_back_on:
            raise errors.BeforeWinBack(value=day.isoformat(), customer=customer.name, won_back_on=won_back_on)
        loss_id = rows.insert(
            connection,
            "loss",
            {
                "customer_id": customer.id,
                "lost_on": day.isoformat(),
                "kind": kind,
                "cause": cause,
                "text": text,
                "by": work.user,
                "created_at": work.now_text,
            },
        )
        rows.update(connection, "customer", customer.id, {"status": "lost", "updated_at": work.now_text})
        return Lost(loss_id, *churn.cancel_cadence(connection, customer.id, "lost"))


def win_back(work: Work, customer: Candidate, day: date, text: str | None) -> WonBack:
    """Note that a lost customer was won back on `day`.

    A card that was only set to lost has no loss on record: one is made, of the day of that change, its kind unknown.
    Raises NotLost, BeforeLoss.
    """
    with work.database.writing(work.command) as connection:
        card = rows.fetch(connection, "customer", customer.id) or {}
        if card["status"] != "lost":
            raise errors.NotLost(customer=customer.name, customer_id=customer.id)
        loss = churn.open_loss(connection, customer.id)
        lost_on = str(loss["lost_on"]) if loss is not None else _set_to_lost(work, customer.id, day)
        if day.isoformat() < lost_on:
            raise errors.BeforeLoss(value=day.isoformat(), customer=customer.name, lost_on=lost_on)
        if loss is not None:
            loss_id = int(str(loss["id"]))
        else:
            made = {"customer_id": customer.id, "lost_on": lost_on, "created_at": work.now_text}
            loss_id = rows.insert(connection, "loss", made)
        won = {"won_back_on": day.isoformat(), "won_back_text": text, "won_back_by": work.user}
        rows.update(connection, "loss", loss_id, won)
        rows.update(connection, "customer", customer.id, {"status": "won-back", "updated_at": work.now_text})
        return WonBack(loss_id, lost_on, churn.attempts(connection, loss_id), loss is not None)


def _set_to_lost(work: Work, customer_id: int, otherwise: date) -> str:
    """Return the local day on which a card was set to lost; where nobody knows, the day of the win-back."""
    at = churn.status_set_at(work.database.connection, customer_id, "lost")
    return (work.zone.local(at).date() if at is not None else otherwise).isoformat()


class AtRisk(NamedTuple):
    """A customer at risk, with the reasons and the day of the last purchase."""

    card: churn.Card
    reasons: Sequence[Reason]
    last_sale_on: date | None


def at_risk(work: Work, watched: churn.Watched) -> list[AtRisk]:
    """Return the customers at risk: key accounts first, then those with the most reasons, then by id.

    Archived and lost ones are left out (source: handbook 9.4).
    """
    found = [AtRisk(card, why, facts.last_purchase) for card, facts, why in _judged(work, watched) if why]
    found.sort(key=lambda one: (not one.card.key_account, -len(one.reasons), one.card.id))
    return found


def _judged(work: Work, watched: churn.Watched) -> Iterator[tuple[churn.Card, Facts, list[Reason]]]:
    connection, today, policy = work.database.connection, work.today, work.policy
    rules = Rules(policy.number("risk.times"), policy.number("risk.promise_days"), policy.number("risk.complaint_days"))
    cadences, day = cadence.table(policy), _Days(date.fromisoformat)
    rhythms = _rhythms(work, watched)
    cases: dict[int, list[Case]] = {}
    for customer_id, case_id, status, closed_at, satisfaction in churn.troubles(connection, watched, work.now_text):
        closed_on = work.zone.local(closed_at).date() if closed_at is not None else None
        cases.setdefault(customer_id, []).append(Case(case_id, status, closed_on, satisfaction))
    broken: dict[int, list[tuple[int, date]]] = {}
    since = (today - timedelta(days=rules.promise_days)).isoformat()
    for customer_id, promise_id, due_on in churn.broken_promises(connection, watched, since, today.isoformat()):
        broken.setdefault(customer_id, []).append((promise_id, date.fromisoformat(due_on)))
    for card in churn.cards(connection, watched, today.isoformat(), work.now_text):
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


def _rhythms(work: Work, watched: churn.Watched) -> dict[int, tuple[date | None, float | None]]:
    """Return the day of the last purchase and the usual interval in days of every customer that bought."""
    day, ordinal = _Days(date.fromisoformat), _Days(lambda text: date.fromisoformat(text).toordinal())
    found: dict[int, tuple[date | None, float | None]] = {}
    for customer_id, bought in churn.purchases(work.database.connection, watched, work.today.isoformat()):
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
