"""Writing a file whole or not at all, for `export` and `-o`.

Owns the temporary file, the byte order mark and the encoding on the way out; what is written is the caller's.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, TextIO

from csm.domain.errors import CsmError, Unusable, UsageFault
from csm.domain.formats import DELIMITERS
from csm.transfer.encodings import known_encoding

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_MAGICS: Final = (
    b"SQLite format 3\0",
    b"\x37\x7f\x06\x82",
    b"\x37\x7f\x06\x83",
    b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7",
)
_ATTEMPTS: Final = 100  # names tried for the temporary file
_DRAFT: Final = re.compile(r"\.csm-([0-9]+)-[0-9]+\.tmp")
_PRIVATE: Final = 0o600
_SHARED: Final = 0o666


class _LentStream(io.TextIOWrapper):
    """Text on a buffer that belongs to somebody else: its end doesn't close the buffer."""

    def close(self) -> None:
        """Leave the buffer open."""


@contextmanager
def open_sheet(path: str, *, form: str, encoding: str | None = None, private: bool = True) -> Iterator[TextIO]:
    """Yield a text stream (newline="") whose content stands at `path` when the block ends well, else nothing does.

    `-` is standard output, never closed. Without `encoding` it is UTF-8, with a byte order mark for csv and tsv in a
    file. A `private` file, one with people in it, is for its owner only, whatever the umask. An OSError of the block
    counts as one of the file.

    Raises unknown-encoding, lacks-character, cannot-open, disk-full, output-on-database.
    """
    codec = _codec_of(path, form, encoding)
    try:
        if path == "-":
            with _standard_output(codec) as stream:
                yield stream
        else:
            with _file(path, codec, private=private) as stream:
                yield stream
    except UnicodeEncodeError as fault:
        character = fault.object[fault.start : fault.start + 1]
        raise Unusable(
            "lacks-character", path=path, encoding=encoding or codec, line=None, character=character
        ) from fault
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise _named(fault, path) from fault


def _codec_of(path: str, form: str, encoding: str | None) -> str:
    if encoding is not None:
        return known_encoding(encoding)
    return "utf-8-sig" if path != "-" and form in DELIMITERS else "utf-8"


def _named(fault: OSError, path: str) -> CsmError:
    if fault.errno in FULL:
        return Unusable("disk-full", path=path)
    return Unusable("cannot-open", path=path, detail=fault.strerror or str(fault))


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
def _file(path: str, codec: str, *, private: bool) -> Iterator[TextIO]:
    try:
        before = os.stat(path).st_mode
    except FileNotFoundError:
        before = None
    if before is not None and not stat.S_ISREG(before):
        # a device can't be replaced; for a folder this raises
        with open(path, "w", encoding=codec, errors="strict", newline="") as stream:
            yield stream
        return
    if before is not None and is_sqlite(path):
        raise UsageFault("output-on-database", field="FILE", path=path)
    target = os.path.realpath(path)  # a link stays a link
    descriptor, draft = draft_beside(target)
    try:
        _set_mode(draft, descriptor, before, private=private)
        # Python writes utf-8 much faster than utf-8-sig, which differs in the mark alone.
        marked = codec == "utf-8-sig"
        with open(descriptor, "w", encoding="utf-8" if marked else codec, errors="strict", newline="") as stream:
            stream.write("\ufeff" if marked else "")
            yield stream
            stream.flush()
            os.fsync(descriptor)
        os.replace(draft, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise
    sync_folder(os.path.dirname(target))


def is_sqlite(path: str) -> bool:
    """Return whether a file begins as SQLite's databases and their logs do."""
    try:
        with open(path, "rb") as file:
            return file.read(16).startswith(_MAGICS)
    except OSError:
        return False


def _set_mode(draft: str, descriptor: int, before: int | None, *, private: bool) -> None:
    """Yield the draft, which its owner alone can read, the rights of the file it replaces or those of a new file."""
    if before is not None:
        os.chmod(draft, stat.S_IMODE(before) & (_PRIVATE if private else 0o777))
    elif not private:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(draft, _SHARED & ~mask)


def draft_beside(target: str) -> tuple[int, str]:
    """Create an empty file in the folder of `target` for its owner only; return its descriptor and path.

    What processes that were killed have left there of their own is removed.
    """
    folder = os.path.dirname(target)
    _clear_drafts(folder)
    for attempt in range(_ATTEMPTS):
        draft = os.path.join(folder, f".csm-{os.getpid()}-{attempt}.tmp")
        with suppress(FileExistsError):
            descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), _PRIVATE)
            _lock(descriptor)
            return descriptor, draft
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), draft)


def _lock(descriptor: int) -> bool:
    """Take the lock of a draft, which ends with its process; tell whether it is ours, or there are no locks here."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


def _clear_drafts(folder: str) -> None:
    """Remove the drafts of processes that are gone: their number is nobody's, and nobody holds the lock."""
    if os.name != "posix":  # elsewhere a signal of 0 isn't a question
        return
    with suppress(OSError):
        for name in os.listdir(folder):
            found = _DRAFT.fullmatch(name) if name.startswith(".csm-") else None
            if found is not None and not _lives(int(found[1])):
                _clear_draft(os.path.join(folder, name))


def _clear_draft(draft: str) -> None:
    with suppress(OSError):
        descriptor = os.open(draft, os.O_WRONLY | os.O_NOFOLLOW)
        try:
            if _lock(descriptor):
                os.unlink(draft)
        finally:
            os.close(descriptor)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def sync_folder(folder: str) -> None:
    """Bring the new name to the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
