"""Surveys through the command line (handbook 10.1). 2026-11-21 is a Saturday."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, filled_once
from tests.terminal import screen_of

PROJECT = Path(__file__).resolve().parents[3]
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
NAMES = tuple(f"{dimension}_{side}" for dimension in DIMENSIONS for side in "ep")
CODES = [f"q{number}_{side}" for number in range(1, 23) for side in "ep"]
KEYS = ["id", "customer_id", "customer", "taken_on", "respondent", "csat", "nps", *NAMES, *CODES]
ITEMS = ["6"] * 22

on_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--owner", "alice", "--region", "north")
    desk.ok("customer", "add", "River Gym", "--owner", "bob", "--region", "south")
    desk.ok("complaint", "open", "Golden Dragon", "the oven is cold")
    return desk


def stored(desk: Desk, *columns: str) -> list[tuple[Any, ...]]:
    return desk.sql(f"SELECT {', '.join(columns)} FROM survey ORDER BY id")


def items(**told: str) -> str:
    """Return 22 scores of 6, some of them another."""
    return ",".join(told.get(f"q{place}", score) for place, score in enumerate(ITEMS, start=1))


# --- recording one ------------------------------------------------------------------------------------------------


def test_what_was_recorded_is_said_in_a_line_with_the_mean_gap(shop: Desk) -> None:
    # gaps -1, -1, 0, -1, 0: together -3, over five -0.6
    assert shop("survey", "add", "Golden Dragon", "--expect", "6,7,6,6,7", "--perceive", "5,6,6,5,7") == (
        0, "", "recorded su1: Golden Dragon, 2026-11-21 (Saturday); perception is 0.6 below expectation on average\n",
    )  # fmt: skip
    assert stored(shop, *NAMES, "scale", "respondent", "taken_on", "items", "created_by") == [
        (6, 5, 7, 6, 6, 6, 6, 5, 7, 7, 7, "customer", "2026-11-21", None, "alice")
    ]
    # only tangibles and assurance have both: (0.5 + 1) / 2
    result = shop.message(
        "survey", "add", "1", "--expect", "5，，6、5，", "--perceive", "5.5,6,,6,", "--taken", "11月20日"
    )
    assert result == (
        "recorded su2: Golden Dragon, 2026-11-20 (Friday); perception is 0.75 above expectation on average"
    )
    assert shop.message("survey", "add", "1", "--expect", "6,6,6,6,6", "--perceive", "7,5,6,6,6").endswith(
        "; perception meets expectation on average"
    )
    assert shop.message("survey", "add", "1", "--csat", "4") == "recorded su4: Golden Dragon, 2026-11-21 (Saturday)"


def test_a_manager_and_a_competitor_are_said(shop: Desk) -> None:
    assert shop.message("survey", "add", "--respondent", "manager", "--expect", "6,6,5,5,5") == (
        "recorded su1: a manager about the customers, 2026-11-21 (Saturday)"
    )
    assert shop.message("survey", "add", "River", "--respondent", "manager", "--expect", "6,6,5,5,5") == (
        "recorded su2: a manager about River Gym, 2026-11-21 (Saturday)"
    )
    assert shop.message("survey", "add", "1", "--subject", "Green\x1b Valley", "--nps", "2") == (
        "recorded su3: Golden Dragon about Green␛ Valley, 2026-11-21 (Saturday)"
    )
    assert stored(shop, "customer_id", "shape") == [(None, "m7eeeee"), (2, "m7eeeee"), (1, "x7-----")]


def test_everything_can_be_told(shop: Desk) -> None:
    record = shop.json(
        *("survey", "add", "1", "--scale", "5", "--expect", "5,4.5,4,3,5", "--perceive", "4,,4,3,5", "--csat", "5"),
        *("--nps", "0", "--value", "7", "--satisfaction", "6", "--switching", "1", "--intention", "7"),
        *("--weights", "0,32,22,30,16.5", "--comment", "good, on time", "--complaint", "cp1", "--external-id", "F1"),
    )
    assert list(record) == KEYS
    assert record == dict.fromkeys(CODES) | {
        "id": 1, "customer_id": 1, "customer": "Golden Dragon", "taken_on": "2026-11-21", "respondent": "customer",
        "csat": 5, "nps": 0, "tangibles_e": 5, "tangibles_p": 4, "reliability_e": 4.5, "reliability_p": None,
        "responsiveness_e": 4, "responsiveness_p": 4, "assurance_e": 3, "assurance_p": 3, "empathy_e": 5,
        "empathy_p": 5,
    }  # fmt: skip
    more = "scale value satisfaction switching intention weights comment complaint_id external_id".split()
    assert stored(shop, *more) == [(5, 7, 6, 1, 7, "0,32,22,30,16.5", "good, on time", 1, "F1")]
    shown = shop.json("survey", "show", "su1")
    assert {name: shown[name] for name in ("scale", "gap", "reverse", "q1_e", "satisfaction")} == {
        "scale": 5, "gap": -0.25, "reverse": None, "q1_e": None, "satisfaction": 6,
    }  # fmt: skip


def test_items_are_kept_as_on_the_form(shop: Desk) -> None:
    perceived = items(q1="5", q3="", q10="3", q11="1", q12="2", q13="2")
    shop.ok("survey", "add", "1", "--expect-items", items(), "--perceive-items", perceived, "--reverse")
    record = shop.json("survey", "show", "1")
    # q1, q2 and q4 have both: (5 + 6 + 6) / 3; responsiveness 8 - (3 + 1 + 2 + 2) / 4; empathy 8 - 6 on either side
    assert [record[f"{name}_p"] for name in DIMENSIONS] == [5.6667, 6, 6, 6, 2]
    assert [record[f"{name}_e"] for name in DIMENSIONS] == [6, 6, 2, 6, 2]
    assert (record["q3_e"], record["q3_p"], record["q10_p"], record["reverse"]) == (6, None, 3, True)
    ((text, signs),) = stored(shop, "items", "perceived")
    assert json.loads(text)["q10"] == {"e": 6, "p": 3, "r": 1}
    assert json.loads(text)["q1"] == {"e": 6, "p": 5}
    assert signs == "56-6" + "66666" + "5766" + "6666" + "22222"


def test_one_side_by_dimension_and_the_other_by_item(shop: Desk) -> None:
    shop.ok(
        "survey", "add", "1", "--scale", "5", "--expect", "4,4,4,4,4", "--perceive-items", items().replace("6", "5")
    )
    assert stored(shop, *NAMES) == [(4, 5) * 5]


WRONG_ITEMS = items(q12="6.5")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--perceive", "5,6,8,5,7"], "--perceive, value 3 (responsiveness): '8' is no score from 1 to 7"),
        (["--expect", "6,0,6,6,7", "--csat", "5"], "--expect, value 2 (reliability): '0' is no score from 1 to 7"),
        (["--scale", "5", "--expect", "6,5,5,5,5"], "--expect, value 1 (tangibles): '6' is no score from 1 to 5"),
        (["--perceive-items", WRONG_ITEMS], "--perceive-items, q12: '6.5' is no whole number from 1 to 7"),
        (["--expect", "6,7,6,6"], "the number of values of --expect must be 5, not 4"),
        (["--expect-items", "6,7,6,6,7"], "the number of values of --expect-items must be 22, not 5"),
        (["--expect", " "], "--expect can't be empty"),
        (
            ["--csat", "4", "--weights", "1,1,-1,1,1"],
            "--weights, value 3 (responsiveness): '-1' is no weight of 0 or more",
        ),
        (["--csat", "4", "--weights", "1,1,,1,1"], "--weights, value 3 (responsiveness): '' is no weight of 0 or more"),
        (
            ["--csat", "4", "--weights", "0,0,0,0,0"],
            "--weights: '0,0,0,0,0' are no weights: none may be below 0, and one must be above it",
        ),
        (["--weights", "1,1,1,1"], "the number of values of --weights must be 5, not 4"),
        (["--csat", "6"], "--csat: '6' is no whole number from 1 to 5"),
        (["--nps", "11"], "--nps: '11' is no whole number from 0 to 10"),
        (["--satisfaction", "0"], "--satisfaction: '0' is no whole number from 1 to 7"),
        (["--csat", "4", "--scale", "6"], "--scale can't be '6'"),
        (["--csat", "4", "--taken", "2026-11-22"], "'2026-11-22' lies in the future, but this has happened already"),
        (["--expect", "6,6,6,6,6", "--expect-items", items()], "--expect and --expect-items can't be used together"),
        (
            ["--perceive", "6,6,6,6,6", "--perceive-items", items()],
            "--perceive and --perceive-items can't be used together",
        ),
        (
            ["--expect", "6,6,6,6,6", "--reverse"],
            "--reverse says how the items of a form were put, and this survey has none",
        ),
        (
            ["--csat", "4", "--respondent", "manager", "--subject", "Green Valley"],
            "--subject and --respondent manager can't be used together",
        ),
        ([], "a survey needs an answer"),
        (["--expect", ",,,,"], "a survey needs an answer"),
        (["--weights", "1,1,1,1,1"], "a survey needs an answer"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(shop: Desk, arguments: list[str], line: str) -> None:
    result = shop("survey", "add", "1", *arguments)
    assert (result.code, result.out, result.err.splitlines()[0]) == (2, "", f"csm: {line}")
    assert stored(shop, "id") == []


def test_weights_of_a_wrong_number_are_told_that_none_may_be_left_out(shop: Desk) -> None:
    assert shop("survey", "add", "1", "--csat", "4", "--weights", "1,1,1,1").err == (
        "csm: the number of values of --weights must be 5, not 4\n"
        "hint: they stand apart by commas, one for each dimension, as in 11,32,22,19,16\n"
    )
    assert shop("survey", "add", "1", "--expect", "6,6,6,7").err.splitlines()[1] == (
        "hint: they stand apart by commas; what wasn't answered is an empty place, as in 6,,6,6,7"
    )


def test_whose_it_is_must_be_known(shop: Desk) -> None:
    assert shop("survey", "add", "--csat", "4").err.splitlines()[0] == "csm: REF is missing"
    assert shop("survey", "add", "Nobody", "--csat", "4").code == 3
    assert shop("survey", "add", "1", "--csat", "4", "--complaint", "cp9").code == 3
    result = shop("survey", "add", "River", "--csat", "4", "--complaint", "cp1")
    assert (result.code, result.err.splitlines()) == (
        4, ["csm: cp1 isn't a case of River Gym", "hint: csm complaint show cp1 shows whose it is"],
    )  # fmt: skip
    assert shop("survey", "add", "--respondent", "manager", "--expect", "6,6,6,6,6", "--complaint", "1").code == 2
    assert stored(shop, "id") == []


def test_who_is_not_content_is_told_with_what_to_do(shop: Desk) -> None:
    opens = 'not content: csm complaint open 2 "..." takes it up as a case'
    calls = "to ask what was wrong: csm callback add 2 --on +1d --purpose satisfaction"
    for low in (["--csat", "2"], ["--nps", "6"], ["--satisfaction", "2"]):
        assert shop("survey", "add", "2", *low).err.splitlines()[1:] == [opens, calls]
    assert shop("--quiet", "survey", "add", "2", "--csat", "1").err == ""
    for fine in (["--csat", "3"], ["--nps", "7"], ["--nps", "1", "--subject", "Green Valley"]):
        assert len(shop("survey", "add", "2", *fine).err.splitlines()) == 1
    with_case = shop("survey", "add", "1", "--csat", "1", "--complaint", "1").err.splitlines()
    assert with_case[1:] == [calls.replace("add 2", "add 1")]
    shop.ok("customer", "edit", "2", "--do-not-contact", "yes")
    assert shop("survey", "add", "2", "--csat", "1").err.splitlines()[1:] == [opens]


def test_what_a_manager_tells_beside_expectations_is_said_to_count_nowhere(shop: Desk) -> None:
    note = "note: of a manager only what customers expect counts, in gaps 1 and 2: --expect 6,7,6,6,7"
    manager = "survey", "add", "--respondent", "manager"
    for without in (["--csat", "2"], ["--perceive", "6,6,6,6,6"]):
        assert shop(*manager, *without).err.splitlines()[1:] == [note]
    assert len(shop(*manager, "--expect", ",,6,,").err.splitlines()) == 1
    assert len(shop("survey", "add", "1", "--perceive", "6,6,6,6,6").err.splitlines()) == 1


def test_an_archived_card_is_said(shop: Desk) -> None:
    shop.ok("customer", "archive", "2")
    assert shop.message("survey", "add", "cu2", "--csat", "5") == (
        "note: the card of River Gym is archived; csm customer restore 2 takes it back"
    )


# --- asking on a terminal -----------------------------------------------------------------------------------------


def played(desk: Desk, *answers: str, command: tuple[str, ...] = ("add", "1"), width: str = "100") -> tuple[int, str]:
    """Run `survey` on a terminal, type the answers and then the end of the input; return code and screen."""
    import pty

    outside, inside = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CSM_")}
    environment |= {"PYTHONPATH": str(PROJECT), "LANG": "C.UTF-8", "TERM": "xterm", "COLUMNS": width, "NO_COLOR": "1"}
    front = ["--db", str(desk.path), "--as-of", desk.now, "--user", desk.user, "--lang", "en"]
    process = subprocess.Popen(
        [sys.executable, "-m", "csm", *front, "survey", *command],
        stdin=inside, stdout=inside, stderr=inside, env=environment,
    )  # fmt: skip
    os.close(inside)
    os.write(outside, "".join(answer + "\n" for answer in answers).encode() + b"\x04")
    shown = screen_of(outside)
    return process.wait(), shown.decode()


@on_a_terminal
def test_on_a_terminal_it_asks_and_enter_leaves_out(shop: Desk) -> None:
    expected, perceived = ("6", "7", "9", "", "", "5.5"), ("5", "7", "", "", "")
    code, screen = played(shop, *expected, *perceived, "", "11", "9")
    assert code == 0
    assert "tangibles, expectation (1 to 7): " in screen
    assert "'9' is no score from 1 to 7\r\nresponsiveness, expectation (1 to 7): " in screen
    assert "'11' is no whole number from 0 to 10\r\nNPS (0 to 10): " in screen
    assert "recorded su1: Golden Dragon, 2026-11-21 (Saturday); perception is 0.5 below expectation" in screen
    assert stored(shop, *NAMES, "csat", "nps") == [(6, 5, 7, 7, None, None, None, None, 5.5, None, None, 9)]


@on_a_terminal
def test_on_a_terminal_one_can_stop_and_nothing_is_recorded(shop: Desk) -> None:
    code, screen = played(shop, "6", "7")
    assert (code, screen.splitlines()[-1]) == (0, "nothing was changed")
    code, screen = played(shop, *[""] * 12)
    assert code == 2
    assert "csm: a survey needs an answer" in screen
    assert stored(shop, "id") == []


@on_a_terminal
def test_what_was_typed_is_not_asked_for(shop: Desk) -> None:
    code, screen = played(shop, command=("add", "1", "--csat", "5"))
    assert (code, screen) == (0, "recorded su1: Golden Dragon, 2026-11-21 (Saturday)\r\n")


# --- mending one --------------------------------------------------------------------------------------------------


def test_edit_replaces_what_is_told(shop: Desk) -> None:
    shop.ok("survey", "add", "1", "--expect", "6,7,6,6,7", "--perceive", "5,6,6,5,7", "--csat", "4", "--nps", "8")
    assert shop.message("survey", "edit", "su1", "--csat", "4") == "nothing changed"
    record = shop.json("survey", "edit", "1", "--perceive", "5,6,6,,6", "--clear", "nps", "--taken", "yesterday")
    assert [record[name] for name in ("taken_on", "csat", "nps", "tangibles_e", "assurance_p", "empathy_p")] == [
        "2026-11-20", 4, None, 6, None, 6,
    ]  # fmt: skip
    assert (
        shop.message("survey", "edit", "1", "--customer", "River Gym", "--clear", "expect") == "changed su1 (River Gym)"
    )
    assert stored(shop, "customer_id", "tangibles_e", "tangibles_p") == [(2, None, 5)]
    changes = shop.sql("SELECT operation, before FROM change WHERE table_name = 'survey' ORDER BY id")
    assert [operation for operation, _ in changes] == ["insert", "update", "update"]
    assert json.loads(changes[1][1])["nps"] == 8


def test_items_are_mended_a_side_at_a_time(shop: Desk) -> None:
    shop.ok("survey", "add", "1", "--expect-items", items(), "--perceive-items", items(q20="2"), "--reverse")
    shop.ok("survey", "edit", "1", "--not-reverse")
    assert stored(shop, "responsiveness_e", "empathy_p") == [(6, 5.2)]  # (6 + 6 + 2 + 6 + 6) / 5
    shop.ok("survey", "edit", "1", "--expect", "5,5,5,5,5", "--reverse")
    assert stored(shop, "responsiveness_e", "empathy_p") == [(5, 2.8)]  # (2 + 2 + 6 + 2 + 2) / 5
    shop.ok("survey", "edit", "1", "--perceive", "4,4,4,4,4")
    assert stored(shop, "items", "perceived", "empathy_p") == [(None, None, 4)]


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        ([], 2, "nothing to change was given"),
        (["--scale", "5"], 2, "this survey has a score of 7, and its scale would end at 5"),
        (["--reverse"], 2, "--reverse says how the items of a form were put, and this survey has none"),
        (["--nps", "3", "--clear", "nps"], 2, "--nps and --clear nps can't be used together"),
        (["--clear", "respondent"], 2, "there is no field 'respondent'"),
        (["--expect", "6,6,6,6,9"], 2, "--expect, value 5 (empathy): '9' is no score from 1 to 7"),
        (["--clear", "expect", "--clear", "nps"], 2, "a survey needs an answer"),
        (["--taken", "tomorrow"], 2, "'2026-11-22' lies in the future, but this has happened already"),
        (["--customer", "2", "--complaint", "1"], 4, "cp1 isn't a case of River Gym"),
    ],
)
def test_what_cannot_be_mended_so_is_refused(shop: Desk, arguments: list[str], code: int, line: str) -> None:
    shop.ok("survey", "add", "1", "--expect", "6,7,6,6,7", "--nps", "8")
    before = shop.sql("SELECT * FROM survey")
    result = shop("survey", "edit", "1", *arguments)
    assert (result.code, result.err.splitlines()[0]) == (code, f"csm: {line}")
    assert shop.sql("SELECT * FROM survey") == before
    assert shop("survey", "edit", "9", "--nps", "3").code == 3


def test_a_survey_recorded_by_mistake_is_taken_away(shop: Desk) -> None:
    shop.ok("survey", "add", "1", "--nps", "8")
    assert shop("survey", "remove", "su1") == (0, "", "removed su1 (Golden Dragon)\n")
    assert stored(shop, "id") == []
    assert shop("survey", "remove", "su1").code == 3


def test_the_number_of_a_survey_that_was_taken_away_does_not_come_back(shop: Desk) -> None:
    for _ in range(2):
        shop.ok("survey", "add", "1", "--nps", "8")
    shop.ok("survey", "remove", "su2")
    shop.ok("survey", "add", "1", "--nps", "7")
    shop.ok("survey", "remove", "su3")
    path = shop.folder / "more.csv"
    path.write_text("customer,taken_on,nps\nGolden Dragon,2026-11-20,9\n")
    shop.ok("import", "surveys", path)
    assert stored(shop, "id") == [(1,), (4,)]


# --- reading ------------------------------------------------------------------------------------------------------


@pytest.fixture
@filled_once
def asked(shop: Desk) -> Desk:
    """Five surveys: two of Golden Dragon, one of River Gym, one about a competitor, one of a manager."""
    both = ("--expect", "6,7,6,6,7", "--perceive", "5,6,6,5,7")
    shop.ok(
        "survey", "add", "1", *both, "--csat", "2", "--nps", "8", "--comment", "late again", "--taken", "2026-11-02"
    )
    shop.ok("survey", "add", "1", "--csat", "5", "--complaint", "cp1", "--satisfaction", "6", "--taken", "2026-11-19")
    shop.ok("survey", "add", "2", "--scale", "5", "--perceive-items", ",".join(["4"] * 22), "--reverse")
    shop.ok("survey", "add", "2", "--subject", "Green Valley", "--nps", "0")
    shop.ok("survey", "add", "--respondent", "manager", "--expect", "6,6,5,5,5", "--taken", "2026-10-01")
    return shop


def test_lists_and_their_filters(asked: Desk) -> None:
    def ids(*arguments: str) -> list[int]:
        return [row["id"] for row in asked.json("survey", "list", *arguments)]

    assert ids() == [4, 3, 2, 1, 5]
    assert ids("--taken", "2026-11-01..2026-11-20") == [2, 1]
    assert ids("--csat", "1..3") == [1]
    assert ids("--respondent", "经理") == ids("--respondent", "管理者") == [5]
    assert ids("--nps", "0") == [4]
    assert ids("--nps", "", "--respondent", "customer") == [3, 2]
    assert ids("--satisfaction", "6..7") == [2]
    assert ids("--subject", "", "--respondent", "customer") == [3, 2, 1]
    assert ids("--subject", "Green Valley") == [4]
    assert ids("--customer", "River") == [4, 3]
    assert ids("--complaint", "cp1") == [2]
    assert ids("--scale", "5") == [3]
    assert ids("--reverse", "yes") == [3]
    assert ids("--owner", "bob") == ids("--region", "south") == [4, 3]
    assert ids("--tangibles-e", "6..7") == [1, 5]
    assert ids("--sort", "q1_p", "--limit", "1") == [3]
    assert asked("survey", "list", "--customer", "Nobody").code == 3
    assert asked("survey", "list", "--tangibles-e", "0..3").err == "csm: '0' is no score from 1 to 7\n"
    assert asked("survey", "list", "--nps", "3").err == "no surveys\n"


def test_csv_carries_the_keys_with_the_items(asked: Desk) -> None:
    lines = asked.ok("survey", "list", "-f", "csv").splitlines()
    assert lines[0] == ",".join(KEYS)
    assert lines[4] == "1,1,Golden Dragon,2026-11-02,customer,2,8,6,5,7,6,6,6,6,5,7,7" + 44 * ","
    # empathy after reversal on a scale of 5: 6 - 4
    assert asked.ok("survey", "list", "--scale", "5", "-f", "csv", "--columns", "id,q18_p,empathy_p,reverse,gap") == (
        "id,q18_p,empathy_p,reverse,gap\n3,4,2,yes,\n"
    )
    assert list(asked.json("survey", "list")[0]) == KEYS


@on_a_terminal
def test_people_see_two_decimals_and_programs_four(shop: Desk) -> None:
    # 5.125 - 6.25 = -1.125, the only gap
    shop.ok("survey", "add", "1", "--expect", "6.25,,,,", "--perceive", "5.125,,,,")
    columns = ("survey", "list", "--columns", "tangibles_p,gap")
    assert shop.ok(*columns, "-f", "csv") == "tangibles_p,gap\n5.125,-1.125\n"
    assert shop.ok(*columns).split()[-2:] == ["5.12", "-1.12"]


def test_a_list_fits_a_small_screen(asked: Desk) -> None:
    _, screen = played(asked, command=("list", "--limit", "4"), width="80")
    lines = screen.splitlines()
    assert lines[0].split() == ["id", "customer", "taken", "competitor", "respondent", "CSAT", "NPS", "comment"]
    assert lines[-1].split() == ["1", "Golden", "Dragon", "2026-11-02", "customer", "2", "8", "late", "again"]
    assert max(map(len, lines)) <= 80


def test_a_survey_as_a_page(asked: Desk) -> None:
    asked.ok("survey", "edit", "1", "--weights", "11,32,22,19,16", "--complaint", "1")
    assert asked.ok("survey", "show", "su1") == (
        "su1  Golden Dragon  cu1\n"
        "2026-11-02 (Monday) · scores from 1 to 7\n"
        "\n"
        "Dimensions\n"
        "                  expectation  perception   gap\n"
        "  tangibles                 6           5    -1\n"
        "  reliability               7           6    -1\n"
        "  responsiveness            6           6     0\n"
        "  assurance                 6           5    -1\n"
        "  empathy                   7           7     0\n"
        "  mean                                     -0.6\n"
        "\n"
        "Answers\n"
        "  CSAT            2 of 5\n"
        "  NPS             8 of 10\n"
        "\n"
        "Survey\n"
        "  weights         11,32,22,19,16\n"
        "  complaint       cp1\n"
        "  comment         late again\n"
        "  made by         alice\n"
    )


def test_a_page_with_items_in_the_negative(shop: Desk) -> None:
    expected, perceived = ["5", *[""] * 8, "2", *[""] * 12], ["", *[""] * 8, "4", *[""] * 12]
    sides = ("--expect-items", ",".join(expected), "--perceive-items", ",".join(perceived))
    shop.ok("survey", "add", "--respondent", "manager", *sides, "--reverse")
    # responsiveness: 8 - 2 expected, 8 - 4 perceived
    assert shop.ok("survey", "show", "su1") == (
        "su1  manager\n"
        "2026-11-21 (Saturday) · scores from 1 to 7\n"
        "\n"
        "Dimensions\n"
        "                  expectation  perception  gap\n"
        "  tangibles                 5\n"
        "  responsiveness            6           4   -2\n"
        "\n"
        "Items\n"
        "                  expectation  perception  gap\n"
        "  q1                        5\n"
        "  q10                       2           4   -2  put in the negative\n"
        "\n"
        "Survey\n"
        "  made by         alice\n"
    )


def test_the_answers_of_a_page_stand_below_each_other(shop: Desk) -> None:
    shop.ok("survey", "add", "1", "--value", "6", "--satisfaction", "7", "--switching", "2", "--intention", "7")
    assert shop.ok("survey", "show", "su1").split("\n\n")[1] == (
        "Answers\n"
        "  perceived value  6 of 7\n"
        "  satisfaction     7 of 7\n"
        "  switching cost   2 of 7\n"
        "  would buy again  7 of 7"
    )


def test_the_card_shows_the_latest_three(asked: Desk) -> None:
    asked.ok("survey", "add", "1", "--nps", "9", "--taken", "2026-10-01")
    asked.ok("survey", "add", "1", "--nps", "5", "--subject", "Green Valley", "--comment", "cheaper")
    asked.ok("survey", "add", "1", "--respondent", "manager", "--expect", "6,6,6,6,6")
    page = asked.ok("customer", "show", "1")
    assert page[page.index("Surveys\n") : page.index("\nThis card")] == (
        "Surveys\n"
        "  2026-11-21  about Green Valley, NPS 5 of 10  su7\n"
        "              cheaper\n"
        "  2026-11-19  CSAT 5 of 5  su2\n"
        "  2026-11-02  CSAT 2 of 5, NPS 8 of 10, gap -0.6  su1\n"
        "              late again\n"
    )
    surveys = asked.json("customer", "show", "1")["surveys"]
    assert [row["id"] for row in surveys] == [7, 2, 1, 6]
    assert {name: surveys[2][name] for name in ("customer", "taken_on", "csat", "nps", "gap", "tangibles_p")} == {
        "customer": "Golden Dragon", "taken_on": "2026-11-02", "csat": 2, "nps": 8, "gap": -0.6, "tangibles_p": 5,
    }  # fmt: skip
    assert "late again" in asked.ok("customer", "show", "1", "-f", "md")
    asked.ok("customer", "add", "Tea House")
    assert asked.json("customer", "show", "Tea House")["surveys"] == []


def test_the_journey_has_them_as_touch_points(asked: Desk) -> None:
    asked.ok("survey", "add", "1", "--nps", "5", "--csat", "1", "--subject", "Green Valley", "--comment", "cheaper")
    touches = asked.json("customer", "journey", "1", "--touch", "survey")
    assert [(row["on"], row["satisfaction"], row["text"], row["ref"]) for row in touches] == [
        ("2026-11-02", 2, "recommends us 8 of 10; late again", "su1"),
        ("2026-11-19", 5, None, "su2"),
        ("2026-11-21", None, "Green Valley: cheaper", "su6"),
    ]


def test_the_case_file_shows_those_that_followed_it(asked: Desk) -> None:
    assert asked.ok("complaint", "show", "1").endswith("\nSurveys\n  2026-11-19        CSAT 5 of 5  su2\n")
    surveys = asked.json("complaint", "show", "1")["surveys"]
    assert [(row["id"], row["customer"], row["csat"]) for row in surveys] == [(2, "Golden Dragon", 5)]


def test_what_was_said_stays_text(shop: Desk) -> None:
    shop.ok("survey", "add", "1", "--csat", "4", "--comment", "=1+1\n[b]好[/b]\x1b")
    assert shop.ok("survey", "list", "-f", "csv", "--columns", "comment") == 'comment\n"\'=1+1\n[b]好[/b]\x1b"\n'
    assert "[b]好[/b]␛" in shop.ok("survey", "show", "1")
