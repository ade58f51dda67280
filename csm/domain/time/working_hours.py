"""Working hours on the clock: how long a clock of a case has run, and when it runs out.

Owns the step from wall-clock spans to instants: seconds of work between two of them, deadlines in working hours,
working days and calendar days, and the targets that say so. Which days are worked is `worktime`'s, the way to and
from local time `instant`'s. An instant here is whole seconds since 1970, so that sixty thousand deadlines are sums.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from csm.domain.errors import UsageFault
from csm.domain.time.instant import parse_utc
from csm.domain.value import Value

if TYPE_CHECKING:
    from csm.domain.time.calendar import Calendar
    from csm.domain.time.instant import Zone

_HOUR: Final = 3600
_DAY: Final = 86_400
_WEEK_DAYS: Final = 7
_SECOND: Final = timedelta(seconds=1)
_EPOCH: Final = datetime(1970, 1, 1)
_EPOCH_DAY: Final = _EPOCH.toordinal()
# Days are laid out as they are asked for, a few at a time: a short command needs no more.
_CHUNK: Final = 10
# Ten years, as in `worktime`: a search that goes on has no working day to find.
_FARTHEST: Final = 3700 * _DAY
# Nobody's cases lie further apart; an instant beyond starts anew instead of laying out everything in between.
_CENTURY: Final = 36_525
# A clock change can be looked for around each of these days.
_FIRST_DAY: Final = date.min.toordinal() + 3
_LAST_DAY: Final = date.max.toordinal() - 3


def epoch(utc_text: str) -> int:
    """Return the stored instant `2026-11-21T07:30:00Z` in seconds since 1970; raise ValueError as parse_utc."""
    return int(parse_utc(utc_text).timestamp())


def utc(moment: int) -> str:
    """Return seconds since 1970 as the text of a stored instant, `2026-11-21T07:30:00Z`."""
    return (_EPOCH + timedelta(0, moment)).isoformat() + "Z"


def _ordinal(moment: int) -> int:
    """Return the UTC day of an instant, the local one within a day; never one that is too near the ends of time."""
    return min(max(_EPOCH_DAY + moment // _DAY, _FIRST_DAY + 1), _LAST_DAY - 1)


class WorkingHours:
    """The working time of a calendar in a zone, as instants; source: handbook 6.5.

    Spans are closed at both ends: the second at which one ends still counts as inside. An end at 24:00 is the last
    instant of its day, unless work goes on there. Edges of spans follow the zone over a clock change: a skipped one
    moves forward, a repeated one is its first. A calendar without work for 3,700 days gives the instant itself.
    """

    __slots__ = (
        "_base", "_calendar", "_closes", "_day_closes", "_ends", "_first", "_high", "_last", "_low", "_midnights",
        "_odd", "_opens", "_span_days", "_work", "_zone",
    )  # fmt: skip

    def __init__(self, calendar: Calendar, zone: Zone) -> None:
        self._calendar = calendar
        self._zone = zone
        self._start_over(0)

    def _start_over(self, ordinal: int) -> None:
        # The days laid out, by ordinal without the last, and the instants at their ends.
        self._first = self._last = ordinal
        self._low, self._high = 1, 0
        self._midnights: list[int] = []
        # Days of other than 24 hours: only these need to ask the zone for a time of day.
        self._odd: set[int] = set()
        # By span: when it opens and closes, its day, the seconds of work up to its end, counted from anywhere.
        self._opens: list[int] = []
        self._closes: list[int] = []
        self._span_days: list[int] = []
        self._ends: list[int] = []
        self._base = 0
        # By working day: the day, and when it closes.
        self._work: list[int] = []
        self._day_closes: list[int] = []

    def start(self, moment: int) -> int:
        """Return `moment` itself within working time, else the next opening."""
        span = self._span(moment)
        return moment if span < 0 else max(moment, self._opens[span])

    def add(self, moment: int, seconds: int) -> int:
        """Return the instant `seconds` of work later; one reached as a span ends stays there. 0 is the start."""
        span = self._span(moment)
        if span < 0:
            return moment
        opening = self._opens[span]
        begun = moment if moment > opening else opening
        if seconds <= 0:
            return begun
        ends, closes = self._ends, self._closes
        goal = ends[span] - closes[span] + begun + seconds
        while goal > ends[-1]:
            if not self._grow(moment):
                return moment
        span = bisect_left(ends, goal)
        return closes[span] - ends[span] + goal

    def between(self, first: int, last: int) -> int:
        """Return the seconds of work that elapse from `first` to `last`, 0 where `last` isn't later."""
        if last <= first:
            return 0
        if not self._low <= first < self._high:
            self._cover(first)
        if last >= self._high:
            self._reach(_ordinal(last))
        return self._worked(last) - self._worked(first)

    def add_days(self, moment: int, days: int) -> int:
        """Return the same time of day `days` working days after that of the start; 0 is the start.

        Where that day has no such working hour, it is the next opening, on that day or a later one.
        """
        span = self._begin(moment)
        if span < 0:
            return moment
        begun = max(moment, self._opens[span])
        if days <= 0:
            return begun
        own = self._span_days[span]
        index = self._days_later(own, days, moment)
        if index < 0:
            return moment
        day = self._work[index]
        if own in self._odd:
            second = (self._zone.wall(begun) - datetime.fromordinal(own)) // _SECOND
        else:
            second = begun - self._midnights[own - self._first]
        if day in self._odd:
            reached = self._zone.epoch(datetime.fromordinal(day) + timedelta(seconds=second))
        else:
            reached = self._midnights[day - self._first] + second
        span = self._span(reached)
        if span >= 0 and self._span_days[span] < day:  # midnight, the end of the day before: not an hour of this one
            span = self._span(reached + 1)
        return moment if span < 0 else max(reached, self._opens[span])

    def closing(self, moment: int) -> int:
        """Return the end of the working day of `moment`, of the next one from that end on and on a day off."""
        span = self._span(moment + 1)
        if span < 0:
            return moment
        return self._day_closes[bisect_right(self._day_closes, moment)]

    def closing_later(self, moment: int, days: int) -> int:
        """Return the end of the working day `days` working days after that of the start; 0 is the start's own."""
        span = self._begin(moment)
        index = -1 if span < 0 else self._days_later(self._span_days[span], days, moment)
        return moment if index < 0 else self._day_closes[index]

    def day(self, moment: int) -> str:
        """Return the local date of `moment`, `2026-11-21`."""
        if not self._low <= moment < self._high:
            self._cover(moment)
        ordinal = self._first + bisect_right(self._midnights, moment) - 1
        if ordinal in self._odd or not self._low <= moment < self._high:
            return self._zone.wall(moment).date().isoformat()
        return date.fromordinal(ordinal).isoformat()

    def _span(self, moment: int) -> int:
        """Return the index of the first span that ends at `moment` or later, -1 where there is none."""
        if not self._low <= moment < self._high:
            self._cover(moment)
        while (span := bisect_left(self._closes, moment)) == len(self._closes):
            if not self._grow(moment):
                return -1
        return span

    def _begin(self, moment: int) -> int:
        """Return the span in which work on `moment` starts: of two that touch at midnight, the one that opens."""
        span = self._span(moment)
        if span >= 0 and self._closes[span] == moment:
            following = self._span(moment + 1)
            if following >= 0 and self._opens[following] == moment:
                return following
        return span

    def _days_later(self, ordinal: int, days: int, moment: int) -> int:
        """Return the index of the working day `days` working days after a day, -1 where there is none."""
        index = bisect_right(self._work, ordinal) + days - 1
        while index >= len(self._work):
            if not self._grow(moment):
                return -1
        return index

    def _worked(self, moment: int) -> int:
        span = bisect_left(self._closes, moment)
        if span == len(self._closes):
            return self._ends[-1] if self._ends else self._base
        return self._ends[span] - self._closes[span] + max(moment, self._opens[span])

    def _cover(self, moment: int) -> None:
        """Lay out the days around `moment`, and those between it and what is there already."""
        ordinal = _ordinal(moment)
        if not self._midnights or not self._first - _CENTURY < ordinal < self._last + _CENTURY:
            self._start_over(ordinal - 1)
        if ordinal <= self._first:
            self._lay_out(max(ordinal - _CHUNK, _FIRST_DAY), self._first)
        self._reach(ordinal)

    def _reach(self, ordinal: int) -> None:
        # The local day can be the next one, and begin twice where a clock goes back over midnight.
        if ordinal + 2 >= self._last:
            self._lay_out(self._last, min(ordinal + _CHUNK, _LAST_DAY))

    def _grow(self, moment: int) -> bool:
        """Lay out further days; False when there was no work for too long, from `moment` or the last work on."""
        since = max(moment, self._closes[-1]) if self._closes else moment
        if self._last >= _LAST_DAY or self._high - since > _FARTHEST:
            return False
        self._lay_out(self._last, min(self._last + _CHUNK, _LAST_DAY))
        return True

    def _lay_out(self, first: int, last: int) -> None:
        """Lay out the days from `first` to before `last`, which end where the known ones begin or the reverse."""
        if first >= last:
            return
        zone, spans_of = self._zone, self._calendar.spans
        midnights: list[int] = []
        opens: list[int] = []
        closes: list[int] = []
        span_days: list[int] = []
        work: list[int] = []
        day_closes: list[int] = []
        ends: list[int] = []
        worked = 0
        low = midnight = zone.epoch(datetime.fromordinal(first))
        for ordinal in range(first, last):
            following = midnight + _DAY
            tomorrow = datetime.fromordinal(ordinal + 1)
            if zone.wall(following) != tomorrow:
                following = zone.epoch(tomorrow)
            odd = following - midnight != _DAY
            if odd:
                self._odd.add(ordinal)
            midnights.append(midnight)
            edge = midnight
            for start, end in spans_of(date.fromordinal(ordinal)):
                opening, closing = midnight + start * 60, midnight + end * 60
                if odd:
                    today = datetime.fromordinal(ordinal)
                    # Hours that were skipped can reach into those after them, and a whole day can be missing.
                    opening = max(zone.epoch(today + timedelta(minutes=start)), edge)
                    closing = min(zone.epoch(today + timedelta(minutes=end)), following)
                    if closing <= opening:
                        continue
                edge = closing
                worked += closing - opening
                opens.append(opening)
                closes.append(closing)
                span_days.append(ordinal)
                ends.append(worked)
            if span_days and span_days[-1] == ordinal:
                work.append(ordinal)
                day_closes.append(edge)
            midnight = following
        if not self._midnights:
            self._low = low
        onward = first == self._last
        if onward:
            before = self._ends[-1] if self._ends else self._base
            self._last, self._high = last, midnight
        else:
            before = self._base = self._base - worked
            self._first, self._low = first, low
        for known, more in (
            (self._midnights, midnights), (self._opens, opens), (self._closes, closes), (self._work, work),
            (self._span_days, span_days), (self._day_closes, day_closes), (self._ends, [before + end for end in ends]),
        ):  # fmt: skip
            place = len(known) if onward else 0
            known[place:place] = more


class Target(Value):
    """When a clock has to be met: h working hours, d working days, cd calendar days, w calendar weeks.

    `end` is the end of the `number`th working day after the day of the start. source: handbook 6.5.
    """

    number: int
    unit: str


_UNITS: Final = {"小时": "h", "工作日": "d", "天": "cd", "自然日": "cd", "周": "w", "星期": "w"}


def read_target(text: str) -> Target:
    """Read 8h, 3d, 15cd, 8w, end of 3d, 8小时, 3个工作日, 15天, 8周, 第3个工作日结束; raise unreadable-target."""
    from csm.domain.time.when import NUMBER, fold, number

    folded = fold(text)
    ended = re.fullmatch(f"end of {NUMBER} ?d", folded) or re.fullmatch(f"第 ?{NUMBER} ?个? ?工作日 ?结束", folded)
    plain = re.fullmatch(f"{NUMBER} ?(h|d|cd|w|天|个? ?(?:小时|工作日|自然日|周|星期))", folded)
    found = ended or plain
    if found is None:
        raise UsageFault("unreadable-target", value=text)
    word = "end" if plain is None else plain[2].removeprefix("个").strip()
    try:
        target = Target(number(found[1]), _UNITS.get(word, word))
    except ValueError as error:
        raise UsageFault("unreadable-target", value=text) from error
    if target.number < 1:
        raise UsageFault("unreadable-target", value=text)
    return target


def show_target(target: Target) -> str:
    """Return the canonical text of a target: `8h`, `end of 3d`."""
    return f"end of {target.number}d" if target.unit == "end" else f"{target.number}{target.unit}"


def due(start: int, target: Target, hours: WorkingHours, always: WorkingHours, waited: int = 0) -> int:
    """Return when a clock that starts at `start` reaches its target, `waited` seconds of its own time later.

    `always` is round the clock in the same zone: calendar days and weeks run there. source: handbook 6.5.
    """
    unit, number = target.unit, target.number
    if unit == "h":
        return hours.add(start, number * _HOUR + max(waited, 0))
    if unit == "d":
        reached = hours.add_days(start, number)
    elif unit == "end":
        reached = hours.closing_later(start, number)
    else:
        hours = always
        reached = always.add_days(start, number * _WEEK_DAYS if unit == "w" else number)
    return hours.add(reached, waited) if waited > 0 else reached
