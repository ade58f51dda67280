"""The error boundary: words, hints and exit codes, in both languages; no traceback for what a user or a disk can do."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.desk import Desk


@pytest.mark.parametrize(
    ("arguments", "code", "english", "chinese"),
    [
        (
            ("custmer",), 2,
            "csm: there is no command 'csm custmer'\nhint: did you mean customer?\n",
            "csm: 没有“csm custmer”这个命令\n提示：是不是 customer？\n",
        ),
        (
            ("customer", "shwo"), 2,
            "csm: there is no command 'csm customer shwo'\nhint: did you mean show?\n",
            "csm: 没有“csm customer shwo”这个命令\n提示：是不是 show？\n",
        ),
        (
            ("customer", "list", "--regoin", "x"), 2,
            "csm: 'csm customer list' has no option --regoin\nhint: did you mean --region, --parent, --promotions?\n",
            "csm: “csm customer list”没有选项 --regoin\n提示：是不是 --region, --parent, --promotions？\n",
        ),
        (
            ("customer", "add"), 2,
            "csm: NAME is missing\nhint: csm customer add --help shows the form\n",
            "csm: 缺少 NAME\n提示：用法见 csm customer add --help\n",
        ),
        (
            ("customer", "add", "Golden", "Dragon"), 2,
            "csm: 'Dragon' is one word too many for 'csm customer add'\n"
            "hint: put a text of several words in quotes; csm customer add --help shows the form\n",
            "csm: “csm customer add”后面多了“Dragon”\n提示：多个词的内容请加引号；用法见 csm customer add --help\n",
        ),
        (
            ("due", "-f", "pdf"), 2,
            "csm: --format can't be 'pdf'\nhint: it is one of: table, csv, tsv, json, jsonl, md, html\n",
            "csm: --format 不能是“pdf”\n提示：可选：table, csv, tsv, json, jsonl, md, html\n",
        ),
        (
            ("callback", "add", "1", "--on", "5/6/2026"), 2,
            "csm: '5/6/2026' can be read as 2026-06-05 and as 2026-05-06\nhint: write the year first: 2026-06-05\n",
            "csm: “5/6/2026”可以理解为 2026-06-05，也可以理解为 2026-05-06\n提示：请把年份写在前面：2026-06-05\n",
        ),
        (
            ("customer", "show", "9"), 3,
            "csm: no customer answers to '9'\n",
            "csm: 找不到客户“9”\n",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_and_what_to_do_next(
    desk: Desk, arguments: tuple[str, ...], code: int, english: str, chinese: str
) -> None:
    desk.ok("customer", "add", "One")
    assert desk(*arguments) == (code, "", english)
    assert desk(*arguments, lang="zh") == (code, "", chinese)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--phone", "call me"), ("--phone", "12"), ("--phone", "1.38E+10"), ("--email", "nobody"), ("--revenue", "12,00"),
        ("--revenue", "many"), ("--revenue", "-5"), ("--grade", "D"), ("--contract-end", "31/31/2026"), ("--route-order", "x"),
        ("--visit-every", "soon"), ("--do-not-contact", "maybe"), ("--field", "novalue"), ("--region", ""), ("--contact", ";buyer"),
    ],
)  # fmt: skip
def test_a_value_that_can_t_be_read_is_named(desk: Desk, option: str, value: str) -> None:
    result = desk("customer", "add", "One", option, value)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("csm: ") and (value in result.err or option in result.err)
    assert not desk.path.exists()


def test_reading_without_a_file_says_how_to_make_one(desk: Desk) -> None:
    result = desk("due")
    assert result == (
        5,
        "",
        f"csm: there is no csm file yet: {desk.path}\n"
        "hint: to make it: csm customer add NAME; to look around in made-up data: csm demo demo.db\n",
    )
    assert not desk.path.exists()


@pytest.mark.parametrize("content", [b"name,phone\nA,1\n" * 100, b"", os.urandom(8192)])
def test_a_file_that_is_no_csm_file(desk: Desk, content: bytes) -> None:
    desk.path.write_bytes(content)
    for arguments in (("due",), ("customer", "add", "One"), ("customer", "list", "-f", "json")):
        result = desk(*arguments)
        assert result.code == 5 and result.err.startswith(f"csm: {desk.path} "), result
    assert desk.path.read_bytes() == content


def test_a_damaged_file_is_said_to_be_damaged(desk: Desk) -> None:
    for number in range(30):
        desk.ok("customer", "add", f"Customer {number}", "--address", "x" * 500)
    content = bytearray(desk.path.read_bytes())
    content[4096:40960] = b"\x55" * 36864
    desk.path.write_bytes(content)
    result = desk("customer", "list")
    assert result.code == 5 and "Traceback" not in result.err


def test_a_locked_file_isn_t_waited_for_for_ever(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ok("customer", "add", "One")
    monkeypatch.setattr("csm.storage.file.database.SILENT_SECONDS", 0.05)
    desk.ok("config", "set", "file.lock_wait", "1")
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = desk("customer", "add", "Two")
        assert result == (
            5,
            "",
            f"waiting for another csm command to finish writing to {desk.path} ...\n"
            f"csm: another program is writing to {desk.path}\nhint: try again when it has finished\n",
        )
        assert desk("--quiet", "customer", "add", "Two").err.startswith("csm: another program is writing to ")
        assert desk("customer", "list").code == 0, "readers never wait"
        other.execute("ROLLBACK")
    assert desk.sql("SELECT name FROM customer") == [("One",)]


def test_stored_text_can_t_play_tricks_on_the_terminal(desk: Desk) -> None:
    desk.ok("customer", "add", "Evil\x1b[31m\u202eName [bold]x[/bold] :smile:")
    for arguments in (
        ("customer", "list"),
        ("customer", "show", "1"),
        ("customer", "add", "Evil\x1b[31m\u202eName [bold]x[/bold] :smile:"),
    ):
        result = desk(*arguments)
        assert "\x1b" not in result.out + result.err and "\u202e" not in result.out + result.err
        assert "[bold]x[/bold] :smile:" in result.out + result.err


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-m", "csm", *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(root), **environment},
        capture_output=True,
        check=False,
    )


EVERY_FORM = ("table", "csv", "json", "md", "html")


@pytest.mark.parametrize(
    ("environment", "forms"),
    [
        ({}, ["table"]),
        ({"LANG": "C"}, ["table"]),
        ({"LC_ALL": "POSIX"}, ["table"]),
        ({"PYTHONIOENCODING": "ascii"}, EVERY_FORM),
        ({"PYTHONIOENCODING": "gbk"}, EVERY_FORM),
    ],
)
def test_no_encoding_of_cron_ends_the_list(desk: Desk, environment: dict[str, str], forms: list[str]) -> None:
    desk.ok("customer", "add", "金龙餐厅 😀", "--phone", "010-5550 0001")
    desk.ok("callback", "add", "1", "--on", "today")
    now = {"CSM_DB": str(desk.path), "CSM_NOW": "2026-11-21 09:00", **environment}
    for form in forms:
        done = run("due", "--exit-code", "-f", form, cwd=desk.folder, **now)
        assert (done.returncode, done.stderr) == (10, b""), form
        assert b"010-5550 0001" in done.stdout or b"0105550" in done.stdout
        assert b"\x1b" not in done.stdout


def test_a_chinese_locale_speaks_chinese(desk: Desk) -> None:
    desk.ok("customer", "add", "金龙餐厅")
    done = run("due", cwd=desk.folder, CSM_DB=str(desk.path), LANG="zh_CN.UTF-8", PYTHONUTF8="1")
    assert (done.stdout, done.stderr.decode()) == (b"", "没有到期的待办\n")


def test_whoever_has_read_enough_is_not_shouted_at(desk: Desk) -> None:
    desk.ok("customer", "add", "One", "--address", "x" * 100_000)
    root = Path(__file__).parents[2]
    columns = ",".join(["name", *["address"] * 20])
    script = f"{sys.executable} -m csm customer list -f csv --columns {columns} | head -c 5"
    done = subprocess.run(
        ["sh", "-c", script],
        env={"PYTHONPATH": str(root), "CSM_DB": str(desk.path), "PATH": os.environ["PATH"]},
        capture_output=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (b"name,", b"")
