"""What a user means to do about customers who leave: note it, win them back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from csm.domain.errors import Refused, UsageFault
from csm.domain.value import Value
from csm.storage import rows
from csm.storage.customer import churn
from csm.storage.customer.rows import Candidate

if TYPE_CHECKING:
    from csm.services.work import Work


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

    A card that was only set to lost can be told how and why. Raises already-lost, before-win-back.
    """
    with work.database.writing(work.command) as connection:
        card = rows.fetch(connection, "customer", customer.id) or {}
        if card["status"] == "lost" and churn.open_loss(connection, customer.id) is not None:
            raise Refused("already-lost", customer=customer.name, customer_id=customer.id)
        won_back_on = churn.last_win_back(connection, customer.id)
        if won_back_on is not None and day.isoformat() < won_back_on:
            raise UsageFault("before-win-back", value=day.isoformat(), customer=customer.name, won_back_on=won_back_on)
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
    Raises not-lost, before-loss.
    """
    with work.database.writing(work.command) as connection:
        card = rows.fetch(connection, "customer", customer.id) or {}
        if card["status"] != "lost":
            raise Refused("not-lost", customer=customer.name, customer_id=customer.id)
        loss = churn.open_loss(connection, customer.id)
        lost_on = str(loss["lost_on"]) if loss is not None else _set_to_lost(work, customer.id, day)
        if day.isoformat() < lost_on:
            raise UsageFault("before-loss", value=day.isoformat(), customer=customer.name, lost_on=lost_on)
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
