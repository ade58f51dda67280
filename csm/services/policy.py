"""Changing the settings and the holidays of a file; each change is one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from csm.domain import settings
from csm.storage import settings as stored

if TYPE_CHECKING:
    from csm.services.work import Work


def change(work: Work, key: str, value: str) -> str:
    """Set a setting; return its canonical value. Raises UnknownSetting and what its check raises."""
    checked = settings.find(key).check(value)
    with work.database.writing(work.command, make=True) as connection:
        stored.store(connection, key, checked)
    return checked


def reset(work: Work, key: str) -> str:
    """Take a setting back to its default; return that. The zone of the file goes back to UTC."""
    default = settings.find(key).default
    with work.database.writing(work.command) as connection:
        stored.remove(connection, key)
    return default


class Holidays(NamedTuple):
    """How many dated exceptions a file held and how many of them were new or different."""

    read: int
    changed: int


def import_holidays(work: Work, days: Iterable[tuple[str, str, str | None]]) -> Holidays:
    """Store dated holidays and extra working days, (date, kind, name); all or nothing."""
    rows = list(days)
    with work.database.writing(work.command, make=True) as connection:
        before = set(stored.holidays(connection))
        stored.store_holidays(connection, rows)
        after = set(stored.holidays(connection))
    return Holidays(len(rows), len(after - before))
