"""The triggers tick the parts of plans as the domain does, whoever writes what in whatever order (handbook 8)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from random import Random

import pytest

from csm.domain.sale import repayment
from csm.storage.file import schema


def fresh() -> sqlite3.Connection:
    """Return an empty file with two customers, of whom each has bills in a plan and one beside it."""
    connection = schema.fresh()
    connection.execute("INSERT INTO customer (id, name, name_key) VALUES (1, 'a', 'a'), (2, 'b', 'b')")
    return connection


def plan(connection: sqlite3.Connection, chance: Random, customer: int) -> None:
    """Make a plan over some of a customer's bills, with parts that needn't be equal and days that may be the same."""
    connection.execute(
        "INSERT INTO repayment_plan (id, customer_id, amount_cents, made_on) VALUES (?, ?, 1, '2026-11-21')",
        [customer, customer],
    )
    total = 0
    for number in range(3):
        sale = 10 * customer + number
        amount = chance.randint(1, 900)
        paid = chance.randint(0, amount)
        connection.execute(
            "INSERT INTO sale (id, customer_id, product, amount_cents, paid_cents, sold_on, due_on)"
            " VALUES (?, ?, 'x', ?, 0, '2026-11-01', '2026-11-01')",
            [sale, customer, amount],
        )
        if paid:
            pay(connection, sale, paid)
        if number < 2 and amount > paid:
            planned = chance.randint(1, amount - paid)
            total += planned
            connection.execute(
                "INSERT INTO plan_bill (plan_id, sale_id, planned_cents, open_cents) VALUES (?, ?, ?, ?)",
                [customer, sale, planned, amount - paid],
            )
    rest = total
    while rest:
        part = chance.randint(1, rest)
        rest -= part
        connection.execute(
            "INSERT INTO instalment (plan_id, due_on, amount_cents) VALUES (?, ?, ?)",
            [customer, f"2026-12-{chance.randint(1, 5):02}", part],
        )


def pay(connection: sqlite3.Connection, sale: int, cents: int) -> None:
    connection.execute(
        "INSERT INTO payment (sale_id, amount_cents, paid_on) VALUES (?, ?, '2026-11-22')", [sale, cents]
    )


def expected(connection: sqlite3.Connection, plan_id: int) -> list[int]:
    bills = connection.execute(
        "SELECT planned_cents, open_cents, iif(sale.customer_id = plan.customer_id, balance_cents, 0) FROM plan_bill"
        " JOIN repayment_plan AS plan ON plan.id = plan_id JOIN sale ON sale.id = sale_id WHERE plan_id = ?",
        [plan_id],
    )
    paid = repayment.paid(repayment.Bill(*row) for row in bills)
    parts = connection.execute("SELECT amount_cents FROM instalment WHERE plan_id = ? ORDER BY due_on, id", [plan_id])
    return repayment.ticked(paid, [cents for (cents,) in parts])


def found(connection: sqlite3.Connection, plan_id: int) -> list[int]:
    parts = connection.execute("SELECT paid_cents FROM instalment WHERE plan_id = ? ORDER BY due_on, id", [plan_id])
    return [cents for (cents,) in parts]


def step(connection: sqlite3.Connection, chance: Random) -> None:
    """Change something, as a command or another program might."""
    sale = 10 * chance.randint(1, 2) + chance.randint(0, 2)
    what = chance.randrange(9)
    if what < 3:
        pay(connection, sale, chance.choice([-300, -50, 20, 100, 400, 1000]))
    elif what == 3:
        connection.execute(
            "DELETE FROM payment WHERE id = (SELECT id FROM payment WHERE sale_id = ? ORDER BY id DESC LIMIT 1)", [sale]
        )
    elif what == 4:
        connection.execute("UPDATE sale SET amount_cents = ? WHERE id = ?", [chance.randint(-50, 1500), sale])
    elif what == 5:
        connection.execute(
            "UPDATE sale SET cancelled_on = iif(cancelled_on IS NULL, '2026-11-23', NULL) WHERE id = ?", [sale]
        )
    elif what == 6:
        connection.execute("UPDATE sale SET customer_id = ? WHERE id = ?", [chance.randint(1, 2), sale])
    elif what == 7:
        connection.execute("UPDATE payment SET sale_id = ? WHERE id = (SELECT max(id) FROM payment)", [sale])
    else:
        connection.execute(
            "UPDATE instalment SET due_on = ? WHERE id = (SELECT max(id) FROM instalment)",
            [f"2026-12-{chance.randint(1, 9):02}"],
        )


@pytest.mark.parametrize("seed", range(12))
def test_the_triggers_tick_as_the_domain_does(seed: int) -> None:
    chance = Random(seed)
    with closing(fresh()) as connection:
        for customer in (1, 2):
            plan(connection, chance, customer)
        ticked = 0
        for _ in range(60):
            step(connection, chance)
            for plan_id in (1, 2):
                assert found(connection, plan_id) == expected(connection, plan_id)
                ticked += any(found(connection, plan_id))
        assert ticked, "something was ticked on the way"


def test_a_plan_that_has_ended_stays_as_it_was_and_goes_on_where_it_stands() -> None:
    with closing(fresh()) as connection:
        connection.execute(
            "INSERT INTO sale (id, customer_id, product, amount_cents, sold_on, due_on)"
            " VALUES (1, 1, 'x', 300, '2026-11-01', '2026-11-01')"
        )
        connection.execute(
            "INSERT INTO repayment_plan (id, customer_id, amount_cents, made_on) VALUES (1, 1, 300, '2026-11-21')"
        )
        connection.execute("INSERT INTO plan_bill VALUES (1, 1, 1, 300, 300)")
        for day in (1, 2, 3):
            connection.execute(
                "INSERT INTO instalment (plan_id, due_on, amount_cents) VALUES (1, ?, 100)", [f"2026-12-0{day}"]
            )
        pay(connection, 1, 150)
        assert found(connection, 1) == [100, 50, 0]
        connection.execute("UPDATE repayment_plan SET ended_on = '2026-11-24'")
        connection.execute("UPDATE instalment SET cancelled_on = '2026-11-24' WHERE paid_cents < amount_cents")
        pay(connection, 1, 150)
        assert found(connection, 1) == [100, 50, 0]
        connection.execute("UPDATE instalment SET cancelled_on = NULL")
        assert found(connection, 1) == [100, 50, 0]
        connection.execute("UPDATE repayment_plan SET ended_on = NULL")
        assert found(connection, 1) == [100, 100, 100]
        connection.execute("DELETE FROM plan_bill")
        assert found(connection, 1) == [0, 0, 0]
