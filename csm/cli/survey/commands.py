"""Surveys: what customers expect and how they find it, one respondent's scores each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.quality_records import SURVEY
from csm.domain.records import CUSTOMER, Field, named
from csm.domain.survey.scores import CODES, SIDES, Scores

ITEMS: Final = frozenset(f"{code}_{side}" for code in CODES for side in SIDES)
TOLD: Final = (
    *("taken_on", "respondent", "scale", "csat", "nps", "value", "satisfaction", "switching", "intention"),
    *("weights", "subject", "comment", "external_id"),
)
SETTERS: Final = tuple(named(SURVEY, name) for name in TOLD)
# Found by an option of its own, too long to filter by, or told item by item.
NO_FILTERS: Final = frozenset({"id", "customer", "customer_id", "complaint_id", "weights", "gap", *ITEMS})
FILTERS: Final = (
    *(field for field in SURVEY if field.name not in NO_FILTERS),
    *(named(CUSTOMER, name)._replace(listed=False, shown=0, given=False) for name in ("region", "grade")),
)
# Elsewhere a satisfaction ends at 5, here at 7; a quantity has no end.
FILTERED: Final = tuple(field._replace(kind="quantity") if field.name == "satisfaction" else field for field in FILTERS)
CLEARABLE: Final = (
    *(named(SURVEY, name) for name in TOLD if name not in ("taken_on", "respondent", "scale")),
    *(Field(name, name) for name in ("complaint", "expect", "perceive")),
)

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


# --- writing ------------------------------------------------------------------------------------------------------


def add(
    ctx: typer.Context,
    ref: Annotated[
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
    from csm.cli.asking import somebody_is_there
    from csm.cli.output import warn
    from csm.cli.survey import options as survey_values
    from csm.cli.survey import prompts as survey_asking
    from csm.cli.survey import results as survey_words
    from csm.domain.errors import MissingOption
    from csm.i18n import say
    from csm.services import references
    from csm.services.survey import writing as surveys

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
    if ref is None and stored.get("respondent") != "manager":
        raise MissingOption(option="REF", command=ctx.command_path)
    connection = session.database.connection
    customer = references.customer(connection, ref) if ref is not None else None
    stored |= survey_values.case(session, complaint)
    if survey_asking.unanswered(stored, scores) and somebody_is_there():
        asked = survey_asking.ask(scale)
        if asked is None:
            warn(say("nothing was changed"))
            return
        answers, told = asked
        stored |= answers
        scores = Scores(told.dimensions, {}, scores.reverse)
    record = _record(session, surveys.add(session, customer, stored, scores))
    _changed(ctx, survey_words.recorded(record), record)
    if customer is not None and customer.archived:
        from csm.cli.customer.archived import warn_archived

        warn_archived(customer.name, customer.id)
    survey_words.tell_beside_expectations(session, record)
    survey_words.tell_discontent(session, record)


def edit(
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
    from csm.cli.survey import options as survey_values
    from csm.domain.errors import NothingGiven
    from csm.i18n import say
    from csm.services import references
    from csm.services.survey import writing as surveys

    session: Session = ctx.obj
    connection = session.database.connection
    stored = survey_values.stored(session, ctx.meta["given"].fields)
    scale = stored.get("scale") or references.record(connection, "survey", ref)["scale"]
    scores = survey_values.scores(
        int(str(scale)),
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
        raise NothingGiven
    survey_id, changed = surveys.edit(session, ref, stored, scores)
    sentence = say("changed su{id}", id=survey_id) if changed else say("nothing changed")
    _changed(ctx, sentence, _record(session, survey_id))


def _cleared(names: Sequence[str], stored: dict[str, Any], scores: Scores) -> Scores:
    """Empty the named fields in `stored`, and return the scores without the sides that are named.

    Raises UnknownField, OptionsExclude for what is told too.
    """
    from csm.cli import drafts
    from csm.domain.errors import OptionsExclude

    for emptied in drafts.cleared(CLEARABLE, names):
        side = {"expect": "e", "perceive": "p"}.get(emptied.name)
        column = {"complaint": "complaint_id"}.get(emptied.name, emptied.name)
        if column in stored or side in scores.dimensions or side in scores.items:
            raise OptionsExclude(first=emptied.option, second=f"--clear {emptied.name}")
        if side is not None:
            scores = scores._replace(dimensions={**scores.dimensions, side: {}})
        else:
            stored[column] = None
    return scores


def remove(ctx: typer.Context, ref: Ref) -> None:
    """Take away a survey that was recorded by mistake; what it said stays in the file's history.

    \b
    Example:
      csm survey remove su3
    """
    from csm.i18n import say
    from csm.services import references
    from csm.services.survey import writing as surveys

    session: Session = ctx.obj
    record = _record(session, int(str(references.record(session.database.connection, "survey", ref)["id"])))
    _changed(ctx, say("removed su{id}", id=surveys.remove(session, ref)), record)


# --- the record ---------------------------------------------------------------------------------------------------


def _record(session: Session, survey_id: int) -> dict[str, Any]:
    from csm.storage.listing import by_field
    from csm.storage.survey import rows as surveys

    return by_field(SURVEY, surveys.fetch(session.database.connection, survey_id))


def _changed(ctx: typer.Context, sentence: str, record: dict[str, Any]) -> None:
    from csm.cli.output import changed

    changed(ctx.obj, ctx.meta["given"], sentence, [field for field in SURVEY if field.listed], record)


# --- reading ------------------------------------------------------------------------------------------------------


def list_(
    ctx: typer.Context,
    customer: Annotated[str | None, typer.Option("--customer", metavar="REF", help="Only of this customer.")] = None,
    complaint: Annotated[str | None, typer.Option("--complaint", metavar="ID", help="Only after this case.")] = None,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", metavar="NAME", help="Only of this owner's customers; repeat it.")
    ] = None,
) -> None:
    """List surveys, the latest first; every field is a filter, and --subject "" leaves only those about us.

    \b
    Example:
      csm survey list --taken 2026-11-01.. --csat 1..3
      csm survey list --customer "Golden Dragon" --columns id,taken_on,q1_e,q1_p
    """
    from csm.cli import lists
    from csm.cli.survey import options as survey_values
    from csm.i18n import say
    from csm.storage.survey.rows import MADE

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = survey_values.conditions(session, FILTERED, given.fields, customer, complaint, owner)
    subject = lists.Subject("survey_list", SURVEY, "v.taken_on DESC, v.id DESC", say("no surveys"), MADE, made=MADE)
    lists.show(session, given, subject, conditions)


def show(ctx: typer.Context, ref: Ref) -> None:
    """Show a survey: its dimensions with expectation, perception and gap, its items, and what was said.

    \b
    Example:
      csm survey show su3
    """
    from csm.cli.output import opened, style, tell_where, write_one
    from csm.services import references

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    record = _record(session, int(str(references.record(session.database.connection, "survey", ref)["id"])))
    tell_where(session)
    if given.form == "table":
        from csm.render.survey.page import write_survey

        with opened(given) as stream:
            write_survey(record, style(session, given, stream), stream)
        return
    write_one(session, given, SURVEY, record, f"su{record['id']}")


VERBS: Final = {
    "add": Verb(add, "write", setters=SETTERS),
    "list": Verb(list_, "list", filters=FILTERS),
    "show": Verb(show),
    "edit": Verb(edit, "write", setters=SETTERS),
    "remove": Verb(remove, "write"),
    "template": Verb("csm.cli.survey.template:template", "record", private=False),
}
