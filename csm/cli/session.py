"""What one command runs with: file, language, user, the time it takes as now, and where its output goes.

Everything is worked out on first touch, so that a command pays only for what it uses. This is the one place where the
clock, the environment and the machine's own time zone are read.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from csm.domain.errors import Unusable, UsageFault
from csm.domain.time.instant import Zone, check_zone, proper_zone, utc_text
from csm.i18n import add_own, say
from csm.storage.house import settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from sqlite3 import Connection

    from csm.domain.settings import Policy
    from csm.domain.time.calendar import Calendar
    from csm.storage.file.database import Command, Database


# What zones are called by one system only (csm.domain.time.instant).
ALIASES = ("posix/", "right/", "localtime", "posixrules")


def warn(sentence: str) -> None:
    """Write a line to standard error, also where --quiet was typed."""
    with suppress(OSError):
        sys.stderr.write(sentence + "\n")


class Session:
    """One command's surroundings."""

    def __init__(self, argv: list[str]) -> None:
        self.argv = argv
        self.path: str | None = None
        self.user_given: str | None = None
        self.as_of: str | None = None
        self.no_color = False
        self.quiet = False
        # The setting that the command changes, so that the value it has needn't be readable.
        self.mends: str | None = None
        # What a command has to tell in addition to its result (`csm.services.work`).
        self.strangers: dict[str, list[str]] = {}
        self.passed_on: dict[str, str] = {}
        self.unexplained: dict[int, str] = {}
        self._database: Database | None = None
        self._zone: Zone | None = None
        self._now: datetime | None = None
        self._policy: Policy | None = None
        self._calendar: Calendar | None = None
        add_own("problem", self._own_problems)

    @property
    def database(self) -> Database:
        """Return the file of this command, not opened yet."""
        if self._database is None:
            # Here and below: help needs no SQLite, whose import takes a tenth of its time.
            from csm.storage.file.database import Database

            self._database = Database(
                self.database_path, zone=machine_zone, waiting=self._tell_waiting, prepare=_prepare
            )
        return self._database

    @property
    def database_path(self) -> str:
        """Return where the file of this command is, or will be."""
        return expanded(self.path or os.environ.get("CSM_DB") or default_path())

    def _tell_waiting(self) -> None:
        if not self.quiet:
            warn(say("waiting for another csm command to finish writing to {path} ...", path=self.database.path))

    @property
    def opened(self) -> bool:
        """Tell whether this command has a file that is there."""
        return self._database is not None and self._database.exists()

    @property
    def policy(self) -> Policy:
        """Return the settings in force; the defaults where there is no file yet."""
        if self._policy is None:
            from csm.domain.settings import Policy

            self._policy = Policy(settings.load(self.database.connection) if self.database.exists() else {})
        return self._policy

    def _own_problems(self) -> Mapping[str, str]:
        """Return the problems that the team of the file has added, with their Chinese names."""
        from csm.domain.complaint import problems

        return problems.own(self.policy.text(problems.KEY))

    def holds_setting(self, value: object) -> bool:
        """Tell whether a setting of the file that this command has read is `value`."""
        return self._policy is not None and self._policy.holds(value)

    @property
    def zone(self) -> Zone:
        """Return the time zone of the file; the machine's where there is no file yet."""
        if self._zone is None:
            here = machine_zone()
            name = self.policy.text("file.timezone") if self.database.exists() else here
            if name != here and not _is_named_zone(name):
                if self.mends != "file.timezone":
                    raise Unusable(
                        "unknown-file-zone", path=self.database.path, value=name, meant=_meant_zone(name, here)
                    )
                name = "UTC"
            self._zone = Zone(name, system=name == here)
        return self._zone

    @property
    def now(self) -> datetime:
        """Return the local time that the command takes as now, to the second."""
        if self._now is None:
            real = self.zone.to_local(datetime.now(UTC)).replace(microsecond=0)
            said = self.as_of or os.environ.get("CSM_NOW")
            if said:
                from csm.domain.time.when import read_moment

                moment = read_moment(said, real.replace(tzinfo=None), past=True, default_time=lambda day: self.opening)
                real = self.zone.local(self.zone.to_utc_text(moment))
            # Of an hour that comes twice it is the one it is, also where the offset is left off.
            self._now = real.replace(fold=self.zone.to_wall(real).fold)
        return self._now

    @property
    def today(self) -> date:
        """Return the local day of `now`."""
        return self.now.date()

    @property
    def now_text(self) -> str:
        """Return `now` as it is stored, UTC."""
        return utc_text(self.now)

    @property
    def calendar(self) -> Calendar:
        """Return the working calendar of the file."""
        if self._calendar is None:
            from csm.domain.time.calendar import Calendar, read_spans

            rows = settings.holidays(self.database.connection) if self.database.exists() else []
            self._calendar = Calendar(
                read_spans(self.policy.text("work.spans")),
                frozenset(date.fromisoformat(day) for day, kind, _ in rows if kind == "holiday"),
                frozenset(date.fromisoformat(day) for day, kind, _ in rows if kind == "workday"),
            )
        return self._calendar

    @property
    def opening(self) -> time:
        """Return when an ordinary working day starts."""
        from csm.domain.time.calendar import read_spans

        if self.mends == "work.spans":
            return time(0)
        starts = [spans[0][0] for spans in read_spans(self.policy.text("work.spans")).values() if spans]
        return time(*divmod(min(starts), 60)) if starts else time(0)

    @property
    def user(self) -> str:
        """Return the person written on every event: --user, else CSM_USER, else the login name."""
        said = self.user_given or os.environ.get("CSM_USER") or _login_name()
        return said if said.isascii() else os.fsencode(said).decode("utf-8", "replace")

    @property
    def command(self) -> Command:
        """Return who does what, when, for the kept changes."""
        from csm.storage.file.database import Command

        return Command(self.now_text, self.user, " ".join(["csm", *map(_quoted, self.argv)]))

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()


def _prepare(connection: Connection) -> None:
    """Bring the search keys up to date where they aren't, and let queries fold what they compare."""
    from csm.storage.file.database import has_keys

    connection.create_function("holds", 2, _holds, deterministic=True)
    if not has_keys(connection):
        from csm.services.customer.search_keys import bring_up_to_date

        bring_up_to_date(connection)


def _holds(cell: object, word: str) -> bool:
    from csm.domain.values.folding import holds

    return holds(str(cell), word)


def _quoted(word: str) -> str:
    if word and all(sign.isalnum() or sign in "-_./:=+@,%" for sign in word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"


def _login_name() -> str:
    for name in ("LOGNAME", "USER", "USERNAME"):
        if value := os.environ.get(name):
            return value
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return "unknown"


def expanded(path: str) -> str:
    """Return `path` with a leading ~ as the home folder it stands for."""
    return os.path.expanduser(path) if path.startswith("~") else path


def default_path() -> str:
    """Return where the file lives when nobody says: the user's data folder by the platform's convention."""
    if sys.platform == "linux":
        # platformdirs says the same and takes a third of a bare interpreter's start to import.
        base = os.environ.get("XDG_DATA_HOME", "")
        if not os.path.isabs(base):
            base = os.path.join(os.path.expanduser("~"), ".local", "share")
        return os.path.join(base, "csm", "csm.db")
    import platformdirs

    return os.path.join(platformdirs.user_data_dir("csm", appauthor=False), "csm.db")


def machine_zone() -> str:
    """Return the IANA name of the machine's time zone: TZ, else the system's, else UTC."""
    told = os.environ.get("TZ", "").removeprefix(":")
    told = told.partition("zoneinfo/")[2] or told
    if told.startswith(ALIASES):
        # A system's own names for a zone, and for that of the machine.
        told = _proper(told)
    if told and not os.path.isabs(told):
        if _is_zone(told):
            return told
        if (fixed := _fixed_zone(told)) is not None:
            return fixed
    try:
        target = os.path.realpath("/etc/localtime", strict=True)
    except OSError:
        return "UTC"
    _, found, name = target.partition("zoneinfo/")
    return _proper(name) or _zone_from_file() if found else _zone_from_file()


def _proper(name: str) -> str:
    return proper_zone(name) or ""


def _is_named_zone(name: str) -> bool:
    try:
        check_zone(name)
    except UsageFault:
        return False
    return True


def _meant_zone(name: str, here: str) -> str:
    """Return the name that a zone in a file was to have: its proper one, else the machine's own zone."""
    proper = _proper(name)
    return proper if proper and _is_named_zone(proper) else here


def _fixed_zone(told: str) -> str | None:
    """Return the zone that a TZ such as CST-8 means: hours west of Greenwich, as in the names Etc/GMT-8."""
    name = told.rstrip("0123456789")
    hours = told[len(name) :]
    sign = name[-1:] if name[-1:] in "+-" else "+"
    if not hours or len(hours) > 2 or int(hours) > 14 or not name.rstrip("+-").isalpha():
        return None
    return f"Etc/GMT{sign}{int(hours)}" if int(hours) else "UTC"


def _is_zone(name: str) -> bool:
    for folder in ("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"):
        if os.path.isfile(os.path.join(folder, name)):
            return True
    return _is_named_zone(name)


def _zone_from_file() -> str:
    try:
        with open("/etc/timezone", encoding="ascii") as file:
            name = _proper(file.read().strip())
    except (OSError, UnicodeDecodeError):
        return "UTC"
    return name if name and _is_zone(name) else "UTC"


def language(given: str | None) -> str:
    """Return "en" or "zh": --lang, else CSM_LANG, else the locale; anything unknown is English."""
    said = given or os.environ.get("CSM_LANG")
    if not said:
        said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "zh" if said.lower().startswith("zh") else "en"


def somebody_is_there() -> bool:
    """Tell whether questions would be seen and answered; they go to standard error."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr.isatty())


def typed(question: str) -> str | None:
    """Ask, and return the line without the blanks around it; None where the input ends."""
    sys.stderr.write(say("{name}: ", name=question))
    sys.stderr.flush()
    line = sys.stdin.readline()
    if line:
        return line.strip()
    sys.stderr.write("\n")
    return None
