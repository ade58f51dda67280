"""`csm demo` through the command line: where the file goes, what is said, and what is refused."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.desk import Result, run_at_home


def csm(folder: Path, *arguments: str, **surroundings: str) -> Result:
    usual = {"TZ": "Asia/Shanghai", "CSM_NOW": "2026-11-24 07:30", "XDG_DATA_HOME": str(folder / "data")}
    return run_at_home(folder, usual | surroundings, *arguments)


def every_row(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        # sqlite-utils itself writes down when it made the schema, by the clock on the wall.
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
            for (name,) in names
            if name != "_sqlite_migrations"
        }


def test_the_same_moment_makes_the_same_file_and_one_that_csm_db_names_is_not_named(
    tmp_path: Path, demo_file: Path
) -> None:
    done = csm(tmp_path, "demo", "demo.db", CSM_DB="demo.db", CSM_USER="tester")
    assert (done.code, done.out) == (0, "")
    assert done.err == "made a shop district of 61 customers in demo.db; look around: csm today\n"
    assert [file.name for file in tmp_path.iterdir()] == ["demo.db"]
    one, two = every_row(demo_file), every_row(tmp_path / "demo.db")
    assert one == two
    plans = {"repayment_plan", "plan_bill", "instalment"}
    assert {name for name, rows in one.items() if not rows} == {"holiday", "former_name", "unkeyed", *plans}


def test_it_needs_the_name_of_a_file(tmp_path: Path) -> None:
    for given in ([], ["--db", "mine.db"]):
        done = csm(tmp_path, *given, "demo", CSM_DB="mine.db")
        assert (done.code, done.out) == (2, "")
        assert done.err == "csm: FILE is missing\nhint: csm demo --help shows the form\n"
    assert csm(tmp_path, "demo", " ").code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the data folder of this platform can't be moved by a variable")
def test_it_never_goes_into_ones_own_file(tmp_path: Path) -> None:
    own = tmp_path / "data" / "csm" / "csm.db"
    done = csm(tmp_path, "demo", "data/csm/../csm/csm.db")
    assert (done.code, done.out) == (4, "")
    assert done.err == (
        "csm: data/csm/../csm/csm.db is the place of your own data, and a demo needs a file of its own\n"
        "hint: csm demo demo.db\n"
    )
    csm(tmp_path, "customer", "add", "Golden Dragon")
    before = own.read_bytes()
    assert csm(tmp_path, "demo", str(own)).code == 4
    assert own.read_bytes() == before
    csm(tmp_path, "--db", "other.db", "customer", "add", "Golden Dragon")
    assert csm(tmp_path, "demo", "other.db", CSM_DB="other.db").code == 4


def test_json_counts_what_was_made(tmp_path: Path, demo_made: tuple[Path, str]) -> None:
    path, printed = demo_made
    made = json.loads(printed)
    assert list(made) == [
        "file", "customers", "contacts", "callbacks", "notes", "complaints", "promises", "sales", "services",
        "surveys",
    ]  # fmt: skip
    assert (made["file"], made["customers"], made["complaints"]) == (str(path), 61, 26)
    assert (made["sales"], made["services"], made["surveys"]) == (402, 17, 27)
    shutil.copy(path, tmp_path / "demo.db")
    assert csm(tmp_path, "--db", "demo.db", "complaint", "escalate", "--overdue").code == 0


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo.db").write_text("mine")
    done = csm(tmp_path, "demo", "demo.db")
    assert (done.code, done.out) == (4, "")
    assert done.err == ("csm: demo.db is there already, and a demo needs a new file\nhint: csm demo demo2.db\n")
    assert (tmp_path / "demo.db").read_text() == "mine"


def test_an_unknown_format_makes_no_file(tmp_path: Path) -> None:
    assert csm(tmp_path, "demo", "demo.db", "-f", "xml").code == 2
    assert list(tmp_path.iterdir()) == []


def test_another_file_is_named_and_its_zone_is_its_own(tmp_path: Path) -> None:
    csm(tmp_path, "--db", "old.db", "customer", "add", "Golden Dragon", TZ="Europe/Berlin")
    done = csm(tmp_path, "demo", "my shop.db", "--lang", "zh", CSM_DB="old.db")
    assert done.err == "已生成演示数据（61 位客户）：my shop.db；查看：csm --db 'my shop.db' today\n"
    assert csm(tmp_path, "--db", "my shop.db", "config", "get", "file.timezone").out == "Asia/Shanghai\n"
