"""What a user means to do about customers who leave: note it, win them back; what follows by any other way in.

That the cadence's plans are cancelled, and that there is a loss at all, is the work of triggers on the card's status,
whoever writes it. Here the loss gets its day, its kind and its cause (handbook 9.4).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from csm.domain.errors import Refused, UsageFault
from csm.domain.value import Value
from csm.storage import rows
from csm.storage.callback import rows as callbacks
from csm.storage.customer import churn
from csm.storage.customer import rows as customers
from csm.storage.customer.rows import Candidate

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.row_types import LossRow

LOST = "lost"


class Told(Value):
    """What is known of a loss: how and why, each None where nobody knows."""

    kind: str | None = None
    cause: str | None = None


NOBODY_KNOWS = Told()


class Lost(Value):
    """A loss noted: its id and day (ISO text), how many planned callbacks were cancelled, how many others are left."""

    id: int
    lost_on: str
    cancelled: int
    left: int


class WonBack(Value):
    """A win-back noted on the loss `id`, of the day `lost_on` (ISO text), and how many attempts it took.

    noted: how they were lost had been noted.
    """

    id: int
    lost_on: str
    attempts: int
    noted: bool


def before_status(
    work: Work, connection: sqlite3.Connection, card: Mapping[str, Any], status: object, told: Told = NOBODY_KNOWS
) -> None:
    """Note a loss, or its end, before a card gets another status by any way in but `lost` and `won-back`.

    A loss without a kind is remarked on. One of the same day of which nobody said anything was a slip, and goes
    (source: handbook 9.4).
    """
    loss = churn.open_loss(connection, card["id"])
    if status == LOST and card["status"] != LOST:
        if loss is None:
            note_loss(work, connection, card["id"], told)
        if told.kind is None and (loss is None or loss["kind"] is None):
            work.unexplained[card["id"]] = card["name"]
    elif status != LOST and card["status"] == LOST and loss is not None:
        _end_loss(work, connection, loss)


def _end_loss(work: Work, connection: sqlite3.Connection, loss: Mapping[str, Any]) -> None:
    """End a loss today; one of today of which nobody said anything was a slip, and goes."""
    today = work.today.isoformat()
    if _is_bare(loss) and loss["lost_on"] == today:
        rows.delete(connection, "loss", loss["id"])
        return
    won = {"won_back_on": max(loss["lost_on"], today), "won_back_by": work.user}
    rows.update(connection, "loss", loss["id"], won)


def note_loss(work: Work, connection: sqlite3.Connection, customer_id: int, told: Told) -> int:
    """Store a loss of today, by whoever acts; return its id."""
    values = {"customer_id": customer_id, "lost_on": work.today.isoformat(), **vars(told)}
    return rows.insert(connection, "loss", {**values, "by": work.user, "created_at": work.now_text})


def _is_bare(loss: Mapping[str, Any]) -> bool:
    """Tell whether a loss says no more than its day."""
    return all(loss[name] is None for name in ("kind", "cause", "text"))


def lose(work: Work, customer: Candidate, told: Told, day: date | None, text: str | None) -> Lost:
    """Note that a customer was lost, today unless another day is named; the cadence's plans are cancelled.

    A loss of which nobody has said how or why is filled in, and keeps its day unless another is named (source: handbook
    9.4). Raises already-lost, before-win-back.
    """
    with work.database.writing(work.command) as connection:
        card = customers.card(connection, customer.id)
        loss = _to_fill_in(connection, customer, card["status"], told)
        lost_on = work.today.isoformat() if loss is None else loss["lost_on"]
        lost_on = lost_on if day is None else day.isoformat()
        won_back_on = churn.last_win_back(connection, customer.id)
        if won_back_on is not None and lost_on < won_back_on:
            raise UsageFault("before-win-back", value=lost_on, customer=customer.name, won_back_on=won_back_on)
        known = {**vars(told), "text": text}
        values = {"lost_on": lost_on, **{name: value for name, value in known.items() if value is not None}}
        if loss is None:
            made = {"customer_id": customer.id, "by": work.user, "created_at": work.now_text}
            loss_id = rows.insert(connection, "loss", {**made, **values})
        else:
            loss_id = loss["id"]
            rows.update(connection, "loss", loss_id, values)
        before = callbacks.count_open(connection, customer.id)
        rows.update(connection, "customer", customer.id, {"status": LOST, "updated_at": work.now_text})
        left = callbacks.count_open(connection, customer.id)
        return Lost(loss_id, lost_on, before - left, left)


def _to_fill_in(connection: sqlite3.Connection, customer: Candidate, status: str, told: Told) -> LossRow | None:
    """Return the loss on record of which more is said now, None where it is a new one; raise already-lost."""
    loss = churn.open_loss(connection, customer.id)
    if loss is None or loss["kind"] is None:
        return loss
    if status == LOST and not _adds_cause(loss, told):
        raise Refused("already-lost", customer=customer.name, customer_id=customer.id)
    return loss if status == LOST else None


def _adds_cause(loss: Mapping[str, Any], told: Told) -> bool:
    """Tell whether a loss has no cause yet, and one is told with the same kind."""
    return loss["cause"] is None and told.cause is not None and told.kind == loss["kind"]


def win_back(work: Work, customer: Candidate, day: date, text: str | None) -> WonBack:
    """Note that a lost customer was won back on `day`.

    A card that was only set to lost has no loss on record: one is made, of the day of that change, its kind unknown.
    Raises not-lost, before-loss.
    """
    with work.database.writing(work.command) as connection:
        card = customers.card(connection, customer.id)
        if card["status"] != "lost":
            raise Refused("not-lost", customer=customer.name, customer_id=customer.id)
        loss = churn.open_loss(connection, customer.id)
        lost_on = loss["lost_on"] if loss is not None else _set_to_lost(work, customer.id, day)
        if day.isoformat() < lost_on:
            raise UsageFault("before-loss", value=day.isoformat(), customer=customer.name, lost_on=lost_on)
        if loss is not None:
            loss_id = loss["id"]
        else:
            made = {"customer_id": customer.id, "lost_on": lost_on, "created_at": work.now_text}
            loss_id = rows.insert(connection, "loss", made)
        won = {"won_back_on": day.isoformat(), "won_back_text": text, "won_back_by": work.user}
        rows.update(connection, "loss", loss_id, won)
        rows.update(connection, "customer", customer.id, {"status": "won-back", "updated_at": work.now_text})
        return WonBack(
            loss_id, lost_on, churn.attempts(connection, loss_id), loss is not None and loss["kind"] is not None
        )


def _set_to_lost(work: Work, customer_id: int, otherwise: date) -> str:
    """Return the local day on which a card was set to lost; where nobody knows, the day of the win-back."""
    at = churn.status_set_at(work.database.connection, customer_id, "lost")
    return (work.zone.local(at).date() if at is not None else otherwise).isoformat()
