"""Which columns fill which field: by hand first, by the headings otherwise."""

from __future__ import annotations

import pytest

from csm.domain.errors import UnknownField, UnknownHeading, UnreadablePair
from csm.transfer.headings import targets
from csm.transfer.mapping import ColumnPlan, Source, read_mapping


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
    assert (plan.column_of("phone"), plan.column_of("email")) == (1, None)


def test_a_row_has_every_field_of_the_plan() -> None:
    get = read_mapping("customers", ["name", "phone"], constants=["region=北区", "tags="]).getter(guarded=True)
    assert get(["老王", ""]) == {"region": "北区", "tags": "", "name": "老王", "phone": ""}


def test_of_two_columns_for_one_field_the_first_with_content_wins() -> None:
    get = read_mapping("customers", ["名称", "电话", "手机"]).getter(guarded=True)
    assert get(["甲", "010-1", "138"])["phone"] == "010-1"
    assert get(["甲", "", "138"])["phone"] == "138"
    assert get(["甲", " ", ""])["phone"] == ""


def test_every_phone_of_a_contact_every_tag_and_every_note_counts() -> None:
    contacts = read_mapping("contacts", ["姓名", "电话", "手机"]).getter(guarded=True)
    assert contacts(["甲", "'010", "'138"])["phone"] == "010;138"
    customers = read_mapping("customers", ["name", "标签", "分组", "备注", "说明"]).getter(guarded=True)
    assert customers(["甲", "a;b", "c", "one", "two"]) == {"name": "甲", "tags": "a;b;c", "note": "one\ntwo"}


def test_a_table_with_company_and_person_has_the_person_as_contact() -> None:
    plan = read_mapping("customers", ["姓名", "公司", "电话"])
    get = plan.getter(guarded=True)
    assert get(["王明", "老王小吃", "1"]) == {"name": "老王小吃", "contact": "王明", "phone": "1"}
    assert get(["王明", "", "1"]) == {"name": "王明", "contact": "王明", "phone": "1"}
    assert plan.unused == []


def test_a_table_of_persons_has_customers() -> None:
    assert read_mapping("customers", ["姓名", "电话"]).fields() == ["name", "phone"]


def test_columns_mapped_by_hand_are_joined_in_the_order_given() -> None:
    plan = read_mapping(
        "customers",
        ["Number", "Area", "Shop=Name", "T1", "T2", "phone"],
        ["Area=phone", "Number=phone", "Shop=Name=name", "T2=tags", "T1=tags"],
    )
    assert plan.unused == ["phone"]
    assert plan.getter(guarded=True)(["66554433", "010", "老王", "x", "y", "5"]) == {
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
    assert plan.getter(guarded=True)(row) == {"name": "=x", "phone": "13800138000", "note": "'90s"}
    assert plan.getter(guarded=False)(row) == {"name": "'=x", "phone": "'13800138000", "note": "'90s"}


def test_an_unknown_column_lists_those_of_the_file() -> None:
    with pytest.raises(UnknownHeading) as refused:
        read_mapping("customers", ["a", "b"], ["c=name"])
    assert refused.value.values == {"column": "c", "choices": ["a", "b"]}


@pytest.mark.parametrize(("pairs", "constants"), [(["a=colour"], []), ([], ["colour=red"])])
def test_an_unknown_field_lists_the_known_ones(pairs: list[str], constants: list[str]) -> None:
    with pytest.raises(UnknownField) as refused:
        read_mapping("customers", ["a"], pairs, constants)
    assert refused.value.values == {"field": "colour", "choices": [*targets("customers"), "field.KEY"]}


def test_a_pair_needs_its_sign() -> None:
    with pytest.raises(UnreadablePair) as refused:
        read_mapping("customers", ["a"], ["a"])
    assert refused.value.values == {"value": "a", "option": "--map"}
    with pytest.raises(UnreadablePair) as refused:
        read_mapping("customers", ["a"], [], ["region"])
    assert refused.value.values == {"value": "region", "option": "--set"}
    for value in ("status", "status:open", "status=open", ":x=open", "status: =open"):
        with pytest.raises(UnreadablePair) as refused:
            read_mapping("callbacks", ["a"], values=[value])
        assert refused.value.values == {"value": value, "option": "--value"}


def test_texts_of_another_program_mean_what_is_told() -> None:
    told = ["status:In progress=open", "状态：a=b=done", "status:Unclear=", "purpose:*=other"]
    plan = read_mapping("callbacks", ["status", "purpose"], values=told)
    get = plan.getter(guarded=False)
    for given, meant in {
        " in PROGRESS ": "open", "a=b": "done", "unclear": "", "skipped": "skipped", "": "", " ": " ",
    }.items():  # fmt: skip
        assert get([given, "x"]) == {"status": meant, "purpose": "other"}
    assert get(["", ""]) == {"status": "", "purpose": ""}
    assert plan.meaning("note") is None


def test_a_text_for_an_unknown_field_lists_the_known_ones() -> None:
    with pytest.raises(UnknownField) as refused:
        read_mapping("callbacks", ["a"], values=["colour:red=blue"])
    assert refused.value.values["field"] == "colour"
