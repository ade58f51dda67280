"""Rows of Google Contacts and Outlook become persons with their organisation."""

from __future__ import annotations

from typing import Any

import pytest

from csm.transfer.contact_exports import contact_export_map, contact_row, detect_contact_export, lost_columns

GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,"
    "Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,"
    "Custom Field 1 - Label,Custom Field 1 - Value"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,"
    "Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,"
    "Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,IM 1 - Type,IM 1 - Service,IM 1 - Value,Phone 1 - Type,Phone 1 - Value,"
    "Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,"
    "Organization 1 - Department"
)
OUTLOOK = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,"
    "Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,"
    "Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,Home Country/Region,Assistant's Phone,"
    "Business Fax,Business Phone,Business Phone 2,Home Phone,Mobile Phone,Pager,Birthday,Categories,E-mail Address,"
    "E-mail Type,E-mail Display Name,E-mail 2 Address,Notes"
)
OUTLOOK_ZH = (
    "英文称谓,名,中间名,姓,称谓,单位,部门,职务,商务地址 街道,商务地址 街道 2,商务地址 街道 3,商务地址 市/县,"
    "商务地址 省/市/自治区,商务地址 邮政编码,商务地址 国家/地区,商务传真,商务电话,单位主要电话,住宅电话,移动电话,"
    "电子邮件地址,电子邮件类型,电子邮件显示名称,电子邮件 2 地址,附注,类别,生日"
)
NOBODY: dict[str, Any] = {
    "person": "", "organisation": "", "department": "", "role": "", "phones": [], "emails": [], "wechat": "",
    "birthday": "", "note": "", "tags": [], "address": "", "nickname": "", "more": [],
}  # fmt: skip


def person(layout: str, cells: dict[str, str]) -> dict[str, Any]:
    headings = layout.split(",")
    assert set(cells) <= set(headings)
    which = detect_contact_export(headings)
    assert which is not None
    return dict(contact_row(contact_export_map(which, headings), [cells.get(heading, "") for heading in headings]))


@pytest.mark.parametrize(
    ("layout", "which"),
    [
        (GOOGLE, "google"),
        (GOOGLE_OLD, "google"),
        (OUTLOOK, "outlook"),
        (OUTLOOK_ZH, "outlook"),
        ("First Name,Last Name,Labels,Phone 1 - Value", "google"),
        ("First Name,Last Name,Company,E-mail Address,Mobile Phone", "outlook"),
        # what Square, HubSpot and others have too is nobody's mark
        ("First Name,Last Name,Company,Email Address,Mobile Phone", "people"),
        ("First Name,Last Name,Email,Phone Number,Job Title", "people"),
        ("First Name,Last Name,Labels", "people"),
        ("名,姓,公司,部门,职务,移动电话", "people"),
        ("First Name,Last Name", "people"),
        ("姓名,公司,电话,职务", "people"),
        ("Name,Company,Email", "people"),
        ("Code,Name,Company,Email", None),
        ("客户名称,公司,电话", None),
        ("name,phone", None),
        ("", None),
    ],
)
def test_detect(layout: str, which: str | None) -> None:
    assert detect_contact_export(layout.split(",")) == which


def test_google_as_of_2024() -> None:
    assert person(
        GOOGLE,
        {
            "First Name": "Grace", "Middle Name": "Brewster", "Last Name": "Hopper", "Nickname": "Amazing Grace",
            "Organization Name": "US Navy", "Organization Title": "Rear Admiral", "Organization Department": "Ships",
            "Birthday": "--12-09", "Notes": "met in\nBoston", "Labels": "* myContacts ::: Navy ::: * Friends",
            "E-mail 1 - Value": "grace@navy.example ::: g@x.example", "E-mail 2 - Value": "grace@navy.example",
            "Phone 1 - Label": "Mobile", "Phone 1 - Value": "+1 555 0199 ::: 555 0200", "Phone 2 - Value": "555 0201",
            "Address 1 - Formatted": "1 Main St\nArlington, VA", "Address 1 - Street": "1 Main St",
            "Custom Field 1 - Label": "WeChat", "Custom Field 1 - Value": "amazing",
        },
    ) == {
        "person": "Grace Brewster Hopper", "organisation": "US Navy", "department": "Ships", "role": "Rear Admiral",
        "phones": ["+1 555 0199", "555 0200", "555 0201"], "emails": ["grace@navy.example", "g@x.example"],
        "wechat": "amazing", "birthday": "--12-09", "note": "met in\nBoston", "tags": ["Navy", "Friends"],
        "address": "1 Main St\nArlington, VA", "nickname": "Amazing Grace", "more": ["Department: Ships"],
    }  # fmt: skip


def test_google_before_2024() -> None:
    assert person(
        GOOGLE_OLD,
        {
            "Name": "小明 王", "Given Name": "小明", "Family Name": "王", "Group Membership": "* myContacts ::: 老客户",
            "IM 1 - Service": "微信", "IM 1 - Value": "xiaoming", "Phone 1 - Value": "13800138000",
            "Organization 1 - Name": "老王小吃", "Organization 1 - Department": "采购部", "Birthday": "1985-03-12",
        },
    ) == NOBODY | {
        "person": "王小明", "organisation": "老王小吃", "department": "采购部", "role": "采购部",
        "phones": ["13800138000"], "wechat": "xiaoming", "birthday": "1985-03-12", "tags": ["老客户"],
    }  # fmt: skip


def test_outlook() -> None:
    assert person(
        OUTLOOK,
        {
            "First Name": "Ada", "Last Name": "Lovelace", "Company": "Engines Ltd", "Job Title": "Analyst",
            "Business Street": "12 Bridge St", "Business City": "London", "Business Postal Code": "SW1A 1AA",
            "Home Street": "somewhere else", "Business Fax": "1", "Business Phone": "020 1", "Home Phone": "020 2",
            "Mobile Phone": "07700 3", "Pager": "4", "Birthday": "0/0/00", "Categories": "VIP;Press",
            "E-mail Address": "ada@x.example", "E-mail 2 Address": "a@y.example", "Notes": "likes tea",
        },
    ) == NOBODY | {
        "person": "Ada Lovelace", "organisation": "Engines Ltd", "role": "Analyst",
        "phones": ["07700 3", "020 1", "020 2"], "emails": ["ada@x.example", "a@y.example"], "note": "likes tea",
        "tags": ["VIP", "Press"], "address": "12 Bridge St, London, SW1A 1AA",
        "more": ["Home: somewhere else", "Business Fax: 1", "Pager: 4"],
    }  # fmt: skip


def test_outlook_in_chinese() -> None:
    assert person(
        OUTLOOK_ZH,
        {
            "名": "小明", "姓": "王", "单位": "老王小吃", "部门": "采购部", "职务": "经理",
            "商务地址 街道": "中山路1号", "商务地址 街道 2": "3楼", "商务地址 市/县": "广州市",
            "商务地址 省/市/自治区": "广东省", "商务地址 邮政编码": "510000", "商务电话": "020-66554433",
            "移动电话": "13800138000", "电子邮件地址": "wang@x.example", "附注": "老客户", "类别": "重点",
            "生日": "00/0/0",
        },
    ) == NOBODY | {
        "person": "王小明", "organisation": "老王小吃", "department": "采购部", "role": "经理",
        "phones": ["13800138000", "020-66554433"], "emails": ["wang@x.example"], "note": "老客户", "tags": ["重点"],
        "address": "广东省广州市中山路1号3楼 510000", "more": ["部门: 采购部"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "name", "nickname"),
    [
        ({"First Name": "王小明"}, "王小明", ""),
        ({"First Name": "Michael", "Last Name": "王"}, "Michael 王", ""),
        ({"Last Name": "Hopper"}, "Hopper", ""),
        ({"File As": "Front desk", "Nickname": "Desk"}, "Front desk", "Desk"),
        ({"Nickname": "Desk"}, "Desk", ""),
        ({}, "", ""),
    ],
)
def test_names(cells: dict[str, str], name: str, nickname: str) -> None:
    assert person(GOOGLE, cells) == NOBODY | {"person": name, "nickname": nickname}


def test_what_has_no_part_of_a_person_is_kept_behind_its_label() -> None:
    layout = (
        "First Name,Last Name,Organization Name,Relation 1 - Label,Relation 1 - Value,Event 1 - Label,Event 1 - Value,"
        "Custom Field 1 - Label,Custom Field 1 - Value,Website 1 - Label,Website 1 - Value,Address 1 - Formatted,"
        "Address 2 - Label,Address 2 - Formatted,IM 1 - Service,IM 1 - Value"
    )
    cells = {
        "First Name": "Nora", "Organization Name": "Quill Ltd ::: Old Ltd", "Relation 1 - Label": "Spouse",
        "Relation 1 - Value": "Otto", "Event 1 - Label": "* Contract until", "Event 1 - Value": "2027-01-31",
        "Custom Field 1 - Value": "M-17", "Website 1 - Value": "https://a.example ::: https://b.example",
        "Address 1 - Formatted": "1 Lane ::: 2 Road", "Address 2 - Label": "Home", "Address 2 - Formatted": "9 Home Road",
        "IM 1 - Service": "WeChat", "IM 1 - Value": "nora",
    }  # fmt: skip
    assert person(layout, cells) == NOBODY | {
        "person": "Nora", "organisation": "Quill Ltd", "address": "1 Lane", "wechat": "nora",
        "more": [
            "Organization: Old Ltd", "Address: 2 Road", "Spouse: Otto", "Contract until: 2027-01-31",
            "Custom Field: M-17", "Website: https://a.example", "Website: https://b.example", "Home: 9 Home Road",
        ],
    }  # fmt: skip


def test_a_column_whose_cell_is_found_nowhere_is_given() -> None:
    headings = ["Name", "Given Name", "Family Name", "File As", "Group Membership", "Phone 1 - Value"]
    columns = contact_export_map("google", headings)
    row = ["Dr Nora Quill", "Nora", "Quill", "Quill, Nora", "* myContacts ::: VIP", "139 0000 0011"]
    assert list(lost_columns(columns, row, ["Nora Quill", "139 0000 0011", "VIP"])) == [0, 3]
    assert list(lost_columns(columns, row, ["Nora Quill", "Dr Nora Quill", "Quill, Nora"])) == [4, 5]


def test_a_table_of_persons_of_any_program() -> None:
    layout = "Record ID,First Name,Last Name,Email,Phone Number,Mobile,Job Title,Company name,City,Work Email"
    headings = layout.split(",")
    columns = contact_export_map("people", headings, {6})
    assert columns.read() == {1, 2, 3, 4, 5, 7, 9}
    row = ["101", "Nora", "Quill", "n@x.example", "1", "2", "Buyer", "Quill Ltd", "Town", "w@x.example"]
    assert contact_row(columns, row) == NOBODY | {
        "person": "Nora Quill", "organisation": "Quill Ltd", "phones": ["1", "2"],
        "emails": ["n@x.example", "w@x.example"],
    }  # fmt: skip
