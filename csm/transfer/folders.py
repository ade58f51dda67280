"""Writing a folder of files whole or not at all, and finding the files of one.

Owns the draft folder next to the target and its rename; what the files hold is the caller's.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from csm.domain.errors import CsmError, Unusable, UsageFault
from csm.transfer.writing import FULL, sync_folder

_ATTEMPTS: Final = 100


@contextmanager
def whole_folder(path: str) -> Iterator[str]:
    """Yield a new folder that stands at `path` when the block ends well, else nothing does; only its owner can read it.

    An empty folder may be there already. Raises folder-not-empty, cannot-open, disk-full.
    """
    target = os.path.realpath(os.path.expanduser(path))
    try:
        if os.path.lexists(target) and os.listdir(target):
            raise UsageFault("folder-not-empty", path=path)
        draft = _draft_beside(target)
        try:
            yield draft
            sync_folder(draft)
            if os.path.isdir(target):
                os.rmdir(target)  # not every system renames onto an empty folder
            os.rename(draft, target)
            sync_folder(os.path.dirname(target))
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    except OSError as fault:
        raise _named(fault, path) from fault


def seal(path: str) -> None:
    """Let only the owner read a file, and bring it to the disk."""
    os.chmod(path, 0o600)
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def files_in(path: str) -> list[str]:
    """Return the names of what is in a folder, hidden files left out, in alphabetical order; raise cannot-open."""
    try:
        return sorted(name for name in os.listdir(os.path.expanduser(path)) if not name.startswith("."))
    except OSError as fault:
        raise _named(fault, path) from fault


def _named(fault: OSError, path: str) -> CsmError:
    if fault.errno in FULL:
        return Unusable("disk-full", path=path)
    return Unusable("cannot-open", path=path, detail=fault.strerror or str(fault))


def _draft_beside(target: str) -> str:
    folder = os.path.dirname(target)
    for attempt in range(_ATTEMPTS):
        draft = os.path.join(folder, f".csm-{os.getpid()}-{attempt}.tmp")
        with suppress(FileExistsError):
            os.mkdir(draft, 0o700)
            return draft
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), draft)
