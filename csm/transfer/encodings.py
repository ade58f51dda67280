"""Opening a text file of another program in the encoding it is really in.

Owns the order in which encodings are tried (the command-line contract): byte order mark, strict UTF-8, strict
GB18030, else a refusal; and when text that GB18030 can read is doubted. It never chooses by frequency, never replaces
a byte and never holds a whole file in memory.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from typing import IO, BinaryIO, Final, TextIO, cast

from csm.domain.errors import Unusable, UsageFault
from csm.transfer.scripts import RARE_AMONG_LATIN, fitting, rare_signs

_CHUNK: Final = 1 << 18  # bytes read at a time
_SPOOL: Final = 1 << 23  # bytes of a pipe kept in memory before they go to a temporary file
_HEAD: Final = 4096  # bytes that tell what kind of file it is
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TRIED: Final = ("utf-8", "gb18030")
# Text encodings by name that no file of rows was ever saved in: they are for domain names, source code and passwords.
_NO_FILES: Final = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
# How the files begin that people take for a table, and aren't text.
_SIGNATURES: Final = (
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-workbook"),
    (b"%PDF-", "pdf"),
    (b"SQLite format 3\0", "database"),
    (b"\x1f\x8b", "compressed"),
    (b"Rar!", "compressed"),
    (b"7z\xbc\xaf", "compressed"),
)
_TEXTS: Final = (
    ("begin:vcard", "vcard"),
    ("begin:vcalendar", "calendar"),
    ("<?xml", "xml"),
    ("<!doctype html", "web-page"),
    ("<html", "web-page"),
    ("<table", "web-page"),
)
_EVERY_SECOND: Final = 0.3  # share of NUL bytes at every second place from which text is UTF-16


class _Misfit(Exception):
    """The bytes stop being text of the encoding on `line`."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Seen:
    """What decoding a file all through has shown: the line of the first NUL, and its signs beyond ASCII."""

    def __init__(self) -> None:
        self.nul = 0
        self.signs: Counter[str] = Counter()
        self.among_latin: set[str] = set()


def known_encoding(value: str) -> str:
    """Return Python's name of the text encoding `value`; raise unknown-encoding where there is none."""
    try:
        "a".encode(value)
        codecs.getincrementaldecoder(value)
        name = codecs.lookup(value).name
    except (LookupError, ValueError) as fault:
        raise UsageFault("unknown-encoding", value=value) from fault
    if name.replace("-", "_") in _NO_FILES:
        raise UsageFault("unknown-encoding", value=value)
    return name


def open_text(path: str, encoding: str | None = None, *, form: str = "csv") -> TextIO:
    """Open `path` (`-` is standard input) as text whose every byte has been checked; lines end as in the file.

    The stream can be sought and starts behind a byte order mark. `encoding` forces one, strictly. `form` only names
    the kind of file in an error. Raises cannot-open, unknown-encoding, not-text, wrong-encoding, doubtful-encoding, and
    unreadable-file for a NUL.
    """
    forced = None if encoding is None else known_encoding(encoding)
    try:
        source = _open_bytes(path)
    except OSError as fault:
        raise Unusable("cannot-open", path=path, detail=fault.strerror or str(fault)) from fault
    try:
        _refuse_other_kinds(source, path, forced)
        source.seek(0)
        found = _encoding_of(source, path, forced, form)
        source.seek(0)
        # csv has its own idea of line ends, so none is translated here
        return io.TextIOWrapper(source, encoding=found, errors="strict", newline="")
    except OSError as fault:
        source.close()
        raise Unusable("cannot-open", path=path, detail=fault.strerror or str(fault)) from fault
    except BaseException:
        source.close()
        raise


def taken_encoding(stream: TextIO) -> str:
    """Return the name people know of the encoding that a stream of `open_text` is read in."""
    name = stream.encoding.lower().removesuffix("-sig")
    return {"iso8859-1": "latin-1", "shift_jis": "shift-jis"}.get(name, name)


def _open_bytes(path: str) -> BinaryIO:
    if path != "-":
        source = open(path, "rb")  # noqa: SIM115 (the caller closes it)
        if source.seekable():
            return source
        with source:
            return _spooled(source)
    if sys.stdin is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return _spooled(sys.stdin.buffer)


def _spooled(source: IO[bytes]) -> BinaryIO:
    """Copy a pipe into a temporary file, since it has to be read twice."""
    copy = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 (the caller closes it)
    try:
        while chunk := source.read(_CHUNK):
            copy.write(chunk)
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return cast("BinaryIO", copy)


# --- what isn't a table at all --------------------------------------------------------------------------------


def _refuse_other_kinds(source: BinaryIO, path: str, forced: str | None) -> None:
    """Raise not-text for a file whose first bytes say that it is something else, whatever it is called."""
    head = source.read(_HEAD)
    kind = next((kind for mark, kind in _SIGNATURES if head.startswith(mark)), "")
    if kind == "zip":
        kind = _packed(head, source)
    if not kind:
        text = head.removeprefix(codecs.BOM_UTF8)[:100].decode("ascii", "ignore").lstrip().casefold()
        kind = next((kind for start, kind in _TEXTS if text.startswith(start)), "")
    if not kind and forced is None:
        kind = _unmarked(head)
    if kind:
        raise Unusable("not-text", path=path, content_kind=kind)


def _packed(head: bytes, source: BinaryIO) -> str:
    """Return what a zip file is: a workbook of Excel, LibreOffice or Numbers by the names of its parts, or a parcel."""
    parts = head + source.read(_CHUNK)
    if b"xl/" in parts or b"[Content_Types].xml" in parts:
        return "workbook"
    return "other-workbook" if b"opendocument.spreadsheet" in parts or b"Index/" in parts else "compressed"


def _unmarked(head: bytes) -> str:
    """Return which UTF-16 without a mark the bytes look like: half of every Latin letter is a NUL."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or len(head) < len("ab") * 2:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd > half * _EVERY_SECOND and odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > half * _EVERY_SECOND and even > 4 * odd else ""


# --- which encoding -------------------------------------------------------------------------------------------


def _encoding_of(source: BinaryIO, path: str, forced: str | None, form: str) -> str:
    """Return the name of the codec that reads all of `source`, byte order mark included."""
    tried = _tried(source.read(4), forced)
    furthest = 0
    for name in tried:
        try:
            seen = _checked(source, name, signs=name == "gb18030" and forced is None)
        except _Misfit as misfit:
            furthest = max(furthest, misfit.line)
            continue
        if seen.nul:
            raise Unusable("unreadable-file", path=path, form=form, line=seen.nul, detail="NUL character")
        if rare := rare_signs(seen.signs, seen.among_latin):
            raise Unusable("doubtful-encoding", path=path, signs="".join(rare), fits=_fitting(source))
        return name
    # the encoding that got furthest is the likeliest, and its line the one worth looking at
    shown = ", ".join(name.removesuffix("-sig").upper() for name in tried)
    values = {"path": path, "encoding": shown, "line": furthest}
    if tried == _TRIED and (fits := _fitting(source)):
        values["fits"] = fits
    raise Unusable("wrong-encoding", **values)


def _tried(head: bytes, forced: str | None) -> Sequence[str]:
    """Return the codecs to try on a file with these first bytes."""
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    # a mark that fits what was asked for isn't part of the text
    if marked and (forced is None or forced.startswith(marked.removesuffix("-sig"))):
        return (marked,)
    return _TRIED if forced is None else (forced,)


def _fitting(source: BinaryIO) -> list[str]:
    """Return the other encodings in which the file may have been saved, the likeliest first."""
    source.seek(0)
    return fitting(source.read(_CHUNK))


def _checked(source: BinaryIO, name: str, *, signs: bool) -> _Seen:
    """Decode all of `source` strictly and return what it showed, with `signs` its signs too; raise _Misfit."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder(name)("strict")
    lines = 0
    seen = _Seen()
    while True:
        chunk = source.read(_CHUNK)
        state = decoder.getstate()
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as fault:
            decoder.setstate(state)
            sound = len(chunk) - (len(fault.object) - fault.start)
            readable = decoder.decode(chunk[:sound]) if sound > 0 else ""
            raise _Misfit(lines + readable.count("\n") + 1) from fault
        except UnicodeError as fault:  # UTF-16 by name and no byte order mark
            raise _Misfit(lines + 1) from fault
        if not seen.nul and "\0" in text:
            seen.nul = lines + text.count("\n", 0, text.index("\0")) + 1
        if signs and not text.isascii():
            seen.signs.update(text)
            seen.among_latin.update("".join(RARE_AMONG_LATIN.findall(text)))
        lines += text.count("\n")
        if not chunk:
            return seen
