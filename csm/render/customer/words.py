"""The words and lines that the parts of the customer card share: days, lists of parts, commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from csm.domain.customer.card import Step
from csm.domain.time.instant import Zone
from csm.i18n import say
from csm.render.day.words import distance, weekday
from csm.render.layout import Line, Span

Record = Mapping[str, Any]


def apart(parts: Sequence[str | None], look: str = "") -> list[Span]:
    """Return parts as `listed` does, each a word or a name that isn't broken in two."""
    there = [part for part in parts if part]
    last = len(there) - 1
    return [Span(part + (say(", ") if place < last else ""), look, True) for place, part in enumerate(there)]


def spaced(parts: Sequence[Span]) -> list[Span]:
    """Return spans as one text, each kept whole, commas between them."""
    last = len(parts) - 1
    return [Span(part.text + (say(", ") if place < last else ""), part.look, True) for place, part in enumerate(parts)]


def command(text: str) -> list[Span]:
    """Return what to type, on a line of its own."""
    return [Span("\n"), Span(text, "command")]


def day_words(day: date) -> str:
    """Return a day with its weekday."""
    return f"{day.isoformat()} {weekday(day)}"


def moment(instant: str, zone: Zone) -> str:
    """Return an instant with its weekday."""
    local = zone.local(instant)
    return say("{day} {weekday} {time}", day=f"{local:%Y-%m-%d}", weekday=weekday(local.date()), time=f"{local:%H:%M}")


def step_line(key: str, step: Step, spans: Sequence[Span], typed: str) -> Line:
    """Return the line of something to do: when, what, and what to type."""
    return Line(key, [*spans, *command(typed)], "late" if step.what.endswith("-late") else "strong")


def due_line(step: Step, spans: Sequence[Span], typed: str, today: date) -> Line:
    """Return a line that says how late it is, what it is, and what to type when it is done."""
    return step_line(distance(step.day, today) if step.day else "", step, spans, typed)
