"""`csm demo` through the command line: where the file goes, what is said, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def csm(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CSM_", "LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-m", "csm", *arguments],
        cwd=folder,
        env=kept
        | {
            "PYTHONPATH": str(ROOT),
            "TZ": "Asia/Shanghai",
            "CSM_NOW": "2026-11-24 07:30",
            "XDG_DATA_HOME": str(folder / "data"),
            "PYTHONUTF8": "1",
        }
        | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_named_file_says_how_to_look_around(tmp_path: Path) -> None:
    done = csm(tmp_path, "demo", "demo.db")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "made a shop district of 61 customers in demo.db; look around: csm --db demo.db today\n"
    assert [file.name for file in tmp_path.iterdir()] == ["demo.db"]


def test_it_needs_the_name_of_a_file(tmp_path: Path) -> None:
    for given in ([], ["--db", "mine.db"]):
        done = csm(tmp_path, *given, "demo", CSM_DB="mine.db")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "csm: FILE is missing\nhint: csm demo --help shows the form\n"
    assert csm(tmp_path, "demo", " ").returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the data folder of this platform can't be moved by a variable")
def test_it_never_goes_into_ones_own_file(tmp_path: Path) -> None:
    own = tmp_path / "data" / "csm" / "csm.db"
    done = csm(tmp_path, "demo", "data/csm/../csm/csm.db")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        "csm: data/csm/../csm/csm.db is the place of your own data, and a demo needs a file of its own\n"
        "hint: csm demo demo.db\n"
    )
    csm(tmp_path, "customer", "add", "Golden Dragon")
    before = own.read_bytes()
    assert csm(tmp_path, "demo", str(own)).returncode == 4
    assert own.read_bytes() == before
    csm(tmp_path, "--db", "other.db", "customer", "add", "Golden Dragon")
    assert csm(tmp_path, "demo", "other.db", CSM_DB="other.db").returncode == 4


def test_a_file_named_by_csm_db_too_is_looked_around_in_without_naming_it(tmp_path: Path) -> None:
    done = csm(tmp_path, "demo", "mine.db", CSM_DB="mine.db")
    assert done.stderr == "made a shop district of 61 customers in mine.db; look around: csm today\n"
    quoted = csm(tmp_path, "demo", "my shop.db", "--lang", "zh")
    assert quoted.stderr == "已生成演示数据（61 位客户）：my shop.db；查看：csm --db 'my shop.db' today\n"


def test_json_counts_what_was_made(tmp_path: Path) -> None:
    done = csm(tmp_path, "--quiet", "demo", "demo.db", "-f", "json")
    assert (done.returncode, done.stderr) == (0, "")
    made = json.loads(done.stdout)
    assert list(made) == [
        "file", "customers", "contacts", "callbacks", "notes", "complaints", "promises", "sales", "services",
        "surveys",
    ]  # fmt: skip
    assert (made["file"], made["customers"], made["complaints"]) == ("demo.db", 61, 26)
    assert (made["sales"], made["services"], made["surveys"]) == (402, 17, 27)
    assert csm(tmp_path, "--db", "demo.db", "complaint", "escalate", "--overdue").returncode == 0


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo.db").write_text("mine")
    done = csm(tmp_path, "demo", "demo.db")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == ("csm: demo.db is there already, and a demo needs a new file\nhint: csm demo demo2.db\n")
    assert (tmp_path / "demo.db").read_text() == "mine"


def test_an_unknown_format_makes_no_file(tmp_path: Path) -> None:
    assert csm(tmp_path, "demo", "demo.db", "-f", "xml").returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_the_zone_is_the_new_files_own(tmp_path: Path) -> None:
    csm(tmp_path, "--db", "old.db", "customer", "add", "Golden Dragon", TZ="Europe/Berlin")
    csm(tmp_path, "demo", "new.db", CSM_DB="old.db")
    assert csm(tmp_path, "--db", "new.db", "config", "get", "file.timezone").stdout == "Asia/Shanghai\n"
