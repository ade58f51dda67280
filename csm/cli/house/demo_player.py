"""Playing a text of csm command lines through the ordinary parser, each at its own moment of the past, in one file.

The text is read from top to bottom:

    # a comment
    @ -29                           the 29th working day before today; 0 is today, worked or not
    @ 09:40 Chen Lan                the person who acts from here on, and the time; by default their next free minute
    late = complaint open "River Gym" "the water came late" --sale {towels} \\
        --live                      a command as it is typed, without `csm`; its record is {late} from here on
    + customer note "River Gym" ... another command of the same minute
    ~ customer edit "River Gym" ... the same, and its days may lie between that minute and today

Braces hold what is only known when the line is played: {late} is the reference of the record of that name, "{late
callback}" the open satisfaction callback of that complaint, "{towels usage}" the open after-sale callback of that
step; {-4} is a working day and {-20d} a calendar day, both counted from {today}, "{-4 12:00}" a time, "{+2d 1964}" a
birthday, {zone} the name of the time zone. Two words are no commands, `sales` and `cash`: see
`csm.cli.house.demo_sales`.
"""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from csm.cli.app import INDEX, check
from csm.cli.grammar import make_root
from csm.cli.session import Session
from csm.domain.kinds import PREFIXES
from csm.services.work import Work
from csm.storage.callback.rows import of_sale
from csm.storage.complaint.rows import satisfaction_callbacks
from csm.storage.file.database import Database

# Minutes of work between two lines of one person on one day: uneven, as calls are.
STEPS: Final = (14, 23, 31, 12, 38, 19, 27)
MORNING: Final = 9 * 60
LUNCH: Final = (12 * 60, 60)
LAST_MINUTE: Final = 17 * 60 + 55

_NAMED: Final = re.compile(r"([a-z][a-z0-9-]*) = (.*)", re.DOTALL)
_BRACES: Final = re.compile(r"\{([^{}]+)\}")
_DAY: Final = re.compile(r"[+-]?[0-9]+(d?)")
_CLOCK: Final = re.compile(r"[0-9]{2}:[0-9]{2}")

# Marks at the start of a line: a command of the same minute, and one whose days may lie after that minute.
SAME_MINUTE: Final = "+"
FORESEEN: Final = "~"
MARKS: Final = (SAME_MINUTE, FORESEEN)

Record = dict[str, Any]


class LineSession(Session):
    """The session of one line: the open file, a time of the past, and a user of its own."""

    def __init__(self, outer: Work, database: Database, now: str, today: date, user: str, words: Sequence[str]) -> None:
        super().__init__(list(words))
        self.quiet = True
        self._database = database
        self._zone, self._policy, self._calendar = outer.zone, outer.policy, outer.calendar
        self._now, self._today, self._user = outer.zone.local(now), today, user

    @property
    def today(self) -> date:
        """Return the day after which a day is refused as lying in the future."""
        return self._today

    @property
    def user(self) -> str:
        """Return the person who acts."""
        return self._user


class Player:
    """Plays lines into an open file.

    verbs: the words of the text that are no commands, each with the function called with the words after it.
    records: what the named lines made. user: the person of the last heading.
    """

    def __init__(self, outer: Work, database: Database) -> None:
        self.verbs: dict[str, Callable[[Sequence[str]], None]] = {}
        self.records: dict[str, list[Record]] = {}
        self.user = ""
        self._outer = outer
        self._database = database
        self._root = make_root("csm", _take_in, (), INDEX, check)
        self._refs: dict[str, str] = {}
        self._ago = 0
        self._clock: time | None = None
        self._moment = ""
        self._days: dict[int, date] = {}
        self._minutes: dict[tuple[str, int], int] = {}

    # --- days and moments -------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The day from which days are counted."""
        return self._outer.today

    @property
    def played_day(self) -> date:
        """The day of the last heading."""
        return self.day(-self._ago)

    def day(self, offset: int) -> date:
        """Return the working day so many working days from today; 0 is today itself, worked or not."""
        found = self._days.get(offset)
        if found is None:
            found = self._days[offset] = self._outer.calendar.add_working_days(self.today, offset)
        return found

    def worked(self, day: date) -> date:
        """Return a day if it is a working day, else the last one before it."""
        calendar = self._outer.calendar
        return day if calendar.is_working_day(day) else calendar.add_working_days(day, -1)

    def _free_time(self, user: str) -> time:
        key = user, self._ago
        passed = self._minutes.get(key, 0)
        self._minutes[key] = passed + STEPS[(passed + self._ago) % len(STEPS)]
        minute = MORNING + self._minutes[key]
        if minute >= LUNCH[0]:
            minute += LUNCH[1]
        return time(*divmod(min(minute, LAST_MINUTE), 60))

    # --- lines ------------------------------------------------------------------------------------------------------

    def play(self, text: str) -> None:
        """Play every line of a text; an error names the line in a note."""
        for number, line in _lines(text):
            try:
                self._play_line(line)
            except Exception as error:
                error.add_note(f"line {number} of the text: {line}")
                raise

    def _play_line(self, line: str) -> None:
        mark, _, rest = line.partition(" ")
        if mark == "@":
            self._turn_to(rest.split())
            return
        mark, rest = (mark, rest) if mark in MARKS else ("", line)
        found = _NAMED.fullmatch(rest)
        name, command = found.groups() if found else ("", rest)
        words = [_BRACES.sub(self._meaning, word) for word in shlex.split(command)]
        if words[0] in self.verbs:
            self.verbs[words[0]](words[1:])
        elif name:
            self.remember(name, self.made(words, mark=mark), _kind(words))
        else:
            self.run(words, mark=mark)

    def remember(self, name: str, found: list[Record], kind: str) -> None:
        """Keep records under a name of the text; `kind` is theirs."""
        self.records[name] = found
        self._refs[name] = _ref(kind, found)

    def _turn_to(self, words: list[str]) -> None:
        """Move to the day, the time and the person of a heading; each can be left out."""
        if _DAY.fullmatch(words[0]):
            self._ago = -int(words.pop(0))
        self._clock = time.fromisoformat(words.pop(0)) if words and _CLOCK.fullmatch(words[0]) else None
        self.user = " ".join(words) or self.user

    def _meaning(self, found: re.Match[str]) -> str:
        """Return the value of a pair of braces."""
        first, _, rest = found[1].partition(" ")
        if first == "zone":
            return self._outer.zone.name
        first = "0" if first == "today" else first
        if (counted := _DAY.fullmatch(first)) is None:
            return self._callback(first, rest) if rest else self._refs[first]
        if not counted[1]:
            return f"{self.day(int(first))} {rest}".rstrip()
        day = self.today + timedelta(days=int(first[:-1]))
        return f"{rest}-{day:%m-%d}" if rest else str(day)

    def _callback(self, name: str, which: str) -> str:
        [record, *_] = self.records[name]
        connection = self._database.connection
        if which == "callback":
            return f"cb{satisfaction_callbacks(connection, record['id'])[0]['id']}"
        planned = of_sale(connection, record["id"])
        [row] = [row for row in planned if row["after_sale"] == which and row["status"] == "open"]
        return f"cb{row['id']}"

    # --- commands ---------------------------------------------------------------------------------------------------

    def run(
        self, words: Sequence[str], user: str | None = None, *, mark: str = "", title: Sequence[str] | None = None
    ) -> str:
        """Run a command and return its output; `title` replaces its words in the history of changes."""
        who = user or self.user
        if mark not in MARKS:
            moment = datetime.combine(self.played_day, self._clock or self._free_time(who))
            self._moment = self._outer.zone.to_utc_text(moment)
        today = self.today if mark == FORESEEN else self.played_day
        session = LineSession(self._outer, self._database, self._moment, today, who, title or words)
        with redirect_stdout(io.StringIO()) as printed, redirect_stderr(io.StringIO()):
            context = self._root.make_context("csm", list(words), obj=session)
            with context:
                self._root.invoke(context)
        return printed.getvalue()

    def made(self, words: Sequence[str], user: str | None = None, *, mark: str = "") -> list[Record]:
        """Run a command and return the records that it prints as json, amounts as texts."""
        printed = self.run([*words, "-f", "json"], user, mark=mark, title=words)
        found = json.loads(printed, parse_float=str)
        return found if isinstance(found, list) else [found]


def _take_in(_: object, **options: object) -> None:
    """Ignore the global options: each line has a session of its own."""


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each line; one that ends in a backslash is joined with the next one."""
    begun = ""
    for number, line in enumerate(text.splitlines(), 1):
        whole = begun + line.strip()
        if whole.endswith("\\"):
            begun = whole[:-1]
        elif whole and not whole.startswith("#"):
            yield number, whole
            begun = ""


def _kind(words: Sequence[str]) -> str:
    """Return the kind of record that a command makes, such as note for `customer note`."""
    return words[1] if words[1] in PREFIXES else words[0]


def _ref(kind: str, found: Sequence[Mapping[str, Any]]) -> str:
    """Return the reference that a command takes for these records: the bill of several sales, else kind and id."""
    if len(found) > 1:
        return str(found[0]["bill"])
    return f"{PREFIXES.get(kind, '')}{found[0]['id']}"
