"""Which columns fill which field: by hand first, by the headings otherwise."""

from __future__ import annotations

import pytest

from csm.services.files.importing.values import Cells
from csm.transfer.headings import targets
from csm.transfer.mapping import ColumnPlan, Source, read_mapping
from tests.refusals import refused_as


def texts(plan: ColumnPlan, row: list[str], *, guarded: bool = True) -> dict[str, object]:
    """Return the texts that a row has in the fields of a plan."""
    cells = Cells(plan, dict.fromkeys(plan.fields()), guarded=guarded, width=len(row))
    return dict(zip(plan.fields(), cells.read(row), strict=True))


def test_headings_map_by_themselves() -> None:
    plan = read_mapping("customers", ["客户名称", "Phone", "Fax", "field.车牌", "tags"])
    assert plan == ColumnPlan(
        columns={
            "name": Source((0,), None),
            "phone": Source((1,), None),
            "field.车牌": Source((3,), None),
            "tags": Source((4,), ";"),
        },
        constants={},
        unused=["Fax"],
    )
    assert plan.fields() == ["name", "phone", "field.车牌", "tags"]
    assert (plan.indexes_of("phone"), plan.indexes_of("email")) == ((1,), ())


def test_a_row_has_every_field_of_the_plan() -> None:
    plan = read_mapping("customers", ["name", "phone"], constants=["region=北区", "tags="])
    assert texts(plan, ["老王", ""]) == {"name": "老王", "phone": None, "region": "北区", "tags": None}


@pytest.mark.parametrize(
    ("headings", "row", "expected"),
    [
        (["名称", "电话", "手机"], ["甲", "010-1", "138"], {"phone": "010-1", "contact_phone": "138"}),
        (["名称", "电话", "手机"], ["甲", "", "138"], {"phone": "138", "contact_phone": None}),
        (["名称", "电话", "手机"], ["甲", "138", "138"], {"phone": "138", "contact_phone": None}),
        (["名称", "电话", "手机"], ["甲", " ", ""], {"phone": None, "contact_phone": None}),
        (
            ["名称", "电话", "手机", "座机", "联系人电话"],
            ["甲", "1", "2", "3", "4"],
            {"phone": "1", "contact_phone": "2;3;4"},
        ),
        (
            ["名称", "Email", "Email 2", "Email 3", "备注"],
            ["甲", "a@x", "b@x", "c@x", "n"],
            {"email": "a@x", "contact_email": "b@x", "note": "c@x\nn"},
        ),
        (
            ["名称", "Email", "联系人邮箱", "Email 2"],
            ["甲", "a@x", "k@x", "b@x"],
            {"email": "a@x", "contact_email": "b@x", "note": "k@x"},
        ),
        (["名称", "地区", "城市"], ["甲", "华北", "北京"], {"region": "华北", "address": "北京"}),
        (
            ["名称", "城市", "地区", "地址"],
            ["甲", "北京", "华北", "东街1号"],
            {"region": "华北", "address": "北京东街1号"},
        ),
        (
            ["名称", "Region", "City", "Address"],
            ["A", "N", "Town", "1 Lane"],
            {"region": "N", "address": "1 Lane, Town"},
        ),
        (
            ["名称", "Region", "City", "Address"],
            ["A", "N", "Town", "1 Lane, Town"],
            {"region": "N", "address": "1 Lane, Town"},
        ),
        (["名称", "City"], ["A", "Town"], {"region": "Town"}),
    ],
)
def test_what_a_field_has_no_room_for_finds_another_place(
    headings: list[str], row: list[str], expected: dict[str, object]
) -> None:
    plan = read_mapping("customers", headings)
    assert texts(plan, row) == {"name": row[0], **expected}
    assert (plan.unused, plan.left_over) == ([], set())


def test_a_cell_without_any_place_is_noted_by_its_column() -> None:
    plan = read_mapping("customers", ["Name", "Industry", "Sector", "Name"])
    assert texts(plan, ["A", "", "retail", ""]) == {"name": "A", "industry": "retail"}
    assert plan.left_over == set()
    assert texts(plan, ["A", "trade", "retail", "A"]) == {"name": "A", "industry": "trade"}
    assert plan.left_over == {2}
    assert texts(plan, ["A", "", "", "B"])["name"] == "A"
    assert plan.left_over == {2, 3}


def test_every_phone_of_a_contact_every_tag_and_every_note_counts() -> None:
    contacts = read_mapping("contacts", ["姓名", "电话", "手机", "邮箱", "电子邮件"])
    assert texts(contacts, ["甲", "'010", "'138", "a@x", "b@x"]) == {
        "name": "甲", "phone": "010;138", "email": "a@x", "remarks": "b@x",
    }  # fmt: skip
    customers = read_mapping("customers", ["name", "标签", "分组", "备注", "说明"])
    assert texts(customers, ["甲", "a;b", "c", "one", "two"]) == {"name": "甲", "tags": "a;b;c", "note": "one\ntwo"}


def test_a_column_by_hand_joins_those_of_a_field_with_room_for_several() -> None:
    plan = read_mapping("customers", ["name", "Notes", "Fax", "tags", "x"], ["Fax=note", "x=tags", "name=name"])
    assert texts(plan, ["A", "n", "f", "t", "u"]) == {"name": "A", "note": "f\nn", "tags": "u;t"}


def test_a_field_by_hand_and_for_all_rows_is_refused() -> None:
    with refused_as("values-exclude") as refused:
        read_mapping("customers", ["a", "name"], ["a=region"], ["region=x"])
    assert refused.value.values == {"first": "map region", "second": "set region"}


@pytest.mark.parametrize("headings", [["姓名", "公司", "电话"], ["Name", "Company", "Phone"]])
def test_a_table_with_company_and_person_has_the_person_as_contact(headings: list[str]) -> None:
    plan = read_mapping("customers", headings)
    assert texts(plan, ["王明", "老王小吃", "1"]) == {"name": "老王小吃", "contact": "王明", "phone": "1"}
    assert texts(plan, ["王明", "", "1"]) == {"name": "王明", "contact": "王明", "phone": "1"}
    assert (plan.unused, plan.left_over) == ([], set())


def test_a_table_of_persons_has_customers() -> None:
    assert read_mapping("customers", ["姓名", "电话"]).fields() == ["name", "phone"]


def test_columns_mapped_by_hand_are_joined_in_the_order_given() -> None:
    plan = read_mapping(
        "customers",
        ["Number", "Area", "Shop=Name", "T1", "T2", "phone"],
        ["Area=phone", "Number=phone", "Shop=Name=name", "T2=tags", "T1=tags"],
    )
    assert plan.unused == ["phone"]
    assert texts(plan, ["66554433", "010", "老王", "x", "y", "5"]) == {
        "phone": "010 66554433",
        "name": "老王",
        "tags": "y;x",
    }


def test_a_column_is_found_as_it_stands_before_it_is_compared() -> None:
    assert read_mapping("customers", ["Tel", "TEL "], ["TEL =phone"]).columns == {"phone": Source((1,), " ")}
    assert read_mapping("customers", ["Ruf-Nummer"], ["ruf nummer=phone"]).columns == {"phone": Source((0,), " ")}


def test_columns_called_the_same_go_together() -> None:
    assert read_mapping("contacts", ["Nr", "Nr"], ["Nr=phone"]).columns == {"phone": Source((0, 1), ";")}


def test_a_field_may_be_named_in_either_language_and_by_option() -> None:
    plan = read_mapping("customers", ["a", "b", "c"], ["a=客户名称", "b=route-order", "c=自定义.车牌"], ["地区=北区"])
    assert plan.fields() == ["name", "route_order", "field.车牌", "region"]


def test_a_column_can_be_left_out() -> None:
    plan = read_mapping("customers", ["name", "phone"], ["phone="])
    assert plan == ColumnPlan({"name": Source((0,), None)}, {}, ["phone"])


def test_a_constant_takes_the_place_of_the_column() -> None:
    plan = read_mapping("customers", ["name", "region"], (), ["region=北=区"])
    assert plan == ColumnPlan({"name": Source((0,), None)}, {"region": "北=区"}, ["region"])


def test_what_a_spreadsheet_needed_goes_away_again() -> None:
    headings, row = ["name", "phone", "note"], ["'=x", "'13800138000", "'90s"]
    plan = read_mapping("customers", headings)
    assert texts(plan, row) == {"name": "=x", "phone": "13800138000", "note": "'90s"}
    assert texts(plan, row, guarded=False) == {"name": "'=x", "phone": "'13800138000", "note": "'90s"}


def test_an_unknown_column_lists_those_of_the_file() -> None:
    with refused_as("unknown-heading") as refused:
        read_mapping("customers", ["a", "b"], ["c=name"])
    assert refused.value.values == {"column": "c", "choices": ["a", "b"]}


@pytest.mark.parametrize(("pairs", "constants"), [(["a=colour"], []), ([], ["colour=red"])])
def test_an_unknown_field_lists_the_known_ones(pairs: list[str], constants: list[str]) -> None:
    with refused_as("unknown-field") as refused:
        read_mapping("customers", ["a"], pairs, constants)
    assert refused.value.values == {"field": "colour", "choices": [*targets("customers"), "field.KEY"]}


def test_a_pair_needs_its_sign() -> None:
    with refused_as("unreadable-pair") as refused:
        read_mapping("customers", ["a"], ["a"])
    assert refused.value.values == {"value": "a", "field": "map"}
    with refused_as("unreadable-pair") as refused:
        read_mapping("customers", ["a"], [], ["region"])
    assert refused.value.values == {"value": "region", "field": "set"}
    for value in ("status", "status:open", "status=open", ":x=open", "status: =open"):
        with refused_as("unreadable-pair") as refused:
            read_mapping("callbacks", ["a"], values=[value])
        assert refused.value.values == {"value": value, "field": "value"}


def test_texts_of_another_program_mean_what_is_told() -> None:
    told = ["status:In progress=open", "状态：a=b=done", "status:Unclear=", "purpose:*=other"]
    plan = read_mapping("callbacks", ["status", "purpose"], values=told)
    for given, meant in {
        " in PROGRESS ": "open", "a=b": "done", "unclear": None, "skipped": "skipped", "": None, " ": None,
    }.items():  # fmt: skip
        assert texts(plan, [given, "x"]) == {"status": meant, "purpose": "other"}
    assert texts(plan, ["", ""]) == {"status": None, "purpose": None}
    assert plan.meaning("note") is None


def test_a_text_for_an_unknown_field_lists_the_known_ones() -> None:
    with refused_as("unknown-field") as refused:
        read_mapping("callbacks", ["a"], values=["colour:red=blue"])
    assert refused.value.values["field"] == "colour"
