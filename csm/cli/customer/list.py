"""`csm customer list`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.cli import lists
from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.customer.record import CUSTOMERS
from csm.domain.errors import UsageFault
from csm.domain.kinds import Field
from csm.i18n import say
from csm.storage import listing
from csm.storage.customer.search import text_condition

COLOURS: Final = ("region", "size", "industry", "revenue", "credit_limit", "grade")


def run(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Part of a name, pinyin, phone, contact, tag or note.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="KEY=VALUE", help="Only with this own field; repeat it.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", help="Only with this tag; repeat it for alternatives.")
    ] = None,
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help="Only cards that lack something, the emptiest first.")
    ] = False,
    archived: Annotated[bool, typer.Option("--archived", help="Only archived cards.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Archived cards too.")] = False,
    color_by: Annotated[
        str | None,
        typer.Option("--color-by", help="Colour the rows by region, size, industry, revenue, credit_limit or grade."),
    ] = None,
) -> None:
    """List customers; every field of the card is a filter.

    An empty value finds cards without one; dates, amounts and numbers can be spans.

    \b
    Example:
      csm customer list --region East --grade A --revenue 100000..500000
    """
    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    asked = lists.asked(session, given, CUSTOMERS)
    if archived:
        asked.append(listing.present("archived_on"))
    if text:
        asked += text_condition(text)
    if tag or field:
        from csm.cli import filters

        asked += [filters.tags(session, tag)] if tag else []
        asked += filters.own_fields(session, field or [])
    kind, order = CUSTOMERS, ""
    if incomplete:
        asked.append(listing.less_than("completeness", 100))
        kind, order = CUSTOMERS.changed("completeness", shown=1), "completeness, id"
    lists.show(
        session,
        given,
        kind,
        asked,
        empty=say("no customers"),
        usual=not (archived or everything),
        order=order,
        colour_by=_colour_field(color_by),
    )


def _colour_field(name: str | None) -> Field | None:
    if name is None:
        return None
    wanted = name.replace("-", "_")
    if wanted not in COLOURS:
        raise UsageFault("unknown-value", field="--color-by", value=name, choices=list(COLOURS))
    return CUSTOMERS.field(wanted)
