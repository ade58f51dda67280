"""Complaints through the command line: opening, lists, closing, the satisfaction callback, and what can't be read.

2026-11-23 is a Monday; work is Monday to Saturday, 09:00-12:00 and 13:00-18:00 (handbook 6, the contract, sections 1 to 3).
"""

from __future__ import annotations

import shlex
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, Result, filled_once

KEYS = (
    "id customer_id customer level severity content problem summary step next_step status escalation_level owner"
    " department founded responsibility cause compensation received_at first_response_at first_response_due"
    " proposal_due resolution_due implemented_at closed_at waiting_since reopened satisfaction overdue next_clock"
    " next_due_at"
).split()
ADDED = ["void", "double_of", "recovery_time"]  # keys of a later contract stand behind those of the first
SETTLED = "--settled 'brought it' --failure process --cause service"
UP_TO_APPROVAL = (
    "judge 1 --founded --responsibility ours --reason 'the driver confirms it'",
    "assign 1 --to bob --department service --route settle",
    "analyse 1 --failure process --cause company --finding 'nobody told the warehouse'",
    "propose 1 'a new seal' --compensation 500 --recovery equal",
)


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with two customers and two leaders, to be copied."""
    desk = Desk(tmp_path_factory.mktemp("start"), now="2026-11-23 09:00")
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001")
    desk.ok("customer", "add", "River Gym")
    desk.ok("staff", "add", "Wang Fang", "--level", "1", "--department", "service")
    desk.ok("staff", "add", "Liu Wei", "--level", "2", "--department", "head office")
    return desk.path


@pytest.fixture
def shop(start: Path, tmp_path: Path) -> Desk:
    shutil.copy(start, tmp_path / "shop.db")
    return Desk(tmp_path, now="2026-11-23 09:00")


def ask(desk: Desk, line: str, lang: str = "en") -> Result:
    return desk("complaint", *shlex.split(line), lang=lang)


def run(desk: Desk, *lines: str) -> list[str]:
    """Run commands that must succeed; return the words of the last."""
    result = Result(0, "", "")
    for line in lines:
        result = ask(desk, line)
        assert result.code == 0, (line, result)
    return result.err.splitlines()


def case(desk: Desk, complaint_id: int = 1) -> dict[str, Any]:
    found = desk.json("complaint", "show", str(complaint_id))
    assert isinstance(found, dict)
    return found


def place(desk: Desk, complaint_id: int = 1) -> tuple[str, str | None]:
    found = case(desk, complaint_id)
    return found["status"], found["next_step"]


def verbs(desk: Desk, complaint_id: int = 1) -> list[str]:
    return [event["step"] for event in case(desk, complaint_id)["events"]]


def callbacks(desk: Desk) -> list[tuple[int, str, str, str]]:
    return desk.sql("SELECT id, purpose, status, due_on FROM callback ORDER BY id")


def state(desk: Desk) -> list[list[tuple[Any, ...]]]:
    tables = "customer complaint complaint_event complaint_state complaint_deadline promise callback prevention change"
    with closing(sqlite3.connect(desk.path)) as connection:
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables.split()]


# --- opening ------------------------------------------------------------------------------------------------------


def test_opening_ends_with_the_sentence_to_read_back(shop: Desk) -> None:
    lines = run(shop, "open golden 'the oven came two days late' --problem late-delivery --want account")
    assert lines[0] == "opened cp1 for Golden Dragon"
    assert lines[1].startswith("next: judge (first-response by 2026-11-23 (Monday) 18:00): csm complaint judge 1 ")
    assert lines[-1].startswith("read back: Golden Dragon, you tell us: the oven came two days late.")
    result = ask(shop, "open golden 烤箱晚到两天 --want 给个说法", lang="zh").err.splitlines()
    assert result[-1].startswith("请复述：Golden Dragon，您反映的是：烤箱晚到两天。")


@pytest.mark.parametrize(
    "options",
    [
        "",
        "--live",
        SETTLED,
        "--trigger media",
        "--claim 5000",
        "--level grievance",
        "--level grievance --settled 'sorry'",
    ],
)
def test_the_sentence_to_read_back_is_always_the_last(shop: Desk, options: str) -> None:
    assert run(shop, f"open 1 'too slow' {options}")[-1].startswith("read back: Golden Dragon, you tell us: too slow.")


def test_an_unknown_caller_gets_a_card_in_the_same_command(shop: Desk) -> None:
    lines = run(shop, "open --new 'Li Na' --phone '139 0000 0199' 'the cashier says tomorrow every day'")
    assert lines[0] == "opened cp1 for Li Na, whose card is new: cu3"
    assert shop.sql("SELECT name, phone, kind FROM customer WHERE id = 3") == [("Li Na", "139 0000 0199", "person")]
    assert case(shop)["customer"] == "Li Na"


def test_a_first_complaint_makes_the_file(desk: Desk) -> None:
    assert desk("complaint", "open", "--new", "Li Na", "too slow").code == 0
    assert [row["customer"] for row in desk.json("complaint", "list")] == ["Li Na"]


def test_an_unknown_caller_who_is_known_is_refused(shop: Desk) -> None:
    before = state(shop)
    result = ask(shop, "open --new 'Golden Dragon' --phone '(010) 55500001' cold")
    assert result.code == 4
    assert result.err.splitlines()[1].split() == ["1", "Golden", "Dragon", "010-5550", "0001"]
    assert state(shop) == before


def test_taken_live_is_answered_at_once(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold' --live --channel in-person")
    found = case(shop)
    assert (found["live"], found["first_response_at"], found["next_clock"]) == (True, found["received_at"], "proposal")


def test_settled_in_the_same_command_needs_nothing_but_a_word(shop: Desk) -> None:
    run(shop, "open 1 'a box is missing' --settled 'brought it' --live")
    found = case(shop)
    assert (found["next_step"], found["settled_on_spot"], found["failure"]) == ("close", True, None)


def test_settled_on_the_spot_goes_through_every_step(shop: Desk) -> None:
    lines = run(shop, f"open 1 'a box is missing' {SETTLED} --compensation 200 --recovery more")
    assert verbs(shop) == ["record", "judge", "assign", "analyse", "propose", "approve", "implement"]
    found = case(shop)
    assert (found["status"], found["next_step"], found["settled_on_spot"]) == ("open", "close", True)
    assert (found["founded"], found["owner"], found["compensation"]) == ("founded", "alice", 200.0)
    assert "satisfaction callback cb1 planned on 2026-11-26 (Thursday)" in lines


def test_settling_above_one_s_authority_is_refused_and_nothing_is_stored(shop: Desk) -> None:
    before = state(shop)
    result = ask(shop, f"open 1 'a box is missing' {SETTLED} --compensation 200.01")
    assert (result.code, result.err.splitlines()) == (
        4, [
            "csm: alice may decide up to 200.00: given so far 0.00, proposed 200.01, together 200.01; may decide: Wang"
            " Fang, Liu Wei",
            'hint: csm complaint open REF "..."',
        ],
    )  # fmt: skip
    assert ask(shop, f"open --new Bo 'a box is missing' {SETTLED} --compensation 300").code == 4
    assert state(shop) == before
    shop.user = "Wang Fang"
    run(shop, f"open 1 'a box is missing' {SETTLED} --compensation 2000")


def test_settling_a_case_above_one_s_authority_names_the_next_step(shop: Desk) -> None:
    run(shop, "open 1 cold", "open 1 slow --level grievance")
    hints = [
        ask(shop, f"settle {number} --did x --failure process --cause service --compensation 201").err.splitlines()[1]
        for number in (1, 2)
    ]
    assert hints[0].startswith("hint: csm complaint judge 1 --founded ")
    assert hints[1] == "hint: csm complaint raise 2"


@pytest.mark.parametrize(
    ("options", "level", "told"),
    [
        ("", 0, None),
        ("--trigger media", 1, "at once to level 1: media"),
        ("--trigger leaving --trigger lawyer", 1, "at once to level 1: leaving, lawyer"),
        ("--claim 200", 0, None),
        ("--claim 200.01", 1, "at once to level 1: claim"),
        ("--claim 10001", 1, "at once to level 1: claim"),
        ("--trigger 媒体", 1, "at once to level 1: media"),
    ],
)
def test_what_goes_to_level_1_at_once(shop: Desk, options: str, level: int, told: str | None) -> None:
    lines = run(shop, f"open 1 cold {options}")
    assert case(shop)["escalation_level"] == level
    assert [line for line in lines if line.startswith("at once")] == ([told] if told else [])
    assert verbs(shop) == (["record", "escalate"] if level else ["record"])


def test_a_claim_within_the_handler_s_own_authority_stays(shop: Desk) -> None:
    shop.user = "Wang Fang"
    run(shop, "open 1 cold --claim 2000", "open 1 cold --claim 2000.01")
    assert [case(shop, number)["escalation_level"] for number in (1, 2)] == [0, 1]


def test_what_is_told_is_on_record(shop: Desk) -> None:
    shop.ok("customer", "contact", "add", "1", "--name", "Chen Jun", "--phone", "139 0000 0100")
    shop.ok("callback", "add", "1", "--on", "today")
    run(
        shop,
        "open 1 'rude on the phone' --about 'wang fang' --content 服务 --problem 人员态度 --channel 投诉热线 --want 理解和尊重"
        " --severity 严重投诉 --contact 'Chen Jun' --callback cb1 --details 'twice' --claim 1,200.50 --found-by us",
    )
    found = case(shop)
    told = ("about", "content", "problem", "channel", "want", "severity", "contact", "callback_id", "details", "claim")
    assert [found[name] for name in told] == [
        "Wang Fang", "service", "staff-attitude", "hotline", "respect", "serious", "Chen Jun", 1, "twice", 1200.5,
    ]  # fmt: skip
    assert (found["phone"], found["found_by"]) == ("139 0000 0100", "us")


def test_a_callback_of_somebody_else_isn_t_where_it_was_heard(shop: Desk) -> None:
    shop.ok("callback", "add", "2", "--on", "fri")
    before = state(shop)
    assert ask(shop, "open 1 cold --callback cb1").code == 3
    assert state(shop) == before


@pytest.mark.parametrize(
    ("option", "field", "value"),
    [
        ("--problem 交货延迟", "problem", "late-delivery"),
        ("--problem 货物破损", "problem", "goods-damaged"),
        ("--level 抱怨", "level", "grievance"),
        ("--severity 一般投诉", "severity", "general"),
        ("--content 诚信", "content", "integrity"),
        ("--want 不再发生", "want", "prevention"),
        ("--channel 意见箱", "channel", "suggestion-box"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_chinese_values(shop: Desk, lang: str, option: str, field: str, value: str) -> None:
    assert ask(shop, f"open 1 晚了两天 {option}", lang=lang).code == 0
    assert case(shop)[field] == value


def test_received_earlier_runs_from_then(shop: Desk) -> None:
    lines = run(shop, "open 1 cold --received '2026-11-21 16:00'")
    found = case(shop)
    assert (found["received_at"][:16], found["first_response_due"][:16]) == ("2026-11-21T16:00", "2026-11-23T16:00")
    assert found["escalation_level"] == 0 and not any("level" in line for line in lines)
    lines = run(shop, "open 1 cold --received '2026-11-20'")  # the start of that working day: 8 h have passed
    assert "up to level 1 by policy: first-response" in lines
    assert verbs(shop, 2) == ["record", "miss", "escalate"]


def test_a_do_not_contact_customer_can_complain(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--do-not-contact", "yes")
    run(shop, f"open 1 'a box is missing' {SETTLED}")
    assert callbacks(shop) == []
    assert ask(shop, "close 1 --summary x --lesson y").code == 2  # nobody will be asked
    run(shop, "close 1 --summary x --lesson y -s unknown --reason 'does not want to be asked'")
    assert place(shop) == ("closed", None)


# --- lists and records --------------------------------------------------------------------------------------------


def test_the_keys_of_a_list_are_those_of_the_contract(shop: Desk) -> None:
    run(shop, "open 1 cold")
    [row] = shop.json("complaint", "list")
    assert list(row) == [*KEYS, *ADDED]
    assert shop.ok("complaint", "list", "-f", "csv").splitlines()[0].lstrip("\ufeff") == ",".join([*KEYS, *ADDED])


def test_the_keys_of_a_record_begin_with_those_of_the_contract(shop: Desk) -> None:
    run(shop, "open 1 cold", "respond 1 rang")
    shop.ok("promise", "add", "cp1", "call back", "--by", "fri")
    found = case(shop)
    assert list(found)[: len(KEYS)] == KEYS
    assert {"events", "deadlines", "promises"} < set(found)
    assert [list(event) for event in found["events"]] == [["at", "by", "step", "text", "level"]] * 3
    assert [list(deadline)[:4] for deadline in found["deadlines"]] == [["clock", "due", "met_at", "missed"]] * 3
    assert [one["clock"] for one in found["deadlines"]] == ["first-response", "proposal", "resolution"]
    assert [one["text"] for one in found["promises"]] == ["call back"]


@pytest.mark.parametrize("line", ["open 1 cold", "note 1 x", "respond 1 x", "wait 1 --for x", "withdraw 1 --reason x"])
def test_a_write_prints_the_record_as_json(shop: Desk, line: str) -> None:
    run(shop, "open 1 cold")
    assert list(shop.json("complaint", *shlex.split(line)))[: len(KEYS)] == KEYS


def ids(desk: Desk, filters: str = "") -> list[int]:
    return [row["id"] for row in desk.json("complaint", "list", *shlex.split(filters))]


@pytest.fixture
@filled_once
def full(shop: Desk) -> Desk:
    """Return a desk with six cases, on the morning after they were recorded."""
    shop.ok("customer", "add", "Bob's Café", "--owner", "bob")
    run(
        shop,
        "open 1 cold --problem late-delivery --received '2026-11-20 09:00' --live",
        "open 2 slow --severity serious --live --claim 100",
        "open 3 loud --problem late-delivery",
        f"open 1 'a box is missing' {SETTLED}",
        "close 4 --summary x --lesson y -s 5",
        "open 2 dark --live",
        "wait 5 --for 'a date'",
        "open 2 stale --level grievance",
        "withdraw 6 --reason x",
    )
    shop.now = "2026-11-24 08:00"
    return shop


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("", [3, 1, 2, 5]),
        ("--overdue", [3]),
        ("--all", [3, 1, 2, 4, 5, 6]),
        ("--status closed", [4]),
        ("--status closed --status withdrawn", [4, 6]),
        ("--status 处理中", [3, 1, 2]),
        ("--status waiting", [5]),
        ("--owner bob", [3]),
        ("--customer golden", [1]),
        ("--customer golden --all", [1, 4]),
        ("--customer cu2", [2, 5]),
        ("--problem late-delivery", [3, 1]),
        ("--problem 交货延迟 --owner alice", [1]),
        ("--severity serious", [2]),
        ("--claim 50..200", [2]),
        ("--received-at 2026-11-20..2026-11-22", [1]),
        ("--received-at 2026-11-23..", [3, 2, 5]),
        ("--all --closed-at 2026-11-23", [4, 6]),
        ("--all --level grievance", [6]),
        ("--all --satisfaction 4..5", [4]),
        ("--limit 1", [3]),
        ("--sort -id", [5, 3, 2, 1]),
    ],
)
def test_lists(full: Desk, filters: str, expected: list[int]) -> None:
    assert ids(full, filters) == expected


def test_overdue_is_as_of_the_time_of_the_command(full: Desk) -> None:
    full.now = "2026-11-23T18:00:00+00:00"
    assert ids(full, "--overdue") == []
    full.now = "2026-11-23T18:00:01+00:00"
    assert ids(full, "--overdue") == [3]
    full.now = "2026-11-30 18:00"
    assert ids(full, "--overdue") == [3, 1, 2]  # and 5, which waits, is not
    assert {row["id"] for row in full.json("complaint", "list", "--all") if row["overdue"]} == {1, 2, 3}


def test_an_empty_list_is_done(shop: Desk) -> None:
    assert shop.json("complaint", "list") == []
    assert shop("complaint", "list").code == 0


# --- steps --------------------------------------------------------------------------------------------------------


def test_approving_takes_authority_for_the_cost(shop: Desk) -> None:
    run(shop, "open 1 cold", *UP_TO_APPROVAL)
    before = state(shop)
    for name in ("alice", "Nobody"):
        result = ask(shop, f"approve 1 --by '{name}' --remark fair")
        assert result.code == 4
        assert result.err.splitlines() == [
            f"csm: {name} may decide up to 200.00: given so far 0.00, proposed 500.00, together 500.00;"
            " may decide: Wang Fang, Liu Wei",
            'hint: csm complaint approve 1 --by "..." --remark "..."',
        ]
    assert ask(shop, "reject 1 --by bob --remark no").code == 4
    assert state(shop) == before
    run(shop, "approve 1 --by 'wang fang' --remark fair")
    assert case(shop)["events"][-1]["by"] == "Wang Fang"


def test_malicious_only_by_judgement_of_level_2_or_above(shop: Desk) -> None:
    before = state(shop)
    assert ask(shop, "open 1 cold --severity malicious").code == 4
    assert ask(shop, "open 1 cold --severity 恶意投诉").code == 4
    assert state(shop) == before
    run(shop, "open 1 cold")
    judged = "judge 1 --founded --responsibility ours --reason 'the third this week' --severity malicious"
    for by in ("", " --by 'Wang Fang'"):
        result = ask(shop, judged + by)
        assert result.code == 4 and "needs level 2" in result.err
    run(shop, judged + " --by 'Liu Wei'")
    assert case(shop)["severity"] == "malicious"


def test_the_ladder_goes_up_only(shop: Desk) -> None:
    run(shop, "open 1 cold")
    lines = run(shop, "escalate 1 --reason 'beyond me' --reply-by 'tomorrow 12:00'")
    assert lines[:2] == ["cp1 is at level 1 (Golden Dragon)", "promised a reply by 2026-11-24 (Tuesday) 12:00: pr1"]
    run(shop, "escalate 1 --reason more --reply-by fri --to-level 3 --trigger claim")
    for level in ("", " --to-level 3", " --to-level 1"):
        assert ask(shop, "escalate 1 --reason x --reply-by fri" + level).code == 4
    assert case(shop)["escalation_level"] == 3
    assert [row["due_at"][:16] for row in shop.json("promise", "list")] == ["2026-11-24T12:00", "2026-11-27T18:00"]


def test_a_response_keeps_the_reply_by(shop: Desk) -> None:
    run(shop, "open 1 cold", "escalate 1 --reason x --reply-by 'tomorrow 12:00'")
    assert "pr1 is kept" in run(shop, "respond 1 rang")


def test_a_prevention_has_a_person_and_a_date(shop: Desk) -> None:
    run(shop, f"open 1 'a box is missing' {SETTLED}")
    assert ask(shop, "close 1 --summary x --lesson y -s 5 --prevent 'count twice'").code == 2
    run(shop, "close 1 --summary x --lesson y -s 5 --prevent 'count twice' --prevent-by 'wang fang' --prevent-on fri")
    assert shop.sql("SELECT text, in_charge, due_on FROM prevention") == [("count twice", "Wang Fang", "2026-11-27")]


# --- step 8 and the satisfaction callback -------------------------------------------------------------------------


def settled(desk: Desk) -> Desk:
    run(desk, f"open 1 'a box is missing' {SETTLED}")
    return desk


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-23 09:00", "2026-11-26"),
        ("2026-11-26 09:00", "2026-11-30"),  # three days later is a Sunday
        ("2026-11-28 09:00", "2026-12-01"),
    ],
)
def test_it_is_asked_three_days_later_on_a_working_day(shop: Desk, now: str, day: str) -> None:
    shop.now = now
    settled(shop)
    assert callbacks(shop) == [(1, "satisfaction", "open", day)]


def test_it_is_asked_once(shop: Desk) -> None:
    shop.user = "Wang Fang"
    run(shop, "open 1 cold", *UP_TO_APPROVAL, "approve 1 --by 'Liu Wei' --remark fair")
    assert run(shop, "implement 1 --did 'ordered the part' --outcome not-yet")[1].startswith("next: propose")
    assert callbacks(shop) == []
    run(shop, "settle 1 --did 'seal changed' --failure process --cause service --outcome partial")
    assert callbacks(shop) == [(1, "satisfaction", "open", "2026-11-26")]
    run(shop, "close 1 --summary x --lesson y -s 2")
    assert [status for _, _, status, _ in callbacks(shop)] == ["cancelled"]
    run(shop, "settle 1 --did 'oven changed' --failure process --cause service")
    assert [status for _, _, status, _ in callbacks(shop)] == ["cancelled", "open"]


def test_a_remedy_that_is_impossible_asks_nothing(shop: Desk) -> None:
    run(shop, "open 1 cold", *UP_TO_APPROVAL, "approve 1 --by 'Liu Wei' --remark fair")
    run(shop, "implement 1 --did 'no such part' --outcome cannot")
    assert callbacks(shop) == []
    result = ask(shop, "close 1 --summary x --lesson y -s 5")
    assert (result.code, result.err.splitlines()[1]) == (4, 'hint: csm complaint close 1 --unresolved "..." --by "..."')
    assert ask(shop, "close 1 --unresolved 'no such part'").code == 4  # alice has level 0
    run(shop, "close 1 --unresolved 'no such part' --by 'Wang Fang'")
    assert place(shop) == ("unresolved", None)


@pytest.mark.parametrize("score", [3, 4, 5])
def test_3_to_5_closes(shop: Desk, score: int) -> None:
    settled(shop)
    assert run(shop, f"close 1 --summary x --lesson y -s {score}")[0] == "closed cp1 (Golden Dragon)"
    assert (place(shop), case(shop)["satisfaction"]) == (("closed", None), score)
    assert callbacks(shop)[0][2] == "cancelled"


@pytest.mark.parametrize("score", [1, 2])
def test_1_or_2_opens_it_again_at_step_4(shop: Desk, score: int) -> None:
    settled(shop)
    assert run(shop, f"close 1 --summary x --lesson y -s {score}")[0] == (
        "cp1 is open again: the customer isn't satisfied (Golden Dragon)"
    )
    assert (place(shop), case(shop)["reopened"]) == (("open", "analyse"), 1)


def test_unknown_after_three_tries_or_with_a_reason(shop: Desk) -> None:
    settled(shop)
    close = "close 1 --summary x --lesson y -s unknown"
    for tries in range(3):
        result = ask(shop, close)
        assert (
            result.code == 4
            and f"unknown is accepted after 3 tries to reach the customer of cp1; tries so far: {tries}" in result.err
        )
        shop.now = f"2026-11-{26 + tries} 10:00"
        shop.ok("callback", "done", "cb1", "--no-answer")
    run(shop, close)
    assert (place(shop), case(shop)["satisfaction"]) == (("closed", None), None)
    assert callbacks(shop)[0][2] == "cancelled"  # asked often enough in vain


def test_unknown_with_a_reason_and_the_answer_comes_later(shop: Desk) -> None:
    settled(shop)
    run(shop, "close 1 --summary x --lesson y -s 未知 --reason 'on holiday'")
    assert place(shop) == ("closed", None) and callbacks(shop)[0][2] == "open"
    shop.now = "2026-11-26 10:00"
    result = shop("callback", "done", "cb1", "missing again", "-s", "1").err.splitlines()
    assert "cp1 is open again: the customer isn't satisfied" in result
    assert (place(shop), case(shop)["reopened"]) == (("open", "analyse"), 1)
    assert verbs(shop)[-3:] == ["close", "feedback", "reopen"]


def test_a_good_answer_after_unknown_is_on_record_and_it_stays_closed(shop: Desk) -> None:
    settled(shop)
    run(shop, "close 1 --summary x --lesson y -s unknown --reason 'on holiday'")
    shop.ok("callback", "done", "cb1", "fine", "-s", "4")
    assert (place(shop), case(shop)["satisfaction"], case(shop)["reopened"]) == (("closed", None), 4, 0)


def test_the_callback_s_words_close_it_when_the_summary_is_there(shop: Desk) -> None:
    settled(shop)
    lines = run(shop, "close 1 --summary 'a box forgotten' --lesson 'count twice'")
    assert lines[0] == "the summary of cp1 is written; the satisfaction callback closes it (Golden Dragon)"
    assert place(shop) == ("open", "close")
    shop.now = "2026-11-26 10:00"
    assert "closed cp1" in shop("callback", "done", "cb1", "all well", "-s", "5").err.splitlines()
    found = case(shop)
    assert (found["status"], found["satisfaction"], found["lesson"]) == ("closed", 5, "count twice")
    assert found["events"][-1]["text"] == "a box forgotten"


def test_or_when_it_is_given_with_them(shop: Desk) -> None:
    settled(shop)
    shop.ok("callback", "done", "golden", "all well", "-s", "5")  # nothing is due yet: the only one planned
    assert (place(shop), case(shop)["satisfaction"]) == (("open", "close"), 5)
    run(shop, "close 1 --summary x --lesson y")  # the answer is known
    assert (place(shop), case(shop)["satisfaction"]) == (("closed", None), 5)
    run(shop, f"open 1 again {SETTLED}")
    shop.ok("callback", "done", "cb2", "all well", "-s", "3", "--summary", "forgotten again")
    assert place(shop, 2) == ("closed", None)


@pytest.mark.parametrize("summary", [(), ("--summary", "x")])
def test_a_bad_answer_opens_it_again(shop: Desk, summary: tuple[str, ...]) -> None:
    settled(shop)
    shop.ok("callback", "done", "cb1", "missing again", "-s", "2", *summary)
    assert (place(shop), case(shop)["reopened"]) == (("open", "analyse"), 1)


def test_a_logged_contact_on_its_day_answers_too(shop: Desk) -> None:
    settled(shop)
    run(shop, "close 1 --summary x --lesson y")
    shop.now = "2026-11-26 10:00"
    shop.ok("callback", "log", "golden", "came by, is happy", "-s", "5")
    assert place(shop) == ("closed", None)


def test_nobody_reached_says_nothing(shop: Desk) -> None:
    settled(shop)
    run(shop, "close 1 --summary x --lesson y")
    shop.ok("callback", "done", "cb1", "--refused")
    assert place(shop) == ("open", "close") and "feedback" not in verbs(shop)


@pytest.mark.parametrize("verb", ["done", "log"])
def test_a_problem_heard_on_a_callback_becomes_a_complaint(shop: Desk, verb: str) -> None:
    shop.ok("callback", "add", "1", "--on", "today")
    result = shop("callback", verb, "golden", "all lights out", "--complaint", "the oven is dark")
    assert result.code == 0
    lines = result.err.splitlines()
    assert "opened cp1 for Golden Dragon" in lines and lines[-1].startswith("read back: Golden Dragon, ")
    found = case(shop)
    assert (found["summary"], found["callback_id"], found["status"]) == ("the oven is dark", 1, "open")


@pytest.mark.parametrize("option", ["--complaint", "--summary"])
@pytest.mark.parametrize("told", [("--no-answer",), ("--postponed", "fri")])
def test_nobody_reached_has_no_words(shop: Desk, option: str, told: tuple[str, ...]) -> None:
    settled(shop)
    before = state(shop)
    assert shop("callback", "done", "cb1", *told, option, "x").code == 2
    assert state(shop) == before


def test_withdrawing_asks_nothing_more(shop: Desk) -> None:
    settled(shop)
    run(shop, "escalate 1 --reason x --reply-by fri", "withdraw 1 --reason 'found the box'")
    assert callbacks(shop)[0][2] == "cancelled"
    assert shop.sql("SELECT status FROM promise") == [("released",)]


def test_an_unfounded_case_is_reopened_by_a_leader(shop: Desk) -> None:
    told = "--unfounded --responsibility misunderstanding --reason x"
    run(shop, "open 1 cold")
    assert ask(shop, f"judge 1 {told}").code == 2  # what the customer was told
    run(shop, f"judge 1 {told} --explanation y", "close 1 --summary x -s 1")
    assert place(shop) == ("unfounded", None)
    result = ask(shop, "reopen 1 --reason x")
    assert (result.code, result.err.splitlines()[1]) == (4, 'hint: csm complaint reopen 1 --reason "..." --by "..."')
    run(shop, "reopen 1 --reason x --by 'Wang Fang'")
    assert place(shop) == ("open", "judge")


def test_feedback_of_the_technician_is_read_by_the_dedicated_manager(shop: Desk) -> None:
    run(shop, "open 1 cold", UP_TO_APPROVAL[0], "assign 1 --to bob --department service --route 技术服务")
    assert [one["clock"] for one in case(shop)["deadlines"]][:2] == ["first-response", "technician"]
    assert ask(shop, "feedback-read 1 --by 'Wang Fang'").code == 4
    run(shop, "settle 1 --did 'fuse changed' --failure outcome --cause service")
    assert case(shop)["feedback"] == "waiting"
    assert callbacks(shop) == [(1, "satisfaction", "open", "2026-11-26")]  # the one, not a second
    assert ask(shop, "feedback-read 1").code == 4
    run(shop, "feedback-read 1 --by 'Wang Fang'")
    assert case(shop)["feedback"] == "read"
    assert ask(shop, "feedback-read 1 --by 'Wang Fang'").code == 4


# --- what can't be ------------------------------------------------------------------------------------------------

FIRST = "open 1 cold"
BAD = [
    # Unknown ids.
    *[
        (f"{verb} {options}", 3)
        for verb, options in (
            ("show", "9"),
            ("show", "cb1"),
            ("show", "cold"),
            ("next", "9"),
            ("judge", "9 --founded --responsibility ours --reason x"),
            ("assign", "9 --to bob --department x --route settle"),
            ("analyse", "9 --failure process --cause company --finding x"),
            ("propose", "9 x --compensation 0 --recovery equal"),
            ("approve", "9 --by x --remark y"),
            ("reject", "9 --by x --remark y"),
            ("implement", "9 --did x --outcome full"),
            ("close", "9 --summary x --lesson y -s 5"),
            ("settle", "9 --did x"),
            ("respond", "9 x"),
            ("note", "9 x"),
            ("wait", "9 --for x"),
            ("resume", "9"),
            ("escalate", "9 --reason x --reply-by fri"),
            ("raise", "9"),
            ("reopen", "9 --reason x"),
            ("withdraw", "9 --reason x"),
            ("feedback-read", "9"),
            ("list", "--customer nobody"),
            ("open", "nobody cold"),
            ("open", "1 cold --contact nobody"),
            ("open", "1 cold --callback 9"),
        )
    ],
    # What must be written down.
    ("open", 2),
    ("open 1", 2),
    ("open 1 ' '", 2),
    ("open 1 x --phone 01", 2),
    ("open 1 x --phone 010-1234 --caller-phone 010-5678", 2),
    ("open 1 x --new Bo", 2),
    ("open --new ' ' x", 2),
    ("open --new Bo --phone bo x", 2),
    ("open 1 x --compensation 10", 2),
    ("open 1 x --settled ' '", 2),
    ("judge 1 --responsibility ours --reason x", 2),
    ("judge 1 --founded --reason x", 2),
    ("judge 1 --founded --responsibility ours", 2),
    ("judge 1 --founded --responsibility ours --reason ' '", 2),
    ("judge 1 --unfounded --responsibility misunderstanding --reason x", 2),
    ("settle 1 --failure process --cause service", 2),
    ("settle 1 --did x --cause service", 2),
    ("settle 1 --did x --failure process", 2),
    ("respond 1", 2),
    ("respond 1 ' '", 2),
    ("note 1", 2),
    ("note 1 ''", 2),
    ("wait 1", 2),
    ("reopen 1", 2),
    ("withdraw 1", 2),
    ("escalate 1", 2),
    ("escalate 1 --reason x", 2),
    ("escalate 1 --reply-by fri", 2),
    ("escalate --reason x --reply-by fri", 2),
    ("escalate 1 --reason ' ' --reply-by fri", 2),
    ("show", 2),
    # Values.
    ("open 1 x --problem cold", 2),
    ("open 1 x --severity mild", 2),
    ("open 1 x --level high", 2),
    ("open 1 x --trigger rain", 2),
    ("open 1 x --claim much", 2),
    ("open 1 x --claim -5", 2),
    ("judge 1 --founded --responsibility theirs --reason x", 2),
    ("escalate 1 --reason x --reply-by soon", 2),
    ("escalate 1 --reason x --reply-by 5/6/2026", 2),
    ("escalate 1 --reason x --reply-by fri --to-level 4", 2),
    ("escalate 1 --reason x --reply-by fri --to-level 0", 2),
    ("escalate 1 --reason x --reply-by fri --trigger rain", 2),
    ("close 1 --summary x --lesson y -s 6", 2),
    ("close 1 --summary x --lesson y -s good", 2),
    ("close 1 --summary x --lesson y -s 5 --by 'Wang Fang'", 2),
    ("close 1 --summary x --lesson y -s 5 --prevent-on fri", 2),
    ("list --status asleep", 2),
    ("list --columns mood", 2),
    ("list --received-at soon", 2),
    # Times before the case was received, or in the future.
    ("open 1 x --received tomorrow", 2),
    ("open 1 x --received '2026-11-23 09:01'", 2),
    ("open 1 x --received 5/6/2026", 2),
    ("respond 1 x --at '2026-11-23 08:59'", 2),
    ("respond 1 x --at yesterday", 2),
    ("respond 1 x --at tomorrow", 2),
    ("respond 1 x --at '2026-11-23 09:01'", 2),
    # Refused.
    ("open 1 x --severity malicious", 4),
    ("open --new 'Golden Dragon' --phone '010 5550 0001' x", 4),
    ("judge 1 --founded --responsibility ours --reason x --severity malicious", 4),
    ("close 1 --summary x --lesson y", 4),
]


@pytest.mark.parametrize(("line", "code"), BAD)
def test_bad_input_changes_nothing(shop: Desk, line: str, code: int) -> None:
    run(shop, FIRST)
    before = state(shop)
    result = ask(shop, line)
    assert (result.code, result.out) == (code, ""), result
    assert result.err.startswith("csm: ")
    assert state(shop) == before


@pytest.mark.parametrize("at", ["yesterday", "tomorrow", "'2026-11-23 08:59'", "'2026-11-23 09:01'"])
def test_nothing_is_implemented_before_it_was_received_or_in_the_future(shop: Desk, at: str) -> None:
    run(shop, FIRST, *UP_TO_APPROVAL, "approve 1 --by 'Wang Fang' --remark fair")
    before = state(shop)
    assert ask(shop, f"implement 1 --did x --outcome full --at {at}").code == 2
    assert state(shop) == before


def test_nothing_happened_between_a_case_and_its_reopening(shop: Desk) -> None:
    run(shop, FIRST, "withdraw 1 --reason x")
    shop.now = "2026-11-25 09:00"
    run(shop, "reopen 1 --reason y")
    assert ask(shop, "respond 1 rang --at '2026-11-24 10:00'").code == 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (f"close 1 {options}", code)
        for options, code in (
            ("", 2),
            ("--lesson y -s 5", 2),
            ("--summary x -s 5", 2),
            ("--summary x --lesson y -s 0", 2),
            ("--summary x --lesson y -s unknown", 4),
            ("--unresolved ' ' --by 'Wang Fang'", 2),
            ("--unresolved x", 4),
            ("--unresolved x --by Nobody", 4),
        )
    ],
)
def test_a_close_that_lacks_something_changes_nothing(shop: Desk, line: str, code: int) -> None:
    settled(shop)
    before = state(shop)
    assert ask(shop, line).code == code
    assert state(shop) == before


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("show 9", 3, "csm: 找不到投诉“9”"),
        ("judge 1 --unfounded --responsibility 客户误会 --reason 记错了", 2, "csm: "),
        ("propose 1 换密封圈 --compensation 0 --recovery 等值", 4, "csm: "),
        ("respond 1 已回电 --at 明天", 2, "csm: "),
        ("open 1 太慢 --severity 恶意投诉", 4, "csm: "),
        ("escalate 1 --reason 超出权限", 2, "csm: "),
    ],
)
def test_in_chinese(shop: Desk, line: str, code: int, words: str) -> None:
    run(shop, FIRST)
    result = ask(shop, line, lang="zh")
    assert result.code == code and result.err.startswith(words)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.err.splitlines()[0])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_would_be_possible_is_named(shop: Desk, lang: str) -> None:
    run(shop, FIRST, "wait 1 --for 'a date'")
    assert "csm complaint resume 1" in ask(shop, "judge 1 --founded --responsibility ours --reason x", lang).err
    run(shop, "withdraw 1 --reason x")
    assert "csm complaint reopen 1" in ask(shop, "judge 1 --founded --responsibility ours --reason x", lang).err


# --- about a sale -------------------------------------------------------------------------------------------------


@pytest.fixture
@filled_once
def sold(shop: Desk) -> Desk:
    for customer, product in ((1, "oven"), (2, "fryer")):
        shop.sql(
            "INSERT INTO sale (customer_id, product, bill, amount_cents, sold_on, due_on)"
            " VALUES (?, ?, 'B' || ?, 120050, '2026-11-01', '2026-11-30')",
            customer,
            product,
            customer,
        )
    return shop


def test_a_case_names_the_sale_it_is_about(sold: Desk) -> None:
    sold.ok("complaint", "open", "1", "cold oven", "--sale", "B1")
    sold.ok("complaint", "open", "1", "rude driver")
    shown = sold.ok("complaint", "show", "1").splitlines()
    assert "  sale              oven  sa1  sold 2026-11-01, not delivered, 1,200.50, bill B1" in shown
    assert "sa1" not in sold.ok("complaint", "show", "2")
    assert sold.json("complaint", "show", "1")["sale_id"] == 1
    assert [row["id"] for row in sold.json("complaint", "list", "--sale", "sa1")] == [1]


def test_a_case_opened_on_a_callback_is_about_its_sale(sold: Desk) -> None:
    sold.ok("callback", "add", "1", "--on", "today", "--sale", "1")
    sold.ok("complaint", "open", "1", "cold oven", "--callback", "1")
    assert sold.json("complaint", "show", "1")["sale_id"] == 1


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["1", "x", "--sale", "2"], 2, "csm: sa2 isn't a sale to Golden Dragon"),
        (["1", "x", "--sale", "77"], 3, "csm: no sale answers to '77'"),
        (["--new", "Li Na", "x", "--sale", "1"], 2, "csm: --new and --sale can't be used together"),
    ],
)
def test_a_sale_that_is_not_theirs(sold: Desk, words: list[str], code: int, sentence: str) -> None:
    result = sold("complaint", "open", *words)
    assert (result.code, result.err.splitlines()[0]) == (code, sentence)
    assert sold.json("complaint", "list", "--all") == []


# --- who called ---------------------------------------------------------------------------------------------------


def test_a_number_that_nobody_has_stays_on_the_case(shop: Desk) -> None:
    shop.ok("customer", "contact", "add", "1", "--name", "Chen Jun", "--phone", "139 0000 0100")
    result = shop("complaint", "open", "1", "cold food", "--phone", "139 0000 7781", "--caller", "Zoe")
    assert result.err.splitlines()[-1] == "read back: Zoe, you tell us: cold food. Have I understood you right?"
    page = shop.ok("complaint", "show", "1").splitlines()
    assert "  called by         Zoe  139 0000 7781" in page
    assert "  phone             010-5550 0001" in page
    record = shop.json("complaint", "show", "1")
    assert (record["caller"], record["caller_phone"], record["contact"]) == ("Zoe", "139 0000 7781", None)
    assert [row["id"] for row in shop.json("complaint", "list", "--caller", "Zoe")] == [1]


@pytest.mark.parametrize(
    ("words", "contact", "kept"),
    [
        (["--phone", "+86 13900000100"], "Chen Jun", None),  # a contact's number names the contact
        (["--phone", "(010) 55500001"], None, None),  # the card's own
        (["--caller", "chen jun"], "Chen Jun", None),
        (["--phone", "139 0000 0100", "--caller", "Zoe"], None, "139 0000 0100"),  # somebody else on that line
        (["--contact", "Chen Jun", "--caller-phone", "139 0000 7781"], "Chen Jun", "139 0000 7781"),
    ],
)
def test_a_known_caller_is_the_contact(shop: Desk, words: list[str], contact: str | None, kept: str | None) -> None:
    shop.ok("customer", "contact", "add", "1", "--name", "Chen Jun", "--phone", "139 0000 0100")
    shop.ok("complaint", "open", "1", "cold food", *words)
    record = shop.json("complaint", "show", "1")
    assert (record["contact"], record["caller_phone"]) == (contact, kept)


def test_a_number_of_another_customer_is_said(shop: Desk) -> None:
    result = shop("complaint", "open", "2", "cold food", "--phone", "010-5550 0001")
    assert result.err.splitlines()[1] == "note: the number they call from is also that of cu1 Golden Dragon"
