"""Sales in the file: what triggers, generated columns, views and foreign keys keep true, whoever writes."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest

from csm.storage.day.due_kinds import PAYMENT
from tests.storage.sale.shop import Shop


def test_what_is_paid_is_the_sum_of_the_payments_whoever_writes_them(shop: Shop) -> None:
    first, second = shop.sale(10_000), shop.sale(5_000)
    payment, other = shop.pay(first, 4_000), shop.pay(first, 3_000)
    assert shop.standing(first) == (7_000, 3_000, "open")
    shop("UPDATE payment SET amount_cents = 6000 WHERE id = ?", payment)
    assert shop.standing(first) == (9_000, 1_000, "open")  # 60 + 30
    shop("UPDATE payment SET sale_id = ? WHERE id = ?", second, other)
    assert shop.standing(first) == (6_000, 4_000, "open")
    assert shop.standing(second) == (3_000, 2_000, "open")
    shop("DELETE FROM payment WHERE id = ?", payment)
    assert shop.standing(first) == (0, 10_000, "open")
    shop("UPDATE payment SET note = 'cash' WHERE id = ?", other)
    assert shop.standing(second) == (3_000, 2_000, "open")
    shop("DELETE FROM payment")
    assert shop.standing(second) == (0, 5_000, "open")


def test_several_payments_changed_at_once_are_all_counted(shop: Shop) -> None:
    first, second = shop.sale(10_000), shop.sale(5_000)
    for sale in (first, first, second):
        shop.pay(sale, 1_000)
    shop("UPDATE payment SET amount_cents = amount_cents * 2")
    assert (shop.standing(first)[0], shop.standing(second)[0]) == (4_000, 2_000)
    shop("UPDATE payment SET sale_id = ?", second)
    assert (shop.standing(first)[0], shop.standing(second)[0]) == (0, 6_000)


def test_payments_written_in_bulk_are_counted(shop: Shop) -> None:
    sale = shop.sale(10_000)
    shop("UPDATE current_command SET bulk = 1")
    shop.pay(sale, 2_500)
    assert shop.standing(sale) == (2_500, 7_500, "open")


@pytest.mark.parametrize(
    ("amount", "paid", "cancelled", "balance", "status"),
    [
        (10_000, [], None, 10_000, "open"),
        (10_000, [4_000], None, 6_000, "open"),
        (10_000, [4_000, 6_000], None, 0, "paid"),
        (10_000, [12_000], None, -2_000, "paid"),  # overpaid: we owe them 20.00
        (10_000, [12_000, -2_000], None, 0, "paid"),  # and gave it back
        (10_000, [10_000, -1_000], None, 1_000, "open"),
        (10_000, [], "2026-11-12", 0, "cancelled"),
        (10_000, [4_000], "2026-11-12", -4_000, "cancelled"),  # what was paid is to be given back
        (10_000, [4_000, -4_000], "2026-11-12", 0, "cancelled"),
        (0, [], None, 0, "paid"),  # given for nothing
        (-3_000, [], None, -3_000, "open"),  # a credit note
        (-3_000, [-1_000], None, -2_000, "open"),
        (-3_000, [-3_000], None, 0, "paid"),
        (-3_000, [-1_000], "2026-11-12", 1_000, "cancelled"),  # they are to give back what they got
    ],
)
def test_status_and_balance(
    shop: Shop, amount: int, paid: list[int], cancelled: str | None, balance: int, status: str
) -> None:
    sale = shop.sale(amount, cancelled_on=cancelled)
    for part in paid:
        shop.pay(sale, part)
    assert shop.standing(sale) == (sum(paid), balance, status)
    # the card's balance, and the list of what is unpaid, say the same
    assert shop("SELECT balance_cents FROM customer_list WHERE id = 1") == [(balance,)]
    unpaid = [(sale, balance)] if balance > 0 else []
    assert shop("SELECT id, balance_cents FROM sale_unpaid") == unpaid


def test_a_guarantee_counts_from_delivery_else_from_the_sale(shop: Shop) -> None:
    sale = shop.sale(1)
    assert shop("SELECT guaranteed_from FROM sale") == [("2026-11-02",)]
    shop("UPDATE sale SET delivered_on = '2026-11-05' WHERE id = ?", sale)
    assert shop("SELECT guaranteed_from FROM sale") == [("2026-11-05",)]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("sale", {"customer_id": 1, "product": "", "amount_cents": 1, "sold_on": "2026-11-02", "due_on": "2026-11-02"}),
        (
            "sale",
            {"customer_id": 1, "product": "x", "amount_cents": 1, "sold_on": "2026-13-01", "due_on": "2026-11-02"},
        ),
        (
            "sale",
            {"customer_id": 9, "product": "x", "amount_cents": 1, "sold_on": "2026-11-02", "due_on": "2026-11-02"},
        ),
        ("payment", {"sale_id": 1, "amount_cents": 0, "paid_on": "2026-11-02"}),
        ("payment", {"sale_id": 9, "amount_cents": 1, "paid_on": "2026-11-02"}),
        ("payment", {"sale_id": 1, "amount_cents": 1, "paid_on": "yesterday"}),
        ("signature", {"sale_id": 1, "name": "x", "sign_off": "chef", "signed_on": "2026-11-02"}),
        ("service", {"customer_id": 1, "kind": "repair", "phase": "later", "done_on": "2026-11-02"}),
        ("service_check", {"service_id": 1, "item": "stock", "met": 2}),
        ("grading", {"customer_id": 1, "graded_on": "2026-11-02", "grade": "D", "sales_cents": 1, "months": 12}),
    ],
)
def test_what_makes_no_sense_is_refused(shop: Shop, table: str, columns: dict[str, object]) -> None:
    shop.sale(1)
    shop.insert("service", customer_id=1, kind="repair", phase="after", done_on="2026-11-02")
    with pytest.raises(sqlite3.IntegrityError):
        shop.insert(table, **columns)


def waiting(shop: Shop) -> tuple[Any, ...]:
    """Return who signs the only unpaid sale next, and since when it waits."""
    return shop("SELECT next_contact_id, since FROM sale_unpaid")[0]


def test_a_bill_goes_through_the_chain_in_its_order(shop: Shop) -> None:
    cashier, boss = shop.contact("cash", "cashier"), shop.contact("boss", "general-manager")
    head, finance = shop.contact("head", "department-manager"), shop.contact("finance", "finance-manager")
    shop.contact("guest", None)
    sale = shop.sale(10_000)
    assert waiting(shop) == (head, "2026-11-02")
    for contact, place, day, following in (
        (head, "department-manager", "2026-11-05", boss),
        (boss, "general-manager", "2026-11-06", finance),
        (finance, "finance-manager", "2026-11-09", cashier),
        (cashier, "cashier", "2026-11-10", None),
    ):
        shop.sign(sale, contact, place, day)
        assert waiting(shop) == (following, day)


def test_a_chain_with_gaps_goes_on_with_the_next_there_is(shop: Shop) -> None:
    finance, head = shop.contact("finance", "finance-manager"), shop.contact("head", "department-manager")
    sale = shop.sale(10_000)
    shop.sign(sale, head, "department-manager", "2026-11-05")
    assert waiting(shop) == (finance, "2026-11-05")  # there is no general manager
    shop.sign(sale, finance, "finance-manager", "2026-11-06")
    assert waiting(shop) == (None, "2026-11-06")  # nor a cashier


def test_signatures_out_of_order_count_by_the_furthest(shop: Shop) -> None:
    head, boss = shop.contact("head", "department-manager"), shop.contact("boss", "general-manager")
    cashier = shop.contact("cash", "cashier")
    sale = shop.sale(10_000)
    shop.sign(sale, boss, "general-manager", "2026-11-06")
    assert waiting(shop) == (cashier, "2026-11-06")
    shop.sign(sale, head, "department-manager", "2026-11-08")  # afterwards, and it moves nothing back
    assert waiting(shop) == (cashier, "2026-11-08")


def test_a_signature_without_a_place_moves_nothing_on(shop: Shop) -> None:
    head = shop.contact("head", "department-manager")
    sale = shop.sale(10_000)
    shop.sign(sale, None, None, "2026-11-07")
    assert waiting(shop) == (head, "2026-11-07")


def test_of_two_in_one_place_either_signs(shop: Shop) -> None:
    first, second = shop.contact("head", "department-manager"), shop.contact("deputy", "department-manager")
    cashier = shop.contact("cash", "cashier")
    sale = shop.sale(10_000)
    assert waiting(shop) == (first, "2026-11-02")
    shop.sign(sale, second, "department-manager", "2026-11-04")
    assert waiting(shop) == (cashier, "2026-11-04")


def test_without_a_chain_a_bill_waits_for_nobody_and_others_people_dont_count(shop: Shop) -> None:
    shop.contact("head", "department-manager", customer=2)
    other = shop.sale(5_000, cancelled_on="2026-11-03")
    sale = shop.sale(10_000)
    shop.sign(other, None, "cashier", "2026-11-20")
    assert waiting(shop) == (None, "2026-11-02")
    assert shop("SELECT id FROM sale_unpaid") == [(sale,)]


@pytest.mark.parametrize(
    "view",
    [
        "sale_list", "payment_list", "signature_list", "sale_unpaid", "purchase_day", "service_list",
        "service_check_list",
    ],
)  # fmt: skip
def test_a_view_can_be_read_and_its_columns_have_names(shop: Shop, view: str) -> None:
    sale = shop.sale(10_000, delivery_on="2026-11-20", bill="B1")
    shop.pay(sale, 1)
    shop.sign(sale, None, None, "2026-11-07")
    service = shop.insert("service", customer_id=1, kind="repair", phase="after", done_on="2026-11-02")
    shop.insert("service_check", service_id=service, item="stock", met=0)
    found = shop.connection.execute(f"SELECT * FROM {view}")
    names = [column[0] for column in found.description]
    assert all(name.isidentifier() for name in names) and len(set(names)) == len(names)
    [row] = found.fetchall()
    assert row[names.index("customer_id")] == 1


def test_amounts_stand_in_cents_and_in_units(shop: Shop) -> None:
    sale = shop.sale(12_345)
    shop.pay(sale, 45)
    assert shop("SELECT amount_cents, amount, paid, balance FROM sale_list") == [(12_345, 123.45, 0.45, 123.0)]
    assert shop("SELECT amount_cents, amount FROM payment_list") == [(45, 0.45)]
    assert shop(f"SELECT detail FROM {PAYMENT}") == [("123.00 oven",)]


def test_the_day_of_a_purchase_counts_once_and_only_if_it_stands(shop: Shop) -> None:
    shop.sale(1), shop.sale(2), shop.sale(3, sold_on="2026-11-05")
    shop.sale(4, sold_on="2026-11-06", cancelled_on="2026-11-07"), shop.sale(-5, sold_on="2026-11-08")
    assert shop("SELECT sold_on FROM purchase_day ORDER BY 1") == [("2026-11-02",), ("2026-11-05",)]


def test_the_checklist_of_a_service_is_one_text(shop: Shop) -> None:
    service = shop.insert("service", customer_id=1, kind="visit", phase="during", done_on="2026-11-02")
    for item, met in (("stock", 1), ("display", 0), ("整洁", 0)):
        shop.insert("service_check", service_id=service, item=item, met=met)
    assert shop("SELECT checks, not_met FROM service_list") == [("stock=yes;display=no;整洁=no", 2)]


ROWS: tuple[tuple[str, dict[str, object], tuple[str, object]], ...] = (
    ("sale", {"customer_id": 1, "product": "x", "amount_cents": 1, "sold_on": "2026-11-02", "due_on": "2026-11-02"}, ("note", "n")),
    ("payment", {"sale_id": 1, "amount_cents": 7, "paid_on": "2026-11-02"}, ("amount_cents", 8)),
    ("signature", {"sale_id": 1, "name": "Li", "signed_on": "2026-11-02"}, ("name", "Wu")),
    ("service", {"customer_id": 1, "kind": "repair", "phase": "after", "done_on": "2026-11-02"}, ("message", "call")),
    ("service_check", {"service_id": 1, "item": "stock", "met": 0}, ("met", 1)),
    ("loss", {"customer_id": 1, "lost_on": "2026-11-02", "kind": "natural"}, ("won_back_on", "2026-11-09")),
    ("grading", {"customer_id": 1, "graded_on": "2026-11-02", "grade": "B", "sales_cents": 1, "months": 12}, ("grade", "A")),
)  # fmt: skip


@pytest.mark.parametrize(("table", "columns", "changed"), ROWS, ids=[table for table, *_ in ROWS])
def test_every_change_is_kept(shop: Shop, table: str, columns: dict[str, object], changed: tuple[str, object]) -> None:
    if table in ("payment", "signature"):
        shop.sale(10_000)
    if table == "service_check":
        shop.insert("service", customer_id=1, kind="repair", phase="after", done_on="2026-11-02")
    row = shop.insert(table, **columns)
    column, value = changed
    shop(f"UPDATE {table} SET {column} = ? WHERE id = ?", value, row)
    names = [name for (name,) in shop(f"SELECT name FROM pragma_table_info('{table}')")]
    stored = dict(zip(names, shop(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", row)[0], strict=True))
    shop(f"DELETE FROM {table} WHERE id = ?", row)
    kept = shop("SELECT operation, before, after FROM history WHERE table_name = ? ORDER BY id", table)
    kept = [one for one in kept if json.loads(one[1] or one[2])["id"] == row]
    assert [operation for operation, *_ in kept] == ["insert", "update", "delete"]
    inserted, before, after, gone = (json.loads(text) for text in (kept[0][2], kept[1][1], kept[1][2], kept[2][1]))
    assert inserted == before and after == gone
    assert {key: inserted[key] for key in columns} == columns
    assert (before[column], after[column]) == (columns.get(column), value)
    assert stored == gone


def test_a_payment_keeps_the_change_of_its_sale_too(shop: Shop) -> None:
    sale = shop.sale(10_000)
    shop.pay(sale, 2_500)
    [(before, after)] = shop("SELECT before, after FROM history WHERE table_name = 'sale' AND operation = 'update'")
    assert (json.loads(before)["paid_cents"], json.loads(after)["paid_cents"]) == (0, 2_500)


def test_with_a_customer_goes_what_was_sold_and_done(shop: Shop) -> None:
    for customer in (1, 2):
        sale = shop.sale(10_000, customer=customer)
        shop.pay(sale, 1), shop.sign(sale, None, None, "2026-11-07")
        service = shop.insert(
            "service", customer_id=customer, sale_id=sale, kind="repair", phase="after", done_on="2026-11-02"
        )
        shop.insert("service_check", service_id=service, item="stock", met=0)
        shop.insert("loss", customer_id=customer, lost_on="2026-11-02", kind="natural")
        shop.insert("grading", customer_id=customer, graded_on="2026-11-02", grade="B", sales_cents=1, months=12)
    shop("DELETE FROM customer WHERE id = 1")
    tables = ("sale", "payment", "signature", "service", "service_check", "loss", "grading")
    assert [shop(f"SELECT count(*) FROM {table}") for table in tables] == [[(1,)]] * 7
    assert shop("SELECT customer_id FROM sale") == [(2,)]
    assert shop("PRAGMA foreign_key_check") == []


def test_without_a_sale_its_callback_case_and_service_keep_standing(shop: Shop) -> None:
    sale = shop.sale(10_000)
    shop.insert(
        "callback", customer_id=1, sale_id=sale, after_sale="usage", due_on="2026-11-12", planned_on="2026-11-12"
    )
    shop.insert("complaint", customer_id=1, sale_id=sale, summary="cold", received_at="2026-11-12T01:00:00Z")
    shop.insert("service", customer_id=1, sale_id=sale, kind="repair", phase="after", done_on="2026-11-02")
    shop("DELETE FROM sale WHERE id = ?", sale)
    assert shop("SELECT sale_id, after_sale, status FROM callback") == [(None, "usage", "open")]
    assert shop("SELECT sale_id, summary FROM complaint") == [(None, "cold")]
    assert shop("SELECT sale_id, kind FROM service") == [(None, "repair")]


def test_a_signature_outlives_the_contact_who_gave_it(shop: Shop) -> None:
    head, cashier = shop.contact("head", "department-manager"), shop.contact("cash", "cashier")
    shop.sign(shop.sale(10_000), head, "department-manager", "2026-11-05")
    shop("DELETE FROM contact WHERE id = ?", head)
    assert shop("SELECT contact_id, name, sign_off FROM signature") == [(None, "x", "department-manager")]
    assert waiting(shop) == (cashier, "2026-11-05")
