"""Imports and exports of notes, payments, losses, pledges, staff and settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Desk, filled_once

KINDS = ("settings", "staff", "customers", "notes", "sales", "payments", "pledges", "losses")


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with two customers and three sales."""
    desk.ok("customer", "add", "Golden Dragon", "--code", "K1", "--phone", "13800138000")
    desk.ok("customer", "add", "Rose", "--external-id", "X-2")
    for product, amount, bill, day in (
        ("Oven", "1200", "2026-1", "2026-11-01"), ("Tray", "96.40", "2026-1", "2026-11-02"), ("Fan", "50", "2026-2", "2026-11-03"),
    ):  # fmt: skip
        desk.ok("sale", "add", "1", product, "--amount", amount, "--bill", bill, "--on", day, "--no-plan")
    return desk


def load(desk: Desk, kind: str, text: str, *options: str) -> str:
    """Import a csv of a kind; return what was said last, or the first line of an error."""
    path = desk.folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    result = desk("import", kind, path, *options)
    lines = result.err.splitlines()
    return lines[-1] if result.code == 0 else lines[0]


def twice(desk: Desk, kind: str, text: str, rows: int) -> None:
    """Import a csv that is new, and once more, when it changes nothing."""
    assert load(desk, kind, text) == (f"imported: {rows} read, {rows} inserted, 0 updated, 0 unchanged, 0 rejected"), (
        desk("import", kind, desk.folder / f"{kind}.csv")
    )
    changes = desk.sql("SELECT count(*) FROM change")
    assert load(desk, kind, text) == f"imported: {rows} read, 0 inserted, 0 updated, {rows} unchanged, 0 rejected"
    assert desk.sql("SELECT count(*) FROM change") == changes


# --- notes -------------------------------------------------------------------------------------------------------


def test_notes_of_another_program(shop: Desk) -> None:
    text = (
        "客户名称,跟进内容,跟进时间,跟进人,提醒日期,置顶\n"
        "Golden Dragon,=要第二台烤箱,2026-11-20 15:30,王芳,2026-12-01,是\n"
        "Rose,again,2026-11-19,,,\n"
        "Rose,again,2026-11-19,,,\n"
    )
    twice(shop, "notes", text, 3)
    assert shop.sql("SELECT customer_id, text, noted_at, by, remind_on, pinned FROM note ORDER BY id") == [
        (1, "=要第二台烤箱", "2026-11-20T15:30:00Z", "王芳", "2026-12-01", 1),
        (2, "again", "2026-11-19T09:00:00Z", "alice", None, 0),
        (2, "again", "2026-11-19T09:00:00Z", "alice", None, 0),
    ]
    assert "the file says something else than nt1" in load(shop, "notes", text.replace("2026-12-01", "2026-12-02"))
    assert load(shop, "notes", text.replace("2026-12-01", "2026-12-02"), "--update") == (
        "imported: 3 read, 0 inserted, 1 updated, 2 unchanged, 0 rejected"
    )
    assert shop.sql("SELECT remind_on FROM note WHERE id = 1") == [("2026-12-02",)]


def test_notes_that_cant_be(shop: Desk) -> None:
    head = "customer,text,noted_at,settled_on\n"
    assert "line 2, column noted_at" in load(shop, "notes", head + "Rose,later,2026-11-22,\n")
    assert "line 2, column remind_on" in load(shop, "notes", head + "Rose,done,2026-11-20,2026-11-21\n")
    assert "line 2, column text" in load(shop, "notes", head + "Rose,,2026-11-20,\n")
    assert "line 2, column customer, value 'Nobody'" in load(shop, "notes", head + "Nobody,x,2026-11-20,\n")
    assert shop.sql("SELECT count(*) FROM note") == [(0,)]
    result = load(
        shop,
        "notes",
        head + "Nobody,x,2026-11-20,\nRose,y,2026-11-20,\n",
        "--skip-bad",
        "--rejects",
        f"{shop.folder}/bad.csv",
    )
    assert result.startswith("imported: 2 read, 1 inserted, 0 updated, 0 unchanged, 1 rejected")
    assert (shop.folder / "bad.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "customer,text,noted_at,settled_on,reason", "Nobody,x,2026-11-20,,no customer answers to 'Nobody'",
    ]  # fmt: skip


# --- payments ----------------------------------------------------------------------------------------------------


def test_payments_settle_a_bill_or_a_customer_the_oldest_first(shop: Desk) -> None:
    text = (
        "Invoice,Customer,Received,Date,Memo\n"
        "2026-1,,1250,2026-11-10,wire\n"  # 1200 for the oven, 50 of the tray
        ",Golden Dragon,90,2026-11-12,cash\n"  # 46.40 of the tray, 43.60 of the fan
    )
    twice(shop, "payments", text, 2)
    assert shop.sql("SELECT sale_id, amount_cents, paid_on, note, by FROM payment ORDER BY id") == [
        (1, 120000, "2026-11-10", "wire", "alice"), (2, 5000, "2026-11-10", "wire", "alice"),
        (2, 4640, "2026-11-12", "cash", "alice"), (3, 4360, "2026-11-12", "cash", "alice"),
    ]  # fmt: skip
    assert shop.sql("SELECT paid_cents, status FROM sale ORDER BY id") == [
        (120000, "paid"),
        (9640, "paid"),
        (4360, "open"),
    ]
    assert "line 2, column Received, value '7.00': 7.00 is more than is open on sa3: 6.40" in load(
        shop, "payments", "Invoice,Received,Date\n2026-2,7.00,2026-11-13\n"
    )


def test_a_payment_that_cant_be(shop: Desk) -> None:
    head = "bill,sale_id,customer,amount,paid_on\n"
    assert "column bill, value '77': no sale answers to '77'" in load(shop, "payments", head + "77,,,5,2026-11-13\n")
    # a bare number may be another program's
    assert "column sale_id, value '1': no sale answers to '1'" in load(shop, "payments", head + ",1,,5,2026-11-13\n")
    assert "column sale_id" in load(shop, "payments", head + ",1,Rose,5,2026-11-13\n")
    assert "column paid_on, value '2026-10-13'" in load(shop, "payments", head + "2026-2,,,5,2026-10-13\n")
    assert "column paid_on, value '2026-12-13'" in load(shop, "payments", head + "2026-2,,,5,2026-12-13\n")
    assert "column amount, value '0'" in load(shop, "payments", head + "2026-2,,,0,2026-11-13\n")
    assert "column customer" in load(shop, "payments", head + ",,,5,2026-11-13\n")
    assert shop.sql("SELECT count(*) FROM payment") == [(0,)]
    twice(shop, "payments", head + ",sa3,,5,2026-11-13\n,1,Golden Dragon,6,2026-11-13\n", 2)
    assert shop.sql("SELECT sale_id, amount_cents FROM payment ORDER BY id") == [(3, 500), (1, 600)]


def test_what_was_paid_back(shop: Desk) -> None:
    shop.sql("INSERT INTO payment (sale_id, amount_cents, paid_on) VALUES (3, 6000, '2026-11-20')")  # 10 too much
    assert "is to be paid back" in load(shop, "payments", "bill,amount,paid_on\n2026-2,-11,2026-11-20\n")
    twice(shop, "payments", "bill,amount,paid_on\n2026-2,-10,2026-11-20\n", 1)
    assert shop.sql("SELECT paid_cents FROM sale WHERE id = 3") == [(5000,)]


# --- losses, pledges, staff, settings ------------------------------------------------------------------------------


def test_losses_set_the_card_and_stop_the_cadence(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--relationship", "proactive")
    shop.ok("callback", "plan")
    assert shop.sql("SELECT origin, status FROM callback") == [("cadence", "open")]
    text = (
        "customer,date lost,type,reason,notes,won back on\n"
        "Golden Dragon,2026-11-10,competitor,price,cheaper,\nRose,2026-01-05,our-fault,,,2026-03-01\n"
    )
    assert load(shop, "losses", text) == (
        "imported: 2 read, 2 inserted, 0 updated, 0 unchanged, 0 rejected; 1 planned callback cancelled"
    )
    assert load(shop, "losses", text) == "imported: 2 read, 0 inserted, 0 updated, 2 unchanged, 0 rejected"
    assert shop.sql("SELECT name, status FROM customer ORDER BY id") == [("Golden Dragon", "lost"), ("Rose", "active")]
    assert shop.sql("SELECT status, reason FROM callback") == [("cancelled", "lost")]
    assert shop.sql("SELECT lost_on, kind, cause, text, by, won_back_on FROM loss ORDER BY id") == [
        ("2026-11-10", "competitor", "price", "cheaper", "alice", None),
        ("2026-01-05", "our-fault", None, None, "alice", "2026-03-01"),
    ]
    head = "customer,lost_on,kind,won_back_on\n"
    assert "column won_back_on" in load(shop, "losses", head + "Rose,2026-05-01,natural,2026-04-01\n")
    assert "column lost_on" in load(shop, "losses", head + "Rose,2027-05-01,natural,\n")
    assert "column kind, value 'bored'" in load(shop, "losses", head + "Rose,2026-05-01,bored,\n")


def test_pledges_and_staff_can_begin_a_file(desk: Desk) -> None:
    twice(desk, "pledges", "承诺内容,时限,赔偿,停用日期\n两天修好,2d,200,\nopen late,,,2026-01-31\n", 2)
    assert desk.sql("SELECT text, within, compensation_cents, retired_on, scope FROM pledge") == [
        ("两天修好", "2d", 20000, None, "attribute"), ("open late", None, None, "2026-01-31", "attribute"),
    ]  # fmt: skip
    assert "column within, value 'soon'" in load(desk, "pledges", "text,within\nx,soon\n")
    twice(desk, "staff", "姓名,级别,部门,电话\n王芳,1,客服,010-0057\nBob,,,\n", 2)
    assert desk.sql("SELECT name, level, department, phone FROM staff") == [
        ("王芳", 1, "客服", "010-0057"), ("Bob", 0, None, None),
    ]  # fmt: skip
    assert load(desk, "staff", "name,level\nbob,2\n", "--update") == (
        "imported: 1 read, 0 inserted, 1 updated, 0 unchanged, 0 rejected"
    )
    assert "column level, value '9'" in load(desk, "staff", "name,level\nEve,9\n")


def test_a_file_of_staff_that_contradicts_itself(desk: Desk) -> None:
    result = load(desk, "staff", "name,level\nEve,1\nEve,1\neve,2\n", "--update")
    assert result == "csm: line 4, column level, value '2': the file says something else than eve, which has '1'"
    assert not desk.path.exists()


def test_somebody_who_has_left_and_owns_work(shop: Desk) -> None:
    text = "name,retired_on\nalice,2026-11-20\n"
    assert "column retired_on, value '2026-11-20': alice still has work" in load(shop, "staff", text)


def test_settings_are_checked_by_name(shop: Desk) -> None:
    twice(shop, "settings", "设置项,值\ncadence.grade_b,21\nguarantee.terms,=ours\n", 2)
    assert shop.sql("SELECT key, value FROM setting WHERE key NOT LIKE 'file.%' ORDER BY id") == [
        ("cadence.grade_b", "21"), ("guarantee.terms", "=ours"),
    ]  # fmt: skip
    assert load(shop, "settings", "key,value\ncadence.grade_z,21\n") == (
        "csm: line 2, column key, value 'cadence.grade_z': there is no setting 'cadence.grade_z'"
    )
    assert "column value, value 'often'" in load(shop, "settings", "key,value\ncadence.grade_b,often\n")
    assert "the file says something else than cadence.grade_b, which has '21'" in load(
        shop, "settings", "key,value\ncadence.grade_b,22\n"
    )
    assert "which has '22'" in load(shop, "settings", "key,value\ncadence.grade_b,22\ncadence.grade_b,23\n", "--update")


def test_other_hours_move_what_is_due(shop: Desk) -> None:
    shop.ok("complaint", "open", "1", "late", "--severity", "general", "--level", "complaint")
    [(before,)] = shop.sql("SELECT due_at FROM complaint_deadline WHERE clock = 'proposal'")
    load(shop, "settings", "key,value\nwork.spans,24/7\n")
    [(after,)] = shop.sql("SELECT due_at FROM complaint_deadline WHERE clock = 'proposal'")
    assert after < before


# --- out and in again ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl"])
def test_what_was_exported_comes_back_to_the_cell(shop: Desk, form: str) -> None:
    shop.ok("config", "set", "guarantee.terms", "=ours, 'theirs'")
    shop.ok("config", "set", "file.currency", "EUR", "--force")
    shop.ok("staff", "add", "'王芳", "--level", "2")
    shop.ok("pledge", "add", "=two days", "--within", "2d")
    shop.ok("pledge", "retire", "1")
    shop.ok("customer", "note", "1", '=a "note"\nof two lines', "--remind", "+3d")
    shop.ok("customer", "lost", "2", "=gone", "--kind", "natural")
    shop.ok("sale", "pay", "2026-1", "1250", "--note", "=wire")
    shop.ok("sale", "pay", "sa3", "10")
    shop.ok("sale", "pay", "sa3", "5")

    def everything(desk: Desk) -> list[bytes]:
        paths = [desk.folder / f"{desk.path.stem}-{kind}.{form}" for kind in KINDS]
        for kind, path in zip(KINDS, paths, strict=True):
            desk.ok("export", kind, path, "--all")
        return [path.read_bytes() for path in paths]

    before = everything(shop)
    empty = Desk(shop.folder, name="empty.db")
    empty.user = "somebody else"
    for kind in KINDS:
        empty.ok("import", kind, shop.folder / f"shop-{kind}.{form}")
    assert everything(empty) == before
    for kind in KINDS:
        told = empty.json("import", kind, shop.folder / f"shop-{kind}.{form}")
        assert (kind, told["unchanged"]) == (kind, told["read"])


def test_what_a_usual_export_leaves_out_is_said(shop: Desk) -> None:
    shop.ok("staff", "add", "Bob")
    shop.ok("staff", "retire", "Bob")
    shop.ok("pledge", "add", "open late")
    shop.ok("pledge", "retire", "1")
    shop.ok("customer", "note", "2", "a note")
    shop.ok("service", "add", "2", "visit")
    shop.ok("survey", "add", "2", "--csat", "4")
    shop.ok("customer", "lost", "2", "--kind", "natural")
    shop.ok("customer", "contact", "add", "2", "Li", "--phone", "13900139000")
    shop.ok("callback", "log", "2", "hello")
    shop.ok("complaint", "open", "2", "late")
    shop.ok("complaint", "withdraw", "1", "--reason", "no")
    shop.ok("promise", "add", "2", "key", "--by", "+1d")
    shop.ok("promise", "keep", "1")
    shop.ok("sale", "pay", "sa3", "5")
    shop.ok("sale", "cancel", "sa3", "--reason", "no")
    shop.ok("customer", "archive", "2")
    for kind in (
        "staff", "pledges", "notes", "services", "surveys", "losses", "contacts", "callbacks", "complaints", "promises",
        "sales", "payments", "customers", "settings",
    ):  # fmt: skip
        result = shop("export", kind, "-", "-f", "jsonl")
        everything = shop("export", kind, "-", "-f", "jsonl", "--all")
        left_out = len(everything.out.splitlines()) - len(result.out.splitlines())
        assert left_out == 1, kind
        assert result.err.splitlines()[0] == "not written: 1 more row, closed or archived; --all writes it too", kind
        assert everything.err == "", kind


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_an_empty_export_imports_as_no_rows(desk: Desk, form: str) -> None:
    kinds = (*KINDS, "contacts", "services", "callbacks", "complaints", "promises", "surveys")
    desk.ok("config", "set", "file.currency", "CNY")
    for kind in kinds:
        path: Path = desk.folder / f"{kind}.{form}"
        desk.ok("export", kind, path)
        told = desk.json("import", kind, path)
        assert {name: told[name] for name in ("read", "inserted", "unchanged", "rejected")} == {
            "read": 0, "inserted": 0, "unchanged": 0, "rejected": 0,
        }, kind  # fmt: skip


def test_a_text_in_json_stays_what_it_is(desk: Desk) -> None:
    (desk.folder / "c.json").write_text('[{"name": "=1+1", "address": "\'=x", "tags": ["=a"], "field.k": "\'@z"}]')
    desk.ok("import", "customers", desk.folder / "c.json")
    (desk.folder / "n.jsonl").write_text('{"customer": "=1+1", "text": "\'=note"}\n')
    desk.ok("import", "notes", desk.folder / "n.jsonl")
    assert desk.sql(
        "SELECT name, address, tag, value, note.text FROM customer, customer_tag, customer_field, note"
    ) == [("=1+1", "'=x", "=a", "'@z", "'=note")]
