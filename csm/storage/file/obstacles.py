"""What is in the way of a file: why it isn't there, can't be opened, or what stands where it should be.

Only looked at once something has failed; every look beside a file goes by its real path.
"""

from __future__ import annotations

import errno
import os
import pwd
import stat
from typing import Final

from csm.domain.errors import CsmError, Unusable

KINDS: Final = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)
LOGS: Final = ("-wal", "-journal")


def missing(path: str, error: OSError) -> CsmError:
    """Return why there is nothing at `path`: no file yet, a link into nowhere, or a folder that can't be searched."""
    if error.errno == errno.ENOENT:
        if (link := _dangling(path)) is not None:
            return Unusable("dangling-link", path=link, target=os.path.realpath(link))
        return Unusable("database-missing", path=path)
    return Unusable("cannot-open", path=path, detail=error.strerror or str(error))


def _dangling(path: str) -> str | None:
    """Return the link that `path` is, or leads through, where it leads nowhere."""
    while path and not os.path.lexists(path):
        path = os.path.dirname(path)
    return path if path and os.path.islink(path) and not os.path.exists(path) else None


def not_a_file(path: str, mode: int) -> Unusable:
    """Return what stands at `path` instead of a file; `mode` as stat has it."""
    return Unusable("not-a-file", path=path, file_kind=next((name for check, name in KINDS if check(mode)), "device"))


def unreadable(path: str) -> CsmError | None:
    """Return why a file that is there can't be opened for reading, None where it can."""
    try:
        with open(path, "rb"):
            return None
    except OSError as error:
        owner = _owner(path)
        if isinstance(error, PermissionError) and owner is not None:
            return Unusable("file-of-another-user", path=path, owner=owner)
        return Unusable("cannot-open", path=path, detail=error.strerror or str(error))


def _owner(path: str) -> str | None:
    """Return whose file it is where it isn't the user's own."""
    try:
        owner = os.stat(path).st_uid
    except OSError:
        return None
    if not hasattr(os, "geteuid") or owner == os.geteuid():
        return None

    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        return str(owner)


def unread_log(path: str) -> str | None:
    """Return the log beside the file at `path` in which something waits, else None."""
    real = os.path.realpath(path)
    for ending in LOGS:
        try:
            found = os.stat(real + ending)
        except OSError:
            continue
        if found.st_size > 0 or not stat.S_ISREG(found.st_mode):
            return real + ending
    return None


def check_new(path: str) -> None:
    """Raise what keeps a new file from being made at `path`: dangling-link, not-a-file, cannot-open, stray-log.

    A log of a file that isn't there any more would be taken for one of the new file.
    """
    try:
        found = os.stat(path)
    except FileNotFoundError as error:
        obstacle = missing(path, error)
        if obstacle.code != "database-missing":
            raise obstacle from error
    except OSError as error:
        raise Unusable("cannot-open", path=path, detail=error.strerror or str(error)) from error
    else:
        if not stat.S_ISREG(found.st_mode):
            raise not_a_file(path, found.st_mode)
    if not os.path.exists(path) and (log := unread_log(path)) is not None:
        raise Unusable("stray-log", path=path, log=log)
