"""Files of other programs: every column is kept, mapped away or named, and a wrong kind of file is said plainly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk
from tests.services.files.importing import cards, load, sheet

CONTACTS = "SELECT customer_id, name, nickname, role, phone, email, wechat FROM contact_list ORDER BY id"


def result(desk: Desk, path: Path, *options: str) -> tuple[list[str], dict[str, Any]]:
    """Import customers; return the words before the summary, and the json."""
    done = desk("import", "customers", path, *options, "-f", "json")
    assert done.code == 0, done
    words = [line for line in done.err.splitlines() if not line.startswith(("made a new", "imported: "))]
    return words, json.loads(done.out)


def people(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.sql(CONTACTS)


# --- two columns for one field --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "contact"),
    [
        (("Name,Phone,Mobile", "Ann Lee,5550107,5550188"), "Ann Lee"),
        (("客户名称,电话,手机", "金龙店,5550107,5550188"), "金龙店"),
        (("客戶名稱,電話,行動電話", "金龍店,5550107,5550188"), "金龍店"),
        (("客户名称,电话,手机,联系人", "金龙店,5550107,5550188,李娜"), "李娜"),
        (("客户名称,电话", "金龙店,5550107/5550188"), "金龙店"),
        (("客户名称,电话,联系人", "金龙店,5550107、5550188,李娜"), "李娜"),
    ],
)
def test_a_second_phone_is_one_of_the_contact(desk: Desk, lines: tuple[str, str], contact: str) -> None:
    path = sheet(desk, *lines)
    words, counts = result(desk, path)
    assert (words, counts["inserted"], counts["unused"]) == ([], 1, [])
    assert cards(desk, "name", "phone") == [(lines[1].partition(",")[0], "5550107")]
    assert people(desk) == [(1, contact, None, None, "5550188", None, None)]
    assert load(desk, "customers", path, "--update").counts == {"read": 1, "unchanged": 1}


def test_a_private_customer_is_the_contact_with_all_phones_and_emails(desk: Desk) -> None:
    path = sheet(desk, "Name,Kind,Phone,Mobile,Email,Email 2", "Ann Lee,person,5550107,5550188,a@x.example,b@x.example")
    assert load(desk, "customers", path).counts == {"read": 1, "inserted": 1}
    assert people(desk) == [(1, "Ann Lee", None, None, "5550107;5550188", "b@x.example", None)]
    assert load(desk, "customers", path).counts == {"read": 1, "unchanged": 1}


def test_a_word_beside_a_phone_is_kept(desk: Desk) -> None:
    path = sheet(desk, "客户名称,电话", "甲店,13900000017（微信同号）", "乙店,13900000018（王经理）")
    assert load(desk, "customers", path).counts == {"read": 2, "inserted": 2}
    assert cards(desk, "name", "phone") == [("甲店", "13900000017"), ("乙店", "13900000018")]
    assert people(desk) == [(1, "甲店", None, None, "13900000017", None, "13900000017")]
    assert desk.sql("SELECT customer_id, text FROM note") == [(2, "13900000018（王经理）")]
    assert load(desk, "customers", path).counts == {"read": 2, "unchanged": 2}


def test_a_phone_that_pauses_or_waits_has_an_extension(desk: Desk) -> None:
    path = sheet(desk, "name,phone", 'Ann,"010-5550 0107,,203"', "Bob,010-5550 0108;204", "Cy,010-5550 0108p205")
    assert load(desk, "customers", path).counts == {"read": 3, "inserted": 3}
    assert cards(desk, "phone", "phone_digits") == [
        ("010-5550 0107,,203", "01055500107#203"), ("010-5550 0108;204", "01055500108#204"),
        ("010-5550 0108p205", "01055500108#205"),
    ]  # fmt: skip


def test_short_numbers_of_a_contact_come_back_as_numbers(desk: Desk) -> None:
    desk.ok("customer", "add", "Old Mill")
    desk.ok("customer", "contact", "add", "1", "Ann", "--phone", "010-5550 0107", "--phone", "8203")
    desk.ok("export", "contacts", desk.folder / "people.csv")
    desk.ok("customer", "contact", "remove", "1")
    desk.ok("import", "contacts", desk.folder / "people.csv")
    assert desk.sql("SELECT number FROM contact_phone ORDER BY id") == [("010-5550 0107",), ("8203",)]


def test_a_town_beside_the_region_goes_to_the_address(desk: Desk) -> None:
    words, _ = result(desk, sheet(desk, "客户名称,地区,城市", "金龙店,华东,苏州"))
    assert (words, cards(desk, "region", "address")) == ([], [("华东", "苏州")])


def test_what_finds_no_place_is_named(desk: Desk) -> None:
    path = sheet(desk, "Name,Email,Phone,Name,Email,Fax", "Ann Lee,a@x.example,5550107,Ann L.,b@x.example,1")
    words, counts = result(desk, path)
    assert words == [
        "columns not imported: Fax",
        "columns not imported where another one fills the same field: Name",
    ]
    assert counts["unused"] == ["Fax", "Name"]
    assert cards(desk, "name", "email") == [("Ann Lee", "a@x.example")]
    assert [row[5] for row in people(desk)] == ["b@x.example"]


def test_a_field_of_one_kind_only_is_named_in_every_kind_of_file(desk: Desk) -> None:
    desk.ok("customer", "add", "Old Mill")
    path = sheet(desk, "customer,日期,产品,品名,amount", "Old Mill,2026-11-02,oven,grill,100")
    done = desk("import", "sales", path, "-f", "json")
    assert json.loads(done.out)["unused"] == ["品名"]


# --- tables of persons ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "row", "unused"),
    [
        ("First Name,Last Name,Email,Phone Number,Job Title,Company name,City", "{},Town", []),
        (
            "First Name,Last Name,Email Address,Mobile,Job Title,Company Name,City,Record ID",
            "{},Town,77",
            ["Record ID"],
        ),
        ("First Name,Last Name,E-mail Address,Business Phone,Job Title,Company,City", "{},Town", []),
        ("名,姓,邮箱,移动电话,职务,公司,城市", "{},Town", []),
    ],
)
def test_a_table_of_persons_is_read_by_its_own_headings(desk: Desk, heading: str, row: str, unused: list[str]) -> None:
    path = sheet(desk, heading, row.format("Ann,Lee,a@x.example,139 0000 0017,Buyer,Mill Ltd"))
    words, counts = result(desk, path)
    assert (words, counts["unused"]) == (["columns not imported: " + ", ".join(unused)] if unused else [], unused)
    assert cards(desk, "name", "kind", "phone", "email", "region") == [
        ("Mill Ltd", "company", "139 0000 0017", "a@x.example", "Town")
    ]
    assert people(desk) == [(1, "Ann Lee", None, "Buyer", "139 0000 0017", "a@x.example", None)]
    assert load(desk, "customers", path, "--update").counts == {"read": 1, "unchanged": 1}


def test_the_name_beside_a_company_is_its_contact(desk: Desk) -> None:
    path = sheet(
        desk,
        "Name,Company,Email,City",
        "Ann Lee,Mill Ltd,a@x.example,Town",
        "Bob Ray,Mill Ltd,b@x.example,",
        "Cy Orr,,c@x.example,",
        "Di Poe,Mill Ltd,d@x.example,Elsewhere",
    )
    done = load(desk, "customers", path, "--skip-bad")
    assert (done.counts, done.bad) == ({"read": 4, "inserted": 3, "rejected": 1}, [(5, "City", "Elsewhere")])
    assert done.reasons == ["the file says something else on line 2, which has 'Town' for the same record"]
    assert cards(desk, "name", "kind", "email") == [
        ("Mill Ltd", "company", "a@x.example"), ("Cy Orr", "person", "c@x.example"),
    ]  # fmt: skip
    assert [row[:2] for row in people(desk)] == [(1, "Ann Lee"), (1, "Bob Ray"), (2, "Cy Orr")]


def test_a_person_with_a_key_of_their_own_is_a_customer(desk: Desk) -> None:
    path = sheet(desk, "customer_id,first_name,last_name,email", "22086.0,Ann,Lee,a@x.example", "7,Bob,Ray,b@x.example")
    assert load(desk, "customers", path).counts == {"read": 2, "inserted": 2}
    assert cards(desk, "external_id", "name", "kind", "email") == [
        ("22086.0", "Ann Lee", "person", "a@x.example"), ("7", "Bob Ray", "person", "b@x.example"),
    ]  # fmt: skip


GOOGLE = (
    "First Name,Middle Name,Last Name,Organization Name,Nickname,Photo,Labels,Phone 1 - Label,Phone 1 - Value,"
    "E-mail 1 - Value,Website 1 - Value,Event 1 - Label,Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value,"
    "Address 1 - Formatted,Address 2 - Label,Address 2 - Formatted"
)
ANN = (
    "Ann,,Lee,Mill Ltd,Nan,,* myContacts,Mobile,139 0000 0017,a@x.example,https://x.example,Since,2020-01-31,"
    "Member no,M-17,1 Lane,Home,9 Home Road"
)


def test_an_address_book_loses_nothing_without_a_word(desk: Desk) -> None:
    path = sheet(desk, GOOGLE, ANN)
    words, counts = result(desk, path)
    # the empty Photo is no loss; what kind of phone it is has no place
    assert (words, counts["unused"]) == (["columns not imported: Phone 1 - Label"], ["Phone 1 - Label"])
    assert cards(desk, "name", "phone", "address") == [("Mill Ltd", "139 0000 0017", "1 Lane")]
    assert people(desk) == [(1, "Ann Lee", "Nan", None, "139 0000 0017", "a@x.example", None)]
    assert desk.sql("SELECT text FROM note") == [
        ("Since: 2020-01-31\nMember no: M-17\nWebsite: https://x.example\nHome: 9 Home Road",)
    ]
    assert load(desk, "customers", path, "--update").counts == {"read": 1, "unchanged": 1}


def test_a_column_mapped_in_an_address_book_changes_itself_alone(desk: Desk) -> None:
    words, _ = result(
        desk, sheet(desk, GOOGLE, ANN), "--map", "Nickname=short_name", "--map", "Website 1 - Value=field.web"
    )
    assert words == ["columns not imported: Phone 1 - Label"]
    assert cards(desk, "name", "short_name", "phone") == [("Mill Ltd", "Nan", "139 0000 0017")]
    assert people(desk) == [(1, "Ann Lee", None, None, "139 0000 0017", "a@x.example", None)]
    assert desk.sql("SELECT key, value FROM customer_field") == [("web", "https://x.example")]
    assert desk.sql("SELECT text FROM note") == [("Since: 2020-01-31\nMember no: M-17\nHome: 9 Home Road",)]


def test_what_the_other_columns_of_an_address_book_have_no_room_for_is_named(desk: Desk) -> None:
    heading = "First Name,Last Name,联系人,Phone 1 - Value,Event 1 - Label,Event 1 - Value"
    words, _ = result(desk, sheet(desk, heading, "Ann,Lee,Bob,5550107,Since,"))
    assert words == ["columns not imported where another one fills the same field: Event 1 - Label, 联系人"]
    assert people(desk) == [(1, "Ann Lee", None, None, "5550107", None, None)]


def test_a_name_by_hand_lets_the_organisation_be_named(desk: Desk) -> None:
    words, _ = result(desk, sheet(desk, GOOGLE, ANN), "--map", "Nickname=name")
    assert words == [
        "columns not imported: Phone 1 - Label",
        "columns not imported where another one fills the same field: Organization Name",
    ]
    assert cards(desk, "name") == [("Nan",)]


def test_a_bad_cell_of_an_address_book_is_named_by_its_own_column(desk: Desk) -> None:
    heading = "First Name,Last Name,Phone 1 - Value,Phone 2 - Value"
    done = load(desk, "customers", sheet(desk, heading, "Ann,Lee,139 0000 0017,nonsense"))
    assert (done.code, done.bad) == (2, [(2, "Phone 2 - Value", "nonsense")])
    done = load(desk, "customers", sheet(desk, heading, "Ann,Lee,139 0000 0017,,more"))
    assert done.reasons == ["the row has 5 cells, the heading 4"]


def test_a_rejected_row_of_an_address_book_is_written_as_it_stands(desk: Desk) -> None:
    path = sheet(desk, "First Name,Last Name,Phone 1 - Value", "Ann,Lee,nonsense", "Bob,Ray,5550107")
    load(desk, "customers", path, "--skip-bad", "--rejects", str(desk.folder / "bad.csv"))
    assert (desk.folder / "bad.csv").read_text("utf-8-sig").splitlines() == [
        "First Name,Last Name,Phone 1 - Value,reason",
        "Ann,Lee,nonsense,'nonsense' can't be a phone number",
    ]


def test_the_column_with_the_bad_cell_is_named_where_two_fill_a_field(desk: Desk) -> None:
    done = load(desk, "customers", sheet(desk, "name,phone,mobile", "A,5550107,nonsense"))
    assert (done.code, done.bad) == (2, [(2, "mobile", "nonsense")])


def test_people_of_one_name_and_two_emails_are_two(desk: Desk) -> None:
    for lines in (
        ("Name,Email", "Sam Roe,a@x.example", "Sam Roe,b@x.example"),
        ("First Name,Last Name,E-mail 1 - Value", "Kim,Roe,a@x.example", "Kim,Roe,b@x.example"),
    ):
        path = sheet(desk, *lines)
        done = desk("import", "customers", path, "-f", "json")
        assert json.loads(done.out)["doubles"] == [{"line": 3, "with": 2}]
        assert done.err.splitlines()[-2:] == [
            "imported: 2 read, 2 inserted, 0 updated, 0 unchanged, 0 rejected; 1 possible double",
            "  line 3 looks like line 2",
        ]
        assert load(desk, "customers", path, "--update").counts == {"read": 2, "unchanged": 2}
    assert len(cards(desk, "id")) == 4


def test_two_people_of_one_name_at_one_organisation(desk: Desk) -> None:
    heading = "First Name,Last Name,Organization Name,E-mail 1 - Value"
    path = sheet(desk, heading, "Sam,Roe,Mill Ltd,a@x.example", "Sam,Roe,Mill Ltd,b@x.example")
    assert load(desk, "customers", path).counts == {"read": 2, "inserted": 2}
    assert [(row[0], row[5]) for row in people(desk)] == [(1, "a@x.example"), (1, "b@x.example")]
    assert load(desk, "customers", path, "--update").counts == {"read": 2, "unchanged": 2}


def test_a_possible_double_of_a_card_is_named_by_its_reference(desk: Desk) -> None:
    desk.ok("customer", "add", "Old Mill", "--phone", "5550107")
    _, counts = result(desk, sheet(desk, "name,phone", "Old Mill,5550188"))
    assert (counts["possible_doubles"], counts["doubles"]) == (1, [{"line": 2, "with": "cu1"}])


def test_a_row_that_looks_like_another_of_the_file_says_its_line(desk: Desk) -> None:
    done = load(desk, "customers", sheet(desk, "name,phone", "Old Mill,5550107", "New Mill,5550107"))
    assert done.reasons == ["'New Mill' looks like a customer that is here already: line 2  Old Mill  5550107"]


# --- a file that contradicts itself ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "heading", "first", "second"),
    [
        ("customers", "code,name,region", "K1,Old Mill,East", "K1,Old Mill,West"),
        ("callbacks", "customer,external_id,due_on,note", "Old Mill,c1,2026-12-01,one", "Old Mill,c1,2026-12-01,two"),
        ("sales", "customer,external_id,sold_on,product,amount", "Old Mill,s1,2026-11-02,oven,5", "Old Mill,s1,2026-11-02,oven,6"),
        ("services", "customer,external_id,done_on,kind,note", "Old Mill,v1,2026-11-02,repair,one", "Old Mill,v1,2026-11-02,repair,two"),
        ("surveys", "customer,external_id,taken_on,nps", "Old Mill,u1,2026-11-02,5", "Old Mill,u1,2026-11-02,6"),
        ("complaints", "customer,external_id,received_at,summary", "Old Mill,p1,2026-11-02 10:00,one", "Old Mill,p1,2026-11-02 10:00,two"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("update", [(), ("--update",)])
def test_of_two_rows_of_one_key_that_differ_the_second_is_refused(
    desk: Desk, kind: str, heading: str, first: str, second: str, update: tuple[str, ...]
) -> None:
    desk.ok("customer", "add", "Old Mill", "--code", "K1", "--region", "East")
    path = sheet(desk, heading, first, second)
    load(desk, kind, path, "--skip-bad", *update)
    before = desk.sql("SELECT count(*) FROM change")
    done = load(desk, kind, path, "--skip-bad", *update)
    assert (done.counts, [line for line, *_ in done.bad]) == ({"read": 2, "unchanged": 1, "rejected": 1}, [3])
    assert done.reasons[0].startswith("the file says something else on line 2, which has ")
    assert desk.sql("SELECT count(*) FROM change") == before


# --- which lines, which encoding ------------------------------------------------------------------------------


def test_a_title_above_the_headings_is_passed_over_and_said(desk: Desk) -> None:
    words, counts = result(
        desk, sheet(desk, "客户一览表,,", "打印日期：2026-11-20,,", "客户名称,电话,地区", "金龙店,5550107,华东")
    )
    assert words == ["lines above the headings, not imported: 客户一览表, 打印日期：2026-11-20"]
    assert (counts["read"], cards(desk, "name", "region")) == (1, [("金龙店", "华东")])


def test_lines_can_be_skipped(desk: Desk) -> None:
    path = sheet(desk, "Company", "Phone", "Shop,Tel.", "Old Mill,5550107", "Bad,x")
    done = load(desk, "customers", path, "--skip-lines", "2", "--map", "Tel.=phone")
    assert (done.code, done.bad) == (2, [(5, "Tel.", "x")])
    refused = desk("import", "customers", sheet(desk, "[]", name="in.json"), "--skip-lines", "1")
    assert (refused.code, refused.err) == (2, "csm: --skip-lines and json can't be used together\n")


@pytest.mark.parametrize("name", ["in.json", "in.jsonl"])
def test_an_own_export_of_nothing_is_no_row(desk: Desk, name: str) -> None:
    desk.ok("customer", "add", "Old Mill")
    desk.ok("export", "customers", desk.folder / name, "--grade", "A")
    assert load(desk, "customers", desk.folder / name).counts == {}


@pytest.mark.parametrize(
    ("text", "encoding", "fits", "name"),
    [
        ("name,city\nMüller GmbH,Köln\nStraßenbau,Zürich\n", "latin-1", "cp1252 or latin-1", "Müller GmbH"),
        ("name,city\nJosé Núñez,León\n", "cp1252", "cp1252 or latin-1", "José Núñez"),
        ("name,city\nИван Петров,Москва\n", "cp1251", "cp1251", "Иван Петров"),
        ("name,city\n東京商事,東京\nカタカナ店,大阪\n", "shift-jis", "shift-jis", "東京商事"),
    ],
)
def test_another_encoding_than_it_seems_is_doubted(desk: Desk, text: str, encoding: str, fits: str, name: str) -> None:
    path = desk.folder / "in.csv"
    path.write_bytes(text.encode(encoding))
    done = desk("import", "customers", path)
    assert (done.code, desk.path.exists()) == (5, False)
    assert f"it reads well with --encoding {fits}" in done.err
    words, counts = result(desk, path, "--encoding", encoding)
    assert (words[0], counts["encoding"]) == (f"read as {encoding.upper()}", encoding)
    assert cards(desk, "name")[0] == (name,)


def test_chinese_in_gb18030_is_read_and_said(desk: Desk) -> None:
    words, counts = result(desk, sheet(desk, "客户名称,电话", "鑫淼喆饭店,5550107", "L玥 Café,", encoding="gb18030"))
    assert (words, counts["encoding"]) == (["read as GB18030"], "gb18030")


@pytest.mark.parametrize(
    ("content", "what", "hint"),
    [
        (b"PK\x03\x04" + b"\0" * 30 + b"xl/workbook.xml", "an Excel workbook", "save it as CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 30, "an Excel workbook (the format before 2007)", "CSV UTF-8"),
        (b"BEGIN:VCARD\r\nVERSION:2.1\r\nEND:VCARD\r\n", "a vCard", "export the address book as csv"),
        ("name,phone\nA,1\n".encode("utf-16-le"), "UTF-16 without a mark", "--encoding utf-16-le"),
        ("name,phone\nA,1\n".encode("utf-16-be"), "UTF-16 without a mark", "--encoding utf-16-be"),
        (b"\n<html><table>", "a web page", "CSV UTF-8"),
        (b"SQLite format 3\0", "a database", "--db"),
        (b"%PDF-1.7", "a PDF", "as csv"),
    ],
)
def test_a_file_that_is_no_table_is_called_what_it_is(desk: Desk, content: bytes, what: str, hint: str) -> None:
    path = desk.folder / "in.csv"
    path.write_bytes(content)
    done = desk("import", "customers", path)
    assert done.code == 5
    said, tried = done.err.splitlines()
    assert said == f"csm: {path} is {what}, and can't be read as a table"
    assert hint in tried


def test_utf16_without_a_mark_is_read_when_it_is_said(desk: Desk) -> None:
    path = sheet(desk, "name,phone", "A,5550107", encoding="utf-16-be")
    assert result(desk, path, "--encoding", "utf-16-be")[1]["inserted"] == 1


# --- what a spreadsheet does to keys --------------------------------------------------------------------------


def test_keys_survive_a_spreadsheet(desk: Desk) -> None:
    desk.ok("customer", "add", "Old Mill", "--code", "007", "--external-id", "1E5", "--phone", "5550107")
    desk.ok("export", "customers", desk.folder / "out.csv", "--columns", "id,code,external_id,name,phone")
    text = (desk.folder / "out.csv").read_text("utf-8-sig")
    assert text.splitlines()[1] == "1,'007,'1E5,Old Mill,'5550107"
    assert load(desk, "customers", desk.folder / "out.csv").counts == {"read": 1, "unchanged": 1}
    raw = desk.ok("export", "customers", "-", "--columns", "code", "--raw")
    assert raw == "code\n007\n"


def test_zeros_that_a_spreadsheet_has_cut_make_no_second_card(desk: Desk) -> None:
    desk.ok("customer", "add", "Old Mill", "--code", "007", "--phone", "5550107")
    path = sheet(desk, "name,code,phone", "Old Mill,7,5550107")
    assert load(desk, "customers", path, "--update").counts == {"read": 1, "unchanged": 1}
    assert cards(desk, "code") == [("007",)]


# --- messages -------------------------------------------------------------------------------------------------


def test_a_bad_value_is_listed_once_with_what_settles_it(desk: Desk) -> None:
    path = sheet(desk, "name,grade", "A,gold", "B,tin", "C,gold", "D,A", "E,gold")
    done = desk("import", "customers", path)
    assert (done.code, done.err.splitlines()) == (
        2,
        [
            "csm: line 2, column grade, value 'gold': grade can't be 'gold' (and 2 more rows)",
            "  line 3, column grade, value 'tin': grade can't be 'tin'",
            'hint: say what they mean, such as --value "grade:gold=C" --value "grade:tin=C"; grade is one of: A, B, C',
        ],
    )
    values = ("--value", "grade:gold=A", "--value", "grade:tin=C")
    assert load(desk, "customers", path, *values).counts == {"read": 5, "inserted": 5}


def test_all_missing_columns_are_named_at_once_with_a_heading_of_the_file(desk: Desk) -> None:
    desk.ok("customer", "add", "Old Mill")
    path = sheet(desk, "customer,Artikel,Datum", "Old Mill,oven,2026-11-02")
    done = desk("import", "sales", path)
    assert (done.code, done.err.splitlines()) == (
        2,
        [
            f"csm: no columns of {path} say what these are: product, amount, sold_on",
            'hint: name each, as in --map "Artikel=product"; the columns are: customer, Artikel, Datum',
        ],
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--map", "Ort=region", "--set", "region=East"), "--map region and --set region can't be used together"),
        (("--map", "Ort=balance"), "there is no field 'balance'"),
        (("--map", "City=region"), "the file has no column 'City'"),
        (("--decimal", ";"), "--decimal can't be ';'"),
        (("--encoding", "punycode"), "there is no encoding 'punycode'"),
    ],
)
def test_a_map_that_would_do_nothing_is_refused(desk: Desk, options: tuple[str, ...], sentence: str) -> None:
    done = desk("import", "customers", sheet(desk, "Name,Ort", "A,B"), *options)
    assert (done.code, done.err.splitlines()[0]) == (2, f"csm: {sentence}")


def test_a_heading_of_an_address_book_that_is_not_there_is_refused(desk: Desk) -> None:
    done = desk("import", "customers", sheet(desk, GOOGLE, ANN), "--map", "Spitzname=short_name")
    assert (done.code, done.err.splitlines()[0]) == (2, "csm: the file has no column 'Spitzname'")


# --- nicknames ------------------------------------------------------------------------------------------------


def test_a_nickname_is_read_shown_changed_and_exported(desk: Desk) -> None:
    desk.ok("customer", "add", "Old Mill")
    load(desk, "contacts", sheet(desk, "公司,姓名,昵称", "Old Mill,Zoë Lee,Zo"))
    assert desk.sql("SELECT nickname, nickname_key FROM contact") == [("Zo", "zo")]
    assert "nickname: Zo" in desk.ok("customer", "show", "1")
    desk.ok("customer", "contact", "edit", "1", "--nickname", "Zozo")
    assert desk.json("customer", "contact", "list")[0]["nickname"] == "Zozo"
    assert desk.sql("SELECT nickname_key FROM contact") == [("zozo",)]
    desk.ok("customer", "contact", "edit", "1", "--clear", "nickname")
    assert desk.sql("SELECT nickname, nickname_key FROM contact") == [(None, None)]
