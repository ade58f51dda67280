"""Making a new file with data in it: filled under another name, then put in its place whole.

Nothing of the data is decided here.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from csm.domain.errors import CannotOpen, FileExists
from csm.storage import schema
from csm.storage.database import Database


@contextmanager
def new_file(path: str, *, zone: str | None = None) -> Iterator[Database]:
    """Give an empty csm file, its time zone `zone`, that stands at `path` when the block ends well, else nothing does.

    While it is filled nothing waits for the disk; once it is full it is brought there before anybody sees it. Raises
    FileExists, CannotOpen.
    """
    if os.path.lexists(path):
        raise FileExists(path=path)
    folder = os.path.dirname(os.path.abspath(path))
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        workshop = tempfile.TemporaryDirectory(prefix=os.path.basename(path) + ".", suffix=".new", dir=folder)
    except OSError as error:
        raise CannotOpen(path=path, detail=error.strerror or str(error)) from error
    with workshop:
        made = os.path.join(workshop.name, "made.db")
        schema.make(made, zone)
        database = Database(made)
        try:
            database.connection.execute("PRAGMA synchronous = OFF")
            yield database
        finally:
            database.close()
        _sync(made)
        _put(made, path)


def _sync(path: str) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put(made: str, path: str) -> None:
    """Give the finished file its name, unless another has it by now: raise FileExists."""
    try:
        os.link(made, path)
    except FileExistsError as error:
        raise FileExists(path=path) from error
    except OSError as error:  # a file system without links
        if os.path.lexists(path):
            raise FileExists(path=path) from error
        os.rename(made, path)
