"""How words are put together on every page: titles, lists of parts, moments, and how a promise stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from csm.domain.kinds import Field
from csm.domain.promise.rules import OURS, ending
from csm.i18n import label, say
from csm.render.day.words import weekday
from csm.render.listing import Nested, nested

if TYPE_CHECKING:
    from csm.domain.time.instant import Zone

Record = Mapping[str, Any]


def titled(text: str) -> str:
    """Return a heading as the title of a part, with a capital."""
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str | None]) -> str:
    """Return what there is of `parts` as people list things: with commas, in Chinese with wide ones."""
    return say(", ").join(part for part in parts if part)


def in_turn(parts: Sequence[str]) -> str:
    """Return sentences one after the other, with semicolons; nothing of none."""
    return reduce(lambda first, second: say("{first}; {second}", first=first, second=second), parts) if parts else ""


def pair(name: str, value: str) -> str:
    """Return a name and its value."""
    return say("{name}: {value}", name=name, value=value)


def ended(status: str, void: str | None) -> str:
    """Return how a case stands; of one that counts nowhere, why (source: handbook 6.3)."""
    return label("case_ending", status if void is None else f"{status}-{void}").replace("-", " ")


def satisfied(n: int) -> str:
    """Return how content a customer was."""
    return say("satisfaction {n} of 5", n=n)


def moment(at: int | str, zone: Zone) -> str:
    """Return an instant, UTC text or seconds, with its weekday: `2026-11-21 Saturday 15:30`."""
    local = zone.local(at) if isinstance(at, str) else zone.wall(at)
    return say("{day} {weekday} {time}", day=f"{local:%Y-%m-%d}", weekday=weekday(local.date()), time=f"{local:%H:%M}")


def standing(row: Record) -> str:
    """Return how a promise stands, in words; a stored row of a case without a direction is ours."""
    return label("promise_ending", ending(row["status"], row.get("direction") or OURS)).replace("-", " ")


def for_people(fields: Sequence[Field], records: Sequence[Record]) -> tuple[list[Field], list[Record]]:
    """Return the fields and records of promises for md and html, where a status depends on whose promise it is."""
    shown = [field._replace(terms="promise_ending") if field.name == "status" else field for field in fields]
    return shown, [{**row, "status": ending(row["status"], row.get("direction") or OURS)} for row in records]


def surveys(records: Sequence[Record], owner: Collection[str] = ()) -> Nested | list[Any]:
    """Return the surveys under another record, without the fields `owner` for people.

    Most records have none, and are printed without loading the fields of surveys.
    """
    if not records:
        return []
    from csm.domain.survey.record import SURVEY_IN_SHORT

    return nested(SURVEY_IN_SHORT, records, owner)
