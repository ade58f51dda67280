"""Opening a text file of another program in the encoding it is really in.

Owns the order in which encodings are tried (the command-line contract): byte order mark, strict UTF-8, strict
GB18030, else a refusal. It never guesses by frequency, never replaces a byte and never holds a whole file in memory.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from typing import IO, BinaryIO, Final, TextIO, cast

from csm.domain.errors import CannotOpen, UnknownEncoding, UnreadableFile, WrongEncoding

_CHUNK: Final = 1 << 18  # bytes read at a time
_SPOOL: Final = 1 << 23  # bytes of a pipe kept in memory before they go to a temporary file
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Codecs for host names and for the source of programs: no file of anybody's is saved in one.
_NO_TEXT: Final = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"))
_TRIED: Final = ("utf-8", "gb18030")


class _Misfit(Exception):
    """The bytes stop being text of the encoding on `line`."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def known_encoding(value: str) -> str:
    """Return Python's name of the text encoding `value`; raise UnknownEncoding where there is none."""
    try:
        "a".encode(value)
        codecs.getincrementaldecoder(value)
        name = codecs.lookup(value).name
    except (LookupError, ValueError) as fault:
        raise UnknownEncoding(value=value) from fault
    if name.replace("_", "-") in _NO_TEXT:
        raise UnknownEncoding(value=value)
    return name


def open_text(path: str, encoding: str | None = None, *, form: str = "csv") -> TextIO:
    """Open `path` (`-` is standard input) as text whose every byte has been checked; lines end as in the file.

    The stream can be sought and starts behind a byte order mark. `encoding` forces one, strictly. `form` only names
    the kind of file in an error. Raises CannotOpen, UnknownEncoding, WrongEncoding, and UnreadableFile for a NUL.
    """
    forced = None if encoding is None else known_encoding(encoding)
    try:
        source = _open_bytes(path)
    except OSError as fault:
        raise CannotOpen(path=path, detail=fault.strerror or str(fault)) from fault
    try:
        found = _encoding_of(source, path, forced, form)
        source.seek(0)
        # csv has its own idea of line ends, so none is translated here
        return io.TextIOWrapper(source, encoding=found, errors="strict", newline="")
    except OSError as fault:
        source.close()
        raise CannotOpen(path=path, detail=fault.strerror or str(fault)) from fault
    except BaseException:
        source.close()
        raise


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
    import tempfile

    copy = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 (the caller closes it)
    try:
        while chunk := source.read(_CHUNK):
            copy.write(chunk)
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return cast("BinaryIO", copy)


def _encoding_of(source: BinaryIO, path: str, forced: str | None, form: str) -> str:
    """Return the name of the codec that reads all of `source`, byte order mark included."""
    head = source.read(4)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    tried: tuple[str, ...] = (marked,) if marked else _TRIED
    if forced is not None:
        # a mark that fits what was asked for is no part of the text
        same_family = marked is not None and forced.startswith(marked.removesuffix("-sig"))
        tried = (marked if marked and same_family else forced,)
    furthest = 0
    for name in tried:
        try:
            nul = _checked(source, name)
        except _Misfit as misfit:
            furthest = max(furthest, misfit.line)
            continue
        if nul:
            raise UnreadableFile(path=path, form=form, line=nul, detail="NUL character")
        return name
    # the encoding that got furthest is the likeliest, and its line the one worth looking at
    shown = ", ".join(name.removesuffix("-sig").upper() for name in tried)
    raise WrongEncoding(path=path, encoding=shown, line=furthest)


def _checked(source: BinaryIO, name: str) -> int:
    """Decode all of `source` strictly; return the line of the first NUL, 0 without one; raise _Misfit."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder(name)("strict")
    lines = nul = 0
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
        if not nul and "\0" in text:
            nul = lines + text.count("\n", 0, text.index("\0")) + 1
        lines += text.count("\n")
        if not chunk:
            return nul
