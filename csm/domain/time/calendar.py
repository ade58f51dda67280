"""Working time: the week's spans, holidays and extra working days, and what day work goes on.

Owns which days are worked and from when to when, by the wall clock of the file's zone. How long a clock of a case
runs is not decided here.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final

from csm.domain.errors import UsageFault
from csm.domain.time.numerals import fold
from csm.domain.time.when import WEEKDAYS
from csm.domain.value import Value

Span = tuple[int, int]
WorkWeek = dict[int, tuple[Span, ...]]

_DAY_MINUTES: Final = 24 * 60
_WEEK_DAYS: Final = 7
ROUND_THE_CLOCK: Final[WorkWeek] = dict.fromkeys(range(_WEEK_DAYS), ((0, _DAY_MINUTES),))
_DASHES: Final = {ord(sign): "-" for sign in "–—~至到"} | {ord("、"): ","}
_NAMES: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Ten years: no list of holidays is longer, so a search that goes on has no working day to find.
_FARTHEST: Final = 3700
_ONE_DAY: Final = timedelta(days=1)
# A time of day has no 24:00; the last second of the day stands for it.
_LAST_SECOND: Final = time(23, 59, 59)


def read_spans(text: str) -> WorkWeek:
    """Read a week of working spans as minutes of the day by weekday, 0 for Monday; days off have no entry.

    `mon-sat 09:00-12:00 13:00-18:00`, groups of days apart by `;`, `24/7` for round the clock, 周一-周六 too. Spans
    are sorted, touching ones joined. Raises unreadable-spans for overlapping, empty or reversed ones.
    source: handbook 6.5.
    """
    # Without regular expressions: compiling them takes longer than everything else about a week.
    folded = _folded(text).translate(_DASHES).replace(" -", "-").replace("- ", "-")
    if folded == "24/7":
        return dict(ROUND_THE_CLOCK)
    spans: dict[int, list[Span]] = {}
    for group in folded.split(";"):
        weekdays, hours = _group(group)
        if not weekdays or not hours:
            raise UsageFault("unreadable-spans", value=text)
        for weekday in weekdays:
            spans.setdefault(weekday, []).extend(hours)
    week = {weekday: _joined(spans[weekday]) for weekday in sorted(spans)}
    if not all(week.values()):
        raise UsageFault("unreadable-spans", value=text)
    return week


def _group(text: str) -> tuple[list[int], list[Span]]:
    """Return the weekdays and spans of one group; one of the two lists is empty where a word can't be read."""
    words = text.strip().replace(" ,", ",").replace(", ", ",").replace(",", " ").split(" ")
    days = [_weekdays(word) for word in words if ":" not in word]
    hours = [_span(word) for word in words[len(days) :]]
    if not all(days) or None in hours:
        return [], []
    return [weekday for run in days for weekday in run], [span for span in hours if span]


def _folded(text: str) -> str:
    """Return `text` in the one form that is read; what is stored has it already."""
    if text.isascii() and text == " ".join(text.lower().split()):
        return text

    return fold(text)


def _weekday(word: str) -> int | None:
    """Return the weekday that a word names, None where it names none."""
    if word in _NAMES:
        return _NAMES.index(word)

    return WEEKDAYS.get(word)


def _weekdays(word: str) -> list[int]:
    first, dash, last = word.partition("-")
    start, end = _weekday(first), _weekday(last if dash else first)
    if start is None or end is None:
        return []
    return [(start + step) % _WEEK_DAYS for step in range((end - start) % _WEEK_DAYS + 1)]


def _span(word: str) -> Span | None:
    first, dash, last = word.partition("-")
    start, end = _minute(first), _minute(last)
    return (start, end) if dash and start is not None and end is not None and start < end <= _DAY_MINUTES else None


def _minute(text: str) -> int | None:
    """Return the minute of the day that `9:30` or `09:30` says, None where it says none."""
    hour, _, minute = text.partition(":")
    plain = hour.isascii() and hour.isdecimal() and minute.isascii() and minute.isdecimal()
    if not plain or len(hour) > 2 or len(minute) != 2 or int(minute) > 59:
        return None
    return int(hour) * 60 + int(minute)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Return the spans in order, touching ones joined; nothing where two overlap."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            return ()
        if joined and start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def show_spans(week: WorkWeek) -> str:
    """Return the canonical text of a week: `mon-fri 09:00-18:00; sat 10:00-14:00`."""
    if week == ROUND_THE_CLOCK:
        return "24/7"
    groups: dict[tuple[Span, ...], list[int]] = {}
    for weekday in sorted(week):
        groups.setdefault(week[weekday], []).append(weekday)
    shown = (f"{_shown_days(days)} {' '.join(map(_shown_span, spans))}" for spans, days in groups.items())
    return "; ".join(shown)


def _shown_days(weekdays: list[int]) -> str:
    runs: list[list[int]] = []
    for weekday in weekdays:
        if runs and weekday == runs[-1][-1] + 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    return ",".join(_NAMES[run[0]] + (f"-{_NAMES[run[-1]]}" if len(run) > 1 else "") for run in runs)


def _shown_span(span: Span) -> str:
    start, end = span
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


class Calendar(Value):
    """The week's spans with the dated exceptions; a date in both lists is worked. source: handbook 6.5.

    An extra working day has the spans of its own weekday, else those of the first weekday that has any.
    """

    week: WorkWeek
    holidays: frozenset[date]
    workdays: frozenset[date]

    def spans(self, day: date) -> tuple[Span, ...]:
        """Return the working spans of `day` in minutes of the day, none for a day off."""
        own = self.week.get(day.weekday(), ())
        if day in self.workdays:
            return own or next((self.week[weekday] for weekday in sorted(self.week) if self.week[weekday]), ())
        return () if day in self.holidays else own

    def is_working_day(self, day: date) -> bool:
        """Tell whether there is work on `day`."""
        return bool(self.spans(day))

    def next_working_day(self, day: date, strictly: bool = False) -> date:
        """Return the first working day on or after `day`, with `strictly` after it.

        A calendar without a working day within 3,700 days gives `day` itself.
        """
        return self._search(day, _ONE_DAY, strictly)

    def add_working_days(self, day: date, n: int) -> date:
        """Return the `n`th working day after `day`, before it where `n` is negative; 0 is `day` itself.

        A day off as the start counts as nothing: from a Sunday, one working day on is Monday.
        """
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        for _ in range(abs(n)):
            day = self._search(day, step, True)
        return day

    def opening(self, day: date) -> time | None:
        """Return when work begins on `day`, None on a day off."""
        spans = self.spans(day)
        return time(*divmod(spans[0][0], 60)) if spans else None

    def closing(self, day: date) -> time | None:
        """Return when work ends on `day`, None on a day off; an end at 24:00 is 23:59:59."""
        spans = self.spans(day)
        if not spans:
            return None
        end = spans[-1][1]
        return _LAST_SECOND if end == _DAY_MINUTES else time(*divmod(end, 60))

    def _search(self, day: date, step: timedelta, strictly: bool) -> date:
        found = day + step if strictly else day
        for _ in range(_FARTHEST):
            if self.is_working_day(found):
                return found
            found += step
        return day
