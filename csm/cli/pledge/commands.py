"""Pledges: what the house promises everybody."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer

from csm.cli.grammar import Given, Verb
from csm.cli.session import Session
from csm.domain.records import PLEDGE

SETTERS: Final = tuple(field for field in PLEDGE if field.given)
FILTERS: Final = tuple(field for field in PLEDGE if field.name != "id")


def _changed(ctx: typer.Context, sentence: str, pledge_id: int) -> None:
    from csm.cli.output import changed
    from csm.storage import rows
    from csm.storage.listing import by_field

    session: Session = ctx.obj
    record = rows.fetch(session.database.connection, "pledge_list", pledge_id) or {}
    changed(session, ctx.meta["given"], sentence, PLEDGE, by_field(PLEDGE, record))


def add(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The pledge in one sentence.")],
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="TARGET", help="Its time: 2h, 2d (working days), 15cd (calendar days), 2w."),
    ] = None,
) -> None:
    """Add a pledge: guaranteed, clear, simple, and worth something to the customer.

    \b
    Example:
      csm pledge add "a repaired oven is back within two working days" --within 2d --compensation 200
    """
    from csm.cli import drafts
    from csm.cli.output import tell
    from csm.domain.errors import EmptyValue
    from csm.domain.time.working_hours import read_target, show_target
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.promise import pledges

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    if not text.strip():
        raise EmptyValue(field="TEXT")
    values: dict[str, Any] = {"text": text.strip(), **drafts.stored(session, PLEDGE, given.fields)}
    if within is not None:
        values["within"] = show_target(read_target(within))
    pledge_id = pledges.add(session, values)
    _changed(ctx, say("added pledge {id}: {text}", id=pledge_id, text=visible(text.strip())), pledge_id)
    for hint in _lacks(values):
        tell(session, say("hint: {hint}", hint=hint))


def _lacks(values: dict[str, Any]) -> list[str]:
    """Return, in one sentence or none, what keeps a pledge from being a good one (source: handbook 7)."""
    from csm.i18n import say

    bare, conditional = not values.get("compensation_cents"), bool(values.get("conditions"))
    if bare and conditional:
        return [
            say(
                "a good pledge is guaranteed and simple; this one has no compensation when it is broken, and conditions"
            )
        ]
    if bare:
        return [say("a good pledge is guaranteed; this one has no compensation when it is broken")]
    if conditional:
        return [say("a good pledge is simple; this one has conditions")]
    return []


def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are discontinued.")] = False,
) -> None:
    """List pledges (default: those in force); every field is a filter.

    \b
    Example:
      csm pledge list --scope whole
    """
    from csm.cli import filters, lists
    from csm.i18n import say
    from csm.storage.listing import Condition

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, PLEDGE, given.fields, view="pledge_list")
    if not everything and "retired_on" not in given.fields:
        conditions.append(Condition("v.retired_on IS NULL"))
    lists.show(session, given, lists.Subject("pledge_list", PLEDGE, "v.id", say("no pledges"), {}), conditions)


def retire(ctx: typer.Context, ref: Annotated[str, typer.Argument(metavar="ID", help="The pledge.")]) -> None:
    """Discontinue a pledge; promises made under it stay.

    \b
    Example:
      csm pledge retire 2
    """
    from csm.i18n import say
    from csm.render.text import visible
    from csm.services.promise import pledges

    session: Session = ctx.obj
    pledge_id = pledges.retire(session, ref)
    text = visible(str(pledges.find(session.database.connection, str(pledge_id))["text"]))
    _changed(ctx, say("discontinued pledge {id}: {text}", id=pledge_id, text=text), pledge_id)


VERBS: Final = {
    "add": Verb(add, "write", setters=SETTERS),
    "list": Verb(list_, "list", filters=FILTERS),
    "retire": Verb(retire, "write"),
}
