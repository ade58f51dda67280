"""What stands on the morning page, whatever format it is written in (handbook 12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final, NamedTuple

from csm.i18n import say, say_n
from csm.render.day.due import Timing, in_words, rows, what
from csm.render.day.words import lateness, weekday
from csm.render.text import visible
from csm.storage.complaint.rows import Warned
from csm.storage.day.due import Day, Item

# So many cases are named in a line; the others are counted.
_NAMED: Final = 5


class Section(NamedTuple):
    """One part of the page; `name` is stable English."""

    name: str
    title: str
    items: Sequence[Item]


class Reading(NamedTuple):
    """How the items of a page are read."""

    day: Day
    deputies: Mapping[str, str]
    no_answer_limit: int
    timing: Timing

    def what(self, item: Item) -> str:
        """Return what an item is about, in the language in use."""
        return what(item, translated=True, no_answer_limit=self.no_answer_limit, now=self.day.now)

    def rows(self, items: Iterable[Item]) -> Iterable[tuple[Any, ...]]:
        """Return the values of DUE for programs."""
        return self._rows(items, translated=False, timing=None)

    def translated_rows(self, items: Iterable[Item]) -> Iterable[tuple[Any, ...]]:
        """Return the values of DUE for people, with how late in words."""
        return self._rows(items, translated=True, timing=self.timing)

    def _rows(self, items: Iterable[Item], *, translated: bool, timing: Timing | None) -> Iterable[tuple[Any, ...]]:
        return rows(
            items,
            self.day.day,
            self.day.now,
            translated=translated,
            no_answer_limit=self.no_answer_limit,
            deputies=self.deputies,
            timing=timing,
        )

    def owner(self, item: Item) -> str | None:
        """Return who is to do it today."""
        return self.deputies.get(item.owner, item.owner) if item.owner else None

    def late(self, item: Item) -> str | None:
        """Return how late an item is, None where it isn't."""
        late_by = item.late_by(self.day.day.isoformat())
        if item.due_at is not None and late_by == item.due_on:
            return self.timing(item)[1]
        days = (self.day.day - date.fromisoformat(late_by)).days
        return lateness(days) if days > 0 else None

    def time(self, item: Item) -> str:
        """Return the time of day of an item, "" where it has none."""
        return self.timing(item)[0] if item.due_at is not None else ""

    def due(self, item: Item) -> str:
        """Return the day of an item, with its time where it has one."""
        return f"{item.due_on} {self.time(item)}".rstrip()


def title(day: Day) -> str:
    """Return the heading of the page: weekday, date, and whose page it is."""
    values = {"weekday": weekday(day.day), "day": day.day.isoformat()}
    if day.owner is None:
        return say("{weekday} {day}, everybody", **values)
    return say("{weekday} {day}, {owner}", owner=day.owner, **values)


def notices(day: Day) -> list[str]:
    """Return the lines at the top: problems of several customers, messages, and cases to read, to wait for or to close.

    Source: handbook 6.3, 6.4, 13.
    """
    return [*_crises(day), *_to_see(day)]


def _crises(day: Day) -> list[str]:
    return [_crisis(found, day.warning_days) for found in day.warnings]


def _crisis(found: Warned, days: int) -> str:
    """Return a warning: several customers had the same problem, or complained about goods of one product line."""
    cases = _named([f"cp{case}" for case in found.complaint_ids])
    if found.problem is not None:
        return say_n(
            "Warning: {customers} customers with {problem} within {n} day: {cases}",
            "Warning: {customers} customers with {problem} within {n} days: {cases}",
            days,
            customers=found.customers,
            problem=in_words("problem", found.problem),
            cases=cases,
        )
    return say_n(
        "Warning: {customers} customers with complaints about {line} within {n} day: {cases}",
        "Warning: {customers} customers with complaints about {line} within {n} days: {cases}",
        days,
        customers=found.customers,
        line=visible(found.line or ""),
        cases=cases,
    )


def _to_see(day: Day) -> list[str]:
    lines = []
    if day.messages:
        messages = _named(
            [say("sv{id} of {name}", id=service, name=visible(name)) for service, _, name, _ in day.messages]
        )
        lines.append(say("Messages from customers: {messages} (csm service message done ID)", messages=messages))
    if day.feedback:
        cases = _named([f"cp{case}" for case in day.feedback])
        lines.append(say("Feedback to read: {cases} (csm complaint feedback-read ID)", cases=cases))
    if day.waiting:
        cases = _named([say("cp{id} since {day}", id=case, day=since) for case, since in day.waiting])
        lines.append(say("Waiting for the customer: {cases}", cases=cases))
    if day.to_close:
        cases = _named([f"cp{case}" for case in day.to_close])
        lines.append(say("To be closed: {cases} (csm complaint next ID)", cases=cases))
    return lines


def _named(cases: Sequence[str]) -> str:
    named = say(", ").join(cases[:_NAMED])
    more = len(cases) - _NAMED
    return say_n("{cases} and {n} more", "{cases} and {n} more", more, cases=named) if more > 0 else named


def sections(day: Day) -> list[Section]:
    """Return the parts of the page that have something in them."""
    parts = [
        Section("late", say("Late ({count})", count=len(day.late)), day.late),
        Section("today", say("Today ({count})", count=len(day.today)), day.today),
        Section("coming", _coming(day), day.coming),
    ]
    return [part for part in parts if part.items]


def _coming(day: Day) -> str:
    """Return the title of what comes; some dates are shown earlier than the next days, to be prepared for."""
    last = (day.day + timedelta(days=day.days_ahead)).isoformat()
    count = len(day.coming)
    if not day.days_ahead:
        return say("Dates to prepare for ({count})", count=count)
    if any(item.due_on > last for item in day.coming):
        return say_n(
            "Next day and dates to prepare for ({count})",
            "Next {n} days and dates to prepare for ({count})",
            day.days_ahead,
            count=count,
        )
    return say_n("Next day ({count})", "Next {n} days ({count})", day.days_ahead, count=count)


def routes(day: Day) -> list[Section]:
    """Return today's visits, a part for each route, in their order."""
    parts = []
    for route, items in groupby(day.route, key=lambda item: item.route or ""):
        visits = list(items)
        parts.append(Section("route", say("Route {route} ({count})", route=route, count=len(visits)), visits))
    return parts


def closing(day: Day) -> str:
    """Return the last line of the page: who has no next callback, or that there is nothing at all; else ""."""
    if day.unplanned:
        return say_n(
            "{n} customer with a cadence has no next callback; to plan it: csm callback plan",
            "{n} customers with a cadence have no next callback; to plan them: csm callback plan",
            day.unplanned,
        )
    if not sections(day) and not notices(day):
        return say(
            "Nothing is late, nothing is due, nothing comes up: a good day to call somebody who doesn't expect it."
        )
    return ""
