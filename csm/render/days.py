"""How days are said: the names of the weekdays, how far a day is from today, how often something comes again."""

from __future__ import annotations

from datetime import date
from typing import Final

from csm.i18n import marked, say, say_n

WEEKDAYS: Final = (
    marked("Monday"),
    marked("Tuesday"),
    marked("Wednesday"),
    marked("Thursday"),
    marked("Friday"),
    marked("Saturday"),
    marked("Sunday"),
)


def weekday(day: date) -> str:
    """Return the name of the weekday of `day`."""
    return say(WEEKDAYS[day.weekday()])


def days_late(days: int) -> str:
    """Return the words for so many days late."""
    return say_n("{n} day late", "{n} days late", days)


def distance(day: date, today: date) -> str:
    """Return how far `day` is from `today`: late, today, or in how many days."""
    days = (day - today).days
    if days < 0:
        return days_late(-days)
    return say_n("in {n} day", "in {n} days", days) if days else say("today")


def every(interval: str) -> str:
    """Return the words for a stored interval such as 30d; what isn't one is said as it is."""
    number, unit = interval[:-1], interval[-1:]
    if not (number.isascii() and number.isdecimal()):
        return say("every {interval}", interval=interval)
    n = int(number)
    if unit == "d":
        return say_n("every day", "every {n} days", n)
    if unit == "w":
        return say_n("every week", "every {n} weeks", n)
    if unit == "m":
        return say_n("every month", "every {n} months", n)
    return say_n("every year", "every {n} years", n)
