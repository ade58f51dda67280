"""What a hurried user did to csm, and what must not happen again."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import Desk, filled_once
from tests.terminal import screen_of

ROOT = Path(__file__).parents[2]


def started(
    *arguments: str | bytes, cwd: Path, shell: str = '"$@"', **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run csm as a process of its own; `shell` says what a shell does with it, such as closing a stream."""
    command = ["sh", "-c", shell, "sh", sys.executable, "-m", "csm", *arguments]
    kept = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    return subprocess.run(command, cwd=cwd, env=kept | environment, capture_output=True, check=False)


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    desk.ok("customer", "add", "Golden Dragon", "--phone", "010-5550 0001")
    return desk


def test_nothing_is_changed_whose_record_can_t_be_printed(shop: Desk) -> None:
    before = shop.sql("SELECT count(*) FROM change")
    for options, code in (
        (("-o", "/no folder/x.json"), 5),
        (("-f", "pdf"), 2),
        (("-o", ""), 2),
        (("-o", str(shop.folder)), 2),
    ):
        assert shop("callback", "log", "1", "talked", *options).code == code
    assert shop.sql("SELECT count(*) FROM change") == before


def test_the_format_follows_the_name_of_the_file(shop: Desk) -> None:
    target = shop.folder / "list.csv"
    shop.ok("customer", "list", "--columns", "name", "-o", target)
    assert target.read_bytes() == b"\xef\xbb\xbfname\r\nGolden Dragon\r\n"
    shop.ok("customer", "list", "--columns", "name", "-o", shop.folder / "list.json")
    assert json.loads((shop.folder / "list.json").read_text()) == [{"name": "Golden Dragon"}]


def test_a_fruitless_try_leaves_the_callback_and_its_series_as_planned(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--channel", "wechat", "--every", "1w", "--note", "the agenda")
    shop.ok("callback", "log", "1", "line busy, try after 5", "--no-answer", "--channel", "phone", "--cost", "5")
    [row] = shop.json("callback", "list", "--columns", "channel,purpose,note,cost,last_try,due_on")
    assert row == {
        "channel": "wechat", "purpose": "other", "note": "the agenda", "cost": None, "last_try": "line busy, try after 5",
        "due_on": "2026-11-23",
    }  # fmt: skip
    assert shop.sql("SELECT channel, cost_cents, note FROM callback_try") == [("phone", 500, "line busy, try after 5")]
    shop.now = "2026-11-23 09:00"
    assert shop.json("due")[0]["last_said"] == "line busy, try after 5"
    shop.ok("callback", "done", "1", "agreed")
    assert shop.json("callback", "list", "--columns", "channel,purpose,due_on") == [
        {"channel": "wechat", "purpose": "other", "due_on": "2026-11-28"}
    ]


def test_what_can_t_be_planned_isn_t_dropped_in_silence(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--do-not-contact", "yes")
    assert shop("callback", "log", "1", "rang us", "--incoming", "--next", "+3d").code == 4
    assert shop.json("callback", "list", "--all") == []
    assert shop("callback", "log", "1", "rang us", "--incoming").code == 0


def test_when_it_was_is_said_back(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today", "--every", "2w", "--from-done")
    told = shop.message("callback", "done", "1", "--at", "5月1日")
    assert told == "2026-05-01 (Friday): noted cb1 (other) with Golden Dragon; next: cb2 on 2026-11-27 (Friday)"


def test_who_has_only_callbacks_can_hand_them_over(shop: Desk) -> None:
    shop.ok("staff", "add", "ben")
    shop.ok("callback", "add", "1", "--on", "today", "--owner", "ben")
    assert shop("staff", "retire", "ben").code == 4
    assert shop("customer", "handover", "ben", "cat").err.splitlines() == [
        "cat takes over from ben: 0 customers, 1 open callback",
        "warning: cat is not on the staff list; csm staff add 'cat' puts them on it",
    ]
    assert shop("staff", "retire", "ben").code == 0


def test_a_deputy_who_is_away_has_a_deputy(shop: Desk) -> None:
    shop.ok("callback", "add", "1", "--on", "today")
    shop.ok("customer", "handover", "alice", "dan", "--until", "+3d")
    shop.ok("customer", "handover", "dan", "fay", "--until", "+1d")
    assert [len(shop.json("due", "--owner", name)) for name in ("alice", "dan", "fay")] == [0, 0, 1]
    shop.ok("customer", "handover", "fay", "alice", "--until", "+1d")
    assert sum(len(shop.json("due", "--owner", name)) for name in ("alice", "dan", "fay")) == 1


def test_a_new_name_of_staff_goes_along_to_cards_and_callbacks(shop: Desk) -> None:
    shop.ok("staff", "add", "alice")
    shop.ok("callback", "add", "1", "--on", "today")
    shop.ok("staff", "edit", "ALICE", "--name", "Alice Wang")
    assert shop.json("customer", "show", "1")["owner"] == "Alice Wang"
    assert shop.json("due")[0]["owner"] == "Alice Wang"
    assert shop("staff", "add", "alice wang").code == 4


def test_moments_are_filters_by_their_local_day(shop: Desk) -> None:
    shop.ok("config", "set", "file.timezone", "Asia/Shanghai")
    shop.ok("callback", "log", "1", "late call", "--at", "2026-11-20 00:30")
    for given, found in (
        ("2026-11-20", 1),
        ("2026-11-19", 0),
        ("2026-11-01..2026-11-20", 1),
        ("2026-11-21..", 0),
        ("..2026-11-19", 0),
    ):
        assert len(shop.json("callback", "list", "--all", "--done-at", given)) == found, given
    assert len(shop.json("customer", "list", "--created-at", "..today")) == 1


@pytest.mark.parametrize(
    "options",
    [("--contract-start", "2026-05-01", "--contract-end", "2026-04-01"), ("--reviewed", "tomorrow"), ("--terms", "whenever"),
     ("--grade", "A", "--clear", "grade")],
)  # fmt: skip
def test_what_can_t_be_is_refused(shop: Desk, options: tuple[str, ...]) -> None:
    assert shop("customer", "edit", "1", *options).code == 2
    assert shop("customer", "contact", "add", "1", "Li Na", "--birthday", "2030-01-02").code == 2


def test_codes_are_the_same_in_any_case(shop: Desk) -> None:
    shop.ok("customer", "edit", "1", "--code", "JL1")
    assert shop("customer", "add", "Other", "--code", "jl1").code == 4
    assert shop.json("customer", "show", "jl1")["id"] == 1


def test_an_archived_double_is_said_to_be_archived(shop: Desk) -> None:
    shop.ok("customer", "archive", "1")
    result = shop("customer", "add", "Golden Dragon")
    assert result.code == 4 and "archived, csm customer restore 1" in result.err


@pytest.mark.parametrize(("shell", "code"), [('"$@" >&-', 0), ('"$@" 2>&-', 0), ('"$@" <&-', 0), ('"$@" >&- 2>&-', 0)])
def test_closed_streams_end_nothing(shop: Desk, shell: str, code: int) -> None:
    for arguments in (("due",), ("customer", "note", "1", "x")):
        done = started(*arguments, cwd=shop.folder, shell=shell, CSM_DB=str(shop.path))
        assert done.returncode == code and b"Traceback" not in done.stdout + done.stderr
    assert len(shop.json("customer", "show", "1")["notes"]) == 1


def test_words_that_are_no_text_are_refused_and_a_plain_locale_is_none(shop: Desk) -> None:
    done = started("customer", "add", b"bad\xff", cwd=shop.folder, CSM_DB=str(shop.path))
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "CSM_USER": "张"}
    assert started("customer", "add", "李娜", cwd=shop.folder, CSM_DB=str(shop.path), **plain).returncode == 0
    assert shop.sql("SELECT name, owner FROM customer WHERE id = 2") == [("李娜", "张")]
    listed = started(
        "customer", "list", "-f", "csv", "--columns", "name", cwd=shop.folder, CSM_DB=str(shop.path), **plain
    )
    assert listed.stdout.decode() == "name\nGolden Dragon\n李娜\n", "what programs read is UTF-8"


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        (":Asia/Shanghai", "Asia/Shanghai"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("CST-8", "Etc/GMT-8"),
        ("UTC0", "UTC"),
    ],
)
def test_a_file_takes_the_zone_that_tz_means(desk: Desk, told: str, zone: str) -> None:
    assert started("customer", "add", "One", cwd=desk.folder, CSM_DB=str(desk.path), TZ=told).returncode == 0
    assert desk.ok("config", "get", "file.timezone") == f"{zone}\n"


def test_a_missing_value_is_asked_for_on_a_terminal(shop: Desk) -> None:
    ours, theirs = pty.openpty()
    environment = {"PYTHONPATH": str(ROOT), "CSM_DB": str(shop.path), "CSM_NOW": "2026-11-21 09:00", "TERM": "dumb"}
    process = subprocess.Popen(
        [sys.executable, "-m", "csm", "callback", "add"],
        cwd=shop.folder,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, b"golden\nfri\n")
    screen = screen_of(ours)
    assert process.wait() == 0
    assert b"REF: " in screen and b"on: " in screen
    assert b"planned callback cb1 with Golden Dragon on 2026-11-27 (Friday)" in screen


def test_a_file_that_can_only_be_read_is_read(shop: Desk) -> None:
    shop.path.chmod(0o400)
    shop.folder.chmod(0o500)
    try:
        assert shop.json("customer", "list")[0]["name"] == "Golden Dragon"
    finally:
        shop.folder.chmod(0o700)
