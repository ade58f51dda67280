"""Where output may go: never onto a database, its log or the file that is read, and never too late to be refused."""

from __future__ import annotations

import os
import socket
import stat
import sys
from pathlib import Path

import pytest

from tests.desk import Desk, filled_once

PEOPLE = "name\nBeta\n"


@pytest.fixture
@filled_once
def shop(desk: Desk) -> Desk:
    """Return a desk with one card."""
    desk.ok("customer", "add", "Golden Dragon")
    return desk


def ways(shop: Desk) -> list[str]:
    """Return the file, its logs and another database by several spellings."""
    folder = shop.path.parent
    (folder / "sub").mkdir()
    (folder / "symbolic").symlink_to("shop.db")
    os.link(shop.path, folder / "hard")
    (folder / "by-folder").symlink_to(".")
    (folder / "other").write_bytes(shop.path.read_bytes())
    endings = [f"{shop.path}{ending}" for ending in ("", "-wal", "-shm", "-journal")]
    return [
        *endings,
        f"{folder}/./shop.db",
        f"{folder}/sub/../shop.db",
        *(f"{folder}/{name}" for name in ("symbolic", "hard", "by-folder/shop.db", "by-folder/shop.db-wal", "other")),
    ]


def test_no_output_goes_onto_a_database_or_its_log(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop.folder)
    found = [*ways(shop), "shop.db"]
    (shop.folder / "people.csv").write_text(PEOPLE)
    before = {path: path.read_bytes() for path in shop.folder.iterdir() if path.is_file()}
    for path in found:
        for option, command in (
            ("--output", ("customer", "list", "-f", "csv", "-o", path)),
            ("--output", ("customer", "note", "1", "a note", "-f", "json", "-o", path)),
            ("FILE", ("export", "customers", path)),
            ("--rejects", ("import", "customers", "people.csv", "--skip-bad", "--rejects", path)),
            ("--rejects", ("import", "customers", "people.csv", "--dry-run", "--skip-bad", "--rejects", path)),
        ):
            assert shop(*command) == (
                2,
                "",
                f"csm: {option} {path} would overwrite a database or its log\nhint: name another file\n",
            ), command
    assert {path: path.read_bytes() for path in shop.folder.iterdir() if path.is_file()} == before


def test_a_file_that_isn_t_there_yet_is_protected_by_its_name(desk: Desk) -> None:
    result = desk("customer", "add", "One", "-f", "json", "-o", desk.path)
    assert (result.code, list(desk.folder.iterdir())) == (2, [])
    demo = desk.folder / "demo.db"
    result = desk("demo", demo, "-f", "json", "-o", demo)
    assert (result.code, result.err.splitlines()[0]) == (
        2,
        f"csm: --output {demo} would overwrite a database or its log",
    )
    assert list(desk.folder.iterdir()) == []


def test_what_is_read_isn_t_written_over(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop.folder)
    people = shop.folder / "people.csv"
    people.write_text(PEOPLE)
    (shop.folder / "again.csv").symlink_to("people.csv")
    for path in ("people.csv", "./people.csv", "again.csv", str(people)):
        cases: list[list[str]] = [["--rejects", path], ["--rejects", path, "--dry-run"], ["-o", path]]
        for options in cases:
            result = shop("import", "customers", "people.csv", "--skip-bad", *options)
            option = "--output" if options[0] == "-o" else "--rejects"
            assert result == (
                2,
                "",
                f"csm: {option} {path} would overwrite the file that is read\nhint: name another file\n",
            )
    holidays = shop.folder / "days.csv"
    holidays.write_text("date,kind,name\n2026-12-25,holiday,x\n")
    assert shop("config", "holidays", "import", "days.csv", "-o", "days.csv").code == 2
    assert (people.read_text(), holidays.read_text()[:4]) == (PEOPLE, "date")


def test_what_is_read_from_standard_input_isn_t_written_over(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    people = shop.folder / "people.csv"
    people.write_text(PEOPLE)
    with people.open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert shop("import", "customers", "-", "--skip-bad", "--rejects", people).code == 2
    assert people.read_text() == PEOPLE


def test_two_outputs_of_one_command_are_two_files(shop: Desk) -> None:
    people, both = shop.folder / "people.csv", shop.folder / "both.json"
    people.write_text(PEOPLE)
    assert shop("import", "customers", people, "--skip-bad", "--rejects", both, "-o", both) == (
        2,
        "",
        f"csm: --rejects {both} is also the file of --output\nhint: name another file\n",
    )
    assert not both.exists()


def test_a_write_isn_t_done_whose_output_can_t_be_written(shop: Desk) -> None:
    folder = shop.folder
    (folder / "folder.json").mkdir()
    (folder / "loop.json").symlink_to("loop.json")
    (folder / "into-nowhere.json").symlink_to("nowhere/file.json")
    os.mkfifo(folder / "pipe.json")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(folder / "socket.json"))
        for name, code, wrong in (
            ("folder.json", 2, "csm: --output {} isn't a file but a folder"),
            ("pipe.json", 2, "csm: --output {} isn't a file but a named pipe"),
            ("socket.json", 2, "csm: --output {} isn't a file but a socket"),
            ("loop.json", 5, "csm: {} can't be used: Too many levels of symbolic links"),
            ("into-nowhere.json", 5, "csm: {} can't be used: No such file or directory"),
            ("nowhere/file.json", 5, "csm: {} can't be used: No such file or directory"),
            ("shop.db/file.json", 5, "csm: {} can't be used: Not a directory"),
            ("n" * 255 + ".json", 5, "csm: {} can't be used: File name too long"),
        ):
            path = folder / name
            result = shop("customer", "note", "1", "once", "-o", path)
            assert (result.code, result.out, result.err.splitlines()[0]) == (code, "", wrong.format(path))
    result = shop("customer", "note", "1", "once", "-f", "json", "-o", "/dev/full")
    assert (result.code, result.err.splitlines()[0]) == (2, "csm: --output /dev/full isn't a file but a device")
    assert shop.sql("SELECT count(*) FROM note") == [(0,)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_write_isn_t_done_whose_output_may_not_be_written(shop: Desk) -> None:
    (shop.folder / "closed").mkdir()
    (shop.folder / "closed").chmod(0o500)
    (shop.folder / "kept.json").touch(0o400)
    for name in ("closed/file.json", "kept.json"):
        result = shop("customer", "note", "1", "once", "-o", shop.folder / name)
        assert (result.code, result.err) == (5, f"csm: {shop.folder / name} can't be used: Permission denied\n")
    assert shop.sql("SELECT count(*) FROM note") == [(0,)]


def test_standard_output_and_the_null_device_are_named_too(shop: Desk) -> None:
    assert shop.ok("customer", "list", "-f", "csv", "--columns", "name", "-o", "/dev/stdout") == "name\nGolden Dragon\n"
    assert shop.ok("export", "customers", "/dev/stdout", "--columns", "name") == "name\nGolden Dragon\n"
    assert shop.ok("customer", "list", "-f", "csv", "-o", "/dev/null") == ""
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_the_format_is_told_by_a_known_ending_and_another_one_is_refused(shop: Desk) -> None:
    for name, wrong in (
        ("list.txt", "no format is called .txt"),
        ("list.ods", "no format is called .ods"),
        ("list.xlsx", "csm can't handle .xlsx files yet"),
        ("list.ICS", "csm can't handle .ICS files yet"),
        ("list.vcf", "csm can't handle .vcf files yet"),
    ):
        path = shop.folder / name
        for command in (("customer", "list", "-o", path), ("customer", "note", "1", "once", "-o", path)):
            result = shop(*command)
            assert (result.code, result.err.splitlines()[0]) == (2, f"csm: --output {path}: {wrong}")
            assert result.err.endswith(("csv, tsv, json, jsonl, md, html\n", "with --format\n"))
        assert shop("export", "customers", path).err.splitlines()[0] == f"csm: FILE {path}: {wrong}"
        (shop.folder / "people.csv").write_text(PEOPLE)
        result = shop("import", "customers", shop.folder / "people.csv", "--skip-bad", "--rejects", path)
        assert result.err.splitlines()[0] == f"csm: --rejects {path}: {wrong}"
        assert not path.exists()
    assert shop.sql("SELECT count(*) FROM note") == [(0,)]
    dotted = shop.folder / "folder.d"
    dotted.mkdir()
    for name, begins in (
        ("list.HTM", b"<!doctype html>"),
        ("list.JSON", b"["),
        ("list.jsonl", b"{"),
        ("list", b"id  "),
        ("folder.d/list", b"id  "),
    ):
        shop.ok("customer", "list", "-o", shop.folder / name)
        assert (shop.folder / name).read_bytes().startswith(begins), name
    shop.ok("customer", "list", "-f", "csv", "-o", shop.folder / "list.txt")
    assert (shop.folder / "list.txt").read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_files_with_people_in_them_are_their_owners_and_others_go_by_the_umask(shop: Desk) -> None:
    folder = shop.folder
    (folder / "people.csv").write_text("name,phone\n,1\n")
    before = os.umask(0o022)
    try:
        shop.ok("customer", "list", "-o", folder / "list.csv")
        shop.ok("export", "customers", folder / "export.csv")
        shop("import", "customers", folder / "people.csv", "--skip-bad", "--rejects", folder / "bad.csv")
        shop.ok("config", "list", "-o", folder / "settings.csv")
        shop.ok("survey", "template", "-o", folder / "form.csv")
    finally:
        os.umask(before)
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in folder.glob("*.csv")}
    assert modes == {
        "people.csv": modes["people.csv"],
        "list.csv": "0o600",
        "export.csv": "0o600",
        "bad.csv": "0o600",
        "settings.csv": "0o644",
        "form.csv": "0o644",
    }


def test_the_home_folder_is_known_by_its_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    desk = Desk(tmp_path)
    desk.path = Path("~/shop.db")
    assert desk("customer", "add", "One").err.startswith(f"made a new csm file: {tmp_path}/shop.db\n")
    assert (tmp_path / "shop.db").exists()
