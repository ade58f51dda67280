"""From the typed options of a survey to what the service is given, each refusal naming its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from csm.cli import lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.cli.survey import FILTERED
from csm.domain.errors import UsageFault
from csm.domain.kinds import named
from csm.domain.survey import reading as survey_reading
from csm.domain.survey.reading import read_dimensions, read_items
from csm.domain.survey.record import SURVEY
from csm.domain.survey.scores import RANGES, Scores
from csm.render.commands import option_of
from csm.services import values
from csm.services.short_references import record
from csm.storage import listing
from csm.storage.listing import Condition
from csm.storage.survey.rows import MADE


def stored(session: Session, typed: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the stored columns of the fields of SURVEY that were typed; the last of several wins."""
    return {name: _read(session, name, given[-1]) for name, given in typed.items()}


def _read(session: Session, name: str, text: str) -> object:
    field = named(SURVEY, name)
    if name in RANGES:
        return survey_reading.read_answer(option_of(field.name), name, text)
    if name == "weights":
        return survey_reading.read_weights(option_of(field.name), text)
    if name == "taken_on":
        return values.read_day(text, session, past=True).isoformat()
    read = values.read(field, text, session)
    return int(read) if name == "scale" and isinstance(read, str) else read


def conditions(
    session: Session, given: Given, customer: str | None, complaint: str | None, owner: Sequence[str] | None
) -> list[Condition]:
    """Return the conditions of what was typed to list or export surveys; raise what reading it raises."""
    found = lists.asked(session, given, FILTERED, customer=customer, owner=owner, made=MADE)
    if complaint is not None:
        found.append(listing.where("complaint_id", case(session, complaint)["complaint_id"]))
    return found


def case(session: Session, ref: str | None) -> dict[str, object]:
    """Return the column of the case that --complaint names, 12 or cp12; raise no-such-record."""
    if ref is None:
        return {}

    return {"complaint_id": record(session.database.connection, "complaint", ref)["id"]}


def scores(
    scale: int,
    *,
    expect: str | None,
    perceive: str | None,
    expect_items: str | None,
    perceive_items: str | None,
    reverse: bool | None,
) -> Scores:
    """Return the scores of both sides on a scale of 5 or 7.

    Raises values-exclude where a side is told twice, and what `csm.domain.survey.reading` raises.
    """
    dimensions, items = {}, {}
    sides = (("e", "--expect", expect, expect_items), ("p", "--perceive", perceive, perceive_items))
    for side, option, by_dimension, by_item in sides:
        if by_dimension is not None and by_item is not None:
            raise UsageFault("values-exclude", first=option, second=f"{option}-items")
        if by_dimension is not None:
            dimensions[side] = read_dimensions(option, by_dimension, scale)
        if by_item is not None:
            items[side] = read_items(f"{option}-items", by_item, scale)
    return Scores(dimensions, items, reverse)


Ref = Annotated[str, typer.Argument(metavar="ID", help="The survey: 12 or su12.")]
Expect = Annotated[
    str | None,
    typer.Option(
        "--expect",
        metavar="T,R,R,A,E",
        help="What they expect: tangibles, reliability, responsiveness, assurance, empathy; empty is not answered.",
    ),
]
Perceive = Annotated[
    str | None, typer.Option("--perceive", metavar="T,R,R,A,E", help="How they find it, in the same order.")
]
ExpectItems = Annotated[
    str | None, typer.Option("--expect-items", metavar="Q1,...,Q22", help="What they expect, item by item.")
]
PerceiveItems = Annotated[
    str | None, typer.Option("--perceive-items", metavar="Q1,...,Q22", help="How they find it, item by item.")
]
Case = Annotated[str | None, typer.Option("--complaint", metavar="ID", help="The case that it followed.")]
