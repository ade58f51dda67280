"""Sales from files: who bought what, what was paid, and the rows that cancel (issue 4). 2026-11-21 is a Saturday."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk import Desk, filled_once
from tests.services.files.importing import load, sheet


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with Golden Dragon (G1, 17850, 30 days) and Old Mill (13047, month's end)."""
    desk.ok("customer", "add", "Golden Dragon", "--code", "G1", "--external-id", "17850", "--terms", "30")
    desk.ok("customer", "add", "Old Mill", "--phone", "010-5550 0001", "--external-id", "13047", "--terms", "monthly")
    desk.ok("customer", "add", "Rose Bakery", "--code", "R1")
    return desk


def stored(desk: Desk, *columns: str) -> list[tuple[Any, ...]]:
    return desk.sql(f"SELECT {', '.join(columns)} FROM sale ORDER BY id")


def paid(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.sql("SELECT sale_id, amount_cents, paid_on FROM payment ORDER BY id")


def changes(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.sql("SELECT count(*) FROM change")


# --- whose, what, when ------------------------------------------------------------------------------------------


def test_a_customer_is_named_by_name_code_key_or_phone(shop: Desk) -> None:
    path = sheet(
        shop,
        "customer,customer_code,phone,product,amount,date",
        "Golden Dragon,,,Oven,10,2026-11-01",
        "17850,,,Oven,20,2026-11-01",
        "G1,,,Oven,30,2026-11-01",
        ",G1,,Oven,40,2026-11-01",
        ",13047,,Oven,50,2026-11-01",
        ",,010 5550 0001,Oven,60,2026-11-01",
    )
    assert load(shop, "sales", path).counts == {"read": 6, "inserted": 6}
    assert stored(shop, "customer_id") == [(1,), (1,), (1,), (1,), (2,), (2,)]


def test_a_number_of_another_program_is_its_own_key_and_never_our_id(shop: Desk) -> None:
    shop.ok("customer", "add", "Last One", "--external-id", "2")
    path = sheet(
        shop,
        "CustomerID,product,amount,date",
        "17850,Oven,10,2026-11-01",
        "2,Oven,20,2026-11-01",
        "1,Oven,5,2026-11-01",
    )
    done = load(shop, "sales", path, "--skip-bad")
    assert (done.code, done.counts["inserted"], done.bad) == (6, 2, [(4, "CustomerID", "1")])
    assert stored(shop, "customer_id") == [(1,), (4,)]
    assert done.reasons == ["no customer has '1' as another program's id, and ids count only in csm's own exports"]
    assert 'hint: say what the column is: --map "CustomerID=customer.external_id"' in done.err
    mapped = load(shop, "sales", path, "--map", "CustomerID=customer.id", "--skip-bad")
    assert (mapped.counts["inserted"], mapped.bad) == (2, [(2, "CustomerID", "17850")])
    assert stored(shop, "customer_id")[2:] == [(2,), (1,)]


def test_chinese_headings_days_and_the_terms_of_the_card(shop: Desk) -> None:
    path = sheet(
        shop,
        "客户名称,产品,产品线,数量,金额（元）,销售日期,发票号,结算方式,到期日,序列号",
        "Golden Dragon,烤箱,厨具,2.5,\"1,200.50\",2026年1月31日,F-1,,,SN7",  # 30 days: 2 March
        "Old Mill,烤箱,,,80,20260131,,,,",  # the month's end
        "Old Mill,烤箱,,,80,2026-02-14 08:26:00,,半月结,,",  # the 15th
        "Rose Bakery,烤箱,,,80,2026/2/3,,,,",  # no terms: the day itself
        "Rose Bakery,烤箱,,,80,2026-02-03,,,2026-05-01,",
    )  # fmt: skip
    assert load(shop, "sales", path).counts == {"read": 5, "inserted": 5}
    assert stored(shop, "line", "quantity", "amount_cents", "sold_on", "due_on", "bill", "serial", "status") == [
        ("厨具", 2.5, 120050, "2026-01-31", "2026-03-02", "F-1", "SN7", "open"),
        (None, 1.0, 8000, "2026-01-31", "2026-01-31", None, None, "open"),
        (None, 1.0, 8000, "2026-02-14", "2026-02-15", None, None, "open"),
        (None, 1.0, 8000, "2026-02-03", "2026-02-03", None, None, "open"),
        (None, 1.0, 8000, "2026-02-03", "2026-05-01", None, None, "open"),
    ]
    assert load(shop, "sales", path).counts == {"read": 5, "unchanged": 5}


def test_nothing_is_planned_and_nobody_becomes_active(shop: Desk) -> None:
    shop.ok("customer", "edit", "R1", "--status", "prospect", "--relationship", "partnership")
    load(shop, "sales", sheet(shop, "customer,product,amount,date", "R1,Oven,10,2026-11-20"))
    assert shop.sql("SELECT count(*) FROM callback") == [(0,)]
    assert (stored(shop, "planned"), shop.sql("SELECT status FROM customer WHERE id = 3")) == ([(0,)], [("prospect",)])


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Nobody,Oven,10,2026-11-01,,,", "customer", "no customer answers to 'Nobody'"),
        (",Oven,10,2026-11-01,,,", "customer", "customer can't be empty"),
        ("G1,,10,2026-11-01,,,", "product", "product can't be empty"),
        ("G1,Oven,,2026-11-01,,,", "amount", "amount can't be empty"),
        ("G1,Oven,ten,2026-11-01,,,", "amount", "'ten' is no amount of money"),
        ("G1,Oven,10.005,2026-11-01,,,", "amount", "'10.005' has more than 2 decimals"),
        ("G1,Oven,10,,,,", "sold_on", "sold_on can't be empty"),
        ("G1,Oven,10,31.11.2026,,,", "sold_on", "'31.11.2026' is no date or time that can be read"),
        (
            "G1,Oven,10,2026-11-22,,,",
            "sold_on",
            "'2026-11-22' lies in the future, but this has happened already",
        ),
        ("G1,Oven,10,2026-11-01,5,2026-10-31,", "paid_on", "2026-10-31 lies before the day of the sale, 2026-11-01"),
        ("G1,Oven,10,2026-11-01,,,2026-10-31", "cancelled_on", "2026-10-31 lies before the day of the sale, 2026-11-01"),
    ],
)  # fmt: skip
def test_a_bad_row_names_its_line_and_column(shop: Desk, row: str, column: str, reason: str) -> None:
    path = sheet(shop, "customer,product,amount,sold_on,paid,paid_on,cancelled_on", "G1,Oven,1,2026-11-01,,,", row)
    done = load(shop, "sales", path)
    assert (done.code, done.bad[0][:2], done.reasons) == (2, (3, column), [reason])
    assert stored(shop, "id") == []


def test_what_a_file_of_sales_has_to_have(shop: Desk) -> None:
    result = shop("import", "sales", sheet(shop, "customer,product,amount", "G1,Oven,10"))
    assert (result.code, result.err.splitlines()[0]) == (
        2, f"csm: no column of {shop.folder / 'in.csv'} says what 'sold_on' is",
    )  # fmt: skip


def test_who_is_missing_is_told_how_to_make_them(shop: Desk) -> None:
    path = sheet(shop, "customer,product,amount,date", "12346,Oven,10,2026-11-01")
    hint = 'hint: customers come first: csm import customers FILE --map "COLUMN=external_id" --map "COLUMN=name"'
    assert shop("import", "sales", path).err.splitlines()[-1] == hint
    assert shop("import", "sales", path, "--skip-bad").err.splitlines()[-1] == hint


# --- paid -------------------------------------------------------------------------------------------------------


def test_paid_in_full_in_part_and_cancelled(shop: Desk) -> None:
    path = sheet(
        shop,
        "customer,product,amount,date,status,paid,paid_on,cancelled_on,signed_by",
        "G1,a,100,2026-11-01,paid,,,,",  # all of it, on the day of the sale
        "G1,b,100,2026-11-01,已付清,,2026-11-05,,",
        "G1,c,100,2026-11-01,,,2026-11-06,,",  # a day of payment alone
        "G1,d,100,2026-11-01,open,30.50,2026-11-07,,",
        "G1,e,100,2026-11-01,cancelled,,,,",  # on the day of the sale
        "G1,f,100,2026-11-01,,40,,2026-11-08,",
        "G1,g,100,2026-11-01,open,,,,Li Na",
        "G1,h,0,2026-11-01,paid,,,,",
    )
    assert load(shop, "sales", path).counts == {"read": 8, "inserted": 8}
    assert stored(shop, "product", "status", "paid_cents", "balance_cents", "cancelled_on") == [
        ("a", "paid", 10000, 0, None),
        ("b", "paid", 10000, 0, None),
        ("c", "paid", 10000, 0, None),
        ("d", "open", 3050, 6950, None),
        ("e", "cancelled", 0, 0, "2026-11-01"),
        ("f", "cancelled", 4000, -4000, "2026-11-08"),
        ("g", "open", 0, 10000, None),
        ("h", "paid", 0, 0, None),
    ]
    assert paid(shop) == [
        (1, 10000, "2026-11-01"), (2, 10000, "2026-11-05"), (3, 10000, "2026-11-06"), (4, 3050, "2026-11-07"),
        (6, 4000, "2026-11-01"),
    ]  # fmt: skip
    assert shop.sql("SELECT sale_id, contact_id, name, signed_on FROM signature") == [(7, None, "Li Na", "2026-11-01")]
    assert shop.sql("SELECT json_extract(after, '$.paid_cents') FROM change WHERE table_name = 'sale' AND row_id = 4") == [
        (3050,)
    ]  # fmt: skip
    before = changes(shop)
    assert load(shop, "sales", path, "--update").counts == {"read": 8, "unchanged": 8}
    assert changes(shop) == before


def test_more_was_paid_since(shop: Desk) -> None:
    heading = "external_id,customer,product,amount,date,paid,paid_on,delivered_on"
    load(shop, "sales", sheet(shop, heading, "S1,G1,Oven,100,2026-11-01,30,2026-11-02,"))
    later = sheet(shop, heading, "S1,G1,Oven,100,2026-11-01,100,2026-11-09,2026-11-03")
    done = load(shop, "sales", later)
    assert (done.bad, done.reasons) == (
        [(2, "delivered_on", "2026-11-03")], ["the file says something else than sa1, which has ''"],
    )  # fmt: skip
    assert load(shop, "sales", later, "--update").counts == {"read": 1, "updated": 1}
    assert (paid(shop), stored(shop, "status", "delivered_on")) == (
        [(1, 3000, "2026-11-02"), (1, 7000, "2026-11-09")], [("paid", "2026-11-03")],
    )  # fmt: skip
    assert load(shop, "sales", later).counts == {"read": 1, "unchanged": 1}
    less = load(shop, "sales", sheet(shop, heading, "S1,G1,Oven,100,2026-11-01,99,,"), "--update")
    assert (less.bad, less.reasons) == (
        [(2, "paid", "99")], ["the file says something else than sa1, which has '100.00'"],
    )  # fmt: skip


# --- which sale -------------------------------------------------------------------------------------------------


def test_equal_rows_are_as_many_sales(shop: Desk) -> None:
    heading = "id,sample,date,units,dollars"
    rows = ["17850,0001,19970101,2,29.33", "17850,0001,19970101,2,29.33", "13047,0002,19970118,1,14.96"]
    options = ("--map", "id=customer", "--map", "dollars=amount", "--set", "product=CD")
    path = sheet(shop, heading, *rows)
    assert load(shop, "sales", path, *options).counts == {"read": 3, "inserted": 3}
    assert stored(shop, "customer_id", "sold_on", "quantity", "amount_cents") == [
        (1, "1997-01-01", 2.0, 2933), (1, "1997-01-01", 2.0, 2933), (2, "1997-01-18", 1.0, 1496),
    ]  # fmt: skip
    before = changes(shop)
    assert load(shop, "sales", path, *options).counts == {"read": 3, "unchanged": 3}
    assert changes(shop) == before
    third = sheet(shop, heading, *rows, rows[0])
    assert load(shop, "sales", third, *options).counts == {"read": 4, "inserted": 1, "unchanged": 3}


def test_a_bill_holds_several_rows_and_an_external_id_one(shop: Desk) -> None:
    heading = "Invoice No,external_id,customer,product,amount,date"
    path = sheet(
        shop, heading, "B1,,G1,Oven,10,2026-11-01", "B1,,G1,Oven,10,2026-11-01", "B2,,G1,Oven,10,2026-11-01",
        "B3,X,G1,Oven,10,2026-11-01", "B3,X,G1,Oven,10,2026-11-01",
    )  # fmt: skip
    assert load(shop, "sales", path).counts == {"read": 5, "inserted": 4, "unchanged": 1}
    only = sheet(shop, heading, "B2,,G1,Oven,10,2026-11-01", "B4,,G1,Oven,10,2026-11-01")
    assert load(shop, "sales", only).counts == {"read": 2, "inserted": 1, "unchanged": 1}
    moved = sheet(shop, heading, "B3,X,13047,Fridge,12,2026-11-02")
    assert load(shop, "sales", moved).reasons == ["the file says something else than sa4, which has 'Golden Dragon'"]
    assert load(shop, "sales", moved, "--update").counts == {"read": 1, "updated": 1}
    assert stored(shop, "bill", "customer_id", "product", "amount_cents")[3:] == [
        ("B3", 2, "Fridge", 1200), ("B4", 1, "Oven", 1000),
    ]  # fmt: skip


# --- below zero -------------------------------------------------------------------------------------------------

HEADING = "InvoiceNo,CustomerID,InvoiceDate,amount"
RETAIL = ("--map", "InvoiceNo=external_id", "--map", "CustomerID=customer", "--set", "product=goods")
ROWS = (
    "536365,17850,2010-12-01 08:26:00,139.12",
    "536366,17850,2010-12-01 08:28:00,22.2",
    "536367,17850,2010-12-02 08:28:00,22.2",
    "C536370,17850,2010-12-02 09:00:00,-22.2",  # 536367, the latest for it
    "C536371,17850,2010-12-03 09:00:00,-22.2",  # 536366, which is left
    "C536372,17850,2010-12-03 09:00:00,-22.2",  # nothing is left
    "C536373,13047,2010-12-03 09:00:00,-139.12",  # another customer's
    "C536374,17850,2010-11-30 09:00:00,-139.12",  # before the sale
    "C536375,17850,2010-12-09 09:00:00,-139.1",  # not exactly that much
    "536380,,2010-12-01 08:26:00,5",
    "C536376,13047,2010-12-20 09:00:00,-7",  # its sale stands below
    "536381,13047,2010-12-20 08:26:00,7",
)


def test_a_row_below_zero_cancels_the_sale_it_fits(shop: Desk) -> None:
    path = sheet(shop, HEADING, *ROWS)
    rejects = shop.folder / "rejects.csv"
    done = load(shop, "sales", path, *RETAIL, "--skip-bad", "--rejects", str(rejects))
    # 4 sales and 3 that cancel; 1 without a customer, 4 that cancel nothing
    assert (done.code, done.counts) == (6, {"read": 12, "inserted": 7, "rejected": 5})
    assert [line for line, _, _ in done.bad] == [7, 8, 9, 10, 11]
    assert (
        done.reasons[0]
        == "a cancellation, and of this customer no sale for 22.20 on 2010-12-03 or before is left to cancel"
    )
    assert stored(shop, "external_id", "status", "cancelled_on", "cancel_id", "cancel_reason") == [
        ("536365", "open", None, None, None),
        ("536366", "cancelled", "2010-12-03", "C536371", "cancelled by a row of an imported file"),
        ("536367", "cancelled", "2010-12-02", "C536370", "cancelled by a row of an imported file"),
        ("536381", "cancelled", "2010-12-20", "C536376", "cancelled by a row of an imported file"),
    ]
    # 139.12 stands; 5 - 22.20 - 139.12 - 139.12 - 139.10 = -434.54 was rejected, the rest is 0 together
    assert len(rejects.read_text(encoding="utf-8-sig").splitlines()) == 6
    before = changes(shop)
    again = load(shop, "sales", path, *RETAIL, "--skip-bad")
    assert again.counts == {"read": 12, "unchanged": 7, "rejected": 5}
    assert changes(shop) == before


def test_what_cancels_nothing_is_a_credit_note_where_that_is_allowed(shop: Desk) -> None:
    path = sheet(shop, HEADING, *ROWS)
    load(shop, "sales", path, *RETAIL, "--skip-bad")
    done = load(shop, "sales", path, *RETAIL, "--skip-bad", "--allow-negative")
    assert done.counts == {"read": 12, "inserted": 4, "unchanged": 7, "rejected": 1}
    assert stored(shop, "external_id", "amount_cents", "status", "balance_cents")[4:] == [
        ("C536372", -2220, "open", -2220), ("C536373", -13912, "open", -13912),
        ("C536374", -13912, "open", -13912), ("C536375", -13910, "open", -13910),
    ]  # fmt: skip
    before = changes(shop)
    for options in (("--allow-negative",), ()):
        again = load(shop, "sales", path, *RETAIL, "--skip-bad", *options)
        assert again.counts == {"read": 12, "unchanged": 11, "rejected": 1}
    assert changes(shop) == before


def test_cancellations_say_how_many_and_what_to_do_about_the_others(shop: Desk) -> None:
    result = shop("import", "sales", sheet(shop, HEADING, *ROWS), *RETAIL, "--skip-bad")
    assert result.err.splitlines()[:2] == [
        "imported: 12 read, 7 inserted, 0 updated, 0 unchanged, 5 rejected", "3 of them each cancelled a sale",
    ]  # fmt: skip
    assert result.err.splitlines()[-1] == "hint: --allow-negative takes it as a credit note"


def test_what_was_paid_goes_back_where_the_cancellation_is_paid_too(shop: Desk) -> None:
    path = sheet(shop, HEADING, *ROWS[1:2], *ROWS[4:5])
    load(shop, "sales", path, *RETAIL, "--set", "status=paid")
    assert stored(shop, "status", "paid_cents", "balance_cents") == [("cancelled", 0, 0)]
    assert paid(shop) == [(1, 2220, "2010-12-01"), (1, -2220, "2010-12-03")]
    assert load(shop, "sales", path, *RETAIL, "--set", "status=paid").counts == {"read": 2, "unchanged": 2}


def test_cancellations_without_a_key(shop: Desk) -> None:
    heading = "customer,product,date,quantity,amount"
    rows = ["G1,Oven,2026-11-01,1,50"] * 2 + ["G1,Tray,2026-11-02,1,50"] + ["G1,Oven,2026-11-03,-1,50"] * 3
    path = sheet(shop, heading, *rows)  # the third finds no oven, and a tray is none
    done = load(shop, "sales", path, "--skip-bad")
    assert done.counts == {"read": 6, "inserted": 5, "rejected": 1}
    assert stored(shop, "product", "cancelled_on") == [("Oven", "2026-11-03")] * 2 + [("Tray", None)]
    assert load(shop, "sales", path, "--skip-bad").counts == {"read": 6, "unchanged": 5, "rejected": 1}
    assert load(shop, "sales", path, "--allow-negative").counts == {"read": 6, "inserted": 1, "unchanged": 5}
    assert load(shop, "sales", path, "--allow-negative").counts == {"read": 6, "unchanged": 6}
    assert stored(shop, "product", "quantity", "amount_cents")[3:] == [("Oven", -1.0, -5000)]


def test_a_row_can_name_what_it_cancels(shop: Desk) -> None:
    heading = "order id,external_id,customer,product,date,amount,cancels"
    path = sheet(
        shop,
        heading,
        "O1,S1,G1,Oven,2026-11-01,50,",
        "O2,S2,G1,Oven,2026-11-02,50,",
        "O3,S3,G1,Oven,2026-11-02,50,",
        ",C1,G1,Oven,2026-11-03,-50,O1",
        ",C2,G1,Oven,2026-11-03,50,S3",  # above zero, and a cancellation all the same
        ",C3,G1,Oven,2026-11-03,-20,O2",
        ",C4,G1,Oven,2026-11-03,-50,O9",
        ",C5,G1,Oven,2026-11-03,-50,O1",
    )
    done = load(shop, "sales", path, "--skip-bad")
    assert stored(shop, "external_id", "cancel_id") == [("S1", "C1"), ("S2", None), ("S3", "C2")]
    assert done.reasons == [
        "sa2, a sale for 50.00 on 2026-11-02, isn't what this row cancels",
        "no sale answers to 'O9'",
        "sa1 was cancelled on 2026-11-03",
    ]
    assert load(shop, "sales", path, "--skip-bad").counts == {"read": 8, "unchanged": 5, "rejected": 3}


def test_the_same_key_below_zero_cancels_that_sale(shop: Desk) -> None:
    rows = ["S1,G1,Oven,2026-11-01,50", "S2,G1,Oven,2026-11-02,50", "S1,G1,Oven,2026-11-03,-50"]
    path = sheet(shop, "external_id,customer,product,date,amount", *rows)
    assert load(shop, "sales", path).counts == {"read": 3, "inserted": 3}
    assert stored(shop, "external_id", "status") == [("S1", "cancelled"), ("S2", "open")]
    assert load(shop, "sales", path).counts == {"read": 3, "unchanged": 3}


def test_a_cancelled_sale_takes_its_open_callbacks_with_it(shop: Desk) -> None:
    shop.ok("sale", "add", "R1", "Oven", "--amount", "50", "--plan")
    load(shop, "sales", sheet(shop, "customer,product,date,amount", "R1,Oven,2026-11-21,-50"))
    assert set(shop.sql("SELECT status, reason FROM callback")) == {
        ("cancelled", "cancelled by a row of an imported file")
    }


# --- callbacks of a sale that a file changes --------------------------------------------------------------------


def open_callbacks(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.sql("SELECT after_sale, due_on FROM callback WHERE status = 'open' ORDER BY id")


@pytest.fixture
@filled_once
def planned(shop: Desk) -> Desk:
    """Return the shop with an oven sold on Monday 2 November 2026, to come on the 10th, and its after-sale plan."""
    shop.ok("customer", "edit", "1", "--relationship", "accountable")
    shop.ok("sale", "add", "1", "Oven", "--amount", "100", "--on", "2026-11-02", "--delivery", "2026-11-10")
    # the usage callback: 2 + 7 = Monday the 9th
    assert open_callbacks(shop) == [("delivery", "2026-11-10"), ("usage", "2026-11-09")]
    return shop


def test_callbacks_of_a_sale_that_a_file_cancels_are_cancelled(planned: Desk) -> None:
    path = sheet(planned, "customer,product,amount,date,cancelled_on", "G1,Oven,100,2026-11-02,2026-11-05")
    assert load(planned, "sales", path).code == 2
    assert len(open_callbacks(planned)) == 2
    assert load(planned, "sales", path, "--update").counts == {"read": 1, "updated": 1}
    assert open_callbacks(planned) == []
    reason = "cancelled by a row of an imported file"
    assert planned.sql("SELECT status, reason FROM callback") == [("cancelled", reason), ("cancelled", reason)]


def test_callbacks_move_with_a_delivery_that_a_file_tells(planned: Desk) -> None:
    path = sheet(planned, "customer,product,amount,date,delivered_on", "G1,Oven,100,2026-11-02,2026-11-12")
    assert load(planned, "sales", path, "--update").counts == {"read": 1, "updated": 1}
    # the usage callback: 12 + 7 = Thursday the 19th
    assert open_callbacks(planned) == [("delivery", "2026-11-10"), ("usage", "2026-11-19")]


def test_a_sale_goes_to_another_customer_with_what_hangs_on_it(planned: Desk) -> None:
    planned.sql("UPDATE sale SET external_id = 'A7'")
    planned.ok("service", "add", "1", "repair", "--sale", "sa1")
    planned.ok("complaint", "open", "1", "the oven is cold", "--sale", "sa1")
    path = sheet(planned, "transaction id,customer,product,amount,date", "A7,13047,Oven,100,2026-11-02")
    assert load(planned, "sales", path).code == 2
    assert load(planned, "sales", path, "--update").counts == {"read": 1, "updated": 1}
    assert planned.sql("SELECT DISTINCT customer_id, sale_id FROM callback WHERE after_sale IS NOT NULL") == [(2, 1)]
    assert planned.sql("SELECT customer_id, sale_id FROM service") == [(2, 1)]
    # Whoever complained has complained.
    assert planned.sql("SELECT customer_id, sale_id FROM complaint") == [(1, None)]
