"""The statement of account through the command line (handbook 8): every amount and balance worked out by hand."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from tests.desk import Desk, filled_once
from tests.render.html_pages import Checker, check_alone

KEYS = "on kind ref text amount balance sale_id bill due_on payment_id set_off customer_id customer".split()


def pay(desk: Desk, cents: int, on: str, sale: int | None = None, **more: object) -> None:
    """Put a payment on a sale, or on the account of the first customer, into the file."""
    values = {"amount_cents": cents, "paid_on": on, "sale_id": sale, "customer_id": None if sale else 1, **more}
    desk.sql(f"INSERT INTO payment ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", *values.values())


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """A customer with bills, a credit note, a cancellation, a deposit and a set-off; another one with a bill."""
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001", "--address", "5 Mill Lane")
    desk.ok("customer", "add", "River Gym", "--phone", "010-5550 0002")
    for customer, product, amount, sold, due, bill in (
        (1, "Oven", "1200", "2026-07-01", "2026-07-31", "B1"),
        (1, "Tray", "50", "2026-07-01", "2026-07-31", "B1"),
        (1, "Tea", "800", "2026-10-05", "2026-10-31", None),
        (2, "Treadmill", "3000", "2026-11-21", "2026-12-14", None),
        (1, "Returned trays", "-80", "2026-11-20", "2026-11-20", None),
    ):
        words = ["sale", "add", str(customer), product, "--amount", amount, "--on", sold, "--due", due]
        desk.ok(*words, *(["--bill", bill] if bill else []), *(["--allow-negative"] if amount.startswith("-") else []))
    pay(desk, 10000, "2026-07-01", note="by bank")  # a deposit of 100 on the day of the bills
    pay(desk, 50000, "2026-10-06", 3)
    desk.sql("UPDATE sale SET cancelled_on = '2026-11-20', cancel_reason = 'too late' WHERE id = 3")
    pay(desk, -3000, "2026-11-20", set_off=4)  # 30 of the deposit go to the oven
    pay(desk, 3000, "2026-11-20", 1, set_off=3)
    pay(desk, -20000, "2026-11-21", 3)  # 200 of the 500 for the tea go back
    return desk


def rows(desk: Desk, *words: str) -> list[tuple[object, ...]]:
    """Return (on, kind, ref, amount, balance) of the rows of the first customer's statement."""
    return [
        tuple(row[key] for key in ("on", "kind", "ref", "amount", "balance"))
        for row in desk.json("sale", "account", "1", *words)
    ]


def test_every_bill_credit_and_payment_with_the_balance_after_it(shop: Desk) -> None:
    assert rows(shop) == [
        ("2026-07-01", "bill", "sa1", 1200.0, 1200.0),
        ("2026-07-01", "bill", "sa2", 50.0, 1250.0),
        ("2026-07-01", "deposit", "cu1", -100.0, 1150.0),
        ("2026-10-05", "bill", "sa3", 800.0, 1950.0),
        ("2026-10-06", "payment", "sa3", -500.0, 1450.0),
        ("2026-11-20", "credit", "sa5", -80.0, 1370.0),
        ("2026-11-20", "cancelled", "sa3", -800.0, 570.0),
        ("2026-11-20", "set-off", "sa1", 0.0, 570.0),
        ("2026-11-21", "refund", "sa3", 200.0, 770.0),
    ]


def test_what_the_rows_say(shop: Desk) -> None:
    made = shop.json("sale", "account", "1")
    assert list(made[0]) == KEYS
    assert [row["text"] for row in made] == [
        "Oven, bill B1, due 2026-07-31",
        "Tray, bill B1, due 2026-07-31",
        "by bank",
        "Tea, due 2026-10-31",
        "Tea",
        "Returned trays",
        "Tea: too late",
        "30.00 of the money on account set off against sa1 Oven, bill B1",
        "Tea",
    ]
    assert made[7] == {
        "on": "2026-11-20", "kind": "set-off", "ref": "sa1", "amount": 0.0, "balance": 570.0, "sale_id": 1,
        "bill": "B1", "due_on": "2026-07-31", "payment_id": 4, "set_off": 30.0, "customer_id": 1, "customer": "Golden Dragon",
        "text": "30.00 of the money on account set off against sa1 Oven, bill B1",
    }  # fmt: skip
    # programs read the same in every language
    chinese = json.loads(shop.ok("sale", "account", "1", "-f", "json", lang="zh"))
    assert chinese == made


def test_a_credit_note_that_is_set_off_names_both(shop: Desk) -> None:
    pay(shop, -5000, "2026-11-21", 5, set_off=7)
    pay(shop, 5000, "2026-11-21", 2, set_off=6)
    *_, row = shop.json("sale", "account", "1")
    assert (row["amount"], row["balance"], row["set_off"]) == (0.0, 770.0, 50.0)
    assert row["text"] == "50.00 of sa5 Returned trays set off against sa2 Tray, bill B1"


def test_a_period_begins_with_the_balance_before_it_and_ends_with_that_of_its_last_day(shop: Desk) -> None:
    assert rows(shop, "--from", "2026-10-06", "--to", "2026-11-20")[:2] == [
        ("2026-10-06", "opening", None, None, 1950.0),
        ("2026-10-06", "payment", "sa3", -500.0, 1450.0),
    ]
    out = shop.ok("sale", "account", "1", "--from", "2026-10-06", "--to", "2026-11-20", "-f", "md")
    assert "## statement of account of Golden Dragon: 2026-10-06 to 2026-11-20" in out
    assert "balance on 2026-11-20: 570.00 to be paid" in out
    # as it was on a day of the past: 1,200 + 50 - 100
    assert rows(shop, "--to", "2026-10-04")[-1] == ("2026-07-01", "deposit", "cu1", -100.0, 1150.0)
    assert rows(shop, "--to", "2026-06-30") == []
    assert rows(shop, "--from", "2026-07-01")[0][1] == "bill", "nothing is before the first day"
    assert rows(shop, "--from", "2026-12-01") == [("2026-12-01", "opening", None, None, 770.0)]
    # a first day that is still to come is the last one too
    assert "2026-12-01 to 2026-12-01" in shop.ok("sale", "account", "1", "--from", "2026-12-01")


def test_the_balance_is_that_of_the_card(shop: Desk) -> None:
    # 1,200 + 50 - 80 less 30 on the oven and 300 kept of the tea; 70 are on account
    assert shop.sql("SELECT sum(balance_cents) FROM sale WHERE customer_id = 1") == [(84000,)]
    assert rows(shop)[-1][-1] == 840 - 70
    assert shop.json("sale", "account", "2")[-1]["balance"] == 3000.0


def test_a_table_ends_with_the_balance_and_how_late_it_is(shop: Desk) -> None:
    out = shop.ok("sale", "account", "1")
    # the oven's 1,170 and the tray's 50 are 113 days late (21 + 31 + 30 + 31); 80 of the note, 300 of the tea and 70
    # on account are the customer's
    assert out.split("\n\n")[-2:] == [
        "balance on 2026-11-21: 770.00 to be paid",
        "band        number of sales   balance    share\n"
        "──────────────────────────────────────────────\n"
        "90+                       2  1,220.00  100.0 %\n"
        "all bills                 2  1,220.00  100.0 %\n"
        "on account                    -450.00\n"
        "total                          770.00\n",
    ]
    assert "2026-11-20  set-off    sa1  30.00 of the money on account set off against sa1 Oven, bill B1" in out
    # on 1 August nothing else had happened; the bills were a day late
    early = shop.ok("sale", "account", "1", "--to", "2026-08-01")
    assert early.split("\n\n")[-2] == "balance on 2026-08-01: 1,150.00 to be paid"
    assert "0-30" in early.split("\n\n")[-1]


def test_a_balance_in_the_customers_favour_is_said(shop: Desk) -> None:
    pay(shop, 100000, "2026-11-21")
    assert "balance on 2026-11-21: 230.00 in the customer's favour" in shop.ok("sale", "account", "1")
    pay(shop, -23000, "2026-11-21")
    assert "balance on 2026-11-21: nothing to be paid" in shop.ok("sale", "account", "1")


def test_what_is_dated_ahead_stands_at_the_end(shop: Desk) -> None:
    pay(shop, 5000, "2026-11-25", 2)
    out = shop.ok("sale", "account", "1")
    assert "up to 2026-11-25" in out and "balance on 2026-11-25: 720.00 to be paid" in out
    assert rows(shop, "--to", "2026-11-21")[-1][-1] == 770.0


def test_programs_read_the_rows_alone(shop: Desk) -> None:
    table = list(csv.reader(io.StringIO(shop.ok("sale", "account", "1", "-f", "csv"))))
    assert table[0] == KEYS and len(table) == 1 + 9
    assert shop.json("sale", "account", "1", "--limit", "2", "--columns", "ref,balance") == [
        {"ref": "sa1", "balance": 1200.0},
        {"ref": "sa2", "balance": 1250.0},
    ]
    assert [row["amount"] for row in shop.json("sale", "account", "1", "--sort", "-amount")][:2] == [1200.0, 800.0]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["1", "--from", "2026-11-02", "--to", "2026-11-01"], 2, "2026-11-01, lies before the start, 2026-11-02"),
        (["1", "--from", "soon"], 2, "soon"),
        (["1", "--to", "5/6/2026"], 2, "5/6/2026"),
        (["nobody"], 3, "nobody"),
        ([], 2, "REF is missing"),
        (["1", "--columns", "paid"], 2, "paid"),
    ],
)
def test_what_cannot_be_shown(shop: Desk, words: list[str], code: int, said: str) -> None:
    result = shop("sale", "account", *words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err


def test_an_archived_card_and_one_without_entries(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--do-not-contact", "yes")
    shop.ok("customer", "archive", "1")
    assert rows(shop)[-1][-1] == 770.0
    shop.ok("customer", "add", "Empty House")
    assert shop("sale", "account", "3") == (0, "", "nothing was ever on the account of Empty House\n")
    # of somebody who has one only what was asked for is empty
    assert shop("sale", "account", "1", "--from", "2025-01-01", "--to", "2025-02-01") == (
        *(0, "", "nothing was on the account of Golden Dragon up to 2025-02-01\n"),
    )
    assert shop.json("sale", "account", "3") == []


# --- the page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_page_is_one_file_that_loads_nothing(shop: Desk, spoken: str) -> None:
    shop.ok("config", "set", "house.name", "Autumn & <b>Sons</b>")
    shop.ok("config", "set", "house.payment_details", "Bank of Mills 6222 0000")
    shop.sql("UPDATE sale SET product = '<script>alert(1)</script>\x1b[2J' WHERE id = 1")
    file = shop.folder / "statement.html"
    shop.ok("sale", "account", "1", "-o", file, lang=spoken)
    page = file.read_text(encoding="utf-8")
    tags = check_alone(page, spoken)
    assert "<script" not in page and "\x1b" not in page and "&lt;script&gt;" in page
    assert '<p class="house">Autumn &amp; &lt;b&gt;Sons&lt;/b&gt;</p>' in page
    assert "Bank of Mills 6222 0000" in page and "5 Mill Lane" in page and "Golden Dragon" in page
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in tags if tag == "th")
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in tags
    sheet = page.split("<style>")[1].split("</style>")[0]
    assert "@page{size:A4;margin:14mm}" in sheet and "@media print{" in sheet and "@media (max-width:600px)" in sheet
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_page_says_what_is_to_be_paid(shop: Desk) -> None:
    page = shop.ok("sale", "account", "1", "--from", "2026-10-06", "-f", "html")
    body = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.split("<main>")[1]))
    assert "Golden Dragon 5 Mill Lane 010-5550 0001 Balance on 2026-11-21 770.00 CNY to be paid" in body
    assert "2026-10-06 opening 1,950.00" in body
    assert "2026-11-20 cancelled sa3 Tea: too late -800.00 570.00" in body
    assert "90+ 2 1,220.00 100.0 % all bills 2 1,220.00 100.0 % on account -450.00 total 770.00" in body
    assert "How to pay" not in body, "nothing is set"
    # every row has a cell for each column, whatever is missing
    assert {row.count("<td") + row.count("<th") for row in re.findall(r"<tr>.*?</tr>", page.split("<table")[1])} == {6}


def test_the_page_for_somebody_with_money_here_and_for_nothing_at_all(shop: Desk) -> None:
    pay(shop, 100000, "2026-11-21")
    page = shop.ok("sale", "account", "1", "-f", "html")
    assert '<p class="value">230.00 CNY</p>\n<p>in your favour</p>' in page
    shop.ok("customer", "add", "Empty House")
    empty = shop.ok("sale", "account", "3", "-f", "html")
    assert "nothing to be paid" in empty and "no entries" in empty
    Checker(empty)


def test_whoever_names_columns_gets_a_plain_table(shop: Desk) -> None:
    page = shop.ok("sale", "account", "1", "--columns", "ref,balance", "-f", "html")
    assert '<table border="1"' in page and "5 Mill Lane" not in page
