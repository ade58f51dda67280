"""How what csm understood is said back: a day with its weekday, and that it is past; sentences put together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from csm.cli.session import Session
from csm.i18n import say, say_n
from csm.render.day.words import said_day

if TYPE_CHECKING:
    from csm.domain.callback.rules import Appointment

__all__ = ["appointed", "echoed", "replanned", "said_day", "said_moment", "together"]


def echoed(session: Session, day: date) -> str:
    """Return `day` with its weekday; a day before today is said to be overdue."""
    shown = said_day(day)
    return say("{day}, overdue", day=shown) if day < session.today else shown


def appointed(session: Session, planned: Appointment) -> str:
    """Return a planned day with its weekday, and its time where it has one; what is past is said to be overdue."""
    shown = said_day(planned.day) if planned.at is None else said_moment(session, planned.at)
    return say("{day}, overdue", day=shown) if planned.is_over(session.today, session.now_text) else shown


def said_moment(session: Session, utc_text: str) -> str:
    """Return a stored instant as the day with its weekday and the time, on the wall clock of the file."""
    local = session.zone.local(utc_text)
    return say("{day} {time}", day=said_day(local.date()), time=f"{local:%H:%M}")


def replanned(moved: int, cancelled: int) -> str:
    """Return how many callbacks that were planned by a rule moved and were cancelled, "" for none."""
    parts = []
    if moved:
        parts.append(say_n("{n} planned callback moved", "{n} planned callbacks moved", moved))
    if cancelled:
        parts.append(say_n("{n} planned callback cancelled", "{n} planned callbacks cancelled", cancelled))
    return say(", ").join(parts)


def together(first: str, second: str, *, comma: bool = False) -> str:
    """Return two sentences as one, or with `comma` two parts of one."""
    if comma:
        return say("{first}, {second}", first=first, second=second)
    return say("{first}; {second}", first=first, second=second)
