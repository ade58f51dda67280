"""`complaint escalate --overdue`, as cron runs it every few minutes (handbook 6.5, 6.6).

2026-11-23 is a Monday; work is Monday to Saturday, 09:00-12:00 and 13:00-18:00.
"""

from __future__ import annotations

import hashlib
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import Desk

RUN = ("complaint", "escalate", "--overdue")


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a customer and a dedicated manager, to be copied."""
    desk = Desk(tmp_path_factory.mktemp("start"))
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001")
    desk.ok("staff", "add", "Wang Fang", "--level", "1", "--department", "service")
    return desk.path


def copied(start: Path, folder: Path, name: str = "shop.db") -> Desk:
    shutil.copy(start, folder / name)
    return Desk(folder, now="2026-11-23 09:00", name=name)


@pytest.fixture
def shop(start: Path, tmp_path: Path) -> Desk:
    return copied(start, tmp_path)


def run(desk: Desk, line: str) -> str:
    return desk.ok("complaint", *shlex.split(line))


def events(desk: Desk, *steps: str) -> list[tuple[str, str, str, int]]:
    """Return (at, by, step, level) of the events of every case, only of some steps where told."""
    found = desk.sql("SELECT at, by, step, level FROM complaint_event ORDER BY id")
    return [
        (at[5:16].replace("T", " "), by, step, level) for at, by, step, level in found if not steps or step in steps
    ]


def ladder(desk: Desk) -> list[tuple[str, str, str, int]]:
    return events(desk, "miss", "escalate")


def print_of(desk: Desk) -> tuple[list[str], str, int]:
    """Return what a file looks like from outside: its neighbours, its bytes, when it was written."""
    names = sorted(path.name for path in desk.folder.iterdir())
    return names, hashlib.sha256(desk.path.read_bytes()).hexdigest(), desk.path.stat().st_mtime_ns


# --- what a run does ----------------------------------------------------------------------------------------------


def test_at_the_second_of_the_deadline_nothing_is_missed_and_one_later_it_is(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold'")
    shop.now = "2026-11-23T18:00:00+00:00"
    assert shop(*RUN) == (0, "", "") and ladder(shop) == []
    shop.now = "2026-11-23T18:00:01+00:00"
    shop.ok(*RUN)
    assert ladder(shop) == [("11-23 18:00", "policy", "miss", 0), ("11-23 18:00", "policy", "escalate", 1)]
    [shown] = shop.json("complaint", "list")
    assert (shown["escalation_level"], shown["overdue"]) == (1, True)


def test_a_run_after_a_pause_catches_up_in_order(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold' --severity serious")
    shop.now = "2026-11-23 10:00"
    run(shop, "open 1 'the till is slow'")
    shop.now = "2026-11-27 09:00"
    caught = shop.json(*RUN)
    assert [(row["complaint_id"], row["step"], row["clock"], row["due_at"][5:16], row["level"]) for row in caught] == [
        (1, "miss", "first-response", "11-23T11:00", 0),
        (1, "miss", "proposal", "11-24T09:00", 0),
        (1, "miss", "resolution", "11-26T09:00", 0),
        (1, "escalate", "first-response", "11-23T11:00", 1),
        (1, "escalate", "proposal", "11-24T09:00", 2),
        (1, "escalate", "resolution", "11-26T09:00", 3),
        (2, "miss", "first-response", "11-24T10:00", 0),
        (2, "miss", "proposal", "11-26T10:00", 0),
        (2, "escalate", "first-response", "11-24T10:00", 1),
        (2, "escalate", "proposal", "11-26T10:00", 2),
    ]
    assert {by for _, by, _, _ in ladder(shop)} == {"policy"}
    assert [row["escalated_by_policy"] for row in shop.json("complaint", "list", "--columns", "escalated_by_policy")] == [
        3, 2,
    ]  # fmt: skip
    assert shop.sql("SELECT count(*) FROM promise") == [(0,)]  # by policy nothing is promised
    shop.now = "2026-12-30 09:00"
    assert [(row["complaint_id"], row["step"], row["clock"]) for row in shop.json(*RUN)] == [(2, "miss", "resolution")]
    assert shop.json(*RUN) == []


def test_a_case_that_waits_climbs_only_for_first_response(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold' --severity serious")
    run(shop, "wait 1 --for 'a date'")
    shop.now = "2026-12-05 09:00"
    shop.ok(*RUN)
    assert ladder(shop) == [("11-23 11:00", "policy", "miss", 0), ("12-05 09:00", "policy", "escalate", 1)]


def test_a_missed_reply_by_climbs_too(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold' --live")
    run(shop, "escalate 1 --reason 'beyond me' --reply-by '2026-11-23 15:00'")
    shop.now = "2026-11-23 15:01"
    assert [(row["step"], row["clock"], row["level"]) for row in shop.json(*RUN)] == [
        ("miss", "promise", 1),
        ("escalate", "promise", 2),
    ]


# --- cron ---------------------------------------------------------------------------------------------------------


def test_cron_mails_nothing_when_nothing_has_passed(shop: Desk) -> None:
    assert shop(*RUN) == (0, "", "")
    run(shop, "open 1 'the oven is cold'")
    assert shop(*RUN) == (0, "", "")
    assert shop(*RUN, lang="zh") == (0, "", "")
    shop.now = "2026-11-23 18:01"
    result = shop(*RUN)
    assert result.code == 0 and result.err == "" and len(result.out.splitlines()) == 4
    assert shop(*RUN) == (0, "", "")


def test_a_run_that_finds_nothing_writes_nothing(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold'")
    shop.now = "2026-11-24 09:00"
    shop.ok(*RUN)
    before = print_of(shop)
    for _ in range(3):
        shop.ok(*RUN)
    assert print_of(shop) == before


@pytest.mark.parametrize(
    "options",
    [("1",), ("--reason", "x"), ("--reply-by", "fri"), ("--to-level", "2"), ("--trigger", "media")],
)
def test_all_overdue_cases_or_one_by_hand(shop: Desk, options: tuple[str, ...]) -> None:
    run(shop, "open 1 'the oven is cold'")
    shop.now = "2026-11-30 09:00"
    assert shop(*RUN, *options).code == 2
    assert ladder(shop) == []


# --- without cron -------------------------------------------------------------------------------------------------


def test_a_late_response_records_the_miss_before_it(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold'")
    shop.now = "2026-11-24 10:00"
    told = shop("complaint", "respond", "1", "rang").err.splitlines()
    assert told[:3] == [
        "noted the contact about cp1 (Golden Dragon)",
        "missed: first-response was due 2026-11-23 (Monday) 18:00",
        "up to level 1 by policy: first-response",
    ]
    assert events(shop)[1:] == [
        ("11-23 18:00", "policy", "miss", 0),
        ("11-24 10:00", "policy", "escalate", 1),
        ("11-24 10:00", "alice", "respond", 1),
    ]
    [first, *_] = shop.json("complaint", "show", "1")["deadlines"]
    assert (first["missed"], first["standing"], first["met_at"][5:16]) == (True, "met", "11-24T10:00")
    assert shop.json(*RUN) == []


def test_a_response_in_time_that_is_told_later_is_no_miss(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold'")
    shop.now = "2026-11-24 10:00"
    run(shop, "respond 1 rang --at '2026-11-23 18:00'")
    assert ladder(shop) == [] and shop.json(*RUN) == []
    [first, *_] = shop.json("complaint", "show", "1")["deadlines"]
    assert (first["missed"], first["met_at"][5:16]) == (False, "11-23T18:00")


def test_a_miss_on_record_stays_when_the_response_turns_out_to_be_earlier(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold'")
    shop.now = "2026-11-24 10:00"
    shop.ok(*RUN)
    run(shop, "respond 1 rang --at '2026-11-23 17:00'")
    [first, *_] = shop.json("complaint", "show", "1")["deadlines"]
    assert (first["missed"], first["met_at"][5:16]) == (True, "11-23T17:00")
    assert len(ladder(shop)) == 2


def test_a_reply_in_time_that_is_told_later_keeps_its_promise(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold' --live")
    run(shop, "escalate 1 --reason 'beyond me' --reply-by '2026-11-23 15:00'")
    shop.now = "2026-11-23 16:00"
    run(shop, "respond 1 rang --at '2026-11-23 14:30'")
    assert events(shop, "miss") == []
    assert shop.sql("SELECT status FROM promise") == [("kept",)]


def test_what_was_done_in_time_and_told_later_meets_the_resolution(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold' --live --severity serious")
    for line in (
        "judge 1 --founded --responsibility ours --reason x",
        "assign 1 --to bob --department service --route settle",
        "analyse 1 --failure process --cause company --finding x",
        "propose 1 'a new seal' --compensation 0 --recovery equal",
        "approve 1 --by 'Wang Fang' --remark fair",
    ):
        run(shop, line)
    shop.now = "2026-11-27 09:00"
    run(shop, "implement 1 --did 'seal changed' --outcome full --at '2026-11-25 10:00'")
    assert ladder(shop) == []


def test_a_judgement_that_shortens_a_clock_records_what_that_makes_late(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold' --live")
    shop.now = "2026-11-24 10:00"
    run(shop, "judge 1 --founded --responsibility ours --reason x --severity serious")
    assert events(shop)[1:] == [
        ("11-24 10:00", "alice", "judge", 0),
        ("11-24 09:00", "policy", "miss", 0),  # the proposal, due a day after the recording
        ("11-24 10:00", "policy", "escalate", 1),
    ]
    assert shop.json(*RUN) == []


def test_a_refused_step_records_no_miss_either(shop: Desk) -> None:
    run(shop, "open 1 'the oven is cold'")
    shop.now = "2026-11-24 10:00"
    assert shop("complaint", "propose", "1", "x", "--compensation", "0", "--recovery", "equal").code == 4
    assert ladder(shop) == []


# --- N runs are one run -------------------------------------------------------------------------------------------

LINES = (
    "open 1 another",
    "open 1 another --severity serious --live",
    "open 1 another --level grievance",
    "respond {id} rang",
    "respond {id} rang --at '{earlier}'",
    "note {id} x",
    "wait {id} --for x",
    "resume {id}",
    "withdraw {id} --reason x",
    "reopen {id} --reason x",
    "raise {id}",
    "judge {id} --founded --responsibility ours --reason x --severity serious",
    "judge {id} --unfounded --responsibility misunderstanding --reason x --explanation y",
    "assign {id} --to bob --department service --route technical",
    "settle {id} --did x --failure process --cause service",
    "settle {id} --did x --failure process --cause service --outcome not-yet",
    "close {id} --summary x --lesson y -s 1",
    "close {id} --summary x --lesson y -s 5",
    "escalate {id} --reason x --reply-by '{later}'",
)
SLEEPS = (0, 1, 3, 9, 26, 75)  # hours between one command and the next

steps = st.tuples(st.sampled_from(LINES), st.integers(1, 2), st.sampled_from(SLEEPS))
days = st.lists(steps, min_size=2, max_size=8)


def moment(hour: int) -> str:
    """Return the hour after Monday 09:00 as it is typed."""
    day, time = divmod(9 + hour, 24)
    return f"2026-{11 + (22 + day) // 30}-{(22 + day) % 30 + 1:02} {time:02}:00"


def record(desk: Desk) -> list[list[tuple[Any, ...]]]:
    tables = ("complaint_event", "complaint_state", "complaint_deadline", "promise", "callback")
    return [desk.sql(f"SELECT * FROM {table} ORDER BY 1") for table in tables]


@pytest.fixture(scope="session")
def two_cases(start: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = copied(start, tmp_path_factory.mktemp("cases"))
    run(desk, "open 1 'the oven is cold'")
    run(desk, "open 1 'the till is slow' --severity serious")
    return desk.path


def live(desk: Desk, told: list[tuple[str, int, int]], runs: int) -> None:
    """Do what is told, with so many runs of the ladder after each command and its sleep; refusals are part of it."""
    hour = 0
    for line, complaint_id, sleep in told:
        filled = line.format(id=complaint_id, earlier=moment(max(hour - 1, 0)), later=moment(hour + 5))
        assert desk("complaint", *shlex.split(filled)).code in (0, 2, 4)
        hour += sleep
        desk.now = moment(hour)
        for _ in range(runs):
            desk.ok(*RUN)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(told=days, runs=st.integers(2, 4))
def test_so_many_runs_are_as_good_as_one(two_cases: Path, told: list[tuple[str, int, int]], runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desks = [copied(two_cases, Path(folder), f"{name}.db") for name in ("once", "often")]
        for desk, number in zip(desks, (1, runs), strict=True):
            live(desk, told, number)
        filled_once, often = desks
        assert record(often) == record(filled_once)
        before = print_of(often)
        assert often(*RUN) == (0, "", "")
        assert print_of(often) == before


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(told=days)
def test_a_run_at_the_end_catches_up_on_all_that_cron_slept_through(
    two_cases: Path, told: list[tuple[str, int, int]]
) -> None:
    told = [
        one for one in told if "earlier" not in one[0]
    ]  # told later in time: a miss on record stays, another isn't made
    with tempfile.TemporaryDirectory() as folder:
        desks = [copied(two_cases, Path(folder), f"{name}.db") for name in ("awake", "asleep")]
        for desk, number in zip(desks, (1, 0), strict=True):
            live(desk, told, number)
            desk.ok(*RUN)
        awake, asleep = [
            (
                desk.sql("SELECT complaint_id, at, data FROM complaint_event WHERE step = 'miss' ORDER BY 1, 2, 3"),
                desk.sql("SELECT complaint_id, escalation_level, escalated_by_policy, missed FROM complaint_state"),
            )
            for desk in desks
        ]
        assert asleep == awake
