"""`csm sale plan` and its parts in `due`; every sum and day worked out by hand (handbook 8)."""

from __future__ import annotations

from random import Random

import pytest

from tests.desk import Desk, filled_once

# Today is Saturday, 2026-11-21.


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Golden Dragon owes 1,000 of 1 November and 600 of 10 November; River Gym owes nothing."""
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001")
    desk.ok("customer", "add", "River Gym")
    desk.ok("sale", "add", "1", "Oven", "--amount", "1000", "--on", "2026-11-01", "--no-plan")
    desk.ok("sale", "add", "1", "Pan", "--amount", "600", "--on", "2026-11-10", "--no-plan")
    return desk


@pytest.fixture
@filled_once
def planned(shop: Desk) -> Desk:
    """The same with 1,500 in three parts of 500, two weeks apart from 1 December on."""
    shop.ok("sale", "plan", "1", "--amount", "1500", "--parts", "3", "--every", "2w", "--from", "2026-12-01")
    return shop


def parts(desk: Desk, ref: str = "1") -> list[tuple[str, float, float, str]]:
    found = desk.json("sale", "plan", ref)["parts"]
    return [(row["due_on"], row["amount"], row["paid"], row["status"]) for row in found]


def paid(desk: Desk, ref: str = "1") -> list[float]:
    return [paid for _, _, paid, _ in parts(desk, ref)]


def due(desk: Desk, *options: str) -> list[tuple[str, str, int]]:
    rows = desk.json("due", "--kind", "instalment", *options)
    return [(row["ref"], row["what"], row["days_late"]) for row in rows]


# --- making one -----------------------------------------------------------------------------------------------------


def test_a_plan_is_made_and_said_back(shop: Desk) -> None:
    words = ["sale", "plan", "golden", "--amount", "1,500", "--parts", "3", "--every", "2w", "--from", "2026-12-01"]
    assert shop(*words) == (
        0, "",
        "repayment plan of Golden Dragon: 1,500.00 in 3 parts, 500.00 on 2026-12-01 (Tuesday) first,"
        " 500.00 on 2026-12-29 (Tuesday) last\n",
    )  # fmt: skip
    assert parts(shop) == [
        ("2026-12-01", 500.0, 0.0, "open"), ("2026-12-15", 500.0, 0.0, "open"), ("2026-12-29", 500.0, 0.0, "open"),
    ]  # fmt: skip
    record = shop.json("sale", "plan", "1")
    assert {name: record[name] for name in ("amount", "paid", "balance", "overdue", "next_on", "status", "by")} == {
        "amount": 1500.0, "paid": 0.0, "balance": 1500.0, "overdue": 0.0, "next_on": "2026-12-01", "status": "open",
        "by": "alice",
    }  # fmt: skip
    # the oldest bill whole, 500 of the 600 of the other
    assert [(row["sale_id"], row["planned"], row["open"]) for row in record["bills"]] == [
        (1, 1000.0, 1000.0), (2, 500.0, 600.0),
    ]  # fmt: skip


def test_a_write_prints_the_record(shop: Desk) -> None:
    made = shop.json("sale", "plan", "1", "--amount", "10", "--parts", "3", "--every", "1m", "--from", "2026-12-31")
    assert [(row["due_on"], row["amount"]) for row in made["parts"]] == [
        ("2026-12-31", 3.33), ("2027-01-31", 3.33), ("2027-02-28", 3.34),
    ]  # fmt: skip
    assert made == shop.json("sale", "plan", "1")


def test_parts_of_ones_own(shop: Desk) -> None:
    words = ["sale", "plan", "1", "--amount", "1500", "--part", "2027年1月15日 1000", "--part", "2026-12-15 500"]
    shop.ok(*words)
    assert parts(shop) == [("2026-12-15", 500.0, 0.0, "open"), ("2027-01-15", 1000.0, 0.0, "open")]


def test_one_part_needs_no_interval(shop: Desk) -> None:
    said = shop.message("sale", "plan", "1", "--amount", "1600", "--parts", "1", "--from", "2026-11-20")
    assert said == "repayment plan of Golden Dragon: 1,600.00 on 2026-11-20 (Friday), overdue"


PLAN = ("sale", "plan", "1", "--amount", "1500")


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        ((*PLAN, "--parts", "x", "--every", "1m", "--from", "+1w"), 2, "'x' is no whole number from 1 to 120"),
        ((*PLAN, "--parts", "0", "--every", "1m", "--from", "+1w"), 2, "'0' is no whole number from 1 to 120"),
        ((*PLAN, "--parts", "-3", "--every", "1m", "--from", "+1w"), 2, "'-3' is no whole number from 1 to 120"),
        ((*PLAN, "--parts", "2.5", "--every", "1m", "--from", "+1w"), 2, "'2.5' is no whole number from 1 to 120"),
        ((*PLAN, "--parts", "3", "--every", "soon", "--from", "+1w"), 2, "'soon' is no interval"),
        ((*PLAN, "--parts", "3", "--every", "0d", "--from", "+1w"), 2, "'0d' is no interval"),
        ((*PLAN, "--parts", "3", "--from", "+1w"), 2, "--every"),
        ((*PLAN, "--parts", "3", "--every", "1m"), 2, "--from"),
        (PLAN, 2, "--parts"),
        (("sale", "plan", "1", "--parts", "3"), 2, "--amount"),
        (("sale", "plan", "1", "--part", "2026-12-15 500"), 2, "--amount"),
        ((*PLAN, "--part", "2026-12-15 500"), 2, "the parts add up to 500.00, not 1,500.00"),
        ((*PLAN, "--part", "1500"), 2, "'1500' is no part of a plan"),
        ((*PLAN, "--part", "someday 1500"), 2, "'someday' is no date or time"),
        ((*PLAN, "--part", "2026-12-15 -5"), 2, "'-5'"),
        ((*PLAN, "--part", "2026-12-15 1500", "--parts", "3"), 2, "--parts"),
        (("sale", "plan", "1", "--amount", "0", "--parts", "1", "--from", "+1w"), 2, "'0'"),
        (("sale", "plan", "1", "--amount", "-5", "--parts", "1", "--from", "+1w"), 2, "'-5'"),
        (("sale", "plan", "1", "--amount", "0.02", "--parts", "3", "--every", "1m", "--from", "+1w"), 2, "0.02"),
        (
            ("sale", "plan", "1", "--amount", "1600.01", "--parts", "1", "--from", "+1w"), 4,
            "1,600.01 is more than Golden Dragon owes: 1,600.00",
        ),
        (("sale", "plan", "2", "--amount", "1", "--parts", "1", "--from", "+1w"), 4, "River Gym owes: 0.00"),
        (("sale", "plan", "2"), 3, "River Gym has no repayment plan"),
        (("sale", "plan", "1", "--end"), 2, "--reason"),
        (("sale", "plan", "1", "--reason", "x"), 2, "--end"),
        (("sale", "plan", "1", "--end", "--reason", "x"), 3, "has no repayment plan that is open"),
        ((*PLAN, "--end", "--reason", "x"), 2, "--end"),
        (("sale", "plan", "nobody"), 3, "nobody"),
    ],
)  # fmt: skip
def test_what_is_refused(shop: Desk, words: tuple[str, ...], code: int, error: str) -> None:
    result = shop(*words)
    assert (result.code, result.out) == (code, ""), result
    assert error in result.err, result.err
    assert shop.sql("SELECT count(*) FROM repayment_plan") == [(0,)]


def test_a_credit_counts_against_what_can_be_planned(shop: Desk) -> None:
    shop.ok("sale", "add", "1", "Returned", "--amount", "-200", "--allow-negative")
    words = ["sale", "plan", "1", "--parts", "1", "--from", "+1w", "--amount"]
    assert shop(*words, "1400.01").code == 4
    shop.ok(*words, "1400")


# --- one open plan --------------------------------------------------------------------------------------------------


def test_a_second_plan_is_refused_and_replaces_the_first_on_request(planned: Desk) -> None:
    again = ("sale", "plan", "1", "--amount", "800", "--parts", "2", "--every", "1m", "--from", "2026-12-31")
    assert planned(*again) == (
        4, "",
        "csm: Golden Dragon has a repayment plan of 1,500.00 with 1,500.00 open, the next part on 2026-12-01\n"
        "hint: csm sale plan 1 shows it; --replace puts this one in its place\n",
    )  # fmt: skip
    planned.ok(*again, "--replace", "--reason", "fewer parts")
    assert [row[:2] for row in parts(planned)] == [("2026-12-31", 400.0), ("2027-01-31", 400.0)]
    assert planned.sql("SELECT ended_on, ended_text FROM repayment_plan ORDER BY id") == [
        ("2026-11-21", "fewer parts"), (None, None),
    ]  # fmt: skip
    assert planned.sql("SELECT DISTINCT cancelled_on FROM instalment WHERE plan_id = 1") == [("2026-11-21",)]


def test_a_plan_is_ended_with_a_reason(planned: Desk) -> None:
    planned.ok("sale", "pay", "1", "700")
    said = planned.message("sale", "plan", "1", "--end", "--reason", "paid by head office")
    assert said == "ended the repayment plan of Golden Dragon: 800.00 of it was still open"
    assert parts(planned) == [
        ("2026-12-01", 500.0, 500.0, "met"), ("2026-12-15", 500.0, 200.0, "cancelled"),
        ("2026-12-29", 500.0, 0.0, "cancelled"),
    ]  # fmt: skip
    record = planned.json("sale", "plan", "1")
    assert (record["status"], record["balance"], record["next_on"]) == ("ended", 0.0, None)
    planned.now = "2027-01-15 09:00"
    assert due(planned) == []
    planned.ok("sale", "pay", "1", "300")
    assert paid(planned) == [500.0, 200.0, 0.0], "what has ended stays as it was"
    planned.ok("sale", "plan", "1", "--amount", "600", "--parts", "1", "--from", "+1w")


def test_a_plan_that_is_met_makes_room_for_another(planned: Desk) -> None:
    planned.ok("sale", "pay", "--customer", "1", "1600")
    assert planned.json("sale", "plan", "1")["status"] == "met"
    planned.ok("sale", "add", "1", "Lid", "--amount", "50", "--no-plan")
    planned.ok("sale", "plan", "1", "--amount", "50", "--parts", "1", "--from", "2026-12-24")
    # the payment of the first is taken back: it stays as it was
    planned.ok("sale", "pay", "1", "100", "--refund", "--allow")
    assert planned.sql("SELECT sum(paid_cents) FROM instalment WHERE plan_id = 1") == [(150_000,)]
    assert [row[0] for row in parts(planned)] == ["2026-12-24"]


# --- what ticks them: every way in ----------------------------------------------------------------------------------


def test_paying_a_bill_or_the_customer_ticks_and_taking_it_back_unticks(planned: Desk) -> None:
    planned.ok("sale", "pay", "1", "700")
    assert paid(planned) == [500.0, 200.0, 0.0]
    planned.ok("sale", "pay", "--customer", "1", "400")  # 300 on the oven, 100 on the pan
    assert paid(planned) == [500.0, 500.0, 100.0]
    planned.ok("sale", "pay", "1", "650", "--refund", "--allow")
    assert paid(planned) == [450.0, 0.0, 0.0]


def test_paying_what_is_not_in_the_plan_ticks_nothing(planned: Desk) -> None:
    planned.ok("sale", "add", "1", "Lid", "--amount", "80", "--no-plan")
    planned.ok("sale", "pay", "3", "80")
    assert paid(planned) == [0.0, 0.0, 0.0]
    # of the pan 500 are in the plan: with all 600 paid no more than these are ticked
    planned.ok("sale", "pay", "2", "600")
    assert paid(planned) == [500.0, 0.0, 0.0]


def test_a_cancelled_bill_and_one_that_becomes_less_tick(planned: Desk) -> None:
    planned.ok("sale", "edit", "1", "--amount", "900")
    assert paid(planned) == [100.0, 0.0, 0.0]
    planned.ok("sale", "edit", "1", "--amount", "1000")
    assert paid(planned) == [0.0, 0.0, 0.0]
    planned.ok("sale", "cancel", "2", "--reason", "returned")
    assert paid(planned) == [500.0, 0.0, 0.0]


def test_a_credit_note_that_is_set_off_ticks(planned: Desk) -> None:
    planned.ok("sale", "add", "1", "Returned", "--amount", "-200", "--allow-negative")
    assert paid(planned) == [0.0, 0.0, 0.0]
    planned.ok("sale", "pay", "--customer", "1", "300")  # with the credit 500 on the oven
    assert paid(planned) == [500.0, 0.0, 0.0]


def test_imported_payments_tick(planned: Desk) -> None:
    path = planned.folder / "payments.csv"
    path.write_text("customer,amount,paid_on\nGolden Dragon,700,2026-11-20\n")
    planned.ok("import", "payments", path)
    assert paid(planned) == [500.0, 200.0, 0.0]


def test_imported_sales_with_what_was_paid_tick(planned: Desk) -> None:
    path = planned.folder / "sales.csv"
    path.write_text("customer,product,amount,sold_on,paid\nGolden Dragon,Oven,1000,2026-11-01,600\n")
    planned.ok("import", "sales", path, "--update")
    assert paid(planned) == [500.0, 100.0, 0.0]


def test_another_program_ticks_too(planned: Desk) -> None:
    planned.sql("INSERT INTO payment (sale_id, amount_cents, paid_on) VALUES (1, 60000, '2026-11-21')")
    assert paid(planned) == [500.0, 100.0, 0.0]
    planned.sql("DELETE FROM payment")
    assert paid(planned) == [0.0, 0.0, 0.0]


def test_a_bill_that_goes_to_another_customer_is_not_owed_any_more(planned: Desk) -> None:
    path = planned.folder / "sales.csv"
    planned.ok("sale", "edit", "1", "--external-id", "F1")
    path.write_text("external_id,customer,product,amount,sold_on\nF1,River Gym,Oven,1000,2026-11-01\n")
    planned.ok("import", "sales", path, "--update")
    # 1,000 of the 1,500 were for the oven: 500 of the pan stay, and 100 of it are in no plan
    assert paid(planned) == [500.0, 500.0, 0.0]
    assert asked(planned, "instalment") == [("in3", "500.00")]
    assert asked(planned, "payment") == [("sa1", "1,000.00"), ("sa2", "100.00")]
    path.write_text("external_id,customer,product,amount,sold_on\nF1,Golden Dragon,Oven,1000,2026-11-01\n")
    planned.ok("import", "sales", path, "--update")
    assert paid(planned) == [0.0, 0.0, 0.0]


def test_a_plan_stays_as_it_is_when_another_program_makes_one_card_of_two(planned: Desk) -> None:
    planned.ok("sale", "pay", "1", "200")
    planned.sql("UPDATE sale SET customer_id = 2")
    planned.sql("UPDATE repayment_plan SET customer_id = 2")
    assert paid(planned, "2") == [200.0, 0.0, 0.0]
    assert asked(planned, "instalment") == [("in1", "300.00"), ("in2", "500.00"), ("in3", "500.00")]


# --- what is due ----------------------------------------------------------------------------------------------------


def test_a_part_is_due_on_its_day_and_late_after_it(planned: Desk) -> None:
    assert due(planned) == []
    assert due(planned, "--days", "10") == [("in1", "instalment: 500.00, part 1 of 3", -10)]
    planned.now = "2026-12-01 09:00"
    assert due(planned) == [("in1", "instalment: 500.00, part 1 of 3", 0)]
    assert due(planned, "--overdue") == []
    planned.ok("sale", "pay", "1", "700")
    assert due(planned) == []
    planned.now = "2026-12-20 09:00"
    assert due(planned, "--overdue") == [("in2", "instalment: 300.00, part 2 of 3", 5)]
    [row] = planned.json("due", "--kind", "instalment")
    assert (row["customer"], row["phone"], row["owner"], row["due"]) == (
        "Golden Dragon", "010-5550 0001", "alice", "2026-12-15",
    )  # fmt: skip
    for options in (["--owner", "alice"], ["--customer", "1"], ["--limit", "1"]):
        assert [ref for ref, *_ in due(planned, *options)] == ["in2"]
    assert due(planned, "--customer", "2") == []
    assert planned("due", "--kind", "instalment", "--exit-code").code == 10
    assert "分期还款：300.00，第 2 期，共 3 期" in planned.ok("due", lang="zh")
    assert "instalment: 300.00, part 2 of 3" in planned.ok("today")
    assert parts(planned)[1][3] == "overdue"
    assert planned.json("sale", "plan", "1")["overdue"] == 300.0


def test_never_more_is_asked_than_the_balance(planned: Desk) -> None:
    planned.now = "2026-12-30 09:00"
    assert [what for _, what, _ in due(planned)] == [f"instalment: 500.00, part {part} of 3" for part in (1, 2, 3)]
    # a credit note of 1,000: 600 are owed, 500 of them by the first part and 100 by the second
    planned.ok("sale", "add", "1", "Returned", "--amount", "-1000", "--allow-negative")
    assert [what for _, what, _ in due(planned)] == [
        "instalment: 500.00, part 1 of 3", "instalment: 100.00, part 2 of 3",
    ]  # fmt: skip
    planned.ok("sale", "add", "1", "Returned", "--amount", "-600", "--allow-negative")
    assert due(planned) == [], "who owes nothing is asked for nothing"


def test_a_part_is_not_ticked_by_hand(planned: Desk) -> None:
    planned.ok("sale", "pay", "1", "100")
    assert planned("done", "in1") == (
        4, "",
        "csm: in1 is a part of a repayment plan; payments tick it off\nhint: csm sale pay --customer 1 400\n",
    )  # fmt: skip
    assert planned("done", "in99").code == 3
    # 1,500 are owed: with 1,300 of the customer's 200, which is what the hint names and can be paid
    planned.ok("sale", "deposit", "1", "1300")
    assert planned("done", "in1").err.endswith("hint: csm sale pay --customer 1 200\n")
    planned.ok("sale", "pay", "--customer", "1", "200")
    # all has been ticked
    assert planned("done", "in1") == (
        4, "",
        "csm: in1 is a part of a repayment plan of which nothing is asked for\nhint: csm sale plan 1 shows it\n",
    )  # fmt: skip


def test_the_page_of_a_bill_says_that_the_plan_asks_for_it(planned: Desk) -> None:
    page = planned.ok("sale", "show", "1")
    assert "the repayment plan of Golden Dragon asks for it" in page and "csm sale plan 1" in page
    assert "set-off" not in page, "there is nothing to set off"
    planned.ok("sale", "deposit", "1", "1600")
    page = planned.ok("sale", "show", "1")
    assert "what Golden Dragon has with us covers it" in page and "csm sale set-off 1" in page


# --- how it looks ---------------------------------------------------------------------------------------------------


def test_the_plan_as_people_see_it(planned: Desk) -> None:
    planned.ok("sale", "pay", "1", "700")
    planned.now = "2026-12-20 09:00"
    assert planned.ok("sale", "plan", "1") == (
        "Golden Dragon: repayment plan of 1,500.00 from 2026-11-21, 700.00 paid, 800.00 open\n"
        "\n"
        "for sa1 1,000.00, sa2 500.00\n"
        "\n"
        "due         amount    paid  still open  status   days late\n"
        "────────────────────────────────────────────────────────────\n"
        "2026-12-01  500.00  500.00        0.00  met\n"
        "2026-12-15  500.00  200.00      300.00  overdue  5 days late\n"
        "2026-12-29  500.00    0.00      500.00  open     in 9 days\n"
    )
    chinese = planned.ok("sale", "plan", "1", lang="zh")
    assert chinese.splitlines()[0] == "Golden Dragon：还款计划 1,500.00，2026-11-21 制定，已还 700.00，未还 800.00"
    assert "逾期" in chinese
    assert not {"met", "overdue", "open"} & set(chinese.split())
    for form in ("csv", "md", "html", "jsonl", "tsv"):
        assert "2026-12-29" in planned.ok("sale", "plan", "1", "-f", form)


def test_a_plan_moves_with_the_whole_file(planned: Desk) -> None:
    planned.ok("sale", "pay", "1", "700")
    folder = planned.folder / "all"
    planned.ok("export", "all", folder)
    new = Desk(planned.folder, name="new.db")
    new.ok("import", "all", folder)
    assert new.json("sale", "plan", "1") == planned.json("sale", "plan", "1")
    new.ok("sale", "pay", "1", "300")
    assert paid(new) == [500.0, 500.0, 0.0]
    # what is ticked follows from the bills: a file that says something else is refused
    path = folder / "instalments.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("200.00", "150.00"), encoding="utf-8-sig")
    other = Desk(planned.folder, name="other.db")
    assert other("import", "all", folder).code == 2


# --- the card and the unpaid list -------------------------------------------------------------------------------------


def block(text: str, title: str) -> list[str]:
    """Return the lines of a block of the card, without the white space around them."""
    lines = text.split(f"\n{title}\n")[1].split("\n\n", maxsplit=1)[0].splitlines()
    return [" ".join(line.split()) for line in lines]


def test_the_card_shows_the_plan_with_arrears_and_with_their_promises(planned: Desk) -> None:
    planned.ok("promise", "add", "1", "send the balance sheet", "--by", "2026-12-24", "--theirs")
    card = planned.ok("customer", "show", "1")
    assert "repayment plan 1,500.00 of 1,500.00 open, next 500.00 on 2026-12-01" in block(card, "Payment")
    assert block(card, "Promises")[0] == "2026-12-01 repayment of 500.00 in1 theirs"
    planned.ok("sale", "pay", "1", "700")
    planned.now = "2026-12-30 09:00"
    card = planned.ok("customer", "show", "1")
    # 300 of the 15th and 500 of the 29th
    assert "repayment plan 800.00 of 1,500.00 open, 2 parts missed, 800.00" in block(card, "Payment")
    steps = block(card, "What to do next")
    place = steps.index("15 days late 2 parts of the repayment plan, 800.00 together in2")
    assert steps[place + 1] == "csm sale pay --customer 1 800.00"
    assert "repayment of" not in card
    chinese = planned.ok("customer", "show", "1", lang="zh")
    assert "1,500.00 中尚有 800.00 未还，已逾期 2 期，800.00" in chinese
    assert "还款计划 2 期，800.00" in chinese
    record = planned.json("customer", "show", "1")
    assert [(row["amount"], row["balance"], row["overdue"]) for row in record["plans"]] == [(1500.0, 800.0, 800.0)]
    assert [(row["id"], row["balance"]) for row in record["instalments"]] == [(2, 300.0), (3, 500.0)]
    none = planned.json("customer", "show", "2")
    assert (none["plans"], none["instalments"]) == ([], [])


def test_the_card_asks_for_no_more_than_the_balance(planned: Desk) -> None:
    planned.now = "2026-12-30 09:00"
    planned.ok("sale", "add", "1", "Returned", "--amount", "-1000", "--allow-negative")
    steps = block(planned.ok("customer", "show", "1"), "What to do next")
    assert "29 days late 2 parts of the repayment plan, 600.00 together in1" in steps
    planned.ok("sale", "add", "1", "Returned", "--amount", "-600", "--allow-negative")
    assert "repayment plan, " not in "\n".join(block(planned.ok("customer", "show", "1"), "What to do next"))


def test_what_is_unpaid_is_promised_by_the_next_part(planned: Desk) -> None:
    def promised() -> set[str | None]:
        return {row["promised_on"] for row in planned.json("sale", "unpaid", "--customer", "1") if row["balance"] > 0}

    assert promised() == {"2026-12-01"}
    planned.ok("promise", "add", "1", "pay the rest", "--by", "2026-11-28", "--theirs")
    assert promised() == {"2026-11-28"}
    planned.ok("promise", "keep", "1")
    planned.ok("sale", "pay", "1", "500")
    assert promised() == {"2026-12-15"}
    planned.ok("sale", "plan", "1", "--end", "--reason", "x")
    assert promised() == {None}


def test_a_missed_part_leaves_our_kept_share_alone(planned: Desk) -> None:
    planned.ok("promise", "add", "1", "call back", "--by", "2026-11-28 10:00")
    planned.ok("promise", "keep", "1")
    planned.now = "2026-12-30 09:00"
    before = planned.json("quality", "promises", "--month", "2026-11")
    planned.ok("sale", "plan", "1", "--end", "--reason", "x")
    assert planned.json("quality", "promises", "--month", "2026-11") == before


# --- with the bills and with money on account -----------------------------------------------------------------------


def asked(desk: Desk, kind: str) -> list[tuple[str, str]]:
    """Return reference and amount of what is asked for, whatever its day."""
    rows = desk.json("due", "--kind", kind, "--days", "3650")
    return [(row["ref"], row["what"].split()[1].rstrip(",")) for row in rows]


def test_what_the_plan_asks_for_is_not_asked_of_the_bills(planned: Desk) -> None:
    # 1,600 are owed, 1,500 of them by the plan: the oldest 1,000 and 500 of the pan, of which 100 are left
    assert asked(planned, "payment") == [("sa2", "100.00")]
    assert asked(planned, "instalment") == [("in1", "500.00"), ("in2", "500.00"), ("in3", "500.00")]
    steps = block(planned.ok("customer", "show", "1"), "What to do next")
    assert "payment of 100.00, Pan sa2" in " ".join(steps)
    planned.ok("sale", "pay", "1", "700")
    assert asked(planned, "payment") == [("sa2", "100.00")]
    assert asked(planned, "instalment") == [("in2", "300.00"), ("in3", "500.00")]
    # the unpaid list goes on to add up to the balance
    assert sum(row["balance"] for row in planned.json("sale", "unpaid")) == 900.0
    planned.ok("sale", "plan", "1", "--end", "--reason", "x")
    assert asked(planned, "payment") == [("sa1", "300.00"), ("sa2", "600.00")]
    assert asked(planned, "instalment") == []


def test_a_deposit_lowers_what_is_asked_and_ticks_when_it_is_set_off(planned: Desk) -> None:
    # 1,600 - 300 = 1,300 are owed: of the parts 500, 500 and 300; of the bills nothing
    planned.ok("sale", "deposit", "1", "300")
    assert paid(planned) == [0.0, 0.0, 0.0]
    assert asked(planned, "payment") == []
    assert asked(planned, "instalment") == [("in1", "500.00"), ("in2", "500.00"), ("in3", "300.00")]
    assert planned("sale", "plan", "1", "--amount", "1300.01", "--parts", "1", "--from", "+1w", "--replace").code == 4
    planned.ok("sale", "set-off", "1")
    assert paid(planned) == [300.0, 0.0, 0.0]
    assert asked(planned, "payment") == [("sa2", "100.00")]
    assert asked(planned, "instalment") == [("in1", "200.00"), ("in2", "500.00"), ("in3", "500.00")]


@pytest.mark.parametrize("seed", range(3))
def test_all_that_is_asked_is_the_balance_whatever_happens(planned: Desk, seed: int) -> None:
    """Bills and parts together ask for the balance to the cent, and for nothing where that isn't above 0."""
    chance = Random(seed)
    steps = [
        lambda: ["sale", "pay", "--customer", "1", str(chance.randint(1, 400))],
        lambda: ["sale", "pay", chance.choice(["1", "2"]), str(chance.randint(1, 300)), "--refund", "--allow"],
        lambda: ["sale", "add", "1", "Lid", "--amount", str(chance.randint(1, 300)), "--no-plan"],
        lambda: ["sale", "add", "1", "Back", "--amount", str(-chance.randint(1, 300)), "--allow-negative"],
        lambda: ["sale", "deposit", "1", str(chance.randint(1, 200))],
        lambda: ["sale", "set-off", "1"],
        lambda: ["sale", "edit", "2", "--amount", str(chance.randint(300, 900))],
    ]
    ticked = set()
    for _ in range(12):
        planned(*chance.choice(steps)())
        balance = round(100 * planned.json("customer", "show", "1")["balance"])
        cents = [
            round(100 * float(amount.replace(",", "")))
            for kind in ("payment", "instalment")
            for _, amount in asked(planned, kind)
        ]
        assert sum(cents) == max(0, balance)
        ticked.update(paid(planned))
    assert len(ticked) > 2, "parts were ticked on the way"


def test_paying_says_what_comes_next(planned: Desk) -> None:
    assert planned.message("sale", "pay", "1", "700") == (
        "next part of the repayment plan: 300.00 on 2026-12-15 (Tuesday)"
    )
    planned.now = "2026-12-20 09:00"
    assert planned.message("sale", "pay", "1", "100").endswith("200.00 on 2026-12-15 (Tuesday), overdue")
    assert "还款计划下一期：100.00，2026-12-15" in planned("sale", "pay", "1", "100", lang="zh").err
    assert "next part" not in planned("sale", "pay", "--customer", "1", "700").err


def test_of_a_part_never_more_is_named_than_the_balance(planned: Desk) -> None:
    # 1,600 - 1,500 with us - 10 = 90 are owed, and asked of the first part of 500, ticked by 10
    planned.ok("sale", "deposit", "1", "1500")
    planned.ok("sale", "deposit", "1", "5")
    planned.ok("sale", "deposit", "1", "5", "--refund")
    assert planned.message("sale", "pay", "1", "10").splitlines()[-1] == (
        "next part of the repayment plan: 90.00 on 2026-12-01 (Tuesday)"
    )
    card = planned.ok("customer", "show", "1")
    assert "1,490.00 of 1,500.00 open, next 90.00 on 2026-12-01" in card and "repayment of 90.00" in card
    planned.now = "2027-02-01 09:00"
    assert "1 part missed, 90.00" in planned.ok("customer", "show", "1")
    planned.ok("sale", "deposit", "1", "90")
    # nothing is owed, so nothing is asked
    assert block(planned.ok("customer", "show", "1"), "Payment")[:2] == [
        *("balance 0.00", "repayment plan 1,490.00 of 1,500.00 open")
    ]
    assert "next part" not in planned("sale", "pay", "1", "1").err
