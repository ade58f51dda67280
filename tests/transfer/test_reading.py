"""Rows come out of every form with their line, as text, one at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from csm.transfer.reading import form_of, read_rows
from tests.refusals import refused_as


def table(text: str, form: str = "csv") -> tuple[list[str], list[tuple[int, list[str]]]]:
    headings, rows, *_ = read_rows(io.StringIO(text, newline=""), form, "in")
    return headings, [(line, list(row)) for line, row in rows]


def refusal(text: str, form: str) -> dict[str, object]:
    with refused_as("unreadable-file") as refused:
        table(text, form)
    assert refused.value.values.pop("path") == "in"
    assert refused.value.values.pop("form") == form
    return refused.value.values


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("a.csv", "csv"),
        ("a.TSV", "tsv"),
        ("a.tab", "tsv"),
        ("a.json", "json"),
        ("a.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.txt", "csv"),
        ("-", "csv"),
        ("folder.json/a", "csv"),
    ],
)
def test_form_of_suffix(path: str, form: str) -> None:
    assert form_of(path) == form


def test_form_given() -> None:
    assert form_of("a.json", "csv") == "csv"
    with refused_as("unknown-value") as refused:
        form_of("a.csv", "md")
    assert refused.value.values == {"value": "md", "choices": ("csv", "tsv", "json", "jsonl"), "field": "format"}


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_that_of_the_heading(mark: str) -> None:
    assert table(f"name{mark}phone{mark}note\nWang{mark}1{mark}a.b\n") == (
        ["name", "phone", "note"],
        [(2, ["Wang", "1", "a.b"])],
    )


def test_a_delimiter_inside_quotes_does_not_count() -> None:
    assert table('"name, or company, or both";"phone"\nWang;1\n') == (
        ["name, or company, or both", "phone"],
        [(2, ["Wang", "1"])],
    )


def test_excels_own_first_line_names_the_delimiter() -> None:
    assert table("sep=;\r\na,b;c\r\n1;2\r\n") == (["a,b", "c"], [(3, ["1", "2"])])


def test_lines_are_those_on_which_rows_start() -> None:
    text = '\n\nname,note\r\n\r\nWang,"one\r\ntwo"\r\n,\r\nLi,x'
    assert table(text) == (["name", "note"], [(5, ["Wang", "one\r\ntwo"]), (8, ["Li", "x"])])


def test_a_heading_over_two_lines() -> None:
    assert table('"customer\nname";phone\nWang;1\n') == (["customer\nname", "phone"], [(3, ["Wang", "1"])])


def test_short_rows_are_filled_and_only_content_is_surplus() -> None:
    assert table("a,b\n1\n1,2,,\n1,2,3\n") == (
        ["a", "b"],
        [(2, ["1", ""]), (3, ["1", "2"]), (4, ["1", "2", "3"])],
    )


def test_headings_that_occur_twice_stay() -> None:
    assert table("Phone,Phone\n1,2\n") == (["Phone", "Phone"], [(2, ["1", "2"])])


def test_a_mark_left_in_the_text_is_no_heading() -> None:
    assert table("\ufeffname,phone\nWang,1\n")[0] == ["name", "phone"]


def test_a_cell_of_two_megabytes() -> None:
    cell = "客" * 2_000_000
    assert table(f'name,note\nWang,"{cell}"\n') == (["name", "note"], [(2, ["Wang", cell])])


def test_an_empty_file_has_no_headings() -> None:
    assert table("") == ([], [])
    assert table("\n \n") == ([], [])


def test_tsv_parts_cells_by_tabs_alone() -> None:
    assert table("a,b\tc\n1,2\t3\n", "tsv") == (["a,b", "c"], [(2, ["1,2", "3"])])


def test_a_quote_that_never_ends_is_refused_with_the_line_it_opens_on() -> None:
    assert refusal('a,b\n1,2\n3,"4\n5,6\n', "csv") == {"line": 3, "detail": "unexpected end of data"}
    assert refusal('\na,"b\n1,2\n', "csv") == {"line": 2, "detail": "unexpected end of data"}


def test_a_quote_in_a_cell_that_is_not_quoted_is_text() -> None:
    assert table('a,b\n5" pipe,x\n') == (["a", "b"], [(2, ['5" pipe', "x"])])


def test_rows_are_streamed() -> None:
    def lines() -> Iterator[str]:
        yield "name\n"
        yield "Wang\n"
        raise AssertionError("read ahead")

    class Stream(io.StringIO):
        once = lines()

        def __iter__(self) -> Iterator[str]:  # type: ignore[override]
            return self.once

    rows = read_rows(Stream(), "csv", "in").rows
    assert next(rows) == (2, ["Wang"])


def test_json_values_become_exact_text() -> None:
    text = """[
      {"name": "王", "amount": 1200.50, "big": 12345678901234567890123, "yes": true, "no": false, "none": null,
       "tags": ["a", "b"], "fields": {"车牌": "京A", "n": 1.0}, "contacts": [{"name": "李"}]},
      {"name": "=x", "late": "1"}
    ]"""
    assert table(text, "json") == (
        ["name", "amount", "big", "yes", "no", "none", "tags", "contacts", "field.车牌", "field.n", "late"],
        [
            (1, ["王", "1200.50", "12345678901234567890123", "yes", "no", "", "a;b", '[{"name": "李"}]',
                 "京A", "1.0", ""]),
            (2, ["=x", "", "", "", "", "", "", "", "", "", "1"]),
        ],
    )  # fmt: skip


def test_one_json_object_is_one_row() -> None:
    assert table('{"name": "王"}', "json") == (["name"], [(1, ["王"])])
    assert table("[]", "json") == ([], [])


def test_jsonl_headings_are_those_of_all_lines() -> None:
    text = '\ufeff{"name": "王"}\n\n{"phone": 138, "name": "李\\n四"}\r\n{"fields": {}}\n'
    assert table(text, "jsonl") == (["name", "phone"], [(1, ["王", ""]), (3, ["李\n四", "138"])])


@pytest.mark.parametrize(
    ("text", "form", "line", "detail"),
    [
        ("", "json", 1, "Expecting value"),
        ('[{"a": 1},\n {"a": }]', "json", 2, "Expecting value"),
        ('{"a": 1} x', "json", 1, "Extra data"),
        ('[{"a": 1}, 7]', "json", 2, "no object"),
        ('"a"', "json", 1, "no object"),
        ('{"a": NaN}', "json", None, "NaN"),
        ('{"a": "\\ud800"}', "json", None, "surrogates not allowed"),
        ('{"a": 1}\n{"a": }\n', "jsonl", 2, "Expecting value"),
        ('{"a": 1}\n[1]\n', "jsonl", 2, "no object"),
        ('\n{"a": Infinity}\n', "jsonl", 2, "Infinity"),
    ],
)
def test_json_that_is_not_well_formed_is_refused(text: str, form: str, line: int | None, detail: str) -> None:
    assert refusal(text, form) == {"line": line, "detail": detail}


def test_json_nested_too_deeply_is_refused() -> None:
    assert str(refusal("[" * 100_000, "json")["detail"]).startswith("maximum recursion depth exceeded")
