"""`complaint next`: what the coach says off a terminal, and how it asks and does the step on one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk, once
from tests.terminal import screen_of

PROJECT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")


@pytest.fixture
@once
def case(desk: Desk) -> Desk:
    """Return a desk with one recorded complaint."""
    desk.ok("customer", "add", "Golden Dragon", "--contact", "Li Na;buyer;139 0000 0199")
    desk.ok("complaint", "open", "Golden Dragon", "the oven is cold", "--contact", "Li Na", "--live")
    return desk


def played(desk: Desk, *answers: str, lang: str = "en") -> tuple[int, str]:
    """Run `complaint next 1` on a terminal, type the answers and then the end of the input; return code and screen."""
    import pty

    outside, inside = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CSM_")}
    environment |= {"PYTHONPATH": str(PROJECT), "LANG": "C.UTF-8", "TERM": "xterm", "COLUMNS": "100", "NO_COLOR": "1"}
    front = ["--db", str(desk.path), "--as-of", desk.now, "--user", desk.user, "--lang", lang]
    process = subprocess.Popen(
        [sys.executable, "-m", "csm", *front, "complaint", "next", "1"],
        stdin=inside, stdout=inside, stderr=inside, env=environment,
    )  # fmt: skip
    os.close(inside)
    os.write(outside, "".join(answer + "\n" for answer in answers).encode() + b"\x04")
    shown = screen_of(outside)
    return process.wait(), shown.decode()


def test_off_a_terminal_it_says_what_comes_next_and_asks_nothing(case: Desk) -> None:
    said = case("complaint", "next", "cp1")
    assert (said.code, said.err) == (0, "")
    assert "step 2 of 8" in said.out
    assert "Li Na" in said.out
    assert 'csm complaint judge 1 --founded --responsibility ours --reason "..."' in said.out
    assert case.json("complaint", "next", "1")["step"] == "judge"


def test_on_a_terminal_it_asks_field_by_field_and_does_the_step(case: Desk) -> None:
    code, screen = played(case, "founded", "nobody", "ours", "", "the driver says so")
    assert code == 0
    assert "it is one of: ours, misunderstanding, third-party" in screen
    assert "judged cp1 founded" in screen
    events = case.json("complaint", "show", "1")["events"]
    assert [(event["step"], event["text"]) for event in events] == [
        ("record", "the oven is cold"),
        ("judge", "the driver says so"),
    ]
    title = "csm --db {} --as-of '2026-11-21 09:00' --user alice --lang en complaint judge 1 --founded"
    title += " --responsibility=ours '--reason=the driver says so'"
    assert case.sql("SELECT title FROM command ORDER BY id DESC LIMIT 1") == [(title.format(case.path),)]


def test_what_is_only_needed_for_one_answer_is_only_asked_there(case: Desk) -> None:
    code, screen = played(case, "不成立", "misunderstanding", "price list read wrongly", "", "told her how it reads")
    assert code == 0
    assert "judged cp1 unfounded" in screen
    assert case.json("complaint", "show", "1")["next_step"] == "close"


def test_the_end_of_the_input_changes_nothing(case: Desk) -> None:
    code, screen = played(case, "founded", "ours")
    assert code == 0
    assert "nothing was changed" in screen
    assert [event["step"] for event in case.json("complaint", "show", "1")["events"]] == ["record"]


def test_a_wait_isnt_ended_and_a_closed_case_isnt_opened_by_looking_at_it(case: Desk) -> None:
    case.ok("complaint", "wait", "1", "--for", "the delivery note")
    code, screen = played(case, "x")
    assert (code, "Answer to do it now" in screen) == (0, False)
    assert case.json("complaint", "show", "1")["status"] == "waiting"
    case.ok("complaint", "withdraw", "1", "--reason", "it works again")
    code, screen = played(case, "x")
    assert (code, "Answer to do it now" in screen) == (0, False)
    assert case.json("complaint", "show", "1")["status"] == "withdrawn"
