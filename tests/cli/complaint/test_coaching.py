"""`complaint next`: what the coach says off a terminal, and how it asks and does the step on one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk, filled_once
from tests.terminal import screen_of

PROJECT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")


@pytest.fixture
@filled_once
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
    result = case("complaint", "next", "cp1")
    assert (result.code, result.err) == (0, "")
    assert "step 2 of 8" in result.out
    assert "Li Na" in result.out
    assert 'csm complaint judge 1 --founded --responsibility ours --reason "..."' in result.out
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


# --- what it asks is what the step requires -------------------------------------------------------------------------

ANSWERS = {
    "TEXT": "a new oven", "--did": "brought it", "--founded/--unfounded": "founded", "--responsibility": "ours",
    "--reason": "the driver says so", "--explanation": "it was the mains", "--to": "Wang Fang",
    "--department": "service", "--route": "settle", "--failure": "process", "--cause": "service",
    "--finding": "forgotten", "--compensation": "20", "--recovery": "equal", "--by": "Zhao", "--remark": "fair",
    "--outcome": "full", "--summary": "done", "--lesson": "look twice", "--satisfaction": "5",
    "--unresolved": "no such oven is made", "--reply-by": "tomorrow 12:00",
}  # fmt: skip
JUDGED = ("judge", "1", "--founded", "--responsibility", "ours", "--reason", "x")
ASSIGNED = ("assign", "1", "--to", "bob", "--department", "service", "--route", "settle")
ANALYSED = ("analyse", "1", "--failure", "process", "--cause", "service", "--finding", "x")
PROPOSED = ("propose", "1", "x", "--compensation", "0", "--recovery", "symbolic")
APPROVED = ("approve", "1", "--by", "Zhao", "--remark", "x")
DONE = (JUDGED, ASSIGNED, ANALYSED, PROPOSED, APPROVED)
# What was done before, by the step that the coach then asks for.
BEFORE: dict[str, tuple[tuple[str, ...], ...]] = {
    "respond": (),
    "settle": (),
    "judge": (),
    **{step: DONE[:number] for number, step in enumerate(("assign", "analyse", "propose", "approve", "implement"), 1)},
    "close": (*DONE, ("implement", "1", "--did", "x", "--outcome", "full")),
    "explain": (("judge", "1", "--unfounded", "--responsibility", "misunderstanding", "--reason", "x", "--explanation", "y"),),
    "unresolved": (*DONE, ("implement", "1", "--did", "x", "--outcome", "cannot")),
    "escalate": (
        ("judge", "1", "--founded", "--responsibility", "ours", "--reason", "x"),
        ("assign", "1", "--to", "Zhao", "--department", "shop", "--route", "escalate"),
    ),
    "reopen": (("withdraw", "1", "--reason", "x"),),
}  # fmt: skip


def waiting_for(desk: Desk, step: str) -> dict[str, object]:
    """Bring a new case to a step; return what the coach says of it."""
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-8888 6666")
    desk.ok("staff", "add", "Zhao", "--level", "3")
    opened = ["complaint", "open", "1", "the oven is cold"]
    desk.ok(*opened, *(["--level", "grievance"] if step == "settle" else []))
    for words in BEFORE[step]:
        desk.ok("complaint", *words)
    if step == "respond":
        desk.now = "2026-12-21 09:00"
    result: dict[str, object] = desk.json("complaint", "next", "1")
    return result


def typed_of(answers: dict[str, str]) -> list[str]:
    """Return answers as the words of a command line."""
    words = [answers["TEXT"]] if "TEXT" in answers else []
    for option, answer in answers.items():
        if "/" in option:
            words.append(f"--{answer}")
        elif option != "TEXT":
            words += [option, answer]
    return words


def test_every_step_is_tried() -> None:
    from csm.render.complaint.talks import ASKS

    assert set(BEFORE) == set(ASKS) - {"resume"}


@pytest.mark.parametrize("step", BEFORE)
def test_the_coach_asks_for_what_the_command_requires(desk: Desk, step: str) -> None:
    result = waiting_for(desk, step)
    asks = result["write_down"]
    assert isinstance(asks, list)
    needed = {ask["option"]: ANSWERS[ask["option"]] for ask in asks if ask["needed"]}
    verb = str(result["command"]).split()[2]
    kept = desk.path.read_bytes()
    for option in needed:
        less = typed_of({name: answer for name, answer in needed.items() if name != option})
        lacking = desk("complaint", verb, "1", *less)
        assert (lacking.code, lacking.out) == (4 if option == "--by" and verb == "close" else 2, ""), (option, lacking)
        assert desk.path.read_bytes() == kept
    done = desk("complaint", verb, "1", *typed_of(needed))
    assert done.code == 0, done


@pytest.mark.parametrize("step", BEFORE)
def test_the_printed_command_has_all_that_is_required(desk: Desk, step: str) -> None:
    import shlex

    result = waiting_for(desk, step)
    words = shlex.split(str(result["command"]))
    assert words[:2] == ["csm", "complaint"]
    filled, option = [], "TEXT"
    for word in words[1:]:
        filled.append(ANSWERS.get(option, "x") if word == "..." else word)
        option = word
    done = desk(*filled)
    assert done.code == 0, (filled, done)


def test_a_department_on_the_staff_list_may_be_left_out(case: Desk) -> None:
    case.ok("staff", "add", "Wang Fang", "--department", "service")
    case.ok("complaint", "judge", "1", "--founded", "--responsibility", "ours", "--reason", "x")
    code, screen = played(case, "wang fang", "", "settle", "")
    assert code == 0, screen
    assert case.sql("SELECT owner, department FROM complaint_state") == [("Wang Fang", "service")]


def test_a_department_of_somebody_else_is_asked_for_until_it_is_named(case: Desk) -> None:
    case.ok("complaint", "judge", "1", "--founded", "--responsibility", "ours", "--reason", "x")
    code, screen = played(case, "bob", "", "service", "settle", "")
    assert code == 0, screen
    assert case.sql("SELECT owner, department FROM complaint_state") == [("bob", "service")]


def test_unknown_satisfaction_and_a_prevention_are_asked_for_whole(case: Desk) -> None:
    case.ok("staff", "add", "Zhao", "--level", "3")
    for words in (*DONE, ("implement", "1", "--did", "x", "--outcome", "full")):
        case.ok("complaint", *words)
    code, screen = played(
        case, "summed up", "a lesson", "未知", "", "they moved away", "a checklist", "", "", "2026-11-30", "", lang="zh"
    )
    assert code == 0, screen
    assert case.sql("SELECT status, satisfaction FROM complaint_state") == [("closed", None)]
    assert case.sql("SELECT text, in_charge, due_on FROM prevention") == [("a checklist", "alice", "2026-11-30")]


def test_a_grievance_is_spoken_of_as_one(desk: Desk) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    opened = desk("complaint", "open", "1", "the queue is long", "--level", "grievance")
    assert opened.err.splitlines() == [
        "recorded grievance cp1 of Golden Dragon",
        "next: settle it, or raise it to a complaint (first-response by 2026-11-21 (Saturday) 18:00):"
        ' csm complaint settle 1 --did "..."',
        "read back: Golden Dragon, you tell us: the queue is long. Have I understood you right?",
    ]
    assert desk.ok("complaint", "next", "1").splitlines()[0].startswith("cp1  grievance  by 2026-11-21")
    for words in (("complaint", "show", "1"), ("customer", "show", "1"), ("complaint", "list"), ("due", "--days", "9")):
        assert "grievance" in desk.ok(*words) and "general" not in desk.ok(*words), words
        chinese = desk.ok(*words, lang="zh")
        assert "抱怨" in chinese and "一般投诉" not in chinese, words
    assert "grievance: the queue is long" in desk.ok("customer", "journey", "1")
    known = desk("complaint", "open", "--new", "Li Na", "--phone", "139 0000 0199", "rude", "--level", "grievance")
    assert known.err.splitlines()[0] == "recorded grievance cp2 of Li Na, whose card is new: cu2"
    assert desk("complaint", "settle", "2", "--did", "sorry").err == "settled grievance cp2 of Li Na\n"
    assert desk("complaint", "raise", "1", lang="zh").err.splitlines()[0] == "Golden Dragon的抱怨 cp1 已升级为投诉"
    desk.ok("complaint", "open", "1", "rude", "--level", "grievance", "--severity", "serious")
    assert "serious grievance" in desk.ok("complaint", "show", "3")
    assert "严重抱怨" in desk.ok("due", "--days", "9", lang="zh")


@pytest.mark.parametrize(("answer", "apologised"), [("no", None), ("yes", True), ("是", True), ("", None)])
def test_an_apology_is_noted_where_one_was_made(desk: Desk, answer: str, apologised: bool | None) -> None:
    waiting_for(desk, "respond")
    code, screen = played(desk, "-- rang, nobody in", answer)
    assert (code, "did you apologise?" in screen) == (0, True), screen
    noted = "SELECT text, json_extract(data, '$.apologised') FROM complaint_event WHERE step = 'respond'"
    assert desk.sql(noted) == [("-- rang, nobody in", apologised)]


def test_an_apology_is_asked_for_when_the_remedy_is_carried_out_and_is_on_record(case: Desk) -> None:
    case.ok("staff", "add", "Zhao", "--level", "3")
    for words in DONE:
        case.ok("complaint", *words)
    code, screen = played(case, "fitted a new seal, and said sorry", "full", "yes")
    assert code == 0, screen
    assert "did you apologise?" in screen
    assert case.json("complaint", "show", "1")["four_r"]["regret"] == "fitted a new seal, and said sorry"
    assert "--apologised" not in case.ok("complaint", "next", "1")


def test_what_the_coach_does_is_within_the_same_authority(case: Desk) -> None:
    case.ok("staff", "add", "Wang Fang", "--level", "1")
    case.ok("staff", "add", "Zhao", "--level", "3")
    given = ("--did", "x", "--failure", "process", "--cause", "service", "--compensation", "150")
    case.ok("complaint", "settle", "1", *given)
    case.ok("complaint", "close", "1", "--summary", "x", "--lesson", "y", "-s", "2")
    case.ok("complaint", *ANALYSED)
    case.ok("complaint", "propose", "1", "x", "--compensation", "1850.01", "--recovery", "equal")
    # 150 + 1,850.01 = 2,000.01: above the 2,000 of level 1
    assert "may decide: Zhao" in case.ok("complaint", "next", "1")
    code, screen = played(case, "Wang Fang", "fair")
    assert code == 4
    assert "given so far 150.00, proposed 1,850.01" in screen
    assert case.json("complaint", "show", "1")["next_step"] == "approve"


def test_escalating_is_asked_for_and_done(case: Desk) -> None:
    case.ok("complaint", *JUDGED)
    case.ok("complaint", "assign", "1", "--to", "bob", "--department", "service", "--route", "escalate")
    code, screen = played(case, "beyond my authority", "tomorrow 12:00")
    assert code == 0, screen
    found = case.json("complaint", "show", "1")
    assert (found["next_step"], found["escalation_level"], len(found["promises"])) == ("analyse", 1, 1)
