from __future__ import annotations

import json
from typing import Any

import pytest

from csm.domain.kinds import Field
from csm.domain.time.instant import Zone
from csm.i18n import use
from csm.render.cells import human, json_string, json_text, plain, plain_column

ZONE = Zone("Asia/Shanghai")


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def csv_cell(field: Field, value: Any, **options: bool) -> Any:
    convert = plain(field, ZONE, **options)
    cell = value if convert is None else convert(value)
    # A column as a whole comes to the same.
    convert_column = plain_column(field, ZONE, **options)
    assert (convert_column is None) == (convert is None)
    assert convert_column is None or convert_column([None, value, value]) == [None, cell, cell]
    return cell


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        ("text", "abc", "abc"),
        ("text", "=1+1", "'=1+1"),
        ("text", 12, "12"),
        ("birthday", "--03-12", "'--03-12"),
        ("tags", "-a;b", "'-a;b"),
        ("choice", "won-back", "won-back"),
        ("date", "2026-11-21", "2026-11-21"),
        ("instant", "2026-11-21T07:30:00Z", "2026-11-21T15:30:00+08:00"),
        ("money", 120050, "1200.50"),
        ("money", -5, "-0.05"),
        ("integer", -3, -3),
        ("flag", 1, "yes"),
        ("flag", 0, "no"),
    ],
)
def test_csv_cells_are_english_and_stable(kind: Any, value: Any, cell: Any) -> None:
    assert csv_cell(Field("x", "x", kind), value) == cell


def test_raw_csv_is_unguarded() -> None:
    assert csv_cell(Field("x", "x"), "=1+1", raw=True) == "=1+1"
    assert csv_cell(Field("x", "x", "phone"), "013800138000", raw=True) == "013800138000"


def test_csv_on_a_terminal_shows_controls() -> None:
    assert csv_cell(Field("x", "x"), "a\x1b[0m\nb", seen=True) == "a␛[0m\nb"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", None, "null"),
        ("text", '客"\n', '"客\\"\\n"'),
        ("text", "\x1b\x7f\x9b\u202e\ud800\U000e0041", '"\\u001b\\u007f\\u009b\\u202e\\ud800\\udb40\\udc41"'),
        ("phone", "0138", '"0138"'),
        ("money", 120050, "1200.50"),
        ("money", -5, "-0.05"),
        ("money", None, "null"),
        ("instant", "2026-11-21T07:30:00Z", '"2026-11-21T15:30:00+08:00"'),
        ("instant", None, "null"),
        ("tags", "a;大", '["a", "大"]'),
        ("tags", None, "[]"),
        ("flag", 1, "true"),
        ("flag", 0, "false"),
        ("flag", None, "null"),
        ("integer", 3, "3"),
        ("integer", 0.25, "0.25"),
        ("integer", float("nan"), "null"),
        ("integer", float("inf"), "null"),
        ("integer", True, "true"),
    ],
)
def test_json_values(kind: Any, value: Any, text: str) -> None:
    assert json_text(Field("x", "x", kind), ZONE)(value) == text


def test_json_escapes_read_back_as_the_same_text() -> None:
    text = "".join(map(chr, [*range(0x3000), 0xFEFF, 0xE0041, 0x1F600]))
    assert json.loads(json_string()(text)) == text
    assert json.loads(json_string(ascii_only=True)(text)) == text
    assert json_string(ascii_only=True)(text).isascii()


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (Field("x", "x"), "a\nb\x1b", "a ⏎ b␛"),
        (Field("x", "x", "money"), 123456789, "1,234,567.89"),
        (Field("x", "x", "instant"), "2026-12-31T23:30:00Z", "2027-01-01 07:30"),
        (Field("x", "x", "tags"), "a;b", "a, b"),
        (Field("x", "x", "flag"), 0, "no"),
        (Field("x", "x", "integer"), -3, "-3"),
        (Field("x", "x", "birthday"), "--01-02", "01-02"),
        (Field("x", "x", "birthday"), "1985-01-02", "1985-01-02"),
        (Field("days_late", "x", "integer"), 3, "3 days late"),
        (Field("days_late", "x", "integer"), 0, "today"),
        (Field("days_late", "x", "integer"), -4, "in 4 days"),
        (Field("x", "x", "choice", "level"), 2, "2"),
        (Field("x", "x", "choice", "customer_status"), "unheard\x1b", "unheard␛"),
    ],
)
def test_human_cells(field: Field, value: Any, shown: str) -> None:
    assert human(field, ZONE)(value) == shown


def test_human_cells_in_chinese() -> None:
    use("zh")
    assert human(Field("x", "x", "tags"), ZONE)("夜宵;vip") == "夜宵，vip"
    assert [human(Field("days_late", "x", "integer"), ZONE)(n) for n in (3, 0, -4)] == [
        "逾期 3 天",
        "今天",
        "还有 4 天",
    ]
    use("en")


def test_programs_get_days_late_and_birthdays_as_they_are() -> None:
    assert csv_cell(Field("days_late", "x", "integer"), 3) == 3
    assert json_text(Field("days_late", "x", "integer"), ZONE)(-4) == "-4"
    assert csv_cell(Field("x", "x", "birthday"), "--01-02", raw=True) == "--01-02"
    assert json_text(Field("x", "x", "birthday"), ZONE)("--01-02") == '"--01-02"'


def test_human_cells_may_keep_lines() -> None:
    assert human(Field("x", "x"), ZONE, lines=True)("a\nb") == "a\nb"
