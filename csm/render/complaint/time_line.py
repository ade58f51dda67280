"""The time line of a case: what happened, when, who did it, and what the event holds, in words (handbook 6.7, 3W)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from csm.domain.complaint.case import STEPS, Event, kind_of
from csm.domain.complaint.record import COMPLAINT
from csm.domain.kinds import named
from csm.domain.time.instant import Zone
from csm.domain.values.money import group_cents
from csm.i18n import heading, label, marked, say
from csm.render.cells import human
from csm.render.complaint.words import person, span
from csm.render.layout import Line, Span
from csm.render.phrases import listed, moment, pair, satisfied
from csm.render.text import visible

Row = Mapping[str, Any]


def time_line(events: Sequence[Event], zone: Zone) -> Iterator[Line]:
    """Yield what happened, when, and by whom; the level where it isn't the lowest or has changed."""
    before = 0
    replaced = _replaced(events)
    for place, event in enumerate(events):
        spans = [Span(_verb(event.step), "strong"), Span("  " + person(event.by), "faint")]
        if event.level or event.level != before:
            spans.append(
                Span(say(", ") + say("level {n}", n=event.level), "strong" if event.level != before else "faint")
            )
        before = event.level
        if event.text:
            spans.append(Span("\n" + event.text))
        details = listed([*_details(event, zone), say("replaced by the next proposal") if place in replaced else None])
        if details:
            spans.append(Span("\n" + details, "faint"))
        spans += [Span("\n" + line, "faint") for line in corrected(event, zone)]
        yield Line(f"{zone.wall(event.at):%Y-%m-%d %H:%M}", spans)


def _replaced(events: Sequence[Event]) -> set[int]:
    """Return the places of the proposals that another took the place of before anybody decided."""
    proposed = [place for place, event in enumerate(events) if event.step == "propose"]
    return {before for before, after in pairwise(proposed) if events[after].data.get("replaces")}


def corrected(event: Event, zone: Zone) -> Iterator[str]:
    """Yield a line for each fact that an event corrected, with what stood there before."""
    before, after = event.data.get("before"), event.data.get("after")
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return
    for name, value in after.items():
        words = _FACTS.get(name)
        if words is not None:
            what, shown = words
            told = [_EMPTY if one is None else visible(shown(one, zone)) for one in (before.get(name), value)]
            yield pair(heading(what), f"{told[0]} → {told[1]}")


def _verb(step: str) -> str:
    return label("step" if step in STEPS else "event", step)


def _details(event: Event, zone: Zone) -> Iterator[str]:
    """Yield what an event holds apart from its text, in words."""
    data: Row = event.data
    if isinstance(data.get("state"), Mapping):
        data = {**data["state"], **data}
    if data.get("level") == "grievance" and data.get("severity"):
        yield label("case_kind", kind_of("grievance", data["severity"])).replace("-", " ")
        data = {**data, "level": None, "severity": None}
    yield from _worded(data, zone)
    number = data.get("number")
    if isinstance(number, int) and number > 1 and data.get("clock") not in (None, "promise"):
        yield say("round {n}", n=number)


def _worded(data: Row, zone: Zone) -> Iterator[str]:
    for name, words in _WORDS.items():
        value = data.get(name)
        if value is not None and value is not False and value not in ("", []) and (text := words(value, zone)):
            yield text


Words = Callable[[Any, Zone], str]


def _of(name: str) -> Words:
    """Return what says a field of a complaint: its heading and its value."""
    field = named(COMPLAINT, name)
    return lambda value, zone: pair(heading(field.heading), human(field, zone)(value))


def _with_value(sentence: str) -> Words:
    """Return what says a sentence, with the value in it where it has a place for one."""
    return lambda value, zone: say(sentence, value=visible(str(value)))


def _flag(sentence: str) -> Words:
    return lambda value, zone: say(sentence)


def _time(sentence: str) -> Words:
    """Return what says a time, stored as UTC text or as a date."""

    def text(value: Any, zone: Zone) -> str:
        text = str(value)
        return say(sentence, when=moment(text, zone) if "T" in text else text)

    return text


def _explanation(value: Any, zone: Zone) -> str:
    if value is True:
        return say("explained to the customer")
    return say("explained to the customer: {value}", value=visible(str(value)))


_HOW: Final = {
    "hand": marked("by hand"),
    "trigger": marked("at once, by a trigger"),
    "clock": marked("by a missed deadline"),
    "satisfaction": marked("by the customer's satisfaction"),
    "void": marked("it counts again"),
}


def _how(value: Any, zone: Zone) -> str:
    sentence = _HOW.get(str(value))
    return say(sentence) if sentence else visible(str(value))


def _triggers(value: Any, zone: Zone) -> str:
    triggers = [value] if isinstance(value, str) else value
    return say("because of {value}", value=listed([visible(label("trigger", str(one))) for one in triggers]))


# What an event may hold, in the order in which it is printed. What isn't here isn't for people, such as targets.
_WORDS: Final[dict[str, Words]] = {
    "historic": _flag(marked("told by an imported file")),
    "undated": _flag(marked("when isn't told")),
    "level": lambda value, zone: label("complaint_level", str(value)),
    "severity": lambda value, zone: label("severity", str(value)),
    "status": lambda value, zone: label("case_status", str(value)),
    "live": _flag(marked("taken live")),
    "from": _with_value(marked("handed over by {value}")),
    "to": _with_value(marked("given to {value}")),
    "owner": _of("owner"),
    "founded": lambda value, zone: label("founded", str(value)),
    "responsibility": lambda value, zone: label("responsibility", str(value)),
    "explanation": _explanation,
    "department": _of("department"),
    "route": _of("route"),
    "points": _with_value(marked("points to settle: {value}")),
    "failure": _of("failure"),
    "cause": _of("cause"),
    "compensation_cents": lambda value, zone: pair(heading("compensation"), group_cents(int(value))),
    "recovery": _of("recovery"),
    "recovery_time": _of("recovery_time"),
    "replaces": _flag(marked("in place of the one before")),
    "outcome": _of("outcome"),
    "on_the_spot": _flag(marked("settled on the spot")),
    "satisfaction": lambda value, zone: satisfied(value),
    "void": lambda value, zone: label("void", str(value)),
    "double_of": _with_value(marked("double of cp{value}")),
    "unresolved": _with_value(marked("unresolved because: {value}")),
    "reason": _with_value(marked("because: {value}")),
    "lesson": _of("lesson"),
    "apologised": _flag(marked("apologised")),
    "how": _how,
    "triggers": _triggers,
    "clock": lambda value, zone: pair(heading("clock"), label("clock", str(value))),
    "due": _time(marked("due {when}")),
    "reply_by": _time(marked("reply by {when}")),
    "waited": lambda value, zone: say("waited {span} of working time", span=span(int(value))),
    "in_charge": _of("owner"),
    "promise_id": lambda value, zone: f"pr{value}",
    "callback_id": lambda value, zone: f"cb{value}",
}

_EMPTY: Final = "–"


def _value(name: str) -> Words:
    """Return what says the value of a field of a complaint."""
    field = named(COMPLAINT, name)
    return lambda value, zone: human(field, zone)(value)


# What a correction may change, by its name in the event: the heading, and what says its value.
_FACTS: Final[dict[str, tuple[str, Words]]] = {
    **{
        name: (named(COMPLAINT, name).heading, _value(name))
        for name in (
            *("summary", "details", "content", "problem", "channel", "want", "contact", "caller", "caller_phone"),
            *("about", "found_by", "received_at"),
        )
    },
    "claim_cents": ("claim", _value("claim")),
    "sale_id": ("sale", lambda value, zone: f"sa{value}"),
    "customer_id": ("customer", lambda value, zone: f"cu{value}"),
}
