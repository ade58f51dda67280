"""Counting two periods at once: SQLite counts without holding Python's lock, so that two cores take half the time."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar, cast

from csm.domain.errors import CsmError

if TYPE_CHECKING:
    from csm.services.work import Work

T = TypeVar("T")

# Below that many bytes of a file a second connection costs more than it saves.
LARGE: Final = 64 * 1024 * 1024


def both(work: Work, first: Callable[[Work], T], second: Callable[[Work], T]) -> tuple[T, T]:
    """Return what two functions count, which only read; on a large file at once, each with a connection of its own."""
    connection, path = work.database.connection, work.database.path
    if connection.in_transaction or os.path.getsize(path) < LARGE:
        return first(work), second(work)
    import sqlite3
    from threading import Thread

    other = _Other(work)
    found: list[T] = []

    def count() -> None:
        # What the file refuses here is tried again where it can be told.
        with suppress(CsmError, sqlite3.Error, OSError):
            found.append(second(cast("Work", other)))
        other.database.close()

    beside = Thread(target=count, daemon=True)
    beside.start()
    mine = first(work)
    beside.join()
    return mine, found[0] if found else second(work)


class _Other:
    """The surroundings of an intention with another connection to the file."""

    def __init__(self, work: Work) -> None:
        from csm.storage.file.database import Database

        # Read here, as these come from the other connection.
        self.policy, self.zone = work.policy, work.zone
        self.now, self.now_text, self.today = work.now, work.now_text, work.today
        self.command, self.user, self.calendar = work.command, work.user, work.calendar
        self.database = Database(work.database.path)
