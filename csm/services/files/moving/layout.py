"""The folder of a whole file: which file each table goes to, its columns, and how a value stands in a cell.

A column of a file is either stored, or says again, for who reads the file, what another file of the folder holds or
what csm works out; those are compared when the folder is read back. Search keys are left out: they follow from the
names and numbers.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Final, NamedTuple

from csm.domain.callback.record import CALLBACKS
from csm.domain.complaint.record import COMPLAINTS
from csm.domain.customer.record import CONTACTS, CUSTOMERS, LOSSES, NOTES
from csm.domain.errors import UnreadableDate, UsageFault
from csm.domain.house.record import SETTINGS, STAFF_MEMBERS
from csm.domain.kinds import OWN, Field
from csm.domain.promise.record import PLEDGES, PROMISES
from csm.domain.sale.record import PAYMENTS, SALES
from csm.domain.service.record import SERVICES
from csm.domain.survey.record import SURVEYS
from csm.domain.terms import TERMS
from csm.domain.time.instant import Zone
from csm.domain.values.money import read_cents, show_cents
from csm.domain.values.phone import digits
from csm.i18n.terms import values_of
from csm.services.customer import writing as customers
from csm.storage.file import whole
from csm.storage.listing import column_of, own_field_column, stored_column
from csm.storage.spellings import own_keys
from csm.storage.survey.rows import MADE as SURVEY_COLUMNS
from csm.transfer.sheet import guard, guard_phone, unguard, unguard_phone

Value = str | int | float | None

# The kinds of record with a file of their noun, in its order; every other table has a file called after it.
NOUNS: Final = {
    kind.noun: kind
    for kind in (
        *(SETTINGS, STAFF_MEMBERS, CUSTOMERS, CONTACTS, NOTES, SALES, PAYMENTS, SERVICES, COMPLAINTS, CALLBACKS),
        *(PLEDGES, PROMISES, LOSSES, SURVEYS),
    )
}
MANIFEST: Final = "csm.json"
# What a spreadsheet would take for a number, though it is none.
PHONES: Final = frozenset({"phone", "number", "caller_phone"})
CODES: Final = frozenset({"code", "bill", "serial", "external_id", "cancel_id"})
# How a text of a kind is made safe for a spreadsheet, and back.
GUARDS: Final = {"text": (guard, unguard), "code": (guard, unguard), "phone": (guard_phone, unguard_phone)}
_INSTANT: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_WHOLE: Final = re.compile("-?[0-9]{1,19}")
_HIGHEST: Final = 2**63 - 1


class Column(NamedTuple):
    """A column of a file.

    name: its heading. sql: what it selects of the table `t` and its view `v`. stored: the column of the table, None
    where it only says again. kind: integer, real, money, instant, day, phone, code or text. terms: the closed list of
    its values.
    """

    name: str
    sql: str
    stored: str | None
    kind: str
    nullable: bool = True
    needed: bool = False
    terms: str = ""


class Sheet(NamedTuple):
    """A file of the folder: its name without ending, its table and view, its columns, the key of the table first."""

    name: str
    table: str
    view: str | None
    columns: Sequence[Column]


def sheets(connection: sqlite3.Connection) -> list[Sheet]:
    """Return all files of the folder, the nouns first."""
    tables = whole.tables(connection)
    ordered = [table for table in NOUNS if table in tables] + [table for table in tables if table not in NOUNS]
    return [_sheet(connection, table) for table in ordered]


def name_of(table: str) -> str:
    """Return the file of a table, without its ending."""
    if table in NOUNS:
        return NOUNS[table].plural
    return table.removesuffix("y") + "ies" if table.endswith("try") else table + "s"


def _sheet(connection: sqlite3.Connection, table: str) -> Sheet:
    kind = NOUNS.get(table)
    view = kind.view if kind is not None else ""
    kept = _kept(connection, table)
    stored = {column.name.removesuffix("_cents"): column for column in kept}
    shown_again = _shown_again(connection, table, view)
    columns = []
    for field in kind.in_files if kind is not None else ():
        if field.name in stored:
            columns.append(_stored(stored.pop(field.name), field))
        elif stored_column(field) in shown_again:
            columns.append(_again(table, field))
    columns += [_stored(column, None) for column in stored.values()]
    if table == "customer":
        columns += map(own_field, own_keys(connection))
    columns.sort(key=lambda column: column.stored != kept[0].name)
    return Sheet(name_of(table), table, view or None, columns)


def _kept(connection: sqlite3.Connection, table: str) -> list[whole.Column]:
    derived = search_keys(connection, table)
    return [column for column in whole.columns(connection, table) if column.name not in derived]


def _shown_again(connection: sqlite3.Connection, table: str, view: str) -> set[str]:
    """Return the columns of the view of a table, and of surveys the scores that are made of their items."""
    seen = {column.name for column in whole.columns(connection, view)} if view else set()
    return seen.union(SURVEY_COLUMNS if table == "survey" else ())


def _stored(column: whole.Column, field: Field | None) -> Column:
    name = column.name.removesuffix("_cents")
    if column.type == "INTEGER":
        kind = "money" if name != column.name else "integer"
    elif column.type == "REAL":
        kind = "real"
    else:
        kind = _kind(name)
    terms = field.terms if field is not None and field.kind == "choice" and column.type == "TEXT" else ""
    return Column(name, f"t.{column.name}", column.name, kind, column.nullable, column.needed, terms)


def _kind(name: str) -> str:
    """Return what the texts of a column are, by its name."""
    if name == "at" or name.endswith("_at"):
        return "instant"
    if name == "date" or name.endswith("_on"):
        return "day"
    return "phone" if name in PHONES else "code" if name in CODES else "text"


def _again(table: str, field: Field) -> Column:
    made = SURVEY_COLUMNS.get(field.name) if table == "survey" else None
    kinds = {"money": "money", "instant": "instant", "integer": "integer", "flag": "integer", "score": "real"}
    kind = kinds.get(field.kind) or _kind(field.name)
    return Column(field.name, made or column_of(field), None, kind)


def own_field(key: str) -> Column:
    """Return the column that says an own field of a customer again."""
    return Column(OWN + key, own_field_column(key), None, "text")


# --- search keys ----------------------------------------------------------------------------------------------


def search_keys(connection: sqlite3.Connection, table: str) -> set[str]:
    """Return the columns of a table that follow from its others."""
    names = [column.name for column in whole.columns(connection, table)]
    return set(derive(names)(dict.fromkeys(names, "x"))).intersection(names)


def derive(names: Sequence[str]) -> Callable[[Mapping[str, Value]], dict[str, object]]:
    """Return what makes the search keys of a row of a table with the columns `names`."""
    if "digits" in names:
        return lambda row: {"digits": digits(str(row["number"]))}
    if "name_key" not in names:
        return lambda row: {}

    def keys(row: Mapping[str, Value]) -> dict[str, object]:
        return {name: value for name, value in customers.derived(dict(row)).items() if name in names}

    return keys


# --- values and cells -----------------------------------------------------------------------------------------


def shown(column: Column, value: Any, zone: Zone) -> str | None:
    """Return a stored value as text, None where there is none."""
    if value is None:
        return None
    if column.kind == "money" and isinstance(value, int):
        return show_cents(value)
    if column.kind == "instant" and isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return zone.iso(value)
        except (ValueError, OverflowError):
            return value
    return repr(value) if isinstance(value, float) else str(value)


def cell(column: Column, value: Any, zone: Zone) -> str:
    """Return a stored value as a cell of a spreadsheet.

    No text and an empty one differ: a text of nothing but apostrophes, or of nothing at all, has one more of them.
    """
    text = shown(column, value, zone)
    if text is None:
        return ""
    if column.kind not in GUARDS:
        return text
    if not text.strip("'"):
        return "'" + text if text or column.nullable else text
    return GUARDS[column.kind][0](text)


def from_cell(column: Column, text: str) -> str | None:
    """Return the text of a cell, None for an empty one."""
    if not text:
        return None if column.nullable or column.kind not in GUARDS else text
    if column.kind not in GUARDS:
        return text
    if not text.strip("'"):
        return text[1:]
    return GUARDS[column.kind][1](text)


def member(column: Column, value: Any, zone: Zone) -> str:
    """Return a stored value as json."""
    text = shown(column, value, zone)
    if text is None:
        return "null"
    if column.kind in ("integer", "real", "money") and not isinstance(value, str):
        return text
    return json.dumps(text, ensure_ascii=False)


def read(column: Column, text: str | None, zone: Zone) -> Value:
    """Return the value that is stored for a text; raise UsageFault."""
    if text is None:
        if column.needed:
            raise UsageFault("empty-value", field=column.name)
        return None
    if column.kind == "instant":
        return _instant(text, zone)
    if column.kind in _READERS:
        return _READERS[column.kind](text)
    if column.terms and text not in TERMS[column.terms] and text not in (values := values_of(column.terms)):
        raise UsageFault("unknown-value", field=column.name, value=text, choices=list(values))
    return text


def _integer(text: str) -> int:
    if not _WHOLE.fullmatch(text) or abs(int(text)) > _HIGHEST:
        raise UsageFault("unreadable-number", value=text, low=-_HIGHEST, high=_HIGHEST)
    return int(text)


def _real(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageFault("unreadable-quantity", value=text)
    return number


def _day(text: str) -> str:
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise UnreadableDate(value=text)


def _instant(text: str, zone: Zone) -> str:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(text)
        return zone.to_utc_text(moment)
    except (ValueError, OverflowError) as fault:
        raise UnreadableDate(value=text) from fault


_READERS: Final[dict[str, Callable[[str], Value]]] = {
    "integer": _integer,
    "money": partial(read_cents, allow_negative=True),
    "real": _real,
    "day": _day,
}
