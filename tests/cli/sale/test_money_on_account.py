"""Money that a customer has with us (handbook 8): deposits, set-offs, what is asked for, what goes back; all by hand."""

from __future__ import annotations

import pytest

from tests.desk import Desk


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Return a desk with two customers, one of them with bills of 1,000 and 500, both late."""
    desk.now = "2026-11-21 09:00"
    desk.ok("customer", "add", "Golden Dragon", "--credit-limit", "2000", "--owner", "alice")
    desk.ok("customer", "add", "River Gym")
    desk.ok("sale", "add", "1", "Oven", "--amount", "1000", "--on", "2026-09-01")
    desk.ok("sale", "add", "1", "Tray", "--amount", "500", "--on", "2026-10-01")
    return desk


def credit_note(desk: Desk, amount: str, on: str = "2026-11-01") -> None:
    desk.ok("sale", "add", "1", "Returned", f"--amount=-{amount}", "--allow-negative", "--on", on)


def due(desk: Desk) -> list[tuple[int, str]]:
    """Return (sale, what) of the payments that are due."""
    return [(row["id"], row["what"]) for row in desk.json("due", "--kind", "payment")]


def balance(desk: Desk) -> float:
    """Return the balance of the first customer, which every place must tell."""
    (listed,) = [row["balance"] for row in desk.json("customer", "list") if row["id"] == 1]
    assert desk.json("customer", "show", "1")["balance"] == listed
    counted = {row["customer_id"]: row["balance"] for row in desk.json("sale", "stats", "--year", "2026")}
    assert counted.get(1, 0) == listed
    return float(listed)


def payments(desk: Desk) -> list[tuple[object, ...]]:
    return desk.sql("SELECT id, sale_id, customer_id, amount_cents, set_off FROM payment ORDER BY id")


# --- what is asked for --------------------------------------------------------------------------------------------


def test_a_bill_and_a_credit_note_of_as_much_ask_for_nothing(shop: Desk) -> None:
    credit_note(shop, "1000")
    credit_note(shop, "500")
    assert balance(shop) == 0
    assert due(shop) == []
    assert "payment" not in shop.ok("today")
    assert shop.json("sale", "list", "--overdue") == []
    assert [row["days_late"] for row in shop.json("sale", "list")] == [None, None, None, None]
    assert shop.json("sale", "show", "1")["days_late"] is None
    page = shop.ok("sale", "show", "1")
    assert "what Golden Dragon has with us covers it" in page
    assert "late" not in shop.ok("customer", "show", "1")


def test_overpaid_by_six_on_one_and_short_by_six_on_the_other_is_nothing(shop: Desk) -> None:
    shop.sql("INSERT INTO payment (sale_id, amount_cents, paid_on) VALUES (1, 100600, '2026-10-01')")
    shop.sql("INSERT INTO payment (sale_id, amount_cents, paid_on) VALUES (2, 49400, '2026-10-01')")
    assert balance(shop) == 0
    assert due(shop) == []


def test_a_credit_covers_the_oldest_bill(shop: Desk) -> None:
    credit_note(shop, "600")
    # 1,000 - 600 of the oven, 500 of the tray: the balance of 900
    assert due(shop) == [(1, "payment: 400.00 Oven"), (2, "payment: 500.00 Tray")]
    assert balance(shop) == 900
    card = shop.ok("customer", "show", "1")
    # 1 September to 21 November is 29 + 31 + 21 = 81 days, 1 October 51
    assert "2 payments late, 900.00 together; the oldest is Oven" in card
    assert "csm sale pay --customer 1 900.00" in card
    assert "61-90: 400.00" in card
    assert "31-60: 500.00" in card
    assert "600.00  credit note  sa3" in card
    assert [row["credits"] for row in [shop.json("customer", "show", "1")]] == [
        [{"kind": "credit-note", "sale_id": 3, "amount": 600.0}]
    ]


def test_a_deposit_covers_bills_whoever_writes_it(shop: Desk) -> None:
    shop.ok("sale", "deposit", "1", "1200")
    assert due(shop) == [(2, "payment: 300.00 Tray")]  # 1,500 - 1,200
    assert [row["id"] for row in shop.json("sale", "list", "--overdue")] == [2]
    shop.sql("INSERT INTO payment (customer_id, amount_cents, paid_on) VALUES (1, 30000, '2026-11-21')")
    assert (due(shop), balance(shop)) == ([], 0)


def test_the_credit_limit_goes_by_the_balance(shop: Desk) -> None:
    shop.ok("sale", "deposit", "1", "1000")
    # 1,500 - 1,000 + 1,500 = 2,000 is the limit itself, a cent more passes it
    assert "credit limit" not in shop("sale", "add", "1", "Hood", "--amount", "1500").err
    assert (
        "owes 2,000.01 now, above the credit limit of 2,000.00"
        in shop("sale", "add", "1", "Lid", "--amount", "0.01").err
    )


def test_a_deposit_without_a_note_stands_on_the_journey_as_what_it_is(shop: Desk) -> None:
    shop.ok("sale", "deposit", "1", "200")
    shop.ok("sale", "deposit", "1", "50", "--note", "for the sign")
    texts = [row["text"] for row in shop.json("customer", "journey", "1") if row["touch"] == "payment"]
    assert texts == ["on account, 200.00", "for the sign, 50.00"]


# --- deposit ------------------------------------------------------------------------------------------------------


def test_a_deposit_stands_on_the_account(shop: Desk) -> None:
    result = shop("sale", "deposit", "golden", "700", "--note", "for the spring", "--on", "2026-11-20")
    assert result.err == (
        "2026-11-20 (Friday): 700.00 on account of Golden Dragon: 700.00 there now\n"
        "Golden Dragon has 700.00 with us: csm sale set-off 1\n"
    )
    assert shop.sql("SELECT sale_id, customer_id, amount_cents, paid_on, note, by FROM payment") == [
        (None, 1, 70000, "2026-11-20", "for the spring", "alice")
    ]
    [made] = shop.json("sale", "deposit", "1", "50")
    assert (made["sale_id"], made["customer_id"], made["balance"], made["set_off"]) == (None, 1, None, None)
    assert balance(shop) == 750  # 1,500 - 700 - 50


def test_no_more_of_a_deposit_goes_back_than_there_is(shop: Desk) -> None:
    result = shop("sale", "deposit", "2", "10", "--refund")
    assert (result.code, result.err) == (
        4,
        "csm: River Gym has no money on account on 2026-11-21\n"
        "hint: csm sale unpaid --refunds shows what is to be paid back\n",
    )
    shop.ok("sale", "deposit", "2", "100", "--on", "2026-11-10")
    assert shop("sale", "deposit", "2", "100.01", "--refund").code == 4
    assert shop("sale", "deposit", "2", "10", "--refund", "--on", "2026-11-09").code == 4, "it came a day later"
    assert shop("sale", "deposit", "2", "60", "--refund", "--on", "2026-11-15").err == (
        "2026-11-15 (Sunday): paid back 60.00 of the money on account of River Gym: 40.00 left there\n"
    )
    # of the 100 of the 10th, 60 are gone on the 15th
    assert shop("sale", "deposit", "2", "41", "--refund", "--on", "2026-11-12").code == 4
    shop.ok("sale", "deposit", "2", "40", "--refund", "--on", "2026-11-12")
    assert shop.json("customer", "show", "2")["balance"] == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["1", "0"], 2),
        (["1", "-5"], 2),
        (["1", "1.005"], 2),
        (["1", "abc"], 2),
        (["nobody", "5"], 3),
        (["1", "5", "--on", "2026-11-22"], 2),  # tomorrow
    ],
)
def test_what_is_no_deposit_changes_nothing(shop: Desk, arguments: list[str], code: int) -> None:
    assert shop("sale", "deposit", *arguments).code == code
    assert payments(shop) == []


# --- set-off ------------------------------------------------------------------------------------------------------


def test_every_credit_is_set_off_against_the_oldest_bills(shop: Desk) -> None:
    shop.ok("sale", "deposit", "1", "300", "--on", "2026-10-15")
    credit_note(shop, "900")
    # the 300 are older: 300 and 700 of the note fill the oven, the other 200 go onto the tray
    assert shop("sale", "set-off", "golden").err == (
        "set off 300.00 of the money on account against sa1 Oven (Golden Dragon)\n"
        "set off 700.00 of sa3 Returned against sa1 Oven: paid in full (Golden Dragon)\n"
        "set off 200.00 of sa3 Returned against sa2 Tray: 300.00 open (Golden Dragon)\n"
        "Golden Dragon still owes 300.00\n"
    )
    assert payments(shop) == [
        (1, None, 1, 30000, None),
        (2, None, 1, -30000, 3),
        (3, 1, None, 30000, 2),
        (4, 3, None, -70000, 5),
        (5, 1, None, 70000, 4),
        (6, 3, None, -20000, 7),
        (7, 2, None, 20000, 6),
    ]
    assert balance(shop) == 300
    assert [row["status"] for row in shop.json("sale", "list", "--sort", "id")] == ["paid", "open", "paid"]


def test_paying_nothing_sets_off(shop: Desk) -> None:
    credit_note(shop, "100")
    [back, onto] = shop.json("sale", "pay", "--customer", "1", "0")
    assert (back["sale_id"], back["amount"], back["set_off"]) == (3, -100.0, onto["id"])
    assert (onto["sale_id"], onto["amount"], onto["set_off"], onto["balance"]) == (1, 100.0, back["id"], 900.0)


def test_what_is_missing_for_a_set_off_is_named(shop: Desk) -> None:
    for command in (["set-off", "1"], ["pay", "--customer", "1", "0"]):
        result = shop("sale", *command)
        assert (result.code, result.err.splitlines()[0]) == (
            4,
            "csm: Golden Dragon has nothing with us up to 2026-11-21 that could be set off",
        )
    shop.ok("sale", "deposit", "2", "5")
    result = shop("sale", "set-off", "2")
    assert (result.code, result.err.splitlines()[0]) == (
        4,
        "csm: nothing that River Gym bought up to 2026-11-21 is open",
    )
    assert shop("sale", "pay", "sa1", "0").code == 2
    assert shop("sale", "pay", "--customer", "1", "0", "--refund").code == 2


def test_what_came_later_is_not_set_off(shop: Desk) -> None:
    shop.ok("sale", "deposit", "1", "300", "--on", "2026-11-10")
    assert shop("sale", "set-off", "1", "--on", "2026-11-09").code == 4
    shop.ok("sale", "set-off", "1", "--on", "2026-11-10")
    assert balance(shop) == 1200


# --- pay ----------------------------------------------------------------------------------------------------------


def test_money_without_a_bill_goes_on_account(shop: Desk) -> None:
    assert shop("sale", "pay", "--customer", "2", "80").err == (
        "80.00 on account of River Gym: 80.00 there now\n"
        "River Gym owes nothing any more\n"
        "River Gym has 80.00 with us: csm sale unpaid --refunds --customer 2\n"
    )
    assert shop.json("customer", "show", "2")["balance"] == -80.0


def test_more_than_is_owed_needs_allow_and_goes_on_account(shop: Desk) -> None:
    credit_note(shop, "600")
    result = shop("sale", "pay", "--customer", "1", "900.01")
    assert (result.code, result.err) == (
        4,
        "csm: 900.01 is more than is open on Golden Dragon: 900.00\n"
        "hint: --allow notes it all the same; the rest goes on account\n",
    )
    assert payments(shop) == []
    made = shop.json("sale", "pay", "--customer", "1", "950", "--allow")
    assert [(row["sale_id"], row["amount"]) for row in made] == [
        (3, -600.0),
        (1, 600.0),
        (1, 400.0),
        (2, 500.0),
        (None, 50.0),
    ]
    assert balance(shop) == -50


def test_what_they_have_with_us_goes_back_the_oldest_first(shop: Desk) -> None:
    credit_note(shop, "100", "2026-10-20")
    shop.ok("sale", "deposit", "1", "200", "--on", "2026-10-10")
    result = shop("sale", "pay", "--customer", "1", "300.01", "--refund", "--allow")
    assert (result.code, result.err) == (
        4,
        "csm: 300.01 is more than Golden Dragon has with us on 2026-11-21: 300.00\n"
        "hint: csm sale unpaid --refunds --customer 1 shows what that is\n",
    )
    # of the 300 only 200 lie on the account
    result = shop("sale", "deposit", "1", "200.01", "--refund")
    assert (result.code, result.err) == (
        4,
        "csm: 200.01 is more than Golden Dragon has on account on 2026-11-21: 200.00\n"
        "hint: csm sale pay --customer 1 AMOUNT --refund pays back what they have with us on sales too\n",
    )
    made = shop.json("sale", "pay", "--customer", "1", "250", "--refund")
    assert [(row["sale_id"], row["amount"]) for row in made] == [(None, -200.0), (3, -50.0)]
    assert balance(shop) == 1450  # 1,500 - 100 - 200 + 250


def test_a_credit_note_that_was_paid_back_and_cancelled_is_owed_and_can_be_paid(shop: Desk) -> None:
    credit_note(shop, "100")
    shop.ok("sale", "pay", "sa3", "100", "--refund")
    assert shop("sale", "cancel", "sa3", "--reason", "booked twice").err.splitlines()[1:] == [
        "100.00 of sa3 was paid back or set off, and Golden Dragon owes it now",
        "csm sale pay sa3 100 notes that it came back",
    ]
    assert balance(shop) == 1600  # they have 100 of ours
    assert (3, "payment: 100.00 Returned") in due(shop)
    shop.ok("sale", "pay", "sa3", "100")
    assert balance(shop) == 1500


# --- cancel, edit -------------------------------------------------------------------------------------------------


def test_what_was_paid_for_a_cancelled_sale_covers_the_others(shop: Desk) -> None:
    shop.ok("sale", "pay", "sa1", "700")
    assert shop("sale", "cancel", "sa1", "--reason", "broken").err.splitlines()[1:] == [
        "700.00 was paid for sa1 and is with us now, as money of Golden Dragon",
        "csm sale pay sa1 700 --refund pays it back",
        "csm sale set-off 1 sets it off against what is open",
    ]
    assert (due(shop), balance(shop)) == ([], -200)  # 500 - 700
    shop.ok("sale", "set-off", "1")
    assert shop.sql("SELECT kind, sale_id, cents FROM account_credit") == [("cancelled", 1, 20000)]


def test_the_journey_has_the_deposit_and_no_set_off(shop: Desk) -> None:
    shop.ok("sale", "deposit", "1", "300", "--note", "by transfer")
    shop.ok("sale", "set-off", "1")
    found = [row for row in shop.json("customer", "journey", "1") if row["touch"] == "payment"]
    assert [(row["on"], row["ref"], row["text"]) for row in found] == [("2026-11-21", None, found[0]["text"])]
    assert "by transfer" in found[0]["text"]


def test_chinese(shop: Desk) -> None:
    assert shop("sale", "deposit", "1", "300", lang="zh").err == (
        "300.00 已记入Golden Dragon账上：账上余额 300.00\nGolden Dragon有 300.00 可抵扣：csm sale set-off 1\n"
    )
    assert (
        shop("sale", "set-off", "1", lang="zh")
        .err.splitlines()[0]
        .startswith("用账上余额抵扣 sa1 Oven 300.00：未付 700.00")
    )
