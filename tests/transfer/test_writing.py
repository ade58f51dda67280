"""A file is written whole or not at all."""

from __future__ import annotations

import fcntl
import io
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from csm.transfer.writing import open_sheet
from tests.refusals import refused_as


@pytest.mark.parametrize(
    ("form", "encoding", "content"),
    [
        ("csv", None, "\ufeff名,b\r\n".encode()),
        ("tsv", None, "\ufeff名,b\r\n".encode()),
        ("json", None, "名,b\r\n".encode()),
        ("table", None, "名,b\r\n".encode()),
        ("csv", "utf-8", "名,b\r\n".encode()),
        ("csv", "gb18030", "名,b\r\n".encode("gb18030")),
        ("csv", "utf-16-le", "名,b\r\n".encode("utf-16-le")),
    ],
)
def test_the_bytes_of_a_file(tmp_path: Path, form: str, encoding: str | None, content: bytes) -> None:
    path = tmp_path / "out"
    with open_sheet(str(path), form=form, encoding=encoding) as stream:
        stream.write("名,b\r\n")
    assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ["out"]


def test_nothing_stands_at_the_path_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with open_sheet(str(path), form="json") as stream:
        stream.write("new")
        stream.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ZeroDivisionError])
def test_a_failure_leaves_what_was_there(tmp_path: Path, fault: type[BaseException]) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(fault), open_sheet(str(path), form="csv") as stream:
        stream.write("half")
        raise fault
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_a_character_that_the_encoding_lacks_writes_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "out.csv")
    with refused_as("lacks-character") as refused, open_sheet(path, form="csv", encoding="latin-1") as stream:
        stream.write("Café\n客户\n")
    assert refused.value.values == {"path": path, "encoding": "latin-1", "line": None, "character": "客"}
    assert os.listdir(tmp_path) == []


def test_an_unknown_encoding_writes_nothing(tmp_path: Path) -> None:
    with refused_as("unknown-encoding"), open_sheet(str(tmp_path / "out"), form="csv", encoding="klingon"):
        pass
    assert os.listdir(tmp_path) == []


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    missing = str(tmp_path / "no" / "out.csv")
    with refused_as("cannot-open") as refused, open_sheet(missing, form="csv"):
        pass
    assert refused.value.values == {"path": missing, "detail": "No such file or directory"}
    with refused_as("cannot-open") as refused, open_sheet(str(tmp_path), form="csv"):
        pass
    assert refused.value.values == {"path": str(tmp_path), "detail": "Is a directory"}


@pytest.mark.parametrize(
    ("private", "mask", "modes"),
    [
        (True, 0o000, ["0o600", "0o600", "0o400"]),
        (True, 0o077, ["0o600", "0o600", "0o400"]),
        (True, 0o277, ["0o400", "0o600", "0o400"]),
        (False, 0o027, ["0o640", "0o664", "0o440"]),
    ],
)
def test_a_file_with_people_in_it_is_its_owners_whatever_the_umask_and_whatever_was_there(
    tmp_path: Path, private: bool, mask: int, modes: list[str]
) -> None:
    paths = [tmp_path / name for name in ("new", "old", "narrow")]
    paths[1].touch()
    paths[1].chmod(0o664)
    paths[2].touch()
    paths[2].chmod(0o440)
    before = os.umask(mask)
    try:
        for path in paths:
            with open_sheet(str(path), form="json", private=private) as stream:
                stream.write("{}")
    finally:
        os.umask(before)
    assert [oct(stat.S_IMODE(path.stat().st_mode)) for path in paths] == modes


def test_nobody_else_can_read_a_draft(tmp_path: Path) -> None:
    (tmp_path / "out.csv").touch()
    (tmp_path / "out.csv").chmod(0o666)
    with open_sheet(str(tmp_path / "out.csv"), form="csv") as stream:
        stream.write("x")
        (draft,) = tmp_path.glob(".csm-*.tmp")
        assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["out.csv"]


def test_drafts_of_processes_that_are_gone_are_removed_and_of_those_that_live_are_not(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / f".csm-{gone.pid}-0.tmp").write_text("half")
    (tmp_path / f".csm-{os.getppid()}-0.tmp").write_text("at work")
    (tmp_path / ".csm-notes.tmp").write_text("somebody's own")
    held = tmp_path / f".csm-{gone.pid}-1.tmp"
    with held.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with open_sheet(str(tmp_path / "out.csv"), form="csv") as stream:
            stream.write("x")
        left = {f".csm-{os.getppid()}-0.tmp", ".csm-notes.tmp", "out.csv"}
        assert {path.name for path in tmp_path.iterdir()} == left | {held.name}
    with open_sheet(str(tmp_path / "out.csv"), form="csv") as stream:
        stream.write("x")
    assert {path.name for path in tmp_path.iterdir()} == left


def test_no_database_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE x (y)")
    before = path.read_bytes()
    with refused_as("output-on-database"), open_sheet(str(path), form="csv") as stream:
        stream.write("x")
    assert path.read_bytes() == before


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "to").touch()
    (tmp_path / "link").symlink_to("to")
    with open_sheet(str(tmp_path / "link"), form="json") as stream:
        stream.write("{}")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "to").read_text() == "{}"


def test_a_name_as_long_as_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 251 + ".csv")
    with open_sheet(str(path), form="json") as stream:
        stream.write("{}")
    assert path.read_text() == "{}"


def test_a_device_is_written_and_not_replaced() -> None:
    with open_sheet(os.devnull, form="csv") as stream:
        stream.write("x")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_disk_is_named() -> None:
    with refused_as("disk-full") as refused, open_sheet("/dev/full", form="csv") as stream:
        stream.write("x")
    assert refused.value.values == {"path": "/dev/full"}


def test_standard_output_is_utf_8_without_a_mark_and_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.BytesIO()
    output = io.TextIOWrapper(content, encoding="ascii")
    monkeypatch.setattr(sys, "stdout", output)
    output.write("before\n")
    with open_sheet("-", form="csv") as stream:
        stream.write("名\n")
    with open_sheet("-", form="csv", encoding="gb18030") as stream:
        stream.write("名\n")
    del stream
    output.write("after\n")
    output.flush()
    assert content.getvalue() == b"before\n" + "名\n".encode() + "名\n".encode("gb18030") + b"after\n"


def test_a_broken_pipe_is_left_to_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    output = open(writer, "w")  # noqa: SIM115
    monkeypatch.setattr(sys, "stdout", output)
    with pytest.raises(BrokenPipeError), open_sheet("-", form="csv") as stream:
        stream.write("x" * 100_000)
    assert not output.closed
    monkeypatch.undo()
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), writer)
    output.close()


def test_a_text_stream_in_place_of_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    with open_sheet("-", form="csv") as stream:
        stream.write("名\n")
    assert output.getvalue() == "名\n"
