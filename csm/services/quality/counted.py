"""What was counted of an open file, kept until the file is written to: several figures are made of the same counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from csm.storage.file.database import Database

T = TypeVar("T")

# Of each open file what was counted, and after how many changes.
_COUNTED: Final[WeakKeyDictionary[Database, tuple[int, dict[Hashable, Any]]]] = WeakKeyDictionary()


def once(database: Database, asked: Hashable, count: Callable[[], T]) -> T:
    """Return what `count` returns, which is called again only where the file was written to since; `asked` names it."""
    changes, counted = _COUNTED.get(database, (None, {}))
    if changes != database.connection.total_changes:
        counted = {}
        _COUNTED[database] = database.connection.total_changes, counted
    if asked not in counted:
        counted[asked] = count()
    found: T = counted[asked]
    return found
