"""Exports: everything in a file, and the same again after an import into an empty one."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.desk import Desk, filled_once

KINDS = ("customers", "contacts", "callbacks")


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk where every kind of thing that a file can spoil is somewhere."""
    desk.ok(
        *(
            "customer",
            "add",
            "=SUM(A1)",
            "--code",
            "007",
            "--phone",
            "+86 138 0013 8000",
            "--tag",
            "vip",
            "--tag",
            "大客户",
        ),
        *(
            "--field",
            "VAT=0012",
            "--field",
            "颜色=红",
            "--region",
            "东区",
            "--revenue",
            "1200.50",
            "--external-id",
            "-5",
        ),
    )
    desk.ok("customer", "add", "单雄信", "--kind", "person", "--phone", "013900139000", "--relationship", "proactive")
    desk.ok("customer", "add", 'Line\nbreak, "quoted"; 50%', "--address", "Road 1\r\nCity", "--do-not-contact", "yes")
    desk.ok("customer", "add", "Old Shop", "--owner", "bob", "--contract-end", "2027-01-31")
    desk.ok("customer", "add", "Old Shop", "--force")
    desk.ok(
        *(
            "customer",
            "contact",
            "add",
            "1",
            "李娜",
            "--role",
            "buyer",
            "--phone",
            "13911112222",
            "--phone",
            "010 1234 5678",
        ),
        *("--birthday", "03-12", "--hobbies", "=golf", "--sign-off", "cashier"),
    )
    desk.ok("callback", "add", "1", "--on", "2026-01-31", "--every", "1m", "--note", "ask 价格", "--contact", "李娜")
    desk.now = "2026-02-01 11:00"
    desk.ok("callback", "done", "cb1", '说了, "好"', "-s", "5", "--cost", "12.30")
    desk.ok("callback", "add", "2", "--on", "2026-02-01", "--note", "=plan")
    desk.ok("callback", "done", "cb3", "nobody", "--no-answer")
    desk.ok("callback", "add", "4", "--on", "2026-12-01")
    for purpose in ("thanks", "news"):
        desk.ok("callback", "add", "2", "--on", "2026-02-01", "--purpose", purpose)
    desk.ok("callback", "skip", "cb5", "--reason", "closed")
    desk.now = "2026-11-21 09:00"
    desk.ok("callback", "done", "2", "both", "-s", "3")
    desk.ok("customer", "archive", "4")
    return desk


def everything(desk: Desk, form: str) -> list[bytes]:
    """Return the exports of all kinds."""
    contents = []
    for kind in KINDS:
        path = desk.folder / f"{desk.path.stem}-{kind}.{form}"
        personal = ["--personal"] if kind == "contacts" else []
        desk.ok("export", kind, path, "--all", *personal)
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
    columns = "id, customer_id, contact_id, due_on, planned_on, series_on, every, planned_note, done_at, done_by, tries, origin, note"
    query = f"SELECT {columns} FROM callback ORDER BY id"
    assert empty.sql(query) == shop.sql(query)
    for desk in (empty, shop):  # and imported once more, into either, it changes nothing
        changes = desk.sql("SELECT count(*) FROM change")
        for kind in KINDS:
            path = shop.folder / f"shop-{kind}.{form}"
            told = desk.json("import", kind, path, "--update")
            assert (told["read"], told["unchanged"]) == (told["unchanged"], told["read"]), told
        assert desk.sql("SELECT count(*) FROM change") == changes


def test_a_file_for_a_spreadsheet(shop: Desk) -> None:
    [customers, contacts, _] = everything(shop, "csv")
    assert customers.startswith(b"\xef\xbb\xbfid,code,name,kind,")
    assert b"\r\n" in customers and customers.endswith(b",,\r\n")
    row = next(csv.DictReader(io.StringIO(customers.decode("utf-8-sig"), newline="")))
    assert {name: row[name] for name in ("code", "name", "phone", "tags", "revenue", "external_id", "field.VAT")} == {
        "code": "'007", "name": "'=SUM(A1)", "phone": "'+86 138 0013 8000", "tags": "vip;大客户", "revenue": "1200.50",
        "external_id": "'-5", "field.VAT": "0012",
    }  # fmt: skip
    assert "hobbies" in contacts.decode("utf-8-sig").splitlines()[0]


def test_standard_output_has_no_mark_and_plain_line_ends(shop: Desk) -> None:
    out = shop.ok("export", "customers", "-", "--columns", "id,name,field.VAT", "--raw", "--region", "东区")
    assert out == "id,name,field.VAT\n1,=SUM(A1),0012\n"
    assert shop.ok("export", "customers", "-", "--columns", "name", "-f", "json", "--code", "007") == (
        '[\n{"name": "=SUM(A1)"}\n]\n'
    )


def test_the_personal_side_only_on_request(shop: Desk) -> None:
    assert shop.ok("export", "contacts", "-", "--role", "buyer").splitlines() == [
        "id,customer_id,customer,name,nickname,role,phone,email,wechat,birthday,sign_off,remarks,left_on,moved_to,lunar_birthday",
        "2,1,'=SUM(A1),李娜,,buyer,13911112222;010 1234 5678,,,'--03-12,cashier,,,,",
    ]
    assert "golf" not in shop.ok("export", "contacts", "-")
    assert "golf" in shop.ok("export", "contacts", "-", "--personal")


def test_filters_order_and_number_as_in_lists(shop: Desk) -> None:
    def ids(kind: str, *options: str) -> list[int]:
        return [row["id"] for row in json.loads(shop.ok("export", kind, "-", "-f", "json", *options))]

    assert ids("customers") == [1, 2, 3, 5]
    assert ids("customers", "--all", "--sort", "-id", "--limit", "2") == [5, 4]
    assert ids("customers", "--archived") == [4]
    assert ids("customers", "--tag", "vip", "--field", "VAT=0012", "--text", "sum") == [1]
    assert ids("customers", "--all", "--owner", "bob") == [4]
    assert ids("contacts", "--phone", "+86 139 1111 2222", "--customer", "007") == [2]
    assert ids("callbacks", "--customer", "1") == [7]
    assert ids("callbacks", "--status", "skipped") == [5]
    assert ids("callbacks", "--status", "done", "--satisfaction", "5") == [1]


def test_an_encoding_that_lacks_a_character_writes_nothing(shop: Desk) -> None:
    path = shop.folder / "out.csv"
    path.write_text("as it was")
    result = shop("export", "customers", path, "--encoding", "latin-1")
    assert (result.code, result.err.splitlines()[0]) == (
        5, f"csm: {path} can't be written as latin-1, which has no '颜'",
    )  # fmt: skip
    assert path.read_text() == "as it was"
    assert shop.message("export", "customers", path, "--encoding", "gb18030") == f"wrote 4 rows to {path}"
    assert "单雄信" in path.read_bytes().decode("gb18030")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("out.csv", "-f", "md"), "csm: --format can't be 'md'"),
        (("out.csv", "-o", "other.csv"), "csm: FILE and --output can't be used together"),
        (("out.csv", "--columns", "nome"), "csm: there is no column 'nome'"),
    ],
)
def test_what_an_export_cannot_do(shop: Desk, options: tuple[str, ...], words: str) -> None:
    result = shop("export", "customers", *options)
    assert (result.code, result.err.splitlines()[0]) == (2, words)


# --- complaints and promises ------------------------------------------------------------------------------------


@pytest.fixture
@filled_once
def cases(desk: Desk) -> Desk:
    """Return a desk with a complaint that is open, one that is settled and closed, and promises."""
    desk.ok("customer", "add", "Golden Dragon", "--code", "G1")
    desk.ok("customer", "add", "Old Mill", "--owner", "bob")
    desk.ok("complaint", "open", "G1", "=late", "--problem", "late-delivery", "--claim", "99.90")
    desk.ok("complaint", "open", "2", "rude", "--severity", "serious", "--details", "line\n二")
    desk.ok("complaint", "withdraw", "2", "--reason", "no matter")
    desk.ok("promise", "add", "cp1", "call back", "--by", "2026-11-23")
    desk.ok("promise", "add", "2", "bring samples", "--by", "2026-11-24", "--to", "bob")
    desk.ok("promise", "keep", "2")
    return desk


def exported_ids(desk: Desk, kind: str, *options: str) -> list[int]:
    return [row["id"] for row in json.loads(desk.ok("export", kind, "-", "-f", "json", *options))]


def test_complaints_and_promises_filter_as_their_lists(cases: Desk) -> None:
    assert exported_ids(cases, "complaints") == [1]
    assert exported_ids(cases, "complaints", "--all", "--sort", "-id") == [2, 1]
    assert exported_ids(cases, "complaints", "--status", "withdrawn", "--severity", "serious") == [2]
    assert exported_ids(cases, "complaints", "--all", "--owner", "bob") == [2]
    assert exported_ids(cases, "complaints", "--customer", "G1", "--escalation-level", "0") == [1]
    assert exported_ids(cases, "complaints", "--problem", "goods-damaged") == []
    assert exported_ids(cases, "promises") == [1]
    assert exported_ids(cases, "promises", "--all", "--in-charge", "bob") == [2]
    assert exported_ids(cases, "promises", "--status", "kept") == [2]


def test_a_case_is_one_row_of_a_spreadsheet(cases: Desk) -> None:
    row = next(csv.DictReader(io.StringIO(cases.ok("export", "complaints", "-"), newline="")))
    assert {name: row[name] for name in ("summary", "claim", "received_at", "next_clock", "live")} == {
        "summary": "'=late", "claim": "99.90", "received_at": "2026-11-21T09:00:00+00:00",
        "next_clock": "first-response", "live": "no",
    }  # fmt: skip
    assert not {"events", "preventions", "overdue"} & set(row)
    result = cases("export", "complaints", "-", "--columns", "id,events")
    assert (result.code, result.err.splitlines()[0]) == (2, "csm: there is no column 'events'")


def test_in_json_a_case_has_all_that_happened_to_it(cases: Desk) -> None:
    [first, second] = json.loads(cases.ok("export", "complaints", "-", "--all", "-f", "json"))
    assert [event["step"] for event in first["events"]] == ["record", "promise"]
    withdrawn = second["events"][1]
    assert list(withdrawn) == ["at", "by", "step", "text", "level", "data"]
    assert [withdrawn[key] for key in ("at", "by", "step", "text", "level")] == [
        "2026-11-21T09:00:00+00:00", "alice", "withdraw", "no matter", 0,
    ]  # fmt: skip
    assert (first["preventions"], first["summary"]) == ([], "=late")
    assert cases.ok("export", "complaints", "-", "--columns", "id,preventions", "-f", "jsonl") == (
        '{"id": 1, "preventions": []}\n'
    )
