"""Files of other people: what stands in a row is kept where it is found again, or its row is refused by name.

2026-11-21 is a Saturday; the file's zone is UTC.
"""

from __future__ import annotations

import json

import pytest

from tests.desk import Desk, filled_once
from tests.services.files.importing import load, sheet

WHEN = ("--set", "received_at=2026-11-02")


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with Kay Example (a phone, a contact), Golden Dragon (code, key) and Old Mill (nothing)."""
    desk.ok("customer", "add", "Kay Example", "--phone", "139 0000 7780", "--contact", "Li Na;buyer;139 0000 7790")
    desk.ok("customer", "add", "Golden Dragon", "--code", "G1", "--external-id", "17850", "--phone", "010-5550 0001")
    desk.ok("customer", "add", "Old Mill")
    return desk


def cases(shop: Desk, *columns: str) -> list[tuple[object, ...]]:
    return shop.sql(f"SELECT {', '.join(columns)} FROM complaint ORDER BY id")


# --- times ------------------------------------------------------------------------------------------------------------


def test_a_time_is_read_with_all_that_belongs_to_it(shop: Desk) -> None:
    texts = ["2015-04-22 03:53:50 PM", "2015-04-22 12:05:00 AM", "2015-04-22 下午3:53", "2015年4月22日 15时53分"]
    texts += ["2019/4/25 9:32:09 +0200", "Wed Apr 22 15:53:50 +0000 2015"]
    path = sheet(shop, "Ticket #,Subject,Date,customer", *(f"{n},s{n},{text},Old Mill" for n, text in enumerate(texts)))
    assert load(shop, "complaints", path).counts == {"read": 6, "inserted": 6}
    assert cases(shop, "external_id", "received_at") == [
        ("0", "2015-04-22T15:53:50Z"), ("1", "2015-04-22T00:05:00Z"), ("2", "2015-04-22T15:53:00Z"),
        ("3", "2015-04-22T15:53:00Z"), ("4", "2019-04-25T07:32:09Z"), ("5", "2015-04-22T15:53:50Z"),
    ]  # fmt: skip
    bad = sheet(
        shop, "Ticket,Subject,Date,customer", "1,s,2015-04-22 25:10,Old Mill", "2,s,2015-04-22 3:53 CST,Old Mill"
    )
    assert load(shop, "complaints", bad).bad == [(2, "Date", "2015-04-22 25:10"), (3, "Date", "2015-04-22 3:53 CST")]


def test_a_date_and_its_time_in_two_columns(shop: Desk) -> None:
    path = sheet(
        shop, "Time,Subject,Date,customer", "03:53:50 PM,slow,22-04-2015,Old Mill", ",slower,23-04-2015,Old Mill"
    )
    assert load(shop, "complaints", path).counts == {"read": 2, "inserted": 2}
    assert cases(shop, "received_at") == [("2015-04-22T15:53:50Z",), ("2015-04-23T09:00:00Z",)]


def test_an_instant_is_its_day_in_the_zone_of_the_file_and_a_dropped_time_is_said(shop: Desk) -> None:
    shop.ok("config", "set", "file.timezone", "Asia/Shanghai")
    heading = "customer,product,amount,sold_on,external_id"
    path = sheet(
        shop, heading, "Old Mill,oven,100,2026-03-05T23:30:00Z,k1", "Old Mill,oven,100,2026-03-05T16:00:00Z,k2"
    )
    done = load(shop, "sales", path)
    assert done.counts == {"read": 2, "inserted": 2}
    assert shop.sql("SELECT sold_on FROM sale ORDER BY id") == [("2026-03-06",), ("2026-03-06",)]
    assert "only the days are kept, a time of day has no place here: sold_on" in done.err
    whole = sheet(shop, heading, "Old Mill,oven,100,2026-03-07 00:00:00,k3", "Old Mill,oven,1,13-Mar-2026,k4")
    done = load(shop, "sales", whole)
    assert (done.counts, "only the days" in done.err) == ({"read": 2, "inserted": 2}, False)


# --- cases ------------------------------------------------------------------------------------------------------------


def test_no_time_of_receipt_is_invented(shop: Desk) -> None:
    path = sheet(shop, "Customer Name,Subject,Status,First Response Time", "Old Mill,one,open,2023-06-01 12:15:36")
    done = load(shop, "complaints", path)
    assert (done.code, "received_at" in done.err, cases(shop, "id")) == (2, True, [])
    row = sheet(shop, "customer,summary,received_at", "Old Mill,late,", "Old Mill,cold,2026-11-02", name="two.csv")
    done = load(shop, "complaints", row, "--skip-bad")
    assert (done.counts["inserted"], done.bad, done.reasons) == (
        1,
        [(2, "received_at", "")],
        ["received_at can't be empty"],
    )
    assert "hint: where every row is of the same day, say so with --set received_at=2026-11-21" in done.err
    told = load(shop, "complaints", path, "--set", "received_at=2023-06-01 10:00")
    assert told.counts == {"read": 1, "inserted": 1}


def test_an_end_before_the_receipt_is_refused_unless_only_days_are_told(shop: Desk) -> None:
    heading = "customer,summary,received_at,closed_at"
    days = sheet(shop, heading, "Old Mill,a,2026-11-02 15:00,2026-11-02")
    assert load(shop, "complaints", days).counts == {"read": 1, "inserted": 1}
    times = sheet(shop, heading, "Old Mill,b,2026-11-02 15:00,2026-11-02 10:00")
    assert load(shop, "complaints", times).bad == [(2, "closed_at", "2026-11-02 10:00")]


def test_what_was_answered_and_done_is_shown_and_exported_and_comes_back(shop: Desk) -> None:
    path = sheet(
        shop,
        "no,user,title,received,answer,answered,resolution,closed",
        "1,Kay Example,late,2019-04-25 09:32,we are sorry,2019-04-26 10:00,sent again,2019-05-02 12:00",
        "2,Kay Example,cold,2019-04-25 09:32,noted,,,",
    )
    maps = ("--map", "no=external_id", "--map", "user=customer", "--map", "received=received_at")
    for counts in ({"inserted": 2}, {"unchanged": 2}):
        assert load(shop, "complaints", path, *maps).counts == {"read": 2, **counts}
    events = [
        [(event["at"], event["step"], event["text"]) for event in shop.json("complaint", "show", case)["events"]]
        for case in ("1", "2")
    ]
    assert events[0][0] == ("2019-04-26T10:00:00+00:00", "respond", "we are sorry")
    assert [one[1:] for one in events[0][1:]] == [("imported", None), ("implement", "sent again")]
    assert [one[1:] for one in events[1]] == [("imported", None), ("respond", "noted")]
    page = shop.ok("complaint", "show", "1")
    assert "we are sorry" in page
    assert "reform            sent again" in page
    assert "when isn't told" in shop.ok("complaint", "show", "2")
    state = shop.sql("SELECT status, step, first_response_at, closed_at FROM complaint_state ORDER BY complaint_id")
    assert state[0] == ("closed", "close", "2019-04-26T10:00:00Z", "2019-05-02T12:00:00Z")
    assert state[1][2] is None  # when it was answered isn't told
    for form, query in (
        ("json", "SELECT complaint_id, at, by, step, text, data FROM complaint_event ORDER BY id"),
        ("csv", "SELECT complaint_id, at, step, text FROM complaint_event WHERE step <> 'imported' ORDER BY id"),
    ):
        other = Desk(shop.folder, shop.now, f"{form}.db")
        for kind in ("customers", "complaints"):
            shop.ok("export", kind, shop.folder / f"{kind}.{form}", "--all")
            other.ok("import", kind, shop.folder / f"{kind}.{form}")
        assert other.sql(query) == shop.sql(query)
    changed = sheet(shop, "no,user,title,received,answer", "2,Kay Example,cold,2019-04-25 09:32,another answer")
    assert load(shop, "complaints", changed, *maps).bad == [(2, "answer", "another answer")]
    assert load(shop, "complaints", changed, *maps, "--update").counts == {"read": 1, "updated": 1}
    assert load(shop, "complaints", changed, *maps, "--update").counts == {"read": 1, "unchanged": 1}


def test_an_own_field_is_refused_where_there_are_none(shop: Desk) -> None:
    for kind in ("complaints", "sales", "callbacks", "promises", "services", "surveys", "contacts"):
        result = shop("import", kind, sheet(shop, "customer,reply", "Old Mill,sorry"), "--map", "reply=field.reply")
        assert result.code == 2
        assert result.err.startswith(
            "csm: there is no place for 'field.reply': own fields are only on a customer's card\n"
        )
    result = shop("import", "complaints", sheet(shop, "customer,summary,field.reply", "Old Mill,late,sorry"), *WHEN)
    assert (result.code, "columns not imported: field.reply" in result.err) == (0, True)


def test_a_caller_and_the_number_stay_on_the_case(shop: Desk) -> None:
    heading = "external_id,customer,summary,received_at,phone,caller"
    rows = [
        "1,Kay Example,cold,2026-11-02,139 0000 7781,Zoe",  # nobody's number, nobody's name
        "2,Kay Example,hot,2026-11-02,13900007780,",  # the card's own
        "3,Kay Example,wet,2026-11-02,+86 139 0000 7790,",  # Li Na's
        "4,Kay Example,dry,2026-11-02,,Li Na",
        "5,Kay Example,odd,2026-11-02,010-5550 0001,",  # Golden Dragon's
    ]
    path = sheet(shop, heading, *rows)
    done = load(shop, "complaints", path, "--skip-bad")
    assert (done.counts["inserted"], done.bad) == (4, [(6, "phone", "010-5550 0001")])
    assert done.reasons == ["'010-5550 0001' belongs to cu2 Golden Dragon, and the row is about cu1 Kay Example"]
    assert cases(shop, "caller", "caller_phone", "contact_id") == [
        ("Zoe", "139 0000 7781", None), (None, None, None), (None, None, 1), (None, None, 1),
    ]  # fmt: skip
    assert load(shop, "complaints", path, "--skip-bad").counts == {"read": 5, "unchanged": 4, "rejected": 1}
    assert "called by         Zoe  139 0000 7781" in shop.ok("complaint", "show", "1")
    row = json.loads(shop.ok("export", "complaints", "-", "--all", "-f", "json"))[0]
    assert (row["caller"], row["caller_phone"]) == ("Zoe", "139 0000 7781")


# --- whose ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Kay Example,G1,,", "customer_code", "'Kay Example' belongs to cu1 Kay Example, and the row is about cu2 Golden Dragon"),
        ("Kay Example,,17850,", "Customer ID", "'Kay Example' belongs to cu1 Kay Example, and the row is about cu2 Golden Dragon"),
        ("Kay Example,,,010-5550 0001", "phone", "'010-5550 0001' belongs to cu2 Golden Dragon, and the row is about cu1 Kay Example"),
        ("Kay Example,,,139 1234 5678", "phone", "'139 1234 5678' isn't cu1 Kay Example's, which has '139 0000 7780'"),
        ("Golden Dragon,G2,,", "customer_code", "'G2' isn't cu2 Golden Dragon's, which has 'G1'"),
        ("Golden Dragon,,9,", "Customer ID", "'9' isn't cu2 Golden Dragon's, which has '17850'"),
        (",,1,", "Customer ID", "no customer has '1' as another program's id, and ids count only in csm's own exports"),
    ],
)  # fmt: skip
def test_the_keys_of_a_row_are_of_one_card(shop: Desk, row: str, column: str, reason: str) -> None:
    path = sheet(shop, "customer,customer_code,Customer ID,phone,product,amount,date", f"{row},oven,5,2026-11-02")
    done = load(shop, "sales", path)
    assert (done.code, done.reasons) == (2, [reason])
    assert done.bad[0][:2] == (2, column if not reason.startswith("'Kay") else "customer")


def test_a_key_that_the_card_has_nothing_beside_is_named_as_not_imported(shop: Desk) -> None:
    path = sheet(
        shop, "Customer ID,Customer Name,phone,Product,Amount,Date", "CG-1,Old Mill,139 1234 5678,x,5,2026-11-02"
    )
    done = load(shop, "sales", path)
    assert (done.counts, done.err.splitlines()[0]) == (
        {"read": 1, "inserted": 1}, "columns not imported: Customer ID, phone",
    )  # fmt: skip


@pytest.mark.parametrize("heading", ["customer.external_id", "customer.code", "customer.name", "customer.phone"])
def test_a_column_is_said_to_be_a_key_of_the_customer(shop: Desk, heading: str) -> None:
    value = {"external_id": "17850", "code": "G1", "name": "Golden Dragon", "phone": "01055500001"}[heading[9:]]
    path = sheet(shop, "whose,product,amount,date", f"{value},oven,5,2026-11-02")
    assert load(shop, "sales", path, "--map", f"whose={heading}").counts == {"read": 1, "inserted": 1}
    assert shop.sql("SELECT customer_id FROM sale") == [(2,)]


def test_numbers_of_other_programs_are_external_ids(shop: Desk) -> None:
    case = sheet(
        shop,
        "投诉编号,客户名称,主题,投诉时间",
        "20240007,Old Mill,面包,2024-03-01 09:12",
        "TS-8,Old Mill,迟,2024-03-02",
    )
    assert load(shop, "complaints", case).counts == {"read": 2, "inserted": 2}
    assert cases(shop, "external_id") == [("20240007",), ("TS-8",)]
    sale = sheet(shop, "编号,客户名称,产品,金额,日期", "3001,Old Mill,面包,5,2024-03-01")
    for counts in ({"inserted": 1}, {"unchanged": 1}):
        assert load(shop, "sales", sale).counts == {"read": 1, **counts}
    assert shop.sql("SELECT id, external_id FROM sale") == [(1, "3001")]
    both = sheet(shop, "id,ticket,customer,summary,date", "1,T9,Old Mill,late,2024-03-01")
    done = load(shop, "complaints", both)
    assert ("columns not imported: id" in done.err, cases(shop, "external_id")[2:]) == (True, [("T9",)])


# --- amounts and quantities -------------------------------------------------------------------------------------------


def test_amounts_with_signs_and_quantities_with_units(shop: Desk) -> None:
    rows = ["烤箱,¥1，200.50,2箱", "面粉,5万,100 袋", "糖,100元,3"]
    path = sheet(shop, "客户名称,产品,金额,数量,日期", *(f"Old Mill,{row},2026-11-02" for row in rows))
    for counts in ({"inserted": 3}, {"unchanged": 3}):
        assert load(shop, "sales", path).counts == {"read": 3, **counts}
    assert shop.sql("SELECT amount_cents, quantity, unit FROM sale ORDER BY id") == [
        (120050, 2.0, "箱"), (5_000_000, 100.0, "袋"), (10_000, 3.0, None),
    ]  # fmt: skip
    bad = sheet(shop, "customer,product,amount,quantity,date", *(
        f"Old Mill,x,{row},2026-11-02" for row in ("€5,1", "957.5775,1", "5,3万", '"1.234,50",1')
    ))  # fmt: skip
    assert load(shop, "sales", bad).reasons == [
        "'€5' is in EUR, and this file's currency is CNY", "'957.5775' has more than 2 decimals", "'3万' is no quantity",
        "'1.234,50' is no amount of money",
    ]  # fmt: skip


def test_the_unit_of_a_heading_counts(shop: Desk) -> None:
    path = sheet(shop, "客户名称,产品,金额（万元）,数量（箱）,日期", "Old Mill,x,1.5,20,2026-11-02")
    assert load(shop, "sales", path).counts == {"read": 1, "inserted": 1}
    assert shop.sql("SELECT amount_cents, quantity, unit FROM sale") == [(1_500_000, 20.0, "箱")]
    result = shop("import", "sales", sheet(shop, "客户名称,产品,金额（美元）,日期", "Old Mill,x,1.5,2026-11-02"))
    assert (result.code, result.err.splitlines()[0]) == (
        2,
        "csm: '金额（美元）' is in USD, and this file's currency is CNY",
    )
    work = sheet(shop, "customer,kind,date,时长（小时）", "Old Mill,repair,2026-11-02,1.5")
    assert load(shop, "services", work).counts == {"read": 1, "inserted": 1}
    assert shop.sql("SELECT minutes FROM service") == [(90,)]


def test_a_unit_of_its_own_column_and_beside_a_customer(shop: Desk) -> None:
    path = sheet(
        shop, "客户名称,产品,数量,单位,金额,日期", "Old Mill,x,20,箱,5,2026-11-02", "Old Mill,y,20箱,袋,5,2026-11-02"
    )
    done = load(shop, "sales", path, "--skip-bad")
    assert (done.counts["inserted"], done.reasons) == (1, ["the unit is '袋', and the quantity is counted in '箱'"])
    assert shop.sql("SELECT quantity, unit FROM sale") == [(20.0, "箱")]
    firm = sheet(shop, "单位,产品,金额,日期", "Old Mill,z,5,2026-11-02")
    assert load(shop, "sales", firm).counts == {"read": 1, "inserted": 1}


# --- twice ------------------------------------------------------------------------------------------------------------

CONTRADICTING = {
    "sales": ("external_id,customer,product,amount,date", "K1,Old Mill,oven,{},2026-11-02", "amount", "5.00"),
    "complaints": (
        "external_id,customer,summary,received_at,details",
        "K1,Old Mill,late,2026-11-02,{}",
        "details",
        "5",
    ),
    "services": ("external_id,customer,kind,done_on,note", "K1,Old Mill,repair,2026-11-02,{}", "note", "5"),
    "promises": ("external_id,customer,text,due_at,in_charge", "K1,Old Mill,call,2026-12-02,{}", "in_charge", "5"),
    "callbacks": ("external_id,customer,due_on,note", "K1,Old Mill,2026-12-02,{}", "note", "5"),
    "surveys": ("external_id,customer,taken_on,nps", "K1,Old Mill,2026-11-02,{}", "nps", "5"),
}


@pytest.mark.parametrize("kind", CONTRADICTING)
def test_a_file_that_contradicts_itself_changes_nothing_the_second_time(shop: Desk, kind: str) -> None:
    heading, row, column, known = CONTRADICTING[kind]
    path = sheet(shop, heading, row.format(5), row.format(7), row.format(5))
    for counts in ({"inserted": 1, "unchanged": 1}, {"unchanged": 2}, {"unchanged": 2}):
        done = load(shop, kind, path, "--skip-bad", "--update")
        assert done.counts == {"read": 3, "rejected": 1, **counts}
        assert (done.bad, done.reasons) == (
            [(3, column, "7")], [f"the file says something else on line 2, which has '{known}' for the same record"],
        )  # fmt: skip


# --- what a row can't keep --------------------------------------------------------------------------------------------


def test_what_comes_next_is_planned_unless_its_day_has_passed(shop: Desk) -> None:
    path = sheet(
        shop,
        "客户,回访日期,结果,回访内容,下次回访",
        "Old Mill,2026-11-02,已联系上,很好,2026-12-01",
        "Old Mill,2026-10-02,已联系上,好,2026-11-02",
    )
    done = load(shop, "callbacks", path)
    assert (done.counts, "columns not imported: 下次回访" in done.err) == ({"read": 2, "inserted": 2}, True)
    assert shop.sql("SELECT due_on, status, note FROM callback ORDER BY due_on") == [
        ("2026-10-02", "done", "好"), ("2026-11-02", "done", "很好"), ("2026-12-01", "open", None),
    ]  # fmt: skip
    assert load(shop, "callbacks", path).counts == {"read": 2, "unchanged": 2}
    bad = sheet(shop, "customer,due_on,next", "Old Mill,2026-12-05,2026-12-09")
    assert load(shop, "callbacks", bad).bad == [(2, "next", "2026-12-09")]


@pytest.mark.parametrize(
    ("kind", "heading", "row", "column"),
    [
        ("callbacks", "customer,done_on,reason", "Old Mill,2026-11-02,holiday", "reason"),
        ("complaints", "customer,summary,date,status,waiting for", "Old Mill,late,2026-11-02,closed,a part", "waiting for"),
        ("complaints", "customer,summary,date,status,next step", "Old Mill,late,2026-11-02,closed,judge", "next step"),
        ("sales", "customer,product,amount,date,status,paid", "Old Mill,oven,100,2026-11-02,paid,50", "paid"),
    ],
)  # fmt: skip
def test_what_contradicts_the_rest_of_its_row_is_refused(
    shop: Desk, kind: str, heading: str, row: str, column: str
) -> None:
    done = load(shop, kind, sheet(shop, heading, row))
    assert (done.code, [bad[1] for bad in done.bad]) == (2, [column])


# --- how numbers and terms are written --------------------------------------------------------------------------------


def test_a_decimal_comma_and_rounding_are_asked_for(shop: Desk) -> None:
    path = sheet(shop, "customer;product;amount;quantity;date", "Old Mill;x;1.234,50;2,5;2026-11-02")
    for column, value, left_out in (("quantity", "2,5", "amount="), ("amount", "1.234,50", "quantity=")):
        refused = load(shop, "sales", path, "--map", left_out, *(["--set", "amount=1"] if column == "quantity" else []))
        assert (refused.bad, "--decimal ," in refused.err) == ([(2, column, value)], True)
    for counts in ({"inserted": 1}, {"unchanged": 1}):
        assert load(shop, "sales", path, "--decimal", ",").counts == {"read": 1, **counts}
    long = sheet(shop, "Customer Name,Sales,Order Date,Product", "Kay Example,957.5775,2018-11-08,Chair")
    assert "hint: --round rounds it" in load(shop, "sales", long).err
    for counts in ({"inserted": 1}, {"unchanged": 1}):
        assert load(shop, "sales", long, "--round").counts == {"read": 1, **counts}
    assert shop.sql("SELECT amount_cents, quantity FROM sale ORDER BY id") == [(123450, 2.5), (95758, 1.0)]
    form = sheet(shop, "customer;date;scale;tangibles_e", "Old Mill;2026-11-02;5;3,9412")
    assert load(shop, "surveys", form, "--decimal", ",").counts == {"read": 1, "inserted": 1}
    assert shop.sql("SELECT tangibles_e FROM survey") == [(3.9412,)]


def test_a_cell_is_no_part_of_a_term_and_never_its_opposite(shop: Desk) -> None:
    path = sheet(
        shop, "customer,summary,date,status", "Old Mill,late,2026-11-02,Resolved", "Old Mill,cold,2026-11-02,clos"
    )
    assert [bad[2] for bad in load(shop, "complaints", path).bad] == ["Resolved", "clos"]
    result = shop("complaint", "list", "--status", "resolved")
    assert (result.code, result.err.splitlines()[0]) == (2, "csm: --status can't be 'resolved'")
