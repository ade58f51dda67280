"""The address books that Google Contacts and Outlook export as csv: which columns make a person.

Owns their layouts: Google's of 2024 and the one before it, Outlook's and Outlook.com's in English and Chinese. The
cells stay as written: a phone or a birthday is judged by the importer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, TypedDict

from csm.transfer.headings import normal

Program = Literal["google", "outlook"]
ContactColumns = dict[str, tuple[int, ...]]

_SEPARATOR: Final = ":::"  # Google's, between several values in one cell
_SYSTEM_GROUPS: Final = frozenset({"mycontacts", "starred", "othercontacts", "我的联系人", "已加星标", "其他联系人"})
_NO_DATE: Final = frozenset({"0/0/00", "0/0/0000", "00/0/0", "0000/0/0"})  # Outlook's empty birthday
_MOST: Final = 100  # values of a kind that Google numbers
_WECHAT: Final = frozenset({"wechat", "weixin", "微信", "微信号"})

# In the order of preference; the columns of one part that a file has are all kept.
_OUTLOOK: Final = {
    "given": "First Name|名",
    "middle": "Middle Name|中间名",
    "family": "Last Name|姓",
    "whole": "Display Name|File As|E-mail Display Name|显示名称|电子邮件显示名称",
    "organisation": "Company|公司|单位",
    "department": "Department|部门",
    "title": "Job Title|职务",
    "phone": "Mobile Phone|移动电话|Business Phone|商务电话|Business Phone 2|商务电话 2|"
    "Company Main Phone|单位主要电话|公司主要电话|Primary Phone|主要电话|Home Phone|住宅电话|Home Phone 2|住宅电话 2|"
    "Other Phone|其他电话|Car Phone|车载电话",
    "email": "E-mail Address|电子邮件地址|E-mail 2 Address|电子邮件 2 地址|E-mail 3 Address|电子邮件 3 地址",
    "birthday": "Birthday|生日",
    "note": "Notes|附注|备注",
    "tags": "Categories|类别",
}
_OUTLOOK_PLACES: Final = (("Business", "商务地址"), ("Home", "住宅地址"), ("Other", "其他地址"))
_OUTLOOK_STREET: Final = "{0} Street|{1} 街道|{0} Street 2|{1} 街道 2|{0} Street 3|{1} 街道 3"
_OUTLOOK_TOWN: Final = (
    "{0} City|{1} 市/县|{0} State|{1} 省/市/自治区|{0} Postal Code|{1} 邮政编码|"
    "{0} Country/Region|{0} Country|{1} 国家/地区"
)
_GOOGLE: Final = {
    "given": "First Name|Given Name",
    "middle": "Middle Name|Additional Name",
    "family": "Last Name|Family Name",
    "whole": "Name|File As|Nickname",
    "organisation": "Organization Name|Organization 1 - Name",
    "department": "Organization Department|Organization 1 - Department",
    "title": "Organization Title|Organization 1 - Title",
    "birthday": "Birthday",
    "note": "Notes",
    "tags": "Labels|Group Membership",
}
_GOOGLE_STREET: Final = "Address 1 - Street|Address 1 - Extended Address|Address 1 - PO Box"
_GOOGLE_TOWN: Final = "Address 1 - City|Address 1 - Region|Address 1 - Postal Code|Address 1 - Country"
_GOOGLE_MARKS: Final = "Labels|Group Membership|File As|Yomi Name|E-mail 1 - Value|Phone 1 - Value"
_OUTLOOK_MARKS: Final = (
    "E-mail Address|Business Phone|Mobile Phone|Home Phone|Job Title|Business Street|"
    "电子邮件地址|商务电话|移动电话|住宅电话|单位主要电话|职务|商务地址 街道"
)


class ContactRow(TypedDict):
    """A person of an address book; texts are empty and lists bare where the book says nothing."""

    person: str
    organisation: str
    department: str
    role: str
    phones: list[str]
    emails: list[str]
    wechat: str
    birthday: str
    note: str
    tags: list[str]
    address: str


def detect_contact_export(headings: Sequence[str]) -> Program | None:
    """Return the program whose address book has these headings, or None for an ordinary table."""
    present = {normal(heading) for heading in headings}

    def has(words: str) -> bool:
        return any(normal(word) in present for word in words.split("|"))

    if has("First Name|Given Name|名") and has("Last Name|Family Name|姓"):
        if has(_GOOGLE_MARKS):
            return "google"
        if has(_OUTLOOK_MARKS):
            return "outlook"
    return None


def contact_export_map(which: Program, headings: Sequence[str]) -> ContactColumns:
    """Return, for each part of a person, the indexes of the columns that hold it, the preferred one first."""
    at: dict[str, int] = {}
    for index, heading in enumerate(headings):
        at.setdefault(normal(heading), index)

    def found(words: str) -> tuple[int, ...]:
        indexes = (at.get(normal(word)) for word in words.split("|"))
        return tuple(index for index in indexes if index is not None)

    layout = _GOOGLE if which == "google" else _OUTLOOK
    columns = {part: found(words) for part, words in layout.items()}
    if which == "outlook":
        for number, place in enumerate(_OUTLOOK_PLACES):
            columns[f"street {number}"] = found(_OUTLOOK_STREET.format(*place))
            columns[f"town {number}"] = found(_OUTLOOK_TOWN.format(*place))
        return columns
    numbers = range(1, _MOST)
    columns["phone"] = found("|".join(f"Phone {n} - Value" for n in numbers))
    columns["email"] = found("|".join(f"E-mail {n} - Value" for n in numbers))
    columns["formatted"] = found("Address 1 - Formatted")
    columns["street 0"], columns["town 0"] = found(_GOOGLE_STREET), found(_GOOGLE_TOWN)
    for kind, label in (("Custom Field", "Label"), ("Custom Field", "Type"), ("IM", "Service")):
        for n in numbers:
            pair = found(f"{kind} {n} - {label}|{kind} {n} - Value")
            if len(pair) == len(("label", "value")):
                columns[f"{kind} {n}"] = pair
    return columns


def contact_row(columns: ContactColumns, row: Sequence[str]) -> ContactRow:
    """Return the person that `row` tells of, `columns` being those of `contact_export_map`."""

    def cells(part: str) -> list[str]:
        texts = (row[index].strip() for index in columns.get(part, ()))
        return [text for text in texts if text]

    def first(part: str) -> str:
        return next(iter(cells(part)), "")

    birthday = first("birthday")
    department, title = first("department"), first("title")
    return ContactRow(
        person=_person(first("given"), first("middle"), first("family")) or first("whole"),
        organisation=first("organisation").partition(_SEPARATOR)[0].strip(),
        department=department,
        role=title.partition(_SEPARATOR)[0].strip() or department,
        phones=_several(cells("phone")),
        emails=_several(cells("email")),
        wechat=_wechat(columns, row),
        birthday="" if birthday in _NO_DATE else birthday,
        note="\n".join(cells("note")),
        tags=_tags(cells("tags")),
        address=first("formatted") or _address(cells),
    )


def _person(given: str, middle: str, family: str) -> str:
    """Put a name together: 王小明 for a Chinese one, else given, middle and family name with blanks."""
    parts = [part for part in (given, middle, family) if part]
    if parts and all(_is_chinese(part) for part in parts):
        return family + middle + given
    return " ".join(parts)


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff" for char in text)


def _address(cells: Callable[[str], list[str]]) -> str:
    """Put the first address that isn't empty together, in the order of its country."""
    for number in range(len(_OUTLOOK_PLACES)):
        streets, towns = cells(f"street {number}"), cells(f"town {number}")
        if not streets and not towns:
            continue
        if not any(_is_chinese(line) for line in streets + towns):
            return ", ".join(streets + towns)
        postcode = [line for line in towns if line.isdecimal()]
        region = [line for line in reversed(towns) if not line.isdecimal()]
        return " ".join(["".join(region + streets), *postcode])
    return ""


def _several(cells: Iterable[str]) -> list[str]:
    """Return each value of the cells once, in order."""
    values = (value.strip() for cell in cells for value in cell.split(_SEPARATOR))
    return list(dict.fromkeys(value for value in values if value))


def _tags(cells: Iterable[str]) -> list[str]:
    """Return the groups a person was put in by hand; `* myContacts` is the program's own."""
    groups = (group for cell in cells for group in _several(cell.split(";")))
    named = (group.removeprefix("*").strip() for group in groups)
    return list(dict.fromkeys(group for group in named if group and normal(group) not in _SYSTEM_GROUPS))


def _wechat(columns: ContactColumns, row: Sequence[str]) -> str:
    for part, indexes in columns.items():
        if part.startswith(("Custom Field", "IM")) and normal(row[indexes[0]]) in _WECHAT:
            return row[indexes[1]].strip()
    return ""
