"""Payments, signatures and what is unpaid through the command line (handbook 8); amounts and days by hand."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing

import pytest

from csm.storage.listing import Condition, Page, statement
from csm.storage.sale.lists import IS_IN_FAVOUR
from tests.desk import Desk, filled_once

PAYMENT = "id sale_id bill product amount paid_on balance note by customer_id set_off".split()
UNPAID = (
    "id bill customer_id customer product amount paid balance sold_on due_on days_late contact phone band"
    " waits_for since promised_on owner kind asked"
).split()


def sell(desk: Desk, customer: int, product: str, amount: int, sold: str, due: str, **more: object) -> None:
    """Put a sale into the file; `amount` is in whole units."""
    values = {
        "customer_id": customer,
        "product": product,
        "amount_cents": amount * 100,
        "sold_on": sold,
        "due_on": due,
        **more,
    }
    desk.sql(f"INSERT INTO sale ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", *values.values())


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Two customers: bill B1 of two sales, one sale late and one of today; a buyer, a finance manager, a cashier."""
    desk.ok(
        "customer", "add", "Golden Dragon", "--phone", "010-5550 0001", "--region", "East",
        "--contact", "Li Na;buyer;139 0000 0001", "--contact", "Wu Bo;finance;139 0000 0002",
        "--contact", "Chen Xi;cash desk",
    )  # fmt: skip
    desk.ok("customer", "add", "River Gym", "--phone", "010-5550 0002", "--owner", "bob")
    desk.ok("customer", "contact", "edit", "2", "--sign-off", "finance-manager")
    desk.ok("customer", "contact", "edit", "3", "--sign-off", "cashier")
    sell(desk, 1, "Oven", 1200, "2026-07-01", "2026-07-31", bill="B1")  # 113 days late: 21 + 31 + 30 + 31
    sell(desk, 1, "Tray", 50, "2026-07-01", "2026-07-31", bill="B1")
    sell(desk, 1, "Tea", 800, "2026-10-05", "2026-10-31")  # 21 days late
    sell(desk, 2, "Treadmill", 3000, "2026-11-21", "2026-12-14")  # in 23 days
    return desk


def balances(desk: Desk) -> list[tuple[int, int]]:
    """Return (cents paid, cents open) of each sale."""
    return [(paid, left) for paid, left in desk.sql("SELECT paid_cents, balance_cents FROM sale ORDER BY id")]


# --- pay ----------------------------------------------------------------------------------------------------------


def test_a_sale_is_paid_in_parts(shop: Desk) -> None:
    assert shop("sale", "pay", "sa3", "500").err == "paid 500.00 on sa3 Tea: 300.00 open (Golden Dragon)\n"
    result = shop("sale", "pay", "3", "299.99", "--on", "yesterday")
    assert result.err == "2026-11-20 (Friday): paid 299.99 on sa3 Tea: 0.01 open (Golden Dragon)\n"
    assert shop("sale", "pay", "sa3", "0.01").err == "paid 0.01 on sa3 Tea: paid in full (Golden Dragon)\n"
    assert shop.sql("SELECT status FROM sale WHERE id = 3") == [("paid",)]
    assert shop.sql("SELECT amount_cents, paid_on, by FROM payment ORDER BY id") == [
        (50000, "2026-11-21", "alice"),
        (29999, "2026-11-20", "alice"),
        (1, "2026-11-21", "alice"),
    ]


def test_json_is_a_list_of_the_payments_made(shop: Desk) -> None:
    [made] = shop.json("sale", "pay", "sa3", "500", "--note", "by bank transfer")
    assert list(made) == PAYMENT
    assert made == {
        "id": 1, "sale_id": 3, "bill": None, "product": "Tea", "amount": 500.0, "paid_on": "2026-11-21",
        "balance": 300.0, "note": "by bank transfer", "by": "alice", "customer_id": 1, "set_off": None,
    }  # fmt: skip
    assert shop("sale", "pay", "sa3", "1", "-f", "csv").out.splitlines()[0] == ",".join(PAYMENT)


def test_a_bill_is_settled_in_the_order_of_its_sales(shop: Desk) -> None:
    assert shop("sale", "pay", "B1", "1230").err == (
        "paid 1,200.00 on sa1 Oven: paid in full (Golden Dragon)\npaid 30.00 on sa2 Tray: 20.00 open (Golden Dragon)\nbill B1, 2 sales: 20.00 open\n"
    )
    assert shop("sale", "pay", "B1", "20").err == (
        "paid 20.00 on sa2 Tray: paid in full (Golden Dragon)\nbill B1, 2 sales: paid in full\n"
    )


def test_more_than_is_open_is_refused_unless_allowed(shop: Desk) -> None:
    assert shop("sale", "pay", "sa3", "800.01") == (
        4,
        "",
        "csm: 800.01 is more than is open on sa3: 800.00\n"
        "hint: --allow notes it all the same; the rest goes on account\n",
    )
    assert shop("sale", "pay", "B1", "1250.01").code == 4
    assert shop.sql("SELECT count(*) FROM payment") == [(0,)]
    assert shop("sale", "pay", "sa3", "850", "--allow").err == (
        "paid 800.00 on sa3 Tea: paid in full (Golden Dragon)\n"
        "50.00 on account of Golden Dragon: 50.00 there now\n"
        "Golden Dragon has 50.00 with us: csm sale set-off 1\n"
    )
    made = shop.json("sale", "pay", "B1", "1260", "--allow")
    assert [(row["sale_id"], row["amount"]) for row in made] == [(1, 1200), (2, 50), (None, 10)]  # 1,200 + 50 + 10 over
    assert balances(shop)[:3] == [(120000, 0), (5000, 0), (80000, 0)]
    assert shop.json("customer", "show", "1")["balance"] == -60.0


def test_a_cancelled_row_of_a_bill_holds_up_no_money_for_the_others(shop: Desk) -> None:
    sell(shop, 1, "Lid", 10, "2026-08-15", "2026-08-31", bill="B1")
    shop.ok("sale", "cancel", "5", "--reason", "out of stock", "--on", "2026-08-16")
    # the lid was sold later, but nobody gets it: 100 of 2 August go onto the oven
    shop.ok("sale", "pay", "B1", "100", "--on", "2026-08-02")
    shop.ok("sale", "signed", "B1", "--by", "Chen Xi", "--on", "2026-08-02")
    assert balances(shop)[0] == (10000, 110000)
    assert shop.sql("SELECT sale_id FROM signature ORDER BY sale_id") == [(1,), (2,)]


def test_money_of_a_customer_settles_the_oldest_first(shop: Desk) -> None:
    # 1,200 + 50 of July, then 250 of the 800 of October: 550 are left
    assert shop("sale", "pay", "--customer", "golden", "1500").err == (
        "paid 1,200.00 on sa1 Oven: paid in full (Golden Dragon)\n"
        "paid 50.00 on sa2 Tray: paid in full (Golden Dragon)\n"
        "paid 250.00 on sa3 Tea: 550.00 open (Golden Dragon)\n"
        "Golden Dragon still owes 550.00\n"
    )
    assert shop("sale", "pay", "--customer", "golden", "600").err.splitlines()[0] == (
        "csm: 600.00 is more than is open on Golden Dragon: 550.00"
    )
    assert shop("sale", "pay", "--customer", "golden", "600", "--allow").err == (
        "paid 550.00 on sa3 Tea: paid in full (Golden Dragon)\n"
        "50.00 on account of Golden Dragon: 50.00 there now\n"
        "Golden Dragon owes nothing any more\n"
        "Golden Dragon has 50.00 with us: csm sale unpaid --refunds --customer 1\n"
    )
    # nothing is open any more: money stands on the account without a question
    assert shop("sale", "pay", "--customer", "golden", "1").err.splitlines()[0] == (
        "1.00 on account of Golden Dragon: 51.00 there now"
    )


def test_what_we_owe_is_said_beside_what_is_still_open(shop: Desk) -> None:
    shop.ok("sale", "pay", "sa2", "80", "--allow")  # 30 more than the tray costs
    # 1,250 + 800 - 80 = 1,970 is the balance; 1,000 of it for the oven leave 970
    assert shop("sale", "pay", "sa1", "1000").err == (
        "paid 1,000.00 on sa1 Oven: 200.00 open (Golden Dragon)\n"
        "bill B1, 2 sales: 200.00 open\n"
        "Golden Dragon has 30.00 with us: csm sale set-off 1\n"
    )
    # the 30 go onto the oven, and 170 + 730 of the money onto oven and tea: 70 of the 800 are left
    assert shop("sale", "pay", "--customer", "1", "900").err.splitlines() == [
        "set off 30.00 of the money on account against sa1 Oven (Golden Dragon)",
        "paid 170.00 on sa1 Oven: paid in full (Golden Dragon)",
        "paid 730.00 on sa3 Tea: 70.00 open (Golden Dragon)",
        "Golden Dragon still owes 70.00",
    ]
    assert shop.json("customer", "show", "1")["balance"] == 70.0


def test_only_sales_up_to_the_day_of_payment_count(shop: Desk) -> None:
    made = shop.json("sale", "pay", "--customer", "1", "1250", "--on", "2026-10-04")
    assert [row["sale_id"] for row in made] == [1, 2]
    # the tea came a day later, the treadmill on the 21st: what came before stands on the account
    assert [row["sale_id"] for row in shop.json("sale", "pay", "--customer", "1", "1", "--on", "2026-10-04")] == [None]
    assert [row["sale_id"] for row in shop.json("sale", "pay", "--customer", "2", "1", "--on", "2026-11-20")] == [None]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["sa3", "0"], 2),
        (["sa3", "-5"], 2),
        (["sa3", "--", "-5"], 2),
        (["sa3", "1.005"], 2),
        (["sa3"], 2),
        (["--customer", "1", "5", "6"], 2),
        (["sa3", "5", "--on", "2026-10-04"], 2),  # the day before the sale
        (["sa3", "5", "--on", "2026-11-22"], 2),  # tomorrow
        (["sa99", "5"], 3),
        (["B99", "5"], 3),
        (["--customer", "nobody", "5"], 3),
        (["sa3", "5", "--refund"], 4),
        (["--customer", "1", "5", "--refund"], 4),
    ],
)
def test_what_cannot_be_paid_changes_nothing(shop: Desk, arguments: list[str], code: int) -> None:
    assert shop("sale", "pay", *arguments).code == code
    assert shop.sql("SELECT count(*) FROM payment") == [(0,)]


def test_what_was_paid_on_a_cancelled_sale_is_paid_back(shop: Desk) -> None:
    shop.ok("sale", "pay", "sa3", "500")
    shop.sql("UPDATE sale SET cancelled_on = '2026-11-20' WHERE id = 3")
    result = shop("sale", "pay", "sa3", "1")
    assert (result.code, result.err.splitlines()[0]) == (4, "csm: sa3 was cancelled on 2026-11-20")
    assert (
        shop.message("sale", "pay", "sa3", "200", "--refund")
        == "paid back 200.00 on sa3 Tea: 300.00 more to pay back (Golden Dragon)"
    )
    assert shop("sale", "pay", "sa3", "300.01", "--refund").err.splitlines()[0] == (
        "csm: 300.01 is more than is to be paid back on sa3: 300.00"
    )
    [made] = shop.json("sale", "pay", "--customer", "1", "300", "--refund")
    assert (made["sale_id"], made["amount"], made["balance"]) == (3, -300.0, 0.0)
    assert balances(shop)[2] == (0, 0)


def test_a_payment_that_never_came_is_taken_back_and_no_more(shop: Desk) -> None:
    shop.ok("sale", "pay", "sa3", "500")
    # 300 of the 800 are open, so that nothing is to be paid back; the payment itself can be taken back
    assert shop("sale", "pay", "sa3", "500", "--refund").err == (
        "csm: 500.00 is more than is to be paid back on sa3: 0.00\n"
        "hint: --allow takes back a payment too, up to what was paid;"
        " csm sale pay --customer REF AMOUNT --refund pays back what is on account\n"
    )
    assert shop("sale", "pay", "sa3", "500.01", "--refund", "--allow").code == 4
    shop.ok("sale", "pay", "sa3", "450", "--refund", "--allow")
    assert balances(shop)[2] == (5000, 75000)
    shop.ok("sale", "cancel", "sa3", "--reason", "sent back")
    assert shop("sale", "pay", "sa3", "50.01", "--refund", "--allow").code == 4
    shop.ok("sale", "pay", "sa3", "50", "--refund")
    assert balances(shop)[2] == (0, 0)
    assert shop("sale", "pay", "sa3", "0.01").err.startswith("csm: sa3 was cancelled on 2026-11-21\n")


def test_a_credit_note_is_settled_by_paying_it_back(shop: Desk) -> None:
    sell(shop, 1, "Returned tray", -50, "2026-11-01", "2026-11-01")
    assert shop("sale", "pay", "sa5", "50").code == 4
    assert shop.message("sale", "pay", "sa5", "50", "--refund") == (
        "paid back 50.00 on sa5 Returned tray: nothing more to pay back (Golden Dragon)"
    )
    assert shop.sql("SELECT status, paid_cents FROM sale WHERE id = 5") == [("paid", -5000)]


def test_the_next_of_their_promises_is_named_and_not_ticked(shop: Desk) -> None:
    shop.ok("promise", "add", "1", "the second part", "--by", "2026-11-27", "--theirs")
    shop.ok("promise", "add", "1", "the first part", "--by", "2026-11-25", "--theirs")
    shop.ok("promise", "add", "1", "bring the tray", "--by", "2026-11-23")
    assert shop.message("sale", "pay", "sa3", "500") == (
        "they promised for 2026-11-25 (Wednesday): the first part; if this was it: csm promise keep pr2"
    )
    assert shop.sql("SELECT DISTINCT status FROM promise") == [("open",)]
    assert shop.message("sale", "pay", "sa3", "350", "--allow").endswith("csm promise keep pr2")
    assert "promised" not in shop("sale", "pay", "sa3", "50", "--refund").err


# --- signed -------------------------------------------------------------------------------------------------------


def test_a_signature_says_whose_turn_is_next(shop: Desk) -> None:
    # a cashier without a phone of their own is called at the customer's
    assert shop("sale", "signed", "B1", "--by", "wu", "--on", "yesterday").err == (
        "2026-11-20 (Friday): Wu Bo (finance manager) has signed sa1, sa2 (Golden Dragon); next is Chen Xi (cashier), 010-5550 0001\n"
    )
    assert (
        shop.message("sale", "signed", "sa1", "--by", "3")
        == "Chen Xi (cashier) has signed sa1 (Golden Dragon); nobody else has to sign"
    )
    rows = {row["id"]: (row["waits_for"], row["since"]) for row in shop.json("sale", "unpaid", "--customer", "1")}
    assert rows == {
        1: (None, "2026-11-21"),
        2: ("cashier", "2026-11-20"),
        3: ("finance-manager", "2026-10-05"),  # nobody has signed: since the day of the sale
    }


def test_json_is_a_list_of_the_signatures(shop: Desk) -> None:
    assert shop.json("sale", "signed", "sa3", "--by", "Chen Xi") == [
        {"id": 1, "sale_id": 3, "name": "Chen Xi", "sign_off": "cashier", "signed_on": "2026-11-21"}
    ]


def test_somebody_without_a_place_moves_nothing_on(shop: Desk) -> None:
    result = shop("sale", "signed", "sa3", "--by", "na")
    assert (result.code, result.err) == (
        0,
        "Li Na has signed sa3 (Golden Dragon); next is Wu Bo (finance manager), 139 0000 0002\n"
        "careful: Li Na has no place among those who sign, so the bill hasn't moved on;"
        " csm customer contact edit 1 --sign-off PLACE gives one\n",
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["sa3", "--by", "Zhou"], 3),
        (["sa99", "--by", "Wu Bo"], 3),
        (["sa4", "--by", "Wu Bo"], 3),  # somebody else's contact
        (["sa3", "--by", "Wu Bo", "--on", "2026-10-04"], 2),
        (["sa3", "--by", "Wu Bo", "--on", "2026-11-22"], 2),
        (["sa3"], 2),
    ],
)
def test_what_cannot_be_signed(shop: Desk, arguments: list[str], code: int) -> None:
    assert shop("sale", "signed", *arguments).code == code
    assert shop.sql("SELECT count(*) FROM signature") == [(0,)]


def test_nobody_signs_twice_nor_what_is_cancelled(shop: Desk) -> None:
    shop.ok("sale", "signed", "sa1", "--by", "Wu Bo")
    assert shop("sale", "signed", "sa1", "--by", "Wu Bo").err == (
        "csm: Wu Bo has signed sa1 already\nhint: csm sale unpaid shows whose turn it is\n"
    )
    assert shop.message("sale", "signed", "B1", "--by", "Wu Bo").startswith(
        "Wu Bo (finance manager) has signed sa2 (Golden Dragon);"
    )
    shop.sql("UPDATE sale SET cancelled_on = '2026-11-20' WHERE id = 3")
    result = shop("sale", "signed", "sa3", "--by", "Wu Bo")
    assert (result.code, result.err) == (4, "csm: sa3 isn't open any more: cancelled\n")


def test_a_credit_note_on_a_bill_is_set_off(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "--bill", "N1", "--item", "Lamp;1;100", "--item", "Discount;1;-20", "--allow-negative")
    # 100 less the discount of 20 is what the bill comes to
    assert shop("sale", "pay", "N1", "80.01").err.splitlines()[0] == "csm: 80.01 is more than is open on N1: 80.00"
    assert shop("sale", "pay", "N1", "80").err.splitlines()[:3] == [
        "set off 20.00 of sa6 Discount against sa5 Lamp (Golden Dragon)",
        "paid 80.00 on sa5 Lamp: paid in full (Golden Dragon)",
        "bill N1, 2 sales: paid in full",
    ]
    assert shop.sql("SELECT status, paid_cents FROM sale WHERE bill = 'N1'") == [("paid", 10000), ("paid", -2000)]


def test_credit_notes_of_a_customer_are_set_off_against_what_is_open(shop: Desk) -> None:
    sell(shop, 1, "Returned tray", -50, "2026-11-01", "2026-11-01")
    # 1,200 + 50 + 800 less the 50 given back: 2,000 settle everything
    assert shop.json("customer", "show", "1")["balance"] == 2000.0
    assert shop("sale", "pay", "--customer", "1", "2000").err == (
        "set off 50.00 of sa5 Returned tray against sa1 Oven (Golden Dragon)\n"
        "paid 1,150.00 on sa1 Oven: paid in full (Golden Dragon)\n"
        "paid 50.00 on sa2 Tray: paid in full (Golden Dragon)\n"
        "paid 800.00 on sa3 Tea: paid in full (Golden Dragon)\n"
        "Golden Dragon owes nothing any more\n"
    )
    assert shop.json("customer", "show", "1")["balance"] == 0.0


def test_what_is_missing_is_named_by_its_place(shop: Desk) -> None:
    for words, missing in (((), "ID"), (("sa1",), "AMOUNT"), (("--customer", "1"), "AMOUNT")):
        result = shop("sale", "pay", *words)
        assert (result.code, result.err) == (
            2,
            f"csm: {missing} is missing\nhint: csm sale pay --help shows the form\n",
        )


def test_a_payment_says_that_a_bill_has_the_number_of_the_sale(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Lamp", "--amount", "5", "--bill", "1")
    note = "note: 1 was taken as sa1, and a bill has that number: csm sale list --bill 1"
    assert note in shop("sale", "pay", "1", "5").err.splitlines()
    assert note in shop("sale", "signed", "1", "--by", "Wu Bo").err.splitlines()


# --- unpaid -------------------------------------------------------------------------------------------------------


def test_what_is_unpaid_with_where_it_waits_and_whom_to_call(shop: Desk) -> None:
    shop.ok("promise", "add", "1", "the second part", "--by", "2026-11-27", "--theirs")
    shop.ok("sale", "pay", "sa1", "200")
    rows = shop.json("sale", "unpaid")
    assert list(rows[0]) == UNPAID
    assert rows[0] == {
        "id": 1, "bill": "B1", "customer_id": 1, "customer": "Golden Dragon", "product": "Oven", "amount": 1200.0,
        "paid": 200.0, "balance": 1000.0, "sold_on": "2026-07-01", "due_on": "2026-07-31", "days_late": 113,
        "band": "90+", "waits_for": "finance-manager", "since": "2026-07-01", "contact": "Wu Bo",
        "phone": "139 0000 0002", "promised_on": "2026-11-27", "owner": "alice", "kind": "bill", "asked": 1000.0,
    }  # fmt: skip
    assert [(row["id"], row["days_late"], row["band"]) for row in rows] == [
        (1, 113, "90+"),
        (2, 113, "90+"),
        (3, 21, "0-30"),
        (4, -23, "not-due"),
    ]
    assert (rows[3]["contact"], rows[3]["phone"], rows[3]["promised_on"]) == (None, "010-5550 0002", None)


def test_without_a_chain_the_first_contact_is_called(shop: Desk) -> None:
    shop.sql("UPDATE contact SET sign_off = NULL")
    row = shop.json("sale", "unpaid", "--customer", "1", "--limit", "1")[0]
    assert (row["waits_for"], row["contact"], row["phone"]) == (None, "Li Na", "139 0000 0001")


def test_what_is_unpaid_can_be_narrowed(shop: Desk) -> None:
    def ids(*options: str) -> list[int]:
        return [row["id"] for row in shop.json("sale", "unpaid", *options)]

    assert ids("--overdue") == [1, 2, 3]
    assert ids("--band", "0-30") == [3]
    assert ids("--band", "not-due", "--band", "90+") == [1, 2, 4]
    assert ids("--band", "未到期") == [4]
    assert ids("--owner", "bob") == [4]
    assert ids("--region", "East") == [1, 2, 3]
    assert ids("--region", "") == [4]
    assert ids("--limit", "1") == [1]
    assert ids("--sort", "days-late") == [4, 3, 1, 2]
    assert ids("--sort", "-balance", "--limit", "2") == [4, 1]
    shop.now = "2026-08-01 09:00"
    assert ids("--overdue") == [1, 2], "as of that day one day late"
    assert shop("sale", "unpaid", "--band", "5-6").code == 2
    assert shop("sale", "unpaid", "--customer", "nobody").code == 3


def test_under_a_table_stand_the_sums_of_all_of_it(shop: Desk) -> None:
    # 3,000 + 800 + 1,200 + 50 = 5,050: 59.4 %, 15.8 %, 24.8 %
    out = shop.ok("sale", "unpaid", "--columns", "id,balance")
    assert out.split("\n\n")[1].splitlines()[2:] == [
        "not-due                1  3,000.00   59.4 %",
        "0-30                   1    800.00   15.8 %",
        "90+                    2  1,250.00   24.8 %",
        "total                  4  5,050.00  100.0 %",
    ]
    east = shop.ok("sale", "unpaid", "--region", "East", "--overdue", "-f", "md")
    assert "| total | 3 | 2,050.00 | 100.0 % |" in east
    assert "<td>total</td>" in shop.ok("sale", "unpaid", "-f", "html")
    assert shop.ok("sale", "unpaid", "-f", "html").count("<!doctype") == 1
    assert "total" in shop.ok("sale", "unpaid", "--limit", "0")
    assert "total" not in shop.ok("sale", "unpaid", "--limit", "2")
    assert len(list(csv.reader(io.StringIO(shop.ok("sale", "unpaid", "-f", "csv"))))) == 1 + 4


def test_of_many_customers_the_same_is_unpaid_as_of_few(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.ok("customer", "edit", "1", "--owner", "dora", "--region", "north")
    for narrowed in (["--owner", "dora"], ["--region", "north"], ["--region", ""], ["--owner", "dora", "--refunds"]):
        for form in ("csv", "md"):
            monkeypatch.setattr("csm.storage.customer.selectivity.FEW_CUSTOMERS", 300)
            few = shop("sale", "unpaid", *narrowed, "-f", form)
            monkeypatch.setattr("csm.storage.customer.selectivity.FEW_CUSTOMERS", 1)
            many = shop("sale", "unpaid", *narrowed, "-f", form)
            assert (few.code, few.out) == (many.code, many.out) and few.code == 0
    assert (
        len(shop.json("sale", "unpaid", "--owner", "dora")) == len(shop.json("sale", "unpaid", "--customer", "1")) > 0
    )


def test_nothing_unpaid_is_said(shop: Desk) -> None:
    shop.sql("UPDATE sale SET cancelled_on = sold_on")
    assert shop("sale", "unpaid") == (0, "", "nothing is unpaid\n")


def test_what_we_owe(shop: Desk) -> None:
    shop.sql("INSERT INTO payment (sale_id, amount_cents, paid_on) VALUES (3, 85000, '2026-11-21')")
    shop.ok("sale", "pay", "sa4", "1000")
    shop.sql("UPDATE sale SET cancelled_on = '2026-11-21', cancel_reason = 'too big' WHERE id = 4")
    sell(shop, 1, "Returned tray", -50, "2026-11-01", "2026-11-01")
    rows = shop.json("sale", "unpaid", "--refunds")
    assert [(row["id"], row["refund"], row["phone"], row["cancel_reason"]) for row in rows] == [
        (3, 50.0, "139 0000 0001", None),
        (5, 50.0, "139 0000 0001", None),
        (4, 1000.0, "010-5550 0002", "too big"),
    ]
    assert [row["id"] for row in shop.json("sale", "unpaid", "--refunds", "--owner", "bob")] == [4]
    assert shop("sale", "unpaid", "--refunds", "--overdue").code == 2
    shop.sql("DELETE FROM sale")
    assert shop("sale", "unpaid", "--refunds") == (0, "", "nothing is to be paid back\n")


@pytest.mark.parametrize(
    ("page", "index"),
    [
        (Page("sale_unpaid", ["id"], [], "v.due_on, v.id", 50), "SCAN sale USING COVERING INDEX sale_not_paid"),
        (
            Page("sale_unpaid", ["id"], [Condition("+v.owner = ?", ("bob",))], "v.due_on, v.id", 50),
            "SCAN sale USING COVERING INDEX sale_not_paid",
        ),
        (
            Page("sale_unpaid", ["id"], [Condition("v.customer_id = ?", (1,))], "v.due_on, v.id", 50),
            "SEARCH sale USING INDEX sale_customer (customer_id=?)",
        ),
        (
            Page("sale_list", ["id"], [IS_IN_FAVOUR], "v.sold_on, v.id", 50),
            "SCAN v USING INDEX sale_in_favour",
        ),
    ],
)
def test_a_page_is_found_by_an_index(shop: Desk, page: Page, index: str) -> None:
    with closing(sqlite3.connect(shop.path)) as connection:
        query, given = statement(page)
        steps = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + query, given)]
    assert index in steps, steps
