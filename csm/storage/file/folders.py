"""Folders as the disk knows them: one at a time makes a file in one, and a new name in it is brought to the disk."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from csm.domain.errors import Unusable
from csm.storage.file.database import SILENT_SECONDS

_PAUSE = 0.02


@contextmanager
def turn(
    folder: str, path: str, wait: float, waiting: Callable[[], None] | None, *, must: bool = False
) -> Iterator[None]:
    """Let only one process at a time make files in `folder`; raise database-locked where `path` waits in vain.

    The lock is that of the folder itself: it ends with its process, however that ends. Where a folder can't be locked
    everybody goes on at once, unless they `must` have the lock.
    """
    try:
        import fcntl

        descriptor = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        if must:
            raise
        yield
        return
    try:
        _lock(fcntl, descriptor, path, wait, waiting, must=must)
        yield
    finally:
        os.close(descriptor)


def _lock(
    fcntl: object, descriptor: int, path: str, wait: float, waiting: Callable[[], None] | None, *, must: bool
) -> None:
    import errno

    started, told = time.monotonic(), False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[attr-defined]
            return
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                if must:
                    raise
                return
        waited = time.monotonic() - started
        if waited >= wait:
            raise Unusable("database-locked", path=path, detail="")
        if waited >= SILENT_SECONDS and not told and waiting is not None:
            told = True
            waiting()
        time.sleep(_PAUSE)


def sync_folder(folder: str) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
