"""Instants: the UTC text of the file, and the wall clock of the file's time zone.

Owns the way from `2026-11-21T07:30:00Z` to local time and back. Seconds are the smallest unit. It never asks what
time it is, and reads nothing that a person typed (that is `when`).
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from csm.domain.errors import UsageFault

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WALL_EPOCH = datetime(1970, 1, 1)
_SECOND = timedelta(seconds=1)
_DAY = 86_400
# Debian keeps these beside the zones; `right/` counts leap seconds, the others aren't names anybody else knows.
_FOLDERS = ("posix/", "right/")
_NO_ZONES = (*_FOLDERS, "localtime", "posixrules")


def utc_text(moment: datetime) -> str:
    """Return the aware `moment` as UTC text, `2026-11-21T07:30:00Z`; raise ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def parse_utc(text: str) -> datetime:
    """Return the aware UTC datetime of a stored instant; raise ValueError for anything that isn't ISO 8601.

    A text without any offset is UTC, as SQLite's own `datetime('now')` writes it.
    """
    moment = datetime.fromisoformat(text)
    if moment.microsecond:
        moment = moment.replace(microsecond=0)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def check_zone(name: str) -> str:
    """Return `name` if it is an IANA time zone; raise unknown-time-zone."""
    _rules(name)
    return name


def proper_zone(name: str) -> str | None:
    """Return the name under which everybody knows a zone that one system keeps in a folder of its own, else None."""
    while name.startswith(_FOLDERS):
        name = name.partition("/")[2]
    return None if not name or name.startswith(_NO_ZONES) else name


def _rules(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        if not name.startswith(_NO_ZONES):
            return ZoneInfo(name)
    # A folder of the zone database is an OSError, a path out of it and a file without zone data a ValueError.
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise UsageFault("unknown-time-zone", value=name)


class Zone:
    """A time zone by its IANA name; source: handbook 6.5.

    With `system`, the caller vouches that the zone is the running system's own: conversions then ask the C library
    and the zone database is never loaded. An unknown name raises unknown-time-zone at the first conversion.
    """

    __slots__ = ("_fixed", "_zone", "name", "system")

    def __init__(self, name: str, system: bool = False) -> None:
        self.name = name
        self.system = system
        self._zone: tzinfo | None = None
        self._fixed: dict[int, timezone] = {}

    def local(self, utc_text: str) -> datetime:
        """Return the stored instant `utc_text` on the wall clock of the zone, aware with a fixed offset."""
        return self.to_local(parse_utc(utc_text))

    def to_local(self, moment: datetime) -> datetime:
        """Return the aware `moment` on the wall clock of the zone, aware with a fixed offset."""
        offset = self._offset((moment - _EPOCH) // _SECOND)
        fixed = self._fixed.get(offset)
        if fixed is None:
            fixed = self._fixed[offset] = timezone(timedelta(seconds=offset))
        return moment.astimezone(fixed)

    def to_utc_text(self, local_naive: datetime) -> str:
        """Return the instant of a wall time as UTC text.

        A wall time that comes twice is its first, with `fold=1` its second; one that is skipped moves forward by
        what was skipped. An aware datetime already is an instant and is only rewritten.
        """
        if local_naive.tzinfo is not None:
            return utc_text(local_naive)
        return utc_text(_EPOCH + timedelta(seconds=self.epoch(local_naive)))

    def iso(self, utc_text: str) -> str:
        """Return the stored instant as ISO 8601 with the offset of the zone, `2026-11-21T15:30:00+08:00`."""
        return self.local(utc_text).isoformat(timespec="seconds")

    def epoch(self, wall: datetime) -> int:
        """Return the instant of a naive wall time in seconds since 1970, skipped and repeated ones as to_utc_text."""
        # The instant lies within a day of the wall time taken as UTC, so the offsets a day before and after are
        # those on either side of a clock change, if there is one.
        flat = (wall.replace(tzinfo=UTC) - _EPOCH) // _SECOND
        offsets = {self._offset(flat - _DAY), self._offset(flat + _DAY)}
        found = sorted(flat - offset for offset in offsets if self._offset(flat - offset) == offset)
        if not found:
            return flat - min(offsets)
        return found[-1] if wall.fold else found[0]

    def wall(self, epoch: int) -> datetime:
        """Return the naive wall time at an instant in seconds since 1970; one that comes twice doesn't say which."""
        return _WALL_EPOCH + timedelta(seconds=epoch + self._offset(epoch))

    def to_wall(self, moment: datetime) -> datetime:
        """Return the aware `moment` as a naive wall time that `to_utc_text` takes back, `fold` where it comes twice."""
        epoch = (moment - _EPOCH) // _SECOND
        wall = self.wall(epoch)
        return wall if self.epoch(wall) == epoch else wall.replace(fold=1)

    def _offset(self, epoch: int) -> int:
        if self.system:
            try:
                return time.localtime(epoch).tm_gmtoff
            except OSError:  # Windows has no local time before 1970
                return time.localtime(0).tm_gmtoff
        if self._zone is None:
            self._zone = _rules(self.name)
        offset = (_EPOCH + timedelta(seconds=epoch)).astimezone(self._zone).utcoffset()
        return 0 if offset is None else offset // _SECOND
