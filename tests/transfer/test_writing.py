"""A file is written whole or not at all."""

from __future__ import annotations

import io
import os
import stat
import sys
from pathlib import Path

import pytest

from csm.domain.errors import CannotOpen, DiskFull, LacksCharacter, UnknownEncoding
from csm.transfer.writing import open_sheet


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
    with pytest.raises(LacksCharacter) as refused, open_sheet(path, form="csv", encoding="latin-1") as stream:
        stream.write("Café\n客户\n")
    assert refused.value.values == {"path": path, "encoding": "latin-1", "line": None, "character": "客"}
    assert os.listdir(tmp_path) == []


def test_an_unknown_encoding_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnknownEncoding), open_sheet(str(tmp_path / "out"), form="csv", encoding="klingon"):
        pass
    assert os.listdir(tmp_path) == []


def test_what_cannot_be_written_is_named(tmp_path: Path) -> None:
    missing = str(tmp_path / "no" / "out.csv")
    with pytest.raises(CannotOpen) as refused, open_sheet(missing, form="csv"):
        pass
    assert refused.value.values == {"path": missing, "detail": "No such file or directory"}
    with pytest.raises(CannotOpen) as refused, open_sheet(str(tmp_path), form="csv"):
        pass
    assert refused.value.values == {"path": str(tmp_path), "detail": "Is a directory"}


def test_permissions_are_those_of_the_umask_or_of_the_file_before(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    old.touch(0o600)
    before = os.umask(0o027)
    try:
        for path in (new, old):
            with open_sheet(str(path), form="json") as stream:
                stream.write("{}")
    finally:
        os.umask(before)
    assert [oct(stat.S_IMODE(path.stat().st_mode)) for path in (new, old)] == ["0o640", "0o600"]


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
    with pytest.raises(DiskFull) as refused, open_sheet("/dev/full", form="csv") as stream:
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
