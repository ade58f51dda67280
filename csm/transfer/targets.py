"""Where output is to go, looked at before anything is read or written: what isn't checked here fails too late.

A write whose output then fails would be done twice by whoever repeats it, and an output onto a database or onto the
file that is read destroys it. Files are compared by device and inode, so that no link and no spelling hides one.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final

from csm.domain.errors import Unusable, UsageFault
from csm.transfer.writing import FULL, draft_beside, is_sqlite

STANDARD_OUTPUT: Final = frozenset({"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
ROOM: Final = 16_384  # bytes that a small output takes
_LOGS: Final = ("-wal", "-shm", "-journal")
_KINDS: Final = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
)


def checked(field: str, path: str, *, database: str | None = None, sources: Iterable[str] = ()) -> str:
    """Return `path` as the writer takes it, `-` for standard output, once it is sure that a file can be written there.

    field: how the path was typed, for errors. database: the path of the file in use, which needn't exist.
    sources: the files that are read; `-` is standard input. Raises empty-value, output-on-database,
    output-on-input, output-not-a-file, cannot-open, disk-full.
    """
    if not path:
        raise UsageFault("empty-value", field=field)
    if path == "-" or path in STANDARD_OUTPUT:
        return "-"
    found = _found(path)
    if found is None or not _is_null(found):
        _check_others(field, path, found, _with_logs(database) if database is not None else (), sources)
        _try(path, found)
    return path


def _found(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unusable(path, error) from error


def _check_others(
    field: str, path: str, found: os.stat_result | None, database: Sequence[str], sources: Iterable[str]
) -> None:
    """Raise the error of an output onto the files of the database, onto one that is read, or onto what isn't a file."""
    if any(_same(path, found, other) for other in database):
        raise UsageFault("output-on-database", field=field, path=path)
    if found is not None and not stat.S_ISREG(found.st_mode):
        raise UsageFault("output-not-a-file", field=field, path=path, file_kind=_kind(found.st_mode))
    if any(_is_source(path, found, source) for source in sources):
        raise UsageFault("output-on-input", field=field, path=path)
    if found is not None and is_sqlite(path):
        raise UsageFault("output-on-database", field=field, path=path)


def _kind(mode: int) -> str:
    return next((name for check, name in _KINDS if check(mode)), "device")


def is_log_of(path: str, database: str) -> bool:
    """Return whether a path is that of a log of a database."""
    return any(same_file(path, database + ending) for ending in _LOGS)


def same_file(one: str, other: str) -> bool:
    """Return whether two paths are one file, or would be."""
    try:
        found: os.stat_result | None = os.stat(one)
    except OSError:
        found = None
    return _same(one, found, other)


def _is_null(found: os.stat_result) -> bool:
    with suppress(OSError):
        return stat.S_ISCHR(found.st_mode) and found.st_rdev == os.stat(os.devnull).st_rdev
    return False


def _with_logs(database: str) -> list[str]:
    bases = dict.fromkeys((os.path.abspath(database), os.path.realpath(database)))
    return [base + ending for base in bases for ending in ("", *_LOGS)]


def _same(path: str, found: os.stat_result | None, other: str) -> bool:
    if found is not None:
        with suppress(OSError):
            there = os.stat(other)
            if (there.st_dev, there.st_ino) == (found.st_dev, found.st_ino):
                return True
    return os.path.realpath(path) == os.path.realpath(other)


def _is_source(path: str, found: os.stat_result | None, source: str) -> bool:
    if source != "-":
        return _same(path, found, source)
    if found is None or sys.stdin is None:
        return False
    try:
        there = os.fstat(sys.stdin.fileno())
    except (OSError, ValueError):
        return False
    return (there.st_dev, there.st_ino) == (found.st_dev, found.st_ino)


def _try(path: str, found: os.stat_result | None) -> None:
    """Write a few bytes under another name where the output will be written, and take them away again."""
    target = os.path.realpath(path)
    if found is not None and not os.access(target, os.W_OK):
        raise Unusable("cannot-open", path=path, detail=os.strerror(errno.EACCES))
    if found is not None and _kept_by_others(target, found):
        raise Unusable("cannot-open", path=path, detail=os.strerror(errno.EPERM))
    try:
        os.lstat(target)  # a name that is too long
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        descriptor, draft = draft_beside(target)
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        if os.write(descriptor, bytes(ROOM)) < ROOM:
            raise Unusable("disk-full", path=path)
    except OSError as error:
        raise _unusable(path, error) from error
    finally:
        os.close(descriptor)
        with suppress(OSError):
            os.unlink(draft)


def _kept_by_others(target: str, found: os.stat_result) -> bool:
    """Return whether a folder such as /tmp keeps a file from being replaced by anybody but its owner."""
    if not hasattr(os, "geteuid") or os.geteuid() in (0, found.st_uid):
        return False
    folder = os.stat(os.path.dirname(target))
    return bool(folder.st_mode & stat.S_ISVTX) and folder.st_uid != os.geteuid()


def _unusable(path: str, error: OSError) -> Unusable:
    if error.errno in FULL:
        return Unusable("disk-full", path=path)
    return Unusable("cannot-open", path=path, detail=error.strerror or str(error))
