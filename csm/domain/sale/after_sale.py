"""The after-sale plan: which callbacks a sale has, what each is for, and when (handbook 4, 5).

Days are plain dates; what a working day is, is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from csm.domain.value import Value

if TYPE_CHECKING:
    from csm.domain.settings import Policy

ALL: Final = ("thanks", "delivery", "installation", "usage", "satisfaction")
ACCOUNTABLE: Final = "accountable"
BY_RELATIONSHIP: Final[Mapping[str, tuple[str, ...]]] = {
    "reactive": ("thanks",),
    "accountable": ("delivery", "installation", "usage"),
    "proactive": ALL,
    "partnership": ALL,
}

WorkingDay = Callable[[date], date]


class Dates(Value):
    """The days of a sale that a plan counts from; `install` tells that the goods have to be installed."""

    sold_on: date
    delivery_on: date | None = None
    delivered_on: date | None = None
    install: bool = False


class Planned(Value):
    """One callback of a plan: the step of the plan, what it is for, its day, and whether somebody goes there."""

    step: str
    purpose: str
    on: date
    visit: bool = False


class Changes(Value):
    """What becomes of a plan whose sale changed: callbacks to move to their day, to add, and steps to cancel."""

    moved: Sequence[Planned]
    added: Sequence[Planned]
    dropped: Sequence[str]


def steps(relationship: str | None, *, first_of_line: bool, asked: bool | None) -> tuple[str, ...]:
    """Return the steps that are planned after a sale (source: handbook 4, 5).

    asked: True plans though it isn't the first purchase of the line, all steps where the relationship has none; False
    plans nothing. The accountable type has a single callback after any other sale.
    """
    if asked is False:
        return ()
    usual = BY_RELATIONSHIP.get(relationship or "", ())
    if asked:
        return usual or ALL
    if first_of_line:
        return usual
    return (ACCOUNTABLE,) if relationship == ACCOUNTABLE else ()


def steps_of_plan(relationship: str | None) -> tuple[str, ...]:
    """Return the steps of a plan that was made, for a customer of this relationship."""
    return steps(relationship, first_of_line=True, asked=True)


def plan(wanted: Sequence[str], dates: Dates, policy: Policy, working_day: WorkingDay) -> list[Planned]:
    """Return the callbacks of `wanted` steps whose day is known, in the order of the plan.

    Thanks, usage and satisfaction fall on a working day, the delivery check on the day delivery is promised for, the
    visit for the installation on the day it was really delivered (source: handbook 5).
    """

    def after(day: date, key: str) -> date:
        return working_day(day + timedelta(days=policy.number(f"after_sale.{key}")))

    found = []
    for step in wanted:
        if step == "delivery":
            day = dates.delivery_on
        elif step == "installation":
            day = dates.delivered_on if dates.install else None
        elif step == "usage":
            day = after(dates.delivered_on or dates.sold_on, step)
        else:
            day = after(dates.sold_on, step)
        if day is not None:
            purpose = "usage" if step == ACCOUNTABLE else step
            found.append(Planned(step, purpose, day, step == "installation"))
    return found


def changes(before: Sequence[Planned], after: Sequence[Planned]) -> Changes:
    """Return what becomes of a plan when its sale changes; a step whose day stays is left as it is.

    So a callback that somebody moved by hand stays where it is unless its own day changed.
    """
    old = {one.step: one for one in before}
    new = {one.step: one for one in after}
    return Changes(
        [one for step, one in new.items() if step in old and old[step].on != one.on],
        [one for step, one in new.items() if step not in old],
        [step for step in old if step not in new],
    )
