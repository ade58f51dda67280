"""Sales in a file, and the same again after an import into an empty one, with the cases and callbacks they lead to."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.desk import Desk, filled_once

KINDS = ("customers", "contacts", "sales", "complaints", "callbacks")


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with sales in every state; sale 4 was paid and paid back in full, sale 5 is a credit note."""
    desk.ok("customer", "add", "Golden Dragon", "--code", "G1", "--relationship", "partnership", "--terms", "30")
    desk.ok("customer", "add", "=Old Mill", "--external-id", "13047")
    desk.ok("customer", "contact", "add", "1", "李娜", "--sign-off", "cashier")
    desk.ok("customer", "contact", "add", "1", "Wang", "--sign-off", "finance-manager")
    told = ("--bill", "=B1", "--line", "kitchen", "--serial", "007", "--note", "two\nlines", "--external-id", "X1")
    desk.ok("sale", "add", "1", "Oven", "--amount", "1200.50", "--quantity", "2.5", *told, "--delivery", "+3d")
    desk.ok("sale", "add", "1", "--bill", "B2", "--item", "Tray;4;96", "--item", "Fridge;;800", "--on", "2026-10-31")
    desk.ok("sale", "add", "2", "Lamp", "--amount", "40", "--on", "2026-11-02")
    desk.ok("sale", "add", "2", "Goodwill", "--amount=-7.10", "--allow-negative", "--on", "2026-11-02")
    desk.ok("sale", "pay", "1", "200.10", "--note", "cash")
    desk.ok("sale", "pay", "1", "300")
    desk.ok("sale", "signed", "1", "--by", "Wang")
    desk.ok("sale", "signed", "1", "--by", "李娜")
    desk.ok("sale", "delivered", "2", "--on", "2026-11-03")
    desk.ok("sale", "pay", "4", "40", "--on", "2026-11-05")
    desk.ok("sale", "cancel", "4", "--reason", "broken, =sent back")
    desk.ok("sale", "pay", "4", "40", "--refund")
    desk.ok("complaint", "open", "1", "too hot", "--sale", "1")
    desk.ok("callback", "add", "2", "--on", "2026-12-01", "--sale", "5")
    return desk


def everything(desk: Desk, form: str) -> list[bytes]:
    """Return the exports of all kinds."""
    contents = []
    for kind in KINDS:
        path = desk.folder / f"{desk.path.stem}-{kind}.{form}"
        desk.ok("export", kind, path, "--all")
        contents.append(path.read_bytes())
    return contents


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl"])
def test_what_was_exported_comes_back_to_the_cell(shop: Desk, form: str) -> None:
    before = everything(shop, form)
    empty = Desk(shop.folder, name="empty.db")
    empty.user = "somebody else"
    for kind in KINDS:
        empty.ok("import", kind, shop.folder / f"shop-{kind}.{form}")
    assert everything(empty, form) == before
    for table in ("complaint", "callback"):
        query = f"SELECT id, sale_id FROM {table} WHERE sale_id IS NOT NULL ORDER BY id"
        assert empty.sql(query) == shop.sql(query) != []
    assert empty.sql("SELECT id, after_sale FROM callback") == shop.sql("SELECT id, after_sale FROM callback")
    for desk in (empty, shop):  # and imported once more, into either, it changes nothing
        changes = desk.sql("SELECT count(*) FROM change")
        for kind in KINDS:
            told = desk.json("import", kind, shop.folder / f"shop-{kind}.{form}", "--update")
            assert (told["read"], told["unchanged"]) == (told["unchanged"], told["read"]), told
        assert desk.sql("SELECT count(*) FROM change") == changes


def test_in_json_a_sale_has_every_payment_and_signature(shop: Desk) -> None:
    before = everything(shop, "json")
    first = json.loads(before[2])[0]
    assert first["payments"] == [
        {"id": 1, "amount": 200.1, "paid_on": "2026-11-21", "note": "cash", "by": "alice", "created_at": "2026-11-21T09:00:00+00:00"},
        {"id": 2, "amount": 300.0, "paid_on": "2026-11-21", "note": None, "by": "alice", "created_at": "2026-11-21T09:00:00+00:00"},
    ]  # fmt: skip
    assert [(one["name"], one["contact"], one["sign_off"]) for one in first["signatures"]] == [
        ("Wang", "Wang", "finance-manager"), ("李娜", "李娜", "cashier"),
    ]  # fmt: skip
    empty = Desk(shop.folder, name="empty.db")
    for kind in KINDS[:3]:
        empty.ok("import", kind, shop.folder / f"shop-{kind}.json")
    for table in ("payment", "signature", "sale"):
        query = f"SELECT * FROM {table} ORDER BY id"
        assert empty.sql(query) == shop.sql(query) != []


def test_in_a_spreadsheet_a_sale_is_a_row_with_a_sum_of_payments(shop: Desk) -> None:
    rows = list(csv.DictReader(io.StringIO(shop.ok("export", "sales", "-", "--all"), newline="")))
    names = ("id", "bill", "amount", "paid", "balance", "paid_on", "signed_by", "status")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("1", "'=B1", "1200.50", "500.10", "700.40", "2026-11-21", "李娜", "open"),
        ("2", "B2", "96.00", "0.00", "96.00", "", "", "open"),
        ("3", "B2", "800.00", "0.00", "800.00", "", "", "open"),
        ("4", "", "40.00", "0.00", "0.00", "", "", "cancelled"),
        ("5", "", "-7.10", "0.00", "-7.10", "", "", "open"),
    ]
    assert not {"days_late", "payments"} & set(rows[0])


def test_sales_filter_as_their_list(shop: Desk) -> None:
    def ids(*options: str) -> list[int]:
        return [row["id"] for row in json.loads(shop.ok("export", "sales", "-", "-f", "json", *options))]

    assert ids() == [1, 2, 3, 5]
    assert ids("--all", "--sort", "-id") == [5, 4, 3, 2, 1]
    assert ids("--status", "cancelled") == [4]
    assert ids("--customer", "G1", "--sold", "2026-10-01..2026-10-31") == [2, 3]
    assert ids("--bill", "B2", "--product", "Tray") == [2]
    assert ids("--amount", "50..900") == [2, 3]


def test_ids_of_another_file_link_nothing(shop: Desk) -> None:
    path = shop.folder / "linked.csv"
    path.write_text("customer,due_on,sale_id\nGolden Dragon,2026-12-02,1\nGolden Dragon,2026-12-03,sa1\n")
    assert shop("import", "callbacks", path, "--skip-bad").code == 6
    assert shop.sql("SELECT due_on, sale_id FROM callback WHERE due_on IN ('2026-12-02', '2026-12-03')") == [
        ("2026-12-03", 1),
    ]  # fmt: skip
    path.write_text("customer,summary,sale,date\nGolden Dragon,cold,1,2026-11-02\nGolden Dragon,hot,sa1,2026-11-02\n")
    assert shop("import", "complaints", path, "--skip-bad").code == 6
    assert shop.sql("SELECT summary, sale_id FROM complaint WHERE id > 1") == [("hot", 1)]
