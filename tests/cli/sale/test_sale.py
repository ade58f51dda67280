"""Sales through the command line: recorded, planned after, delivered, changed, cancelled, guaranteed (handbook 5, 8).

2026-11-21 is a Saturday, a working day by default; Sundays aren't.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import Desk, filled_once

CONTRACT = (
    "id external_id bill customer_id customer product line quantity amount sold_on delivery_on delivered_on due_on paid"
    " balance days_late signed_by status serial unit"
).split()


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001")
    desk.ok("customer", "add", "金龙酒店", "--relationship", "proactive", "--terms", "monthly+15")
    return desk


def lines(shop: Desk, *arguments: str) -> list[str]:
    """Run a command that must succeed; return its words."""
    result = shop(*arguments)
    assert result.code == 0, result
    return result.err.splitlines()


def callbacks(shop: Desk, sale_id: int = 1) -> list[tuple[Any, ...]]:
    return shop.sql("SELECT after_sale, due_on, status FROM callback WHERE sale_id = ? ORDER BY id", sale_id)


def sales(shop: Desk, columns: str) -> list[tuple[Any, ...]]:
    return shop.sql(f"SELECT {columns} FROM sale ORDER BY id")


# --- recording ----------------------------------------------------------------------------------------------------


def test_a_sale_is_said_back(shop: Desk) -> None:
    told = lines(shop, "sale", "add", "golden", "Oven", "--amount", "1,200", "--terms", "30")
    assert told == ["sold Golden Dragon sa1: Oven, 1,200.00, due 2026-12-21 (Monday)"]
    [row] = shop.json("sale", "list")
    assert list(row) == CONTRACT
    assert row == dict.fromkeys(CONTRACT) | {
        "id": 1, "customer_id": 1, "customer": "Golden Dragon", "product": "Oven", "quantity": 1, "amount": 1200.0,
        "sold_on": "2026-11-21", "due_on": "2026-12-21", "paid": 0.0, "balance": 1200.0, "days_late": -30,
        "status": "open",
    }  # fmt: skip
    assert sales(shop, "terms, install, planned, created_by") == [("30", 0, 0, "alice")]


def test_a_unit_stands_wherever_a_quantity_does(shop: Desk) -> None:
    told = lines(shop, "sale", "add", "1", "Tea", "--amount", "90", "--quantity", "3", "--unit", "箱")
    assert told == ["sold Golden Dragon sa1: 3箱 x Tea, 90.00, due 2026-11-21 (Saturday)"]
    bill = ["--item", "Rice;5;20", "--item", "Salt;2袋;10", "--unit", "袋"]
    assert [(row["quantity"], row["unit"]) for row in shop.json("sale", "add", "1", *bill)] == [(5, "袋"), (2, "袋")]
    assert shop.json("sale", "edit", "1", "--quantity", "4盒", "--delivery", "2026-11-22")["unit"] == "盒"
    assert "4盒" in shop.ok("sale", "show", "1")
    assert "4盒 x Tea" in shop.ok("customer", "show", "1")
    listed = shop.ok("sale", "list", "-f", "csv").splitlines()
    assert listed[0].endswith(",unit")
    assert [line.rpartition(",")[2] for line in listed[1:]] == ["袋", "袋", "盒"]
    path = shop.folder / "sales.csv"
    shop.ok("export", "sales", path, "--all")
    new = Desk(shop.folder, now=shop.now, name="new.db")
    new.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001")
    new.ok("import", "sales", path)
    assert new.sql("SELECT quantity, unit FROM sale ORDER BY id") == [(4, "盒"), (5, "袋"), (2, "袋")]
    assert shop("sale", "add", "1", "Tea", "--amount", "9", "--quantity", "3kg", "--unit", "袋").code == 2
    assert shop.json("sale", "edit", "1", "--clear", "unit")["unit"] is None


def test_json_prints_the_record(shop: Desk) -> None:
    row = shop.json(
        "sale", "add", "1", "Oven", "--amount", "99.5", "--quantity", "2.5", "--on", "2026-11-20", "--delivery",
        "2026-11-25", "--due", "2026-11-22", "--serial", "=SN1", "--line", "kitchen", "--bill", "2026-118",
        "--external-id", "x1", "--note", "by the back door",
    )  # fmt: skip
    assert list(row) == CONTRACT
    told = {name: row[name] for name in ("quantity", "amount", "sold_on", "delivery_on", "due_on", "serial", "line")}
    assert told == {
        "quantity": 2.5, "amount": 99.5, "sold_on": "2026-11-20", "delivery_on": "2026-11-25", "due_on": "2026-11-22",
        "serial": "=SN1", "line": "kitchen",
    }  # fmt: skip
    assert sales(shop, "bill, external_id, note, terms") == [("2026-118", "x1", "by the back door", None)]


def test_several_items_are_one_bill(shop: Desk) -> None:
    told = lines(
        shop, "sale", "add", "1", "--item", "Oven;2;1,200.50", "--item", "烤盘；；96", "--item", "a;b;3;0"
    )  # fmt: skip
    # 1,200.50 + 96 + 0
    assert told == [
        "sold Golden Dragon 3 items on bill B1: sa1, sa2, sa3, together 1,296.50, due 2026-11-21 (Saturday)"
    ]
    assert sales(shop, "product, quantity, amount_cents, bill") == [
        ("Oven", 2.0, 120050, "B1"), ("烤盘", 1.0, 9600, "B1"), ("a;b", 3.0, 0, "B1")
    ]  # fmt: skip
    found = shop.json("sale", "add", "1", "--item", "x;1;1", "--item", "y;1;2", "--bill", "77")
    assert [(row["id"], row["bill"]) for row in found] == [(4, "77"), (5, "77")]
    assert shop.json("sale", "add", "1", "--item", "z;1;3")["bill"] is None


def test_quantity_is_said_where_it_is_more_than_one(shop: Desk) -> None:
    told = lines(shop, "sale", "add", "1", "Chair", "--amount", "90", "--quantity", "2.5")
    assert told == ["sold Golden Dragon sa1: 2.5 x Chair, 90.00, due 2026-11-21 (Saturday)"]


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ((), "2026-12-15"),  # the card's terms: 30 November and 15 days
        (("--terms", "half-monthly"), "2026-11-30"),
        (("--due", "2026-12-01"), "2026-12-01"),
        (("--on", "2026-10-31"), "2026-11-15"),  # 31 October and 15 days
    ],
)
def test_the_day_it_is_to_be_paid_by(shop: Desk, more: tuple[str, ...], due: str) -> None:
    assert shop.json("sale", "add", "金龙", "Oven", "--amount", "1", *more)["due_on"] == due


def test_a_day_that_is_past_is_said(shop: Desk) -> None:
    told = lines(shop, "sale", "add", "1", "Oven", "--amount", "5", "--on", "2026-11-02")
    assert told[0] == "2026-11-02 (Monday): sold Golden Dragon sa1: Oven, 5.00, due 2026-11-02 (Monday), overdue"


def test_the_days_that_were_typed_are_said_back(shop: Desk) -> None:
    # Yesterday is Friday the 20th; 3 days after Saturday the 21st is Tuesday the 24th.
    told = lines(
        shop, "sale", "add", "1", "Oven", "--amount", "5", "--on", "昨天", "--delivery", "+3d", "--terms", "30"
    )
    assert told == [
        "2026-11-20 (Friday): sold Golden Dragon sa1: Oven, 5.00, due 2026-12-20 (Sunday),"
        " delivery 2026-11-24 (Tuesday)"
    ]
    told = lines(shop, "sale", "edit", "sa1", "--delivery", "yesterday")
    assert told == ["changed sa1: Oven, delivery 2026-11-20 (Friday), overdue (Golden Dragon)"]
    shop.ok("sale", "delivered", "sa1")
    told = lines(shop, "sale", "edit", "sa1", "--delivery", "yesterday", "--note", "by the back door")
    assert told == ["changed sa1: Oven, delivery 2026-11-20 (Friday), Golden Dragon"]


@pytest.mark.parametrize(
    ("given", "code", "result"),
    [
        (("Oven",), 2, "--amount is missing"),
        (("--amount", "5"), 2, "PRODUCT is missing"),
        (("Oven", "--item", "x;1;1"), 2, "PRODUCT and --item can't be used together"),
        (("--amount", "5", "--item", "x;1;1"), 2, "--amount and --item can't be used together"),
        (("--serial", "5", "--item", "x;1;1"), 2, "--serial and --item can't be used together"),
        (("--item", "x;1"), 2, "'x;1' is no item of a bill"),
        (("--item", ";1;5"), 2, "';1;5' is no item of a bill"),
        (("--item", "x;1;"), 2, "'x;1;' is no item of a bill"),
        (("--item", "x;0;5"), 2, "'0' is no quantity"),
        (("--item", "x;1;-5"), 2, "'-5' is below zero"),
        (("--item", "x;1;five"), 2, "'five' is no amount of money"),
        (("", "--amount", "5"), 2, "PRODUCT can't be empty"),
        (("Oven", "--amount", "-5"), 2, "'-5' is below zero"),
        (("Oven", "--amount", "12 00"), 2, "'12 00' is no amount of money"),
        (("Oven", "--amount", "5", "--quantity", "0"), 2, "'0' is no quantity"),
        (("Oven", "--amount", "5", "--quantity", "-1"), 2, "'-1' is no quantity"),
        (("Oven", "--amount", "5", "--on", "tomorrow"), 2, "'2026-11-22' lies in the future"),
        (("Oven", "--amount", "5", "--on", "31.31.2026"), 2, "'31.31.2026' is no date"),
        (("Oven", "--amount", "5", "--delivery", "2026-11-20"), 2, "2026-11-20 lies before the day of the sale"),
        (("Oven", "--amount", "5", "--due", "2026-11-20"), 2, "2026-11-20 lies before the day of the sale"),
        (("Oven", "--amount", "5", "--due", "fri", "--terms", "30"), 2, "--due and --terms can't be used together"),
        (("Oven", "--amount", "5", "--terms", "soon"), 2, "'soon' is no settlement term"),
        (("Oven", "--amount", "5", "--note", " "), 2, "--note can't be empty"),
    ],
)
def test_bad_input_records_nothing(shop: Desk, given: tuple[str, ...], code: int, result: str) -> None:
    found = shop("sale", "add", "1", *given)
    assert (found.code, found.err.startswith(f"csm: {result}")) == (code, True), found
    assert found.out == ""
    assert sales(shop, "id") == []


def test_an_unknown_customer_is_not_found(shop: Desk) -> None:
    assert shop("sale", "add", "nobody", "Oven", "--amount", "5").code == 3
    assert shop("sale", "show", "sa9").code == 3
    assert shop("sale", "delivered", "9").code == 3
    assert shop("sale", "cancel", "9", "--reason", "x").code == 3
    assert shop("sale", "guarantee", "9").code == 3
    assert shop("sale", "edit", "9", "--note", "x").code == 3


def test_a_sample_and_a_credit_note(shop: Desk) -> None:
    assert shop.json("sale", "add", "1", "Sample", "--amount", "0")["status"] == "paid"
    credit = shop.json("sale", "add", "1", "Back", "--amount", "-50", "--quantity", "-1", "--allow-negative", "--plan")
    assert (credit["amount"], credit["quantity"], credit["status"], credit["balance"]) == (-50.0, -1, "open", -50.0)
    assert credit["days_late"] is None
    assert callbacks(shop, 2) == []
    assert shop("sale", "guarantee", "2").err == "csm: sa2 is a credit note, and those have no guarantee\n"
    assert shop("sale", "guarantee", "2").code == 4


def test_a_credit_note_is_said_as_what_we_owe(shop: Desk) -> None:
    told = lines(shop, "sale", "add", "1", "Tray", "--quantity", "-2", "--amount", "-96", "--allow-negative")
    assert told == ["credit note for Golden Dragon sa1: 2 x Tray, we owe 96.00"]


def test_an_external_id_is_used_once(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "5", "--external-id", "x1")
    result = shop("sale", "add", "2", "Oven", "--amount", "5", "--external-id", "x1")
    assert (result.code, result.err) == (4, "csm: sa1 has the external id 'x1' already\nhint: csm sale show sa1\n")
    assert shop("sale", "edit", "1", "--external-id", "x1").code == 0
    shop.ok("sale", "add", "1", "Oven", "--amount", "5")
    assert shop("sale", "edit", "2", "--external-id", "x1").code == 4


def test_a_bill_of_somebody_else_is_said(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "5", "--bill", "77")
    told = shop.message("sale", "add", "2", "Tray", "--amount", "5", "--bill", "77", "--no-plan")
    assert told == "note: Golden Dragon has a bill 77 too"
    assert shop("sale", "show", "77").code == 3


# --- what must be known -------------------------------------------------------------------------------------------


def test_the_credit_limit_is_passed_above_it(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--credit-limit", "1000")
    shop.ok("sale", "add", "1", "Oven", "--amount", "600")
    # 600 + 400 = 1,000, the limit itself
    assert len(lines(shop, "sale", "add", "1", "Oven", "--amount", "400", "--strict")) == 1
    result = shop("sale", "add", "1", "Oven", "--amount", "0.01", "--strict")
    assert (result.code, result.err) == (
        4,
        "csm: Golden Dragon would owe 1,000.01, and the credit limit is 1,000.00\n"
        "hint: leave --strict out to sell all the same\n",
    )
    assert len(sales(shop, "id")) == 2
    told = shop.message("sale", "add", "1", "Oven", "--amount", "0.01")
    assert told == "careful: Golden Dragon owes 1,000.01 now, above the credit limit of 1,000.00"
    assert len(lines(shop, "sale", "add", "1", "Sample", "--amount", "0")) == 1


def test_the_items_of_a_bill_pass_the_limit_together(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--credit-limit", "10")
    assert shop("sale", "add", "1", "--item", "a;1;6", "--item", "b;1;5", "--strict").code == 4
    assert sales(shop, "id") == []


def test_a_stopped_supply_is_said(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--supply-stopped", "two bills late")
    assert shop.message("--quiet", "sale", "add", "1", "Oven", "--amount", "5") == (
        "careful: supply to Golden Dragon is stopped: two bills late"
    )
    result = shop("sale", "add", "1", "Oven", "--amount", "5", "--strict")
    assert (result.code, result.err.splitlines()[0]) == (4, "csm: supply to Golden Dragon is stopped: two bills late")


@pytest.mark.parametrize("status", ["prospect", "dormant"])
def test_who_buys_is_active(shop: Desk, status: str) -> None:
    shop.ok("customer", "edit", "1", "--status", status)
    told = shop.message("sale", "add", "1", "Oven", "--amount", "5")
    assert told == f"Golden Dragon is an active customer now, and was: {status}"
    assert shop.sql("SELECT status FROM customer WHERE id = 1") == [("active",)]


def test_a_credit_note_makes_nobody_active(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--status", "dormant")
    shop.ok("sale", "add", "1", "Back", "--amount", "-5", "--allow-negative")
    assert shop.sql("SELECT status FROM customer WHERE id = 1") == [("dormant",)]


def test_an_archived_card_is_said_and_has_no_plan(shop: Desk) -> None:
    shop.ok("customer", "archive", "2")
    assert lines(shop, "sale", "add", "2", "Oven", "--amount", "5") == [
        "sold 金龙酒店 sa1: Oven, 5.00, due 2026-12-15 (Tuesday)",
        "note: the card of 金龙酒店 is archived; csm customer restore 2 takes it back",
    ]
    assert callbacks(shop) == []


def test_a_lost_customer_is_said(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--status", "lost")
    told = shop.message("sale", "add", "1", "Oven", "--amount", "5")
    assert told == "note: Golden Dragon is a lost customer: csm customer won-back 1"
    assert shop.sql("SELECT status FROM customer WHERE id = 1") == [("lost",)]


# --- the plan -----------------------------------------------------------------------------------------------------

# Sold on Saturday the 21st: thanks on Monday, as the 22nd is a Sunday; usage the 28th; satisfaction the 21st of
# December, a Monday.
THANKS, USAGE, SATISFACTION = ("thanks", "2026-11-23"), ("usage", "2026-11-28"), ("satisfaction", "2026-12-21")
DELIVERY = ("delivery", "2026-11-29")  # as promised, though a Sunday


@pytest.mark.parametrize(
    ("relationship", "planned"),
    [
        ("basic", []),
        ("reactive", [THANKS]),
        ("accountable", [DELIVERY, USAGE]),
        ("proactive", [THANKS, DELIVERY, USAGE, SATISFACTION]),
        ("partnership", [THANKS, DELIVERY, USAGE, SATISFACTION]),
    ],
)
def test_a_plan_by_relationship(shop: Desk, relationship: str, planned: list[tuple[str, str]]) -> None:
    shop.ok("customer", "edit", "1", "--relationship", relationship)
    shop.ok("sale", "add", "1", "Oven", "--amount", "5", "--delivery", "2026-11-29")
    assert callbacks(shop) == [(*one, "open") for one in planned]
    assert sales(shop, "planned") == [(int(bool(planned)),)]


def test_a_plan_is_said(shop: Desk) -> None:
    shop.ok("customer", "edit", "2", "--channel", "wechat")
    assert lines(shop, "sale", "add", "金龙", "蒸箱", "--amount", "5", "--install", "--on", "2026-11-19") == [
        "2026-11-19 (Thursday): sold 金龙酒店 sa1: 蒸箱, 5.00, due 2026-12-15 (Tuesday)",
        "planned cb1: thanks, 2026-11-20 (Friday), overdue",
        "planned cb2: usage, 2026-11-26 (Thursday)",
        "planned cb3: satisfaction, 2026-12-19 (Saturday)",
        "the visit for the installation is planned with csm sale delivered sa1",
    ]
    assert shop.sql("SELECT DISTINCT customer_id, channel, owner, origin, planned_note, sale_id FROM callback") == [
        (2, "wechat", "alice", "manual", "蒸箱", 1)
    ]
    assert shop.sql("SELECT purpose FROM callback ORDER BY id") == [("thanks",), ("usage",), ("satisfaction",)]


def test_only_the_first_purchase_of_a_line_has_a_plan(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "Oven A", "--amount", "5", "--line", "Ovens")
    shop.ok("sale", "add", "2", "Oven B", "--amount", "5", "--line", "OVENS ")
    shop.ok("sale", "add", "2", "ovens", "--amount", "5")  # without a line the product is the line
    shop.ok("sale", "add", "2", "Oven A", "--amount", "5")
    shop.ok("sale", "add", "2", "Oven B", "--amount", "5", "--line", "Ovens", "--plan")
    assert sales(shop, "planned") == [(1,), (0,), (0,), (1,), (1,)]


def test_a_cancelled_purchase_does_not_count(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "Oven", "--amount", "5", "--no-plan")
    assert callbacks(shop) == []
    shop.ok("sale", "cancel", "1", "--reason", "wrong")
    shop.ok("sale", "add", "2", "Oven", "--amount", "5")
    shop.ok("sale", "add", "1", "Oven", "--amount", "5")
    assert sales(shop, "planned") == [(0,), (1,), (0,)]


def test_two_items_of_one_line_have_one_plan(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "--line", "Ovens", "--item", "A;1;5", "--item", "B;1;5")
    assert sales(shop, "planned") == [(1,), (0,)]


def test_a_plan_that_is_asked_for(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "5", "--plan")  # no relationship: all of it
    assert [one[0] for one in callbacks(shop)] == ["thanks", "usage", "satisfaction"]


def test_the_accountable_type_has_a_single_callback_afterwards(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--relationship", "accountable")
    shop.ok("sale", "add", "1", "Oven", "--amount", "5")
    shop.ok("sale", "add", "1", "Oven", "--amount", "5")  # the usage callback of the first sale is open
    assert callbacks(shop, 2) == []
    shop.ok("callback", "done", "cb1", "works")
    told = lines(shop, "sale", "add", "1", "Oven", "--amount", "5")
    assert told[1:] == ["planned cb2: usage, 2026-12-05 (Saturday)"]
    # 14 days after the 21st of November is Saturday the 5th
    assert callbacks(shop, 3) == [("accountable", "2026-12-05", "open")]
    shop.ok("sale", "add", "1", "Oven", "--amount", "5")
    assert callbacks(shop, 4) == []
    assert sales(shop, "planned") == [(1,), (0,), (0,), (0,)]


def test_nothing_is_planned_with_who_does_not_want_it(shop: Desk) -> None:
    shop.ok("customer", "edit", "2", "--do-not-contact", "yes")
    assert len(lines(shop, "sale", "add", "2", "Oven", "--amount", "5")) == 1
    assert shop.message("sale", "add", "2", "Tray", "--amount", "5", "--plan") == (
        "nothing was planned: 金龙酒店 doesn't want to be contacted, or the card is archived"
    )
    assert shop.sql("SELECT count(*) FROM callback") == [(0,)]


# --- delivery -----------------------------------------------------------------------------------------------------


def test_delivery_moves_the_usage_callback_and_plans_the_visit(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "Oven", "--amount", "5", "--delivery", "2026-11-24", "--install")
    shop.now = "2026-11-26 10:00"
    # 7 days after Thursday the 26th is Thursday the 3rd
    assert lines(shop, "sale", "delivered", "sa1") == [
        "delivered sa1: Oven, 2026-11-26 (Thursday), 2 days late (金龙酒店)",
        "moved cb3: usage, 2026-12-03 (Thursday)",
        "planned cb5: installation, 2026-11-26 (Thursday)",
    ]
    assert callbacks(shop)[2:] == [
        ("usage", "2026-12-03", "open"),
        ("satisfaction", "2026-12-21", "open"),
        ("installation", "2026-11-26", "open"),
    ]
    assert shop.sql("SELECT channel, purpose FROM callback WHERE id = 5") == [("visit", "installation")]
    result = shop("sale", "delivered", "1", "--on", "2026-11-25")
    assert (result.code, result.err) == (4, "csm: sa1 was delivered on 2026-11-26 already\n")


def test_what_was_asked_already_stays(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "Oven", "--amount", "5")
    shop.ok("callback", "done", "cb2", "works well")
    shop.now = "2026-11-25 10:00"
    assert shop.json("sale", "delivered", "1", "--on", "2026-11-24")["delivered_on"] == "2026-11-24"
    assert callbacks(shop)[1] == ("usage", "2026-11-28", "done")


@pytest.mark.parametrize(
    ("on", "result"),
    [
        ("2026-11-20", "csm: 2026-11-20 lies before the day of the sale, 2026-11-21"),
        ("tomorrow", "csm: 'tomorrow' lies in the future, but this has happened already"),
    ],
)
def test_a_delivery_on_no_possible_day(shop: Desk, on: str, result: str) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "5")
    found = shop("sale", "delivered", "1", "--on", on)
    assert (found.code, found.err.splitlines()[0]) == (2, result)
    assert sales(shop, "delivered_on") == [(None,)]


def test_a_bill_is_delivered_as_a_whole(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "--item", "a;1;1", "--item", "b;1;2", "--item", "c;1;3", "--bill", "甲-7")
    shop.ok("sale", "cancel", "sa3", "--reason", "not in stock")
    assert lines(shop, "sale", "delivered", "甲-7") == [
        "delivered what stands on bill 甲-7: sa1, sa2, 2026-11-21 (Saturday), Golden Dragon"
    ]
    assert sales(shop, "delivered_on") == [("2026-11-21",), ("2026-11-21",), (None,)]
    assert shop("sale", "delivered", "甲-7").code == 4
    assert shop("sale", "delivered", "sa3").err == "csm: sa3 isn't open any more: cancelled\n"


def test_what_is_delivered_together_is_visited_once(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "--item", "Oven;1;5", "--item", "Hood;1;5", "--item", "Fan;1;5", "--install")
    assert lines(shop, "sale", "delivered", "B1", "--on", "2026-11-21")[1:] == [
        "planned cb4: installation, 2026-11-21 (Saturday)"
    ]
    visits = "SELECT sale_id, due_on, planned_note FROM callback WHERE after_sale = 'installation' ORDER BY id"
    assert shop.sql(visits) == [(1, "2026-11-21", "Oven, Hood, Fan")]


def test_what_is_delivered_on_another_day_is_visited_then(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "--item", "Oven;1;5", "--item", "Hood;1;5", "--item", "Fan;1;5", "--install")
    shop.ok("sale", "delivered", "sa1")
    shop.ok("sale", "delivered", "sa2")  # the same day: the same visit
    shop.now = "2026-11-24 09:00"
    shop.ok("sale", "delivered", "sa3")
    visits = "SELECT sale_id, due_on, planned_note FROM callback WHERE after_sale = 'installation' ORDER BY id"
    assert shop.sql(visits) == [(1, "2026-11-21", "Oven, Hood"), (3, "2026-11-24", "Fan")]


# --- changing -----------------------------------------------------------------------------------------------------


def test_fields_are_changed_and_cleared(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "5", "--serial", "S1", "--install", "--quantity", "2")
    told = shop.message(
        "sale", "edit", "sa1", "--product", "Big oven", "--line", "Ovens", "--amount", "7.5", "--bill", "9", "--note",
        "x", "--clear", "serial", "--clear", "install", "--clear", "quantity",
    )  # fmt: skip
    assert told == "changed sa1: Big oven (Golden Dragon)"
    assert sales(shop, "product, line, amount_cents, bill, note, serial, install, quantity") == [
        ("Big oven", "Ovens", 750, "9", "x", None, 0, 1.0)
    ]
    assert shop.message("sale", "edit", "sa1", "--bill", "9") == "nothing changed"


@pytest.mark.parametrize(
    ("given", "code", "result"),
    [
        ((), 2, "nothing to change was given"),
        (("--amount", "-1"), 2, "'-1' is below zero"),
        (("--product", ""), 2, "--product can't be empty"),
        (("--clear", "amount"), 2, "amount can't be empty"),
        (("--clear", "colour"), 2, "there is no field 'colour'"),
        (("--note", "x", "--clear", "note"), 2, "--note and --clear note can't be used together"),
        (("--on", "tomorrow"), 2, "'2026-11-22' lies in the future"),
        (("--due", "2026-11-19"), 2, "2026-11-19 lies before the day of the sale, 2026-11-20"),
        (("--delivery", "2026-11-19"), 2, "2026-11-19 lies before the day of the sale, 2026-11-20"),
        (("--due", "fri", "--terms", "3"), 2, "--due and --terms can't be used together"),
    ],
)
def test_bad_changes_change_nothing(shop: Desk, given: tuple[str, ...], code: int, result: str) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "5", "--on", "2026-11-20", "--note", "y")
    before = sales(shop, "*")
    found = shop("sale", "edit", "1", *given)
    assert (found.code, found.err.startswith(f"csm: {result}")) == (code, True), found
    assert sales(shop, "*") == before


def test_a_new_day_of_the_sale_goes_on_to_what_counts_from_it(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "Oven", "--amount", "5", "--delivery", "2026-11-25")
    shop.ok("callback", "move", "cb3", "2026-12-01")  # by hand, and still moved when its own day changes
    # Thanks on Friday the 13th, usage on Thursday the 19th, satisfaction on Saturday the 12th of December.
    assert lines(shop, "sale", "edit", "1", "--on", "2026-11-12") == [
        "changed sa1: Oven, sold 2026-11-12 (Thursday), due 2026-12-15 (Tuesday), 金龙酒店",
        "moved cb1: thanks, 2026-11-13 (Friday), overdue",
        "moved cb3: usage, 2026-11-19 (Thursday), overdue",
        "moved cb4: satisfaction, 2026-12-12 (Saturday)",
    ]
    assert lines(shop, "sale", "edit", "1", "--delivery", "2026-11-27") == [
        "changed sa1: Oven, delivery 2026-11-27 (Friday), 金龙酒店",
        "moved cb2: delivery, 2026-11-27 (Friday)",
    ]
    assert lines(shop, "sale", "edit", "1", "--clear", "delivery") == [
        "changed sa1: Oven (金龙酒店)",
        "1 open callback cancelled",
    ]
    assert lines(shop, "sale", "edit", "1", "--delivery", "2026-11-28") == [
        "changed sa1: Oven, delivery 2026-11-28 (Saturday), 金龙酒店",
        "planned cb5: delivery, 2026-11-28 (Saturday)",
    ]


def test_the_day_to_pay_by_is_made_again_where_a_rule_made_it(shop: Desk) -> None:
    def due(*more: str) -> str:
        return str(shop.json("sale", "edit", "1", *more)["due_on"])

    shop.ok("sale", "add", "1", "Oven", "--amount", "5")
    assert due("--on", "2026-11-20") == "2026-11-20"  # the day of the sale
    assert due("--terms", "30") == "2026-12-20"
    assert due("--on", "2026-11-21") == "2026-12-21"
    assert due("--due", "2026-12-24") == "2026-12-24"
    assert due("--on", "2026-11-19") == "2026-12-24"  # told, so it stays
    assert due("--clear", "due") == "2026-11-19"
    shop.ok("customer", "edit", "1", "--terms", "7")
    assert due("--clear", "due") == "2026-11-26"


def test_an_amount_below_what_is_paid_is_said(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "100")
    shop.ok("sale", "pay", "1", "80")
    assert shop("sale", "edit", "1", "--amount", "50.5").err.splitlines()[-2:] == [
        "careful: sa1 is overpaid by 29.50 now, which is with us as money of Golden Dragon",
        "csm sale pay sa1 29.50 --refund pays it back",
    ]
    # where another bill is open it can be set off too
    shop.ok("sale", "add", "1", "Tray", "--amount", "10")
    assert shop("sale", "edit", "1", "--amount", "40").err.splitlines()[-1] == (
        "csm sale set-off 1 sets it off against what is open"
    )
    shop.ok("sale", "edit", "1", "--amount", "50.5")
    shop.ok("sale", "cancel", "2", "--reason", "not wanted")
    [row] = shop.json("sale", "list")
    assert (row["status"], row["balance"]) == ("paid", -29.5)


def test_a_day_of_sale_after_a_payment_is_refused(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "100", "--on", "2026-11-10")
    shop.ok("sale", "pay", "1", "80", "--on", "2026-11-12")
    result = shop("sale", "edit", "1", "--on", "2026-11-13")
    assert (result.code, result.err.splitlines()[0]) == (
        2,
        "csm: 2026-11-12 lies before the day of the sale, 2026-11-13",
    )


def test_a_higher_amount_can_pass_the_credit_limit(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--credit-limit", "100")
    shop.ok("sale", "add", "1", "Oven", "--amount", "90")
    assert lines(shop, "sale", "edit", "1", "--amount", "100") == ["changed sa1: Oven (Golden Dragon)"]
    assert shop.message("sale", "edit", "1", "--amount", "100.01") == (
        "careful: Golden Dragon owes 100.01 now, above the credit limit of 100.00"
    )


# --- cancelling ---------------------------------------------------------------------------------------------------


def test_a_cancelled_sale_ends_its_callbacks_and_says_what_is_due_back(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "Oven", "--amount", "1200")
    shop.ok("sale", "pay", "1", "1000.50")
    shop.ok("callback", "done", "cb1", "said thanks")
    shop.ok("callback", "add", "2", "--on", "+3d", "--purpose", "care")
    assert lines(shop, "sale", "cancel", "sa1", "--reason", "the wrong size") == [
        "cancelled sa1: Oven, 金龙酒店",
        "2 open callbacks cancelled",
        "1,000.50 was paid for sa1 and is with us now, as money of 金龙酒店",
        "csm sale pay sa1 1000.50 --refund pays it back",
    ]
    assert shop.sql("SELECT status, reason FROM callback ORDER BY id") == [
        ("done", None), ("cancelled", "the wrong size"), ("cancelled", "the wrong size"), ("open", None)
    ]  # fmt: skip
    assert sales(shop, "status, cancelled_on, cancel_reason, balance_cents") == [
        ("cancelled", "2026-11-21", "the wrong size", -100050)
    ]
    for verb in (
        ["cancel", "1", "--reason", "x"],
        ["edit", "1", "--note", "x"],
        ["guarantee", "1"],
        ["delivered", "1"],
    ):
        result = shop("sale", *verb)
        assert (result.code, result.err) == (4, "csm: sa1 isn't open any more: cancelled\n")


def test_a_cancellation_needs_a_reason_and_a_possible_day(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "5", "--on", "2026-11-10")
    assert shop("sale", "cancel", "1").err.startswith("csm: --reason is missing\n")
    for given in ([], ["--reason", " "], ["--reason", "x", "--on", "2026-11-09"], ["--reason", "x", "--on", "+1d"]):
        assert shop("sale", "cancel", "1", *given).code == 2
    assert sales(shop, "status") == [("open",)]
    assert shop.json("sale", "cancel", "1", "--reason", "x", "--on", "2026-11-12")["status"] == "cancelled"


def test_a_bill_is_cancelled_as_a_whole(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "--item", "a;1;1", "--item", "b;1;2")
    shop.ok("sale", "pay", "sa2", "2")
    assert lines(shop, "sale", "cancel", "B1", "--reason", "x") == [
        "cancelled what stands on bill B1: sa1, sa2 (Golden Dragon)",
        "2.00 was paid for sa2 and is with us now, as money of Golden Dragon",
        "csm sale pay sa2 2 --refund pays it back",
    ]
    assert shop("sale", "cancel", "B1", "--reason", "x").code == 4


# --- lists --------------------------------------------------------------------------------------------------------


@pytest.fixture
@filled_once
def sold(shop: Desk) -> Desk:
    """Give a shop with five sales: 1 late, 2 paid, 3 not due, 4 cancelled, 5 due today."""
    shop.ok("customer", "edit", "2", "--owner", "bob", "--region", "East")
    shop.ok(
        "sale", "add", "1", "Oven", "--amount", "100", "--on", "2026-10-20", "--due", "2026-11-20", "--serial", "S%1"
    )
    shop.ok("sale", "add", "1", "Tray", "--amount", "20", "--on", "2026-11-01")
    shop.ok("sale", "pay", "2", "20")
    shop.ok("sale", "add", "2", "蒸箱", "--amount", "300", "--delivery", "2026-11-30", "--bill", "77", "--no-plan")
    shop.ok("sale", "add", "2", "Oven", "--amount", "5", "--no-plan")
    shop.ok("sale", "cancel", "4", "--reason", "x")
    shop.ok("sale", "add", "1", "Chair", "--amount", "7", "--note", "red one")
    return shop


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ((), [5, 3, 2, 1]),  # the newest first, cancelled ones left out
        (("--all",), [5, 4, 3, 2, 1]),
        (("--status", "cancelled"), [4]),
        (("--status", "open", "--status", "paid", "--sort", "amount"), [5, 2, 1, 3]),
        (("--overdue",), [1]),
        (("--undelivered",), [3]),
        (("--customer", "金龙"), [3]),
        (("--owner", "bob", "--all"), [4, 3]),
        (("--region", "East"), [3]),
        (("--region", ""), [5, 2, 1]),
        (("oven",), [1]),
        (("oven", "--all"), [4, 1]),
        (("蒸",), [3]),
        (("77",), [3]),
        (("RED",), [5]),
        (("s%1",), [1]),
        (("dragon chair",), [5]),
        (("--sold", "2026-11-01..2026-11-20"), [2]),
        (("--delivery", ""), [5, 2, 1]),
        (("--amount", "7..100"), [5, 2, 1]),
        (("--balance", "0"), [2]),
        (("--days-late", "0..5"), [5, 1]),
        (("--days-late", "1"), [1]),
        (("--product", "Oven"), [1]),
        (("--sort", "-days-late"), [1, 5, 3, 2]),  # 1 day late; today; before its day; nothing to pay
        (("--limit", "2"), [5, 3]),
    ],
)
def test_what_a_list_finds(sold: Desk, given: tuple[str, ...], ids: list[int]) -> None:
    assert [row["id"] for row in sold.json("sale", "list", *given)] == ids


def test_days_late_go_by_the_time_taken_as_now(sold: Desk) -> None:
    late = {row["id"]: row["days_late"] for row in sold.json("sale", "list", "--all")}
    # 15 December for sa3, the card's terms: 30 November and 15 days; 9 + 15 days from today
    assert late == {1: 1, 2: None, 3: -24, 4: None, 5: 0}
    sold.now = "2026-12-20 09:00"
    assert [row["days_late"] for row in sold.json("sale", "list", "--overdue", "--sort", "id")] == [30, 5, 29]


def test_what_is_late_comes_in_the_order_of_its_day(sold: Desk) -> None:
    sold.ok("sale", "add", "1", "Lamp", "--amount", "1", "--on", "2026-10-25", "--delivery", "2026-11-02")
    sold.ok("sale", "add", "1", "Desk", "--amount", "1", "--on", "2026-10-30", "--delivery", "2026-10-31")
    assert [row["id"] for row in sold.json("sale", "list", "--overdue")] == [6, 7, 1]
    assert [row["id"] for row in sold.json("sale", "list", "--undelivered")] == [7, 6, 3]


def test_what_is_paid_is_a_filter_and_every_filter_says_what_it_is(sold: Desk) -> None:
    sold.ok("sale", "pay", "sa1", "3")
    assert [row["id"] for row in sold.json("sale", "list", "--paid", "3..3")] == [1]
    options = [line.split() for line in sold.ok("sale", "list", "--help").splitlines() if line.startswith("  --")]
    names = [words[0] for words in options]
    assert len(names) == len(set(names)) > 20
    assert [words for words in options if words[-1] == "."] == []


def test_a_bill_whose_number_is_an_id_is_not_passed_over_silently(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "5")
    shop.ok("sale", "add", "1", "Hood", "--amount", "7", "--bill", "1")
    note = "note: 1 was taken as sa1, and a bill has that number: csm sale list --bill 1"
    for words in (
        ("show",),
        ("guarantee",),
        ("pay", "1"),
        ("delivered",),
        ("edit", "--note", "x"),
        ("cancel", "--reason", "x"),
    ):
        assert note in shop("sale", words[0], "1", *words[1:]).err.splitlines(), words
    assert shop.sql("SELECT paid_cents, delivered_on, cancelled_on FROM sale WHERE id = 2") == [(0, None, None)]
    assert "note:" not in shop("sale", "show", "sa1").err
    assert "note:" not in shop("sale", "show", "2").err


def test_a_bill_of_two_customers_names_them(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "5", "--bill", "B9")
    shop.ok("sale", "add", "2", "Oven", "--amount", "5", "--bill", "B9", "--no-plan")
    result = shop("sale", "pay", "B9", "5")
    assert (result.code, result.err.splitlines()) == (
        3,
        [
            "csm: more than one sale answers to 'B9'",
            "  sa1  Oven  Golden Dragon",
            "  sa2  Oven  金龙酒店",
            "hint: name one of them by its id",
        ],
    )


def test_before_the_sale_no_guarantee_has_ended(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Oven", "--amount", "5")
    shop.now = "2026-11-01 09:00"
    assert shop.ok("sale", "show", "sa1").splitlines()[-3:] == [
        "  refund    not yet; until 2026-11-28 (Saturday)",
        "  exchange  not yet; until 2027-11-21 (Sunday)",
        "  repair    not yet; until 2029-11-21 (Wednesday)",
    ]


def test_an_empty_list(shop: Desk) -> None:
    assert shop("sale", "list") == (0, "", "no sales\n")
    assert shop.json("sale", "list") == []


# --- pages --------------------------------------------------------------------------------------------------------


def test_the_page_of_a_sale(sold: Desk) -> None:
    sold.ok("customer", "contact", "add", "1", "Li Na", "--sign-off", "cashier", "--phone", "138 0013 8000")
    sold.ok("sale", "pay", "1", "40", "--note", "by bank")
    assert sold.ok("sale", "show", "sa1") == (
        "sa1  Oven\n"
        "Golden Dragon  cu1 · 100.00 · open\n"
        "\n"
        "The sale\n"
        "  sold           2026-10-20 (Tuesday)\n"
        "  serial number  S%1\n"
        "\n"
        "Payment\n"
        "  due            2026-11-20 (Friday), 1 day late\n"
        "  paid           40.00\n"
        "  balance        60.00\n"
        "  2026-11-21     40.00  alice\n"
        "                 by bank\n"
        "\n"
        "Signatures\n"
        "  waits for      Li Na, cashier, since 2026-10-20  138 0013 8000\n"
        "\n"
        "Guarantees today\n"
        # day 7 after 20 October was the 27th
        "  refund         ended 2026-10-27 (Tuesday)\n"
        "  exchange       holds until 2027-10-20 (Wednesday)\n"
        "  repair         holds until 2029-10-20 (Saturday)\n"
    )


def test_a_cancelled_sale_shows_what_is_due_back(sold: Desk) -> None:
    sold.ok("sale", "cancel", "2", "--reason", "broken")
    assert sold.ok("sale", "show", "2").split("\n\n")[1:] == [
        "The sale\n  sold        2026-11-01 (Sunday)\n  cancelled   2026-11-21 (Saturday)\n  reason      broken",
        "Payment\n  paid        20.00\n  due back    20.00\n              csm sale pay sa2 20 --refund\n"
        "  2026-11-21  20.00  alice\n",
    ]


def test_the_page_tells_what_was_said_afterwards(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "Oven", "--amount", "50")
    shop.now = "2026-11-23 10:00"
    shop.ok("callback", "done", "cb1", "very glad", "-s", "5")
    blocks = {block.split("\n")[0]: block.split("\n")[1:] for block in shop.ok("sale", "show", "1").split("\n\n")}
    assert blocks["Callbacks"] == [
        "  2026-11-23        thanks, done, satisfaction 5 of 5  cb1",
        "                    very glad",
        "  2026-11-28        usage, open  cb2",
        "  2026-12-21        satisfaction, open  cb3",
    ]


def test_the_record_of_a_sale_holds_what_hangs_on_it(shop: Desk) -> None:
    shop.ok("sale", "add", "2", "Oven", "--amount", "50")
    shop.ok("sale", "pay", "1", "20")
    record = shop.json("sale", "show", "1")
    assert list(record)[: len(CONTRACT)] == CONTRACT
    assert list(record)[-6:] == ["payments", "signatures", "callbacks", "complaints", "services", "guarantee"]
    assert record["payments"] == [
        {"id": 1, "amount": 20.0, "paid_on": "2026-11-21", "note": None, "by": "alice", "set_off": None}
    ]  # fmt: skip
    assert [row["purpose"] for row in record["callbacks"]] == ["thanks", "usage", "satisfaction"]
    assert record["guarantee"] == [
        {"kind": "refund", "holds": True, "until": "2026-11-28"},
        {"kind": "exchange", "holds": True, "until": "2027-11-21"},
        {"kind": "repair", "holds": True, "until": "2029-11-21"},
    ]
    assert (record["signatures"], record["complaints"], record["services"]) == ([], [], [])


def test_a_bill_of_several_shows_its_sales(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "--item", "a;1;1", "--item", "b;1;2")
    assert [row["product"] for row in shop.json("sale", "show", "B1")] == ["a", "b"]
    assert shop.message("sale", "show", "B1") == "csm sale show sa1 shows one of them"
    assert shop("sale", "guarantee", "B1").code == 3
    assert shop("sale", "edit", "B1", "--note", "x").code == 3


# --- guarantees ---------------------------------------------------------------------------------------------------


def test_guarantees_of_a_line(shop: Desk) -> None:
    shop.ok("config", "set", "guarantee.refund.tea", "none")
    shop.ok("config", "set", "guarantee.exchange.tea", "30d")
    shop.ok("config", "set", "guarantee.terms.tea", "未开封 unopened")
    shop.ok("sale", "add", "1", "Green tea", "--amount", "50", "--line", "Tea", "--on", "2026-11-01")
    shop.ok("sale", "delivered", "1", "--on", "2026-11-10")
    # 30 days after the 10th of November: 20 days left of it, 10 more
    result = shop("sale", "guarantee", "sa1", "--on", "2026-12-10")
    assert result == (
        0,
        "sa1: Green tea, Golden Dragon\n"
        "\n"
        "kind      holds  until       length  counted from\n"
        "─────────────────────────────────────────────────\n"
        "refund    no                 none    2026-11-10\n"
        "exchange  yes    2026-12-10  30d     2026-11-10\n"
        "repair    yes    2029-11-10  3y      2026-11-10\n",
        "terms: 未开封 unopened\n",
    )
    assert shop.json("sale", "guarantee", "1", "--on", "2026-12-11")[1] == {
        "kind": "exchange", "holds": False, "until": "2026-12-10",
    }  # fmt: skip


def test_what_is_cancelled_is_not_asked_about(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--relationship", "reactive")
    desk.ok("sale", "add", "1", "--item", "Tea;10;350.50", "--item", "Cups;;99", "--item", "Spoons;;9")
    query = "SELECT sale_id, planned_note FROM callback"
    assert desk.sql(query) == [(1, "Tea, Cups, Spoons")]
    desk.ok("sale", "cancel", "2", "--reason", "sold out")
    assert desk.sql(query) == [(1, "Tea, Spoons")]
    desk.ok("sale", "cancel", "1", "--reason", "sold out")
    assert desk.sql(query) == [(3, "Spoons")]


def test_a_bill_of_several_lines_is_followed_up_once(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon", "--relationship", "proactive")
    desk.ok("sale", "add", "1", "--item", "Tea;10;350.50", "--item", "Cups;;99")
    query = "SELECT sale_id, after_sale, planned_note, status FROM callback ORDER BY id"
    steps = ("thanks", "usage", "satisfaction")
    assert desk.sql(query) == [(1, step, "Tea, Cups", "open") for step in steps]
    # The rest of the bill keeps the plan; with its last sale the plan goes.
    desk.ok("sale", "cancel", "1", "--reason", "sold out")
    assert desk.sql(query) == [(2, step, "Cups", "open") for step in steps]
    assert desk.message("sale", "cancel", "B1", "--reason", "sold out") == "3 open callbacks cancelled"
    assert desk.sql(query) == [(2, step, "Cups", "cancelled") for step in steps]


# --- what a quantity is counted in --------------------------------------------------------------------------------


def test_a_unit_is_kept_shown_and_exported(shop: Desk) -> None:
    assert lines(shop, "sale", "add", "1", "面粉", "--amount", "500", "--quantity", "100箱") == [
        "sold Golden Dragon sa1: 100箱 x 面粉, 500.00, due 2026-11-21 (Saturday)"
    ]
    shop.ok("sale", "add", "1", "rice", "--amount", "5", "--quantity", "2.5", "--unit", "kg")
    shop.ok("sale", "add", "1", "--bill", "B1", "--item", "oil;3 cans;30", "--item", "salt;;5")
    assert sales(shop, "quantity, unit") == [(100.0, "箱"), (2.5, "kg"), (3.0, "cans"), (1.0, None)]
    assert "  quantity  2.5 kg" in shop.ok("sale", "show", "2").splitlines()
    assert shop.json("sale", "show", "1")["unit"] == "箱"
    assert [row["unit"] for row in shop.json("sale", "list", "--columns", "unit")] == [None, "cans", "kg", "箱"]
    assert shop.ok("export", "sales", "-", "--columns", "product,unit").splitlines()[1:3] == ["面粉,箱", "rice,kg"]
    shop.ok("sale", "edit", "1", "--quantity", "90袋")
    shop.ok("sale", "edit", "2", "--clear", "unit")
    assert sales(shop, "quantity, unit")[:2] == [(90.0, "袋"), (2.5, None)]


def test_two_units_are_refused(shop: Desk) -> None:
    for words in (["rice", "--amount", "5", "--quantity", "2 kg"], ["--item", "rice;2 kg;5"]):
        result = shop("sale", "add", "1", *words, "--unit", "箱")
        assert (result.code, result.err.splitlines()[0]) == (
            2,
            "csm: the unit is '箱', and the quantity is counted in 'kg'",
        )
    assert shop("sale", "add", "1", "rice", "--amount", "5", "--quantity", "3万").code == 2
    assert sales(shop, "id") == []
