"""Import and export as a program of its own: exit codes, interrupts, pipes, progress on a terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.terminal import screen_of

CSM = [sys.executable, "-m", "csm"]


def started(desk: Desk, *words: str, **more: object) -> subprocess.Popen[bytes]:
    front = ["--db", str(desk.path), "--user", "alice", "--lang", "en"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.Popen([*CSM, *front, *words], cwd=Path(__file__).parents[3], **pipes)  # type: ignore[call-overload,no-any-return]


def test_a_file_through_pipes_and_its_exit_codes(desk: Desk) -> None:
    load = started(desk, "import", "customers", "-", "--skip-bad")
    out, err = load.communicate("姓名;电话\r\n王;13800000001\r\n李;1.38E+10\r\n".encode("gb18030"))
    assert (load.returncode, out) == (6, b"")
    assert err.decode().splitlines()[2:] == [
        "imported: 2 read, 1 inserted, 0 updated, 0 unchanged, 1 rejected",
        "  line 3, column 电话, value '1.38E+10': '1.38E+10' was a phone number once; "
        "a spreadsheet has rounded it and its digits are gone",
    ]
    write = started(desk, "export", "customers", "-", "--columns", "name,phone")
    out, err = write.communicate()
    assert (write.returncode, out.decode(), err) == (0, "name,phone\n王,'13800000001\n", b"")


@pytest.mark.parametrize("words", ["--help", "config list", "customer list -f json", "export customers -", "due"])
def test_who_has_read_enough_is_no_failure(desk: Desk, words: str) -> None:
    desk.ok("customer", "add", "Golden Dragon")
    desk.ok("callback", "add", "1", "--on", "2026-11-20")
    reader, writer = os.pipe()
    os.close(reader)
    program = started(desk, *words.split(), stdout=writer)
    os.close(writer)
    _, err = program.communicate()
    assert (program.returncode, err) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_ctrl_c_leaves_nothing_behind(desk: Desk) -> None:
    path = desk.folder / "long.csv"
    path.write_text("name,phone\n" + "".join(f"Customer {n},{13800000000 + n}\n" for n in range(200_000)))
    desk.ok("customer", "add", "A")
    load = started(desk, "import", "customers", str(path), "--rejects", str(desk.folder / "bad.csv"))
    log = desk.path.with_name(desk.path.name + "-wal")
    for _ in range(400):  # it is under way when rows have left its memory, at the latest a draft of rejects is there
        if list(desk.folder.glob(".csm-*")) or (log.exists() and log.stat().st_size):
            break
        time.sleep(0.05)
    load.send_signal(signal.SIGINT)
    load.communicate()
    assert load.returncode == 130
    assert desk.sql("SELECT name FROM customer") == [("A",)]
    assert sorted(left.name for left in desk.folder.iterdir()) == ["long.csv", "shop.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_progress_is_shown_on_a_terminal_only(desk: Desk) -> None:
    import pty

    path = desk.folder / "long.csv"
    path.write_text("name\n" + "".join(f"Customer {n}\n" for n in range(3000)))
    outside, inside = pty.openpty()
    load = started(desk, "import", "customers", str(path), stderr=inside)
    os.close(inside)
    shown = screen_of(outside)
    load.communicate()
    assert load.returncode == 0
    assert shown.startswith(b"\r500 rows read")
    assert b"\r\x1b[K" in shown
    assert shown.decode().splitlines()[-1] == "imported: 3000 read, 3000 inserted, 0 updated, 0 unchanged, 0 rejected"


def test_a_dry_run_with_bad_rows_says_so_too(desk: Desk) -> None:
    load = started(desk, "import", "customers", "-", "--dry-run", "--skip-bad", "-f", "json")
    out, _ = load.communicate(b"name\n\nA\n")
    assert (load.returncode, b'"inserted": 1' in out) == (0, True)
    assert not desk.path.exists()
