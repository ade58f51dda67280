"""What is larger, longer or stranger than anything meant: a sentence and the exit code of the contract, no traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.desk import Desk, Result

DIGITS = "9" * 5000
LONG = "x" * 50_000
SHORTENED = f"{'9' * 200} … {'9' * 50}"


@pytest.fixture
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--phone", "138 0013 8000")
    return desk


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ("customer edit 1 --visit-every {}", 2, "'{}' is no interval"),
        ("customer edit 1 --route-order {}", 2, "'{}' is no whole number from 0 to 999999"),
        ("customer edit 1 --revenue {}", 2, "'{}' is no amount of money"),
        ("customer list --limit {}", 2, "--limit: '{}' is no whole number from 0 to 1000000000"),
        ("customer list --route-order {}", 2, "'{}' is no whole number from 0 to 999999"),
        ("sale pay {} 5", 3, "no sale answers to '{}'"),
        ("staff edit {} --level 1", 3, "no member of staff answers to '{}'"),
        ("quality trend --months {}", 2, "--months: '{}' is no whole number from 1 to 36"),
        ("callback add 1 --on +{}d", 2, None),
        ("config set cadence.proactive {}", 2, "'{}' is no whole number from 1 to 3650"),
    ],
)
def test_five_thousand_digits(shop: Desk, words: str, code: int, sentence: str | None) -> None:
    result = shop(*words.format(DIGITS).split())
    assert result.code == code, result.err[:500]
    if sentence is not None:
        assert result.err.splitlines()[0] == "csm: " + sentence.format(SHORTENED)


@pytest.mark.parametrize("ref", ["cu99999999999999999999", "99999999999999999999", "cu9223372036854775808", DIGITS])
def test_an_id_that_no_file_can_have_is_not_found(shop: Desk, ref: str) -> None:
    assert shop("customer", "show", ref).code == 3


def test_a_reference_of_fifty_thousand_bytes_is_refused_in_a_line_that_can_be_read(shop: Desk) -> None:
    shown = f"{'x' * 200} … {'x' * 50}"
    hint = "hint: a reference or a search is a few words at most\n"
    for words in (["customer", "show", LONG], ["customer", "list", LONG], ["sale", "list", LONG]):
        assert shop(*words) == Result(2, "", f"csm: '{shown}' is too long to look for\n{hint}")


@pytest.mark.parametrize(
    "encoding", ["punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape", "rot13", "hex"]
)
def test_what_encodes_no_text_is_no_encoding(shop: Desk, encoding: str) -> None:
    path = shop.folder / "in.csv"
    path.write_text("name\nAda\n", encoding="utf-8")
    sentence = f"csm: there is no encoding '{encoding}'\nhint: try utf-8 or gb18030\n"
    assert shop("import", "customers", path, "--encoding", encoding) == Result(2, "", sentence)
    assert shop("export", "customers", shop.folder / "out.csv", "--encoding", encoding) == Result(2, "", sentence)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ('[{"name": "a\\u0000b"}]', "NUL character"),
        ('[{"name": "Ada", "fields": {"a\\u0000": 1}}]', "NUL character"),
        ('[{"name": "\\ud800"}]', "surrogates not allowed"),
        (f'[{{"id": {DIGITS}}}]', "a number of 5000 characters"),
        (f'[{{"name": {{"deep": [{DIGITS}]}}}}]', "a number of 5000 characters"),
    ],
)
def test_what_csv_could_not_carry_on_is_refused_in_json(shop: Desk, text: str, detail: str) -> None:
    path = shop.folder / "in.json"
    path.write_text(text, encoding="utf-8")
    result = shop("import", "customers", path)
    assert (result.code, detail in result.err) == (5, True), result.err
    assert shop.sql("SELECT name FROM customer") == [("Golden Dragon",)]


def test_a_backslash_before_u0000_is_a_text_like_any_other(shop: Desk) -> None:
    path = shop.folder / "in.json"
    path.write_text('[{"name": "a\\\\u0000b"}]', encoding="utf-8")
    shop.ok("import", "customers", path)
    assert shop.sql("SELECT name FROM customer WHERE id = 2") == [("a\\u0000b",)]


@pytest.mark.parametrize(
    ("kind", "heading", "row"),
    [
        ("sales", "customer,product,amount,sold_on,days", "Golden Dragon,Oven,5,2026-11-01,9"),
        ("customers", "name,route_order", f"Ada,{DIGITS}"),
        ("services", "customer,kind,done_on,minutes", f"Golden Dragon,repair,2026-11-01,{DIGITS}"),
        ("sales", "customer_id,product,amount,sold_on", f"{DIGITS},Oven,5,2026-11-01"),
        ("sales", "customer_id,product,amount,sold_on", "99999999999999999999,Oven,5,2026-11-01"),
        ("surveys", "customer,taken_on,csat", f"Golden Dragon,2026-11-01,{DIGITS}"),
    ],
)
def test_one_cell_of_another_programs_table(shop: Desk, kind: str, heading: str, row: str) -> None:
    path = shop.folder / "in.csv"
    path.write_text(f"{heading}\n{row}\n", encoding="utf-8")
    result = shop("import", kind, path)
    assert result.code == (0 if row.endswith(",9") else 2), result.err[:300]
    assert all(len(line) < 2_000 for line in result.err.splitlines())


def test_escapes_are_shown_and_not_sent_to_the_terminal(shop: Desk) -> None:
    escape = "\x1b]0;title\x07"
    assert shop.message("config", "set", "guarantee.terms", escape) == "guarantee.terms is now ␛]0;title␇"
    assert shop.ok("config", "get", "guarantee.terms") == "␛]0;title␇\n"
    assert json.loads(shop.ok("config", "get", "guarantee.terms", "-f", "json"))["value"] == escape
    assert shop.message("config", "unset", "guarantee.terms") == "guarantee.terms is back at its default, "
    other = Desk(shop.folder, name="\x1b[31m.db")
    assert other("customer", "add", "Ada").err.splitlines()[0] == f"made a new csm file: {shop.folder}/␛[31m.db"
    assert "\x1b" not in other("import", "customers", "\x1b[31m.csv").err


def test_the_heading_row_of_rejects_runs_no_formula(shop: Desk, tmp_path: Path) -> None:
    path, rejects = tmp_path / "in.csv", tmp_path / "bad.csv"
    path.write_text("name,phone,=cmd()\nAda,1.38E+10,x\n", encoding="utf-8")
    assert shop("import", "customers", path, "--skip-bad", "--rejects", rejects).code == 6
    assert rejects.read_text(encoding="utf-8-sig").splitlines()[0] == "name,phone,'=cmd(),reason"
    mended = rejects.read_text(encoding="utf-8-sig").replace("1.38E+10", "138 0013 8001")
    rejects.write_text(mended, encoding="utf-8")
    result = shop("import", "customers", rejects, "-f", "json")
    assert (result.code, json.loads(result.out)["inserted"]) == (0, 1)
    assert "=cmd()" in result.err
    assert "'=cmd()" not in result.err
