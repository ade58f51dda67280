"""Surveys from files: forms filled in, and rows (handbook 10.1; the contract, sections 3, 4). 2026-11-21 is the day taken as today."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from csm.domain.survey.scores import CODES, DIMENSIONS
from tests.desk import Desk, filled_once
from tests.services.files.importing import load, sheet

MEANS = tuple(f"{name}_{side}" for name in DIMENSIONS for side in "ep")


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    return with_cards(desk)


def with_cards(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--code", "G1")
    desk.ok("customer", "add", "老磨坊", "--phone", "010-5550 0001")
    return desk


def stored(desk: Desk, *columns: str) -> list[tuple[Any, ...]]:
    return desk.sql(f"SELECT {', '.join(columns)} FROM survey ORDER BY id")


def form(desk: Desk, *options: str) -> list[list[str]]:
    """Return the blank form as a spreadsheet shows it: its headings, then a row a question."""
    desk.ok("survey", "template", "-o", desk.folder / "blank.csv", *options)
    text = (desk.folder / "blank.csv").read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def fill(rows: list[list[str]], column: int, answers: dict[str, str]) -> None:
    """Write answers into a column of a form, counted from 0."""
    for row in rows:
        row[column] = answers.get(row[0], row[column])


def save(desk: Desk, rows: list[list[str]], *, delimiter: str = ",", encoding: str = "utf-8-sig") -> Path:
    """Save a form as a spreadsheet program does."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path = desk.folder / "filled.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    return path


FIRST = {"customer": "Golden Dragon", "taken_on": "2026-11-20", "csat": "4", "nps": "0", "comment": "quick, =and kind"}


# --- the form -----------------------------------------------------------------------------------------------------


def test_a_form_of_two_respondents_comes_back_as_two_surveys(shop: Desk) -> None:
    rows = form(shop, "--respondents", "2")
    fill(rows, 4, {**FIRST, "weights": "20,20,20,20,20", **dict.fromkeys(CODES, "6"), "q9": ""})
    fill(rows, 5, {**dict.fromkeys(CODES, "5"), "q1": "7", "q5": "3"})
    fill(rows, 6, {"csat": "5", "subject": "Green Valley", "value": "7"})
    fill(rows, 7, {"q18": "2", "q22": "5"})
    path = save(shop, rows)
    done = load(shop, "surveys", path)
    assert (done.code, done.counts, done.err) == (0, {"read": 2, "inserted": 2}, done.err)
    assert "not imported" not in done.err
    names = "customer_id taken_on respondent subject scale csat nps value weights comment created_by".split()
    assert stored(shop, *names) == [
        (1, "2026-11-20", "customer", None, 7, 4, 0, None, "20,20,20,20,20", "quick, =and kind", "alice"),
        (1, "2026-11-20", "customer", "Green Valley", 7, 5, None, 7, None, None, "alice"),
    ]
    # First: tangibles p (7 + 5 + 5 + 5) / 4 = 5.5; q9 has no expectation, so it counts on neither side: reliability
    # p (3 + 5 + 5 + 5) / 4 = 4.5. Second: empathy p (2 + 5) / 2 = 3.5, all else nobody told.
    assert stored(shop, *MEANS) == [
        (6.0, 5.5, 6.0, 4.5, 6.0, 5.0, 6.0, 5.0, 6.0, 5.0),
        (None, None, None, None, None, None, None, None, None, 3.5),
    ]
    ((first, perceived), (second, _)) = stored(shop, "items", "perceived")
    assert perceived == "7555" + "35555" + "5" * 13
    assert json.loads(first)["q9"] == {"p": 5}
    assert json.loads(second) == {"q18": {"p": 2}, "q22": {"p": 5}}
    assert load(shop, "surveys", path).counts == {"read": 2, "unchanged": 2}
    assert shop.sql("SELECT count(*) FROM change WHERE table_name = 'survey'") == [(2,)]


def test_a_form_that_went_through_a_chinese_spreadsheet(shop: Desk) -> None:
    rows = form(shop, "--scale", "5")
    fill(rows, 4, {"customer": "老磨坊", "taken_on": "2026年11月20日", "respondent": "客户", "q1": "5", "q2": "5.0"})
    fill(rows, 5, {"q1": "4", "q2": "3", "csat": "4"})
    # A column and rows more, the columns in another order, and the headings cut short.
    turned = [["", row[5], row[3], row[0], row[4], ""] for row in rows]
    turned[0] = ["", "感知", "问题", "题号", "期望", ""]
    path = save(shop, [*turned[:4], [""] * 6, *turned[4:], [""] * 6], delimiter=";", encoding="gb18030")
    assert load(shop, "surveys", path).counts == {"read": 1, "inserted": 1}
    assert stored(shop, "customer_id", "scale", "csat", "tangibles_e", "tangibles_p", "perceived") == [
        (2, 5, 4, 5.0, 3.5, "43" + "-" * 20),
    ]


def test_a_form_of_perceptions_by_dimension_and_without_a_day(shop: Desk) -> None:
    path = sheet(shop, "code,perception", "customer,G1", "可靠度,5.5", "安全性,6", "Q22,4", "q23,1")
    assert shop("import", "surveys", path).err.splitlines()[0].startswith("csm: ")
    done = shop("import", "surveys", path, "--set", "taken_on=2026-11-19")
    # Nobody scored items of reliability and assurance, though one of empathy.
    assert (done.code, done.err.splitlines()[:2]) == (
        2,
        [
            "columns not imported: q23",
            "csm: line 3, column perception, value '5.5': 5.5 has no items behind it: q5 to q9 are empty, though other"
            " items are scored",
        ],
    )
    path = sheet(shop, "code,perception", "customer,G1", "可靠度,5.5", "安全性,6", "nps,10")
    assert load(shop, "surveys", path, "--set", "taken_on=2026-11-19").counts == {"read": 1, "inserted": 1}
    assert stored(shop, "taken_on", "reliability_p", "assurance_p", "nps") == [("2026-11-19", 5.5, 6.0, 10)]


def test_columns_that_were_copied_are_further_respondents(shop: Desk) -> None:
    path = sheet(
        shop,
        "code,expected,perceived,expected,perceived",
        "customer,G1,,,",
        "taken_on,2026-11-20,,2026-11-19,",
        "1,7,6,5,4",
        "nps,,9,10,10",
    )
    assert load(shop, "surveys", path).counts == {"read": 2, "inserted": 2}
    assert stored(shop, "customer_id", "taken_on", "tangibles_e", "tangibles_p", "nps") == [
        (1, "2026-11-20", 7.0, 6.0, 9), (1, "2026-11-19", 5.0, 4.0, 10),
    ]  # fmt: skip


def test_a_manager_needs_no_customer_and_a_known_number_mends_a_form(shop: Desk) -> None:
    rows = form(shop)
    fill(rows, 4, {"taken_on": "2026-11-20", "respondent": "manager", "external_id": "F7", "q5": "6"})
    assert load(shop, "surveys", save(shop, rows)).counts == {"read": 1, "inserted": 1}
    fill(rows, 4, {"q6": "4"})
    path = save(shop, rows)
    done = load(shop, "surveys", path)
    assert (done.code, done.reasons) == (2, ["the file says something else than su1, which has '6'"])
    assert load(shop, "surveys", path, "--update").counts == {"read": 1, "updated": 1}
    # (6 + 4) / 2
    assert stored(shop, "customer_id", "respondent", "external_id", "reliability_e", "items") == [
        (None, "manager", "F7", 5.0, '{"q5":{"e":6},"q6":{"e":4}}'),
    ]


def test_what_is_wrong_in_a_form_is_named_by_its_place(shop: Desk) -> None:
    rows = form(shop, "--respondents", "4")
    fill(rows, 4, {**FIRST, "q1": "8"})
    fill(rows, 7, {"q2": "4.5"})
    fill(rows, 8, {"customer": "老磨坊"})
    fill(rows, 10, {"csat": "4"})
    fill(rows, 11, {"csat": "5", "q1": "6"})
    path, rejects = save(shop, rows), shop.folder / "rejects.csv"
    done = load(shop, "surveys", path, "--skip-bad", "--rejects", str(rejects))
    # The line of a question in the file: 14 are about the whole, q1 is the 15th under the headings.
    assert (done.code, done.counts, done.bad) == (
        6,
        {"read": 4, "rejected": 4},
        [
            (7, "expectation 4", "4; 5"),
            (16, "expectation", "8"),
            (16, "expectation 3", ""),
            (17, "perception 2", "4.5"),
        ],
    )
    assert done.reasons == [
        "'4; 5' is no whole number from 1 to 5",
        "'8' is no whole number from 1 to 7",
        "a survey needs an answer",
        "'4.5' is no whole number from 1 to 7",
    ]
    mended = rejects.read_text("utf-8-sig").replace(",8,", ",7,")
    rejects.write_text(mended, "utf-8")
    done = load(shop, "surveys", rejects, "--skip-bad")
    assert (done.counts, [column for _, column, _ in done.bad]) == (
        {"read": 4, "inserted": 1, "rejected": 3},
        ["q2_p", "", "csat"],
    )
    assert stored(shop, "customer_id", "tangibles_e", "comment") == [(1, 7.0, "quick, =and kind")]


# --- rows ---------------------------------------------------------------------------------------------------------


def test_rows_with_chinese_headings(shop: Desk) -> None:
    path = sheet(
        shop,
        "客户;日期;满意度;净推荐值;有形性期望;可感知性感知;可靠度（期望）;反应度-感知;安全性 期望;同情心感知得分;感知价值;转换成本;再购意愿;意见",
        "老磨坊;2026/11/3;5;9;6;5.25;7;3;6;6.333333;7;2;6;还行",
    )  # fmt: skip
    assert load(shop, "surveys", path).counts == {"read": 1, "inserted": 1}
    assert stored(shop, "customer_id", "taken_on", "csat", "nps", "value", "switching", "intention", "comment") == [
        (2, "2026-11-03", 5, 9, 7, 2, 6, "还行")
    ]
    assert stored(shop, *MEANS) == [(6.0, 5.25, 7.0, None, None, 3.0, 6.0, None, None, 6.3333)]
    assert load(shop, "surveys", path).counts == {"read": 1, "unchanged": 1}


def test_a_form_of_1988_is_turned_round(shop: Desk) -> None:
    """Items 10 to 13 and 18 to 22 were put in the negative: 8 - x (handbook 10.1)."""
    headings = ",".join(f"{code}_{side} Their words {code}" for code in CODES for side in "ep")
    scores = ",".join(["7,6"] * 4 + ["7,5"] * 5 + ["1,3", "2,2", "1,", "3,4"] + ["6,6"] * 4 + ["1,2"] * 4 + ["-,7"])
    path = sheet(shop, "customer,taken_on," + headings, "G1,2026-11-02," + scores)
    assert load(shop, "surveys", path, "--set", "reverse=yes").counts == {"read": 1, "inserted": 1}
    # responsiveness: q12 has no perception and drops out; e (7 + 6 + 5) / 3 = 6, p (5 + 6 + 4) / 3 = 5
    # empathy: q22 has no expectation and drops out; e 8 - 1 = 7, p 8 - 2 = 6
    assert stored(shop, *MEANS) == [(7.0, 6.0, 7.0, 5.0, 6.0, 5.0, 6.0, 6.0, 7.0, 6.0)]
    assert stored(shop, "perceived") == [("6666" + "55555" + "56-4" + "6666" + "66661",)]
    (row,) = shop.json("survey", "list", "--columns", "reverse,q10_e,q10_p,q1_e")
    assert row == {"reverse": True, "q10_e": 1, "q10_p": 3, "q1_e": 7}
    assert load(shop, "surveys", path, "--set", "reverse=yes").counts == {"read": 1, "unchanged": 1}


def test_items_and_a_mean_that_agree_go_together(shop: Desk) -> None:
    heading = "customer,taken_on,q1_p,q2_p,q3_p,tangibles_p,empathy_e"
    # (5 + 5 + 6) / 3 = 5.3333...
    path = sheet(shop, heading, "G1,2026-11-02,5,5,6,5.333,6.5")
    assert load(shop, "surveys", path).counts == {"read": 1, "inserted": 1}
    assert stored(shop, "round(tangibles_p, 9)", "empathy_e") == [(5.333333333, 6.5)]


def test_the_nth_equal_row_is_the_nth_stored_one_and_another_row_is_a_new_survey(shop: Desk) -> None:
    heading = "customer_code,taken_on,csat,nps"
    twice = sheet(shop, heading, *["G1,2026-11-02,4,"] * 2)
    assert load(shop, "surveys", twice).counts == {"read": 2, "inserted": 2}
    assert load(shop, "surveys", twice, "--update").counts == {"read": 2, "unchanged": 2}
    other = sheet(shop, heading, "G1,2026-11-02,4,9", *["G1,2026-11-02,4,"] * 3)
    assert load(shop, "surveys", other).counts == {"read": 4, "inserted": 2, "unchanged": 2, "possible_doubles": 1}
    assert stored(shop, "csat", "nps") == [(4, None), (4, None), (4, 9), (4, None)]
    keyed = sheet(shop, f"external_id,{heading}", "A,G1,2026-11-02,4,9", "B,G1,2026-11-02,1,0")
    assert load(shop, "surveys", keyed).counts == {"read": 2, "inserted": 2, "possible_doubles": 1}


def test_external_ids_are_keys_and_an_empty_cell_takes_nothing_away(shop: Desk) -> None:
    heading = "external_id,customer_code,taken_on,csat,tangibles_p,reliability_p"
    first = sheet(shop, heading, "A,G1,2026-11-02,4,5,6", "A,G1,2026-11-02,4,5,6", "B,G1,2026-11-02,4,5,6")
    assert load(shop, "surveys", first).counts == {"read": 3, "inserted": 2, "unchanged": 1}
    later = sheet(shop, heading, "A,G1,2026-11-03,,,6.5")
    assert load(shop, "surveys", later, "--update").counts == {"read": 1, "updated": 1}
    assert stored(shop, "taken_on", "csat", "tangibles_p", "reliability_p") == [
        ("2026-11-03", 4, 5.0, 6.5), ("2026-11-02", 4, 5.0, 6.0),
    ]  # fmt: skip


def test_a_row_with_a_key_mends_scores_item_by_item(shop: Desk) -> None:
    first = sheet(shop, "external_id,customer,taken_on,scale,q10_p,q11_p,q14_e", "A,G1,2026-11-02,5,2,4,3")
    assert load(shop, "surveys", first).counts == {"read": 1, "inserted": 1}
    # It stays on its scale of 5: 6 is beyond it, and turned round 6 - 2 = 4, 6 - 1 = 5, mean 4.5.
    later = sheet(shop, "external_id,customer,taken_on,q11_p", "A,G1,2026-11-02,6")
    assert load(shop, "surveys", later, "--update").reasons == ["'6' is no whole number from 1 to 5"]
    later = sheet(shop, "external_id,customer,taken_on,q11_p,reverse", "A,G1,2026-11-02,1,yes")
    done = load(shop, "surveys", later)
    assert (done.bad, done.reasons) == (
        [(2, "responsiveness_p", "")], ["the file says something else than su1, which has '3'"],
    )  # fmt: skip
    assert load(shop, "surveys", later, "--update").counts == {"read": 1, "updated": 1}
    assert stored(shop, "responsiveness_p", "assurance_e", "perceived", "items") == [
        (4.5, 3.0, "-" * 9 + "45" + "-" * 11, '{"q10":{"p":2,"r":1},"q11":{"p":1,"r":1},"q14":{"e":3}}'),
    ]  # fmt: skip
    assert load(shop, "surveys", later).counts == {"read": 1, "unchanged": 1}


def test_scores_of_the_other_scale_dont_fit(shop: Desk) -> None:
    shop.ok("survey", "add", "1", "--perceive", "7,6,6,6,6", "--external-id", "A")
    path = sheet(shop, "external_id,customer,taken_on,scale", "A,G1,2026-11-21,5")
    done = load(shop, "surveys", path, "--update")
    assert (done.bad, done.reasons) == (
        [(2, "scale", "5")], ["this survey has a score of 7, and its scale would end at 5"],
    )  # fmt: skip


def test_an_error_without_a_hint_has_none_in_chinese_either(shop: Desk) -> None:
    result = shop("import", "surveys", sheet(shop, "customer,taken_on,csat", "G1,2026-11-02,"), lang="zh")
    assert (result.code, len(result.err.splitlines())) == (2, 1)


BAD_HEADING = "customer,taken_on,respondent,subject,scale,csat,nps,value,weights,tangibles_e,tangibles_p,q1_p,q2_p"


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",2026-11-02,,,,4", "customer", "customer can't be empty"),
        ("Nobody,2026-11-02,,,,4", "customer", "no customer answers to 'Nobody'"),
        ("G1,,,,,4", "taken_on", "taken_on can't be empty"),
        ("G1,2026-11-22,,,,4", "taken_on", "'2026-11-22' lies in the future, but this has happened already"),
        ("G1,2026-11-02,boss,,,4", "respondent", "respondent can't be 'boss'"),
        (",2026-11-02,manager,Green,,4", "subject", "subject and respondent manager can't be used together"),
        ("G1,2026-11-02,,,6,4", "scale", "scale can't be '6'"),
        ("G1,2026-11-02,,,,6", "csat", "'6' is no whole number from 1 to 5"),
        ("G1,2026-11-02,,,,,11", "nps", "'11' is no whole number from 0 to 10"),
        ("G1,2026-11-02,,,,,,0", "value", "'0' is no whole number from 1 to 7"),
        ("G1,2026-11-02,,,,4,,,\"1,2\"", "weights", "the number of values of weights must be 5, not 2"),
        ("G1,2026-11-02,,,,4,,,0;0;0;0;0", "weights",
         "weights: '0,0,0,0,0' are no weights: none may be below 0, and one must be above it"),
        ("G1,2026-11-02,,,,4,,,9;9;-9;9;9", "weights",
         "weights, value 3 (responsiveness): '-9' is no weight of 0 or more"),
        ("G1,2026-11-02,,,5,,,,,5.5", "tangibles_e", "'5.5' is no score from 1 to 5"),
        ("G1,2026-11-02,,,,,,,,0.99999", "tangibles_e", "'0.99999' is no score from 1 to 7"),
        ("G1,2026-11-02,,,5,,,,,,,6", "q1_p", "'6' is no whole number from 1 to 5"),
        ("G1,2026-11-02,,,,,,,,,5.002,5,5", "tangibles_p", "its items give 5, not 5.002"),
        ("G1,2026-11-02", "", "a survey needs an answer"),
        ("G1,2026-11-02,,,,-,-,,\"1,2,3,4,5\"", "", "a survey needs an answer"),
    ],
)  # fmt: skip
def test_a_survey_that_makes_no_sense_is_rejected(shop: Desk, row: str, column: str, reason: str) -> None:
    done = load(shop, "surveys", sheet(shop, BAD_HEADING, "G1,2026-11-01,,,,4", row))
    assert (done.code, [bad[:2] for bad in done.bad], done.reasons) == (2, [(3, column)], [reason])
    assert stored(shop, "id") == []


def test_the_whole_sentence_of_a_bad_score(shop: Desk) -> None:
    result = shop("import", "surveys", sheet(shop, BAD_HEADING, "G1,2026-11-01,,,,4,,,,,,9"))
    assert (result.code, result.err.splitlines()[0]) == (
        2, "csm: line 2, column q1_p, value '9': '9' is no whole number from 1 to 7",
    )  # fmt: skip


def test_columns_are_mapped_and_texts_are_given_a_meaning(shop: Desk) -> None:
    path = sheet(shop, "Store,When,Happy?,q1_p", "G1,02.11.2026,very,6")
    options = (
        "--map",
        "Store=customer",
        "--map",
        "When=taken_on",
        "--map",
        "Happy?=csat",
        "--value",
        "csat:very=5",
        *("--date-order", "dmy"),
    )
    assert load(shop, "surveys", path, *options, "--dry-run").counts == {"read": 1, "inserted": 1}
    assert stored(shop, "id") == []
    assert load(shop, "surveys", path, *options).counts == {"read": 1, "inserted": 1}
    assert stored(shop, "taken_on", "csat", "tangibles_p") == [("2026-11-02", 5, 6.0)]


# --- there and back -----------------------------------------------------------------------------------------------


def with_surveys(desk: Desk) -> Desk:
    desk.ok("complaint", "open", "1", "too late")
    rows = form(desk)
    fill(rows, 4, {**FIRST, **dict.fromkeys(CODES, "6"), "q9": "", "external_id": "=F1", "weights": "20 20 20 20 20.5"})
    fill(rows, 5, {**dict.fromkeys(CODES, "5"), "q1": "7", "q2": "6", "q3": "-"})
    desk.ok("import", "surveys", save(desk, rows))
    desk.ok("survey", "add", "1", "--expect", "6,7,,5.125,7", "--perceive", "5,6,6,,7", "--complaint", "cp1")
    desk.ok(
        "survey", "add", "2", "--perceive", "5,4,3,2,1", "--scale", "5", "--subject", "绿谷", "--taken", "2026-10-31"
    )
    desk.ok("survey", "add", "--respondent", "manager", "--expect", "6,6,5,5,5.5")
    items = ",".join(["3"] * 9 + ["", "2", "1", "7"] + ["4"] * 9)
    desk.ok(
        "survey", "add", "2", "--perceive-items", items, "--reverse", "--expect", "7,7,7,7,7", "--comment", "a\n'b'"
    )
    desk.ok(
        "survey", "add", "2", "--csat", "1", "--nps", "0", "--value", "7", "--satisfaction", "6", "--intention", "1"
    )
    return desk


@pytest.mark.parametrize("form_", ["csv", "tsv", "json", "jsonl"])
def test_export_and_import_into_an_empty_file_are_equal_to_the_cell(shop: Desk, tmp_path: Path, form_: str) -> None:
    with_surveys(shop)
    other = Desk(tmp_path, name="other.db")
    other.user = "somebody else"
    for kind in ("customers", "complaints", "surveys"):
        shop.ok("export", kind, shop.folder / f"{kind}.{form_}")
        other.ok("import", kind, shop.folder / f"{kind}.{form_}")
    after = shop.folder / f"after.{form_}"
    other.ok("export", "surveys", after)
    before = shop.folder / f"surveys.{form_}"
    assert after.read_bytes() == before.read_bytes()
    query = "SELECT * FROM survey ORDER BY id"
    assert other.sql(query) == shop.sql(query)
    assert len(other.sql(query)) == 6
    for desk in (other, shop):
        assert load(desk, "surveys", before, "--update").counts == {"read": 6, "unchanged": 6}
        assert load(desk, "surveys", before).counts == {"read": 6, "unchanged": 6}


def test_a_form_without_its_day_is_told_how_to_give_it_one(desk: Desk) -> None:
    desk.ok("customer", "add", "Old Mill")
    form = desk.folder / "form.csv"
    form.write_text("code,expectation,perception\ncustomer,Old Mill,\ntaken_on,,\nq1,6,5\n", encoding="utf-8")
    done = desk("import", "surveys", form)
    assert (done.code, done.err.splitlines()) == (
        2,
        [
            "csm: line 3, column expectation, value '': taken_on can't be empty",
            "hint: where every row is of the same day, say so with --set taken_on=2026-11-21",
        ],
    )
    desk.ok("import", "surveys", form, "--set", "taken_on=2026-11-20")
    assert desk.sql("SELECT taken_on, tangibles_e, tangibles_p FROM survey") == [("2026-11-20", 6, 5)]


def test_an_export_takes_the_filters_of_the_list(shop: Desk) -> None:
    with_surveys(shop)
    for options, ids in (
        (["--taken", "2026-11-01..2026-11-20"], ["1"]),
        (["--customer", "老磨坊", "--subject", ""], ["5", "6"]),
        (["--respondent", "manager"], ["4"]),
        (["--complaint", "cp1"], ["2"]),
        (["--scale", "5"], ["3"]),
        (["--sort", "-csat", "--limit", "2"], ["1", "6"]),
    ):
        rows = shop.ok("export", "surveys", "-", "--columns", "id", *options).splitlines()
        assert rows == ["id", *ids]
