"""Cases that belong together: an open one named on opening, one recorded twice, one recorded by mistake (handbook 6.3).

The desk stands on Saturday, 2026-11-21, 09:00; work is Monday to Saturday, 09:00 to 12:00 and 13:00 to 18:00.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk, Result
from tests.terminal import screen_of

DRAGON, VALLEY = "Golden Dragon", "Green Valley"


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Return a desk with two customers, the first with an open case about a late oven."""
    for name in (DRAGON, VALLEY):
        desk.ok("customer", "add", name)
    desk.ok("complaint", "open", DRAGON, "the oven is late", "--problem", "late-delivery")
    return desk


def told(result: Result) -> list[str]:
    assert result.code == 0, result
    return result.err.splitlines()


def refused(result: Result) -> list[str]:
    assert result.code == 4, result
    return result.err.splitlines()


SAME = "the customer has an open case about the same problem: cp1 the oven is late (next: judge)"
OTHER = "the customer has another open case: cp1 the oven is late (next: judge)"
NOTE = (
    'to note it there: csm complaint note 1 "..."; if it was recorded twice: csm complaint withdraw 2 --double-of cp1'
)


# --- an open case of the same customer ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "named"), [("late-delivery", SAME), ("goods-damaged", OTHER), ("other", OTHER), (None, OTHER)]
)
def test_opening_names_the_open_case(shop: Desk, problem: str | None, named: str) -> None:
    more = [] if problem is None else ["--problem", problem]
    lines = told(shop("complaint", "open", DRAGON, "where is it?", *more))
    assert lines[:2] == [f"opened cp2 for {DRAGON}; {named}", NOTE]


def test_other_is_no_one_problem(desk: Desk) -> None:
    desk.ok("customer", "add", DRAGON)
    desk.ok("complaint", "open", DRAGON, "odd", "--problem", "other")
    assert (
        "the customer has another open case: cp1 odd"
        in told(desk("complaint", "open", DRAGON, "odd", "--problem", "other"))[0]
    )


def test_a_closed_case_and_that_of_another_are_not_named(shop: Desk) -> None:
    shop.ok("complaint", "withdraw", "1", "--reason", "found it")
    for name in (DRAGON, VALLEY):
        assert told(shop("complaint", "open", name, "late", "--problem", "late-delivery"))[0].endswith(name)


def test_a_grievance_is_named_and_names(shop: Desk) -> None:
    lines = told(shop("complaint", "open", DRAGON, "so slow", "--level", "grievance", "--problem", "late-delivery"))
    assert lines[0] == f"recorded grievance cp2 of {DRAGON}; {SAME}"
    lines = told(shop("complaint", "raise", "2"))
    assert lines[0] == f"grievance cp2 of {DRAGON} is a complaint now; {SAME}"
    assert lines[1] == NOTE


def test_it_is_named_on_every_way_in_from_a_call(shop: Desk) -> None:
    shop.ok("callback", "add", DRAGON, "--on", "today")
    shop.ok("callback", "add", DRAGON, "--on", "today")
    ways = (
        ("callback", "done", "cb1", "angry", "--complaint", "late again"),
        ("done", "cb2", "angry", "--complaint", "late again"),
        ("callback", "log", DRAGON, "angry", "--complaint", "late again"),
    )
    for number, way in enumerate(ways, 2):
        if way[0] == "done" and shop(*way).code == 2:  # the daily word takes no --complaint
            continue
        opened = [line for line in told(shop(*way)) if line.startswith("opened")]
        assert len(opened) == 1, way
        assert "; the customer has another open case: cp1 the oven is late (next: judge)" in opened[0], way
        shop.ok("complaint", "withdraw", opened[0].split()[1], "--reason", f"way {number}")


def test_more_than_three_are_counted(shop: Desk) -> None:
    for number in (2, 3, 4):
        shop.ok("complaint", "open", DRAGON, f"late {number}", "--problem", "late-delivery")
    first = told(shop("complaint", "open", DRAGON, "late 5", "--problem", "late-delivery"))[0]
    assert first.endswith("cp2 late 2 (next: judge), cp3 late 3 (next: judge) and 1 more")


def test_in_chinese(shop: Desk) -> None:
    lines = told(shop("complaint", "open", DRAGON, "还没到", "--problem", "交货延迟", lang="zh"))
    assert lines[0].endswith("；该客户有同一问题的投诉尚未结案：cp1 the oven is late（下一步：判断是否成立）")
    assert (
        lines[1] == '记到那件上：csm complaint note 1 "..."；如果是重复登记：csm complaint withdraw 2 --double-of cp1'
    )


# --- a case recorded twice ----------------------------------------------------------------------------------------


@pytest.fixture
def twice(shop: Desk) -> Desk:
    """Return the shop with cp2, the same oven written down by a colleague, with a caller, words and promises."""
    shop.user, shop.now = "bob", "2026-11-21 09:10"
    shop.ok("complaint", "open", DRAGON, "no oven", "--problem", "late-delivery", "--caller", "the cook",
            "--caller-phone", "139 0000 0001", "--details", "waits since Monday")  # fmt: skip
    shop.now = "2026-11-21 09:30"
    shop.ok("complaint", "respond", "2", "we look for it")
    shop.ok("promise", "add", DRAGON, "ring back", "--by", "2026-11-23 12:00", "--complaint", "2")
    shop.ok(
        "promise", "add", DRAGON, "propose soon", "--by", "2026-11-23 15:00", "--complaint", "2", "--clock", "proposal"
    )
    shop.user = "alice"
    shop.now = "2026-11-21 10:00"
    return shop


def test_a_double_is_read_on_the_other(twice: Desk) -> None:
    lines = told(twice("complaint", "withdraw", "cp2", "--double-of", "1"))
    assert lines[0] == f"cp2 is a double of cp1; it counts nowhere and is read there ({DRAGON})"
    assert lines[1].startswith("next: judge (")  # what comes next is that of cp1
    assert "csm complaint judge 1 " in lines[1]
    shown = twice.json("complaint", "show", "cp1")
    (double,) = shown["doubles"]
    assert (double["id"], double["by"], double["caller"], double["caller_phone"], double["summary"], double["details"]) == (
        2, "bob", "the cook", "139 0000 0001", "no oven", "waits since Monday",
    )  # fmt: skip
    assert "bob respond: we look for it" in double["words"]
    assert [(one["id"], one["complaint_id"], one["clock"]) for one in shown["promises"]] == [
        (1, 1, None),
        (2, 1, "proposal"),
    ]
    page = twice.ok("complaint", "show", "cp1")
    for words in (
        "Recorded twice",
        "no oven  cp2  bob",
        "the cook  139 0000 0001",
        "waits since Monday",
        "we look for it",
    ):
        assert words in page
    own = twice.ok("complaint", "show", "cp2")
    assert "goes on at cp1" in own
    assert "csm complaint show 1" in own
    assert "withdrawn double" in own
    coach = twice.json("complaint", "next", "cp2")
    assert (coach["command"], coach["write_down"]) == ("csm complaint next 1", [])


def test_a_promise_for_a_clock_hurries_the_other_case(twice: Desk) -> None:
    """Proposal of cp1: 3 days from Saturday 09:00 is Wednesday 09:00; the promise says Monday 15:00."""
    twice.ok("complaint", "withdraw", "2", "--double-of", "1")
    (proposal,) = [one for one in twice.json("complaint", "show", "1")["deadlines"] if one["clock"] == "proposal"]
    assert proposal["due"] == "2026-11-23T15:00:00+00:00"


def test_a_promise_for_a_clock_that_is_over_keeps_its_own_time(twice: Desk) -> None:
    for words in (
        "judge 1 --founded --responsibility ours --reason r", "assign 1 --to bob --department d --route settle",
        "analyse 1 --failure process --cause company --finding f", "propose 1 p --compensation 0 --recovery equal",
    ):  # fmt: skip
        twice.ok("complaint", *words.split())
    twice.ok("complaint", "withdraw", "2", "--double-of", "1")
    assert [one["clock"] for one in twice.json("complaint", "show", "1")["promises"]] == [None, None]
    twice.ok("complaint", "reopen", "2", "--reason", "another oven")
    assert [one["clock"] for one in twice.json("complaint", "show", "2")["promises"]] == [None, "proposal"]
    assert twice.json("complaint", "show", "1")["promises"] == []


def test_its_satisfaction_call_is_that_of_the_other(twice: Desk) -> None:
    settled = ("--did", "brought it", "--failure", "process", "--cause", "company")
    for case in ("1", "2"):
        twice.ok("complaint", "settle", case, *settled)
    assert [(row["complaint_id"], row["status"]) for row in twice.json("callback", "list", "--all", "--sort", "id")] == [
        (1, "open"), (2, "open"),
    ]  # fmt: skip
    twice.ok("complaint", "withdraw", "2", "--double-of", "1")
    rows = twice.json("callback", "list", "--all", "--sort", "id")
    assert [(row["complaint_id"], row["status"]) for row in rows] == [(1, "open"), (2, "cancelled")]
    twice.ok("complaint", "reopen", "2", "--reason", "another oven")
    rows = twice.json("callback", "list", "--all", "--sort", "id")
    assert [(row["complaint_id"], row["status"]) for row in rows] == [(1, "open"), (2, "open")]


def test_a_missed_promise_of_a_double_is_a_miss_of_the_other(twice: Desk) -> None:
    twice.now = "2026-11-23 13:30"  # the call back was due at 12:00
    lines = told(twice("complaint", "withdraw", "2", "--double-of", "1"))
    assert "cp1: missed: promise was due 2026-11-23 (Monday) 12:00" in lines
    assert not any(line.startswith("missed") for line in lines)


def test_a_double_withdraws_nothing_from_a_closed_case(shop: Desk) -> None:
    """A case that is closed and was recorded twice is joined too, in either direction."""
    settled = ("--did", "brought it", "--failure", "process", "--cause", "company")
    shop.ok("complaint", "open", DRAGON, "no oven", "--problem", "late-delivery")
    shop.ok("complaint", "settle", "2", *settled)
    shop.ok("complaint", "close", "2", "--summary", "s", "--lesson", "l", "-s", "5")
    shop.ok("complaint", "withdraw", "2", "--double-of", "1")
    shown = shop.json("complaint", "show", "2")
    assert (shown["status"], shown["void"], shown["double_of"], shown["satisfaction"]) == ("withdrawn", "double", 1, 5)
    line = told(shop("complaint", "reopen", "2", "--reason", "no"))[0]
    assert line == f"cp2 counts again and stands as before: closed ({DRAGON})"
    shown = shop.json("complaint", "show", "2")
    assert (shown["status"], shown["void"], shown["satisfaction"], shown["reopened"]) == ("closed", None, 5, 0)
    shop.ok("complaint", "withdraw", "1", "--double-of", "2")
    assert shop.json("complaint", "show", "1")["double_of"] == 2


def test_opened_again_a_case_waits_and_its_clocks_run_on(shop: Desk) -> None:
    """First response in 8 h from Saturday 09:00: Saturday 18:00. Withdrawn meanwhile, it is missed all the same."""
    shop.ok("complaint", "open", DRAGON, "no oven")
    shop.ok("complaint", "wait", "2", "--for", "a photo")
    shop.ok("complaint", "withdraw", "2", "--mistake")
    assert shop.json("complaint", "show", "2")["waiting_since"] is None
    shop.now = "2026-11-23 09:00"
    lines = told(shop("complaint", "reopen", "2", "--reason", "it was none"))
    assert lines[:2] == [
        f"cp2 counts again and stands as before: waiting ({DRAGON})",
        "missed: first-response was due 2026-11-21 (Saturday) 18:00",
    ]
    shown = shop.json("complaint", "show", "2")
    assert (shown["status"], shown["waiting_for"], shown["waiting_since"]) == (
        "waiting", "a photo", "2026-11-21T09:00:00+00:00",
    )  # fmt: skip


def test_an_answer_while_it_counted_nowhere_is_its_first_response(shop: Desk) -> None:
    """Recorded on Saturday 09:00, the customer is called at 09:30, before it counts again: nothing is missed."""
    shop.ok("complaint", "open", DRAGON, "no oven")
    shop.ok("complaint", "withdraw", "2", "--mistake")
    shop.now = "2026-11-21 09:30"
    shop.ok("complaint", "respond", "2", "called")
    shop.now = "2026-11-23 09:00"
    lines = told(shop("complaint", "reopen", "2", "--reason", "it was none"))
    assert not any("missed" in line for line in lines)
    clock = shop.json("complaint", "show", "2")["deadlines"][0]
    assert (clock["clock"], clock["met_at"], clock["missed"]) == ("first-response", "2026-11-21T09:30:00+00:00", False)


@pytest.mark.parametrize(("lang", "words"), [("en", "withdrawn double"), ("zh", "已撤销（重复登记）")])
def test_the_card_and_the_sale_say_that_a_case_is_a_double(shop: Desk, lang: str, words: str) -> None:
    shop.ok("sale", "add", DRAGON, "oven", "--amount", "900", "--on", "2026-11-20")
    shop.ok("complaint", "open", DRAGON, "no oven", "--sale", "1")
    shop.ok("complaint", "withdraw", "2", "--double-of", "1")
    for page in (("customer", "show", DRAGON), ("sale", "show", "1")):
        line = next(line for line in shop.ok(*page, lang=lang).splitlines() if "no oven" in line)
        assert words in line


def test_a_mistake_releases_what_was_promised_and_asks_nothing(twice: Desk) -> None:
    line = told(twice("complaint", "withdraw", "2", "--mistake", "--reason", "wrong card"))[0]
    assert line == f"cp2 was recorded by mistake; it counts nowhere ({DRAGON})"
    assert {row["status"] for row in twice.json("promise", "list", "--all")} == {"released"}
    assert twice.json("due", "--customer", DRAGON)[0]["id"] == 1
    twice.ok("complaint", "reopen", "2", "--reason", "no")
    assert {row["status"] for row in twice.json("promise", "list", "--all")} == {"open"}


# --- refused ------------------------------------------------------------------------------------------------------


def test_what_can_not_be_joined(twice: Desk) -> None:
    twice.ok("complaint", "open", DRAGON, "third")
    twice.ok("complaint", "open", DRAGON, "fourth")
    twice.ok("complaint", "open", VALLEY, "fifth")
    assert refused(twice("complaint", "withdraw", "1", "--double-of", "1"))[0] == "csm: cp1 can't be a double of itself"
    twice.ok("complaint", "withdraw", "2", "--double-of", "1")
    assert refused(twice("complaint", "withdraw", "3", "--double-of", "2")) == [
        "csm: cp2 is itself a double of cp1", "hint: csm complaint withdraw 3 --double-of cp1",
    ]  # fmt: skip
    assert refused(twice("complaint", "withdraw", "1", "--double-of", "3")) == [
        "csm: cp2 is read on cp1, as a double of it",
        'hint: first take that back: csm complaint reopen 2 --reason "..."',
    ]
    assert refused(twice("complaint", "withdraw", "1", "--mistake"))[0] == "csm: cp2 is read on cp1, as a double of it"
    for again in (("--double-of", "3"), ("--mistake",), ("--reason", "x")):
        assert refused(twice("complaint", "withdraw", "2", *again)) == [
            "csm: cp2 was recorded twice: it is a double of cp1",
            'hint: go on there: csm complaint next 1; to take it back: csm complaint reopen 2 --reason "..."',
        ]
    twice.ok("complaint", "withdraw", "4", "--mistake")
    assert (
        refused(twice("complaint", "withdraw", "3", "--double-of", "4"))[0]
        == "csm: cp4 was recorded by mistake and counts nowhere"
    )
    assert refused(twice("complaint", "judge", "4", "--founded", "--responsibility", "ours", "--reason", "x"))[0] == (
        "csm: cp4 was recorded by mistake"
    )
    assert twice("complaint", "withdraw", "3", "--double-of", "99").code == 3
    assert refused(twice("complaint", "withdraw", "3", "--double-of", "5")) == [
        f"csm: cp5 is a case of another customer: {VALLEY}", "hint: --force joins cp3 to it all the same",
    ]  # fmt: skip
    assert [row["void"] for row in twice.json("complaint", "list", "--all", "--sort", "id")] == [
        None, "double", None, "mistake", None,
    ]  # fmt: skip


def test_a_case_of_another_customer_is_joined_with_force(twice: Desk) -> None:
    twice.ok("complaint", "open", VALLEY, "no oven")
    twice.ok("complaint", "withdraw", "2", "--double-of", "3", "--force")
    assert {(row["customer"], row["complaint_id"]) for row in twice.json("promise", "list")} == {(VALLEY, 3)}
    twice.ok("complaint", "reopen", "2", "--reason", "no")
    assert {(row["customer"], row["complaint_id"]) for row in twice.json("promise", "list")} == {(DRAGON, 2)}


def test_compensation_that_was_given_stays_with_its_case(shop: Desk) -> None:
    shop.ok("complaint", "open", DRAGON, "no oven")
    paid = ("--did", "paid", "--failure", "process", "--cause", "company", "--compensation", "150")
    shop.ok("complaint", "settle", "2", *paid)
    assert refused(shop("complaint", "withdraw", "2", "--double-of", "1")) == [
        "csm: 150.00 was given in cp2, so it stays the case that counts",
        "hint: join the other one to it: csm complaint withdraw 1 --double-of cp2",
    ]
    assert refused(shop("complaint", "withdraw", "2", "--mistake"))[0] == "csm: 150.00 was given in cp2, so it counts"
    shop.ok("complaint", "withdraw", "1", "--double-of", "cp2")


@pytest.mark.parametrize(
    "words", [(), ("--mistake", "--double-of", "1"), ("--force", "--reason", "x"), ("--mistake", "--reason", " ")]
)
def test_what_is_typed_wrongly(shop: Desk, words: tuple[str, ...]) -> None:
    assert shop("complaint", "withdraw", "1", *words).code == 2


# --- figures that other tests don't ask ---------------------------------------------------------------------------


def crises(desk: Desk) -> list[tuple[str | None, str | None, int, list[int]]]:
    return [
        (one["problem"], one["line"], one["customers"], one["complaint_ids"]) for one in desk.json("today")["warnings"]
    ]


def test_a_crisis_is_one_problem_or_one_product_line_of_three_customers(shop: Desk) -> None:
    """Late: Dragon twice and Valley, then Sky: three customers. Ovens: each of them bought one, under two spellings."""
    shop.ok("customer", "add", "Blue Sky")
    for name, line in ((DRAGON, "Oven"), (VALLEY, "oven"), ("Blue Sky", "OVEN "), (DRAGON, "tray")):
        shop.ok("sale", "add", name, "x", "--amount", "1", "--line", line, "--no-plan")
    shop.ok("complaint", "open", DRAGON, "cold", "--problem", "late-delivery", "--sale", "sa1")
    shop.ok("complaint", "open", VALLEY, "cold", "--problem", "late-delivery", "--sale", "sa2")
    assert crises(shop) == []
    shop.ok("complaint", "open", "Blue Sky", "rude", "--problem", "staff-attitude", "--sale", "sa3")
    shop.ok("complaint", "open", DRAGON, "rude", "--sale", "sa4")
    assert crises(shop) == [(None, "OVEN", 3, [2, 3, 4])]
    shop.ok("complaint", "open", "Blue Sky", "so slow", "--problem", "late-delivery", "--level", "grievance")
    assert crises(shop) == [("late-delivery", None, 3, [1, 2, 3, 6]), (None, "OVEN", 3, [2, 3, 4])]
    assert "Warning: 3 customers with complaints about OVEN within 30 days: cp2, cp3, cp4" in shop.ok("today")
    assert "预警：30 天内有 3 位客户投诉“OVEN”类产品：cp2，cp3，cp4" in shop.ok("today", lang="zh").splitlines()
    for form in ("html", "md"):
        assert "complaints about OVEN" in shop.ok("today", "-f", form)
    shop.ok("complaint", "withdraw", "cp3", "--mistake")  # Valley never complained
    assert crises(shop) == []
    shop.ok("complaint", "reopen", "cp3", "--reason", "they did")
    shop.now = "2026-12-22 09:00"  # 31 days later
    assert crises(shop) == []


# --- files --------------------------------------------------------------------------------------------------------


def test_an_export_brings_doubles_along(twice: Desk, tmp_path: Path) -> None:
    """Into a file with another case cp1 of the same customer, the double is one of the case that came with it."""
    twice.ok("complaint", "withdraw", "2", "--double-of", "1")
    path = tmp_path / "cases.csv"
    twice.ok("export", "complaints", path, "--all", "--sort", "-id")
    with path.open(encoding="utf-8-sig") as stream:
        assert [row["double_of"] for row in csv.DictReader(stream)] == ["1", ""]
    other = Desk(tmp_path, name="other.db", now=twice.now)
    other.ok("customer", "add", DRAGON)
    other.ok("complaint", "open", DRAGON, "another matter", "--received", "2026-11-20 09:00")
    done = other.json("import", "complaints", path)
    assert (done["inserted"], done["rejected"]) == (2, 0)
    rows = other.json("complaint", "list", "--all", "--sort", "id")
    assert [(row["id"], row["summary"], row["void"], row["double_of"]) for row in rows] == [
        (1, "another matter", None, None), (2, "the oven is late", None, None), (3, "no oven", "double", 2),
    ]  # fmt: skip
    assert other.json("import", "complaints", path)["unchanged"] == 2
    assert other.json("quality", "complaints", "--month", "2026-11")["n"] == 2
    empty = Desk(tmp_path, name="empty.db", now=twice.now)
    customers = tmp_path / "customers.csv"
    twice.ok("export", "customers", customers)
    empty.ok("import", "customers", customers)
    empty.ok("import", "complaints", path)
    assert [row["double_of"] for row in empty.json("complaint", "list", "--all", "--sort", "id")] == [None, 1]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("late,2026-11-20 09:00,double,cp1,withdrawn", None),
        ("late,2026-11-20 09:00,double,cp1,", None),
        ("late,2026-11-20 09:00,误登记,,", None),
        ("late,2026-11-20 09:00,double,,", "double_of"),
        ("late,2026-11-20 09:00,,cp1,", "double_of"),
        ("late,2026-11-20 09:00,mistake,,open", "void"),
        ("late,2026-11-20 09:00,double,cp77,", "double_of"),
    ],
)
def test_a_file_of_another_program_says_it_too(shop: Desk, tmp_path: Path, row: str, reason: str | None) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"customer,summary,received_at,void,double_of,status\n{DRAGON},{row}\n", encoding="utf-8")
    result = shop("import", "complaints", path, "-f", "json", "--skip-bad")
    found = json.loads(result.out)
    assert [one["column"] for one in found["errors"]] == ([] if reason is None else [reason])
    assert shop.json("quality", "complaints", "--month", "2026-11")["n"] == 1


def test_an_import_counts_possible_doubles(shop: Desk, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    rows = (
        f"{DRAGON},late again,2026-11-20 09:00,late-delivery",
        f"{VALLEY},late,2026-11-20 09:00,late-delivery",
        f"{VALLEY},late,2026-11-20 10:00,late-delivery",
        f"{VALLEY},rude,2026-11-20 10:00,staff-attitude",
    )
    path.write_text("\n".join(("customer,summary,received_at,problem", *rows, "")), encoding="utf-8")
    result = shop("import", "complaints", path)
    assert result.code == 0, result
    assert "2 possible doubles" in result.err
    assert "line 2 looks like cp1" in result.err
    assert "line 4 looks like line 3" in result.err


@pytest.mark.parametrize(("answer", "joined"), [("yes", True), ("no", False)])
def test_on_a_terminal_it_is_asked_whether_the_other_customer_is_meant(shop: Desk, answer: str, joined: bool) -> None:
    import pty

    shop.ok("complaint", "open", VALLEY, "no oven")
    outside, inside = pty.openpty()
    front = ["--db", str(shop.path), "--as-of", shop.now, "--user", "alice", "--lang", "en"]
    process = subprocess.Popen(
        [sys.executable, "-m", "csm", *front, "complaint", "withdraw", "2", "--double-of", "1"],
        stdin=inside, stdout=inside, stderr=inside, env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"},
    )  # fmt: skip
    os.close(inside)
    os.write(outside, answer.encode() + b"\n")
    screen = screen_of(outside).decode()
    assert process.wait() == (0 if joined else 4), screen
    assert f"cp1 is a case of {DRAGON}\r\nJoin cp2 to it all the same? (yes/no): " in screen
    assert shop.json("complaint", "show", "2")["double_of"] == (1 if joined else None)
