"""The words of a case that its page, its time line and the coach share: moments, spans, clocks, levels, people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from csm.domain.complaint.case import POLICY, STEPS, Case
from csm.domain.complaint.page import CaseFile, Clock, FourR
from csm.domain.sale.guarantee import Guarantee
from csm.domain.time.instant import Zone
from csm.i18n import heading, label, marked, say
from csm.render.layout import Span
from csm.render.phrases import ended, listed, moment
from csm.render.text import visible

LEVELS: Final = (
    marked("front line"),
    marked("dedicated manager"),
    marked("department head"),
    marked("general manager"),
)
FOUR_R: Final = ("regret", "reform", "restitution", "remedy")
LATE_STATES: Final = ("met-late", "late", "late-waiting")
_MINUTE: Final = 60
_HOUR: Final = 3600


def span(seconds: int, *, up: bool = False) -> str:
    """Return working seconds as hours and minutes; a begun minute counts with `up`, else only whole ones."""
    minutes = (seconds + _MINUTE - 1 if up else seconds) // _MINUTE
    hours, rest = divmod(minutes, _HOUR // _MINUTE)
    if not hours:
        return say("{minutes} min", minutes=rest)
    return say("{hours} h {minutes} min", hours=hours, minutes=rest) if rest else say("{hours} h", hours=hours)


def clock_name(clock: str, number: int = 1) -> str:
    """Return the name of a clock, with its round from the second on."""
    name = label("clock", clock)
    return name if number == 1 else say("{clock} {n}", clock=name, n=number)


def level_name(level: int) -> str:
    """Return a level of the ladder by number and name (source: handbook 14)."""
    return say("level {n}, {name}", n=level, name=say(LEVELS[level]))


def place(number: int | None) -> str:
    """Return which of the eight steps comes next; escalating, which is none of them, comes before the fourth."""
    if number is None:
        return say("before step {n} of {all}", n=STEPS.index("analyse") + 1, all=len(STEPS))
    return say("step {n} of {all}", n=number, all=len(STEPS))


def next_clock(file: CaseFile) -> Clock | None:
    """Return the clock that runs out next, None where none runs."""
    running = [clock for clock in file.clocks if clock.deadline.standing == "running"]
    return min(running, key=lambda clock: clock.deadline.due, default=None)


def standing(clock: Clock, zone: Zone) -> Span:
    """Return how a clock stands, in words; lateness has a look of its own in addition."""
    deadline = clock.deadline
    late, left = span(clock.late, up=True), span(clock.left)
    if clock.state in ("met", "met-late") and deadline.met is not None:
        met = moment(deadline.met, zone)
        if clock.state == "met" and deadline.missed:
            return Span(say("met {when}, noted after it had passed", when=met), "late")
        if clock.state == "met":
            return Span(say("met {when}, in time", when=met))
        return Span(say("met {when}, {span} late", when=met, span=late), "late")
    if clock.state == "running":
        return Span(say("{span} left", span=left))
    if clock.state == "late":
        return Span(say("late by {span}", span=late), "late")
    if clock.state == "waiting":
        return Span(say("stands still while the customer is waited for, {span} left", span=left))
    if clock.state == "late-waiting":
        return Span(say("late by {span}, stands still while the customer is waited for", span=late), "late")
    return Span(say("stopped, nothing more to do"))


def ending_in_words(case: Case) -> str:
    """Return how a case stands; of one that counts nowhere, why."""
    return ended(case.status, case.void)


def sold(row: Mapping[str, Any]) -> list[str]:
    """Return the product of a stored sale, its line, when it was sold and when it was delivered."""
    marks = [visible(row["product"]), visible(row["line"] or ""), say("sold {day}", day=row["sold_on"])]
    marks.append(say("delivered {day}", day=row["delivered_on"]) if row["delivered_on"] else say("not delivered"))
    return marks


def guaranteed(found: Sequence[Guarantee]) -> str:
    """Return what is still guaranteed of a sale and until when, the last day included; "" where nothing is told."""
    held = [
        say("{kind} until {day}", kind=label("guarantee", one.kind), day=one.until.isoformat())
        for one in found
        if one.holds and one.until is not None
    ]
    if not found:
        return ""
    return listed(held) if held else say("no guarantee holds any more")


def person(name: str) -> str:
    return say("by policy") if name == POLICY else visible(name)


def four_r_in_short(found: FourR) -> str:
    """Return which of regret, reform, restitution and remedy are on record, and which aren't (source: handbook 6.7)."""
    names = (heading("regret"), heading("reform"), heading("restitution"), heading("remedy"))
    there = [name for name, text in zip(names, found, strict=True) if text]
    lacking = [name for name, text in zip(names, found, strict=True) if not text]
    if not lacking:
        return say("all four Rs are on record: {names}", names=listed(there))
    if not there:
        return say("none of the four Rs is on record: {names}", names=listed(lacking))
    there_and_not = {"there": listed(there), "lacking": listed(lacking)}
    return say("of the four Rs on record: {there}; not on record: {lacking}", **there_and_not)


def labelled(terms: str, value: str | None) -> str | None:
    return label(terms, value) if value else None
