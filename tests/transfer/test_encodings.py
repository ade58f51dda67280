"""Files are opened in the encoding they are in, or refused with the line that doesn't fit."""

from __future__ import annotations

import io
import os
import sys
import threading
from pathlib import Path

import pytest

from csm.transfer.encodings import known_encoding, open_text
from tests.refusals import refused_as

ROW = "客户名称,电话\r\n老王小吃,010-66554433\r\n"


def written(folder: Path, content: bytes) -> str:
    path = folder / "in.csv"
    path.write_bytes(content)
    return str(path)


def content_of(path: str, encoding: str | None = None) -> str:
    with open_text(path, encoding) as stream:
        return stream.read()


@pytest.mark.parametrize(
    "content",
    [
        ROW.encode("utf-8"),
        ROW.encode("utf-8-sig"),
        ROW.encode("gb18030"),
        b"\xff\xfe" + ROW.encode("utf-16-le"),
        b"\xfe\xff" + ROW.encode("utf-16-be"),
    ],
)
def test_each_encoding_of_the_contract_is_found_and_line_ends_kept(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    assert content_of(path) == ROW


def test_the_stream_can_be_read_twice_without_the_byte_order_mark(tmp_path: Path) -> None:
    with open_text(written(tmp_path, ROW.encode("utf-8-sig"))) as stream:
        assert stream.read() == ROW
        stream.seek(0)
        assert stream.read() == ROW


def test_a_character_across_the_chunk_border_is_one_character(tmp_path: Path) -> None:
    text = "a" + "客" * 100_000  # 300,001 bytes: the border of 262,144 falls inside a character
    assert content_of(written(tmp_path, text.encode())) == text
    assert content_of(written(tmp_path, text.encode("gb18030"))) == text


def test_what_is_neither_utf_8_nor_gb18030_is_refused_with_the_furthest_line(tmp_path: Path) -> None:
    # GB18030 reads the first two lines as Chinese; the 0xff of the third fits nothing
    path = written(tmp_path, "客户\n电话\n".encode("gb18030") + b"x\xffy\n")
    with refused_as("wrong-encoding") as refused:
        open_text(path)
    assert refused.value.values == {"path": path, "encoding": "UTF-8, GB18030", "line": 3}


def test_the_line_is_right_far_into_a_large_file(tmp_path: Path) -> None:
    path = written(tmp_path, ("客" * 9 + "\n").encode() * 50_000 + b"\xff\n")
    with refused_as("wrong-encoding") as refused:
        open_text(path)
    assert refused.value.values["line"] == 50_001


def test_a_damaged_file_with_a_mark_is_not_tried_otherwise(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbfname\n\xc0\xcf\n")
    with refused_as("wrong-encoding") as refused:
        open_text(path)
    assert refused.value.values == {"path": path, "encoding": "UTF-8", "line": 2}
    path = written(tmp_path, b"\xfe\xff" + "a\nb\nc".encode("utf-16-be") + b"\xd8\x00\x00a")
    with refused_as("wrong-encoding") as refused:
        open_text(path)
    assert refused.value.values == {"path": path, "encoding": "UTF-16", "line": 3}


def test_a_file_cut_inside_a_character_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + "a\n客".encode()[:-1])
    with refused_as("wrong-encoding") as refused:
        open_text(path)
    assert refused.value.values["line"] == 2


def test_an_encoding_asked_for_is_the_only_one(tmp_path: Path) -> None:
    assert content_of(written(tmp_path, "Café\n".encode("latin-1")), "latin-1") == "Café\n"
    assert content_of(written(tmp_path, ROW.encode("utf-16-le")), "UTF-16LE") == ROW
    path = written(tmp_path, "x\n客\n".encode("gb18030"))
    with refused_as("wrong-encoding") as refused:
        open_text(path, "utf-8")
    assert refused.value.values == {"path": path, "encoding": "UTF-8", "line": 2}
    path = written(tmp_path, ROW.encode("utf-16-le"))
    with refused_as("wrong-encoding") as refused:
        open_text(path, "utf-16")
    assert refused.value.values == {"path": path, "encoding": "UTF-16", "line": 1}


@pytest.mark.parametrize(
    ("content", "encoding"),
    [(ROW.encode("utf-8-sig"), "utf8"), (b"\xff\xfe" + ROW.encode("utf-16-le"), "utf-16-le")],
)
def test_a_mark_that_fits_the_encoding_asked_for_is_no_text(tmp_path: Path, content: bytes, encoding: str) -> None:
    assert content_of(written(tmp_path, content), encoding) == ROW


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "undefined", "", "a\0b"])
def test_what_python_cannot_read_as_text_is_unknown(name: str) -> None:
    with refused_as("unknown-encoding") as refused:
        known_encoding(name)
    assert refused.value.values == {"value": name}


def test_the_name_is_pythons_own() -> None:
    assert [known_encoding(name) for name in ("UTF8", "GB18030", "gbk")] == ["utf-8", "gb18030", "gbk"]


def test_nul_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, b"name\nWang\nL\0i\n")
    with refused_as("unreadable-file") as refused:
        open_text(path)
    assert refused.value.values == {"path": path, "form": "csv", "line": 3, "detail": "NUL character"}


def test_what_cannot_be_opened_is_named_with_the_systems_word(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.csv")
    with refused_as("cannot-open") as refused:
        open_text(missing)
    assert refused.value.values == {"path": missing, "detail": "No such file or directory"}
    with refused_as("cannot-open") as refused:
        open_text(str(tmp_path))
    assert refused.value.values == {"path": str(tmp_path), "detail": "Is a directory"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, b"name\n")
    os.chmod(path, 0)
    with refused_as("cannot-open") as refused:
        open_text(path)
    assert refused.value.values == {"path": path, "detail": "Permission denied"}


def test_standard_input_is_read_like_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ROW.encode("gb18030"))))
    with open_text("-") as stream:
        assert stream.read() == ROW
        stream.seek(0)
        assert stream.readline() == "客户名称,电话\r\n"
    assert not sys.stdin.closed


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_with_a_name_is_read_like_a_file(tmp_path: Path) -> None:
    path = str(tmp_path / "pipe")
    os.mkfifo(path)
    writer = threading.Thread(target=Path(path).write_bytes, args=(ROW.encode("gb18030"),))
    writer.start()
    assert content_of(path) == ROW
    writer.join()
