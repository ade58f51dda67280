"""`csm customer list`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from csm.cli.grammar import Given
from csm.cli.session import Session
from csm.domain.errors import UsageFault
from csm.domain.records import CUSTOMER, Field, named

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
    from csm.cli import filters, lists
    from csm.i18n import say
    from csm.storage.customer import rows as customers
    from csm.storage.customer.search import text_condition
    from csm.storage.listing import Condition

    session: Session = ctx.obj
    given: Given = ctx.meta["given"]
    conditions = filters.conditions(session, CUSTOMER, given.fields, view="customer_list")
    if archived or not everything:
        conditions.append(Condition("v.archived_on IS NOT NULL" if archived else "v.archived_on IS NULL"))
    if text:
        conditions += text_condition(text)
    if tag:
        conditions.append(filters.tags(session, tag))
    conditions += filters.own_fields(session, field or [])
    order = "v.name_key, v.id"
    if incomplete:
        conditions.append(Condition("v.completeness < 100"))
        order = "v.completeness, v.id"
    subject = lists.Subject(
        "customer_list",
        _shown_fields(incomplete),
        order,
        say("no customers"),
        {"name": "v.name_key"},
        customers.own_field_column,
    )
    lists.show(session, given, subject, conditions, colour_by=_colour_field(color_by))


def _shown_fields(incomplete: bool) -> tuple[Field, ...]:
    if not incomplete:
        return CUSTOMER
    return tuple(field._replace(shown=1) if field.name == "completeness" else field for field in CUSTOMER)


def _colour_field(name: str | None) -> Field | None:
    if name is None:
        return None
    wanted = name.replace("-", "_")
    if wanted not in COLOURS:
        raise UsageFault("unknown-value", field="--color-by", value=name, choices=list(COLOURS))
    return named(CUSTOMER, wanted)
