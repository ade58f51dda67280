"""The run over a file: columns, encodings, bad rows, all or nothing (the command-line contract, section 4)."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.desk import Desk, captured
from tests.services.files.importing import cards, load, sheet


def test_several_columns_fill_one_field_and_set_fills_all_rows(desk: Desk) -> None:
    path = sheet(desk, "customer_id,first_name,last_name,visits", "22086.0,Ann,Lee,3", "2290.0,,Ray,4")
    options = ("--map", "customer_id=code", "--map", "first_name=name", "--map", "last_name=name")
    done = desk("import", "customers", path, *options, "--set", "relationship=proactive", "--set", "地区=East")
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "columns not imported: visits\n"
        f"made a new csm file: {desk.path}\n"
        "imported: 2 read, 2 inserted, 0 updated, 0 unchanged, 0 rejected\n"
    )
    assert cards(desk, "code", "name", "relationship", "region") == [
        ("22086.0", "Ann Lee", "proactive", "East"), ("2290.0", "Ray", "proactive", "East"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--map", "Nome=name"), "the file has no column 'Nome'"),
        (("--map", "Name=nome"), "there is no field 'nome'"),
        (("--map", "Name"), "--map 'Name' has no key and value"),
        (("--set", "grade=Z"), "--grade can't be 'Z'"),
        (("--set", "balance=5"), "there is no field 'balance'"),
        (("--map", "Name="), "no column of {path} says what 'name' is"),
        (("--date-order", "dym"), "--date-order can't be 'dym'"),
        (("--input", "xls"), "format can't be 'xls'"),
        (("--encoding", "klingon"), "there is no encoding 'klingon'"),
    ],
)
def test_what_was_asked_for_wrongly_is_said_before_anything_is_read(
    desk: Desk, options: tuple[str, ...], sentence: str
) -> None:
    path = sheet(desk, "Name,City", "A,B")
    done = desk("import", "customers", path, *options)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[0] == "csm: " + sentence.format(path=path)
    assert not desk.path.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_found(desk: Desk, encoding: str, delimiter: str) -> None:
    lines = (
        delimiter.join(("客户名称", "电话", "地址")),
        delimiter.join(("王记百货", "010-5550 0001", '"东街1号\n二楼"')),
    )
    path = sheet(desk, *lines, encoding=encoding, newline="\r\n")
    assert load(desk, "customers", path).counts == {"read": 1, "inserted": 1}
    assert cards(desk, "name", "phone", "address") == [("王记百货", "010-5550 0001", "东街1号\n二楼")]


@pytest.mark.parametrize("name", ["in.json", "in.jsonl", "in.tsv", "in.txt"])
def test_forms_are_told_by_the_name(desk: Desk, name: str) -> None:
    texts = {
        "in.json": '[{"name": "A", "tags": ["x", "y"], "fields": {"VAT": "01"}, "revenue": 12.5}]',
        "in.jsonl": '{"name": "A", "tags": ["x", "y"], "fields": {"VAT": "01"}, "revenue": 12.5}',
        "in.tsv": "name\ttags\tfield.VAT\trevenue\nA\tx;y\t01\t12.5",
        "in.txt": "name,tags,field.VAT,revenue\nA,x;y,01,12.5",
    }
    assert load(desk, "customers", sheet(desk, texts[name], name=name)).counts == {"read": 1, "inserted": 1}
    assert desk.sql("SELECT name, revenue_cents, tag, value FROM customer, customer_tag, customer_field") == [
        ("A", 1250, "x", "01"), ("A", 1250, "y", "01"),
    ]  # fmt: skip


def test_standard_input_needs_no_name(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"name": "A"}\n')))
    assert load(desk, "customers", Path("-"), "--input", "jsonl").counts == {"read": 1, "inserted": 1}


def test_guards_against_formulas_are_taken_away(desk: Desk) -> None:
    load(desk, "customers", sheet(desk, "name,phone,code", "'=A1,'013800000001,'-7", "'tis,+86 138 0000 0002,O'Neil"))
    assert cards(desk, "name", "phone", "code") == [
        ("=A1", "013800000001", "-7"), ("'tis", "+86 138 0000 0002", "O'Neil"),
    ]  # fmt: skip


def test_a_dry_run_does_everything_and_keeps_nothing(desk: Desk) -> None:
    path = sheet(desk, "name", "A", "B")
    done = desk("import", "customers", path, "--dry-run")
    assert (done.code, done.err) == (
        0, "would import: 2 read, 2 inserted, 0 updated, 0 unchanged, 0 rejected\n",
    )  # fmt: skip
    assert not desk.path.exists()
    desk.ok("customer", "add", "A")
    assert load(desk, "customers", path, "--dry-run").counts == {"read": 2, "inserted": 1, "unchanged": 1}
    assert cards(desk, "name") == [("A",)]


def test_all_or_nothing_and_the_bad_rows_are_listed(desk: Desk) -> None:
    path = sheet(desk, "name,phone", "Good,", *(f"Bad {n},x{n}" for n in range(13)))
    done = desk("import", "customers", path)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        "csm: line 3, column phone, value 'x0': 'x0' can't be a phone number",
        *(f"  line {n + 3}, column phone, value 'x{n}': 'x{n}' can't be a phone number" for n in range(1, 11)),
        "hint: write it like 138 0013 8000, 010-8888 6666 or +86 138 0013 8000",
        "2 more rows can't be imported",
    ]
    assert not desk.path.exists()


def test_skipped_rows_are_written_out_mended_and_imported_again(desk: Desk) -> None:
    path = sheet(desk, "Shop,phone,zip", '"=Fish, Ltd",1.38E+10,0001', "Good,,2", ",13800000001,3", "Many,,1,too many")
    rejects = desk.folder / "rejects.csv"
    done = desk("import", "customers", path, "--map", "Shop=name", "--skip-bad", "--rejects", rejects)
    assert done.code == 6
    assert done.err.splitlines()[2:] == [
        "imported: 4 read, 1 inserted, 0 updated, 0 unchanged, 3 rejected",
        "  line 2, column phone, value '1.38E+10': '1.38E+10' was a phone number once; "
        "a spreadsheet has rounded it and its digits are gone",
        "  line 4, column Shop, value '': name can't be empty",
        "  line 5: the row has 4 cells, the heading 3",
    ]
    assert rejects.read_text(encoding="utf-8-sig").splitlines() == [
        "Shop,phone,zip,reason",
        "\"'=Fish, Ltd\",'1.38E+10,0001,'1.38E+10' was a phone number once; "
        "a spreadsheet has rounded it and its digits are gone",
        ",'13800000001,3,name can't be empty",
        'Many,,1,"the row has 4 cells, the heading 3",too many',
    ]
    mended = rejects.read_text(encoding="utf-8-sig").replace("'1.38E+10,", "13800138000,").splitlines()[:2]
    path = sheet(desk, *mended, name="mended.csv")
    again = desk("import", "customers", path, "--map", "Shop=name")
    assert (again.code, again.err.splitlines()[0]) == (0, "columns not imported: zip")
    assert cards(desk, "name", "phone") == [("Good", None), ("=Fish, Ltd", "13800138000")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad.json", '[\n{"name": "", "phone": "x", "reason": "name can\'t be empty"}\n]\n'),
        ("bad.jsonl", '{"name": "", "phone": "x", "reason": "name can\'t be empty"}\n'),
        ("bad.tsv", "\ufeffname\tphone\treason\r\n\tx\tname can't be empty\r\n"),
    ],
)
def test_rejected_rows_in_other_forms(desk: Desk, name: str, content: str) -> None:
    rejects = desk.folder / name
    done = load(desk, "customers", sheet(desk, "name,phone", ",x"), "--skip-bad", "--rejects", str(rejects))
    # the phone is no phone either, but a row is rejected once
    assert done.counts == {"read": 1, "rejected": 1}
    assert done.bad in ([(2, "name", "")], [(2, "phone", "x")])
    if done.bad == [(2, "name", "")]:
        assert rejects.read_bytes().decode() == content


def test_rejects_of_a_failed_import_are_written_too(desk: Desk) -> None:
    rejects = desk.folder / "bad.csv"
    assert load(desk, "customers", sheet(desk, "name", "A"), "--rejects", str(rejects)).code == 0
    assert rejects.read_bytes().decode() == "\ufeffname,reason\r\n"
    assert load(desk, "customers", sheet(desk, "name,grade", "B,Z"), "--rejects", str(rejects)).code == 2
    assert rejects.read_bytes().decode().splitlines()[1].startswith("B,Z,grade can't be 'Z'")


def test_an_interrupt_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ok("customer", "add", "A")
    # the only outside thing that can interrupt in the middle of a run is the reader of the file
    read, write = "name\n" + "\n".join(f"N{n}" for n in range(20_000)), desk.folder / "long.csv"
    write.write_text(read)
    taken = 0

    class Interrupting(io.BufferedReader):
        def read1(self, size: int = -1, /) -> bytes:
            nonlocal taken
            taken += 1
            if taken > 12:
                raise KeyboardInterrupt
            return super().read1(size)

    opened = open

    def opening(path: str, *mode: str, **more: object) -> object:
        return Interrupting(io.FileIO(path)) if str(path) == str(write) else opened(path, *mode, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", opening)
    rejects = desk.folder / "bad.csv"
    done = desk("import", "customers", write, "--rejects", rejects)
    monkeypatch.undo()
    assert (taken, done.code) == (13, 130)
    assert cards(desk, "name") == [("A",)]
    assert sorted(path.name for path in desk.folder.iterdir()) == ["long.csv", "shop.db"]


def test_a_missing_or_empty_file_is_said(desk: Desk) -> None:
    missing = desk("import", "customers", desk.folder / "none.csv")
    assert (missing.code, missing.err) == (
        5, f"csm: {desk.folder / 'none.csv'} can't be used: No such file or directory\n",
    )  # fmt: skip
    empty = desk.folder / "empty.csv"
    empty.write_bytes(b"")
    assert desk("import", "customers", empty).code == 2
    heading = sheet(desk, "name", name="heading.csv")
    assert load(desk, "customers", heading).counts == {}


def test_contacts_need_a_file_with_customers(desk: Desk) -> None:
    done = captured(["--db", str(desk.path), "import", "contacts", str(sheet(desk, "customer,name", "A,B"))])
    assert (done.code, done.err.splitlines()[0]) == (5, f"csm: there is no csm file yet: {desk.path}")


def test_the_result_is_said_in_chinese(desk: Desk) -> None:
    done = desk("import", "customers", sheet(desk, "姓名", "王"), lang="zh")
    assert done.err.splitlines()[-1] == "已导入：读入 1 行，新增 1，更新 0，未变 0，拒绝 0"


GOOGLE = (
    "First Name,Middle Name,Last Name,Organization Name,Organization Title,Birthday,Notes,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Value"
)


def test_an_address_book_of_google_makes_customers_with_contacts(desk: Desk) -> None:
    path = sheet(
        desk,
        GOOGLE,
        "Na,,Li,Golden Dragon,buyer,1985-03-12,likes tea,* myContacts ::: VIP,Work,li@gd.cn,na@x.cn,Mobile,13800000001,010-55500001",
        "Ming,,Wang,Golden Dragon,chef,,,* myContacts,Work,wang@gd.cn,,Mobile,13800000002,",
        "小明,,单,,,,,* myContacts,Home,,,Mobile,13800000003,",
        ",,,,,,,* myContacts,Home,shop@y.cn,,,,",
    )
    assert load(desk, "customers", path).counts == {"read": 4, "inserted": 4}
    assert cards(desk, "name", "kind", "phone", "email") == [
        ("Golden Dragon", "company", "13800000001", "li@gd.cn"),
        ("单小明", "person", "13800000003", None),
        ("shop@y.cn", "person", None, "shop@y.cn"),
    ]
    assert desk.sql("SELECT customer_id, name, role, email, birthday, phone FROM contact_list ORDER BY id") == [
        (1, "Na Li", "buyer", "li@gd.cn", "1985-03-12", "13800000001;010-55500001"),
        (1, "Ming Wang", "chef", "wang@gd.cn", None, "13800000002"),
        (2, "单小明", None, None, None, "13800000003"),
        (3, "shop@y.cn", None, "shop@y.cn", None, None),
    ]
    assert desk.sql("SELECT text FROM note") == [("likes tea\nna@x.cn",)]
    assert desk.sql("SELECT customer_id, tag FROM customer_tag") == [(1, "VIP")]
    assert load(desk, "customers", path, "--update").counts == {"read": 4, "unchanged": 4}


def test_an_address_book_of_outlook(desk: Desk) -> None:
    path = sheet(
        desk,
        "First Name,Last Name,Company,Job Title,Business Phone,Mobile Phone,E-mail Address,Categories,Birthday",
        "Ann,Lee,Harbour Ltd,buyer,010-5550 0001,138 0000 0001,ann@h.com,Key;North,0/0/00",
    )
    assert load(desk, "customers", path).counts == {"read": 1, "inserted": 1}
    assert cards(desk, "name", "kind", "phone", "email") == [("Harbour Ltd", "company", "138 0000 0001", "ann@h.com")]
    assert desk.sql("SELECT name, role, phone FROM contact_list") == [
        ("Ann Lee", "buyer", "138 0000 0001;010-5550 0001")
    ]
    assert load(desk, "contacts", path).counts == {"read": 1, "unchanged": 1}
