"""Which card a row of a file is, and what becomes of it (the command-line contract, section 4)."""

from __future__ import annotations

import json

import pytest

from tests.desk import Desk, filled_once
from tests.services.files.importing import cards, load, sheet

ALL_NEW = {"read": 1, "inserted": 1}
UNCHANGED = {"read": 1, "unchanged": 1}


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with two cards: Golden Dragon with a phone, Old Mill with a code and no phone."""
    desk.ok("customer", "add", "Golden Dragon", "--phone", "138 0013 8000", "--region", "East")
    desk.ok("customer", "add", "Old Mill", "--code", "M1")
    return desk


@pytest.mark.parametrize(
    ("heading", "row", "counts"),
    [
        ("code,name", "M1,Old Mill", UNCHANGED),
        ("code,name,phone", "M1,old mill,", {"read": 1, "rejected": 1}),  # the name is written otherwise
        ("name,phone", "golden  DRAGON,+86 13800138000", {"read": 1, "rejected": 1}),
        ("name,phone", "Golden Dragon,+86-138-0013-8000", UNCHANGED),  # the same number, typed otherwise
        ("name,region", "Golden Dragon,East", UNCHANGED),  # a name that one card has, and the row has no phone
        ("name,region", "Golden Dragon,", UNCHANGED),  # an empty cell says nothing
        ("name,region", "Golden Dragon,West", {"read": 1, "rejected": 1}),
        ("name,phone", "Golden Dragon,139 0000 0000", {"read": 1, "inserted": 1, "possible_doubles": 1}),
        ("name,phone", "Silver Dragon,138 0013 8000", {"read": 1, "rejected": 1}),  # another's phone
        ("name,phone", "Old Mill,139 0000 0000", {"read": 1, "rejected": 1}),  # that card has no phone: a difference
        ("code,name", "N7,New Place", ALL_NEW),
        ("code,name", "M2,Old Mill", {"read": 1, "inserted": 1, "possible_doubles": 1}),  # another key: another card
        ("code,name,phone", "G1,Golden Dragon,13800138000", {"read": 1, "rejected": 1}),  # it would get a code
        ("code,name,phone", "G1,Silver Dragon,13800138000", {"read": 1, "inserted": 1, "possible_doubles": 1}),
        ("external_id,name", "77,Somebody", ALL_NEW),
    ],
)
def test_a_row_matches_a_card(shop: Desk, heading: str, row: str, counts: dict[str, int]) -> None:
    assert load(shop, "customers", sheet(shop, heading, row), "--skip-bad").counts == counts


def test_a_row_that_differs_is_rejected_with_its_reason(shop: Desk) -> None:
    done = load(shop, "customers", sheet(shop, "name,region", "Golden Dragon,West"))
    assert (done.code, done.counts, done.bad) == (2, {"read": 1, "rejected": 1}, [(2, "region", "West")])
    assert done.reasons == ["the file says something else than cu1, which has 'East'"]
    assert done.err == (
        "csm: line 2, column region, value 'West': the file says something else than cu1, which has 'East'\n"
        "hint: --update takes over what the file says\n"
    )


def test_update_takes_over_what_differs_and_leaves_the_rest(shop: Desk) -> None:
    path = sheet(shop, "code,name,region,phone", "G1,Golden Dragon,West,138-0013-8000", "M1,New Mill,,")
    assert load(shop, "customers", path, "--update").counts == {"read": 2, "updated": 2}
    assert cards(shop, "code", "name", "name_key", "region", "phone") == [
        ("G1", "Golden Dragon", "golden dragon", "West", "138 0013 8000"),
        ("M1", "New Mill", "new mill", None, None),
    ]
    assert load(shop, "customers", path).counts == {"read": 2, "unchanged": 2}


def test_an_update_hands_open_callbacks_to_the_new_owner(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "+1d")
    load(shop, "customers", sheet(shop, "name,owner", "Golden Dragon,bob"), "--update")
    assert shop.sql("SELECT owner FROM callback") == [("bob",)]


def test_a_double_is_refused_unless_forced(shop: Desk) -> None:
    path = sheet(shop, "name,phone", "Silver Dragon,138 0013 8000")
    done = load(shop, "customers", path)
    assert (done.code, done.bad) == (2, [(2, "phone", "138 0013 8000")])
    assert done.reasons == [
        "'Silver Dragon' looks like a customer that is here already: cu1  Golden Dragon  138 0013 8000"
    ]
    assert load(shop, "customers", path, "--force").counts == {"read": 1, "inserted": 1, "possible_doubles": 1}
    assert load(shop, "customers", path, "--force").counts == UNCHANGED


def test_rows_of_one_file_match_each_other(desk: Desk) -> None:
    path = sheet(
        desk,
        "code,name,phone,region",
        "A,Li,13800000001,East",
        "A,Li,13800000001,East",  # the same again
        "B,Li,,",  # its own key: another customer
        ",Wang,13800000002,",
        ",wang,138 0000 0002,",  # the name is written otherwise
        ",Wang,13800000003,",  # the same name, another phone
        ",Zhao,13800000002,",  # Wang's phone
    )
    done = load(desk, "customers", path, "--skip-bad")
    assert done.code == 6
    assert done.counts == {
        "read": 7, "inserted": 4, "unchanged": 1, "rejected": 2, "possible_doubles": 2,
    }  # fmt: skip
    assert done.bad == [(6, "name", "wang"), (8, "phone", "13800000002")]
    assert cards(desk, "code", "name", "phone_digits") == [
        ("A", "Li", "13800000001"), ("B", "Li", None), (None, "Wang", "13800000002"), (None, "Wang", "13800000003"),
    ]  # fmt: skip


def test_a_name_that_several_have_is_not_guessed(shop: Desk) -> None:
    shop.ok("customer", "add", "Golden Dragon", "--phone", "139 0000 0000")
    done = load(shop, "customers", sheet(shop, "name", "Golden Dragon"))
    assert (done.code, done.bad) == (2, [(2, "name", "Golden Dragon")])
    assert done.reasons == [
        "'Golden Dragon' looks like a customer that is here already: "
        "cu1  Golden Dragon  138 0013 8000; cu3  Golden Dragon  139 0000 0000"
    ]


def test_the_same_file_twice_changes_nothing_and_leaves_no_trace(desk: Desk) -> None:
    path = sheet(
        desk, "name,phone,tags,note,contact,role,field.VAT,kind",
        "Golden Dragon,010-5550 0001,a;b,likes tea,Li Na,buyer,0012,", "Li Si,13800000001,,,,,,person",
    )  # fmt: skip
    assert load(desk, "customers", path).counts == {"read": 2, "inserted": 2}
    before = desk.sql("SELECT count(*) FROM change"), desk.sql("SELECT count(*) FROM command")
    assert load(desk, "customers", path, "--update").counts == {"read": 2, "unchanged": 2}
    assert (desk.sql("SELECT count(*) FROM change"), desk.sql("SELECT count(*) FROM command")) == before
    assert desk.sql("SELECT customer_id, name, role FROM contact") == [(1, "Li Na", "buyer"), (2, "Li Si", None)]
    assert desk.sql("SELECT number FROM contact_phone") == [("13800000001",)]
    assert desk.sql("SELECT text, by, noted_at FROM note") == [("likes tea", "alice", "2026-11-21T09:00:00Z")]
    assert desk.sql("SELECT tag FROM customer_tag") == [("a",), ("b",)]
    assert desk.sql("SELECT key, value FROM customer_field") == [("VAT", "0012")]


def test_what_hangs_on_a_card_can_differ_too(desk: Desk) -> None:
    heading = "name,tags,note,contact,role,contact_phone,field.VAT"
    load(desk, "customers", sheet(desk, heading, "Golden Dragon,a;b,likes tea,Li Na,buyer,13800000001,1"))
    path = sheet(desk, heading, "Golden Dragon,a;c,likes coffee,Li Na,chief,13800000002,2")
    done = load(desk, "customers", path)
    assert (done.code, done.bad) == (2, [(2, "tags", "a;c")])
    assert done.reasons == ["the file says something else than cu1, which has 'a;b'"]
    assert load(desk, "customers", path, "--update").counts == {"read": 1, "updated": 1}
    assert desk.sql("SELECT tag FROM customer_tag ORDER BY tag") == [("a",), ("c",)]
    assert desk.sql("SELECT text FROM note ORDER BY id") == [("likes tea",), ("likes coffee",)]
    assert desk.sql("SELECT name, role, number FROM contact JOIN contact_phone ON contact_id = contact.id") == [
        ("Li Na", "chief", "13800000002")
    ]
    assert desk.sql("SELECT key, value FROM customer_field") == [("VAT", "2")]
    assert load(desk, "customers", path).counts == {"read": 1, "unchanged": 1}


def test_cells_are_read_by_the_kind_of_their_field(desk: Desk) -> None:
    path = sheet(
        desk,
        "name,kind,等级,revenue,contract_end_on,do_not_contact,relationship,visit_every,route_order,status",
        '单雄信,个人,A,"¥1,200.50",2027年1月31日,是,能动型,2周,3,已流失',
    )
    assert load(desk, "customers", path).counts == ALL_NEW
    columns = (
        "kind grade revenue_cents contract_end_on do_not_contact relationship visit_every route_order status owner"
    )
    assert cards(desk, *columns.split()) == [
        ("person", "A", 120050, "2027-01-31", 1, "proactive", "2w", 3, "lost", "alice")
    ]
    assert {"shanxiongxin", "danxiongxin", "sxx", "dxx"} <= set(cards(desk, "pinyin")[0][0].split())


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("phone", "1.38E+10", "a spreadsheet has rounded it"),
        ("phone", "call me", "can't be a phone number"),
        ("email", "nobody", "can't be an email address"),
        ("revenue", "12x", "is no amount of money"),
        ("grade", "D", "can't be 'D'"),
        ("contract_end_on", "5/6/2026", "can be read as 2026-06-05 and as 2026-05-06"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(desk: Desk, heading: str, cell: str, reason: str) -> None:
    done = load(desk, "customers", sheet(desk, f"name,{heading}", "Good,", f"Bad,{cell}"))
    assert (done.code, done.counts, done.bad) == (2, {"read": 2, "rejected": 1}, [(3, heading, cell)])
    assert reason in done.reasons[0]
    assert not desk.path.exists()


def test_the_order_of_dates_can_be_told(desk: Desk) -> None:
    path = sheet(desk, "name,contract_end_on", "A,5/6/2026")
    assert load(desk, "customers", path).err.splitlines()[-1] == (
        "hint: say in which order its dates are written: --date-order dmy, mdy or ymd"
    )
    assert load(desk, "customers", path, "--date-order", "dmy").counts == ALL_NEW
    assert cards(desk, "contract_end_on") == [("2026-06-05",)]


def test_every_change_of_an_import_is_kept(shop: Desk) -> None:
    path = sheet(shop, "code,name,tags,contact", "N1,New Place,x,Li Na", "M1,Newer Mill,,", "N2,Other,,")
    assert load(shop, "customers", path, "--update").counts == {"read": 3, "inserted": 2, "updated": 1}
    kept = shop.sql(
        "SELECT table_name, row_id, operation, after, user, title FROM history"
        " WHERE title LIKE '%import customers%' ORDER BY id"
    )
    assert [(table, row, operation) for table, row, operation, *_ in kept] == [
        ("customer", 3, "insert"), ("customer_tag", 1, "insert"), ("contact", 1, "insert"),
        ("customer", 2, "update"), ("former_name", 1, "insert"), ("customer", 4, "insert"),
    ]  # fmt: skip
    assert {user for *_, user, _ in kept} == {"alice"}
    inserted = json.loads(kept[0][3])
    assert {name: inserted[name] for name in ("id", "name", "code", "owner", "status", "created_at")} == {
        "id": 3, "name": "New Place", "code": "N1", "owner": "alice", "status": "active",
        "created_at": "2026-11-21T09:00:00Z",
    }  # fmt: skip
    assert json.loads(kept[3][3])["name"] == "Newer Mill"


def test_ids_are_kept_in_an_empty_file_and_tell_rows_apart(desk: Desk) -> None:
    path = sheet(desk, "id,name,phone", "12,Li,13800000001", ",New,", "5,Li,13800000001", "12,Li,13800000001")
    assert load(desk, "customers", path).counts == {"read": 4, "inserted": 3, "unchanged": 1, "possible_doubles": 1}
    assert cards(desk, "id", "name") == [(5, "Li"), (12, "Li"), (13, "New")]
    assert load(desk, "customers", path).counts == {"read": 4, "unchanged": 4}


def test_ids_say_nothing_in_a_file_that_has_customers(shop: Desk) -> None:
    assert load(shop, "customers", sheet(shop, "id,name", "1,Somebody")).counts == ALL_NEW
    assert cards(shop, "id", "name") == [(1, "Golden Dragon"), (2, "Old Mill"), (3, "Somebody")]
