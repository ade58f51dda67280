"""What is open, with what customers have with us: the list is the sum of the balances (handbook 8); all by hand."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from tests.desk import Desk, filled_once

TODAY = "2026-11-21"


def write(desk: Desk, table: str, **values: object) -> None:
    """Write a row, as another program would."""
    places = ", ".join("?" * len(values))
    desk.sql(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", *values.values())


def sell(desk: Desk, customer: int, product: str, amount: int, sold: str, due: str, **more: object) -> None:
    """Write a sale; `amount` is in whole units."""
    values = {"customer_id": customer, "product": product, "amount_cents": amount * 100, "sold_on": sold}
    write(desk, "sale", **values, due_on=due, **more)


def pay(desk: Desk, amount: int, on: str, sale: int | None = None, customer: int | None = None) -> None:
    """Write a payment in whole units, on a sale or on the account of a customer."""
    write(desk, "payment", sale_id=sale, customer_id=customer, amount_cents=amount * 100, paid_on=on)


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Three customers who have money with us in every way, and one who owes nothing."""
    for name, owner, region in (("Dragon", "alice", "East"), ("Gym", "bob", "West"), ("Mart", "bob", "East")):
        desk.ok("customer", "add", name, "--owner", owner, "--region", region, "--phone", f"010-5550 000{len(name)}")
    sell(desk, 1, "Oven", 1000, "2026-09-01", "2026-10-01")  # sa1: 51 days late, 30 + 21
    sell(desk, 1, "Returned oven", -1000, "2026-10-10", "2026-10-10")  # sa2
    sell(desk, 2, "Treadmill", 600, "2026-10-20", "2026-11-21")  # sa3: due today, 594 paid
    pay(desk, 594, "2026-11-01", 3)
    sell(desk, 2, "Mats", 100, "2026-11-05", "2026-12-05")  # sa4: 106 paid
    pay(desk, 106, "2026-11-06", 4)
    sell(desk, 3, "Tea", 800, "2026-10-05", "2026-10-31")  # sa5: 21 days late
    sell(desk, 3, "Rice", 300, "2026-10-06", "2026-11-01", cancelled_on="2026-11-10", cancel_reason="wet")  # sa6
    pay(desk, 200, "2026-10-08", 6)
    pay(desk, 50, "2026-11-15", customer=3)
    return desk


def lines(desk: Desk, *words: str) -> list[tuple[object, ...]]:
    """Return (sale, customer, kind, balance, days late, band) of the rows."""
    keys = ("id", "customer", "kind", "balance", "days_late", "band")
    return [tuple(row[key] for key in keys) for row in desk.json("sale", "unpaid", *words)]


def test_bills_come_first_then_what_customers_have_with_us(shop: Desk) -> None:
    assert lines(shop) == [
        (1, "Dragon", "bill", 1000.0, 51, "31-60"),
        (5, "Mart", "bill", 800.0, 21, "0-30"),
        (3, "Gym", "bill", 6.0, 0, "0-30"),
        (2, "Dragon", "credit-note", -1000.0, None, None),
        (4, "Gym", "overpaid", -6.0, None, None),
        (6, "Mart", "cancelled", -200.0, None, None),
        (None, "Mart", "deposit", -50.0, None, None),
    ]


def test_who_owes_nothing_is_asked_for_nothing(shop: Desk) -> None:
    rows = {row["id"]: row["asked"] for row in shop.json("sale", "unpaid") if row["kind"] == "bill"}
    # Dragon 1,000 - 1,000, Mart 800 - 200 - 50, Gym 6 - 6
    assert rows == {1: 0.0, 5: 550.0, 3: 0.0}
    out = shop.ok("sale", "unpaid")
    row = next(line for line in out.splitlines() if "Tea" in line)
    assert "800.00" in row and "550.00" in row
    assert "asked for" in out
    # who has nothing with us is asked for the whole bill, and nothing more is shown
    shop.sql("DELETE FROM payment WHERE customer_id = 3")
    shop.sql("DELETE FROM sale WHERE id IN (2, 4, 6)")
    assert "asked for" not in shop.ok("sale", "unpaid")


def test_the_sum_of_the_list_is_that_of_the_balances(shop: Desk) -> None:
    cards = {row["name"]: row["balance"] for row in shop.json("customer", "list")}
    assert cards == {"Dragon": 0.0, "Gym": 0.0, "Mart": 550.0}
    for words, total in (
        ((), 550.0),
        (("--owner", "alice"), 0.0),
        (("--owner", "bob"), 550.0),
        (("--region", "East"), 550.0),
        (("--customer", "Gym"), 0.0),
        (("--on", TODAY), 550.0),
    ):
        assert sum(row["balance"] for row in shop.json("sale", "unpaid", *words)) == total
        table = shop.ok("sale", "unpaid", *words).split("\n\n")[1]
        assert table.splitlines()[-1].split() == ["total", f"{total:.2f}"]


def test_under_a_table_stand_the_bands_what_is_on_account_and_the_total(shop: Desk) -> None:
    # bills 1,000 + 800 + 6 = 1,806: 55.4 % and 44.6 %; on account 1,000 + 6 + 200 + 50 = 1,256
    assert shop.ok("sale", "unpaid").split("\n\n")[1].splitlines()[2:] == [
        "0-30                      2     806.00   44.6 %",
        "31-60                     1   1,000.00   55.4 %",
        "all bills                 3   1,806.00  100.0 %",
        "on account                   -1,256.00",
        "total                           550.00",
    ]
    overdue = shop.ok("sale", "unpaid", "--overdue").split("\n\n")[1]
    assert overdue.splitlines()[-1].split() == ["total", "2", "1,800.00", "100.0", "%"]


def test_late_bills_and_bands_are_bills_alone(shop: Desk) -> None:
    assert [row[0] for row in lines(shop, "--overdue")] == [1, 5]
    assert [row[0] for row in lines(shop, "--band", "0-30")] == [5, 3]


def test_sorting_sorts_all_of_it_together(shop: Desk) -> None:
    assert [row[3] for row in lines(shop, "--sort", "balance")] == [-1000, -200, -50, -6, 6, 800, 1000]
    assert [row[3] for row in lines(shop, "--sort", "-balance", "--limit", "3")] == [1000, 800, 6]
    # absent values last, either way
    assert [row[4] for row in lines(shop, "--sort", "days-late")] == [0, 21, 51, None, None, None, None]
    assert [row[4] for row in lines(shop, "--sort", "-days-late")][:4] == [51, 21, 0, None]
    assert [row[1] for row in lines(shop, "--sort", "customer")] == ["Dragon"] * 2 + ["Gym"] * 2 + ["Mart"] * 3
    assert shop("sale", "unpaid", "--sort", "colour").code == 2


def test_a_limit_counts_over_all_parts(shop: Desk) -> None:
    assert [row[0] for row in lines(shop, "--limit", "3")] == [1, 5, 3]
    assert [row[0] for row in lines(shop, "--limit", "5")] == [1, 5, 3, 2, 4]
    assert len(lines(shop, "--limit", "0")) == len(lines(shop, "--limit", "99")) == 7


def test_who_owes_nothing_at_all_is_not_listed(shop: Desk) -> None:
    shop.ok("customer", "add", "Paid House")
    sell(shop, 4, "Lamp", 10, "2026-11-01", "2026-11-01")
    pay(shop, 10, "2026-11-02", 7)
    pay(shop, 30, "2026-11-03", customer=4)
    pay(shop, -30, "2026-11-04", customer=4)
    assert shop("sale", "unpaid", "--customer", "Paid House") == (0, "", "nothing is unpaid\n")


# --- what customers have with us ------------------------------------------------------------------------------


def test_refunds_are_everything_in_favour_of_customers(shop: Desk) -> None:
    rows = shop.json("sale", "unpaid", "--refunds")
    assert list(rows[0])[-1] == "kind"
    assert [(row["id"], row["kind"], row["refund"], row["cancel_reason"]) for row in rows] == [
        (6, "cancelled", 200.0, "wet"),
        (2, "credit-note", 1000.0, None),
        (4, "overpaid", 6.0, None),
        (None, "deposit", 50.0, None),
    ]
    assert [row["id"] for row in shop.json("sale", "unpaid", "--refunds", "--owner", "bob")] == [6, 4, None]
    assert [row["id"] for row in shop.json("sale", "unpaid", "--refunds", "--on", "2026-11-05")] == [2]
    for option in (["--by", "owner"], ["--band", "90+"], ["--overdue"]):
        assert shop("sale", "unpaid", "--refunds", *option).code == 2


def test_an_account_that_another_program_took_too_much_from_is_owed(shop: Desk) -> None:
    pay(shop, -80, "2026-11-20", customer=3)  # 50 were there
    assert lines(shop, "--customer", "Mart")[-1] == (None, "Mart", "deposit", 30.0, None, None)
    assert shop.json("customer", "show", "3")["balance"] == 800 - 200 + 30
    assert [row["id"] for row in shop.json("sale", "unpaid", "--refunds", "--customer", "3")] == [6]


# --- on a day -------------------------------------------------------------------------------------------------


def test_what_was_open_on_a_day(shop: Desk) -> None:
    # on 4 November the mats weren't sold, the rice not cancelled: 300 less 200; the credit note was there
    assert lines(shop, "--on", "2026-11-04") == [
        (1, "Dragon", "bill", 1000.0, 34, "31-60"),  # 30 + 4
        (5, "Mart", "bill", 800.0, 4, "0-30"),
        (6, "Mart", "bill", 100.0, 3, "0-30"),
        (3, "Gym", "bill", 6.0, -17, "not-due"),
        (2, "Dragon", "credit-note", -1000.0, None, None),
    ]
    assert lines(shop, "--on", "2026-10-07") == [
        (1, "Dragon", "bill", 1000.0, 6, "0-30"),
        (5, "Mart", "bill", 800.0, -24, "not-due"),
        (6, "Mart", "bill", 300.0, -25, "not-due"),
    ]
    assert lines(shop, "--on", "2026-08-31") == []
    assert [row[0] for row in lines(shop, "--on", "2026-11-04", "--overdue")] == [1, 5, 6]
    assert [row[0] for row in lines(shop, "--on", "2026-11-04", "--band", "not-due")] == [3]
    # today it is what it is without a day
    assert lines(shop, "--on", "today") == lines(shop)
    assert {row["asked"] for row in shop.json("sale", "unpaid", "--on", "2026-11-04")} == {None}


# --- sums -----------------------------------------------------------------------------------------------------


def sums(desk: Desk, *words: str) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in desk.json("sale", "unpaid", "--by", *words)]


def test_sums_by_customer_owner_region_and_band(shop: Desk) -> None:
    assert list(shop.json("sale", "unpaid", "--by", "customer")[0]) == [
        *("name", "bills", "open", "overdue", "on_account", "balance", "customer_id")
    ]
    # overdue is what is asked and late: Mart 800 - 250, Dragon 1,000 - 1,000
    assert sums(shop, "customer") == [
        ("Mart", 1, 800.0, 550.0, -250.0, 550.0, 3),
        ("Dragon", 1, 1000.0, 0.0, -1000.0, 0.0, 1),
        ("Gym", 1, 6.0, 0.0, -6.0, 0.0, 2),
    ]
    assert sums(shop, "owner") == [
        ("bob", 2, 806.0, 550.0, -256.0, 550.0, None),
        ("alice", 1, 1000.0, 0.0, -1000.0, 0.0, None),
    ]
    assert sums(shop, "region")[0] == ("East", 2, 1800.0, 550.0, -1250.0, 550.0, None)
    # due today isn't overdue
    assert sums(shop, "band") == [
        ("0-30", 2, 806.0, 550.0, 0.0, 806.0, None),
        ("31-60", 1, 1000.0, 0.0, 0.0, 1000.0, None),
        ("on-account", 0, 0.0, 0.0, -1256.0, -1256.0, None),
    ]
    assert sums(shop, "customer", "--on", "2026-10-07") == [
        ("Mart", 2, 1100.0, 0.0, 0.0, 1100.0, 3),
        ("Dragon", 1, 1000.0, 1000.0, 0.0, 1000.0, 1),
    ]
    assert sums(shop, "owner", "--overdue", "--owner", "bob") == [("bob", 1, 800.0, 550.0, 0.0, 800.0, None)]
    # when 11 November ended the credits were those of now but for the deposit: 800 - 200
    assert sums(shop, "customer", "--on", "2026-11-11") == [
        ("Mart", 1, 800.0, 600.0, -200.0, 600.0, 3),
        ("Dragon", 1, 1000.0, 0.0, -1000.0, 0.0, 1),
        ("Gym", 1, 6.0, 0.0, -6.0, 0.0, 2),
    ]
    assert shop("sale", "unpaid", "--by", "product").code == 2


def test_parts_of_a_plan_that_are_late_are_overdue_and_not_the_bills_that_they_are_for(desk: Desk) -> None:
    desk.ok("customer", "add", "Cat", "--owner", "bo", "--region", "East")
    sell(desk, 1, "A", 600, "2026-07-01", "2026-07-01")
    sell(desk, 1, "B", 400, "2026-08-01", "2026-08-01")
    # 900 in three: 600 of A and 300 of B, so that 100 of B are asked; 1 October and 1 November have passed
    desk.ok("sale", "plan", "1", "--amount", "900", "--parts", "3", "--every", "1m", "--from", "2026-10-01")
    late = sum(row["days_late"] > 0 for row in desk.json("due"))
    assert late == 3  # 100 + 300 + 300 = 700
    for by, name in (("customer", "Cat"), ("owner", "bo"), ("region", "East")):
        assert [row[:6] for row in sums(desk, by)] == [(name, 2, 1000.0, 700.0, 0.0, 1000.0)]
    # 20 and 51 days late are the parts, 112 what is asked of B
    assert [row[:6] for row in sums(desk, "band")] == [
        ("0-30", 0, 0.0, 300.0, 0.0, 0.0),
        ("31-60", 0, 0.0, 300.0, 0.0, 0.0),
        ("90+", 2, 1000.0, 100.0, 0.0, 1000.0),
    ]
    # 800 with us: 200 are asked of the first part, and nothing else
    pay(desk, 800, "2026-11-20", customer=1)
    for by in ("customer", "owner", "region"):
        assert [row[3:6] for row in sums(desk, by)] == [(200.0, -800.0, 200.0)]
    assert [row[3] for row in sums(desk, "band")] == [200.0, 0.0, 0.0]
    assert [row[3] for row in sums(desk, "customer", "--owner", "bo", "--customer", "Cat")] == [200.0]


def test_people_see_the_sum_of_all_groups(shop: Desk) -> None:
    out = shop.ok("sale", "unpaid", "--by", "band", "-f", "md")
    assert "| on account | 0 | 0.00 | 0.00 | -1,256.00 | -1,256.00 |" in out
    assert out.splitlines()[-1] == "| total | 3 | 1,806.00 | 550.00 | -1,256.00 | 550.00 |"
    assert sums(shop, "customer", "--limit", "1") == [("Mart", 1, 800.0, 550.0, -250.0, 550.0, 3)]
    assert [row[0] for row in sums(shop, "customer", "--sort", "name")] == ["Dragon", "Gym", "Mart"]
    shop.sql("UPDATE customer SET owner = NULL WHERE id = 1")
    assert "\n| - | 1 | 1,000.00 |" in shop.ok("sale", "unpaid", "--by", "owner", "-f", "md")
    shop.sql("DELETE FROM sale")
    shop.sql("DELETE FROM payment")
    assert shop("sale", "unpaid", "--by", "owner") == (0, "", "nothing is unpaid\n")


def test_the_figures_of_sales_have_the_same_balance(shop: Desk) -> None:
    whole_year = ("sale", "stats", "--year", "2026", "--columns", "name,balance")
    assert [tuple(row.values()) for row in shop.json(*whole_year, "--by", "owner")] == [("bob", 550.0), ("alice", 0.0)]
    assert shop.json(*whole_year, "--customer", "Mart") == [{"name": "Mart", "balance": 550.0}]
    assert shop.json(*whole_year, "--customer", "Gym") == [{"name": "Gym", "balance": 0.0}]
    # money on account is of no product line
    shop.sql("UPDATE sale SET line = 'kitchen' WHERE id <> 3")
    lines_of = {row["name"]: row["balance"] for row in shop.json(*whole_year, "--by", "line")}
    assert lines_of == {"kitchen": 1000 - 1000 - 6 + 800 - 200, None: 6 - 50}
    assert shop.json(*whole_year, "--by", "line", "--customer", "Mart") == [
        {"name": "kitchen", "balance": 600.0},
        {"name": None, "balance": -50.0},
    ]


# --- head office and branches ---------------------------------------------------------------------------------


def test_a_head_office_with_its_branches(shop: Desk) -> None:
    shop.sql("UPDATE customer SET parent_id = 1 WHERE id = 3")
    assert [row[0] for row in lines(shop, "--customer", "Dragon", "--with-branches")] == [1, 5, 2, 6, None]
    assert [row[0] for row in lines(shop, "--customer", "Dragon", "--with-branches", "--on", TODAY)] == [
        *(1, 5, 2, 6, None)
    ]
    result = shop("sale", "unpaid", "--with-branches")
    assert (result.code, result.err.splitlines()[0]) == (2, "csm: --customer is missing")
    rows = shop.json("sale", "account", "Dragon", "--with-branches")
    # 0 of the head office and 550 of the branch
    assert rows[-1]["balance"] == 550.0
    assert [(row["ref"], row["customer"]) for row in rows if row["kind"] == "deposit"] == [("cu3", "Mart")]
    out = shop.ok("sale", "account", "Dragon", "--with-branches")
    assert out.startswith("statement of account of Dragon and its branches: up to 2026-11-21\n")
    assert re.search(r"bill +sa5 +Tea, due 2026-10-31 +800.00 +1,800.00 +Mart", out)
    page = shop.ok("sale", "account", "Dragon", "--with-branches", "-f", "html")
    assert "Dragon and its branches" in page and '<td class="customer">Mart</td>' in page
    # money of the head office for a bill of the branch is one row of both together, and a half in each
    write(shop, "payment", sale_id=2, amount_cents=-10000, paid_on=TODAY, set_off=6)
    write(shop, "payment", sale_id=5, amount_cents=10000, paid_on=TODAY, set_off=5)
    assert [row["amount"] for row in shop.json("sale", "account", "1") if row["kind"] == "set-off"] == [100.0]
    assert [row["amount"] for row in shop.json("sale", "account", "3") if row["kind"] == "set-off"] == [-100.0]
    both = shop.json("sale", "account", "1", "--with-branches")
    assert [row["amount"] for row in both if row["kind"] == "set-off"] == [0.0]
    assert both[-1]["balance"] == 550.0


# --- whatever happens -----------------------------------------------------------------------------------------


def test_statement_list_card_and_figures_agree_on_every_day(shop: Desk) -> None:
    """Of random sales, payments, credits, cancellations, set-offs and deposits no cent is lost or made anywhere."""
    dice = random.Random(8)
    first = date(2026, 10, 1)
    for round_ in range(12):
        with closing(sqlite3.connect(shop.path)) as connection:
            connection.execute("DELETE FROM payment")
            connection.execute("DELETE FROM sale")
            fill(connection, dice, first)
            connection.commit()
        cards = {row["id"]: row["balance"] for row in shop.json("customer", "list", "--columns", "id,balance")}
        by_customer = {row["customer_id"]: row["balance"] for row in shop.json("sale", "unpaid", "--by", "customer")}
        figures = {row["customer_id"]: row["balance"] for row in shop.json("sale", "stats", "--year", "2026")}
        for customer in (1, 2, 3):
            statement = shop.json("sale", "account", str(customer))
            assert (statement[-1]["balance"] if statement else 0) == cards[customer]
            assert by_customer.get(customer, 0) == figures.get(customer, 0) == cards[customer]
        assert sum(row["balance"] for row in shop.json("sale", "unpaid")) == pytest.approx(sum(cards.values()))
        assert {row["name"]: row["balance"] for row in shop.json("sale", "unpaid", "--by", "owner")}.get(
            "bob", 0
        ) == pytest.approx(cards[2] + cards[3])
        for day in (first + timedelta(days=n) for n in (0, 3, 7, round_)):
            on = day.isoformat()
            then: dict[int, float] = {}
            for row in shop.json("sale", "unpaid", "--on", on):
                then[row["customer_id"]] = then.get(row["customer_id"], 0) + row["balance"]
            for customer in (1, 2, 3):
                statement = shop.json("sale", "account", str(customer), "--to", on)
                closing_balance = statement[-1]["balance"] if statement else 0
                assert closing_balance == pytest.approx(then.get(customer, 0)), (round_, on, customer)
            total = sum(row["balance"] for row in shop.json("sale", "unpaid", "--on", on, "--by", "band"))
            assert total == pytest.approx(sum(then.values()))


def fill(connection: sqlite3.Connection, dice: random.Random, first: date) -> None:
    """Write sales and money of eleven days."""

    def day() -> str:
        return (first + timedelta(days=dice.randint(0, 10))).isoformat()

    sales: list[tuple[int, int]] = []
    for _ in range(dice.randint(1, 10)):
        customer, gone = dice.randint(1, 3), dice.choice([None, None, day()])
        cursor = connection.execute(
            "INSERT INTO sale (customer_id, product, amount_cents, sold_on, due_on, cancelled_on)"
            " VALUES (?, 'x', ?, ?, ?, ?)",
            [customer, dice.randint(-40_000, 90_000), day(), day(), gone],
        )
        sales.append((int(cursor.lastrowid or 0), customer))
    insert = "INSERT INTO payment (sale_id, customer_id, amount_cents, paid_on) VALUES (?, ?, ?, ?)"
    for _ in range(dice.randint(0, 12)):
        cents = dice.randint(-20_000, 60_000) or 1
        sale, _ = dice.choice(sales)
        where = (sale, None) if dice.random() < 0.7 else (None, dice.randint(1, 3))
        connection.execute(insert, [*where, cents, day()])
    for _ in range(dice.randint(0, 4)):
        sale, customer = dice.choice(sales)
        source = dice.choice([(None, customer), (dice.choice(sales)[0], None)])
        on, cents = day(), dice.randint(1, 30_000)
        back = connection.execute(insert, [*source, -cents, on]).lastrowid
        there = connection.execute(insert, [sale, None, cents, on]).lastrowid
        connection.execute("UPDATE payment SET set_off = ? WHERE id = ?", [there, back])
        connection.execute("UPDATE payment SET set_off = ? WHERE id = ?", [back, there])
