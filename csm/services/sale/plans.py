"""What a user means to do with repayment plans: make one, put another in its place, end it (handbook 8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from csm.domain.errors import NotFound, Refused
from csm.domain.sale import repayment
from csm.domain.sale.payment_allocation import Owed
from csm.domain.sale.repayment import Part, Plan
from csm.domain.value import Value
from csm.domain.values.money import group_cents
from csm.services.sale import payments
from csm.services.sale.plan_reading import read_open
from csm.storage.sale import plans as stored
from csm.storage.sale import rows as sales

if TYPE_CHECKING:
    from csm.services.work import Work
    from csm.storage.customer.rows import Candidate


class Draft(Value):
    """A plan to be made: cents above zero, in parts.

    replace: one that is open is ended, for the `reason` where there is one.
    """

    cents: int
    parts: Sequence[Part]
    note: str | None = None
    replace: bool = False
    reason: str | None = None


class Made(Value):
    """What making a plan did: the id of one that it replaces, and how many cents were set off before."""

    replaced: int | None
    set_off: int


def make(work: Work, customer: Candidate, draft: Draft) -> Made:
    """Make a repayment plan over what a customer owes, the oldest bills first.

    What they have with us is set off before: it isn't to tick the parts off later. Raises plan-above-balance, plan-open
    where one is open that isn't to be replaced.
    """
    today = work.today.isoformat()
    with work.database.writing(work.command) as connection:
        balance = sales.balance_of(connection, customer.id)
        if draft.cents > balance:
            told = {
                "customer": customer.name,
                "amount": group_cents(draft.cents),
                "balance": group_cents(max(0, balance)),
            }
            raise Refused("plan-above-balance", customer_id=customer.id, **told)
        before = read_open(connection, customer.id, work.today)
        if before is not None:
            if not draft.replace:
                raise _open_already(customer, before)
            stored.end(connection, before.plan["id"], today, draft.reason)
        stored.end_met(connection, customer.id, today)
        set_off = payments.set_off_first(work, connection, customer.id)
        owed = [Owed(row["id"], row["sold_on"], row["balance_cents"]) for row in stored.unpaid(connection, customer.id)]
        plan: dict[str, object] = {
            "customer_id": customer.id,
            "amount_cents": draft.cents,
            "made_on": today,
            "note": draft.note,
            "by": work.user,
            "created_at": work.now_text,
        }
        stored.insert(connection, plan, draft.parts, repayment.covered(draft.cents, owed))
        return Made(None if before is None else int(before.plan["id"]), set_off)


def _open_already(customer: Candidate, before: Plan) -> Refused:
    """Return the error of a second plan while one is open."""
    plan = before.plan
    told = {"amount": group_cents(plan["amount"]), "open": group_cents(plan["balance"]), "next": plan["next_on"]}
    return Refused("plan-open", customer=customer.name, customer_id=customer.id, **told)


def end(work: Work, customer: Candidate, reason: str) -> int:
    """End the open plan of a customer: the parts that are open are cancelled; return its id. Raises no-open-plan."""
    with work.database.writing(work.command) as connection:
        found = read_open(connection, customer.id, work.today)
        if found is None:
            raise NotFound("no-open-plan", customer=customer.name, customer_id=customer.id)
        stored.end(connection, found.plan["id"], work.today.isoformat(), reason)
        return int(found.plan["id"])
