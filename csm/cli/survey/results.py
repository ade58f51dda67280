"""What is said after a survey was recorded: the gap in one clause, and what to do about somebody who isn't content."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import typer

from csm.cli.days import said_day
from csm.cli.output import changed, tell
from csm.cli.session import Session
from csm.domain.survey.record import SURVEY
from csm.domain.survey.scores import DIMENSIONS, mean_gap, show_score
from csm.i18n import say
from csm.render.text import visible
from csm.storage import rows
from csm.storage.listing import by_field
from csm.storage.survey import rows as surveys

if TYPE_CHECKING:
    from csm.cli.session import Session

Record = Mapping[str, Any]

# Up to these answers somebody isn't content: dissatisfied, one who warns others, dissatisfied altogether.
LOW: Final = {"csat": 2, "nps": 6, "satisfaction": 2}


def recorded(record: Record) -> str:
    """Return the line that says what was recorded: whose survey, of what day, and its mean gap where it has one."""
    told = {"id": record["id"], "day": said_day(date.fromisoformat(record["taken_on"]))}
    name = visible(record["customer"] or "")
    if record["subject"] is not None:
        about = visible(record["subject"])
        said = say("recorded su{id}: {name} about {subject}, {day}", **told, name=name, subject=about)
    elif record["respondent"] == "customer":
        said = say("recorded su{id}: {name}, {day}", **told, name=name)
    elif name:
        said = say("recorded su{id}: a manager about {name}, {day}", **told, name=name)
    else:
        said = say("recorded su{id}: a manager about the customers, {day}", **told)
    gap = mean_gap(record)
    return said if gap is None else say("{first}; {second}", first=said, second=_gap(gap))


def _gap(gap: float) -> str:
    size = show_score(round(abs(gap), 2))
    if size == "0":
        return say("perception meets expectation on average")
    if gap < 0:
        return say("perception is {gap} below expectation on average", gap=size)
    return say("perception is {gap} above expectation on average", gap=size)


def tell_beside_expectations(session: Session, record: Record) -> None:
    """Say that a manager's survey counts nowhere where it doesn't tell what they think customers expect."""
    if record["respondent"] != "manager" or any(record[f"{name}_e"] is not None for name in DIMENSIONS):
        return
    tell(session, say("note: of a manager only what customers expect counts, in gaps 1 and 2: --expect 6,7,6,6,7"))


def tell_discontent(session: Session, record: Record) -> None:
    """Say which commands take it further where a customer's own survey about us tells that they aren't content."""
    if record["respondent"] != "customer" or record["subject"] is not None:
        return
    if not any(record[name] is not None and record[name] <= most for name, most in LOW.items()):
        return
    customer = record["customer_id"]
    # A case that there is already needs no other, and whom we mustn't contact isn't called.
    if record["complaint_id"] is None:
        tell(session, say('not content: csm complaint open {id} "..." takes it up as a case', id=customer))
    card = rows.fetch(session.database.connection, "customer", customer) or {}
    if not card.get("do_not_contact"):
        call = f"csm callback add {customer} --on +1d --purpose satisfaction"
        tell(session, say("to ask what was wrong: {command}", command=call))


def record_of(session: Session, survey_id: int) -> dict[str, Any]:
    return by_field(SURVEY, surveys.fetch(session.database.connection, survey_id))


def print_changed(ctx: typer.Context, sentence: str, record: dict[str, Any]) -> None:
    changed(ctx.obj, ctx.meta["given"], sentence, [field for field in SURVEY if field.listed], record)
