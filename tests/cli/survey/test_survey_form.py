"""`survey template`: a blank form as csv, in a file for a spreadsheet or on standard output."""

from __future__ import annotations

import csv
import io
import json

import pytest

from csm.domain.survey.form import blank
from tests.desk import Desk


def test_a_form_in_a_file_opens_in_a_spreadsheet(desk: Desk) -> None:
    path = desk.folder / "form.csv"
    result = desk("survey", "template", "-o", path)
    assert (result.code, result.out, result.err) == (
        0, "", f"wrote a blank form to {path}; csm import surveys {path} takes it back\n",
    )  # fmt: skip
    content = path.read_bytes()
    assert content.startswith("\ufeffcode,".encode())
    assert content.count(b"\r\n") == content.count(b"\n") == 37
    headings, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert (headings, rows) == blank(7, 1)
    assert not any(cell[:1] in "=+-@'\t" for row in rows for cell in row if cell)
    assert not desk.path.exists()


def test_csv_is_the_format_unless_told(desk: Desk) -> None:
    bare = desk.ok("survey", "template", "--scale", "5", "--respondents", "3")
    headings, *rows = csv.reader(io.StringIO(bare, newline=""))
    assert (headings, rows) == blank(5, 3)
    (*_, last) = json.loads(desk.ok("survey", "template", "-f", "json"))
    assert (last["code"], last["question"]) == ("q22", "Opening and delivery hours suit the customers.")
    assert desk("--quiet", "survey", "template", "-o", desk.folder / "form.csv").err == ""
    assert (desk.folder / "form.csv").read_text("utf-8").splitlines()[-1].startswith("q22,empathy / 移情性,")


def test_the_command_that_takes_a_form_back_can_be_typed_as_it_is_said(desk: Desk) -> None:
    path = desk.folder / "week 47.csv"
    assert desk("survey", "template", "-o", path).err == (
        f'wrote a blank form to {path}; csm import surveys "{path}" takes it back\n'
    )


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl"])
def test_a_blank_form_holds_no_survey(desk: Desk, form: str) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    path = desk.folder / f"form.{form}"
    desk.ok("survey", "template", "--respondents", "2", "-o", path)
    result = desk("import", "surveys", path)
    assert (result.code, result.err) == (
        0,
        "imported: 0 read, 0 inserted, 0 updated, 0 unchanged, 0 rejected\nnote: nobody has filled in this form yet\n",
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--scale", "6"], "csm: --scale can't be '6'\nhint: it is one of: 7, 5\n"),
        (["--respondents", "0"], "csm: --respondents: '0' is no whole number from 1 to 200\n"),
        (["--respondents", "two"], "csm: --respondents: 'two' is no whole number from 1 to 200\n"),
    ],
)
def test_what_makes_no_form(desk: Desk, options: list[str], sentence: str) -> None:
    result = desk("survey", "template", *options)
    assert (result.code, result.out, result.err) == (2, "", sentence)


def test_a_question_that_the_command_answers_is_no_column_left_out(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    path = desk.folder / "form.csv"
    desk.ok("survey", "template", "-o", path)
    path.write_bytes(path.read_bytes().replace(b"\r\nq1,", b"\r\ncsat,,,,4\r\ncustomer,,,,Golden Dragon\r\nq1,", 1))
    assert desk("import", "surveys", path, "--set", "taken_on=2026-11-20").err == (
        "imported: 1 read, 1 inserted, 0 updated, 0 unchanged, 0 rejected\n"
    )
