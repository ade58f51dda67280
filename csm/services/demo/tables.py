"""The kinds of things that the tables of the demo are made of: cards, the people on them, and what happened.

Days are told in working days from the day taken as today: `ago` 3 is the third working day before it, `on` 0 is today,
`on` 2 the second working day to come. Words are as a user would type them; `csm.services.demo.making` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from csm.services.demo.sales_kinds import SaleEvent


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
    at: str = "22:15"


class StoodIn(NamedTuple):
    """One salesperson handed over to another until a day."""

    owner: str
    deputy: str
    ago: int
    until: int


# --- cases ---------------------------------------------------------------------------------------------------------
# Each is told with its time of day, since the clocks of a case run by the minute. `case` is its name within the tables,
# `by` who typed it where that wasn't the owner of the table.


class Settled(NamedTuple):
    """How a matter was settled on the spot."""

    did: str
    failure: str = ""
    cause: str = ""
    cost: str = "0"
    recovery: str = ""


class Prevention(NamedTuple):
    """What is to keep a case from happening again, to be done `on` a day."""

    text: str
    in_charge: str
    on: int


class Complained(NamedTuple):
    """A case was opened; `told` are its fields, `heard` the satisfaction given on the call on which it was heard.

    sale: the sale it is about, by its name within the tables.
    """

    case: str
    card: str
    ago: int
    at: str
    summary: str
    told: Mapping[str, str]
    person: str = ""
    live: bool = False
    triggers: tuple[str, ...] = ()
    settled: Settled | None = None
    heard: int | None = None
    by: str = ""
    sale: str = ""


class Responded(NamedTuple):
    """The customer was spoken to about a case."""

    case: str
    ago: int
    at: str
    text: str
    sorry: bool = False
    by: str = ""


class Judged(NamedTuple):
    """Step 2; `explanation` is what the customer was told, and makes it unfounded."""

    case: str
    ago: int
    at: str
    reason: str
    responsibility: str = "ours"
    explanation: str = ""
    severity: str = ""
    by: str = ""


class Assigned(NamedTuple):
    """Step 3."""

    case: str
    ago: int
    at: str
    to: str
    points: str
    route: str = "settle"
    by: str = ""


class Analysed(NamedTuple):
    """Step 4."""

    case: str
    ago: int
    at: str
    finding: str
    failure: str
    cause: str
    by: str = ""


class Proposed(NamedTuple):
    """Step 5."""

    case: str
    ago: int
    at: str
    remedy: str
    cost: str
    recovery: str
    by: str = ""


class Decided(NamedTuple):
    """Step 6, by somebody whose authority covers the cost."""

    case: str
    ago: int
    at: str
    by: str
    remark: str
    verb: str = "approve"


class Implemented(NamedTuple):
    """Step 7."""

    case: str
    ago: int
    at: str
    did: str
    outcome: str = "full"
    by: str = ""


class Closed(NamedTuple):
    """Step 8; `satisfaction` 0 is unknown, None leaves it to the satisfaction callback."""

    case: str
    ago: int
    at: str
    summary: str = ""
    lesson: str = ""
    satisfaction: int | None = None
    unresolved: str = ""
    prevention: Prevention | None = None
    by: str = ""


class Asked(NamedTuple):
    """The satisfaction callback of a case was made; without a satisfaction nobody answered."""

    case: str
    ago: int
    at: str
    text: str = ""
    satisfaction: int | None = None
    summary: str = ""
    by: str = ""


class SettledCase(NamedTuple):
    """The short way through the steps of a case."""

    case: str
    ago: int
    at: str
    settled: Settled
    by: str = ""


class Escalated(NamedTuple):
    """A case was passed on by hand; the reply is promised by the time `reply_at` of the day `reply_on`."""

    case: str
    ago: int
    at: str
    reason: str
    reply_on: int
    reply_at: str
    level: int | None = None
    triggers: tuple[str, ...] = ()
    by: str = ""


class Happened(NamedTuple):
    """Something beside the steps: note, wait, resume, raise, withdraw, reopen, feedback-read, prevention."""

    case: str
    ago: int
    at: str
    verb: str
    text: str = ""
    by: str = ""


class Climbed(NamedTuple):
    """The ladder by the clock, run by cron."""

    ago: int
    at: str


# --- promises ------------------------------------------------------------------------------------------------------


class Promised(NamedTuple):
    """A promise was made, `due` a day and a time of day; one under a pledge takes its time from that."""

    promise: str
    card: str
    ago: int
    at: str
    text: str
    due: tuple[int, str] | None = None
    to: str = ""
    theirs: bool = False
    case: str = ""
    clock: str = ""
    pledge: str = ""
    by: str = ""


class PromiseEnded(NamedTuple):
    """A promise was kept, broken or released; `verb` is that of the command."""

    promise: str
    ago: int
    at: str
    verb: str
    text: str
    by: str = ""


class PromiseMoved(NamedTuple):
    """A promise was moved to a later time, and the other side told."""

    promise: str
    ago: int
    at: str
    due: tuple[int, str]
    by: str = ""


class Pledged(NamedTuple):
    """A pledge was given."""

    pledge: str
    ago: int
    at: str
    text: str
    within: str
    told: Mapping[str, str]
    by: str = ""


class PledgeRetired(NamedTuple):
    """A pledge was given no longer."""

    pledge: str
    ago: int
    at: str
    by: str = ""


class Surveyed(NamedTuple):
    """A survey was recorded; without a card it is a manager's, of the customers at large.

    expect, perceive: five scores in the order of the dimensions, or a sign for each of the 22 items, `-` where it isn't
    answered. days: how many days before today it was taken; on the day it is recorded unless told. model: perceived
    value, satisfaction, switching cost, intention to buy again. case: the complaint it is about.
    """

    card: str
    ago: int
    expect: str
    perceive: str
    csat: int | None = None
    nps: int | None = None
    comment: str = ""
    weights: str = ""
    model: tuple[int, ...] = ()
    days: int = 0
    case: str = ""
    subject: str = ""
    respondent: str = "customer"
    by: str = ""


Event = (
    Planned | Said | Tried | Skipped | Noted | Edited | Archived | Routed | CadencePlanned | StoodIn
    | Complained | Responded | Judged | Assigned | Analysed | Proposed | Decided | Implemented | Closed | Asked
    | SettledCase | Escalated | Happened | Climbed | Promised | PromiseEnded | PromiseMoved | Pledged | PledgeRetired
    | SaleEvent | Surveyed
)  # fmt: skip


class Quarter(NamedTuple):
    """A part of the district: who looks after it, its cards, and what happened there, in any order.

    last: played when all others have been, so that what it plans takes no number of theirs.
    """

    owner: str
    region: str
    cards: tuple[Card, ...]
    events: tuple[Event, ...]
    last: bool = False
