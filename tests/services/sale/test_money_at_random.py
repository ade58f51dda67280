"""Whatever is sold, paid, set off, paid back, changed and cancelled, by csm or another program: no cent is lost or made.

After every step all that tells what a customer owes tells the same (handbook 8).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csm.domain.errors import CsmError
from csm.domain.sale.account import asked
from csm.domain.sale.payment_allocation import Owed
from csm.domain.sale.repayment import Part
from csm.domain.settings import Policy
from csm.domain.time.calendar import Calendar
from csm.domain.time.instant import Zone
from csm.services.sale import payments, plans, writing
from csm.storage.customer import branches, purchases
from csm.storage.customer.rows import Candidate, by_id
from csm.storage.day import due
from csm.storage.day.due import Wanted
from csm.storage.file.database import Command, Database
from csm.storage.listing import Condition
from csm.storage.sale import accounts
from csm.storage.sale.accounts import Whose
from csm.storage.sale.rows import balance_of
from tests.desk import Desk

NOW = "2026-11-21T01:00:00Z"
TODAY = date(2026, 11, 21)


class Surroundings(NamedTuple):
    """The surroundings of whoever pays (see `csm.services.work`)."""

    database: Database
    command: Command
    user: str
    now: datetime
    now_text: str
    today: date
    zone: Zone
    policy: Policy
    calendar: Calendar
    strangers: dict[str, list[str]]
    passed_on: dict[str, str]
    unexplained: dict[int, str]


class Step(NamedTuple):
    """One step: what is done, to which customer or sale, how many cents, how many days ago."""

    what: str
    whom: int
    cents: int
    ago: int
    allow: bool


CENTS = st.one_of(st.integers(1, 900), st.sampled_from([100, 200, 300]))
WHAT = st.sampled_from(
    [
        *("sell", "sell", "credit", "pay", "pay", "pay-bill", "pay-for", "pay-for", "deposit", "set-off", "set-off"),
        *("back", "back-all", "back-deposit", "cancel", "change", "raw-account", "raw-sale", "raw-amount", "plan"),
    ]
)
STEPS = st.lists(
    st.builds(Step, WHAT, st.integers(1, 5), CENTS, st.integers(0, 6), st.booleans()), min_size=6, max_size=14
)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Surroundings]:
    """Give the surroundings of a file with two customers."""
    desk = Desk(tmp_path)
    for name in ("Golden Dragon", "River Gym"):
        desk.ok("customer", "add", name)
    zone = Zone("Asia/Shanghai")
    database = Database(str(desk.path))
    policy, calendar = Policy({}), Calendar({}, frozenset(), frozenset())
    yield Surroundings(
        database, Command(NOW, "alice", "csm"), "alice", zone.local(NOW), NOW, TODAY, zone, policy, calendar, {}, {}, {}
    )
    database.close()


def customer_of(step: Step, work: Surroundings) -> Candidate:
    (found,) = by_id(work.database.connection, 1 + step.whom % 2)
    return found


def do(step: Step, work: Surroundings) -> dict[int, int]:
    """Do one step; return the cents that came in, by customer. Raises CsmError."""
    customer, on = customer_of(step, work), TODAY - timedelta(days=step.ago)
    sale = f"sa{step.whom}"
    came = {customer.id: step.cents}
    draft = payments.Draft(step.cents, on, allow=step.allow)
    back = draft._replace(refund=True)
    if step.what in ("sell", "credit"):
        cents = step.cents if step.what == "sell" else -step.cents
        writing.add(work, customer, writing.Draft([writing.Item("x", 1, cents)], {"sold_on": on.isoformat()}, False))
        return {}
    if step.what == "pay":
        return {payments.pay(work, sale, draft).customer_id: step.cents}
    if step.what == "pay-bill":
        return {payments.pay(work, "B1", draft).customer_id: step.cents}
    if step.what == "pay-for":
        payments.pay_for(work, customer, draft)
        return came
    if step.what == "deposit":
        payments.deposit(work, customer, draft)
        return came
    if step.what == "set-off":
        payments.set_off(work, customer, on)
        return {}
    if step.what == "back":
        return {payments.pay(work, sale, back).customer_id: -step.cents}
    if step.what == "back-all":
        payments.pay_for(work, customer, back)
        return {customer.id: -step.cents}
    if step.what == "back-deposit":
        payments.deposit(work, customer, back)
        return {customer.id: -step.cents}
    if step.what == "cancel":
        writing.cancel(work, sale, "x", TODAY)
        return {}
    if step.what == "change":
        writing.edit(work, sale, {"amount_cents": step.cents})
        return {}
    if step.what == "plan":
        balance = balance_of(work.database.connection, customer.id)
        parts = [Part(TODAY, balance // 2), Part(TODAY, balance - balance // 2)]
        if balance > 1:
            plans.make(work, customer, plans.Draft(balance, parts, replace=True))
        return {}
    return by_another_program(step, work, customer.id, on)


def by_another_program(step: Step, work: Surroundings, customer_id: int, on: date) -> dict[int, int]:
    """Write as another program would, on top of what csm promises; return what came in."""
    with work.database.writing(work.command) as connection:
        whose = connection.execute("SELECT customer_id FROM sale WHERE id = ?", [step.whom]).fetchone()
        columns = {"raw-account": ("customer_id", customer_id), "raw-sale": ("sale_id", step.whom)}
        if step.what == "raw-amount":
            connection.execute("UPDATE sale SET amount_cents = ? WHERE id = ?", [step.cents, step.whom])
            return {}
        column, value = columns[step.what]
        if column == "sale_id" and whose is None:
            return {}
        cents = step.cents if step.allow or column == "customer_id" else -step.cents
        connection.execute(
            f"INSERT INTO payment ({column}, amount_cents, paid_on) VALUES (?, ?, ?)", [value, cents, on.isoformat()]
        )
        return {customer_id if whose is None or column == "customer_id" else int(whose[0]): cents}


def due_cents(work: Surroundings) -> dict[tuple[int, str], list[int]]:
    """Return what the due items of each customer and kind ask for."""
    found: dict[tuple[int, str], list[int]] = {}
    for item in due.read(work.database.connection, Wanted(TODAY, NOW, TODAY, {}, kinds=("payment", "instalment"))):
        cents = str(item.detail).split()[0].replace(",", "").replace(".", "")
        found.setdefault((item.customer_id, item.kind), []).append(int(cents))
    return found


def overdue(work: Surroundings, customer_id: int, day: date) -> int:
    """Return what of a customer's the sums of the list of what is unpaid call overdue on a day."""
    theirs = Condition("v.customer_id = ?", (customer_id,))
    whose = Whose([theirs], [theirs])
    bills = accounts.parts(day, whose)[0]
    asked_for = accounts.asked(bills, whose)
    connection = work.database.connection
    return sum(cents for part in asked_for for *_, cents in accounts.overdue_sums(connection, part, "customer", day))


def check(work: Surroundings, cash: dict[int, int]) -> None:
    """Check that all figures of both customers agree, and that they come from what was sold and what came in."""
    connection = work.database.connection
    asked_for = due_cents(work)
    counted: dict[int, int] = dict(purchases.balances_by(connection, "customer_id", Condition("1")))
    for customer in (1, 2):
        sold, paid = connection.execute(
            "SELECT coalesce(sum(CASE WHEN cancelled_on IS NULL THEN amount_cents ELSE 0 END), 0) FROM sale"
            " WHERE customer_id = :customer UNION ALL"
            " SELECT coalesce(sum(amount_cents), 0) FROM payment_list WHERE customer_id = :customer",
            {"customer": customer},
        ).fetchall()
        balance = sold[0] - cash.get(customer, 0)
        assert paid[0] == cash.get(customer, 0), "set-offs neither make nor lose money"
        assert balance_of(connection, customer) == counted.get(customer, 0) == balance
        assert connection.execute("SELECT balance_cents FROM customer_list WHERE id = ?", [customer]).fetchone() == (
            balance,
        )
        bills = [
            Owed(*row)
            for row in connection.execute(
                "SELECT id, sold_on, balance_cents FROM sale_unpaid WHERE customer_id = ?", [customer]
            )
        ]
        query = "SELECT coalesce(sum(cents), 0) FROM account_credit WHERE customer_id = ?"
        (credit,) = connection.execute(query, [customer]).fetchone()
        assert sum(bill.cents for bill in bills) - credit == balance
        in_parts = connection.execute(
            "SELECT coalesce(sum(part.amount_cents - part.paid_cents), 0) FROM repayment_plan AS plan"
            " JOIN instalment AS part ON part.plan_id = plan.id AND part.cancelled_on IS NULL WHERE customer_id = ?",
            [customer],
        ).fetchone()[0]
        wanted = sorted(part.cents for part in asked(bills, credit + in_parts) if part.cents)
        bills_asked = asked_for.get((customer, "payment"), [])
        assert sorted(bills_asked) == wanted
        assert sum(bills_asked) + sum(asked_for.get((customer, "instalment"), [])) == max(0, balance)
        # tomorrow, when all of it is late: the card with its branches says what the sums of the list say
        tomorrow = TODAY + timedelta(days=1)
        late = branches.sums(connection, customer, tomorrow.isoformat())[2]
        assert late == overdue(work, customer, tomorrow) == max(0, balance)
    halves = connection.execute(
        "SELECT one.amount_cents + other.amount_cents, other.set_off = one.id, mine.customer_id = theirs.customer_id"
        " FROM payment AS one JOIN payment AS other ON other.id = one.set_off"
        " JOIN payment_list AS mine ON mine.id = one.id JOIN payment_list AS theirs ON theirs.id = other.id"
    )
    assert set(halves) <= {(0, 1, 1)}


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cent_is_lost_or_made(work: Surroundings, steps: list[Step]) -> None:
    with work.database.writing(work.command) as connection:
        for table in ("repayment_plan", "payment", "sale"):
            connection.execute(f"DELETE FROM {table}")
        # a bill of two items, one of them a discount
        for cents in (500, -80):
            connection.execute(
                "INSERT INTO sale (customer_id, bill, product, amount_cents, sold_on, due_on)"
                " VALUES (1, 'B1', 'x', ?, '2026-11-10', '2026-11-10')",
                [cents],
            )
    cash: dict[int, int] = {}
    for step in steps:
        try:
            came = do(step, work)
        except CsmError:
            came = {}  # refused: nothing may have changed
        for customer, cents in came.items():
            cash[customer] = cash.get(customer, 0) + cents
        check(work, cash)
