"""The three guarantees, 三包: refund, exchange and repair; until when each holds, by product line (handbook 8).

It is the house's policy, not advice on law. Day 0 is the day of the sale, and "within 7 days" includes day 7. Days
count from delivery, before that from the sale. A line without a rule of its own goes by the rule for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from csm.domain.settings import Policy, fold_line
from csm.domain.time.recurrence import Interval, add_months, occurrence
from csm.domain.value import Value

KINDS: Final = ("refund", "exchange", "repair")
PREFIX: Final = "guarantee."
NONE: Final = "none"
TIMES: Final = 3  # so many times the lead a guarantee has to be longer than, so that its end is shown

_MONTHS: Final = {"m": 1, "y": 12}
_DAYS: Final = {"d": 1, "w": 7}


class Guarantee(Value):
    """One of the three: `until` is its last day, None where the line has none; `holds` tells of the day asked about.

    length: as in the settings. counted_from: the day of delivery, before that of the sale.
    """

    kind: str
    holds: bool
    until: date | None
    length: str
    counted_from: date


def length_of(policy: Policy, kind: str, line: str | None) -> str:
    """Return how long a guarantee of `kind` is for a product line: an interval such as 7d or 1y, or none."""
    own = policy.own(f"{PREFIX}{kind}.{fold_line(line)}") if line else None
    return policy.text(PREFIX + kind) if own is None else own


def terms_of(policy: Policy, line: str | None) -> str:
    """Return scope and terms of the guarantees of a product line, the line's own else those for all; may be empty."""
    own = policy.own(f"{PREFIX}terms.{fold_line(line)}") if line else None
    return policy.text(PREFIX + "terms") if own is None else own


def standing(policy: Policy, line: str | None, sold_on: date, delivered_on: date | None, on: date) -> list[Guarantee]:
    """Return the three guarantees of a sale as they stand on a day (source: handbook 8).

    A delivery after the day asked about hasn't happened yet: until then days count from the sale.
    """
    start = delivered_on if delivered_on is not None and delivered_on <= on else sold_on
    found = []
    for kind in KINDS:
        length = length_of(policy, kind, line)
        until = None if length == NONE else last_day(start, length)
        found.append(Guarantee(kind, until is not None and sold_on <= on <= until, until, length, start))
    return found


def last_day(start: date, length: str) -> date:
    """Return the last day, included, of a guarantee of `length` such as 7d or 1y that is counted from `start`.

    The 29th of February ends on the 28th where the year has none, the 31st on a month's last day.
    """
    return occurrence(start, _interval(length), 1)


def _interval(length: str) -> Interval:
    return Interval(int(length[:-1]), length[-1])


def first_days(end: date, length: str) -> Iterator[date]:
    """Give every day from which a guarantee of `length` ends on `end`, the earliest first."""
    every = _interval(length)
    if every.unit in _DAYS:
        yield end - timedelta(days=every.number * _DAYS[every.unit])
        return
    earliest = add_months(end, -every.number * _MONTHS[every.unit])
    if earliest.day == end.day:
        yield earliest
    if (end + timedelta(days=1)).day == 1:
        # The end of a shorter month: from the longer month's last days too.
        while (day := earliest + timedelta(days=1)).day > end.day:
            yield day
            earliest = day


def is_shown_before_its_end(first: date, last: date, lead: int) -> bool:
    """Tell whether the end of a guarantee from `first` to `last` is spoken of `lead` days before (source: handbook 8).

    One that isn't longer than three times the lead would be shown for most of its life.
    """
    return (last - first).days > TIMES * lead


def ends(
    policy: Policy, first: date, last: date
) -> tuple[list[tuple[str, str, str | None, str]], list[tuple[str, str]]]:
    """Return what ends between two days: (day counted from, kind, line or None for all others, day it ends).

    Beside it the (kind, line) that have a rule of their own. Days are ISO text, lines as `fold_line` makes them. What
    is too short for the lead of guarantees isn't among them.
    """
    rules: list[tuple[str, str | None, str]] = [(kind, None, policy.text(PREFIX + kind)) for kind in KINDS]
    own: list[tuple[str, str]] = []
    for key, length in policy.family(PREFIX):
        kind, _, line = key.removeprefix(PREFIX).partition(".")
        if kind in KINDS:
            own.append((kind, line))
            rules.append((kind, line, length))
    found: list[tuple[str, str, str | None, str]] = []
    lead = policy.number("due.guarantee_lead")
    for number in range((last - first).days + 1):
        end = first + timedelta(days=number)
        text = end.isoformat()
        for kind, of_line, length in rules:
            if length != NONE:
                days = [day for day in first_days(end, length) if is_shown_before_its_end(day, end, lead)]
                found += [(day.isoformat(), kind, of_line, text) for day in days]
    return found, own
