"""The address books that programs export as csv: which columns make a person.

Owns the layouts of Google's of 2024 and the one before it, of Outlook's and Outlook.com's in English and Chinese, and
how any other table of persons is known. The cells stay as written: a phone or a birthday is judged by the importer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, Literal, NamedTuple, TypedDict

from csm.transfer.headings import ORGANISATIONS, PERSONS, known_headings, normal

Program = Literal["google", "outlook", "people"]

_SEPARATOR: Final = ":::"  # Google's, between several values in one cell
_SYSTEM_GROUPS: Final = frozenset({"mycontacts", "starred", "othercontacts", "我的联系人", "已加星标", "其他联系人"})
_NO_DATE: Final = frozenset({"0/0/00", "0/0/0000", "00/0/0", "0000/0/0"})  # Outlook's empty birthday
_MOST: Final = 100  # values of a kind that Google numbers
_WECHAT: Final = frozenset({"wechat", "weixin", "微信", "微信号"})

_GIVEN: Final = "First Name|Given Name|Forename|名"
_FAMILY: Final = "Last Name|Family Name|Surname|姓"
_MIDDLE: Final = "Middle Name|Additional Name|中间名"
_DEPARTMENT: Final = "Department|部门|所属部门"
# In the order of preference; the columns of one part that a file has are all kept.
_OUTLOOK: Final = {
    "given": "First Name|名",
    "middle": "Middle Name|中间名",
    "family": "Last Name|姓",
    "whole": "Display Name|File As|E-mail Display Name|显示名称|电子邮件显示名称",
    "nickname": "Nickname|昵称",
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
    # how somebody is addressed: Outlook's Title isn't what they do
    "unread": "Title|Suffix|英文称谓|称谓",
}
# What Outlook has a column for and a card hasn't: kept as lines of the note, behind the heading.
_OUTLOOK_MORE: Final = (
    "Spouse|配偶|Children|子女|Anniversary|纪念日|Web Page|网页|Personal Web Page|个人网页|Manager's Name|经理姓名|"
    "Assistant's Name|助理的姓名|Assistant's Phone|助理的电话|Business Fax|商务传真|Home Fax|住宅传真|"
    "Other Fax|其他传真|"
    "Pager|寻呼机|ISDN|Telex|TTY/TDD Phone|Radio Phone|Callback|Profession|职业|Office Location|办公地点|Account|帐户|"
    "User 1|User 2|User 3|User 4|用户 1|用户 2|用户 3|用户 4|Government ID Number|Organizational ID Number"
)
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
    "whole": "Name|File As",
    "nickname": "Nickname",
    "organisation": "Organization Name|Organization 1 - Name",
    "department": "Organization Department|Organization 1 - Department",
    "title": "Organization Title|Organization 1 - Title",
    "birthday": "Birthday",
    "note": "Notes",
    "tags": "Labels|Group Membership",
}
_GOOGLE_STREET: Final = "Address 1 - Street|Address 1 - Extended Address|Address 1 - PO Box"
_GOOGLE_TOWN: Final = "Address 1 - City|Address 1 - Region|Address 1 - Postal Code|Address 1 - Country"
# What Google numbers, each with its label: the values, and what they are called without one.
_GOOGLE_MORE: Final = ("Relation", "Event", "Custom Field", "Website", "IM")
_GOOGLE_LABELS: Final = ("Service", "Label", "Type")
# Headings that only these programs have, as they write them.
_GOOGLE_MARK: Final = re.compile(
    "(?:E-mail|Phone|Address|Website|Relation|Event|Custom Field|IM|Organization) [0-9]+ - [A-Z]"
    "|Group Membership$|Yomi Name$"
)
_OUTLOOK_MARKS: Final = frozenset(
    {
        *("E-mail Address", "E-mail 2 Address", "E-mail Display Name", "Business Street", "Business Country/Region"),
        *("Company Main Phone", "Assistant's Phone", "电子邮件地址", "电子邮件显示名称", "商务电话"),
        *("单位主要电话", "商务地址 街道"),
    }
)
# Fields of a customer that are parts of a person where a table has a column for each part of the name.
_PARTS: Final = {
    "contact": "whole",
    "name": "organisation",
    "role": "title",
    "phone": "phone",
    "contact_phone": "phone",
    "email": "email",
    "contact_email": "email",
    "birthday": "birthday",
    "wechat": "wechat",
    "nickname": "nickname",
    "note": "note",
    "tags": "tags",
}
_KEYS: Final = frozenset({"id", "code", "external_id"})


class Labelled(NamedTuple):
    """A column of what a card has no field for: what it is called, the columns that may hold its label, its own."""

    name: str
    labels: tuple[int, ...]
    value: int


class ContactColumns(NamedTuple):
    """The columns of each part of a person, the preferred one first, and those that are kept with their labels.

    places: what the addresses are called, in the order of their parts. department: what that column is called.
    """

    parts: dict[str, tuple[int, ...]]
    more: Sequence[Labelled] = ()
    places: Sequence[str] = ()
    department: str = "Department"

    def read(self) -> set[int]:
        """Return the indexes of all columns that a person is made of."""
        labels = {index for column in self.more for index in column.labels}
        parts = {index for indexes in self.parts.values() for index in indexes}
        return parts | labels | {column.value for column in self.more}

    def kept(self) -> list[int]:
        """Return the indexes of those whose cells are to be found again in what was made of a row."""
        parts = {index for indexes in self.parts.values() for index in indexes}
        return sorted(parts | {column.value for column in self.more})


class ContactRow(TypedDict):
    """A person of an address book; texts are empty and lists bare where the file has nothing.

    more: lines of what has no part of its own, each behind its label.
    """

    person: str
    nickname: str
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
    more: list[str]


def detect_contact_export(headings: Sequence[str]) -> Program | None:
    """Return the program whose address book has these headings, or None for an ordinary table.

    A program is known by headings that only it has. `people`: a table of any other program whose rows are persons,
    having a column for each part of the name, or one for the person next to one for their organisation.
    """
    texts = [heading.strip().lstrip("\ufeff") for heading in headings]
    if any(map(_GOOGLE_MARK.match, texts)):
        return "google"
    present = set(map(normal, texts))
    if _has(present, _GIVEN) and _has(present, _FAMILY):
        return "outlook" if _OUTLOOK_MARKS.intersection(texts) else "people"
    if present.isdisjoint((*PERSONS, "name")) or present.isdisjoint(ORGANISATIONS):
        return None
    keyed = not _KEYS.isdisjoint(map(known_headings("customers").get, present))
    return None if keyed else "people"


def _has(present: AbstractSet[str], words: str) -> bool:
    return any(normal(word) in present for word in words.split("|"))


def contact_export_map(
    which: Program, headings: Sequence[str], left_alone: AbstractSet[int] = frozenset()
) -> ContactColumns:
    """Return the columns of each part of a person; those `left_alone`, by index, are no part of one."""
    at: dict[str, int] = {}
    for index, heading in enumerate(headings):
        if index not in left_alone:
            at.setdefault(normal(heading), index)

    def found(words: str) -> tuple[int, ...]:
        indexes = (at.get(normal(word)) for word in words.split("|"))
        return tuple(index for index in indexes if index is not None)

    if which == "google":
        return _google(found)
    columns = _outlook(headings, found) if which == "outlook" else _people(headings, left_alone, found)
    department = [headings[index].strip() for index in columns.parts["department"]]
    return columns._replace(department="".join(department[:1]))


Found = Callable[[str], tuple[int, ...]]


def _people(headings: Sequence[str], left_alone: AbstractSet[int], found: Found) -> ContactColumns:
    known = known_headings("customers")
    parts: dict[str, list[int]] = {}
    for index, heading in enumerate(headings):
        form = normal(heading)
        part = _PARTS.get(known.get(form, ""), "")
        if form in PERSONS or form in ("name", "displayname", "fileas"):
            part = "whole"
        if part and index not in left_alone:
            parts.setdefault(part, []).append(index)
    named = {"given": found(_GIVEN), "middle": found(_MIDDLE), "family": found(_FAMILY)}
    named["department"] = found(_DEPARTMENT)
    return ContactColumns({part: tuple(indexes) for part, indexes in parts.items()} | named)


def _outlook(headings: Sequence[str], found: Found) -> ContactColumns:
    parts = {part: found(words) for part, words in _OUTLOOK.items()}
    for number, place in enumerate(_OUTLOOK_PLACES):
        parts[f"street {number}"] = found(_OUTLOOK_STREET.format(*place))
        parts[f"town {number}"] = found(_OUTLOOK_TOWN.format(*place))
    more = [Labelled(headings[index].strip(), (), index) for index in found(_OUTLOOK_MORE)]
    chinese = any(normal(heading) == "姓" for heading in headings)
    return ContactColumns(parts, more, [place[chinese] for place in _OUTLOOK_PLACES])


def _google(found: Found) -> ContactColumns:
    parts = {part: found(words) for part, words in _GOOGLE.items()}
    numbers = range(1, _MOST)
    parts["phone"] = found("|".join(f"Phone {n} - Value" for n in numbers))
    parts["email"] = found("|".join(f"E-mail {n} - Value" for n in numbers))
    parts["formatted"] = found("Address 1 - Formatted")
    parts["street 0"], parts["town 0"] = found(_GOOGLE_STREET), found(_GOOGLE_TOWN)
    more = []

    def labelled(name: str, number: int, value: str) -> None:
        for index in found(f"{name} {number} - {value}"):
            labels = found("|".join(f"{name} {number} - {label}" for label in _GOOGLE_LABELS))
            more.append(Labelled(name, labels, index))

    for name in _GOOGLE_MORE:
        for number in numbers:
            labelled(name, number, "Value")
    for number in numbers[1:]:
        labelled("Address", number, "Formatted")
        labelled("Organization", number, "Name")
    return ContactColumns(parts, more, ["Address"])


def contact_row(columns: ContactColumns, row: Sequence[str]) -> ContactRow:
    """Return the person that `row` tells of, `columns` being those of `contact_export_map`."""

    def cells(part: str) -> list[str]:
        texts = (row[index].strip() for index in columns.parts.get(part, ()))
        return [text for text in texts if text]

    def first(part: str) -> str:
        return next(iter(cells(part)), "")

    birthday, department, nickname = first("birthday"), first("department"), first("nickname")
    person = _person(first("given"), first("middle"), first("family")) or first("whole")
    organisation, *others = _several([first("organisation")]) or [""]
    titles = _several([first("title")])
    address, further = _home(columns, cells)
    named, wechat = _labelled(columns, row, first("wechat"))
    more = [f"{columns.department}: {department}"] if department and titles else []
    more += [*map("Organization: {}".format, others), *map("Title: {}".format, titles[1:]), *further, *named]
    return ContactRow(
        person=person or nickname,
        nickname=nickname if person else "",
        organisation=organisation,
        department=department,
        role=(titles or [department])[0],
        phones=_several(cells("phone")),
        emails=_several(cells("email")),
        wechat=wechat,
        birthday="" if birthday in _NO_DATE else birthday,
        note="\n".join(cells("note")),
        tags=_tags(cells("tags")),
        address=address,
        more=more,
    )


def _home(columns: ContactColumns, cells: Callable[[str], list[str]]) -> tuple[str, list[str]]:
    """Return the address of a person, and lines of their others, each behind what it is called."""
    formatted = _several(cells("formatted"))
    found = list(_addresses(cells))
    address = next(filter(None, [*formatted[:1], *found]), "")
    if formatted:
        return address, [f"Address: {text}" for text in formatted[1:]]
    places = [*columns.places, *["Address"] * len(found)]
    others = zip(places, found, strict=False)
    return address, [f"{place}: {text}" for place, text in others if text and text != address]


def _labelled(columns: ContactColumns, row: Sequence[str], wechat: str) -> tuple[list[str], str]:
    """Return lines of what has no part of its own, each behind its label, and the WeChat name, which may be there."""
    lines = []
    for column in columns.more:
        labels = (row[index].strip().removeprefix("*").strip() for index in column.labels)
        label = next(filter(None, labels), "")
        for value in _several([row[column.value]]):
            if normal(label) in _WECHAT and not wechat:
                wechat = value
            else:
                lines.append(f"{label or column.name}: {value}")
    return lines, wechat


def lost_columns(columns: ContactColumns, row: Sequence[str], made: Iterable[str]) -> Iterator[int]:
    """Yield the columns of a person with a cell that isn't found again in the cells `made` of the row."""
    together = " ".join(" ".join(made).split())
    tags = columns.parts.get("tags", ())
    for index in columns.kept():
        text = row[index].strip()
        if text and text not in _NO_DATE and _is_lost(text.split(";") if index in tags else [text], together):
            yield index
    for column in columns.more:
        # the label of nothing
        if not row[column.value].strip():
            yield from (index for index in column.labels if row[index].strip())


def _is_lost(texts: Sequence[str], together: str) -> bool:
    """Return whether a value of the cells isn't found again in what was made of the row."""
    values = (" ".join(value.removeprefix("*").split()) for value in _several(texts))
    return any(bare not in together and normal(bare) not in _SYSTEM_GROUPS for bare in values)


def _person(given: str, middle: str, family: str) -> str:
    """Put a name together: 王小明 for a Chinese one, else given, middle and family name with blanks."""
    parts = [part for part in (given, middle, family) if part]
    if parts and all(_is_chinese(part) for part in parts):
        return family + middle + given
    return " ".join(parts)


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff" for char in text)


def _addresses(cells: Callable[[str], list[str]]) -> Iterator[str]:
    """Put each address together in the order of its country; empty for one that has no parts."""
    for number in range(len(_OUTLOOK_PLACES)):
        streets, towns = cells(f"street {number}"), cells(f"town {number}")
        if not any(_is_chinese(line) for line in streets + towns):
            yield ", ".join(streets + towns)
            continue
        postcode = [line for line in towns if line.isdecimal()]
        region = [line for line in reversed(towns) if not line.isdecimal()]
        yield " ".join(["".join(region + streets), *postcode])


def _several(cells: Iterable[str]) -> list[str]:
    """Return each value of the cells once, in order."""
    values = (value.strip() for cell in cells for value in cell.split(_SEPARATOR))
    return list(dict.fromkeys(value for value in values if value))


def _tags(cells: Iterable[str]) -> list[str]:
    """Return the groups a person was put in by hand; `* myContacts` is the program's own."""
    groups = (group for cell in cells for group in _several(cell.split(";")))
    named = (group.removeprefix("*").strip() for group in groups)
    return list(dict.fromkeys(group for group in named if group and normal(group) not in _SYSTEM_GROUPS))
