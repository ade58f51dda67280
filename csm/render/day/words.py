"""How days are written: the names of the weekdays, how far a day is from today, how often something comes again."""

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


def said_day(day: date) -> str:
    """Return `day` with its weekday in brackets."""
    return say("{day} ({weekday})", day=day.isoformat(), weekday=weekday(day))


def lateness(days_late: int) -> str:
    """Return the words for so many days late: today for none, in how many days for less."""
    if days_late > 0:
        return say_n("{n} day late", "{n} days late", days_late)
    return say_n("in {n} day", "in {n} days", -days_late) if days_late else say("today")


def distance(day: date, today: date) -> str:
    """Return how far `day` is from `today`: late, today, or in how many days."""
    return lateness((today - day).days)


def every(interval: str) -> str:
    """Return the words for a stored interval such as 30d; what isn't one is printed as it is."""
    if interval == "eom":
        return say("at the end of each month")
    if interval.endswith("workday"):
        count = interval.removesuffix("workday") or "1"
        if count.isascii() and count.isdecimal():
            return say_n("every working day", "every {n} working days", int(count))
    number, unit = interval[:-1], interval[-1:]
    if not (number.isascii() and number.isdecimal()):
        return say("every {interval}", interval=interval)
    return _every(int(number), unit)


def _every(n: int, unit: str) -> str:
    if unit == "d":
        return say_n("every day", "every {n} days", n)
    if unit == "w":
        return say_n("every week", "every {n} weeks", n)
    if unit == "m":
        return say_n("every month", "every {n} months", n)
    return say_n("every year", "every {n} years", n)
