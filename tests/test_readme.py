"""Every block of the README is run: console blocks are typed into a terminal of 100 columns and must print the same.

After a change of what csm prints, CSM_WRITE_README=1 writes the outputs anew; then a person reads them. The two set-up
blocks are run by `.ci/run`.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.terminal import screen_of

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COLUMNS = 100
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.S)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the examples and `csm` on the way to it, as after the set-up."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    command = tmp_path / "bin" / "csm"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m csm "$@"\n')
    command.chmod(0o755)
    return tmp_path


def surroundings(folder: Path) -> dict[str, str]:
    return {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "CSM_NOW": "2026-11-24 08:00",
        "CSM_USER": "alice",
        "TZ": "Asia/Shanghai",
        "LANG": "C.UTF-8",
        "TERM": "dumb",
    }


def typed(command: str, folder: Path) -> tuple[int, str]:
    """Type a command into a terminal; return its exit code and all that stood on the screen."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    process = subprocess.Popen(
        ["sh", "-c", command], cwd=folder, env=surroundings(folder), stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    screen = screen_of(ours)
    text = screen.decode().replace("\r", "").replace(str(folder / "data"), "~/.local/share")
    return process.wait(), "".join(line.rstrip() + "\n" for line in text.splitlines())


def blocks(kind: str) -> list[str]:
    return [content for found, content in BLOCK.findall(README.read_text(encoding="utf-8")) if found == kind]


def test_every_block_is_of_a_kind_that_is_run() -> None:
    assert {kind for kind, _ in BLOCK.findall(README.read_text(encoding="utf-8"))} == {"console", "sh", "crontab", ""}
    assert len(blocks("sh")) == 2
    assert blocks("") == ["cli -> services, render -> storage, transfer, i18n, handbook -> domain\n"]


def test_what_the_console_blocks_show_is_what_csm_prints(folder: Path) -> None:
    shown = blocks("console")
    printed = []
    for block in shown:
        lines = []
        for command in re.findall(r"^\$ (.*)$", block, re.M):
            code, screen = typed(command, folder)
            assert code == 0, (command, screen)
            lines.append(f"$ {command}\n{screen}")
        printed.append("".join(lines))
    if os.environ.get("CSM_WRITE_README"):
        text = README.read_text(encoding="utf-8")
        for old, new in zip(shown, printed, strict=True):
            text = text.replace(f"```console\n{old}```", f"```console\n{new}```", 1)
        README.write_text(text, encoding="utf-8")
        return
    assert printed == shown


def test_the_lines_for_cron_run(folder: Path, demo_file: Path) -> None:
    (folder / "data" / "csm").mkdir(parents=True)
    shutil.copy(demo_file, folder / "data" / "csm" / "csm.db")
    [block] = blocks("crontab")
    for line in block.splitlines():
        command = re.split(r" {2,}", line, maxsplit=1)[1]
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=surroundings(folder), capture_output=True, check=False
        )
        assert done.returncode in ((0, 10) if "--exit-code" in command else (0,)), (command, done.stderr)
        assert b"Traceback" not in done.stderr


def test_the_folder_named_for_the_file_is_the_real_one() -> None:
    from csm.cli.session import default_path

    if sys.platform == "linux" and not os.environ.get("XDG_DATA_HOME"):
        assert default_path() == os.path.expanduser("~/.local/share/csm/csm.db")
    assert "`~/.local/share/csm/csm.db` on Linux" in README.read_text(encoding="utf-8")
