"""The kinds of things that the tables of the demo are made of: cards, the people on them, and what happened.

Days are told in working days from the day taken as today: `ago` 3 is the third working day before it, `on` 0 is today,
`on` 2 the second working day to come. Words are as a user would type them; `csm.services.demo.making` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Person(NamedTuple):
    """A contact; a birthday like `+2/1984` is the day after tomorrow, in 1984."""

    name: str
    role: str
    phones: tuple[str, ...]
    fields: Mapping[str, str]


class Card(NamedTuple):
    """A customer card, made `ago` working days before today; `key` is its name within the tables."""

    key: str
    name: str
    ago: int
    fields: Mapping[str, str]
    people: tuple[Person, ...]
    tags: tuple[str, ...]
    own: Mapping[str, str]


def person(name: str, role: str, *phones: str, **fields: str) -> Person:
    """Return a contact."""
    return Person(name, role, phones, fields)


def shop(
    key: str,
    name: str,
    phone: str,
    industry: str,
    standing: str,
    *people: Person,
    ago: int = 31,
    tags: str = "",
    own: Mapping[str, str] | None = None,
    **fields: str,
) -> Card:
    """Return a card whose `standing` is grade, relationship and size, such as "A partnership large"."""
    grade, relationship, size = standing.split()
    first = {"phone": phone, "industry": industry, "grade": grade, "relationship": relationship, "size": size}
    return Card(key, name, ago, {**first, **fields}, people, tuple(tags.split()), own or {})


def sketch(key: str, name: str, phone: str, ago: int, **fields: str) -> Card:
    """Return a card that was only begun: a name, a phone, and whatever else was known."""
    return Card(key, name, ago, {"phone": phone, **fields}, (), (), {})


def buyer(key: str, name: str, phone: str, *people: Person, ago: int = 31, tags: str = "", **fields: str) -> Card:
    """Return the card of a private buyer; without `people` they are their own first contact."""
    return Card(key, name, ago, {"kind": "person", "phone": phone, **fields}, people, tuple(tags.split()), {})


# --- what happened -----------------------------------------------------------------------------------------------


class Planned(NamedTuple):
    """A callback was planned; `every` makes it a series."""

    card: str
    ago: int
    on: int
    purpose: str
    text: str = ""
    channel: str = ""
    person: str = ""
    every: str = ""


class Said(NamedTuple):
    """Somebody was spoken to; it fulfils what was due with them that day. `by` where it wasn't the owner."""

    card: str
    ago: int
    text: str
    satisfaction: int | None = None
    purpose: str = ""
    channel: str = ""
    person: str = ""
    direction: str = ""
    objection: str = ""
    suggestion: str = ""
    cost: str = ""
    outcome: str = "reached"
    next_on: int | None = None
    by: str = ""


class Tried(NamedTuple):
    """Nobody answered, or they asked for another day, `postponed_to`."""

    card: str
    ago: int
    text: str = ""
    postponed_to: int | None = None


class Skipped(NamedTuple):
    """The next open callback was skipped."""

    card: str
    ago: int
    reason: str


class Noted(NamedTuple):
    """A note was written, to remind `on` a day if told; `settled` is how many working days ago that was done."""

    card: str
    ago: int
    text: str
    on: int | None = None
    pinned: bool = False
    settled: int | None = None
    settled_with: str = ""


class Edited(NamedTuple):
    """Fields of a card were changed."""

    card: str
    ago: int
    fields: Mapping[str, str]


class Archived(NamedTuple):
    """A card was put away."""

    card: str
    ago: int


class Routed(NamedTuple):
    """Visits were planned along a route."""

    route: str
    ago: int
    on: int
    purpose: str
    owner: str


class CadencePlanned(NamedTuple):
    """The nightly planning by cadence."""

    ago: int


class StoodIn(NamedTuple):
    """One salesperson handed over to another until a day."""

    owner: str
    deputy: str
    ago: int
    until: int


Event = Planned | Said | Tried | Skipped | Noted | Edited | Archived | Routed | CadencePlanned | StoodIn


class Quarter(NamedTuple):
    """A part of the district: who looks after it, its cards, and what happened there, in any order."""

    owner: str
    region: str
    cards: tuple[Card, ...]
    events: tuple[Event, ...]
