"""Every field has its headings, and no heading means two things."""

from __future__ import annotations

import pytest

from csm.domain.callback.record import CALLBACK
from csm.domain.complaint.record import COMPLAINT
from csm.domain.customer.record import CONTACT, CUSTOMER
from csm.domain.kinds import Field
from csm.domain.promise.record import PROMISE
from csm.domain.sale.record import SALE
from csm.transfer import headings
from csm.transfer.headings import known_headings, normal, own_field, targets

RECORDS = {"customers": CUSTOMER, "contacts": CONTACT, "callbacks": CALLBACK}
RECORDS |= {"complaints": COMPLAINT, "promises": PROMISE, "sales": SALE}
# Two levels a case has: in a file the one without another name is the one called so.
TWICE = {("complaints", "escalation_level")}


@pytest.mark.parametrize(
    ("heading", "compared"),
    [
        ("route_order", "routeorder"),
        (" Route  Order ", "routeorder"),
        ("route-order", "routeorder"),
        ("E-mail 1 - Value", "email1value"),
        ("客户　名称：", "客户名称"),
        ("年收入（元）", "年收入"),
        ("年收入 (万元):", "年收入"),
        ("电话【必填】", "电话"),
        ("*姓名", "姓名"),
        ("ＮＡＭＥ", "name"),
        ("\ufeffname", "name"),
        ("(x)", "(x)"),
        ("", ""),
    ],
)
def test_normal(heading: str, compared: str) -> None:
    assert normal(heading) == compared


@pytest.mark.parametrize("record", RECORDS)
def test_every_field_is_known_by_name_and_by_its_english_heading(record: str) -> None:
    known = known_headings(record)
    for field in RECORDS[record]:
        assert known[normal(field.name)] == field.name
        if (record, field.name) not in TWICE:
            assert known[normal(field.heading)] == field.name


@pytest.mark.parametrize("record", RECORDS)
def test_every_given_field_has_a_chinese_heading(record: str) -> None:
    known = known_headings(record)
    chinese = {target for heading, target in known.items() if not heading.isascii()}
    given = {field.name for field in RECORDS[record] if field.given}
    assert given - chinese == set()
    assert set(known.values()) == set(targets(record))


@pytest.mark.parametrize("record", RECORDS)
def test_no_heading_means_two_things(record: str) -> None:
    fields: tuple[Field, ...]
    fields, synonyms = headings._RECORDS[record]
    meaning: dict[str, str] = {normal(name): name for name in targets(record)}
    for name, word in [
        *((field.name, field.heading) for field in fields if (record, field.name) not in TWICE),
        *((name, word) for name, words in synonyms.items() for word in words.split("|")),
    ]:
        assert meaning.setdefault(normal(word), name) == name, word


@pytest.mark.parametrize(
    ("record", "heading", "target"),
    [
        ("customers", "客户名称", "name"),
        ("customers", "姓名", "name"),
        ("customers", "手机号码", "phone"),
        ("customers", "信用额度（元）", "credit_limit"),
        ("customers", "路序", "route_order"),
        ("customers", "备注", "note"),
        ("customers", "remarks", "note"),
        ("customers", "联系人", "contact"),
        ("customers", "联系人电话", "contact_phone"),
        ("customers", "微信", "wechat"),
        ("customers", "Preferred Channel", "channel"),
        ("customers", "下次回访", "next_callback_on"),
        ("contacts", "客户", "customer"),
        ("contacts", "客户编号", "customer_code"),
        ("contacts", "姓名", "name"),
        ("contacts", "备注", "remarks"),
        ("contacts", "爱好", "hobbies"),
        ("callbacks", "回访日期", "due_on"),
        ("callbacks", "Due", "due_on"),
        ("callbacks", "方式", "channel"),
        ("callbacks", "回访内容", "note"),
        ("callbacks", "下次回访", "next"),
        ("callbacks", "满意度", "satisfaction"),
        ("sales", "商品", "product"),
        ("sales", "总金额（元）", "amount"),
        ("sales", "成交日期", "sold_on"),
        ("sales", "Invoice No", "bill"),
        ("sales", "已付", "paid"),
        ("sales", "Date of Sale", "sold_on"),
        ("complaints", "成交编号", "sale_id"),
    ],
)
def test_headings_people_write(record: str, heading: str, target: str) -> None:
    assert known_headings(record)[normal(heading)] == target


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("field.车牌", "field.车牌"),
        ("Field. Plate No", "field.Plate No"),
        ("自定义.车牌", "field.车牌"),
        ("自定义．车牌", "field.车牌"),
        ("field.", ""),
        ("车牌", ""),
    ],
)
def test_own_field(heading: str, field: str) -> None:
    assert own_field(heading) == field
