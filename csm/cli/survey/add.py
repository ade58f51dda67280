"""`csm survey add`."""

from __future__ import annotations

from typing import Annotated

import typer

from csm.cli.customer.archived import warn_archived
from csm.cli.grammar import Given
from csm.cli.session import Session, somebody_is_there, warn
from csm.cli.survey import options as survey_values
from csm.cli.survey import prompts as survey_asking
from csm.cli.survey import results as survey_words
from csm.cli.survey.options import Case, Expect, ExpectItems, Perceive, PerceiveItems
from csm.cli.survey.results import print_changed, record_of
from csm.domain.errors import FieldName, UsageFault
from csm.domain.survey.scores import Scores
from csm.i18n import say
from csm.services import references
from csm.services.survey import writing as surveys


def run(
    ctx: typer.Context,
    customer: Annotated[
        str | None, typer.Argument(metavar="[REF]", help="The customer; only a manager's survey needs none.")
    ] = None,
    expect: Expect = None,
    perceive: Perceive = None,
    expect_items: ExpectItems = None,
    perceive_items: PerceiveItems = None,
    reverse: Annotated[
        bool, typer.Option("--reverse", help="Items 10 to 13 and 18 to 22 were put in the negative, as in 1988.")
    ] = False,
    complaint: Case = None,
) -> None:
    """Record a survey: how one respondent scored us; on a terminal it asks where no answer is told.

    \b
    Example:
      csm survey add "Golden Dragon" --expect 6,7,6,6,7 --perceive 5,6,6,5,7 --csat 4 --nps 8
      csm survey add "Golden Dragon" --perceive 6,,6,6,7 --subject "Green Valley" --comment "faster than us"
      csm survey add --respondent manager --expect 6,6,5,5,5
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    stored = survey_values.stored(session, given.fields)
    scale = stored.get("scale", 7)
    scores = survey_values.scores(
        scale,
        expect=expect,
        perceive=perceive,
        expect_items=expect_items,
        perceive_items=perceive_items,
        reverse=reverse or None,
    )
    if customer is None and stored.get("respondent") != "manager":
        raise UsageFault("missing-value", field=FieldName("customer"))
    connection = session.database.connection
    card = references.customer(connection, customer) if customer is not None else None
    stored |= survey_values.case(session, complaint)
    if survey_asking.unanswered(stored, scores) and somebody_is_there():
        asked = survey_asking.ask(scale)
        if asked is None:
            warn(say("nothing was changed"))
            return
        answers, told = asked
        stored |= answers
        scores = Scores(told.dimensions, {}, scores.reverse)
    record = record_of(session, surveys.add(session, card, stored, scores))
    print_changed(ctx, survey_words.recorded(record), record)
    if card is not None and card.archived:
        warn_archived(card.name, card.id)
    survey_words.tell_beside_expectations(session, record)
    survey_words.tell_discontent(session, record)
