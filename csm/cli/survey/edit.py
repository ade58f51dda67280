"""`csm survey edit`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer

from csm.cli import drafts
from csm.cli.session import Session
from csm.cli.survey import TOLD
from csm.cli.survey import options as survey_values
from csm.cli.survey.options import Case, Expect, ExpectItems, Perceive, PerceiveItems, Ref
from csm.cli.survey.results import print_changed, record_of
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field, named
from csm.domain.survey.record import SURVEY
from csm.domain.survey.scores import Scores
from csm.i18n import say
from csm.render.commands import option_of
from csm.services import references
from csm.services.survey import writing as surveys

CLEARABLE: Final = (
    *(named(SURVEY, name) for name in TOLD if name not in ("taken_on", "respondent", "scale")),
    *(Field(name, name) for name in ("complaint", "expect", "perceive")),
)


def run(
    ctx: typer.Context,
    ref: Ref,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Whose it is.")] = None,
    expect: Expect = None,
    perceive: Perceive = None,
    expect_items: ExpectItems = None,
    perceive_items: PerceiveItems = None,
    reverse: Annotated[
        bool | None, typer.Option("--reverse/--not-reverse", help="Whether the form had items in the negative.")
    ] = None,
    complaint: Case = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help="Empty this field; repeat it.")
    ] = None,
) -> None:
    """Mend a survey: what is told replaces what it said, a side of scores as a whole.

    \b
    Example:
      csm survey edit su3 --perceive 5,6,6,5,6 --clear nps
    """
    session: Session = ctx.obj
    connection = session.database.connection
    stored = survey_values.stored(session, ctx.meta["given"].fields)
    scale = stored.get("scale") or references.record(connection, "survey", ref)["scale"]
    scores = survey_values.scores(
        scale,
        expect=expect,
        perceive=perceive,
        expect_items=expect_items,
        perceive_items=perceive_items,
        reverse=reverse,
    )
    stored |= survey_values.case(session, complaint)
    if customer is not None:
        stored["customer_id"] = references.customer(connection, customer).id
    scores = _cleared(clear or (), stored, scores)
    if not stored and not scores.dimensions and not scores.items and scores.reverse is None:
        raise UsageFault("nothing-to-change")
    survey_id, changed = surveys.edit(session, ref, stored, scores)
    sentence = say("changed su{id}", id=survey_id) if changed else say("nothing changed")
    print_changed(ctx, sentence, record_of(session, survey_id))


def _cleared(names: Sequence[str], stored: dict[str, Any], scores: Scores) -> Scores:
    """Empty the named fields in `stored`, and return the scores without the sides that are named.

    Raises unknown-field, values-exclude for what is told too.
    """
    for emptied in drafts.cleared(CLEARABLE, names):
        side = {"expect": "e", "perceive": "p"}.get(emptied.name)
        column = {"complaint": "complaint_id"}.get(emptied.name, emptied.name)
        if column in stored or side in scores.dimensions or side in scores.items:
            raise UsageFault("values-exclude", first=option_of(emptied.name), second=f"--clear {emptied.name}")
        if side is not None:
            scores = scores._replace(dimensions={**scores.dimensions, side: {}})
        else:
            stored[column] = None
    return scores
