"""What a spreadsheet would run or lose is written so that it survives, and comes back the same."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm.transfer.sheet import csv_text, csv_writer, guard, guard_phone, suspect, unguard, unguard_phone

TRICKY = st.one_of(st.text(), st.text(alphabet="'=+-@\t\r＝＋－＠a1 "))
PHONES = st.one_of(st.text(), st.text(alphabet="'=+-()（ 0123456789/:.,eE\u00a0１²"))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("老王", "老王"),
        ("=1+1", "'=1+1"),
        ("+8", "'+8"),
        ("-5", "'-5"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠1", "'＠1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'90s music", "'90s music"),
        ("'", "'"),
        ("a=1", "a=1"),
    ],
)
def test_guard(text: str, written: str) -> None:
    assert guard(text) == written
    assert unguard(written) == text


@given(TRICKY)
def test_unguard_undoes_guard(text: str) -> None:
    assert unguard(guard(text)) == text


@given(TRICKY)
def test_nothing_guarded_begins_with_what_runs(text: str) -> None:
    assert guard(text)[:1] not in set("=+-@\t\r＝＋－＠")


@pytest.mark.parametrize(
    ("phone", "written"),
    [
        ("13800138000", "'13800138000"),
        ("010 66554433", "010 66554433"),
        ("+86 138 0013 8000", "'+86 138 0013 8000"),
        ("＋86 138", "'＋86 138"),
        ("010-66554433", "010-66554433"),
        ("(010)66554433", "(010)66554433"),
        ("(021)", "'(021)"),
        ("138-0013-8000", "138-0013-8000"),
        ("400-800-8000", "400-800-8000"),
        ("138 0013 8000", "138 0013 8000"),
        ("400 800 123", "'400 800 123"),
        ("1,380,013", "'1,380,013"),
        ("1380.013", "'1380.013"),
        ("13800138000.", "'13800138000."),
        ("10-2345", "'10-2345"),
        ("5/6", "'5/6"),
        ("12-11-2010", "'12-11-2010"),
        ("12:30", "'12:30"),
        ("1E10", "'1E10"),
        ("1.38E+10", "'1.38E+10"),
        ("66554433转8", "66554433转8"),
        ("66554433 ext 8", "66554433 ext 8"),
        ("", ""),
        ("'138", "''138"),
        ("'x", "'x"),
        ("1²-2", "1²-2"),
    ],
)
def test_guard_phone(phone: str, written: str) -> None:
    assert guard_phone(phone) == written
    assert unguard_phone(written) == phone


def test_an_apostrophe_of_another_program_before_a_number_goes_too() -> None:
    assert unguard_phone("'138 0013 8000") == "138 0013 8000"
    assert unguard_phone("'(010)66554433") == "(010)66554433"


@given(PHONES)
def test_unguard_phone_undoes_guard_phone(phone: str) -> None:
    assert unguard_phone(guard_phone(phone)) == phone


def test_rows_are_quoted_where_they_must_be() -> None:
    row = ["a", 'say "hi"', "x,y", "one\ntwo", "one\rtwo", "", None, 7]
    crlf, lf, tabs = io.StringIO(newline=""), io.StringIO(newline=""), io.StringIO(newline="")
    csv_writer(crlf, crlf=True).writerow(row)
    csv_writer(lf, crlf=False).writerows([row, ["b"]])
    csv_writer(tabs, delimiter="\t", crlf=False).writerow(["x,y", "a\tb"])
    assert crlf.getvalue() == 'a,"say ""hi""","x,y","one\ntwo","one\rtwo",,,7\r\n'
    assert lf.getvalue() == 'a,"say ""hi""","x,y","one\ntwo","one\rtwo",,,7\nb\n'
    assert tabs.getvalue() == 'x,y\t"a\tb"\n'


@given(st.lists(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=2, max_size=3)))
def test_every_row_is_read_back_the_same(rows: list[list[str]]) -> None:
    for crlf in (True, False):
        stream = io.StringIO(newline="")
        csv_writer(stream, crlf=crlf).writerows(rows)
        stream.seek(0)
        assert list(csv.reader(stream, strict=True)) == rows


def test_one_look_at_many_texts_misses_no_formula() -> None:
    assert not suspect(["", None, "a=b", "1-2", "x\ty", "O'Neil"])
    for text in ("=1", "+1", "-1", "@a", "\t", "\r", "＝1", "＋1", "－1", "＠a", "'=1"):
        assert guard(text) != text
        assert suspect(["plain", None, text])


@pytest.mark.parametrize("crlf", [True, False])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_rows_written_column_by_column_are_those_of_the_writer(delimiter: str, *, crlf: bool) -> None:
    values: list[object] = [None, "", "plain", 'say "hi"', "a,b", "a\tb", "a\nb", "a\rb"]
    values += ["'=1", "金龙, 1", 7, -2.5, True]
    tables: list[list[list[object]]] = [
        [values],
        [values, values[::-1]],
        [["a", "b"], [None, 1], ["", "x,y"]],
        [["one"]],
        [[None]],
    ]
    for columns in tables:
        stream = io.StringIO(newline="")
        csv_writer(stream, delimiter=delimiter, crlf=crlf).writerows(zip(*columns, strict=True))
        assert csv_text(columns, delimiter=delimiter, crlf=crlf) == stream.getvalue()
