"""Making a new file with data in it: filled under another name, then put in its place whole.

Nothing of the data is decided here.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from csm.domain.errors import CsmError, FileExists, Unusable
from csm.storage.file import schema
from csm.storage.file.database import Database
from csm.storage.file.folders import sync_folder, turn
from csm.storage.file.obstacles import check_new

# The folder beside the file in which it is made, and what can be in it.
WORKSHOP = ".csm-new"
MADE = "made.db"


@contextmanager
def new_file(
    path: str,
    *,
    zone: Callable[[], str] | str | None = None,
    wait: float = 60.0,
    waiting: Callable[[], None] | None = None,
) -> Iterator[Database]:
    """Give an empty csm file, its time zone `zone`, that stands at `path` when the block ends well, else nothing does.

    While it is filled nothing waits for the disk; once it is full it is brought there before anybody sees it. Whoever
    makes a file in the same folder is waited for, `wait` seconds at most. Raises file-exists, database-locked,
    stray-log, cannot-open, and what else `check_new` raises.
    """
    check_new(path)
    folder = os.path.dirname(os.path.abspath(path))
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
    except OSError as error:
        raise Unusable("cannot-open", path=path, detail=error.strerror or str(error)) from error
    with turn(folder, path, wait, waiting):
        check_new(path)
        if os.path.lexists(path):
            raise FileExists(path=path)
        workshop = path + WORKSHOP
        clear(workshop)
        try:
            os.mkdir(workshop, mode=0o700)
        except OSError as error:
            raise Unusable("cannot-open", path=path, detail=error.strerror or str(error)) from error
        try:
            yield from _filled(path, os.path.join(workshop, MADE), zone() if callable(zone) else zone)
        finally:
            clear(workshop)


def _filled(path: str, made: str, zone: str | None) -> Iterator[Database]:
    schema.make(made, zone)
    database = Database(made)
    try:
        database.connection.execute("PRAGMA synchronous = OFF")
        yield database
    finally:
        database.close()
    _sync(made)
    check_new(path)
    _put(made, path)
    sync_folder(os.path.dirname(os.path.abspath(path)))


def clear(workshop: str) -> None:
    """Remove what a process that was killed has left of making a file; raise file-in-the-way for what isn't ours."""
    try:
        names = os.listdir(workshop)
    except FileNotFoundError:
        return
    except OSError as error:
        raise Unusable("file-in-the-way", path=workshop) from error
    if any(not name.startswith(MADE) for name in names):
        raise Unusable("file-in-the-way", path=workshop)
    shutil.rmtree(workshop, ignore_errors=True)


def clear_if_left(path: str) -> None:
    """Remove the workshop of `path` unless somebody is at work in it."""
    with suppress(CsmError, OSError), turn(os.path.dirname(os.path.abspath(path)), path, 0, None, must=True):
        clear(path + WORKSHOP)


def _sync(path: str) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put(made: str, path: str) -> None:
    """Give the finished file its name, unless another has it by now: raise file-exists."""
    try:
        os.link(made, path)
    except FileExistsError as error:
        raise FileExists(path=path) from error
    except OSError as error:  # a file system without links
        if os.path.lexists(path):
            raise FileExists(path=path) from error
        os.rename(made, path)
