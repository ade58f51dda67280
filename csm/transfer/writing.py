"""Writing a file whole or not at all, for `export` and `-o`.

Owns the temporary file, the byte order mark and the encoding on the way out; what is written is the caller's.
Imported by hot commands, so nothing heavy is loaded here.
"""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, TextIO

from csm.domain.errors import CannotOpen, CsmError, DiskFull, LacksCharacter

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_ATTEMPTS: Final = 100  # names tried for the temporary file


class _LentStream(io.TextIOWrapper):
    """Text on a buffer that belongs to somebody else: its end doesn't close the buffer."""

    def close(self) -> None:
        """Leave the buffer open."""


@contextmanager
def open_sheet(path: str, *, form: str, encoding: str | None = None) -> Iterator[TextIO]:
    """Give a text stream (newline="") whose content stands at `path` when the block ends well, else nothing does.

    `-` is standard output, never closed. Without `encoding` it is UTF-8, with a byte order mark for csv and tsv in a
    file. An OSError of the block counts as one of the file.

    Raises UnknownEncoding, LacksCharacter, CannotOpen, DiskFull.
    """
    codec = _codec_of(path, form, encoding)
    try:
        if path == "-":
            with _standard_output(codec) as stream:
                yield stream
        else:
            with _file(path, codec) as stream:
                yield stream
    except UnicodeEncodeError as fault:
        character = fault.object[fault.start : fault.start + 1]
        raise LacksCharacter(path=path, encoding=encoding or codec, line=None, character=character) from fault
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise _named(fault, path) from fault


def _codec_of(path: str, form: str, encoding: str | None) -> str:
    if encoding is not None:
        from csm.transfer.encodings import known_encoding

        return known_encoding(encoding)
    return "utf-8-sig" if path != "-" and form in {"csv", "tsv"} else "utf-8"


def _named(fault: OSError, path: str) -> CsmError:
    if fault.errno in _FULL:
        return DiskFull(path=path)
    return CannotOpen(path=path, detail=fault.strerror or str(fault))


@contextmanager
def _standard_output(codec: str) -> Iterator[TextIO]:
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a caller's own text stream stands in for it
        yield sys.stdout
        return
    sys.stdout.flush()
    stream = _LentStream(buffer, encoding=codec, errors="strict", newline="")
    yield stream
    stream.flush()


@contextmanager
def _file(path: str, codec: str) -> Iterator[TextIO]:
    try:
        before = os.stat(path).st_mode
    except FileNotFoundError:
        before = None
    if before is not None and not stat.S_ISREG(before):
        # a device or a pipe can't be replaced; for a folder this raises
        with open(path, "w", encoding=codec, errors="strict", newline="") as stream:
            yield stream
        return
    target = os.path.realpath(path)  # a link stays a link
    descriptor, draft = _draft_beside(target)
    try:
        # Python writes utf-8 much faster than utf-8-sig, which differs in the mark alone.
        marked = codec == "utf-8-sig"
        with open(descriptor, "w", encoding="utf-8" if marked else codec, errors="strict", newline="") as stream:
            stream.write("\ufeff" if marked else "")
            yield stream
            stream.flush()
            if before is not None:
                os.chmod(draft, stat.S_IMODE(before))
            os.fsync(descriptor)
        os.replace(draft, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise


def _draft_beside(target: str) -> tuple[int, str]:
    """Create an empty file in the folder of `target`; return its descriptor and path."""
    folder = os.path.dirname(target)
    for attempt in range(_ATTEMPTS):
        draft = os.path.join(folder, f".csm-{os.getpid()}-{attempt}.tmp")
        with suppress(FileExistsError):
            return os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666), draft
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), draft)
