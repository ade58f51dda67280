"""Money on account in the file: what views say of it, whoever writes (handbook 8); figures in cents, by hand."""

from __future__ import annotations

import random
import sqlite3

import pytest

from csm.domain.sale.account import asked
from csm.domain.sale.payment_allocation import Owed
from csm.storage.sale.rows import balance_of
from tests.storage.sale.shop import Shop


def deposit(shop: Shop, cents: int, on: str = "2026-11-10", customer: int = 1) -> int:
    """Write a payment on account, as another program would."""
    return shop.insert("payment", customer_id=customer, amount_cents=cents, paid_on=on)


def asked_of(shop: Shop, customer: int = 1) -> dict[int, int]:
    return dict(shop("SELECT id, asked_cents FROM sale_unpaid WHERE customer_id = ?", customer))


def credits_of(shop: Shop) -> list[tuple[object, ...]]:
    return shop(
        "SELECT kind, sale_id, cents, since_on FROM account_credit WHERE customer_id = 1 ORDER BY since_on, kind"
    )


def balances(shop: Shop) -> list[int]:
    """Return the balance of the first customer from every place that has one."""
    ((listed, amount),) = shop("SELECT balance_cents, balance FROM customer_list WHERE id = 1")
    assert amount == listed / 100
    return [listed, balance_of(shop.connection, 1)]


def test_every_credit_has_a_row_with_its_kind_and_day(shop: Shop) -> None:
    note = shop.sale(-1_000, sold_on="2026-11-03")
    over = shop.sale(5_000)
    shop.pay(over, 5_600)  # on 10 November
    gone = shop.sale(2_000, cancelled_on="2026-11-12")
    shop.pay(gone, 700)
    shop.sale(9_000)
    deposit(shop, 3_000, "2026-11-04")
    assert credits_of(shop) == [
        ("credit-note", note, 1_000, "2026-11-03"),
        ("deposit", None, 3_000, "2026-11-04"),
        ("overpaid", over, 600, "2026-11-10"),
        ("cancelled", gone, 700, "2026-11-12"),
    ]
    # 9,000 owed; 1,000 + 3,000 + 600 + 700 = 5,300 with us
    assert balances(shop) == [3_700, 3_700]
    assert list(asked_of(shop).values()) == [3_700]


def test_a_deposit_is_as_old_as_what_is_left_of_it(shop: Shop) -> None:
    deposit(shop, 1_000, "2026-11-01")
    deposit(shop, 500, "2026-11-05")
    assert credits_of(shop) == [("deposit", None, 1_500, "2026-11-01")]
    deposit(shop, -999, "2026-11-06")  # of the first, of which 1 is left
    assert credits_of(shop) == [("deposit", None, 501, "2026-11-01")]
    deposit(shop, -1, "2026-11-06")
    assert credits_of(shop) == [("deposit", None, 500, "2026-11-05")]
    deposit(shop, -500, "2026-11-07")
    assert credits_of(shop) == []
    deposit(shop, -40, "2026-11-08")  # no program of ours does that
    assert credits_of(shop) == [("deposit", None, -40, "2026-11-01")]
    assert balances(shop) == [40, 40]


@pytest.mark.parametrize(
    ("bills", "paid", "on_account", "balance", "expected"),
    [
        ([1_000, -1_000], {}, 0, 0, {1: 0}),  # a bill and a credit note of as much
        ([1_000, 1_000], {1: 1_006, 2: 994}, 0, 0, {2: 0}),  # overpaid by 6, short by 6
        ([1_000, 500, -600], {}, 0, 900, {1: 400, 2: 500}),
        ([1_000, 500, -600], {}, 100, 800, {1: 300, 2: 500}),
        ([1_000, 500], {}, 1_200, 300, {1: 0, 2: 300}),
        ([1_000, 500], {}, 1_501, -1, {1: 0, 2: 0}),
        ([1_000, 500], {1: 400}, 0, 1_100, {1: 600, 2: 500}),
        ([1_000, -200], {2: -300}, 0, 1_100, {1: 1_000, 2: 100}),  # of the credit note too much was paid back
    ],
)
def test_nobody_is_asked_for_more_than_the_balance(
    shop: Shop, bills: list[int], paid: dict[int, int], on_account: int, balance: int, expected: dict[int, int]
) -> None:
    ids = [shop.sale(cents) for cents in bills]
    for number, cents in paid.items():
        shop.pay(ids[number - 1], cents)
    if on_account:
        deposit(shop, on_account)
    assert balances(shop) == [balance, balance]
    assert asked_of(shop) == {ids[number - 1]: cents for number, cents in expected.items()}


def test_what_others_have_with_us_covers_nothing(shop: Shop) -> None:
    bill = shop.sale(1_000)
    deposit(shop, 5_000, customer=2)
    shop.sale(-700, customer=2)
    assert asked_of(shop) == {bill: 1_000}


def test_a_payment_stands_on_a_sale_or_on_an_account(shop: Shop) -> None:
    bill = shop.sale(1_000)
    for columns in ({}, {"sale_id": bill, "customer_id": 1}):
        with pytest.raises(sqlite3.IntegrityError):
            shop.insert("payment", amount_cents=1, paid_on="2026-11-10", **columns)
    deposit(shop, 300)
    shop.pay(bill, 200)
    assert shop("SELECT sale_id, customer_id, customer, amount_cents FROM payment_list ORDER BY id") == [
        (None, 1, "Golden Dragon", 300),
        (bill, 1, "Golden Dragon", 200),
    ]


def test_the_view_and_the_domain_agree_at_random(shop: Shop) -> None:
    dice = random.Random(13)
    for _ in range(120):
        shop("DELETE FROM payment")
        shop("DELETE FROM sale")
        for _ in range(dice.randint(1, 6)):
            day = f"2026-10-{dice.randint(1, 4):02}"
            gone = dice.choice([None, None, None, "2026-11-01"])
            sale = shop.sale(dice.randint(-500, 900), dice.randint(1, 2), sold_on=day, cancelled_on=gone)
            if dice.random() < 0.5 and (cents := dice.randint(-200, 900)):
                shop.pay(sale, cents)
        for _ in range(dice.randint(0, 2)):
            deposit(shop, dice.randint(1, 800), customer=dice.randint(1, 2))
        for customer in (1, 2):
            open_bills = [
                Owed(*row)
                for row in shop(
                    "SELECT id, sold_on, balance_cents FROM sale WHERE customer_id = ? AND balance_cents > 0", customer
                )
            ]
            ((credit,),) = shop("SELECT coalesce(sum(cents), 0) FROM account_credit WHERE customer_id = ?", customer)
            wanted = dict(asked(open_bills, credit))
            assert asked_of(shop, customer) == wanted
            balance = balance_of(shop.connection, customer)
            assert balance == sum(bill.cents for bill in open_bills) - credit
            assert sum(wanted.values()) == max(0, balance)


def test_what_is_asked_is_looked_up_by_the_customer(shop: Shop) -> None:
    plan = [
        row[3] for row in shop("EXPLAIN QUERY PLAN SELECT asked_cents FROM sale_unpaid WHERE due_on < '2026-12-01'")
    ]
    assert "SEARCH own USING INDEX sale_in_favour (customer_id=?)" in plan
    assert "SEARCH payment USING COVERING INDEX payment_account (customer_id=?)" in plan
    # the bills before one are added up from the index, however many somebody has
    assert "SEARCH older USING COVERING INDEX sale_customer (customer_id=? AND sold_on<?)" in plan
    assert plan[0] == "SEARCH sale USING INDEX sale_not_paid (due_on<?)"
    assert [step for step in plan if step.startswith("SCAN")] == []
