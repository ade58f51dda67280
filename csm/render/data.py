"""The formats that programs read: csv, tsv, json and jsonl.

Rows are written as they come, some at a time, so that a list of any length needs the memory of some. Keys and values
are English in every language; titles, footers and colours have no place here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TextIO

from csm.domain.kinds import Field
from csm.render.cells import json_number, json_string, json_text, plain_column, unguarded
from csm.render.listing import Listing, Nested, Row, Style

if TYPE_CHECKING:
    from csm.domain.time.instant import Zone

ROWS_AT_A_TIME: Final = 250


# --- csv and tsv ----------------------------------------------------------------------------------------------


def csv_list(listing: Listing, style: Style, stream: TextIO) -> int:
    """Write a list as RFC 4180 csv with a heading line; return the number of rows."""
    return _separated(listing.fields, listing.rows, style, stream, ",")


def tsv_list(listing: Listing, style: Style, stream: TextIO) -> int:
    """Write a list as csv separated by tabs; return the number of rows."""
    return _separated(listing.fields, listing.rows, style, stream, "\t")


def csv_record(fields: Sequence[Field], record: Mapping[str, Any], style: Style, stream: TextIO, title: str) -> None:
    """Write a record as csv of one row."""
    _separated(fields, [[record.get(field.name) for field in fields]], style, stream, ",")


def tsv_record(fields: Sequence[Field], record: Mapping[str, Any], style: Style, stream: TextIO, title: str) -> None:
    """Write a record as tsv of one row."""
    _separated(fields, [[record.get(field.name) for field in fields]], style, stream, "\t")


def _separated(fields: Sequence[Field], rows: Iterable[Row], style: Style, stream: TextIO, delimiter: str) -> int:
    from csm.transfer.sheet import csv_text

    stream.write(csv_text([[field.name] for field in fields], delimiter=delimiter, crlf=style.crlf))
    seen = style.terminal and not style.raw
    conversions = [
        (place, convert)
        for place, field in enumerate(fields)
        if (convert := plain_column(field, style.zone, raw=style.raw, seen=seen)) is not None
    ]
    count = 0
    remaining = iter(rows)
    while some := list(islice(remaining, ROWS_AT_A_TIME)):
        columns: list[Sequence[Any]] = list(zip(*some, strict=True))
        for place, convert in conversions:
            # A column is looked at as a whole: most of those of a long list are empty or hold nothing to convert.
            column = columns[place]
            if column.count(None) != len(some) and (seen or not unguarded(fields[place], column)):
                columns[place] = convert(column)
        stream.write(csv_text(columns, delimiter=delimiter, crlf=style.crlf))
        count += len(some)
    return count


# --- json and jsonl -------------------------------------------------------------------------------------------


def json_list(listing: Listing, style: Style, stream: TextIO) -> int:
    """Write a list as a json array, an object a line; return the number of rows."""
    count = 0
    before = "[\n"
    for text in _objects(listing.fields, listing.rows, style.zone, style.ascii_only):
        stream.write(before + text)
        before = ",\n"
        count += 1
    stream.write("\n]\n" if count else "[]\n")
    return count


def jsonl_list(listing: Listing, style: Style, stream: TextIO) -> int:
    """Write a list as json objects, one a line; return the number of rows."""
    count = 0
    for text in _objects(listing.fields, listing.rows, style.zone, style.ascii_only):
        stream.write(text + "\n")
        count += 1
    return count


def json_record(fields: Sequence[Field], record: Mapping[str, Any], style: Style, stream: TextIO, title: str) -> None:
    """Write a record as a json object, a key a line."""
    members = _members(fields, record, style, "\n    ")
    stream.write("{\n  " + ",\n  ".join(members) + "\n}\n" if members else "{}\n")


def jsonl_record(fields: Sequence[Field], record: Mapping[str, Any], style: Style, stream: TextIO, title: str) -> None:
    """Write a record as a json object on one line."""
    stream.write("{" + ", ".join(_members(fields, record, style, "")) + "}\n")


def _objects(fields: Sequence[Field], rows: Iterable[Row], zone: Zone, ascii_only: bool) -> Iterator[str]:
    quoted = json_string(ascii_only=ascii_only)
    keys = [quoted(field.name).replace("%", "%%") + ": %s" for field in fields]
    pattern = "{" + ", ".join(keys) + "}"
    conversions = [
        _nested(zone, ascii_only=ascii_only) if field.kind == "json" else json_text(field, zone, ascii_only=ascii_only)
        for field in fields
    ]
    for row in rows:
        yield pattern % tuple([convert(value) for convert, value in zip(conversions, row, strict=True)])


# A stored instant under a key that ends in "at"; within a text its quotes would be escaped.
INSTANT: Final = r'(at":")([0-9]{4}-[0-9-]{5}T[0-9:]{8}Z)"'


def _nested(zone: Zone, *, ascii_only: bool) -> Callable[[Any], str]:
    """Return what turns a text of json, or None, into one that holds nothing a terminal would obey.

    Its instants get the offset of the zone, as everywhere in json.
    """
    quoted = json_string(ascii_only=ascii_only)
    iso = lru_cache(maxsize=1024)(zone.iso)

    def shown(value: Any) -> str:
        if value is None:
            return "null"
        # Whatever isn't plain ASCII stands within a string, where it may be written as an escape.
        text = re.sub("[^ -~]+", lambda found: quoted(found[0])[1:-1], str(value))
        return re.sub(INSTANT, lambda found: f'{found[1]}{iso(found[2])}"', text)

    return shown


def _members(fields: Sequence[Field], record: Mapping[str, Any], style: Style, break_: str) -> list[str]:
    """Return `"key": value` for every field and every other key of `record`; nested rows begin with `break_`."""
    quoted = json_string(ascii_only=style.ascii_only)
    members: dict[str, str] = {}
    for field in fields:
        value = record.get(field.name)
        if not isinstance(value, Nested):
            members[field.name] = json_text(field, style.zone, ascii_only=style.ascii_only)(value)
    for name, value in record.items():
        if isinstance(value, Nested):
            rows = list(_objects(value.fields, value.rows, style.zone, style.ascii_only))
            members[name] = _array(rows, break_)
        elif name not in members:
            members[name] = _plain_json(value, quoted)
    return [f"{quoted(name)}: {text}" for name, text in members.items()]


def _array(items: list[str], break_: str) -> str:
    if not break_ or not items:
        return "[" + ", ".join(items) + "]"
    return "[" + break_ + ("," + break_).join(items) + "\n  ]"


def _plain_json(value: Any, quoted: Callable[[str], str]) -> str:
    """Return a value of texts, numbers, lists and dicts as json on one line."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join([f"{quoted(str(k))}: {_plain_json(v, quoted)}" for k, v in value.items()]) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join([_plain_json(item, quoted) for item in value]) + "]"
    return json_number(value)
