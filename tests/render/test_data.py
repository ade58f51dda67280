from __future__ import annotations

import csv
import io
import json

import pytest

from csm.domain.formats import WRITTEN
from csm.domain.kinds import Field
from csm.domain.time.instant import Zone
from csm.render.formats import Listing, Nested, Style, write_list, write_record
from tests.refusals import refused_as
from tests.render.hard import FIELDS, HARD, NOTE, listing, record

STYLE = Style(Zone("Asia/Shanghai"))
TWO = (Field("id", "id", "integer"), Field("100%", "share"))


def listed(form: str, what: Listing, style: Style = STYLE) -> str:
    stream = io.StringIO(newline="")
    write_list(form, what, style, stream)
    return stream.getvalue()


def recorded(form: str, fields: tuple[Field, ...], values: dict[str, object]) -> str:
    stream = io.StringIO(newline="")
    write_record(form, fields, values, STYLE, stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("form", "text"),
    [("csv", "id,100%\n"), ("tsv", "id\t100%\n"), ("json", "[]\n"), ("jsonl", "")],
)
def test_empty_list(form: str, text: str) -> None:
    empty = Listing(TWO, [], title="T", empty="Nobody.", footer=("more",))
    assert listed(form, empty) == text


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("csv", 'id,100%\n1,"a,b"\n,\n'),
        ("tsv", "id\t100%\n1\ta,b\n\t\n"),
        ("json", '[\n{"id": 1, "100%": "a,b"},\n{"id": null, "100%": null}\n]\n'),
        ("jsonl", '{"id": 1, "100%": "a,b"}\n{"id": null, "100%": null}\n'),
    ],
)
def test_short_list(form: str, text: str) -> None:
    assert listed(form, Listing(TWO, iter([(1, "a,b"), (None, None)]), title="T", footer=("more",))) == text


def test_unknown_format_names_the_valid_ones() -> None:
    with refused_as("unknown-value") as raised:
        listed("xml", listing())
    assert raised.value.values == {"field": "format", "value": "xml", "choices": tuple(WRITTEN)}


def test_json_of_the_hard_row_is_what_is_stored() -> None:
    row = json.loads(listed("json", listing()))[0]
    assert row == {
        "id": 7, "code": "-2+3", "name": "=SUM(A1)", "status": "won-back", "phone": "013800138000",
        "tags": ["大客户", "a,b"], "note": NOTE, "reason": None, "balance": -0.05, "days_late": 12, "pinned": True,
        "updated_at": "2026-11-21T15:30:00+08:00", "external_id": "x\ty",
    }  # fmt: skip
    assert json.loads(listed("json", listing(), STYLE._replace(ascii_only=True)))[0] == row
    assert [json.loads(line) for line in listed("jsonl", listing()).splitlines()] == json.loads(
        listed("json", listing())
    )


def test_raw_csv_of_the_hard_row_is_what_is_stored() -> None:
    rows = list(csv.reader(io.StringIO(listed("csv", listing(), STYLE._replace(raw=True)), newline="")))
    assert rows[0] == [field.name for field in FIELDS]
    assert rows[1] == [
        "7", "-2+3", "=SUM(A1)", "won-back", "013800138000", "大客户;a,b", NOTE, "",
        "-0.05", "12", "yes", "2026-11-21T15:30:00+08:00", "x\ty",
    ]  # fmt: skip


def test_tsv_reads_back() -> None:
    rows = list(csv.reader(io.StringIO(listed("tsv", listing(), STYLE._replace(raw=True)), newline=""), delimiter="\t"))
    assert rows[1][6] == NOTE
    assert rows[1][12] == HARD[12]


def test_crlf_ends_lines_in_files() -> None:
    assert listed("csv", Listing(TWO, [(1, "a\nb")]), STYLE._replace(crlf=True)) == 'id,100%\r\n1,"a\nb"\r\n'


def test_json_record_with_nested_ones() -> None:
    nested = Nested(TWO, ((1, "a"), (2, None)))
    values = {"id": 5, "lines": nested, "none": Nested(TWO, ()), "extra": {"a": [1, None, "客"], "b": 0.5}}
    assert recorded("json", TWO, values) == (
        "{\n"
        '  "id": 5,\n'
        '  "100%": null,\n'
        '  "lines": [\n    {"id": 1, "100%": "a"},\n    {"id": 2, "100%": null}\n  ],\n'
        '  "none": [],\n'
        '  "extra": {"a": [1, null, "客"], "b": 0.5}\n'
        "}\n"
    )
    assert json.loads(recorded("jsonl", TWO, values)) == json.loads(recorded("json", TWO, values))
    assert recorded("jsonl", TWO, values).count("\n") == 1


def test_json_of_a_record_keeps_every_key() -> None:
    assert list(json.loads(recorded("json", FIELDS, record()))) == [
        *[field.name for field in FIELDS], "contacts", "fields", "sales",
    ]  # fmt: skip


def test_csv_record_leaves_nested_ones_out() -> None:
    assert recorded("csv", TWO, {"id": 5, "lines": Nested(TWO, ((1, "a"),))}) == "id,100%\n5,\n"
